"""CSV files of a folder of bids in: every cell as it stands, with its place."""

import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from evaluator.files.read.tables.csv_dialect import strange_start, why_no_text
from evaluator.files.read.tables.guard import not_repeated, places, quoted
from evaluator.files.read.tables.headings import Problem, heading, match_headings, names_of, unknown
from evaluator.files.read.tables.layouts import Layout
from evaluator.files.read.tables.plain_csv import plain_columns
from evaluator.files.read.tables.quotes import open_quote, quotes_are_closed
from evaluator.files.read.xlsx.cell import letters
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.submissions.received import Block, Table
from evaluator.validation.coded_columns import Flags, Texts

MOST_COLUMNS = 1_000
SAYS_SOMETHING = re.compile(rb"[^ ,;\t\r\n]")
START = 20_000  # characters in which the headings are looked for
LONGEST_CHARACTER = 4  # bytes of one in UTF-8
Findings = tuple[Finding, ...]


def read_csv(content: bytes, file: str, layout: Layout) -> tuple[Table | None, Findings]:
    """Read a layout's CSV file: UTF-8, commas, a header row of keys or headings; every cell comes as it stands."""
    problem = _problem(content, layout)
    if problem:
        code, facts = problem
        return None, (finding(code, Source(file), **facts),)
    try:
        headings, columns = plain_columns(content, _start(content)) or _parsed(content)
    except ValueError as error:  # which pandas' own are
        return None, (finding("E-FILE-032", Source(file), problem=_parser_words(str(error))),)
    return _from_columns(headings, columns, file, layout)


def _parsed(content: bytes) -> tuple[Sequence[str], Sequence[Texts]]:
    """Give headings and columns of a file in which cells are quoted, or rows are not alike, as pandas tells them."""
    import pandas as pd  # which only such files need

    stream = io.BytesIO(content)
    stream.seek(_start(content))
    frame = pd.read_csv(
        stream,
        dtype=_text_type(),
        na_filter=False,
        encoding="utf-8",
        skip_blank_lines=False,
        header=None,
    )
    return list(frame.iloc[0]), [Texts(frame[place].array[1:]) for place in frame]


def _start(content: bytes) -> int:
    """Say where a file's text begins: after its byte order mark, if there is one."""
    return len(BOM_UTF8) if content.startswith(BOM_UTF8) else 0


@cache
def _text_type() -> Any:
    """Give the type of columns of texts that is quickest: Arrow's where PyArrow is there, with the same texts."""
    try:
        import pyarrow
    except ImportError:
        return object
    from pandas import ArrowDtype

    return ArrowDtype(pyarrow.string())


def _problem(content: bytes, layout: Layout) -> Problem | None:
    """Find what stands in the way of a file before its first row is read."""
    if why := why_no_text(content):
        return "E-FILE-030", {"problem": why}
    if not SAYS_SOMETHING.search(content, _start(content)):
        return "E-FILE-032", {"problem": "it is empty"}
    if (most := content[: content.find(b"\n") + 1 or None].count(b",")) >= MOST_COLUMNS:
        return "E-FILE-032", {"problem": f"it has {most + 1:,} columns, more than any table"}
    well = b'"' not in content or quotes_are_closed(content[_start(content) :])
    why = "" if well else open_quote(content.decode("utf-8-sig"))
    start = content[: START * LONGEST_CHARACTER].decode("utf-8-sig", "ignore")[:START]
    known = [name for column in layout.columns for name in names_of(column)]
    return ("E-FILE-032", {"problem": why}) if why else strange_start(start, known)


def _parser_words(message: str) -> str:
    """Say in plain words what the CSV parser met.

    >>> _parser_words("Error tokenizing data. C error: Expected 5 fields in line 7, saw 6")
    'row 7 has 6 columns where the heading has 5'
    """
    found = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", message)
    return (
        f"row {found[2]} has {found[3]} columns where the heading has {found[1]}"
        if found
        else "its rows cannot be told apart"
    )


def _from_columns(
    texts: Sequence[str], every: Sequence[Texts], file: str, layout: Layout
) -> tuple[Table | None, Findings]:
    headings = {place: heading(text) for place, text in enumerate(texts, 1)}
    at, problems = match_headings(headings, layout, strict=True)
    findings = tuple(
        finding(code, Source(file, row=1, column=letters(place) if place else ""), **_told(facts, layout))
        for code, place, facts in problems
    )
    findings += tuple(_beside(every, file, headings, layout, at))
    if any(column.required and column.key not in at for column in layout.columns):
        return None, findings
    columns = {key: every[index - 1] for key, index in at.items()}
    rows: Sequence[int] = range(2, len(every[0]) + 2)
    filled = _filled(columns.values())
    if filled is not None:
        columns = {key: texts.rows(filled) for key, texts in columns.items()}
        rows = [number for number, keep in zip(rows, filled, strict=True) if keep]
    names = {key: letters(index) for key, index in at.items()}
    return Table(columns, (Block(file, "", rows, names),)), findings


def _beside(
    every: Sequence[Texts], file: str, headings: dict[int, str], layout: Layout, at: Mapping[str, int]
) -> Iterable[Finding]:
    """Note what stands in columns that nothing reads: somebody may think that it counts."""
    strange = set(unknown(headings, layout, at))
    for place, text in headings.items():
        if text and place not in strange:
            continue
        cells = [(row, place) for row, held in enumerate(every[place - 1], 2) if held.strip()]
        if cells:
            what = quoted(every[place - 1][row - 2] for row, _ in cells)
            facts = {"count": f"{len(cells):,}", "cells": places(cells), "what": what} | (
                {"heading": text} if text else {}
            )
            where = Source(file, row=cells[0][0], column=letters(place))
            yield finding("E-FILE-040" if text else "E-FILE-029", where, **_told(facts, layout))


def _told(facts: Mapping[str, object], layout: Layout) -> dict[str, object]:
    return not_repeated(facts) if layout.private else dict(facts)


def _filled(columns: Iterable[Texts]) -> Flags | None:
    """Tell which rows hold anything; None when all do, the usual case."""
    empty = None
    for texts in columns:
        empty = texts.empty if empty is None else empty & texts.empty
        if not empty.any():
            return None
    return None if empty is None else ~empty
