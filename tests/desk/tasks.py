"""Work for tests, at the top of a module so that another process can import it."""

import os
import subprocess
import sys
import time

from evaluator.desk.work import Ended
from evaluator.files.audit.ledger_file import LedgerBrokenError
from evaluator.files.audit.lock import LockedError
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Source

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]


def hold(megabytes: int) -> int:
    return len(bytearray(megabytes * 1024 * 1024))


def wait(seconds: float) -> str:
    time.sleep(seconds)
    return "waited"


def fail() -> None:
    raise ValueError("sheet 2 is no sheet")


def vanish() -> None:
    os._exit(1)


def count(say, to):
    for at in range(to):
        say(f"Stage {at + 1}")
    return Ended((f"Counted to {to}",), facts=to)


def sleep_with_a_child(say, seconds):
    child = subprocess.Popen(SLEEPER)
    say(f"{os.getpid()} {child.pid}")
    time.sleep(seconds)
    return Ended(("Slept",))


def wait_for_the_ledger(say):
    raise LockedError("Ann Other is writing to the ledger.")


def find_the_ledger_changed(say):
    raise LedgerBrokenError((finding("E-LEDGER-001", Source("ledger.jsonl")),))


def break_down(say):
    raise RuntimeError("a mistake of ours")
