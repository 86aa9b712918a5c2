"""Which cell of a table stands in which column, when cells reach across columns and down rows."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from evaluator.files.write.forms.blocks import Cell, Row


class Place(NamedTuple):
    """A cell at its column; ``first`` is false in the rows that a cell above reaches down into."""

    cell: Cell
    column: int
    first: bool


def grid(rows: Iterable[Row]) -> Iterator[list[Place]]:
    """Give the cells of each row from left to right."""
    above: dict[int, tuple[Cell, int]] = {}  # by column: a cell that reaches down, and how many rows it has left
    for row in rows:
        line, column, waiting, below = [], 0, list(reversed(row)), {}
        while waiting or column in above:
            cell, left = above[column] if column in above else (waiting[-1], waiting[-1].down)
            first = column not in above
            if first:
                waiting.pop()
            line.append(Place(cell, column, first))
            if left > 1:
                below[column] = (cell, left - 1)
            column += cell.across
        above = below
        yield line
