"""Mistakes in a folder of bids as data, and how each is mended: ``PLANTED.csv`` in words that a machine can follow.

A mend is one of
``number:4``, ``numbers:4|4|5`` (this cell and those to its right), ``text:pass``: what to put there, as a plain cell;
``delete_row``; ``unhide_row``; ``move_file:from>to``; ``add_row:{...}`` with file, sheet and values by heading.
"""

import csv
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

LIST = "PLANTED.csv"
IN_CELLS = ("number", "numbers", "text", "unhide_row")
Books: TypeAlias = dict[str, Any]  # openpyxl workbooks by file


@dataclass(frozen=True)
class Planted:
    """One planted mistake: where it stands, what it is, what is found there, and what mends it."""

    number: int
    file: str
    sheet: str
    cell: str
    kind: str
    found: str
    mend: str
    expected_code: str = ""

    @property
    def row(self) -> int:
        """The row of the cell."""
        return int("".join(letter for letter in self.cell if letter.isdigit()))


HEADER = tuple(field.name for field in fields(Planted))


def read_planted(folder: Path) -> tuple[Planted, ...]:
    """Read the list of planted mistakes of a folder."""
    with (folder / LIST).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return tuple(Planted(int(row.pop("number")), **row) for row in rows)


def write_planted(planted: Iterable[Planted], path: Path) -> None:
    """Write the list of planted mistakes."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(astuple(one) for one in planted)


def mend(folder: Path, planted: Sequence[Planted]) -> None:
    """Mend mistakes in a folder, in place: cells, then new rows, then rows away from the bottom up, then files."""
    books: Books = {}
    by_kind: dict[str, list[Planted]] = {kind: [] for kind in (*IN_CELLS, "add_row", "delete_row", "move_file")}
    for one in planted:
        by_kind[one.mend.partition(":")[0]].append(one)
    for one in (one for kind in IN_CELLS for one in by_kind[kind]):
        _mend_cell(_sheet(folder, books, one.file, one.sheet), one)
    for one in by_kind["add_row"]:
        _add_row(folder, books, json.loads(one.mend.removeprefix("add_row:")))
    for one in sorted(by_kind["delete_row"], key=lambda one: -one.row):
        _sheet(folder, books, one.file, one.sheet).delete_rows(one.row)
    for file, book in books.items():
        book.save(folder / file)
    for one in by_kind["move_file"]:
        source, _, target = one.mend.removeprefix("move_file:").partition(">")
        shutil.move(folder / source, folder / target)


def _sheet(folder: Path, books: Books, file: str, sheet: str) -> Worksheet:
    if file not in books:
        books[file] = openpyxl.load_workbook(folder / file)
    found: Worksheet = books[file][sheet]
    return found


def _mend_cell(sheet: Worksheet, one: Planted) -> None:
    what, _, value = one.mend.partition(":")
    if what == "unhide_row":
        sheet.row_dimensions[one.row].hidden = False
        return
    cell = sheet[one.cell]
    cell.number_format = "General"
    if what == "text":
        cell.value = value
        return
    for step, number in enumerate(value.split("|")):
        sheet.cell(cell.row, cell.column + step).value = float(number) if "." in number else int(number)


def _add_row(folder: Path, books: Books, wanted: dict[str, Any]) -> None:
    sheet = _sheet(folder, books, wanted["file"], wanted["sheet"])
    headings = [cell.value for cell in sheet[1]]
    sheet.append([wanted["values"].get(heading) for heading in headings])


def shown(value: object) -> str:
    """Write a cell's value for the list, with strange characters made visible."""
    if value is None:
        return "(blank)"
    if isinstance(value, datetime):
        return f"a date: {value:%d/%m/%Y}"
    text = str(value).upper() if isinstance(value, bool) else str(value)
    return text.replace("\u00a0", "(non-breaking space)")
