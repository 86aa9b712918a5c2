"""Labels shuffled: a published experiment, every way by hand, and draws that follow from a seed."""

from fractions import Fraction

import numpy as np
import pytest

from evaluator.equality.statistics.permutation import DRAWS, Stratum, label_permutation, shuffled_groups

# Survival of mice in days (Efron and Tibshirani 1993, table 2.1).
TREATED = (94, 197, 16, 38, 99, 141, 23)
CONTROL = (52, 104, 146, 10, 51, 30, 40, 27, 46)


def test_the_mice_have_the_p_of_every_dealing_out_of_their_labels() -> None:
    # Of 11,440 ways, 3,184 have sums at least as far from the average: 0.27832.
    assert float(label_permutation([Stratum(TREATED, CONTROL)])) == pytest.approx(0.27832, abs=5e-6)


def test_labels_stay_within_their_theme() -> None:
    # By hand: the group's bid got 10 of (10, 0) and 0 of (0, 100): 4 ways with sums 0, 10, 100, 110.
    # 10 and 100 lie 45 from the mean of 55, 0 and 110 lie 55 from it.
    assert label_permutation([Stratum((10,), (0,)), Stratum((0,), (100,))]) == 1
    assert label_permutation([Stratum((0,), (10,)), Stratum((0,), (100,))]) == Fraction(2, 4)


@pytest.mark.parametrize(
    "strata", [[], [Stratum((), (1, 2))], [Stratum((1, 2), ())], [Stratum((5, 5), (5, 5))], [Stratum((), ())]]
)
def test_where_nothing_can_differ_p_is_one(strata: list[Stratum]) -> None:
    assert label_permutation(strata) == 1


def test_fractions_and_huge_sums_stay_exact() -> None:
    # The mean is 7/18: the group's 1/3 lies 1/18 from it as the other 1/3 does, and 1/2 lies further.
    assert label_permutation([Stratum((Fraction(1, 3),), (Fraction(1, 3), Fraction(1, 2)))]) == 1
    assert label_permutation([Stratum((Fraction(1, 2),), (Fraction(1, 3), Fraction(1, 3)))]) == Fraction(1, 3)
    assert label_permutation([Stratum((10**30 + 1,), (10**30, 10**30))]) == Fraction(1, 3)


def drawn(values: tuple[int, ...], group: int, sizes: tuple[int, ...] = ()) -> Fraction:
    """The p of the first so many of the values, by draws."""
    members = np.array([[int(at < group)] for at in range(len(values))])
    (found,) = shuffled_groups(sizes or (len(values),), np.array([[float(one)] for one in values]), members)
    return found[0]


def test_draws_come_near_to_all_ways_and_follow_from_the_seed() -> None:
    mice = (*TREATED, *CONTROL)
    found = drawn(mice, len(TREATED))
    assert found == drawn(mice, len(TREATED))
    assert float(found) == pytest.approx(0.27832, abs=0.01)


def test_a_p_of_draws_is_never_nought() -> None:
    assert drawn((0,) * 12 + (1,) * 12, 12) == Fraction(1, DRAWS + 1)


def test_draws_stay_within_their_theme() -> None:
    # The group has one of two alike in the first theme, and all of the second: nothing can come out otherwise.
    assert drawn((5, 7, 7, 5, 5), 3, (3, 2)) == 1
