"""Whole numbers that are spelt out in words."""

import re
from collections.abc import Iterator

SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
VALUES = {word: at for at, word in enumerate(SMALL)} | {word: 20 + 10 * at for at, word in enumerate(TENS)}
SIZES = {"thousand": 1_000, "million": 1_000_000}
NUMBER = "|".join((*VALUES, "hundred", *SIZES))
SPELT = re.compile(rf"\b(?:(?:a|{NUMBER})[ -]+(?:and[ -]+)?)*(?:{NUMBER})\b", re.I)


def spelt_out(text: str) -> Iterator[tuple[str, int]]:
    """Give each number of a text that is spelt out, with its value.

    >>> list(spelt_out("It asks for a hundred and twenty thousand, and forty-two."))
    [('a hundred and twenty thousand', 120000), ('forty-two', 42)]
    """
    for found in SPELT.finditer(text):
        yield found[0], _value(re.findall(r"[a-z]+", found[0].casefold()))


def _value(words: list[str]) -> int:
    whole = part = 0
    for word in words:
        if word in SIZES:
            whole, part = whole + max(part, 1) * SIZES[word], 0
        elif word == "hundred":
            part = max(part, 1) * 100
        else:
            part += VALUES.get(word, 0)
    return whole + part
