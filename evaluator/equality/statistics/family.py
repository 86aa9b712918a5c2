"""A family of tests held together at one level: the smallest p of all under shuffled rows (Westfall and Young 1993).

Whole rows of replies are dealt out again among like organisations, so that everything that hangs together between the
characteristics stays so. A group's corrected p is how often the smallest p of the whole family is as small as its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from evaluator.equality.statistics.conditional import PLACES, GroupTest, Strata, fraction

Floats = npt.NDArray[np.float64]
DRAWS, SEED = 9_999, 149
FEWEST_DRAWS = 999
MOST_CELLS = 20_000_000  # shuffled places in all, over which fewer draws are made
BLOCK = 4_000_000  # places shuffled at a time


@dataclass(frozen=True)
class Corrected:
    """The corrected p of each test, in order; the largest exact p that is an alarm; and how many shuffles were made."""

    adjusted: tuple[Fraction, ...]
    critical: Fraction
    draws: int


def draws_for(organisations: int, most: int = DRAWS) -> int:
    """Give how many shuffles are made of so many organisations: fewer only where there are thousands."""
    return min(most, max(FEWEST_DRAWS, MOST_CELLS // max(1, organisations)))


def shuffles(strata: Strata, draws: int) -> Iterator[npt.NDArray[np.intp]]:
    """Give seeded shuffles of the organisations' places within strata, a row each, in blocks."""
    dice = np.random.default_rng(SEED)
    rows = max(1, BLOCK // max(1, len(strata.names)))
    for start in range(0, draws, rows):
        number = min(rows, draws - start)
        dealt = [
            s.start + dice.random((number, s.stop - s.start)).argsort(axis=1, kind="stable") for s in strata.slices
        ]
        yield np.concatenate(dealt, axis=1)


def smallest_p(
    strata: Strata, groups: Sequence[frozenset[str]], tests: Sequence[GroupTest], alpha: Fraction
) -> Corrected:
    """Correct the p of tests of the same strata for being many, at level ``alpha``.

    Parameters
    ----------
    strata : like organisations and what each won.
    groups, tests : those of the family that could reach the level at all.
    """
    draws = draws_for(len(strata.names))
    if not tests:
        return Corrected((), Fraction(0), draws)
    members, values = strata.members(groups), np.array(strata.values, dtype=np.float64)
    # The smallest p of each shuffle; whole numbers below 2^53, so that sums are exact on every machine.
    least = np.concatenate([_least(values[order] @ members, tests) for order in shuffles(strata, draws)])
    own = np.array([float(test.p) for test in tests])
    below = np.searchsorted(np.sort(least), own, side="right")
    adjusted = tuple(Fraction(int(number) + 1, draws + 1) for number in below)
    return Corrected(adjusted, _critical(least, alpha, draws), draws)


def _least(sums: Floats, tests: Sequence[GroupTest]) -> Floats:
    places = (np.rint(sums[:, at]).astype(np.int64) - test.ways.least for at, test in enumerate(tests))
    columns = [test.p_values[at.clip(0, len(test.p_values) - 1)] for at, test in zip(places, tests, strict=True)]
    found: Floats = np.min(columns, axis=0)
    return found


def _critical(least: Floats, alpha: Fraction, draws: int) -> Fraction:
    """Give the largest p, to the places of a p, whose corrected p is at most alpha; nought where there is none."""
    allowed = int(alpha * (draws + 1)) - 1  # shuffles that may be as small
    if allowed < 0:
        return Fraction(0)
    over = fraction(np.sort(least)[min(allowed, draws - 1)])  # as small as this are more than are allowed
    return max(Fraction(0), min(alpha, over - Fraction(1, 10**PLACES)))
