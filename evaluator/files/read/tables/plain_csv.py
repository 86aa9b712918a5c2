"""CSV files in which nothing is quoted: their bytes alone say where each cell ends, for many rows at once.

Cells of a few bytes are held as numbers and others stay where they stand in the file; a text is made of one when
somebody asks for it.
"""

from collections.abc import Iterator, Sequence, Set
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from evaluator.validation.coded_columns import Coded, Flags, Ints, Texts, numbered

COMMA, BREAK, RETURN = b",\n\r"
BYTES = 2**19  # of a file that are looked at at once: as many as a processor keeps at hand
WORD = 8  # bytes that one number holds
KEPT = np.array([2 ** (8 * size) - 1 for size in range(WORD)] + [2**64 - 1], dtype=np.uint64)  # by bytes of a word
FIRST = tuple("" if byte in b",\n\r\0" or byte > 127 else chr(byte) for byte in range(256))
Words = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int32]


class Short(Texts):
    """A column of cells of at most eight bytes, each as one number; nought is a blank one."""

    @cached_property
    def coded(self) -> Coded:
        """The column's codes, and its distinct texts."""
        codes, distinct = _numbered(self._held)
        texts = np.ascontiguousarray(distinct, dtype="<u8").view(f"S{WORD}")
        return Coded(codes, tuple(map(bytes.decode, texts.tolist())))

    @property
    def starts(self) -> Coded:
        """The first characters of the texts as one byte tells them; nothing for what is blank or takes several."""
        return Coded((self._held & 0xFF).astype(np.int64), FIRST)

    @property
    def empty(self) -> Flags:
        """The rows without a text."""
        flags: Flags = self._held == 0
        return flags

    def _text(self, row: int) -> str:
        text: str = self.coded.values[self.coded.codes[row]]
        return text

    def __iter__(self) -> Iterator[str]:
        return map(self.coded.values.__getitem__, self.coded.codes.tolist())


class Cut(Texts):
    """A column as it stands in the bytes of its file: each cell between the places where the last and it end."""

    def __init__(self, content: bytes, before: Places, ends: Places) -> None:
        self._content, self._before, self._ends = content, before, ends

    @cached_property
    def coded(self) -> Coded:
        """The column's codes, and its distinct texts."""
        return Coded.of(np.array(list(self), dtype=object))

    @property
    def starts(self) -> Coded:
        """The first characters of the texts as one byte tells them; nothing for what is blank or takes several."""
        codes: Any = np.frombuffer(self._content, dtype=np.uint8)[self._before + 1]
        return Coded(codes, FIRST)

    @property
    def empty(self) -> Flags:
        """The rows without a text."""
        flags: Flags = self._ends == self._before + 1
        return flags

    def _text(self, row: int) -> str:
        return self._content[int(self._before[row]) + 1 : int(self._ends[row])].decode()

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[str]:
        places = zip(self._before.tolist(), self._ends.tolist(), strict=True)
        return (self._content[before + 1 : end].decode() for before, end in places)

    def rows(self, rows: Any) -> "Cut":
        """Take some rows, by a mask or by positions."""
        return Cut(self._content, self._before[rows], self._ends[rows])


def plain_columns(
    content: bytes, start: int, long: Set[int] = frozenset()
) -> tuple[Sequence[str], Sequence[Texts]] | None:
    r"""Give a file's headings and its columns; None where its bytes alone do not say which cells it has.

    That is where a cell is quoted, a row has more or fewer cells than the first, or lines end in several ways.

    Parameters
    ----------
    long : the columns that are known to have cells of more than eight bytes.

    >>> headings, columns = plain_columns(b"bid,price\r\nB1,120\r\n", 0)
    >>> headings, [list(column) for column in columns]
    (['bid', 'price'], [['B1'], ['120']])
    """
    first = content.find(b"\n", start) + 1
    if b'"' in content or not 0 < first < len(content) or len(content) < WORD:
        return None
    line_end = b"\r\n" if content[first - 2] == RETURN else b"\n"
    if line_end == b"\n" and b"\r" in content:
        return None
    content += b"" if content.endswith(b"\n") else line_end.removeprefix(content[-1:])
    headings = content[start : first - 1].removesuffix(b"\r").decode().split(",")
    parts: list[list[Any]] = [[] for _ in headings]
    while first < len(content):
        stop = content.rfind(b"\n", first, first + BYTES) + 1 or content.index(b"\n", first) + 1
        block = _block(content, slice(first, stop), len(headings), line_end)
        if block is None:
            return None
        for column, (before, ends) in enumerate(zip(*block, strict=True)):
            if column in long:
                parts[column].append((before, ends))
            elif (ends - before).max() > WORD + 1:
                return plain_columns(content, start, long | {column})
            else:
                parts[column].append(_words(content, before + 1, ends))
        first = stop
    return headings, [_column(content, its, is_long=at in long) for at, its in enumerate(parts)]


def _block(content: bytes, here: slice, width: int, line_end: bytes) -> tuple[Places, Places] | None:
    """Give for each column and row of a block the places where the cell before ends and where it ends itself."""
    every = np.frombuffer(content, dtype=np.uint8)
    breaks = every[here] == BREAK
    found = np.flatnonzero(breaks | (every[here] == COMMA)).astype(np.int32) + np.int32(here.start)
    rows = np.count_nonzero(breaks)
    if width == 1 or len(found) != width * rows:
        return None
    ends = np.ascontiguousarray(found.reshape(rows, width).T)
    lines = ends[-1]
    if not (every[lines] == BREAK).all():
        return None
    before = np.vstack([np.append(np.int32(here.start - 1), lines[:-1]), ends[:-1]])
    if line_end != b"\n":
        if content.count(b"\r", here.start, here.stop) != rows or not (every[lines - 1] == RETURN).all():
            return None
        lines -= 1
    return before, ends


def _words(content: bytes, starts: Places, ends: Places) -> Words:
    """Give cells of at most eight bytes as numbers."""
    last = len(content) - WORD
    every: Words = np.ndarray((last + 1,), "<u8", content, strides=(1,))
    known = np.minimum(starts, last)
    words = every[known]
    if starts[-1] > last:  # at the end of the file
        words >>= (8 * np.minimum(starts - known, WORD - 1)).astype(np.uint64)
    words &= KEPT[ends - starts]
    return words


def _column(content: bytes, parts: Sequence[Any], *, is_long: bool) -> Texts:
    return Cut(content, *map(np.concatenate, zip(*parts, strict=True))) if is_long else Short(np.concatenate(parts))


def _numbered(numbers: Words) -> tuple[Ints, Words]:
    """Code numbers, the first that comes first. Where equal ones follow each other, one of each run is looked up."""
    changes = np.flatnonzero(numbers[1:] != numbers[:-1]) + 1
    if 2 * len(changes) > len(numbers):
        return numbered(numbers)
    starts = np.append(0, changes)[: len(numbers)]
    codes, distinct = numbered(numbers[starts])
    return np.repeat(codes, np.diff(starts, append=len(numbers))), distinct
