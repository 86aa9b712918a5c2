"""How long the equality stage takes against scoring and allocation of the same run: ``python -m benchmarks.equality``.

Both run in turn in one process; medians of their processor time count, CBC's among it. The aim is a ratio under 3. What
else a run does, such as explanations, is no part of what it is held against: that would hide it.
"""

import statistics
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.documents import clocks
from evaluator.allocation import allocate, allocation_problem, with_comparison
from evaluator.equality import assess
from evaluator.equality import read_external_data as benchmarks_of
from evaluator.files.read.bids.folder import read_bids, read_external_data, read_monitoring
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.pipeline import Published, decide
from evaluator.records.results.outcome import Run
from evaluator.scoring import score

ROOT = Path(__file__).resolve().parent.parent
NAME = "community_commissioning"
REPEATS = 5


def seconds(work: Callable[[], object]) -> float:
    """Give the processor time of one run, with that of processes that it waited for."""
    start = clocks()
    work()
    return clocks()[1] - start[1]


def compared() -> tuple[float, float]:
    """Give the seconds of the equality stage, and of scoring and allocation."""
    published, bids = read_criteria(ROOT / "criteria" / NAME), ROOT / "sample_bids" / NAME
    criteria = published.criteria
    if criteria is None:
        sys.exit("the sample's criteria cannot be read")
    run = Published(criteria, published.seal)
    outcome = decide(run, read_bids(bids, criteria), Run("benchmark", "0"), "allocation", lambda _: None)
    evaluation, scores, allocation = outcome.evaluation, outcome.scores, outcome.allocation
    if evaluation is None or scores is None or allocation is None:
        sys.exit("the sample has no allocation")
    monitoring, _ = read_monitoring(bids, criteria)
    external, _ = benchmarks_of(criteria, read_external_data(bids)[0])

    def decided() -> object:
        problem = allocation_problem(criteria, evaluation, score(criteria, evaluation))
        return with_comparison(problem, allocate(problem))

    def assessed() -> object:
        return assess(criteria, evaluation, scores, allocation, monitoring, external)

    times = [(seconds(assessed), seconds(decided)) for _ in range(REPEATS)]
    after, before = (statistics.median(its) for its in zip(*times, strict=True))
    return after, before


def main() -> None:
    after, before = compared()
    print(f"scoring and allocation {before:.3f} s, equality {after:.3f} s")
    print(f"equality / (scoring and allocation): {after / before:.2f}")


if __name__ == "__main__":
    main()
