"""Files that were read already, for a process that looks at a folder again and again; nothing is kept unasked."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from hashlib import sha256
from threading import Lock
from typing import Any, TypeVar, cast

Made = TypeVar("Made")
Named = tuple[str, bytes]
Key = tuple[Hashable, str, bytes]
_held: OrderedDict[Key, Any] = OrderedDict()
_lock = Lock()
_most = 0


def remember(files: int) -> None:
    """Keep what so many files came to, from now on, in this process."""
    global _most
    _most = files


def once(kind: Hashable, name: str, content: bytes, make: Callable[[], Made]) -> Made:
    """Give what a file of this name and content was made into before by this ``kind`` of reading, or make it."""
    if not _most:
        return make()
    key = (kind, name, sha256(content).digest())
    with _lock:
        if key in _held:
            _held.move_to_end(key)
            return cast(Made, _held[key])
    made = make()
    _keep({key: made})
    return made


def each_once(
    work: Callable[[Named], Made],
    files: Sequence[Named],
    do: Callable[[Callable[[Named], Made], Sequence[Named]], list[Made]],
) -> list[Made]:
    """Do the same pure work for every file; what a file of this name and content came to before is given again.

    Parameters
    ----------
    do : does the work for several files; whoever takes the results must not change them.
    """
    if not _most:
        return do(work, files)
    keys: list[Key] = [(work, name, sha256(content).digest()) for name, content in files]
    with _lock:
        there = {key: _held[key] for key in keys if key in _held}
    missing = [at for at, key in enumerate(keys) if key not in there]
    there |= zip([keys[at] for at in missing], do(work, [files[at] for at in missing]), strict=True)
    _keep(there)
    return [there[key] for key in keys]


def _keep(made: Mapping[Key, Any]) -> None:
    with _lock:
        _held.update(made)
        for key in made:
            _held.move_to_end(key)
        while len(_held) > _most:
            _held.popitem(last=False)
