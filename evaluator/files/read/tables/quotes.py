"""Quotation marks of a CSV file: one that is opened and never closed swallows the rows under it."""

import csv
import io

ENDS = (",", "\r", "\n", "")  # what may stand after the quotation mark that closes a cell


def open_quote(text: str) -> str:
    r"""Say which line has a quotation mark that nothing closes, or none that may stand there; empty where all is well.

    A cell that begins with a quotation mark ends with the next one that is not doubled, and then the cell must be over.

    >>> open_quote('bid,name\nB1,"Lantern\nB2,Beacon\n')
    'the quotation mark in line 2 is never closed'
    >>> open_quote('bid,name\nB1,"Lan" tern\n')
    'in line 2 something stands after a quotation mark that closes a cell'
    >>> open_quote('bid,name\nB1,"Lan ""the lamp"" tern, ""\nB2"\nB3,6" nails\n')
    ''
    """
    if '"' not in text or _reads_well(text):
        return ""
    at, line = 0, 1
    while True:
        start = _next_cell_in_quotes(text, at)
        if start < 0:
            return ""
        line += _line_ends(text, at, start)
        end = _closing(text, start + 1)
        if end < 0:
            return f"the quotation mark in line {line} is never closed"
        if text[end + 1 : end + 2] not in ENDS:
            return f"in line {line} something stands after a quotation mark that closes a cell"
        line += _line_ends(text, start, end + 1)
        at = end + 1


def _reads_well(text: str) -> bool:
    """Let a quick reader go through the text first; it does not say where a quotation mark was opened."""
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), strict=True):
            pass
    except csv.Error:
        return False
    return True


def _next_cell_in_quotes(text: str, at: int) -> int:
    start = text.find('"', at)
    while start > 0 and text[start - 1] not in ",\r\n":
        start = text.find('"', start + 1)
    return start


def _closing(text: str, at: int) -> int:
    end = text.find('"', at)
    while end >= 0 and text[end + 1 : end + 2] == '"':
        end = text.find('"', end + 2)
    return end


def _line_ends(text: str, start: int, end: int) -> int:
    returns = text.count("\r", start, end) - text.count("\r\n", start, end)
    return text.count("\n", start, end) + returns
