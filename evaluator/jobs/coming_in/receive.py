"""Receive: look at what came in, decide where each file belongs, keep the originals, tell the ledger, and file copies.

Everything that depends on what came before is decided under the ledger's lock. The ledger is written before a copy is
put in its place, so that nothing counts of which it does not know; whoever was stopped in between calls again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from evaluator.files.audit.monitoring_deletions import write_salt
from evaluator.files.audit.received import (
    digest,
    files_given,
    in_place,
    keep,
    names_in,
    originals,
    put,
    take_out,
)
from evaluator.files.audit.run_folder import write_page
from evaluator.files.read.bids.folder import SALT
from evaluator.files.read.bids.recognise import Recognised, differing_marks, keeps_out, recognise, shown_name
from evaluator.files.read.criteria.folder import PROGRAMME, read_criteria
from evaluator.files.read.inputs import UnreadableError, read_once
from evaluator.files.read.programme import Programme
from evaluator.jobs.coming_in.receipts import commitment, write_receipts
from evaluator.jobs.papers import FILE_NAME, RESERVED
from evaluator.records.dates import spoken_moment
from evaluator.records.english import count_of, listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.ledger import Entry, Event
from evaluator.records.look_alikes import skeleton
from evaluator.records.office.paper_kinds import BID, CRITERIA, KINDS, MONITORING, RETURN
from evaluator.records.office.receipts import (
    Receipt,
    Receipts,
    next_reference,
    next_version,
    receipts_of,
)
from evaluator.records.programme.criteria import Criteria
from evaluator.records.texts import visible
from evaluator.records.work import ReportProgress
from evaluator.reporting.office.receipts import Result, receipt_text

EACH = 25  # files after which progress is told
GROWING = ("panel", "declarations", "moderation", "decisions")  # papers that are made again with what is in them
Look = Callable[[bytes, str, Criteria | None, str], Recognised]  # as ``recognise`` does, perhaps in another process
RIVALS = {"register": BID, BID: "register", "marks": RETURN, RETURN: "marks"}  # they would say the same twice


@dataclass(frozen=True)
class Asked:
    """What somebody says of the files that are received.

    Parameters
    ----------
    sender, when, who : from whom they came, when, and who records it; ``stated`` where a person said when.
    kind : what they are; empty where nobody says.
    answer : what becomes of a second file: ``replace``, ``keep``, ``another`` bid, or nothing while nobody has said.
    salt : binds the ledger to the monitoring, where there is no salt yet.
    called : what files were called that lie under a name of our own, by their paths.
    """

    sender: str = ""
    when: str = ""
    who: str = ""
    stated: bool = False
    kind: str = ""
    answer: str = ""
    salt: str = ""
    called: Mapping[Path, str] = field(default_factory=dict)


@dataclass
class _Looked:
    """A file that was looked at, before anything is decided."""

    path: Path
    name: str
    fingerprint: str
    found: Recognised
    why: str = ""


@dataclass
class _Move:
    """A copy that has to be put in its place once the ledger knows of it, and what gives way to it."""

    place: str
    content: bytes
    gone: str = ""


class Receiving:
    """One call: its files are looked at when it is made; ``told`` and ``then`` are what the ledger calls."""

    def __init__(
        self,
        programme: Programme,
        paths: Sequence[Path],
        asked: Asked,
        report: ReportProgress,
        look: Look | None = None,
    ) -> None:
        self.programme, self.asked, self._look_at = programme, asked, look or recognise
        self.criteria: Criteria | None = read_criteria(programme.criteria).criteria
        self.results: list[Result] = []
        self.receipts = Receipts()
        self._moves: list[_Move] = []
        self._to_keep: list[tuple[bytes, str, bool]] = []
        self._number = 0
        self._only_foresees = False
        files = files_given(paths)
        self.looked: list[_Looked] = []
        for at, path in enumerate(files):
            if at % EACH == 0 and len(files) > EACH:
                report(f"Looking at file {at + 1:,} of {len(files):,}")
            self.looked.append(self._look(path))

    def _look(self, path: Path) -> _Looked:
        name = shown_name(self.asked.called.get(path, path.name))
        try:
            content = read_once(path)
        except UnreadableError as error:
            return _Looked(path, name, "", Recognised(), error.strerror)
        found = self._look_at(content, name, self.criteria, self.asked.kind)
        return _Looked(path, name, digest(content), found)

    def told(self, entries: Sequence[Entry]) -> Iterator[Event]:
        """Decide on each file, keep the originals of those that are filed, and give what the ledger is told."""
        self.receipts, self._number = receipts_of(entries), len(entries)
        self.results, self._moves = [], []
        for one in self.looked:
            before = self.receipts
            kind = one.found.kinds[0] if len(one.found.kinds) == 1 else ""
            self.results.append(replace(self._result(one), kind=kind))
            for content, ending, private in self._to_keep:
                keep(self.programme.root, content, ending, private=private)
            self._to_keep.clear()
            yield from (receipt.event for receipt in self.receipts.every[len(before.every) :])

    def foreseen(self, entries: Sequence[Entry]) -> tuple[Result, ...]:
        """Say what would become of each file if it were received now; nothing is kept, filed or told."""
        self.receipts, self._number = receipts_of(entries), len(entries)
        self._moves, self._only_foresees = [], True
        kinds = (one.found.kinds[0] if len(one.found.kinds) == 1 else "" for one in self.looked)
        results = tuple(replace(self._result(one), kind=kind) for one, kind in zip(self.looked, kinds, strict=True))
        self._moves, self._only_foresees = [], False
        self._to_keep.clear()
        return results

    def then(self, _: Sequence[Entry]) -> None:
        """Put copies in their places, and write what is told of the receipts beside them."""
        root = self.programme.root
        for move in self._moves:
            put(root, move.place, move.content)
            if move.gone and move.gone != move.place:
                take_out(root, move.gone)
        write_receipts(self.programme, self.receipts)
        for result in self.results:
            if result.receipt and not result.receipt.private and result.state in ("filed", "kept"):
                name = f"{result.receipt.number:04}-{result.receipt.kind}-{result.receipt.subject}".rstrip("-")
                text = receipt_text(result.receipt, self.programme.settings.title)
                write_page(self.programme.papers / "receipts" / f"{name}.txt", text)

    def _result(self, one: _Looked) -> Result:
        """Decide what becomes of one file; nothing of it is kept where a person must say something first."""
        if one.why:
            return _refused(one, finding("E-FILE-060", Source(one.name), why=one.why))
        if one.found.refused or any(item.code.startswith("E-RECEIVE-") for item in one.found.findings):
            return Result(one.name, "refused", findings=tuple(filter(_stands_against, one.found.findings)))
        if len(one.found.kinds) != 1:
            return Result(one.name, "asked", findings=(_which(one),))
        try:
            content = read_once(one.path)
        except UnreadableError as error:
            return _refused(one, finding("E-FILE-060", Source(one.name), why=error.strerror))
        if digest(content) != one.fingerprint:
            return _refused(one, finding("E-RECEIVE-009", Source(one.name)))
        return self._known(one, content) or self._new(one, content)

    def _known(self, one: _Looked, content: bytes) -> Result | None:
        """Say of a file that is here already what became of it; None where it is to be received."""
        undone = {gone.receipt.number for gone in self.receipts.undone}
        token = self._token(one)
        every = [r for r in self.receipts.known(token) if r.number not in undone and r.kind == one.found.kinds[0]]
        filed = next((receipt for receipt in every if self.receipts.filed(receipt)), None)
        if filed is not None:
            return self._again(one, content, filed)
        if every and (self.asked.answer != "replace" or not KINDS[every[-1].kind].places):
            return Result(one.name, "again", every[-1], note=self._what_counts(every[-1]))
        return None

    def _again(self, one: _Looked, content: bytes, filed: Receipt) -> Result:
        """Say that a file counts already; where its copy is missing from its place, it is put back."""
        moved = next((move.content for move in reversed(self._moves) if move.place == filed.place), None)
        there = moved if moved is not None else in_place(self.programme.root, filed.place)
        if there == content:
            return Result(one.name, "again", filed, note=self._what_counts(filed))
        if there is not None and not self._has_original(there, private=filed.private):
            if self.asked.answer != "replace":
                return Result(one.name, "asked", findings=(_changed(one, filed.place),))
            self._keep_found(filed, there)
        self._to_keep.append((content, one.found.ending or one.path.suffix, filed.private))
        self._moves.append(_Move(filed.place, content))
        return Result(one.name, "put back", filed)

    def _new(self, one: _Looked, content: bytes) -> Result:
        """Receive a file that was not here before."""
        kind = one.found.kinds[0]
        if kind == RETURN and not _is_file_name(one.found.subject):
            shown = f"“{visible(one.found.subject)[:40]}”" if one.found.subject else "not given"
            return Result(one.name, "asked", findings=(finding("E-RECEIVE-004", Source(one.name), shown=shown),))
        return self._placed(one, content, kind) if KINDS[kind].places else self._received(one, content, "", "")

    def _placed(self, one: _Looked, content: bytes, kind: str) -> Result:
        """Receive a file that has a place: into a free one, or as somebody says beside what counts there."""
        if rival := self._rival(kind):
            facts = {"what": _capital(KINDS[kind].words), "other": rival}
            return Result(one.name, "asked", findings=(finding("E-RECEIVE-007", Source(one.name), **facts),))
        subject = self._subject(one)
        standing = self._standing(one, kind, subject)
        if standing is not None and self.asked.answer == "another" and kind == BID and standing.subject != subject:
            standing = None
        if standing is None:
            return self._received(one, content, self._free_place(one, kind, subject), subject)
        if not standing.number and in_place(self.programme.root, standing.place) == content:
            return self._received(one, content, standing.place, subject)
        if not self.asked.answer and self._only_adds(one, standing):
            filed = self._in_place_of(one, content, standing)
            return replace(filed, note=f"it holds all of the earlier one ({standing.fingerprint[:12]}), and more")
        if not self.asked.answer or self.asked.answer == "another":
            return Result(one.name, "asked", findings=(self._second(one, standing, content),))
        if self.asked.answer == "keep":
            return self._received(one, content, "", standing.subject)
        return self._in_place_of(one, content, standing)

    def _rival(self, kind: str) -> str:
        """Name what would say the same as a kind of paper in another way, where there is such a thing."""
        if kind == CRITERIA and (self.programme.criteria / PROGRAMME).exists():
            return "criteria that are kept as TOML files"
        rival = RIVALS.get(kind, "")
        counts = any(receipt.kind == rival for receipt in self.receipts.standing)
        lies = (place for place in KINDS[rival].places.values() if "{}" not in place) if rival else ()
        there = counts or any((self.programme.root / place).exists() for place in lies)
        return KINDS[rival].words if there else ""

    def _subject(self, one: _Looked) -> str:
        """Say whose or of what a paper is: a bid has the reference in its form, or the one that it had before."""
        if one.found.kinds[0] != BID:
            return one.found.subject
        known = [receipt for receipt in self.receipts.known(one.fingerprint) if receipt.subject]
        if known:
            return known[-1].subject
        return one.found.subject if _is_file_name(one.found.subject) else ""

    def _standing(self, one: _Looked, kind: str, subject: str) -> Receipt | None:
        """Find what counts in the place that a file would take; what lies there without a receipt is as good as one."""
        if kind == BID:
            alike = (r for r in self.receipts.standing if r.kind == BID and one.found.about and _alike(r, one))
            named = self.receipts.of(BID, subject) if subject else ()
            return next(iter(named), None) or next(alike, None) or self._unreceived(kind, subject)
        return next(reversed(self.receipts.of(kind, subject)), None) or self._unreceived(kind, subject)

    def _unreceived(self, kind: str, subject: str) -> Receipt | None:
        """Give a receipt in name only of a file that somebody put in the place without one."""
        for place in KINDS[kind].places.values():
            if "{}" in place and not subject:
                continue
            content = in_place(self.programme.root, place.format(subject))
            if content is not None:
                return Receipt(0, kind, subject, self._fingerprint(content, kind), place.format(subject))
        return None

    def _second(self, one: _Looked, standing: Receipt, content: bytes) -> Finding:
        """Ask about a second file for a place."""
        called = f", called “{standing.called}”" if standing.called else ""
        when = f" ({spoken_moment(standing.when)}{called})" if standing.when else " without a receipt"
        more = ", or --another if it is another bid of the same organisation" if standing.kind == BID else ""
        what = _capital(standing.words)
        differs = self._differs(one, standing, content)
        return finding("E-RECEIVE-003", Source(one.name), what=what, when=when, differs=differs, more=more)

    def _only_adds(self, one: _Looked, standing: Receipt) -> bool:
        """Whether a paper that is filled in bit by bit still says all that the one that counts says."""
        before = self._before(standing) if standing.kind in GROWING else None
        if before is None:
            return False
        earlier = recognise(before, standing.place, self.criteria, standing.kind).rows
        left = [set(row) for row in one.found.rows - earlier]
        for row in sorted(earlier - one.found.rows):
            same = next((other for other in left if other.issuperset(row)), None)
            if same is None:
                return False
            left.remove(same)
        return bool(one.found.rows)

    def _before(self, standing: Receipt) -> bytes | None:
        """Give the file that counts, as it came."""
        kept = originals(self.programme.root, standing.fingerprint) if not standing.private else ()
        return read_once(kept[0]) if kept else in_place(self.programme.root, standing.place)

    def _differs(self, one: _Looked, standing: Receipt, content: bytes) -> str:
        """Say in how much a file differs from the one that counts."""
        before = self._before(standing)
        if before is None or standing.private:
            return "is another file"
        if before == content:
            return "is the same file"
        if standing.kind == RETURN:
            return f"differs in {count_of(differing_marks(before, content, standing.subject), 'mark')}"
        earlier = recognise(before, standing.place, self.criteria, standing.kind).rows
        if standing.kind == BID:
            texts = {text for row in earlier ^ one.found.rows for text in row}
            same = {text for row in earlier for text in row} & {text for row in one.found.rows for text in row}
            keys = sorted({text.partition("=")[0] for text in texts - same if "=" in text})
            return f"differs in {listing(keys)}" if keys else "differs in nothing that the register holds"
        changed = max(len(earlier - one.found.rows), len(one.found.rows - earlier))
        if not earlier and not one.found.rows:
            return "is another file"
        return f"differs in {count_of(changed, 'row')}"

    def _free_place(self, one: _Looked, kind: str, subject: str) -> str:
        """Name a place that nothing has, and nothing else ever had."""
        where = KINDS[kind].places[one.found.ending]
        if kind == RETURN:
            before = [receipt.place for receipt in self.receipts.known(one.fingerprint) if receipt.place]
            if before and not self.receipts.of(RETURN, subject) and in_place(self.programme.root, before[-1]) is None:
                return before[-1]
            return next_version(self.receipts, subject, names_in(self.programme.root, "bids/returns"))
        if kind == BID and not subject:
            return where.format(next_reference(self.receipts, names_in(self.programme.root, "bids/bids")))
        return where.format(subject)

    def _in_place_of(self, one: _Looked, content: bytes, standing: Receipt) -> Result:
        """Let a file take the place of another; what lies there and was never received is kept first."""
        there = in_place(self.programme.root, standing.place)
        if there is not None and there != content and not self._has_original(there, private=standing.private):
            self._keep_found(standing, there)
        if standing.kind == RETURN:  # every version stays in the folder, and the latest counts
            place = next_version(self.receipts, standing.subject, names_in(self.programme.root, "bids/returns"))
            return self._received(one, content, place, standing.subject, before=standing)
        place = KINDS[standing.kind].places[one.found.ending].format(standing.subject)
        return self._received(one, content, place, standing.subject, before=standing, gone=standing.place)

    def _keep_found(self, standing: Receipt, there: bytes) -> None:
        """Keep what lies in a place and was never received, and tell the ledger that it was found there."""
        ending = f".{standing.place.rpartition('.')[2]}"
        self._to_keep.append((there, ending, standing.private))
        self._add(replace(standing, fingerprint=self._fingerprint(there, standing.kind), place="", before="",
                          sender="", called=f"found in {standing.place}", about=""))  # fmt: skip

    def _received(
        self, one: _Looked, content: bytes, place: str, subject: str, *, before: Receipt | None = None, gone: str = ""
    ) -> Result:
        """Keep the original, and give the receipt that the ledger is told of."""
        kind = one.found.kinds[0]
        self._to_keep.append((content, one.found.ending or one.path.suffix, kind == MONITORING))
        if kind == BID and place:
            subject = place.rpartition("/")[2].removesuffix(one.found.ending)
        came = Receipt(0, kind, subject, self._fingerprint(content, kind), place)
        came = replace(came, before=before.fingerprint if before else "", about=one.found.about)
        receipt = self._add(replace(came, sender=self.asked.sender, called=one.name))
        if place:
            self._moves.append(_Move(place, content, gone))
        notes = tuple(item for item in one.found.findings if not keeps_out(item))
        blank = "" if one.found.filled else "nothing is filled in in it"
        note = "; ".join(filter(None, (blank, self._what_counts(receipt))))
        return Result(one.name, "filed" if place else "kept", receipt, notes, note)

    def _add(self, receipt: Receipt) -> Receipt:
        self._number += 1
        asked = self.asked
        numbered = replace(receipt, number=self._number, when=asked.when, who=asked.who, stated=asked.stated)
        self.receipts = self.receipts.with_receipt(numbered)
        return numbered

    def _what_counts(self, receipt: Receipt) -> str:
        """Say which file counts where it is not this one."""
        if self.receipts.counts(receipt) or not KINDS[receipt.kind].places:
            return ""
        last = next(reversed(self.receipts.of(receipt.kind, receipt.subject)), None)
        if last is None:
            return "nothing counts in its place now"
        called = "" if last.private else f"“{last.called}”, "
        return f"the one that counts is {called}{last.fingerprint[:12]}"

    def _has_original(self, content: bytes, *, private: bool) -> bool:
        """Whether a file's original is kept and the ledger knows of it."""
        token = self._fingerprint(content, MONITORING if private else "")
        return bool(originals(self.programme.root, digest(content))) and bool(self.receipts.known(token))

    def _token(self, one: _Looked) -> str:
        return self._commitment(one.fingerprint) if one.found.kinds[0] == MONITORING else one.fingerprint

    def _fingerprint(self, content: bytes, kind: str) -> str:
        """Give what the ledger knows a file by: its SHA-256, or of the monitoring a commitment."""
        return self._commitment(digest(content)) if kind == MONITORING else digest(content)

    def _commitment(self, fingerprint: str) -> str:
        if in_place(self.programme.root, f"bids/{SALT}") is None and not self._only_foresees:
            write_salt(self.programme.bids, self.asked.salt)
        return commitment(self.programme, fingerprint)


def _refused(one: _Looked, found: Finding) -> Result:
    return Result(one.name, "refused", findings=(found,))


def _stands_against(one: Finding) -> bool:
    return keeps_out(one) or one.code.startswith("E-RECEIVE-")


def _which(one: _Looked) -> Finding:
    """Ask what a file is."""
    kinds = one.found.kinds
    if not kinds:
        return finding("E-RECEIVE-001", Source(one.name), kinds=", ".join(KINDS))
    words = listing((KINDS[kind].words for kind in kinds), " or ")
    return finding("E-RECEIVE-002", Source(one.name), kinds=words, names=listing(kinds, " or "))


def _changed(one: _Looked, place: str) -> Finding:
    return finding("E-RECEIVE-008", Source(one.name), place=place)


def _alike(receipt: Receipt, one: _Looked) -> bool:
    return skeleton(receipt.about) == skeleton(one.found.about)


def _is_file_name(subject: str) -> bool:
    return bool(FILE_NAME.fullmatch(subject)) and not RESERVED.fullmatch(subject)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
