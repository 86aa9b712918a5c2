"""Tables in: a sheet of a workbook or a CSV file becomes columns of texts, each cell with its place.

What a cell's *type* makes unsafe to read (a formula, an error, a date where a mark belongs) is found here; what its
*text* says is for validation.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from openpyxl.cell.cell import Cell
from openpyxl.cell.read_only import EmptyCell
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evaluator.files.formats import shows_number, shows_text
from evaluator.files.layouts import Column, Layout
from evaluator.records.catalogue import finding
from evaluator.records.numbers import decimal_text
from evaluator.records.received import Block, Table
from evaluator.records.source import Finding, Source

HEADING_ROWS = 20  # the heading row is looked for in these
WANTED = {
    "mark": "a mark",
    "money": "pounds",
    "whole": "a whole number",
    "decimal": "a number",
    "id": "a reference",
    "pass_fail": "pass or fail",
    "yes_no": "yes or no",
}
NUMERIC = ("mark", "money", "whole", "decimal")


def read_sheet(
    book: Workbook, file: str, layout: Layout, strict: bool = True
) -> tuple[Table | None, tuple[Finding, ...]]:
    """Read a layout's sheet of an opened workbook.

    Parameters
    ----------
    book : opened with formulas kept (``data_only=False``), after the guard.
    file : the name that findings give it.
    strict : whether a heading that the layout does not know is a finding.

    Returns
    -------
    The table, or None where no heading row was found, and the findings.
    """
    named = [s for s in book.worksheets if s.title.strip().casefold() == layout.sheet.casefold()]
    if len(named) != 1:
        code, shown = ("E-FILE-027", named) if named else ("E-FILE-020", book.worksheets)
        return None, (finding(code, Source(file), sheet=layout.sheet, found=", ".join(s.title for s in shown)),)
    (sheet,) = named
    reader = _SheetReader(sheet, file, layout)
    table = reader.read(strict)
    return table, tuple(reader.findings)


def second_sheets(book: Workbook, file: str, layout: Layout) -> tuple[Finding, ...]:
    """Find other sheets that hold rows under a layout's headings: somebody may think that they count."""
    found = []
    for sheet in (s for s in book.worksheets if s.title.strip().casefold() != layout.sheet.casefold()):
        table = _SheetReader(sheet, file, layout).read(strict=False)
        if table is not None and len(table):
            place = Source(file, sheet.title)
            found.append(finding("E-FILE-028", place, sheet=sheet.title, rows=len(table), main=layout.sheet))
    return tuple(found)


class _SheetReader:
    """One reading of one sheet; keeps the findings as it goes."""

    def __init__(self, sheet: Worksheet, file: str, layout: Layout) -> None:
        self.sheet, self.file, self.layout = sheet, file, layout
        self.findings: list[Finding] = []

    def read(self, strict: bool) -> Table | None:
        """Find the heading row, then take every row under it that is not empty."""
        if self.sheet.sheet_state != "visible":
            self.note("E-FILE-023", sheet=self.sheet.title)
        start, headings = self.heading_row()
        at, problems = match_headings(headings, self.layout, strict)
        for code, facts in problems:
            self.note(code, start, "", **facts)
        if any(column.required and column.key not in at for column in self.layout.columns):
            return None
        self.check_hidden_columns(at)
        self.check_merged(start, at)
        return self.rows(start, at)

    def note(self, code: str, row: int = 0, column: str = "", **facts: Any) -> None:
        """Keep a finding about a place in this sheet."""
        self.findings.append(finding(code, Source(self.file, self.sheet.title, row, column), **facts))

    def heading_row(self) -> tuple[int, list[str]]:
        """Take the row among the first ones that has most of the layout's headings."""
        best, found = 1, [""]
        known = {name for column in self.layout.columns for name in names_of(column)}
        for number in range(1, min(HEADING_ROWS, self.sheet.max_row) + 1):
            texts = [_heading(cell.value) for cell in self.sheet[number]]
            if len(known & set(texts)) > len(known & set(found)):
                best, found = number, texts
        return best, found

    def check_hidden_columns(self, at: Mapping[str, int]) -> None:
        """Find hidden columns that count."""
        hidden = [area for area in self.sheet.column_dimensions.values() if area.hidden or area.width == 0]
        for column in self.layout.columns:
            number = at.get(column.key, -1) + 1
            if number and any((area.min or 0) <= number <= (area.max or 0) for area in hidden):
                self.note("E-CELL-008", heading=column.heading)

    def check_merged(self, start: int, at: Mapping[str, int]) -> None:
        """Find merged cells within the table's columns, below the heading."""
        used = {index + 1 for index in at.values()}
        for area in sorted(self.sheet.merged_cells.ranges, key=lambda area: area.bounds[::-1]):
            if area.max_row > start and used & set(range(area.min_col, area.max_col + 1)):
                self.note("E-CELL-007", area.min_row, get_column_letter(area.min_col), cells=area.coord)

    def rows(self, start: int, at: Mapping[str, int]) -> Table:
        """Take the rows under the heading."""
        columns: dict[str, list[str]] = {key: [] for key in at}
        numbers: list[int] = []
        faults: set[tuple[int, str]] = set()
        kinds = {column.key: column for column in self.layout.columns}
        last = max(at.values()) + 1
        for cells in self.sheet.iter_rows(min_row=start + 1, max_col=last):
            taken = [cells[index] for index in at.values()]
            if all(_is_empty(cell) for cell in taken):
                continue
            row = next(cell.row for cell in cells if isinstance(cell, Cell))
            self.check_hidden_row(row)
            for key, cell in zip(at, taken, strict=True):
                text, fault = cell_text(cell, kinds[key])
                if fault:
                    self.note(fault[0], row, get_column_letter(at[key] + 1), **fault[1])
                    faults.add((len(numbers), key))
                columns[key].append(text)
            numbers.append(row)
        letters = {key: get_column_letter(index + 1) for key, index in at.items()}
        return Table(columns, (Block(self.file, self.sheet.title, numbers, letters),), frozenset(faults))

    def check_hidden_row(self, row: int) -> None:
        """Find a hidden row that holds something."""
        shown = self.sheet.row_dimensions.get(row)
        if shown is not None and (shown.hidden or shown.height == 0):
            self.note("E-CELL-006", row)


def _heading(value: object) -> str:
    return " ".join(str(value).split()).casefold() if value is not None else ""


def names_of(column: Column) -> tuple[str, str]:
    """Give the two names under which a column is known: its key and its heading, in small letters."""
    return _heading(column.key), _heading(column.heading)


def match_headings(
    found: Sequence[str], layout: Layout, strict: bool
) -> tuple[dict[str, int], list[tuple[str, dict[str, object]]]]:
    """Find each column of a layout among headings in small letters.

    Returns
    -------
    The position of each column found, in the layout's order, and problems as finding codes with their facts.
    """
    at: dict[str, int] = {}
    problems: list[tuple[str, dict[str, object]]] = []
    for column in layout.columns:
        places = [index for index, text in enumerate(found) if text in names_of(column)]
        if len(places) > 1:
            problems.append(("E-FILE-022", {"heading": column.heading}))
        if places:
            at[column.key] = places[0]
    missing = [column.heading for column in layout.columns if column.required and column.key not in at]
    if missing:
        problems.append(("E-FILE-021", {"missing": ", ".join(missing)}))
    if strict:
        known = {name for column in layout.columns for name in names_of(column)}
        problems += [("E-FILE-026", {"heading": text}) for text in found if text and text not in known]
    return at, problems


def _is_empty(cell: Any) -> bool:
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())


Fault = tuple[str, dict[str, object]]


def cell_text(cell: Any, column: Column) -> tuple[str, Fault | None]:
    """Give a cell's value as text; where its type must not be taken, also a finding's code and facts.

    Numbers come out as the shortest plain decimal of the stored value, which is what a person sees in the cell: Excel
    writes 4.6 as 4.5999999999999996.
    """
    value = None if isinstance(cell, EmptyCell) else cell.value
    wanted = WANTED.get(column.kind, "text")
    if value is None:
        return "", None
    if cell.data_type == "f":
        return "", ("E-CELL-001", {"formula": str(getattr(value, "text", value))[:60]})
    if cell.data_type == "e":
        return "", ("E-CELL-002", {"error": str(value)})
    if isinstance(value, bool):
        return "", ("E-CELL-003", {"value": str(value).upper(), "wanted": wanted})
    if isinstance(value, datetime | date | time | timedelta):
        return _date_text(value, column, wanted)
    if isinstance(value, int | float):
        return _number_text(value, cell, column, wanted)
    if column.kind == "mark" and not shows_text(cell.number_format or ""):
        return "", ("E-CELL-009", {"value": str(value)[:60], "format": cell.number_format})
    return str(value), None


def _date_text(value: datetime | date | time | timedelta, column: Column, wanted: str) -> tuple[str, Fault | None]:
    text = value.date().isoformat() if isinstance(value, datetime) else str(value)
    if column.kind in ("date", "text", "long_text"):
        return text, None
    return "", ("E-CELL-004", {"date": text, "wanted": wanted})


def _number_text(value: float, cell: Any, column: Column, wanted: str) -> tuple[str, Fault | None]:
    text = decimal_text(Decimal(repr(value)))
    if "%" in (cell.number_format or "") and column.kind in NUMERIC:
        shown = decimal_text(Decimal(repr(value)) * 100) + "%"
        return "", ("E-CELL-005", {"shown": shown, "wanted": wanted})
    if column.kind == "mark" and not shows_number(cell.number_format or "", Decimal(text)):
        return "", ("E-CELL-009", {"value": text, "format": cell.number_format})
    return text, None


def read_csv(path: Path, file: str, layout: Layout) -> tuple[Table | None, tuple[Finding, ...]]:
    """Read a layout's CSV file: UTF-8, commas, a header row of keys or headings; every cell comes as it stands."""
    import pandas as pd

    try:
        frame = pd.read_csv(
            path,
            dtype=object,
            na_filter=False,
            encoding="utf-8-sig",
            skip_blank_lines=False,
            header=None,
        )
    except UnicodeDecodeError as error:
        problem = f"byte 0x{error.object[error.start]:02x} at position {error.start}"
        return None, (finding("E-FILE-030", Source(file), problem=problem),)
    except pd.errors.EmptyDataError:
        return None, (finding("E-FILE-032", Source(file), problem="it is empty"),)
    except (pd.errors.ParserError, ValueError) as error:
        return None, (finding("E-FILE-032", Source(file), problem=_parser_words(str(error))),)
    return _from_frame(frame, file, layout)


def _parser_words(message: str) -> str:
    """Say in plain words what the CSV parser met.

    >>> _parser_words("Error tokenizing data. C error: Expected 5 fields in line 7, saw 6")
    'row 7 has 6 columns where the heading has 5'
    """
    import re

    found = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", message)
    return f"row {found[2]} has {found[3]} columns where the heading has {found[1]}" if found else message[:120]


def _from_frame(frame: Any, file: str, layout: Layout) -> tuple[Table | None, tuple[Finding, ...]]:
    headings = [_heading(text) for text in frame.iloc[0]]
    if len(headings) == 1 and any(mark in headings[0] for mark in ";\t"):
        separator = "semicolons" if ";" in headings[0] else "tabs"
        return None, (finding("E-FILE-031", Source(file), separator=separator),)
    at, problems = match_headings(headings, layout, strict=True)
    findings = tuple(finding(code, Source(file, row=1), **facts) for code, facts in problems)
    if any(column.required and column.key not in at for column in layout.columns):
        return None, findings
    columns = {key: frame[index].to_numpy(dtype=object)[1:] for key, index in at.items()}
    rows: Sequence[int] = range(2, len(frame) + 1)
    filled = _filled(columns.values())
    if filled is not None:
        columns = {key: texts[filled] for key, texts in columns.items()}
        rows = [number for number, keep in zip(rows, filled, strict=True) if keep]
    letters = {key: get_column_letter(index + 1) for key, index in at.items()}
    texts = cast("dict[str, Sequence[str]]", columns)
    return Table(texts, (Block(file, "", rows, letters),)), findings


def _filled(columns: Iterable[Any]) -> Any:
    """Tell which rows hold anything; None when all do, the usual case."""
    empty = None
    for texts in columns:
        blank = texts == ""
        empty = blank if empty is None else empty & blank
    return None if empty is None or not empty.any() else ~empty


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
