"""5,000 bids: how far the best set found within the published work can be from the best there is, and with little work.

Run by hand: ``python benchmarks/large_allocation.py [BIDS]``. The open gap in per cent of the score is printed last.
"""

import sys
import time
from unittest import mock

import allocation as made  # the script beside this one, which reads the number of bids from the same place

from evaluator.allocation import allocate
from evaluator.records.programme import allocation_policy
from evaluator.records.programme.allocation_policy import SEARCH_LIMITS, SearchLimits

LITTLE = (SearchLimits(None, 10, 1_000, 10),)


def main() -> None:
    made.BIDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    problem = made.a_problem(1)
    for name, limits in (("little work", LITTLE), ("the published work", SEARCH_LIMITS)):
        start, began = time.perf_counter(), time.process_time()
        with mock.patch.object(allocation_policy, "SEARCH_LIMITS", limits):
            found = allocate(problem)
        taken, worked = time.perf_counter() - start, time.process_time() - began
        gap = 100 * (found.upper_bound - found.total_score) / max(1, found.upper_bound)
        print(
            f"{name}: {found.status}, {len(found.awards)} awards, open gap {gap:.4f} %, {len(found.certain_in)} "
            f"bids certainly in, {len(found.certain_out)} certainly out; {taken:.1f} s in all, {worked:.1f} s of work"
        )
    print(f"{made.BIDS} bids: open gap after the published work, in per cent of the score: {gap:.4f}")


if __name__ == "__main__":
    main()
