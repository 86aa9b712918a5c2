"""Where themes go down an order of merit a good set is found without a solver, however a relaxation mixes places."""

import random

import pytest

from evaluator.allocation.model.below_minimum import refuse_below_minimum
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.merit import in_order
from evaluator.allocation.model.model import Chosen, Model
from evaluator.allocation.proof.awards import holds
from evaluator.allocation.search import going_down
from evaluator.allocation.search.going_down import gone_down, held
from tests.unit.allocation.merit_by_enumeration import random_merit
from tests.unit.allocation.search.test_frontiers import FOUR, MERIT
from tests.unit.allocation.small_problems import budget, candidate, problem


def gone(model: Model, shares: dict[str, float]) -> Chosen:
    return gone_down(model, list(in_order(model)), [shares.get(one.candidate.bid, 0.0) for one in model.choices])


def test_a_theme_goes_as_far_as_the_relaxation_and_nobody_is_passed_over() -> None:
    """D is taken in part and A not at all: A, B and C come first, and for D nothing is left of £100."""
    model = build(problem([*FOUR, candidate("X", 10, 60, "youth")], budget(100), MERIT))
    assert gone(model, {"D": 0.5}) == (0, 1, 2)


def test_a_theme_that_is_taken_whole_goes_before_one_that_is_not() -> None:
    """X at £60 is taken first; of A, B and C at £30 each one more fits."""
    model = build(problem([*FOUR, candidate("X", 10, 60, "youth")], budget(100), MERIT))
    assert [model.choices[at].candidate.bid for at in gone(model, {"X": 1.0, "A": 0.5})] == ["A", "X"]


def test_far_from_where_a_theme_stops_every_choice_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(going_down, "AROUND", 8)
    model = build(problem([candidate(f"B{at:02}", 99 - at, 10) for at in range(40)], budget(200), MERIT))
    fixed = held(model, list(in_order(model)), model.rows, tuple(range(20)))
    around = range(11, 28)
    assert {at: int(at < 20) for at in range(40) if at not in around} == fixed


def test_without_floors_what_is_gone_down_keeps_every_rule() -> None:
    tried = 0
    for seed in range(60):
        made = random_merit(seed, 6)
        floors = any(getattr(rule, "least", None) or rule.kind in ("must_fund", "fund_first") for rule in made.rules)
        model, dice = build(refuse_below_minimum(made)), random.Random(seed)
        if not floors and model.choices:
            shares = {one.candidate.bid: dice.random() for one in model.choices}
            assert holds(model, gone(model, shares)), seed
            tried += 1
    assert tried > 10
