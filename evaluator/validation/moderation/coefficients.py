"""Coefficients of agreement between people who marked the same answers. Floating point; none of them reaches a score.

Marks are evaluators by answers; NaN where an answer was not marked, and where a function allows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Weights = Literal["none", "linear", "quadratic"]
SMALL = 1e-12


@dataclass(frozen=True, slots=True)
class Intraclass:
    """The intraclass correlations of a single evaluator's marks; None where they are divided by nothing.

    ``absolute`` is ICC(2,1) of Shrout and Fleiss (1979), or ICC(A,1), ``consistent`` is ICC(3,1), or ICC(C,1).
    """

    absolute: float | None
    consistent: float | None


def krippendorff(marks: Floats) -> float | None:
    """Give Krippendorff's alpha for ordered marks.

    Parameters
    ----------
    marks : evaluators by answers, with gaps; answers with one mark are left out.

    Returns
    -------
    1 for perfect agreement, about 0 for chance; None where all marks are the same, or no answer has two.

    Source: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).
    """
    pairable = marks[:, (~np.isnan(marks)).sum(axis=0) > 1]
    values = np.unique(pairable[~np.isnan(pairable)])
    if len(values) < 2:
        return None
    counts = np.array([(pairable == value).sum(axis=0) for value in values], dtype=np.float64)
    shared = counts / (counts.sum(axis=0) - 1)
    seen = shared @ counts.T - np.diag(shared.sum(axis=1))
    totals = seen.sum(axis=1)
    apart = _ordinal(totals) ** 2
    expected = (np.outer(totals, totals) * apart).sum()
    return float(1 - (totals.sum() - 1) * (seen * apart).sum() / expected)


def _ordinal(totals: Floats) -> Floats:
    """Give the marks that lie between two, themselves counted half."""
    upto, places = np.cumsum(totals), np.arange(len(totals))
    low, high = np.minimum.outer(upto, upto), np.maximum.outer(upto, upto)
    between: Floats = high - low + totals[np.minimum.outer(places, places)] - np.add.outer(totals, totals) / 2
    np.fill_diagonal(between, 0)
    return between


def intraclass(marks: Floats) -> Intraclass:
    """Give the intraclass correlations of evaluators by answers without gaps, at least two of each.

    Source: Shrout and Fleiss (1979); McGraw and Wong (1996) for the names with A and C.

    >>> marks = np.array([[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7.0]])
    >>> found = intraclass(marks)
    >>> round(found.absolute, 2), round(found.consistent, 2)
    (0.29, 0.71)
    """
    raters, answers = marks.shape
    grand = marks.mean()
    between = raters * ((marks.mean(axis=0) - grand) ** 2).sum() / (answers - 1)
    judges = answers * ((marks.mean(axis=1) - grand) ** 2).sum() / (raters - 1)
    rest = marks - marks.mean(axis=0) - marks.mean(axis=1)[:, None] + grand
    error = (rest**2).sum() / ((answers - 1) * (raters - 1))
    severity = raters * (judges - error) / answers
    return Intraclass(
        absolute=_over(between - error, between + (raters - 1) * error + severity),
        consistent=_over(between - error, between + (raters - 1) * error),
    )


def _over(part: float, whole: float) -> float | None:
    return float(part / whole) if abs(whole) > SMALL else None


def kendall_w(marks: Floats) -> float | None:
    """Give Kendall's coefficient of concordance, corrected for ties, of marks without gaps.

    Returns
    -------
    0 for no agreement on the order of the answers, 1 for the same order; None where somebody's marks are all equal.
    """
    raters, answers = marks.shape
    ranks, ties = np.empty_like(marks), 0.0
    for row, given in enumerate(marks):
        values, place, number = np.unique(given, return_inverse=True, return_counts=True)
        if len(values) == 1:
            return None
        ranks[row] = (np.cumsum(number) - (number - 1) / 2)[place]
        ties += float((number**3 - number).sum())
    sums = ranks.sum(axis=0)
    spread = ((sums - sums.mean()) ** 2).sum()
    return float(12 * spread / (raters**2 * (answers**3 - answers) - raters * ties))


def cohen_kappa(counts: Sequence[Sequence[float]], weights: Weights = "none") -> float | None:
    """Give Cohen's kappa of two evaluators.

    Parameters
    ----------
    counts : how often one gave the mark of the row and the other that of the column; every mark of the scale has a row
        and a column, used or not, or the weights are wrong.
    weights : how a disagreement grows with the distance of two marks: not at all, with it, or with its square.

    Returns
    -------
    1 for perfect agreement, 0 for chance; None where both always gave the same one mark.

    >>> round(cohen_kappa([[20, 5], [10, 15]]), 2), cohen_kappa([[4, 0], [0, 0]])
    (0.4, None)
    """
    table = np.asarray(counts, dtype=np.float64)
    places = np.arange(len(table))
    distance = abs(np.subtract.outer(places, places)).astype(np.float64)
    power = {"none": np.minimum(distance, 1), "linear": distance, "quadratic": distance**2}[weights]
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    chance = float((power * expected).sum())
    return None if chance < SMALL else float(1 - (power * table).sum() / chance)


def pair_counts(one: Sequence[float], other: Sequence[float], scale: Sequence[float]) -> list[list[int]]:
    """Count how often two evaluators gave each pair of marks of a scale.

    >>> pair_counts([0, 1, 1], [0, 1, 2], [0, 1, 2])
    [[1, 0, 0], [0, 1, 1], [0, 0, 0]]
    """
    places = {mark: at for at, mark in enumerate(sorted(scale))}
    counts = [[0] * len(places) for _ in places]
    for ours, theirs in zip(one, other, strict=True):
        counts[places[ours]][places[theirs]] += 1
    return counts
