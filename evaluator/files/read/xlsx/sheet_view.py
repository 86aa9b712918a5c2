"""What stands around a sheet's cells and says which of them can be seen, and as what."""

import re
from collections.abc import Iterable
from typing import cast
from xml.etree import ElementTree
from xml.parsers import expat

from evaluator.files.read.xlsx.cell import ZERO_HEIGHT, ZERO_WIDTH, Area, Sheet, column_number
from evaluator.files.read.xlsx.conditions import Capture, rules_of
from evaluator.files.read.xlsx.measures import measure
from evaluator.files.read.xlsx.package import RefusedError
from evaluator.files.read.xlsx.styles import Differing, Styles
from evaluator.files.read.xlsx.workbook_parts import TRUE

HIGHEST_ROW, HIGHEST_COLUMN = 1_048_576, 16_384
MOST_RANGES = 100_000
USUAL_FIGURES, MARGIN = 8, 0.71  # of a column of the usual width: its figures, and what is left beside them
LONGEST_RANGE = 24  # characters, such as $A$1:$XFD$1048576
RANGE = re.compile(r"([A-Z]{0,3})([0-9]{0,7})")


class Surroundings:
    """The part of a reading that is about heights, widths, merged cells, protection, conditional formats and shapes.

    ``drawings`` are the ids of the sheet's drawings among its relationships, ``heights`` those of rows in points,
    ``widths`` those of columns, from and to, in characters; ``rules`` what conditional formats change, and where.
    """

    def __init__(self, sheet: Sheet, styles: Styles) -> None:
        self.sheet, self.styles = sheet, styles
        self.drawings: list[str] = []
        self.heights: dict[int, float] = {}
        self.usual_height: float | None = None
        self.widths: list[tuple[int, int, float]] = []
        self.usual_width: float | None = None
        self.rules: list[tuple[Area, Differing]] = []
        self.parser: expat.XMLParserType | None = None
        self._ranges = 0
        self._corner = ""

    @property
    def last_column(self) -> int:
        """The last column that holds anything."""
        return max((max(cells) for cells in self.sheet.rows.values()), default=0)

    def _begin_format(self, attributes: dict[str, str]) -> None:
        self.usual_height = measure(attributes.get("defaultRowHeight"))
        self.usual_width = measure(attributes.get("defaultColWidth")) or _of_figures(attributes.get("baseColWidth"))
        low = self.usual_height is not None and self.usual_height < ZERO_HEIGHT
        self.sheet.rows_hidden_at_first = attributes.get("zeroHeight") in TRUE or low
        if self.usual_width is not None and self.usual_width < ZERO_WIDTH:
            self.sheet.hidden_columns.append((1, HIGHEST_COLUMN))

    def _begin_view(self, attributes: dict[str, str]) -> None:
        self._corner = attributes.get("topLeftCell") or "A1"
        if attributes.get("showZeros", "1") not in TRUE:
            self.sheet.noughts_shown = False

    def _begin_other_view(self, _: dict[str, str]) -> None:
        """Forget where the sheet is scrolled to: the panes that follow are of views that are not shown."""
        self._corner = "A1"

    def _begin_pane(self, attributes: dict[str, str]) -> None:
        """Take what is above and left of frozen rows and columns as hidden: nobody can scroll there."""
        if attributes.get("state", "split").startswith("frozen"):
            corner = area_of(self._corner)
            if attributes.get("ySplit") and corner.first_row > 1:
                self.sheet.hidden_rows.update(range(1, min(corner.first_row, MOST_RANGES)))
            if attributes.get("xSplit") and corner.first_column > 1:
                self.sheet.hidden_columns.append((1, corner.first_column - 1))

    def _begin_column(self, attributes: dict[str, str]) -> None:
        self._one_more()
        width = measure(attributes.get("width"))
        hidden = attributes.get("hidden") in TRUE or (width is not None and width < ZERO_WIDTH)
        if width is None and not hidden:
            return
        ends = (attributes.get("min", ""), attributes.get("max", ""))
        if not all(end.isascii() and end.isdigit() and len(end) < 7 for end in ends):
            raise RefusedError("E-FILE-011")
        if hidden:
            self.sheet.hidden_columns.append((int(ends[0]), int(ends[1])))
        elif width is not None:
            self.widths.append((int(ends[0]), int(ends[1]), width))

    def _begin_merged(self, attributes: dict[str, str]) -> None:
        self.sheet.merged += self._areas(attributes.get("ref", ""))

    def _begin_protection(self, attributes: dict[str, str]) -> None:
        self.sheet.protected = attributes.get("sheet") in TRUE

    def _capture(self, attributes: dict[str, str]) -> None:
        if self.parser is not None:
            Capture(self.parser, self._take_rules).begin("rules", attributes)

    def _take_rules(self, tree: ElementTree.Element) -> None:
        found = rules_of(tree, self.styles)
        self.take_changes((area, change) for ranges, change in found for area in self._areas(ranges))

    def take_changes(self, changes: Iterable[tuple[Area, Differing]]) -> None:
        """Keep what rules or the styles of tables change, and where."""
        for area, change in changes:
            if change.odd:
                self.sheet.disguised.append(area)
            elif change.colour or change.behind:
                self.rules.append((area, change))

    def _begin_drawing(self, attributes: dict[str, str]) -> None:
        self.drawings += [text for name, text in attributes.items() if name.endswith("relationships id")]

    def _begin_background(self, _: dict[str, str]) -> None:
        self.sheet.covered.append((1, HIGHEST_ROW))

    def _areas(self, text: str) -> list[Area]:
        parts = text.split()
        self._ranges += max(len(parts) - 1, 0)
        self._one_more()
        return [area_of(part) for part in parts]

    def _one_more(self) -> None:
        self._ranges += 1
        if self._ranges > MOST_RANGES:
            raise RefusedError("E-FILE-013", what="a sheet of more ranges than a table needs")


def _of_figures(text: str | None) -> float | None:
    """Give the usual width of columns that hold so many figures; None where it is the one that programs take anyway."""
    figures = measure(text)
    return figures + MARGIN if figures is not None and figures < USUAL_FIGURES else None


def area_of(text: str) -> Area:
    """Read a range such as ``B4:B7``, a single cell, or whole columns or rows.

    >>> tuple(area_of("B4:C7")), tuple(area_of("F6"))
    ((4, 2, 7, 3), (6, 6, 6, 6))
    """
    first, _, last = text[:LONGEST_RANGE].replace("$", "").partition(":")
    ends = [RANGE.fullmatch(end) for end in (first, last or first)]
    if not all(ends):
        raise RefusedError("E-FILE-011")
    start, end = cast("tuple[re.Match[str], re.Match[str]]", tuple(ends))
    return Area(
        int(start[2] or 1),
        column_number(start[1]) or 1,
        int(end[2] or HIGHEST_ROW),
        column_number(end[1]) or HIGHEST_COLUMN,
    )
