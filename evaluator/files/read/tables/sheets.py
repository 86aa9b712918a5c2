"""Sheets in: a sheet of a workbook becomes columns of texts, each cell with its place.

What a cell's *type* or *look* makes unsafe to read (a formula, an error, a date where a mark belongs, figures that are
not to be seen) is found here; what its *text* says is for validation.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from evaluator.files.read.tables.guard import Guard, filled, is_empty, sheet_named
from evaluator.files.read.tables.headings import heading, is_among, match_headings, names_of, unknown
from evaluator.files.read.tables.layouts import Layout
from evaluator.files.read.xlsx.cell import Book, Sheet, letters
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.look_alikes import skeleton
from evaluator.records.submissions.received import Block, Table

HEADING_ROWS = 20  # the heading row is looked for in these
OTHER_HEADINGS = 2  # so many known headings above those that are read make another row of headings


def read_sheet(
    book: Book, file: str, layout: Layout, *, strict: bool = True
) -> tuple[Table | None, tuple[Finding, ...]]:
    """Read a layout's sheet of a workbook.

    Parameters
    ----------
    book : as it was scanned.
    file : the name that findings give it.
    strict : whether a heading that is nearly one of the layout's is a finding.

    Returns
    -------
    The table, or None where no heading row was found, and the findings.
    """
    sheet, found = sheet_named(book, file, layout.sheet)
    if sheet is None:
        titles = "not repeated here" if layout.private else ", ".join(one.title for one in book.sheets)
        return None, found or (finding("E-FILE-020", Source(file), sheet=layout.sheet, found=titles),)
    reader = _SheetReader(sheet, file, layout, from_1904=book.from_1904)
    table = reader.read(strict=strict)
    return table, (*found, *reader.findings)


def second_sheets(book: Book, file: str, layout: Layout) -> tuple[Finding, ...]:
    """Find sheets beside those that are read: with rows under the layout's headings, or with anything else in them."""
    known = {skeleton(layout.sheet), *map(skeleton, layout.beside or ())}
    found = [one for name in layout.beside or () for one in sheet_named(book, file, name)[1]]
    for sheet in book.sheets:
        if skeleton(sheet.title) in known or is_among(sheet.title, layout.beside or ()):
            continue
        table = _SheetReader(sheet, file, layout, from_1904=book.from_1904).read(strict=False)
        if table is not None and len(table):
            place = Source(file, sheet.title)
            found.append(finding("E-FILE-028", place, sheet=sheet.title, rows=len(table), main=layout.sheet))
        elif layout.beside is not None:
            tell_of_sheet(sheet, file, found, private=layout.private)
    return tuple(found)


def tell_of_sheet(sheet: Sheet, file: str, found: list[Finding], *, private: bool = False) -> None:
    """Note a sheet that nothing reads, and what stands in it; a hidden one as any other."""
    Guard(replace(sheet, state="visible"), file, found, private=private).unread("E-FILE-041", list(filled(sheet)))


class _SheetReader:
    """One reading of one sheet; keeps the findings as it goes."""

    def __init__(self, sheet: Sheet, file: str, layout: Layout, *, from_1904: bool) -> None:
        self.sheet, self.file, self.layout = sheet, file, layout
        self.findings: list[Finding] = []
        self.guard = Guard(sheet, file, self.findings, from_1904=from_1904, private=layout.private)

    def read(self, *, strict: bool) -> Table | None:
        """Find the heading row, then take every row under it that is not empty."""
        start, headings = self.heading_row()
        at, problems = match_headings(headings, self.layout, strict=strict)
        for code, column, facts in problems:
            self.guard.note(code, start, column, **facts)
        if any(column.required and column.key not in at for column in self.layout.columns):
            return None
        computed = (column for column, held in self.sheet.rows.get(start, {}).items() if held.formula is not None)
        shown = {column: f"column {letters(column)}" for column in computed}
        shown |= {at[column.key]: column.heading for column in self.layout.columns if column.key in at}
        table = self.rows(start, at)
        self.guard.check(shown, start, [start, *table.blocks[0].rows])
        for column in shown:
            self.guard.text(start, column)
        self.tell_beside(start, headings, at)
        return table

    def heading_row(self) -> tuple[int, dict[int, str]]:
        """Take the row among the first ones that has most of the layout's headings; another such row is a finding."""
        known = {skeleton(name) for column in self.layout.columns for name in names_of(column)}
        most = 2 * max(map(len, known))  # what is longer is no heading
        rows: dict[int, dict[int, str]] = {}
        counts: dict[int, int] = {}
        for number, cells in self.sheet.rows.items():
            if number > HEADING_ROWS:
                break
            rows[number] = {column: heading(held.text) for column, held in cells.items()}
            counts[number] = len(known & {skeleton(text) for text in rows[number].values() if len(text) <= most})
        best = max(counts, key=lambda number: (counts[number], -number), default=1)
        for number in (number for number, count in counts.items() if number < best and count >= OTHER_HEADINGS):
            self.guard.note("E-FILE-043", number, other=best)
        return best, rows.get(best, {})

    def tell_beside(self, start: int, headings: Mapping[int, str], at: Mapping[str, int]) -> None:
        """Note what stands in columns that nothing reads: somebody may think that it counts."""
        strange = set(unknown(headings, self.layout, at))
        found: dict[int, list[tuple[int, int]]] = {}
        for row, column in filled(self.sheet):
            if row > start and (column in strange or not headings.get(column)):
                found.setdefault(column, []).append((row, column))
        for column, cells in sorted(found.items()):
            if column in strange:
                self.guard.unread("E-FILE-040", cells, heading=headings[column])
            else:
                self.guard.unread("E-FILE-029", cells)

    def rows(self, start: int, at: Mapping[str, int]) -> Table:
        """Take the rows under the heading."""
        columns: dict[str, list[str]] = {key: [] for key in at}
        numbers: list[int] = []
        faults: set[tuple[int, str]] = set()
        kinds = {column.key: column for column in self.layout.columns}
        for row, cells in self.sheet.rows.items():
            if row <= start or all(is_empty(cells.get(number)) for number in at.values()):
                continue
            for key, number in at.items():
                text, fault = self.guard.text(row, number, kinds[key])
                if fault:
                    faults.add((len(numbers), key))
                columns[key].append(text)
            numbers.append(row)
        names = {key: letters(number) for key, number in at.items()}
        return Table(columns, (Block(self.file, self.sheet.title, numbers, names),), frozenset(faults))


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
