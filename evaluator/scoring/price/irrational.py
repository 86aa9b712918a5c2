"""Logarithms and powers, which no fraction can hold: worked out to 60 figures, and given to 50, the last one rounded.

Equal inputs give equal results, and where the true result has an end within 50 figures it is met exactly.
"""

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

FIGURES, GUARD = 50, 10
_WIDE = Context(prec=FIGURES + 2 * GUARD, rounding=ROUND_HALF_EVEN)
_GIVEN = Context(prec=FIGURES, rounding=ROUND_HALF_EVEN)


def _decimal(value: Fraction) -> Decimal:
    return _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))


def _to_fifty(value: Decimal) -> Fraction:
    return Fraction(_GIVEN.plus(value))


def logarithm_ratio(value: Fraction, base: Fraction) -> Fraction:
    """Give the logarithm of a number above 0 to a base above 1, to 50 figures.

    >>> logarithm_ratio(Fraction(8), Fraction(2)), logarithm_ratio(Fraction(1), Fraction(2))
    (Fraction(3, 1), Fraction(0, 1))
    """
    return _to_fifty(_WIDE.divide(_WIDE.ln(_decimal(value)), _WIDE.ln(_decimal(base))))


def power(value: Fraction, exponent: Fraction) -> Fraction:
    """Raise a number of 0 or more to a power above 0: exactly where the power is whole, else to 50 figures.

    >>> power(Fraction(9), Fraction(1, 2)), power(Fraction(0), Fraction(3, 2)), power(Fraction(2, 3), Fraction(2))
    (Fraction(3, 1), Fraction(0, 1), Fraction(4, 9))
    """
    if exponent.denominator == 1:
        return value**exponent.numerator
    if not value:
        return Fraction(0)
    return _to_fifty(_WIDE.exp(_WIDE.multiply(_decimal(exponent), _WIDE.ln(_decimal(value)))))
