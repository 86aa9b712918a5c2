"""A programme's folder in: where its parts lie, and what its settings say; nothing that a person did stops it."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluator.files.read.inputs import Inputs, netted
from evaluator.files.read.tables.layouts import Layout
from evaluator.files.read.tables.sheets import read_sheet
from evaluator.files.read.xlsx import open_workbook
from evaluator.files.read.xlsx.cell import Book
from evaluator.records.dates import read_day
from evaluator.records.english import listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source, in_order
from evaluator.records.office import folder
from evaluator.records.office.settings import (
    DAYS,
    LAYOUT,
    PEOPLE,
    RETENTION,
    SETTINGS,
    WORDS,
    Person,
    Retention,
    Settings,
)
from evaluator.records.submissions.received import Table
from evaluator.records.texts import visible

KEYS = {label.casefold(): key for key, (label, _) in WORDS.items()}
SWITCH = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False, "": False}
WHOLE = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True)
class Programme:
    """A programme's folder: where each of its parts lies, there or not yet there, and what its settings say."""

    root: Path
    settings: Settings
    findings: tuple[Finding, ...] = ()

    @property
    def criteria(self) -> Path:
        """The folder of the criteria."""
        return self.root / folder.CRITERIA

    @property
    def bids(self) -> Path:
        """The folder of bids."""
        return self.root / folder.BIDS

    @property
    def papers(self) -> Path:
        """The folder of what goes out."""
        return self.root / folder.PAPERS

    @property
    def received(self) -> Path:
        """The folder of every file as it came."""
        return self.root / folder.RECEIVED

    @property
    def imports(self) -> Path:
        """The folder of confirmed mappings."""
        return self.root / folder.IMPORTS

    @property
    def reports(self) -> Path:
        """The folder of runs."""
        return self.root / folder.REPORTS

    @property
    def ledger(self) -> Path:
        """The ledger."""
        return self.root / folder.LEDGER


def open_programme(path: Path) -> Programme:
    """Open a programme's folder; what is wrong with its settings is among its findings, and never raised."""
    settings, found = read_settings(path / folder.SETTINGS)
    return Programme(path, settings, found)


def read_settings(path: Path) -> tuple[Settings, tuple[Finding, ...]]:
    """Read a settings workbook through the guard; what is not said there, or cannot be read, is as by default."""
    name = path.name
    if not os.path.lexists(path):
        return Settings(), ()
    content, found = Inputs({name: path}).opened(name)
    book, damaged = (None, ()) if content is None else open_workbook(content, name)
    found = (*found, *damaged)
    if book is None:
        return Settings(), found
    settings, more = netted(name, lambda: _settings(book, name))
    return settings or Settings(), in_order((*found, *more))


def _settings(book: Book, name: str) -> tuple[Settings, tuple[Finding, ...]]:
    found: list[Finding] = []
    said = _single(_table(book, name, SETTINGS, found), found)
    layout = said.pop("layout", "") or str(LAYOUT)
    if int(layout) > LAYOUT:
        return Settings(int(layout)), (finding("E-PROG-001", Source(name), found=int(layout), known=LAYOUT),)
    people = tuple(_people(_table(book, name, PEOPLE, found), found))
    retention = tuple(_retention(_table(book, name, RETENTION, found), found))
    return Settings(int(layout), **said, people=people, retention=retention), tuple(found)


def _table(book: Book, name: str, layout: Layout, found: list[Finding]) -> Table:
    """Read a sheet; one that is not there says nothing."""
    empty = Table({column.key: () for column in layout.columns}, ())
    if book.sheet(layout.sheet) is None:
        return empty
    table, more = read_sheet(book, name, layout)
    found += more
    return table or empty


def _rows(table: Table) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each row that says something: its index, and its texts without the space around them."""
    for at in range(len(table)):
        row = {key: text.strip() for key, text in table.row(at).items()}
        if any(row.values()):
            yield at, row


def _single(table: Table, found: list[Finding]) -> dict[str, str]:
    """Read the settings of which there is one each."""
    said: dict[str, str] = {}
    for at, row in _rows(table):
        label, value = " ".join(row["setting"].split()), row["value"]
        key = KEYS.get(label.casefold())
        if key is None:
            if value:
                found.append(finding("E-PROG-003", table.source(at, "setting"), label=_shown(label)))
        elif key in said:
            found.append(finding("E-PROG-008", table.source(at, "setting"), label=WORDS[key][0]))
        else:
            said[key] = _value(key, value, table.source(at, "value"), found)
    return said


def _value(key: str, value: str, place: Source, found: list[Finding]) -> str:
    """Take an entry as its setting wants it."""
    if key == "layout":
        if value and not WHOLE.fullmatch(value):
            found.append(finding("E-PROG-002", place, label=WORDS[key][0], value=_shown(value)))
            return ""
        return value
    return _day(value, WORDS[key][0], place, found) if key in DAYS else value


def _day(value: str, label: str, place: Source, found: list[Finding]) -> str:
    day = read_day(value) if value else ""
    if day is None:
        found.append(finding("E-PROG-004", place, label=label, value=_shown(value)))
    return day or ""


def _people(table: Table, found: list[Finding]) -> Iterator[Person]:
    recorders: list[tuple[str, Source]] = []
    for at, row in _rows(table):
        records = SWITCH.get(row.get("records", "").casefold())
        if records is None:
            facts = {"label": "Records in the ledger", "value": _shown(row["records"])}
            found.append(finding("E-PROG-007", table.source(at, "records"), **facts))
        if not row["name"]:
            found.append(finding("E-PROG-006", table.source(at, "name"), label="Name"))
            continue
        if records:
            recorders.append((row["name"], table.source(at, "records")))
        yield Person(row["name"], row.get("role", ""), row.get("email", ""), bool(records))
    if len(recorders) > 1:
        names = listing([visible(name) for name, _ in recorders])
        found.append(finding("E-PROG-005", recorders[1][1], names=names))


def _retention(table: Table, found: list[Finding]) -> Iterator[Retention]:
    for at, row in _rows(table):
        until = _day(row.get("until", ""), "Keep until", table.source(at, "until"), found)
        if not row["what"]:
            found.append(finding("E-PROG-006", table.source(at, "what"), label="entry under What is kept"))
            continue
        yield Retention(row["what"], until, row.get("why", ""))


def _shown(text: str) -> str:
    return f"“{visible(text)[:40]}”"
