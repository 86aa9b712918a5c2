r"""What a number format shows of a value, and which formats show it in full: a list of what is allowed.

A format has up to four sections: for numbers above, below and at nought, and for texts. Allowed are digits, with or
without commas between thousands and with enough decimals; the pound; room and spaces; a minus or brackets in the
section for numbers below nought; a colour. Anything else in it (other words and currencies, conditions, commas that
divide by a thousand, fractions, powers of ten) can show something else than the cell holds, and is not allowed.
"""

import operator
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

AS_IT_IS = ("", "@", "general", "standard")
MOST_CODE = 256  # characters of a format code; Excel takes 255
MOST_SECTIONS = 4
MOST_DIGITS = 15  # digits that a spreadsheet program shows of any number; the rest it shows as noughts
WIDEST_GENERAL = 11  # characters of a number in the format General, without its sign
TOKEN = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|general|am/pm|a/p|e[+-]|.', re.IGNORECASE | re.DOTALL)
SLOT = frozenset("0#?")
CORE = re.compile(r"([0#?]*|[0#?]+(?:,[0#?]{3})+)(?:\.([0#?]*))?")
ENGLISH = (
    # and Welsh and Gaelic, in Western digits and years (1 before them says so): no others
    r"(?:(?:0?1)?(?:0?[01])?0?(?:[0-9A-Fa-f]{0,2}09|452|491)|en-[A-Z]{2}|cy-GB|gd-GB)"
)
POUND = re.compile(rf"£|GBP|\[\$(?:£|GBP)(?:-{ENGLISH})?\]")
LANGUAGE = re.compile(rf"\[\$-(?:x-sysdate|x-systime|[Ff][48]00|{ENGLISH})\]")
CONDITION = re.compile(r"\[(<>|<=|>=|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)\]")
COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
COLOURS = {
    "[black]": "000000", "[white]": "FFFFFF", "[red]": "FF0000", "[green]": "00FF00", "[blue]": "0000FF",
    "[yellow]": "FFFF00", "[magenta]": "FF00FF", "[cyan]": "00FFFF",
}  # fmt: skip
ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
DAY_TOKENS = frozenset("dmyhs") | {"am/pm", "a/p"}
EXACT = Context(prec=400)


class Section(NamedTuple):
    """A part of a format code: its tokens, quotes and backslashes still about them."""

    tokens: tuple[str, ...]

    @property
    def condition(self) -> re.Match[str] | None:
        """Which numbers the section is for, where it says that itself."""
        return next(filter(None, map(CONDITION.fullmatch, self.tokens)), None)

    @property
    def conditional(self) -> bool:
        """Whether the section is for certain numbers only, however that is written."""
        return any(one[:2] in ("[<", "[>", "[=") for one in self.tokens)

    @property
    def colour(self) -> str:
        """The colour that the section gives its text, as six hexadecimal digits; empty where it gives none."""
        return next((COLOURS[one.lower()] for one in self.tokens if one.lower() in COLOURS), "")

    def has(self, token: str) -> bool:
        """Whether a sign or word stands in the section, unquoted."""
        return token in map(str.lower, self.tokens)


@lru_cache(maxsize=4096)
def sections(code: str) -> tuple[Section, ...]:
    """Split a format code at the semicolons that are not quoted.

    >>> [one.tokens for one in sections('0.0;";"@')]
    [('0', '.', '0'), ('";"', '@')]
    """
    found: list[list[str]] = [[]]
    for token in TOKEN.findall(code[:MOST_CODE]):
        if token == ";":
            found.append([])
        else:
            found[-1].append(token)
    return tuple(Section(tuple(tokens)) for tokens in found)


def is_date(code: str) -> bool:
    r"""Whether a number format makes a date or a time of a number.

    >>> [is_date(one) for one in ("General", "yyyy-mm-dd", "[h]:mm", '0.0 "days"', "[Red]0", "0\\d")]
    [False, True, True, False, False, False]
    """
    first = sections(code)[0]
    return not first.has("general") and any(
        one.lower() in DAY_TOKENS or ELAPSED.fullmatch(one) is not None for one in first.tokens
    )


def is_percentage(code: str) -> bool:
    """Whether a number format shows hundredths.

    >>> is_percentage("0.00%"), is_percentage('0"%"')
    (True, False)
    """
    return any(one.has("%") for one in sections(code))


def shows_number(code: str, value: Decimal, *, percent: bool = False) -> bool:
    r"""Whether a format shows a number in full, and as nothing else.

    Parameters
    ----------
    percent : whether the format must show hundredths.

    >>> [shows_number(one, Decimal(3)) for one in ("General", "0", "0.00", "£#,##0_);(£#,##0)", '"4"', ";;;", "[<9]4")]
    [True, True, True, True, False, False, False]
    >>> shows_number("0", Decimal("3.5")), shows_number("0.0", Decimal("3.5")), shows_number("0,", Decimal(3000))
    (False, True, False)
    >>> shows_number("-0", Decimal(3)), shows_number("0;0", Decimal(-3)), shows_number("0*1", Decimal(3))
    (False, False, False)
    >>> shows_number("[$€-2] 0", Decimal(3)), shows_number('_-"£"* #,##0.00_-', Decimal("3.5"))
    (False, True)
    """
    wanted = value * 100 if percent else value
    if not _can_be_shown(wanted) or len(code) >= MOST_CODE:
        return False
    if code.lower() in AS_IT_IS:
        return not percent and len(_plain(abs(value))) <= WIDEST_GENERAL
    parts = sections(code)
    if len(parts) > MOST_SECTIONS or any(one.conditional for one in parts):
        return False
    place = _place(parts, value)
    core = _core(parts[place].tokens, below_nought=place == 1 and value < 0, percent=percent)
    if core is not None and core.lower() == "general":
        return len(_plain(abs(value))) <= WIDEST_GENERAL
    return core is not None and _holds(core, wanted)


def _can_be_shown(value: Decimal) -> bool:
    _, digits, exponent = value.normalize(EXACT).as_tuple()
    return isinstance(exponent, int) and len(digits) <= MOST_DIGITS


def _place(parts: tuple[Section, ...], value: Decimal) -> int:
    """Say which section of a format without conditions shows a number."""
    numeric = len(parts) - 1 if len(parts) > 1 and len(parts) < 4 and parts[-1].has("@") else len(parts)
    if value < 0 and numeric > 1:
        return 1
    return 2 if value == 0 and numeric > 2 else 0


def _core(tokens: tuple[str, ...], *, below_nought: bool, percent: bool) -> str | None:
    """Give the digits of a section that has nothing else in it but what is allowed; None where it has."""
    core, signs, closed, hundredths = "", "", False, 0
    for token in tokens:
        plain = _literal(token)
        if token in SLOT or token in (",", ".") or token.lower() == "general":
            if closed:
                return None
            core += token
            continue
        closed = bool(core)
        if plain in ("-", "(", ")"):
            signs += plain
        elif token == "%":
            hundredths += 1
        elif not (_is_room(token) or POUND.fullmatch(plain) or LANGUAGE.fullmatch(token) or token.lower() in COLOURS):
            return None
    fits = signs in ("-", "()") if below_nought else not signs
    return core if core and fits and hundredths == percent else None


def _literal(token: str) -> str:
    """Give a token without the quotes or the backslash about it."""
    if token.startswith('"'):
        return token[1:].removesuffix('"').strip()
    return token[1:] if token.startswith("\\") else token


def _is_room(token: str) -> bool:
    """Whether a token only leaves room, for a character or until the cell is full."""
    return token.startswith("_") or token in ("* ", " ", "\\ ", "\xa0") or (token[0] == '"' and not _literal(token))


def _holds(core: str, value: Decimal) -> bool:
    """Whether some digits of a format are enough for a number."""
    found = CORE.fullmatch(core)
    if found is None:
        return False
    exponent = value.normalize(EXACT).as_tuple().exponent
    nothing = abs(value) < 1 and "0" not in core  # a format of # alone shows nothing of nought
    return isinstance(exponent, int) and -exponent <= len(found[2] or "") and not (nothing and value == 0)


@lru_cache(maxsize=4096)
def shows_text(code: str) -> bool:
    r"""Whether a format shows a text as it is: it says nothing of texts, or ``@`` alone.

    >>> shows_text("General"), shows_text("@"), shows_text("0.00"), shows_text('"4"@'), shows_text(';;;"4"')
    (True, True, True, False, False)
    >>> shows_text('"£"@;@'), shows_text("@;0")
    (False, False)
    >>> shows_text('_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-'), shows_text("0;0;0;")
    (True, False)
    """
    part = _of_texts(code)
    if code.lower() not in AS_IT_IS and any(one.has("@") for one in sections(code) if one is not part):
        return False  # programs do not agree which of several sections is for texts
    if part is None:
        return True
    rest = [one for one in part.tokens if one != "@"]
    allowed = len(sections(code)) <= MOST_SECTIONS and all(
        _is_room(one) or one.lower() in COLOURS or LANGUAGE.fullmatch(one) for one in rest
    )
    return allowed and part.tokens.count("@") == 1


def _of_texts(code: str) -> Section | None:
    """Give the section that is for texts; None where a format says nothing of them."""
    if code.lower() in AS_IT_IS:
        return None
    parts = sections(code)
    if len(parts) > 3:
        return parts[3]
    return parts[-1] if parts[-1].has("@") else None


def colour_given(code: str, value: Decimal | None) -> str:
    """Give the colour that a format gives a number, or a text (None); empty where it gives none.

    >>> colour_given("[White]0;[Red]-0", Decimal(3)), colour_given("[White]0;[Red]-0", Decimal(-3))
    ('FFFFFF', 'FF0000')
    """
    if "[" not in code:
        return ""
    if value is None:
        part = _of_texts(code)
        return part.colour if part else ""
    parts = sections(code)
    return parts[_place(parts, value)].colour


def shows_day(code: str) -> bool:
    r"""Whether a format shows the day, the month and the year of a date, and nothing else but a time.

    >>> [shows_day(one) for one in ("dd/mm/yyyy", "[$-809]d mmmm yyyy;@", "mmm-yy", 'dd/mm/"2030"', "[$-41E]d/m/yyyy")]
    [True, True, False, False, False]
    """
    first = sections(code)[0]
    units = {one.lower() for one in first.tokens if one.isalpha()}
    rest = (one for one in first.tokens if one.lower() not in DAY_TOKENS)
    return {"d", "m", "y"} <= units and all(
        one in "/-.:, 0" or one in ("\\ ", "\\-", "\\/", "\\.", "\\,", '" "', '"/"') or LANGUAGE.fullmatch(one)
        for one in rest
    )


def shown_as(code: str, value: Decimal | str) -> str:
    """Give what a person sees of a value, as far as that can be told; empty where it cannot, or nothing is shown.

    >>> shown_as('£#,##0.0,"k"', Decimal(21500)), shown_as('[>20000]"19,000";0', Decimal(21500))
    ('£21.5k', '19,000')
    >>> shown_as("0", Decimal("3.6")), shown_as("0000", Decimal(123)), shown_as('@"5"', "3"), shown_as(";;;", "3")
    ('4', '0123', '35', '')
    """
    if isinstance(value, str):
        part = _of_texts(code)
        return "".join(_shown_token(one, value) for one in part.tokens) if part else value
    if code.lower() in AS_IT_IS:
        return _general(value)
    parts = sections(code)
    place = _conditional_place(parts, value) if any(one.conditional for one in parts) else _place(parts, value)
    if place is None or is_date(code) or parts[place].has("/") or parts[place].has("e+") or parts[place].has("e-"):
        return ""
    signed = value < 0 and place == 0
    return ("-" if signed else "") + "".join(_shown(parts[place].tokens, abs(value))).strip()


def _conditional_place(parts: tuple[Section, ...], value: Decimal) -> int | None:
    for place, part in enumerate(parts[:3]):
        found = part.condition
        if found is None and part.conditional:
            return None
        if found is None or COMPARE[found[1]](value, Decimal(found[2])):
            return place
    return None


def _shown(tokens: tuple[str, ...], value: Decimal) -> Iterator[str]:
    """Put a number's digits where the first place for one is, and every other sign where it stands."""
    slots = [at for at, token in enumerate(tokens) if token in SLOT]
    used = range(slots[0], slots[-1] + 1) if slots else range(0)
    after = next((at for at in range(used.stop, len(tokens)) if tokens[at] != ","), len(tokens))
    number = value * 100 ** tokens.count("%") / 1000 ** (after - used.stop if slots else 0)
    for at, token in enumerate(tokens):
        if slots and at == slots[0]:
            yield _digits([tokens[at] for at in used], number)
        elif token.lower() == "general":
            yield _general(number)
        elif at not in range(used.start, after) or (token not in SLOT and token not in (",", ".")):
            yield _shown_token(token, "")


def _digits(tokens: list[str], number: Decimal) -> str:
    whole, _, rest = "".join(one for one in tokens if one in SLOT or one in (",", ".")).partition(".")
    places = sum(one in SLOT for one in rest)
    text = format(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, EXACT), "," if "," in whole else "f")
    before, _, after = text.partition(".")
    least = whole.count("0")
    before = before.rjust(least, "0") if least or before != "0" else ""
    while after and len(after) > rest.rfind("0") + 1 and after.endswith("0"):
        after = after[:-1]
    return f"{before}.{after}" if rest or after else before


def _shown_token(token: str, text: str) -> str:
    if token == "@":
        return text
    if token.startswith("[$"):
        return token[2:].rstrip("]").partition("-")[0]
    if token.startswith(("[", "*")):
        return ""
    if token.startswith('"'):
        return token[1:].removesuffix('"')
    return " " if token.startswith("_") else token.removeprefix("\\")


def _general(value: Decimal) -> str:
    """Show a number as the format General does in a column that is wide enough."""
    text = _plain(value)
    if len(text.lstrip("-")) <= WIDEST_GENERAL:
        return text
    whole = len(text.lstrip("-").partition(".")[0])
    if whole > WIDEST_GENERAL:
        return f"{value:.5E}"
    return _plain(value.quantize(Decimal(1).scaleb(-max(0, WIDEST_GENERAL - whole - 1)), ROUND_HALF_UP, EXACT))


def _plain(value: Decimal) -> str:
    text = format(value.normalize(EXACT), "f")
    return "0" if text == "-0" else text
