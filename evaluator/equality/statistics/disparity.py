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


def shortfall(awards: int, all_awards: int, bids: int, all_bids: int) -> Fraction | None:
    """Give the awards that a group's share of the bids would bring, less its awards; negative where it has more.

    >>> shortfall(5, 20, 20, 40)
    Fraction(5, 1)
    """
    return Fraction(all_awards * bids, all_bids) - awards if all_bids else None


def below_four_fifths(selected: int, of: int, other_selected: int, other_of: int) -> bool:
    """Whether one rate is below four fifths of another, in whole numbers: (3/5)/(6/8) is exactly 4/5, not below.

    A screen of United States employment practice; it has no status in English law.

    >>> below_four_fifths(3, 5, 6, 8), below_four_fifths(45, 100, 60, 100)
    (False, True)
    """
    return 5 * selected * other_of < 4 * other_selected * of


def flips(awards: int, all_awards: int, bids: int, all_bids: int) -> bool:
    """Whether one award more or fewer carries the ratio over four fifths, or five quarters, and over parity at once.

    Then the picture hangs on a single award (in the spirit of questions 20 and 21 of the guidelines of 1979).

    >>> flips(2, 20, 6, 40), flips(1, 20, 6, 40)
    (True, False)
    """
    parity, here = all_awards * bids, awards * all_bids
    more, fewer = here + all_bids, here - all_bids
    return (5 * here < 4 * parity and more >= parity) or (4 * here > 5 * parity and fewer <= parity)


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
