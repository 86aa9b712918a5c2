"""The measures of a disparity, exact: rates, ratios and shortfalls against a benchmark."""

from collections.abc import Mapping
from fractions import Fraction
from math import log


def rate(part: int, whole: int) -> Fraction | None:
    """Give a part as a share of its whole, or None where the whole is nothing.

    >>> rate(12, 40), rate(0, 0)
    (Fraction(3, 10), None)
    """
    return Fraction(part, whole) if whole else None


def ratio(awards: int, all_awards: int, bids: int, all_bids: int) -> Fraction | None:
    """Divide a group's share of the awards by its share of the bids: 1 is parity. None where a share is of nothing.

    Source: disparity index of public procurement studies, utilisation over availability (National Research Council
    2005, chapter 4).

    >>> ratio(5, 20, 20, 40)
    Fraction(1, 2)
    """
    return Fraction(awards * all_bids, all_awards * bids) if all_awards and bids else None


def dissimilarity(shares: Mapping[str, Fraction], benchmark: Mapping[str, Fraction]) -> Fraction:
    """Give the part that would have to move for shares to be as the benchmark's: half the sum of the differences.

    >>> dissimilarity({"a": Fraction(1)}, {"a": Fraction(1, 4), "b": Fraction(3, 4)})
    Fraction(3, 4)
    """
    names = sorted({*shares, *benchmark})
    nought = Fraction(0)
    return sum((abs(shares.get(name, nought) - benchmark.get(name, nought)) for name in names), nought) / 2


def theil(shares: Mapping[str, float], benchmark: Mapping[str, float]) -> float | None:
    """Give Theil's index of shares against a benchmark's: 0 where they are alike; None where there is nothing to share.

    A place without a share in the benchmark is left out: nothing can be said of money for each of nobody.

    >>> theil({"a": 0.5, "b": 0.5}, {"a": 0.5, "b": 0.5}), round(theil({"a": 1.0}, {"a": 0.25, "b": 0.75}), 3)
    (0.0, 1.386)
    """
    both = {name: share for name, share in shares.items() if share and benchmark.get(name)}
    whole = sum(both.values())
    return sum(share / whole * log(share / whole / benchmark[name]) for name, share in both.items()) if whole else None
