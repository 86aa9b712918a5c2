"""Checks that figures which decide were verified in the published way, bid by bid, before the published stage."""

from collections.abc import Iterator

import numpy as np

from evaluator.records.english import listing, short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.conditions.verification import Verification
from evaluator.validation.coded_columns import Flags, reported, words
from evaluator.validation.context import View
from evaluator.validation.context.offers import YES, lists
from evaluator.validation.row_findings import Facts, at_rows, flagged, shown

COLUMN = "verified"


def verified_columns_are_published(view: View) -> Iterator[Finding]:
    """Find a register without the column, and cells in it that name what nothing was published about."""
    table, known = view.offers.table, [one.column for one in view.criteria.verification]
    if not known:
        return
    if COLUMN not in table.columns:
        yield finding("E-REG-007", table.place, column="Verified", key=COLUMN, why="the criteria say what is verified")
        return
    named = lists(table, COLUMN)
    strange = [[one for one in its if one not in known] for its in named]

    def facts(row: int) -> Facts:
        return {"bid": view.offers.named(row), "shown": shown("; ".join(strange[row])), "columns": listing(known)}

    wrong = np.array([bool(its) for its in strange]) & ~reported(table, COLUMN)
    yield from at_rows("E-BID-012", table, flagged(wrong), COLUMN, facts)


def deciding_figures_are_verified(view: View) -> Iterator[Finding]:
    """Find bids whose figures decide and were not verified; a note for all where that is done before the contract."""
    table = view.offers.table
    if COLUMN not in table.columns:
        return
    open_ = {one.column: _unverified(view, one) for one in view.criteria.verification}
    now = [one.column for one in view.criteria.verification if one.before != "contract"]
    later = [one.column for one in view.criteria.verification if one.before == "contract"]
    any_now = np.any([open_[column] for column in now], axis=0) if now else np.zeros(len(view.offers), dtype=np.bool_)

    def facts(row: int) -> Facts:
        return {"bid": view.offers.named(row), "columns": listing(column for column in now if open_[column][row])}

    yield from at_rows("E-BID-013", table, flagged(any_now), COLUMN, facts)
    for column in later:
        bids = [view.offers.named(int(row)) for row in flagged(open_[column])]
        if bids:
            yield finding("E-BID-014", table.place, column=column, bids=short_listing(sorted(bids)))


def _unverified(view: View, one: Verification) -> Flags:
    """Flag the bids that stay in, say something in a column that decides in their theme, and lack its verification."""
    table, offers = view.offers.table, view.offers
    themes = [bool(view.criteria.decided_by(one.column, theme)) for theme in view.book.themes]
    decides = np.array([*themes, False])[offers.themes]
    says = np.array(
        _measured(view) if one.column == "measured" else [_says(one.column, t) for t in words(table, one.column)]
    )
    lacks = np.array([one.column not in its for its in lists(table, COLUMN)])
    found: Flags = decides & says & lacks & offers.counted & ~view.disregarded & ~reported(table, COLUMN)
    return found


def _measured(view: View) -> list[bool]:
    """Say for each row whether it has any figure that is measured."""
    columns = [words(view.offers.table, one.column) for one in view.criteria.measured]
    return [any(cells) for cells in zip(*columns, strict=True)] if columns else [False] * len(view.offers)


def _says(column: str, text: str) -> bool:
    """Whether a cell says something that counts; of who is no small organisation there is nothing to verify."""
    return text.casefold() == YES if column == "small" else bool(text)
