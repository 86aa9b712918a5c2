"""Papers that go out to the panel and come back: gather files, let the pure stages decide, and put papers together."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evaluator.files.bids import MONITORING, bid_files, fingerprints, read_before_marking, read_bids, read_marks
from evaluator.files.criteria import read_criteria
from evaluator.files.reason_rules import read_reason_rules
from evaluator.files.runs import rendered
from evaluator.files.workbooks_out import LONGEST_TEXT, workbook_bytes
from evaluator.publication import check_seal, fingerprint
from evaluator.records.assignment import Assignment
from evaluator.records.catalogue import finding
from evaluator.records.criteria import Criteria
from evaluator.records.documents import Document
from evaluator.records.ledger import Entry, Event
from evaluator.records.moderation import Agreement, Discussed
from evaluator.records.progress import Progress
from evaluator.records.source import Finding, Source, block_award, in_order
from evaluator.records.written import as_files
from evaluator.reporting.criteria_book import criteria_book
from evaluator.reporting.papers import Issue, issue_workbook, moderation_workbook, note_html, note_text
from evaluator.validation import agreement_of, assign, check_issued, events_of, progress_of, to_moderate, with_notes

FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
RESERVED = re.compile(r"(?i)con|prn|aux|nul|com[0-9]|lpt[0-9]")  # names that Windows keeps for devices
MANIFEST = "issue.json"
NOTHING = finding("E-ISSUE-004", Source("register"))
Told = Callable[[Sequence[Entry]], Iterable[Event]]


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
    found = in_order((*sealed, *received.findings, *found, *_names(assignments)))
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
    found = in_order((*sealed, *received.findings, *strangers, *found))
    if block_award(found) or not answers:
        return Moderated(b"", (), found if block_award(found) else in_order((*found, NOTHING)))
    answers = with_notes(read_reason_rules(), published.criteria.scale, answers)
    measured = agreement_of(answers)
    workbook = workbook_bytes(moderation_workbook(published.criteria, answers, measured))
    return Moderated(workbook, answers, found, measured)


def progress(criteria: Path, bids: Path) -> tuple[Criteria | None, Progress | None, tuple[Finding, ...]]:
    """Say who has returned what; no progress where the criteria or the register cannot be read."""
    published = read_criteria(criteria)
    if published.criteria is None:
        return None, None, in_order(published.findings)
    received = read_marks(bids, published.criteria)
    strangers = check_issued(published.criteria, fingerprint(published.criteria), received)
    made, found = progress_of(published.criteria, replace(received, findings=received.findings + strangers))
    return published.criteria, made, in_order((*received.findings, *strangers, *found))


def issue_events(criteria: Path, made: Issued) -> Told:
    """Give what the ledger is told of an issue: the seal, where it is new there, and each workbook."""

    def told(entries: Sequence[Entry]) -> Iterator[Event]:
        yield from _seal_event(criteria, entries)
        for name, content in sorted(made.files.items()):
            if name.endswith(".xlsx"):
                digest = hashlib.sha256(content).hexdigest()
                yield Event("issue", name, digest, after=digest)

    return told


def run_events(criteria: Path, bids: Path, name: str, status: str, manifest: bytes) -> Told:
    """Give what the ledger is told of a run: the seal, what came in or changed since, and what the run came to."""

    def told(entries: Sequence[Entry]) -> Iterator[Event]:
        yield from _seal_event(criteria, entries)
        published = read_criteria(criteria).criteria
        if published is not None:
            received = read_bids(bids, published)
            files = {file.path: file.sha256 for file in fingerprints(bids, bid_files(bids))}
            shown = {name: digest for name, digest in files.items() if not name.startswith(MONITORING)}
            yield from events_of(entries, received, shown)
        yield Event("run", name, hashlib.sha256(manifest).hexdigest(), after=status)

    return told


def _seal_event(criteria: Path, entries: Sequence[Entry]) -> Iterator[Event]:
    seal = read_criteria(criteria).seal
    recorded = [entry.event.after for entry in entries if entry.event.kind == "seal"]
    if seal is not None and seal.sha256 not in recorded[-1:]:
        before = recorded[-1] if recorded else ""
        yield Event("seal", f"{seal.reference} version {seal.version}", seal.sha256, before, seal.sha256)


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


def criteria_workbook(criteria: Criteria, name: str) -> tuple[bytes, tuple[Finding, ...]]:
    """Write criteria as one workbook, and find the texts that are too long for a cell; then there are no bytes."""
    book = criteria_book(criteria.title, as_files(criteria))
    found = tuple(
        finding("E-BOOK-001", Source(name, sheet.name, row), length=f"{len(cell.value):,}")
        for sheet in book.sheets
        for row, cells in enumerate(sheet.rows, start=1)
        for cell in cells
        if isinstance(cell.value, str) and not cell.formula and len(cell.value) > LONGEST_TEXT
    )
    return (b"" if found else workbook_bytes(book)), found
