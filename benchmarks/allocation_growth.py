"""The whole allocation of the sample, many times as large, against one bare solve of its first stage.

Run by hand: ``python -m benchmarks.allocation_growth TIMES [runs]``; 10 times are 1,300 bids. Scores are the sample's
own, as fine as they come. The bare side hands HiGHS the whole model of the first stage as arrays, with no gap; the
other is the awards with their proof, every tie and the second opinion. Both in processor time, CBC's process
among it; medians of the runs.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.enlarged import enlarge
from evaluator.allocation import allocate, allocation_problem
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import objective_terms
from evaluator.allocation.model.below_minimum import refuse_below_minimum
from evaluator.allocation.solvers import highs
from evaluator.allocation.solvers.work import Work
from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.records.results.allocation import Problem
from evaluator.scoring import score
from evaluator.validation import validate

BARE = 10**9  # nodes and iterations, which is any number


def processor() -> float:
    """Give the processor time of this process and of those that it waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def enlarged_problem(times: int) -> Problem:
    """Score the enlarged sample."""
    with tempfile.TemporaryDirectory() as folder:
        criteria, bids = enlarge(times, Path(folder))
        read = read_criteria(criteria).criteria
        assert read is not None
        evaluation, _ = validate(read, read_bids(bids, read))
        assert evaluation is not None
        return allocation_problem(read, evaluation, score(read, evaluation))


def bare(problem: Problem) -> float:
    """Give the seconds of one solve of the first stage."""
    model = build(refuse_below_minimum(problem))
    start = processor()
    highs.run(highs.handed(model.variables, model.rows, dict(objective_terms(model, "total_score"))), Work(BARE, BARE))
    return processor() - start


def whole(problem: Problem) -> float:
    """Give the seconds of an allocation."""
    start = processor()
    made = allocate(problem)
    taken = processor() - start
    behind = (made.upper_bound - made.total_score) / problem.score_unit
    print(f"  {made.status}, {len(made.awards)} awards, at most {behind:.2f} points below the best, {taken:.2f} s")
    return taken


def main(times: int, runs: int) -> None:
    problem = enlarged_problem(times)
    print(f"{len(problem.candidates)} candidates")
    alone, together = [], []
    for _ in range(runs):
        alone.append(bare(problem))
        together.append(whole(problem))
    one, other = statistics.median(alone), statistics.median(together)
    print(f"bare solve {one:.2f} s, whole allocation {other:.2f} s, ratio {other / one:.2f} (aim: 4)")


if __name__ == "__main__":
    main(int(sys.argv[1]), int((sys.argv[2:] or ["3"])[0]))
