"""What goes out, before it is written: JSON, texts, and workbooks as cells with formulas and cached values."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

Json = dict[str, Any]  # an object of a JSON document
Style = Literal[
    "",
    "title",
    "text",
    "heading",
    "heading_right",  # over a column of numbers
    "number",
    "points",
    "money",
    "whole",
    "good",
    "bad",
    "care",
    "care_text",  # the same, over several lines
    "input",
    "input_money",
    "section",  # the title of a part of a sheet
    "note",
    "note_line",  # a note that runs on over the cells to its right
    "helper",  # a step on the way to a number, greyed
]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: a value, or a formula beside the value that the engine computed for it (shown before recalculation).

    Text is only ever written as text. ``places`` is the number of decimal places shown for numbers.
    """

    value: str | int | Decimal | None = None
    formula: str = ""
    style: Style = ""
    places: int | None = None


@dataclass(frozen=True)
class Choice:
    """A drop-down list of allowed texts over a range such as ``D5:D60``; ``prompt`` is shown beside a chosen cell.

    ``source`` names a range that holds the texts, instead of ``values``.
    """

    cells: str
    values: tuple[str, ...]
    prompt: str = ""
    source: str = ""


@dataclass(frozen=True)
class Hint:
    """A note that is shown beside a chosen cell of a range; any value may be typed."""

    cells: str
    prompt: str


@dataclass(frozen=True)
class Length:
    """The least and the greatest number of characters of a text typed into a range; anything else is refused."""

    cells: str
    least: int
    most: int
    prompt: str = ""


@dataclass(frozen=True)
class Highlight:
    """A style for every cell of a range that shows this text, whatever its formula comes to."""

    cells: str
    text: str
    style: Style


@dataclass(frozen=True)
class Sheet:
    """A sheet: rows of cells from A1, column widths, rows and columns that stay in view, and drop-down lists.

    ``table`` gives the (first row, last row) of a headed table, counted from 1, for a filter; ``protected`` locks all
    cells but those of style ``input`` without a password, and ``growing`` lets rows be inserted all the same;
    ``hidden`` hides the sheet, and ``very_hidden`` keeps it out of the list of hidden sheets too.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()
    freeze: tuple[int, int] = (0, 0)  # rows, columns
    table: tuple[int, int] | None = None
    choices: tuple[Choice, ...] = ()
    protected: bool = False
    hidden: bool = False
    highlights: tuple[Highlight, ...] = ()
    lengths: tuple[Length, ...] = ()
    very_hidden: bool = False
    hints: tuple[Hint, ...] = ()
    growing: bool = False


@dataclass(frozen=True)
class Workbook:
    """A workbook: its title (a document property) and its sheets; ``names`` are defined names for ranges.

    ``properties`` are custom document properties, names with texts; ``running`` stands over every printed page.
    """

    title: str
    sheets: tuple[Sheet, ...]
    names: tuple[tuple[str, str], ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    running: str = ""


@dataclass(frozen=True)
class Document:
    """A file to be written into the run folder; ``also`` names the further forms of a page, such as ``pdf``."""

    name: str
    content: str | bytes | Workbook
    also: tuple[Literal["docx", "pdf"], ...] = ()
