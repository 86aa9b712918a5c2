"""A desk on which good workbooks are spoiled: opens them with another program than wrote them, as offices do."""

import json
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from sample_bids.mending import Books, Planted, shown

Row = Mapping[str, object]  # by heading
STAMP = (2026, 11, 20, 9, 0, 0)  # fixed, so that the same mistakes make the same bytes
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


class Desk:
    """Workbooks being spoiled, and the list of what was done to them."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = dict(files)
        self.books: Books = {}
        self.planted: list[Planted] = []

    def sheet(self, file: str, sheet: str) -> Any:
        """Open a sheet for spoiling."""
        if file not in self.books:
            self.books[file] = openpyxl.load_workbook(BytesIO(self.files[file]))
        return self.books[file][sheet]

    def place(self, file: str, sheet: str, heading: str, wanted: Mapping[str, str]) -> str:
        """Find the cell under a heading in the first row that has the wanted values, given by heading."""
        at = self._columns(file, sheet)
        rows = self.sheet(file, sheet).iter_rows(min_row=2)
        row = next(cells for cells in rows if all(cells[at[key] - 1].value == value for key, value in wanted.items()))
        return f"{get_column_letter(at[heading])}{row[0].row}"

    def _columns(self, file: str, sheet: str) -> dict[str, int]:
        return {cell.value: cell.column for cell in self.sheet(file, sheet)[1]}

    def note(self, file: str, sheet: str, cell: str, kind: str, found: object, mend: str) -> None:
        """Put a mistake on the list."""
        self.planted.append(Planted(len(self.planted) + 1, file, sheet, cell, kind, shown(found), mend))

    def spoil(self, file: str, sheet: str, cell: str, kind: str, value: object, number_format: str = "") -> None:
        """Put a wrong value in a cell; the mend is what stood there."""
        target = self.sheet(file, sheet)[cell]
        good = target.value
        target.value = value
        target.number_format = number_format or "General"
        self.note(file, sheet, cell, kind, value, f"{'text' if isinstance(good, str) else 'number'}:{good}")

    def add(self, file: str, sheet: str, kind: str, under: str, values: Row) -> None:
        """Add a row that should not be there; ``under`` is the heading of the cell to look at."""
        target, at = self.sheet(file, sheet), self._columns(file, sheet)
        row = target.max_row + 1
        for heading, value in values.items():
            target.cell(row, at[heading]).value = value
        cell = target.cell(row, at[under])
        self.note(file, sheet, cell.coordinate, kind, cell.value, "delete_row")

    def repeat(self, file: str, sheet: str, cell: str, kind: str, changed: Row | None = None) -> None:
        """Add a copy of a cell's row at the end, with some values changed."""
        source = self.sheet(file, sheet)[self.sheet(file, sheet)[cell].row]
        headings = {number: heading for heading, number in self._columns(file, sheet).items()}
        values = {headings[c.column]: c.value for c in source} | dict(changed or {})
        under = headings[self.sheet(file, sheet)[cell].column]
        self.add(file, sheet, kind, under, values)

    def remove(self, file: str, sheet: str, cell: str, kind: str, seen_at: tuple[str, str, str], found: str) -> None:
        """Take a cell's row away; ``seen_at`` is where a reader will miss it."""
        target = self.sheet(file, sheet)
        row = target[cell].row
        values = {heading: target.cell(row, number).value for heading, number in self._columns(file, sheet).items()}
        target.delete_rows(row)
        wanted = {
            "file": file,
            "sheet": sheet,
            "values": {key: value for key, value in values.items() if value is not None},
        }
        self.note(*seen_at, kind, found, "add_row:" + json.dumps(wanted, ensure_ascii=False))

    def hide(self, file: str, sheet: str, cell: str, kind: str) -> None:
        """Hide a row that counts."""
        target = self.sheet(file, sheet)
        row = target[cell].row
        target.row_dimensions[row].hidden = True
        self.note(file, sheet, str(row), kind, target[cell].value, "unhide_row")

    def put_aside(self, file: str, aside: str, kind: str) -> None:
        """Move a file to where nothing looks for it."""
        self.files[aside] = self.files.pop(file)
        self.note(file, "", "", kind, "(no file)", f"move_file:{aside}>{file}")

    def written(self) -> dict[str, bytes]:
        """Give every file's bytes."""
        return self.files | {file: saved(book) for file, book in self.books.items()}


def saved(book: Any) -> bytes:
    """Save a workbook with fixed times in place of the clock's."""
    raw, fixed = BytesIO(), BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = MODIFIED.sub(rb"\g<1>" + f"{datetime(*STAMP).isoformat()}Z".encode(), source.read(name))  # noqa: DTZ001
            part = zipfile.ZipInfo(name, STAMP)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, content)
    return fixed.getvalue()
