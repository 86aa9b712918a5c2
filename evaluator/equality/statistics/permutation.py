"""Labels shuffled within themes: what a group would get if only the names on the bids were dealt out again.

Exact by going through all ways where they are few; else by seeded draws for all groups at once, p = (b + 1)/(B + 1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, chain, combinations, pairwise
from math import comb, lcm
from typing import Any

import numpy as np
import numpy.typing as npt

DRAWS, SEED = 20_000, 149
MOST_CELLS, BLOCK = 20_000_000, 500  # shuffled places in all; shuffles made at a time
LARGEST = 2**62  # up to which machine numbers are exact
Exact = int | Fraction


@dataclass(frozen=True)
class Stratum:
    """One theme: what each of the group's bids got, and each of the others'."""

    group: tuple[Exact, ...]
    others: tuple[Exact, ...]

    @property
    def ways(self) -> int:
        """The ways to deal the labels out."""
        return comb(len(self.group) + len(self.others), len(self.group))


def label_permutation(strata: Sequence[Stratum]) -> Fraction:
    """Give the two-sided p of the group's sum when labels are dealt out again within each theme, in every way.

    It counts sums at least as far from what chance gives on average.

    Parameters
    ----------
    strata : exact numbers, such as pence awarded (nought where nothing was) or points; few enough for all ways to be
        gone through, which the caller sees to.

    >>> label_permutation([Stratum((1, 2), (3, 4))])
    Fraction(1, 3)
    """
    sums = _all_sums(strata)
    seen = sum((Fraction(value) for one in strata for value in one.group), Fraction(0)) * sums.scale
    mean = _mean(strata) * sums.scale
    # Multiplied by the mean's denominator all of this is in whole numbers.
    middle, off = int(mean * mean.denominator), int(abs(seen - mean) * mean.denominator)
    far = abs(_exact_array(sums.values, mean.denominator) - middle) >= off
    return Fraction(int(sums.times[far].sum()), int(sums.times.sum()))


@dataclass(frozen=True, slots=True)
class _Sums:
    """The group's sums, in whole numbers of a ``scale``-th, and in how many ways each came."""

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
