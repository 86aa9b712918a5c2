"""The first sheet of the criteria workbook: how to fill it in, whether weights are 100, and what there is to choose."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from evaluator.records.documents import Cell
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.price.names import PLAIN
from evaluator.records.programme.rules import RULE_KINDS, RuleBase
from evaluator.records.programme.written.words import words_of

STEPS = (
    "1. Fill in the yellow cells, sheet by sheet. The other cells are locked, without a password, so that no heading "
    "is lost by accident.",
    "2. Rows can be inserted where a table has no free one left: select a row inside the table, then Insert.",
    "3. A further theme: right-click a theme's sheet, Move or Copy, Create a copy. Any name that begins with "
    "Theme will do; its id is what counts.",
    "4. Numbers are written exactly as they are published. Lists have a semicolon between their entries; "
    "a list that is empty on purpose says: none.",
    "5. A text that starts with json: holds something that a cell cannot show, such as space at its end. Leave it.",
    "6. A text takes a value by its name, such as {weight:C1}, so that it cannot say another; the sheet Names lists "
    "them. Words of a text that are no rule stand under Facts, with why.",
    "7. Save, then check: evaluator check FILE.xlsx. Every finding names the sheet and the cell.",
    "8. A finding that is to stand is accepted by a named person on the sheet Accepted, with the reason. A new version "
    "of what was published before says on the sheet Versions what changed.",
    "9. When nothing blocks: evaluator publish FILE.xlsx. The seal lies beside the workbook, and from then on a change "
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

    @property
    def whole(self) -> Decimal:
        """What it is to come to."""


def guide_rows(title: str, totals: Sequence[Total]) -> tuple[tuple[Cell, ...], ...]:
    """Write the guide."""
    head = ((Cell(f"Criteria: {title}", style="title"),), (Cell("How to fill this in", style="section"),))
    steps = tuple((Cell(step, style="note_line"),) for step in STEPS)
    table = ((), (Cell("Weights of each theme", style="section"),), _heads(), *map(_total, totals))
    return (*head, *steps, *table, *_rules(), *_methods())


def _rules() -> Iterator[tuple[Cell, ...]]:
    """List the kinds of award rules: what each says, and which of the many columns its row takes."""
    yield ()
    yield (Cell("Rules of award (sheet Award rules)", style="section"),)
    heads = ("Kind", "Columns to fill in", "Columns that may stay empty", "What it says")
    yield tuple(Cell(head, style="heading") for head in heads)
    for kind, record in RULE_KINDS.items():
        needed, open_ = _columns(record, needed=True), _columns(record, needed=False)
        told = (record.__doc__ or "").partition("\n")[0]
        words = re.sub('``"?([^`]+?)"?``', lambda found: f"“{_label(found[1])}”", told)
        yield (Cell(kind, style="text"), *(Cell(one, style="note") for one in (needed, open_, words)))


def _columns(record: type[RuleBase], *, needed: bool) -> str:
    """Name the columns of the sheet that a kind of rule takes beside what every rule has."""
    own = {name: field for name, field in record.model_fields.items() if name not in (*RuleBase.model_fields, "kind")}
    return ", ".join(_label(name) for name, field in own.items() if field.is_required() == needed)


def _label(key: str) -> str:
    return words_of("Rule", key)[0] if key.isidentifier() else key


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
    whole = decimal_text(one.whole)
    verdict = f'=IF(ISNUMBER({one.cell}),IF(ROUND({one.cell},9)={whole},"exactly {whole}","not {whole}"),"not {whole}")'
    cached = f"exactly {whole}" if one.total == one.whole else f"not {whole}"
    return Cell(one.title, style="text"), Cell(one.total, f"={one.cell}", style="number"), Cell(cached, verdict)
