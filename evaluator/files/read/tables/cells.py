"""A cell's value as text, or the finding about why its type or its look must not be taken."""

import math
import re
from datetime import date, timedelta
from decimal import Decimal

from evaluator.files.read.tables.layouts import Column
from evaluator.files.read.xlsx.cell import Held
from evaluator.files.read.xlsx.colours import cannot_be_read
from evaluator.files.read.xlsx.formats import (
    colour_given,
    is_percentage,
    shown_as,
    shows_day,
    shows_number,
    shows_text,
)
from evaluator.records.numbers import decimal_text

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
DATED = ("date", "moment", "text", "long_text")
A_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_DAY = "1900-03-01"  # Excel counts a 29 February 1900 that there was not, and other programs do not
LAST_DAY = 2_958_465  # 31 December 9999, in days from 1900
SECONDS = 24 * 60 * 60  # of a day
SHOWN = 60  # characters of a value in a message
MOST_ROOM = 8  # spaces before a text; more can push it out of its cell
Fault = tuple[str, dict[str, object]]


def cell_text(
    held: Held | None, column: Column, *, from_1904: bool = False, noughts_shown: bool = True, percent: bool = False
) -> tuple[str, Fault | None]:
    """Give a cell's value as text; where its type or look must not be taken, also a finding's code and facts.

    Numbers come out as the shortest plain decimal of the stored value, which is what a person sees in the cell: Excel
    writes 4.6 as 4.5999999999999996.

    Parameters
    ----------
    percent : whether a cell that shows a percentage is taken as one, such as 40%.
    """
    if held is None:
        return "", None
    text, fault = _typed(held, column, from_1904=from_1904, percent=percent)
    if fault is None and text.strip():
        fault = _unseen(held, column, text, noughts_shown=noughts_shown) or _pushed_out(column, text)
    return ("", fault) if fault else (text, None)


def _typed(held: Held, column: Column, *, from_1904: bool, percent: bool) -> tuple[str, Fault | None]:
    wanted = WANTED.get(column.kind, "text")
    if held.formula is not None:
        return "", ("E-CELL-001", {"formula": held.formula[:SHOWN]})
    if held.kind == "error":
        return "", ("E-CELL-002", {"error": held.text[:SHOWN]})
    if held.kind == "yes_no":
        return "", ("E-CELL-003", {"value": "FALSE" if held.text in ("0", "false") else "TRUE", "wanted": wanted})
    if held.kind == "date":
        day = (moment_of if column.kind == "moment" else day_of)(held.text, from_1904=from_1904)
        if column.kind not in DATED:
            return "", ("E-CELL-004", {"date": day, "wanted": wanted})
        return day, _dated(held, day)
    if held.kind == "number":
        return _number(held, column, wanted, percent=percent)
    return held.text, None if shows_text(held.look.number_format) else _otherwise(held, held.text)


def _dated(held: Held, day: str) -> Fault | None:
    """Find a date whose format does not show its day, month and year, and one that programs show differently."""
    code = held.look.number_format
    on, _, at = day.partition("T")
    timed = not at or "h" in code.casefold()
    if held.look.is_date and shows_day(code) and timed and A_DAY.fullmatch(on) and on >= FIRST_DAY:
        return None
    return "E-CELL-009", {"value": day, "shown": "another date, or no date", "format": code[:SHOWN]}


def _number(held: Held, column: Column, wanted: str, *, percent: bool) -> tuple[str, Fault | None]:
    number, code = Decimal(repr(float(held.text))), held.look.number_format
    hundredths = is_percentage(code)
    if hundredths and column.kind in NUMERIC and not percent:
        return "", ("E-CELL-005", {"shown": f"{decimal_text(number * 100)}%", "wanted": wanted})
    text = decimal_text(number * 100) + "%" if hundredths else decimal_text(number)
    if column.kind not in NUMERIC and set(code) == {"0"} and text.isdigit():
        text = text.zfill(len(code))  # a company number 01234567 is often kept as a number that shows its noughts so
    if not shows_number(code, number, percent=hundredths):
        return "", _otherwise(held, text, number)
    shown = shown_as(code, number)
    if column.kind in NUMERIC or shown == text:
        return text, None
    # A reference is read sign for sign: 01234567 is no number, and loses its nought when it is kept as one.
    return "", ("E-CELL-012", {"value": text, "shown": f"“{shown[:SHOWN]}”"})


def _otherwise(held: Held, text: str, number: Decimal | None = None) -> Fault:
    """Say what a cell shows where its number format shows something else than it holds."""
    code = held.look.number_format
    shown = shown_as(code, held.text if number is None else number)
    return "E-CELL-009", {
        "value": text[:SHOWN],
        "shown": f"“{shown[:SHOWN]}”" if shown.strip() not in ("", text) else "nothing, or something else",
        "format": code[:SHOWN],
    }


def _unseen(held: Held, column: Column, text: str, *, noughts_shown: bool) -> Fault | None:
    """Find a cell that does not show what it holds for another reason than its number format."""
    look, why = held.look, held.look.unseen
    number = Decimal(repr(float(held.text))) if held.kind == "number" else None
    colour = colour_given(look.number_format, number) if held.kind != "date" else ""
    if colour and cannot_be_read(colour, look.behind):
        why = "its number format gives it the colour of its background"
    if look.turned and column.kind in NUMERIC:
        why = "it is turned on its side"
    if number == 0 and not noughts_shown:
        why = "the sheet is set to show no noughts (in Excel: File, Options, Advanced)"
    return ("E-CELL-010", {"value": text[:SHOWN], "why": why}) if why else None


def _pushed_out(column: Column, text: str) -> Fault | None:
    """Find a text of which spaces or line breaks can leave nothing in its cell, or only some other line of it."""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    gone = len(before.expandtabs(4)) > MOST_ROOM or "\n" in before or after.count("\n") > 1
    return ("E-CELL-013", {"value": text.strip()[:SHOWN]}) if gone and column.kind != "long_text" else None


def day_of(text: str, *, from_1904: bool = False) -> str:
    """Give the day of a date as a workbook holds it: days from 1900 or 1904, or a text such as 2026-09-01T00:00:00.

    >>> day_of("46146"), day_of("44684.5", from_1904=True), day_of("59"), day_of("0.25"), day_of("2026-09-01T00:00:00")
    ('2026-05-04', '2026-05-04', '1900-02-28', '06:00', '2026-09-01')
    """
    try:
        days = float(text)
    except ValueError:
        return text[:10]
    if not 0 <= days <= LAST_DAY:
        return text[:SHOWN]
    if days < 1:
        minutes = math.floor(days * 24 * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    start = date(1904, 1, 1) if from_1904 else date(1899, 12, 31 if days < 60 else 30)  # 1900 had no 29 February
    return (start + timedelta(days=math.floor(days))).isoformat() if days < LAST_DAY - 1500 else text[:SHOWN]


def moment_of(text: str, *, from_1904: bool = False) -> str:
    """Give the day and the time of a date as a workbook holds it, to the second; a whole day has no time.

    >>> moment_of("46444.4986111111"), moment_of("46444"), moment_of("2027-02-26T11:58:30"), moment_of("46444.9999999")
    ('2027-02-26T11:58:00', '2027-02-26', '2027-02-26T11:58:30', '2027-02-26T23:59:59')
    """
    day = day_of(text, from_1904=from_1904)
    try:
        seconds = min(round(float(text) % 1 * SECONDS), SECONDS - 1)
    except ValueError:
        return text[:19]
    return f"{day}T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}" if seconds else day
