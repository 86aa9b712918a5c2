"""All documents of the sample's run, Word and PDF among them, against scoring and dividing the budget.

Run by hand: ``python -m benchmarks.documents [turns]``. Each turn is a process of its own, as an evaluation is: what
typst and Jinja keep from one page for the next would make a second run in the same process too quick. Libraries are
imported before the clock starts. ``processor`` counts all threads and the solver's own process. The last line is the
ratio that the issue bounds by 4.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CRITERIA = ROOT / "criteria" / "community_commissioning"
BIDS = ROOT / "sample_bids" / "community_commissioning"
KINDS = ("elapsed", "processor")


def clocks() -> tuple[float, float]:
    """Give the time that passed, and the processor time of this process and of those that it waited for."""
    used = os.times()
    return time.perf_counter(), used.user + used.system + used.children_user + used.children_system


def turn() -> list[list[float]]:
    """Take both times of both sides: scoring and allocation, then the documents."""
    import docx  # noqa: F401
    import highspy  # noqa: F401
    import pulp  # noqa: F401
    import typst  # noqa: F401

    from evaluator.files.bids import read_beside, read_bids, read_monitoring
    from evaluator.files.criteria import read_criteria
    from evaluator.files.runs import rendered
    from evaluator.pipeline import Published, conclude, decide
    from evaluator.records.outcome import Run
    from evaluator.reporting import documents

    published = read_criteria(CRITERIA)
    assert published.criteria is not None
    received = read_bids(BIDS, published.criteria)
    marks = []
    stages = Published(published.criteria, published.seal)
    outcome = decide(stages, received, Run("benchmark", "0"), "equality", lambda _: marks.append(clocks()))
    marks = [marks[1], clocks()]  # from scoring on; reading and checking came before
    outcome = conclude(outcome, *read_monitoring(BIDS, published.criteria), read_beside(BIDS)[0])
    marks.append(clocks())
    assert outcome.equality is not None
    rendered(documents(outcome))
    marks.append(clocks())
    return [[end - start for start, end in zip(*marks[at : at + 2], strict=True)] for at in (0, 2)]


def main(turns: int) -> None:
    """Take turns and print each, then the ratios."""
    ratios: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for number in range(turns):
        done = subprocess.run([sys.executable, "-m", __spec__.name, "turn"], capture_output=True, check=True, cwd=ROOT)
        for kind, decided, written in zip(KINDS, *json.loads(done.stdout), strict=True):
            ratios[kind].append(written / decided)
            print(f"{number + 1}, {kind}: scoring and allocation {decided:.2f} s, documents {written:.2f} s")
    if hasattr(os, "getloadavg"):
        print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for kind in reversed(KINDS):
        least, middle, most = min(ratios[kind]), statistics.median(ratios[kind]), max(ratios[kind])
        print(f"documents / (scoring and allocation), {kind}: {middle:.2f} ({least:.2f} to {most:.2f})")


if __name__ == "__main__":
    if sys.argv[1:] == ["turn"]:
        print(json.dumps(turn()))
    else:
        main(int((sys.argv[1:] or ["5"])[0]))
