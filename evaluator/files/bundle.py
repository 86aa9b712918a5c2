"""The audit bundle: inputs as received, their normalised data, outputs, and verify.py, which checks it without us.

It is one zip whose bytes follow from its contents.

Members are stored uncompressed, in order, with one fixed time, so the same contents always give the same bytes; a
last member holds the SHA-256 of the manifest, and the manifest holds that of every other member.
"""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MANIFEST, CLOSING = "manifest.json", "manifest.sha256"
TIME = (1980, 1, 1, 0, 0, 0)
INPUTS, OUTPUTS, DATA = "inputs/", "outputs/", "data/"
VERIFIER = "verify.py"


@dataclass(frozen=True)
class Bundle:
    """An opened bundle: its manifest, its members by name, and what is wrong with the archive, in words."""

    manifest: Mapping[str, Any]
    members: Mapping[str, bytes]
    problems: tuple[str, ...]


class UnreadableBundleError(Exception):
    """The file is not an audit bundle, or so damaged that nothing in it can be relied on."""


def verifier() -> bytes:
    """Give the file that checks a bundle without the evaluator; its lines end the same way on every machine."""
    return Path(__file__).with_name(VERIFIER).read_bytes().replace(b"\r\n", b"\n")


def sums(members: Mapping[str, bytes]) -> dict[str, str]:
    """Give the SHA-256 of each member."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}


def plain(name: str, content: bytes) -> object:
    """Give what a file says apart from how it was compressed, which can differ between machines.

    A workbook or Word file is its members in order; everything else is its bytes, and so is one that cannot be opened.
    """
    if not name.endswith((".xlsx", ".docx")):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return [(entry.filename, book.read(entry)) for entry in book.infolist()]
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return content


def manifest(facts: Mapping[str, Any], files: Mapping[str, str]) -> bytes:
    """Write a manifest: the facts of the run, and the SHA-256 of every input and output by name."""
    listed = {**facts, "files": dict(sorted(files.items()))}
    return (json.dumps(listed, ensure_ascii=False, indent=2) + "\n").encode()


def pack(listed: bytes, members: Mapping[str, bytes]) -> bytes:
    """Pack members with their manifest into the bytes of a bundle."""
    closing = (hashlib.sha256(listed).hexdigest() + "\n").encode()
    return _zipped({**dict(sorted(members.items())), MANIFEST: listed, CLOSING: closing})


def _zipped(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, TIME)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # the same on every machine
            archive.writestr(entry, content)
    return buffer.getvalue()


def unpack(content: bytes) -> Bundle:
    """Open a bundle and compare every byte of it with what its manifest and its own form allow.

    Raises
    ------
    UnreadableBundleError
        When the bytes are not a zip archive with a manifest.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        listed = json.loads(members[MANIFEST])
        files = dict(listed["files"])
    except Exception:  # a flipped byte can break any part of the archive's own structure
        raise UnreadableBundleError("it is not a whole bundle; ask for it again") from None
    return Bundle(listed, members, tuple(_problems(content, members, files)))


def _problems(content: bytes, members: Mapping[str, bytes], listed: Mapping[str, str]) -> list[str]:
    found = []
    closing = members.get(CLOSING, b"").decode("ascii", "replace").strip()
    if closing != hashlib.sha256(members[MANIFEST]).hexdigest():
        found.append(f"{MANIFEST} is not the manifest that the bundle was closed with")
    here = sums({name: member for name, member in members.items() if name not in (MANIFEST, CLOSING)})
    for name in sorted(set(listed) | set(here)):
        if name not in here:
            found.append(f"{name} is missing")
        elif name not in listed:
            found.append(f"{name} was added")
        elif here[name] != listed[name]:
            found.append(f"{name} was changed")
    inner = {name: member for name, member in members.items() if name not in (MANIFEST, CLOSING)}
    if not found and pack(members[MANIFEST], inner) != content:
        found.append("the archive around the files was changed")
    return found


def write_inputs(bundle: Bundle, folder: Path) -> None:
    """Lay out a bundle's inputs as they were received, under ``criteria`` and ``bids`` of a folder.

    Raises
    ------
    UnreadableBundleError
        When a name in the bundle would lead out of the folder.
    """
    for name, content in bundle.members.items():
        if not name.startswith(INPUTS):
            continue
        path = folder / name.removeprefix(INPUTS)
        if not path.resolve().is_relative_to(folder.resolve()):
            raise UnreadableBundleError(f"{name} leads out of the bundle")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
