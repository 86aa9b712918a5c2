"""How long `check` of the sample takes, against `python -c "import pandas"`: the aim is under 2.

Run from the repository's root: python benchmarks/check.py
"""

import os
import subprocess
import sys
import time

SIDES = {
    "check": (sys.executable, "-m", "evaluator", "check", "criteria/community_commissioning"),
    "import pandas": (sys.executable, "-c", "import pandas"),
}
TIMES = 7


def seconds(command: tuple[str, ...]) -> float:
    """Give the processor time of one run, which other work on the machine disturbs less than the clock's."""
    before = os.times()
    subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def main() -> None:
    """Run both sides in turn, and print the least of each and their ratio."""
    started = time.perf_counter()
    found = [{name: seconds(command) for name, command in SIDES.items()} for _ in range(TIMES)]
    least = {name: min(one[name] for one in found) for name in SIDES}
    for name, taken in least.items():
        print(f"{name}: {taken:.2f} s of processor time, the least of {TIMES}")
    print(f"{time.perf_counter() - started:.0f} s in all")
    print(f"ratio: {least['check'] / least['import pandas']:.2f} (aim: under 2)")


if __name__ == "__main__":
    main()
