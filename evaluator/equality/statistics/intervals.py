"""Intervals: how large a difference could really be. Estimates in floating point; none of them decides a wording."""

from math import exp, inf, log, sqrt
from statistics import NormalDist

Interval = tuple[float, float]
LEVEL = 0.95
NORMAL = NormalDist()


def z_of(level: float) -> float:
    """Give the normal quantile of a two-sided level: 1.96 for 0.95."""
    return NORMAL.inv_cdf((1 + level) / 2)


def wilson(won: int, number: int, level: float = LEVEL) -> Interval | None:
    """Give Wilson's interval of a rate without correction; None of nothing.

    >>> [round(end, 4) for end in wilson(81, 263)]
    [0.2553, 0.3662]
    """
    return wilson_of_rate(won / number, number, level) if number else None


def wilson_of_rate(rate: float, number: int, level: float = LEVEL) -> Interval:
    """Give Wilson's interval of a rate seen on so many units, of which each may have had several tries."""
    z = z_of(level)
    middle = rate + z * z / (2 * number)
    wide = z * sqrt(rate * (1 - rate) / number + z * z / (4 * number * number))
    low, high = ((middle + sign * wide) / (1 + z * z / number) for sign in (-1, 1))
    return (0.0 if rate == 0 else low), (1.0 if rate == 1 else high)


def relative_success(own: tuple[int, int], every: tuple[int, int], units: tuple[int, int]) -> Interval:
    """Give the interval of a group's share of the awards over its share of the bids (Koopman 1984, by score).

    Organisations are the units: each side counts as so many trials as it has organisations, at the rate of its bids.

    Parameters
    ----------
    own, every : awards and bids of the group and of all.
    units : organisations of the group and of all others.

    >>> [round(end, 3) for end in relative_success((0, 25), (35, 90), (25, 65))]
    [0.0, 0.315]
    >>> [round(end, 3) for end in relative_success((20, 40), (40, 80), (40, 40))]
    [0.782, 1.218]
    """
    awards, bids = own
    others = every[1] - bids
    if not bids or not others:
        return (1.0, 1.0) if bids else (0.0, 1.0)
    ours, theirs = awards / bids * units[0], (every[0] - awards) / others * units[1]
    share = bids / every[1]
    least = 0.0 if not awards else _edge(ours, theirs, units, rising=False)
    most = inf if awards == every[0] else _edge(ours, theirs, units, rising=True)
    return _over_all(least, share), _over_all(most, share)


def _over_all(over_others: float, share: float) -> float:
    """Write a rate over the others' as a rate over that of all."""
    return 1 / share if over_others == inf else over_others / (share * over_others + 1 - share)


def _edge(ours: float, theirs: float, units: tuple[int, int], *, rising: bool) -> float:
    """Seek the ratio of rates at which the score leaves the interval, by halving on a scale of logarithms."""
    seen = log((ours or 0.5) * units[1] / ((theirs or 0.5) * units[0]))
    near, far = seen, seen + (20.0 if rising else -20.0)
    for _ in range(60):
        middle = (near + far) / 2
        near, far = (middle, far) if _score(ours, theirs, units, exp(middle)) <= z_of(LEVEL) ** 2 else (near, middle)
    return exp((near + far) / 2)


def _score(ours: float, theirs: float, units: tuple[int, int], ratio: float) -> float:
    """Give Koopman's statistic: how far both counts lie from what the likeliest rates with this ratio would give."""
    number, rest = units
    a, b, c = (number + rest) * ratio, number * ratio + ours + rest + theirs * ratio, ours + theirs
    base = (b - sqrt(max(0.0, b * b - 4 * a * c))) / (2 * a)
    total = 0.0
    for count, units_here, rate in ((ours, number, base * ratio), (theirs, rest, base)):
        spread = units_here * rate * (1 - rate)
        if spread <= 0:
            return inf if abs(count - units_here * rate) > 1e-9 else total
        total += (count - units_here * rate) ** 2 / spread
    return total
