"""Cells, sheets and workbooks as they were scanned: nothing is computed, translated or left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal["number", "text", "rich", "yes_no", "error", "date", "empty"]
Cells = dict[int, "Held"]  # by column, from 1
ZERO_HEIGHT = 2.0  # points; a row that is lower shows nothing
ZERO_WIDTH = 1.0  # characters; a narrower column shows no digit


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell is shown: its number format, whether that makes a date of a number, and what hides it, if anything.

    ``colour`` is its text's (empty: black), ``behind`` what is under it (empty: white), ``size`` in points; ``turned``
    texts do not run from left to right, and ``shrunk`` ones are made as small as their column needs.
    """

    number_format: str = "General"
    is_date: bool = False
    unseen: str = ""
    colour: str = ""
    behind: tuple[str, ...] = ()
    size: float = 11.0
    turned: bool = False
    shrunk: bool = False


class Held(NamedTuple):
    """A cell: its kind, its text as it stands in the file, how it is shown, and its formula (None for a value)."""

    kind: Kind
    text: str
    look: Look
    formula: str | None


class Area(NamedTuple):
    """A range of cells."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass
class Sheet:
    """A sheet: its cells by row and column, both in order, and what of it is not to be seen as it stands.

    ``disguised`` are ranges whose conditional format can show other figures or none; ``covered`` are rows, from and
    to, over which a picture or a shape lies; ``spilled`` are ranges that one array formula fills; ``comments`` are what
    people wrote beside cells, by row and column.
    """

    title: str
    state: str = "visible"
    rows: dict[int, Cells] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    shown_rows: set[int] = field(default_factory=set)  # rows with a height of their own, where all others are hidden
    rows_hidden_at_first: bool = False
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    disguised: list[Area] = field(default_factory=list)
    covered: list[tuple[int, int]] = field(default_factory=list)
    spilled: list[Area] = field(default_factory=list)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    noughts_shown: bool = True
    protected: bool = False

    @property
    def visible(self) -> bool:
        """Whether a person sees the sheet's tab."""
        return self.state == "visible"

    @property
    def last_row(self) -> int:
        """The last row that holds anything."""
        return next(reversed(self.rows), 0)

    def cell(self, row: int, column: int) -> Held | None:
        """Give a cell, or None where there is nothing."""
        cells = self.rows.get(row)
        return cells.get(column) if cells else None

    def row_hidden(self, row: int) -> bool:
        """Whether a row is not to be seen."""
        return row in self.hidden_rows or (self.rows_hidden_at_first and row not in self.shown_rows)


@dataclass(frozen=True)
class Book:
    """A workbook that was let pass: its sheets in order, its custom properties, and the start of its calendar."""

    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str]
    from_1904: bool = False

    def sheet(self, name: str) -> Sheet | None:
        """Give the first sheet of a name, whatever its capitals and the space around it."""
        return next((one for one in self.sheets if one.title.strip().casefold() == name.casefold()), None)


def letters(column: int) -> str:
    """Name a column by its place from 1.

    >>> letters(1), letters(26), letters(27), letters(16384)
    ('A', 'Z', 'AA', 'XFD')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """Count a column from 1.

    >>> column_number("A"), column_number("AA"), column_number("XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


def coordinates(area: Area) -> str:
    """Name a range as a spreadsheet program does.

    >>> coordinates(Area(4, 2, 7, 2)), coordinates(Area(4, 2, 4, 2))
    ('B4:B7', 'B4')
    """
    first, last = f"{letters(area.first_column)}{area.first_row}", f"{letters(area.last_column)}{area.last_row}"
    return first if first == last else f"{first}:{last}"
