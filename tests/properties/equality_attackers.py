"""Those who read every edition of the equality figures as files, and work out what they can of a named organisation.

They share no code with the rule: each parses what a document shows, in words, and knows who bid, who has an award, and
perhaps what one organisation replied.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from itertools import product

import numpy as np
from openpyxl import load_workbook
from scipy.optimize import Bounds, LinearConstraint, milp

Interval = tuple[int, int]
Table = Mapping[str, tuple[Interval, Interval | None]]  # by group: organisations, and those with an award
NO_ANSWER = "No answer"


def interval(text: str) -> Interval | None:
    """Read a figure or a band as it is printed."""
    numbers = [int(part.replace(",", "")) for part in re.findall(r"\d[\d,]*", text)]
    if not numbers:
        return None
    return (0, numbers[0]) if "fewer" in text else (numbers[0], numbers[-1])


class Rows(HTMLParser):
    """The rows of every table of a page, and every text that no eye sees: titles, descriptions, attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.hidden: list[str] = []
        self._in, self._cell = "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in = tag
        self.hidden += [value for name, value in attrs if value and name in ("alt", "title", "aria-label")]
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
            self._cell = True

    def handle_endtag(self, tag: str) -> None:
        self._cell = self._cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._in in ("title", "desc"):
            self.hidden.append(data)
        elif self._cell:
            self.rows[-1][-1] += data.strip()


def of_html(page: str, groups: Sequence[str]) -> Table:
    return _table(Rows(page).rows, groups)


def of_workbook(content: bytes, groups: Sequence[str]) -> Table:
    """Read every cell of every sheet, whether it is shown or not."""
    book = load_workbook(BytesIO(content))
    rows = [[str(cell or "") for cell in row] for sheet in book for row in sheet.iter_rows(values_only=True)]
    return _table([row[1:4] for row in rows], groups)


def of_word(content: bytes, groups: Sequence[str]) -> Table:
    """Read the rows of every table of a Word file from its parts."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        document = parts.read("word/document.xml").decode()
    rows = re.findall(r"<w:tr[ >].*?</w:tr>", document, re.DOTALL)
    cells = (
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<w:tc[ >].*?</w:tc>", row, re.DOTALL)] for row in rows
    )
    return _table(list(cells), groups)


def _table(rows: Sequence[Sequence[str]], groups: Sequence[str]) -> Table:
    found: dict[str, tuple[Interval, Interval | None]] = {}
    for row in rows:
        name = re.sub(r" ?reply-\d+(-\d+)?$", "", row[0]) if row else ""  # the reference beside it is no part of it
        if len(row) == 3 and name in groups and (size := interval(row[1])):
            found.setdefault(name, (size, interval(row[2])))
    return found


@dataclass(frozen=True)
class Seen:
    """One edition as everyone has it: who bid and whether each has an award, and the table of its document."""

    funded: Mapping[str, bool]
    table: Table


@dataclass
class Attacker:
    """Bounds of every kind of organisation's replies, in whole numbers, over all editions at once.

    ``known`` is the reply of one organisation, the attacker's own.
    """

    editions: Sequence[Seen]
    replies: Sequence[str]
    known: tuple[str, str] | None = None
    kinds: dict[tuple[object, ...], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = sorted({name for one in self.editions for name in one.funded})
        for name in names:
            own = self.known is not None and name == self.known[0]
            self.kinds.setdefault((own, *(one.funded.get(name) for one in self.editions)), []).append(name)
        self._columns = list(product(self.kinds, (*self.replies, NO_ANSWER)))

    def _rows(self) -> Iterator[tuple[list[int], Interval]]:
        for kind, names in self.kinds.items():
            yield [at for at, (k, _) in enumerate(self._columns) if k == kind], (len(names), len(names))
            if kind[0] and self.known:
                said = self.known[1]
                yield [at for at, (k, r) in enumerate(self._columns) if k == kind and r == said], (1, 1)
        for number, one in enumerate(self.editions, start=1):
            for group, (size, won) in one.table.items():
                own = [at for at, (_, r) in enumerate(self._columns) if r == group]
                bid = [at for at in own if self._columns[at][0][number] is not None]
                yield bid, size
                if won:
                    yield [at for at in own if self._columns[at][0][number]], won

    def betrayed(self, margin: int) -> list[str]:
        """Name the replies that are proven, or bounded beyond the margin, of others than the attacker."""
        limits = list(self._rows())
        matrix = np.zeros((len(limits), len(self._columns)))
        for at, (columns, _) in enumerate(limits):
            matrix[at, columns] = 1
        between = LinearConstraint(matrix, [a for _, (a, _) in limits], [b for _, (_, b) in limits])
        found = []
        for at, (kind, reply) in enumerate(self._columns):
            if kind[0] or reply == NO_ANSWER:
                continue
            ends = []
            for sign in (1, -1):
                wanted = np.zeros(len(self._columns))
                wanted[at] = sign
                one = milp(wanted, constraints=between, integrality=np.ones(len(wanted), int), bounds=Bounds(0, np.inf))
                assert one.x is not None, "what is printed contradicts itself"
                ends.append(round(one.x[at]))
            number = len(self.kinds[kind])
            enough = min(margin, number)
            if ends[1] < enough or number - ends[0] < enough:
                found.append(f"{self.kinds[kind][:2]} {reply}: {ends[0]} to {ends[1]} of {number}")
        return found
