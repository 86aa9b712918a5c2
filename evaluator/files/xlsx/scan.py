"""One sheet's XML becomes cells: every element must stand where a spreadsheet program puts it, and every cell once.

Where the same cell stands twice, or two values in one cell, one program shows the first and another the second, so that
nobody could say what a person saw: such a sheet is refused.
"""

import math
import re
from collections.abc import Iterator, Sequence
from typing import cast

from evaluator.files.xlsx.contents import TRUE
from evaluator.files.xlsx.held import ZERO_HEIGHT, ZERO_WIDTH, Area, Cells, Held, Kind, Look, Sheet, column_number, letters
from evaluator.files.xlsx.package import RefusedError, feed, new_parser
from evaluator.files.xlsx.strings import LONGEST, MAIN, Text, unescaped

LAST_ROW, LAST_COLUMN = 250_000, 400
HIGHEST_ROW = 1_048_576
MOST_CELLS = 2_000_000
MOST_RANGES = 100_000
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
PARENTS = {
    "sheetData": ("worksheet",),
    "row": ("sheetData",),
    "c": ("row",),
    "v": ("c",),
    "f": ("c",),
    "is": ("c",),
    "t": ("is", "r"),
    "r": ("is",),
    "rPr": ("r",),
    "rPh": ("is",),
    "phoneticPr": ("is",),
}
KINDS: dict[str, Kind] = {"n": "number", "b": "yes_no", "e": "error", "d": "date", "str": "text"}
EXTENSION = "extLst"
FREE = ("rPr", "rPh")  # parts of a text whose own parts are of no interest


class Scanner:
    """One reading of one sheet.

    Parameters
    ----------
    sheet : is filled.
    looks, texts : the workbook's styles and texts, which cells name by number.
    hides : what each conditional format hides or changes.
    """

    def __init__(self, sheet: Sheet, looks: Sequence[Look], texts: Sequence[Text], hides: Sequence[str]) -> None:
        self.sheet, self.texts, self.hides = sheet, texts, hides
        self._looks = {str(number): look for number, look in enumerate(looks)}
        self.drawings: list[str] = []
        self._open: list[str] = []
        self._row = self._column = self._count = self._ranges = 0
        self._row_text = ""
        self._cells: Cells = {}
        self._attributes: dict[str, str] = {}
        self._value: str | None = None
        self._formula: str | None = None
        self._inline: list[str] | None = None
        self._formatted = False
        self._text: list[str] = []
        self._size = 0
        self._conditional = ""
        self._data = False

    def read(self, pieces: Iterator[bytes]) -> None:
        """Read the sheet from the pieces of its part."""
        parser = new_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        feed(parser, pieces)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag, parents, begin = TAGS.get(name) or (name, None, None)
        path = self._open
        if (parents is not None or self._data) and (not path or path[-1] not in (parents or FREE)):
            self._check_strange(tag)
        path.append(tag)
        if begin is not None:
            begin(self, attributes)

    def _check_strange(self, tag: str) -> None:
        """Let an element stand where it is only in an extension, which no spreadsheet program counts as cells."""
        if tag != EXTENSION and EXTENSION not in self._open:
            raise RefusedError("E-FILE-017", cell=self._place())

    def _end(self, _: str) -> None:
        tag = self._open.pop()
        finish = FINISH.get(tag)
        if finish is not None:
            finish(self)

    def _characters(self, text: str) -> None:
        if self._data and self._open[-1] in ("v", "f", "t"):
            self._size += len(text)
            if self._size > LONGEST:
                raise RefusedError("E-FILE-013", what="a workbook with a text longer than a cell can hold")
            self._text.append(text)

    def _place(self) -> str:
        return self._attributes.get("r", "")[:12] or f"row {self._row}"

    # The table of cells.

    def _begin_data(self, _: dict[str, str]) -> None:
        if self._data or self._row:
            raise RefusedError("E-FILE-017", cell="a second table of cells")
        self._data = True

    def _finish_data(self) -> None:
        self._data = False
        self._row = HIGHEST_ROW  # a second table is refused even if the first was empty

    def _begin_row(self, attributes: dict[str, str]) -> None:
        text = attributes.get("r") or str(self._row + 1)
        if not (text.isascii() and text.isdigit()) or len(text) > 7 or not self._row < int(text) <= HIGHEST_ROW:
            raise RefusedError("E-FILE-017", cell=f"row {text[:12]}")
        self._row, self._column, self._cells = int(text), 0, {}
        self._row_text = str(self._row)
        height = _measure(attributes.get("ht"))
        if attributes.get("hidden") in TRUE or (height is not None and height < ZERO_HEIGHT):
            self.sheet.hidden_rows.add(self._row)
        elif height is not None or attributes.get("hidden") is not None:
            self.sheet.shown_rows.add(self._row)

    def _finish_row(self) -> None:
        if self._cells:
            self.sheet.rows[self._row] = self._cells

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._attributes = attributes
        self._value = self._formula = self._inline = None
        self._formatted, self._size = False, 0
        reference = attributes.get("r") or f"{letters(self._column + 1)}{self._row}"
        name = reference.rstrip("0123456789")
        column = COLUMNS.get(name, 0)
        if reference[len(name) :] != self._row_text or column <= self._column or self._row > LAST_ROW:
            raise _misplaced(reference, column)
        self._column = column
        self._count += 1
        if self._count > MOST_CELLS:
            raise RefusedError("E-FILE-013", what="a sheet of more cells than a table needs; a CSV file can hold them")

    def _begin_text(self, _: dict[str, str]) -> None:
        self._text = []

    def _begin_inline(self, _: dict[str, str]) -> None:
        if self._inline is not None:
            raise RefusedError("E-FILE-017", cell=self._place())
        self._inline = []

    def _begin_formats(self, _: dict[str, str]) -> None:
        self._formatted = True

    def _finish_value(self) -> None:
        if self._value is not None:
            raise RefusedError("E-FILE-017", cell=self._place())
        self._value = "".join(self._text)

    def _finish_formula(self) -> None:
        if self._formula is not None:
            raise RefusedError("E-FILE-017", cell=self._place())
        self._formula = "=" + "".join(self._text)

    def _finish_text(self) -> None:
        if self._inline is not None and "rPh" not in self._open:
            self._inline.append("".join(self._text))

    def _finish_cell(self) -> None:
        if self._value is None and self._inline is None and self._formula is None:
            return
        kind, text = self._held()
        look = self._look()
        if kind == "number" and look.is_date and self._formula is None:
            kind = "date"
        if text or self._formula is not None:
            self._cells[self._column] = Held(kind, text, look, self._formula)

    def _look(self) -> Look:
        look = self._looks.get(self._attributes.get("s", "0"))
        if look is None:
            raise RefusedError("E-FILE-011")
        return look

    def _held(self) -> tuple[Kind, str]:
        """Give the kind of a cell and its text; a cell with a text of its own and another value is refused."""
        kind, value = self._attributes.get("t", "n"), self._value
        if (self._inline is not None) != (kind == "inlineStr"):
            if kind == "inlineStr" and value is None:
                return "empty", ""
            raise RefusedError("E-FILE-017", cell=self._place())
        if self._inline is not None:
            if value is not None:
                raise RefusedError("E-FILE-017", cell=self._place())
            return "rich" if self._formatted else "text", unescaped("".join(self._inline))
        if not value:
            return "empty", ""
        if kind == "s":
            return self._shared(value)
        if kind not in KINDS:
            raise RefusedError("E-FILE-011")
        if kind == "n" and not _finite(value):
            raise RefusedError("E-FILE-011")
        return KINDS[kind], unescaped(value) if kind == "str" else value.strip()

    def _shared(self, value: str) -> tuple[Kind, str]:
        number = value.strip()
        if not (number.isascii() and number.isdigit()) or len(number) > 9 or int(number) >= len(self.texts):
            raise RefusedError("E-FILE-011")
        text, formatted = self.texts[int(number)]
        return "rich" if formatted else "text", text

    # What stands around the table, and says what of it can be seen.

    def _begin_format(self, attributes: dict[str, str]) -> None:
        height = _measure(attributes.get("defaultRowHeight"))
        low = height is not None and height < ZERO_HEIGHT
        self.sheet.rows_hidden_at_first = attributes.get("zeroHeight") in TRUE or low

    def _begin_view(self, attributes: dict[str, str]) -> None:
        if attributes.get("showZeros", "1") not in TRUE:
            self.sheet.noughts_shown = False

    def _begin_column(self, attributes: dict[str, str]) -> None:
        self._one_more()
        width = _measure(attributes.get("width"))
        if attributes.get("hidden") in TRUE or (width is not None and width < ZERO_WIDTH):
            ends = (attributes.get("min", ""), attributes.get("max", ""))
            if not all(end.isascii() and end.isdigit() and len(end) < 7 for end in ends):
                raise RefusedError("E-FILE-011")
            self.sheet.hidden_columns.append((int(ends[0]), int(ends[1])))

    def _begin_merged(self, attributes: dict[str, str]) -> None:
        self.sheet.merged += self._areas(attributes.get("ref", ""))

    def _begin_protection(self, attributes: dict[str, str]) -> None:
        self.sheet.protected = attributes.get("sheet") in TRUE

    def _begin_conditional(self, attributes: dict[str, str]) -> None:
        self._conditional = attributes.get("sqref", "")

    def _begin_rule(self, attributes: dict[str, str]) -> None:
        number = attributes.get("dxfId", "")
        if number.isascii() and number.isdigit() and len(number) < 7:
            hides = self.hides[int(number)] if int(number) < len(self.hides) else ""
            if hides:
                self.sheet.disguised += self._areas(self._conditional)

    def _begin_bar(self, attributes: dict[str, str]) -> None:
        if attributes.get("showValue", "1") not in TRUE:
            self.sheet.disguised += self._areas(self._conditional)

    def _begin_drawing(self, attributes: dict[str, str]) -> None:
        self.drawings += [text for name, text in attributes.items() if name.endswith("relationships id")]

    def _areas(self, text: str) -> list[Area]:
        self._one_more()
        return [_area(part) for part in text.split()[:MOST_RANGES]]

    def _one_more(self) -> None:
        self._ranges += 1
        if self._ranges > MOST_RANGES:
            raise RefusedError("E-FILE-013", what="a sheet of more ranges than a table needs")


BEGIN = {
    "sheetData": Scanner._begin_data,
    "row": Scanner._begin_row,
    "c": Scanner._begin_cell,
    "v": Scanner._begin_text,
    "f": Scanner._begin_text,
    "t": Scanner._begin_text,
    "is": Scanner._begin_inline,
    "rPr": Scanner._begin_formats,
    "sheetFormatPr": Scanner._begin_format,
    "sheetView": Scanner._begin_view,
    "col": Scanner._begin_column,
    "mergeCell": Scanner._begin_merged,
    "sheetProtection": Scanner._begin_protection,
    "conditionalFormatting": Scanner._begin_conditional,
    "cfRule": Scanner._begin_rule,
    "dataBar": Scanner._begin_bar,
    "iconSet": Scanner._begin_bar,
    "drawing": Scanner._begin_drawing,
}
COLUMNS = {letters(column): column for column in range(1, LAST_COLUMN + 1)}
TAGS = {f"{MAIN}{tag}": (tag, PARENTS.get(tag), BEGIN.get(tag)) for tag in ("worksheet", *PARENTS, *BEGIN, EXTENSION)}
FINISH = {
    "sheetData": Scanner._finish_data,
    "row": Scanner._finish_row,
    "c": Scanner._finish_cell,
    "v": Scanner._finish_value,
    "f": Scanner._finish_formula,
    "t": Scanner._finish_text,
}


def _misplaced(reference: str, column: int) -> RefusedError:
    """Say why a cell cannot stand where it is: outside any table, or out of order."""
    place = REFERENCE.fullmatch(reference)
    far = place is None or not column or int(place[2]) > LAST_ROW
    return RefusedError("E-FILE-016" if far else "E-FILE-017", cell=reference[:12])


def _finite(text: str) -> bool:
    plain = text.strip()
    return NUMBER.fullmatch(plain) is not None and math.isfinite(float(plain))


def _measure(text: str | None) -> float | None:
    return float(text) if text and NUMBER.fullmatch(text) else None


def _area(text: str) -> Area:
    """Read a range such as ``B4:B7``, a single cell, or whole columns or rows.

    >>> _area("B4:B7"), _area("F6")
    (Area(first_row=4, first_column=2, last_row=7, last_column=2), Area(first_row=6, first_column=6, last_row=6, last_column=6))
    """
    first, _, last = text.replace("$", "").partition(":")
    ends = [re.fullmatch(r"([A-Z]{0,3})([0-9]{0,7})", end) for end in (first, last or first)]
    if not all(ends):
        raise RefusedError("E-FILE-011")
    start, end = cast("tuple[re.Match[str], re.Match[str]]", tuple(ends))
    return Area(
        int(start[2] or 1),
        column_number(start[1]) or 1,
        int(end[2] or HIGHEST_ROW),
        column_number(end[1]) or 16_384,
    )
