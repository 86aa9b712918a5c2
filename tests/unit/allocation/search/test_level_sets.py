"""Sets that are level in the first stage are listed, and compared in whole numbers: no solver looks for the pence."""

from itertools import combinations
from typing import Any
from unittest import mock

import pytest

from evaluator.allocation.allocate import allocate
from evaluator.allocation.model.constraints import build
from evaluator.allocation.proof import enumeration
from evaluator.allocation.proof.enumeration import equal_ways
from evaluator.allocation.search import lexicographic, presolve
from evaluator.allocation.search.lexicographic import MOST_LEVEL, searched
from evaluator.allocation.search.state import Search
from evaluator.records.results.allocation import FULL, Allocation, Level, Problem
from tests.unit.allocation.merit_by_enumeration import best_sets, random_merit
from tests.unit.allocation.small_problems import best_allocations, budget, candidate, names, problem, random_problem

MERIT = {"id": "M", "kind": "merit_order", "theme": "*", "unaffordable": "pass_over"}
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


def asked_of_ties(made: Problem) -> tuple[Allocation, int]:
    """Allocate, and count what a solver was asked once every stage was decided."""
    asked: list[int] = []
    solve = Search.solve

    def noted(search: Search, *words: Any) -> Any:
        asked.append(len(search.stages) == len(made.policy.objective + made.policy.tie_break))
        return solve(search, *words)

    with mock.patch.object(Search, "solve", noted):
        return allocate(made), sum(asked)


@pytest.mark.parametrize("order", [(), (MERIT,)], ids=["without an order of merit", "with one"])
def test_whether_another_set_costs_the_same_to_the_penny_is_counted_and_asked_of_no_solver(order: Any) -> None:
    """Of forty equal bids two are funded: the one of £30 and one of the three of £31, not one of £32."""
    many = [candidate(f"B{at:02}", 5, cost) for at, cost in enumerate([30, 31, 31, 31, *[32] * 36])]
    result, asked = asked_of_ties(problem(many, budget(100), AWARDS, *order, **LEAST))
    assert (result.cost, result.tied, result.tied_complete) == (
        61_00,
        (("B00", "B01"), ("B00", "B02"), ("B00", "B03")),
        True,
    )
    assert asked == 0


def test_of_thirty_open_choices_halves_that_meet_give_every_set_of_the_same_sums() -> None:
    """One at £30 and one of seven at £33, or two of 22 at £31.50: of 10 points and £63 each."""
    costs = [30_00, *[33_00] * 7, *[31_50] * 22]
    bids = [candidate(f"B{at:02}", 0, 0, levels=(Level(FULL, 5, (cost,)),)) for at, cost in enumerate(costs)]
    model = build(problem(bids, budget(100), AWARDS, **LEAST))
    pairs = {two for two in combinations(range(30), 2) if costs[two[0]] + costs[two[1]] == 63_00}
    assert len(pairs) == 7 + 22 * 21 // 2
    found = equal_ways(model, (0, 1), range(30))
    assert found is not None
    assert set(found) == pairs
    assert len(found) == len(pairs)


def test_halves_that_meet_give_what_going_through_all_ways_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    several = 0
    for seed in range(120):
        made = random_problem(seed + 900) if seed % 2 else random_merit(seed + 900, 6)
        best = allocate(made)
        model = build(made)
        names_of = {f"{one.candidate.bid} {one.level.name}": at for at, one in enumerate(model.choices)}
        chosen = sorted(names_of[f"{award.bid} {award.level}"] for award in best.awards)
        met = equal_ways(model, chosen, range(len(model.choices)))
        with monkeypatch.context() as each:
            each.setattr(enumeration, "_met", lambda *_: None)
            assert met == equal_ways(model, chosen, range(len(model.choices))), seed
        several += len(met or ()) > 1
    assert several >= 5


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
