"""Recording an event: its row goes to the events of a folder of bids, after every other, and is checked with them."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluator.files.audit.lock import locked
from evaluator.files.audit.run_folder import write_page
from evaluator.files.read.bids.folder import bids_in, bids_of, read_before_marking, read_events_of
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.inputs import Inputs
from evaluator.files.read.tables import layouts
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Severity, in_order
from evaluator.records.ledger import Event
from evaluator.records.look_alikes import skeleton
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.events import KINDS, LETTERS, UNDOING, Events
from evaluator.records.submissions.received import Received, Table
from evaluator.records.submissions.table_layouts import EVENTS, EVENTS_WORKBOOK
from evaluator.records.texts import visible
from evaluator.reporting.papers.events_workbook import Offered, events_workbook
from evaluator.validation import event_told, events_that_hold, open_matters
from evaluator.validation.coded_columns import present, words
from evaluator.validation.row_findings import shown

LOST = ("E-FILE-029", "E-FILE-040", "E-FILE-041", "E-FILE-042")  # what a row added by us would lose
Row = dict[str, str]


@dataclass(frozen=True)
class Recorded:
    """What recording an event came to: its file with the new row, its id and what the ledger is told; or findings."""

    file: str = ""
    content: bytes = b""
    event: str = ""
    told: Event | None = None
    findings: tuple[Finding, ...] = ()


def record_event(kind: str, row: Row, bids: Path, criteria: Path | None) -> Recorded:
    """Add an event's row to those there are; nothing is written.

    Parameters
    ----------
    row : the texts of its columns; its id is given here, and the old value of a correction where none was given.
    criteria : without them, what the event is about is not checked.

    Returns
    -------
    Findings alone where the events cannot be read whole, or where one about the new row would block.
    """
    inputs = bids_in(bids)
    published = read_criteria(criteria).criteria if criteria else None
    tables, found = read_events_of(inputs, published)
    stands = tuple(one for one in found if one.severity is not Severity.NOTE or one.code in LOST)
    if stands:
        return Recorded(findings=in_order(stands))
    rows = {name: _rows(tables.get(name)) for name in KINDS}
    row = {key: visible(" ".join(text.split())) for key, text in row.items()}
    row |= {} if kind == UNDOING else {"event": _next(kind, rows)}
    if kind == "corrections" and not row.get("old") and published:
        row["old"] = _standing(read_before_marking(inputs, published), row)
    if kind == UNDOING and (again := _undone_before(tables, row["event"])):
        return Recorded(findings=again)
    rows[kind].append(row)
    name = EVENTS[kind].csv if EVENTS[kind].csv in inputs else EVENTS_WORKBOOK
    content = _csv(kind, rows[kind]) if name != EVENTS_WORKBOOK else _workbook(rows, inputs, published)
    wrong = _wrong(inputs, name, content, published, needs_bids="bid" in row) if published else ()
    if wrong:
        return Recorded(findings=wrong)
    subject, text = event_told(kind, row)
    told = Event("event", subject, hashlib.sha256(content).hexdigest(), "", text, row.get("reason", ""))
    return Recorded(name, content, row["event"], told, tuple(found))


def _undone_before(tables: Mapping[str, Table], event: str) -> tuple[Finding, ...]:
    """Say where an event was undone already: a second row would change nothing."""
    gone = next((undoing for one, undoing in events_that_hold(tables)[0].undone if one.event == event), None)
    return (finding("E-EVENT-021", gone.place, event=shown(event), other=gone.place),) if gone else ()


def blank_events(bids: Path, criteria: Path) -> bytes:
    """Make a workbook of events to fill in, with lists of the bids, themes, evaluators and columns there are."""
    return _workbook({}, bids_in(bids), read_criteria(criteria).criteria)


def keep_event(kind: str, row: Row, bids: Path, criteria: Path | None, who: str) -> Recorded:
    """Record an event in the folder of bids, whole or not at all, while nobody else records one.

    Raises
    ------
    LockedError, OSError
        Where nothing can be written.
    """
    with locked(bids / EVENTS_WORKBOOK, who):
        made = record_event(kind, row, bids, criteria)
        if made.content:
            write_page(bids / made.file, made.content)
        return made


def events_there(bids: Path, criteria: Path | None) -> tuple[Events, tuple[Finding, ...]]:
    """Give the events of a folder of bids, those undone among them, and what is wrong with their rows."""
    published = read_criteria(criteria).criteria if criteria else None
    tables, found = read_events_of(bids, published)
    events, problems = events_that_hold(tables)
    return events, in_order((*found, *problems))


def column_called(text: str, criteria: Path | None) -> str:
    """Give the key of the register's column that has this heading; any other text stays."""
    published = read_criteria(criteria).criteria if criteria else None
    columns = layouts.register(published, received=True).columns if published else ()
    return next((one.key for one in columns if skeleton(one.heading) == skeleton(text)), text)


def _rows(table: Table | None) -> list[Row]:
    rows = present(table)
    return [{key: text.strip() for key, text in rows.row(at).items()} for at in range(len(rows))] if rows else []


def _next(kind: str, rows: Mapping[str, Sequence[Row]]) -> str:
    """Give the next id of a kind, after the highest number there is."""
    letter = LETTERS[kind]
    ids = [row.get("event", "") for its in rows.values() for row in its]
    numbers = [int(one[1:]) for one in ids if one[:1] == letter and one[1:].isascii() and one[1:].isdigit()]
    return f"{letter}{max(numbers, default=0) + 1}"


def _standing(received: Received, row: Row) -> str:
    """Give what stands in the register where a correction names it; empty where nothing does."""
    register = present(received.register)
    if register is None or row["column"] not in register.columns or row["bid"] not in words(register, "bid"):
        return ""
    return words(register, row["column"])[words(register, "bid").index(row["bid"])]


def _csv(kind: str, rows: Sequence[Row]) -> bytes:
    keys = [column.key for column in EVENTS[kind].columns]
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(keys)
    lines.writerows([row.get(key, "") for key in keys] for row in rows)
    return out.getvalue().encode()


def _workbook(rows: Mapping[str, Sequence[Row]], inputs: Inputs, criteria: Criteria | None) -> bytes:
    """Write the workbook; what stands in CSV files stays there."""
    own = {kind: its for kind, its in rows.items() if EVENTS[kind].csv not in inputs}
    return workbook_bytes(events_workbook(own, offered(inputs, criteria)))


def offered(bids: Path | Inputs, criteria: Criteria | None) -> Offered:
    """List the bids, themes, evaluators and columns of the register that an event can be about."""
    received = read_before_marking(bids_in(bids), criteria) if criteria else None
    register, panel = (present(received.register), present(received.panel)) if received else (None, None)
    columns = layouts.register(criteria, received=True).columns if criteria else ()
    return Offered(
        bids=sorted(set(words(register, "bid"))) if register else (),
        themes=[theme.id for theme in criteria.themes] if criteria else (),
        evaluators=sorted(set(words(panel, "evaluator"))) if panel else (),
        columns=[one.heading for one in columns if one.key not in ("bid", "theme")],
    )


def _wrong(inputs: Inputs, name: str, content: bytes, criteria: Criteria, *, needs_bids: bool) -> tuple[Finding, ...]:
    """Find what blocks in the events once the new row stands there, and did not before; or that there are no bids."""
    if needs_bids and present(read_before_marking(inputs, criteria).register) is None:
        return in_order(_found(inputs, criteria))
    later = bids_of({**inputs.contents(), name: content}, inputs.unreadable())
    before = {(one.code, one.message) for one in _found(inputs, criteria)}
    return in_order(one for one in _found(later, criteria) if (one.code, one.message) not in before)


def _found(inputs: Inputs, criteria: Criteria) -> list[Finding]:
    """Give what blocks in the events, and in the register as they leave it."""
    received = read_before_marking(inputs, criteria)
    _, of_the_register = open_matters(criteria, received)
    return [one for one in (*received.findings, *of_the_register) if one.severity is Severity.BLOCKS_AWARD]
