"""The register as received: every row's bid, theme, organisations and prices, as far as they can be understood."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial

import numpy as np

from evaluator.records.numbers import pence
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.price.lines import PriceLine, awarded_sum, compared_sum
from evaluator.records.submissions.received import Table
from evaluator.validation.coded_columns import (
    NONE,
    ORDINARY_SPACE,
    Coded,
    Flags,
    Ints,
    coded,
    coding,
    read,
    texts,
    words,
)
from evaluator.validation.context.question_table import Book

WHOLE_PRICE = "price"
YES, NO = "yes", "no"
PASS, FAIL = "pass", "fail"
PENCE = 100  # in a pound
MOST_PENCE = 10**9 * PENCE  # a thousand million pounds: more than any programme
PLAIN_DIGITS = 15  # of pounds whose pence are far below what int64 holds
MOST_DIGITS = 12  # nobody serves more people than that
NO_HOURS = Decimal(0)


@dataclass(frozen=True)
class Offers:
    """The register's rows.

    Parameters
    ----------
    ids : each row's bid id, also coded as ``bids``; ``counted`` flags the first row of each id.
    themes : each row's theme as its place in the book, NONE where it is unknown.
    organisations : every organisation named, leads and members, sorted.
    leads : each row's organisation as its place among them, NONE where it is blank.
    members : each row's other organisations.
    lines : the published lines of the price, where it is offered in parts.
    price_keys : the columns that hold the price; ``amounts`` their pence, row by row, None where not understood.
    """

    table: Table
    ids: Sequence[str]
    bids: Coded
    counted: Flags
    themes: Ints
    organisations: tuple[str, ...]
    leads: Ints
    members: Sequence[tuple[str, ...]]
    price_keys: tuple[str, ...]
    amounts: Mapping[str, Sequence[int | None]]
    lines: tuple[PriceLine, ...] = ()

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.ids)

    def named(self, row: int) -> str:
        """Name a row's bid as messages do: by its id, or by its row where it has none."""
        return self.ids[row] or f"in row {self.table.source(row).row}"

    @cached_property
    def index(self) -> dict[str, int]:
        """The first row of each bid, by its id."""
        rows = zip(self.bids.values, self.bids.firsts, strict=True)
        return {bid: row for bid, row in rows if bid}

    @cached_property
    def organisation_index(self) -> dict[str, int]:
        """The place of each organisation."""
        return {organisation: place for place, organisation in enumerate(self.organisations)}

    def rows_of(self, bids: Coded) -> Ints:
        """Give the first row of each of some bids, NONE for one that is not in the register."""
        same = bids.values == self.bids.values and "" not in bids.values  # an export names bids in one order
        return bids.looked_up(self.bids.firsts) if same else bids.known(self.index)

    @cached_property
    def beyond_belief(self) -> frozenset[int]:
        """The rows with a part of the price that is more than any programme."""
        columns = (enumerate(self.amounts[key]) for key in self.price_keys)
        return frozenset(row for column in columns for row, amount in column if amount and amount > MOST_PENCE)

    @cached_property
    def prices(self) -> list[int | None]:
        """Each row's whole price in pence, None where a part of it is not understood."""
        columns = [self.amounts[key] for key in self.price_keys]
        if len(columns) == 1 and not self.lines:
            return list(columns[0])
        together = partial(awarded_sum, self.lines) if self.lines else sum
        return [_sum(parts, together) for parts in zip(*columns, strict=True)] if columns else [None] * len(self)

    @cached_property
    def compared(self) -> list[int | None]:
        """What all lines of each row's price come to; None where there are no options beside what an award costs."""
        if not any(line.option for line in self.lines):
            return [None] * len(self)
        columns = [self.amounts[key] for key in self.price_keys]
        return [_sum(parts, partial(compared_sum, self.lines)) for parts in zip(*columns, strict=True)]

    @cached_property
    def lead_index(self) -> dict[str, int]:
        """The organisations that lead a bid, with their places."""
        leading = np.flatnonzero(np.bincount(self.leads[self.leads != NONE]))
        return {self.organisations[code]: code for code in leading.tolist()}


def _sum(parts: Sequence[int | None], together: Callable[[Sequence[int]], int]) -> int | None:
    known = [part for part in parts if part is not None]
    return together(known) if len(known) == len(parts) else None


def split(text: str) -> tuple[str, ...]:
    """Split a cell's list at semicolons, without empty entries and each once, in the order given.

    >>> split(" Bow East; Mile End;;Bow East")
    ('Bow East', 'Mile End')
    """
    parts = (part.strip(ORDINARY_SPACE) for part in text.split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def lists(table: Table, key: str) -> list[tuple[str, ...]]:
    """Split a column's cells, each distinct text once."""
    return read(texts(table, key), split)


def whole_number(text: str) -> int | None:
    """Read a whole number above nought, or give None.

    >>> whole_number("120"), whole_number("0"), whole_number("12.5"), whole_number("1e3")
    (120, None, None, None)
    """
    return int(text) or None if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def amounts_in(column: Sequence[str]) -> list[int | None]:
    """Read a column of pounds as pence, None where a cell is not understood."""
    held = coding(column)
    whole, sizes = "".join(held.values), set(map(len, held.values))
    plain = whole.isascii() and whole.isdigit() and min(sizes) > 0 and max(sizes) <= PLAIN_DIGITS
    if not plain:
        return read(column, pence)
    amounts: list[int | None] = held.looked_up([int(text) * PENCE for text in held.values]).tolist()
    return amounts


def price_keys(criteria: Criteria, table: Table) -> tuple[str, ...]:
    """Name the columns that hold the price: its lines', the years' where there is any of them, else the whole price."""
    if criteria.price_line:
        return tuple(line.column for line in criteria.price_line)
    by_year = tuple(f"{WHOLE_PRICE}:{year}" for year in criteria.years)
    return by_year if any(key in table.columns for key in by_year) else (WHOLE_PRICE,)


def offers_of(criteria: Criteria, book: Book, table: Table) -> Offers:
    """Prepare the register."""
    ids, bids = list(words(table, "bid")), coded(table, "bid")
    counted = np.zeros(len(ids), dtype=np.bool_)
    counted[bids.firsts] = True
    counted &= ~bids.blank
    leads = coded(table, "organisation")
    members = lists(table, "members")
    others = dict.fromkeys(member for row in members for member in row) if any(members) else {}
    named = dict.fromkeys((*leads.values, *others)) if others else leads.values
    organisations = tuple(sorted(filter(None, named)))
    keys = price_keys(criteria, table)
    return Offers(
        table=table,
        ids=ids,
        bids=bids,
        counted=counted,
        themes=coded(table, "theme").known(book.theme_index),
        organisations=organisations,
        leads=leads.among(organisations),
        members=members,
        price_keys=keys,
        amounts={key: amounts_in(texts(table, key)) for key in keys},
        lines=criteria.price_line,
    )
