"""Ranks: exact keys in the published order, equal ranks for what every key leaves equal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from evaluator.scoring.exact_integers import Array

ROOM = 2**63
BITS = 16


@dataclass(frozen=True)
class Ranking:
    """Ranks from 1, equal ones shared and the next left out (1, 2, 2, 4), and the rows of each group left equal."""

    ranks: Array
    ties: tuple[tuple[int, ...], ...]


def rank(keys: Sequence[Array]) -> Ranking:
    """Rank rows by int64 keys: the lowest of the first key is best, later keys decide between equals only.

    >>> rank([np.array([5, 3, 3, 9]), np.array([0, 1, 1, 0])])
    Ranking(ranks=array([3, 1, 1, 4]), ties=((1, 2),))
    """
    columns = _packed(keys)
    order = _order(columns)
    differs = np.ones(len(order), dtype=bool)
    # Which of several equal rows the sort puts first makes no difference: they get one rank.
    differs[1:] = np.logical_or.reduce([column[order[1:]] != column[order[:-1]] for column in columns])
    starts = np.flatnonzero(differs)
    sizes = np.diff(starts, append=len(order))
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.repeat(starts + 1, sizes)
    return Ranking(ranks, tuple(_groups(order, starts[sizes > 1], sizes[sizes > 1])))


def _order(columns: Sequence[Array]) -> Array:
    """Sort by the columns, the first foremost; of equal rows any may come first.

    Where there are several it goes sixteen bits at a time from the last, which numpy sorts by counting.
    """
    if len(columns) == 1:
        return np.argsort(columns[0])
    order = np.arange(len(columns[0]))
    for column in reversed(columns):
        for shift in range(0, int(column.max(initial=0)).bit_length(), BITS):
            digits = (column >> shift).astype(np.uint16)
            order = order[np.argsort(digits[order], kind="stable")]
    return order


def _groups(order: Array, starts: Array, sizes: Array) -> Iterable[tuple[int, ...]]:
    for start, size in zip(starts.tolist(), sizes.tolist(), strict=True):
        yield tuple(sorted(order[start : start + size].tolist()))


def _packed(keys: Sequence[Array]) -> list[Array]:
    """Put several keys into one int64 while they fit, so that one sort does the work of several."""
    columns: list[Array] = []
    room = 1
    for key in keys:
        low, size = (int(key.min()), int(key.max()) - int(key.min()) + 1) if key.size else (0, 1)
        if columns and room * size < ROOM:
            columns[-1] = columns[-1] * size + (key - low)
            room *= size
        else:
            columns.append(key - low)
            room = size
    return columns
