"""Workbooks out: records of sheets become XLSX bytes, the same bytes for the same records."""

from datetime import datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from evaluator.records.documents import Cell, Length, Sheet, Style, Workbook
from evaluator.records.texts import visible

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that the same workbook has the same bytes
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FONT = {"font_name": "Arial", "font_size": 10, "valign": "top"}
HEADING = {"bold": True, "text_wrap": True, "bg_color": "#1D3557", "font_color": "#FFFFFF", "border": 1}
INPUT = {"bg_color": "#FFF9DB", "border": 1, "border_color": "#8A7A1F", "locked": False}
STYLES: dict[str, dict[str, Any]] = {
    "": {},
    "title": {"bold": True, "font_size": 14},
    "text": {"text_wrap": True},
    "heading": HEADING,
    "heading_right": HEADING | {"align": "right"},
    "number": {},
    "points": {},
    "money": {},
    "whole": {},
    "good": {"bg_color": "#D8F0DC", "font_color": "#0B3D17"},
    "bad": {"bg_color": "#FBE0DD", "font_color": "#7A0C00", "bold": True},
    "care": {"bg_color": "#FDF3D3", "font_color": "#6B4A00"},
    "care_text": {"bg_color": "#FDF3D3", "font_color": "#6B4A00", "text_wrap": True},
    "input": INPUT | {"text_wrap": True},
    "input_money": INPUT,
    "section": {"bold": True, "font_size": 12, "font_color": "#1D3557"},
    "note": {"italic": True, "text_wrap": True, "font_color": "#444444"},
    "note_line": {"italic": True, "font_color": "#444444"},
    "helper": {"font_color": "#555555", "bg_color": "#F3F4F6"},
}
WRAPPED = {name for name, look in STYLES.items() if "text_wrap" in look}
WIDTH_OF_A_PAGE = 260  # characters that can still be read on A4 across
LINE_HEIGHT, TITLE_HEIGHT, MOST_HEIGHT = 13, 21, 400  # points
WIDE, NARROW = 1.15, 1.05  # letters of bold headings and of texts, against the digits that widths count
MOST_PROMPT = 255  # characters of a hint
MOST_HEADER = 250  # characters of a printed head, beside its place and look
LONGEST_TEXT = 32_767  # characters that a cell can hold
CUT = " … [cut here: a cell holds no more]"


def workbook_bytes(workbook: Workbook) -> bytes:
    """Write a workbook. Texts are only ever texts: one that starts with ``=`` is shown, not computed."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, OPTIONS)
    book.set_properties({"title": workbook.title, "author": "bid evaluator", "created": CREATED})
    for name, text in workbook.properties:
        book.set_custom_property(name, text)
    book.set_calc_mode("auto")
    formats = _Formats(book)
    for sheet in workbook.sheets:
        out = book.add_worksheet(sheet.name, _Sheet)
        _write_sheet(out, sheet, formats)
        if workbook.running:
            out.set_header(f"&L{_running(workbook.running)}")
    for name, cells in workbook.names:
        book.define_name(name, f"={cells}")
    book.close()
    return buffer.getvalue()


APART: tuple[Style, ...] = ("", "text", "heading")


class _Sheet(Worksheet):  # type: ignore[misc]
    """A sheet that takes formulas as they are: ours name no function that files know by a longer name than people do.

    XlsxWriter looks for thirty such names in every formula, which took a quarter of the time of a large workbook. And
    cells are named by whole numbers here, so that nothing needs to be asked about ``A1`` at each.
    """

    write_blank, write_formula = Worksheet._write_blank, Worksheet._write_formula
    write_number, write_string = Worksheet._write_number, Worksheet._write_string

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002 - its name
        return formula.removeprefix("=")


class _Formats:
    """The formats of one workbook, each made once, in the order of first use."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, str, bool], Any] = {}
        self._of_cells: dict[tuple[str, int | None, bool, bool], Any] = {}

    def __call__(self, cell: Cell, column: int) -> Any:
        # A text beside a number stands off it a little, or the two would read as one.
        apart = column > 0 and isinstance(cell.value, str) and cell.style in APART
        key = (cell.style, cell.places, _is_text(cell), apart)
        if key not in self._of_cells:
            number = _number_format(cell)
            looks = (
                FONT | STYLES[cell.style] | {"num_format": number} | ({"align": "left", "indent": 1} if apart else {})
            )
            self._of_cells[key] = self._format((cell.style, number, apart), looks)
        return self._of_cells[key]

    def colours(self, style: Style) -> Any:
        """Give a style's colours alone."""
        return self._format((style, "", False), STYLES[style])

    def _format(self, key: tuple[str, str, bool], properties: dict[str, Any]) -> Any:
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def _is_text(cell: Cell) -> bool:
    return isinstance(cell.value, str) and not cell.formula


def _number_format(cell: Cell) -> str:
    """Choose how a number is shown; texts get ``@``, so that no spreadsheet program turns them into dates."""
    if _is_text(cell):
        return "@"
    places = cell.places
    if cell.style == "whole":
        return "#,##0"
    if cell.style in ("money", "input_money"):
        return '"£"#,##0.00' if places is None else '"£"#,##0' + (f".{'0' * places}" if places else "")
    if places is None:
        return "General"
    return "0" + (f".{'0' * places}" if places else "")


def _write_sheet(out: Any, sheet: Sheet, formats: _Formats) -> None:
    for column, width in enumerate(sheet.widths):
        out.set_column(column, column, width)
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            _write_cell(out, row, column, cell, formats(cell, column))
    _set_heights(out, sheet)
    for light in sheet.highlights:
        marked = {"type": "cell", "criteria": "==", "value": f'"{light.text}"', "format": formats.colours(light.style)}
        out.conditional_format(light.cells, marked)
    for choice in sheet.choices:
        listed = choice.source or list(choice.values)
        out.data_validation(choice.cells, {"validate": "list", "source": listed} | _prompt(choice.prompt))
    for hint in sheet.hints:
        out.data_validation(hint.cells, {"validate": "any"} | _prompt(hint.prompt))
    for length in sheet.lengths:
        out.data_validation(length.cells, _length_rule(length) | _prompt(length.prompt))
    _set_view(out, sheet)


def _running(text: str) -> str:
    """Write a text for the head of printed pages, where ``&`` begins a command; the format takes 255 characters."""
    shown = visible(text).replace("&", "&&")
    return shown if len(shown) <= MOST_HEADER else shown[: MOST_HEADER - 1].rstrip("&") + "…"


def _prompt(text: str) -> dict[str, str]:
    """Show a hint beside a chosen cell; the file format takes 255 characters of it."""
    return {"input_message": text if len(text) <= MOST_PROMPT else text[: MOST_PROMPT - 1] + "…"} if text else {}


def _length_rule(length: Length) -> dict[str, Any]:
    return {
        "validate": "length",
        "criteria": "between",
        "minimum": length.least,
        "maximum": length.most,
        "error_title": "Too short or too long",
        "error_message": f"Write between {length.least:,} and {length.most:,} characters.",
    }


def _set_heights(out: Any, sheet: Sheet) -> None:
    """Make rows as high as their wrapped texts need; not every program does that when it opens a file."""
    for row, cells in enumerate(sheet.rows):
        if cells and cells[0].style == "title":
            out.set_row(row, TITLE_HEIGHT)
            continue
        texts = ((cell, width) for cell, width in zip(cells, sheet.widths, strict=False) if cell.style in WRAPPED)
        lines = max((_lines(cell, width) for cell, width in texts), default=1)
        if lines > 1:
            out.set_row(row, min(lines * LINE_HEIGHT + 2, MOST_HEIGHT))


def _lines(cell: Cell, width: int) -> int:
    """Estimate the lines that a cell's text takes in a column of that width."""
    if not isinstance(cell.value, str):
        return 1
    across = width / WIDE if cell.style.startswith("heading") else width * NARROW
    return sum(max(1, ceil(len(line) / across)) for line in cell.value.split("\n"))


def _set_view(out: Any, sheet: Sheet) -> None:
    rows, columns = sheet.freeze
    if sheet.freeze != (0, 0):
        out.freeze_panes(rows, columns)
    if rows:
        out.repeat_rows(0, rows - 1)
    if columns:
        out.repeat_columns(0, columns - 1)
    if sheet.table and sheet.rows:
        first, last = sheet.table
        out.autofilter(first - 1, 0, last - 1, len(sheet.rows[first - 1]) - 1)
    if sheet.protected:
        allowed = {"autofilter": True, "format_columns": True, "format_rows": True, "sort": True}
        out.protect("", allowed | ({"insert_rows": True, "delete_rows": True} if sheet.growing else {}))
    if sheet.very_hidden:
        out.very_hidden()
    elif sheet.hidden:
        out.hide()
    out.set_landscape()
    out.set_paper(9)  # A4
    out.fit_to_pages(max(1, ceil(sum(sheet.widths) / WIDTH_OF_A_PAGE)), 0)


def _write_cell(out: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    if cell.formula:
        out.write_formula(row, column, cell.formula, style, _cached(cell.value))
    elif cell.value is None:
        if cell.style:
            out.write_blank(row, column, None, style)
    elif isinstance(cell.value, str):
        out.write_string(row, column, _fitting(cell.value), style)
    else:
        out.write_number(row, column, cell.value, style)


def _fitting(text: str) -> str:
    """Cut a text that is too long for a cell, and say so in it; name the characters that no eye can see."""
    text = visible(text)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(CUT)] + CUT


def _cached(value: str | int | Decimal | None) -> str | int | float:
    """Give the cached value of a formula as the file format takes it."""
    if isinstance(value, str):
        return _fitting(value)
    return "" if value is None else float(value) if isinstance(value, Decimal) else value
