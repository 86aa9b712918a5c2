"""Last round beside this one: what is taken of it, what is set side by side, and that nothing withheld comes back."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from evaluator.equality import assess
from evaluator.equality.context.last_round import read_last_round, with_last_round
from evaluator.equality.statistics.stratified import cmh_mid_p
from evaluator.files.read.bids.folder import read_external_data as read_files
from evaluator.records.results.equality import (
    STAGES,
    CharacteristicImpact,
    ExternalData,
    GroupLine,
    StageFigures,
    Wording,
)
from evaluator.records.results.last_round import Rounds
from evaluator.reporting.equality import equality_html
from tests.unit.equality.small_programmes import Programme, criteria
from tests.unit.reporting.small_outcome import outcome

WRITTEN: dict[str, Any] = {
    "title": "Round one",
    "source": "Its equality impact",
    "date": "2023-11-30",
    "bids": 100,
    "awards": 50,
    "group": [{"question": "women_led", "group": "Yes", "bids": 40, "awards": 12}],
}
OUTCOME: dict[str, Any] = {
    "schema": "outcome/1",
    "run": {"engine": "0.1.0"},
    "criteria": {"reference": "R", "version": "1"},
    "equality": {
        "edition": "public",
        "version": "ab" * 32,
        "totals": [{"bids": 100}, {"bids": 50}],
        "characteristics": [
            {
                "id": "women_led",
                "lines": [
                    {"group": "Yes", "kind": "group", "wording": None, "stages": [{"bids": 40}, {"bids": 12}]},
                    {"group": "No", "kind": "group", "wording": "Not shown", "stages": [{"bids": 41}, {"bids": None}]},
                    {"group": "Not asked", "kind": "unknown", "wording": None, "stages": [{"bids": 19}, {"bids": 12}]},
                ],
            }
        ],
    },
}


def line(group: str, bids: int | None, awards: int | None) -> GroupLine:
    figures = tuple(StageFigures(stage, bids, None) for stage in STAGES[:-1])
    return GroupLine(group, "group", bids, (*figures, StageFigures(STAGES[-1], awards, None)))


def rounds_of(*lines: GroupLine, written: dict[str, Any] = WRITTEN) -> Rounds:
    last, notes = read_last_round(criteria(), written)
    assert notes == ()
    impact = CharacteristicImpact("women_led", "Women led", "led_by", lines, ())
    totals = [StageFigures(STAGES[0], 120, None), StageFigures(STAGES[-1], 60, None)]
    found = with_last_round(last, [impact], totals)
    assert found is not None
    return found


def codes(change: dict[str, Any]) -> list[str]:
    _, notes = read_last_round(criteria(), WRITTEN | change)
    return [one.code for one in notes]


def group(**change: Any) -> dict[str, Any]:
    return {"group": [WRITTEN["group"][0] | change]}


def test_two_rounds_are_added_up_as_strata_and_not_as_one_heap() -> None:
    """40 of 100 bids and 12 of 50 awards, then 50 of 120 bids and 16 of 60 awards.

    Chance would give 20 and 25, so both rounds are short by 8 and 9.
    """
    (one,) = rounds_of(line("Yes", 50, 16)).lines
    assert one.then is not None
    assert (one.then.bids, one.then.awards, one.bids, one.awards) == (40, 12, 50, 16)
    assert one.shortfall == Fraction(17)
    assert cmh_mid_p([[[12, 28], [38, 22]], [[16, 34], [44, 26]]]) < Fraction(1, 1000)
    assert one.across is Wording.UNLIKELY_CHANCE


def test_a_gap_that_no_round_can_tell_by_itself_can_be_told_by_both() -> None:
    first, second = [[16, 24], [34, 26]], [[20, 30], [40, 30]]
    assert min(cmh_mid_p([first]), cmh_mid_p([second])) > Fraction(1, 20) > cmh_mid_p([first, second])
    written = WRITTEN | group(awards=16)
    assert rounds_of(line("Yes", 50, 20), written=written).lines[0].across is Wording.UNLIKELY_CHANCE


@pytest.mark.parametrize(("bids", "awards"), [(None, None), (50, None), (None, 20)])
def test_a_group_that_this_round_withholds_is_nowhere_whatever_the_last_round_said(
    bids: int | None, awards: int | None
) -> None:
    found = rounds_of(line("Yes", bids, awards))
    assert (found.lines, found.withheld, found.compared) == ((), ("Women led",), 0)
    assert "12" not in str(found.lines)


def test_a_group_of_which_the_last_round_published_nothing_stands_alone_and_is_not_compared() -> None:
    found = rounds_of(line("Yes", 50, 16), line("No", 60, 40))
    assert [(one.group, one.then is None, one.across) for one in found.lines][1] == ("No", True, None)
    assert found.compared == 1


def test_an_outcome_of_an_earlier_run_gives_only_the_groups_that_it_shows() -> None:
    last, notes = read_last_round(criteria(), OUTCOME)
    assert last is not None
    assert notes == ()
    assert (last.title, last.bids, last.awards) == ("R, version 1", 100, 50)
    assert [(one.group, one.bids, one.awards, one.wording) for one in last.groups] == [("Yes", 40, 12, None)]


@pytest.mark.parametrize(
    "change",
    [
        {"equality": None},
        {"equality": OUTCOME["equality"] | {"edition": "panel"}},
        {"equality": OUTCOME["equality"] | {"totals": []}},
        {"criteria": {}},
    ],
)
def test_an_outcome_without_a_public_edition_cannot_be_used(change: dict[str, Any]) -> None:
    last, (note,) = read_last_round(criteria(), OUTCOME | change)
    assert last is None
    assert note.code == "E-EQUALITY-010"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"bids": 0}, "E-EQUALITY-010"),
        ({"awards": 101}, "E-EQUALITY-010"),
        ({"places": 3}, "E-EQUALITY-010"),
        ({"group": [1]}, "E-EQUALITY-010"),
        (group(awards=41), "E-EQUALITY-010"),
        (group(bids=99, awards=48), "E-EQUALITY-010"),
        (group(wording="No disadvantage"), "E-EQUALITY-010"),
        ({"group": WRITTEN["group"] * 2}, "E-EQUALITY-010"),
        (group(question="women"), "E-EQUALITY-011"),
        (group(group="Perhaps"), "E-EQUALITY-011"),
        (group(awards=9), "E-EQUALITY-012"),
        (group(awards=0), "E-EQUALITY-012"),
        (group(bids=20, awards=12), "E-EQUALITY-012"),
        (group(bids=95, awards=49), "E-EQUALITY-012"),
    ],
)
def test_what_cannot_be_used_or_may_not_be_shown_is_a_note(change: dict[str, Any], code: str) -> None:
    assert codes(change) == [code]


@pytest.mark.parametrize(
    ("change", "codes_found"),
    [
        (group(awards=10), []),
        (group(bids=22, awards=12), []),
        (group(bids=21, awards=12), ["E-EQUALITY-012"]),
        (group(bids=90, awards=45), []),
        (group(bids=91, awards=45), ["E-EQUALITY-012"]),
    ],
)
def test_awards_the_other_bids_and_all_others_must_each_be_as_many_as_the_threshold(
    change: dict[str, Any], codes_found: list[str]
) -> None:
    assert codes(change) == codes_found


def test_a_small_number_is_not_repeated_in_its_note() -> None:
    _, (note,) = read_last_round(criteria(), WRITTEN | group(awards=7))
    assert "7" not in note.message


def test_without_a_last_round_nothing_is_said_of_one() -> None:
    assert read_last_round(criteria(), None) == (None, ())
    assert with_last_round(None, [], []) is None


def test_the_order_of_the_file_changes_nothing() -> None:
    more = [WRITTEN["group"][0], {"question": "women_led", "group": "No", "bids": 50, "awards": 30}]
    lines = (line("Yes", 50, 16), line("No", 60, 40))
    first, second = (rounds_of(*lines, written=WRITTEN | {"group": rows}) for rows in (more, more[::-1]))
    assert first == second == replace(first)


@pytest.mark.parametrize(
    ("files", "codes_found", "read"),
    [
        ({"last_round.toml": "title = 'x'"}, [], {"title": "x"}),
        ({"last_round.json": '{"title": "x"}'}, [], {"title": "x"}),
        ({"last_round.json": "[1]"}, [], {}),
        ({"last_round.toml": "title ="}, ["E-EQUALITY-010"], None),
        ({"last_round.json": "{" * 99999}, ["E-EQUALITY-010"], None),
        ({"last_round.toml": "title = 'x'", "last_round.json": "{}"}, ["E-FILE-002"], {"title": "x"}),
    ],
)
def test_the_file_is_toml_or_an_outcome_and_one_of_the_two(
    files: dict[str, str], codes_found: list[str], read: dict[str, str] | None, tmp_path: Path
) -> None:
    (tmp_path / "equality").mkdir()
    for name, text in files.items():
        (tmp_path / "equality" / name).write_text(text, "utf-8")
    received, notes = read_files(tmp_path)
    assert ([one.code for one in notes], received.last_round) == (codes_found, read)


def test_the_page_sets_both_rounds_side_by_side_and_names_what_this_round_withholds() -> None:
    p = Programme({"Yes": (0, 0, 40, 20), "No": (0, 0, 40, 20)})
    last, _ = read_last_round(criteria(), WRITTEN)
    made = assess(p.criteria, p.evaluation, p.scores, p.allocation, p.monitoring, ExternalData(last_round=last))
    page = equality_html(outcome(equality=made))
    assert "12 of 40 (30%)" in page
    assert "20 of 60 (33%)" in page
    small = Programme({"Yes": (0, 0, 4, 4), "No": (0, 0, 40, 40)})
    told = assess(
        small.criteria,
        small.evaluation,
        small.scores,
        small.allocation,
        small.monitoring,
        ExternalData(last_round=last),
    )
    assert "12 of 40" not in equality_html(outcome(equality=told))
