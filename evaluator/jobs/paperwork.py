"""Papers that go out to the panel and come back: gather files, let the pure stages decide, and put papers together."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evaluator import __version__
from evaluator.equality import after_deletion
from evaluator.files.audit.monitoring_deletions import delete_replies
from evaluator.files.audit.run_folder import rendered
from evaluator.files.read.bids.folder import RETURNS, read_before_marking, read_marks
from evaluator.files.read.criteria.check_words import read_check_words
from evaluator.files.read.criteria.decided_before_publication import read_accepted, read_versions
from evaluator.files.read.criteria.folder import SEAL, read_criteria, seal_bytes
from evaluator.files.read.reason_rules import read_reason_rules
from evaluator.files.write.workbooks import LONGEST_TEXT, workbook_bytes
from evaluator.jobs.ledger_events import LedgerEvents, seal_event
from evaluator.publication import (
    check,
    check_seal,
    check_version,
    effective_weights,
    fingerprint,
    record_of,
    seal,
    weigh,
)
from evaluator.records.documents import Document
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source, block_award, in_order
from evaluator.records.ledger import Entry, Event
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.records.programme.criteria_files import as_files
from evaluator.records.submissions.assignment import Assignment
from evaluator.records.submissions.decisions_waiting import ToDecide
from evaluator.records.submissions.moderation import Agreement, Discussed, Habits
from evaluator.records.submissions.progress import Progress
from evaluator.records.submissions.received import Received
from evaluator.reporting.appendix import Issued as Appendix
from evaluator.reporting.appendix import appendix
from evaluator.reporting.before_publication.criteria_workbook import criteria_book
from evaluator.reporting.open_data import criteria_ocds
from evaluator.reporting.papers import Issue, issue_workbook, moderation_workbook, note_html, note_text
from evaluator.reporting.papers.bid_form import bid_form
from evaluator.reporting.papers.decisions_workbook import decisions_workbook
from evaluator.reporting.papers.diagnostics import diagnostics_page
from evaluator.studies.worked_examples import worked_examples
from evaluator.validation import (
    agreement_of,
    assign,
    check_issued,
    habits_of,
    open_matters,
    progress_of,
    to_moderate,
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
    found = in_order((*sealed, *received.findings, *strangers, *found))
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
    return published.criteria, made, in_order((*received.findings, *strangers, *found))


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
        return b"", None, in_order((*read, *found))
    return workbook_bytes(decisions_workbook(published.criteria, made)), made, in_order((*read, *found))


def issue_events(criteria: Path, made: Issued) -> LedgerEvents:
    """Give what the ledger is told of an issue: the seal, where it is new there, and each workbook."""

    def told(entries: Sequence[Entry]) -> Iterator[Event]:
        yield from seal_event(criteria, entries)
        for name, content in sorted(made.files.items()):
            if name.endswith(".xlsx"):
                digest = hashlib.sha256(content).hexdigest()
                yield Event("issue", name, digest, after=digest)

    return told


def moderation_events(criteria: Path, name: str, made: Moderated) -> LedgerEvents:
    """Give what the ledger is told of a moderation workbook that goes to a panel: the seal, where it is new, and it."""

    def told(entries: Sequence[Entry]) -> Iterator[Event]:
        yield from seal_event(criteria, entries)
        digest = hashlib.sha256(made.workbook).hexdigest()
        yield Event("issue", name, digest, after=digest)

    return told


def seal_events(criteria: Path) -> LedgerEvents:
    """Give what the ledger is told of a publication: the seal, where it is new there."""
    return lambda entries: seal_event(criteria, entries)


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


@dataclass(frozen=True)
class Papers:
    """What publishing came to: the seal, the papers, and the findings; no seal where something stands in the way."""

    seal: Seal | None
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    understood: bool = True  # whether the criteria could be read at all
    sealed_before: bool = False  # whether these very criteria were sealed already


def publish(criteria: Path, date: str, *, papers: bool) -> Papers:
    """Seal criteria, and make the papers of the tender documents if they are wanted; nothing is written.

    Findings that block stand in the way unless a named person accepted them in ``accepted.toml``. Criteria that are
    sealed already keep their seal. Where another version was sealed before, ``versions.toml`` says what changed.
    """
    read = read_criteria(criteria)
    if read.criteria is None:
        return Papers(None, {}, in_order(read.findings), understood=False)
    if read.seal is not None and read.seal.sha256 == fingerprint(read.criteria):
        return Papers(read.seal, _published(read.criteria, read.seal, papers=papers), (), sealed_before=True)
    words, wrong_words = read_check_words(criteria)
    accepted, wrong_accepted = read_accepted(criteria)
    versions, wrong_versions = read_versions(criteria)
    weighed = weigh(read.criteria, check(read.criteria, words=words), accepted)
    version = check_version(read.criteria, read.seal, versions, date)
    found = in_order((*weighed.left, *weighed.problems, *version, *wrong_words, *wrong_accepted, *wrong_versions))
    if block_award(found):
        return Papers(None, {}, found)
    changed = record_of(read.criteria, versions) if read.seal else None
    sealed = seal(read.criteria, date, read.seal, weighed.accepted, changed)
    return Papers(sealed, _published(read.criteria, sealed, papers=papers), found)


def _published(criteria: Criteria, sealed: Seal, *, papers: bool) -> dict[str, bytes]:
    """Make what goes out with the tender documents: seal, appendix, open data, and a bid form for each theme."""
    if not papers:
        return {}
    changed = (sealed.changed,) if sealed.changed else ()
    weights = effective_weights(criteria)
    issued = Appendix(criteria, sealed.sha256, sealed, weights, worked_examples(criteria), sealed.accepted, changed)
    forms = (
        Document(f"bid-form-{theme.id}.xlsx", bid_form(criteria, theme, sealed.sha256)) for theme in criteria.themes
    )
    open_data = Document("tender.json", criteria_ocds(criteria, sealed, sealed.sha256))
    return {SEAL: seal_bytes(sealed), **rendered((appendix(issued, __version__), open_data, *forms))}


def forget(bids: Path, criteria: Criteria, organisation: str, what: str, by: str, date: str) -> int:
    """Delete an organisation's replies from the monitoring of a folder of bids, and record it.

    Raises
    ------
    NothingToDeleteError
        When there is no such reply.
    """
    record = {"organisation": organisation, "what": what, "by": by, "date": date}
    return delete_replies(bids, criteria, lambda rows: after_deletion(rows, organisation, what), record)
