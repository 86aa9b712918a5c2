"""English as the engine writes and reads it: counts with their nouns, listings, and numbers in words."""

import re
from collections.abc import Iterable, Iterator, Sequence

SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
VALUES = {word: at for at, word in enumerate(SMALL)} | {word: 20 + 10 * at for at, word in enumerate(TENS)}
SIZES = {"thousand": 1_000, "million": 1_000_000}
NUMBER = "|".join((*VALUES, "hundred", *SIZES))
SPELT = re.compile(rf"\b(?:(?:a|{NUMBER})[ -]{{1,3}}(?:and[ -]{{1,3}})?){{0,16}}(?:{NUMBER})\b", re.I)


def agreeing(number: int, one: str, many: str = "") -> str:
    """Give the word that agrees with a number: ``many`` (``one`` with an s, where it is not given) for all but 1.

    >>> agreeing(1, "rule"), agreeing(0, "rule"), agreeing(2, "was", "were")
    ('rule', 'rules', 'were')
    """
    return one if number == 1 else many or f"{one}s"


def count_of(number: int, one: str, many: str = "", separator: str = ",") -> str:
    """Write a number with its noun; ``separator`` is ``,`` or, for no mark between thousands, empty.

    >>> count_of(1, "bid"), count_of(1200, "bid"), count_of(2, "reply", "replies"), count_of(1200, "bid", separator="")
    ('1 bid', '1,200 bids', '2 replies', '1200 bids')
    """
    return f"{number:{separator}} {agreeing(number, one, many)}"


def listing(items: Iterable[str], joint: str = " and ") -> str:
    """List things in a sentence, with ``joint`` before the last of them; empty where there are none.

    >>> listing(["C1"]), listing(["C1", "C2", "C3"]), listing(["by age", "by sex"], joint=", or "), listing([])
    ('C1', 'C1, C2 and C3', 'by age, or by sex', '')
    """
    every = tuple(items)
    return joint.join(filter(None, (", ".join(every[:-1]), *every[-1:])))


def short_listing(items: Sequence[str], most: int = 12) -> str:
    """List things in a sentence: all of them, or the first ``most`` and how many more there are.

    >>> short_listing(["C1", "C2"]), short_listing(["C1", "C2", "C3"], most=2)
    ('C1 and C2', 'C1, C2 and 1 more')
    """
    return listing(items) if len(items) <= most else f"{', '.join(items[:most])} and {len(items) - most:,} more"


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
