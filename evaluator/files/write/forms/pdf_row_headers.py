"""Tag the row headings of a PDF's tables: typst tags heading rows only, as long as its extra tags are not to be had.

A heading cell becomes ``TH`` with the scope of a row and a name, and each cell of its row refers to that name, as cells
refer to the headings of their columns. Only the tree of tags is changed; what a page shows stays as it is.
"""

import io
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from evaluator.files.write.forms.blocks import Page, Table, every
from evaluator.files.write.forms.grid import grid


class Placed(NamedTuple):
    """A cell: its column, whether it is a row's heading, and where its row's headings stand (column, rows back)."""

    column: int
    heading: bool
    headings: tuple[tuple[int, int], ...]


TABLE = Name.Table
Tagged = list[tuple[Object, Placed]]  # a row of a PDF: its cells that begin in it, each with what it is on the page


class RowsDifferError(RuntimeError):
    """The tags of a PDF do not have the rows of its page: a mistake of ours, never of an officer."""


def with_row_headings(pdf: bytes, page: Page) -> bytes:
    """Tag the row headings of a page's tables in its PDF.

    Parameters
    ----------
    pdf : the page as a tagged PDF, as typst wrote it.

    Returns
    -------
    The PDF with those tags, the same bytes for the same PDF; as it came where no row has a heading.

    Raises
    ------
    RowsDifferError : the PDF's tags do not have the rows of the page, one by one, with as many cells.
    """
    with _readable(pdf) as source, pikepdf.open(source, attempt_recovery=False) as made:
        tree = made.Root.StructTreeRoot
        headings = _tag(_rows(tree, page))
        if not headings:
            return pdf
        _list(headings, tree)
        return _saved(made)


@contextmanager
def _readable(pdf: bytes) -> Iterator[str | io.BytesIO]:
    """Let pikepdf read a PDF from a file that is in memory only, where the system has such: thrice as quick."""
    if not hasattr(os, "memfd_create") or not Path("/proc/self/fd").is_dir():
        yield io.BytesIO(pdf)
        return
    with open(os.memfd_create("page.pdf"), "wb", buffering=0) as held:  # noqa: PTH123 - it has no path of its own
        held.write(pdf)
        yield f"/proc/self/fd/{held.fileno()}"


def _rows(tree: Object, page: Page) -> list[Tagged]:
    """Find the rows of the page's tables, in reading order, in the PDF's tags."""
    tagged = list(_tagged_rows(tree))
    wanted = [line for block in every(page.blocks) if isinstance(block, Table) for line in _lines(block)]
    counts = zip_longest(map(len, tagged), map(len, wanted))
    differs = next((number for number, (there, here) in enumerate(counts, 1) if there != here), None)
    if differs:
        raise RowsDifferError(
            f"the tables of {page.title!r} have {len(wanted)} rows, and {len(tagged)} in the tags of its PDF, "
            f"where row {differs} is the first with other cells"
        )
    return [list(zip(cells, line, strict=True)) for cells, line in zip(tagged, wanted, strict=True)]


def _tagged_rows(tree: Object) -> Iterator[list[Object]]:
    """Give the cells of each row of each table, in reading order."""
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        if element.get("/S") == Name.TR:
            yield _within(element)
        else:
            waiting += reversed(_within(element))


def _within(element: Object) -> list[Object]:
    """Give the elements right within one; what else it holds points to what the page shows."""
    held = element.get("/K")
    return [] if held is None else [one for one in held if isinstance(one, Object) and one.get("/S") is not None]


def _lines(table: Table) -> Iterator[list[Placed]]:
    """Give for each row the cells that begin in it."""
    since: dict[int, int] = {}
    for number, line in enumerate(grid(table.rows)):
        heads = [place for place in line if number >= len(table.head) and place.cell.header and place.cell.runs]
        since |= {place.column: number for place in heads if place.first}
        told = tuple((place.column, number - since[place.column]) for place in heads)
        yield [Placed(place.column, place in heads, told) for place in line if place.first]


def _tag(rows: Iterable[Tagged]) -> dict[str, Object]:
    """Name the headings of each row, then let its other cells refer to them and to those that reach down to it."""
    headings: dict[str, Object] = {}
    names: dict[tuple[int, int], str] = {}  # by row and column
    for row, cells in enumerate(rows):
        for cell, placed in cells:
            if placed.heading:
                name = names[row, placed.column] = f"R{len(headings) + 1:06}"
                headings[name] = cell
                _make_heading(cell, name)
        for cell, placed in cells:
            if placed.headings and not placed.heading:
                _refer(cell, [String(names[row - back, column]) for column, back in placed.headings])
    return headings


def _make_heading(cell: Object, name: str) -> None:
    """Make a cell a heading of its row, with a name."""
    cell.S, cell.ID = Name.TH, String(name)
    _of_table(cell).Scope = Name.Row


def _refer(cell: Object, names: list[Object]) -> None:
    """Let a cell refer to the headings of its row, before those of its column."""
    facts = _of_table(cell)
    facts.Headers = Array([*names, *facts.get("/Headers", ())])


def _of_table(cell: Object) -> Object:
    """Give the attributes that a cell has as part of a table."""
    attributes: list[Object] = list(cell.get("/A", ()))
    found = next((one for one in attributes if one["/O"] == TABLE), None)
    if found is None:
        cell.A = Array([Dictionary(O=TABLE), *attributes])
        found = next(iter(cell.A))
    return found


def _list(headings: Mapping[str, Object], tree: Object) -> None:
    """List the names before those of typst: the list must be sorted, and theirs begin with a later letter."""
    ours = [part for name, cell in headings.items() for part in (String(name), cell)]
    theirs = tree.IDTree.Names if "/IDTree" in tree else Array()
    tree.IDTree = Dictionary(Names=Array([*ours, *theirs]))


def _saved(made: pikepdf.Pdf) -> bytes:
    """Write a PDF without a clock, its streams as typst wrote them, and with nothing of it declared anew."""
    written = io.BytesIO()
    made.save(
        written,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        fix_metadata_version=False,
        deterministic_id=True,
    )
    return written.getvalue()
