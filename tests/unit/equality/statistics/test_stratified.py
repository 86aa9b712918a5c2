"""Themes compared each by itself: published figures, themes without information, and the reversal of Berkeley."""

from fractions import Fraction
from itertools import combinations, product
from math import inf

import pytest

from evaluator.equality.statistics import stratified as strata_module
from evaluator.equality.statistics.stratified import (
    Stratified,
    breslow_day,
    cmh_chi_square,
    cmh_exact,
    cmh_mid_p,
    common_odds_ratio,
    reverses,
    smallest_stratified_p,
)
from evaluator.equality.statistics.two_by_two import conditional_odds_ratio, fisher_exact, odds_ratio
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


def test_the_rabbits_have_the_published_exact_p_and_odds_ratio() -> None:
    # R: S = 16, p-value = 0.03994, conditional estimate 10.36102; the first and last dose have a margin of nought.
    assert len(Stratified(RABBITS).informative) == 3
    assert float(cmh_exact(RABBITS)) == pytest.approx(0.03994, abs=5e-6)
    assert conditional_odds_ratio(RABBITS) == pytest.approx(10.36102, abs=5e-5)
    assert common_odds_ratio(RABBITS) == 7
    found = cmh_chi_square(RABBITS)
    assert found is not None
    assert found == (pytest.approx(3.9286, abs=5e-5), pytest.approx(0.04747, abs=5e-6))


def test_berkeley_department_by_department_has_the_published_figures() -> None:
    # R: mantelhaen.test(UCBAdmissions): M^2 = 1.4269, p = 0.2323, common odds ratio 0.9046968; uncorrected 1.5246.
    corrected, plain = cmh_chi_square(BERKELEY), cmh_chi_square(BERKELEY, correction=False)
    assert corrected is not None
    assert plain is not None
    assert corrected == (pytest.approx(1.4269, abs=5e-5), pytest.approx(0.2323, abs=5e-5))
    assert plain[0] == pytest.approx(1.5246, abs=5e-5)
    assert float(common_odds_ratio(BERKELEY) or 0) == pytest.approx(0.9046968, abs=5e-8)
    pooled = [[1198, 1493], [557, 1278]]
    assert float(odds_ratio(pooled) or 0) == pytest.approx(1.84, abs=0.005)
    assert reverses(BERKELEY)


def test_berkeley_departments_differ_as_published() -> None:
    given = vector("breslow_day_ucb")
    found = breslow_day(BERKELEY)
    assert found is not None
    assert found[0] == pytest.approx(given["expected"]["breslow_day"], abs=given["tolerance"])
    assert found[1] == pytest.approx(given["expected"]["p"], abs=1e-5)
    assert found[2] == 5


def test_one_theme_is_fishers_test() -> None:
    for table in ([[3, 1], [1, 3]], [[0, 6], [4, 9]], [[7, 2], [3, 8]]):
        for tail in ("two", "less", "greater"):
            assert cmh_exact([table], tail) == fisher_exact(table, tail)  # type: ignore[arg-type]


def test_a_theme_without_information_changes_nothing() -> None:
    nothing = [[[0, 0], [3, 4]], [[0, 5], [0, 7]], [[5, 0], [7, 0]], [[0, 0], [0, 0]], [[2, 3], [0, 0]]]
    assert cmh_exact([*nothing, [[3, 1], [1, 3]]]) == Fraction(17, 35)
    assert cmh_exact(nothing) == 1
    assert cmh_exact([]) == 1
    assert cmh_mid_p([]) == Fraction(1, 2)
    assert cmh_chi_square(nothing) is None
    assert breslow_day(nothing) is None
    assert conditional_odds_ratio(nothing) is None


def test_two_small_themes_by_going_through_every_way() -> None:
    first, second = [[2, 1], [1, 3]], [[0, 2], [3, 1]]
    won = 2
    counts: dict[int, int] = {}
    for ours, theirs in product(combinations(range(7), 3), combinations(range(6), 3)):
        got = sum(one < 3 for one in ours) + sum(one < 2 for one in theirs)
        counts[got] = counts.get(got, 0) + 1
    whole = sum(counts.values())
    less = Fraction(sum(n for got, n in counts.items() if got <= won), whole)
    two = Fraction(sum(n for n in counts.values() if n <= counts[won]), whole)
    assert (cmh_exact([first, second], "less"), cmh_exact([first, second])) == (less, two)
    assert smallest_stratified_p([first, second]) == Fraction(counts[min(counts)], whole)
    assert cmh_mid_p([first, second], "less") == less - Fraction(counts[won], 2 * whole)


def test_the_figures_in_floating_point_are_those_in_whole_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = [cmh_exact(RABBITS, tail) for tail in ("two", "less", "greater")]
    monkeypatch.setattr(strata_module, "MOST_STEPS", 0)
    nearly = [cmh_exact(RABBITS, tail) for tail in ("two", "less", "greater")]
    assert [float(p) for p in nearly] == pytest.approx([float(p) for p in exact], abs=1e-10)


def test_ten_thousand_bids_take_no_longer_than_one_can_wait() -> None:
    tables = [[[100 + theme, 250], [350, 550 - theme]] for theme in range(8)]
    assert 0 < cmh_exact(tables) < 1


def test_the_shortfall_within_themes_is_by_hand() -> None:
    # 2 of 8 chances at 4 awards (expected 1) and 6 of 12 at 3 (expected 3/2): 5/2 expected, 1 won.
    tables = [[[1, 1], [3, 3]], [[0, 6], [3, 3]]]
    assert (Stratified(tables).expected, Stratified(tables).shortfall) == (Fraction(5, 2), Fraction(3, 2))


def test_common_odds_without_any_pair_that_tells_are_none_or_at_the_end() -> None:
    assert common_odds_ratio([[[3, 0], [4, 0]]]) is None
    assert conditional_odds_ratio([[[3, 0], [1, 4]], [[2, 0], [1, 1]]]) == inf
    assert breslow_day([[[3, 1], [1, 3]]]) is None
