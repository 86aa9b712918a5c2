"""The meeting of a panel, answer by answer: what is agreed is in the folder and in the ledger as soon as it is saved.

What was agreed stands in ``bids/consensus.csv``, which every command reads. A moderation workbook that lies there is
kept as it is and gives way: its agreed marks go on in the table, with the marks and reasons that each rests on.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from evaluator.files.audit.received import digest, in_place, put, take_out
from evaluator.files.read.bids.folder import bids_in, read_agreed, read_marks
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.engine_data import read_reason_rules
from evaluator.files.read.programme import Programme
from evaluator.files.read.tables import layouts
from evaluator.files.write.csv_tables import csv_bytes
from evaluator.jobs.coming_in.receipts import giving_way, write_receipts
from evaluator.publication import fingerprint
from evaluator.records.findings.finding import Finding, block_award, in_order
from evaluator.records.ledger import Entry, Event
from evaluator.records.office.receipts import UNDONE, receipts_of
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.answers import Answers
from evaluator.records.submissions.everyones_marks import AnswerMarks
from evaluator.records.submissions.moderation import NOWHERE, Agreed, Carried, Discussed, LastModeration, Left
from evaluator.records.submissions.received import Received
from evaluator.records.texts import fingerprint_of
from evaluator.validation import (
    Surroundings,
    agreed_events,
    check_issued,
    everyones_marks,
    in_order_of_discussion,
    notes_on,
    renewed,
    surroundings,
    to_moderate,
    together,
    written_answers,
)

AGREED = ("moderation.xlsx", layouts.CONSENSUS.csv)
PLACE = f"bids/{layouts.CONSENSUS.csv}"
KEYS = ("bid", "question", "mark", "reason", "for_bidder", layouts.SEEN.key)
WHY = f"The panel goes on agreeing marks one at a time; they stand in {PLACE} from now on."
TWO_FILES = "E-FILE-002"
SHORT = 16  # characters of the version of an answer
About = tuple[str, str]  # bid or organisation, and question


@dataclass(frozen=True)
class Brought:
    """What a panel brings to its meeting: answers in the order of discussion, with everyone's marks; or the findings.

    ``everyone`` has who is recused, too; ``written`` the bidders' own words, where they are held.
    """

    criteria: Criteria | None
    received: Received | None = None
    answers: tuple[Discussed, ...] = ()
    everyone: Mapping[About, AnswerMarks] = field(default_factory=dict)
    written: Answers = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    state: str = ""  # of all that it was gathered from

    def answer(self, about: About) -> Discussed | None:
        """Give one answer; None where it is not to be agreed."""
        return next((one for one in self.answers if (one.subject, one.question.id) == about), None)

    def notes(self, answer: Discussed) -> tuple[Finding, ...]:
        """Give the notes for the moderator on one answer."""
        return notes_on(self._around, answer)

    @cached_property
    def _around(self) -> Surroundings:
        assert self.criteria is not None
        return surroundings(read_reason_rules(), self.criteria, self.answers)


def state_of(programme: Programme) -> str:
    """Give the SHA-256 of all that a meeting is gathered from: the criteria, and the bids without what was agreed."""
    bids = bids_in(programme.bids).contents()
    files = {f"bids/{name}": content for name, content in bids.items() if name not in AGREED}
    told = hashlib.sha256()
    for path in sorted(path for path in programme.criteria.rglob("*") if path.is_file()):
        files[path.relative_to(programme.root).as_posix()] = path.read_bytes()
    for name, content in sorted(files.items()):
        told.update(f"{name}\0{digest(content)}\n".encode("utf-8", "replace"))
    return told.hexdigest()


def brought(programme: Programme) -> Brought:
    """Gather what a panel brings to its meeting; agreed marks are not looked at. Nothing is written."""
    return _brought(programme.criteria, programme.bids, state_of(programme))


@lru_cache(maxsize=4)  # until any of its files holds something else
def _brought(criteria_folder: Path, bids: Path, state: str) -> Brought:
    published = read_criteria(criteria_folder)
    if published.criteria is None:
        return Brought(None, findings=in_order(published.findings), state=state)
    criteria = published.criteria
    received = read_marks(bids, criteria)
    strangers = check_issued(criteria, fingerprint(criteria), received)
    received = replace(received, findings=received.findings + strangers)
    answers, found = to_moderate(criteria, received)
    written, told = written_answers(criteria, received, as_written=False)
    findings = together((*received.findings, *found, *told), criteria.regime)
    return Brought(
        criteria,
        received,
        in_order_of_discussion(criteria, answers),
        {one.about: one for one in everyones_marks(criteria, received)},
        written,
        findings,
        state,
    )


@dataclass(frozen=True)
class AgreedNow:
    """What is agreed now, as it stands on the disk: by answer, and the rows that are about none of the answers.

    ``history`` has the ledger's entries about each answer, in order; ``sha256`` is that of the file.
    """

    carried: Mapping[About, Carried] = field(default_factory=dict)
    left: tuple[Left, ...] = ()
    history: Mapping[About, tuple[Entry, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    last: LastModeration | None = field(default=None, repr=False)

    def version(self, answer: Discussed) -> str:
        """Give the version of an answer, by which a page that is out of date is known: what was agreed, and on what."""
        one = self.carried.get((answer.subject, answer.question.id))
        return fingerprint_of([one.agreed.fingerprint if one else "", answer.seen])[:SHORT]

    def entry(self, about: About) -> Entry | None:
        """Give the last entry of the ledger about an answer, if that is what stands in the file."""
        entries, one = self.history.get(about, ()), self.carried.get(about)
        last = entries[-1] if entries else None
        same = last and one and (last.event.after, last.event.reason) == (one.agreed.mark, one.agreed.reason)
        return last if same else None


def agreed_now(programme: Programme, meeting: Brought, entries: Sequence[Entry]) -> AgreedNow:
    """Read what is agreed now."""
    if meeting.criteria is None or meeting.received is None:
        return AgreedNow()
    last, found = read_agreed(programme.bids, meeting.criteria)
    history: dict[About, tuple[Entry, ...]] = {}
    of_marks = (entry for entry in entries if entry.event.kind in ("consensus", "correction"))
    for entry in of_marks:
        subject, _, question = entry.event.subject.rpartition(" ")
        history[subject, question] = (*history.get((subject, question), ()), entry)
    held = renewed(meeting.criteria, meeting.received, meeting.answers, last) if last else None
    if held is None:
        return AgreedNow(history=history, findings=found, last=last)
    return AgreedNow(held.carried, held.left, history, found, last)


def left_to_agree(programme: Programme) -> int:
    """Count the answers of the stage that is open that wait for an agreed mark, as far as they can be moderated."""
    meeting = brought(programme)
    now = agreed_now(programme, meeting, ())
    return sum((one.subject, one.question.id) not in now.carried for one in meeting.answers)


@dataclass(frozen=True)
class Entered:
    """What somebody enters of one answer, and the version of it that they had before them."""

    mark: str
    reason: str
    for_bidder: str
    version: str

    @property
    def agreed(self) -> Agreed:
        """The same as it is filed."""
        return Agreed(self.mark, self.reason, self.for_bidder, NOWHERE)


class Agreeing:
    """One answer agreed: ``told`` and ``then`` are what the ledger calls, and the file is written before the ledger is.

    Whoever is stopped in between has the mark in the file; the ledger is told of it with the next one, or when the
    programme is evaluated. ``outdated`` says that somebody else was quicker, or that marks came in: nothing is written
    then, and ``now`` is what stands.
    """

    def __init__(self, programme: Programme, about: About, entered: Entered) -> None:
        self.programme, self.about, self.entered = programme, about, entered
        self.meeting = Brought(None)
        self.now = AgreedNow()
        self.outdated = False
        self._before: Sequence[Entry] = ()

    def told(self, entries: Sequence[Entry]) -> Iterator[Event]:
        """Write the table with the answer in it, and tell the ledger of all that is new in it."""
        self._before, self.outdated = entries, False
        self.meeting = brought(self.programme)
        self.now = agreed_now(self.programme, self.meeting, entries)
        answer = self.meeting.answer(self.about)
        if answer is None or self._is_there():
            self.outdated = answer is None
            return
        self.outdated = self.now.version(answer) != self.entered.version
        if not self.outdated and not self.in_the_way():
            yield from self._written(entries, answer)

    def in_the_way(self) -> tuple[Finding, ...]:
        """Give what stands against writing the table anew: a workbook beside it does not, where the table is ours."""
        content = in_place(self.programme.root, PLACE)
        ours = content is not None and self._is_own(PLACE, content)
        return tuple(one for one in self.now.findings if block_award((one,)) and not (ours and one.code == TWO_FILES))

    def _is_there(self) -> bool:
        """Whether just this stands in file and ledger already: it was sent twice, or somebody else entered the same."""
        before = self.now.carried.get(self.about)
        same = before is not None and before.agreed.fingerprint == self.entered.agreed.fingerprint and not before.since
        return bool(same and self.now.entry(self.about))

    def _written(self, entries: Sequence[Entry], answer: Discussed) -> Iterator[Event]:
        before = self.now.carried.get(self.about)
        events, places = giving_way(self.programme, entries, "moderation", WHY, self._is_own)
        carried = {**self.now.carried, self.about: Carried(self.entered.agreed, answer.seen)}
        content = csv_bytes(KEYS, _rows(carried, [one for one in self.now.left if _about(one) != self.about]))
        put(self.programme.root, PLACE, content)
        for place in places:
            if place != PLACE:
                take_out(self.programme.root, place)
        yield from events
        assert self.meeting.criteria is not None
        read, _ = read_agreed(self.programme.bids, self.meeting.criteria)
        new = tuple(agreed_events(entries, read.table if read else None, {layouts.CONSENSUS.csv: digest(content)}))
        yield from new
        subject = " ".join(self.about)
        if before is not None and all(event.subject != subject for event in new):
            mark, reason = self.entered.mark, self.entered.reason  # what the bidder is told is another
            yield Event("correction", subject, digest(content), before.agreed.mark, mark, reason)

    def then(self, added: Sequence[Entry]) -> None:
        """Write what is told of receipts beside the bids, where one no longer counts; and read what stands now."""
        entries = (*self._before, *added)
        if any(entry.event.kind == UNDONE for entry in added):
            write_receipts(self.programme, receipts_of(entries))
        self.now = agreed_now(self.programme, self.meeting, entries)

    def _is_own(self, place: str, content: bytes) -> bool:
        """Whether what lies in the place is the table as it is written here."""
        table = self.now.last.table if self.now.last and place == PLACE else None
        return table is not None and csv_bytes(KEYS, (table.row(at) for at in range(len(table)))) == content


def _about(one: Left) -> About:
    return one.subject, one.question


def _rows(carried: Mapping[About, Carried], left: Sequence[Left]) -> Iterator[dict[str, str]]:
    """Give the rows of the table in one order, whatever the order of the meeting: by bid or organisation, and question.

    What is about none of the answers stands after the rest, as it was typed.
    """
    for about in sorted(carried):
        yield _row(about, carried[about].agreed, carried[about].seen)
    for one in left:
        yield _row(_about(one), one.agreed, "")


def _row(about: About, agreed: Agreed, seen: str) -> dict[str, str]:
    said = {"mark": agreed.mark, "reason": agreed.reason, "for_bidder": agreed.for_bidder}
    return {"bid": about[0], "question": about[1], **said, layouts.SEEN.key: seen}
