"""Rows under a table that add it up: each is one finding, and no check looks at it again."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from evaluator.records.findings.finding import Finding
from evaluator.records.submissions.received import Block, Received, Table
from evaluator.validation.coded_columns import present, texts, words
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
    """Take the rows out that only add up or average a table, and give the findings about them.

    Such a row has no id of a bid or organisation that stands in the register in its first column, and ``total``,
    ``sum``, ``average`` or ``mean`` in a cell for ids.
    """
    found: list[Finding] = []
    kept: dict[str, Table | None] = {name: getattr(received, name) for name in TABLES}
    known: set[str] = set()
    for name, keys in TABLES.items():
        table = present(getattr(received, name))
        if table is None:
            continue
        rows = dict(_totals(table, keys, known))
        if rows:

            def facts(row: int, table: Table = table, rows: dict[int, str] = rows) -> Facts:
                return {"shown": shown(words(table, rows[row])[row])}

            for key in keys:
                here = [row for row, column in rows.items() if column == key]
                found.extend(at_rows("E-ROW-001", table, here, key, facts))
            kept[name] = table = without_rows(table, rows)
        if name == "register":
            known = {*words(table, "bid"), *words(table, "organisation")} - {""}
    if not found:
        return received, ()
    register, marks, consensus = kept.values()
    return replace(received, register=register, marks=marks, consensus=consensus), tuple(found)


def _totals(table: Table, keys: Sequence[str], known: set[str]) -> Iterator[tuple[int, str]]:
    """Give each such row with the column that says so; of the register, rows with an id of their own are bids."""
    says = {key: {text for text in filter(PERHAPS.search, set(texts(table, key))) if _is_total(text)} for key in keys}
    if not any(says.values()):
        return
    for row, bid in enumerate(words(table, "bid")):
        if bid in known or (bid and keys[1] == "theme" and not _is_total(bid)):
            continue
        key = next((key for key in keys if texts(table, key)[row] in says[key]), "")
        if key:
            yield row, key


def _is_total(text: str) -> bool:
    """Whether a cell holds a word for totals and no digit, such as an id would.

    >>> _is_total("Grand total:"), _is_total("TOTAL-1"), _is_total("Totalbus")
    (True, False, False)
    """
    return not any(map(str.isdigit, text)) and not TOTALS.isdisjoint(A_WORD.findall(text.casefold()))


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
