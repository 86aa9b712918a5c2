"""Bounds that a process sets on itself, where its system has them: memory, and processor time."""

import sys
from contextlib import suppress

NO_FILE = 0


def bound(*, memory: int, seconds: int = 0) -> None:
    """Let this process have no more memory for data, and no more processor time; none of it on Windows.

    Parameters
    ----------
    memory : bytes; beyond them Python raises MemoryError.
    seconds : of processor time, after which the system ends the process; 0: as many as it likes.
    """
    if sys.platform == "win32":
        return
    import resource

    wanted = [(resource.RLIMIT_DATA, memory), (resource.RLIMIT_CORE, NO_FILE)]
    wanted += [(resource.RLIMIT_CPU, seconds)] if seconds else []
    for kind, most in wanted:
        _, already = resource.getrlimit(kind)
        with suppress(OSError, ValueError):  # a system that does not let it
            resource.setrlimit(kind, (most if already == resource.RLIM_INFINITY else min(most, already), already))
