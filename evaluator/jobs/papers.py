"""Papers that go out to the panel and come back: gather files, let the pure stages decide, and put papers together."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, islice
from pathlib import Path
from typing import Literal

from evaluator.files.audit.run_folder import rendered
from evaluator.files.read.bids.folder import RETURNS, bids_in, read_agreed, read_before_marking, read_marks
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.engine_data import read_reason_rules
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs.ledger_events import LedgerEvents, seal_event
from evaluator.publication import check_seal, fingerprint
from evaluator.records.documents import Document
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source, block_award, in_order
from evaluator.records.ledger import Entry, Event
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.records.submissions.assignment import Assignment, Task
from evaluator.records.submissions.decisions_waiting import ToDecide
from evaluator.records.submissions.everyones_marks import AnswerMarks
from evaluator.records.submissions.moderation import Agreement, Discussed, Habits, Renewal
from evaluator.records.submissions.progress import Progress
from evaluator.records.submissions.received import Received
from evaluator.reporting.papers import (
    Issue,
    Moderation,
    carried_words,
    issue_workbook,
    moderation_workbook,
    note_html,
    note_text,
    reading_pack,
)
from evaluator.reporting.papers.decisions_workbook import decisions_workbook
from evaluator.reporting.papers.diagnostics import diagnostics_page
from evaluator.validation import (
    agreement_of,
    assign,
    check_issued,
    everyones_marks,
    habits_of,
    on_one_scale,
    open_matters,
    progress_of,
    renewed,
    to_moderate,
    together,
    with_notes,
    written_answers,
)

FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
RESERVED = re.compile(r"(?i)con|prn|aux|nul|com[0-9]|lpt[0-9]")  # names that Windows keeps for devices
MANIFEST = "issue.json"
PACK = " reading pack"  # after the evaluator's id
MOST_ANSWERS = 400  # of one part of a reading pack
FORMS: tuple[Literal["docx", "pdf"], ...] = ("docx", "pdf")
ISSUED = (".xlsx", ".docx", ".pdf")  # what the ledger is told of
AGREED = ("moderation.xlsx", "consensus.csv")
NOTHING = finding("E-ISSUE-004", Source("register"))
STAGES_OF = Source("programme.toml", key="stage")


@dataclass(frozen=True)
class Issued:
    """What an issue came to: its files and who they are for, or the findings that stand against it."""

    files: Mapping[str, bytes]
    assignments: tuple[Assignment, ...]
    findings: tuple[Finding, ...]
    understood: bool = True  # whether the criteria could be read at all


@dataclass(frozen=True)
class Assigned:
    """Who is given which answers, and what all papers of an issue share; nobody where something stands against it."""

    common: Issue
    assignments: tuple[Assignment, ...]
    findings: tuple[Finding, ...]


def issue(criteria: Path, bids: Path, seed: int, *, as_written: bool = False, stage: str = "") -> Issued:
    """Make a workbook, a covering note and, where answers are held, a reading pack for every evaluator.

    Only sealed criteria are issued, so that nobody marks by anything but what was published. Nothing is written.

    Parameters
    ----------
    as_written : whether answers with a figure that equals a price of their bid go out all the same.
    stage : whose answers are issued; empty for the one that is open, after those that are sealed.
    """
    published = read_criteria(criteria)
    if published.criteria is None:
        return Issued({}, (), in_order(published.findings), understood=False)
    received = read_before_marking(bids, published.criteria)
    given = assigned(published.criteria, published.seal, received, seed, as_written=as_written, stage=stage)
    if not given.assignments:
        return Issued({}, (), given.findings)
    files = rendered(paper for one in given.assignments for paper in _papers(given.common, one))
    files |= reading_packs(given.common, given.assignments)
    files[MANIFEST] = _manifest(given.common, files)
    return Issued(files, given.assignments, given.findings)


def assigned(
    criteria: Criteria, seal: Seal | None, received: Received, seed: int, *, as_written: bool, stage: str = ""
) -> Assigned:
    """Give every evaluator their answers, and the answers that they may read, unless something stands against it."""
    stages = criteria.stages_in_order
    at = stages.index(stage) if stage in stages else len(received.stages)
    common = Issue(criteria, fingerprint(criteria), seed, stage=stages[at] if stages else "")
    if at > len(received.stages):
        too_early = finding("E-STAGE-007", STAGES_OF, stage=stage, before=stages[len(received.stages)])
        return Assigned(common, (), in_order((too_early, *received.findings), criteria.regime))
    received = replace(received, stages=received.stages[:at])
    assignments, found = assign(criteria, received, seed)
    sealed = check_seal(criteria, seal)
    found = together((*sealed, *received.findings, *found, *_names(assignments)), criteria.regime)
    answers, told = written_answers(criteria, received, as_written=as_written)
    common = replace(common, answers=answers)
    if block_award(found) or not assignments:
        return Assigned(common, (), found if block_award(found) else in_order((*found, NOTHING)))
    return Assigned(common, assignments, in_order((*found, *told)))


def reading_packs(common: Issue, assignments: Sequence[Assignment]) -> dict[str, bytes]:
    """Make each evaluator's reading pack as Word and PDF, in parts where it is long; none where no answers are held.

    Two are set at a time: a part of four hundred answers takes half a gigabyte while it is.
    """
    pages = (page for one in assignments if common.answers for page in _pack(common, one))
    files: dict[str, bytes] = {}
    while two := tuple(islice(pages, 2)):
        files |= {name: content for name, content in rendered(two).items() if not name.endswith(".html")}
    return files


def _pack(common: Issue, assignment: Assignment) -> Iterator[Document]:
    parts = _parts(assignment)
    for number, part in enumerate(parts, 1):
        told = f"part {number} of {len(parts)}" if len(parts) > 1 else ""
        name = ", ".join(filter(None, (f"{assignment.evaluator}{PACK}", told)))
        yield Document(f"{name}.html", reading_pack(common, part, told), FORMS)


def _parts(assignment: Assignment) -> tuple[Assignment, ...]:
    """Divide what is long between bids."""
    parts: list[list[Task]] = [[]]
    for _, tasks in groupby(assignment.tasks, key=lambda task: task.subject):
        own = list(tasks)
        if parts[-1] and len(parts[-1]) + len(own) > MOST_ANSWERS:
            parts.append([])
        parts[-1] += own
    return tuple(replace(assignment, tasks=tuple(tasks)) for tasks in parts)


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
    renewal: Renewal | None = None
    before: str = ""  # the SHA-256 of the file that the agreed marks were carried over from


def moderate(criteria: Path, bids: Path, *, as_written: bool = False) -> Moderated:
    """Put everyone's marks and reasons side by side for the panel to agree; nothing is written.

    Where marks were agreed before, they are carried over, and what changed since is marked.
    """
    published = read_criteria(criteria)
    if published.criteria is None:
        return Moderated(b"", (), in_order(published.findings), understood=False)
    received = read_marks(bids, published.criteria)
    strangers = check_issued(published.criteria, fingerprint(published.criteria), received)
    answers, found = to_moderate(published.criteria, replace(received, findings=received.findings + strangers))
    sealed = check_seal(published.criteria, published.seal)
    last, unread = read_agreed(bids, published.criteria)
    unread = tuple(one for one in unread if block_award((one,)))
    found = together((*sealed, *received.findings, *strangers, *found, *unread), published.criteria.regime)
    if block_award(found) or not answers:
        return Moderated(b"", (), found if block_award(found) else in_order((*found, NOTHING)))
    answers = with_notes(read_reason_rules(), published.criteria, answers)
    usual = on_one_scale(published.criteria, answers)
    written, told = written_answers(published.criteria, received, as_written=as_written)
    made = Moderation(
        published.criteria,
        answers,
        fingerprint(published.criteria),
        agreement_of(usual, published.criteria.scale),
        habits_of(published.criteria.scale, usual, _seeds(received)),
        written,
        renewed(published.criteria, received, answers, last) if last else None,
    )
    workbook, page = (
        workbook_bytes(moderation_workbook(made)),
        diagnostics_page(made.criteria, made.measured, made.habits),
    )
    before = _digest_of_agreed(bids) if last else ""
    found = in_order((*found, *told))
    return Moderated(workbook, answers, found, made.measured, made.habits, page, renewal=made.renewal, before=before)


def _digest_of_agreed(bids: Path) -> str:
    inputs = bids_in(bids)
    content = next((inputs.content(name) for name in AGREED if name in inputs), None)
    return hashlib.sha256(content).hexdigest() if content else ""


def _seeds(received: Received) -> dict[str, int]:
    """Give the seed that mixed the bids of each evaluator whose workbook says it."""
    told = {one.evaluator: one.identity.get("seed", "") for one in received.issued}
    return {evaluator: int(seed) for evaluator, seed in told.items() if re.fullmatch(r"-?[0-9]{1,18}", seed)}


def progress(criteria: Path, bids: Path) -> tuple[Criteria | None, Progress | None, tuple[Finding, ...]]:
    """Say who has returned what; no progress where the criteria or the register cannot be read."""
    made = returns_so_far(criteria, bids)
    return made.criteria, made.progress, made.findings


@dataclass(frozen=True)
class ReturnsSoFar:
    """Who has returned what, with everyone's mark for every answer; no progress where there is no register."""

    criteria: Criteria | None
    progress: Progress | None = None
    received: Received | None = field(default=None, repr=False)
    findings: tuple[Finding, ...] = ()

    def everyone(self) -> tuple[AnswerMarks, ...]:
        """Give everyone's mark for every answer, or why there is none."""
        return everyones_marks(self.criteria, self.received) if self.criteria and self.received else ()


def returns_so_far(criteria: Path, bids: Path) -> ReturnsSoFar:
    """Read what was returned so far; nothing is written."""
    published = read_criteria(criteria)
    if published.criteria is None:
        return ReturnsSoFar(None, findings=in_order(published.findings))
    received = read_marks(bids, published.criteria)
    strangers = check_issued(published.criteria, fingerprint(published.criteria), received)
    received = replace(received, findings=received.findings + strangers)
    made, found = progress_of(published.criteria, received)
    findings = together((*received.findings, *found), published.criteria.regime)
    return ReturnsSoFar(published.criteria, made, received, findings)


def to_decide(criteria: Path, bids: Path) -> tuple[ToDecide | None, tuple[Finding, ...]]:
    """Gather what waits for a person; nothing where that cannot be said.

    What is wrong in returns is left to ``progress``: decisions can be taken while the marking goes on.
    """
    published = read_criteria(criteria)
    if published.criteria is None:
        return None, in_order(published.findings)
    received = read_marks(bids, published.criteria)
    read = tuple(one for one in received.findings if not one.source.file.startswith((f"{RETURNS}/", "marks.csv")))
    made, found = open_matters(published.criteria, received)
    return None if block_award(read) else made, together((*read, *found), published.criteria.regime)


def workbook_to_decide(criteria: Path, bids: Path) -> tuple[bytes, ToDecide | None, tuple[Finding, ...]]:
    """Make the workbook for what waits for a person; without bytes where that cannot be said."""
    made, found = to_decide(criteria, bids)
    published = read_criteria(criteria).criteria
    return workbook_bytes(decisions_workbook(published, made)) if published and made else b"", made, found


def issue_events(criteria: Path, made: Issued) -> LedgerEvents:
    """Give what the ledger is told of an issue: the seal, where it is new there, and each workbook."""

    def events(entries: Sequence[Entry]) -> Iterator[Event]:
        yield from seal_event(criteria, entries)
        for name, content in sorted(made.files.items()):
            if name.endswith(ISSUED):
                digest = hashlib.sha256(content).hexdigest()
                yield Event("issue", name, digest, after=digest)

    return events


def moderation_events(criteria: Path, name: str, made: Moderated) -> LedgerEvents:
    """Give what the ledger is told of a moderation workbook that goes to a panel: the seal, where it is new, and it."""

    def events(entries: Sequence[Entry]) -> Iterator[Event]:
        yield from seal_event(criteria, entries)
        digest = hashlib.sha256(made.workbook).hexdigest()
        yield Event("issue", name, digest, made.before, digest, carried_words(made.renewal) if made.renewal else "")

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
    name = f"{assignment.evaluator}-{common.stage}" if common.stage else assignment.evaluator
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
        **({"stage": common.stage} if common.stage else {}),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()
