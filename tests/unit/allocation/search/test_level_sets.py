"""Sets that are level in the first stage are listed, and compared in whole numbers: no solver looks for the pence."""

from typing import Any
from unittest import mock

import pytest

from evaluator.allocation.allocate import allocate
from evaluator.allocation.model.constraints import build
from evaluator.allocation.search import lexicographic, presolve
from evaluator.allocation.search.lexicographic import MOST_LEVEL, searched
from evaluator.allocation.search.state import Search
from evaluator.records.results.allocation import Problem
from tests.unit.allocation.merit_by_enumeration import best_sets, random_merit
from tests.unit.allocation.small_problems import best_allocations, budget, candidate, names, problem, random_problem

LEAST = {"tie_break": ("lower_cost",)}
# Two limits, so that nothing is counted by dynamic programming.
AWARDS = {"id": "N", "kind": "theme_awards", "theme": "advice", "most": 2}


def stages_asked(made: Problem) -> tuple[Search, list[str]]:
    """Search a problem, and name the stages that a solver was asked about."""
    asked: list[str] = []
    solve = lexicographic.solve_stage

    def noted(search: Search, objective: Any) -> None:
        asked.append(objective)
        solve(search, objective)

    with mock.patch.object(lexicographic, "solve_stage", noted):
        return searched(build(made)), asked


def test_of_level_sets_the_cheaper_is_counted_and_not_searched_for() -> None:
    """Two of three bids of 5 points are funded: A and B at £70, A and C at £71 or B and C at £81."""
    made = problem([candidate("A", 5, 30), candidate("B", 5, 40), candidate("C", 5, 41)], budget(100), AWARDS, **LEAST)
    search, asked = stages_asked(made)
    assert asked == ["total_score"]
    assert [stage.value for stage in search.stages] == [10, 70_00]
    assert search.optimal_sets == ((0, 1),)


def test_a_set_that_is_alone_decides_every_later_stage() -> None:
    made = problem([candidate("A", 5, 30), candidate("B", 5, 40), candidate("C", 4, 41)], budget(100), AWARDS, **LEAST)
    search, asked = stages_asked(made)
    assert asked == ["total_score"]
    assert search.optimal_sets == ((0, 1),)


def test_where_more_sets_are_level_than_are_listed_a_solver_goes_on() -> None:
    """Of ten equal bids two are funded: 45 sets, of which the two cheapest bids are one."""
    many = [candidate(f"B{at}", 5, 30 + at) for at in range(10)]
    search, asked = stages_asked(problem(many, budget(100), AWARDS, **LEAST))
    assert MOST_LEVEL < 45
    assert asked == ["total_score", "lower_cost"]
    assert [stage.value for stage in search.stages] == [10, 61_00]


def test_a_set_beside_which_another_is_level_is_not_taken_for_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of fourteen at £40 fit in £100: 91 sets of 14 points, where a relaxation still sees 17."""
    monkeypatch.setattr(presolve, "NARROWED", 0)
    many = [*(candidate(f"B{at:02}", 7, 40) for at in range(14)), candidate("C", 1, 30)]
    made = problem(many, budget(100), {"kind": "theme_awards", "theme": "advice", "most": 3}, **LEAST)
    search = searched(build(made))
    assert not search.alone
    result = allocate(made)
    assert (result.total_score, len(result.tied), result.tied_complete) == (14, 91, True)


def test_every_tie_is_listed_however_few_level_sets_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    several = 0
    monkeypatch.setattr(presolve, "NARROWED", 0)  # so that the best set beside the one in hand is asked for
    for most in (1, 3, MOST_LEVEL):
        monkeypatch.setattr(lexicographic, "MOST_LEVEL", most)
        for seed in range(20):
            made = random_problem(seed + 700, bids=6, objective=["total_score"], tie_break=["wards_covered"])
            best = sorted(names(taken) for taken in best_allocations(made))
            several += len(best) > 1
            assert list(allocate(made).tied) == best, seed
            merit = random_merit(seed + 300, 5)
            assert list(allocate(merit).tied) == best_sets(merit), seed
    assert several >= 3
