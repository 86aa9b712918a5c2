"""Work in processes of its own: bounded, told of, ended with all that it started, and gone with whoever began it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from evaluator.desk.confined import ConfinedError, confined
from evaluator.desk.work import Work
from evaluator.files.audit.lock import runs
from tests.desk import tasks
from tests.desk.served import ROOT

PARENT = """
import sys, time
from evaluator.desk.work import Work
from tests.desk import tasks
if __name__ == "__main__":
    piece = Work().begin("Sleep", "k", "/", tasks.sleep_with_a_child, 600)
    while not piece.said:
        time.sleep(0.02)
    print(piece.said[0], flush=True)
    time.sleep(600)
"""


def soon(holds: Callable[[], bool], seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.05)
    return False


def alive(process: int) -> bool:
    """Whether a process runs; one that has ended and was not yet taken leave of does not."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii") as stream:  # noqa: PTH123 - no file that stays
            return stream.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False if os.path.isdir("/proc/self") else runs(process)  # noqa: PTH112


def test_what_is_read_is_given_back() -> None:
    assert confined(tasks.hold, 10) == 10 * 1024 * 1024


@pytest.mark.parametrize(
    ("work", "given", "words"),
    [
        (tasks.hold, 900, "more memory than it is allowed"),
        (tasks.fail, None, r"ValueError in confined.py line [0-9]+\)"),
        (tasks.vanish, None, "was ended"),
    ],
)
def test_what_breaks_while_it_is_read_is_told(work, given, words) -> None:
    with pytest.raises(ConfinedError, match=words):
        confined(work, *([given] if given else []), memory=300 * 1024 * 1024)


def test_what_takes_too_long_to_read_is_ended() -> None:
    begun = time.monotonic()
    with pytest.raises(ConfinedError, match="longer than 2 seconds"):
        confined(tasks.wait, 60, seconds=2)
    assert time.monotonic() - begun < 10


def test_work_tells_its_stages_and_what_it_came_to() -> None:
    work = Work()
    piece = work.begin("Count", "count", "/", tasks.count, 3)
    assert soon(lambda: piece.state != "running")
    assert (piece.state, piece.said) == ("done", ["Stage 1", "Stage 2", "Stage 3"])
    assert piece.ended is not None
    assert (piece.ended.says, piece.ended.facts) == (("Counted to 3",), 3)


def test_one_kind_of_work_runs_once_at_a_time() -> None:
    work = Work()
    one, two = (work.begin("Sleep", "same", "/", tasks.sleep_with_a_child, 600) for _ in range(2))
    other = work.begin("Count", "other", "/", tasks.count, 1)
    assert one is two
    assert other is not one
    work.end()
    assert soon(lambda: {one.state, other.state} <= {"stopped", "done"})


def test_work_that_is_stopped_ends_with_all_that_it_started() -> None:
    work = Work()
    piece = work.begin("Sleep", "k", "/", tasks.sleep_with_a_child, 600)
    assert soon(lambda: bool(piece.said))
    processes = [int(one) for one in piece.said[0].split()]
    assert all(map(alive, processes))
    work.stop(piece.number)
    assert piece.state == "stopped"
    assert soon(lambda: not any(map(alive, processes)))


@pytest.mark.parametrize(
    ("work", "says"),
    [
        (tasks.wait_for_the_ledger, ["Ann Other is writing to the ledger."]),
        (tasks.find_the_ledger_changed, ["ledger is not what was written", "E-LEDGER-001"]),
    ],
)
def test_work_that_the_ledger_keeps_from_its_end_says_why(work, says) -> None:
    piece = Work().begin("Record", "k", "/", work)
    assert soon(lambda: piece.state != "running")
    assert piece.ended is not None
    assert not piece.ended.good
    assert all(words in told for words, told in zip(says, piece.ended.says, strict=True))


def test_a_mistake_of_ours_is_told_and_harms_nothing_else() -> None:
    work = Work()
    piece = work.begin("Break", "k", "/", tasks.break_down)
    assert soon(lambda: piece.state == "failed")
    assert piece.ended is not None
    assert piece.ended.says[0].startswith("RuntimeError in work.py line ")  # and none of its words


@pytest.mark.skipif(sys.platform == "win32", reason="signals that cannot be caught are of other systems")
def test_work_ends_with_a_desk_that_was_killed() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, env=environment)
    assert parent.stdout is not None
    processes = [int(one) for one in parent.stdout.readline().split()]
    assert all(map(alive, processes))
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    assert soon(lambda: not any(map(alive, processes)))
