"""The whole allocation of the sample, many times as large, against one bare solve of its first stage.

Run by hand: ``python -m benchmarks.allocation_growth TIMES [runs]``; 10 times are 1,300 bids, 38 times nearly 5,000.
Scores are the sample's own, as fine as they come. The bare side hands HiGHS the whole model of the first stage as
arrays, with no gap; the other is the awards with their proof, every tie and the second opinion. Processor time counts,
that of CBC among it; medians of the runs. How far the awards may be from the best is told in middling awards.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.clocks import now
from benchmarks.enlarged import enlarge
from evaluator.allocation import allocate, allocation_problem
from evaluator.allocation.model.below_minimum import refuse_below_minimum
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import objective_terms
from evaluator.allocation.solvers import highs
from evaluator.allocation.solvers.work import Work
from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.records.results.allocation import Problem
from evaluator.scoring import score
from evaluator.validation import validate

BARE = 10**9  # nodes and iterations, which is any number


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
    start = now()
    highs.run(highs.handed(model.variables, model.rows, dict(objective_terms(model, "total_score"))), Work(BARE, BARE))
    return now().since(start).worked


def whole(problem: Problem) -> tuple[float, float]:
    """Give the seconds of an allocation, and how many awards its bound leaves open."""
    start = now()
    made = allocate(problem)
    taken = now().since(start).worked
    return taken, (made.upper_bound - made.total_score) * len(made.awards) / max(1, made.total_score)


def compared(times: int, runs: int) -> tuple[float, float, float]:
    """Give the seconds of the whole allocation and of the bare solve, and the awards that are left open."""
    problem = enlarged_problem(times)
    alone = [bare(problem) for _ in range(runs)]
    together, left = zip(*(whole(problem) for _ in range(runs)), strict=True)
    return statistics.median(together), statistics.median(alone), max(left)


def main(times: int, runs: int) -> None:
    other, one, left = compared(times, runs)
    print(f"at most {left:.3f} awards below the best")
    print(f"bare solve {one:.2f} s, whole allocation {other:.2f} s, ratio {other / one:.2f} (aim: 4)")


if __name__ == "__main__":
    main(int(sys.argv[1]), int((sys.argv[2:] or ["3"])[0]))
