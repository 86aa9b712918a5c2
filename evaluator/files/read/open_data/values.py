"""Values of JSON that anybody may have written: texts, lists and numbers, or nothing where they are something else."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from evaluator.records.documents import Json
from evaluator.records.numbers import decimal_text

MOST, MOST_PLACES = Decimal(10**15), 6  # no sum of money or weight is larger, or finer
Held = tuple[str, Json]  # the path of an object within its file, and the object


def inside(value: Any, *keys: str) -> Any:
    """Give what stands under keys, one within the other; None where there is none.

    >>> inside({"value": {"amount": 5}}, "value", "amount"), inside({"value": 5}, "value", "amount")
    (5, None)
    """
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def text_in(value: Any, *keys: str) -> str:
    """Give a text, or a number as it is written, from under keys; empty where there is neither.

    >>> text_in({"id": " 7 "}, "id"), text_in({"id": 7}, "id"), text_in({"id": [7]}, "id")
    ('7', '7', '')
    """
    found = inside(value, *keys)
    if isinstance(found, str):
        return " ".join(found.split())
    number = number_in(value, *keys)
    return "" if number is None else decimal_text(number)


def number_in(value: Any, *keys: str) -> Decimal | None:
    """Give a number from under keys, exactly; None where there is none, or one beyond any sum of money."""
    found = inside(value, *keys)
    plain = isinstance(found, int | Decimal) and not isinstance(found, bool)
    number = Decimal(found) if plain else None
    fits = number is not None and number.is_finite() and abs(number) < MOST and -MOST_PLACES <= _places(number) <= 0
    return number if fits else None


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return min(exponent, 0) if isinstance(exponent, int) else 1


def each(path: str, value: Any, key: str) -> Iterator[Held]:
    """Give the objects of a list under a key, each with its path; whatever is no object is passed over.

    >>> list(each("tender", {"lots": [{"id": 1}, 2]}, "lots"))
    [('tender.lots[0]', {'id': 1})]
    """
    held = inside(value, key)
    for at, one in enumerate(held if isinstance(held, list) else ()):
        if isinstance(one, dict):
            yield f"{path}.{key}[{at}]".lstrip("."), one
