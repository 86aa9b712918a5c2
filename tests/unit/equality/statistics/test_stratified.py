"""Themes compared each by itself: published figures, themes without information, and the reversal of Berkeley."""

from fractions import Fraction
from itertools import combinations, product
from math import comb

import pytest
from scipy import stats

from evaluator.equality.statistics import stratified
from evaluator.equality.statistics.stratified import (
    Stratified,
    cmh_exact,
    cmh_mid_p,
    common_odds_ratio,
    reverses,
    smallest_stratified_p,
)
from tests.unit.equality.vectors import vector

# Admissions to Berkeley in 1973 by department, men and women, admitted and not (Bickel, Hammel and O'Connell 1975).
BERKELEY = [
    [[512, 313], [89, 19]],
    [[353, 207], [17, 8]],
    [[120, 205], [202, 391]],
    [[138, 279], [131, 244]],
    [[53, 138], [94, 299]],
    [[22, 351], [24, 317]],
]
# Rabbits given penicillin at once or after 1.5 hours, cured and died, by dose (Agresti 2002; R's mantelhaen.test).
RABBITS = [
    [[0, 6], [0, 5]],
    [[3, 3], [0, 6]],
    [[6, 0], [2, 4]],
    [[5, 1], [6, 0]],
    [[2, 0], [5, 0]],
]


TEA = [[3, 1], [1, 3]]


def test_the_lady_tasting_tea_has_the_published_p_and_the_mid_p_by_hand() -> None:
    assert float(cmh_exact([TEA])) == pytest.approx(vector("fisher_tea")["expected"]["two"])
    assert cmh_exact([TEA]) == Fraction(34, 70)
    assert cmh_mid_p([TEA]) == Fraction(2 + 16, 70)


def test_the_whales_of_the_scipy_documentation() -> None:
    assert float(cmh_exact([[[6, 2], [1, 4]]])) == pytest.approx(0.10256410256410257)


@pytest.mark.parametrize("seed", range(40))
def test_one_theme_is_fishers_test_as_scipy_has_it(seed: int) -> None:
    a, b, c, d = ((seed * step) % 13 for step in (7, 5, 11, 3))
    theirs = stats.fisher_exact([[a, b], [c, d]]).pvalue
    assert float(cmh_exact([[[a, b], [c, d]]])) == pytest.approx(float(theirs), abs=1e-9)


@pytest.mark.parametrize("name", ["minp_4_36_20", "minp_5_35_20", "minp_5_95_30", "minp_10_90_30"])
def test_the_smallest_p_is_that_of_the_vectors(name: str) -> None:
    given = vector(name)
    inputs = given["inputs"]
    own, others, awards = inputs["group_bids"], inputs["other_bids"], inputs["awards"]
    found = smallest_stratified_p([[[0, own], [awards, others - awards]]])
    assert float(found) == pytest.approx(given["expected"]["min_p_less"], abs=given["tolerance"])


@pytest.mark.parametrize(
    ("bids", "all_bids", "awards", "p"),
    [(4, 40, 20, 0.053), (5, 40, 20, 0.024), (3, 10, 5, 0.083), (7, 100, 30, 0.075), (10, 100, 30, 0.023)],
)
def test_the_smallest_p_is_that_of_the_worked_table(bids: int, all_bids: int, awards: int, p: float) -> None:
    table = [[0, bids], [awards, all_bids - bids - awards]]
    assert round(float(smallest_stratified_p([table])), 3) == p


@pytest.mark.parametrize(
    ("group", "others", "with_exact", "with_mid_p"), [(5, 35, 9, 19), (10, 30, 19, 30), (20, 60, 47, 50)]
)
def test_the_power_of_both_tests_is_that_of_the_worked_table(
    group: int, others: int, with_exact: int, with_mid_p: int
) -> None:
    # True rates 1/4 and 1/2; which of two conventions mid-p follows shows at 10 and 30 bids (28% or 30%).
    found = {cmh_exact: Fraction(0), cmh_mid_p: Fraction(0)}
    for won, theirs in product(range(group + 1), range(others + 1)):
        likely = Fraction(comb(group, won) * 3 ** (group - won), 4**group) * Fraction(comb(others, theirs), 2**others)
        for test in found:
            if test([[[won, group - won], [theirs, others - theirs]]]) <= Fraction(1, 20):
                found[test] += likely
    assert [round(100 * float(found[test])) for test in (cmh_exact, cmh_mid_p)] == [with_exact, with_mid_p]


def test_the_rabbits_have_the_published_exact_p_and_odds_ratio() -> None:
    # R: S = 16, p-value = 0.03994; the first and last dose have a margin of nought.
    assert len(Stratified(RABBITS).informative) == 3
    assert float(cmh_exact(RABBITS)) == pytest.approx(0.03994, abs=5e-6)
    assert common_odds_ratio(RABBITS) == 7


def test_berkeley_department_by_department_has_the_published_odds_and_reverses() -> None:
    # R: mantelhaen.test(UCBAdmissions): common odds ratio 0.9046968. Put together, the odds are 1.84.
    assert float(common_odds_ratio(BERKELEY) or 0) == pytest.approx(0.9046968, abs=5e-8)
    assert float(common_odds_ratio([[[1198, 1493], [557, 1278]]]) or 0) == pytest.approx(1.84, abs=0.005)
    assert reverses(BERKELEY)


def test_a_theme_without_information_changes_nothing() -> None:
    nothing = [[[0, 0], [3, 4]], [[0, 5], [0, 7]], [[5, 0], [7, 0]], [[0, 0], [0, 0]], [[2, 3], [0, 0]]]
    assert cmh_exact([*nothing, [[3, 1], [1, 3]]]) == Fraction(17, 35)
    assert cmh_exact(nothing) == 1
    assert cmh_exact([]) == 1
    assert cmh_mid_p([]) == Fraction(1, 2)


def test_two_small_themes_by_going_through_every_way() -> None:
    first, second = [[2, 1], [1, 3]], [[0, 2], [3, 1]]
    won = 2
    counts: dict[int, int] = {}
    for ours, theirs in product(combinations(range(7), 3), combinations(range(6), 3)):
        got = sum(one < 3 for one in ours) + sum(one < 2 for one in theirs)
        counts[got] = counts.get(got, 0) + 1
    whole = sum(counts.values())
    two = Fraction(sum(n for n in counts.values() if n <= counts[won]), whole)
    equal = Fraction(sum(n for n in counts.values() if n == counts[won]), whole)
    assert cmh_exact([first, second]) == two
    assert cmh_mid_p([first, second]) == two - equal / 2
    assert smallest_stratified_p([first, second]) == Fraction(counts[min(counts)], whole)


def test_the_figures_in_floating_point_are_those_in_whole_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = [cmh_exact(RABBITS), cmh_mid_p(RABBITS), cmh_exact([TEA]), cmh_mid_p([TEA])]
    monkeypatch.setattr(stratified, "MOST_STEPS", 0)
    nearly = [cmh_exact(RABBITS), cmh_mid_p(RABBITS), cmh_exact([TEA]), cmh_mid_p([TEA])]
    assert [float(p) for p in nearly] == pytest.approx([float(p) for p in exact], abs=1e-10)


def test_ten_thousand_bids_take_no_longer_than_one_can_wait() -> None:
    tables = [[[100 + theme, 250], [350, 550 - theme]] for theme in range(8)]
    assert 0 < cmh_exact(tables) < 1


def test_the_shortfall_within_themes_is_by_hand() -> None:
    # 2 of 8 chances at 4 awards (expected 1) and 6 of 12 at 3 (expected 3/2): 5/2 expected, 1 won.
    tables = [[[1, 1], [3, 3]], [[0, 6], [3, 3]]]
    assert (Stratified(tables).expected, Stratified(tables).shortfall) == (Fraction(5, 2), Fraction(3, 2))


def test_common_odds_without_any_pair_that_tells_are_none() -> None:
    assert common_odds_ratio([[[3, 0], [4, 0]]]) is None


def test_no_difference_is_no_reversal() -> None:
    assert not reverses([[[1, 1], [1, 1]]])
    assert not reverses([[[1, 1], [1, 1]], [[3, 1], [1, 3]]])
