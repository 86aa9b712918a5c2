"""A second reader for auditors: openpyxl opens the workbooks that came in, and must see the numbers and texts we saw.

``evaluate`` reads with the guarded scanner alone (decision 9). ``replay`` trusts nobody, that scanner included.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl

from evaluator.files.read.xlsx import open_workbook
from evaluator.files.read.xlsx.cell import Held, Sheet, letters

MARK_HEADINGS = ("Bid or organisation", "Question", "Evaluator", "Mark")  # of the results workbook


def seen_otherwise(workbook: tuple[str, bytes]) -> tuple[str, ...]:
    """Say where openpyxl sees another number or text in a workbook than the scanner, the first place of each sheet.

    A workbook that either of the two refuses is passed over: the scanner's refusals are findings of the run itself.

    Parameters
    ----------
    workbook : its path within its folder, and the bytes that were read.
    """
    return tuple(_of_workbook(*workbook))


def _of_workbook(name: str, content: bytes) -> Iterator[str]:
    book, _ = open_workbook(content, name)
    if book is None:
        return
    try:
        other = openpyxl.load_workbook(io.BytesIO(content))
    except Exception:  # openpyxl raises what it likes at what it does not understand
        return
    for sheet in book.sheets:
        if sheet.title in other.sheetnames:
            place = next(_differing(sheet, other[sheet.title]), "")
            if place:
                yield f"openpyxl, a second reader, sees something else in {name} {sheet.title}!{place}"


def _differing(sheet: Sheet, theirs: Any) -> Iterator[str]:
    for row, cells in sheet.rows.items():
        for column, held in cells.items():
            own, other = _own(held), _theirs(theirs.cell(row, column))
            if own is not None and other is not None and own != other:
                yield f"{letters(column)}{row}"


def _own(held: Held) -> float | str | None:
    """Give what both readers must agree on: a number or a text; None for formulas, dates and the like."""
    if held.formula is not None or held.kind not in ("number", "text", "rich"):
        return None
    return float(held.text) if held.kind == "number" else held.text.replace("\r\n", "\n")


def _theirs(cell: Any) -> float | str | None:
    if cell.data_type == "n" and isinstance(cell.value, int | float):
        return float(cell.value)
    return cell.value.replace("\r\n", "\n") if cell.data_type == "s" and isinstance(cell.value, str) else None


Mark = tuple[str, str, str]  # bid or organisation, question, evaluator


def marks_otherwise(then: bytes, now: bytes) -> Iterator[str]:
    """Name each evaluator's mark that two results workbooks say differently, where there are two."""
    if not then or not now:
        return
    was, here = _marks(then), _marks(now)
    if was is None or here is None:  # the sheet is there where a panel agreed marks
        yield from () if was is here else ("its results.xlsx has no sheet of marks, or one where there should be none",)
        return
    for bid, question, evaluator in sorted(set(was) | set(here)):
        marks = [side.get((bid, question, evaluator), "none") for side in (was, here)]
        if marks[0] != marks[1]:
            yield f"bid {bid}: mark for {question} by {evaluator} was {marks[0]}, and is {marks[1]}"


def _marks(results: bytes) -> dict[Mark, str] | None:
    """Read the marks of a results workbook by the headings of their columns."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(results), read_only=True)
            rows = [tuple("" if cell is None else str(cell) for cell in row) for row in book["Marks"].values]
        top = next(number for number, row in enumerate(rows) if set(MARK_HEADINGS) <= set(row))
    except (KeyError, ValueError, OSError, zipfile.BadZipFile, StopIteration):
        return None
    at = [rows[top].index(heading) for heading in MARK_HEADINGS]
    return {(row[at[0]], row[at[1]], row[at[2]]): row[at[3]] for row in rows[top + 1 :] if row[at[2]]}
