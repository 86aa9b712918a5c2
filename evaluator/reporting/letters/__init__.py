"""Letters to bidders: for each assessed bid its own assessment, in the form that the regime of the criteria has."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from evaluator.records.documents import Document
from evaluator.records.findings.finding import Finding, block_award, in_order
from evaluator.records.programme.criteria import Theme
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import Step
from evaluator.records.submissions.evaluation import Bid
from evaluator.records.submissions.received import Table
from evaluator.reporting.letters.contents import Letter, letters_of
from evaluator.reporting.letters.forms import FORMS, NOT_SAID, Form, Sending, standstill
from evaluator.reporting.letters.lint import lint
from evaluator.reporting.run.outcome_json import findings_document
from evaluator.reporting.shared.pages import HeadedPage, about, provenance, render

SCHEMA = "letters/1"
MARK = "letters.json"  # every folder of letters has one
FORMS_OF_A_LETTER: tuple[Literal["docx", "pdf"], ...] = ("docx", "pdf")
SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")


@dataclass(frozen=True)
class Letters:
    """What was made: the letters with their index, and what was found in their words. No document where that blocks."""

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]


def letters(
    outcome: Outcome,
    steps: Mapping[str, Sequence[Step]],
    people: Sequence[str] = (),
    register: Table | None = None,
    sending: Sending = NOT_SAID,
) -> Letters:
    """Write a letter for each assessed bid (ranked, or below a minimum), an index, and what the winners' bids scored.

    Parameters
    ----------
    outcome : a run with awards.
    steps : of each assessed bid, by its id, as scoring gives them.
    people : evaluators' ids and names, which no letter may show.
    register : as received, for the bidders' addresses and identifiers and for the gates.
    sending : what only those who send the letters know: days, and where to read and write.

    Returns
    -------
    Nothing but findings where a reason is missing: then no letter can be released. Nothing at all where no set of
    awards is proven: then there is no outcome to tell.
    """
    if outcome.allocation is None or outcome.allocation.status != "proven":
        return Letters((), ())
    made = letters_of(outcome, steps, people, register)
    findings = in_order(lint(outcome, made, people), outcome.criteria.regime)
    return Letters(() if block_award(findings) else tuple(_documents(outcome, made, findings, sending)), findings)


@dataclass(frozen=True, kw_only=True)
class LetterPage(HeadedPage):
    """One letter, with the file of its theme's winners where there is one, and the highest mark of the scale."""

    template = "letters/letter.html"
    letter: Letter
    form: Form
    annex: str
    sending: Sending
    standstill: str
    highest_mark: Decimal


@dataclass(frozen=True, kw_only=True)
class WinnersPage(HeadedPage):
    """The winning bids of a theme with their scores, as a part of the letters of those who did not win."""

    template = "letters/winners.html"
    theme: Theme
    winners: Sequence[Letter]
    form: Form


@dataclass(frozen=True, kw_only=True)
class IndexPage(HeadedPage):
    """What the council looks at before letters go out: each letter with its file, and what they lack.

    ``names`` gives the file of each bid's letter by the bid's id, ``annexes`` that of each theme's winners by the
    theme's id; ``others`` are the bids without a letter.
    """

    template = "letters/index.html"
    letters: Sequence[Letter]
    names: Mapping[str, str]
    annexes: Mapping[str, str]
    findings: Sequence[Finding]
    others: Sequence[Bid]
    lacks: Sequence[str]
    form: Form
    standstill: str


def _documents(
    outcome: Outcome, made: Sequence[Letter], findings: Sequence[Finding], sending: Sending
) -> Iterator[Document]:
    form = FORMS[outcome.criteria.regime]
    names = file_names("letter", [letter.row.bid.id for letter in made])
    themes = {letter.theme.id: letter.theme for letter in made}
    annexes = file_names("winners", list(themes)) if form.winners_in_full else {}
    for letter in made:
        annex = "" if letter.row.award or not letter.winners else annexes.get(letter.theme.id, "")
        page = render(_letter_page(outcome, letter, annex, sending))
        yield Document(names[letter.row.bid.id], page, FORMS_OF_A_LETTER)
    for theme, name in annexes.items():
        winners = [letter for letter in made if letter.theme.id == theme and letter.row.award]
        if winners:
            page = render(WinnersPage(about=about(outcome), theme=themes[theme], winners=winners, form=form))
            yield Document(name, page, FORMS_OF_A_LETTER)
    index = _index_page(outcome, made, names, annexes, findings, sending)
    yield Document("index.html", render(index), FORMS_OF_A_LETTER)
    head = {"schema": SCHEMA, **provenance(outcome), "form": form.title}
    contents = {**head, "letters": names, "annexes": annexes, "findings": findings_document(findings)}
    yield Document(MARK, json.dumps(contents, ensure_ascii=False, indent=2) + "\n")


def _letter_page(outcome: Outcome, letter: Letter, annex: str, sending: Sending) -> LetterPage:
    criteria = outcome.criteria
    return LetterPage(
        about=about(outcome),
        letter=letter,
        form=FORMS[criteria.regime],
        annex=annex,
        sending=sending,
        standstill=standstill(criteria.regime, sending),
        highest_mark=criteria.scale.highest,
    )


def _index_page(
    outcome: Outcome,
    made: Sequence[Letter],
    names: Mapping[str, str],
    annexes: Mapping[str, str],
    findings: Sequence[Finding],
    sending: Sending,
) -> IndexPage:
    bids = outcome.evaluation.bids if outcome.evaluation else ()
    return IndexPage(
        about=about(outcome),
        letters=made,
        names=names,
        annexes=annexes,
        findings=findings,
        others=[bid for bid in bids if bid.id not in names],
        lacks=_lacks(outcome, made, sending),
        form=FORMS[outcome.criteria.regime],
        standstill=standstill(outcome.criteria.regime, sending),
    )


def _lacks(outcome: Outcome, made: Sequence[Letter], sending: Sending) -> list[str]:
    """Say in words what the letters lack: what the register does not hold, and what was not given."""
    found = []
    for name in ("postal address", "e-mail address", "unique identifier"):
        without = [letter.row.bid.id for letter in made if name in letter.bidder.lacks]
        if without:
            found.append(f"The {name} of {', '.join(without)}: add it to the register and evaluate again.")
    form = FORMS[outcome.criteria.regime]
    losing = [letter.row.bid.id for letter in made if letter.winners]
    if form.to_write and losing:
        found.append(f"In the letters of {', '.join(losing)}: {form.to_write}. People write it into each.")
    if not sending.methodology:
        found.append("Where the full methodology can be read: give --methodology.")
    if not sending.contact:
        found.append("Whom to write to: give --contact.")
    if standstill(outcome.criteria.regime, sending) and not sending.ends:
        day = "--sent" if outcome.criteria.regime == "pcr2015" else "--notice, the day on which it was seen published"
        found.append(f"The last day of the standstill period: give {day}.")
    return found


def file_names(kind: str, ids: Sequence[str]) -> dict[str, str]:
    """Name a file for each id, after the id where that can stand in a file's name on every system.

    >>> file_names("letter", ["B1", "b1", "A/2"])
    {'B1': 'letter-B1.html', 'b1': 'letter-number-2.html', 'A/2': 'letter-number-3.html'}
    """
    names, taken = {}, set()
    for number, id in enumerate(ids, 1):
        safe = SAFE_NAME.fullmatch(id) and id.casefold() not in taken
        names[id] = f"{kind}-{id}.html" if safe else f"{kind}-number-{number}.html"
        taken.add(id.casefold())
    return names


__all__ = ["MARK", "NOT_SAID", "Letters", "Sending", "file_names", "letters"]
