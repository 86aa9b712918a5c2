"""Real budgets with known optima, proven with all ties and a second opinion, against pabutools' ILP by HiGHS.

Run by hand: ``python benchmarks/participatory_budgets.py [FOLDER]``. The folder holds one CSV file for each budget and
``expected.json``. pabutools is no dependency of ours; without it the script says so and ends. Both sides run in turn in
one process, each on what it has read before the clock starts; the least of several repeats counts.
"""

import csv
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulp

from evaluator.allocation import allocate
from evaluator.files.candidates import read_candidates
from evaluator.records.allocation import Problem
from evaluator.records.rules import AllocationPolicy

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "reference" / "participatory_budgets"
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


def least(what: Callable[[], Any]) -> tuple[float, Any]:
    times, result = [], None
    for _ in range(REPEATS):
        start = time.perf_counter()
        result = what()
        times.append(time.perf_counter() - start)
    return min(times), result


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    if not folder.is_dir():
        print(f"Left out: there is no folder {folder.name} with the budgets.")
        return
    try:
        from pabutools.rules import maxwelfare
    except ImportError:
        print("Left out: pabutools is not installed (pip install pabutools; it is no dependency of ours).")
        return
    maxwelfare.PULP_CBC_CMD = lambda msg: pulp.HiGHS(msg=msg, gapRel=0, threads=1)  # by HiGHS, as ours
    known = json.loads((folder / "expected.json").read_text("utf-8"))["instances"]
    sums = [0.0, 0.0, 0.0]
    for name, facts in sorted(known.items()):
        path = folder / f"{name}.csv"
        mine, theirs_read = our_problem(path, facts["budget"]), their_problem(path, facts["budget"])
        ours, allocation = least(lambda mine=mine: allocate(mine))
        one, _ = least(lambda read=theirs_read: theirs(*read, every=False))
        every, _ = least(lambda read=theirs_read: theirs(*read, every=True))
        right = (allocation.total_score, len(allocation.tied)) == (facts["optimum"], facts["optimal_portfolios"])
        print(f"{name}: {1000 * ours:.0f} ms; pabutools {1000 * one:.0f} ms, all ties {1000 * every:.0f} ms; {right=}")
        sums = [sums[0] + ours, sums[1] + one, sums[2] + every]
    print(f"ours with proof, ties and second opinion / pabutools, one set: {sums[0] / sums[1]:.2f}")
    print(f"ours with proof, ties and second opinion / pabutools, all ties: {sums[0] / sums[2]:.2f}")


if __name__ == "__main__":
    main()
