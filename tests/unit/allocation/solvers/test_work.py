"""Work is counted and nothing is timed: what a solver comes to within limits is the same on a busy machine."""

import json
import random
from collections.abc import Callable
from dataclasses import astuple
from itertools import pairwise

import pytest

from evaluator.allocation import allocate
from evaluator.allocation.model.model import Row
from evaluator.allocation.solvers import cbc, highs
from evaluator.allocation.solvers.solve import Answer, maximise
from evaluator.allocation.solvers.work import Work
from evaluator.records.programme.allocation_policy import SEARCH_LIMITS, SearchLimits
from evaluator.records.results.allocation import Problem
from evaluator.reporting.run.proof_files import proof_files, solver_log
from tests.busy_machine import busy_machine, limit_work
from tests.unit.allocation.small_problems import budget, candidate, problem

BEST = 122_827  # of the hard problem


def hard(count: int = 40) -> Problem:
    """Scores in proportion to cost under limits that overlap, so that only a search decides: some 7,000 nodes."""
    dice = random.Random(count)
    costs = [dice.randint(5_000, 10_500) for _ in range(count)]
    some = [
        candidate(f"B{at:03}", cost, cost, ("advice", "youth")[at % 2], hours=dice.randint(1, 99))
        for at, cost in enumerate(costs)
    ]
    whole = sum(costs)
    theme = {"kind": "theme_budget", "theme": "*", "limit": str(whole * 21 // 100)}
    hours = {"kind": "capacity", "limit": str(sum(int(one.hours) for one in some) * 2 // 5)}
    return problem(some, budget(whole * 2 // 5), theme, hours, tied_cap=2)


def test_the_published_limits_shrink_as_problems_grow() -> None:
    assert [one.bids for one in SEARCH_LIMITS] == [100, 300, 1_000, 5_000, None]
    for less, more in pairwise(SEARCH_LIMITS):
        assert all(few >= many for few, many in zip(astuple(less)[1:], astuple(more)[1:], strict=True))


def test_a_search_that_may_take_little_work_is_not_proven_and_has_a_true_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    limit_work(monkeypatch, nodes=20)
    found = allocate(hard())
    assert found.status == "not_proven"
    assert found.total_score <= BEST <= found.upper_bound
    assert found.proof.limits == SearchLimits(None, 20, 10**9, 100)
    assert "at most 20 nodes and 1,000,000,000 iterations" in found.proof.settings


def test_iterations_end_a_search_between_its_solves_so_that_ties_are_not_all_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limit_work(monkeypatch, nodes=10**6, iterations=10)
    found = allocate(hard())
    assert [run.what for run in found.proof.runs] == ["what is best", "second opinion by CBC"]
    assert (found.total_score, found.tied_complete) == (BEST, False)


def test_a_solve_takes_its_nodes_and_iterations_from_the_account_and_stops_at_the_nodes() -> None:
    work = Work(50, 10**6)
    answer = maximise(*_asked(), (), work)
    assert (answer.outcome, answer.nodes, work.nodes) == ("feasible", 50, 0)
    assert answer.iterations == 10**6 - work.iterations > 0
    assert maximise(*_asked(), (), work) == Answer("unknown")


def _asked() -> tuple:  # type: ignore[type-arg]
    from evaluator.allocation.model.constraints import build
    from evaluator.allocation.model.model import objective_terms

    model = build(hard())
    return model, objective_terms(model, "total_score")


def test_the_clock_of_the_solver_stands_at_infinity() -> None:
    solver = highs.handed(1, [Row("", "budget", "", ((0, 1),), most=1)], {0: 1})
    highs.run(solver, Work(10, 10))
    assert solver.getOptionValue("time_limit")[1] == float("inf")


def test_cbc_is_given_nodes_and_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {}

    class Refused(cbc.pulp.PULP_CBC_CMD):
        def __init__(self, **options: object) -> None:
            given.update(options)
            super().__init__(**options)

        def available(self) -> bool:
            return False

    monkeypatch.setattr(cbc.pulp, "PULP_CBC_CMD", Refused)
    assert cbc.maximise(*_asked(), (), Work(70, 10**6)).outcome == "unknown"
    assert given == {"msg": False, "threads": 1, "gapRel": 0, "maxNodes": 70, "options": []}


def test_pence_of_many_millions_are_handed_to_cbc_in_larger_units_and_small_numbers_as_they_are() -> None:
    large = Row("R", "budget", "", ((0, 123_456_700), (1, 98_765_432)), most=200_000_000)
    small = Row("S", "budget", "", ((0, 1234), (1, 987)), most=2000)
    written, _ = cbc._written(((0, 1),), (large, small), (0, 1))
    one, other = written.constraints()
    assert sorted(one.values()) == [987.65432, 1234.567]
    assert -one.constant == 2000
    assert sorted(other.values()) == [987, 1234]


def test_cbc_is_not_asked_about_a_problem_beyond_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cbc, "MOST_TERMS", 10)
    monkeypatch.setattr(cbc, "_Cbc", None)
    assert cbc.maximise(*_asked(), (), Work(70, 10**6)) == Answer("unknown")


def by_highs() -> object:
    """All that HiGHS says within 200 nodes, its counters among it."""
    return astuple(maximise(*_asked(), (), Work(200, 10**6)))


def by_cbc() -> object:
    """All that CBC says within 300 nodes."""
    return astuple(cbc.maximise(*_asked(), (), Work(300, 10**6)))


def whole() -> object:
    """The proof and the log of a whole allocation that is not proven."""
    found = allocate(hard())
    return json.dumps(proof_files(found)), solver_log(found)


@pytest.mark.slow
def test_the_published_limits_prove_the_hard_problem() -> None:
    found = allocate(hard())
    assert (found.status, found.total_score, found.tied_complete) == ("proven", BEST, False)


@pytest.mark.slow
@pytest.mark.parametrize("asked", [by_highs, by_cbc, whole])
def test_a_busy_machine_comes_to_the_same_twenty_times(
    asked: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    limit_work(monkeypatch, nodes=100)
    alone = asked()
    with busy_machine():
        assert [asked() for _ in range(20)] == [alone] * 20
