"""Numbers as people and machines read them: exact, rounded once as published, never through a float."""

from array import array
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import gcd
from typing import Any

import numpy as np

from evaluator.records.numbers import exact_text, fixed, rounded_quotient
from evaluator.records.programme.criteria import Criteria, PricePolicy, Rounding
from evaluator.records.programme.price.basis import basis_price
from evaluator.records.results.scores import Numbers
from evaluator.records.submissions.evaluation import NO_MARK, Bid, ThemeBids, values_of

MOST = 2**50  # of numbers that are worked out as int64
FEW = 20_000  # of numbers that are told apart by sorting them
HUNDREDTHS = tuple(f"{part:02}" for part in range(100))


class Written(dict[tuple[int, int], str]):
    """Numerators and denominators as JSON has a field: rounded as published, and exactly. Scores repeat: each once.

    >>> total = Written("total", Rounding(places=2, mode="half_up", point="parts", source="4.1"))
    >>> total[565, 200], total[2, 3]
    (',"total":"2.83","exact_total":"113/40"', ',"total":"0.67","exact_total":"2/3"')
    """

    def __init__(self, name: str, rounding: Rounding) -> None:
        self.name, self.places, self.mode = name, rounding.places, rounding.mode
        self.usual = rounding.mode == "half_up" and rounding.places == 2

    def __missing__(self, pair: tuple[int, int]) -> str:
        top, bottom = pair
        if self.usual and top >= 0:  # as nearly all criteria round
            units = (200 * top + bottom) // (2 * bottom)
            text = f"{units // 100}.{HUNDREDTHS[units % 100]}"
        else:
            text = fixed(rounded_quotient(top, bottom, self.places, self.mode), self.places)
        shared = gcd(top, bottom)
        self[pair] = f',"{self.name}":"{text}","exact_{self.name}":"{top // shared}/{bottom // shared}"'
        return self[pair]


def written(name: str, rounding: Rounding, numbers: Numbers) -> list[str]:
    """Write a column of numbers as JSON has a field, each different number once.

    >>> rounding = Rounding(places=2, mode="half_up", point="parts", source="4.1")
    >>> written("total", rounding, Numbers(array("q", [565, 2]), array("q", [200, 3])))
    [',"total":"2.83","exact_total":"113/40"', ',"total":"0.67","exact_total":"2/3"']
    """
    known = Written(name, rounding)
    if known.usual and isinstance(numbers.numerators, array) and isinstance(numbers.denominators, array):
        tops, bottoms = np.asarray(numbers.numerators), np.asarray(numbers.denominators)
        if tops.min(initial=0) >= 0 and max(tops.max(initial=0), bottoms.max(initial=0)) < MOST:
            return _in_hundredths(name, tops, bottoms)
    return list(map(known.__getitem__, zip(numbers.numerators, numbers.denominators, strict=True)))


def _coded(numbers: Any) -> tuple[Any, Any]:
    """Tell numbers apart, and give each its code; few without pandas, which takes longer to load than they take."""
    if len(numbers) <= FEW:
        different, codes = np.unique(numbers, return_inverse=True)
        return codes, different
    import pandas as pd

    return pd.factorize(numbers)


def _in_hundredths(name: str, tops: Any, bottoms: Any) -> list[str]:
    """Write numbers that are not below nought, and far below what int64 holds, with two places."""
    codes, own = _coded(tops)
    further, other = _coded(bottoms)
    codes, pairs = _coded(codes * len(other) + further)
    tops, bottoms = own[pairs // len(other)], other[pairs % len(other)]
    units, shared = (200 * tops + bottoms) // (2 * bottoms), np.gcd(tops, bottoms)
    columns = (units // 100, units % 100, tops // shared, bottoms // shared)
    start, middle = f',"{name}":"', f'","exact_{name}":"'
    texts = [
        f'{start}{whole}.{HUNDREDTHS[part]}{middle}{top}/{bottom}"'
        for whole, part, top, bottom in zip(*(column.tolist() for column in columns), strict=True)
    ]
    return list(map(texts.__getitem__, codes.tolist()))


def money_texts(pence: Iterable[int | None]) -> list[str]:
    """Write a column of prices as JSON has them: pounds, always with two places.

    >>> money_texts([1200050, None])
    ['"12000.50"', 'null']
    """
    return ["null" if one is None else f'"{one // 100}.{HUNDREDTHS[one % 100]}"' for one in pence]


def pounds_text(pence: int | None) -> str | None:
    """Write pence as pounds for machines, always with two places; None stays None.

    >>> pounds_text(1200050), pounds_text(None)
    ('12000.50', None)
    """
    return None if pence is None else fixed(pence, 2)


def scored_price(policy: PricePolicy | None, bid: Bid) -> Fraction | None:
    """Give the price in pounds on its published basis; whole life where none is published."""
    price = basis_price(policy, bid.scored, bid.by_year, bid.people)
    return None if price is None else price / 100


def scored_price_text(policy: PricePolicy | None, bid: Bid) -> str | None:
    """Write the scored price for machines: pounds, exactly; ``p/q`` where it has no decimal that ends."""
    if policy is None:
        return None
    if policy.basis == "whole_life":
        return pounds_text(bid.scored)
    price = scored_price(policy, bid)
    return None if price is None else exact_text(price)


def as_decimal(value: Fraction) -> Decimal:
    """Give a fraction as a decimal of 28 figures, for cached cell values (a workbook keeps 16)."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def unmarked_bids(theme: ThemeBids) -> tuple[str, ...]:
    """Name the bids (disregarded ones only) that lack a mark, so that they have no quality to speak of."""
    if not theme.holds(NO_MARK):
        return ()
    return tuple(bid.id for at, bid in enumerate(theme.bids) if NO_MARK in theme.row(at))


NOT_APPLICABLE_TEXT = "not applicable"


def mark_texts(criteria: Criteria, theme: ThemeBids) -> list[list[str | None]]:
    """Write the marks that answers can have, question by question, for their places to point into; None for none."""
    return [[*map(exact_text, one.marks), NOT_APPLICABLE_TEXT, None] for one in values_of(criteria, theme)]
