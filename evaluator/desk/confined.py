"""Files from outside are read in a process of their own, with limits on time and memory; the server never parses them.

Where a system bounds the memory of a process (Linux), it does so; on others a watcher looks at it several times a
second and ends it. A short peak between two looks is not seen there.
"""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from evaluator.desk.processes import Child
from evaluator.files.read.limits import bound

Made = TypeVar("Made")
SECONDS = 120
MEMORY = 1024 * 1024 * 1024  # bytes of data
LOOKS = 4  # a second


class ConfinedError(Exception):
    """What was read took too long, or too much memory, or the reader broke; the text says which."""


def confined(work: Callable[..., Made], *arguments: Any, seconds: int = SECONDS, memory: int = MEMORY) -> Made:
    """Do work in a process of its own, and give what it comes to.

    Parameters
    ----------
    work : a function at the top of a module, called with the ``arguments``; these and what it gives must pickle.
    seconds, memory : after so long, or beyond so many bytes, the process is ended.

    Raises
    ------
    ConfinedError
        Where it was ended, or failed; in words that can follow “could not be read: ”.
    """
    child = Child(_quietly, (work, arguments), partial(bound, memory=memory))
    try:
        for _ in range(seconds * LOOKS):
            heard = child.hear(1 / LOOKS)
            if heard is None:
                if sys.platform != "linux" and _memory_of(child.process.pid or 0) > memory:
                    raise ConfinedError("reading it needs more memory than it is allowed")
            elif heard.kind == "done":
                made: Made = heard.what
                return made
            elif heard.kind == "failed":
                raise ConfinedError(f"reading it failed ({heard.what})")
        raise ConfinedError(f"reading it takes longer than {seconds} seconds")
    except EOFError:
        raise ConfinedError("the process that read it was ended, as for want of memory") from None
    finally:
        child.kill()


def _quietly(_: Callable[[str], None], work: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    return work(*arguments)


def _memory_of(process: int) -> int:
    """Ask how much memory a process holds, where the system does not bound it; nought where nobody knows."""
    if sys.platform == "win32":
        return _memory_on_windows(process)
    try:
        told = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, check=False)
        return int(told.stdout.strip() or 0) * 1024
    except (OSError, ValueError):
        return 0


def _memory_on_windows(process: int) -> int:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("size", wintypes.DWORD),
            ("faults", wintypes.DWORD),
            *((f"figure_{at}", ctypes.c_size_t) for at in range(8)),
        )

    windows: Any = ctypes.windll  # type: ignore[attr-defined,unused-ignore]
    handle = windows.kernel32.OpenProcess(0x1000, False, process)  # noqa: FBT003 - a C function
    if not handle:
        return 0
    held = Counters()
    held.size = ctypes.sizeof(held)
    windows.psapi.GetProcessMemoryInfo(handle, ctypes.byref(held), held.size)
    windows.kernel32.CloseHandle(handle)
    return int(held.figure_1)  # the working set
