"""A family of tests held at one level by shuffled rows."""

import random
from fractions import Fraction

import pytest

from evaluator.equality.statistics import family
from evaluator.equality.statistics.conditional import Strata
from evaluator.equality.statistics.family import Corrected, draws_for, smallest_p

ALPHA = Fraction(1, 20)


def corrected(strata: Strata, groups: list[frozenset[str]]) -> Corrected:
    return smallest_p(strata, groups, [strata.test(group) for group in groups], ALPHA)


def programme(seed: int, organisations: int = 60) -> tuple[Strata, list[frozenset[str]]]:
    """Awards by chance in two sets of organisations, and six groups by chance."""
    dice = random.Random(seed)
    names = tuple(f"O{number:03d}" for number in range(organisations))
    values = tuple(int(dice.random() < 0.4) for _ in names)
    groups = [frozenset(name for name in names if dice.random() < 0.3) for _ in range(6)]
    return Strata(names, (organisations // 2, organisations - organisations // 2), values), groups


def test_a_single_test_that_is_corrected_for_itself_alone_keeps_its_p() -> None:
    strata, groups = programme(1)
    exact = float(strata.test(groups[0]).p)
    assert abs(float(corrected(strata, groups[:1]).adjusted[0]) - exact) < 0.02


def test_the_corrected_p_is_never_smaller_than_chance_allows_and_the_critical_p_says_the_same() -> None:
    for seed in range(8):
        strata, groups = programme(seed)
        found = corrected(strata, groups)
        for group, adjusted in zip(groups, found.adjusted, strict=True):
            p = strata.test(group).p
            assert adjusted > p * Fraction(4, 5)
            assert (adjusted <= ALPHA) == (p <= found.critical)


def test_the_order_of_the_tests_and_a_second_run_change_nothing() -> None:
    strata, groups = programme(3)
    assert corrected(strata, groups) == corrected(strata, groups)
    assert corrected(strata, groups[::-1]).adjusted == corrected(strata, groups).adjusted[::-1]


def test_false_alarms_stay_within_the_level(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(family, "draws_for", lambda _: 199)
    alarms = sum(min(corrected(*programme(seed, 40)).adjusted) <= ALPHA for seed in range(200))
    assert alarms <= 18  # of 200 at 5 %: more than 18 come in 1 % of tries


def test_fewer_shuffles_are_made_only_of_thousands_of_organisations() -> None:
    assert [draws_for(number) for number in (90, 2_000, 4_000, 10**6)] == [9_999, 9_999, 5_000, 999]


def test_without_a_test_nothing_is_critical() -> None:
    strata, _ = programme(1)
    assert corrected(strata, []) == Corrected((), Fraction(0), 9_999)
