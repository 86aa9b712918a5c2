"""One sheet's XML becomes cells: every element must stand where a spreadsheet program puts it, and every cell once.

Where the same cell stands twice, or two values in one cell, one program shows the first and another the second, so that
nobody could say what a person saw: such a sheet is refused.
"""

import math
import re
from collections.abc import Iterator, Sequence

from evaluator.files.read.xlsx.cell import ZERO_HEIGHT, Cells, Held, Kind, Look, Sheet, letters
from evaluator.files.read.xlsx.package import DEEPEST, RefusedError, feed, new_parser
from evaluator.files.read.xlsx.sheet_view import HIGHEST_ROW, NUMBER, Surroundings, measure
from evaluator.files.read.xlsx.strings import LONGEST, MAIN, Text, unescaped
from evaluator.files.read.xlsx.workbook_parts import TRUE

LAST_ROW, LAST_COLUMN = 250_000, 400
MOST_CELLS = 2_000_000
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
PARENTS = {
    "sheetData": ("worksheet",),
    "row": ("sheetData",),
    "c": ("row",),
    "v": ("c",),
    "f": ("c",),
    "is": ("c",),
    "t": ("is", "r", "rPh"),
    "r": ("is",),
    "rPr": ("r",),
    "rPh": ("is",),
    "phoneticPr": ("is",),
}
KINDS: dict[str, Kind] = {"n": "number", "b": "yes_no", "e": "error", "d": "date", "str": "text"}
EXTENSION = "extLst"
FREE = ("rPr", "rPh")  # parts of a text whose own parts are of no interest


class Scanner(Surroundings):
    """One reading of one sheet.

    Parameters
    ----------
    sheet : is filled.
    looks, texts : the workbook's styles and texts, which cells name by number.
    hides : what each conditional format hides or changes.
    """

    def __init__(self, sheet: Sheet, looks: Sequence[Look], texts: Sequence[Text], hides: Sequence[str]) -> None:
        super().__init__(sheet, hides)
        self.texts = texts
        self._looks = {str(number): look for number, look in enumerate(looks)}
        self._open: list[str] = []
        self._row = self._column = self._count = 0
        self._row_text = ""
        self._cells: Cells = {}
        self._attributes: dict[str, str] = {}
        self._value: str | None = None
        self._formula: str | None = None
        self._inline: list[str] | None = None
        self._formatted = False
        self._text: list[str] = []
        self._size = 0
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
        if len(path) > DEEPEST:
            raise RefusedError("E-FILE-011")
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
        height = measure(attributes.get("ht"))
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

    def _begin_formula(self, attributes: dict[str, str]) -> None:
        self._text = []
        if attributes.get("ref") and attributes.get("t") in ("array", "dataTable"):
            self.sheet.spilled += self._areas(attributes["ref"])

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
        if self._inline is not None:
            if kind != "inlineStr" or value is not None:
                raise RefusedError("E-FILE-017", cell=self._place())
            return "rich" if self._formatted else "text", unescaped("".join(self._inline))
        if not value:
            return "empty", ""
        return self._shared(value) if kind == "s" else _typed(kind, value)

    def _shared(self, value: str) -> tuple[Kind, str]:
        number = value.strip()
        if not (number.isascii() and number.isdigit()) or len(number) > 9 or int(number) >= len(self.texts):
            raise RefusedError("E-FILE-011")
        text, formatted = self.texts[int(number)]
        return "rich" if formatted else "text", text


BEGIN = {
    "sheetData": Scanner._begin_data,
    "row": Scanner._begin_row,
    "c": Scanner._begin_cell,
    "v": Scanner._begin_text,
    "f": Scanner._begin_formula,
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


def _typed(kind: str, value: str) -> tuple[Kind, str]:
    if kind not in KINDS or (kind == "n" and not _finite(value)):
        raise RefusedError("E-FILE-011")
    return KINDS[kind], unescaped(value) if kind == "str" else value.strip()


def _finite(text: str) -> bool:
    plain = text.strip()
    return NUMBER.fullmatch(plain) is not None and math.isfinite(float(plain))
