"""Checks of prices as received: there, plain, above nought, by year where a rule needs it, and adding up."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from evaluator.records.english import short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import pence, pounds
from evaluator.records.programme.price.lines import PriceLine, have_weights
from evaluator.validation.coded_columns import Flags, read, reported, texts
from evaluator.validation.context import View
from evaluator.validation.context.offers import MOST_PENCE, WHOLE_PRICE
from evaluator.validation.row_findings import Facts, at_rows, flagged, shown


def prices_are_there(view: View) -> Iterator[Finding]:
    """Find price columns that are not there and price cells that are blank."""
    table = view.offers.table
    needed = _price_needed(view)
    for key in view.offers.price_keys:
        if key not in table.columns:
            if needed.any():
                yield finding("E-REG-007", table.place, column=_heading(key), key=key, why="the price is needed")
            continue
        rows = [row for row in _not_understood(view, key) if needed[row] and _is_blank(texts(table, key)[row])]
        yield from at_rows("E-PRICE-001", table, rows, key, lambda row: _facts(view, row))


def prices_are_plain(view: View) -> Iterator[Finding]:
    """Find price cells that are not plain pounds."""
    for key in view.offers.price_keys:
        if key in view.offers.table.columns:
            yield from _unclear(view, key)


def _unclear(view: View, key: str) -> Iterator[Finding]:
    table, column = view.offers.table, texts(view.offers.table, key)
    rows = [row for row in _not_understood(view, key) if not _is_blank(column[row])]

    def facts(row: int) -> Facts:
        return {**_facts(view, row), "shown": shown(column[row])}

    yield from at_rows("E-PRICE-002", table, rows, key, facts)


def _not_understood(view: View, key: str) -> list[int]:
    """Give the rows whose cell is no amount, but for those that have their finding already."""
    amounts = view.offers.amounts[key]
    if None not in amounts:
        return []
    unclear = np.array([amount is None for amount in amounts]) & ~reported(view.offers.table, key)
    rows: list[int] = flagged(unclear).tolist()
    return rows


def _is_blank(text: str) -> bool:
    return not text or text.isspace()


def prices_are_above_nought(view: View) -> Iterator[Finding]:
    """Find bids whose whole price is nought; a single year may cost nothing."""
    prices = view.offers.prices
    free = [row for row, price in enumerate(prices) if price == 0] if 0 in prices else []
    key = view.offers.price_keys[0]
    yield from at_rows("E-PRICE-003", view.offers.table, free, key, lambda row: _facts(view, row))


def lines_are_above_nought(view: View) -> Iterator[Finding]:
    """Find lines that are scored each by itself and are offered for nothing."""
    lines = view.offers.lines if have_weights(view.offers.lines) else ()
    for line in lines:
        free = [row for row, amount in enumerate(view.offers.amounts[line.column]) if amount == 0]
        facts = partial(_line_facts, view, line)
        yield from at_rows("E-PRICE-020", view.offers.table, free, line.column, facts)


def _line_facts(view: View, line: PriceLine, row: int) -> Facts:
    return {**_facts(view, row), "line": line.id, "title": line.title}


def prices_are_credible(view: View) -> Iterator[Finding]:
    """Find prices that are more than any programme: a digit too many, or pence for pounds."""
    for key in dict.fromkeys((*view.offers.price_keys, WHOLE_PRICE)):
        told = view.offers.amounts.get(key) or read(texts(view.offers.table, key), pence)
        if max(filter(None, told), default=0) <= MOST_PENCE:
            continue
        amounts = [amount or 0 for amount in told]
        rows = [row for row, amount in enumerate(amounts) if amount > MOST_PENCE]
        facts = partial(_more_than_any, view, amounts)
        yield from at_rows("E-PRICE-007", view.offers.table, rows, key, facts)


def _more_than_any(view: View, amounts: Sequence[int], row: int) -> Facts:
    return {**_facts(view, row), "price": pounds(amounts[row]), "most": pounds(MOST_PENCE)}


def prices_come_by_year(view: View) -> Iterator[Finding]:
    """Find a register with whole prices alone where a published rule limits the money of a year."""
    rules = [rule.id for rule in view.criteria.rules if getattr(rule, "year", None) is not None]
    table = view.offers.table
    if rules and view.offers.price_keys == (WHOLE_PRICE,) and WHOLE_PRICE in table.columns:
        yield finding("E-PRICE-004", table.place, rules=short_listing(rules), years=short_listing(view.criteria.years))


def prices_add_up(view: View) -> Iterator[Finding]:
    """Find a whole price that stands beside the years' prices and is not their sum."""
    offers = view.offers
    if WHOLE_PRICE in offers.price_keys or WHOLE_PRICE not in offers.table.columns:
        return
    stated = [pence(text) for text in texts(offers.table, WHOLE_PRICE)]
    pairs = enumerate(zip(stated, offers.prices, strict=True))
    rows = [row for row, (said, price) in pairs if said is not None and price is not None and said != price]

    def facts(row: int) -> Facts:
        said, price = stated[row] or 0, offers.prices[row] or 0
        return {"bid": offers.named(row), "stated": pounds(said), "sum": pounds(price)}

    yield from at_rows("E-PRICE-021" if offers.lines else "E-PRICE-005", offers.table, rows, WHOLE_PRICE, facts)


def _facts(view: View, row: int) -> Facts:
    return {"bid": view.offers.named(row)}


def _heading(key: str) -> str:
    return f"Price {key.partition(':')[2]}".strip()


def _price_needed(view: View) -> Flags:
    """Flag the bids that need a price: it is scored in their theme, or money is divided by it."""
    criteria = view.criteria
    scored = [
        criteria.allocation is not None
        or criteria.price_policy(theme) is not None
        or criteria.theme(theme).price_weight > 0
        for theme in view.book.themes
    ]
    return np.array([*scored, True])[view.offers.themes] & ~view.disregarded
