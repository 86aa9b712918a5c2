"""Coefficients of agreement between people who marked the same answers. Floating point; none of them reaches a score.

Marks are evaluators by answers; NaN where an answer was not marked, and where a function allows it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Metric = Literal["nominal", "ordinal", "interval", "ratio"]
Weights = Literal["none", "linear", "quadratic"]
SMALL = 1e-12


@dataclass(frozen=True, slots=True)
class Intraclass:
    """The six intraclass correlations of Shrout and Fleiss (1979); None where they are divided by nothing.

    ``one``, ``absolute`` and ``consistent`` are of a single evaluator's marks: ICC(1,1), ICC(2,1) or ICC(A,1), and
    ICC(3,1) or ICC(C,1); those with ``_mean`` are of the mean of all evaluators' marks.
    """

    one: float | None
    absolute: float | None
    consistent: float | None
    one_mean: float | None
    absolute_mean: float | None
    consistent_mean: float | None


def krippendorff(marks: Floats, metric: Metric = "ordinal") -> float | None:
    """Give Krippendorff's alpha.

    Parameters
    ----------
    marks : evaluators by answers, with gaps; answers with one mark are left out.
    metric : how far two marks lie apart: other names, order, difference, or difference over sum.

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
    apart = DISTANCES[metric](values, totals) ** 2
    expected = (np.outer(totals, totals) * apart).sum()
    return float(1 - (totals.sum() - 1) * (seen * apart).sum() / expected)


def _ordinal(_: Floats, totals: Floats) -> Floats:
    """Give the marks that lie between two, themselves counted half."""
    upto, places = np.cumsum(totals), np.arange(len(totals))
    low, high = np.minimum.outer(upto, upto), np.maximum.outer(upto, upto)
    between: Floats = high - low + totals[np.minimum.outer(places, places)] - np.add.outer(totals, totals) / 2
    np.fill_diagonal(between, 0)
    return between


def _nominal(values: Floats, _: Floats) -> Floats:
    apart: Floats = np.not_equal.outer(values, values).astype(np.float64)
    return apart


def _interval(values: Floats, _: Floats) -> Floats:
    apart: Floats = np.subtract.outer(values, values)
    return apart


def _ratio_metric(values: Floats, _: Floats) -> Floats:
    sums = np.add.outer(values, values)
    apart: Floats = np.subtract.outer(values, values) / np.where(sums == 0, 1, sums)
    return apart


DISTANCES: dict[Metric, Callable[[Floats, Floats], Floats]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio_metric,
}


def intraclass(marks: Floats) -> Intraclass:
    """Give the intraclass correlations of evaluators by answers without gaps, at least two of each.

    Source: Shrout and Fleiss (1979); McGraw and Wong (1996) for the names with A and C.

    >>> marks = np.array([[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7.0]])
    >>> found = intraclass(marks)
    >>> round(found.absolute, 2), round(found.consistent, 2), round(found.absolute_mean, 2)
    (0.29, 0.71, 0.62)
    """
    raters, answers = marks.shape
    grand = marks.mean()
    between = raters * ((marks.mean(axis=0) - grand) ** 2).sum() / (answers - 1)
    judges = answers * ((marks.mean(axis=1) - grand) ** 2).sum() / (raters - 1)
    rest = marks - marks.mean(axis=0) - marks.mean(axis=1)[:, None] + grand
    error = (rest**2).sum() / ((answers - 1) * (raters - 1))
    within = ((marks - marks.mean(axis=0)) ** 2).sum() / (answers * (raters - 1))
    severity = raters * (judges - error) / answers
    return Intraclass(
        one=_over(between - within, between + (raters - 1) * within),
        absolute=_over(between - error, between + (raters - 1) * error + severity),
        consistent=_over(between - error, between + (raters - 1) * error),
        one_mean=_over(between - within, between),
        absolute_mean=_over(between - error, between + severity / raters),
        consistent_mean=_over(between - error, between),
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


def kendall_test(marks: Floats) -> tuple[float, float, float] | None:
    """Give Kendall's W, its chi-square (that of Friedman's test, one degree of freedom less than answers) and its p.

    None where somebody's marks are all equal.
    """
    from scipy.special import chdtrc

    concordance = kendall_w(marks)
    if concordance is None:
        return None
    raters, answers = marks.shape
    square = raters * (answers - 1) * concordance
    return concordance, square, float(chdtrc(answers - 1, square))


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


def fleiss_kappa(counts: Sequence[Sequence[float]]) -> float | None:
    """Give Fleiss' kappa: a row an answer, a column a mark, how many evaluators gave it; every row has the same sum.

    None where all gave the same one mark throughout.

    >>> fleiss_kappa([[2, 0], [0, 2]]), fleiss_kappa([[2, 0], [2, 0]])
    (1.0, None)
    """
    table = np.asarray(counts, dtype=np.float64)
    raters = table[0].sum()
    agreed = ((table**2).sum(axis=1) - raters) / (raters * (raters - 1))
    chance = float(((table.sum(axis=0) / table.sum()) ** 2).sum())
    return None if 1 - chance < SMALL else float((agreed.mean() - chance) / (1 - chance))
