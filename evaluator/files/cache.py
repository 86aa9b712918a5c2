"""What earlier runs worked out, kept in the programme by the fingerprint of what it follows from; safe to delete.

A thing that is kept counts only where it is what this account wrote under that name: its seal is keyed with a secret
that lies outside the programme. Whatever is damaged, strange, of another version or of another account is as if it
were not there, and where nothing can be written nothing is kept: a run never fails for it.
"""

import hashlib
import hmac
import json
import os
import sys
import tempfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

import evaluator
from evaluator.files.account import own_secret
from evaluator.files.read.inputs import UnreadableError, read_once
from evaluator.records.office.folder import CACHE

Made = TypeVar("Made")
ENDING, WRITING = ".kept", ".writing-"  # of what is kept, and what a file that is being written begins with
MEGABYTE = 1024 * 1024
MOST, LARGEST = 128 * MEGABYTE, 16 * MEGABYTE  # of all that is kept, and of one thing
SEAL = hashlib.sha256().digest_size
TAG = "CACHEDIR.TAG"  # by which programs that back up know a folder that need not be: bford.info/cachedir
WORDS = """Signature: 8a477f597d28d172789f06886806bc55
# What earlier runs of the bid evaluator worked out, kept so that the next run need not. It may be deleted at any time.
# It holds what evaluators wrote, as the bids beside it do: whoever destroys those destroys this.
"""


class Cache:
    """What is kept in one folder, for runs that are made with the same.

    Parameters
    ----------
    beside : the folder in which it has its own: a programme's, or that in which runs lie.
    made_with : what runs are made with; the engine's own files are counted in beside it.
    """

    def __init__(self, beside: Path, made_with: Mapping[str, str]) -> None:
        self.folder, self._secret = beside / CACHE, own_secret()
        self._made_with, self._full = made_with, False

    def once(self, what: str, of: object, kind: type[Made], make: Callable[[], Made]) -> Made:
        """Give what came of this before, or make it and keep it.

        Parameters
        ----------
        what : the name of the work.
        of : records of all that the result follows from.
        kind : the record that the result is.
        """
        held = self.get(what, of, kind)
        if held is None:
            held = make()
            self.put(what, of, kind, held)
        return held

    def get(self, what: str, of: object, kind: type[Made]) -> Made | None:
        """Give what is kept; None where nothing is that can be relied on."""
        place = self._place(what, of, kind)
        body = None if place is None else self._read(place)
        if place is None or body is None:
            return None
        with suppress(zlib.error, ValidationError, OSError):
            made: Made = _adapter(cast(Any, kind)).validate_json(zlib.decompress(body))
            os.utime(place)  # what is used is cleared away last
            return made
        return None

    def put(self, what: str, of: object, kind: type[Made], made: Made) -> None:
        """Keep what something came to, where that can be."""
        place = self._place(what, of, kind)
        if place is None or self._full:
            return
        try:
            body = zlib.compress(_adapter(cast(Any, kind)).dump_json(made), 1)
        except ValueError:  # a text that cannot be written as UTF-8
            return
        if len(body) > LARGEST:
            return
        try:
            self._write(place, self._seal(place, body) + body)
        except OSError:
            self._full = True  # or not to be written to: nothing more is tried

    def clear(self) -> None:
        """Clear away what was used longest ago, until what is left is no more than may be kept."""
        if self.folder.is_symlink():
            return
        with suppress(OSError):
            ours = (path for path in self.folder.iterdir() if path.suffix == ENDING or path.name.startswith(WRITING))
            held = [(path.lstat(), path) for path in ours]
            room = MOST
            for facts, path in sorted(held, key=lambda one: (-one[0].st_mtime_ns, one[1].name)):
                room -= facts.st_size
                if room < 0:
                    path.unlink(missing_ok=True)

    def _place(self, what: str, of: object, kind: object) -> Path | None:
        """Name the file of a thing, which tells nobody else what it is of; None where nothing can be kept."""
        if self._secret is None:
            return None
        try:
            told = told_exactly([self._engine, what, repr(kind), of])
        except ValueError:
            return None
        return self.folder / f"{what.replace(' ', '-')}-{hmac.digest(self._secret, told, 'sha256').hex()[:40]}{ENDING}"

    @cached_property
    def _engine(self) -> str:
        return json.dumps([dict(self._made_with), _own_files()], sort_keys=True)

    def _seal(self, place: Path, body: bytes) -> bytes:
        return hmac.digest(self._secret or b"", place.name.encode() + b"\n" + body, "sha256")

    def _read(self, place: Path) -> bytes | None:
        """Give what is kept in a file if it is sealed as ours; it is not looked into before."""
        if self.folder.is_symlink():
            return None
        try:
            held = read_once(place, LARGEST + SEAL)
        except UnreadableError:
            return None
        body = held[SEAL:]
        return body if hmac.compare_digest(held[:SEAL], self._seal(place, body)) else None

    def _write(self, place: Path, content: bytes) -> None:
        """Write a file, whole or not at all, that nobody but this account opens."""
        if self.folder.is_symlink():
            raise NotADirectoryError(self.folder)
        if not (self.folder / TAG).exists():
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            (self.folder / TAG).write_text(WORDS, encoding="utf-8")
        number, beside = tempfile.mkstemp(prefix=WRITING, dir=self.folder)
        try:
            with open(number, "wb") as stream:  # noqa: PTH123 - it is open already, with its permissions
                stream.write(content)
            Path(beside).replace(place)
        finally:
            Path(beside).unlink(missing_ok=True)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def told_exactly(of: object) -> bytes:
    """Write records as JSON, from which a fingerprint can be taken: no two that differ are written alike."""
    return to_json(of, bytes_mode="hex", fallback=_exactly)


def _exactly(value: Any) -> Any:
    """Write what our records hold and JSON has no words for, so that no two that differ are written alike."""
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, np.ndarray):
        return [value.dtype.str, value.tolist()]
    if isinstance(value, range):
        return ["range", value.start, value.stop, value.step]
    if isinstance(value, Sequence):  # columns that make a bid when it is asked for
        return list(value)
    raise TypeError(f"a fingerprint cannot be taken of {type(value).__name__}")


@cache
def _own_files() -> str:
    """Give the fingerprint of the engine's own files, as Python knows whether a module changed: by size and time."""
    if getattr(sys, "frozen", False):
        return ""  # built as it is, and known by its version
    home = Path(evaluator.__file__).parent
    facts = sorted((path.relative_to(home).as_posix(), path.stat()) for path in home.rglob("*.*") if _counts(path))
    told = "\n".join(f"{name} {one.st_size} {one.st_mtime_ns}" for name, one in facts)
    return hashlib.sha256(told.encode()).hexdigest()


def _counts(path: Path) -> bool:
    return "__pycache__" not in path.parts
