"""How much sooner two workers verify a folder of bundles than one does, each a command with its start.

Run by hand: ``python -m benchmarks.portfolio [bundles]``, on a machine with two processors that are idle. Half the time
is what two workers can come to; what the cluster needs for its own start counts.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.clocks import ROOT, Turns, command, in_turn, middle

NAME, BUNDLES, RUNS = "minimal_with_price", 20, 3


def compared(bundles: int = BUNDLES) -> tuple[Turns, Turns]:
    """Give the times of two workers, and of one."""
    with tempfile.TemporaryDirectory() as folder:
        home, every = Path(folder), Path(folder) / "bundles"
        run = ("-m", "evaluator", "evaluate", str(ROOT / "criteria" / NAME), str(ROOT / "sample_bids" / NAME))
        command(*run, "--out", f"{home}/run", "--no-margins", "--fresh")
        every.mkdir()
        for number in range(bundles):
            shutil.copy(home / "run" / "bundle.zip", every / f"{number:03}.zip")
        verify = ("-m", "evaluator", "portfolio", "verify", str(every), "--workers")
        outs = iter(range(2 * RUNS))
        two, one = in_turn(
            *(lambda n=n: command(*verify, n, "--out", f"{home}/out-{next(outs)}") for n in ("2", "1")), runs=RUNS
        )
    return two, one


if __name__ == "__main__":
    two, one = compared(*map(int, sys.argv[1:2]))
    for name, turns in (("two workers", two), ("one worker", one)):
        seen = middle(turns)
        print(f"{name}: {seen.passed:.1f} s passed, {seen.worked:.1f} s of processor time; medians of {len(turns)}")
    print(f"two workers / one, seconds that passed: {middle(two).passed / middle(one).passed:.2f}")
