"""Intervals: how large a difference could really be. Estimates in floating point; none of them decides a wording."""

from collections.abc import Callable, Sequence
from math import exp, inf, log, sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

Interval = tuple[float, float]
Floats = npt.NDArray[np.float64]
Statistic = Callable[..., float]
LEVEL = 0.95
DRAWS, SEED = 2_000, 149
FEWEST = 15  # of each group for a bootstrap interval; with fewer it promises more than it holds
NORMAL = NormalDist()


def z_of(level: float) -> float:
    """Give the normal quantile of a two-sided level: 1.96 for 0.95."""
    return NORMAL.inv_cdf((1 + level) / 2)


def wilson(won: int, number: int, level: float = LEVEL) -> Interval | None:
    """Give Wilson's interval of a rate without correction; None of nothing.

    >>> [round(end, 4) for end in wilson(81, 263)]
    [0.2553, 0.3662]
    """
    if not number:
        return None
    z, rate = z_of(level), won / number
    middle = rate + z * z / (2 * number)
    wide = z * sqrt(rate * (1 - rate) / number + z * z / (4 * number * number))
    low, high = ((middle + sign * wide) / (1 + z * z / number) for sign in (-1, 1))
    return (0.0 if not won else low), (1.0 if won == number else high)


def newcombe(won: int, number: int, others_won: int, others: int, level: float = LEVEL) -> Interval | None:
    """Give the interval of a difference of two rates by Newcombe's method 10 (1998), from two Wilson intervals.

    >>> [round(end, 4) for end in newcombe(56, 70, 48, 80)]
    [0.0524, 0.3339]
    """
    ours, theirs = wilson(won, number, level), wilson(others_won, others, level)
    if ours is None or theirs is None:
        return None
    p, q = won / number, others_won / others
    below = sqrt((p - ours[0]) ** 2 + (theirs[1] - q) ** 2)
    above = sqrt((ours[1] - p) ** 2 + (q - theirs[0]) ** 2)
    return p - q - below, p - q + above


def ratio_interval(won: int, number: int, others_won: int, others: int, level: float = LEVEL) -> Interval | None:
    """Give the interval of a ratio of two rates, on the scale of logarithms (Katz 1978); None where a rate has none.

    With nothing won by the group it starts at nought, with nothing won by the others it has no end.
    """
    if not (number and others) or not (won or others_won):
        return None
    if not won or not others_won:
        return (0.0, _end_of_nought(number, others_won, others, level)) if not won else (0.0, inf)
    wide = z_of(level) * sqrt(1 / won - 1 / number + 1 / others_won - 1 / others)
    middle = log(won / number) - log(others_won / others)
    return exp(middle - wide), exp(middle + wide)


def _end_of_nought(number: int, others_won: int, others: int, level: float) -> float:
    """Give the largest ratio that a group without any award could have: Wilson's end over the others' rate."""
    found = wilson(0, number, level)
    return (found[1] if found else 1.0) * others / others_won


def acceleration(samples: Sequence[Sequence[float]], statistic: Statistic) -> float:
    """Give the acceleration of a statistic by leaving out one value at a time (Efron and Tibshirani 1993, 14.15).

    Parameters
    ----------
    samples : one or more groups; each value of each is left out in turn.
    statistic : takes as many arrays as there are samples.
    """
    arrays = [np.asarray(one, dtype=np.float64) for one in samples]
    cubes = squares = 0.0
    for at, one in enumerate(arrays):
        left = [statistic(*arrays[:at], np.delete(one, row), *arrays[at + 1 :]) for row in range(len(one))]
        mean = sum(left) / len(left)
        off = [(mean - value) * (len(left) - 1) / len(left) for value in left]
        cubes += sum(value**3 for value in off)
        squares += sum(value**2 for value in off)
    return cubes / (6 * squares**1.5) if squares else 0.0


def bca(
    samples: Sequence[Sequence[float]],
    statistic: Statistic,
    level: float = LEVEL,
    draws: int = DRAWS,
    seed: int = SEED,
    fewest: int = FEWEST,
    *,
    along_rows: bool = False,
) -> Interval | None:
    """Give the bias-corrected and accelerated bootstrap interval of a statistic of one or more groups.

    Each group is drawn from by itself, with seeded dice. Where the statistic works along the rows of tables, as a mean
    with ``axis=-1`` does, ``along_rows`` has it do so for all draws at once.

    Returns
    -------
    None where a group has fewer than ``fewest`` values; a single point where all draws are alike.
    """
    arrays = [np.asarray(one, dtype=np.float64) for one in samples]
    if min(map(len, arrays)) < max(fewest, 2):
        return None
    if all(one.min() == one.max() for one in arrays):
        seen = statistic(*arrays)
        return seen, seen
    dice = np.random.default_rng(seed)
    if along_rows:
        at_once: Any = statistic(*(one[dice.integers(0, len(one), (draws, len(one)))] for one in arrays))
        drawn = sorted(map(float, at_once))
    else:
        drawn = sorted(statistic(*(one[dice.integers(0, len(one), len(one))] for one in arrays)) for _ in range(draws))
    seen = statistic(*arrays)
    if drawn[0] == drawn[-1]:
        return drawn[0], drawn[0]
    below = (sum(value < seen for value in drawn) + sum(value <= seen for value in drawn)) / (2 * draws)
    bias = NORMAL.inv_cdf(min(max(below, 0.5 / draws), 1 - 0.5 / draws))
    speed = acceleration(samples, statistic)
    low, high = (_quantile(drawn, _moved(bias, speed, sign * z_of(level))) for sign in (-1, 1))
    return low, high


def _moved(bias: float, speed: float, z: float) -> float:
    """Give the share of draws at which an end of the interval lies."""
    return NORMAL.cdf(bias + (bias + z) / (1 - speed * (bias + z)))


def _quantile(ordered: Sequence[float], share: float) -> float:
    return float(np.quantile(np.asarray(ordered), min(max(share, 0.0), 1.0)))
