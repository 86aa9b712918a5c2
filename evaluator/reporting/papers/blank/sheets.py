"""What blank papers have in common: a sheet that says what goes where, and by what a paper is known again."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from evaluator.records.documents import Cell, Sheet, Workbook
from evaluator.records.submissions.table_layouts import WHAT_GOES_WHERE, Column
from evaluator.records.texts import fingerprint_of

HEADING_ROW = 4
FIRST = HEADING_ROW + 1
MADE_AS = "evaluator_made_as"  # the property that holds the SHA-256 of a paper's cells as it was made
List = tuple[str, Sequence[tuple[str, str]]]  # what is listed, and the entries, each with what it is


def as_made(workbook: Workbook) -> Workbook:
    """Give a workbook with the property by which it is known again when people have filled it in."""
    texts = [
        str(cell.value) for sheet in workbook.sheets for row in sheet.rows for cell in row if cell.value is not None
    ]
    return replace(workbook, properties=((MADE_AS, fingerprint_of(texts)),))


def sheet_to_fill_in(
    name: str, title: str, says: Sequence[str], columns: Sequence[Column], rows: Iterable[tuple[Cell, ...]]
) -> Sheet:
    """Make a sheet with a title, two lines that say what to do, the headings, and rows to fill in."""
    body = tuple(rows)
    return Sheet(
        name=name,
        rows=(
            (Cell(title, style="title"),),
            *((Cell(text, style="note_line"),) for text in says),
            tuple(Cell(column.heading, style="heading") for column in columns),
            *body,
        ),
        widths=tuple(column.width for column in columns),
        freeze=(HEADING_ROW, 1),
        table=(HEADING_ROW, HEADING_ROW + len(body)),
    )


def to_fill_in(column: Column) -> Cell:
    """Give an empty cell of a column: one for texts keeps 01234567, and a day, as they are typed."""
    number = column.kind in ("money", "whole", "decimal")
    return Cell(None if number else "", style="input_money" if column.kind == "money" else "input")


def what_goes_where(steps: Sequence[str], columns: Iterable[tuple[str, str]], lists: Sequence[List]) -> Sheet:
    """Make the sheet that no reader takes for a table: what may be chosen, what to do, and what each column holds."""
    rows: list[tuple[Cell, ...]] = [(Cell("What goes where", style="title"),), ()]
    for title, entries in lists:
        rows.append((Cell(title, style="section"),))
        rows += [(Cell(key, style="text"), Cell(words, style="text")) for key, words in entries]
        rows.append(())
    rows.append((Cell("What to do", style="section"),))
    rows += [(Cell(str(number)), Cell(text, style="text")) for number, text in enumerate(steps, 1)]
    rows += [(), (Cell("The columns", style="section"),)]
    rows += [(Cell(heading, style="text"), Cell(words, style="text")) for heading, words in columns]
    return Sheet(name=WHAT_GOES_WHERE, rows=tuple(rows), widths=(36, 110), protected=True)


def listed_at(lists: Sequence[List], place: int) -> str:
    """Name the cells of that sheet in which the entries of a list stand, as a drop-down list names its source."""
    before = sum(len(entries) + 2 for _, entries in lists[:place])
    first = 4 + before
    return f"='{WHAT_GOES_WHERE}'!$A${first}:$A${first + max(len(lists[place][1]), 1) - 1}"
