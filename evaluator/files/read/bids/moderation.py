"""Agreed marks in: from one sheet of a workbook, or from a sheet for each theme."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from evaluator.files.read.bids.returns import identity_of, reason_lengths
from evaluator.files.read.tables import layouts
from evaluator.files.read.tables.guard import Guard
from evaluator.files.read.tables.sheets import HEADING_ROWS, joined, read_sheet, second_sheets
from evaluator.files.read.xlsx.cell import Book, Sheet
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.submissions.moderation import GAVE, SAYS, LastModeration
from evaluator.records.submissions.received import IssuedReturn, Table

WHEN = layouts.Column("date", layouts.MET_ON, "date")


def issued_moderation(book: Book, file: str) -> tuple[IssuedReturn, ...]:
    """Give what a moderation workbook that was made by the evaluator says of itself."""
    identity = identity_of(book)
    return (IssuedReturn(file, "", identity),) if identity else ()


def read_moderation(
    book: Book, file: str, layout: layouts.Layout = layouts.CONSENSUS
) -> tuple[Table | None, tuple[Finding, ...]]:
    """Read the agreed marks of a workbook.

    They stand in a sheet ``Consensus``, in sheets whose names begin with that word and a space, one for each theme, or
    in both. In a theme's sheet other columns may stand beside those of the layout.
    """
    name = layouts.CONSENSUS.sheet
    sheets = [sheet for sheet in book.sheets if _is_agreed(sheet.title)]
    found: list[Finding] = []
    tables: list[Table] = []
    for sheet in sheets or [Sheet(name)]:
        title = sheet.title
        alone = title.strip().casefold() == name.casefold()
        table, problems = read_sheet(book, file, replace(layout, sheet=title.strip()), strict=alone)
        found += problems
        if table is not None:
            tables.append(table)
        if not alone:
            found += _meeting(sheet, file)
    if not tables:
        return None, tuple(found)
    keys = tuple(one.key for one in layout.columns if any(one.key in table.columns for table in tables))
    unsaid = {one.key: "" for one in layout.columns if not one.required}  # of a sheet that does not ask for it
    whole = tables[0] if len(tables) == 1 else joined(iter([(table, unsaid) for table in tables]), keys)
    found += second_sheets(book, file, layout)
    if identity_of(book):
        found += reason_lengths(whole, "E-CONS-019", "the panel")
    return whole, tuple(found)


def last_moderation(book: Book, file: str, table: Table) -> LastModeration:
    """Give the agreed marks of a workbook with what the panel was shown beside them, as far as it says so."""
    sheets = [sheet for sheet in book.sheets if _is_agreed(sheet.title)]
    meetings = {one.title.strip(): _said_of_meeting(one, file, from_1904=book.from_1904) for one in sheets}
    shown = cache(lambda: {key: said for sheet in sheets for key, said in _shown(book, file, sheet)})
    return LastModeration(table, identity_of(book), shown, meetings)


def _shown(book: Book, file: str, sheet: Sheet) -> Iterator[tuple[tuple[str, str], Mapping[str, str]]]:
    """Give for each answer of a sheet the texts of the columns that were locked: marks, reasons, what had changed."""
    texts = (held.text.strip() for row in range(1, HEADING_ROWS + 1) for held in sheet.rows.get(row, {}).values())
    headings = sorted({text for text in texts if text.endswith((GAVE, SAYS))})
    columns = tuple(layouts.Column(text, text, "long_text", required=False) for text in headings)
    keys = (layouts.BID_OR_ORGANISATION, layouts.QUESTION)
    layout = replace(layouts.CONSENSUS, sheet=sheet.title.strip(), columns=(*keys, layouts.SINCE, *columns))
    table, _ = read_sheet(book, file, layout, strict=False)
    for row in range(len(table) if table else 0):
        said = {key: text.strip() for key, text in table.row(row).items()} if table else {}
        yield (said["bid"], said["question"]), said


def _said_of_meeting(sheet: Sheet, file: str, *, from_1904: bool) -> tuple[str, str]:
    """Give who met and when, as a sheet says above its table; that it does not say so is found elsewhere."""
    guard = Guard(sheet, file, [], from_1904=from_1904)
    said = {layouts.ATTENDEES: "", layouts.MET_ON: ""}
    for row in range(1, HEADING_ROWS + 1):
        label = sheet.cell(row, 1)
        if label is not None and label.text in said:
            said[label.text] = guard.text(row, 2, WHEN)[0].strip()
    return said[layouts.ATTENDEES], said[layouts.MET_ON]


def _is_agreed(title: str) -> bool:
    word = layouts.CONSENSUS.sheet.casefold()
    plain = title.strip().casefold()
    return plain == word or plain.startswith(f"{word} ")


def _meeting(sheet: Sheet, file: str) -> list[Finding]:
    """Note a meeting that does not say who was there, or when it was."""
    found = []
    for row in range(1, HEADING_ROWS + 1):
        label, value = sheet.cell(row, 1), sheet.cell(row, 2)
        asked = label is not None and label.text in (layouts.ATTENDEES, layouts.MET_ON)
        if label and asked and not (value and value.text.strip()):
            place = Source(file, sheet.title, row, "B")
            found.append(finding("E-CONS-017", place, what=label.text, sheet=sheet.title))
    return found
