"""Every speed that was asked for, measured in one go, as one table in Markdown.

Run by hand, from the repository's root, on an idle machine: ``python -m benchmarks > benchmarks/RESULTS.md`` (half an
hour); ``--quick`` leaves out what takes longest; names of rows measure these alone. Processor time counts, with that of
processes that were waited for, and is the same work on both sides; the time that passed stands beside it. Each row runs
in a process of its own. A row that fails says so, and the command ends with 1.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.documents import MEGABYTE, PAUSE, clocks, family, held
from benchmarks.enlarged import NAME, ROOT, enlarge

SAMPLE = (str(ROOT / "criteria" / NAME), str(ROOT / "sample_bids" / NAME))
TURNS = 3
LARGE, LARGEST = 10, 100  # times the sample: 1,300 and 13,000 bids


@dataclass(frozen=True)
class Row:
    """A figure that was asked for: what it is, at most how much, and how it is measured; ``long`` ones take minutes."""

    name: str
    title: str
    wanted: float
    measure: Callable[[], Iterator[float]]
    long: bool = False


def evaluated(*more: str) -> float:
    """Give the processor time of ``evaluate`` of the sample as a command, with nothing kept from an earlier run."""
    with tempfile.TemporaryDirectory() as folder:
        return command("evaluate", *SAMPLE, "--out", f"{folder}/out", *FRESH, *more)


def command(*words: str) -> float:
    start = clocks()[1]
    subprocess.run([sys.executable, "-m", "evaluator", *words], check=True, capture_output=True, cwd=ROOT)
    return clocks()[1] - start


def has_fresh() -> bool:
    words = [sys.executable, "-m", "evaluator", "evaluate", "--help"]
    return b"--fresh" in subprocess.run(words, check=True, capture_output=True, cwd=ROOT).stdout


FRESH = ("--fresh",) if has_fresh() else ()


def medians(one: Callable[[], float], other: Callable[[], float], turns: int = TURNS) -> Iterator[float]:
    """Take both sides in turn, and give the median of each."""
    times = [(one(), other()) for _ in range(turns)]
    for its in zip(*times, strict=True):
        yield statistics.median(its)


def explanations() -> Iterator[float]:
    yield from medians(evaluated, lambda: evaluated("--no-margins"))


def replays() -> Iterator[float]:
    with tempfile.TemporaryDirectory() as folder:
        command("evaluate", *SAMPLE, "--out", f"{folder}/out", *FRESH)
        bundle = str(next(Path(folder).rglob("bundle.zip")))
        yield from medians(lambda: command("replay", bundle), lambda: evaluated("--no-margins"))


def stage(times: int, which: str) -> float:
    """Give the processor time of one stage on the sample so many times as large, in a process of its own."""
    words = [sys.executable, "-m", "benchmarks", "stage", str(times), which]
    return float(subprocess.check_output(words, cwd=ROOT, text=True))


def timed_stage(times: int, which: str) -> float:
    from benchmarks.equality import benchmarks_of
    from evaluator.equality import assess
    from evaluator.files.audit.run_folder import rendered
    from evaluator.files.read.bids.folder import read_bids, read_external_data, read_monitoring
    from evaluator.files.read.criteria.folder import read_criteria
    from evaluator.pipeline import Published, conclude, decide
    from evaluator.records.results.outcome import Run
    from evaluator.reporting import documents
    from evaluator.scoring import score
    from evaluator.validation import validate

    with tempfile.TemporaryDirectory() as folder:
        _, bids = enlarge(times, Path(folder))
        published = read_criteria(Path(folder) / "criteria")
        criteria = published.criteria
        assert criteria is not None
        begun = clocks()[1]
        received = read_bids(bids, criteria)
        evaluation, _ = validate(criteria, received)
        read = clocks()[1]
        if which == "reading":
            return read - begun
        assert evaluation is not None
        scores = score(criteria, evaluation)
        if which == "scoring":
            return clocks()[1] - read
        outcome = decide(
            Published(criteria, published.seal), received, Run("benchmark", "0"), "equality", lambda _: None
        )
        monitoring, external = read_monitoring(bids, criteria), read_external_data(bids)[0]
        assert outcome.allocation is not None
        decided = clocks()[1]
        if which == "equality":
            assess(
                criteria, evaluation, scores, outcome.allocation, monitoring[0], benchmarks_of(criteria, external)[0]
            )
            return clocks()[1] - decided
        outcome = conclude(outcome, *monitoring, external)
        decided = clocks()[1]
        rendered(documents(outcome))
        return clocks()[1] - decided


def growing(which: str, times: int, turns: int = TURNS) -> Callable[[], Iterator[float]]:
    return lambda: medians(lambda: stage(times, which), lambda: stage(times // 10, which), turns)


def allocation(times: int, runs: int) -> Iterator[float]:
    from benchmarks.allocation_growth import compared

    yield from compared(times, runs)[:2]


def left_open(times: int) -> Iterator[float]:
    from benchmarks.allocation_growth import enlarged_problem, whole

    _, left = whole(enlarged_problem(times))
    yield from (left, 1)


def allocated_in(times: int) -> Iterator[float]:
    from benchmarks.allocation_growth import enlarged_problem, whole

    taken, _ = whole(enlarged_problem(times))
    yield from (taken, 1)


def memory(times: int) -> Iterator[float]:
    """Give the most megabytes that ``evaluate --no-margins`` held with all its processes."""
    import time

    with tempfile.TemporaryDirectory() as folder:
        criteria, bids = enlarge(times, Path(folder))
        words = [sys.executable, "-m", "evaluator", "evaluate", str(criteria), str(bids), "--no-margins", *FRESH]
        run = subprocess.Popen([*words, "--out", f"{folder}/out"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        most = 0
        while run.poll() is None:
            most = max(most, sum(map(held, family(run.pid))))
            time.sleep(PAUSE)
    assert run.returncode == 0
    yield from (most / MEGABYTE, 1)


def equality() -> Iterator[float]:
    from benchmarks.equality import compared

    yield from compared()


def large_file() -> Iterator[float]:
    from benchmarks.whole_evaluation import compared

    yield from compared(100_000, "one_evaluator")


def ranked() -> Iterator[float]:
    from benchmarks.scoring import compared

    yield from compared(100_000, "parts")


ROWS = (
    Row("explanations", "evaluate / evaluate --no-margins, the sample", 2, explanations),
    Row("replay", "replay / evaluate --no-margins, the sample", 1.8, replays),
    Row("equality", "equality / scoring and allocation, the sample", 3, equality),
    *(
        Row(f"{which}-{times}", f"{which}, {times * 130:,} bids / {times * 13:,} bids", 12, growing(which, times), long)
        for times, long in ((LARGE, False), (LARGEST, True))
        for which in ("reading", "scoring", "equality")
    ),
    Row("documents-10", "documents, 1,300 bids / 130 bids", 12, growing("documents", LARGE, 1), long=True),
    Row(
        "allocation",
        "allocation with proof, ties and second opinion / a bare solve, 1,300 bids",
        4,
        lambda: allocation(10, 3),
    ),
    Row("allocation-5000", "awards left open, 5,000 bids", 0.01, lambda: left_open(38), long=True),
    Row("seconds-5000", "seconds of an allocation, 5,000 bids", 60, lambda: allocated_in(38), long=True),
    Row("allocation-20000", "awards left open, 20,000 bids", 1, lambda: left_open(154), long=True),
    Row("memory-10", "MB of evaluate --no-margins, 1,300 bids", 900, lambda: memory(LARGE), long=True),
    Row("memory-100", "MB of evaluate --no-margins, 13,000 bids", 1_500, lambda: memory(LARGEST), long=True),
    Row("csv", "evaluate --until scoring / pandas.read_csv, 100,000 bids × 20 questions", 4.5, large_file, long=True),
    Row("scoring", "scoring and ranking / bare product and sort, 100,000 bids × 20 questions", 4, ranked),
)


def measured(row: Row) -> str:
    """Measure a row in a process of its own, and write its line."""
    start = clocks()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "row", row.name], capture_output=True, text=True, cwd=ROOT
    )
    wall = clocks()[0] - start[0]
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1].replace("|", "/")
        return f"| {row.title} | {row.wanted:g} | failed: {why} | | | {wall:.0f} |"
    one, other = json.loads(done.stdout)
    seen = f"{one / other:.2f}" if one / other < row.wanted * 1.000_001 else f"**{one / other:.2f}**"
    return f"| {row.title} | {row.wanted:g} | {seen} | {one:.3f} | {other:.3f} | {wall:.0f} |"


def main(words: Sequence[str]) -> int:
    names = [word for word in words if not word.startswith("--")]
    rows = [row for row in ROWS if row.name in names or (not names and not (row.long and "--quick" in words))]
    load = f", load {os.getloadavg()[0]:.1f} at the beginning" if hasattr(os, "getloadavg") else ""
    said = "".join(f" {word}" for word in words)
    where = (
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    )
    print("# What the benchmarks saw\n")
    print(
        f"Written by `python -m benchmarks{said}` on {datetime.now(UTC):%Y-%m-%d}, {where}{load}. Seconds are of "
        f"processor time, medians of {TURNS} runs where a row takes less than minutes; what is beyond what was wanted "
        "is bold. The last column is the time that passed.\n"
    )
    print("| Figure | Wanted, at most | Seen | One side | Other side | Seconds in all |")
    print("|---|---:|---:|---:|---:|---:|", flush=True)
    failed = False
    for row in rows:
        line = measured(row)
        failed = failed or "| failed: " in line
        print(line, flush=True)
    return int(failed)


if __name__ == "__main__":
    if sys.argv[1:2] == ["row"]:
        print(json.dumps([*next(row for row in ROWS if row.name == sys.argv[2]).measure()]))
    elif sys.argv[1:2] == ["stage"]:
        print(timed_stage(int(sys.argv[2]), sys.argv[3]))
    else:
        sys.exit(main(sys.argv[1:]))
