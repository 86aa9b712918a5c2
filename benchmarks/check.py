"""How long `check` of the sample takes, against `python -c "import pandas"`: the aim is under 2.

Run by hand: ``python -m benchmarks.check [runs]``. Both are commands with their start, in turn.
"""

import sys
from functools import partial

from benchmarks.clocks import Turns, command, in_turn, say


def compared(runs: int = 7) -> tuple[Turns, Turns]:
    """Give the times of the check, and of importing pandas."""
    ours = partial(command, "-m", "evaluator", "check", "criteria/community_commissioning")
    ours()  # whoever looks twice has the bytecode
    check, bare = in_turn(ours, partial(command, "-c", "import pandas"), runs=runs)
    return check, bare


if __name__ == "__main__":
    checked, imported = compared(*map(int, sys.argv[1:2]))
    say("check", checked, "import pandas", imported)
