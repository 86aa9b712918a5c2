"""Numbers as people and machines read them: exact, rounded once as published, never through a float."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import gcd

from evaluator.records.numbers import exact_text, fixed, rounded_quotient
from evaluator.records.programme.criteria import Criteria, PricePolicy, Rounding
from evaluator.records.programme.price.basis import basis_price
from evaluator.records.submissions.evaluation import NO_MARK, Bid, ThemeBids, values_of

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
