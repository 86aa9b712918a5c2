"""TOML and JSON in: exactly what they say, or a ValueError in words. No number is built that is beyond any figure."""

import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, NoReturn

LONGEST, HIGHEST = 200, 100  # characters of a number, and its exponent
KEY_ENDS = re.compile(rb"[=\n]")
MOST_DOTS = 1_000  # of one key; the time that tomllib takes grows with the square of their number
MOST_BITS = 700  # of a whole number: about 200 digits


def toml_of(content: bytes) -> dict[str, Any]:
    r"""Read TOML in UTF-8, with or without a byte order mark; fractions become decimals.

    >>> toml_of(b"price = 21.50\n")
    {'price': Decimal('21.50')}
    """
    if any(part.count(b".") > MOST_DOTS for part in KEY_ENDS.split(content)):
        raise ValueError("it is nested too deeply")
    with _in_words():
        read = tomllib.loads(content.decode("utf-8-sig"), parse_float=_exact)
        _need_figures(read)
    return read


def json_of(content: bytes) -> Any:
    """Read JSON in UTF-8, with or without a byte order mark; fractions become decimals.

    >>> json_of(b'{"price": 21.50, "years": 3}')
    {'price': Decimal('21.50'), 'years': 3}
    """
    with _in_words():
        read = json.loads(content.decode("utf-8-sig"), parse_float=_exact, parse_constant=_no_number)
        _need_figures(read)
    return read


@contextmanager
def _in_words() -> Iterator[None]:
    """Say in words what the readers of both say of a file that they cannot take."""
    try:
        yield
    except UnicodeDecodeError:
        raise ValueError("it is not text in UTF-8") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except ValueError as error:
        if "set_int_max_str_digits" in str(error):
            raise ValueError("a number in it has thousands of digits") from None
        raise


def _exact(text: str) -> Decimal | str:
    """Make a decimal; what is beyond any figure stays a text, which is refused at its key."""
    number = Decimal(text) if len(text) <= LONGEST else Decimal("NaN")
    return text if len(text) > LONGEST or (number.is_finite() and abs(number.adjusted()) > HIGHEST) else number


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text[:20]}{'…' if len(text) > 20 else ''} is no figure that can be worked with")


def _need_figures(read: Any) -> None:
    """Refuse whole numbers that are longer than any figure."""
    waiting = [read]
    while waiting:
        value = waiting.pop()
        if isinstance(value, int) and value.bit_length() > MOST_BITS:
            _no_number(hex(value))
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
