"""What was worked out from a folder, kept until anything in that folder changes."""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

Made = TypeVar("Made")
MOST = 64


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
    """Results by what they were made of; the oldest go first."""

    def __init__(self) -> None:
        self._made: OrderedDict[Any, Any] = OrderedDict()
        self._lock = Lock()

    def look(self, folder: Path, make: Callable[..., Made], *arguments: Any) -> Made:
        """Give what ``make(*arguments)`` comes to, made again only where the folder is no longer what it was.

        Parameters
        ----------
        folder : all that the result rests on lies in it.
        arguments : must be hashable.
        """
        key = (str(folder), stamp(folder), make, arguments)
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                found: Made = self._made[key]
                return found
        made = make(*arguments)
        with self._lock:
            self._made[key] = made
            while len(self._made) > MOST:
                self._made.popitem(last=False)
        return made
