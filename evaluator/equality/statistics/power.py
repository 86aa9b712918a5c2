"""How often a real difference would show: said beside every difference that chance could explain."""

from fractions import Fraction
from functools import cache

import numpy as np

from evaluator.equality.statistics.chance import LEVEL
from evaluator.equality.statistics.intervals import NORMAL

NEARLY = 1e-7  # results within this of each other are as likely as each other
MOST_CELLS = 40_000  # pairs of results that are gone through; with more bids a normal curve is near enough


@cache
def missed_in_ten(bids: int, others: int, rate: Fraction) -> int:
    """Give how many of ten programmes would show nothing although the group's true success is half the others'.

    Parameters
    ----------
    bids, others : of the group and of all others.
    rate : the others' success.

    >>> missed_in_ten(10, 30, Fraction(1, 2)), missed_in_ten(40, 120, Fraction(1, 2))
    (7, 2)
    """
    seen = _by_going_through(bids, others, float(rate)) if bids * others <= MOST_CELLS else _nearly(bids, others, rate)
    return round(10 * (1 - min(1.0, seen)))


def _by_going_through(bids: int, others: int, rate: float) -> float:
    """Add up the probabilities of all results whose two-sided mid-p is at most a twentieth."""
    ours, theirs = _binomial(bids, rate / 2), _binomial(others, rate)
    total = 0.0
    for awards in range(bids + others + 1):
        least, most = max(0, awards - others), min(bids, awards)
        won = np.arange(least, most + 1)
        chance = _scaled(_log_choose(bids)[won] + _log_choose(others)[awards - won])
        rarer = np.where(chance[None, :] < chance[:, None] * (1 - NEARLY), chance, 0).sum(axis=1)
        upto = np.where(chance[None, :] <= chance[:, None] * (1 + NEARLY), chance, 0).sum(axis=1)
        shows = (rarer + upto) / 2 <= float(LEVEL)
        total += float((ours[won] * theirs[awards - won])[shows].sum())
    return total


def _log_choose(number: int) -> np.ndarray:
    logs = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, number + 1)))))
    found: np.ndarray = logs[-1] - logs - logs[::-1]
    return found


def _scaled(logs: np.ndarray) -> np.ndarray:
    weights = np.exp(logs - logs.max())
    found: np.ndarray = weights / weights.sum()
    return found


def _binomial(number: int, rate: float) -> np.ndarray:
    won = np.arange(number + 1)
    if rate in (0.0, 1.0):
        certain: np.ndarray = (won == number * rate).astype(np.float64)
        return certain
    found: np.ndarray = np.exp(_log_choose(number) + won * np.log(rate) + (number - won) * np.log1p(-rate))
    return found


def _nearly(bids: int, others: int, rate: Fraction) -> float:
    p, q = float(rate) / 2, float(rate)
    pooled = (bids * p + others * q) / (bids + others)
    spread = float(np.sqrt(p * (1 - p) / bids + q * (1 - q) / others))
    under_chance = float(np.sqrt(pooled * (1 - pooled) * (1 / bids + 1 / others)))
    limit = NORMAL.inv_cdf(1 - float(LEVEL) / 2) * under_chance
    return NORMAL.cdf((q - p - limit) / spread) if spread else 1.0
