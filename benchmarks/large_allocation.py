"""5,000 bids: how far the best set found in a minute can be from the best there is, and what one second gives.

Run by hand: ``python benchmarks/large_allocation.py [BIDS]``. The open gap in per cent of the score is printed last.
"""

import sys
import time
from dataclasses import replace

import allocation as made  # the script beside this one, which reads the number of bids from the same place

from evaluator.allocation import allocate


def main() -> None:
    made.BIDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    problem = made.a_problem(1)
    for seconds in (1, 60):
        policy = problem.policy.model_copy(update={"time_limit": seconds})
        start, began = time.perf_counter(), time.process_time()
        found = allocate(replace(problem, policy=policy))
        taken, worked = time.perf_counter() - start, time.process_time() - began
        gap = 100 * (found.upper_bound - found.total_score) / max(1, found.upper_bound)
        print(
            f"{seconds} s: {found.status}, {len(found.awards)} awards, open gap {gap:.4f} %, {len(found.certain_in)} "
            f"bids certainly in, {len(found.certain_out)} certainly out; {taken:.1f} s in all, {worked:.1f} s of work"
        )
    print(f"{made.BIDS} bids: open gap after 60 s, in per cent of the score: {gap:.4f}")


if __name__ == "__main__":
    main()
