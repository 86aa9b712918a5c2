"""Labels shuffled: published experiments, the two conventions of two sides, and draws that follow from a seed."""

from fractions import Fraction

import pytest

from evaluator.equality.statistics import permutation
from evaluator.equality.statistics.permutation import (
    Stratum,
    label_permutation,
    randomised_money,
    randomised_money_p,
    sign_flips,
)
from tests.unit.equality.vectors import vector

# Survival of mice in days (Efron and Tibshirani 1993, table 2.1).
TREATED = (94, 197, 16, 38, 99, 141, 23)
CONTROL = (52, 104, 146, 10, 51, 30, 40, 27, 46)


def test_darwins_maize_has_the_count_that_fisher_published() -> None:
    given = vector("fisher_darwin_perm")
    differences, expected = given["inputs"]["paired_differences"], given["expected"]
    assert sign_flips(differences) == (expected["n_ge"], expected["total"])
    count, whole = sign_flips(differences, "two")
    assert count / whole == expected["two_sided"]
    assert sign_flips(differences, "less")[0] + sign_flips(differences)[0] == whole + 28


def test_the_mice_have_one_p_by_distance_and_another_by_doubling() -> None:
    mice = [Stratum(TREATED, CONTROL)]
    found = label_permutation(mice)
    assert (found.exact, found.number) == (True, 11440)
    assert float(found.p) == pytest.approx(0.27832, abs=5e-6)
    assert float(label_permutation(mice, two_sided="doubled").p) == pytest.approx(0.28199, abs=5e-6)
    assert float(label_permutation(mice, "greater").p) == pytest.approx(0.14100, abs=5e-6)


def test_labels_stay_within_their_theme() -> None:
    # By hand: the group's bid got 10 of (10, 0) and 0 of (0, 100): 4 ways with sums 0, 10, 100, 110.
    strata = [Stratum((10,), (0,)), Stratum((0,), (100,))]
    assert label_permutation(strata, "less").p == Fraction(2, 4)
    assert label_permutation(strata, "greater").p == Fraction(3, 4)
    assert label_permutation(strata).p == 1  # 10 and 100 lie 45 from the mean of 55, 0 and 110 lie 55


@pytest.mark.parametrize(
    "strata", [[], [Stratum((), (1, 2))], [Stratum((1, 2), ())], [Stratum((5, 5), (5, 5))], [Stratum((), ())]]
)
def test_where_nothing_can_differ_p_is_one(strata: list[Stratum]) -> None:
    assert label_permutation(strata).p == label_permutation(strata, "less").p == 1


def test_draws_come_near_to_all_ways_and_follow_from_the_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = label_permutation([Stratum(TREATED, CONTROL)], "greater")
    monkeypatch.setattr(permutation, "MOST_WAYS", 10)
    drawn = label_permutation([Stratum(TREATED, CONTROL)], "greater")
    assert drawn == label_permutation([Stratum(TREATED, CONTROL)], "greater")
    assert (drawn.exact, drawn.number) == (False, permutation.DRAWS)
    assert float(drawn.p) == pytest.approx(float(exact.p), abs=0.01)
    assert drawn.p.denominator in range(1, permutation.DRAWS + 2)


def test_a_p_of_draws_is_never_nought(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permutation, "MOST_WAYS", 1)
    assert label_permutation([Stratum((0,) * 12, (1,) * 12)], "less").p == Fraction(1, permutation.DRAWS + 1)


def test_fractions_and_huge_sums_stay_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    assert label_permutation([Stratum((Fraction(1, 3),), (Fraction(1, 3), Fraction(1, 2)))], "less").p == Fraction(2, 3)
    monkeypatch.setattr(permutation, "MOST_WAYS", 1)
    assert label_permutation([Stratum((10**30,), (10**30 + 1, 10**30))], "less").p > Fraction(1, 2)


def test_money_that_falls_by_share_has_the_mean_and_spread_by_hand() -> None:
    # £10 with a half and £20 with a quarter: mean 5 + 5, variance 100/4 + 400 x 3/16.
    awards = [(10, Fraction(1, 2)), (20, Fraction(1, 4))]
    assert randomised_money(awards) == (10, 100)
    assert randomised_money_p(awards, 0) == Fraction(3, 8)
    assert randomised_money_p(awards, 30) == 1
