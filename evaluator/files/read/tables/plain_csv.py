"""CSV files in which nothing is quoted: their bytes alone say where each cell ends, for all rows at once.

Cells stay where they stand in the file, and a column's different texts are made when somebody asks for them.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluator.validation.coded_columns import Coded, Flags, Ints, Texts

COMMA, BREAK, RETURN = b",\n\r"
AT_ONCE = 2**18  # bytes, or cells, that a processor keeps at hand
WORD = 8  # bytes that are compared as one number
MOST_WORDS = 4  # of a cell that is told from others so; where there are longer ones they are compared as texts
KEPT = np.array([2 ** (8 * size) - 1 for size in range(WORD)] + [2**64 - 1], dtype=np.uint64)  # by bytes of a word
FIRST = tuple("" if byte in b",\n\r" or byte > 127 else chr(byte) for byte in range(256))
Places = npt.NDArray[np.int32]


class Cut(Texts):
    """A column as it stands in the bytes of its file: where each cell starts, and how many bytes it has."""

    def __init__(self, content: bytes, starts: Places, sizes: Places) -> None:
        self._content, self._starts, self._sizes = content, starts, sizes

    @cached_property
    def coded(self) -> Coded:
        """The column's codes, and its distinct texts."""
        words = -(-int(self._sizes.max(initial=0)) // WORD) or 1
        if words > MOST_WORDS:
            return Coded.of(np.array(list(self), dtype=object))
        parts = [self._words(at * WORD) for at in range(words)]
        codes, firsts = _numbered(parts[0])
        for part in parts[1:]:
            further, others = _numbered(part)
            codes, firsts = _numbered(codes * len(others) + further)
        texts = np.stack([part[firsts] for part in parts], axis=1).astype("<u8").view(f"S{words * WORD}")
        return Coded(codes, tuple(map(bytes.decode, texts.ravel().tolist())))

    @property
    def starts(self) -> Coded:
        """The first characters of the texts as one byte tells them; nothing for what is blank or takes several."""
        return Coded(np.frombuffer(self._content, dtype=np.uint8)[self._starts], FIRST)

    @property
    def empty(self) -> Flags:
        """The rows without a text."""
        return self._sizes == 0

    def _words(self, at: int) -> npt.NDArray[np.uint64]:
        """Give eight bytes of each cell from one of them on, as one number; nought for those beyond its end."""
        last = len(self._content) - WORD
        every: npt.NDArray[np.uint64] = np.ndarray((last + 1,), "<u8", self._content, strides=(1,))
        found = np.empty(len(self), dtype=np.uint64)
        for start in range(0, len(self), AT_ONCE):
            places = self._starts[start : start + AT_ONCE] + at
            sizes = np.clip(self._sizes[start : start + AT_ONCE] - at, 0, WORD)
            words = every[np.minimum(places, last)]
            words >>= (8 * np.clip(places - last, 0, WORD - 1)).astype(np.uint64)  # at the end of the file
            found[start : start + AT_ONCE] = words & KEPT[sizes]
        return found

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, row: int) -> str: ...

    @overload
    def __getitem__(self, row: slice) -> "Cut": ...

    def __getitem__(self, row: int | slice) -> "str | Cut":
        if isinstance(row, slice):
            return self.rows(row)
        start = int(self._starts[row])
        return self._content[start : start + int(self._sizes[row])].decode()

    def __iter__(self) -> Iterator[str]:
        if "coded" in self.__dict__:
            return map(self.coded.values.__getitem__, self.coded.codes.tolist())
        ends = (self._starts + self._sizes).tolist()
        return (self._content[start:end].decode() for start, end in zip(self._starts.tolist(), ends, strict=True))

    def rows(self, rows: Any) -> "Cut":
        """Take some rows, by a mask or by positions."""
        return Cut(self._content, self._starts[rows], self._sizes[rows])


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
    lines = ends[width - 1 :: width]
    bytes_of = np.frombuffer(content, dtype=np.uint8)
    if width == 1 or len(ends) != width * breaks or not (bytes_of[lines] == BREAK).all():
        return None
    returns = content.count(b"\r") if b"\r" in content else 0
    if returns and (returns != breaks or not (bytes_of[lines - 1] == RETURN).all()):
        return None
    starts = [np.append(np.int32(start), lines[:-1] + 1), *(ends[at::width] + 1 for at in range(width - 1))]
    sizes = [ends[at::width] - own for at, own in enumerate(starts)]
    sizes[-1] -= 1 if returns else 0
    return [Cut(content, *each) for each in zip(starts, sizes, strict=True)]


def _ends(content: bytes) -> tuple[Places, int]:
    """Give where cells end, and how many of these places are line breaks."""
    found, breaks = [], 0
    every = np.frombuffer(content, dtype=np.uint8)
    for start in range(0, len(every), AT_ONCE):
        here = every[start : start + AT_ONCE]
        ends = here == BREAK
        breaks += np.count_nonzero(ends)
        ends |= here == COMMA
        found.append(np.flatnonzero(ends).astype(np.int32) + np.int32(start))
    return np.concatenate(found), breaks


def _numbered(numbers: npt.NDArray[Any]) -> tuple[Ints, Ints]:
    """Code numbers, the first that comes first, with the row in which each is first.

    Equal ones often follow each other, so that only the first of each run is looked up.
    """
    starts = np.append(0, np.flatnonzero(numbers[1:] != numbers[:-1]) + 1)[: len(numbers)]
    codes, distinct = pd.factorize(numbers[starts])
    firsts = np.empty(len(distinct), dtype=np.int64)
    firsts[codes[::-1]] = starts[::-1]  # of several the last counts, which is the first
    return np.repeat(codes, np.diff(starts, append=len(numbers))), firsts
