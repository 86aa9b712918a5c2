"""Receipts at work: looked up, undone, held against what lies in the folder, and written beside the bids."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from evaluator.files.audit.equality_archive import keyed
from evaluator.files.audit.received import (
    PREFIX,
    digest,
    every_original,
    in_place,
    is_whole,
    keep,
    originals,
    take_out,
)
from evaluator.files.audit.run_folder import write_page
from evaluator.files.read.bids.folder import RECEIPTS, SALT
from evaluator.files.read.inputs import read_once
from evaluator.files.read.programme import Programme
from evaluator.records.ledger import Entry, Event
from evaluator.records.office.paper_kinds import KINDS
from evaluator.records.office.receipts import Receipt, Receipts, Undoing, receipts_of, undoing_event
from evaluator.reporting.office.receipts import receipts_table

OTHER_TABLE = (
    f"bids/{RECEIPTS} does not say what the ledger says of when each file came: somebody changed it. Receive any file, "
    "also one that is here already, and it is written anew."
)


class Undo:
    """A receipt undone by another entry: its copy leaves the place, and the original stays."""

    def __init__(self, programme: Programme, wanted: str, reason: str) -> None:
        self.programme, self.wanted, self.reason = programme, wanted, reason
        self.undone: Receipt | None = None
        self.left: Receipt | None = None  # what counts now in its stead
        self.problem = ""
        self.receipts = Receipts()

    def told(self, entries: Sequence[Entry]) -> Iterator[Event]:
        """Find the receipt and tell the ledger that it is undone."""
        self.receipts = receipts_of(entries)
        gone = {one.receipt.number for one in self.receipts.undone}
        known = known_of(self.programme, self.receipts, self.wanted)
        live = [one for one in known if one.number not in gone]
        if len({one.fingerprint for one in live}) > 1:
            self.problem = f"{self.wanted} begins several fingerprints. Give more of it."
        elif live:
            self.undone = live[-1]
            yield from self._kept_first(len(entries))
            yield undoing_event(self.undone, self.reason)
        elif known:
            self._finish(known[-1])
        else:
            self.problem = f"Nothing was received with the fingerprint {self.wanted}. See: evaluator receive --list"

    def then(self, added: Sequence[Entry]) -> None:
        """Take the copy out of its place once the ledger knows."""
        one = self.undone
        if one is None:
            return
        if self.receipts.filed(one) or not added:
            take_out(self.programme.root, one.place)
        after = self.receipts.with_undoing(Undoing(one, 0, "", "", self.reason))
        self.left = next(reversed(after.of(one.kind, one.subject)), None)
        write_receipts(self.programme, after)

    def _kept_first(self, number: int) -> Iterator[Event]:
        """Keep what was made of the file in its place, which nobody received."""
        one = self.undone
        there = in_place(self.programme.root, one.place) if one is not None and self.receipts.filed(one) else None
        if one is None or there is None or originals(self.programme.root, digest(there)):
            return
        keep(self.programme.root, there, f".{one.place.rpartition('.')[2]}", private=one.private)
        token = commitment(self.programme, digest(there)) if one.private else digest(there)
        found = Receipt(number + 1, one.kind, one.subject, token, "", called=f"found in {one.place}")
        yield found.event

    def _finish(self, known: Receipt) -> None:
        """End an undoing that was stopped before the copy was taken out; else say that it was done before."""
        there = in_place(self.programme.root, known.place) if known.place else None
        used = any(one.place == known.place for one in self.receipts.standing)
        if there is not None and not used and originals(self.programme.root, digest(there)):
            self.undone = known
        else:
            self.problem = f"The receipt of {known.fingerprint[:12]} was undone before."


def known_of(programme: Programme, receipts: Receipts, wanted: str) -> tuple[Receipt, ...]:
    """Give the receipts of a file, or of a fingerprint of which at least eight characters are given."""
    path = Path(wanted)
    if PREFIX.fullmatch(wanted) is None and path.is_file():
        prefix = digest(read_once(path))
    elif PREFIX.fullmatch(wanted):
        prefix = wanted.casefold()
    else:
        return ()
    kept = {commitment(programme, one.name[:64]) for one in originals(programme.root, prefix)}
    tokens = kept | {commitment(programme, prefix)} if len(prefix) == len(digest(b"")) else kept
    return tuple(one for one in receipts.every if one.fingerprint.startswith(prefix) or one.fingerprint in tokens)


def state_of(programme: Programme, receipts: Receipts, receipt: Receipt) -> str:
    """Say whether a receipt counts, and whether what lies in its place is what was received."""
    if any(gone.receipt.number == receipt.number for gone in receipts.undone):
        return "undone"
    if not receipts.filed(receipt):
        return "on record" if not KINDS[receipt.kind].places else "does not count"
    there = in_place(programme.root, receipt.place)
    token = commitment(programme, digest(there or b"")) if receipt.private else digest(there or b"")
    if there is None:
        return "missing from its place"
    if token != receipt.fingerprint:
        return "changed since"
    return "counts" if receipts.counts(receipt) else "a later one counts"


def damaged(programme: Programme) -> tuple[str, ...]:
    """Name the originals that no longer have the fingerprint that they are named by."""
    return tuple(path.name for path in every_original(programme.root) if not is_whole(path))


def untold(programme: Programme, receipts: Receipts) -> list[str]:
    """Say where the table of receipts that lies with the bids is not what the ledger says."""
    there = in_place(programme.root, f"bids/{RECEIPTS}") or b""
    return [] if there == receipts_table(receipts).encode() else [OTHER_TABLE]


def giving_way(
    programme: Programme, entries: Sequence[Entry], kind: str, why: str, own: Callable[[str, bytes], bool]
) -> tuple[list[Event], list[str]]:
    """Keep the files of a kind that give way to a table of our own: what the ledger is told of them, and their places.

    Parameters
    ----------
    why : in the ledger, beside each receipt that no longer counts.
    own : whether what lies in a place is such a table already, of which nothing need be kept.
    """
    receipts, events, places = receipts_of(entries), list[Event](), list[str]()
    for place in KINDS[kind].places.values():
        there = in_place(programme.root, place)
        if there is None:
            continue
        places.append(place)
        receipt = next((one for one in receipts.standing if one.place == place), None)
        if receipt is not None:
            events.append(undoing_event(receipt, why))
        known = receipt is not None and receipt.fingerprint == digest(there)
        if not known and not own(place, there):
            keep(programme.root, there, f".{place.rpartition('.')[2]}")
            events.append(Receipt(0, kind, "", digest(there), "", called=f"found in {place}").event)
    return events, places


def write_receipts(programme: Programme, receipts: Receipts) -> None:
    """Write when each file of the folder of bids came, and its fingerprint, so that a run can hold them against it."""
    text = receipts_table(receipts)
    if text or (programme.bids / RECEIPTS).exists():
        write_page(programme.bids / RECEIPTS, text)


def commitment(programme: Programme, fingerprint: str) -> str:
    """Bind the fingerprint of the monitoring to the salt that lies with it; empty where there is none."""
    salt = in_place(programme.root, f"bids/{SALT}")
    return keyed({SALT: salt}, fingerprint.encode()) if salt is not None else ""
