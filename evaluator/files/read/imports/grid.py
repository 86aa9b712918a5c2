"""A sheet of another maker as rows of labels and values: merged cells say their text in each of their cells."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from evaluator.files.read.tables.guard import is_empty
from evaluator.files.read.xlsx.cell import Area, Held, Sheet, letters
from evaluator.records.findings.finding import Source
from evaluator.records.numbers import decimal_text

Cell = tuple[int, int]  # row and column


@dataclass
class Grid:
    """One sheet; ``turned`` when its rows are read as columns."""

    sheet: Sheet
    file: str
    turned: bool = False
    _texts: dict[Cell, str] = field(default_factory=dict, repr=False)

    @cached_property
    def merged(self) -> dict[Cell, Area]:
        """Every cell that belongs to a merged range, with the range."""
        return {
            (row, column): area
            for area in self.sheet.merged
            for row in range(area.first_row, min(area.last_row, self.sheet.last_row) + 1)
            for column in range(area.first_column, area.last_column + 1)
        }

    @cached_property
    def lines(self) -> dict[int, list[int]]:
        """The rows that hold anything, each with its columns, in order."""
        made: dict[int, list[int]] = {}
        for row, cells in self.sheet.rows.items():
            for column, held in cells.items():
                if not is_empty(held):
                    at = (column, row) if self.turned else (row, column)
                    made.setdefault(at[0], []).append(at[1])
        return {row: sorted(made[row]) for row in sorted(made)}

    @cached_property
    def last_column(self) -> int:
        """The last column that holds anything."""
        return max((columns[-1] for columns in self.lines.values()), default=0)

    def real(self, row: int, column: int) -> Cell:
        """Give the row and column in the file."""
        return (column, row) if self.turned else (row, column)

    def anchor(self, row: int, column: int) -> Cell:
        """Give the cell in the file that says what this one shows: the first of its merged range, or itself."""
        if not self.sheet.merged:
            return self.real(row, column)
        area = self.merged.get(self.real(row, column))
        return (area.first_row, area.first_column) if area else self.real(row, column)

    def held(self, row: int, column: int) -> Held | None:
        """Give what a cell holds, or its merged range."""
        return self.sheet.cell(*self.anchor(row, column))

    def text(self, row: int, column: int) -> str:
        """Give a cell's text in one line, for labels; a formula's is the one that it came to."""
        at = self.anchor(row, column)
        if at not in self._texts:
            held = self.sheet.cell(*at)
            self._texts[at] = "" if held is None else _shown(held)
        return self._texts[at]

    def place(self, row: int, column: int = 0) -> Source:
        """Name a cell of the file."""
        at_row, at_column = self.anchor(row, column) if column else self.real(row, 0)
        return Source(self.file, self.sheet.title, at_row, letters(at_column) if at_column else "")

    def cells(self) -> Iterator[Cell]:
        """Give every cell that is not empty."""
        yield from ((row, column) for row, columns in self.lines.items() for column in columns)


def _shown(held: Held) -> str:
    if held.kind == "number":
        try:
            return decimal_text(Decimal(repr(float(held.text))))
        except (ValueError, ArithmeticError):
            return held.text
    return " ".join(held.text.split()) or held.formula or ""  # a formula that no program has worked out yet
