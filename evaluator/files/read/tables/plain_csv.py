"""CSV files in which nothing is quoted: their bytes alone say where each cell ends, for all rows at once.

Cells stay where they stand in the file, and a column's different texts are made when somebody asks for them.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, overload

import numpy as np
import numpy.typing as npt

from evaluator.validation.coded_columns import Coded, Flags, Ints, Texts, numbered

COMMA, BREAK, RETURN = b",\n\r"
BYTES, CELLS = 2**18, 2**14  # that are looked at at once, as many as a processor keeps at hand
WORD = 8  # bytes that are compared as one number
MOST_WORDS = 4  # of a cell that is told from others so; where there are longer ones they are compared as texts
KEPT = np.array([2 ** (8 * size) - 1 for size in range(WORD)] + [2**64 - 1], dtype=np.uint64)  # by bytes of a word
FIRST = tuple("" if byte in b",\n\r" or byte > 127 else chr(byte) for byte in range(256))
Places = npt.NDArray[np.int32]


class Cut(Texts):
    """A column as it stands in the bytes of its file: each cell between the places where the last and it end."""

    def __init__(self, content: bytes, before: Places, ends: Places) -> None:
        self._content, self._before, self._ends = content, before, ends

    @cached_property
    def coded(self) -> Coded:
        """The column's codes, and its distinct texts."""
        words = -(-int((self._ends - self._before).max(initial=2) - 1) // WORD)
        if words > MOST_WORDS:
            return Coded.of(np.array(list(self), dtype=object))
        codes, distinct = _numbered(self._words(0))
        texts = distinct[:, None]
        for at in range(1, words):
            further, others = _numbered(self._words(at * WORD))
            codes, pairs = _numbered(codes * len(others) + further)
            texts = np.column_stack([texts[pairs // len(others)], others[pairs % len(others)]])
        texts = np.ascontiguousarray(texts, dtype="<u8").view(f"S{words * WORD}").ravel()
        return Coded(codes, tuple(map(bytes.decode, texts.tolist())))

    @property
    def starts(self) -> Coded:
        """The first characters of the texts as one byte tells them; nothing for what is blank or takes several."""
        return Coded(np.frombuffer(self._content, dtype=np.uint8)[self._before + 1], FIRST)

    @property
    def empty(self) -> Flags:
        """The rows without a text."""
        return self._ends == self._before + 1

    def _words(self, at: int) -> npt.NDArray[np.uint64]:
        """Give eight bytes of each cell from one of them on, as one number; nought for those beyond its end."""
        last = len(self._content) - WORD
        every: npt.NDArray[np.uint64] = np.ndarray((last + 1,), "<u8", self._content, strides=(1,))
        found = np.empty(len(self), dtype=np.uint64)
        for start in range(0, len(self), CELLS):
            here = slice(start, start + CELLS)
            places = self._before[here] + (at + 1)
            beyond = int(places.max()) - last
            words = every[places] if beyond <= 0 else _at_the_end(every, places)
            np.bitwise_and(words, KEPT[np.clip(self._ends[here] - places, 0, WORD)], out=found[here])
        return found

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, row: int) -> str: ...

    @overload
    def __getitem__(self, row: slice) -> "Cut": ...

    def __getitem__(self, row: int | slice) -> "str | Cut":
        if isinstance(row, slice):
            return self.rows(row)
        return self._content[int(self._before[row]) + 1 : int(self._ends[row])].decode()

    def __iter__(self) -> Iterator[str]:
        if "coded" in self.__dict__:
            return map(self.coded.values.__getitem__, self.coded.codes.tolist())
        places = zip(self._before.tolist(), self._ends.tolist(), strict=True)
        return (self._content[before + 1 : end].decode() for before, end in places)

    def rows(self, rows: Any) -> "Cut":
        """Take some rows, by a mask or by positions."""
        return Cut(self._content, self._before[rows], self._ends[rows])


def plain_columns(content: bytes, start: int) -> Sequence[Texts] | None:
    """Give every column of a file from its first row on; None where its bytes alone do not say which cells it has.

    That is where a cell is quoted, a row has more or fewer cells than the first, or lines end in several ways.

    >>> [list(column) for column in plain_columns(b"bid,price\\r\\nB1,120\\r\\n", 0)]
    [['bid', 'B1'], ['price', '120']]
    """
    if b'"' in content or len(content) < WORD:
        return None
    content += b"" if content.endswith(b"\n") else b"\n"
    width = content[start : content.index(b"\n")].count(b",") + 1
    ends, breaks = _ends(content)
    bytes_of = np.frombuffer(content, dtype=np.uint8)
    if width == 1 or len(ends) != width * breaks:
        return None
    columns = [ends[at::width].copy() for at in range(width)]
    lines = columns[-1]
    if not (bytes_of[lines] == BREAK).all():
        return None
    returns = content.count(b"\r") if b"\r" in content else 0
    if returns and (returns != breaks or not (bytes_of[lines - 1] == RETURN).all()):
        return None
    before = np.append(np.int32(start - 1), lines[:-1])
    return [Cut(content, *each) for each in zip((before, *columns), (*columns[:-1], lines - bool(returns)))]


def _ends(content: bytes) -> tuple[Places, int]:
    """Give where cells end, and how many of these places are line breaks."""
    found, breaks = [], 0
    every = np.frombuffer(content, dtype=np.uint8)
    for start in range(0, len(every), BYTES):
        here = every[start : start + BYTES]
        ends = here == BREAK
        breaks += np.count_nonzero(ends)
        ends |= here == COMMA
        found.append(np.flatnonzero(ends).astype(np.int32) + np.int32(start))
    return np.concatenate(found), breaks


def _at_the_end(every: npt.NDArray[np.uint64], places: Places) -> npt.NDArray[np.uint64]:
    """Give the bytes from some places on, as far as the file goes."""
    known = np.minimum(places, len(every) - 1)
    found: npt.NDArray[np.uint64] = every[known] >> (8 * np.minimum(places - known, WORD - 1)).astype(np.uint64)
    return found


def _numbered(numbers: npt.NDArray[Any]) -> tuple[Ints, npt.NDArray[Any]]:
    """Code numbers, the first that comes first. Where equal ones follow each other, one of each run is looked up."""
    changes = np.flatnonzero(numbers[1:] != numbers[:-1]) + 1
    if 2 * len(changes) > len(numbers):
        return numbered(numbers)
    starts = np.append(0, changes)[: len(numbers)]
    codes, distinct = numbered(numbers[starts])
    return np.repeat(codes, np.diff(starts, append=len(numbers))), distinct
