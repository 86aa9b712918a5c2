"""How long the equality stage takes against scoring and allocation of the same run: ``python benchmarks/equality.py``.

Both run in turn in one process, several times; the least of each counts. The aim is a ratio under 3, bare; a second
ratio is against what a normal run does, which also explains every decision and studies how firm the awards are (once).
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from evaluator.allocation import allocate, allocation_problem, with_comparison
from evaluator.equality import assess
from evaluator.equality import read_external_data as benchmarks_of
from evaluator.files.read.bids.folder import read_bids, read_external_data, read_monitoring
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs.evaluate import with_explanations
from evaluator.pipeline import Published, decide
from evaluator.records.results.outcome import Run
from evaluator.scoring import score

ROOT = Path(__file__).resolve().parent.parent
NAME = "community_commissioning"
REPEATS = 5


def least(work: Callable[[], object], repeats: int = REPEATS) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
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

    before = least(decided)
    after = least(lambda: assess(criteria, evaluation, scores, allocation, monitoring, external))
    print(f"scoring and allocation {before:.3f} s, equality {after:.3f} s")
    print(f"equality / (scoring and allocation): {after / before:.2f}")
    normal = before + least(lambda: with_explanations(outcome, lambda _: None), 1)
    said = f"scoring and allocation with the explanations of a normal run, {normal:.1f} s"
    print(f"equality / ({said}): {after / normal:.2f}")


if __name__ == "__main__":
    main()
