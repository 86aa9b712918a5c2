"""Both clocks of every benchmark, two sides in turn, and the memory of a process with all that it began."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KILOBYTES, PAUSE = 1_024, 0.05  # in a megabyte, as Linux counts; seconds between two looks at the memory


@dataclass(frozen=True)
class Times:
    """Seconds of one run: that passed, and of processors, with all threads and processes that were waited for."""

    passed: float
    worked: float

    def since(self, start: "Times") -> "Times":
        return Times(self.passed - start.passed, self.worked - start.worked)


Turns = Sequence[Times]  # one side, run after run


def now() -> Times:
    ended = os.times()
    return Times(time.perf_counter(), time.process_time() + ended.children_user + ended.children_system)


def timed(work: Callable[[], object]) -> Times:
    """Time one run, and the throwing away of what it gives."""
    start = now()
    work()
    return now().since(start)


def in_turn(*sides: Callable[[], Times], runs: int) -> tuple[Turns, ...]:
    """Let the sides take turns, so that what else the machine does falls on all of them."""
    return tuple(zip(*([side() for side in sides] for _ in range(runs)), strict=True))


def middle(turns: Turns) -> Times:
    """Give the median of each clock."""
    return Times(statistics.median(one.passed for one in turns), statistics.median(one.worked for one in turns))


def say(one: str, its: Turns, other: str, others: Turns) -> None:
    """Print both sides by both clocks, and last the ratio of the medians of processor time."""
    for name, turns in ((one, its), (other, others)):
        seen = middle(turns)
        least, most = min(turn.worked for turn in turns), max(turn.worked for turn in turns)
        print(
            f"{name}: {seen.worked:.3f} s of processor time ({least:.3f} to {most:.3f}), {seen.passed:.3f} s passed; "
            f"medians of {len(turns)}"
        )
    print(f"{one} / {other}: {middle(its).worked / middle(others).worked:.2f}")


def command(*words: str) -> Times:
    """Time a run of Python as whoever calls it waits for it, with its start."""
    return timed(lambda: subprocess.run([sys.executable, *words], check=True, capture_output=True, cwd=ROOT))


def watched(words: Sequence[str]) -> tuple[str, float]:
    """Run a process; give what it printed, and the most megabytes that it held with all that it had begun."""
    run = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    most = 0
    while run.poll() is None:
        most = max(most, sum(map(held, family(run.pid))))
        time.sleep(PAUSE)
    if run.returncode:
        raise subprocess.CalledProcessError(run.returncode, words)
    assert run.stdout is not None
    return run.stdout.read(), most / KILOBYTES


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
