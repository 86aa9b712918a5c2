"""Plain exact numbers: how they are read, rounded and written everywhere in the engine."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Literal

PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MONEY = re.compile(r"£?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]{1,2})?")
LONGEST = 200  # characters of a number that is read at all

RoundingMode = Literal["half_up", "half_even", "up", "down"]


def plain_decimal(text: str) -> Decimal | None:
    """Read a plain decimal number, or give None: no spaces, commas, exponents, percent signs or other digits.

    >>> plain_decimal("4.50"), plain_decimal("3,5"), plain_decimal("1e3"), plain_decimal("٤")
    (Decimal('4.50'), None, None, None)
    """
    return Decimal(text) if len(text) <= LONGEST and PLAIN.fullmatch(text) else None


def pence(text: str) -> int | None:
    """Read pounds, with at most two decimal places, as pence; give None for anything else.

    >>> pence("£12,000.50"), pence("12000"), pence("12000.555"), pence("12 000"), pence("-5")
    (1200050, 1200000, None, None, None)
    """
    if len(text) > LONGEST:
        return None
    if text.isascii() and text.isdigit():  # nearly every price
        return int(text) * 100
    if not MONEY.fullmatch(text):
        return None
    whole, _, part = text.lstrip("£").replace(",", "").partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0"))


def pounds(amount: int | Fraction) -> str:
    """Write pence as pounds with thousands separators, dropping the pence when there are none.

    Parts of a penny are written exactly, and then nothing is separated or dropped.

    >>> pounds(1200050), pounds(1200000), pounds(-5), pounds(Fraction(25, 2)), pounds(Fraction(100, 3))
    ('£12,000.50', '£12,000', '-£0.05', '£0.125', '£1/3')
    """
    if amount.denominator != 1:
        return f"£{exact_text(Fraction(amount, 100))}"
    sign, whole, part = "-" if amount < 0 else "", *divmod(abs(amount.numerator), 100)
    return f"{sign}£{whole:,}" + (f".{part:02d}" if part else "")


def about_pounds(pence: Fraction) -> str:
    """Write pence as pounds; parts of a penny are rounded, and it is said so.

    >>> about_pounds(Fraction(1000)), about_pounds(Fraction(1000, 3))
    ('£10', 'about £3.33')
    """
    whole = rounded(pence, 0)
    return pounds(whole) if whole == pence else f"about {pounds(whole)}"


def pounds_number(pence: int) -> Decimal:
    """Give pence as a number of pounds.

    >>> pounds_number(1200050)
    Decimal('12000.50')
    """
    return Decimal(pence).scaleb(-2)


def rounded(value: Fraction, places: int, mode: RoundingMode = "half_up") -> int:
    """Round an exact value once, and give it in units of the last place.

    ``half_up`` takes halves away from zero, as Excel's ROUND does; ``up`` and ``down`` go away from and towards zero.

    >>> rounded(Fraction(2825, 1000), 2), rounded(Fraction(2825, 1000), 2, "half_even"), rounded(Fraction(-5, 1000), 2)
    (283, 282, -1)
    """
    return rounded_quotient(value.numerator, value.denominator, places, mode)


def rounded_quotient(numerator: int, denominator: int, places: int, mode: RoundingMode = "half_up") -> int:
    """Round a quotient of whole numbers, the lower above nought, as ``rounded`` does its value.

    >>> rounded_quotient(565, 200, 2), rounded_quotient(-10, 2000, 2), rounded_quotient(2, 3, 0, "down")
    (283, -1, 0)
    """
    shift: int = 10**places
    whole, rest = divmod(abs(numerator) * shift, denominator)
    size = whole + _away(whole, rest, denominator, mode)
    return -size if numerator < 0 else size


def _away(whole: int, rest: int, denominator: int, mode: RoundingMode) -> bool:
    """Whether a part that is left over takes a number away from zero."""
    match mode:
        case "half_up":
            return 2 * rest >= denominator
        case "half_even":
            return 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1)
        case "up":
            return rest > 0
        case "down":
            return False


def fixed(units: int, places: int) -> str:
    """Write a number given in units of its last place as an exact decimal text.

    >>> fixed(283, 2), fixed(-5, 2), fixed(7, 0)
    ('2.83', '-0.05', '7')
    """
    if not places:
        return str(units)
    sign, digits = "-" if units < 0 else "", str(abs(units)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def to_places(value: Fraction, places: int, mode: RoundingMode = "half_up") -> str:
    """Write an exact value rounded to just so many decimal places.

    >>> to_places(Fraction(2, 3), 2), to_places(Fraction(2), 2), to_places(Fraction(2825, 1000), 2, "half_even")
    ('0.67', '2.00', '2.82')
    """
    return fixed(rounded(value, places, mode), places)


def up_to_places(value: Fraction, places: int) -> str:
    """Write an exact value rounded to so many decimal places at most, without needless zeros.

    >>> up_to_places(Fraction(27, 2), 2), up_to_places(Fraction(100, 3), 2), up_to_places(Fraction(0), 2)
    ('13.5', '33.33', '0')
    """
    return decimal_text(Decimal(to_places(value, places)))


def percent(share: Fraction, places: int = 0, sign: str = "%") -> str:
    """Write a share of one in percent, rounded to so many decimal places.

    >>> percent(Fraction(1, 3)), percent(Fraction(1, 3), places=1), percent(Fraction(1, 3), sign=" %")
    ('33%', '33.3%', '33 %')
    """
    return f"{to_places(100 * share, places)}{sign}"


def ratio_text(value: Fraction) -> str:
    """Write an exact fraction as ``p/q``, always with its denominator.

    >>> ratio_text(Fraction(32)), ratio_text(Fraction(2, 3))
    ('32/1', '2/3')
    """
    return f"{value.numerator}/{value.denominator}"


def ratio_decimal(numerator: int, denominator: int) -> str:
    """Write a ratio as an exact decimal text where it has one, else as ``p/q``.

    >>> ratio_decimal(7142, 100), ratio_decimal(1, 3), ratio_decimal(5, 1)
    ('71.42', '1/3', '5')
    """
    value = Fraction(numerator, denominator)
    rest, places = value.denominator, 0
    while rest % 10 == 0 or rest % 5 == 0 or rest % 2 == 0:
        rest, places = rest // (10 if rest % 10 == 0 else 5 if rest % 5 == 0 else 2), places + 1
    return to_places(value, places) if rest == 1 else ratio_text(value)


def exact_text(value: Fraction | Decimal) -> str:
    """Write an exact number as a decimal where it has an end, else as a fraction.

    >>> exact_text(Fraction(24, 5)), exact_text(Decimal("60.0")), exact_text(Fraction(-200, 3))
    ('4.8', '60', '-200/3')
    """
    return ratio_decimal(*value.as_integer_ratio())


def near_text(value: Fraction) -> str:
    """Write an exact number for people: as it is where two places hold it, else rounded with the exact one beside it.

    >>> near_text(Fraction(24, 5)), near_text(Fraction(95, 3))
    ('4.8', '31.67 (exactly 95/3)')
    """
    text = up_to_places(value, 2)
    return text if Fraction(text) == value else f"{text} (exactly {ratio_text(value)})"


def decimal_text(value: Decimal) -> str:
    """Write a decimal without exponent or needless zeros.

    >>> decimal_text(Decimal("4.50")), decimal_text(Decimal("100")), decimal_text(Decimal("0.0"))
    ('4.5', '100', '0')
    """
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
