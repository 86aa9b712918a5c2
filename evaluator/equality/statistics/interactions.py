"""Whether a group stands otherwise in one column (a question, an evaluator) than in the others, beside all the rest.

A mark is taken as that of its row, its column, and the column's own for the group. One such difference is always free:
a shift of all columns against a group is the same data as a group whose rows are lower. So the middle column is taken
as nought, which a biased minority cannot tilt; that most are unbiased is assumed, not shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from evaluator.equality.statistics.conditional import Strata
from evaluator.equality.statistics.family import draws_for, shuffles

Floats = npt.NDArray[np.float64]
DRAWS = 1_999
FEWEST = 5  # values on either side for a column to be looked at
NEAR = 1e-9


@dataclass(frozen=True)
class Residuals:
    """What is left of every mark beside its row and column, added up by organisation.

    Parameters
    ----------
    columns : their names.
    panels : for each column the position of the set of columns within which it can be compared.
    sums, counts : organisations (in the order of the strata) by columns.
    spread : the standard deviation of each column.
    """

    columns: tuple[str, ...]
    panels: tuple[int, ...]
    sums: Floats
    counts: Floats
    spread: Floats


@dataclass(frozen=True)
class Differences:
    """One group's difference in each column from all the rest, the middle one of its panel as nought, and its p.

    The p of a column is that of the largest over all columns. A column with too few values on either side has none.
    """

    values: tuple[float | None, ...]
    p: tuple[Fraction | None, ...]


def differences(
    strata: Strata, left: Residuals, groups: Sequence[frozenset[str]], most: int = DRAWS
) -> tuple[Differences, ...]:
    """Compare every group with the rest in every column, by replies shuffled among like organisations.

    Parameters
    ----------
    strata : the organisations, in sets of like ones.
    groups : by the organisations' names.
    most : shuffles; fewer are made of thousands of organisations.
    """
    if not groups or not left.columns:
        return tuple(Differences((), ()) for _ in groups)
    members = strata.members(groups)
    seen, weighed = _anchored(left, left.sums.T @ members, left.counts.T @ members)
    drawn = draws_for(len(strata.names) * len(left.columns), most)
    over, made = np.zeros(seen.shape), 0
    for block in shuffles(strata, drawn):
        for order in block:
            _, other = _anchored(left, left.sums[order].T @ members, left.counts[order].T @ members)
            # A shuffle that leaves no column with enough on either side is as large as anything: it never helps.
            largest = np.where(np.isnan(other).all(axis=0), np.inf, np.nanmax(np.abs(other), axis=0, initial=0))
            over += largest >= np.abs(weighed) - NEAR
            made += 1
    p_values = (over + 1) / (made + 1)
    return tuple(
        Differences(
            tuple(None if np.isnan(one) else float(one) for one in seen[:, at]),
            tuple(
                None if np.isnan(one) else Fraction(round(float(p) * (made + 1)), made + 1)
                for one, p in zip(seen[:, at], p_values[:, at], strict=True)
            ),
        )
        for at in range(len(groups))
    )


def _anchored(left: Residuals, sums: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """Give each column's difference for each group from the middle column's, and the same over its standard error."""
    others, rest = left.counts.sum(axis=0)[:, None] - counts, left.sums.sum(axis=0)[:, None] - sums
    few = (counts < FEWEST) | (others < FEWEST)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.where(few, np.nan, sums / counts - rest / others)
        error = left.spread[:, None] * np.sqrt(1 / counts + 1 / others)
    for panel in sorted(set(left.panels)):
        rows = np.flatnonzero(np.array(left.panels) == panel)
        apart[rows] -= _middle(apart[rows])
    with np.errstate(divide="ignore", invalid="ignore"):
        return apart, np.where(error > NEAR, apart / error, np.where(np.isnan(apart), np.nan, 0.0))


def _middle(values: Floats) -> Floats:
    """Give the median of each column of a table, over what is a number; not a number where nothing is."""
    ordered = np.sort(values, axis=0)  # what is no number comes last
    number = (~np.isnan(values)).sum(axis=0)
    at = np.arange(values.shape[1])
    low, high = np.maximum(0, (number - 1) // 2), np.minimum(values.shape[0] - 1, number // 2)
    found: Floats = (ordered[low, at] + ordered[high, at]) / 2
    return found
