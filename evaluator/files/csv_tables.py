"""CSV files in: one reader for all of them, every cell as it stands, with its place.

A file in another encoding, with another separator or with something above its heading row is told of with what to do;
nothing is guessed.
"""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

from evaluator.files.headings import heading, match_headings, names_of
from evaluator.files.layouts import Layout
from evaluator.files.xlsx.held import letters
from evaluator.records.catalogue import finding
from evaluator.records.received import Block, Table
from evaluator.records.source import Finding, Source

SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
FIRST_LINES = 20  # the heading row is looked for in these, to say where it stands
ARCHIVE, OLD = b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1")
Findings = tuple[Finding, ...]


def decoded(content: bytes, file: str) -> tuple[str | None, Findings]:
    """Take a file's bytes as UTF-8 with or without a byte order mark, or say what they are instead."""
    if content.startswith((ARCHIVE, OLD)):
        return None, (finding("E-FILE-033", Source(file), what="a workbook under the name of a CSV file"),)
    if content.startswith(UTF_16) or b"\0" in content[:200]:
        return None, (finding("E-FILE-030", Source(file), problem="it is UTF-16, which Excel calls Unicode text"),)
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = f"byte 0x{content[error.start]:02x} in line {line}, as programs write that save for Windows alone"
        return None, (finding("E-FILE-030", Source(file, row=line), problem=problem),)


def strange_start(text: str, file: str, known: Iterable[str]) -> Findings:
    """Find what stands in the way of a table before its first row is read: its separator, or lines above its headings.

    Parameters
    ----------
    known : headings that the table may have, in small letters.
    """
    lines = text.splitlines()[:FIRST_LINES]
    names = set(known)
    if not lines or not any(line.strip(" ,;\t") for line in lines):
        return (finding("E-FILE-032", Source(file), problem="it is empty"),) if not text.strip(" ,;\t\r\n") else ()
    if lines[0].casefold().startswith("sep="):
        return (finding("E-FILE-035", Source(file, row=1), what=f"the line {lines[0][:12]}", row=2),)
    for separator, word in SEPARATORS.items():
        cells = {heading(cell.strip('"')) for cell in lines[0].split(separator)}
        if len(lines[0].split(separator)) > 1 and (cells & names or "," not in lines[0]):
            return (finding("E-FILE-031", Source(file), separator=word),)
    counts = [len({heading(cell.strip('"')) for cell in line.split(",")} & names) for line in lines]
    best = counts.index(max(counts))
    if best and not counts[0] and counts[best] > 1:
        return (finding("E-FILE-035", Source(file, row=1), what="something else", row=best + 1),)
    return ()


def read_csv(path: Path, file: str, layout: Layout) -> tuple[Table | None, Findings]:
    """Read a layout's CSV file: UTF-8, commas, a header row of keys or headings; every cell comes as it stands."""
    import pandas as pd

    content = path.read_bytes()
    text, found = decoded(content, file)
    known = [name for column in layout.columns for name in names_of(column)]
    found = found or strange_start(text[:20_000] if text else "", file, known)
    if text is None or found:
        return None, found
    try:
        frame = pd.read_csv(
            io.BytesIO(content),
            dtype=object,
            na_filter=False,
            encoding="utf-8-sig",
            skip_blank_lines=False,
            header=None,
        )
    except pd.errors.EmptyDataError:
        return None, (finding("E-FILE-032", Source(file), problem="it is empty"),)
    except (pd.errors.ParserError, ValueError) as error:
        return None, (finding("E-FILE-032", Source(file), problem=_parser_words(str(error))),)
    return _from_frame(frame, file, layout)


def _parser_words(message: str) -> str:
    """Say in plain words what the CSV parser met.

    >>> _parser_words("Error tokenizing data. C error: Expected 5 fields in line 7, saw 6")
    'row 7 has 6 columns where the heading has 5'
    """
    import re

    found = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", message)
    return f"row {found[2]} has {found[3]} columns where the heading has {found[1]}" if found else message[:120]


def _from_frame(frame: Any, file: str, layout: Layout) -> tuple[Table | None, Findings]:
    headings = {place: heading(text) for place, text in enumerate(frame.iloc[0])}
    at, problems = match_headings(headings, layout, strict=True)
    findings = tuple(finding(code, Source(file, row=1), **facts) for code, facts in problems)
    findings += tuple(_beside(frame, file, headings))
    if any(column.required and column.key not in at for column in layout.columns):
        return None, findings
    columns = {key: frame[index].to_numpy(dtype=object)[1:] for key, index in at.items()}
    rows: Sequence[int] = range(2, len(frame) + 1)
    filled = _filled(columns.values())
    if filled is not None:
        columns = {key: texts[filled] for key, texts in columns.items()}
        rows = [number for number, keep in zip(rows, filled, strict=True) if keep]
    names = {key: letters(index + 1) for key, index in at.items()}
    texts = cast("dict[str, Sequence[str]]", columns)
    return Table(texts, (Block(file, "", rows, names),)), findings


def _beside(frame: Any, file: str, headings: dict[int, str]) -> Iterable[Finding]:
    """Find values in columns without a heading: nothing reads them, and somebody may think that they count."""
    for place in (place for place, text in headings.items() if not text):
        rows = [row for row, text in enumerate(frame[place], 1) if row > 1 and text.strip()]
        if rows:
            yield finding("E-FILE-029", Source(file, row=rows[0], column=letters(place + 1)), cells=len(rows))


def _filled(columns: Iterable[Any]) -> Any:
    """Tell which rows hold anything; None when all do, the usual case."""
    empty = None
    for texts in columns:
        blank = texts == ""
        empty = blank if empty is None else empty & blank
    return None if empty is None or not empty.any() else ~empty
