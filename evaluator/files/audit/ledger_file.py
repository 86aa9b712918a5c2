"""The ledger on disk: JSON lines that only ever grow, a head beside them, and a lock while someone writes."""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from evaluator.files.audit.lock import Owner, locked
from evaluator.files.read.inputs import read_once
from evaluator.files.read.notation import json_of
from evaluator.files.read.remembered import once
from evaluator.records.findings.finding import Finding
from evaluator.records.ledger import (
    Entry,
    Event,
    Head,
    chained,
    entry_of,
    head_of,
    line_of,
    read_line,
    verify,
    verify_lines,
)


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
    content, head = read_once(path), _content(head_file(path))
    whole = b"\0".join((content, head if head is not None else b"none"))
    return once(("ledger", noted), path.name, whole, lambda: ledger_of(path.name, content, head, noted))


def entries_in(path: Path) -> tuple[Entry, ...]:
    """Give a ledger's entries; none where there is no ledger yet, or it cannot be read."""
    try:
        return read_ledger(path).entries
    except OSError:
        return ()


def ledger_of(name: str, content: bytes, head: bytes | None, noted: Head | None = None) -> Ledger:
    """Read and verify a ledger from what its file and its head's file hold; None where there is no such file."""
    *lines, rest = content.decode("utf-8", "replace").split("\n")
    lines += [f"{rest} (without its line break)"] if rest else []  # what was cut short is no entry
    read, said = [read_line(line) for line in lines], _head_of(head)
    entries = tuple(line.entry for line in read if line.entry is not None)
    return Ledger(entries, said, verify_lines(name, read, said, noted))


def head_file(path: Path) -> Path:
    """Name the file that holds the head of a ledger."""
    return path.with_name(f"{path.name}.head")


def _content(path: Path) -> bytes | None:
    try:
        return read_once(path)
    except OSError:
        return None


def _head_of(content: bytes | None) -> Head | None:
    try:
        facts = json_of(content or b"")
        return Head(int(facts["count"]), str(facts["hash"]))
    except (ValueError, KeyError, TypeError):
        return None


@dataclass(frozen=True)
class Appended:
    """What was added to a ledger: how many entries, the new head, and whose lock was taken over, if one was left."""

    count: int
    head: Head
    taken_over: Owner | None = None


def append(
    path: Path,
    events: Callable[[Sequence[Entry]], Iterable[Event]],
    who: str,
    when: str,
    then: Callable[[Sequence[Entry]], None] | None = None,
) -> Appended:
    """Add events to a ledger that verifies; a ledger that is not there is begun.

    Where a process was stopped in the middle of this, what it was writing is written to its end first.

    Parameters
    ----------
    events : gives the events, from the entries that are there, once nobody else can write.
    who, when : stand in every new entry.
    then : is given the new entries once they are on the disk, while still nobody else can write.

    Raises
    ------
    LockedError
        Where somebody else is writing and does not stop within a few seconds.
    LedgerBrokenError
        Where the ledger does not verify; nothing was added.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path, who) as before:
        _finish(path)
        begun = path.exists() or head_file(path).exists()
        ledger = read_ledger(path) if path.exists() else Ledger((), _head_of(_content(head_file(path))), ())
        found = ledger.findings if path.exists() else verify(path.name, [], ledger.head) if begun else ()
        if found:
            raise LedgerBrokenError(found)
        added = chained(head_of(ledger.entries), events(ledger.entries), who, when)
        head = head_of((*ledger.entries, *added))
        _write(path, added, head)
        if then is not None:
            then(added)
    return Appended(len(added), head, before)


def _write(path: Path, added: Sequence[Entry], head: Head) -> None:
    """Write the new lines to the end, then the head; each reaches the disk before the next is begun.

    What is to be written is noted first, so that whoever comes after a process that was stopped can end its work.
    """
    lines = "".join(f"{line_of(entry)}\n" for entry in added)
    noted = _noted(path)
    _to_disk(noted, json.dumps({"count": head.count, "hash": head.hash, "lines": lines}) + "\n", "wb")
    _to_disk(path, lines, "ab")
    _write_head(path, head)
    noted.unlink()


def _write_head(path: Path, head: Head) -> None:
    beside = path.with_name(f"{path.name}.head.new")
    _to_disk(beside, json.dumps({"count": head.count, "hash": head.hash}) + "\n", "wb")
    beside.replace(head_file(path))


def _to_disk(path: Path, text: str, how: Literal["wb", "ab"]) -> None:
    with path.open(how) as stream:
        stream.write(text.encode())
        stream.flush()
        os.fsync(stream.fileno())


def _noted(path: Path) -> Path:
    return path.with_name(f"{path.name}.writing")


def _finish(path: Path) -> None:
    """End what a process that was stopped had noted that it would write; a ledger that holds anything else stays."""
    noted = _noted(path)
    if not noted.exists():
        return
    try:
        facts = json_of(read_once(noted))
        lines, head = str(facts["lines"]), Head(int(facts["count"]), str(facts["hash"]))
    except (OSError, ValueError, KeyError, TypeError):  # it was stopped while it noted this, before anything else
        noted.unlink()
        return
    held = read_once(path).decode("utf-8", "replace") if path.exists() else ""
    before = "".join(f"{line}\n" for line in held.split("\n")[: head.count - lines.count("\n")])
    if not f"{before}{lines}".startswith(held):
        return
    entries = [entry_of(line) for line in f"{before}{lines}".splitlines()]
    whole = [entry for entry in entries if entry is not None]
    if len(whole) == len(entries) and head_of(whole) == head:
        _to_disk(path, f"{before}{lines}"[len(held) :], "ab")
        _write_head(path, head)
        noted.unlink()
