"""Checks that open a matter for a person: a failed gate, and a price so low that it must be looked at first."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from heapq import nsmallest
from operator import itemgetter

import numpy as np

from evaluator.records.english import listing, short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text, pounds, rounded
from evaluator.records.programme.conditions.gates import Gate
from evaluator.records.programme.criteria import PricePolicy
from evaluator.records.programme.price.basis import basis_price
from evaluator.validation.coded_columns import words
from evaluator.validation.context import FAILED_GATE, LOW_PRICE, View
from evaluator.validation.context.offers import FAIL, whole_number
from evaluator.validation.row_findings import Facts, at_rows

Price = int | Fraction
Prices = Mapping[int, Price]  # by row of the register


def failed_gates_are_decided(view: View) -> Iterator[Finding]:
    """Find failed gates about which no person has decided."""
    table, ids = view.offers.table, view.offers.ids
    for gate, rows in failed_gates(view):
        yield from at_rows("E-GATE-003", table, rows, f"gate:{gate.id}", partial(_failed, ids, gate))


def failed_gates_are_told(view: View) -> Iterator[Finding]:
    """Note bids that failed a gate which takes nobody out."""
    for gate in (one for one in view.criteria.gate if not one.essential):
        failed = [
            row for row, text in enumerate(words(view.offers.table, f"gate:{gate.id}")) if text.casefold() == FAIL
        ]
        if failed:
            named = short_listing(sorted(view.offers.ids[row] for row in failed))
            yield finding("E-GATE-010", view.offers.table.place, bids=named, gate=gate.title)


def failed_gates(view: View) -> Iterator[tuple[Gate, list[int]]]:
    """Give each gate with the rows of the bids that failed it and about which nobody has decided."""
    decided = view.decided(FAILED_GATE)
    for gate in (one for one in view.criteria.gate if one.essential):
        said = enumerate(words(view.offers.table, f"gate:{gate.id}"))
        ids = view.offers.ids
        failed = [row for row, text in said if text.casefold() == FAIL and (ids[row], gate.id) not in decided]
        yield gate, [row for row in failed if ids[row] not in view.left]


def _failed(ids: Sequence[str], gate: Gate, row: int) -> Facts:
    return {"bid": ids[row], "gate": gate.title, "id": gate.id, "words": listing(gate.decisions, " or ")}


def low_prices_are_decided(view: View) -> Iterator[Finding]:
    """Find prices that a published test calls abnormally low and about which no person has decided."""
    for low in low_prices(view):
        yield from at_rows("E-PRICE-006", view.offers.table, sorted(low), view.offers.price_keys[0], low.__getitem__)


def low_prices(view: View) -> Iterator[dict[int, Facts]]:
    """Give for each theme the rows of the low prices about which nobody has decided, each with the facts of it."""
    decided = {bid for bid, _ in view.decided(LOW_PRICE)}
    for code, theme in enumerate(view.book.themes):
        policy = view.criteria.price_policy(theme)
        if policy is None or (policy.below_mean is None and policy.below_next is None):
            continue
        prices = scored_prices(view, code, policy)
        unit = f" per {policy.unit or 'person'}" if policy.basis == "unit_cost" else ""
        low = {row: why for row, why in odd_prices(policy, prices).items() if view.offers.ids[row] not in decided}
        yield {row: _low(view.offers.ids, prices, low, unit, row) for row in low}


def _low(ids: Sequence[str], prices: Prices, low: Mapping[int, str], unit: str, row: int) -> Facts:
    return {"bid": ids[row], "price": _money(prices[row]), "why": low[row], "unit": unit}


def scored_prices(view: View, theme: int, policy: PricePolicy) -> dict[int, Price]:
    """Give the price that is scored of each bid of a theme that nobody disregarded: pence, on the published basis."""
    offers = view.offers
    admitted = np.flatnonzero((offers.themes == theme) & offers.counted & ~view.disregarded)
    people = words(offers.table, "people") if policy.basis == "unit_cost" else None
    prices: dict[int, Price] = {}
    for row in admitted.tolist():
        price = offers.prices[row]
        if row in offers.beyond_belief:
            continue  # a figure with a finding of its own makes no other price low
        if price and policy.basis == "whole_life":
            prices[row] = price
        elif price:
            by_year = [offers.amounts[key][row] or 0 for key in offers.price_keys]
            scored = basis_price(policy, price, by_year, whole_number(people[row]) if people else None)
            prices |= {row: scored} if scored else {}
    return prices


def odd_prices(policy: PricePolicy, prices: Prices) -> dict[int, str]:
    """Say of each abnormally low price which published test it fails; one bid alone fails none."""
    if len(prices) < 2:
        return {}
    why: dict[int, list[str]] = defaultdict(list)
    if policy.below_mean is not None:
        mean = _mean(prices)
        says = f"{_more_than(policy.below_mean)} below the mean of {len(prices):,} bids, {_money(mean)}"
        for row in _under(_less(mean, policy.below_mean), prices):
            why[row].append(says)
    if policy.below_next is not None:
        (row, lowest), (_, following) = nsmallest(2, prices.items(), key=itemgetter(1))
        if lowest < _less(Fraction(following), policy.below_next):
            why[row].append(f"{_more_than(policy.below_next)} below the next lowest, {_money(following)}")
    return {row: " and ".join(reasons) for row, reasons in why.items()}


def _less(amount: Fraction, percent: Decimal) -> Fraction:
    return amount * (1 - Fraction(percent) / 100)


def _more_than(percent: Decimal) -> str:
    return f"more than {decimal_text(percent)}%"


def _under(floor: Fraction, prices: Prices) -> list[int]:
    """Give the rows whose price is under a floor; comparing whole numbers is several times faster than fractions."""
    over, under = floor.numerator, floor.denominator
    return [row for row, price in prices.items() if price.numerator * under < over * price.denominator]


def _mean(prices: Prices) -> Fraction:
    """Take the exact mean; prices with one denominator are added first, for large denominators are slow to add."""
    sums: dict[int, int] = defaultdict(int)
    for price in prices.values():
        sums[price.denominator] += price.numerator
    return sum((Fraction(*part[::-1]) for part in sums.items()), Fraction(0)) / len(prices)


def _money(price: Price) -> str:
    return pounds(rounded(Fraction(price), 0))
