"""The same work for many files, on every core where that is worth it; the results come in the files' order."""

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from typing import Any, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")
WORTH_IT = 600  # files; below, starting another process takes longer than it saves
MOST_PROCESSES = 8


def in_parallel(work: Callable[[Given], Made], items: Sequence[Given]) -> list[Made]:
    """Do the same work for every item.

    Parameters
    ----------
    work : a function that another process can import; it must not depend on what was done for other items.

    Returns
    -------
    What each item came to, in the order of the items. Where no process can be started, one does it all.
    """
    processes = min(os.cpu_count() or 1, MOST_PROCESSES)
    if len(items) < WORTH_IT or processes < 2 or not _can_start():
        return [work(item) for item in items]
    try:
        with ProcessPoolExecutor(processes, get_context("spawn"), _leave_stopping_to_us) as pool, _ended_when_stopped():
            return list(pool.map(work, items, chunksize=max(1, len(items) // (processes * 8))))
    except (BrokenProcessPool, OSError, RuntimeError):
        return [work(item) for item in items]


@contextmanager
def shared(processes: int) -> Iterator[Callable[..., Iterable[Any]]]:
    """Give a ``map`` over processes that begin from nothing; where none can be opened, the plain ``map``."""
    try:
        pool = ProcessPoolExecutor(processes, get_context("spawn"), _leave_stopping_to_us) if processes > 1 else None
    except (ImportError, NotImplementedError, OSError):  # a machine that forbids them
        pool = None
    if pool is None:
        yield map
        return
    with pool, _ended_when_stopped():
        yield pool.map


def _leave_stopping_to_us() -> None:
    """Let Ctrl-C in a terminal, which all processes hear, reach the one that tells of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _ended_when_stopped() -> Iterator[None]:
    """End the other processes at once when somebody stops this one, instead of waiting for what they have in hand."""
    try:
        yield
    except KeyboardInterrupt:
        for process in active_children():
            process.terminate()
        raise


def _can_start() -> bool:
    """Whether a new process may load our main program again without doing its work a second time.

    It may where Python was started with a module or a command; a script of somebody's own might not be written for it.
    """
    main = sys.modules.get("__main__")
    file = str(getattr(main, "__file__", "") or "")
    started_as_module = getattr(main, "__spec__", None) is not None
    return not getattr(sys, "frozen", False) and (started_as_module or (bool(file) and not file.endswith(".py")))
