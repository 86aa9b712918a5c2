"""Files that were read already, by this process or by an earlier one; nothing is kept unasked, nor by itself."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from threading import Lock, RLock
from typing import Any, Protocol, TypeVar, cast

Made = TypeVar("Made")
Named = tuple[str, bytes]
Key = tuple[Hashable, str, bytes]
READING = "reading"
MOST_OF_ONE = 8  # contents of one name: a file that is changed all day pushes out no other
_held: OrderedDict[Key, Any] = OrderedDict()
_making: dict[Key, RLock] = {}  # what is being made
_lock = Lock()
_most = 0


class Shelf(Protocol):
    """Where what files were read as lies from one process to the next."""

    def get(self, what: str, of: object, kind: type[Made]) -> Made | None:
        """Give what is kept; None where nothing is."""

    def put(self, what: str, of: object, kind: type[Made], made: Made) -> None:
        """Keep it, where that can be."""


_shelf: ContextVar[Shelf | None] = ContextVar("shelf", default=None)


@contextmanager
def shelved(shelf: Shelf | None) -> Iterator[None]:
    """Take what files were read as from a shelf while this lasts, and put there what is read."""
    before = _shelf.set(shelf)
    try:
        yield
    finally:
        _shelf.reset(before)


def remember(files: int) -> None:
    """Keep what so many files came to, from now on, in this process."""
    global _most
    _most = files


def once(kind: Hashable, name: str, content: bytes | Callable[[], bytes], make: Callable[[], Made]) -> Made:
    """Give what a file of this name and content was made into before by this ``kind`` of reading, or make it.

    Whoever asks while it is being made waits for that.

    Parameters
    ----------
    content : of the file; or what gives that of all files that it is made of, asked for only where it is remembered.
    """
    if not _most:
        return make()
    key = (kind, name, sha256(content if isinstance(content, bytes) else content()).digest())
    with _lock:
        if key in _held:
            _held.move_to_end(key)
            return cast(Made, _held[key])
        making = _making.setdefault(key, RLock())
    with making:
        with _lock:
            if key in _held:  # by who held the lock before
                return cast(Made, _held[key])
        try:
            made = make()
            _keep({key: made})
        finally:
            with _lock:
                _making.pop(key, None)
    return made


def each_once(
    work: Callable[[Named], Made],
    files: Sequence[Named],
    do: Callable[[Callable[[Named], Made], Sequence[Named]], list[Made]],
    kind: type[Made],
) -> list[Made]:
    """Do the same pure work for every file; what a file of this name and content came to before is given again.

    Parameters
    ----------
    do : does the work for several files; whoever takes the results must not change them.
    kind : the record that each file is made into.
    """
    shelf = _shelf.get()
    if not _most:
        return do(work, files) if shelf is None else _from_shelf(shelf, work, files, do, kind)
    keys: list[Key] = [(work, name, sha256(content).digest()) for name, content in files]
    with _lock:
        there = {key: _held[key] for key in keys if key in _held}
    missing = [at for at, key in enumerate(keys) if key not in there]
    left = [files[at] for at in missing]
    made = do(work, left) if shelf is None else _from_shelf(shelf, work, left, do, kind)
    there |= zip([keys[at] for at in missing], made, strict=True)
    _keep(there)
    return [there[key] for key in keys]


def _from_shelf(
    shelf: Shelf,
    work: Callable[[Named], Made],
    files: Sequence[Named],
    do: Callable[[Callable[[Named], Made], Sequence[Named]], list[Made]],
    kind: type[Made],
) -> list[Made]:
    """Take what lies on the shelf; what does not is done together, and put there."""
    keys = [(name, sha256(content).hexdigest()) for name, content in files]
    there = {key: held for key in keys if (held := shelf.get(READING, key, kind)) is not None}
    left = [(key, file) for key, file in zip(keys, files, strict=True) if key not in there]
    for (key, _), made in zip(left, do(work, [file for _, file in left]), strict=True):
        shelf.put(READING, key, kind, made)
        there[key] = made
    return [there[key] for key in keys]


def _keep(made: Mapping[Key, Any]) -> None:
    with _lock:
        for key, one in made.items():
            if key not in _held:
                for old in [other for other in _held if other[:2] == key[:2]][: 1 - MOST_OF_ONE]:
                    del _held[old]
            _held[key] = one
            _held.move_to_end(key)
        while len(_held) > _most:
            _held.popitem(last=False)
