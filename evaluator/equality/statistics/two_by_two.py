"""Tests and estimates of one two-by-two table: rows are the group and the others, columns what was won and was not.

Exact in whole numbers where the result decides a wording; floats only where an estimate has no exact form.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import inf, sqrt
from typing import Any, Literal

from evaluator.equality.statistics.chance import Chance, fisher, mid_p

Tail = Literal["two", "less", "greater"]
Row = Sequence[int]
Four = Sequence[Row]
FINE = 200  # halvings of an interval: more than a float can tell apart


def chance_of(table: Four) -> tuple[Chance, int]:
    """Give the chance model of a table and what the group won.

    >>> chance_of([[3, 1], [1, 3]])
    (Chance(bids=4, all_bids=8, awards=4), 3)
    """
    (won, lost), (others, rest) = table
    return Chance(won + lost, won + lost + others + rest, won + others), won


def fisher_exact(table: Four, tail: Tail = "two") -> Fraction:
    """Give Fisher's exact p; two-sided is the probability of all tables no likelier than the one seen.

    >>> fisher_exact([[3, 1], [1, 3]], "greater"), fisher_exact([[3, 1], [1, 3]])
    (Fraction(17, 70), Fraction(17, 35))
    """
    chance, won = chance_of(table)
    return {"two": lambda: fisher(chance, won), "less": lambda: chance.as_few(won)}.get(
        tail, lambda: chance.as_many(won)
    )()


def mid_p_exact(table: Four, tail: Tail = "two") -> Fraction:
    """Give the mid-p: what is rarer (or beyond, for one side), and half of what is as rare as the table seen.

    >>> mid_p_exact([[3, 1], [1, 3]], "greater"), mid_p_exact([[3, 1], [1, 3]])
    (Fraction(9, 70), Fraction(9, 35))
    """
    chance, won = chance_of(table)
    if tail == "two":
        return mid_p(chance, won)
    here = Fraction(chance.ways_to(won), chance.all_ways)
    return (chance.as_few(won) if tail == "less" else chance.as_many(won)) - here / 2


def odds_ratio(table: Four) -> Fraction | None:
    """Give the odds ratio of the table as it stands, or None where it is divided by nothing.

    >>> odds_ratio([[3, 1], [1, 3]])
    Fraction(9, 1)
    """
    (a, b), (c, d) = table
    return Fraction(a * d, b * c) if b * c else None


def conditional_odds_ratio(tables: Sequence[Four]) -> float | None:
    """Give the common odds ratio that makes the group's wins likeliest, the margins of every table held fixed.

    Parameters
    ----------
    tables : one or more; those without information are passed over.

    Returns
    -------
    0 or infinity where the group won as little or as much as it could; None where no table has information.

    >>> round(conditional_odds_ratio([[[3, 1], [1, 3]]]), 4)
    6.4083
    """
    told = [chance_of(table) for table in tables]
    won = sum(number for _, number in told)
    least, most = sum(chance.least for chance, _ in told), sum(chance.most for chance, _ in told)
    if least == most:
        return None
    if won in (least, most):
        return 0.0 if won == least else inf
    return _root(lambda odds: sum(_expected(chance, odds) for chance, _ in told) - won)


def _expected(chance: Chance, odds: float) -> float:
    """Give the group's expected wins when its odds are so many times the others'."""
    ways = list(chance.ways())
    largest = max(ways)
    tilted = [float(Fraction(number, largest)) for number in ways]
    # Scaled by the likeliest so that nothing overflows.
    logs = [odds ** (at if odds <= 1 else at - len(ways) + 1) for at in range(len(ways))]
    weights = [one * power for one, power in zip(tilted, logs, strict=True)]
    return sum((chance.least + at) * weight for at, weight in enumerate(weights)) / sum(weights)


def _root(rising: Callable[[float], float]) -> float:
    """Find where a function of positive numbers that rises crosses nought."""
    low, high = 1.0, 1.0
    while rising(low) > 0:
        low /= 2
    while rising(high) < 0:
        high *= 2
    for _ in range(FINE):
        middle = sqrt(low * high)
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return sqrt(low * high)


def chi_square(table: Four) -> Fraction | None:
    """Give Pearson's chi-square without correction, exactly; None where a margin is nought.

    >>> round(float(chi_square([[1198, 1493], [557, 1278]])), 4)
    92.2053
    """
    (a, b), (c, d) = table
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    return Fraction((a + b + c + d) * (a * d - b * c) ** 2, margins) if margins else None


def boschloo(table: Four, tail: Tail = "two") -> tuple[float, float]:
    """Give Boschloo's statistic and p, which fix one margin only (by SciPy; slow, for a second opinion)."""
    from scipy import stats

    found: Any = stats.boschloo_exact(_array(table), alternative=_scipy(tail))
    return float(found.statistic), float(found.pvalue)


def barnard(table: Four, tail: Tail = "two") -> tuple[float, float]:
    """Give Barnard's statistic and p, which fix one margin only (by SciPy; slow, for a second opinion)."""
    from scipy import stats

    found: Any = stats.barnard_exact(_array(table), alternative=_scipy(tail))
    return float(found.statistic), float(found.pvalue)


def _array(table: Four) -> list[list[int]]:
    return [list(row) for row in table]


def _scipy(tail: Tail) -> Any:
    return "two-sided" if tail == "two" else tail


def binomial_z(observed: int, number: int, share: Fraction | float) -> float | None:
    """Give how many standard deviations an observed number lies from what a share of all would give.

    The share is that of the group among those who could have been chosen: the choice of it decides the result.

    Source: Castaneda v. Partida, 430 U.S. 482 (1977), footnote 17.

    >>> round(binomial_z(5, 123, 0.154), 4)
    -3.4828
    """
    spread = sqrt(number * share * (1 - share))
    return float(observed - number * share) / spread if spread else None
