"""Every way of deciding gives the same record, and counting and search say the same of the same problem."""

import random

import pytest

from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import Model
from evaluator.allocation.priority import priority
from evaluator.allocation.proof.awards import named
from evaluator.allocation.search import lexicographic, one_limit
from tests.unit.allocation.small_problems import best_allocations, budget, candidate, names, problem


def under_one_budget(seed: int, tie_break: tuple[str, ...] = ("lower_cost",)) -> Model:
    dice = random.Random(seed)
    some = [candidate(f"B{at}", dice.randint(1, 6), dice.randint(1, 6)) for at in range(7)]
    return build(problem(some, budget(dice.randint(4, 16)), tie_break=tie_break))


@pytest.mark.parametrize("seed", range(20))
def test_counting_and_search_decide_alike(seed: int) -> None:
    model = under_one_budget(seed)
    counted, searched = one_limit.decide(model), lexicographic.decide(model)
    assert counted is not None
    best = sorted(names(taken) for taken in best_allocations(model.problem))
    for decided in (counted, searched):
        assert [named(model, chosen) for chosen in decided.sets] == best
        assert (decided.status, decided.complete, decided.leftovers) == ("proven", True, {})
    assert (counted.stages, counted.upper_bound) == (searched.stages, searched.upper_bound)
    assert counted.runs[0].what == "counted in whole numbers, without a solver"


def test_a_list_claims_no_bound_and_names_no_solver() -> None:
    some = [candidate("A", 5, 10), candidate("B", 4, 10), candidate("C", 4, 10)]
    decided = priority.decide(build(problem(some, budget(20), method="priority")))
    assert (decided.status, decided.sets, decided.complete) == ("proven", ((0, 1), (0, 2)), True)
    assert (decided.stages, decided.upper_bound, decided.solver) == ((), None, "no solver")


def test_a_list_that_breaks_a_rule_says_where_it_leads() -> None:
    floor = {"kind": "theme_awards", "theme": "youth", "least": 1}
    some = [candidate("A", 5, 10), candidate("B", 4, 10, "youth")]
    decided = priority.decide(build(problem(some, budget(10), floor, method="priority")))
    assert (decided.status, decided.sets) == ("infeasible", ((0,),))


def test_rules_that_cannot_hold_together_leave_no_set() -> None:
    model = build(problem([candidate("A", 5, 10)], budget(5), {"kind": "must_fund", "bid": "A"}))
    assert one_limit.decide(model) is None
    decided = lexicographic.decide(model)
    assert (decided.status, decided.sets, decided.second_opinion) == ("infeasible", (), "")
