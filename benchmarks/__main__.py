"""Every speed that was asked for, measured in one go, as one table in Markdown.

Run by hand, from the repository's root, on an idle machine: ``python -m benchmarks > benchmarks/RESULTS.md``;
``--quick`` leaves out what takes longest, and names, such as ``run csv``, measure these alone. Each measurement is a
process of its own and gives its rows as it comes to them. Processor time decides where nothing else is said, with that
of processes that were waited for; the time that passed stands beside it. A measurement that fails, takes longer than it
may, or misses a peer has a row that says so, and the command then ends with 1.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks.clocks import ROOT, Times, Turns, command, in_turn, middle, now, timed
from benchmarks.enlarged import NAME

SAMPLE = (str(ROOT / "criteria" / NAME), str(ROOT / "sample_bids" / NAME))
BARE = "evaluate --no-margins"
MOST_SECONDS = 600  # that pass in one measurement, unless it says otherwise
HEADINGS = (
    *("Figure", "Wanted, at most", "Seen", "Processor, s", "Other side, s", "Passed, s", "Other side, s", "Runs"),
)


@dataclass(frozen=True)
class Figure:
    """What was seen: a ratio of two sides, or a number of one; ``wanted`` is None where nothing was asked for."""

    title: str
    wanted: float | None
    seen: float
    one: Times
    other: Times | None
    runs: int

    @classmethod
    def read(cls, line: str) -> "Figure":
        told = json.loads(line)
        return cls(**told | {side: told[side] and Times(**told[side]) for side in ("one", "other")})

    def cells(self) -> list[str]:
        over = self.wanted is not None and self.seen > self.wanted
        seen = f"{self.seen:,.0f}" if self.seen >= 100 else f"{self.seen:.2f}"
        sides = [f"{side.worked:.3g}" if side else "" for side in (self.one, self.other)]
        sides += [f"{side.passed:.3g}" if side else "" for side in (self.one, self.other)]
        wanted = "" if self.wanted is None else f"{self.wanted:g}"
        return [self.title, wanted, f"**{seen}**" if over else seen, *sides, str(self.runs)]


Figures = Iterator[Figure]


def ratio(title: str, wanted: float | None, one: Turns, other: Turns) -> Figure:
    """Compare the medians of processor time of two sides."""
    its, others = middle(one), middle(other)
    return Figure(title, wanted, its.worked / others.worked, its, others, len(one))


def passed(title: str, wanted: float | None, turns: Turns) -> Figure:
    """Give the median of the seconds that passed."""
    return Figure(title, wanted, middle(turns).passed, middle(turns), None, len(turns))


def evaluated(*more: str) -> Times:
    """Evaluate the sample by the command, with nothing that was kept."""
    with tempfile.TemporaryDirectory() as folder:
        return command("-m", "evaluator", "evaluate", *SAMPLE, "--out", f"{folder}/out", "--fresh", *more)


def the_run() -> Figures:
    """Measure the sample's whole run, the run without explanations, and the replay of its bundle."""
    with tempfile.TemporaryDirectory() as folder:
        command("-m", "evaluator", "evaluate", *SAMPLE, "--out", f"{folder}/out", "--fresh")
        bundle = str(next(Path(folder).rglob("bundle.zip")))
        again = partial(command, "-m", "evaluator", "replay", bundle)
        whole, bare, replayed = in_turn(evaluated, partial(evaluated, "--no-margins"), again, runs=3)
    yield ratio(f"evaluate / {BARE}, the sample", 2, whole, bare)
    yield passed("seconds that pass, evaluate of the sample with everything", 10, whole)
    yield passed(f"seconds that pass, {BARE} of the sample", 5, bare)
    yield ratio(f"replay / {BARE}, the sample", 1.8, replayed, bare)


def second_run() -> Figures:
    """Measure the sample once more after one agreed mark was corrected; its bytes have to be the fresh ones."""
    from benchmarks.second_run import CORRECTIONS, turn

    turns = []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            turns.append(turn(Path(folder), CORRECTIONS[0]))
    second, bare, first = ([one[side] for one in turns] for side in ("second", "without explanations", "first report"))
    yield ratio(f"second run after an agreed mark / {BARE}", 1.3, second, bare)
    yield passed("seconds that pass until a second run's outcome.json and report", 4, first)


def check() -> Figures:
    from benchmarks.check import compared

    yield ratio("check of the sample / importing pandas", 2, *compared())


def stages() -> Figures:
    """Hold the sample's stages against what nothing of ours can make longer: scoring, and one bare solve."""
    from benchmarks.growth import grown

    found = grown(1, 3, bare=True)
    for stage in ("equality", "documents"):
        title = f"{stage} / scoring and one bare solve of the awards, 130 bids"
        yield ratio(title, None, found.stage(stage), found.stage("bare"))


def growth(times: int, runs: int, most: int) -> Figures:
    """Hold each stage, and the memory, of a programme against those of one a tenth as large."""
    from benchmarks.growth import grown

    large, small = grown(times, runs, warm=False), grown(times // 10, 3)
    bids, fewer = f"{130 * times:,} bids", f"{13 * times:,} bids"
    for stage in ("reading", "scoring", "equality", "documents"):
        yield ratio(f"{stage}, {bids} / {fewer}", 12, large.stage(stage), small.stage(stage))
    yield Figure(f"MB of {BARE}, {bids}", most, large.megabytes, middle(large.whole()), None, runs)


def allocation() -> Figures:
    from benchmarks.allocation_growth import bare, enlarged_problem, whole

    problem = enlarged_problem(10)
    sides = in_turn(lambda: timed(lambda: whole(problem)), lambda: timed(lambda: bare(problem)), runs=3)
    yield ratio("awards with proof, ties and second opinion / a bare solve, 1,300 bids", 4, *sides)


def awards(times: int, open_at_most: float, seconds: float | None) -> Figures:
    """Say how many awards are left open at most, and what the whole allocation takes."""
    from benchmarks.allocation_growth import enlarged_problem, whole

    problem, bids = enlarged_problem(times), f"{130 * times:,} bids"
    start = now()
    left = whole(problem)[1]
    its = now().since(start)
    yield Figure(f"awards left open, {bids}", open_at_most, left, its, None, 1)
    yield Figure(f"seconds of the processor, awards of {bids}", seconds, its.worked, its, None, 1)


def large_file() -> Figures:
    from benchmarks.whole_evaluation import compared

    title = "evaluate --until scoring / pandas.read_csv, 100,000 bids × 20 questions"
    yield ratio(title, 4.5, *compared(100_000, "one_evaluator"))


def ranked() -> Figures:
    from benchmarks.scoring import compared

    title = "scoring and ranking / bare product and sort, 100,000 bids × 20 questions"
    yield ratio(title, 4, *compared(100_000, "parts"))


def budgets() -> Figures:
    from benchmarks.participatory_budgets import compared

    ours, one, every = compared()
    told = "awards with proof, ties and second opinion / pabutools"
    yield ratio(f"{told}, one set, real budgets", 1, ours, one)
    yield ratio(f"{told}, all ties, real budgets", 1, ours, every)


def portfolio() -> Figures:
    from benchmarks.portfolio import compared

    two, one = compared()
    its, others = middle(two), middle(one)
    title = "portfolio verify with two workers / with one, seconds that pass"
    yield Figure(title, None, its.passed / others.passed, its, others, len(two))


@dataclass(frozen=True)
class Measurement:
    measure: Callable[[], Figures]
    long: bool = False
    seconds: int = MOST_SECONDS


MEASUREMENTS = {
    "run": Measurement(the_run),
    "second": Measurement(second_run),
    "check": Measurement(check),
    "stages": Measurement(stages),
    "growth-10": Measurement(partial(growth, 10, 3, 900), long=True),
    "growth-100": Measurement(partial(growth, 100, 1, 1_500), long=True, seconds=1_200),
    "allocation": Measurement(allocation),
    "awards-5000": Measurement(partial(awards, 38, 0.01, 60), long=True),
    "awards-20000": Measurement(partial(awards, 154, 1, None), long=True),
    "csv": Measurement(large_file),
    "scoring": Measurement(ranked),
    "budgets": Measurement(budgets),
    "portfolio": Measurement(portfolio),
}


def rows(name: str) -> Iterator[list[str]]:
    """Measure in a process of its own, and give each row as it comes; last a row that says what failed, if it did."""
    start, seconds = now(), MEASUREMENTS[name].seconds
    words = ["timeout", str(seconds), sys.executable, "-m", "benchmarks", "measure", name]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        run = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=ROOT)
        assert run.stdout is not None
        for line in filter(lambda line: line.startswith("{"), run.stdout):
            yield Figure.read(line).cells()
        code = run.wait()
        errors.seek(0)
        why = (errors.read().strip().splitlines() or ["it ended without a word"])[-1]
    print(f"{name}: {now().passed - start.passed:.0f} s", file=sys.stderr)
    if code:
        why = f"more than {seconds} s" if code == TIMED_OUT else why.replace("|", "/")
        yield [f"`{name}`", "", f"**failed**: {why}", *[""] * 5]


TIMED_OUT = 124  # what `timeout` ends with


def main(words: Sequence[str]) -> int:
    named = [word for word in words if not word.startswith("--")]
    if unknown := {*named, *words} - {*MEASUREMENTS, "--quick"}:
        sys.exit(f"No measurement is called {' or '.join(sorted(unknown))}: there are {', '.join(MEASUREMENTS)}.")
    names = named or [name for name, one in MEASUREMENTS.items() if not (one.long and "--quick" in words)]
    begun = datetime.now(UTC)
    load = f", load {os.getloadavg()[0]:.1f} at the beginning"
    where = (
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    )
    print("# What the benchmarks saw\n")
    print(
        f"Written by `python -m benchmarks{''.join(f' {word}' for word in words)}` on {begun:%Y-%m-%d}, {where}{load}. "
        "Medians of the runs. Ratios are of processor time unless the row says that seconds pass; what is beyond what "
        "was wanted is bold, and where nothing stands under wanted nobody asked for a figure.\n"
    )
    print(f"| {' | '.join(HEADINGS)} |\n|---|{'---:|' * (len(HEADINGS) - 1)}", flush=True)
    failed = False
    for name in names:
        for cells in rows(name):
            failed = failed or cells[2].startswith("**failed**")
            print(f"| {' | '.join(cells)} |", flush=True)
    print(f"\n{(datetime.now(UTC) - begun).seconds / 60:.0f} minutes in all.")
    return int(failed)


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # whoever starts a program twice has its bytecode
    if sys.argv[1:2] == ["measure"]:
        for figure in MEASUREMENTS[sys.argv[2]].measure():
            print(json.dumps(asdict(figure)), flush=True)
    else:
        sys.exit(main(sys.argv[1:]))
