"""The turning point of a question: the least amount at which its answer turns, found by halving."""

from collections.abc import Callable
from functools import cache


def turning_point(turned: Callable[[int], bool | None], low: int, high: int, likely: int | None = None) -> int | None:
    """Halve the way between an amount that does not turn the case and one that does, until they are one apart.

    Parameters
    ----------
    turned : whether an amount turns the case; None ends the search.
    low, high : an amount that does not, and one that does.
    likely : where the case probably turns, or one before it, which is looked at first.

    Returns
    -------
    An amount that turns the case where one less does not; None where that was not established.

    >>> turning_point(lambda amount: amount >= 7, 0, 100)
    7
    """
    asked = cache(turned)
    looked = [] if likely is None else [likely, likely - 2, likely - 1]
    while high - low > 1:
        middle = looked.pop() if looked else (low + high) // 2
        if not low < middle < high:
            continue
        answer = asked(middle)
        if answer is None:
            return None
        low, high = (low, middle) if answer else (middle, high)
    return high
