"""Checks of the agreed marks as a whole: one for every answer, and explained where it is outside all marks."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from evaluator.records.english import short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.numbers import decimal_text
from evaluator.validation.checks.completeness import of_answers
from evaluator.validation.coded_columns import NONE, Flags, Ints, texts, without_words
from evaluator.validation.context import View
from evaluator.validation.context.coded_sheets import Sheet
from evaluator.validation.row_findings import Facts, at_rows, flagged, unread

CONSENSUS_FILES = ("moderation.xlsx", "consensus.csv")
FEW_WORDS = 5

# A reason says that an agreed mark is outside the marks it rests on with one of these words and then one of those.
ABOVE, BELOW, OUTSIDE = ("above", "higher than"), ("below", "lower than"), ("outside",)
THE_MARKS = ("the marks", "all marks", "all the marks", "every mark", "each mark", "the individual marks", "the range")
SAY_ABOVE = tuple(f"{side} {marks}" for side in ABOVE + OUTSIDE for marks in THE_MARKS)
SAY_BELOW = tuple(f"{side} {marks}" for side in BELOW + OUTSIDE for marks in THE_MARKS)


@dataclass(frozen=True)
class Spread:
    """The rows of agreed marks that rest on marks, with the agreed, lowest and highest place in their scale's order."""

    rows: Ints
    scales: list[list[Decimal]]  # of each row, the marks in order
    agreed: Ints
    lowest: Ints
    highest: Ints


def agreed_marks_are_there(view: View) -> Iterator[Finding]:
    """Find that there are no agreed marks at all, unless reading has said why."""
    missing = view.by_consensus and view.consensus is None and bool(view.needed.any())
    if missing and not unread(view.received, *CONSENSUS_FILES):
        yield finding("E-CONS-012", Source(CONSENSUS_FILES[0]), answers=int(view.needed.sum()))


def agreed_marks_count(view: View) -> Iterator[Finding]:
    """Note agreed marks that have no use because a single evaluator's mark counts."""
    if view.consensus is not None and not view.by_several:
        yield finding("E-CONS-016", view.consensus.table.place)


def every_answer_has_an_agreed_mark(view: View) -> Iterator[Finding]:
    """Find answers of bids that nobody disregarded without a row among the agreed marks."""
    sheet = view.consensus
    if sheet is not None and view.by_consensus:
        lacking = view.needed.ravel().copy()
        lacking[sheet.answers[sheet.answers != NONE]] = False
        yield from of_answers(view, "E-CONS-013", sheet.table.place, lacking)


def marks_outside_the_range_say_why(view: View) -> Iterator[Finding]:
    """Find agreed marks above or below every evaluator's mark whose reason does not say so."""
    sheet = view.consensus
    if sheet is None or view.marks is None or not view.by_consensus:
        return
    spread, reasons = _spread(view, sheet, view.marks), texts(sheet.table, "reason")
    outside = flagged((spread.agreed < spread.lowest) | (spread.agreed > spread.highest))
    silent = {
        int(spread.rows[place]): place
        for place in outside.tolist()
        if not says_why(reasons[spread.rows[place]], above=bool(spread.agreed[place] > spread.highest[place]))
    }

    def facts(row: int) -> Facts:
        place = silent[row]
        scale = [decimal_text(mark) for mark in spread.scales[place]]
        above = spread.agreed[place] > spread.highest[place]
        return {
            "bid": texts(sheet.table, "bid")[row].strip(),
            "question": texts(sheet.table, "question")[row].strip(),
            "agreed": scale[spread.agreed[place]],
            "side": "above" if above else "below",
            "marks": " to ".join(dict.fromkeys((scale[spread.lowest[place]], scale[spread.highest[place]]))),
        }

    yield from at_rows("E-CONS-014", sheet.table, list(silent), "reason", facts)


def says_why(reason: str, *, above: bool) -> bool:
    """Whether a reason says that the agreed mark is outside the individual marks, on the side where it is.

    >>> says_why("Above all marks because the annex was overlooked.", above=True)
    True
    >>> says_why("Above all marks because the annex was overlooked.", above=False)
    False
    """
    text = " ".join(reason.casefold().split())
    return any(words in text for words in (SAY_ABOVE if above else SAY_BELOW))


def wide_spreads_are_explained(view: View) -> Iterator[Finding]:
    """Note answers whose marks differ by the published trigger or more, agreed with a reason of a few words."""
    sheet, trigger = view.consensus, view.criteria.moderation.spread_trigger
    if sheet is None or view.marks is None or not view.by_consensus or trigger is None:
        return
    spread, reasons = _spread(view, sheet, view.marks), texts(sheet.table, "reason")
    ends = zip(spread.rows.tolist(), spread.scales, spread.lowest.tolist(), spread.highest.tolist(), strict=True)
    rows = [row for row, scale, low, high in ends if scale[high] - scale[low] >= trigger]
    short = [row for row in rows if 0 < len(reasons[row].split()) < FEW_WORDS]
    if short:
        keys = ("bid", "question")
        named = sorted(" ".join(texts(sheet.table, key)[row].strip() for key in keys) for row in short)
        facts = {"answers": short_listing(named), "trigger": decimal_text(trigger), "few": FEW_WORDS}
        yield finding("E-CONS-015", sheet.table.place, **facts)


def bidders_are_given_reasons(view: View) -> Iterator[Finding]:
    """Note answers that a letter will explain, without the reason for the bidder that its table has a column for."""
    sheet = view.consensus
    if sheet is None or not view.by_several or "for_bidder" not in sheet.table.columns:
        return
    needed: Flags = np.append(view.needed.ravel(), False)  # an answer that is not asked, -1, takes the last entry
    told = texts(sheet.table, "for_bidder")
    # A row without an agreed mark is told of as that.
    owed = flagged(needed[sheet.answers] & ((sheet.marks >= 0) | (not view.by_consensus)))
    empty = owed[without_words(told, str.isalpha)[owed]].tolist()
    if empty:
        named = sorted(" ".join(texts(sheet.table, key)[row].strip() for key in ("bid", "question")) for row in empty)
        yield finding("E-CONS-020", sheet.table.place, answers=short_listing(named))


def _spread(view: View, agreed: Sheet, marks: Sheet) -> Spread:
    """Find the lowest and the highest of the individual marks that each sound agreed mark rests on, once all are in."""
    scales = [sorted(scale.marks) for scale in view.book.scales]
    most = max(map(len, scales))
    order: Ints = np.zeros((len(scales), most), dtype=np.int64)
    for question, scale in enumerate(view.book.scales):
        order[question, : len(scale.marks)] = [scales[question].index(mark) for mark in scale.marks]
    lowest = np.full(view.needed.size, most, dtype=np.int64)
    highest = np.full(view.needed.size, NONE, dtype=np.int64)
    sound = (marks.answers != NONE) & (marks.marks >= 0)
    places = order[marks.questions[sound], marks.marks[sound]]
    np.minimum.at(lowest, marks.answers[sound], places)
    np.maximum.at(highest, marks.answers[sound], places)
    known: Flags = np.append(np.logical_and(highest != NONE, _fully_marked(view, marks)), False)
    rows = flagged((agreed.marks >= 0) & known[agreed.answers])  # an answer that is not asked, -1, takes the last entry
    answers = agreed.answers[rows]
    own = [scales[question] for question in agreed.questions[rows].tolist()]
    return Spread(rows, own, order[agreed.questions[rows], agreed.marks[rows]], lowest[answers], highest[answers])


def _fully_marked(view: View, marks: Sheet) -> Flags:
    """Flag the answers with a sound mark of each evaluator who owes one: until then their range is not known."""
    people = view.people
    width = len(view.book.ids)
    owed = np.where(np.repeat(people.has_panel[people.groups], width), people.owed_answers(width), view.least)
    sound = (marks.keys != NONE) & (marks.marks >= 0) & (marks.first == np.arange(len(marks.first)))
    given = np.bincount(marks.answers[sound], minlength=view.needed.size)
    flags: Flags = given >= owed
    return flags
