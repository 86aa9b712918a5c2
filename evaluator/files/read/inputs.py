"""A folder's files as they came in: each is opened once, and whoever reads, hashes or packs it is given the same bytes.

What cannot be opened, or must not be, is known by its name and the reason; nothing here waits for a pipe or a device.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source

MEGABYTE = 1024 * 1024
LARGEST = 256 * MEGABYTE  # of one file, of any kind; workbooks have a smaller limit of their own
NO_TEXT = "its name holds bytes that are no characters; give it another name"
KINDS = (
    (stat.S_ISDIR, "it is a folder"),
    (stat.S_ISFIFO, "it is a pipe, not a file"),
    (stat.S_ISSOCK, "it is a socket, not a file"),
    (stat.S_ISCHR, "it is a device, not a file"),
    (stat.S_ISBLK, "it is a device, not a file"),
)
PLAINLY = {
    errno.ENOENT: "it is not there, or is a link to what is not there",
    errno.ELOOP: "it is a link that leads back to itself",
    errno.EACCES: "this account has no permission to open it",
    errno.EPERM: "this account has no permission to open it",
}
Held = Path | bytes | str  # a file that waits to be read, what it holds, or why it cannot be read
Entries = Mapping[str, Held]
Counted = Callable[[Entries, Entries], Mapping[str, Held]]  # of files and of folders, those that count
Made = TypeVar("Made")


class UnreadableError(OSError):
    """A file that cannot be opened or must not be; ``strerror`` says why, in words, and ``filename`` which."""

    strerror: str

    def __str__(self) -> str:
        """Say why."""
        return self.strerror


def read_once(path: Path, largest: int = LARGEST) -> bytes:
    """Give the bytes of a regular file; anything else is never opened.

    Raises
    ------
    UnreadableError
        With the reason: a folder, a pipe, a device, no permission, too large.
    """
    with _opened(path) as (stream, there):
        size = min(there, largest)
        content = stream.read(size + 1)  # room for so much is made at once, so no more is asked for than is there
        content += stream.read(largest + 1 - len(content)) if len(content) > size else b""
    if len(content) > largest:
        raise UnreadableError(0, f"it has more than {largest // MEGABYTE} megabytes", str(path))
    return content


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, int]]:
    """Open a regular file, and give it with its size."""
    try:
        _need_regular(path.stat().st_mode)
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        with open(os.open(path, flags), "rb") as stream:  # noqa: PTH123 - a pipe may have come in the file's place
            facts = os.fstat(stream.fileno())
            _need_regular(facts.st_mode)
            yield stream, facts.st_size
    except (OSError, ValueError) as error:
        raise UnreadableError(0, _plainly(error), str(path)) from None


def _holds(path: Path, content: bytes) -> bool:
    """Whether a file can be read and holds these bytes: looked at in pieces, for a run's memory is fullest by then."""
    try:
        with _opened(path) as (stream, size):
            return size == len(content) and all(
                stream.read(MEGABYTE) == content[at : at + MEGABYTE] for at in range(0, size + 1, MEGABYTE)
            )
    except UnreadableError:
        return False


def _need_regular(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise UnreadableError(0, next((words for is_kind, words in KINDS if is_kind(mode)), "it is not a file"))


def _plainly(error: OSError | ValueError) -> str:
    if isinstance(error, UnreadableError):
        return error.strerror
    known = PLAINLY.get(error.errno or 0) if isinstance(error, OSError) else None
    return known or (getattr(error, "strerror", None) or str(error)).lower().rstrip(".")


class Inputs:
    """The files of a folder that count, by name; each is read when it is first asked for, and never again."""

    def __init__(self, files: Mapping[str, Held], again: "Callable[[], Inputs] | None" = None) -> None:
        self._held: dict[str, Held] = dict(sorted(files.items()))
        self._again = again
        self._read: tuple[object, object] | None = None  # what it was read for, and as what

    @classmethod
    def of(cls, folder: Path, counted: Counted, known: tuple[str, ...] = ()) -> "Inputs":
        """List a folder's files that count, without opening any.

        Parameters
        ----------
        counted : picks them from what was found.
        known : names that count as the system understands them, where capitals may not matter.
        """
        return cls(counted(*_found(folder, known)), lambda: cls.of(folder, counted, known))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files, in order."""
        return tuple(self._held)

    @property
    def held(self) -> Mapping[str, Held]:
        """The files by name, read or not."""
        return dict(self._held)

    def changed_by(self, change: "Callable[[Inputs], Mapping[str, Held]]") -> "Inputs":
        """Give the folder as a change makes it of these files; a later look at it is changed in the same way."""
        again = self._again
        return Inputs(change(self), (lambda: again().changed_by(change)) if again else None)

    def __contains__(self, name: object) -> bool:
        """Whether there is a file of this name, readable or not."""
        return name in self._held

    def content(self, name: str) -> bytes | None:
        """Give what a file held when it was first asked for; None where it cannot be read."""
        held = self._held[name] = _as_it_is(self._held[name])
        return held if isinstance(held, bytes) else None

    def read_for(self, what: object, read: Callable[[], Made]) -> Made:
        """Read the files for something, or give what they were last read as if that was for the same.

        Parameters
        ----------
        what : all that the reading follows from beside the files.
        """
        if self._read is None or self._read[0] != what:
            self._read = what, read()
        return cast(Made, self._read[1])

    def why(self, name: str) -> str:
        """Say why a file cannot be read; an empty text where it can."""
        self.content(name)
        held = self._held[name]
        return held if isinstance(held, str) else ""

    def opened(self, name: str) -> tuple[bytes | None, tuple[Finding, ...]]:
        """Give a file's bytes, or the finding that says why there are none."""
        why = self.why(name)
        return self.content(name), (finding("E-FILE-060", Source(name), why=why),) if why else ()

    def contents(self) -> dict[str, bytes]:
        """Give every file that can be read."""
        return {name: content for name in self.names if (content := self.content(name)) is not None}

    def told(self) -> bytes:
        """Give what is another as soon as one file is: each name, with the SHA-256 of what it holds or why not."""
        lines = ((name, self.content(name), self.why(name)) for name in self.names)
        return "\n".join(f"{name}\0{sha256(held or b'').hexdigest()}\0{why}" for name, held, why in lines).encode()

    def unreadable(self) -> dict[str, str]:
        """Give the files that cannot be read, with the reason."""
        return {name: why for name in self.names if (why := self.why(name))}

    def changed(self) -> tuple[Finding, ...]:
        """Look at the folder again, and find each file that is no longer what was read of it."""
        differing = self._differing() if self._again else ()
        return tuple(finding("E-FILE-062", Source(name), how=how) for name, how in differing)

    def _differing(self) -> Iterator[tuple[str, str]]:
        now = self._again()._held if self._again else self._held
        for name in sorted({*now, *self._held}):
            if name not in now or name not in self._held:
                yield name, "added" if name in now else "taken away"
            elif not isinstance(self._held[name], Path) and not _is_still(now[name], self._held[name]):
                yield name, "changed"


def _is_still(now: Held, held: Held) -> bool:
    return _holds(now, held) if isinstance(now, Path) and isinstance(held, bytes) else _as_it_is(now) == held


def _as_it_is(held: Held) -> bytes | str:
    """Read what was not read yet."""
    try:
        return read_once(held) if isinstance(held, Path) else held
    except UnreadableError as error:
        return error.strerror


def _found(folder: Path, known: tuple[str, ...]) -> tuple[dict[str, Held], dict[str, Held]]:
    """Give everything below a folder: what is no folder, and the folders, with a reason for those that do not open."""
    files: dict[str, Held] = {}
    folders: dict[str, Held] = {}
    waiting = [(folder, "")]
    while waiting:
        place, within = waiting.pop()
        try:
            entries = list(os.scandir(place))
        except OSError as error:
            folders[within.rstrip("/") or "."] = _plainly(error)
            continue
        for entry in entries:
            name = f"{within}{entry.name}"
            shown = name.encode("utf-8", "backslashreplace").decode()
            is_folder = _is_folder(entry, follow=not within)  # a link among the folder's own entries is followed
            (folders if is_folder else files)[shown] = Path(entry.path) if shown == name else NO_TEXT
            if is_folder and shown == name:
                waiting.append((Path(entry.path), f"{name}/"))
    other_names = (name for name in known if name not in files | folders and os.path.lexists(folder / name))
    return files | {name: folder / name for name in other_names}, folders


def _is_folder(entry: "os.DirEntry[str]", *, follow: bool) -> bool:
    try:
        return entry.is_dir(follow_symlinks=follow)
    except OSError:  # a link that leads back to itself
        return False


def netted(file: str, read: Callable[[], tuple[Made, tuple[Finding, ...]]]) -> tuple[Made | None, tuple[Finding, ...]]:
    """Do what one file asks for; whatever goes wrong on the way is a finding that names it, and no more than that.

    The finding does not repeat what the reader said: that could be a reply to the equality monitoring.
    """
    try:
        return read()
    except Exception as error:  # every library raises what it likes at what it did not expect
        if os.environ.get("EVALUATOR_TRACEBACK"):
            raise
        return None, (finding("E-FILE-061", Source(file), why=type(error).__name__),)
