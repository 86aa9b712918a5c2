"""Forty files that nobody should ever send, and a small one that is what it says: what any reader of files meets."""

import gzip
import io
import struct
import zipfile
from collections.abc import Iterator

import openpyxl

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{at} "{f"&a{at - 1 or str()};" * 10}">' for at in range(1, 9))
    + "]><a>&a8;</a>"
).encode()
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows: tuple[object, ...]) -> bytes:
    """Write a workbook with one sheet."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in rows or (("bid", "name"), ("B1", "Trust")):
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def with_member(name: str, content: bytes, of: bytes = b"", times: int = 1) -> bytes:
    """Give a workbook with a member more, or with another one in its place."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(of or workbook())) as there,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in there.infolist():
            if entry.filename != name:
                new.writestr(entry, there.read(entry))
        for at in range(times):
            new.writestr(name if times == 1 else f"{name}{at}", content)
    return made.getvalue()


def _sheet(inner: bytes) -> bytes:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return with_member(SHEET, b'<worksheet xmlns="' + main + b'"><sheetData>' + inner + b"</sheetData></worksheet>")


def _cell(place: bytes, inner: bytes) -> bytes:
    return _sheet(b'<row r="1"><c r="' + place + b'" t="str">' + inner + b"</c></row>")


def _archives() -> Iterator[bytes]:
    whole = workbook()
    yield from (b"", b"PK", b"PK\x03\x04" + b"\0" * 60, whole[: len(whole) // 2], whole[40:], whole + b"\0" * 100_000)
    yield bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600
    yield whole.replace(struct.pack("<I", 0x02014B50), b"PK\x01\x09")
    yield with_member("xl/media/a.bin", b"\0" * 90_000_000)
    yield with_member("xl/media/a.bin", gzip.compress(b"\0" * 50_000_000))
    yield with_member("a", b"x", times=20_000)
    yield from (with_member(name, b"x") for name in ("../../zz-evil.xlsx", "/etc/zz-evil", "C:\\zz-evil", "a\0b"))
    yield from (with_member(name, b"x") for name in ("xl/vbaProject.bin", "xl/embeddings/oleObject1.bin"))


def _sheets() -> Iterator[bytes]:
    yield from (with_member("xl/workbook.xml", one) for one in (LAUGHS, OUTSIDE, b"<a>" * 100_000, b"\xff\xfe<", b""))
    yield from (with_member(SHEET, one) for one in (LAUGHS, OUTSIDE, b"<a " + b"b" * 5_000_000))
    yield with_member("[Content_Types].xml", b"<Types/>")
    yield from (_cell(place, b"<v>1</v>") for place in (b"XFD1048576", b"A99999999999", b"ZZZZZZ1", b"-1"))
    yield _cell(b"A1", b'<f>WEBSERVICE("http://127.0.0.1/")</f><v>1</v>')
    yield _cell(b"A1", b"<v>" + b"9" * 400_000 + b"</v>")
    yield _sheet(b'<row r="1"/>' * 400_000)


def _texts() -> Iterator[bytes]:
    yield from (
        b"\0" * 5_000,
        b"bid,theme\nB1," + b"x" * 3_000_000,
        b"a," * 200_000,
        b'"' * 100_001,
        b"\xff\xfe\x00\xd8",
    )
    yield from (b"[" * 100_000, b'{"a":' * 50_000, b"a." * 20_000 + b"a = 1", b"%PDF-1.7 no", LAUGHS)


def forty() -> tuple[bytes, ...]:
    """Give the files."""
    made = (*_archives(), *_sheets(), *_texts())
    assert len(made) >= 40, len(made)
    return made
