"""Scores nearly in proportion to cost: the whole allocation against one bare solve by HiGHS, with no gap either.

Run by hand: ``python benchmarks/hard_allocation.py``. Both sides run in turn in one process, on 20 to 100 bids; a table
of the best score for each pound spent is the referee. The median ratio is printed last.
"""

import random
import statistics
import time

import numpy as np

from evaluator.allocation import allocate
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import objective_terms
from evaluator.allocation.solvers import highs
from evaluator.allocation.solvers.work import Work
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.results.allocation import FULL, Candidate, Level, Problem

SIZES, SEEDS, BARE = (20, 30, 50, 100), (1, 2, 3), 10**9


def a_problem(seed: int, count: int) -> tuple[Problem, int]:
    """Costs of £5,000 to £10,500, scores within a hundredth of them, and the best total by the table."""
    dice = random.Random(seed)
    costs = [dice.randint(5_000, 10_500) for _ in range(count)]
    scores = [cost + dice.randint(-cost // 100, cost // 100) for cost in costs]
    limit = sum(costs) * 2 // 5
    best = np.zeros(limit + 1, dtype=np.int64)
    for score, cost in zip(scores, costs, strict=True):
        best[cost:] = np.maximum(best[cost:], best[:-cost] + score)
    rules = [{"id": "R1", "kind": "budget", "limit": str(limit)}]
    policy = AllocationPolicy.model_validate({"method": "optimise", "rule": rules})
    some = tuple(
        Candidate(bid=f"B{at:03}", theme="T", organisations=(f"O{at}",), levels=(Level(FULL, score, (cost * 100,)),))
        for at, (score, cost) in enumerate(zip(scores, costs, strict=True))
    )
    return Problem(policy, policy.rule, (), 1, some), int(best[-1])


def main() -> None:
    ratios = []
    for count in SIZES:
        for seed in SEEDS:
            problem, best = a_problem(seed, count)
            model = build(problem)
            start = time.perf_counter()
            highs.run(
                highs.handed(model.variables, model.rows, dict(objective_terms(model, "total_score"))), Work(BARE, BARE)
            )
            middle = time.perf_counter()
            found = allocate(problem)
            ours = time.perf_counter() - middle
            right = (found.status, found.total_score) == ("proven", best)
            print(
                f"{count} bids, seed {seed}: {ours:.3f} s, bare {middle - start:.3f} s; {right=}; "
                f"{'confirmed' if 'no set of awards has' in found.proof.second_opinion else 'not confirmed'}"
            )
            ratios.append(ours / (middle - start))
    print(f"whole allocation / one bare solve, least {min(ratios):.2f}, greatest {max(ratios):.2f}")
    print(f"whole allocation / one bare solve, median: {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
