"""A list of prices in: bids, prices and perhaps quality points from a CSV file, every number exact."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from evaluator.files.read.tables.csv_dialect import rows_of
from evaluator.files.read.tables.guard import places, quoted
from evaluator.files.read.xlsx.cell import letters as column_letters
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source, in_order
from evaluator.records.look_alikes import odd_letters, skeleton
from evaluator.records.numbers import plain_decimal
from evaluator.records.results.scores import PricedBid
from evaluator.records.submissions.blank_words import with_meaning
from evaluator.validation.total_rows import only_says_total

LONGEST = 60  # characters of a number; what is longer is not a price


@dataclass(frozen=True)
class PriceList:
    """The bids that were read, in the order of the file, and what was found; no bids where anything is wrong."""

    bids: tuple[PricedBid, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Line:
    """A row of the file: its number, and its texts by column with the letters of each."""

    file: str
    row: int
    texts: Mapping[str, str]
    letters: Mapping[str, str]

    def found(self, code: str, column: str = "", **facts: object) -> Finding:
        """Make a finding at a cell of this row, or at the row."""
        return finding(code, Source(self.file, row=self.row, column=self.letters.get(column, "")), **facts)


MONEY = re.compile(r"£? ?((?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?)")


def read_prices(path: Path, *, with_quality: bool = False) -> PriceList:
    """Read a list of prices: columns ``bid`` and ``price`` (pounds), and ``quality`` (points) where it is asked for.

    Prices may have any number of decimal places and are taken exactly. What stands in other columns is noted. All
    mistakes are found at once, each with its cell; codes ``E-READ-…`` mean that nothing could be read.
    """
    needed = ("bid", "price", "quality") if with_quality else ("bid", "price")
    rows, unread = rows_of(path, needed)
    if rows is None:
        return PriceList((), unread)
    headings = [text.strip().casefold() for text in rows[0]] if rows else []
    wrong = tuple(_wrong_headings(path.name, headings, needed))
    if wrong:
        return PriceList((), wrong)
    letters = {name: column_letters(headings.index(name) + 1) for name in needed}
    filled = [(number, cells) for number, cells in enumerate(rows[1:], 2) if any(map(str.strip, cells))]
    if not filled:
        return PriceList((), (finding("E-PRICES-003", Source(path.name)),))
    lines = [Line(path.name, number, _texts(headings, cells, needed), letters) for number, cells in filled]
    mistakes = (one for line in lines for one in _mistakes(line))
    totals = [line for line in lines if only_says_total(line.texts["bid"])]
    wrong = (*_overlong(path.name, len(headings), filled), *mistakes, *_repeated(lines), *map(_of_total, totals))
    found = in_order((*wrong, *_beside(path.name, headings, filled, needed)))
    return PriceList(() if wrong else tuple(map(_bid, lines)), found)


def _of_total(line: Line) -> Finding:
    return line.found("E-ROW-001", "bid", shown=f'"{line.texts["bid"]}"')


def _beside(
    file: str, headings: list[str], rows: Sequence[tuple[int, list[str]]], needed: Collection[str]
) -> Iterator[Finding]:
    """Note what stands in columns that nothing reads: somebody may think that it counts."""
    for place, heading in enumerate(headings):
        at = [(number, place + 1) for number, cells in rows if "".join(cells[place:][:1]).strip()]
        if at and heading not in needed:
            what = quoted(cells[place] for _, cells in rows if place < len(cells))
            facts = {"count": f"{len(at):,}", "cells": places(at), "what": what}
            where = Source(file, row=at[0][0], column=column_letters(place + 1))
            yield finding("E-FILE-040" if heading else "E-FILE-029", where, **facts, heading=heading)


def _wrong_headings(file: str, headings: list[str], needed: Iterable[str]) -> Iterator[Finding]:
    for column in needed:
        alike = [place for place, text in enumerate(headings, 1) if skeleton(text) == skeleton(column)]
        if len(alike) > 1:
            yield finding("E-PRICES-002", Source(file, row=1), column=column)
        elif not alike:
            listed = ", ".join(filter(None, headings)) or "none"
            yield finding("E-PRICES-001", Source(file, row=1), column=column, found=listed)
        elif column not in headings:
            facts = {"what": "This heading", "wanted": column, "odd": odd_letters(headings[alike[0] - 1])}
            yield finding("E-FILE-042", Source(file, row=1, column=column_letters(alike[0])), **facts)


def _overlong(file: str, headings: int, rows: Iterable[tuple[int, list[str]]]) -> Iterator[Finding]:
    for number, cells in rows:
        if any(map(str.strip, cells[headings:])):
            yield finding("E-PRICES-010", Source(file, row=number), cells=len(cells), headings=headings)


def _texts(headings: list[str], cells: list[str], needed: Iterable[str]) -> dict[str, str]:
    """Take a row's texts; a blank cell, or one that a short row does not reach, is an empty text."""
    texts = {name: "".join(cells[headings.index(name) :][:1]).strip(" ") for name in needed}
    amount = MONEY.fullmatch(texts["price"])
    plain = {"bid": with_meaning(texts["bid"].strip())} | ({"price": amount[1].replace(",", "")} if amount else {})
    return {name: text if text.strip() else "" for name, text in texts.items()} | plain


def _mistakes(line: Line) -> Iterator[Finding]:
    name = line.texts["bid"] or "This bid"
    if not line.texts["bid"]:
        yield line.found("E-PRICES-004", "bid")
    yield from _price_mistakes(line, line.texts["price"], name)
    quality = line.texts.get("quality")
    points = None if quality is None else _number(quality)
    if quality is not None and (points is None or points < 0):
        yield line.found("E-PRICES-009", "quality", text=_shown(quality), bid=name)


def _price_mistakes(line: Line, text: str, name: str) -> Iterator[Finding]:
    price = _number(text)
    if not text:
        yield line.found("E-PRICES-006", "price", bid=name)
    elif price is None:
        yield line.found("E-PRICES-007", "price", text=_shown(text))
    elif price <= 0:
        yield line.found("E-PRICES-008", "price", bid=name, text=text)


def _number(text: str) -> Decimal | None:
    return plain_decimal(text) if len(text) <= LONGEST else None


def _shown(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _repeated(lines: Iterable[Line]) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for line in lines:
        bid = line.texts["bid"]
        if bid and bid in first:
            yield line.found("E-PRICES-005", "bid", bid=bid, row=first[bid])
        first.setdefault(bid, line.row)


def _bid(line: Line) -> PricedBid:
    quality = line.texts.get("quality")
    return PricedBid(line.texts["bid"], Decimal(line.texts["price"]), None if quality is None else Decimal(quality))
