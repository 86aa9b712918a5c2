"""All documents of the sample's run, Word and PDF among them, against scoring and dividing the budget.

Run by hand: ``python -m benchmarks.documents [turns] [times]``. Each turn is a process of its own, as an evaluation
is: what typst and Jinja keep from one page for the next would make a second run in the same process too quick.
Libraries are imported before the clock starts; "processor" counts all threads and the solver's own process. Both sides
are printed turn by turn, then their medians and the ratio of these: the aim is 6, by processor time. With ``times``,
such as 10, the memory of the whole ``evaluate`` is measured too, on the sample so many times as large: the aim is 900
MB at 1,300 bids.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.enlarged import NAME, ROOT, enlarge

CRITERIA, BIDS = ROOT / "criteria" / NAME, ROOT / "sample_bids" / NAME
SIDES, KINDS = ("scoring and allocation", "documents"), ("elapsed", "processor")
MEGABYTE, PAUSE = 1_024, 0.05  # of the kilobytes that Linux counts; seconds between two looks at the memory


def clocks() -> tuple[float, float]:
    """Give the time that passed, and the processor time of this process and of those that it waited for."""
    used = os.times()
    return time.perf_counter(), used.user + used.system + used.children_user + used.children_system


def turn() -> list[list[float]]:
    """Take both times of both sides: scoring and allocation, then the documents."""
    import docx  # noqa: F401
    import highspy  # noqa: F401
    import pikepdf  # noqa: F401
    import pulp  # noqa: F401
    import typst  # noqa: F401

    from evaluator.files.audit.run_folder import rendered
    from evaluator.files.read.bids.folder import read_bids, read_external_data, read_monitoring
    from evaluator.files.read.criteria.folder import read_criteria
    from evaluator.pipeline import Published, conclude, decide
    from evaluator.records.results.outcome import Run
    from evaluator.reporting import documents

    published = read_criteria(CRITERIA)
    assert published.criteria is not None
    received = read_bids(BIDS, published.criteria)
    marks = []
    stages = Published(published.criteria, published.seal)
    outcome = decide(stages, received, Run("benchmark", "0"), "equality", lambda _: marks.append(clocks()))
    marks = [marks[1], clocks()]  # from scoring on; reading and checking came before
    outcome = conclude(outcome, *read_monitoring(BIDS, published.criteria), read_external_data(BIDS)[0])
    marks.append(clocks())
    assert outcome.equality is not None
    rendered(documents(outcome))
    marks.append(clocks())
    return [[end - start for start, end in zip(*marks[at : at + 2], strict=True)] for at in (0, 2)]


def speed(turns: int) -> None:
    """Take turns and print each, then the median of both sides and their ratio."""
    found: dict[tuple[str, str], list[float]] = {(side, kind): [] for side in SIDES for kind in KINDS}
    for number in range(turns):
        words = [sys.executable, "-m", __spec__.name, "turn"]
        done = subprocess.run(words, capture_output=True, check=True, cwd=ROOT)
        for side, times in zip(SIDES, json.loads(done.stdout), strict=True):
            for kind, seconds in zip(KINDS, times, strict=True):
                found[side, kind].append(seconds)
        told = (f"{kind} " + ", ".join(f"{side} {found[side, kind][-1]:.2f} s" for side in SIDES) for kind in KINDS)
        print(f"{number + 1}: {'; '.join(told)}")
    if hasattr(os, "getloadavg"):
        print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    for kind in KINDS:
        bare, written = (statistics.median(found[side, kind]) for side in SIDES)
        told = f"{SIDES[0]} {bare:.2f} s, {SIDES[1]} {written:.2f} s, {written / bare:.2f} times as long"
        print(f"{kind}, medians of {turns}: {told}")


def memory(times: int) -> None:
    """Evaluate the enlarged sample, and print the most memory that its processes had together at any time."""
    with tempfile.TemporaryDirectory() as scratch:
        criteria, bids = enlarge(times, Path(scratch))
        words = [sys.executable, "-m", "evaluator", "evaluate", str(criteria), str(bids), "--no-margins"]
        start = clocks()
        run = subprocess.Popen(
            [*words, "--out", f"{scratch}/out"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
        )
        most = 0
        while run.poll() is None:
            most = max(most, sum(map(held, family(run.pid))))
            time.sleep(PAUSE)
        elapsed, processor = (end - begun for begun, end in zip(start, clocks(), strict=True))
    assert run.returncode == 0
    print(f"evaluate --no-margins, {times} times the sample: {most // MEGABYTE:,} MB at most, with all its processes;")
    print(f"{elapsed:.0f} s elapsed, {processor:.0f} s of processor time")


def family(process: int) -> list[int]:
    """Give a process and those that it began, as Linux lists them."""
    try:
        begun = Path(f"/proc/{process}/task/{process}/children").read_text("utf-8").split()
    except OSError:
        return []
    return [process, *(one for child in begun for one in family(int(child)))]


def held(process: int) -> int:
    """Give the kilobytes that a process holds; none once it is gone."""
    try:
        lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)


def main(turns: str = "5", times: str = "") -> None:
    """Measure the speed, and with a number of times the memory."""
    speed(int(turns))
    if times:
        memory(int(times))


if __name__ == "__main__":
    if sys.argv[1:2] == ["turn"]:
        print(json.dumps(turn()))
    else:
        main(*sys.argv[1:3])
