"""All documents of the sample's run, Word and PDF among them, against scoring and dividing the budget.

Run by hand: ``python benchmarks/documents.py [repeats]``. Both sides run in turn in one process. The best of each
counts. The ratio is printed last.
"""

import sys
import time
from pathlib import Path

from evaluator.files.bids import read_bids, read_monitoring
from evaluator.files.criteria import read_criteria
from evaluator.files.runs import rendered
from evaluator.pipeline import Published, conclude, decide
from evaluator.records.outcome import Run
from evaluator.reporting import documents

ROOT = Path(__file__).resolve().parents[1]
CRITERIA = ROOT / "criteria" / "community_commissioning"
BIDS = ROOT / "sample_bids" / "community_commissioning"


def main(repeats: int) -> None:
    """Time both sides and print the least of each, and their ratio."""
    published = read_criteria(CRITERIA)
    assert published.criteria is not None
    received = read_bids(BIDS, published.criteria)
    least = [float("inf")] * 2
    for number in range(repeats):
        marks: list[float] = []
        outcome = decide(
            Published(published.criteria, published.seal),
            received,
            Run("benchmark", "0"),
            "equality",
            lambda _, marks=marks: marks.append(time.perf_counter()),
        )
        decided = time.perf_counter() - marks[1]  # from scoring on
        outcome = conclude(outcome, *read_monitoring(BIDS, published.criteria))
        start = time.perf_counter()
        files = rendered(documents(outcome))
        written = time.perf_counter() - start
        least = [min(pair) for pair in zip(least, (decided, written), strict=True)]
        print(f"{number + 1}: scoring and allocation {decided:.2f} s, {len(files)} documents {written:.2f} s")
    print(f"documents / (scoring and allocation): {least[1] / least[0]:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
