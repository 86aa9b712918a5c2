"""The start of every CSV file that comes in: what it is encoded in, what separates its columns, where its headings are.

A file that is not UTF-8 with commas and its headings in the first row is told of with what to do; nothing is guessed.
"""

import csv
import io
import os
from collections.abc import Collection
from pathlib import Path

from evaluator.files.read.inputs import MEGABYTE, UnreadableError, read_once
from evaluator.files.read.tables.headings import Problem, heading
from evaluator.files.read.tables.quotes import open_quote
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source

MOST_MEGABYTES = 64  # of a file that a single command reads
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
WORKBOOKS = (b"PK", bytes.fromhex("D0CF11E0A1B11AE1"))
FIRST_LINES = 20  # the headings are looked for in these, to say where they stand
Findings = tuple[Finding, ...]


def text_or_why(content: bytes) -> tuple[str | None, str]:
    r"""Take a file's bytes as UTF-8, with or without a byte order mark, or say what they are instead.

    >>> text_or_why(b"bid,price\n")
    ('bid,price\n', '')
    >>> text_or_why("£4".encode("utf-16"))[1], text_or_why("bid\n£4".encode("cp1252"))[1]
    ('it is UTF-16, which Excel calls Unicode text', 'byte 0xa3 in line 2 is not, as where a program saves for Windows')
    """
    if content.startswith(WORKBOOKS):
        return None, "it is a workbook or a zip file"
    if content.startswith(UTF_16):
        return None, "it is UTF-16, which Excel calls Unicode text"
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte, line = content[error.start], content.count(b"\n", 0, error.start) + 1
        return None, f"byte 0x{byte:02x} in line {line} is not, as where a program saves for Windows"
    return (None, "it holds bytes that are no characters") if "\0" in text else (text, "")


def why_no_text(content: bytes) -> str:
    """Say what a file's bytes are instead of a text; empty where they are one, which is not made of them yet."""
    plain = content.isascii() and b"\0" not in content and not content.startswith(WORKBOOKS)
    return "" if plain else text_or_why(content)[1]


def strange_start(text: str, known: Collection[str]) -> Problem | None:
    """Find what stands in the way of a table before its first row is read: its separator, or lines above its headings.

    Parameters
    ----------
    known : headings that the table may have, in small letters.
    """
    lines = text.splitlines()[:FIRST_LINES]
    if not lines:
        return None
    if lines[0].strip('"').casefold().startswith("sep="):
        return "E-FILE-035", {"what": f"the line {lines[0][:12]}", "row": 2}
    counts = [_known_in(line, ",", known) for line in lines]
    for separator, word in SEPARATORS.items():
        if max(_known_in(line, separator, known) for line in lines) > max(counts):
            return "E-FILE-031", {"separator": word}
    best = counts.index(max(counts))
    return ("E-FILE-035", {"what": "something else", "row": best + 1}) if counts[best] > max(counts[0], 1) else None


def _known_in(line: str, separator: str, known: Collection[str]) -> int:
    return len({heading(cell.strip().strip('"')) for cell in line.split(separator)} & set(known))


def rows_of(path: Path, known: Collection[str]) -> tuple[list[list[str]] | None, Findings]:
    """Read the whole CSV file of a single command as rows of texts; None with the findings that say why not."""
    content, found = bytes_of(path)
    text, more = text_of(content, path.name) if content is not None else (None, ())
    if text is None:
        return None, found + more
    problem = strange_start(text, known)
    why = _in_words(*problem) if problem else open_quote(text)
    if why:
        return None, (finding("E-READ-003", Source(path.name), what="CSV", why=why),)
    try:
        return list(csv.reader(io.StringIO(text, newline=""))), ()
    except csv.Error:
        why = f"a cell holds more than {csv.field_size_limit():,} characters"
        return None, (finding("E-READ-003", Source(path.name), what="CSV", why=why),)


def _in_words(code: str, facts: dict[str, object]) -> str:
    message = finding(code, Source(""), **facts).message.rstrip(".")
    return message[0].lower() + message[1:]


def bytes_of(path: Path) -> tuple[bytes | None, Findings]:
    """Give a file's bytes, or a finding that says why it cannot be opened."""
    if not os.path.lexists(path):
        return None, (finding("E-READ-001", Source(path.name), why="there is no such file"),)
    try:
        content = read_once(path)
    except UnreadableError as error:
        return None, (finding("E-READ-001", Source(path.name), why=error.strerror),)
    if len(content) > MOST_MEGABYTES * MEGABYTE:
        return None, (finding("E-READ-004", Source(path.name), limit=MOST_MEGABYTES),)
    return content, ()


def text_of(content: bytes, name: str) -> tuple[str | None, Findings]:
    """Give a file's text in UTF-8, without its byte order mark, or a finding that says why it is none."""
    text, why = text_or_why(content)
    return text, () if text is not None else (finding("E-READ-002", Source(name), why=why),)
