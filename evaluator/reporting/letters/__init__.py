"""Letters to bidders: for each assessed bid its own assessment, in the form that the regime of the criteria has."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evaluator.records.documents import Document
from evaluator.records.outcome import Outcome
from evaluator.records.scores import Step
from evaluator.records.source import Finding, block_award, in_order
from evaluator.reporting.letters.contents import Letter, letters_of
from evaluator.reporting.letters.forms import FORMS
from evaluator.reporting.letters.lint import lint
from evaluator.reporting.machine import findings_document
from evaluator.reporting.pages import render

SCHEMA = "letters/1"
MARK = "letters.json"  # every folder of letters has one
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")


@dataclass(frozen=True)
class Letters:
    """What was made: the letters with their index, and what was found in their words. No document where that blocks."""

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]


def letters(outcome: Outcome, steps: Mapping[str, Sequence[Step]], people: Sequence[str] = ()) -> Letters:
    """Write a letter for each assessed bid (ranked, or below a minimum), an index, and what the winners' bids scored.

    Parameters
    ----------
    outcome : a run with awards.
    steps : of each assessed bid, by its id, as scoring gives them.
    people : evaluators' ids and names, which no letter may show.

    Returns
    -------
    Nothing but findings where a reason is missing: then no letter can be released.
    """
    made = letters_of(outcome, steps)
    findings = in_order(lint(outcome, made, people))
    return Letters(() if block_award(findings) else tuple(_documents(outcome, made, findings)), findings)


def _documents(outcome: Outcome, made: Sequence[Letter], findings: Sequence[Finding]) -> Iterator[Document]:
    form = FORMS[outcome.criteria.regime]
    names = file_names("letter", [letter.row.bid.id for letter in made])
    themes = {letter.theme.id: letter.theme for letter in made}
    annexes = file_names("winners", list(themes)) if form.winners_in_full else {}
    for letter in made:
        annex = "" if letter.row.award or not letter.winners else annexes.get(letter.theme.id, "")
        page = render("letters/letter.html", outcome, letter=letter, form=form, annex=annex)
        yield Document(names[letter.row.bid.id], page)
    for theme, name in annexes.items():
        winners = [letter for letter in made if letter.theme.id == theme and letter.row.award]
        if winners:
            page = render("letters/winners.html", outcome, theme=themes[theme], winners=winners, form=form)
            yield Document(name, page)
    bids = {letter.row.bid.id for letter in made}
    others = [bid for bid in (outcome.evaluation.bids if outcome.evaluation else ()) if bid.id not in bids]
    facts = {"letters": made, "names": names, "annexes": annexes, "findings": findings, "others": others}
    yield Document("index.html", render("letters/index.html", outcome, form=form, **facts))
    head = {"schema": SCHEMA, "run": outcome.run.name, "form": form.title}
    listed = {**head, "letters": names, "findings": findings_document(findings)}
    yield Document(MARK, json.dumps(listed, ensure_ascii=False, indent=2) + "\n")


def file_names(kind: str, ids: Sequence[str]) -> dict[str, str]:
    """Name a file for each id, after the id where that can stand in a file's name on every system.

    >>> file_names("letter", ["B1", "b1", "A/2"])
    {'B1': 'letter-B1.html', 'b1': 'letter-number-2.html', 'A/2': 'letter-number-3.html'}
    """
    names, taken = {}, set()
    for number, id in enumerate(ids, 1):
        plain = PLAIN.fullmatch(id) and id.casefold() not in taken
        names[id] = f"{kind}-{id}.html" if plain else f"{kind}-number-{number}.html"
        taken.add(id.casefold())
    return names


__all__ = ["MARK", "Letters", "file_names", "letters"]
