"""A programme's folder as one file, with the sum of every file and the ledger's head, and back from it.

The file has the form of a bundle: its bytes follow from its contents, so that whatever was changed in it, added to it
or hidden around it is seen before anything is written. The equality monitoring goes with it only where that was asked.
"""

import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from evaluator.files.audit import bundle as bundles
from evaluator.files.audit.equality_archive import ARCHIVE, is_apart
from evaluator.files.audit.ledger_file import Ledger, head_file, ledger_of
from evaluator.files.audit.received import APART, every_original, is_whole
from evaluator.files.audit.run_folder import land
from evaluator.files.read.inputs import UnreadableError, read_once
from evaluator.records.findings.finding import Finding
from evaluator.records.office.folder import BIDS, CACHE, FOLDERS, LEDGER, RECEIVED
from evaluator.records.texts import visible

SCHEMA = "backup/1"
WITHIN = "programme/"
PASSING = (
    ".lock",
    ".writing",
    ".head.new",
    ".unfinished",
    ".ended",
)  # of a command that runs, or of one that was stopped
PANEL = ("reports/equality-panel/",)  # the panel's edition of the figures, which no run holds
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10))]
)
STRANGE = frozenset('<>:"|?*\\')
FEW, SHOWN = 5, 100  # problems that are told, and characters of a name


@dataclass(frozen=True)
class Backup:
    """A backup as it was made: its bytes, its files, what was left out, and what is wrong with the ledger."""

    content: bytes
    count: int
    head: str
    equality: tuple[str, ...]
    left_out: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Restored:
    """What was restored: how many files, the ledger's head, whether with the monitoring, and what is damaged."""

    count: int
    head: str
    equality: bool
    damaged: tuple[str, ...]
    findings: tuple[Finding, ...]


class NoBackupError(Exception):
    """A backup cannot be made of a folder, or a file is none that can be restored; says why in words."""


def backup(root: Path, title: str, *, with_equality: bool) -> Backup:
    """Put a programme's folder into one file; nothing is written.

    Raises
    ------
    NoBackupError
        Where the folder holds more than a backup can.
    """
    every = dict(_files(root))
    apart = tuple(sorted(name for name in every if is_of_equality(name)))
    wanted = every if with_equality else {name: path for name, path in every.items() if name not in apart}
    members, unread = {}, []
    size = 0
    for name, path in sorted(wanted.items()):
        content = _content(path)
        if content is None or not _is_plain(name):
            unread.append(name)
            continue
        members[f"{WITHIN}{name}"] = content
        size += len(content)
        if size > bundles.LARGEST or len(members) >= bundles.MOST_MEMBERS:
            raise NoBackupError("it holds more than one backup can: a gigabyte, or 50,000 files")
    ledger = _ledger(members)
    head = _head_text(ledger)
    facts = {"schema": SCHEMA, "programme": title, "ledger": head, "equality": bool(with_equality and apart)}
    content = bundles.pack(bundles.manifest(facts, bundles.sums(members)), members)
    return Backup(content, len(members), head, apart, tuple(unread), ledger.findings)


def is_of_equality(name: str) -> bool:
    """Whether a file of a programme holds replies to the monitoring, or may hold them.

    >>> [is_of_equality(name) for name in ("received/equality/ab.csv", "reports/run/equality.zip", "bids/register.csv")]
    [True, True, False]
    """
    within = name.removeprefix(f"{BIDS}/")
    return (
        name.startswith((f"{BIDS}/{APART}/", f"{RECEIVED}/{APART}/", *PANEL))
        or PurePosixPath(name).name == ARCHIVE
        or (within != name and is_apart(within))
    )


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    """Give every file of a folder that is no link, no command's own and not kept for the next run, by its name."""
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        with suppress(OSError):
            for path in sorted(folder.iterdir()):
                mode = path.lstat().st_mode
                name = path.relative_to(root).as_posix()
                if stat.S_ISDIR(mode):
                    waiting += [path] if path.name != CACHE else []
                elif not name.endswith(PASSING) and not path.name.startswith("~$"):
                    yield name, path


def _content(path: Path) -> bytes | None:
    with suppress(UnreadableError):
        return None if path.is_symlink() else read_once(path)
    return None


def _is_plain(name: str) -> bool:
    """Whether every system can hold a file of this name."""
    parts = name.split("/")
    return all(
        part not in ("", ".", "..")
        and part == part.rstrip(" .")
        and part.isprintable()
        and not STRANGE & set(part)
        and part.partition(".")[0].casefold() not in RESERVED
        for part in parts
    )


def _ledger(members: Mapping[str, bytes]) -> Ledger:
    """Read the ledger among the members, which need not lie on a disk."""
    held = members.get(f"{WITHIN}{LEDGER}")
    head = members.get(f"{WITHIN}{head_file(Path(LEDGER)).name}")
    return Ledger((), None, ()) if held is None else ledger_of(LEDGER, held, head)


def restore(content: bytes, folder: Path) -> Restored:
    """Write a programme's folder from a backup: whole, or not at all.

    Raises
    ------
    NoBackupError
        Where the file is no whole backup, or holds what no backup of ours holds; nothing was written.
    OSError
        Where the folder cannot be written.
    """
    try:
        opened = bundles.unpack(content, stored=True)
    except bundles.UnreadableBundleError as error:
        raise NoBackupError(str(error).replace("bundle", "backup")) from None
    facts = opened.manifest
    names = [name for name in opened.members if name not in (bundles.MANIFEST, bundles.CLOSING)]
    why = _why_not(facts, opened.problems, names)
    if why:
        raise NoBackupError(why)
    files = {name.removeprefix(WITHIN): opened.members[name] for name in names}
    ledger = _ledger(opened.members)
    head = _head_text(ledger)
    if head != facts.get("ledger"):
        raise NoBackupError("its ledger is not the one that it was closed with")
    with_equality = any(map(is_of_equality, files))
    land(files, folder, private=with_equality)
    for name in FOLDERS:
        (folder / name).mkdir(exist_ok=True)
    for path in every_original(folder):
        path.chmod(0o400 if path.parent.name == APART else 0o444)
    damaged = tuple(path.name for path in every_original(folder) if not is_whole(path))
    return Restored(len(files), head, with_equality, damaged, ledger.findings)


def _why_not(facts: Mapping[str, Any], problems: Sequence[str], names: Sequence[str]) -> str:
    """Say why a file is not restored; empty where it is a whole backup."""
    if facts.get("schema") != SCHEMA:
        return "it is no backup of a programme"
    if problems:
        return "; ".join(problems[:FEW])
    strange = next((name for name in names if not name.startswith(WITHIN) or not _is_plain(name)), None)
    if strange is not None:
        return f"it holds a file that no programme has: {visible(strange)[:SHOWN]}"
    small = [name.casefold() for name in names]
    if len(set(small)) < len(small):
        return "two of its files have names that differ in capitals alone"
    tops = set(small) & {str(parent) for name in small for parent in PurePosixPath(name).parents}
    return f"one of its names is a file and a folder: {min(tops)}" if tops else ""


def _head_text(ledger: Ledger) -> str:
    """Write the head of a ledger that is whole; empty for one that is not, or where there is none."""
    return f"{ledger.head.count}:{ledger.head.hash}" if ledger.head and not ledger.findings else ""
