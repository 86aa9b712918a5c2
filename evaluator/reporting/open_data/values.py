"""Small parts of open data: numbers, money, dates and the JSON text."""

import json
from collections.abc import Mapping
from decimal import Decimal

from evaluator.records.documents import Json
from evaluator.records.numbers import pounds_number

CURRENCY = "GBP"


def number(value: Decimal | int) -> int | float:
    """Give a number as JSON has it: whole where it is whole.

    >>> number(Decimal("15.0")), number(Decimal("7.5"))
    (15, 7.5)
    """
    return int(value) if value == int(value) else float(value)


def money(pence: int) -> Json:
    """Give pence as an amount in pounds."""
    return {"amount": number(pounds_number(pence)), "currency": CURRENCY}


def moment(date: str) -> str:
    """Give a day as the moment at which it begins: the formats ask for a time.

    >>> moment("2026-12-01")
    '2026-12-01T00:00:00Z'
    """
    return f"{date}T00:00:00Z"


def filled(values: Mapping[str, object]) -> Json:
    """Leave out what is empty: the formats have no place for it."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {}, ())}


def text(document: Mapping[str, object]) -> str:
    """Write a document as JSON that ends with a line break, the same bytes for the same document."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
