"""How finely money may be shown: what each bid asks is public, so an exact sum can tell which bids are in it."""

from collections.abc import Sequence
from itertools import accumulate, repeat
from operator import mul

STEPS = (1, 2, 5)
UNEVEN = 3  # times the middle organisation's money


def rounding_unit(amounts: Sequence[int]) -> int:
    """Give the pence to which sums are rounded: 1, 2 or 5 with noughts, at least half the mean of the amounts.

    >>> rounding_unit([230_000_00, 250_000_00]), rounding_unit([]), rounding_unit([0])
    (20000000, 1, 1)
    """
    total, number = sum(amounts), len(amounts)
    powers = accumulate(repeat(10), mul, initial=1)
    return next(step * power for power in powers for step in STEPS if 2 * step * power * number >= total)


def to_unit(amount: int, unit: int) -> int:
    """Round to the nearest unit, halves away from nought.

    >>> to_unit(149, 100), to_unit(150, 100), to_unit(-150, 100)
    (100, 200, -200)
    """
    sign = -1 if amount < 0 else 1
    return sign * ((2 * abs(amount) + unit) // (2 * unit)) * unit


def uneven(amounts: Sequence[int]) -> bool:
    """Whether one organisation's money stands out so far that sums tell where it is, whatever they are rounded to.

    >>> uneven([50, 60, 70, 500]), uneven([50, 60, 70, 200]), uneven([])
    (True, False, False)
    """
    ordered = sorted(amounts)
    return bool(ordered) and ordered[-1] > UNEVEN * ordered[len(ordered) // 2]


def sums_tell(amounts: Sequence[int], sums: Sequence[tuple[int, int]], unit: int) -> bool:
    """Whether rounded sums prove to which of them the largest or smallest amount belongs.

    Parameters
    ----------
    amounts : pence of every bid at the stage, public.
    sums : how many of them are added up in each line that is shown, and to what, rounded to ``unit``.
    unit : pence.

    Returns
    -------
    True where a line shown, or all that is left for those not shown, leaves no choice.
    """
    if not sums:
        return False
    left = (len(amounts) - sum(number for number, _ in sums), sum(amounts) - sum(shown for _, shown in sums))
    slack = unit // 2
    known = [(number, shown, slack) for number, shown in sums] + [(*left, slack * len(sums))]
    return any(
        tells_membership(amounts, number, (shown - wide, shown + wide))
        for number, shown, wide in known
        if 0 < number < len(amounts)
    )


def tells_part(part: Sequence[int], rest: Sequence[int], number: int, own: int, between: tuple[int, int]) -> range:
    """Give how many of the amounts added up can be of a part of all, by what is known of their sum.

    Parameters
    ----------
    part, rest : pence of every bid of the part and of all others at the stage, public.
    number : how many amounts were added up, of which ``own`` are of the part.
    between : the least and the most that their sum can be.

    Returns
    -------
    every number from the fewest to the most that are possible; the true one is among them.

    >>> tells_part([900, 900, 900], [1, 1, 1], 2, 1, (850, 950)), tells_part([5, 6], [5, 6], 2, 1, (8, 13))
    (range(1, 2), range(0, 3))
    """
    ours, theirs = _sums(part), _sums(rest)
    fits = [
        count
        for count in range(max(0, number - len(rest)), min(number, len(part)) + 1)
        if ours[0][count] + theirs[0][number - count] <= between[1]
        and ours[1][count] + theirs[1][number - count] >= between[0]
    ]
    return range(min([own, *fits]), max([own, *fits]) + 1)


def _sums(amounts: Sequence[int]) -> tuple[list[int], list[int]]:
    """Give the least and the greatest sums of none, one, two … of the amounts."""
    ordered = sorted(amounts)
    return [0, *accumulate(ordered)], [0, *accumulate(reversed(ordered))]


def tells_membership(amounts: Sequence[int], number: int, between: tuple[int, int]) -> bool:
    """Whether what is known of a sum proves that the largest or smallest amount is, or is not, one of those added up.

    Parameters
    ----------
    amounts : pence of every bid at the stage, public; more than ``number`` of them.
    number : how many of them were added up, public.
    between : the least and the most that their sum can be, by what is shown.

    >>> tells_membership([1, 1, 1, 1, 900], 2, (875, 925)), tells_membership([3, 4, 4, 5, 5], 2, (8, 12))
    (True, False)
    """
    ordered = sorted(amounts)
    return not all(_either_way(ordered, at, number, between) for at in (0, len(ordered) - 1))


def _either_way(ordered: list[int], at: int, number: int, between: tuple[int, int]) -> bool:
    """Whether sums of ``number`` amounts lie between the bounds both with and without the amount at a position."""
    others, one = ordered[:at] + ordered[at + 1 :], ordered[at]
    with_it = (one + sum(others[: number - 1]), one + sum(others[len(others) - number + 1 :]))
    without = (sum(others[:number]), sum(others[len(others) - number :]))
    return all(least <= between[1] and most >= between[0] for least, most in (with_it, without))
