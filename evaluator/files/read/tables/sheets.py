"""Sheets in: a sheet of a workbook becomes columns of texts, each cell with its place.

What a cell's *type* or *look* makes unsafe to read (a formula, an error, a date where a mark belongs, figures that are
not to be seen) is found here; what its *text* says is for validation.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from evaluator.files.read.tables.cells import cell_text
from evaluator.files.read.tables.headings import heading, match_headings, names_of
from evaluator.files.read.tables.layouts import Layout
from evaluator.files.read.xlsx.cell import Book, Held, Sheet, coordinates, letters
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.submissions.received import Block, Table

HEADING_ROWS = 20  # the heading row is looked for in these


def read_sheet(
    book: Book, file: str, layout: Layout, *, strict: bool = True
) -> tuple[Table | None, tuple[Finding, ...]]:
    """Read a layout's sheet of a workbook.

    Parameters
    ----------
    book : as it was scanned.
    file : the name that findings give it.
    strict : whether a heading that the layout does not know is a finding.

    Returns
    -------
    The table, or None where no heading row was found, and the findings.
    """
    named = [s for s in book.sheets if s.title.strip().casefold() == layout.sheet.casefold()]
    if len(named) != 1:
        code, shown = ("E-FILE-027", named) if named else ("E-FILE-020", book.sheets)
        return None, (finding(code, Source(file), sheet=layout.sheet, found=", ".join(s.title for s in shown)),)
    reader = _SheetReader(named[0], file, layout, from_1904=book.from_1904)
    table = reader.read(strict=strict)
    return table, tuple(reader.findings)


def second_sheets(book: Book, file: str, layout: Layout) -> tuple[Finding, ...]:
    """Find other sheets that hold rows under a layout's headings: somebody may think that they count."""
    found = []
    for sheet in (s for s in book.sheets if s.title.strip().casefold() != layout.sheet.casefold()):
        table = _SheetReader(sheet, file, layout, from_1904=book.from_1904).read(strict=False)
        if table is not None and len(table):
            place = Source(file, sheet.title)
            found.append(finding("E-FILE-028", place, sheet=sheet.title, rows=len(table), main=layout.sheet))
    return tuple(found)


class _SheetReader:
    """One reading of one sheet; keeps the findings as it goes."""

    def __init__(self, sheet: Sheet, file: str, layout: Layout, *, from_1904: bool) -> None:
        self.sheet, self.file, self.layout, self.from_1904 = sheet, file, layout, from_1904
        self.findings: list[Finding] = []

    def read(self, *, strict: bool) -> Table | None:
        """Find the heading row, then take every row under it that is not empty."""
        if not self.sheet.visible:
            self.note("E-FILE-023", sheet=self.sheet.title)
        start, headings = self.heading_row()
        at, problems = match_headings(headings, self.layout, strict=strict)
        for code, facts in problems:
            self.note(code, start, "", **facts)
        if any(column.required and column.key not in at for column in self.layout.columns):
            return None
        self.check_hidden_columns(at)
        self.check_merged(start, at)
        self.check_covered(start)
        self.check_beside(start, headings, strict=strict)
        return self.rows(start, at)

    def note(self, code: str, row: int = 0, column: str = "", **facts: Any) -> None:
        """Keep a finding about a place in this sheet."""
        self.findings.append(finding(code, Source(self.file, self.sheet.title, row, column), **facts))

    def heading_row(self) -> tuple[int, dict[int, str]]:
        """Take the row among the first ones that has most of the layout's headings."""
        best, found = 1, dict[int, str]()
        known = {name for column in self.layout.columns for name in names_of(column)}
        for number, cells in self.sheet.rows.items():
            if number > HEADING_ROWS:
                break
            texts = {column: heading(held.text) for column, held in cells.items()}
            if len(known & set(texts.values())) > len(known & set(found.values())):
                best, found = number, texts
        return best, found

    def check_hidden_columns(self, at: Mapping[str, int]) -> None:
        """Find hidden columns that count."""
        for column in self.layout.columns:
            number = at.get(column.key, 0)
            if number and any(first <= number <= last for first, last in self.sheet.hidden_columns):
                self.note("E-CELL-008", heading=column.heading)

    def check_merged(self, start: int, at: Mapping[str, int]) -> None:
        """Find merged cells within the table's columns, below the heading."""
        used = set(at.values())
        for area in sorted(self.sheet.merged):
            if area.last_row > start and any(area.first_column <= number <= area.last_column for number in used):
                self.note("E-CELL-007", area.first_row, letters(area.first_column), cells=coordinates(area))

    def check_covered(self, start: int) -> None:
        """Find pictures and shapes that lie over the table."""
        for first, last in sorted(self.sheet.covered):
            if last >= start and first <= self.sheet.last_row:
                self.note("E-CELL-011", max(first, start), "", last=min(last, self.sheet.last_row))

    def check_beside(self, start: int, headings: Mapping[int, str], *, strict: bool) -> None:
        """Find values in columns without a heading: nothing reads them, and somebody may think that they count."""
        found: dict[int, list[int]] = {}
        for row, column in _under(self.sheet, start):
            if not headings.get(column):
                found.setdefault(column, []).append(row)
        for column, rows in sorted(found.items()):
            self.note("E-FILE-029" if strict else "E-FILE-034", rows[0], letters(column), cells=len(rows))

    def rows(self, start: int, at: Mapping[str, int]) -> Table:
        """Take the rows under the heading."""
        columns: dict[str, list[str]] = {key: [] for key in at}
        numbers: list[int] = []
        faults: set[tuple[int, str]] = set()
        kinds = {column.key: column for column in self.layout.columns}
        for row, cells in self.sheet.rows.items():
            if row <= start or all(_is_empty(cells.get(number)) for number in at.values()):
                continue
            if self.sheet.row_hidden(row):
                self.note("E-CELL-006", row)
            for key, number in at.items():
                text, fault = cell_text(
                    cells.get(number), kinds[key], from_1904=self.from_1904, noughts_shown=self.sheet.noughts_shown
                )
                fault = fault or self.disguise(row, number, text)
                if fault:
                    self.note(fault[0], row, letters(number), **fault[1])
                    faults.add((len(numbers), key))
                columns[key].append("" if fault else text)
            numbers.append(row)
        names = {key: letters(number) for key, number in at.items()}
        return Table(columns, (Block(self.file, self.sheet.title, numbers, names),), frozenset(faults))

    def disguise(self, row: int, column: int, text: str) -> tuple[str, dict[str, object]] | None:
        """Find a conditional format that can show something else than a cell holds."""
        for area in self.sheet.disguised if text else ():
            inside = area.first_row <= row <= area.last_row and area.first_column <= column <= area.last_column
            if inside:
                return "E-CELL-010", {"value": text[:60], "why": "a conditional format can change or hide it"}
        return None


def _under(sheet: Sheet, start: int) -> Iterator[tuple[int, int]]:
    """Give the row and column of every cell under a heading row that is not empty."""
    for row, cells in sheet.rows.items():
        if row > start:
            yield from ((row, column) for column, held in cells.items() if not _is_empty(held))


def _is_empty(held: Held | None) -> bool:
    return held is None or (held.formula is None and not held.text.strip())


def joined(tables: Iterator[tuple[Table, Mapping[str, str]]], keys: tuple[str, ...]) -> Table:
    """Put tables one under the other; each comes with the values of the columns that it does not have itself."""
    columns: dict[str, list[str]] = {key: [] for key in keys}
    blocks: list[Block] = []
    faults: set[tuple[int, str]] = set()
    for table, given in tables:
        start = len(columns[keys[0]])
        for key in keys:
            columns[key] += table.columns[key] if key in table.columns else [given[key]] * len(table)
        blocks += table.blocks
        faults |= {(start + row, key) for row, key in table.faults}
    return Table(columns, tuple(blocks), frozenset(faults))
