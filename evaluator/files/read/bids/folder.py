"""A folder of bids in: register, marks, agreed marks, panel, interests and decisions, from workbooks or CSV files.

The equality monitoring is read by a function of its own, which nothing before the equality stage calls.
"""

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from evaluator.files.read.bids.bid_forms import read_bid_forms
from evaluator.files.read.bids.moderation import issued_moderation, read_moderation
from evaluator.files.read.bids.panel import FILE as PANEL_TOML
from evaluator.files.read.bids.panel import read_panel
from evaluator.files.read.bids.returns import read_returns
from evaluator.files.read.tables import layouts
from evaluator.files.read.tables.csv_tables import read_csv
from evaluator.files.read.tables.layouts import Layout
from evaluator.files.read.tables.sheets import read_sheet, second_sheets
from evaluator.files.read.xlsx import open_workbook
from evaluator.files.read.xlsx.cell import Book
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.received import InputFile, IssuedReturn, Received, ReceivedExternalData, Table
from evaluator.validation.as_meant import as_meant, table_as_meant

RETURNS, MONITORING, FORMS = "returns", "equality", "bids"
WORKBOOKS = ("register.xlsx", "moderation.xlsx", "declarations.xlsx", "decisions.xlsx")
CSV_FILES = ("register.csv", "marks.csv", "consensus.csv", "panel.csv", "declarations.csv", "decisions.csv")
TEXT_FILES = (*CSV_FILES, PANEL_TOML)
MONITORING_FILES = (f"{MONITORING}/monitoring.xlsx", f"{MONITORING}/monitoring.csv")
BASELINES = f"{MONITORING}/baselines.toml"
GRANTS_FILES = (f"{MONITORING}/grants.xlsx", f"{MONITORING}/grants.csv")
DELETIONS = f"{MONITORING}/deletions.csv"
LAST_ROUND = (f"{MONITORING}/last_round.toml", f"{MONITORING}/last_round.json")  # written by hand, or a run's outcome
SALT = f"{MONITORING}/salt.txt"  # what binds a bundle to the monitoring; it is kept with the monitoring alone
BESIDE_FILES = (BASELINES, *GRANTS_FILES, DELETIONS, *LAST_ROUND)
Reader = Callable[[Book, str], tuple[Table | None, tuple[Finding, ...]]]
TABLES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv")


@dataclass
class _Folder:
    """A folder that is being read: workbooks opened once, findings kept as they come."""

    path: Path
    findings: list[Finding] = field(default_factory=list)
    opened: dict[str, Book | None] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return (self.path / name).is_file()

    def book(self, name: str) -> Book | None:
        """Open a workbook that may be hostile, once."""
        if name not in self.opened:
            self.opened[name], found = open_workbook(self.path / name, name)
            self.findings += found
        return self.opened[name]

    def table(self, layout: Layout, workbook: str, csv: str, reader: Reader | None = None) -> Table | None:
        """Read a table from its workbook or its CSV file, whichever is there; None when neither can be read."""
        if self.has(workbook) and self.has(csv):
            facts = {"what": layout.title.capitalize(), "first": csv, "second": workbook}
            self.findings.append(finding("E-FILE-002", Source(csv), **facts))
        if self.has(csv):
            table, found = read_csv(self.path / csv, csv, layout)
        elif self.has(workbook) and (book := self.book(workbook)):
            table, found = reader(book, workbook) if reader else read_sheet(book, workbook, layout)
            found += second_sheets(book, workbook, layout) if table is not None and not reader else ()
        else:
            return None
        self.findings += found
        return table

    def panel(self) -> Table | None:
        """Read the panel from its sheet or CSV file, or from panel.toml."""
        if not self.has(PANEL_TOML):
            return self.table(layouts.PANEL, "declarations.xlsx", "panel.csv")
        book = self.book("declarations.xlsx") if self.has("declarations.xlsx") else None
        sheet = book.sheet(layouts.PANEL.sheet) if book else None
        second = "panel.csv" if self.has("panel.csv") else "declarations.xlsx, sheet Panel" if sheet else ""
        if second:
            facts = {"what": layouts.PANEL.title.capitalize(), "first": PANEL_TOML, "second": second}
            self.findings.append(finding("E-FILE-002", Source(PANEL_TOML), **facts))
        table, found = read_panel(self.path / PANEL_TOML)
        self.findings += found
        return table


def read_bids(path: Path, criteria: Criteria) -> Received:
    """Read everything in a folder of bids but the equality monitoring; findings name file, sheet and cell."""
    folder = _Folder(path)
    marks, issued = _marks(folder)
    received: dict[str, Any] = {
        "register": _register(folder, criteria),
        "consensus": folder.table(layouts.CONSENSUS, "moderation.xlsx", "consensus.csv", read_moderation),
        "panel": folder.panel(),
        "interests": folder.table(layouts.INTERESTS, "declarations.xlsx", "declarations.csv"),
        "decisions": folder.table(layouts.TO_DECIDE, "decisions.xlsx", "decisions.csv"),
    }
    book = folder.opened.get("moderation.xlsx")
    issued += issued_moderation(book, "moderation.xlsx") if book else ()
    folder.findings += _unread(path)
    return as_meant(Received(marks=marks, **received, findings=tuple(folder.findings), issued=issued), criteria)


def read_before_marking(path: Path, criteria: Criteria) -> Received:
    """Read what decides who is to mark what: the register, panel, declarations and decisions, and nothing else."""
    folder = _Folder(path)
    received: dict[str, Any] = {
        "register": _register(folder, criteria),
        "panel": folder.panel(),
        "interests": folder.table(layouts.INTERESTS, "declarations.xlsx", "declarations.csv"),
        "decisions": folder.table(layouts.TO_DECIDE, "decisions.xlsx", "decisions.csv"),
    }
    return as_meant(Received(marks=None, consensus=None, **received, findings=tuple(folder.findings)), criteria)


def read_marks(path: Path, criteria: Criteria) -> Received:
    """Read what a panel needs to moderate: as before marking, and the evaluators' marks; nothing that was agreed."""
    folder = _Folder(path)
    marks, issued = _marks(folder)
    before = read_before_marking(path, criteria)
    read = Received(None, marks, None, None, None, None, tuple(folder.findings), issued)
    found = as_meant(read, criteria)
    return replace(before, marks=found.marks, issued=issued, findings=(*before.findings, *found.findings))


def read_monitoring(path: Path, criteria: Criteria) -> tuple[Table | None, tuple[Finding, ...]]:
    """Read the equality monitoring of a folder of bids. Only the equality stage may be given what this returns."""
    folder = _Folder(path)
    table = _without_blank_words(folder, folder.table(layouts.monitoring(criteria), *MONITORING_FILES))
    return table, tuple(folder.findings)


def _without_blank_words(folder: _Folder, table: Table | None) -> Table | None:
    """Read words that say nothing as blank among organisations; nothing that was written is repeated."""
    if table is None:
        return None
    table, found = table_as_meant(table, keys=("organisation",), quoted=False)
    folder.findings += found
    return table


def read_external_data(path: Path) -> tuple[ReceivedExternalData, tuple[Finding, ...]]:
    """Read what stands beside the equality monitoring: benchmarks, other awards, deletions, the last round."""
    folder = _Folder(path)
    grants = _without_blank_words(folder, folder.table(layouts.GRANTS, *GRANTS_FILES))
    deletions = _without_blank_words(folder, folder.table(layouts.DELETIONS, "", DELETIONS))
    baselines = _written(folder, BASELINES, "E-EQUALITY-006")
    kept = [name for name in LAST_ROUND if folder.has(name)]
    if len(kept) > 1:
        facts = {"what": "The last round’s figures", "first": kept[0], "second": kept[1]}
        folder.findings.append(finding("E-FILE-002", Source(kept[0]), **facts))
    last_round = _written(folder, kept[0], "E-EQUALITY-010") if kept else None
    return ReceivedExternalData(baselines, grants, deletions, last_round), tuple(folder.findings)


def _written(folder: _Folder, name: str, code: str) -> Mapping[str, Any] | None:
    """Read a TOML or JSON file; None where it is not there, or with a finding where it cannot be read."""
    if not folder.has(name):
        return None
    is_json = name.endswith(".json")
    try:
        text = (folder.path / name).read_text("utf-8")
        read = json.loads(text, parse_float=Decimal) if is_json else tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:  # both kinds of syntax error are ValueErrors
        problem = f"it is not {'JSON' if is_json else 'TOML'} ({error})"
        folder.findings.append(finding(code, Source(name), problem=problem))
        return None
    return read if isinstance(read, dict) else {}


def bid_files(path: Path) -> tuple[str, ...]:
    """List the files of a folder of bids that count, by path relative to it, in order."""
    named = [name for name in (*WORKBOOKS, *TEXT_FILES, *MONITORING_FILES, *BESIDE_FILES) if (path / name).is_file()]
    folders = {RETURNS: _workbooks(path, RETURNS), FORMS: _workbooks(path, FORMS)}
    return tuple(sorted([*named, *(f"{name}/{file.name}" for name, files in folders.items() for file in files)]))


def fingerprints(path: Path, names: tuple[str, ...]) -> tuple[InputFile, ...]:
    """Give the SHA-256 of each named file of a folder."""
    return tuple(InputFile(name, _sha256(path / name)) for name in names)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _workbooks(path: Path, folder: str) -> list[Path]:
    """List a folder's workbooks; ``~$`` files are a spreadsheet program's own, of a file that is open."""
    return sorted(file for file in (path / folder).glob("*.xlsx") if not file.name.startswith("~$"))


def _register(folder: _Folder, criteria: Criteria) -> Table | None:
    """Read the register, or make it from the bid forms that came back where there is none."""
    layout = layouts.register(criteria, received=True)
    forms = [f"{FORMS}/{path.name}" for path in _workbooks(folder.path, FORMS)]
    kept = [name for name in ("register.xlsx", "register.csv") if folder.has(name)]
    if kept or not forms:
        if forms:
            facts = {"what": "The register", "first": kept[0], "second": f"{FORMS}/"}
            folder.findings.append(finding("E-FILE-002", Source(kept[0]), **facts))
        return folder.table(layout, "register.xlsx", "register.csv")
    opened = ((name, folder.book(name)) for name in forms)
    table, found = read_bid_forms([(name, book) for name, book in opened if book is not None], criteria, layout)
    folder.findings += found
    return table


def _marks(folder: _Folder) -> tuple[Table | None, tuple[IssuedReturn, ...]]:
    """Put the marks of all returns that count under one another, or read marks.csv."""
    returns = [f"{RETURNS}/{path.name}" for path in _workbooks(folder.path, RETURNS)]
    if folder.has("marks.csv"):
        if returns:
            facts = {"what": "The evaluators' marks", "first": "marks.csv", "second": f"{RETURNS}/"}
            folder.findings.append(finding("E-FILE-002", Source("marks.csv"), **facts))
        return folder.table(layouts.MARKS, "", "marks.csv"), ()
    if not returns:
        return None, ()
    read = read_returns(folder.path, returns)
    folder.findings += read.findings
    return read.marks, read.issued


def unread_files(path: Path) -> tuple[str, ...]:
    """List tables that lie in the folder under a name that nothing reads; they are told of, and kept in the bundle."""
    used = set(bid_files(path))
    names = (
        file.relative_to(path).as_posix()
        for file in path.rglob("*")
        if file.is_file() and file.suffix.lower() in TABLES and not file.name.startswith("~$")
    )
    return tuple(sorted(set(names) - used))


def _unread(path: Path) -> Iterator[Finding]:
    """Find the tables that nothing reads, so that no file is silently left out."""
    for name in unread_files(path):
        folder, _, file = name.rpartition("/")
        old_kind = folder == RETURNS and not file.lower().endswith(".xlsx")
        yield finding("E-FILE-004" if old_kind else "E-FILE-003", Source(name))
