"""The ledger on disk: JSON lines that only ever grow, a head beside them, and a lock while someone writes."""

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluator.records.findings.finding import Finding
from evaluator.records.ledger import Entry, Event, Head, chained, entry_of, head_of, line_of, verify

TRIES, PAUSE = 50, 0.1  # how often, and after how many seconds, a lock is asked for again


class LedgerBusyError(Exception):
    """Somebody else is writing to the ledger."""


class LedgerBrokenError(Exception):
    """The ledger is not what was written, so nothing is added to it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("the ledger does not verify")
        self.findings = findings


@dataclass(frozen=True)
class Ledger:
    """A ledger as it was read: its entries (without damaged ones), its head, and what is wrong with it."""

    entries: tuple[Entry, ...]
    head: Head | None
    findings: tuple[Finding, ...]


def read_ledger(path: Path, noted: Head | None = None) -> Ledger:
    """Read a ledger and verify it against its head file, and against a head that was noted elsewhere.

    Raises
    ------
    OSError
        Where the file cannot be read.
    """
    lines = _lines(path)
    head = _head(path)
    entries = tuple(entry for entry in map(entry_of, lines) if entry is not None)
    return Ledger(entries, head, verify(path.name, lines, head, noted))


def _lines(path: Path) -> Sequence[str]:
    text = path.read_bytes().decode("utf-8", "replace")
    *whole, rest = text.split("\n")
    return [*whole, f"{rest} (without its line break)"] if rest else whole  # what was cut short is no entry


def head_file(path: Path) -> Path:
    """Name the file that holds the head of a ledger."""
    return path.with_name(f"{path.name}.head")


def _head(path: Path) -> Head | None:
    try:
        facts = json.loads(head_file(path).read_text("utf-8"))
        return Head(int(facts["count"]), str(facts["hash"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def append(path: Path, events: Callable[[Sequence[Entry]], Iterable[Event]], who: str, when: str) -> tuple[int, Head]:
    """Add events to a ledger that verifies; a ledger that is not there is begun.

    Parameters
    ----------
    events : gives the events, from the entries that are there, once nobody else can write.
    who, when : stand in every new entry.

    Returns
    -------
    How many entries were added, and the new head.

    Raises
    ------
    LedgerBusyError
        Where somebody else is writing and does not stop within a few seconds.
    LedgerBrokenError
        Where the ledger does not verify; nothing was added.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path, who):
        begun = path.exists() or head_file(path).exists()
        ledger = read_ledger(path) if path.exists() else Ledger((), _head(path), ())
        found = ledger.findings if path.exists() else verify(path.name, [], ledger.head) if begun else ()
        if found:
            raise LedgerBrokenError(found)
        added = chained(head_of(ledger.entries), events(ledger.entries), who, when)
        head = head_of((*ledger.entries, *added))
        _write(path, added, head)
    return len(added), head


@contextlib.contextmanager
def _locked(path: Path, who: str) -> Iterator[None]:
    """Hold the ledger's lock: a file that only one can create, on every system and on shared drives."""
    lock = path.with_name(f"{path.name}.lock")
    for attempt in range(TRIES):
        try:
            handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            break
        except (FileExistsError, PermissionError) as error:
            if attempt == TRIES - 1 or (isinstance(error, PermissionError) and not lock.exists()):
                raise LedgerBusyError(_busy(lock)) from None
            time.sleep(PAUSE)
    try:
        os.write(handle, who.encode("utf-8", "replace"))
        os.close(handle)
        yield
    finally:
        lock.unlink(missing_ok=True)


def _busy(lock: Path) -> str:
    try:
        name = lock.read_text("utf-8", "replace").strip() or "Somebody"
    except OSError:
        name = "Somebody"
    return (
        f"{name} is writing to the ledger. Try again in a moment. If nobody is, because a computer stopped in the "
        f"middle of it, verify the ledger and then delete {lock}."
    )


def _write(path: Path, added: Sequence[Entry], head: Head) -> None:
    """Write the new lines to the end, then the head; each reaches the disk before the next is begun."""
    with path.open("ab") as stream:
        stream.write("".join(f"{line_of(entry)}\n" for entry in added).encode())
        stream.flush()
        os.fsync(stream.fileno())
    beside = path.with_name(f"{path.name}.head.new")
    beside.write_text(json.dumps({"count": head.count, "hash": head.hash}) + "\n", "utf-8")
    beside.replace(head_file(path))
