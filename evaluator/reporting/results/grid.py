"""Where things stand in a sheet: columns by key, rows by number, and addresses for formulas."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluator.records.documents import Cell

FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
LONGEST_NAME = 31


def letters(column: int) -> str:
    """Name a column, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


@dataclass(frozen=True)
class Grid:
    """Columns by key over the rows of a table; rows are numbered as the spreadsheet program numbers them."""

    sheet: str
    keys: Sequence[str]
    first: int
    count: int

    def __contains__(self, key: str) -> bool:
        """Whether the table has a column of that key."""
        return key in self.keys

    def letter(self, key: str) -> str:
        """Name the column of a key."""
        return letters(self.keys.index(key))

    def row(self, at: int) -> int:
        """Give the row number of a record by its position from 0."""
        return self.first + at

    def cell(self, key: str, at: int) -> str:
        """Give the address of a record's cell within the sheet, with a fixed column."""
        return f"${self.letter(key)}{self.row(at)}"

    def fixed(self, key: str, row: int) -> str:
        """Give the address of a cell in a row above the table, fixed."""
        return f"${self.letter(key)}${row}"

    def span(self, key: str) -> str:
        """Give the address of a whole column of the table, fixed."""
        letter = self.letter(key)
        return f"${letter}${self.first}:${letter}${self.first + max(self.count, 1) - 1}"

    def across(self, keys: Sequence[str], row: str) -> str:
        """Give the address of neighbouring columns in a row, such as ``8`` or ``$4``."""
        return f"${self.letter(keys[0])}{row}:${self.letter(keys[-1])}{row}"

    def away(self, address: str) -> str:
        """Give an address as other sheets name it."""
        return f"{quoted(self.sheet)}!{address}"


def quoted(sheet: str) -> str:
    """Quote a sheet's name for formulas.

    >>> quoted("Young people's voice")
    "'Young people''s voice'"
    """
    return "'" + sheet.replace("'", "''") + "'"


def sheet_names(titles: Sequence[str], taken: Sequence[str]) -> tuple[str, ...]:
    """Make a legal sheet name, no two alike, from each title.

    >>> sheet_names(["Advice: all ages", "A" * 40, "Advice  all ages", "Summary"], ["Summary"])
    ('Advice all ages', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'Advice all ages (2)', 'Summary (2)')
    """
    used = {name.casefold() for name in (*taken, "history")}
    names = []
    for title in titles:
        allowed = " ".join(title.translate(FORBIDDEN).split()).strip("'") or "Theme"
        name, number = allowed[:LONGEST_NAME].strip(" '"), 1
        while name.casefold() in used:
            number += 1
            ending = f" ({number})"
            name = allowed[: LONGEST_NAME - len(ending)].strip() + ending
        used.add(name.casefold())
        names.append(name)
    return tuple(names)


def headings(*words: str) -> tuple[Cell, ...]:
    """Make a row of headings; those that start with ``#`` stand over numbers.

    >>> [(cell.value, cell.style) for cell in headings("Bid", "#Rank")]
    [('Bid', 'heading'), ('Rank', 'heading_right')]
    """
    return tuple(
        Cell(word.removeprefix("#"), style="heading_right" if word.startswith("#") else "heading") for word in words
    )


def titled(title: str, *notes: str) -> list[tuple[Cell, ...]]:
    """Make the first rows of a sheet: its title, notes, and a blank row."""
    return [(Cell(title, style="title"),), *((Cell(note, style="note_line"),) for note in notes), ()]
