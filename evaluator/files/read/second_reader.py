"""A second reader for auditors: openpyxl opens the workbooks that came in, and must see the numbers and texts we saw.

``evaluate`` reads with the guarded scanner alone (decision 9). ``replay`` trusts nobody, that scanner included.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

from evaluator.files.read.xlsx import open_workbook
from evaluator.files.read.xlsx.cell import Held, Sheet, letters


def seen_otherwise(folder: Path, name: str) -> tuple[str, ...]:
    """Say where openpyxl sees another number or text in a workbook than the scanner, the first place of each sheet.

    A workbook that either of the two refuses is passed over: the scanner's refusals are findings of the run itself.

    Parameters
    ----------
    name : the workbook's path within the folder.
    """
    return tuple(_of_workbook(folder / name, name))


def _of_workbook(path: Path, name: str) -> Iterator[str]:
    book, _ = open_workbook(path, name)
    if book is None:
        return
    try:
        other = openpyxl.load_workbook(path)
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
