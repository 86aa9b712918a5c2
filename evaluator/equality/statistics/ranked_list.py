"""Whether a group stands lower in a ranked list than chance gives, at any cut-off: a diagnostic, nothing is re-ranked.

After Zehlike and others, FA*IR (2017): for each cut-off the fewest of a group that chance does not call rare, and the
chance that a fair list falls short of them somewhere, every position counted.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
NEAR = 1e-12
LONGEST = 1_000  # ranked bids of one theme; longer lists are not gone through


def list_p(ours: Sequence[bool]) -> float:
    """Give the probability that the same bids in any order have a beginning as poor in the group's as this list has.

    How poor a beginning is, is told by the lower tail of its number by itself; the poorest beginning counts.

    Parameters
    ----------
    ours : for each ranked bid, the best first, whether it is of the group.

    >>> round(list_p([False, False, True]), 4), list_p([True, True]), list_p([])
    (0.3333, 1.0, 1.0)
    """
    number, own = len(ours), sum(ours)
    if not 0 < own < number or number > LONGEST:
        return 1.0
    left = [np.maximum(own - np.arange(place + 1), 0) / (number - place) for place in range(number)]
    so_far = np.cumsum(ours)
    rarest = min(float(numbers[: seen + 1].sum()) for numbers, seen in zip(_fair(left), so_far, strict=True))
    return _short(left, [_fewest(numbers, rarest) for numbers in _fair(left)])


def _fair(shares: Sequence[Floats]) -> Iterator[Floats]:
    """Give the probability of each number of the group's after one place, two, and so on.

    ``shares`` is the chance that the next place is the group's, by the number that it has so far.
    """
    numbers = np.ones(1)
    for share in shares:
        numbers = _one_more(numbers, share)
        yield numbers


def _one_more(numbers: Floats, share: Floats) -> Floats:
    grown: Floats = np.append(numbers * (1 - share), 0.0) + np.append(0.0, numbers * share)
    return grown


def _fewest(numbers: Floats, level: float) -> int:
    """Give the smallest number whose lower tail is over the level."""
    return int((np.cumsum(numbers) <= level * (1 + NEAR)).sum())


def _short(shares: Sequence[Floats], fewest: Sequence[int]) -> float:
    standing = np.ones(1)
    for share, needed in zip(shares, fewest, strict=True):
        standing = _one_more(standing, share)
        standing[:needed] = 0.0
    return max(0.0, float(1 - standing.sum()))
