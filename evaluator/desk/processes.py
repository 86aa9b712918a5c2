"""Work in a process of its own: it ends with its parent, and whatever it started ends with it."""

import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from evaluator.records.texts import visible

Say = Callable[[str], None]
PATIENCE = 5  # seconds for a process that was killed to be gone


class Heard(NamedTuple):
    """What a process tells its parent: that it ``said`` something, is ``done``, or has ``failed``; and that thing."""

    kind: str
    what: Any


class Child:
    """A process that does one piece of work and tells how far it is."""

    def __init__(self, work: Callable[..., Any], arguments: tuple[Any, ...], limits: Callable[[], None] | None) -> None:
        """Start it at once.

        Parameters
        ----------
        work : a function that another process can import; it is called with a function that tells how far it is, and
            with the ``arguments``.
        limits : called in the process before the work.
        """
        context = get_context("spawn")
        self._hear, tell = context.Pipe(duplex=False)
        end, self._life = context.Pipe(duplex=False)  # the child ends when nobody holds the other side any more
        self.process: SpawnProcess = context.Process(target=_begin, args=(tell, end, work, arguments, limits))
        self.process.start()
        tell.close()
        end.close()

    def hear(self, seconds: float | None = None) -> Heard | None:
        """Wait for what the process says next, so long; None where it says nothing in that time.

        Raises
        ------
        EOFError
            Where it has ended without a word.
        """
        if not self._hear.poll(seconds):
            return None
        try:
            heard: Heard = self._hear.recv()
        except OSError:
            raise EOFError from None
        return heard

    def kill(self) -> None:
        """End the process, and all that it started, at once."""
        process = self.process.pid or 0
        if sys.platform == "win32":
            _kill_tree_on_windows(process)
        else:
            with suppress(ProcessLookupError, PermissionError):
                if os.getpgid(process) == process:
                    os.killpg(process, signal.SIGKILL)
        with suppress(OSError):
            self.process.kill()
        self.process.join(PATIENCE)


def _begin(
    tell: Connection, end: Connection, work: Callable[..., Any], arguments: tuple[Any, ...], limits: Any
) -> None:
    """Do the work as the leader of a group of processes of its own."""
    if sys.platform != "win32":
        os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, args=(end,), daemon=True).start()
    if limits is not None:
        limits()
    try:
        made = work(lambda text: tell.send(Heard("said", text)), *arguments)
        tell.send(Heard("done", made))
    except MemoryError:
        tell.send(Heard("failed", "It needs more memory than it is allowed."))
    except Exception as error:  # whoever waits for it tells a person, whatever it was
        tell.send(Heard("failed", mistake(error)))


def mistake(error: Exception) -> str:
    """Say what went wrong, and where; what an error says of itself could be somebody's data, unless the system says it.

    >>> mistake(PermissionError(13, "Permission denied", "/home/sam/bids"))
    'bids could not be read or written: Permission denied'
    >>> mistake(KeyError("E01 is of ethnic group 4"))
    'KeyError'
    """
    if isinstance(error, OSError) and error.strerror:
        name = Path(os.fsdecode(error.filename)).name if isinstance(error.filename, str | bytes | Path) else ""
        return f"{visible(name) or 'A file'} could not be read or written: {error.strerror}"
    frames = [one for one in traceback.extract_tb(error.__traceback__) if "evaluator" in Path(one.filename).parts]
    places = [f"{Path(one.filename).name} line {one.lineno}" for one in frames[-1:]]
    return " in ".join((type(error).__name__, *places))


def _end_with_parent(end: Connection) -> None:
    """Wait until the parent is gone, then end this process and all that it started."""
    with suppress(EOFError, OSError):
        end.recv()
    if sys.platform == "win32":
        _kill_tree_on_windows(os.getpid())
    else:
        os.killpg(0, signal.SIGKILL)


def _kill_tree_on_windows(process: int) -> None:
    with suppress(OSError):
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process)], capture_output=True, check=False)
