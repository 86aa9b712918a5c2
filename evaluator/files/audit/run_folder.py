"""Runs out: a folder of documents that appears whole or not at all."""

import errno
import hashlib
import json
import os
import re
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from evaluator.files.audit.equality_archive import ARCHIVE
from evaluator.files.audit.lock import runs
from evaluator.files.write.forms import Later, further_forms
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.records.documents import Document, Workbook
from evaluator.records.work import without_searches

WAITING = ("docx", "pdf")
MARK = "manifest.json"  # every run folder has one
UNFINISHED, OLD = ".unfinished", ".old"
FIRST = "unfinished.txt"  # of a folder with the first report of a run
AT_WORK = """The report in this folder is not complete: the run that writes it is at work, or was stopped.
As soon as it is done, the whole run takes the place of this folder. If it was stopped, evaluate again.
"""
MANY = 1000  # numbers that are tried for a name that is not taken
LEFT = re.compile(r"\.(?P<name>.*)\.[0-9a-f]{8}-(?P<process>[0-9]{1,9})-[a-z0-9_]+(?P<kind>\.unfinished|\.old)")


def rendered(documents: Iterable[Document]) -> dict[str, bytes]:
    """Give each document's bytes by its name: texts in UTF-8, workbooks as XLSX, and the further forms of a page.

    Where documents are made one by one as they are asked for, the first are set while the next are written.
    """
    from evaluator.files.write.compiled_templates import keep_compiled  # it loads Jinja, which few commands need

    keep_compiled()
    # One helper sets all pages: what typst loads and keeps is there once.
    with without_searches(), ThreadPoolExecutor(1) as helper:
        begun: dict[str, Later] = {}
        for document in documents:
            begun[document.name] = partial(_bytes, document.content)
            begun |= further_forms(document, helper)
        # Word files wait for their pictures and PDFs for the whole of their pages, so they are asked for last.
        made = {name: begun[name]() for name in sorted(begun, key=_patience)}
    return {name: made[name] for name in begun}


def _patience(name: str) -> int:
    return WAITING.index(name.rsplit(".", 1)[-1]) if name.endswith(WAITING) else -1


def _bytes(content: str | bytes | Workbook) -> bytes:
    if isinstance(content, Workbook):
        return workbook_bytes(content)
    return content.encode() if isinstance(content, str) else content


def is_run(folder: Path) -> bool:
    """Whether a folder is one that a run has written."""
    return (folder / MARK).is_file()


def is_first(folder: Path) -> bool:
    """Whether a folder holds the first report of a run that is at work, or was stopped: whole runs take its place."""
    return (folder / FIRST).is_file()


@contextmanager
def first_report(place: Callable[[str], Path]) -> Iterator[Callable[[str, Mapping[str, bytes]], None]]:
    """Give what puts the first files of a run into its folder, where nothing else is; without a whole run they go.

    Parameters
    ----------
    place : the folder of a run, by its name.
    """
    there: list[Path] = []

    def put(run: str, files: Mapping[str, bytes]) -> None:
        folder = _behind_links(place(run))
        if folder.exists() and not is_first(folder):
            return
        with suppress(OSError):  # the whole run will say why it cannot be written
            land({**files, FIRST: f"{AT_WORK}{_mark()}\n".encode()}, folder, private=True)
            there.append(folder)

    try:
        yield put
    finally:
        for folder in filter(is_first, there):
            shutil.rmtree(folder, ignore_errors=True)


def land(files: Mapping[str, bytes], folder: Path, *, private: bool = False) -> None:
    """Write files beside the folder and move them into place in one step; an earlier run there gives way.

    A reader, or a power cut, finds the old run, no run, or the new one: never a part of one. A folder that is named by
    a link is written where the link leads. What holds personal data is ``private``: nobody but this account opens it;
    with the monitoring as received it always is.

    Raises
    ------
    OSError
        Where nothing can be written, with the reason.
    """
    folder = _behind_links(folder)
    private = private or ARCHIVE in files
    folder.parent.mkdir(parents=True, exist_ok=True)
    sweep(folder.parent)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.{_mark()}", suffix=UNFINISHED, dir=folder.parent))
    try:
        for name, content in files.items():
            (beside / name).parent.mkdir(parents=True, exist_ok=True, mode=0o700 if private else 0o777)
            _write(beside / name, content, private=private)
        beside.chmod((0o700 if private else 0o777) & ~_umask())
        if folder.exists():
            old = beside.with_suffix(OLD)
            folder.rename(old)
            beside.replace(folder)
            shutil.rmtree(old)
        else:
            beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Take away what runs of this account that were killed on this machine left in a folder, unfinished."""
    for path in folder.glob(f"*/{FIRST}"):
        if _was_left(path):
            shutil.rmtree(path.parent, ignore_errors=True)
    for path in folder.glob(f".*.{_machine()}-*"):
        found = LEFT.fullmatch(path.name)
        if found is None or not path.is_dir() or path.is_symlink() or not _is_ours(path) or runs(int(found["process"])):
            continue
        if found["kind"] == UNFINISHED or (folder / found["name"]).exists():  # else the old run is all that there is
            shutil.rmtree(path, ignore_errors=True)


def _was_left(mark: Path) -> bool:
    """Whether a first report is of a run of this account that was killed on this machine."""
    with suppress(OSError, ValueError):
        head, machine, process = mark.read_text(encoding="utf-8").rstrip("-\n").rpartition(f"{_machine()}-")
        ours = bool(machine) and head == AT_WORK and not mark.parent.is_symlink() and _is_ours(mark)
        return ours and not runs(int(process))
    return False


def _mark() -> str:
    """Give what names a folder as that of this process of this machine."""
    return f"{_machine()}-{os.getpid()}-"


def _machine() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


def _is_ours(path: Path) -> bool:
    return not hasattr(os, "geteuid") or path.stat().st_uid == os.geteuid()


def _behind_links(folder: Path) -> Path:
    """Give the folder that a link leads to, there or not yet there."""
    try:
        return folder.resolve() if folder.is_symlink() else folder
    except (OSError, RuntimeError):
        raise OSError(errno.ELOOP, "it is a link that leads back to itself", str(folder)) from None


def _umask() -> int:
    """Ask for the permissions that this account leaves off; they can only be asked for by setting them."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _write(path: Path, content: bytes, *, private: bool) -> None:
    flags = os.O_CREAT | os.O_WRONLY | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags, 0o600 if private else 0o666), "wb") as stream:  # noqa: PTH123 - with its permissions
        stream.write(content)


def write_page(path: Path, content: str | bytes, *, private: bool = False) -> None:
    """Write one page or other file of its own, whole or not at all; what is there gives way."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if private else 0o777)
    beside = path.with_name(f".{path.name}.unfinished")
    beside.unlink(missing_ok=True)  # of a run that was killed, with the permissions of that one
    try:
        _write(beside, content.encode() if isinstance(content, str) else content, private=private)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def run_status(run: Path | Mapping[str, bytes]) -> str:
    """Give what a run came to, with its fingerprint when it was finished: two runs of the same are the same text.

    What was kept apart counts by its bytes, because the fingerprint may say nothing of them.
    """
    names = (MARK, ARCHIVE)
    held = {n: (run / n).read_bytes() for n in names if (run / n).is_file()} if isinstance(run, Path) else run
    facts = json.loads(held[MARK])
    apart = hashlib.sha256(held.get(ARCHIVE, b"")).hexdigest()
    return "blocked" if facts["status"] == "blocked" else f"{facts['status']} {facts['run']} {apart}"


def write_new(content: bytes, path: Path, *, private: bool = False) -> bool:
    """Write a file whole; a file that is there already is left as it is, and False is given unless it is the same."""
    if path.exists():
        return path.is_file() and path.read_bytes() == content
    write_page(path, content, private=private)
    return True


def unused(path: Path) -> Path:
    """Give a path that is not taken: the one wanted, or the next with a number."""
    names = (path, *(path.with_name(f"{path.stem}-{number}{path.suffix}") for number in range(2, MANY)))
    return next((one for one in names if not one.exists()), path)
