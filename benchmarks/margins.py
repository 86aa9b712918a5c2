"""What would have changed each of 120 decisions, against one allocation of them.

Run by hand: ``python -m benchmarks.margins``. Both run in turn in one process, without a pool; the ratio comes last.
"""

import time

from benchmarks.allocation import a_problem
from evaluator.allocation import all_cases, allocate

SEED = 1


def main() -> None:
    problem = a_problem(SEED)
    start = time.perf_counter()
    allocation = allocate(problem)
    alone = time.perf_counter() - start
    print(f"one allocation: {allocation.status}, {alone:.2f} s")
    start = time.perf_counter()
    cases = all_cases(problem, allocation, report_progress=print)
    taken = time.perf_counter() - start
    print(f"{len(cases)} cases: {taken:.1f} s, {taken / len(cases):.2f} s a case")
    print(f"all explanations / one allocation: {taken / alone:.0f}")


if __name__ == "__main__":
    main()
