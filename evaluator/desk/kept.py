"""What was worked out from a folder, kept until anything in that folder changes."""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from threading import Lock, Timer
from typing import Any, TypeVar

Made = TypeVar("Made")
MOST = 64
QUIET = 1.0  # seconds after the last change


def stamp(folder: Path) -> str:
    """Give what changes when a file in a folder comes, goes or is written: names, sizes and times, nothing opened."""
    told = hashlib.sha256()
    for line in sorted(_lines(folder)):
        told.update(line)
    return told.hexdigest()


def _lines(folder: Path) -> Iterator[bytes]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.endswith((".lock", ".unfinished")):
            continue
        try:
            facts = entry.stat(follow_symlinks=False)
            yield f"{entry.path}\0{facts.st_size}\0{facts.st_mtime_ns}\0{facts.st_ino}".encode("utf-8", "replace")
            if entry.is_dir(follow_symlinks=False):
                yield from _lines(Path(entry.path))
        except OSError:
            continue


class Kept:
    """The last result of each thing that is asked, as long as what it was made of stays; the oldest go first."""

    def __init__(self) -> None:
        self._made: OrderedDict[Any, tuple[str, Future[Any]]] = OrderedDict()  # with the folder’s stamp
        self._lock = Lock()

    def look(self, folder: Path, make: Callable[..., Made], *arguments: Any) -> Made:
        """Give what ``make(*arguments)`` comes to, made again only where the folder is no longer what it was.

        Whoever asks while it is being made waits for that.

        Parameters
        ----------
        folder : all that the result rests on lies in it.
        arguments : must be hashable.
        """
        key, now = (str(folder), make, arguments), stamp(folder)
        with self._lock:
            before, there = self._made.get(key, ("", None))
            is_new = there is None or before != now
            result: Future[Made] = Future() if there is None or is_new else there
            self._made[key] = now, result
            self._made.move_to_end(key)
            while len(self._made) > MOST:
                self._made.popitem(last=False)
        if is_new:
            try:
                result.set_result(make(*arguments))
            except BaseException as error:
                with self._lock:
                    if self._made.get(key) == (now, result):
                        del self._made[key]
                result.set_exception(error)
        return result.result()


class Later:
    """Work that is done once it has been quiet for a moment, and not again until it is asked for."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work, self._waiting, self._lock = work, Timer(0, work), Lock()

    def soon(self, seconds: float = QUIET) -> None:
        """Ask for it; whatever was asked for before and has not begun gives way."""
        with self._lock:
            self._waiting.cancel()
            self._waiting = Timer(seconds, self._work)
            self._waiting.daemon = True
            self._waiting.start()
