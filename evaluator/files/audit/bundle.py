"""The audit bundle: inputs as received, their normalised data, outputs, and verify.py, which checks it without us.

It is one zip whose bytes follow from its contents.

Members stand in order, with one fixed time, compressed at one level unless they are so already: the same contents give
the same bytes. A last member holds the SHA-256 of the manifest, and the manifest holds that of every other member.
Archives that hold personal data, and bundles of versions before 0.5, have no compressed member.
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

from evaluator.files.read.inputs import read_once

MANIFEST, CLOSING = "manifest.json", "manifest.sha256"
TIME = (1980, 1, 1, 0, 0, 0)
INPUTS, OUTPUTS, DATA = "inputs/", "outputs/", "data/"
PROOF = f"{DATA}proof/"
CRITERIA, BIDS, LEDGER = f"{INPUTS}criteria/", f"{INPUTS}bids/", f"{INPUTS}ledger/"
UNREADABLE = "unreadable"  # what a manifest says of inputs that lay there and could not be read: name and reason
MOST_MEMBERS, LARGEST = 50_000, 2**30  # files of a bundle, and bytes of one: docs/outputs.md
DENSEST = 100  # times its own bytes that an archive's files may come to
LEVEL, ALREADY = 6, (".xlsx", ".docx", ".zip")  # of compression; what is compressed already
TELLING = 1_000  # bytes of a compressed file that two compressors hardly ever write alike
NOT_WHOLE = "it is not a whole bundle; ask for it again"
VERIFIERS = (
    "verify.py",
    *(
        f"verify_{name}.py"
        for name in (
            "method",
            "quality",
            "marks",
            "figures",
            "stages",
            "choice",
            "evidence",
            "inputs",
            "shown",
            "paper",
        )
    ),
)
HOLDS_NONE = b"COMPANIONS: Row = {}"  # what stands in verify.py before it holds the sums of the others
LOCK = "requirements.txt"


@dataclass(frozen=True)
class Bundle:
    """An opened bundle: its manifest, its members by name, and what is wrong with the archive, in words."""

    manifest: Mapping[str, Any]
    members: Mapping[str, bytes]
    problems: tuple[str, ...]


class UnreadableBundleError(Exception):
    """The file is not an audit bundle, or so damaged that nothing in it can be relied on."""


def verifiers() -> dict[str, bytes]:
    """Give the files that check a bundle without the evaluator; their lines end the same way on every machine.

    The first of them holds the SHA-256 of the others, and runs none that is not as it was when the bundle was made.
    """
    here = Path(__file__).with_name("verifier")
    files = {name: (here / name).read_bytes().replace(b"\r\n", b"\n") for name in VERIFIERS}
    beside = json.dumps({name: digest for name, digest in sums(files).items() if name != VERIFIERS[0]}, indent=4)
    files[VERIFIERS[0]] = files[VERIFIERS[0]].replace(HOLDS_NONE, HOLDS_NONE.replace(b"{}", beside.encode()))
    return files


def lock() -> dict[str, str]:
    """Give the SHA-256 of the lock file that the packages were installed from; nothing where it is not at hand."""
    path = Path(__file__).resolve().parents[3] / LOCK
    if not path.is_file():
        return {}
    return {f"{LOCK} (SHA-256)": hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()}


def sums(members: Mapping[str, bytes]) -> dict[str, str]:
    """Give the SHA-256 of each member."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}


def uncompressed(name: str, content: bytes) -> object:
    """Give what a file says apart from how it was compressed, which can differ between machines.

    A workbook or Word file is its members in order, each with its headers but for sizes and offsets, and whatever lies
    around them; everything else is its bytes, and so is an archive that cannot be opened.
    """
    return _unpacked(content) if name.endswith((".xlsx", ".docx")) else content


def _unpacked(content: bytes) -> object:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            entries = book.infolist()
            members = [(_own_header(content, entry), book.read(entry)) for entry in entries]
    except Exception:  # a damaged archive can fail in many ways; then its bytes are all that it says
        return content
    around = len(content) - sum(entry.compress_size for entry in entries)
    return members, around, _listing(content, entries)


END, OFFSET = 22, slice(16, 20)  # bytes of an archive's last record, and where its list of members is said to start
LOCAL, SIZE = 30, slice(18, 22)  # bytes of a member's own header before its name, and where its compressed size stands
LISTED, LISTED_SIZE, LISTED_AT = 46, slice(20, 24), slice(42, 46)  # the same for its entry in the list, and its place


def _if_right(record: bytearray, place: slice, value: int) -> None:
    """Blank a figure that depends on the compression, if it is what it must be."""
    if int.from_bytes(record[place], "little") == value:
        record[place] = bytes(4)


def _own_header(content: bytes, entry: zipfile.ZipInfo) -> bytes:
    header = bytearray(content[entry.header_offset : entry.header_offset + LOCAL + len(entry.filename.encode())])
    _if_right(header, SIZE, entry.compress_size)
    return bytes(header)


def _listing(content: bytes, entries: list[zipfile.ZipInfo]) -> bytes:
    """Give the list of members at an archive's end, and its last record."""
    length = sum(LISTED + len(entry.filename.encode()) + len(entry.extra) + len(entry.comment) for entry in entries)
    start = len(content) - END - length
    listing, at = bytearray(content[start:]), 0
    for entry in entries:
        record = listing[at : at + LISTED]
        _if_right(record, LISTED_SIZE, entry.compress_size)
        _if_right(record, LISTED_AT, entry.header_offset)
        listing[at : at + LISTED] = record
        at += LISTED + len(entry.filename.encode()) + len(entry.extra) + len(entry.comment)
    last = listing[-END:]
    _if_right(last, OFFSET, start)
    return bytes(listing[:-END] + last)


def manifest(facts: Mapping[str, Any], files: Mapping[str, str]) -> bytes:
    """Write a manifest: the facts of the run, and the SHA-256 of every input and output by name."""
    listed = {**facts, "files": dict(sorted(files.items()))}
    return (json.dumps(listed, ensure_ascii=False, indent=2) + "\n").encode()


def pack(listed: bytes, members: Mapping[str, bytes], *, compressed: bool = False) -> bytes:
    """Pack members with their manifest into the bytes of a bundle, or of another archive of its form."""
    closing = (hashlib.sha256(listed).hexdigest() + "\n").encode()
    return _zipped({**dict(sorted(members.items())), MANIFEST: listed, CLOSING: closing}, compressed=compressed)


def _zipped(members: Mapping[str, bytes], *, compressed: bool = False) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, TIME)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # the same on every machine
            if compressed and not name.endswith(ALREADY):
                entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=LEVEL)
    return buffer.getvalue()


def bundle_bytes(path: Path) -> bytes:
    """Give the bytes of a bundle, or of an archive that lies beside it.

    Raises
    ------
    OSError
        Where it is no file, cannot be opened, or is larger than any bundle.
    """
    return read_once(path, LARGEST)


def unpack(content: bytes, *, stored: bool = False) -> Bundle:
    """Open a bundle and compare every byte of it with what its manifest and its own form allow.

    An archive whose members are never compressed is asked for as ``stored``.

    Raises
    ------
    UnreadableBundleError
        When the bytes are not a zip archive with a manifest, or one that no evaluator has written (not inflated).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            why = _beyond_bounds(archive.infolist(), len(content), stored=stored)
            members = {} if why else {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except Exception:  # a flipped byte can break any part of the archive's own structure
        raise UnreadableBundleError(NOT_WHOLE) from None
    if why:
        raise UnreadableBundleError(why)
    try:
        listed = json.loads(members[MANIFEST])
        files = dict(listed["files"])
    except (KeyError, TypeError, ValueError, RecursionError):
        raise UnreadableBundleError(NOT_WHOLE) from None
    return Bundle(listed, members, tuple(_problems(content, members, files)))


def _beyond_bounds(entries: list[zipfile.ZipInfo], size: int, *, stored: bool) -> str:
    """Say why an archive is not opened: ours are compressed in one way, and their files hold no more than they can."""
    packed = [entry for entry in entries if entry.compress_type != zipfile.ZIP_STORED]
    if any(stored or entry.compress_type != zipfile.ZIP_DEFLATED for entry in packed):
        return f"a file in it is compressed{'' if stored else ' in a way'}, which no bundle's is"
    if len(entries) > MOST_MEMBERS:
        return f"it holds more than {MOST_MEMBERS:,} files"
    whole = sum(entry.file_size for entry in entries)
    if whole - sum(entry.file_size - entry.compress_size for entry in packed) > size:
        return "its files are said to be larger than itself"
    if whole > min(LARGEST, DENSEST * size):
        return "its files are said to be larger than any bundle's"
    out = next((entry.filename for entry in entries if _leads_out(entry.filename)), "")
    return f"{out} leads out of the bundle" if out else ""


def _leads_out(name: str) -> bool:
    return name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name.split("/")[0]


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
    if not found and manifest(_facts(members[MANIFEST]), listed) != members[MANIFEST]:
        found.append(f"{MANIFEST} is not written as this evaluator writes it, so that others may read it otherwise")
    if not found and not _as_packed(content, members[MANIFEST], inner):
        found.append("the archive around the files was changed")
    return found


def _as_packed(content: bytes, listed: bytes, members: Mapping[str, bytes]) -> bool:
    """Whether an archive is the one that its files make; the compression of another machine may have other bytes.

    Where some large file is compressed as it is here, all were, and a byte that differs was changed.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        packed = _streams(content, archive.infolist())
    ours = pack(listed, members, compressed=bool(packed))
    if content == ours or not packed:
        return content == ours
    with zipfile.ZipFile(io.BytesIO(ours)) as archive:
        here = _streams(ours, archive.infolist())
    alike = any(len(one) > TELLING and here.get(name) == one for name, one in packed.items())
    return not alike and all(map(_is_one_stream, packed.values())) and _unpacked(content) == _unpacked(ours)


def _streams(content: bytes, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Give the bytes of each compressed member as they stand in an archive without extra fields."""
    starts = {each.filename: each.header_offset + LOCAL + len(each.filename.encode()) for each in entries}
    return {
        each.filename: content[starts[each.filename] :][: each.compress_size]
        for each in entries
        if each.compress_type != zipfile.ZIP_STORED
    }


def _is_one_stream(packed: bytes) -> bool:
    """Whether compressed bytes are one whole stream, with nothing after it."""
    reader = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        reader.decompress(packed)
    except zlib.error:
        return False
    return reader.eof and not reader.unused_data


def otherwise(then: Mapping[str, bytes], now: Mapping[str, bytes]) -> list[str]:
    """Name what of a bundle came out differently when it was recomputed; what came in is compared by its sums alone."""
    kept = (INPUTS, MANIFEST, CLOSING)
    names = sorted(name for name in set(then) | set(now) if not name.startswith(kept))
    return [
        f"{name.removeprefix(OUTPUTS)} comes out differently when recomputed"
        for name in names
        if name not in then or name not in now or uncompressed(name, then[name]) != uncompressed(name, now[name])
    ]


def under(folder: str, bundle: Bundle) -> dict[str, bytes]:
    """Give the members of a bundle under a folder, by their names within it."""
    return {name[len(folder) :]: each for name, each in bundle.members.items() if name.startswith(folder)}


def unreadable(bundle: Bundle) -> dict[str, str]:
    """Give the inputs that could not be read when a bundle was made, with the reason."""
    told = bundle.manifest.get(UNREADABLE, {})
    return {str(name): str(why) for name, why in told.items()} if isinstance(told, dict) else {}


def _facts(listed: bytes) -> dict[str, Any]:
    return {key: value for key, value in json.loads(listed).items() if key != "files"}


def other_facts(told: Mapping[str, Any], again: bytes, but: frozenset[str] = frozenset()) -> list[str]:
    """Name what a manifest says of the run itself that another of the same inputs says otherwise; versions may differ.

    An input that the other does not list is one that nothing reads: it was put there. What is named in ``but`` is not
    compared.
    """
    here = json.loads(again)
    unread = {name for name in told["files"] if name.startswith(INPUTS)} - set(here.get("files", ()))
    return [f"{name} is no input that anything reads" for name in sorted(unread)] + [
        f"the manifest's {name.replace('_', ' ')} is not what the inputs give"
        for name in sorted((set(here) | set(told)) - {"files", "made_with"} - but)
        if repr(here.get(name)) != repr(told.get(name))  # 0 is not false
    ]
