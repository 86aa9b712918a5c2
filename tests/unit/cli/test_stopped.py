"""Whoever stops a command is told where it stood, and finds no outcome, no temporary file and no process left over."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evaluator.cli.terminal import STOPPED

ROOT = Path(__file__).parents[3]
BIDS = 90
RULES = """method = "optimise"
[[rule]]
id = "R1"
kind = "budget"
limit = "{whole}"
[[rule]]
id = "R2"
kind = "theme_budget"
theme = "*"
limit = "{theme}"
[[rule]]
id = "R3"
kind = "capacity"
limit = "1800"
"""


def hard_case(folder: Path) -> tuple[Path, Path]:
    """Scores that are the costs, under three limits: minutes of search."""
    dice = random.Random(1)
    costs = [dice.randint(5_000, 10_500) for _ in range(BIDS)]
    lines = [f"B{at:02},T{at % 2},O{at},{cost},{cost},{dice.randint(1, 99)}" for at, cost in enumerate(costs)]
    candidates, rules = folder / "candidates.csv", folder / "rules.toml"
    candidates.write_text("\n".join(("bid,theme,organisation,score,cost,hours", *lines)), "utf-8")
    rules.write_text(RULES.format(whole=sum(costs) * 2 // 5 + 1, theme=sum(costs) * 21 // 100), "utf-8")
    return candidates, rules


def stopped(tmp_path: Path, how: signal.Signals, *options: str) -> str:
    """Stop a command in the middle of its search; give what it said."""
    temporary, proof = tmp_path / "temporary", tmp_path / "proof"
    temporary.mkdir()
    command = [sys.executable, "-m", "evaluator", "allocate", *map(str, hard_case(tmp_path)), "--proof", str(proof)]
    run = subprocess.Popen(
        [*command, *options],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # so that what it leaves running can be found
    )
    assert run.stderr is not None
    assert run.stderr.readline() == "Dividing the budget, and proving that no better division exists ...\n"
    time.sleep(2)
    os.kill(run.pid, how)
    printed, said = run.communicate(timeout=120)
    assert (run.returncode, printed) == (STOPPED, "")
    assert not proof.exists()
    assert list(temporary.iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, 0)
    return said


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_search_says_where_it_stood_and_leaves_nothing(tmp_path: Path, how: signal.Signals) -> None:
    said = stopped(tmp_path, how)
    assert re.fullmatch(
        r"Stopped at this stage: Dividing the budget, and proving that no better division exists\. The best set of "
        r"awards in hand scores \d+; none scores more than \d+\. No outcome was written\.\n",
        said,
    )


def test_the_other_solvers_process_ends_with_the_command(tmp_path: Path) -> None:
    assert stopped(tmp_path, signal.SIGINT, "--solver", "cbc").startswith("Stopped at this stage: Dividing the budget")
