"""A power sentence says how often the corrected rule itself raises an alarm, counted on programmes drawn one by one."""

import random
from fractions import Fraction

import pytest

from evaluator.equality.statistics import family
from evaluator.equality.statistics.conditional import Strata
from evaluator.equality.statistics.family import smallest_p

ALPHA = Fraction(1, 20)
SIZES = (30, 45, 20, 15, 60, 25, 40, 10)  # of the first reply to each of eight questions, of 90 organisations
NAMES = tuple(f"O{number:02d}" for number in range(90))
AWARDS = 40


def programme(dice: random.Random, part: Fraction, groups: list[frozenset[str]]) -> Strata:
    """Draw who wins so many awards, when the first group's success is a part of the others'."""
    others = AWARDS / (90 - SIZES[0] + float(part) * SIZES[0])
    while True:
        values = tuple(int(dice.random() < others * (float(part) if name in groups[0] else 1)) for name in NAMES)
        if sum(values) == AWARDS:
            return Strata(NAMES, (90,), values)


def apart(number: int, part: Fraction) -> float:
    """Give how far the share of programmes with an alarm on the first group lies from what was foretold."""
    dice = random.Random(149)
    sides = [frozenset(dice.sample(NAMES, size)) for size in SIZES]
    groups = [group for side in sides for group in (side, frozenset(NAMES) - side)]
    alarms, told = 0, Fraction(0)
    for _ in range(number):
        strata = programme(dice, part, groups)
        tests = [strata.test(group) for group in groups]
        found = smallest_p(strata, groups, tests, ALPHA)
        alarms += found.adjusted[0] <= ALPHA
        told += tests[0].power(found.critical, part)
    return abs(alarms - float(told)) / number


@pytest.fixture(autouse=True)
def _fewer_shuffles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(family, "draws_for", lambda _: 999)


def test_it_agrees_with_the_rule_on_drawn_programmes() -> None:
    assert apart(100, Fraction(1, 4)) <= 0.08


@pytest.mark.slow
@pytest.mark.parametrize("part", [Fraction(1, 2), Fraction(1, 4)])
def test_it_agrees_with_the_rule_within_two_points_at_2_400_draws(part: Fraction) -> None:
    assert apart(2_400, part) <= 0.02
