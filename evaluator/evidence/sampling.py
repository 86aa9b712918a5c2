"""Samples for an audit's working papers: drawn by sums, so that whoever has the seed draws the same ones by hand.

Each item's turn is the SHA-256 of the seed, a bar, and the item's name; the lowest go first. No generator of random
numbers is needed, and none can be chosen until it pleases.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from itertools import accumulate
from typing import Any, Literal

Row = Mapping[str, Any]
Way = Literal["random", "stratified", "money"]


@dataclass(frozen=True)
class Item:
    """One thing that can be drawn: its name, its stratum, its money in pence, and the row that it is."""

    name: str
    stratum: str
    pence: int
    row: Row


@dataclass(frozen=True)
class Drawn:
    """An item that was drawn: its place in the sample, what drew it, and the item."""

    number: int
    why: str
    item: Item


def turn(seed: str, name: str) -> str:
    """Give what decides an item's turn.

    >>> turn("2027", "B001 Q1")[:12]
    '6c59e2f52191'
    """
    return sha256(f"{seed}|{name}".encode()).hexdigest()


def sample(items: Sequence[Item], size: int, seed: str, way: Way) -> tuple[Drawn, ...]:
    """Draw a sample; all items where there are no more than ``size``.

    Parameters
    ----------
    way : ``random``: each item alike. ``stratified``: from each stratum in proportion to its items, by largest
        remainders, at least one where the size allows it. ``money``: in proportion to money, by a fixed step from a
        start that the seed gives; an item of a step or more is always drawn.
    """
    ordered = sorted(items, key=lambda item: (turn(seed, item.name), item.name))
    if way == "money":
        found = list(_by_money([item for item in items if item.pence > 0], size, seed))
    elif way == "stratified":
        found = list(_by_strata(ordered, size))
    else:
        found = [(f"turn {turn(seed, item.name)[:12]}", item) for item in ordered[:size]]
    return tuple(Drawn(number, why, item) for number, (why, item) in enumerate(found, 1))


def _by_strata(ordered: Sequence[Item], size: int) -> Iterator[tuple[str, Item]]:
    strata: dict[str, list[Item]] = {}
    for item in ordered:
        strata.setdefault(item.stratum, []).append(item)
    for name, count in sorted(shares({name: len(its) for name, its in strata.items()}, size).items()):
        why = f"{count} of {len(strata[name])} in {name or 'no stratum'}"
        yield from ((why, item) for item in strata[name][:count])


def shares(counts: Mapping[str, int], size: int) -> dict[str, int]:
    """Divide a sample among strata by largest remainders; each has one where there are as many places as strata.

    >>> shares({"a": 90, "b": 9, "c": 1}, 10)
    {'a': 7, 'b': 2, 'c': 1}
    """
    size = min(size, sum(counts.values()))
    least = 1 if size >= len(counts) else 0
    whole, places = sum(counts.values()), size - least * len(counts)
    exact = {name: Fraction(places * count, whole) for name, count in counts.items()}
    given = {name: min(counts[name], least + int(share)) for name, share in exact.items()}
    while sum(given.values()) < size:
        open_ = [name for name in counts if given[name] < counts[name]]
        given[max(open_, key=lambda name: (least + exact[name] - given[name], counts[name], name))] += 1
    return given


def _by_money(items: Sequence[Item], size: int, seed: str) -> Iterator[tuple[str, Item]]:
    """Go along the money in order of names and take whoever holds each step's penny; large items once."""
    rest, taken = sorted(items, key=lambda item: item.name), 0
    whole = sum(item.pence for item in rest)
    if size >= len(rest):
        yield from (("all are drawn", item) for item in rest)
        return
    while large := [item for item in rest if item.pence * (size - taken) >= whole]:  # a step or more
        yield from ((f"as large as a step of {_pounds(whole // (size - taken))}", item) for item in large)
        rest, taken = [item for item in rest if item not in large], taken + len(large)
        whole = sum(item.pence for item in rest)
        if taken >= size or not rest:
            return
    step = Fraction(whole, size - taken)
    start = int(turn(seed, "start"), 16) % (step.numerator // step.denominator or 1)
    ends = list(accumulate(item.pence for item in rest))
    at = 0
    for number in range(size - taken):
        penny = start + int(number * step)
        while ends[at] <= penny:
            at += 1
        yield f"holds penny {penny:,} of {whole:,}", rest[at]


def _pounds(pence: int) -> str:
    return f"£{pence // 100:,}.{pence % 100:02}"
