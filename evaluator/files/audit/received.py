"""Files as they came, each under its fingerprint and never changed, and their copies where the evaluation reads them.

The monitoring's originals lie in a folder of their own that only this account opens, as does the monitoring itself.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from evaluator.files.audit.run_folder import write_page
from evaluator.files.read.inputs import UnreadableError, read_once
from evaluator.records.office.folder import BIDS, RECEIVED

APART = "equality"  # the folder of the monitoring, in the bids and among the originals
ENDING = re.compile(r"\.[a-z0-9]{1,8}")
PREFIX = re.compile(r"[0-9a-fA-F]{8,64}")
NAMED = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,8})?")


def digest(content: bytes) -> str:
    """Give a file's fingerprint, its SHA-256."""
    return hashlib.sha256(content).hexdigest()


def keep(root: Path, content: bytes, ending: str, *, private: bool = False) -> Path:
    """Keep a file as it came under its fingerprint; one that is there already and is whole is left as it is."""
    folder = root / RECEIVED / (APART if private else "")
    plain = ending.casefold()
    path = folder / f"{digest(content)}{plain if ENDING.fullmatch(plain) else '.bin'}"
    if _content(path) != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        _only_ours(path.parent, private=private)
        write_page(path, content, private=private)
    path.chmod(0o400 if private else 0o444)
    return path


def originals(root: Path, prefix: str) -> tuple[Path, ...]:
    """Find the files as they came whose fingerprint begins so, the monitoring's too."""
    return tuple(path for path in every_original(root) if path.name.startswith(prefix.casefold()))


def every_original(root: Path) -> Iterator[Path]:
    """Give every file as it came, in order."""
    for folder in (root / RECEIVED, root / RECEIVED / APART):
        if folder.is_dir():
            yield from (path for path in sorted(folder.iterdir()) if NAMED.fullmatch(path.name) and path.is_file())


def is_whole(path: Path) -> bool:
    """Whether a file as it came still has the fingerprint that it is named by."""
    content = _content(path)
    return content is not None and digest(content) == path.name[:64]


def in_place(root: Path, place: str) -> bytes | None:
    """Give what lies in a place of the programme; None where nothing does or it cannot be read."""
    return _content(root / place)


def put(root: Path, place: str, content: bytes) -> None:
    """Put a copy in its place, whole; what lies there gives way."""
    path = root / place
    private = place.startswith(f"{BIDS}/{APART}/")
    path.parent.mkdir(parents=True, exist_ok=True)
    _only_ours(path.parent, private=private)
    write_page(path, content, private=private)


def take_out(root: Path, place: str) -> None:
    """Take a copy out of its place; the original stays."""
    (root / place).unlink(missing_ok=True)


def names_in(root: Path, folder: str) -> tuple[str, ...]:
    """List the names in a folder of the programme, in order; none where there is no such folder."""
    with suppress(OSError):
        return tuple(sorted(path.name for path in (root / folder).iterdir()))
    return ()


def files_given(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Give the files that somebody named, and those of the folders that somebody named, each once and in order."""
    found = [file for path in paths for file in (_within(path) if path.is_dir() else (path,))]
    return tuple(dict.fromkeys(found))


def _within(folder: Path) -> list[Path]:
    with suppress(OSError):
        return [path for path in sorted(folder.iterdir()) if path.is_file() and not path.name.startswith((".", "~$"))]
    return []


def _content(path: Path) -> bytes | None:
    try:
        return read_once(path)
    except UnreadableError:
        return None


def _only_ours(folder: Path, *, private: bool) -> None:
    if private:
        folder.chmod(0o700)
