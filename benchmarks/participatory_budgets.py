"""Real budgets with known optima, proven with all ties and a second opinion, against pabutools' ILP by HiGHS.

Run by hand: ``python benchmarks/participatory_budgets.py [FOLDER]``. The folder holds one CSV file for each budget and
``expected.json``. pabutools is no dependency of ours; without it the script says so and ends. Both sides run in turn in
one process, each on what it has read before the clock starts; the least of several repeats counts. Instances that one
budget alone decides are counted in whole numbers, and HiGHS gives the second opinion.
"""

import csv
import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import pulp

from evaluator.allocation import allocate
from evaluator.files.read.candidates.candidates import read_candidates
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.results.allocation import Problem

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "reference" / "participatory_budgets"
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


def in_turn(*sides: Callable[[], Any]) -> tuple[list[float], Any]:
    """Time every side in turn, several times; give the least of each, and what the first came to."""
    times: list[list[float]] = [[] for _ in sides]
    for _ in range(REPEATS):
        for side, its in zip(sides, times, strict=True):
            start = time.perf_counter()
            side()
            its.append(time.perf_counter() - start)
    return [min(its) for its in times], sides[0]()


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    if not folder.is_dir():
        sys.exit(f"There is no folder {folder.name} with the budgets, so that nothing was compared.")
    try:
        from pabutools.rules import maxwelfare
    except ImportError:
        sys.exit(
            "pabutools is not installed (pip install pabutools; it is no dependency of ours): nothing was compared."
        )
    maxwelfare.PULP_CBC_CMD = lambda msg: pulp.HiGHS(msg=msg, gapRel=0, threads=1)  # by HiGHS, as ours
    known = json.loads((folder / "expected.json").read_text("utf-8"))["instances"]
    sums, ratios = [0.0, 0.0, 0.0], []
    for name, facts in sorted(known.items()):
        path = folder / f"{name}.csv"
        mine, read = our_problem(path, facts["budget"]), their_problem(path, facts["budget"])
        sides = (partial(allocate, mine), partial(theirs, *read, every=False), partial(theirs, *read, every=True))
        (ours, one, every), allocation = in_turn(*sides)
        right = (allocation.total_score, len(allocation.tied)) == (facts["optimum"], facts["optimal_portfolios"])
        right = right and allocation.status == "proven" and "no set of awards has" in allocation.proof.second_opinion
        ratios.append(ours / one)
        print(
            f"{name}: {1000 * ours:.1f} ms; pabutools {1000 * one:.1f} ms, all ties {1000 * every:.1f} ms; "
            f"ratio {ours / one:.2f}; {right=}"
        )
        sums = [sums[0] + ours, sums[1] + one, sums[2] + every]
    print(f"ratio to one set, file by file: {min(ratios):.2f} to {max(ratios):.2f}, median {median(ratios):.2f}")
    print(f"ours with proof, ties and second opinion / pabutools, all ties: {sums[0] / sums[2]:.2f}")
    print(f"ours with proof, ties and second opinion / pabutools, one set: {sums[0] / sums[1]:.2f}")


if __name__ == "__main__":
    main()
