"""All documents of the sample's run, Word and PDF among them, against scoring and dividing the budget.

Run by hand: ``python -m benchmarks.documents [turns]``. Each turn is a process of its own, as an evaluation is: what
typst and Jinja keep from one page for the next would make a second run in the same process too quick. Libraries are
imported before the clock starts. ``processor`` counts all threads and the solver's own process. The last lines are the
ratios to be held against 4: bare, and against a normal run, which also explains every decision (one turn).
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
NORMAL = "scoring and allocation with the explanations of a normal run"


def clocks() -> tuple[float, float]:
    """Give the time that passed, and the processor time of this process and of those that it waited for."""
    used = os.times()
    return time.perf_counter(), used.user + used.system + used.children_user + used.children_system


def turn(normal: bool) -> list[list[float]]:
    """Take both times of both sides: scoring and allocation, explained in a ``normal`` run, then the documents."""
    import docx  # noqa: F401
    import highspy  # noqa: F401
    import pikepdf  # noqa: F401
    import pulp  # noqa: F401
    import typst  # noqa: F401

    from evaluator.files.audit.run_folder import rendered
    from evaluator.files.read.bids.folder import read_bids, read_external_data, read_monitoring
    from evaluator.files.read.criteria.folder import read_criteria
    from evaluator.jobs.evaluate import with_explanations
    from evaluator.pipeline import Published, conclude, decide
    from evaluator.records.results.outcome import Run
    from evaluator.reporting import documents

    published = read_criteria(CRITERIA)
    assert published.criteria is not None
    received = read_bids(BIDS, published.criteria)
    marks = []
    stages = Published(published.criteria, published.seal)
    outcome = decide(stages, received, Run("benchmark", "0"), "equality", lambda _: marks.append(clocks()))
    outcome = with_explanations(outcome, lambda _: None) if normal else outcome
    marks = [marks[1], clocks()]  # from scoring on; reading and checking came before
    outcome = conclude(outcome, *read_monitoring(BIDS, published.criteria), read_external_data(BIDS)[0])
    marks.append(clocks())
    assert outcome.equality is not None
    rendered(documents(outcome))
    marks.append(clocks())
    return [[end - start for start, end in zip(*marks[at : at + 2], strict=True)] for at in (0, 2)]


def main(turns: int) -> None:
    """Take turns and print each, then the ratios."""
    sides = ("scoring and allocation", turns), (NORMAL, 1)
    ratios: dict[tuple[str, str], list[float]] = {(side, kind): [] for side, _ in sides for kind in KINDS}
    for side, number in ((side, number) for side, count in sides for number in range(count)):
        words = [sys.executable, "-m", __spec__.name, "turn", *(["normal"] if side == NORMAL else [])]
        done = subprocess.run(words, capture_output=True, check=True, cwd=ROOT)
        for kind, decided, written in zip(KINDS, *json.loads(done.stdout), strict=True):
            ratios[side, kind].append(written / decided)
            print(f"{number + 1}, {kind}: {side} {decided:.2f} s, documents {written:.2f} s")
    if hasattr(os, "getloadavg"):
        print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for (side, kind), its in ratios.items():
        print(f"documents / ({side}), {kind}: {statistics.median(its):.2f} ({min(its):.2f} to {max(its):.2f})")


if __name__ == "__main__":
    if sys.argv[1:2] == ["turn"]:
        print(json.dumps(turn("normal" in sys.argv)))
    else:
        main(int((sys.argv[1:] or ["5"])[0]))
