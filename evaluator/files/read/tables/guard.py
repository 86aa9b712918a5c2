"""The guard that every reader of a sheet passes: what a person may not see in it is a finding, whoever reads it.

A reader asks the guard for every text that it takes, and tells it which rows and columns count. What nothing reads is
told as a note, so that nobody believes that it counts; of private files only where it stands.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evaluator.files.read.tables.cells import SHOWN, cell_text
from evaluator.files.read.tables.layouts import Column
from evaluator.files.read.xlsx.cell import Area, Book, Held, Sheet, coordinates, letters
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.look_alikes import odd_letters, skeleton
from evaluator.records.texts import visible

TEXT = Column("", "", "long_text")
NOT_REPEATED = "something that is not repeated here"
REPEATS = ("value", "formula", "error", "date", "shown", "what", "format", "heading", "found")  # facts that quote cells
FEW = 3  # texts that a note quotes
FEW_PLACES = 5  # cells and rows that a finding names
LONGEST = 40  # characters of each text quoted
Cell = tuple[int, int]  # row and column


@dataclass
class Guard:
    """One sheet that is read.

    Parameters
    ----------
    findings : are added to.
    private : whether no finding may repeat what stands in the sheet.
    """

    sheet: Sheet
    file: str
    findings: list[Finding]
    from_1904: bool = False
    private: bool = False
    _disguised: dict[int, "_Rows"] = field(default_factory=dict)
    _spilled: dict[int, "_Rows"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find a sheet that nobody sees."""
        if not self.sheet.visible:
            self.note("E-FILE-023", sheet=self.sheet.title)

    def note(self, code: str, row: int = 0, column: int = 0, **facts: Any) -> None:
        """Keep a finding about a place in this sheet."""
        if self.private:
            facts = not_repeated(facts)
        place = Source(self.file, self.sheet.title, row, letters(column) if column else "")
        self.findings.append(finding(code, place, **facts))

    def text(
        self, row: int, column: int, kind: Column = TEXT, *, instead: Held | None = None, percent: bool = False
    ) -> tuple[str, bool]:
        """Take a cell's text; where it must not be taken, an empty text, with a finding.

        Parameters
        ----------
        instead : what the cell comes to, where its reader takes more than texts and numbers.
        percent : whether a percentage is taken as one, with its sign.
        """
        held = instead or self.sheet.cell(row, column)
        if held is None:
            return "", False
        if self.sheet.spilled and row in self._spilled_rows(column):
            return "", True  # the whole range has one finding
        noughts = self.sheet.noughts_shown
        text, fault = cell_text(held, kind, from_1904=self.from_1904, noughts_shown=noughts, percent=percent)
        disguised = self.sheet.disguised if text and not fault else ()
        if disguised and row in _rows_of(self._disguised, column, disguised):
            fault = "E-CELL-010", {"value": text[:SHOWN], "why": "a conditional format can change or hide it"}
        if fault:
            self.note(fault[0], row, column, **fault[1])
        return "" if fault else text, fault is not None

    def _spilled_rows(self, column: int) -> "_Rows":
        return _rows_of(self._spilled, column, (area for area in self.sheet.spilled if _is_several(area)))

    def check(self, headings: Mapping[int, str], first: int, rows: Iterable[int]) -> None:
        """Find what of a table cannot be seen, or is not what it seems.

        Parameters
        ----------
        headings : of the columns that count, by their numbers.
        first : the first row that counts, such as the row of headings.
        rows : those that hold what counts.
        """
        self._hidden(headings, rows)
        self._ranges(headings, first)
        for start, last in sorted(self.sheet.covered):
            if last >= first and start <= self.sheet.last_row:
                self.note("E-CELL-011", max(start, first), last=min(last, self.sheet.last_row))
        self._comments()

    def _hidden(self, headings: Mapping[int, str], rows: Iterable[int]) -> None:
        hidden = [row for row in rows if self.sheet.row_hidden(row)]
        if hidden:
            self.note("E-CELL-006", hidden[0], rows=_several(list(_runs(hidden))))
        areas = self.sheet.hidden_columns
        unseen = [text for at, text in headings.items() if any(start <= at <= last for start, last in areas)]
        if unseen:
            self.note("E-CELL-008", heading=", ".join(unseen))

    def _ranges(self, columns: Iterable[int], first: int) -> None:
        used = set(columns)
        for areas, code in ((self.sheet.merged, "E-CELL-007"), (self.sheet.spilled, "E-CELL-020")):
            below = (area for area in sorted(areas) if area.last_row >= first and _is_several(area))
            if met := [area for area in below if _meets(area, used)]:
                cells = _several([coordinates(area) for area in met])
                self.note(code, met[0].first_row, met[0].first_column, cells=cells)

    def _comments(self) -> None:
        said = self.sheet.comments
        if said:
            cells = sorted(said)
            self.note("E-CELL-021", *cells[0], cells=places(cells), what=quoted(said[cell] for cell in cells))

    def unread(self, code: str, cells: Sequence[Cell], **facts: Any) -> None:
        """Tell of cells that nothing reads: how many they are, where, and what stands in them."""
        if cells:
            held = (self.sheet.cell(*cell) for cell in cells)
            what = quoted(one.text or one.formula or "" for one in held if one)
            self.note(code, *cells[0], count=f"{len(cells):,}", cells=places(cells), what=what, **facts)


def not_repeated(facts: Mapping[str, object]) -> dict[str, object]:
    """Take out of a finding's facts what would repeat a cell."""
    return {name: NOT_REPEATED if name in REPEATS else fact for name, fact in facts.items()}


class _Rows:
    """The rows of one column that some ranges meet, looked up in a time that grows with no number of ranges."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, last in sorted(spans):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(last, self.ends[-1])
            else:
                self.starts.append(start)
                self.ends.append(last)

    def __contains__(self, row: int) -> bool:
        at = bisect_right(self.starts, row) - 1
        return at >= 0 and row <= self.ends[at]


def _rows_of(kept: dict[int, _Rows], column: int, areas: Iterable[Area]) -> _Rows:
    if column not in kept:
        met = (area for area in areas if area.first_column <= column <= area.last_column)
        kept[column] = _Rows((area.first_row, area.last_row) for area in met)
    return kept[column]


def _is_several(area: Area) -> bool:
    return area[:2] != area[2:]


def _meets(area: Area, columns: set[int]) -> bool:
    return any(area.first_column <= column <= area.last_column for column in columns)


def is_empty(held: Held | None) -> bool:
    """Whether a cell holds neither a text nor a formula."""
    return held is None or (held.formula is None and not held.text.strip())


def filled(sheet: Sheet) -> Iterator[Cell]:
    """Give the row and column of every cell that is not empty."""
    for row, cells in sheet.rows.items():
        yield from ((row, column) for column, held in cells.items() if not is_empty(held))


def _several(texts: Sequence[str], most: int = FEW_PLACES) -> str:
    """List the first of some texts, and say how many there are beside.

    >>> _several(["B2", "B3"]), _several(["B2", "B3", "B4", "B5"], 2)
    ('B2, B3', 'B2, B3 and 2 more')
    """
    return ", ".join(texts[:most]) + (f" and {len(texts) - most:,} more" if len(texts) > most else "")


def _runs(numbers: Sequence[int]) -> Iterator[str]:
    """Write numbers in order as runs.

    >>> list(_runs([3, 5, 6, 7]))
    ['3', '5 to 7']
    """
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            yield f"{numbers[start]}" + (f" to {numbers[at - 1]}" if at - start > 1 else "")
            start = at


def places(cells: Sequence[Cell]) -> str:
    """Name the first of some cells.

    >>> places([(2, 4), (3, 4)])
    'D2, D3'
    """
    return _several([f"{letters(column)}{row}" for row, column in cells])


def quoted(texts: Iterable[str]) -> str:
    """Quote the first different ones of some texts, each cut to what fits in a line.

    >>> quoted(["late", "late", "", "see e-mail"])
    '“late”, “see e-mail”'
    """
    plain = dict.fromkeys(" ".join(visible(text).split()) for text in texts)
    shown = [f"“{one[:LONGEST]}{'…' * (len(one) > LONGEST)}”" for one in plain if one]
    return _several(shown, FEW) or "nothing that can be shown"


def sheet_named(book: Book, file: str, name: str) -> tuple[Sheet | None, tuple[Finding, ...]]:
    """Find the sheet of a name; where several could be taken for it, or its name only looks so, with a finding."""
    alike = [sheet for sheet in book.sheets if skeleton(sheet.title) == skeleton(name)]
    if len(alike) > 1:
        found = ", ".join(f"“{visible(one.title)}”{'' if one.visible else ' (hidden)'}" for one in alike)
        return None, (finding("E-FILE-027", Source(file), sheet=name, found=found),)
    if not alike or _fits(alike[0].title, name):
        return (alike[0] if alike else None), ()
    facts = {"what": "The sheet’s name", "wanted": name, "odd": odd_letters(alike[0].title)}
    return alike[0], (finding("E-FILE-042", Source(file, alike[0].title), **facts),)


def _fits(text: str, name: str) -> bool:
    """Whether a text is a name but for capitals and spaces."""
    return " ".join(text.split()).lower() == " ".join(name.split()).lower()
