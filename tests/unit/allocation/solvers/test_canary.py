"""Known faults of HiGHS: looked for when a proof is made, and nothing rests on a HiGHS that has one."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import highspy
import pytest

from evaluator.allocation import allocate
from evaluator.allocation.solvers import canary
from evaluator.allocation.solvers.canary import KNOWN_FAULTS, KnownFault, faults_found
from evaluator.reporting.studies.allocation import allocation_text, proof_document
from tests.unit.allocation.small_problems import bids, budget, candidate, problem

A, B, C = candidate("A", 5, 60), candidate("B", 4, 50, "youth"), candidate("C", 3, 50, "youth")
FLOOR = {"kind": "theme_awards", "theme": "*", "least": 1}


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A HiGHS that gives another value than is expected of it."""
    third = KNOWN_FAULTS[2]
    monkeypatch.setattr(canary, "KNOWN_FAULTS", (replace(third, best=15),))
    faults_found.cache_clear()
    yield
    faults_found.cache_clear()


@pytest.mark.parametrize("presolve", ["on", "off"])
@pytest.mark.parametrize("one", KNOWN_FAULTS, ids=lambda one: str(one.issue))
def test_the_solver_finds_the_best_value_of_every_known_fault(one: KnownFault, presolve: str) -> None:
    assert one.right(presolve)


def test_the_first_report_as_it_was_written_is_solved_to_nine() -> None:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    x, z = solver.addVariable(0, 10, 2), solver.addIntegral(0, 10, 3)
    solver.addConstr(x + z >= 4.5)
    solver.minimize()
    assert solver.getInfo().objective_function_value == pytest.approx(9, abs=1e-5)


def test_a_wrong_best_value_is_found_out() -> None:
    assert not replace(KNOWN_FAULTS[2], best=15).right("on")


def test_nothing_is_proven_by_a_solver_with_a_known_fault(request: pytest.FixtureRequest) -> None:
    """With both for young people 66 % would go to them; part of the second would be within the share and score more."""
    young = [candidate(bid, score, 400, "youth") for bid, score in (("C", 1000), ("D", 999))]
    share = {"kind": "theme_share", "theme": "youth", "most": "62.5%", "of": "awarded"}
    made = problem([candidate("A", 1000, 200), candidate("B", 1, 200), *young], budget(1200), share)
    assert allocate(made).status == "proven"
    request.getfixturevalue("faulty")
    result = allocate(made)
    assert (result.status, bids(result)) == ("not_proven", ("A", "B", "C"))
    assert "HiGHS has a known fault (its issue 3043): what it claims is not believed" in allocation_text(result)
    assert proof_document(result)["known_faults"] == {"looked_for": [2957, 3002, 3043, 3073, 3094], "found": [3043]}


def test_rules_are_not_said_to_conflict_by_a_solver_with_a_known_fault(request: pytest.FixtureRequest) -> None:
    made = problem([A, B, C], budget(100), FLOOR)
    assert allocate(made).status == "infeasible"
    request.getfixturevalue("faulty")
    assert (allocate(made).status, allocate(made, by_cbc=True).status) == ("not_proven", "infeasible")


@pytest.mark.usefixtures("faulty")
def test_what_was_counted_stays_proven_and_says_that_the_second_opinion_is_not_believed() -> None:
    result = allocate(problem([A, B, C], budget(110)))
    assert (result.status, bids(result)) == ("proven", ("A", "B"))
    assert result.proof.second_opinion == (
        "HiGHS, a solver, has a known fault, so it is not believed on whether a set of awards has a total score better "
        "than 9."
    )


def test_it_is_looked_for_once_in_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    faults_found()
    monkeypatch.setattr(canary, "KNOWN_FAULTS", (None,))
    assert faults_found() == ()


@pytest.mark.parametrize(("first", "second"), [("scipy.optimize", "highspy"), ("highspy", "scipy.optimize")])
def test_both_copies_of_highs_work_in_one_process_whichever_comes_first(first: str, second: str) -> None:
    """SciPy brings one of its own, and equality imports SciPy."""
    code = (
        f"import {first}, {second}\n"
        "from scipy.optimize import milp, LinearConstraint\n"
        "from evaluator.allocation.solvers.canary import faults_found\n"
        "found = milp([2, 3], integrality=[0, 1], constraints=LinearConstraint([[1, 1]], 4.5))\n"
        "assert abs(found.fun - 9) < 1e-5 and faults_found() == (), (found.fun, faults_found())"
    )
    root = Path(__file__).parents[4]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)
