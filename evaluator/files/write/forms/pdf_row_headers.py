"""Tag the row headings of a PDF's tables: typst tags heading rows only, as long as its extra tags are not to be had.

A heading cell becomes ``TH`` with the scope of a row and a name, and each cell of its row refers to that name, as cells
refer to the headings of their columns. Only the tree of tags is written anew; what a page shows stays as it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from evaluator.files.write.forms.blocks import Page, Table, every
from evaluator.files.write.forms.grid import grid

ELEMENT = re.compile(rb"\d+ 0 obj\s+<</Type/StructElem/S/(\w+)/P \d+ 0 R")
ROOT = re.compile(rb"\d+ 0 obj\s+<</Type/StructTreeRoot")
IN_WORDS = re.compile(rb"\\.|[()]", re.DOTALL)  # what begins, ends or is masked within the words that a PDF holds
KIDS = re.compile(rb"/K\[([^\]]*)\]")
REFERENCE = re.compile(rb"(\d+) 0 R")
NAMES, ATTRIBUTES, TABLE = b"/IDTree<</Names[", b"/A[", b"<</O/Table"
ENTRY = 20  # bytes of an entry in the list of objects


class Placed(NamedTuple):
    """A cell: its column, whether it is a row's heading, and where its row's headings stand (column, rows back)."""

    column: int
    heading: bool
    headings: tuple[tuple[int, int], ...]


Parts = dict[int, bytes]  # the text of each object of a PDF by its number


def with_row_headings(pdf: bytes, page: Page) -> bytes:
    """Tag the row headings of a page's tables in its PDF.

    A PDF whose tree does not have the rows of the page, one by one, is given back as it is.
    """
    parts = _parts(pdf)
    rows = list(_rows(parts))
    wanted = [line for block in every(page.blocks) if isinstance(block, Table) for line in _lines(block)]
    if [len(cells) for cells in rows] != [len(line) for line in wanted]:
        return pdf
    names: dict[bytes, int] = {}
    named: dict[tuple[int, int], bytes] = {}  # by row and column
    for row, (cells, line) in enumerate(zip(rows, wanted, strict=True)):
        _tag(parts, list(zip(cells, line, strict=True)), row, names, named)
    if not names:
        return pdf
    root = next(number for number, text in parts.items() if ROOT.match(text))
    parts[root] = _named(parts[root], names)
    return _written(pdf, parts)


def _tag(
    parts: Parts,
    cells: list[tuple[int, Placed]],
    row: int,
    names: dict[bytes, int],
    named: dict[tuple[int, int], bytes],
) -> None:
    """Name the headings of one row, then let its other cells refer to them and to those that reach down to it."""
    for number, one in cells:
        if one.heading:
            name = named[row, one.column] = b"R%06d" % (len(names) + 1)
            names[name] = number
            parts[number] = _heading(parts[number], name)
    for number, one in cells:
        if not one.heading:
            parts[number] = _referring(parts[number], [named[row - back, column] for column, back in one.headings])


def _lines(table: Table) -> Iterator[list[Placed]]:
    """Give for each row the cells that begin in it."""
    since: dict[int, int] = {}
    for number, line in enumerate(grid(table.rows)):
        heads = [place for place in line if number >= len(table.head) and place.cell.header and place.cell.runs]
        since |= {place.column: number for place in heads if place.first}
        told = tuple((place.column, number - since[place.column]) for place in heads)
        yield [Placed(place.column, place in heads, told) for place in line if place.first]


def _parts(pdf: bytes) -> Parts:
    offsets, end = _offsets(pdf)
    ends = sorted([*offsets.values(), end])
    following = dict(pairwise(ends))
    return {number: pdf[offset : following[offset]] for number, offset in offsets.items()}


def _offsets(pdf: bytes) -> tuple[dict[int, int], int]:
    """Give where each object begins, and where the list of objects does."""
    start = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    first = pdf.index(b"\n", start + len(b"xref\n")) + 1
    count = int(pdf[start:first].split()[2])
    entries = (pdf[first + at * ENTRY : first + (at + 1) * ENTRY].split() for at in range(count))
    return {number: int(entry[0]) for number, entry in enumerate(entries) if entry[2] == b"n"}, start


def _rows(parts: Mapping[int, bytes]) -> Iterator[list[int]]:
    """Give the cells of each row of each table, in reading order."""
    waiting = _kids(next(text for text in parts.values() if ROOT.match(text)))[::-1]
    while waiting:
        text = parts[waiting.pop()]
        kind = ELEMENT.match(text)
        if kind is None:
            continue
        if kind[1] == b"TR":
            yield _kids(text)
        else:
            waiting += _kids(text)[::-1]


def _kids(text: bytes) -> list[int]:
    found = KIDS.search(_without_words(text))
    return [int(number) for number in REFERENCE.findall(found[1])] if found else []


def _without_words(text: bytes) -> bytes:
    """Leave out the words of a heading or a picture: they may be anybody's, and look like tags."""
    kept, depth, since = [], 0, 0
    for mark in IN_WORDS.finditer(text):
        if mark[0] == b"(":
            if not depth:
                kept.append(text[since : mark.start()])
            depth += 1
        elif mark[0] == b")":
            depth, since = depth - 1, mark.end()
    return b"".join([*kept, text[since:]])


def _heading(text: bytes, name: bytes) -> bytes:
    """Make a cell a heading of its row, with a name."""
    kind = ELEMENT.match(text)
    assert kind is not None
    head = kind[0].replace(b"/S/TD", b"/S/TH") + b"/ID(" + name + b")"
    rest = text[kind.end() :]
    if TABLE in rest:
        rest = rest.replace(TABLE, TABLE + b"/Scope/Row", 1)
    elif ATTRIBUTES in rest:
        rest = rest.replace(ATTRIBUTES, ATTRIBUTES + TABLE + b"/Scope/Row>>", 1)
    else:
        rest = ATTRIBUTES + TABLE + b"/Scope/Row>>]" + rest
    return text[: kind.start()] + head + rest


def _referring(text: bytes, names: Iterable[bytes]) -> bytes:
    """Let a cell refer to the headings of its row beside those of its column."""
    told = b"".join(b"(" + name + b")" for name in names)
    if not told:
        return text
    if b"/Headers[" in text:
        return text.replace(b"/Headers[", b"/Headers[" + told, 1)
    if TABLE in text:
        return text.replace(TABLE, TABLE + b"/Headers[" + told + b"]", 1)
    made = TABLE + b"/Headers[" + told + b"]>>"
    if ATTRIBUTES in text:
        return text.replace(ATTRIBUTES, ATTRIBUTES + made, 1)
    return text.replace(b"/K[", ATTRIBUTES + made + b"]/K[", 1)


def _named(root: bytes, names: Mapping[bytes, int]) -> bytes:
    """List the names before those of typst: the list must be sorted, and theirs begin with a later letter."""
    listed = b"".join(b"(%s)%d 0 R" % (name, cell) for name, cell in names.items())
    if NAMES in root:
        return root.replace(NAMES, NAMES + listed, 1)
    begun = ROOT.match(root)
    assert begun is not None
    return begun[0] + NAMES + listed + b"]>>" + root[begun.end() :]


def _written(pdf: bytes, parts: Mapping[int, bytes]) -> bytes:
    """Put a PDF together from its objects, with a new list of where they begin."""
    offsets, start = _offsets(pdf)
    made = [pdf[: min(offsets.values())]]
    at, places = len(made[0]), dict[int, int]()
    for number in sorted(offsets, key=offsets.__getitem__):
        places[number] = at
        made.append(parts[number])
        at += len(parts[number])
    trailer = pdf.index(b"trailer", start)
    listed = bytearray(pdf[start:trailer])
    first = listed.index(b"\n", len(b"xref\n")) + 1
    for number, place in places.items():
        listed[first + number * ENTRY : first + number * ENTRY + 10] = b"%010d" % place
    end = pdf[trailer : pdf.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF" % at
    return b"".join([*made, bytes(listed), end])
