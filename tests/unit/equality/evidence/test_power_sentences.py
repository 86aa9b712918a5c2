"""A power sentence says how often the corrected rule itself raises an alarm, counted on programmes drawn one by one."""

import random
from fractions import Fraction

import pytest

from evaluator.equality.statistics import family
from evaluator.equality.statistics.conditional import Strata
from evaluator.equality.statistics.family import smallest_p

ALPHA = Fraction(1, 20)
SIZES = (30, 45, 20, 15, 60, 25, 40, 10)  # of the first reply to each of eight questions, of 90 organisations
OTHERS = 0.5


def drawn(seed: int, part: Fraction) -> tuple[bool, Fraction]:
    """Draw a programme in which the first group's success is a part of the others'; alarm, and what was foretold."""
    dice = random.Random(seed)
    names = tuple(f"O{number:02d}" for number in range(90))
    first = frozenset(names[: SIZES[0]])
    others = [frozenset(dice.sample(names, size)) for size in SIZES[1:]]
    groups = [side for one in (first, *others) for side in (one, frozenset(names) - one)]
    values = tuple(int(dice.random() < OTHERS * (float(part) if name in first else 1)) for name in names)
    strata = Strata(names, (90,), values)
    tests = [strata.test(group) for group in groups]
    found = smallest_p(strata, groups, tests, ALPHA)
    return found.adjusted[0] <= ALPHA, tests[0].power(found.critical, part)


def apart(number: int, part: Fraction) -> float:
    found = [drawn(seed, part) for seed in range(number)]
    alarms, told = sum(alarm for alarm, _ in found), sum((power for _, power in found), Fraction(0))
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
