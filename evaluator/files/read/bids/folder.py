"""A folder of bids in: register, marks, agreed marks, panel, interests and decisions, from workbooks or CSV files.

The equality monitoring is read by a function of its own, which nothing before the equality stage calls.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from evaluator.files.read.bids.bid_forms import read_bid_forms
from evaluator.files.read.bids.earlier import FOLDER as EARLIER
from evaluator.files.read.bids.earlier import is_earlier, with_earlier
from evaluator.files.read.bids.moderation import issued_moderation, last_moderation, read_moderation
from evaluator.files.read.bids.panel import FILE as PANEL_TOML
from evaluator.files.read.bids.panel import read_panel
from evaluator.files.read.bids.returns import read_returns
from evaluator.files.read.bids.stages import is_sealed_stage, read_sealed_stages
from evaluator.files.read.inputs import Entries, Held, Inputs, netted
from evaluator.files.read.notation import json_of, toml_of
from evaluator.files.read.remembered import once
from evaluator.files.read.tables import layouts
from evaluator.files.read.tables.csv_tables import read_csv
from evaluator.files.read.tables.layouts import Layout
from evaluator.files.read.tables.sheets import read_sheet, second_sheets, tell_of_sheet
from evaluator.files.read.xlsx import open_workbook
from evaluator.files.read.xlsx.cell import Book
from evaluator.records.dates import read_moment, spoken_moment
from evaluator.records.findings import CATALOGUE, finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.look_alikes import skeleton
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.moderation import LastModeration
from evaluator.records.submissions.received import IssuedReturn, Received, ReceivedExternalData, Table
from evaluator.validation.as_meant import as_meant, table_as_meant
from evaluator.validation.coded_columns import present
from evaluator.validation.events import with_events
from evaluator.validation.moderation.renewal import seen_in

RETURNS, MONITORING, FORMS = "returns", "equality", "bids"
REGISTERS = frozenset(["register.xlsx", "register.csv"])
WORKBOOKS = ("register.xlsx", "moderation.xlsx", "declarations.xlsx", "decisions.xlsx", layouts.EVENTS_WORKBOOK)
EVENT_FILES = tuple(layout.csv for layout in layouts.EVENTS.values())
CSV_FILES = (
    *("register.csv", "marks.csv", "consensus.csv", "panel.csv", "declarations.csv", "decisions.csv"),
    *EVENT_FILES,
)
TEXT_FILES = (*CSV_FILES, PANEL_TOML)
MONITORING_FILES = (f"{MONITORING}/monitoring.xlsx", f"{MONITORING}/monitoring.csv")
BASELINES = f"{MONITORING}/baselines.toml"
GRANTS_FILES = (f"{MONITORING}/grants.xlsx", f"{MONITORING}/grants.csv")
DELETIONS = f"{MONITORING}/deletions.csv"
LAST_ROUND = (f"{MONITORING}/last_round.toml", f"{MONITORING}/last_round.json")  # written by hand, or a run's outcome
SALT = f"{MONITORING}/salt.txt"  # what binds a bundle to the monitoring; it is kept with the monitoring alone
CONSIDERATION = f"{MONITORING}/consideration.toml"  # what those who decide wrote when they had read the figures
BESIDE_FILES = (BASELINES, *GRANTS_FILES, DELETIONS, *LAST_ROUND, CONSIDERATION)
RECEIPTS = layouts.RECEIPTS.csv  # when each file came, and as what: written from the ledger by ``receive``
NAMED = (*WORKBOOKS, *TEXT_FILES, *MONITORING_FILES, *BESIDE_FILES, RECEIPTS)
WORDLESS = ("002", "003", "004", "010", "011", "012", "013", "014", "015", "016", "017", "018", "019")
FOLDERS = (".", RETURNS, FORMS, MONITORING)  # these are listed where they cannot be opened, or are no folders
# Findings that repeat nothing of a file but numbers and headings that it lacks: others keep quiet about replies.
# Those of the guard repeat places alone, since it knows that the sheet is private.
OF_THE_GUARD = ("E-FILE-029", "E-FILE-040", "E-FILE-041", "E-CELL-006", "E-CELL-007", "E-CELL-011", "E-CELL-021")
WORDS_OF_OURS = frozenset(
    [*(f"E-FILE-{number}" for number in (*WORDLESS, "021", "030", "031", "032", "060", "061")), *OF_THE_GUARD]
)
Made = TypeVar("Made")
Read = tuple[Table | None, tuple[Finding, ...]]
Reader = Callable[[Book, str], Read]
LISTS = "Lists"  # of a workbook of events: what its drop-down lists offer
TABLES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv")
PAPERS = (".doc", ".docx", ".odt", ".rtf", ".pdf", ".numbers")  # in which a bid or a return may come


@dataclass
class _Folder:
    """A folder that is being read: workbooks opened once, findings kept as they come."""

    inputs: Inputs
    came: Table | None = None  # when each file came, once that is read
    findings: list[Finding] = field(default_factory=list)
    opened: dict[str, Book | None] = field(default_factory=dict)
    answers: Table | None = None  # of bid forms, once these are read
    apart: bool = False  # whether it is the equality monitoring that is read

    def has(self, name: str) -> bool:
        return name in self.inputs

    def content(self, name: str) -> bytes | None:
        """Give a file's bytes; None with the finding that says why there are none."""
        content, found = self.inputs.opened(name)
        self.findings += found
        return content

    def book(self, name: str) -> Book | None:
        """Open a workbook that may be hostile, once."""
        if name not in self.opened:
            content = self.content(name)
            self.opened[name], found = (None, ()) if content is None else self._opened(name, content)
            self.findings += found
        return self.opened[name]

    def _opened(self, name: str, content: bytes) -> tuple[Book | None, tuple[Finding, ...]]:
        return self._once("workbook", name, content, lambda: open_workbook(content, name))

    def _once(self, kind: Hashable, name: str, content: bytes, make: Callable[[], Made]) -> Made:
        """Remember what a file was read as, where the process remembers; never what is kept apart."""
        return make() if self.apart else once(kind, name, content, make)

    def read(self, name: str, read: Callable[[], Read], kind: Hashable, content: bytes) -> Table | None:
        """Read a table of one file within the net."""
        table, found = self._once(kind, name, content, lambda: netted(name, read))
        self.findings += found
        return table

    def table(self, layout: Layout, workbook: str, csv: str, reader: Reader | None = None) -> Table | None:
        """Read a table from its workbook or its CSV file, whichever is there; None when neither can be read."""
        if self.has(workbook) and self.has(csv):
            facts = {"what": layout.title.capitalize(), "first": csv, "second": workbook}
            self.findings.append(finding("E-FILE-002", Source(csv), **facts))
        if self.has(csv):
            held = self.content(csv)
            return None if held is None else self.read(csv, partial(read_csv, held, csv, layout), layout, held)
        book = self.book(workbook) if self.has(workbook) else None
        held = self.content(workbook) if book else None
        if book is None or held is None:
            return None
        reads = reader or _one_sheet(layout)
        return self.read(workbook, lambda: reads(book, workbook), (layout, reads), held)

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
        content = self.content(PANEL_TOML)
        return None if content is None else self.read(PANEL_TOML, lambda: read_panel(content), PANEL_TOML, content)


@cache
def _one_sheet(layout: Layout) -> Reader:
    """Give a reader of the sheet of a layout that also looks for a second one."""

    def read(book: Book, file: str) -> Read:
        table, found = read_sheet(book, file, layout)
        return table, found if table is None else (*found, *second_sheets(book, file, layout))

    return read


def bids_in(folder: Path | Inputs) -> Inputs:
    """List the files of a folder of bids that count: those that are read, and the tables that lie beside them."""
    return folder if isinstance(folder, Inputs) else with_earlier(Inputs.of(folder, _counted, (*NAMED, SALT)))


def bids_of(files: Mapping[str, bytes], unreadable: Mapping[str, str]) -> Inputs:
    """Give a folder of bids as a bundle holds it, with the files that could not be read when it was made."""
    return Inputs({**_counted(files, {}), **unreadable})


def _counted(files: Entries, folders: Entries) -> dict[str, Held]:
    odd = {name: held for name, held in folders.items() if isinstance(held, str) or PurePosixPath(name).suffix}
    every = {**files, **odd}
    return {name: every[name] for name in (*bid_files(every), *_beside(files), *({SALT} & set(every)))}


def read_bids(path: Path | Inputs, criteria: Criteria) -> Received:
    """Read everything in a folder of bids but the equality monitoring; findings name file, sheet and cell.

    What follows from the events is drawn in the tables already: see ``with_events``. The same files are read once for
    the same criteria: the ledger is told of them before they are evaluated.
    """
    inputs = bids_in(path)
    return inputs.read_for(criteria, lambda: _read_bids(_Folder(inputs), criteria))


def _read_bids(folder: _Folder, criteria: Criteria) -> Received:
    folder.findings += _changed_since(folder)
    marks, issued = _marks(folder)
    consensus = _agreed(folder, criteria)
    before = _before_marking(folder, criteria)
    book = folder.opened.get("moderation.xlsx")
    issued += issued_moderation(book, "moderation.xlsx") if book else ()
    folder.findings += _unread(folder.inputs)
    received = replace(before, marks=marks, consensus=consensus, findings=tuple(folder.findings), issued=issued)
    return with_events(criteria, as_meant(received, criteria))


def _agreed(folder: _Folder, criteria: Criteria) -> Table | None:
    layout = layouts.consensus(criteria)
    return folder.table(layout, "moderation.xlsx", "consensus.csv", _agreed_of(layout))


@cache
def _agreed_of(layout: Layout) -> Reader:
    """Give a reader of agreed marks: the same one for the same layout, by which a table is remembered."""
    return partial(read_moderation, layout=layout)


def read_before_marking(path: Path | Inputs, criteria: Criteria) -> Received:
    """Read what decides who is to mark what: the register, panel, declarations, decisions and events, and nothing else.

    Where an evaluator left, what they had marked says what passes to others; nothing else of the marks is told.
    """
    folder = _Folder(bids_in(path))
    before = _before_marking(folder, criteria)
    received = as_meant(replace(before, findings=tuple(folder.findings)), criteria)
    if present(received.events.get("departures")) is None:
        return with_events(criteria, received)
    marks = as_meant(Received(None, _marks(_Folder(folder.inputs))[0], None, None, None, None), criteria).marks
    return replace(with_events(criteria, replace(received, marks=marks)), marks=None)


def read_marks(path: Path | Inputs, criteria: Criteria) -> Received:
    """Read what a panel needs to moderate: as before marking, and the evaluators' marks; nothing that was agreed."""
    folder = _Folder(bids_in(path))
    before = _before_marking(folder, criteria)
    marks, issued = _marks(folder)
    received = replace(before, marks=marks, issued=issued, findings=tuple(folder.findings))
    return with_events(criteria, as_meant(received, criteria))


def _before_marking(folder: _Folder, criteria: Criteria) -> Received:
    """Read what there is before anybody marks; the findings stay with the folder."""
    stages, found = read_sealed_stages(folder.inputs, criteria)
    folder.findings += found
    received: dict[str, Any] = {
        "stages": stages,
        "register": _register(folder, criteria),
        "panel": folder.panel(),
        "interests": folder.table(layouts.INTERESTS, "declarations.xlsx", "declarations.csv"),
        "decisions": folder.table(layouts.TO_DECIDE, "decisions.xlsx", "decisions.csv"),
        "events": _events(folder, criteria),
    }
    return Received(marks=None, consensus=None, **received, answers=folder.answers)


def read_events_of(path: Path | Inputs, criteria: Criteria | None) -> tuple[dict[str, Table], tuple[Finding, ...]]:
    """Read the events of a folder of bids alone, as they stand, with what is found of them."""
    folder = _Folder(bids_in(path))
    tables = _events(folder, criteria)
    received = Received(None, None, None, None, None, None, tuple(folder.findings), events=tables)
    read = as_meant(received, criteria)
    return dict(read.events), read.findings


def _events(folder: _Folder, criteria: Criteria | None) -> dict[str, Table]:
    """Read the events that are there, kind by kind; a workbook of events need not have every sheet."""
    tables = {
        kind: folder.table(layout, layouts.EVENTS_WORKBOOK, layout.csv, _sheet_if_there(layout))
        for kind, layout in layouts.EVENTS.items()
    }
    book = folder.opened.get(layouts.EVENTS_WORKBOOK)
    if book is not None:
        folder.findings += _strange_sheets(book)
    found = {kind: table for kind, table in tables.items() if table is not None and len(table)}
    if "corrections" in found and criteria:
        found["corrections"] = _by_keys(found["corrections"], layouts.register(criteria, received=True))
    return found


@cache
def _sheet_if_there(layout: Layout) -> Reader:
    """Give a reader of a sheet that a workbook need not have."""

    def read(book: Book, file: str) -> Read:
        names = [skeleton(sheet.title) for sheet in book.sheets]
        return read_sheet(book, file, layout) if skeleton(layout.sheet) in names else (None, ())

    return read


def _strange_sheets(book: Book) -> Iterator[Finding]:
    known = {skeleton(name) for name in (LISTS, *(layout.sheet for layout in layouts.EVENTS.values()))}
    found: list[Finding] = []
    for sheet in book.sheets:
        if skeleton(sheet.title) not in known:
            tell_of_sheet(sheet, layouts.EVENTS_WORKBOOK, found)
    yield from found


def _by_keys(corrections: Table, register: Layout) -> Table:
    """Know what is corrected by its key, whether its cell names the register's column by that or by its heading."""
    keys = {skeleton(name): column.key for column in register.columns for name in (column.heading, column.key)}
    named = [keys.get(skeleton(text), text) for text in corrections.columns.get("column", ())]
    return replace(corrections, columns={**corrections.columns, **({"column": named} if named else {})})


def read_agreed(path: Path | Inputs, criteria: Criteria) -> tuple[LastModeration | None, tuple[Finding, ...]]:
    """Read what was agreed before, with what the panel was shown; None where nothing was, or it cannot be read."""
    folder, name = _Folder(bids_in(path)), "moderation.xlsx"
    table = _agreed(folder, criteria)
    read = as_meant(Received(None, None, table, None, None, None, tuple(folder.findings)), criteria)
    agreed, book = read.consensus, folder.opened.get(name)
    if not agreed:
        return None, read.findings
    if book is None:
        return LastModeration(agreed, seen_in(agreed)), read.findings
    held = folder.inputs.content(name) or b""
    last = once("last moderation", name, held, lambda: last_moderation(book, name, agreed))
    return replace(last, table=agreed), read.findings


def read_monitoring(path: Path | Inputs, criteria: Criteria) -> Read:
    """Read the equality monitoring of a folder of bids. Only the equality stage may be given what this returns."""
    folder = _Folder(bids_in(path), apart=True)
    layout = layouts.monitoring(criteria)
    table = _without_blank_words(folder, folder.table(layout, *MONITORING_FILES))
    return table, tuple(_without_its_words(one, layout.sheet) for one in folder.findings)


def _without_its_words(one: Finding, sheet: str) -> Finding:
    """Take out of a finding about the monitoring whatever may be a reply, a name or a heading that stands in it."""
    if not one.source.file.startswith(MONITORING):
        return one
    place = replace(one.source, sheet=one.source.sheet if one.source.sheet == sheet else "")
    if one.code in WORDS_OF_OURS or one.code == "E-WORD-001":
        return replace(one, source=place)
    return finding(one.code, place, **dict.fromkeys(CATALOGUE[one.code].example, "(not shown here)"))


def _without_blank_words(folder: _Folder, table: Table | None) -> Table | None:
    """Read words that say nothing as blank among organisations; nothing that was written is repeated."""
    if table is None:
        return None
    table, found = table_as_meant(table, keys=("organisation",), quoted=False)
    folder.findings += found
    return table


def read_external_data(path: Path | Inputs) -> tuple[ReceivedExternalData, tuple[Finding, ...]]:
    """Read what stands beside the equality monitoring: benchmarks, other awards, deletions, the last round."""
    folder = _Folder(bids_in(path), apart=True)
    grants = _without_blank_words(folder, folder.table(layouts.GRANTS, *GRANTS_FILES))
    deletions = _without_blank_words(folder, folder.table(layouts.DELETIONS, "", DELETIONS))
    baselines = _written(folder, BASELINES, "E-EQUALITY-006")
    kept = [name for name in LAST_ROUND if folder.has(name)]
    if len(kept) > 1:
        facts = {"what": "The last round’s figures", "first": kept[0], "second": kept[1]}
        folder.findings.append(finding("E-FILE-002", Source(kept[0]), **facts))
    if folder.has(SALT):
        folder.content(SALT)  # for the finding that says why, where it cannot be read
    last_round = _written(folder, kept[0], "E-EQUALITY-010") if kept else None
    printed = ((name, _written(folder, name, "E-EQUALITY-107")) for name in folder.inputs.names if is_earlier(name))
    earlier = tuple((name, one) for name, one in printed if one is not None)
    return ReceivedExternalData(baselines, grants, deletions, last_round, earlier), tuple(folder.findings)


def read_consideration(path: Path | Inputs) -> tuple[Mapping[str, Any] | None, tuple[Finding, ...]]:
    """Read what those who decide wrote about the equality figures; None where they wrote nothing that can be read."""
    folder = _Folder(bids_in(path))
    return _written(folder, CONSIDERATION, "E-EQUALITY-015"), tuple(folder.findings)


def _written(folder: _Folder, name: str, code: str) -> Mapping[str, Any] | None:
    """Read a TOML or JSON file; None where it is not there, or with a finding where it cannot be read."""
    content = folder.content(name) if folder.has(name) else None
    if content is None:
        return None
    is_json = name.endswith(".json")
    try:
        read = json_of(content) if is_json else toml_of(content)
    except ValueError as error:
        problem = f"it is not {'JSON' if is_json else 'TOML'} ({error})"
        folder.findings.append(finding(code, Source(name), problem=problem))
        return None
    return read if isinstance(read, dict) else {}


def bid_files(names: Iterable[str]) -> tuple[str, ...]:
    """Pick the files of a folder of bids that count from names relative to it, in order.

    ``~$`` files are a spreadsheet program's own, of a file that is open.
    """
    there = set(names)
    returned = (
        name
        for name in there
        if _is_workbook_in(name, RETURNS) or _is_workbook_in(name, FORMS) or is_earlier(name) or is_sealed_stage(name)
    )
    return tuple(sorted([*(name for name in (*NAMED, *FOLDERS) if name in there), *returned]))


def _is_workbook_in(name: str, folder: str) -> bool:
    within, _, file = name.rpartition("/")
    return within == folder and file.lower().endswith(".xlsx") and not file.startswith("~$")


def _workbooks(inputs: Inputs, folder: str) -> list[str]:
    return [name for name in inputs.names if _is_workbook_in(name, folder)]


def _register(folder: _Folder, criteria: Criteria) -> Table | None:
    """Read the register, or make it from the bid forms that came back where there is none."""
    layout = layouts.register(criteria, received=True)
    forms = _workbooks(folder.inputs, FORMS)
    kept = [name for name in ("register.xlsx", "register.csv") if folder.has(name)]
    if kept or not forms:
        if forms:
            facts = {"what": "The register", "first": kept[0], "second": f"{FORMS}/"}
            folder.findings.append(finding("E-FILE-002", Source(kept[0]), **facts))
        return folder.table(layout, "register.xlsx", "register.csv")
    opened = ((name, folder.book(name)) for name in forms)
    books = [(name, book) for name, book in opened if book is not None]
    table, folder.answers, found = read_bid_forms(books, criteria, layout)
    folder.findings += found
    return _with_arrivals(folder, table)


def _receipts(folder: _Folder) -> dict[str, tuple[str, str, Source]]:
    """Give of each file of which there is a receipt when it came, its SHA-256, and where that stands."""
    if folder.came is None and folder.has(RECEIPTS):
        folder.came = folder.table(layouts.RECEIPTS, "", RECEIPTS)
    table = folder.came
    rows = range(len(table)) if table is not None else ()
    said = ((table.row(at), table.source(at, "received")) for at in rows) if table is not None else ()
    return {row["file"]: (row["received"].strip(), row["sha256"].strip(), place) for row, place in said}


def _with_arrivals(folder: _Folder, table: Table) -> Table:
    """Say of each bid that came as a form when it came, as its receipt has it."""
    came = _receipts(folder)
    known = [came.get(block.file) for block in table.blocks]
    blocks = tuple(
        replace(block, cells={**block.cells, "received": one[2]}) if one else block
        for block, one in zip(table.blocks, known, strict=True)
    )
    return replace(
        table, columns={**table.columns, "received": [one[0] if one else "" for one in known]}, blocks=blocks
    )


def _changed_since(folder: _Folder) -> Iterator[Finding]:
    """Find files that are not as they were received: of a bid form nobody may change a word."""
    for name, (when, digest, _) in sorted(_receipts(folder).items()):
        content = folder.content(name) if folder.has(name) else None
        if content is not None and sha256(content).hexdigest() != digest:
            code = "E-RECEIVE-010" if _is_workbook_in(name, FORMS) else "E-RECEIVE-011"
            yield finding(code, Source(name), when=_spoken(when))


def _spoken(when: str) -> str:
    moment = read_moment(when) or when
    return f"{'at' if 'T' in moment else 'on'} {spoken_moment(moment)}"


def _marks(folder: _Folder) -> tuple[Table | None, tuple[IssuedReturn, ...]]:
    """Put the marks of all returns that count under one another, or read marks.csv."""
    returns = _workbooks(folder.inputs, RETURNS)
    if folder.has("marks.csv"):
        if returns:
            facts = {"what": "The evaluators' marks", "first": "marks.csv", "second": f"{RETURNS}/"}
            folder.findings.append(finding("E-FILE-002", Source("marks.csv"), **facts))
        return folder.table(layouts.MARKS, "", "marks.csv"), ()
    if not returns:
        return None, ()
    opened = ((name, folder.content(name)) for name in returns)
    read = read_returns([(name, content) for name, content in opened if content is not None])
    folder.findings += read.findings
    return read.marks, read.issued


def unread_files(inputs: Inputs) -> tuple[str, ...]:
    """List tables that lie in the folder under a name that nothing reads; they are told of, and kept in the bundle."""
    return _beside(inputs.names)


def _beside(names: Iterable[str]) -> tuple[str, ...]:
    used = set(bid_files(names))
    folders = _read_whole(used)
    others = (name for name in names if name not in used and not name.startswith(EARLIER))
    tables = (name for name in others if _may_hold_a_table(PurePosixPath(name), folders))
    return tuple(sorted(name for name in tables if not PurePosixPath(name).name.startswith("~$")))


def _read_whole(names: Collection[str]) -> tuple[str, ...]:
    """Name the folders of which every file counts; beside a register, bid forms are papers that nobody reads here."""
    return (RETURNS, FORMS) if REGISTERS.isdisjoint(names) else (RETURNS,)


def _may_hold_a_table(name: PurePosixPath, folders: Collection[str]) -> bool:
    ending = name.suffix.lower()
    return ending in TABLES or (ending in PAPERS and str(name.parent) in folders)


def _unread(inputs: Inputs) -> Iterator[Finding]:
    """Find the folders that cannot be looked into and the tables that nothing reads, so that nothing is left out."""
    for name in (name for name in FOLDERS if name in inputs):
        yield finding("E-FILE-060", Source(name), why=inputs.why(name) or "it is a file where a folder is wanted")
    for name in unread_files(inputs):
        wanted = name.rpartition("/")[0] in _read_whole(inputs.names)
        yield finding("E-FILE-004" if wanted else "E-FILE-003", Source(name))
