"""What stands around a sheet's cells and says which of them can be seen, and as what."""

import re
from collections.abc import Sequence
from typing import cast

from evaluator.files.read.xlsx.cell import ZERO_HEIGHT, ZERO_WIDTH, Area, Sheet, column_number
from evaluator.files.read.xlsx.package import RefusedError
from evaluator.files.read.xlsx.workbook_parts import TRUE

HIGHEST_ROW, HIGHEST_COLUMN = 1_048_576, 16_384
MOST_RANGES = 100_000
NUMBER = re.compile(r"[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


class Surroundings:
    """The part of a reading that is about heights, widths, merged cells, protection, conditional formats and shapes.

    ``drawings`` are the ids of the sheet's drawings among its relationships.
    """

    def __init__(self, sheet: Sheet, hides: Sequence[str]) -> None:
        self.sheet, self.hides = sheet, hides
        self.drawings: list[str] = []
        self._ranges = 0
        self._conditional = ""

    def _begin_format(self, attributes: dict[str, str]) -> None:
        height = measure(attributes.get("defaultRowHeight"))
        low = height is not None and height < ZERO_HEIGHT
        self.sheet.rows_hidden_at_first = attributes.get("zeroHeight") in TRUE or low

    def _begin_view(self, attributes: dict[str, str]) -> None:
        if attributes.get("showZeros", "1") not in TRUE:
            self.sheet.noughts_shown = False

    def _begin_column(self, attributes: dict[str, str]) -> None:
        self._one_more()
        width = measure(attributes.get("width"))
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


def measure(text: str | None) -> float | None:
    """Read a height or a width, None where there is none."""
    return float(text) if text and NUMBER.fullmatch(text) else None


def _area(text: str) -> Area:
    """Read a range such as ``B4:B7``, a single cell, or whole columns or rows.

    >>> tuple(_area("B4:C7")), tuple(_area("F6"))
    ((4, 2, 7, 3), (6, 6, 6, 6))
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
        column_number(end[1]) or HIGHEST_COLUMN,
    )
