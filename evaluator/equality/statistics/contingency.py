"""Tables of any size: whether several groups fare alike, exactly, or by seeded draws where there are too many tables.

A row is a group and a column an outcome. A table is as likely as the ways to deal it out with the same margins.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from math import comb, factorial, prod

import numpy as np

from evaluator.equality.statistics.permutation import BLOCK, DRAWS, SEED, Shuffled

MOST_STEPS = 6_000_000  # of the exact way: a table of four by four with a hundred bids
NEAR = 10**7  # tables whose ways lie within this part of each other are as likely as each other
Rows = tuple[int, ...]


def table_exact(table: Sequence[Sequence[int]], seed: int = SEED) -> Shuffled:
    """Give the p of all tables with the same margins that are no likelier than the one seen (Freeman and Halton 1951).

    Parameters
    ----------
    table : counts, a row a group and a column an outcome; rows and columns of noughts tell nothing and are left out.
    seed : of the draws, where not all tables can be gone through: then p is (b + 1)/(B + 1), the same at every call.

    >>> table_exact([[3, 1], [1, 3]]).p
    Fraction(17, 35)
    """
    filled = [row for row in table if any(row)]
    columns = tuple(sorted((tuple(column) for column in zip(*filled, strict=True) if any(column)), key=sum))
    if len(filled) < 2 or len(columns) < 2:
        return Shuffled(Fraction(1), exact=True, number=1)
    if _steps(columns) > MOST_STEPS:
        return _drawn(columns, seed)
    totals, start = tuple(map(sum, columns)), tuple(map(sum, zip(*columns, strict=True)))
    all_ways = factorial(sum(start)) // prod(map(factorial, totals))
    return Shuffled(Fraction(_no_likelier(totals, start, _ways(columns)), all_ways), exact=True, number=all_ways)


def _ways(columns: Sequence[Rows]) -> int:
    """Count the ways to deal a table out, and those that are near enough to be the same."""
    rows = map(sum, zip(*columns, strict=True))
    ways = prod(map(factorial, rows)) // prod(factorial(cell) for column in columns for cell in column)
    return ways + ways // NEAR


def _steps(columns: Sequence[Rows]) -> int:
    """Estimate the work of the exact way: what can be left of the rows, times the ways to fill a column."""
    rows = sorted(map(sum, zip(*columns, strict=True)))[:-1]
    left = prod(total + 1 for total in rows)
    return left * min(left, comb(sum(columns[-2]) + len(rows), len(rows))) if len(columns) > 2 else left


def _no_likelier(totals: Rows, start: Rows, most: int) -> int:
    """Count the ways to all tables that each have at most so many, one column after another.

    What is left of the rows is kept in order, because which row is which tells nothing. Beginnings that can only end in
    tables rare enough, or in none, need not be followed (the network of Mehta and Patel 1983).
    """

    @cache
    def ends(left: Rows, at: int) -> tuple[int, int]:
        """Give the fewest and the most ways in which a table can end."""
        if at == len(totals) - 1:
            return 1, 1
        further = [(ways, ends(rest, at + 1)) for rest, ways in _fillings(left, totals[at])]
        return min(ways * low for ways, (low, _) in further), max(ways * high for ways, (_, high) in further)

    found, beginnings = 0, {tuple(sorted(start)): {1: 1}}
    for at, total in enumerate(totals):
        following: dict[Rows, dict[int, int]] = {}
        for left, paths in beginnings.items():
            fewest, largest = ends(left, at)
            decided = sum(ways * times for ways, times in paths.items() if ways * largest <= most)
            found += decided * (factorial(sum(left)) // prod(map(factorial, totals[at:])))
            going_on = [(ways, times) for ways, times in paths.items() if ways * fewest <= most < ways * largest]
            for rest, here in _fillings(left, total) if going_on else ():
                into = following.setdefault(rest, {})
                for ways, times in going_on:
                    into[ways * here] = into.get(ways * here, 0) + times
        beginnings = following
    return found


def _fillings(left: Rows, total: int) -> Iterator[tuple[Rows, int]]:
    """Give every way to fill a column: what is left of the rows after it, in order, and the ways to deal it out."""

    def filled(at: int, still: int) -> Iterator[tuple[Rows, int]]:
        if at == len(left) - 1:
            yield (left[at] - still,), comb(left[at], still)
            return
        room = sum(left[at + 1 :])
        for cell in range(max(0, still - room), min(left[at], still) + 1):
            for rest, ways in filled(at + 1, still - cell):
                yield (left[at] - cell, *rest), ways * comb(left[at], cell)

    return ((tuple(sorted(rest)), ways) for rest, ways in filled(0, total))


def _drawn(columns: Sequence[Rows], seed: int) -> Shuffled:
    """Deal the outcomes out again and again: p is the part of all tables drawn, and the one seen, that are as rare."""
    dice = np.random.default_rng(seed)
    rows = [sum(row) for row in zip(*columns, strict=True)]
    outcomes = np.repeat(np.arange(len(columns)), [sum(column) for column in columns])
    starts = np.concatenate(([0], np.cumsum(rows)[:-1]))
    logs = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, sum(rows) + 1)))))
    seen, rare = sum(float(logs[cell]) for column in columns for cell in column), 0
    for _ in range(DRAWS // BLOCK):
        dealt = dice.permuted(np.tile(outcomes, (BLOCK, 1)), axis=1)
        cells = (np.add.reduceat(dealt == at, starts, axis=1, dtype=np.int64) for at in range(len(columns)))
        weights = sum((logs[cell].sum(axis=1) for cell in cells), np.zeros(BLOCK))
        rare += int((weights >= seen - 1e-7).sum())
    return Shuffled(Fraction(rare + 1, DRAWS + 1), exact=False, number=DRAWS)
