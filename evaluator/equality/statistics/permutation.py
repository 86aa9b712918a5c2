"""Labels shuffled within themes: what a group would get if only the names on the bids were dealt out again.

Exact by going through all ways where there are at most ``MOST_WAYS``; else by seeded draws, with p = (b + 1)/(B + 1).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, chain, combinations, pairwise
from math import comb, lcm, prod
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from evaluator.equality.statistics.two_by_two import Tail

MOST_WAYS, DRAWS, SEED = 200_000, 20_000, 149
MOST_CELLS, BLOCK = 20_000_000, 500  # shuffled places in all; shuffles made at a time
LARGEST = 2**62  # up to which machine numbers are exact
Exact = int | Fraction
TwoSided = Literal["distance", "doubled"]


@dataclass(frozen=True)
class Stratum:
    """One theme: what each of the group's bids got, and each of the others'."""

    group: tuple[Exact, ...]
    others: tuple[Exact, ...]

    @property
    def ways(self) -> int:
        """The ways to deal the labels out."""
        return comb(len(self.group) + len(self.others), len(self.group))


@dataclass(frozen=True, slots=True)
class Shuffled:
    """The result: p, and the ways or draws that it rests on."""

    p: Fraction
    exact: bool
    number: int


def label_permutation(
    strata: Sequence[Stratum], tail: Tail = "two", two_sided: TwoSided = "distance", seed: int = SEED
) -> Shuffled:
    """Give the p of the group's sum when labels are dealt out again within each theme.

    Parameters
    ----------
    strata : exact numbers, such as pence awarded (nought where nothing was) or points.
    tail : which sums count against chance.
    two_sided : ``distance`` counts sums at least as far from what chance gives on average; ``doubled`` takes twice the
        smaller tail. The two differ.
    seed : of the draws, where not all ways can be gone through.

    >>> label_permutation([Stratum((1, 2), (3, 4))], "less").p
    Fraction(1, 6)
    """
    exact = prod(one.ways for one in strata) <= MOST_WAYS
    sums = _all_sums(strata) if exact else _drawn_sums(strata, seed)
    more = 0 if exact else 1
    return Shuffled(_p(sums, strata, tail, two_sided, more), exact, int(sums.times.sum()))


@dataclass(frozen=True, slots=True)
class _Sums:
    """The group's sums, in whole numbers of a ``scale``-th, and in how many ways or draws each came."""

    values: npt.NDArray[Any]
    times: npt.NDArray[Any]
    scale: int


def _mean(strata: Sequence[Stratum]) -> Fraction:
    """Give what chance gives the group on average."""
    return sum(
        (
            Fraction(sum((*one.group, *one.others), Fraction(0)) * len(one.group), len(one.group) + len(one.others))
            for one in strata
            if one.group
        ),
        Fraction(0),
    )


def _p(sums: _Sums, strata: Sequence[Stratum], tail: Tail, two_sided: TwoSided, more: int) -> Fraction:
    """Count the sums as extreme as the one seen; of draws, the one seen counts as one ``more``."""
    seen = sum((Fraction(value) for one in strata for value in one.group), Fraction(0)) * sums.scale
    mean = _mean(strata) * sums.scale
    # Multiplied by the mean's denominator all of this is in whole numbers.
    whole, middle, off = (int(value * mean.denominator) for value in (seen, mean, abs(seen - mean)))
    values = _exact_array(sums.values, mean.denominator)

    def count(those: npt.NDArray[np.bool_]) -> int:
        return int(sums.times[those].sum()) + more

    low, high = count(values <= whole), count(values >= whole)
    far = count(abs(values - middle) >= off)
    counted = {"less": low, "greater": high, "two": far if two_sided == "distance" else 2 * min(low, high)}[tail]
    return min(Fraction(1), Fraction(counted, int(sums.times.sum()) + more))


def _exact_array(values: npt.NDArray[Any], factor: int) -> npt.NDArray[Any]:
    """Multiply exactly: in machine numbers where they are large enough, else in Python's own."""
    largest = max((abs(int(end)) for end in (values.min(), values.max())), default=0)
    return values * factor if largest * factor < LARGEST else values.astype(object) * factor


def _whole(strata: Sequence[Stratum]) -> tuple[list[npt.NDArray[Any]], int]:
    """Give each theme's values, the group's first, in whole numbers of a common denominator."""
    scale = lcm(*(Fraction(value).denominator for one in strata for value in (*one.group, *one.others)))
    whole = [[int(value * scale) for value in (*one.group, *one.others)] for one in strata]
    fits = sum(abs(value) for values in whole for value in values) < LARGEST
    return [np.array(values, dtype=np.int64 if fits else object) for values in whole], scale


@lru_cache(maxsize=8)
def _choices(number: int, chosen: int) -> npt.NDArray[np.intp]:
    """Give all ways to choose so many of a number, a row each."""
    flat = np.fromiter(chain.from_iterable(combinations(range(number), chosen)), dtype=np.intp)
    return flat.reshape(comb(number, chosen), chosen)


def _all_sums(strata: Sequence[Stratum]) -> _Sums:
    """Go through all ways, theme by theme."""
    whole, scale = _whole(strata)
    found = _Sums(np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64), scale)
    # The theme with the most ways comes last: what is summed before it is kept once for each value.
    for one, here in sorted(zip(strata, whole, strict=True), key=lambda pair: pair[0].ways):
        sums = here[_choices(len(here), len(one.group))].sum(axis=1)
        values, times = _merged(found)
        found = _Sums(np.add.outer(values, sums).ravel(), np.repeat(times, len(sums)), scale)
    return found


def _merged(sums: _Sums) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Give each value once, with all its times."""
    if len(sums.values) == 1:
        return sums.values, sums.times
    values, place = np.unique(sums.values, return_inverse=True)
    return values, np.bincount(place, sums.times.astype(np.float64)).astype(np.int64)


def _drawn_sums(strata: Sequence[Stratum], seed: int) -> _Sums:
    """Draw sums with seeded dice."""
    dice = np.random.default_rng(seed)
    whole, scale = _whole(strata)
    totals = np.zeros(DRAWS, dtype=whole[0].dtype)
    for one, values in zip(strata, whole, strict=True):
        order = dice.random((DRAWS, len(values))).argsort(axis=1)[:, : len(one.group)]
        totals = totals + values[order].sum(axis=1)
    return _Sums(totals, np.ones(DRAWS, dtype=np.int64), scale)


def sign_flips(differences: Sequence[int], tail: Tail = "greater") -> tuple[int, int]:
    """Count the ways to give paired differences their signs with a sum as extreme as that seen, and all ways.

    Source: Fisher (1935), The Design of Experiments, section 21.

    >>> sign_flips([1, 2, 3]), sign_flips([1, 2, 3], "two")
    ((1, 8), (2, 8))
    """
    sums = Counter({0: 1})
    for one in differences:
        further: Counter[int] = Counter()
        for value, times in sums.items():
            further[value + one] += times
            further[value - one] += times
        sums = further
    seen = sum(differences)
    counted = {
        "greater": sum(times for value, times in sums.items() if value >= seen),
        "less": sum(times for value, times in sums.items() if value <= seen),
        "two": sum(times for value, times in sums.items() if abs(value) >= abs(seen)),
    }
    return counted[tail], 2 ** len(differences)


def randomised_money(awards: Sequence[tuple[Exact, Fraction]]) -> tuple[Fraction, Fraction]:
    """Give the mean and variance of a group's money if each award fell on it with the group's share of its theme.

    Parameters
    ----------
    awards : of each, the money and the group's share of those who could have won it.
    """
    mean = sum((Fraction(money) * share for money, share in awards), Fraction(0))
    variance = sum((Fraction(money) ** 2 * share * (1 - share) for money, share in awards), Fraction(0))
    return mean, variance


def randomised_money_p(awards: Sequence[tuple[Exact, Fraction]], observed: Exact) -> Fraction:
    """Give the exact probability of so little money or less, each award falling on the group with its share.

    >>> randomised_money_p([(10, Fraction(1, 2)), (20, Fraction(1, 2))], 10)
    Fraction(1, 2)
    """
    chances = {Fraction(0): Fraction(1)}
    for money, share in awards:
        further: dict[Fraction, Fraction] = {}
        for value, likely in chances.items():
            further[value] = further.get(value, Fraction(0)) + likely * (1 - share)
            further[value + money] = further.get(value + money, Fraction(0)) + likely * share
        chances = further
    return sum((likely for value, likely in chances.items() if value <= observed), Fraction(0))


def shuffled_groups(
    sizes: Sequence[int], values: npt.NDArray[np.float64], members: npt.NDArray[np.int64], draws: int = DRAWS
) -> tuple[tuple[Fraction, ...], ...]:
    """Give the two-sided p of every group's sum of every value, with one set of seeded shuffles within themes for all.

    Parameters
    ----------
    sizes : bids of each theme, in whose order the rows stand.
    values : a row a bid and a column a value; exact whole numbers.
    members : a row a bid and a column a group; 1 for its bids.
    draws : at most; with very many bids fewer are made.

    Returns
    -------
    for each value the p of each group: the share of shuffles whose sum is at least as far from chance's average.
    """
    ends = [0, *accumulate(sizes)]
    themes = [slice(start, end) for start, end in pairwise(ends) if end > start]
    mean = sum((np.outer(values[t].mean(axis=0), members[t].sum(axis=0)) for t in themes), np.zeros((1, 1)))
    far = abs(values.T @ members - mean)
    limit = far - 1e-9 * (abs(values).sum(axis=0)[:, None] + 1)
    count, made = np.zeros(far.shape, dtype=np.int64), max(1_000, min(draws, MOST_CELLS // max(1, len(values))))
    dice = np.random.default_rng(SEED)
    labels = members.astype(np.float64)
    block = max(1, min(BLOCK, MOST_CELLS // 4 // max(1, labels.size)))
    for start in range(0, made, block):
        rows = min(block, made - start)
        order = np.concatenate(
            [t.start + dice.random((rows, t.stop - t.start)).argsort(axis=1) for t in themes], axis=1
        )
        # The labels are dealt out and the values stay, so that one product gives every sum of every group.
        sums = values.T @ labels[order]
        count += (abs(sums - mean) >= limit).sum(axis=0)
    return tuple(tuple(Fraction(int(one) + 1, made + 1) for one in row) for row in count)
