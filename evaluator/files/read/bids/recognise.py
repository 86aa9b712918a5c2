"""What a file is that came in: by its hidden sheet, its sheets and its headings, through the guard, never by its name.

Which papers it may be is looked at first; then it is read as what it is, by the reader that will read it again when the
bids are evaluated, so that whatever that reader refuses is told while the sender can still be asked.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from evaluator.files.read.bids.folder import bids_of, read_bids, read_external_data, read_monitoring
from evaluator.files.read.bids.returns import identity_of, read_returns
from evaluator.files.read.criteria.workbook import read_book
from evaluator.files.read.inputs import netted
from evaluator.files.read.notation import json_of, toml_of
from evaluator.files.read.tables import layouts
from evaluator.files.read.tables.headings import heading, names_of
from evaluator.files.read.tables.layouts import Column, Layout
from evaluator.files.read.tables.sheets import HEADING_ROWS
from evaluator.files.read.xlsx import open_workbook
from evaluator.files.read.xlsx.cell import Book, Sheet, column_number
from evaluator.publication import fingerprint
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Severity, Source
from evaluator.records.look_alikes import skeleton
from evaluator.records.office.paper_kinds import BID, CRITERIA, EVENTS, KINDS, MONITORING, PAPER, RETURN
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.written.layout import SHEETS as CRITERIA_SHEETS
from evaluator.records.submissions.bid_form import ANSWERS, BID_SHEET, PRICES
from evaluator.records.submissions.bid_form import TEMPLATE as FORM
from evaluator.records.submissions.received import Received, Table
from evaluator.validation import check_issued

ISSUED = {FORM: BID, layouts.TEMPLATE: RETURN, layouts.MODERATION: "moderation"}
EVENT_SHEETS = ("Corrections", "Withdrawals", "Lots abandoned", "Evaluators who left", "Clarifications")
LEAST_CRITERIA = 3  # sheets of a criteria workbook by which it is known
REFUSED = ("E-FILE-", "E-CELL-", "E-FORM-", "E-TEMPLATE-", "E-BOOK-")  # findings of readers that keep a file out
LONGEST = 200  # characters of what a bid is about
SHOWN = 120  # characters of a file's name
TABLES_READ = ("register", "marks", "consensus", "panel", "interests", "decisions")
START_OF_TEXT = 20_000
REGISTER = (layouts.BID, Column("theme", "Theme", "id"), Column("organisation", "Organisation", "id"))  # by these known
SEPARATORS = re.compile(r"[,;\t]")


@dataclass(frozen=True)
class Recognised:
    """What a file is, as far as it can be told by itself.

    Parameters
    ----------
    kinds : what it may be, keys of ``KINDS``; one where it is known.
    ending : of the place that it is filed in.
    subject : the evaluator whose marks these are, or the bid reference that stands in a form.
    about : what a bid is for and whose.
    findings : what its reader found; where any of these refuses it, it is kept out.
    rows : what it says, to be compared with another; empty for the monitoring.
    filled : whether anything is filled in, as far as that is known.
    """

    kinds: tuple[str, ...] = ()
    ending: str = ""
    subject: str = ""
    about: str = ""
    findings: tuple[Finding, ...] = ()
    rows: frozenset[tuple[str, ...]] = field(default=frozenset(), repr=False)
    filled: bool = True

    @property
    def refused(self) -> bool:
        """Whether it must not be filed."""
        return any(keeps_out(one) for one in self.findings)


def keeps_out(one: Finding) -> bool:
    """Whether a finding of a reader keeps a file out: what it says cannot be taken as it stands."""
    return one.severity is Severity.BLOCKS_AWARD and one.code.startswith(REFUSED)


def recognise(content: bytes, called: str, criteria: Criteria | None, kind: str = "") -> Recognised:
    """Say what a file is and whether it can be filed.

    Parameters
    ----------
    called : what findings call it.
    criteria : as published; None where they cannot be read.
    kind : what somebody says that it is; empty where nobody does.
    """
    if kind == PAPER:
        return Recognised((PAPER,))
    made, stopped = netted(called, lambda: (_recognised(content, called, criteria, kind), ()))
    return made or Recognised(findings=stopped)


def _recognised(content: bytes, called: str, criteria: Criteria | None, kind: str) -> Recognised:
    ending, book = ".xlsx", None
    if (said := _of_text(content, criteria)) is not None:
        ending, *kinds = said
    else:
        book, found = open_workbook(content, called)
        if book is None:
            return Recognised(findings=found)
        kinds = sorted(_of_book(book, criteria))
    kinds = [kind] if kind else kinds
    if len(kinds) != 1:
        return Recognised(tuple(kinds), ending)
    return _read(kinds[0], ending, content, called, criteria, book)


def _of_text(content: bytes, criteria: Criteria | None) -> tuple[str, ...] | None:
    """Say the ending and kinds of a text by what stands in it; None for what is a workbook, or no text at all."""
    start = content[:START_OF_TEXT].lstrip(b"\xef\xbb\xbf \t\r\n")
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or b"\0" in start or start[:5].lower() in (b"%pdf-", b"{\\rtf"):
        return None
    if start.startswith((b"{", b"[{")):
        return (".json", *_of_json(content))
    if start.startswith(b"[[") or re.search(rb"(?m)^\s*\[\[\s*seat\s*\]\]", start):
        return (".toml", *_of_toml(content))
    if start.startswith(b"<"):
        return None
    return (".csv", *_of_csv(content.decode("utf-8-sig", "replace"), criteria))


def _of_json(content: bytes) -> tuple[str, ...]:
    try:
        facts = json_of(content)
    except ValueError:
        return ()
    parts = {"releases", "records", "ocid"}
    return ("ocds",) if isinstance(facts, dict) and parts & set(facts) else ()


def _of_toml(content: bytes) -> tuple[str, ...]:
    try:
        return ("panel",) if "seat" in toml_of(content) else ()
    except ValueError:
        return ("panel",)  # its reader says what is wrong


def _of_csv(text: str, criteria: Criteria | None) -> tuple[str, ...]:
    """Say which tables a CSV file may be by its first row: those of which it has the most needed columns."""
    first = next((line for line in text.splitlines() if line.strip(" ,;\t")), "")
    found = {skeleton(heading(cell.strip().strip('"'))) for cell in SEPARATORS.split(first[:START_OF_TEXT])}
    counts = {kind: len(wanted) for kind, wanted in _wanted(criteria, csv=True) if _has(found, wanted)}
    most = max(counts.values(), default=0)
    return tuple(sorted(kind for kind, count in counts.items() if count == most))


def _wanted(criteria: Criteria | None, *, csv: bool) -> Iterator[tuple[str, Sequence[Column]]]:
    """Give the columns that must be there of each kind of table."""
    if csv:
        yield "marks", layouts.MARKS.columns
        yield "panel", _needed(layouts.PANEL)
    else:
        yield "declarations", _needed(layouts.PANEL)
    yield "moderation", _needed(layouts.CONSENSUS)
    yield "declarations", _needed(layouts.INTERESTS)
    yield "decisions", _needed(layouts.DECISIONS)
    yield "grants", _needed(layouts.GRANTS)
    yield "register", REGISTER
    if criteria is not None:
        organisation, *asked = layouts.monitoring(criteria).columns
        for one in asked:
            yield MONITORING, (organisation, one)


def _needed(layout: Layout) -> tuple[Column, ...]:
    return tuple(column for column in layout.columns if column.required)


def _has(found: Collection[str], wanted: Sequence[Column]) -> bool:
    return all(any(skeleton(name) in found for name in names_of(column)) for column in wanted)


def _of_book(book: Book, criteria: Criteria | None) -> set[str]:
    """Say what a workbook may be: by what it says of itself and by its sheets' names, or else by headings alone."""
    titles = {skeleton(one.title) for one in book.sheets}
    named = {ISSUED[template]} if (template := identity_of(book).get("template", "")) in ISSUED else set()
    if {skeleton(name) for name in (BID_SHEET, PRICES, ANSWERS)} <= titles:
        named.add(BID)
    if sum(skeleton(name) in titles for name in CRITERIA_SHEETS) >= LEAST_CRITERIA:
        named.add(CRITERIA)
    if {skeleton(name) for name in EVENT_SHEETS} & titles:
        named.add(EVENTS)
    for kind, title, wanted in _named_sheets():
        if any(_is_called(sheet, title) and _holds(sheet, wanted[:2]) for sheet in book.sheets):
            named.add(kind)
    if named:
        return named
    found = {kind for kind, wanted in _wanted(criteria, csv=False) if any(_holds(one, wanted) for one in book.sheets)}
    return found | ({RETURN} if "moderation" in found else set())  # their columns are the same


def _named_sheets() -> Iterator[tuple[str, str, Sequence[Column]]]:
    """Give the sheets by whose names kinds of workbooks are known, with columns that must be there."""
    for kind, layout in (
        (RETURN, layouts.RETURN),
        ("moderation", layouts.CONSENSUS),
        ("declarations", layouts.PANEL),
        ("declarations", layouts.INTERESTS),
        ("decisions", layouts.DECISIONS),
        ("grants", layouts.GRANTS),
    ):
        yield kind, layout.sheet, _needed(layout)
    yield "register", "Bids", REGISTER
    yield MONITORING, "Monitoring", REGISTER[-1:]


def _is_called(sheet: Sheet, title: str) -> bool:
    plain, wanted = skeleton(sheet.title), skeleton(title)
    return plain == wanted or (title == layouts.CONSENSUS.sheet and plain.startswith(f"{wanted} "))


def _holds(sheet: Sheet, wanted: Sequence[Column]) -> bool:
    """Whether some columns stand among the headings of a sheet."""
    rows = (cells for number, cells in sheet.rows.items() if number <= HEADING_ROWS)
    return any(_has({skeleton(heading(held.text)) for held in cells.values()}, wanted) for cells in rows)


def _read(
    kind: str, ending: str, content: bytes, called: str, criteria: Criteria | None, book: Book | None
) -> Recognised:
    """Read a file as what it is, by the reader that reads it from the folder of bids."""
    known = KINDS[kind]
    if known.places and ending not in known.places:
        return Recognised((kind,), ending, findings=(_not_as(kind, ending, called),))
    if kind == CRITERIA:
        return Recognised((kind,), ending, findings=tuple(filter(keeps_out, read_book(content, called).findings)))
    if not known.places:
        return Recognised((kind,), ending)
    if criteria is None:
        return Recognised((kind,), ending, findings=(finding("E-RECEIVE-006", Source(called), what=known.words),))
    subject = _evaluator(book) if kind == RETURN and book is not None else ""
    name = known.places[ending].format("received").removeprefix("bids/")
    files = bids_of({name: content}, {})
    if kind in (MONITORING, "grants"):
        found = read_monitoring(files, criteria)[1] if kind == MONITORING else read_external_data(files)[1]
        return Recognised((kind,), ending, findings=_called(found, name, called))
    received = read_bids(files, criteria)
    findings = (*received.findings, *check_issued(criteria, fingerprint(criteria), received))
    rows, told = _rows(received), _called(findings, name, called)
    filled = bool(rows) or kind == EVENTS
    made = Recognised((kind,), ending, subject, findings=told, rows=rows, filled=filled)
    return _as_bid(made, received) if kind == BID else made


def _not_as(kind: str, ending: str, called: str) -> Finding:
    return finding("E-RECEIVE-005", Source(called), what=KINDS[kind].words, found=ending, wanted=_endings(kind))


def _endings(kind: str) -> str:
    return " or ".join(KINDS[kind].places)


def _called(findings: Collection[Finding], name: str, called: str) -> tuple[Finding, ...]:
    """Name the file in findings as it was called when it came."""
    return tuple(
        replace(one, source=replace(one.source, file=called)) if one.source.file == name else one
        for one in findings
        if one.source.file == name
    )


def _evaluator(book: Book) -> str:
    sheet = book.sheet(layouts.EVALUATOR_SHEET)
    row, column = int(layouts.EVALUATOR_CELL[1:]), column_number(layouts.EVALUATOR_CELL[0])
    held = sheet.cell(row, column) if sheet else None
    return held.text.strip() if held else ""


def _as_bid(made: Recognised, received: Received) -> Recognised:
    """Add the reference that a form gives its bid, and for what and whose it is."""
    row = received.register.row(0) if received.register is not None and len(received.register) else {}
    told = {key: row.get(key, "").strip() for key in ("bid", "theme", "organisation", "name")}
    whose = told["organisation"] or told["name"]
    reference = "" if told["bid"] == "received" else told["bid"]  # the name of the file, which stands in for none
    about = f"{whose} for {told['theme']}"[:LONGEST] if whose else ""
    return replace(made, subject=reference, about=about)


def _rows(received: Received) -> frozenset[tuple[str, ...]]:
    """Give what the tables of a file say, row by row."""
    tables = ((name, getattr(received, name)) for name in TABLES_READ)
    return frozenset(row for name, table in tables if table is not None for row in _said(name, table))


def _said(name: str, table: Table) -> Iterator[tuple[str, ...]]:
    for at in range(len(table)):
        yield (name, *(f"{key}={text.strip()}" for key, text in table.row(at).items() if text.strip()))


def differing_marks(before: bytes, after: bytes, evaluator: str) -> int:
    """Count the marks that differ between two returns of one evaluator."""
    names = (f"returns/{evaluator}.xlsx", f"returns/{evaluator}.v2.xlsx")
    read = read_returns(list(zip(names, (before, after), strict=True)))
    return sum(one.code in ("E-RET-011", "E-RET-012") for one in read.findings)


def shown_name(name: str) -> str:
    r"""Give a file's name as it may be told: without folders, its unseen characters named, and not without end.

    >>> shown_name("../../E01\u202e.xlsx"), shown_name("x" * 300)[-9:]
    ('E01[U+202E].xlsx', 'xxxxxxxx…')
    """
    from evaluator.records.texts import visible

    plain = PurePosixPath(name.encode("utf-8", "backslashreplace").decode()).name
    plain = "".join(one if one.isprintable() else f"[U+{ord(one):04X}]" for one in visible(plain))
    return plain if len(plain) <= SHOWN else f"{plain[: SHOWN - 1]}…"
