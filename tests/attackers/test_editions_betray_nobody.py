"""All editions of random programmes against readers who share no code with the rule: nobody's reply is told."""

import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from evaluator.files.audit.run_folder import rendered
from evaluator.reporting import equality_documents
from evaluator.reporting.equality import equality_document
from tests.attackers.bounds import Reader, Seen
from tests.attackers.programmes import SILENT, Programme
from tests.attackers.readers import (
    NO_ANSWER,
    alternatives,
    interval,
    named,
    of_json,
    of_page,
    of_word,
    of_workbook,
    words_of,
)
from tests.office import words_of_pdf
from tests.unit.reporting.small_outcome import outcome

MARGIN = 1


def readers(made: Programme, question: str, known: bool) -> Reader:
    """One who has every edition of a question; perhaps one of the bidders, who knows its own reply."""
    editions = []
    for at, impact in enumerate(made.impacts):
        new = not next(one for one in impact.characteristics if one.id == question).first_published
        rows = of_json(equality_document(impact)).get(question, {}) if new else {}
        editions.append(Seen(made.funded(at), rows))
    groups = {str(name): list(values) for rung in made.ladders[question] for name, values in rung["groups"].items()}  # type: ignore[attr-defined]
    insider = random.Random(made.seed).choice(made.names)
    said = made.replies[insider][list(made.values).index(question)]
    own = (insider, NO_ANSWER if said == SILENT else said) if known else None
    return Reader(editions, made.values[question], groups, own)


def attacked(seed: int, *, by_turns: bool = False) -> int:
    """Attack every question of a programme; gives how many tables there were to attack."""
    made, tables = Programme(seed), 0
    for at, question in enumerate(made.values):
        for known in (bool(at % 2),) if by_turns else (False, True):
            reader = readers(made, question, known)
            tables += sum(bool(one.rows) for one in reader.editions)
            # one more than the margin is possible of organisations alike; an insider takes itself away
            assert (seed, question, known, reader.betrayed(MARGIN + 1 - known)) == (seed, question, known, [])
    return tables


def test_no_reader_of_all_editions_can_tell_or_bound_a_reply() -> None:
    assert sum(attacked(seed, by_turns=True) for seed in range(12)) > 60


@pytest.mark.slow
@pytest.mark.parametrize("block", range(10))
def test_of_two_hundred_programmes_no_edition_betrays_a_reply(block: int) -> None:
    assert sum(map(attacked, range(100 + 20 * block, 120 + 20 * block))) > 100


def twins(seed: int) -> int:
    """For each kind whose organisations all reply alike find other replies that print the same bytes."""
    made, tried = Programme(seed, questions=1), 0
    dice, now = random.Random(seed), [equality_document(one) for one in made.impacts]
    kinds: dict[tuple[object, ...], list[str]] = {}
    editions = [made.funded(at) for at in range(len(made.editions))]
    for name in made.names:
        kinds.setdefault(tuple(one.get(name) for one in editions), []).append(name)
    for names in kinds.values():
        replies = {made.replies[name] for name in names}
        if len(replies) > 1 or replies == {(SILENT,)}:
            continue  # two of them may have it the other way round
        tried += 1
        assert any(_same(made, names[0], dice, now) for _ in range(400)), (seed, names)
    return tried


def _same(made: Programme, name: str, dice: random.Random, now: Sequence[object]) -> bool:
    """Exchange replies at random, an organisation's among them, and see whether everything is printed as it was."""
    others = [one for one in made.names if made.replies[one] != made.replies[name]]
    world = dict(made.replies)
    if not others:
        world[name] = (dice.choice([value for value in made.values["q0"] if (value,) != world[name]]),)
    else:
        other = dice.choice(others)
        world[name], world[other] = world[other], world[name]
    for _ in range(dice.choice((0, 0, 1, 2))):
        one, other = dice.sample(made.names, 2)
        if name not in (one, other):
            world[one], world[other] = world[other], world[one]
    return [equality_document(one) for one in made.impacts_of(world)] == now


def test_other_replies_of_each_organisation_print_the_same_bytes() -> None:
    assert sum(map(twins, range(200, 210))) > 5


@pytest.mark.slow
def test_other_replies_print_the_same_bytes_in_two_hundred_programmes() -> None:
    assert sum(map(twins, range(300, 500))) > 100


@pytest.mark.parametrize("seed", [0, 4])
def test_every_form_of_an_edition_shows_the_same_and_hides_nothing(seed: int, tmp_path: Path) -> None:
    made = Programme(seed)
    titles = {id: f"Led by {id}" for id in made.values}
    impact = made.impacts[-1]
    told = of_json(equality_document(impact))
    assert len(told) > 1
    files = rendered(equality_documents(outcome(equality=impact)))
    page = files["equality_impact.html"].decode()
    assert of_page(page, titles) == told
    assert of_word(files["equality_impact.docx"], titles) == told
    assert of_workbook(files["equality_impact.xlsx"], titles) == told
    path = tmp_path / "edition.pdf"
    path.write_bytes(files["equality_impact.pdf"])
    words = words_of_pdf(path, "-layout")
    lines = [re.split(r"\s{2,}", line.strip()) for line in words.splitlines()]
    printed = {named(line[0]): (interval(line[1]), interval(line[2])) for line in lines if len(line) == 3}
    shown = {group: row for rows in told.values() for group, row in rows.items() if group != NO_ANSWER}
    assert {group: row for group, row in printed.items() if group in shown} == shown
    bands = {ends for row in shown.values() for ends in row if ends}
    for text in alternatives(page):  # the words of a picture name no figure that the table does not give
        figures = [text.partition(f"{group}: ")[2] for group in made.values["q0"]]
        assert all(interval(one.split(" of ")[0].split(" with ")[0]) in bands for one in figures if one)
    for name in ("equality_impact.docx", "equality_impact.xlsx"):
        hidden = words_of(files[name])
        assert not any(one in hidden for one in made.names if f">{one}<" in hidden)


def test_the_reader_finds_what_exact_figures_after_one_swap_tell() -> None:
    first = {f"O{at}": at < 10 for at in range(30)}
    second = first | {"O0": False, "O29": True}
    rows = [{"A": ((15, 15), (won, won)), "B": ((15, 15), (10 - won, 10 - won))} for won in (4, 5)]
    reader = Reader([Seen(first, rows[0]), Seen(second, rows[1])], ("A", "B"), {})
    assert any("A: 1 to 1 of 1" in one for one in reader.betrayed(1))
    at = reader.columns.index(((False, False, True), "A"))
    assert reader.by_intervals()[at] == (1, 1)  # passing bounds from table to table is enough
