"""The same work for many parts, by a few processes where that is worth it; the results come in the parts' order.

Work is pure, so a process that is lost (killed, or out of memory) costs time and changes nothing: what it had not
given back is done again, by other processes or by this one.
"""

import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing import active_children, get_context
from typing import Any, NamedTuple, TypeVar

from evaluator.files.read.limits import bound

Given = TypeVar("Given")
Made = TypeVar("Made")
WORTH_IT = 600  # files; below, starting another process takes longer than it saves
USUAL_PROCESSES = 2  # more help little, and each takes memory of its own
MOST_MEMORY = 4 * 2**30  # bytes of data that one of the processes may hold
MOST_LOST = 3  # pools that may be lost before this process does all the rest itself
AHEAD = 2  # parts for each process that are handed out before their turn, so that none waits and few are in memory


def usual_processes() -> int:
    """Give the processes that a command opens unasked: two, or one where this process may use one core only.

    ``EVALUATOR_PROCESSES`` in the environment says fewer, as where many commands run side by side.
    """
    said = os.environ.get("EVALUATOR_PROCESSES", "")
    if said.isdecimal():
        return max(1, min(int(said), USUAL_PROCESSES))
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, USUAL_PROCESSES)


def in_parallel(work: Callable[[Given], Made], items: Sequence[Given]) -> list[Made]:
    """Do the same work for every item.

    Parameters
    ----------
    work : a function that another process can import; it must not depend on what was done for other items.

    Returns
    -------
    What each item came to, in the order of the items. Where no process can be started, one does it all.
    """
    processes = usual_processes()
    if len(items) < WORTH_IT or processes < 2 or not _can_start():
        return [work(item) for item in items]
    size = max(1, len(items) // (processes * 8))
    parts = [items[at : at + size] for at in range(0, len(items), size)]
    with shared(processes) as share:
        return [made for part in share(partial(_each, work), parts) for made in part]


def _each(work: Callable[[Given], Made], items: Sequence[Given]) -> list[Made]:
    return [work(item) for item in items]


@contextmanager
def shared(processes: int) -> Iterator[Callable[..., Iterable[Any]]]:
    """Give a ``map`` over processes that begin from nothing; where none can be opened, the plain ``map``.

    Results come in the order of the parts, and are the same whatever becomes of the processes.
    """
    if processes < 2:
        yield map
        return
    pools = _Pools(processes)
    try:
        with _ended_when_stopped():
            yield pools.map
    finally:
        pools.close()


class _Handed(NamedTuple):
    """A part with what a process is to give back of it, and the pool of that process: none where this one does it."""

    part: Any
    pool: ProcessPoolExecutor | None = None
    result: "Future[Any] | None" = None


class _Pools:
    """A pool of processes, and another in its place when one of its processes is lost."""

    def __init__(self, processes: int) -> None:
        self.processes, self.lost = processes, 0
        self.pool = self._opened()

    def map(self, work: Callable[[Any], Any], parts: Iterable[Any], /) -> Iterator[Any]:
        """Do the work for every part; begin at once, and give what each came to in the parts' order."""
        waiting, handed = iter(parts), deque[_Handed]()
        self._hand_out(work, waiting, handed)
        return self._given_back(work, waiting, handed)

    def close(self) -> None:
        """End the processes, and leave undone what nobody waits for."""
        if self.pool is not None:
            self.pool.shutdown(cancel_futures=True)

    def _given_back(self, work: Callable[[Any], Any], waiting: Iterator[Any], handed: deque[_Handed]) -> Iterator[Any]:
        while handed:
            one = handed.popleft()
            self._hand_out(work, waiting, handed)
            try:
                made = work(one.part) if one.result is None else one.result.result()
            except BrokenProcessPool:
                self._replace(one.pool)
                handed.appendleft(self._handed(work, one.part))
                continue
            except MemoryError:  # in the other process, which may have less than this one
                made = work(one.part)
            yield made

    def _hand_out(self, work: Callable[[Any], Any], waiting: Iterator[Any], handed: deque[_Handed]) -> None:
        """Hand out parts until each process has the next ones at hand."""
        for part in islice(waiting, max(0, self.processes * (1 + AHEAD) - len(handed))):
            handed.append(self._handed(work, part))

    def _handed(self, work: Callable[[Any], Any], part: Any) -> _Handed:
        """Give a part to a process; where there is none, this one does it when its turn comes.

        It is written down here and now: the pool would do so in a thread of its own, while this one goes on and the
        records that the part holds keep what they work out.
        """
        while self.pool is not None:
            try:
                return _Handed(part, self.pool, self.pool.submit(_done, pickle.dumps((work, part))))
            except BrokenProcessPool:
                self._replace(self.pool)
        return _Handed(part)

    def _replace(self, broken: ProcessPoolExecutor | None) -> None:
        """Open another pool in place of one that lost a process, unless that was done or too many were lost."""
        if broken is None or broken is not self.pool:
            return
        broken.shutdown(wait=False, cancel_futures=True)
        self.lost += 1
        self.pool = self._opened() if self.lost < MOST_LOST else None

    def _opened(self) -> ProcessPoolExecutor | None:
        try:
            return ProcessPoolExecutor(self.processes, get_context("spawn"), initializer=_begin)
        except (ImportError, NotImplementedError, OSError):  # a machine that forbids them
            return None


def _done(written: bytes) -> Any:
    """Do work that another process wrote down."""
    work, part = pickle.loads(written)
    return work(part)


def _begin() -> None:
    """Prepare a process for work: it is stopped by the one that opened it, and its memory is bounded."""
    _leave_stopping_to_us()
    bound(memory=MOST_MEMORY)  # better one part again than a full machine


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

    It may where Python was started with a module or a command, and in the one-folder build, whose programs see to it
    first; a script of somebody's own might not be written for it.
    """
    main = sys.modules.get("__main__")
    file = str(getattr(main, "__file__", "") or "")
    started_as_module = getattr(main, "__spec__", None) is not None
    return getattr(sys, "frozen", False) or started_as_module or (bool(file) and not file.endswith(".py"))
