"""A lock beside a file: another file that only one process can create, on every system and on shared drives.

A lock whose owner has ended is taken over. That can be known only of a process of this machine; of another machine's
the lock stands until a person takes it away.
"""

import glob
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import get_ident

TRIES, PAUSE = 50, 0.1  # how often, and after how many seconds, a lock is asked for again
FEW = 5  # of those, while Windows may still be taking away the lock before
CLOSED = "Nothing was recorded: this account may not write into {folder}. Ask for the right to, or use a copy of it."
STILL_ACTIVE, QUERY = 259, 0x1000  # Windows' words for a process that runs, and for asking no more than that


class LockedError(Exception):
    """Somebody else holds the lock; ``runs_here`` says that it is a process of this machine that still runs."""

    def __init__(self, says: str, *, runs_here: bool = False) -> None:
        super().__init__(says)
        self.runs_here = runs_here


@dataclass(frozen=True)
class Owner:
    """Who holds a lock: a person's name, and the process that they hold it by."""

    who: str
    machine: str = ""
    process: int = 0

    def is_here(self) -> bool:
        """Whether it is a process of this machine, of which it can be known whether it runs."""
        return self.machine == socket.gethostname() and self.process > 0

    def ended(self) -> bool:
        """Whether the process is known to have ended; not known, and so not so, of another machine's."""
        return self.is_here() and not runs(self.process)


@contextmanager
def locked(path: Path, who: str) -> Iterator[Owner | None]:
    """Hold the lock of a file, and give the owner that it was taken over from, if that one had ended.

    Raises
    ------
    LockedError
        Where somebody else holds it and does not let go within a few seconds.
    """
    lock = path.with_name(f"{path.name}.lock")
    before = _taken(lock, Owner(who, socket.gethostname(), os.getpid()))
    try:
        yield before
    finally:
        lock.unlink(missing_ok=True)


def _taken(lock: Path, owner: Owner) -> Owner | None:
    before: Owner | None = None
    for attempt in range(TRIES):
        try:
            _sign(lock, owner)
        except (FileExistsError, PermissionError) as error:
            held = _owner(lock)
            if held is not None and held.ended() and _cleared(lock, held, owner):
                before = held
            elif attempt >= FEW and isinstance(error, PermissionError) and not lock.exists():
                raise LockedError(CLOSED.format(folder=lock.parent)) from None
            elif attempt == TRIES - 1:
                raise _busy(lock, held) from None
            else:
                time.sleep(PAUSE)
        else:
            return before
    raise _busy(lock, _owner(lock))


def _sign(lock: Path, owner: Owner) -> None:
    """Create a lock with its owner in it, both at once, so that one who is stopped leaves no lock of nobody behind.

    Where files cannot have two names, as on some shared drives, the lock is there a moment before its owner is.
    """
    beside = lock.with_name(f".{lock.name}.{os.getpid()}-{get_ident()}.unfinished")
    for left in lock.parent.glob(f".{glob.escape(lock.name)}.*-*.unfinished"):
        process = left.name.removeprefix(f".{lock.name}.").partition("-")[0]
        if process.isdecimal() and not runs(int(process)):  # it was killed before it was done
            left.unlink(missing_ok=True)
    try:
        _write(beside, owner)
        os.link(beside, lock)
    except FileExistsError:
        raise
    except OSError:
        _write(lock, owner)
    finally:
        beside.unlink(missing_ok=True)


def _write(path: Path, owner: Owner) -> None:
    """Write a file that is not there yet; where that fails, as on a full disk, none is left behind."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(json.dumps(asdict(owner)))
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _cleared(lock: Path, ended: Owner, owner: Owner) -> bool:
    """Take away the lock of an owner that has ended, unless another process is doing so or has done so."""
    aside = lock.with_name(f"{lock.name}.ended")
    try:
        _sign(aside, owner)
    except OSError:
        other = _owner(aside)
        if other is not None and other.ended():  # in the middle of this
            aside.unlink(missing_ok=True)
        return False
    try:
        if _owner(lock) != ended:  # somebody was quicker, and holds it now
            return False
        lock.unlink(missing_ok=True)
        return True
    finally:
        aside.unlink(missing_ok=True)


def _owner(lock: Path) -> Owner | None:
    """Read who holds a lock: of one that an earlier version made the name alone; None where it cannot be read."""
    try:
        text = lock.read_text("utf-8", "replace").strip()
    except OSError:
        return None
    try:
        facts = json.loads(text)
        return Owner(str(facts["who"]), str(facts["machine"]), int(facts["process"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return Owner(text)


def _busy(lock: Path, held: Owner | None) -> LockedError:
    name = (held.who if held else "") or "Somebody"
    where = f" (process {held.process} on {held.machine})" if held and held.process else ""
    says = (
        f"{name}{where} is writing to the ledger. Try again in a moment. If nobody is, because a computer stopped in "
        f"the middle of it, verify the ledger and then delete {lock}."
    )
    return LockedError(says, runs_here=held is not None and held.is_here() and not held.ended())


def runs(process: int) -> bool:
    """Whether a process of this machine runs."""
    if sys.platform == "win32":
        return _runs_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True


def _runs_on_windows(process: int) -> bool:
    """Ask Windows: a signal of nought would end the process there."""
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.OpenProcess(QUERY, False, process)  # noqa: FBT003 - a C function
    if not handle:
        return bool(kernel.GetLastError() == 5)  # it is there, and not ours to ask
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == STILL_ACTIVE
