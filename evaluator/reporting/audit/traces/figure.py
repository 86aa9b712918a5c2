"""A figure that stands in a document, with what it rests on, down to the cells of files as they were received."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from evaluator.records.documents import Json
from evaluator.records.findings.finding import Source

NUMBER = re.compile(r"£?\d[\d,]*(?:\.\d+)?(?: ?%)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as it was received or published, in its place; ``text`` is empty where it may not be told."""

    what: str
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Part:
    """Something that a figure rests on, under a reference that can be asked for by itself: its value, and its cells."""

    ref: str
    name: str
    value: str
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, or a few that stand together, as documents print them.

    Parameters
    ----------
    ref : what stands beside it, and what ``explain`` takes.
    texts : the figures as they are printed.
    working : how they come about, in sentences.
    rests_on, ends_in : give what they rest on, and the cells that they rest on at once, when somebody asks.
    also : other words by which it is asked for, such as a title.
    in_words : a text that stands beside it, in which numbers can be looked for too.
    """

    ref: str
    name: str
    texts: tuple[str, ...]
    working: str
    rests_on: Callable[[], tuple[Part, ...]] = tuple
    ends_in: Callable[[], tuple[Cell, ...]] = tuple
    also: tuple[str, ...] = ()
    in_words: str = ""


def plain_number(text: str) -> str:
    """Write a number so that it can be compared with another: without commas, and with its sign of money or share.

    >>> plain_number("£1,234,500"), plain_number("73 %"), plain_number("58")
    ('£1234500', '73%', '58')
    """
    return text.replace(",", "").replace(" ", "")


def numbers_in(text: str) -> frozenset[str]:
    """Give the numbers that stand in a text.

    >>> sorted(numbers_in("58 bids for £10,041,891, 96 % of it; Y1 is no number"))
    ['58', '96%', '£10041891']
    """
    found = (one for one in NUMBER.finditer(text) if not text[max(one.start() - 1, 0) : one.start()].isalnum())
    return frozenset(plain_number(one.group().rstrip(",")) for one in found)


def is_number(asked: str, found: Iterable[str]) -> bool:
    """Whether what somebody typed is among some numbers: without a sign it stands for money and shares as well.

    It may be copied as it is printed, with a sign of less or more, a word beside it or a second number.

    >>> is_number("58", ["£58"]), is_number("£58", ["58"]), is_number("1,000", ["£1000"])
    (True, False, True)
    >>> is_number("−1.69 points", ["1.69"]), is_number("8 of 23", ["8", "23"]), is_number("8 of 23", ["8"])
    (True, True, False)
    """
    wanted, known = numbers_in(asked) or {plain_number(asked.strip())}, frozenset(found)
    return wanted <= known or wanted <= known | {one.strip("£%") for one in known}


def in_short(sources: Sequence[Source]) -> str:
    """Write places in short: cells side by side, or one below another, are told as one range.

    >>> row = [Source("register.xlsx", "Bids", 4, column) for column in ("G", "H", "J")]
    >>> in_short([*row, Source("register.xlsx", "Bids", 5, "J"), Source("themes/a.toml", key="weights.C1")])
    'register.xlsx Bids!G4:H4, J4:J5; themes/a.toml weights.C1'
    """
    return "; ".join(_by_sheet(list(dict.fromkeys(one for one in sources if str(one)))))


def _by_sheet(sources: Sequence[Source]) -> Iterator[str]:
    by_place: dict[tuple[str, str], list[Source]] = {}
    for one in sources:
        if one.key or not one.row:
            by_place.setdefault((str(one), ""), [])
        else:
            by_place.setdefault((one.file, one.sheet), []).append(one)
    for (file, sheet), cells in by_place.items():
        yield f"{file} {f'{sheet}!' if sheet else ''}{', '.join(_ranges(cells))}".rstrip() if cells else file


def _ranges(cells: Sequence[Source]) -> Iterator[str]:
    first = last = cells[0]
    for one in cells[1:]:
        if _beside(first, last, one):
            last = one
        else:
            yield _range(first, last)
            first = last = one
    yield _range(first, last)


def _beside(first: Source, last: Source, one: Source) -> bool:
    below = first.column == last.column == one.column and one.row == last.row + 1
    right = first.row == last.row == one.row and _number(one.column) == _number(last.column) + 1
    return below or right


def _range(first: Source, last: Source) -> str:
    return first.cell if first == last else f"{first.cell}:{last.cell}"


def _number(column: str) -> int:
    """Give the number of a column by its letters; 0 for none."""
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def figure_document(one: Figure) -> Json:
    """Give a figure as JSON values, with every cell."""
    return {
        "ref": one.ref,
        "name": one.name,
        "figures": list(one.texts),
        "working": one.working,
        "rests_on": [
            {"ref": part.ref, "name": part.name, "value": part.value, "cells": list(map(_cell, part.cells))}
            for part in one.rests_on()
        ],
        "cells": list(map(_cell, one.ends_in())),
    }


def _cell(one: Cell) -> Json:
    place = one.source
    where = {"file": place.file, "sheet": place.sheet, "cell": place.cell, "key": place.key}
    return {"what": one.what, "received": one.text, **where}
