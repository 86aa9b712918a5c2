"""Real budgets with known optima, proven with all ties and a second opinion, against pabutools' ILP by HiGHS.

Run by hand: ``python -m benchmarks.participatory_budgets``. pabutools is no dependency of ours, and is to be installed
for this; without it the script fails. The sides run in turn in one process, each on what it has read before the clock
starts, on every budget; medians of the runs count. Instances that one budget alone decides are counted in whole
numbers, and HiGHS gives the second opinion.
"""

import csv
import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pulp

from benchmarks.clocks import ROOT, Times, Turns, in_turn, say, timed
from evaluator.allocation import allocate
from evaluator.files.read.candidates.candidates import read_candidates
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.results.allocation import Problem

FOLDER = ROOT / "tests" / "reference" / "participatory_budgets"
REPEATS = 5


def our_problem(path: Path, budget: str) -> Problem:
    facts = {"method": "optimise", "rule": [{"id": "R1", "kind": "budget", "limit": budget}]}
    policy = AllocationPolicy.model_validate(facts)
    read = read_candidates(path, policy)
    return Problem(policy, policy.rule, read.years, read.score_unit, read.candidates)


def their_problem(path: Path, budget: str) -> tuple[Any, Any]:
    from pabutools.election import CardinalBallot, CardinalProfile, Instance, Project

    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    projects = {row["bid"]: Project(row["bid"], round(float(row["cost"]) * 100)) for row in rows}
    instance = Instance(projects.values(), budget_limit=int(budget) * 100)
    ballot = CardinalBallot({projects[row["bid"]]: int(float(row["score"])) for row in rows})
    return instance, CardinalProfile([ballot], instance=instance)


def theirs(instance: Any, profile: Any, every: bool) -> Any:
    from pabutools.election import Additive_Cardinal_Sat
    from pabutools.rules import max_additive_utilitarian_welfare as rule
    from pabutools.rules.maxwelfare import MaxAddUtilWelfareAlgo

    return rule(
        instance, profile, Additive_Cardinal_Sat, resoluteness=not every, inner_algo=MaxAddUtilWelfareAlgo.ILP_SOLVER
    )


def compared() -> list[Turns]:
    """Give the times of all budgets together: ours, pabutools' one set, and all its ties."""
    from pabutools.rules import maxwelfare

    maxwelfare.PULP_CBC_CMD = lambda msg: pulp.HiGHS(msg=msg, gapRel=0, threads=1)  # by HiGHS, as ours
    known = json.loads((FOLDER / "expected.json").read_text("utf-8"))["instances"]
    found = [one_budget(name, facts) for name, facts in sorted(known.items())]
    return [[together(turn) for turn in zip(*its, strict=True)] for its in zip(*found, strict=True)]


def together(each: Sequence[Times]) -> Times:
    return Times(sum(one.passed for one in each), sum(one.worked for one in each))


def one_budget(name: str, facts: Mapping[str, Any]) -> tuple[Turns, ...]:
    """Time all three on one budget, and hold what ours comes to against what is known."""
    path = FOLDER / f"{name}.csv"
    mine, read = our_problem(path, facts["budget"]), their_problem(path, facts["budget"])
    made = allocate(mine)
    assert (made.total_score, len(made.tied)) == (facts["optimum"], facts["optimal_portfolios"]), name
    assert made.status == "proven", name
    assert "no set of awards has" in made.proof.second_opinion, name
    sides = (partial(allocate, mine), partial(theirs, *read, every=False), partial(theirs, *read, every=True))
    return in_turn(*(partial(timed, side) for side in sides), runs=REPEATS)


def main() -> None:
    ours, one, every = compared()
    say("ours with proof, ties and second opinion", ours, "pabutools, one set", one)
    say("ours with proof, ties and second opinion", ours, "pabutools, all ties", every)


if __name__ == "__main__":
    main()
