"""Quotation marks of a CSV file: one that is opened and never closed swallows the rows under it."""

from collections.abc import Iterator

BEGINS = (b",", b"\r", b"\n")  # what may stand before one that opens a cell
PIECE = 1 << 24  # bytes that are looked at together
ENDS = (",", "\r", "\n", "")  # what may stand after the quotation mark that closes a cell


def quotes_are_closed(content: bytes) -> bool:
    r"""Whether every quotation mark of a file without byte order mark stands where ``open_quote`` lets it stand.

    It is asked first: it does not say where one was opened, and takes the file from mark to mark.

    >>> quotes_are_closed(b'bid,name\nB1,"Lan ""the lamp"" tern"\n'), quotes_are_closed(b'bid,name\nB1,"Lantern\n')
    (True, False)
    """
    inside = doubled = False
    before = b"\n"  # the text begins a cell
    for at, part in enumerate(_between_quotes(content)):
        if at and doubled:
            doubled = False
        elif at and not inside:
            inside = before[-1:] in BEGINS
        elif at and part:
            if part[:1] not in BEGINS:
                return False
            inside = False
        elif at:
            doubled = True  # or the end, where nothing follows
        before = part if part or at else before
    return not inside or doubled


def _between_quotes(content: bytes) -> Iterator[bytes]:
    """Give what stands between quotation marks, a piece of the file at a time."""
    left = b""
    for at in range(0, len(content), PIECE):
        *parts, left = (left + content[at : at + PIECE]).split(b'"')
        yield from parts
    yield left


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
