"""What a number format shows: whether a person who looks at a cell sees the value that it holds."""

import re
from decimal import Decimal

AS_IT_IS = ("", "General", "GENERAL", "Standard", "@")
SPACING = re.compile(r"_.|\* ")  # room for a character, or spaces that fill the cell: no digit changes
PLAIN = re.compile(r"(?:#,##)?#*0(?:\.(0+))?")


def shows_number(number_format: str, value: Decimal) -> bool:
    r"""Whether a format shows a number as it is: no literal digits, no hidden sections, no decimals cut off.

    >>> [shows_number(one, Decimal(3)) for one in ("General", "0", "0.00", "#,##0_);(#,##0)", '"4"', ";;;", "[<9]4")]
    [True, True, True, True, False, False, False]
    >>> shows_number("0", Decimal("3.5")), shows_number("0.0", Decimal("3.5"))
    (False, True)
    >>> shows_number("-0", Decimal(3)), shows_number("0;0", Decimal(-3)), shows_number("0*1", Decimal(3))
    (False, False, False)
    """
    if number_format in AS_IT_IS:
        return True
    sections = number_format.split(";")
    section = 2 if value == 0 and len(sections) > 2 else 1 if value < 0 and len(sections) > 1 else 0
    shown = SPACING.sub("", sections[section])
    if section == 1:  # the part for numbers below nought says itself that they are
        shown = shown[1:].removesuffix(")") if shown.startswith(("-", "(")) else "no sign"
    plain = PLAIN.fullmatch(shown)
    exponent = value.normalize().as_tuple().exponent
    return plain is not None and isinstance(exponent, int) and -exponent <= len(plain[1] or "")


def shows_text(number_format: str) -> bool:
    r"""Whether a format shows a text as it is: it says nothing of texts, or ``@`` alone.

    >>> shows_text("General"), shows_text("@"), shows_text("0.00"), shows_text('"4"@'), shows_text(';;;"4"')
    (True, True, True, False, False)
    """
    if number_format in AS_IT_IS:
        return True
    return "@" not in number_format and number_format.count(";") < 3
