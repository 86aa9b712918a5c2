"""A person's decision recorded: its row joins those that stand, and their file is filed as one that came in."""

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from evaluator.files.audit.ledger_file import append
from evaluator.files.read.bids.folder import RETURNS, bids_in, bids_of, read_marks
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.programme import Programme
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs.after_bids.events import LOST
from evaluator.jobs.coming_in.receive import Asked, Receiving
from evaluator.jobs.ledger_events import LedgerEvents, arrivals
from evaluator.records.findings.finding import Finding, Severity, Source, in_order
from evaluator.records.ledger import Entry, Event
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.decisions_waiting import Matter, ToDecide
from evaluator.records.submissions.evaluation import Decision
from evaluator.records.submissions.received import Received
from evaluator.records.submissions.table_layouts import DECISIONS, ON_GATES_WITH_KINDS, ON_SUMS
from evaluator.records.texts import visible
from evaluator.reporting.papers.decisions_workbook import decisions_workbook
from evaluator.validation import open_matters
from evaluator.validation.coded_columns import present
from evaluator.validation.total_rows import without_rows

WORKBOOK, CSV = "decisions.xlsx", DECISIONS.csv
KEYS = tuple(column.key for column in DECISIONS.columns)
SAID = ("decision", "reason", "ground", "person", "date", "heard")  # by whoever decides
OPTIONAL = frozenset(column.key for column in (*ON_GATES_WITH_KINDS, *ON_SUMS))
Row = Mapping[str, str]


@dataclass(frozen=True)
class Decided:
    """The file of decisions with one more in it; or what stands against that, each with the column it concerns.

    ``wrong`` has the key of the column, empty for what concerns no column of the decision.
    """

    name: str = ""
    content: bytes = field(default=b"", repr=False)
    wrong: tuple[tuple[str, Finding], ...] = ()
    notes: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Kept:
    """What came of a decision: it stands in the file and the ledger, or something stands against it.

    Parameters
    ----------
    other : the decision that somebody recorded on the same matter meanwhile; nothing was changed then.
    gone : whether an earlier decision that this one was based on is there no more.
    entry : of the ledger; 0 where nothing was recorded.
    """

    made: Decided
    other: Decision | None = None
    gone: bool = False
    entry: int = 0

    @property
    def recorded(self) -> bool:
        """Whether the decision stands now."""
        return self.entry > 0


def matter_of(one: Matter | Decision) -> tuple[str, str, str]:
    """Name what a matter or a decision is about: two decisions with the same name are on one matter."""
    return one.bid, one.matter, one.subject


def version_of(one: Decision | None) -> str:
    """Give a text that differs where a decision on a matter differs; empty where there is none."""
    return sha256("\n".join(getattr(one, key) for key in KEYS).encode()).hexdigest()[:16] if one else ""


def matters(criteria: Criteria, received: Received) -> tuple[ToDecide | None, tuple[Finding, ...]]:
    """Gather what waits for a person; rows of a workbook that was made to decide in, with nothing filled in, wait too.

    Returns
    -------
    As ``open_matters`` gives it.
    """
    table = present(received.decisions)
    if table is not None:
        said = [table.columns[key] for key in SAID if key in table.columns]
        blank = {row for row in range(len(table)) if not any(texts[row].strip() for texts in said)}
        received = replace(received, decisions=without_rows(table, blank)) if blank else received
    return open_matters(criteria, received)


def decide(criteria: Path, bids: Path, row: Row) -> Decided:
    """Add a decision to those there are, in the place of an earlier one on the same matter; nothing is written.

    Parameters
    ----------
    row : the texts of its columns, by key.

    Returns
    -------
    Only what stands against it, where the decisions cannot be read whole or the reader of decisions would not take it.
    """
    inputs, published = bids_in(bids), read_criteria(criteria)
    if published.criteria is None:
        return Decided(wrong=_of_no_column(published.findings))
    received = read_marks(inputs, published.criteria)
    there, found = matters(published.criteria, received)
    name = CSV if CSV in inputs else WORKBOOK
    lost = tuple(one for one in received.findings if one.source.file == name and one.code in LOST)
    if there is None or lost:
        return Decided(wrong=_of_no_column(lost or in_order((*_read(received), *found))))
    made = _with(there, {key: visible(" ".join(row.get(key, "").split())) for key in KEYS})
    alone = ToDecide((), made.recorded)  # a row that waits would be read as one that lacks everything
    content = _csv(made.recorded) if name == CSV else workbook_bytes(decisions_workbook(published.criteria, alone))
    later = read_marks(bids_of({**inputs.contents(), name: content}, inputs.unreadable()), published.criteria)
    new = _new(later, published.criteria, name, {(one.code, one.message) for one in (*received.findings, *found)})
    wrong = tuple(one for one in new if one.severity is not Severity.NOTE)
    if wrong:
        return Decided(wrong=tuple((_column(later, one.source), one) for one in wrong))
    return Decided(name, content, notes=tuple(new))


def _read(received: Received) -> Iterator[Finding]:
    """Give what was found in reading; of returns nothing is told here."""
    return (one for one in received.findings if not one.source.file.startswith((f"{RETURNS}/", "marks.csv")))


def _of_no_column(found: Sequence[Finding]) -> tuple[tuple[str, Finding], ...]:
    return tuple(("", one) for one in found if one.severity is not Severity.NOTE or one.code in LOST)


def _with(there: ToDecide, row: Row) -> ToDecide:
    """Put a decision among those that are recorded, and take its matter from those that wait."""
    texts: dict[str, Any] = dict(row)
    new = Decision(**texts, source=Source(""))
    own = [matter_of(one) == matter_of(new) for one in there.recorded]
    recorded = tuple(new if same else one for same, one in zip(own, there.recorded, strict=True))
    waiting = tuple(one for one in there.waiting if matter_of(one) != matter_of(new))
    return ToDecide(waiting, recorded if any(own) else (*recorded, new))


def _csv(recorded: Sequence[Decision]) -> bytes:
    """Write decisions; a column that need not be there is there where it says something."""
    keys = [key for key in KEYS if key not in OPTIONAL or any(getattr(one, key) for one in recorded)]
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(keys)
    lines.writerows([getattr(one, key) for key in keys] for one in recorded)
    return out.getvalue().encode()


def _new(later: Received, criteria: Criteria, name: str, before: set[tuple[str, str]]) -> list[Finding]:
    """Find what is told of the file once the decision stands there, and was not told before; an empty one lacks all."""
    _, found = open_matters(criteria, later)
    told = (one for one in (*later.findings, *found) if one.source.file == name)
    return list(in_order(one for one in told if (one.code, one.message) not in before))


def _column(later: Received, place: Source) -> str:
    """Give the key of the column in which a finding stands."""
    table = present(later.decisions)
    blocks = table.blocks if table else ()
    return next((key for block in blocks for key, letter in block.letters.items() if letter == place.column), "")


class _Recording:
    """One decision on its way into file and ledger; ``told`` and ``then`` are called under the ledger's lock."""

    def __init__(self, programme: Programme, row: Row, based_on: str, asked: Asked) -> None:
        self.programme, self.row, self.based_on, self.asked = programme, row, based_on, asked
        self.kept = Kept(Decided())
        self.receiving: Receiving | None = None

    def told(self, entries: Sequence[Entry]) -> Iterator[Event]:
        """Hold what the decision was based on against what stands there now, and file it where that is the same."""
        now = recorded_on(self.programme, self.row)
        if version_of(now) != self.based_on:
            self.kept = Kept(Decided(), other=now, gone=now is None)
            return
        made = decide(self.programme.criteria, self.programme.bids, self.row)
        self.kept = Kept(made)
        if not made.content:
            return
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / made.name
            path.write_bytes(made.content)
            self.receiving = Receiving(self.programme, [path], self.asked, lambda _: None)
            events = list(self.receiving.told(entries))
        refused = [one for result in self.receiving.results for one in result.findings if not result.receipt]
        if refused:
            self.kept = Kept(Decided(wrong=tuple(("", one) for one in refused)))
            self.receiving = None
        yield from () if refused else events

    def then(self, added: Sequence[Entry]) -> None:
        """Put the file in its place."""
        if self.receiving is not None:
            self.receiving.then(added)
            last = self.receiving.results[-1].receipt
            self.kept = replace(self.kept, entry=last.number if last else 0)


def recorded_on(programme: Programme, row: Row) -> Decision | None:
    """Give the decision that stands on a matter, read from the folder; None where there is none."""
    published = read_criteria(programme.criteria).criteria
    if published is None:
        return None
    there, _ = matters(published, read_marks(programme.bids, published))
    about = tuple(row.get(key, "").strip() for key in ("bid", "matter", "subject"))
    return next((one for one in (there.recorded if there else ()) if matter_of(one) == about), None)


def record_decision(programme: Programme, row: Row, based_on: str, who: str, when: str) -> Kept:
    """Record a decision of a person: into the file that the evaluation reads, and into the ledger.

    The file is filed as ``receive`` files one: its original is kept, and the earlier one stays among those. A decision
    that was made while another was recorded on the same matter changes nothing.

    Parameters
    ----------
    based_on : the version of the decision that stood on the matter when this one was written.
    who, when : stand in the ledger; who decided, and when, stands in the row.

    Raises
    ------
    LockedError, LedgerBrokenError, OSError
        Where nothing can be written.
    """
    asked = Asked(sender=row.get("person", "").strip(), when=when, who=who, kind="decisions", answer="replace")
    one = _Recording(programme, row, based_on, asked)
    append(programme.ledger, one.told, who, when, one.then)
    if not one.kept.recorded:
        return one.kept
    head = append(programme.ledger, _decisions_told(programme), who, when).head
    return replace(one.kept, entry=head.count)


def _decisions_told(programme: Programme) -> LedgerEvents:
    """Give what the ledger is told of decisions that are new in the folder, as an evaluation tells it."""
    told = arrivals(programme.criteria, programme.bids)
    return lambda entries: (one for one in told(entries) if one.kind == "decision")
