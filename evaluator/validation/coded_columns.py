"""Columns of texts as whole numbers: every distinct text is looked at once, however many rows there are."""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, overload

import numpy as np
import numpy.typing as npt

from evaluator.records.submissions.received import Table

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
ORDINARY_SPACE = " \t\r\n"  # what is dropped around ids and words; stranger characters stay and are shown
NONE = -1
FEW = 20_000  # texts or numbers that are coded before pandas, which alone is quicker with more, is loaded
Text = TypeVar("Text", bound=Hashable)
Found = TypeVar("Found")


def numbered(column: Any) -> tuple[Ints, Any]:
    """Give each item of a column a number, the first that comes first, and the different items by their numbers."""
    if len(column) > FEW or not isinstance(column, np.ndarray):
        import pandas as pd

        found: tuple[Ints, Any] = pd.factorize(column)
        return found
    places: dict[Any, int] = {}
    codes = np.array([places.setdefault(one, len(places)) for one in column.tolist()], dtype=np.int64)
    return codes, np.array(list(places), dtype=column.dtype)


@dataclass(frozen=True)
class Coded:
    """A column of texts: for each row a code, and for each code its text."""

    codes: Ints
    values: tuple[str, ...]

    @classmethod
    def of(cls, column: Any) -> "Coded":
        """Code a column, the first text that comes first."""
        codes, different = numbered(column)
        return cls(codes, tuple(np.asarray(different, dtype=object).tolist()))

    def known(self, index: Mapping[str, int]) -> Ints:
        """Give each row's place in an index, and NONE where the index does not have it."""
        return self.looked_up([index.get(value, NONE) for value in self.values])

    def among(self, names: tuple[str, ...]) -> Ints:
        """Give each row's place among some names, and NONE where it is none of them."""
        return self.codes if self.values == names else self.known({name: at for at, name in enumerate(names)})

    def looked_up(self, numbers: Sequence[int]) -> Ints:
        """Give each row the number of its text."""
        return np.array(numbers or [NONE], dtype=np.int64)[self.codes]

    def where(self, holds: Callable[[str], object]) -> Flags:
        """Flag the rows for whose text something holds; each text is asked about once."""
        return np.array(list(map(bool, map(holds, self.values))) or [False])[self.codes]

    @cached_property
    def bare(self) -> "Coded":
        """The column without ordinary space around its texts."""
        whole = "".join(self.values)
        padded = any(space in whole for space in ORDINARY_SPACE)
        return self.changed(lambda text: text.strip(ORDINARY_SPACE)) if padded else self

    @cached_property
    def blank(self) -> Flags:
        """The rows without a text."""
        return self.where(lambda text: not text) if "" in self.values else np.zeros(len(self.codes), dtype=np.bool_)

    @property
    def firsts(self) -> list[int]:
        """The first row of each text."""
        return np.flatnonzero(np.diff(np.maximum.accumulate(self.codes), prepend=NONE)).tolist()

    def changed(self, how: Callable[[str], str]) -> "Coded":
        """Give the column with other texts, those that became one under one code."""
        texts = tuple(map(how, self.values))
        if texts == self.values:
            return self
        again = Coded.of(np.array(texts, dtype=object))
        return Coded(again.codes[self.codes], again.values)


class Texts(Sequence[str]):
    """A column as a file was read: it is coded when somebody first asks, and a text is made when it is asked for."""

    def __init__(self, held: Any, coded: Coded | None = None) -> None:
        self._held = held
        if coded is not None:
            self.coded = coded

    @cached_property
    def coded(self) -> Coded:
        """The column's codes, and its distinct texts."""
        return Coded.of(self._held)

    @cached_property
    def starts(self) -> Coded:
        """The first characters of the texts, coded: of long texts they are told much sooner than the rest."""
        import pandas as pd

        return Coded.of(pd.Series(self._held).str[:1].array)

    @property
    def empty(self) -> Flags:
        """The rows without a text."""
        return np.asarray(self._held == "", dtype=np.bool_)

    def otherwise(self, coded: Coded) -> "Texts":
        """Give the column with other texts; itself where none is another."""
        return self if coded is self.coded else Texts(np.array(coded.values, dtype=object)[coded.codes], coded)

    def __len__(self) -> int:
        return len(self._held)

    @overload
    def __getitem__(self, row: int) -> str: ...

    @overload
    def __getitem__(self, row: slice) -> "Texts": ...

    def __getitem__(self, row: int | slice) -> "str | Texts":
        if isinstance(row, slice):
            return self.rows(row)
        return self.coded.values[self.coded.codes[row]] if "coded" in self.__dict__ else self._text(row)

    def _text(self, row: int) -> str:
        return str(self._held[row])

    def __iter__(self) -> Iterator[str]:
        if "coded" in self.__dict__:
            return map(self.coded.values.__getitem__, self.coded.codes.tolist())
        return iter(np.asarray(self._held, dtype=object).tolist())

    def rows(self, rows: Any) -> "Texts":
        """Take some rows, by a mask or by positions."""
        return type(self)(self._held[rows])


def present(table: Table | None) -> Table | None:
    """Give a table that has rows, else None."""
    return table if table is not None and len(table) else None


def texts(table: Table, key: str) -> Sequence[str]:
    """Give a column's texts, or empty ones where the table has no such column."""
    none = Coded(np.zeros(len(table), dtype=np.int64), ("",))
    return table.columns[key] if key in table.columns else Texts(np.full(len(table), "", dtype=object), none)


def coding(column: Sequence[str]) -> Coded:
    """Code a column; one that a file was read into is coded once."""
    return column.coded if isinstance(column, Texts) else Coded.of(np.asarray(column, dtype=object))


def distinct(column: Sequence[str]) -> Collection[str]:
    """Give the different texts of a column."""
    return column.coded.values if isinstance(column, Texts) else set(column)


def replaced(column: Sequence[str], others: Mapping[str, str]) -> Sequence[str]:
    """Give a column with others for some of its texts."""
    if isinstance(column, Texts):
        return column.otherwise(column.coded.changed(lambda text: others.get(text, text))) if others else column
    return [others.get(text, text) for text in column] if others else column


def words(table: Table, key: str) -> Sequence[str]:
    """Give a column's texts without ordinary space around them."""
    column = texts(table, key)
    if isinstance(column, Texts):
        return column.otherwise(column.coded.bare)
    return replaced(column, {text: bare for text in distinct(column) if (bare := text.strip(ORDINARY_SPACE)) != text})


def read(column: Sequence[Text], how: Callable[[Text], Found]) -> list[Found]:
    """Read a column, each distinct text of it once.

    >>> read(["1", "2", "1"], int)
    [1, 2, 1]
    """
    if isinstance(column, Texts):
        own: Sequence[Any] = column.coded.values
        found = [how(text) for text in own]
        if len(found) == 1:
            return found * len(column)
        return list(map(found.__getitem__, column.coded.codes.tolist()))
    said = {text: how(text) for text in set(column)}
    return list(map(said.__getitem__, column))


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
    return coding(texts(table, key)).bare


def reported(table: Table, key: str) -> Flags:
    """Flag the cells of a column that have their finding already: reading refused them, or the column is not there."""
    flags = np.full(len(table), key not in table.columns)
    flags[[row for row, column in table.faults if column == key]] = True
    return flags


def without_words(column: Sequence[str], part: Callable[[str], bool] = str.isalnum) -> Flags:
    """Flag the texts that hold no ``part`` of a word: neither a letter nor a digit, if not told otherwise.

    >>> without_words(["Good.", " ", "-", "", "(2 of 3)"]).tolist()
    [False, True, True, True, False]
    """
    # Most texts start with a letter.
    starts = column.starts if isinstance(column, Texts) else Coded.of(np.asarray(column, dtype=object).astype("U1"))
    flags = starts.where(lambda first: not part(first))
    doubtful = np.flatnonzero(flags)
    flags[doubtful] = [not any(map(part, column[row])) for row in doubtful.tolist()]
    return flags


def each_once(keys: Ints) -> bool:
    """Whether every key is a number from nought on, and none stands twice: the usual case of answers."""
    return bool(len(keys) and keys.min() >= 0 and np.bincount(keys).max() == 1)


def first_of_each(keys: Ints) -> Ints:
    """Give for each row the first row with the same key.

    >>> first_of_each(np.array([7, 5, 7, 5, 9])).tolist()
    [0, 1, 0, 1, 4]
    """
    if each_once(keys):
        return np.arange(len(keys))
    order = np.argsort(keys, kind="stable")
    starts = np.diff(keys[order], prepend=keys[order][:1] - 1) != 0
    first = np.empty(len(keys), dtype=np.int64)
    first[order] = order[starts][np.cumsum(starts) - 1]
    return first
