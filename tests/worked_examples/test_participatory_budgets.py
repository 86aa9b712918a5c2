"""Real participatory budgets with certified optima (pabulib.org), and an award that default solver gaps get wrong."""

import csv
import json
import random
from dataclasses import replace
from typing import Any

import pytest

from evaluator.allocation import allocate
from evaluator.files.read.candidates.candidates import read_candidates
from evaluator.records.results.allocation import Allocation, Problem
from tests.reference_data import REFERENCE
from tests.unit.allocation.small_problems import bids, candidate, problem

BUDGETS = REFERENCE / "participatory_budgets"
INSTANCES = json.loads((BUDGETS / "expected.json").read_text("utf-8"))["instances"]


def instance(name: str, **policy: Any) -> Problem:
    read = read_candidates(BUDGETS / f"{name}.csv")
    assert read.findings == ()
    return problem(read.candidates, {"kind": "budget", "limit": INSTANCES[name]["budget"]}, **policy)


def sets(result: Allocation) -> list[tuple[str, ...]]:
    return sorted(result.tied)


@pytest.mark.parametrize("name", INSTANCES)
def test_every_certified_optimum_is_found_and_proven_with_all_its_ties(name: str) -> None:
    result = allocate(instance(name))
    expected = INSTANCES[name]
    assert (result.status, result.total_score, result.upper_bound) == (
        "proven",
        expected["optimum"],
        expected["optimum"],
    )
    assert sets(result) == sorted(tuple(portfolio) for portfolio in expected["portfolios"])
    assert result.tied_complete
    assert len(result.tied) == expected["optimal_portfolios"]
    assert all(check.holds for check in result.checks)
    assert "no set of awards has" in result.proof.second_opinion


@pytest.mark.parametrize("name", INSTANCES)
def test_the_published_tie_break_finds_the_least_cost_of_the_best(name: str) -> None:
    result = allocate(instance(name, tie_break=("lower_cost",)))
    assert (result.total_score, result.cost) == (
        INSTANCES[name]["optimum"],
        int(INSTANCES[name]["least_cost_at_optimum"]) * 100,
    )


def test_toulouse_2022_has_two_equal_allocations_and_both_are_reported() -> None:
    result = allocate(instance("France_Toulouse_2022"))
    assert len(result.tied) == 2
    one, other = (set(names) for names in result.tied)
    assert (one - other, other - one) == ({"120"}, {"160"})
    assert bids(result) == result.tied[0]
    assert next(refusal for refusal in result.not_awarded if refusal.bid == "160").explanation.endswith(
        "; it is funded in 1 of the 2 equal sets of awards found."
    )


@pytest.mark.parametrize("seed", range(3))
def test_shuffling_and_renaming_leave_the_awards_as_they_are_when_the_tie_break_decides(seed: int) -> None:
    made = instance("Poland_Warszawa_2022_Wawer", tie_break=("lower_cost",))
    dice = random.Random(seed)
    names = [one.bid for one in made.candidates]
    new = dict(zip(names, dice.sample(names, len(names)), strict=True))
    renamed = [replace(one, bid=new[one.bid]) for one in made.candidates]
    dice.shuffle(renamed)
    result, again = allocate(made), allocate(replace(made, candidates=tuple(renamed)))
    assert len(result.tied) == 1
    assert sorted(new[bid] for bid in bids(result)) == sorted(bids(again))


def test_an_allocation_that_a_default_gap_gets_wrong_is_right() -> None:
    known = json.loads((REFERENCE / "default_gap_wrong_award.json").read_text("utf-8"))
    pairs = zip(known["scores"], known["costs"], strict=True)
    made = [candidate(f"B{number:02}", score, cost) for number, (score, cost) in enumerate(pairs)]
    result = allocate(problem(made, {"kind": "budget", "limit": str(known["budget"])}, score_unit=100))
    assert (result.status, result.total_score) == ("proven", known["optimum"])
    assert bids(result) == tuple(f"B{number:02}" for number in known["optimal_set"])


@pytest.mark.parametrize("unaffordable", ["skip", "stop"])
@pytest.mark.parametrize("name", INSTANCES)
def test_best_score_first_gives_what_the_greedy_rules_of_participatory_budgets_give(
    name: str, unaffordable: str
) -> None:
    with (BUDGETS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: (-int(row["score"]), float(row["cost"]), row["bid"]))
    left, funded = float(INSTANCES[name]["budget"]), []
    for row in rows:
        if float(row["cost"]) <= left:
            left -= float(row["cost"])
            funded.append(row["bid"])
        elif unaffordable == "stop":
            break
    made = instance(name, method="priority", on_unaffordable=unaffordable, tie_break=("lower_cost",))
    result = allocate(made)
    assert len(result.tied) == 1 or set(funded) in [set(names) for names in result.tied]
    if len(result.tied) == 1:
        assert sorted(funded) == list(bids(result))
