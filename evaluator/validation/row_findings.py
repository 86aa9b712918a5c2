"""Making findings about rows of a table: each at its cell, and never more than anyone can read."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Severity, Source
from evaluator.records.submissions.received import Received, Table
from evaluator.records.submissions.spellings import folded
from evaluator.validation.coded_columns import Ints

MOST = 1000
SHOWN = 60
Facts = Mapping[str, object]
REMARKABLE = {"\t": "a tab", "\n": "a line break", "\r": "a line break", " ": "a space"}


def at_rows(
    code: str, table: Table, rows: Ints | Sequence[int], key: str, facts: Callable[[int], Facts]
) -> Iterator[Finding]:
    """Make a finding at a column's cell of each row, up to MOST; one more then says how many others there are."""
    for row in rows[:MOST]:
        yield finding(code, table.source(int(row), key), **facts(int(row)))
    yield from and_more(code, table.place, len(rows))


def and_more(code: str, place: Source, number: int) -> Iterator[Finding]:
    """Say how many findings of a kind are not listed one by one."""
    if number > MOST:
        yield finding("E-MORE-001", place, number=number - MOST, kind=code)


def flagged(flags: npt.NDArray[np.bool_] | np.bool_) -> Ints:
    """Give the rows that are flagged."""
    return np.flatnonzero(flags)


def shown(text: str) -> str:
    r"""Show what stands in a cell, naming what the eye cannot tell.

    >>> print(shown("12 000"), shown(""), shown("4\u00a0"), shown("٤"), sep="; ")
    "12 000"; an empty cell; "4" followed by a no-break space; "٤" (arabic-indic digit four)
    """
    if not text:
        return "an empty cell"
    start, end = _visible_part(text)
    if start >= end:
        return f"only {_named(text)}"
    before = f"{_named(text[:start])} before " if start else ""
    after = f" followed by {_named(text[end:])}" if end < len(text) else ""
    inside = _named([character for character in text[start:end] if is_odd(character) and character != " "])
    visible = text[start:end] if end - start <= SHOWN else text[start : start + SHOWN] + "…"
    return f'{before}"{visible}"{after}' + (f" ({inside})" if inside else "")


def is_odd(character: str) -> bool:
    """Whether a character is easily mistaken: invisible, or a digit or sign of another script."""
    if character.isascii():
        return not character.isprintable() or character == " "
    return unicodedata.category(character)[0] in "CZN" or unicodedata.category(character) == "Pd" or character == "−"


def _visible_part(text: str) -> tuple[int, int]:
    seen = [place for place, character in enumerate(text) if unicodedata.category(character)[0] not in "CZ"]
    return (seen[0], seen[-1] + 1) if seen else (0, 0)


def _named(characters: Sequence[str]) -> str:
    """Name characters, each once, such as ``a no-break space``."""
    return " and ".join(dict.fromkeys(map(_name, characters)))


def _name(character: str) -> str:
    if character in REMARKABLE:
        return REMARKABLE[character]
    name = unicodedata.name(character, "").lower() or f"character U+{ord(character):04X}"
    return f"a {name}" if unicodedata.category(character)[0] in "CZ" else name


def plain_index(ids: Iterable[str]) -> dict[str, str]:
    """Index ids by what is left of them without spaces, hyphens and capitals, and by their number if no other has it.

    A number stands under ``#`` and its digits without leading noughts, for a spreadsheet makes 47 of 047.
    """
    index: dict[str, str] = {}
    for known in ids:
        index[folded(known)] = known
        number = _number(known)
        index[number] = known if index.get(number, known) == known else ""
    return index


def nearest(text: str, index: Mapping[str, str]) -> str:
    """Say which id a text differs from only in spaces, hyphens or capitals, or is the number of; or nothing.

    >>> nearest("b 012", plain_index(["B012"]))
    ' Did you mean B012?'
    >>> nearest("47", plain_index(["B047", "B48"])), nearest("47", plain_index(["B047", "A47"]))
    (' Did you mean B047?', '')
    """
    plain = folded(text.strip())
    match = index.get(plain) or (index.get(_number(plain), "") if plain.isdecimal() else "")
    return f" Did you mean {match}?" if match else ""


def _number(text: str) -> str:
    return "#" + "".join(filter(str.isdecimal, text)).lstrip("0")


def unread(received: Received, *files: str) -> bool:
    """Whether reading has already reported one of these files as a reason why its table is not here."""
    return any(found.source.file in files and found.severity is not Severity.NOTE for found in received.findings)
