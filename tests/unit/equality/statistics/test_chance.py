"""Exact tests for small numbers, against published and constructed figures."""

from fractions import Fraction
from math import comb

import pytest

from evaluator.equality.statistics.chance import Chance, false_discovery, fisher, mid_p, smallest_p
from tests.unit.equality.vectors import vector

TEA = Chance(bids=4, all_bids=8, awards=4)


def test_the_lady_tasting_tea_has_the_published_p_values() -> None:
    expected = vector("fisher_tea")["expected"]
    assert float(TEA.as_many(3)) == pytest.approx(expected["greater"])
    assert float(fisher(TEA, 3)) == pytest.approx(expected["two"])
    assert float(TEA.as_many(3) + TEA.as_many(4)) / 2 == pytest.approx(expected["midp_greater"])


def test_the_lady_tasting_tea_by_hand() -> None:
    assert tuple(TEA.ways()) == (1, 16, 36, 16, 1)
    assert fisher(TEA, 3) == Fraction(34, 70)
    assert mid_p(TEA, 3) == Fraction(2 + 16, 70)


@pytest.mark.parametrize("name", ["minp_4_36_20", "minp_5_35_20", "minp_5_95_30", "minp_10_90_30"])
def test_the_smallest_p_is_that_of_the_vectors(name: str) -> None:
    given = vector(name)
    inputs = given["inputs"]
    chance = Chance(inputs["group_bids"], inputs["group_bids"] + inputs["other_bids"], inputs["awards"])
    assert float(smallest_p(chance)) == pytest.approx(given["expected"]["min_p_less"], abs=given["tolerance"])


@pytest.mark.parametrize(
    ("bids", "all_bids", "awards", "p"),
    [(4, 40, 20, 0.053), (5, 40, 20, 0.024), (3, 10, 5, 0.083), (7, 100, 30, 0.075), (10, 100, 30, 0.023)],
)
def test_the_smallest_p_is_that_of_the_worked_table(bids: int, all_bids: int, awards: int, p: float) -> None:
    assert round(float(smallest_p(Chance(bids, all_bids, awards))), 3) == p


@pytest.mark.parametrize(
    ("group", "others", "with_fisher", "with_mid_p"), [(5, 35, 9, 19), (10, 30, 19, 30), (20, 60, 47, 50)]
)
def test_the_power_of_both_tests_is_that_of_the_worked_table(
    group: int, others: int, with_fisher: int, with_mid_p: int
) -> None:
    # True rates 1/4 and 1/2; which of two conventions mid-p follows shows at 10 and 30 bids (28% or 30%).
    found = {fisher: Fraction(0), mid_p: Fraction(0)}
    for awards in range(group + others + 1):
        chance = Chance(group, group + others, awards)
        for won in range(chance.least, chance.most + 1):
            likely = Fraction(comb(group, won) * 3 ** (group - won), 4**group)
            likely *= Fraction(comb(others, awards - won), 2**others)
            for test in found:
                if test(chance, won) <= Fraction(1, 20):
                    found[test] += likely
    assert [round(100 * float(found[test])) for test in (fisher, mid_p)] == [with_fisher, with_mid_p]


def test_fifteen_p_values_are_adjusted_as_published() -> None:
    given = vector("bh_1995")
    adjusted = false_discovery([Fraction(str(p)) for p in given["inputs"]["p"]])
    assert sum(p <= Fraction(1, 20) for p in adjusted) == given["expected"]["n_bh"]
    assert [float(p) for p in adjusted[:4]] == pytest.approx(given["expected"]["adjusted_first4"])


def test_no_p_values_need_no_adjustment() -> None:
    assert false_discovery([]) == ()


@pytest.mark.parametrize("awards", [0, 8])
def test_no_awards_or_awards_for_all_leave_nothing_to_chance(awards: int) -> None:
    chance = Chance(3, 8, awards)
    assert len(tuple(chance.ways())) == 1
    assert smallest_p(chance) == mid_p(chance, chance.least) * 2 == 1


def test_thirteen_thousand_bids_are_still_exact() -> None:
    chance = Chance(1000, 13_000, 3_500)
    assert sum(chance.ways()) == chance.all_ways
