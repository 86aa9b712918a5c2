"""Rows under a table that add it up, or are about nothing: each is one finding, and no check looks at it again."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from evaluator.records.findings.finding import Finding
from evaluator.records.submissions.received import Block, Received, Table
from evaluator.validation.coded_columns import ORDINARY_SPACE, coded, distinct, present, texts, words
from evaluator.validation.row_findings import Facts, at_rows, shown

TABLES = {
    "register": ("bid", "theme", "organisation"),
    "marks": ("bid", "question"),
    "consensus": ("bid", "question"),
}
TOTALS = {"total", "totals", "subtotal", "sum", "average", "averages", "mean", "median"}
A_WORD = re.compile(r"[^\W\d_]+")
PERHAPS = re.compile("|".join(sorted(TOTALS)), re.IGNORECASE)


def without_totals(received: Received) -> tuple[Received, tuple[Finding, ...]]:
    """Take the rows out that only add up or average a table, or are about nothing, and give the findings about them.

    The first have no id of a bid or organisation that stands in the register in their first column, and ``total``,
    ``sum``, ``average`` or ``mean`` in a cell for ids; the second have nothing in any cell for ids.
    """
    found: list[Finding] = []
    kept: dict[str, Table | None] = {}
    register: Table | None = None
    for name, keys in TABLES.items():
        kept[name], problems = _without(getattr(received, name), keys, register)
        found += problems
        register = present(kept["register"])
    if not found:
        return received, ()
    register, marks, consensus = kept.values()
    return replace(received, register=register, marks=marks, consensus=consensus), tuple(found)


def _without(table: Table | None, keys: Sequence[str], register: Table | None) -> tuple[Table | None, list[Finding]]:
    """Take such rows out of one table; the ``register`` is there once it is itself without them."""
    if table is None or not present(table):
        return table, []
    rows = dict(_totals(table, keys, register))
    nameless = _nameless(table, keys)
    if not rows and not nameless:
        return table, []

    def facts(row: int) -> Facts:
        return {"shown": shown(words(table, rows[row])[row])}

    found = list(at_rows("E-ROW-004", table, nameless, keys[0], lambda _: {}))
    for key in keys:
        found.extend(at_rows("E-ROW-001", table, [row for row in rows if rows[row] == key], key, facts))
    return without_rows(table, {*rows, *nameless}), found


def _totals(table: Table, keys: Sequence[str], register: Table | None) -> Iterator[tuple[int, str]]:
    """Give each such row with the column that says so; of the register, rows with an id of their own are bids."""
    says = {key: set(filter(_is_total, _perhaps(texts(table, key)))) for key in keys}
    if not any(says.values()):
        return
    columns = [coded(register, key) for key in ("bid", "organisation")] if register else []
    known = {text for column in columns for text in column.values if text}
    for row, bid in enumerate(words(table, "bid")):
        if bid in known or (bid and keys[1] == "theme" and not _is_total(bid)):
            continue
        key = next((key for key in keys if texts(table, key)[row] in says[key]), "")
        if key:
            yield row, key


def _perhaps(column: Sequence[str]) -> Iterator[str]:
    """Give the distinct texts that may hold a word for totals; one look at the whole column, which seldom does."""
    different = distinct(column)
    whole = "\n".join(different).casefold()
    return filter(PERHAPS.search, different) if any(word in whole for word in TOTALS) else iter(())


def _nameless(table: Table, keys: Sequence[str]) -> list[int]:
    """Give the rows in which something stands, and nothing in any cell for ids that reading could take."""
    if not all(key in table.columns for key in keys):
        return []
    ids = texts(table, keys[0])
    if "" not in coded(table, keys[0]).values:
        return []
    blank = {text for text in distinct(ids) if not text.strip(ORDINARY_SPACE)}
    refused = {row for row, key in table.faults if key in keys}
    rows = [row for row, text in enumerate(ids) if text in blank and row not in refused]
    others = [texts(table, key) for key in keys[1:]] if rows else []
    return [row for row in rows if not any(column[row].strip(ORDINARY_SPACE) for column in others)]


def _is_total(text: str) -> bool:
    """Whether a cell holds a word for totals and no digit, such as an id would.

    >>> _is_total("Grand total:"), _is_total("TOTAL-1"), _is_total("Totalbus")
    (True, False, False)
    """
    return not any(map(str.isdigit, text)) and not TOTALS.isdisjoint(A_WORD.findall(text.casefold()))


def only_says_total(text: str) -> bool:
    """Whether a text has no other words than those of totals, so that it can be the name of no bid.

    >>> only_says_total("Grand total:"), only_says_total("Total Care"), only_says_total("")
    (True, False, False)
    """
    words = set(A_WORD.findall(text.casefold()))
    return _is_total(text) and words <= TOTALS | {"grand", "of", "all", "the"}


def without_rows(table: Table, rows: Container[int]) -> Table:
    """Give a table without some rows; every other cell keeps its place."""
    kept = [row for row in range(len(table)) if row not in rows]
    new = {row: place for place, row in enumerate(kept)}
    columns = {key: [column[row] for row in kept] for key, column in table.columns.items()}
    blocks: list[Block] = []
    start = 0
    for block in table.blocks:
        numbers = [number for place, number in enumerate(block.rows, start) if place not in rows]
        blocks.append(replace(block, rows=numbers))
        start += len(block.rows)
    faults = frozenset((new[row], key) for row, key in table.faults if row in new)
    return Table(columns, tuple(blocks), faults)
