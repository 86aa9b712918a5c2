"""Papers that go out to the panel and come back: gather files, let the pure stages decide, and put papers together."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evaluator.files.audit.run_folder import rendered
from evaluator.files.read.bids.folder import RETURNS, read_before_marking, read_marks
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.engine_data import read_reason_rules
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs.ledger_events import LedgerEvents, seal_event
from evaluator.publication import check_seal, fingerprint
from evaluator.records.documents import Document
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source, block_award, in_order
from evaluator.records.ledger import Entry, Event
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.assignment import Assignment
from evaluator.records.submissions.decisions_waiting import ToDecide
from evaluator.records.submissions.moderation import Agreement, Discussed, Habits
from evaluator.records.submissions.progress import Progress
from evaluator.records.submissions.received import Received
from evaluator.reporting.papers import Issue, issue_workbook, moderation_workbook, note_html, note_text
from evaluator.reporting.papers.decisions_workbook import decisions_workbook
from evaluator.reporting.papers.diagnostics import diagnostics_page
from evaluator.validation import (
    agreement_of,
    assign,
    check_issued,
    habits_of,
    open_matters,
    progress_of,
    to_moderate,
    together,
    with_notes,
)

FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
RESERVED = re.compile(r"(?i)con|prn|aux|nul|com[0-9]|lpt[0-9]")  # names that Windows keeps for devices
MANIFEST = "issue.json"
NOTHING = finding("E-ISSUE-004", Source("register"))


@dataclass(frozen=True)
class Issued:
    """What an issue came to: its files and who they are for, or the findings that stand against it."""

    files: Mapping[str, bytes]
    assignments: tuple[Assignment, ...]
    findings: tuple[Finding, ...]
    understood: bool = True  # whether the criteria could be read at all


def issue(criteria: Path, bids: Path, seed: int) -> Issued:
    """Make a workbook and a covering note for every evaluator; nothing is written.

    Only sealed criteria are issued, so that nobody marks by anything but what was published.
    """
    published = read_criteria(criteria)
    if published.criteria is None:
        return Issued({}, (), in_order(published.findings), understood=False)
    received = read_before_marking(bids, published.criteria)
    assignments, found = assign(published.criteria, received, seed)
    sealed = check_seal(published.criteria, published.seal)
    found = together((*sealed, *received.findings, *found, *_names(assignments)))
    if block_award(found) or not assignments:
        return Issued({}, (), found if block_award(found) else in_order((*found, NOTHING)))
    common = Issue(published.criteria, fingerprint(published.criteria), seed)
    files = rendered(tuple(paper for one in assignments for paper in _papers(common, one)))
    files[MANIFEST] = _manifest(common, files)
    return Issued(files, assignments, found)


@dataclass(frozen=True)
class Moderated:
    """What there is to moderate and its workbook, or the findings that stand against it."""

    workbook: bytes
    answers: tuple[Discussed, ...]
    findings: tuple[Finding, ...]
    agreement: tuple[Agreement, ...] = ()
    habits: tuple[Habits, ...] = ()
    page: str = ""  # how the panels marked
    understood: bool = True  # whether the criteria could be read at all


def moderate(criteria: Path, bids: Path) -> Moderated:
    """Put everyone's marks and reasons side by side for the panel to agree; nothing is written."""
    published = read_criteria(criteria)
    if published.criteria is None:
        return Moderated(b"", (), in_order(published.findings), understood=False)
    received = read_marks(bids, published.criteria)
    strangers = check_issued(published.criteria, fingerprint(published.criteria), received)
    answers, found = to_moderate(published.criteria, replace(received, findings=received.findings + strangers))
    sealed = check_seal(published.criteria, published.seal)
    found = together((*sealed, *received.findings, *strangers, *found))
    if block_award(found) or not answers:
        return Moderated(b"", (), found if block_award(found) else in_order((*found, NOTHING)))
    answers = with_notes(read_reason_rules(), published.criteria.scale, answers)
    measured = agreement_of(answers, published.criteria.scale)
    habits = habits_of(published.criteria.scale, answers, _seeds(received))
    workbook = workbook_bytes(
        moderation_workbook(published.criteria, answers, fingerprint(published.criteria), measured, habits)
    )
    page = diagnostics_page(published.criteria, measured, habits)
    return Moderated(workbook, answers, found, measured, habits, page)


def _seeds(received: Received) -> dict[str, int]:
    """Give the seed that mixed the bids of each evaluator whose workbook says it."""
    told = {one.evaluator: one.identity.get("seed", "") for one in received.issued}
    return {evaluator: int(seed) for evaluator, seed in told.items() if re.fullmatch(r"-?[0-9]{1,18}", seed)}


def progress(criteria: Path, bids: Path) -> tuple[Criteria | None, Progress | None, tuple[Finding, ...]]:
    """Say who has returned what; no progress where the criteria or the register cannot be read."""
    published = read_criteria(criteria)
    if published.criteria is None:
        return None, None, in_order(published.findings)
    received = read_marks(bids, published.criteria)
    strangers = check_issued(published.criteria, fingerprint(published.criteria), received)
    made, found = progress_of(published.criteria, replace(received, findings=received.findings + strangers))
    return published.criteria, made, together((*received.findings, *strangers, *found))


def to_decide(criteria: Path, bids: Path) -> tuple[bytes, ToDecide | None, tuple[Finding, ...]]:
    """Gather what waits for a person, and make the workbook for it; without bytes where that cannot be done.

    What is wrong in returns is left to ``progress``: decisions can be taken while the marking goes on.
    """
    published = read_criteria(criteria)
    if published.criteria is None:
        return b"", None, in_order(published.findings)
    received = read_marks(bids, published.criteria)
    read = tuple(one for one in received.findings if not one.source.file.startswith((f"{RETURNS}/", "marks.csv")))
    made, found = open_matters(published.criteria, received)
    if made is None or block_award(read):
        return b"", None, together((*read, *found))
    return workbook_bytes(decisions_workbook(published.criteria, made)), made, together((*read, *found))


def issue_events(criteria: Path, made: Issued) -> LedgerEvents:
    """Give what the ledger is told of an issue: the seal, where it is new there, and each workbook."""

    def events(entries: Sequence[Entry]) -> Iterator[Event]:
        yield from seal_event(criteria, entries)
        for name, content in sorted(made.files.items()):
            if name.endswith(".xlsx"):
                digest = hashlib.sha256(content).hexdigest()
                yield Event("issue", name, digest, after=digest)

    return events


def moderation_events(criteria: Path, name: str, made: Moderated) -> LedgerEvents:
    """Give what the ledger is told of a moderation workbook that goes to a panel: the seal, where it is new, and it."""

    def events(entries: Sequence[Entry]) -> Iterator[Event]:
        yield from seal_event(criteria, entries)
        digest = hashlib.sha256(made.workbook).hexdigest()
        yield Event("issue", name, digest, after=digest)

    return events


def _names(assignments: tuple[Assignment, ...]) -> list[Finding]:
    """Find ids that no file can be called by, or that two files would share where capitals do not count."""
    ids = [one.evaluator for one in assignments]
    small = [one.casefold() for one in ids]
    wrong = [
        one for one in ids if not FILE_NAME.fullmatch(one) or RESERVED.fullmatch(one) or small.count(one.casefold()) > 1
    ]
    return [finding("E-ISSUE-003", Source("declarations.xlsx"), shown=f'"{one}"') for one in wrong]


def _papers(common: Issue, assignment: Assignment) -> tuple[Document, ...]:
    name = assignment.evaluator
    return (
        Document(f"{name}.xlsx", issue_workbook(common, assignment)),
        Document(f"{name}.html", note_html(common, assignment, f"{name}.xlsx")),
        Document(f"{name}.txt", note_text(common, assignment, f"{name}.xlsx")),
    )


def _manifest(common: Issue, files: Mapping[str, bytes]) -> bytes:
    facts = {
        "schema": "issue/1",
        "criteria": {
            "reference": common.criteria.reference,
            "version": common.criteria.version,
            "seal": common.seal,
        },
        "seed": common.seed,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()
