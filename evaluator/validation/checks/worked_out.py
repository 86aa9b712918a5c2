"""Checks of marks that are worked out from evaluators' own: as many for each answer, and what follows a wide spread."""

from collections.abc import Collection, Iterator
from decimal import Decimal

import numpy as np

from evaluator.records.english import short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.numbers import decimal_text, exact_text
from evaluator.records.submissions.decisions_waiting import SPREAD
from evaluator.records.submissions.several_marks import said_of
from evaluator.validation.checks.completeness import answers_named
from evaluator.validation.checks.consensus import CONSENSUS_FILES
from evaluator.validation.coded_columns import NONE, texts
from evaluator.validation.context import View
from evaluator.validation.context.given import About
from evaluator.validation.worked_out import worked_out

DECISIONS_FILE = "decisions.xlsx"


def answers_have_as_many_marks(view: View) -> Iterator[Finding]:
    """Find answers with fewer marks than others have on the same question, where nothing says what is done."""
    moderation = view.criteria.moderation
    if view.marks is None or not moderation.combines:
        return
    given = view.given
    lacking = [one for one in _needed(view) if 0 < given.number(one) < given.usual(one)]
    if not lacking:
        return
    facts = {"answers": _named(view, lacking), "method": said_of(moderation)}
    if moderation.missing_marks is None:
        yield finding("E-MARK-050", view.marks.table.place, **facts)
        return
    told = [f"{_named(view, [one])} from {given.number(one)} of {given.usual(one)} marks" for one in lacking]
    yield finding("E-MARK-051", view.marks.table.place, **{**facts, "answers": short_listing(told)})


def nobody_marks_without_need(view: View) -> Iterator[Finding]:
    """Find answers with more marks than are published, of evaluators whom no spread of marks asked for."""
    if view.marks is None or view.criteria.moderation.on_spread != "third_evaluator":
        return
    wide = set(_wide(view))
    beyond = [one for one in _needed(view) if view.given.number(one) > view.least + (one in wide)]
    if beyond:
        yield finding("E-MARK-052", view.marks.table.place, answers=_named(view, beyond), least=view.least)


def agreed_marks_are_not_needed(view: View) -> Iterator[Finding]:
    """Note agreed marks beside a method that works marks out."""
    sheet = view.consensus
    if sheet is None or not view.criteria.moderation.combines:
        return
    width, made = len(view.book.ids), {about: exact_text(one.value) for about, one in worked_out(view)}
    own = [made.get(divmod(answer, width), "") if answer != NONE else "" for answer in sheet.answers.tolist()]
    every = enumerate(zip(texts(sheet.table, "mark"), own, strict=True))
    typed = [row for row, (text, mark) in every if text.strip() not in ("", mark)]
    if typed:
        named = sorted(" ".join(texts(sheet.table, key)[row].strip() for key in ("bid", "question")) for row in typed)
        facts = {"answers": short_listing(named), "method": said_of(view.criteria.moderation)}
        yield finding("E-CONS-030", sheet.table.place, **facts)


def wide_marks_are_discussed(view: View) -> Iterator[Finding]:
    """Find marks that lie far apart of which nobody wrote why, where that is published."""
    if view.criteria.moderation.on_spread != "discussed":
        return
    sheet, width, said = view.consensus, len(view.book.ids), set[About]()
    if sheet is not None:
        reasons = texts(sheet.table, "reason")
        rows = (row for row in np.flatnonzero(sheet.answers != NONE).tolist() if any(map(str.isalpha, reasons[row])))
        said = {divmod(int(sheet.answers[row]), width) for row in rows}
    yield from _of_wide(view, "E-CONS-031", sheet.table.place if sheet else Source(CONSENSUS_FILES[0]), said)


def wide_marks_are_decided(view: View) -> Iterator[Finding]:
    """Find marks that lie far apart about which nobody decided that they stand, where that is published."""
    if view.criteria.moderation.on_spread == "decision":
        yield from _of_wide(view, "E-CONS-032", Source(DECISIONS_FILE), set(_wide(view)) - set(undecided(view)))


def undecided(view: View) -> Iterator[About]:
    """Give the answers with marks far apart about which nobody decided; one bid decides for its organisation's own."""
    decided, offers = view.decided(SPREAD), view.offers
    for subject, question in _wide(view) if view.criteria.moderation.on_spread == "decision" else ():
        own = subject < len(offers)
        bids = [subject] if own else np.flatnonzero(offers.leads == subject - len(offers)).tolist()
        if not any((offers.ids[bid], view.book.ids[question]) in decided for bid in bids):
            yield subject, question


def a_third_evaluator_marks_too(view: View) -> Iterator[Finding]:
    """Find marks that lie far apart for which a further evaluator is published, and has not marked."""
    if view.criteria.moderation.on_spread == "third_evaluator":
        place = view.marks.table.place if view.marks else Source("")
        settled = {one for one in _wide(view) if view.given.number(one) > view.least}
        yield from _of_wide(view, "E-CONS-033", place, settled)


def _of_wide(view: View, code: str, place: Source, settled: Collection[About]) -> Iterator[Finding]:
    left = [one for one in _wide(view) if one not in settled]
    if left:
        trigger = decimal_text(view.criteria.moderation.spread_trigger or Decimal(0))  # nothing is wide without one
        yield finding(code, place, answers=_named(view, left), trigger=trigger)


def _wide(view: View) -> tuple[About, ...]:
    """Give the answers whose marks lie as far apart as is published, or farther."""
    trigger = view.criteria.moderation.spread_trigger
    if trigger is None or not view.criteria.moderation.combines:
        return ()
    marks = view.given.marks
    return tuple(one for one in _needed(view) if one in marks and marks[one][-1] - marks[one][0] >= trigger)


def _needed(view: View) -> list[About]:
    """Give each answer that needs marks."""
    return [(int(subject), int(question)) for subject, question in np.argwhere(view.needed)]


def _named(view: View, answers: Collection[About]) -> str:
    width = len(view.book.ids)
    return answers_named(view, np.array([subject * width + question for subject, question in answers]))
