"""Agreed marks in: from one sheet of a workbook, or from a sheet for each theme."""

from dataclasses import replace

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evaluator.files import layouts
from evaluator.files.tables import HEADING_ROWS, joined, read_sheet
from evaluator.records.catalogue import finding
from evaluator.records.received import Table
from evaluator.records.source import Finding, Source


def read_moderation(book: Workbook, file: str) -> tuple[Table | None, tuple[Finding, ...]]:
    """Read the agreed marks of a workbook.

    They stand in a sheet ``Consensus``, in sheets whose names begin with that word and a space, one for each theme, or
    in both. In a theme's sheet other columns may stand beside those of the layout.
    """
    name = layouts.CONSENSUS.sheet
    sheets = [sheet.title for sheet in book.worksheets if _is_agreed(sheet.title)]
    found: list[Finding] = []
    tables: list[Table] = []
    for title in sheets or [name]:
        alone = title.strip().casefold() == name.casefold()
        table, problems = read_sheet(book, file, replace(layouts.CONSENSUS, sheet=title.strip()), strict=alone)
        found += problems
        if table is not None:
            tables.append(table)
        if not alone:
            found += _meeting(book[title], file)
    if not tables:
        return None, tuple(found)
    keys = tuple(column.key for column in layouts.CONSENSUS.columns)
    return (tables[0] if len(tables) == 1 else joined(iter([(table, {}) for table in tables]), keys)), tuple(found)


def _is_agreed(title: str) -> bool:
    word = layouts.CONSENSUS.sheet.casefold()
    plain = title.strip().casefold()
    return plain == word or plain.startswith(f"{word} ")


def _meeting(sheet: Worksheet, file: str) -> list[Finding]:
    """Note a meeting that does not say who was there, or when it was."""
    found = []
    for row in sheet.iter_rows(min_row=1, max_row=HEADING_ROWS, max_col=2):
        label, *value = (cell.value for cell in row)
        if label in (layouts.ATTENDEES, layouts.MET_ON) and not any(str(one or "").strip() for one in value):
            place = Source(file, sheet.title, row[0].row or 0, "B")
            found.append(finding("E-CONS-017", place, what=label, sheet=sheet.title))
    return found
