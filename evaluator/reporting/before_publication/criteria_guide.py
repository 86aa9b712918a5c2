"""The first sheet of the criteria workbook: how to fill it in, and whether each theme's weights are 100."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from evaluator.records.documents import Cell
from evaluator.records.programme.price.names import PLAIN

STEPS = (
    "1. Fill in the yellow cells, sheet by sheet. The other cells are locked, without a password, so that no heading "
    "is lost by accident.",
    "2. Rows can be inserted where a table has no free one left: select a row inside the table, then Insert.",
    "3. A further theme: right-click a theme's sheet, Move or Copy, Create a copy. Any name that begins with "
    "Theme will do; its id is what counts.",
    "4. Numbers are written exactly as they are published. Lists have a semicolon between their entries; "
    "a list that is empty on purpose says: none.",
    "5. A text that starts with json: holds something that a cell cannot show, such as space at its end. Leave it.",
    "6. Save, then check: evaluator check FILE.xlsx. Every finding names the sheet and the cell.",
    "7. A finding that is to stand is accepted by a named person on the sheet Accepted, with the reason. A new version "
    "of what was published before says on the sheet Versions what changed.",
    "8. When nothing blocks: evaluator publish FILE.xlsx. The seal lies beside the workbook, and from then on a change "
    "of anything that counts is found.",
)


class Total(Protocol):
    """A theme's sum of weights."""

    @property
    def title(self) -> str:
        """The theme's title."""

    @property
    def cell(self) -> str:
        """Where the sum stands."""

    @property
    def total(self) -> Decimal:
        """What it comes to."""


def guide_rows(title: str, totals: Sequence[Total]) -> tuple[tuple[Cell, ...], ...]:
    """Write the guide."""
    head = ((Cell(f"Criteria: {title}", style="title"),), (Cell("How to fill this in", style="section"),))
    steps = tuple((Cell(step, style="note_line"),) for step in STEPS)
    table = ((), (Cell("Weights of each theme", style="section"),), _heads(), *map(_total, totals))
    return (*head, *steps, *table, *_methods())


def _methods() -> Iterator[tuple[Cell, ...]]:
    """List the price methods by their plain names."""
    yield ()
    yield (Cell("Price methods", style="section"),)
    yield (Cell("What is chosen", style="heading"), Cell("In plain words", style="heading"))
    yield from ((Cell(name, style="text"), Cell(words, style="note_line")) for name, words in PLAIN.items())


def _heads() -> tuple[Cell, ...]:
    return (
        Cell("Theme", style="heading"),
        Cell("All weights together", style="heading_right"),
        Cell("", style="heading"),
    )


def _total(one: Total) -> tuple[Cell, ...]:
    verdict = f'=IF(ISNUMBER({one.cell}),IF(ROUND({one.cell},9)=100,"exactly 100","not 100"),"not 100")'
    cached = "exactly 100" if one.total == 100 else "not 100"
    return Cell(one.title, style="text"), Cell(one.total, f"={one.cell}", style="number"), Cell(cached, verdict)
