"""Workbooks out: records of sheets become XLSX bytes, the same bytes for the same records."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
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
LONGEST_TEXT = 32_767  # characters that a cell can hold, as UTF-16 counts them
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
    rows = _Rows(formats, book.str_table)
    for sheet in workbook.sheets:
        out = book.add_worksheet(sheet.name, _Sheet)
        out.take(rows.written(sheet), max(map(len, sheet.rows), default=0))
        _set_around(out, sheet, formats)
        if workbook.running:
            out.set_header(f"&L{_running(workbook.running)}")
    for name, cells in workbook.names:
        book.define_name(name, f"={cells}")
    book.close()
    return buffer.getvalue()


APART: tuple[Style, ...] = ("", "text", "heading")
STANDING_OFF = {"align": "left", "indent": 1}


class _Sheet(Worksheet):  # type: ignore[misc]
    """A sheet that takes its rows as they stand in the file; XlsxWriter would keep and look at each cell again."""

    lines: tuple[str, ...] = ()

    def take(self, lines: tuple[str, ...], columns: int) -> None:
        """Take the rows, and how far they reach."""
        self.lines = lines
        if lines and columns:
            self._check_dimensions(0, 0)
            self._check_dimensions(len(lines) - 1, columns - 1)

    def _write_sheet_data(self) -> None:
        self.fh.write(f"<sheetData>{''.join(self.lines)}</sheetData>")


class _Formats:
    """The formats of one workbook, each made once, in the order of first use."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, str, bool], Any] = {}
        self._of_cells: dict[tuple[str, int | None, bool, bool], int] = {}

    def number(self, cell: Cell, column: int) -> int:
        """Give the number of a cell's format in the file."""
        # A text beside a number stands off it a little, or the two would read as one.
        text = isinstance(cell.value, str)
        key = (cell.style, cell.places, text and not cell.formula, text and column > 0 and cell.style in APART)
        if key not in self._of_cells:
            shown, apart = _number_format(cell), key[-1]
            looks = FONT | STYLES[cell.style] | {"num_format": shown} | (STANDING_OFF if apart else {})
            self._of_cells[key] = self._format((cell.style, shown, apart), looks)._get_xf_index()
        return self._of_cells[key]

    def colours(self, style: Style) -> Any:
        """Give a style's colours alone."""
        return self._format((style, "", False), STYLES[style])

    def _format(self, key: tuple[str, str, bool], properties: dict[str, Any]) -> Any:
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


class _Rows:
    """Writes the rows of a workbook's sheets as they stand in the file, where each text stands once in a list."""

    def __init__(self, formats: _Formats, texts: Any) -> None:
        self._formats, self._texts = formats, texts
        self._places: dict[str, int] = {}  # of each text as it was given, in the list

    def written(self, sheet: Sheet) -> tuple[str, ...]:
        """Write the rows of a sheet, each as high as its wrapped texts need: not every program sees to that."""
        columns = [xl_col_to_name(at) for at in range(max(map(len, sheet.rows), default=0))]
        return tuple(self._row(number, cells, columns, sheet.widths) for number, cells in enumerate(sheet.rows, 1))

    def _row(self, number: int, cells: Sequence[Cell], columns: Sequence[str], widths: Sequence[int]) -> str:
        height = _height(cells, widths)
        held = "".join([self._cell(cell, at, f"{columns[at]}{number}") for at, cell in enumerate(cells)])
        high = f' ht="{height}" customHeight="1"' if height else ""
        return f'<row r="{number}"{high}>{held}</row>' if held or high else ""

    def _cell(self, cell: Cell, column: int, place: str) -> str:
        value = cell.value
        if value is None and not cell.style and not cell.formula:
            return ""
        start = f'<c r="{place}" s="{self._formats.number(cell, column)}"'
        if cell.formula:
            text, shown = ' t="str"' if isinstance(value, str) and value else "", escape(str(_cached(value)))
            return f"{start}{text}><f>{escape(cell.formula.removeprefix('='))}</f><v>{shown}</v></c>"
        if value is None:
            return f"{start}/>"
        return (
            f'{start} t="s"><v>{self._place(value)}</v></c>'
            if isinstance(value, str)
            else (f"{start}><v>{value:.16G}</v></c>")
        )

    def _place(self, text: str) -> int:
        if text not in self._places:
            self._places[text] = self._texts._get_shared_string_index(_fitting(text))
        else:
            self._texts.count += 1
        return self._places[text]


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


def _set_around(out: Any, sheet: Sheet, formats: _Formats) -> None:
    """Set all of a sheet but its rows: widths, lists to choose from, hints, colours that follow values, its view."""
    for column, width in enumerate(sheet.widths):
        out.set_column(column, column, width)
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


def _height(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """Give the height that a row's wrapped texts need, in points; 0 where the usual one does."""
    if cells and cells[0].style == "title":
        return TITLE_HEIGHT
    texts = [(cell, width) for cell, width in zip(cells, widths, strict=False) if cell.style in WRAPPED]
    lines = max([_lines(cell, width) for cell, width in texts], default=1)
    return min(lines * LINE_HEIGHT + 2, MOST_HEIGHT) if lines > 1 else 0


def _lines(cell: Cell, width: int) -> int:
    """Estimate the lines that a cell's text takes in a column of that width."""
    value = cell.value
    if not isinstance(value, str):
        return 1
    across = width / WIDE if cell.style.startswith("heading") else width * NARROW
    if len(value) <= across and "\n" not in value:
        return 1
    return sum(max(1, ceil(len(line) / across)) for line in value.split("\n"))


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


def _fitting(text: str) -> str:
    """Cut a text that is too long for a cell, and say so in it; name the characters that no eye can see."""
    text = visible(text)
    if 2 * len(text) <= LONGEST_TEXT or len(held := text.encode("utf-16-le")) <= 2 * LONGEST_TEXT:
        return text
    return held[: 2 * (LONGEST_TEXT - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _cached(value: str | int | Decimal | None) -> str | int | float:
    """Give the cached value of a formula as the file format takes it."""
    if isinstance(value, str):
        return _fitting(value)
    return "" if value is None else float(value) if isinstance(value, Decimal) else value
