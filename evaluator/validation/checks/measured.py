"""Checks of what is measured: every figure is there, its method can take it, and it keeps the published limits."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from evaluator.records.english import short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.price.measured import Measured
from evaluator.validation.coded_columns import Flags, reported, words
from evaluator.validation.context import View
from evaluator.validation.context.figures import figure_of
from evaluator.validation.row_findings import Facts, at_rows, flagged, shown


def figures_are_there(view: View) -> Iterator[Finding]:
    """Find columns of measured criteria that are not there, and bids without a figure in a theme that measures it."""
    table = view.offers.table
    for one in view.criteria.measured:
        concerned = _concerned(view, one)
        if one.column not in table.columns:
            if concerned.any():
                facts = {"column": one.title, "key": one.column, "why": "the criteria give points for it"}
                yield finding("E-REG-007", table.place, **facts)
            continue
        blank = np.array([not text for text in words(table, one.column)]) & ~reported(table, one.column)
        yield from at_rows("E-REG-040", table, flagged(blank & concerned), one.column, _facts(view, one))


def figures_are_plain(view: View) -> Iterator[Finding]:
    """Find cells that are no figure at all, no yes or no, or one that the method cannot take."""
    table = view.offers.table
    for one in (each for each in view.criteria.measured if each.column in table.columns):
        said = words(table, one.column)
        wrong = np.array([bool(text) and figure_of(one, text) is None for text in said])
        code = "E-REG-042" if one.is_yes_or_no else "E-REG-041"
        rows = flagged(wrong & ~reported(table, one.column))
        yield from at_rows(code, table, rows, one.column, _facts(view, one, said))


def figures_keep_the_limits(view: View) -> Iterator[Finding]:
    """Note bids with a figure outside a published limit: they are not ranked, so the cells had better be right."""
    table = view.offers.table
    for one in (each for each in view.criteria.measured if each.column in table.columns):
        outside = np.array([_outside(one, text) for text in words(table, one.column)]) & _concerned(view, one)
        bids = sorted(view.offers.named(int(row)) for row in flagged(outside))
        if bids:
            facts = {"measured": one.id, "title": one.title, "limits": _limits(one)}
            yield finding("E-REG-043", table.place, bids=short_listing(bids), **facts)


def _outside(one: Measured, text: str) -> bool:
    figure = figure_of(one, text)
    low = figure is not None and one.least is not None and figure < one.least
    return low or (figure is not None and one.most is not None and figure > one.most)


def _limits(one: Measured) -> str:
    limits = (("at least", one.least), ("at most", one.most))
    return " and ".join(f"{words} {decimal_text(limit)}" for words, limit in limits if limit is not None)


def _concerned(view: View, one: Measured) -> Flags:
    """Flag the bids of themes that measure a thing, but for those that were disregarded."""
    weighted = [one.id in view.criteria.theme(theme).weights for theme in view.book.themes]
    found: Flags = np.array([*weighted, False])[view.offers.themes] & ~view.disregarded
    return found


def _facts(view: View, one: Measured, said: Sequence[str] | None = None) -> Callable[[int], Facts]:
    """Give what a finding says of a row."""

    def facts(row: int) -> Facts:
        return {
            "bid": view.offers.named(row),
            "measured": one.id,
            "title": one.title,
            "unit": one.unit or "a number",
            "shown": shown(said[row]) if said else "",
            "must": f" of {one.lowest_allowed}".replace("of above", "above") if one.lowest_allowed else "",
        }

    return facts
