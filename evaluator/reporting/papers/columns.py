"""Columns of a sheet: their letters, and answers in as many cells side by side as the longest needs.

A row of a sheet has at most 409 points, some thirty lines. What an answer has beyond them goes on in the next cell; the
last takes all that is left, though its end is out of sight.
"""

from collections.abc import Iterable
from math import ceil

from evaluator.records.documents import Cell
from evaluator.records.submissions.table_layouts import ANSWERS
from evaluator.records.texts import visible

WIDTH = ANSWERS[0].width  # characters across
LINES = 30  # of one cell


def answer_columns(texts: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Give the headings and widths of the columns that the longest of some answers needs; none where there is none."""
    most = max((len(answer_parts(text)) for text in texts), default=0)
    return tuple((column.heading, column.width) for column in ANSWERS[:most])


def answer_cells(text: str, columns: int) -> tuple[Cell, ...]:
    """Give an answer in that many cells, whole."""
    parts = answer_parts(text)
    return tuple(Cell(parts[at] if at < len(parts) else None, style="text") for at in range(columns))


def letter(column: int) -> str:
    """Name a column by its place from 1.

    >>> letter(1), letter(26), letter(27)
    ('A', 'Z', 'AA')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def answer_parts(text: str) -> tuple[str, ...]:
    """Divide a text between words into what cells of the width and height can show.

    >>> [len(part) for part in answer_parts("word " * 1000)]
    [2999, 2000]
    """
    parts: list[list[str]] = [[]]
    room = LINES
    for line in visible(text).splitlines() or [""]:
        for piece in _pieces(line):
            lines = max(1, ceil(len(piece) / WIDTH))
            if lines > room and len(parts) < len(ANSWERS):
                parts.append([])
                room = LINES
            parts[-1].append(piece)
            room -= lines
    return tuple("\n".join(part) for part in parts)


def _pieces(line: str) -> Iterable[str]:
    """Give a line whole, or cut between words where it alone is more than a cell shows."""
    most = WIDTH * LINES
    while len(line) > most:
        at = line.rfind(" ", 1, most) + 1 or most
        yield line[:at].rstrip()
        line = line[at:].lstrip()
    yield line
