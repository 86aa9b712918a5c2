"""How far the scores of a group lie from the others', whatever their shape: Hodges-Lehmann, Cliff's delta, ranks."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from statistics import median
from typing import Literal

from evaluator.equality.statistics.permutation import Shuffled, Stratum, label_permutation
from evaluator.equality.statistics.two_by_two import Tail

Number = int | float | Decimal | Fraction
Magnitude = Literal["negligible", "small", "medium", "large"]
BANDS: tuple[tuple[Fraction, Magnitude], ...] = (
    (Fraction(147, 1000), "negligible"),
    (Fraction(33, 100), "small"),
    (Fraction(474, 1000), "medium"),
)


def exact_number(value: Number) -> Fraction:
    """Give a number as the fraction that it is written as: 0.1 is a tenth.

    >>> exact_number(0.1), exact_number(Fraction(1, 3))
    (Fraction(1, 10), Fraction(1, 3))
    """
    return value if isinstance(value, Fraction) else Fraction(str(value))


def hodges_lehmann(group: Sequence[Number], others: Sequence[Number]) -> Fraction | None:
    """Give the middle of all differences between one of the group and one of the others; None where one is empty.

    >>> hodges_lehmann([1, 2, 3], [0, 5])
    Fraction(-1, 2)
    """
    ours, theirs = list(map(exact_number, group)), list(map(exact_number, others))
    return Fraction(median(x - y for x, y in product(ours, theirs))) if ours and theirs else None


def hodges_lehmann_one(values: Sequence[Number]) -> Fraction | None:
    """Give the middle of all means of two of the values (each with itself too); None where there are none."""
    exact = list(map(exact_number, values))
    pairs = [(x + y) / 2 for at, x in enumerate(exact) for y in exact[at:]]
    return Fraction(median(pairs)) if pairs else None


def cliffs_delta(group: Sequence[Number], others: Sequence[Number]) -> Fraction | None:
    """Give how much likelier one of the group is above one of the others than below: from -1 to 1; equals count none.

    Source: Cliff (1993).

    >>> cliffs_delta([1, 2], [2, 3])
    Fraction(-3, 4)
    """
    if not group or not others:
        return None
    pairs = product(map(exact_number, group), map(exact_number, others))
    return Fraction(sum((x > y) - (x < y) for x, y in pairs), len(group) * len(others))


def magnitude(delta: Fraction) -> Magnitude:
    """Name the size of a Cliff's delta (Romano 2006).

    >>> magnitude(Fraction(-1, 4))
    'small'
    """
    return next((name for limit, name in BANDS if abs(delta) < limit), "large")


def mann_whitney(group: Sequence[Number], others: Sequence[Number]) -> Fraction:
    """Give the pairs in which one of the group is above one of the others, equals counted half (R calls it W).

    >>> mann_whitney([1, 2], [2, 3])
    Fraction(1, 2)
    """
    pairs = product(map(exact_number, group), map(exact_number, others))
    return sum((Fraction(1 if x > y else 0) + Fraction(int(x == y), 2) for x, y in pairs), Fraction(0))


def rank_permutation(group: Sequence[Number], others: Sequence[Number], tail: Tail = "two") -> Shuffled:
    """Give the p of the group's ranks among all (equals share the mean of theirs) when labels are shuffled."""
    whole = sorted(map(exact_number, (*group, *others)))
    ranks = {value: Fraction(2 * whole.index(value) + whole.count(value) + 1, 2) for value in set(whole)}
    ours, theirs = (tuple(ranks[exact_number(value)] for value in side) for side in (group, others))
    return label_permutation([Stratum(ours, theirs)], tail)
