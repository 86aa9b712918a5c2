"""Columns of texts as whole numbers: every distinct text is looked at once, however many rows there are."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluator.records.submissions.received import Table

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
ORDINARY_SPACE = " \t\r\n"  # what is dropped around ids and words; stranger characters stay and are shown
NONE = -1
Text = TypeVar("Text", bound=Hashable)
Found = TypeVar("Found")


@dataclass(frozen=True)
class Coded:
    """A column of ids: for each row a code, and for each code its text without ordinary space around it."""

    codes: Ints
    values: tuple[str, ...]

    def known(self, index: Mapping[str, int]) -> Ints:
        """Give each row's place in an index, and NONE where the index does not have it."""
        places = np.array([index.get(value, NONE) for value in self.values] or [NONE], dtype=np.int64)
        return places[self.codes]


def present(table: Table | None) -> Table | None:
    """Give a table that has rows, else None."""
    return table if table is not None and len(table) else None


def texts(table: Table, key: str) -> Sequence[str]:
    """Give a column's texts, or empty ones where the table has no such column."""
    return table.columns[key] if key in table.columns else [""] * len(table)


def words(table: Table, key: str) -> list[str]:
    """Give a column's texts without ordinary space around them."""
    column = texts(table, key)
    padded = {text: bare for text in set(column) if (bare := text.strip(ORDINARY_SPACE)) != text}
    return [padded.get(text, text) for text in column] if padded else [*column]


def read(column: Sequence[Text], how: Callable[[Text], Found]) -> list[Found]:
    """Read a column, each distinct text of it once.

    >>> read(["1", "2", "1"], int)
    [1, 2, 1]
    """
    found = {text: how(text) for text in set(column)}
    return list(map(found.__getitem__, column))


def names_of(register: Table) -> list[str]:
    """Give each bid's organisation by name, or by id where the register has no name."""
    both = zip(words(register, "name"), words(register, "organisation"), strict=True)
    return [name or organisation for name, organisation in both]


def coded(table: Table, key: str) -> Coded:
    """Code a column of ids.

    >>> column = coded(Table({"bid": ["B2", "B1 ", "B2", "B1"]}, ()), "bid")
    >>> column.codes.tolist(), column.values
    ([0, 1, 0, 1], ('B2', 'B1'))
    """
    codes, distinct = pd.factorize(np.asarray(texts(table, key), dtype=object))
    again, values = pd.factorize(np.array([text.strip(ORDINARY_SPACE) for text in distinct], dtype=object))
    return Coded(again.astype(np.int64)[codes], tuple(values))


def reported(table: Table, key: str) -> Flags:
    """Flag the cells of a column that have their finding already: reading refused them, or the column is not there."""
    flags = np.full(len(table), key not in table.columns)
    flags[[row for row, column in table.faults if column == key]] = True
    return flags


def without_words(column: Sequence[str]) -> Flags:
    """Flag the texts that hold neither a letter nor a digit.

    >>> without_words(["Good.", " ", "-", "", "(2 of 3)"]).tolist()
    [False, True, True, True, False]
    """
    flags: Flags = ~np.strings.isalnum(np.asarray(column, dtype=object).astype("U1"))  # most texts start with a letter
    doubtful = np.flatnonzero(flags)
    flags[doubtful] = [not any(map(str.isalnum, column[row])) for row in doubtful.tolist()]
    return flags


def first_of_each(keys: Ints) -> Ints:
    """Give for each row the first row with the same key.

    >>> first_of_each(np.array([7, 5, 7, 5, 9])).tolist()
    [0, 1, 0, 1, 4]
    """
    order = np.argsort(keys, kind="stable")
    starts = np.diff(keys[order], prepend=keys[order][:1] - 1) != 0
    first = np.empty(len(keys), dtype=np.int64)
    first[order] = order[starts][np.cumsum(starts) - 1]
    return first
