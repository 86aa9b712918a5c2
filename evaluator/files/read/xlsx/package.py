"""The archive that a workbook is: hostile until this has looked at it. Every limit that keeps a reader safe is here."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.parsers import expat

MEGABYTE = 1024 * 1024
LARGEST_FILE = 60 * MEGABYTE
LARGEST_PART = 100 * MEGABYTE
LARGEST_TOTAL = 250 * MEGABYTE
LARGEST_SMALL_PART = 8 * MEGABYTE  # of a part that is read as a whole, or not at all
DEEPEST = 100  # elements within one another
MOST_PARTS = 2_000
MOST_TIMES = 250  # a part that inflates more than this, and past two megabytes, is a bomb
OLE = bytes.fromhex("D0CF11E0A1B11AE1")  # old .xls files, and every password-protected workbook
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
STARTS = (
    (b"%PDF", "a PDF file"),
    (b"{\\rtf", "a text document (.rtf)"),
    (b"<?xml", "an XML file"),
    (b"<html", "a web page"),
    (b"<!doctype html", "a web page"),
    (b"<table", "a web page"),
)
WORD = "word/document.xml"
INSIDE = (
    ("xl/workbook.bin", "a binary workbook (.xlsb)"),
    ("content.xml", "an OpenDocument file such as .ods"),
    (WORD, "a Word document"),
    ("ppt/presentation.xml", "a presentation"),
    ("Index/Document.iwa", "a Numbers file"),
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = {  # what the strict kind of workbooks calls what the usual kind calls otherwise (part 4 of ECMA-376)
    "http://purl.oclc.org/ooxml/spreadsheetml/main": MAIN,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing": (
        "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    ),
}
DOCUMENT_TYPE = "<!DOCTYPE"
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    expat.ExpatError,
    ElementTree.ParseError,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)


class RefusedError(Exception):
    """A workbook that must not be read; carries the finding's code and facts."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


class Package:
    """The parts of a workbook's archive, each inflated at most once and never further than the limits."""

    def __init__(self, content: bytes, wanted: str = "") -> None:
        """Open an archive; ``wanted`` is the part that makes it the other kind of document that is read here."""
        _check_start(content)
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        parts = self._archive.infolist()
        _check_parts(parts, wanted)
        self._parts = {_key(part.filename): part for part in parts}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts in small letters, in the archive's order."""
        return tuple(self._parts)

    def has(self, name: str) -> bool:
        """Whether there is a part of a name, whatever its capitals."""
        return _key(name) in self._parts

    def pieces(self, name: str, largest: int = LARGEST_PART) -> Iterator[bytes]:
        """Inflate a part piece by piece, counting what really comes out rather than what the archive claims."""
        part, size = self._parts[_key(name)], 0
        with self._archive.open(part) as stream:
            while piece := stream.read(MEGABYTE):
                size += len(piece)
                if size > largest or (size > 2 * MEGABYTE and size > MOST_TIMES * max(part.compress_size, 1)):
                    raise RefusedError("E-FILE-013", what="a part that unpacks to far more than a sheet")
                yield piece

    def content(self, name: str) -> bytes:
        """Inflate a small part as a whole; empty where there is no such part."""
        return b"".join(self.pieces(name, LARGEST_SMALL_PART)) if self.has(name) else b""

    def tree(self, name: str) -> ElementTree.Element | None:
        """Read a small part of XML as a whole; None where there is no such part."""
        return tree_of(self.content(name)) if self.has(name) else None

    def drain(self, name: str) -> None:
        """Read a part that nobody needs to its end: its sum must be right, and XML must declare no document type.

        Drawings of the old kind need be no whole XML: spreadsheet programs write them with ``<br>`` that nothing ends.
        """
        if name.endswith((".xml", ".rels")):
            feed(new_parser(), self.pieces(name))
        elif name.endswith(".vml"):
            self.loose(name)
        else:
            for _ in self.pieces(name):
                pass

    def loose(self, name: str) -> str:
        """Read a small part that need be no whole XML as the text that it is; empty where there is no such part."""
        text = self.content(name).replace(b"\0", b"").decode("utf-8", "replace")
        if DOCUMENT_TYPE in text.upper():
            raise RefusedError("E-FILE-015")
        return text


def tree_of(content: bytes) -> ElementTree.Element:
    """Read XML as a whole; no document type, and no elements in one another without end."""
    parser = ElementTree.XMLParser(target=_Builder())
    parser.feed(content)
    found: ElementTree.Element = parser.close()
    return found


class _Builder(ElementTree.TreeBuilder):
    depth = 0
    strict = False

    def start(self, tag: str, attrs: dict[str, str]) -> ElementTree.Element:
        """Begin an element, unless it stands deeper than any that a spreadsheet program writes."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise RefusedError("E-FILE-011")
        space = tag[1:].partition("}")[0]
        if space in STRICT or self.strict:
            self.strict = True
            tag, attrs = _usual(tag), {_usual(name): text for name, text in attrs.items()}
        return super().start(tag, attrs)

    def end(self, tag: str) -> ElementTree.Element:
        """End an element."""
        self.depth -= 1
        return super().end(tag)

    def doctype(self, *_: object) -> None:
        """Refuse a document type as soon as it begins."""
        raise RefusedError("E-FILE-015")


def _key(name: str) -> str:
    """Give the name by which a part is known: spreadsheet programs tell neither capitals nor the two slashes apart."""
    return name.replace("\\", "/").casefold()


def _usual(name: str) -> str:
    """Give a name of the strict kind as the usual kind has it."""
    space, _, plain = name[1:].partition("}")
    return f"{{{STRICT[space]}}}{plain}" if space in STRICT else name


def local(name: str) -> str:
    """Give the plain name of an element of spreadsheets; one of anything else keeps what it is of before it.

    >>> local("http://purl.oclc.org/ooxml/spreadsheetml/main row"), local("urn:x row")
    ('row', 'urn:x row')
    """
    space, _, plain = name.rpartition(" ")
    return plain if space == MAIN or STRICT.get(space) == MAIN else name


def new_parser() -> expat.XMLParserType:
    """Make a parser that refuses a document type and puts a space between a name's namespace and itself."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.buffer_text = True
    return parser


def feed(parser: expat.XMLParserType, pieces: Iterator[bytes]) -> None:
    """Parse a part; a megabyte without the end of a tag is no spreadsheet program's."""
    for piece in pieces:
        if len(piece) == MEGABYTE and b">" not in piece:
            raise RefusedError("E-FILE-013", what="a part with a text of more than a megabyte")
        parser.Parse(piece, False)  # noqa: FBT003 - a C function
    parser.Parse(b"", True)  # noqa: FBT003 - a C function


def _refuse_doctype(*_: object) -> None:
    raise RefusedError("E-FILE-015")


def _check_start(content: bytes) -> None:
    """Look at a file's first bytes: what is no archive at all is named if it can be."""
    if content.startswith(OLE):
        encrypted = ENCRYPTED in content
        raise RefusedError("E-FILE-010", what="protected with a password" if encrypted else "in the old .xls format")
    if content.startswith(b"PK"):
        return
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, what in STARTS:
        if start.startswith(mark.lower()):
            raise RefusedError("E-FILE-018", what=what)
    if start and b"\0" not in content[:2000] and any(mark in content[:2000] for mark in (b",", b";", b"\t")):
        raise RefusedError("E-FILE-018", what="a text file such as .csv")


def _check_parts(parts: list[zipfile.ZipInfo], wanted: str) -> None:
    names = [_key(part.filename) for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_TOTAL:
        raise RefusedError("E-FILE-013", what="an archive that unpacks to far more than a workbook")
    if len(set(names)) < len(names) or any(".." in name or name.startswith("/") for name in names):
        raise RefusedError("E-FILE-014")
    for name, what in INSIDE:
        if _key(name) in names and name != wanted:
            raise RefusedError("E-FILE-018", what=what)
    if "[content_types].xml" not in names:
        raise RefusedError("E-FILE-011")
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise RefusedError("E-FILE-011")
