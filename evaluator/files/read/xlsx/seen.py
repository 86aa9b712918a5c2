"""After a sheet was read: cells whose place or rules hide what they hold get a look that says so.

A number that is wider than its column shows as ``####``, or rounded; a row lower than its text cuts it off.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from evaluator.files.read.xlsx.cell import ZERO_HEIGHT, Held, Look, Sheet
from evaluator.files.read.xlsx.conditions import hidden_by
from evaluator.files.read.xlsx.formats import sections, shown_as
from evaluator.files.read.xlsx.package import RefusedError
from evaluator.files.read.xlsx.sheet_view import Surroundings
from evaluator.files.read.xlsx.styles import Differing

LEAST_HEIGHT = 0.75  # of a text's size; a lower row cuts through its signs
ROOM = 0.43  # characters of a column that are kept free beside a text, less what an eye forgives
NARROW = {".": 0.5, ",": 0.5, " ": 0.5, "-": 0.7, "(": 0.6, ")": 0.6, "/": 0.7, ":": 0.5}
FIGURES = frozenset("0123456789.,£ -()")
LONGEST = 24  # characters of a text that may be a figure
WIDE = 40  # characters; every figure has room
MOST_COLUMNS = 400  # whose widths are looked at
MOST_CELLS = 5_000_000  # that all rules together are for
TOO_LOW = "its row is too low for its text"
TOO_NARROW = "its column is too narrow for it, so that it shows as #### or cut off"
TOO_SMALL = "it is made too small to be seen, so that it fits its column"
UNUSUAL = 9.0  # characters; a default width below the usual one was chosen by somebody


def settle(sheet: Sheet, around: Surroundings, looks: Iterable[Look], usual_size: float) -> None:
    """Mark the cells that cannot be seen for where they stand, or for the rules that are for them.

    Parameters
    ----------
    looks : all that cells of the workbook can have.
    usual_size : of the font in whose figures widths are counted, in points.
    """
    _by_rules(sheet, around)
    _by_heights(sheet, around, max((one.size for one in looks), default=0))
    _by_widths(sheet, around, usual_size)


def _mark(sheet: Sheet, row: int, column: int, why: str) -> None:
    held = sheet.rows[row][column]
    if why and not held.look.unseen:
        sheet.rows[row][column] = held._replace(look=replace(held.look, unseen=why))


def _by_rules(sheet: Sheet, around: Surroundings) -> None:
    rows = list(sheet.rows)
    touched: dict[tuple[int, int], list[Differing]] = {}
    visited = 0
    for area, change in around.rules:
        for row in rows[bisect_left(rows, area.first_row) : bisect_right(rows, area.last_row)]:
            visited += len(sheet.rows[row])
            for column in sheet.rows[row]:
                if area.first_column <= column <= area.last_column:
                    touched.setdefault((row, column), []).append(change)
        if visited > MOST_CELLS:
            raise RefusedError("E-FILE-013", what="a sheet with more conditional formats than a table needs")
    for (row, column), changes in touched.items():
        _mark(sheet, row, column, hidden_by(sheet.rows[row][column].look, changes))


def _by_heights(sheet: Sheet, around: Surroundings, largest: float) -> None:
    least = LEAST_HEIGHT * largest
    usual = around.usual_height if around.usual_height is not None and around.usual_height < least else None
    low = sheet.rows.keys() if usual else (row for row, height in around.heights.items() if height < least)
    for row in low:
        height = around.heights.get(row, usual)
        for column, held in list(sheet.rows.get(row, {}).items()):
            if height is not None and ZERO_HEIGHT <= height < LEAST_HEIGHT * held.look.size:
                _mark(sheet, row, column, TOO_LOW)


def _by_widths(sheet: Sheet, around: Surroundings, usual_size: float) -> None:
    widths = {
        column: width for first, last, width in around.widths for column in range(first, min(last, MOST_COLUMNS) + 1)
    }
    usual = around.usual_width if around.usual_width is not None and around.usual_width < UNUSUAL else None
    narrow = {column: width for column, width in widths.items() if width < WIDE}
    if usual is None and not narrow:
        return
    merged = {(area.first_row, area.first_column) for area in sheet.merged}
    for row, cells in sheet.rows.items():
        for column in cells if usual is not None else narrow.keys() & cells.keys():
            held, width = cells[column], widths.get(column, usual)
            if _runs_on(held) and column + 1 not in cells:
                continue
            if width is not None and 1.5 * len(held.text) + 2 > width and (row, column) not in merged:
                _mark(sheet, row, column, _narrow(held, width, usual_size))


def _runs_on(held: Held) -> bool:
    """Whether a text is a day, which is shown whole over an empty cell beside it; an amount is never left to that."""
    text = held.text.strip()
    return held.kind in ("text", "rich") and sum(text.count(mark) for mark in "-/.") == 2


def _narrow(held: Held, width: float, usual_size: float) -> str:
    """Say whether a figure is wider than its column, in figures of the usual font."""
    look = held.look
    text = _shown(held) if not look.turned else ""
    needed = sum(NARROW.get(sign, 1.0) for sign in text) * look.size / usual_size
    if needed <= width - ROOM:
        return ""
    if look.shrunk:
        return TOO_SMALL if look.size * (width - ROOM) / needed < 5 else ""
    return TOO_NARROW


def _shown(held: Held) -> str:
    """Give the figures that a cell shows; empty where it shows words, which run on or break into lines."""
    if held.kind == "number":
        code, number = held.look.number_format, Decimal(repr(float(held.text)))
        return shown_as(code, number)
    if held.kind == "date":
        tokens = sections(held.look.number_format)[0].tokens
        return "".join(one for one in tokens if not one.startswith(("[", '"')))
    text = held.text.strip()
    return text if len(text) <= LONGEST and FIGURES.issuperset(text) else ""
