"""Where bundles lie: a folder of this machine, or an object store that fsspec knows; found, and brought near."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evaluator.files.audit.bundle import LARGEST
from evaluator.files.audit.equality_archive import ARCHIVE

PIECE = 2**20  # bytes that are brought at once
MODIFIED = ("ETag", "etag", "mtime", "LastModified", "last_modified")  # as stores call it


class NoSuchFolderError(Exception):
    """What was named is no folder that can be looked through; the text says why."""


@dataclass(frozen=True)
class Place:
    """One archive: the folder that was named, the path below it, and what tells whether it is still the same."""

    folder: str
    path: str
    size: int
    modified: str

    @property
    def mark(self) -> dict[str, Any]:
        """What a kept verdict is known by; the folder may be named otherwise another time."""
        return {key: value for key, value in asdict(self).items() if key != "folder"}


class TooLargeError(Exception):
    """The archive is larger than any bundle."""


def bundles_in(folder: str) -> tuple[Place, ...]:
    """Find every zip archive at and below a folder, by path; those with equality monitoring are left alone.

    Parameters
    ----------
    folder : a path, or a URL such as ``s3://audit/2027``, for which fsspec needs the package of that store.

    Raises
    ------
    NoSuchFolderError
        When it cannot be looked through.
    """
    system, root = _system(folder)
    try:
        if not system.isdir(root):
            raise NoSuchFolderError(f"{folder} is not a folder")
        found = system.find(root, detail=True)
    except (OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise NoSuchFolderError(f"{folder} cannot be looked through: {error}") from None
    below = root.rstrip("/") + "/"
    named = {name.removeprefix(below): facts for name, facts in found.items() if _is_bundle(name, facts)}
    return tuple(
        Place(folder, path, int(facts.get("size") or 0), _modified(facts)) for path, facts in sorted(named.items())
    )


def _is_bundle(name: str, facts: Any) -> bool:
    """Whether a file may be a bundle: a link may lead anywhere, and is nobody's bundle."""
    ours = name.lower().endswith(".zip") and name.rpartition("/")[2] != ARCHIVE
    return ours and facts.get("type") == "file" and not facts.get("islink")


def _modified(facts: Any) -> str:
    """Give what a store says of the last change: a moment, or a sum of its own."""
    return str(next((facts[key] for key in MODIFIED if key in facts), ""))


def _system(folder: str) -> tuple[Any, str]:
    try:
        import fsspec

        system, root = fsspec.core.url_to_fs(folder)
    except ImportError as missing:
        raise NoSuchFolderError(f"{folder} cannot be opened without a package: {missing}") from None
    except (ValueError, OSError) as error:
        raise NoSuchFolderError(f"{folder} cannot be opened: {error}") from None
    return system, str(root)


@contextmanager
def brought(place: Place) -> Iterator[tuple[Path, str]]:
    """Bring an archive near for as long as it is looked at: the file and its SHA-256.

    Raises
    ------
    OSError
        When it cannot be read.
    TooLargeError
        When it is larger than any bundle.
    """
    system, root = _system(place.folder)
    digest, size = hashlib.sha256(), 0
    with TemporaryDirectory(prefix="bundle-") as near:
        file = Path(near) / "bundle.zip"
        with system.open(f"{root.rstrip('/')}/{place.path}", "rb") as source, file.open("wb") as target:
            while piece := source.read(PIECE):
                size += len(piece)
                if size > LARGEST:
                    raise TooLargeError
                digest.update(piece)
                target.write(piece)
        yield file, digest.hexdigest()
