r"""Text files of other programs in: whatever they are encoded in and separated by, as a sheet of texts.

The gate for our own CSV files refuses all of this; an import reads it, and says what it found.
"""

import csv
import io
from collections import Counter

from evaluator.files.read.xlsx.cell import Held, Look, Sheet
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}
PLAIN = Look()
SAMPLE = 50  # rows by which the separator is told
MOST_CELLS = 2_000_000


def text_sheet(content: bytes, name: str) -> tuple[Sheet | None, tuple[Finding, ...]]:
    r"""Read a text file as a sheet without a title; None with the finding that says why it is none.

    >>> sheet, found = text_sheet("Bid;Price\nB1;£4".encode("cp1252"), "a.csv")
    >>> sheet.rows[2][2].text, [one.code for one in found]
    ('£4', ['E-IMPORT-015'])
    """
    text, encoding = _decoded(content)
    if text is None:
        return None, (finding("E-FILE-032", Source(name), problem=f"its bytes are no text ({encoding})"),)
    start = text.partition("\n")[0].strip().strip('"').casefold()
    told = start.removeprefix("sep=") if start.startswith("sep=") and len(start) <= len("sep=") + 1 else ""
    separator = (told or "\t") if start.startswith("sep=") else _separator(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        return None, (finding("E-FILE-032", Source(name), problem=f"a quotation mark in it is not closed ({error})"),)
    if sum(map(len, rows)) > MOST_CELLS:
        return None, (finding("E-FILE-013", Source(name), what="a table of more cells than any export needs"),)
    if start.startswith("sep="):
        rows[0] = []
    held = (
        (number, {place: Held("text", cell, PLAIN, None) for place, cell in enumerate(row, 1) if cell.strip()})
        for number, row in enumerate(rows, 1)
    )
    sheet = Sheet("", rows={number: cells for number, cells in held if cells})
    words = [*([encoding] if encoding else []), *([SEPARATORS[separator]] if separator in ";\t|" else [])]
    return sheet, (finding("E-IMPORT-015", Source(name), what=" with ".join(words)),) if words else ()


def _decoded(content: bytes) -> tuple[str | None, str]:
    """Give a file's text, and what it is encoded in where that is not UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _tried(content, "utf-16", "UTF-16")
    if b"\0" in content[:2000]:
        kind = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
        return _tried(content, kind, "UTF-16")
    text, _ = _tried(content, "utf-8-sig", "")
    return (text, "") if text is not None else _tried(content, "cp1252", "Windows-1252")


def _tried(content: bytes, encoding: str, name: str) -> tuple[str | None, str]:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None, name
    return (None, "it holds bytes that are no characters") if "\0" in text else (text, name)


def _separator(text: str) -> str:
    """Tell what separates the columns: the sign that gives most rows the same number of columns, and several."""
    best, most = ",", (0, 0)
    for sign in SEPARATORS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
        counts: Counter[int] = Counter()
        try:
            for _, row in zip(range(SAMPLE), reader, strict=False):
                counts[len(row)] += 1
        except csv.Error:
            continue
        worth = max(((times, width) for width, times in counts.items() if width > 1), default=(0, 0))
        if worth > most:
            best, most = sign, worth
    return best
