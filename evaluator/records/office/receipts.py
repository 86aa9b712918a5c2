"""Receipts: what came in, when and from whom, as the ledger tells it, and which of it counts.

The ledger is the only account. A receipt is an entry, and so is its undoing; which file counts in which place follows
from the entries in order. Nothing is ever taken out of it.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from evaluator.records.ledger import Entry, Event, Kind
from evaluator.records.office.paper_kinds import BID, KINDS, MONITORING, RETURN

RECEIPT: Kind = "receipt"
UNDONE: Kind = "receipt_undone"
PRIVATE_SUBJECT = "monitoring received"  # all that the ledger says of it, beside a commitment
VERSION = re.compile(r"\.v([1-9][0-9]{0,3})$")
NUMBERED = re.compile(r"B0*([1-9][0-9]{0,5})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A file that came in, as the ledger tells it.

    Parameters
    ----------
    number : of the ledger's entry.
    kind, subject : a key of ``KINDS``, and whom or what it is of: ``E01``, ``B003``, or nothing.
    fingerprint : its SHA-256; of the monitoring a commitment, which tells nothing of what was replied.
    place : where it was filed, from the programme's folder on; empty where it is kept and does not count.
    before : the fingerprint of the file whose place it took.
    when, who : when it came, and who recorded it.
    sender, called : from whom, and what the file was called.
    about : what a bid is for and whose, by which a second one is known.
    stated : whether a person said when it came; else a clock did.
    """

    number: int
    kind: str
    subject: str
    fingerprint: str
    place: str
    before: str = ""
    when: str = ""
    who: str = ""
    sender: str = ""
    called: str = ""
    about: str = ""
    stated: bool = False

    @property
    def private(self) -> bool:
        """Whether it is the equality monitoring."""
        return self.kind == MONITORING

    @property
    def words(self) -> str:
        """What it is, in words."""
        known = KINDS[self.kind].words if self.kind in KINDS else self.kind
        return f"{known} ({self.subject})" if self.subject else known

    @property
    def event(self) -> Event:
        """The receipt as the ledger is told of it; of the monitoring no more than that it came, and a commitment."""
        if self.private:
            return Event(RECEIPT, PRIVATE_SUBJECT, "", self.before, self.fingerprint, self.place.rpartition(".")[2])
        said = {"from": self.sender, "called": self.called, "about": self.about}
        told = "; ".join(f"{key} {json.dumps(text, ensure_ascii=False)}" for key, text in said.items() if text)
        time = "time as stated" if self.stated else "time by the clock"
        subject = f"{self.kind} {self.subject}".strip()
        return Event(RECEIPT, subject, self.fingerprint, self.before, self.place, f"{told}; {time}".removeprefix("; "))


@dataclass(frozen=True, slots=True)
class Undoing:
    """A receipt that was undone: which, by which entry, when, by whom and why."""

    receipt: Receipt
    number: int
    when: str
    who: str
    reason: str


def undoing_event(receipt: Receipt, reason: str) -> Event:
    """Tell the ledger that a receipt no longer counts."""
    if receipt.private:
        return Event(UNDONE, PRIVATE_SUBJECT, "", receipt.fingerprint, "", reason)
    subject = f"{receipt.kind} {receipt.subject}".strip()
    return Event(UNDONE, subject, receipt.fingerprint, receipt.place, "", reason)


@dataclass(frozen=True)
class Receipts:
    """Everything that came in, in order, what was undone, and what counts now, by its slot."""

    every: tuple[Receipt, ...] = ()
    undone: tuple[Undoing, ...] = ()
    counting: Mapping[tuple[str, str], Receipt] = field(default_factory=dict)

    @property
    def standing(self) -> tuple[Receipt, ...]:
        """What counts, in the order in which it came."""
        return tuple(sorted(self.counting.values(), key=lambda one: one.number))

    def of(self, kind: str, subject: str) -> tuple[Receipt, ...]:
        """Give what counts of a kind and a subject: of an evaluator every version, the latest last."""
        found = (one for one in self.counting.values() if (one.kind, one.subject.casefold()) == (kind, _plain(subject)))
        return tuple(sorted(found, key=lambda one: (version_of(one.place), one.number)))

    def counts(self, receipt: Receipt) -> bool:
        """Whether a receipt counts now; of several returns of one evaluator the latest does."""
        last = self.of(receipt.kind, receipt.subject)[-1:]
        return bool(receipt.place) and last == (receipt,)

    def filed(self, receipt: Receipt) -> bool:
        """Whether a receipt's file lies in the folder that is evaluated."""
        return bool(receipt.place) and self.counting.get(_slot(receipt)) == receipt

    def known(self, prefix: str) -> tuple[Receipt, ...]:
        """Give the receipts whose fingerprint begins so."""
        return tuple(one for one in self.every if one.fingerprint.startswith(prefix.casefold()))

    def with_receipt(self, receipt: Receipt) -> "Receipts":
        """Give the receipts with one more, which counts if it has a place."""
        counts = {_slot(receipt): receipt} if receipt.place else {}
        return Receipts((*self.every, receipt), self.undone, {**self.counting, **counts})

    def with_undoing(self, undoing: Undoing) -> "Receipts":
        """Give the receipts with one that counts no longer."""
        gone = undoing.receipt
        left = {slot: one for slot, one in self.counting.items() if one.number != gone.number}
        return Receipts(self.every, (*self.undone, undoing), left)


def _plain(subject: str) -> str:
    return subject.casefold()


def _slot(receipt: Receipt) -> tuple[str, str]:
    """Name the slot that one file alone can fill: of returns a version each, of all else one for its subject."""
    version = f".v{version_of(receipt.place)}" if receipt.kind == RETURN else ""
    return receipt.kind, f"{_plain(receipt.subject)}{version}"


def version_of(place: str) -> int:
    """Give the version of a return by its place.

    >>> version_of("bids/returns/E01.xlsx"), version_of("bids/returns/E01.v3.xlsx")
    (1, 3)
    """
    found = VERSION.search(place.rpartition(".")[0])
    return int(found[1]) if found else 1


def receipts_of(entries: Iterable[Entry]) -> Receipts:
    """Read the receipts of a ledger from its entries in order."""
    made = Receipts()
    for entry in entries:
        if entry.event.kind == RECEIPT and (receipt := _receipt(entry)) is not None:
            made = made.with_receipt(receipt)
        elif entry.event.kind == UNDONE and (receipt := _undone(entry, made)) is not None:
            made = made.with_undoing(Undoing(receipt, entry.number, entry.when, entry.who, entry.event.reason))
    return made


def _receipt(entry: Entry) -> Receipt | None:
    event = entry.event
    if event.subject == PRIVATE_SUBJECT:
        place = KINDS[MONITORING].places.get(f".{event.reason}", "")
        return Receipt(entry.number, MONITORING, "", event.after, place, event.before, entry.when, entry.who)
    kind, _, subject = event.subject.partition(" ")
    if kind not in KINDS:
        return None
    said = _said(event.reason)
    return Receipt(
        number=entry.number,
        kind=kind,
        subject=subject,
        fingerprint=event.file,
        place=event.after,
        before=event.before,
        when=entry.when,
        who=entry.who,
        sender=said.get("from", ""),
        called=said.get("called", ""),
        about=said.get("about", ""),
        stated=event.reason.endswith("as stated"),
    )


def _undone(entry: Entry, made: Receipts) -> Receipt | None:
    """Find the receipt that an entry undoes: the last one of its file that was not undone before."""
    event = entry.event
    digest = event.before if event.subject == PRIVATE_SUBJECT else event.file
    before = {one.receipt.number for one in made.undone}
    found = (one for one in reversed(made.every) if one.fingerprint == digest and one.number not in before)
    return next(found, None)


def _said(reason: str) -> dict[str, str]:
    r"""Read what an entry says of its sender and name, whatever these hold.

    >>> _said('from "A; called \\"x\\""; called "E01.xlsx"; time by the clock')
    {'from': 'A; called "x"', 'called': 'E01.xlsx'}
    """
    said: dict[str, str] = {}
    rest, decoder = reason, json.JSONDecoder()
    while True:
        key, _, text = rest.partition(" ")
        if not text.startswith('"'):
            return said
        try:
            value, end = decoder.raw_decode(text)
        except ValueError:
            return said
        said[key] = str(value)
        rest = text[end:].removeprefix("; ")


def next_version(receipts: Receipts, evaluator: str, on_disk: Iterable[str]) -> str:
    """Name the place of an evaluator's next return: no version that was ever filed is used again.

    Parameters
    ----------
    on_disk : names of the files in the folder of returns.
    """
    plain = _plain(evaluator)
    used = [one.place for one in receipts.every if one.kind == RETURN and one.place and _plain(one.subject) == plain]
    used += [name for name in on_disk if VERSION.sub("", name.rpartition(".")[0]).casefold() == plain]
    number = max((version_of(place) for place in used), default=0) + 1
    return KINDS[RETURN].places[".xlsx"].format(evaluator if number == 1 else f"{evaluator}.v{number}")


def next_reference(receipts: Receipts, on_disk: Iterable[str]) -> str:
    """Give the next bid reference that was never used.

    >>> next_reference(Receipts(), ["B002.xlsx", "B9.xlsx", "notes.txt"])
    'B010'
    """
    used = [one.subject for one in receipts.every if one.kind == BID]
    used += [name.rpartition(".")[0] for name in on_disk]
    numbers = [int(found[1]) for name in used if (found := NUMBERED.fullmatch(name))]
    return f"B{max(numbers, default=0) + 1:03}"
