"""One sheet's XML becomes cells: every element must stand where a spreadsheet program puts it, and every cell once.

Where the same cell stands twice, or two values in one cell, one program shows the first and another the second, so that
nobody could say what a person saw: such a sheet is refused.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from evaluator.files.read.xlsx.cell import ZERO_HEIGHT, Cells, Held, Kind, Look, Sheet, column_number, letters
from evaluator.files.read.xlsx.colours import cannot_be_read
from evaluator.files.read.xlsx.fonts import font_of, parts_of
from evaluator.files.read.xlsx.measures import NUMBER, measure
from evaluator.files.read.xlsx.package import DEEPEST, MAIN, STRICT, RefusedError, feed, local, new_parser
from evaluator.files.read.xlsx.sheet_view import HIGHEST_COLUMN, HIGHEST_ROW, Surroundings
from evaluator.files.read.xlsx.strings import LONGEST, Run, Runs, Text, unescaped
from evaluator.files.read.xlsx.styles import SAME, Styles
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
    "phoneticPr": ("is", "worksheet"),  # of a text, and of a sheet
}
KINDS: dict[str, Kind] = {"n": "number", "b": "yes_no", "e": "error", "d": "date", "str": "text"}
EXTENSION = "extLst"
SHOWN = 60  # characters of a value in a message
FREE = ("rPr", "rPh")  # parts of a text whose own parts are of no interest


class Scanner(Surroundings):
    """One reading of one sheet.

    Parameters
    ----------
    sheet : is filled.
    styles, texts : the workbook's, which cells name by number.
    """

    def __init__(self, sheet: Sheet, styles: Styles, texts: Sequence[Text]) -> None:
        super().__init__(sheet, styles)
        self.texts = texts
        self._looks = {str(number): look for number, look in enumerate(styles.looks)}
        self._looks[""] = styles.looks[0]
        self._by_runs: dict[tuple[int, str], tuple[Look, Look]] = {}  # with the looks, so that their ids stay theirs
        self._open: list[str] = []
        self._row = self._column = self._count = 0
        self._row_text = ""
        self._spoken = False
        self._cells: Cells = {}
        self._attributes: dict[str, str] = {}
        self._value: str | None = None
        self._formula: str | None = None
        self._inline: list[str] | None = None
        self._runs: Runs | None = None
        self._text: list[str] = []
        self._size = 0
        self._data = False

    def read(self, pieces: Iterator[bytes]) -> None:
        """Read the sheet from the pieces of its part."""
        self.parser = parser = new_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        feed(parser, pieces)
        # Parser and scanner name each other: let neither, nor the cells, wait until Python looks for such circles.
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag, parents, begin = TAGS.get(name) or (name, None, None)
        path = self._open
        if (parents is not None or self._data) and (not path or path[-1] not in (parents or FREE)):
            self._check_strange(tag)
        if len(path) > DEEPEST:
            raise RefusedError("E-FILE-011")
        if begin is not None:
            path.append(tag)
            begin(self, attributes)
            return
        if self._runs is not None and path[-1] == "rPr":
            self._runs.start(local(name), attributes)
        path.append(tag)

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
        self._spoken = attributes.get("ph") in TRUE
        height = measure(attributes.get("ht"))
        if height is not None:
            self.heights[self._row] = height
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
        self._size = 0
        reference = attributes.get("r") or f"{letters(self._column + 1)}{self._row}"
        name = reference.rstrip("0123456789")
        column = COLUMNS.get(name) or _far(name)
        if reference[len(name) :] != self._row_text or column <= self._column:
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
        self._inline, self._runs = [], None

    def _begin_run(self, attributes: dict[str, str]) -> None:
        self._runs = self._runs or Runs()
        self._runs.start("rPr", attributes)

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
        look = self._look()
        if self._inline is not None:
            kind, text, look = self._held_inline(look)
        elif not self._value:
            kind, text = "empty", ""
        elif self._attributes.get("t") == "s":
            kind, text, look = self._shared(self._value, look)
        else:
            kind, text = _typed(self._attributes.get("t") or "n", self._value)
        if kind == "number" and look.is_date and self._formula is None:
            kind = "date"
        if text or self._formula is not None:
            self._cells[self._column] = Held(kind, text, look, self._formula)

    def _look(self) -> Look:
        look = self._looks.get(self._attributes.get("s", "0"))
        if look is None:
            raise RefusedError("E-FILE-011")
        if "vm" in self._attributes:
            return replace(look, unseen="it is a picture or a card of the spreadsheet program")
        if self._spoken or ("ph" in self._attributes and self._attributes["ph"] in TRUE):
            return replace(look, unseen="how it is pronounced is shown over it")
        return look

    def _held_inline(self, look: Look) -> tuple[Kind, str, Look]:
        """Give a text that stands in its cell; where another value stands beside it, programs may show either."""
        text, kind = unescaped("".join(self._inline or ())), self._attributes.get("t") or "n"
        if kind == "inlineStr" and not self._value and self._runs is None:
            return "text", text, look
        beside = unescaped(self._value or "")
        if (beside and beside != text) or (kind != "inlineStr" and not beside):
            what = f"the file holds two values for it, “{text[:SHOWN]}” and “{beside[:SHOWN]}”"
            look = replace(look, unseen=what)
        runs = self._runs.found if self._runs is not None else ()
        return ("rich", text, self._of_runs(look, runs)) if runs else ("text", text, look)

    def _of_runs(self, look: Look, runs: tuple[Run, ...]) -> Look:
        """Give the look of a text whose parts have fonts of their own."""
        for run in runs:
            colour, odd, _ = font_of(parts_of(run), self.styles.palette)
            odd = odd or (SAME if cannot_be_read(colour, look.behind) else "")
            if odd and not look.unseen:
                return replace(look, unseen=f"a part of it has a font of its own, and {odd}")
        return look

    def _shared(self, value: str, look: Look) -> tuple[Kind, str, Look]:
        number = value.strip()
        if not (number.isascii() and number.isdigit()) or len(number) > 9 or int(number) >= len(self.texts):
            raise RefusedError("E-FILE-011")
        text, runs = self.texts[int(number)]
        if not runs:
            return "text", text, look
        key = id(look), number
        if key not in self._by_runs:
            self._by_runs[key] = look, self._of_runs(look, runs)
        return "rich", text, self._by_runs[key][1]


BEGIN = {
    "sheetData": Scanner._begin_data,
    "row": Scanner._begin_row,
    "c": Scanner._begin_cell,
    "v": Scanner._begin_text,
    "f": Scanner._begin_formula,
    "t": Scanner._begin_text,
    "is": Scanner._begin_inline,
    "rPr": Scanner._begin_run,
    "sheetFormatPr": Scanner._begin_format,
    "sheetView": Scanner._begin_view,
    "customSheetView": Scanner._begin_other_view,
    "pane": Scanner._begin_pane,
    "col": Scanner._begin_column,
    "mergeCell": Scanner._begin_merged,
    "sheetProtection": Scanner._begin_protection,
    "conditionalFormatting": Scanner._capture,
    "drawing": Scanner._begin_drawing,
    "legacyDrawing": Scanner._begin_drawing,
    "picture": Scanner._begin_background,
}
COLUMNS = {letters(column): column for column in range(1, LAST_COLUMN + 1)}
NEWER = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
SPACES = (MAIN, *(space for space, usual in STRICT.items() if usual == MAIN))
Begin = Callable[[Scanner, dict[str, str]], None]
TAGS: dict[str, tuple[str, tuple[str, ...] | None, Begin | None]] = {
    **{
        f"{space} {tag}": (tag, PARENTS.get(tag), BEGIN.get(tag))
        for space in SPACES
        for tag in ("worksheet", *PARENTS, *BEGIN, EXTENSION)
    },
    **{f"{NEWER} {tag}": (f"x14 {tag}", None, Scanner._capture) for tag in ("conditionalFormatting", "sparklineGroup")},
}
FINISH = {
    "sheetData": Scanner._finish_data,
    "row": Scanner._finish_row,
    "c": Scanner._finish_cell,
    "v": Scanner._finish_value,
    "f": Scanner._finish_formula,
    "t": Scanner._finish_text,
}


def _far(name: str) -> int:
    """Count a column beyond those of any table; nought where there is none of that name."""
    column = column_number(name) if len(name) < 4 and name.isascii() and name.isupper() else 0
    return column if column <= HIGHEST_COLUMN else 0


def _misplaced(reference: str, column: int) -> RefusedError:
    """Say why a cell cannot stand where it is: outside any table, or out of order."""
    place = REFERENCE.fullmatch(reference)
    far = place is None or not 0 < column <= LAST_COLUMN or int(place[2]) > LAST_ROW
    return RefusedError("E-FILE-016" if far else "E-FILE-017", cell=reference[:12])


def _typed(kind: str, value: str) -> tuple[Kind, str]:
    if kind not in KINDS or (kind == "n" and not _finite(value)):
        raise RefusedError("E-FILE-011")
    return KINDS[kind], unescaped(value) if kind == "str" else value.strip()


def _finite(text: str) -> bool:
    plain = text.strip()
    return NUMBER.fullmatch(plain) is not None and math.isfinite(float(plain))
