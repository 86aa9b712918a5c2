"""Exact numbers in words: a decimal where it ends, a fraction where it does not."""

from decimal import Decimal
from fractions import Fraction

from evaluator.records.numbers import decimal_text, pounds

PLACES = 12


def plain(value: Fraction | Decimal | int) -> str:
    """Write an exact number as a decimal if it ends within twelve places, else as a fraction.

    >>> plain(Fraction(24, 5)), plain(Decimal("60.0")), plain(Fraction(200, 3)), plain(Fraction(-1, 8))
    ('4.8', '60', '200/3', '-0.125')
    """
    exact = Fraction(value)
    scaled = exact * 10**PLACES
    if scaled.denominator != 1:
        return str(exact)
    return decimal_text(Decimal(scaled.numerator).scaleb(-PLACES))


def money(pence: Fraction) -> str:
    """Write exact pence as pounds.

    >>> money(Fraction(12_000_50)), money(Fraction(100, 3))
    ('£12,000.50', '£1/3')
    """
    return pounds(pence.numerator) if pence.denominator == 1 else f"£{plain(pence / 100)}"
