"""Exact numbers in words: a decimal where it ends, a fraction where it does not."""

from decimal import Decimal
from fractions import Fraction

from evaluator.records.numbers import pounds, ratio_decimal


def plain(value: Fraction | Decimal) -> str:
    """Write an exact number as a decimal where it has an end, else as a fraction.

    >>> plain(Fraction(24, 5)), plain(Decimal("60.0")), plain(Fraction(200, 3)), plain(Fraction(-1, 8))
    ('4.8', '60', '200/3', '-0.125')
    """
    return ratio_decimal(*value.as_integer_ratio())


def money(pence: Fraction) -> str:
    """Write exact pence as pounds.

    >>> money(Fraction(12_000_50)), money(Fraction(100, 3))
    ('£12,000.50', '£1/3')
    """
    return pounds(pence.numerator) if pence.denominator == 1 else f"£{plain(pence / 100)}"


def counted(count: int, noun: str) -> str:
    """Write a count with its noun.

    >>> counted(1, "ranked bid"), counted(2, "ranked bid")
    ('1 ranked bid', '2 ranked bids')
    """
    return f"{count} {noun}{'' if count == 1 else 's'}"
