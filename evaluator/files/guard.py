"""The guard: a workbook is hostile until this has looked at it. Nothing opens a workbook before.

What it looks for is listed, with what other readers do when they meet it, in the project's notes on spreadsheets;
each hazard gives a finding with a remedy that an officer can follow.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.parsers import expat

from evaluator.records.catalogue import finding
from evaluator.records.source import Finding, Source

MEGABYTE = 1024 * 1024
LARGEST_FILE = 60 * MEGABYTE
LARGEST_PART = 200 * MEGABYTE
LARGEST_TOTAL = 400 * MEGABYTE
MOST_PARTS = 2_000
MOST_TIMES = 250  # a part that inflates more than this, and past a megabyte, is a bomb
LAST_ROW, LAST_COLUMN = 250_000, 400
OLE = bytes.fromhex("D0CF11E0A1B11AE1")  # old .xls files, and every password-protected workbook
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ACTIVE = (
    ("vbaProject", "macros"),
    ("externalLinks/", "links to other workbooks"),
    ("connections.xml", "a data connection"),
    ("queryTables/", "a data query"),
    ("embeddings/", "an embedded object"),
    ("activeX/", "an ActiveX control"),
)


class _Refused(Exception):
    """A part that must not be read; carries the finding's code and facts."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def guard(path: Path, name: str) -> tuple[Finding, ...]:
    """Look at a workbook's bytes, and find what makes it unsafe or impossible to read; an empty tuple lets it pass."""
    try:
        _check_bytes(path)
        with zipfile.ZipFile(path) as book:
            _check_parts(book.infolist())
            for part in book.infolist():
                _check_content(part.filename, _inflated(book, part))
    except _Refused as refused:
        return (finding(refused.code, Source(name), **refused.facts),)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, expat.ExpatError, EOFError, NotImplementedError, RuntimeError):
        return (finding("E-FILE-011", Source(name)),)
    except (OSError, ValueError, zipfile.zlib.error):  # type: ignore[attr-defined]
        return (finding("E-FILE-011", Source(name)),)
    return ()


def _check_bytes(path: Path) -> None:
    if path.stat().st_size > LARGEST_FILE:
        raise _Refused("E-FILE-013", what=f"a file of {path.stat().st_size // MEGABYTE} megabytes")
    with path.open("rb") as stream:
        start = stream.read(len(OLE))
    if start == OLE:
        raise _Refused("E-FILE-010")


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_TOTAL:
        raise _Refused("E-FILE-013", what="an archive that unpacks to far more than a workbook")
    if len(set(names)) < len(names) or any(".." in name or name.startswith(("/", "\\")) for name in names):
        raise _Refused("E-FILE-014")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise _Refused("E-FILE-011")
    for mark, what in ACTIVE:
        if any(mark.lower() in name.lower() for name in names):
            raise _Refused("E-FILE-012", what=what)


def _inflated(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Inflate a part piece by piece, counting what really comes out rather than what the archive claims."""
    size = 0
    with book.open(part) as stream:
        while piece := stream.read(MEGABYTE):
            size += len(piece)
            if size > LARGEST_PART or (size > 2 * MEGABYTE and size > MOST_TIMES * max(part.compress_size, 1)):
                raise _Refused("E-FILE-013", what="a part that unpacks to far more than a sheet")
            yield piece


def _check_content(name: str, pieces: Iterator[bytes]) -> None:
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        for _ in pieces:
            pass
        return
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = _element_check(name)
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _refuse_doctype(*_: object) -> None:
    raise _Refused("E-FILE-015")


def _element_check(name: str) -> Callable[[str, dict[str, str]], None] | None:
    if name == "[Content_Types].xml":
        return _refuse_macros
    return _Places().check if name.startswith("xl/worksheets/") else None


def _refuse_macros(_: str, attributes: dict[str, str]) -> None:
    if "macroEnabled" in attributes.get("ContentType", ""):
        raise _Refused("E-FILE-012", what="macros")


class _Places:
    """The places of a sheet's cells as they come: none far away, none twice, each in its own row.

    A spreadsheet program writes rows and cells in order. Where the same cell stands twice, one program shows the first
    and another the second, so that nobody could say what a person saw.
    """

    def __init__(self) -> None:
        self.row = self.column = 0

    def check(self, element: str, attributes: dict[str, str]) -> None:
        """Look at one element of a sheet."""
        kind = element.rpartition(":")[2]
        if kind == "row":
            row = attributes.get("r", str(self.row + 1))
            if not row.isascii() or not row.isdigit() or len(row) > 7 or int(row) <= self.row:
                raise _Refused("E-FILE-017", cell=f"row {row[:12]}")
            self.row, self.column = int(row), 0
        elif kind == "c":
            self.check_cell(attributes.get("r", ""))

    def check_cell(self, reference: str) -> None:
        """Look at one cell; without a reference it is the next one in its row."""
        place = REFERENCE.fullmatch(reference)
        row, column = (int(place[2]), column_number(place[1])) if place else (self.row, self.column + 1)
        if (reference and place is None) or row > LAST_ROW or column > LAST_COLUMN:
            raise _Refused("E-FILE-016", cell=reference[:12] or f"column {column}")
        if row != self.row or column <= self.column:
            raise _Refused("E-FILE-017", cell=reference)
        self.column = column


def column_number(letters: str) -> int:
    """Count a column from 1.

    >>> column_number("A"), column_number("AA"), column_number("XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
