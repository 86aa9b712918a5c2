"""Corrections to bids: the register as it is right, held to what stood there; a cell has the place of what counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.numbers import pence, plain_decimal
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.events import Correction
from evaluator.records.submissions.received import Block, Received, Table
from evaluator.records.submissions.spellings import folded
from evaluator.validation.as_meant import MONEY, nearest_word, plain_money
from evaluator.validation.coded_columns import ORDINARY_SPACE, present, words
from evaluator.validation.row_findings import shown

FIXED = ("bid", "theme")  # what makes a bid another bid cannot be corrected
NEW = "new"


def with_corrections(criteria: Criteria, received: Received) -> tuple[Received, tuple[Finding, ...]]:
    """Put the right value where a correction says what stands there; anything else is found and changes nothing.

    Corrections of one cell follow one another in the order of their rows. An answer in words stands in no table here:
    its correction is kept on record, and changes no figure.
    """
    register = present(received.register)
    if register is None or not received.happened.corrections:
        return received, ()
    work = _Register(register, received.events["corrections"], _questions(criteria))
    found = [one for correction in received.happened.corrections for one in work.correct(correction)]
    return replace(received, register=work.table()), tuple(found)


def _questions(criteria: Criteria) -> frozenset[str]:
    return frozenset(one.id for theme in criteria.themes for one in criteria.questions(theme.id))


class _Register:
    """The register while it is corrected."""

    def __init__(self, table: Table, corrections: Table, questions: frozenset[str]) -> None:
        self.received, self.corrections, self.questions = table, corrections, questions
        self.rows = {bid: row for row, bid in reversed(list(enumerate(words(table, "bid")))) if bid}
        self.columns: dict[str, list[str]] = {key: list(texts) for key, texts in table.columns.items()}
        self.places: dict[int, dict[str, Source]] = {}
        self.faults = set(table.faults)
        self.at = {corrections.source(row): row for row in range(len(corrections))}

    def correct(self, one: Correction) -> Iterator[Finding]:
        """Correct one cell, or find why that cannot be done."""
        row = self.rows.get(one.bid)
        if row is None or not one.column or one.column in self.questions:
            return  # an unknown bid, and a row that names nothing, are found elsewhere
        if one.column in FIXED or one.column not in self.columns:
            known = [key for key in self.columns if key not in FIXED]
            facts = {"shown": shown(one.column), "bid": one.bid, "hint": nearest_word(one.column, known)}
            yield finding("E-EVENT-006", self.place(one, "column"), **facts)
            return
        stands = self.columns[one.column][row].strip(ORDINARY_SPACE)
        if (row, one.column) not in self.faults and not _same(one.old, stands):
            facts = {"bid": one.bid, "column": one.column, "old": shown(one.old), "stands": shown(stands)}
            place = self.places.get(row, {}).get(one.column) or self.received.source(row, one.column)
            yield finding("E-EVENT-005", self.place(one, "old"), **facts, place=place)
            return
        money = one.column.partition(":")[0] in MONEY
        self.columns[one.column][row] = plain_money(one.new) if money else one.new
        self.faults.discard((row, one.column))
        self.places.setdefault(row, {})[one.column] = self.place(one, NEW)

    def place(self, one: Correction, key: str) -> Source:
        """Give the cell of a correction."""
        return self.corrections.source(self.at[one.place], key)

    def table(self) -> Table:
        """Give the register as it is right: a corrected cell has its place in the corrections."""
        blocks: list[Block] = []
        start = 0
        for block in self.received.blocks:
            blocks += _split(block, {row - start: at for row, at in self.places.items() if row >= start})
            start += len(block.rows)
        return Table(self.columns, tuple(blocks), frozenset(self.faults))


def _split(block: Block, places: Mapping[int, Mapping[str, Source]]) -> list[Block]:
    """Give each row with a corrected cell a block of its own."""
    parts: list[Block] = []
    rest: Sequence[int] = block.rows
    done = 0
    for row in sorted(row for row in places if row < len(block.rows)):
        before, own = rest[: row - done], rest[row - done : row - done + 1]
        parts += [replace(block, rows=before)] if before else []
        parts.append(replace(block, rows=own, cells={**block.cells, **places[row]}))
        rest, done = rest[row - done + 1 :], row + 1
    return [*parts, replace(block, rows=rest)] if rest or not parts else parts


def _same(old: str, stands: str) -> bool:
    """Whether two texts say the same value: sign for sign, as amounts or numbers, or but for spaces and capitals.

    >>> _same("£50,000", "50000.00"), _same("Bow East", "bow east"), _same("", ""), _same("50,000", "60000")
    (True, True, True, False)
    """
    amounts = pence(plain_money(old)), pence(plain_money(stands))
    if None not in amounts:
        return amounts[0] == amounts[1]
    numbers = plain_decimal(old), plain_decimal(stands)
    return numbers[0] == numbers[1] if None not in numbers else folded(old) == folded(stands)
