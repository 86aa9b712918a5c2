"""What happened to a programme after bids came in: each event with who recorded it, when and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from evaluator.records.findings.finding import Source

ALL = "all"  # whom a clarification is about, or was sent to
UNDOING = "undone"


@dataclass(frozen=True, slots=True)
class Happened:
    """What every event has: its id, who recorded it, on what day and why, and its place."""

    event: str
    person: str
    date: str
    reason: str
    place: Source

    @property
    def subject(self) -> str:
        """What the event is about, by its id."""
        return ""


@dataclass(frozen=True, slots=True)
class Correction(Happened):
    """A value of a bid that came in wrong: what stood there, what is right, and where that comes from."""

    bid: str
    column: str
    old: str
    new: str
    origin: str

    @property
    def subject(self) -> str:
        """The bid."""
        return self.bid


@dataclass(frozen=True, slots=True)
class Withdrawal(Happened):
    """A bid that its bidder took back."""

    bid: str
    told_by: str

    @property
    def subject(self) -> str:
        """The bid."""
        return self.bid


@dataclass(frozen=True, slots=True)
class Abandonment(Happened):
    """A lot in which nothing is awarded any more."""

    theme: str

    @property
    def subject(self) -> str:
        """The theme."""
        return self.theme


@dataclass(frozen=True, slots=True)
class Departure(Happened):
    """An evaluator who left, and who marks in their place what they had not marked; nobody where that is empty."""

    evaluator: str
    successor: str
    successor_name: str
    conflict: str

    @property
    def subject(self) -> str:
        """The evaluator."""
        return self.evaluator


@dataclass(frozen=True, slots=True)
class Clarification(Happened):
    """A question and its answer: about which bid, or all; on which days; to whom the answer was sent."""

    about: str
    question: str
    asked: str
    answer: str
    answered: str
    sent_to: str
    concerns_all: str
    resolution: str

    @property
    def subject(self) -> str:
        """Whom it is about."""
        return self.about


@dataclass(frozen=True, slots=True)
class Undone(Happened):
    """An event that was recorded by mistake; ``event`` is its id. Both stay on record."""

    @property
    def subject(self) -> str:
        """The event that is undone."""
        return self.event


Event = Correction | Withdrawal | Abandonment | Departure | Clarification


@dataclass(frozen=True)
class Events:
    """The events that hold, kind by kind in the order of their rows; those undone; and what undid them."""

    corrections: tuple[Correction, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    abandoned: tuple[Abandonment, ...] = ()
    departures: tuple[Departure, ...] = ()
    clarifications: tuple[Clarification, ...] = ()
    undone: tuple[tuple[Event, Undone], ...] = ()

    def __iter__(self) -> Iterator[Event]:
        """Give every event that holds."""
        kinds = (self.corrections, self.withdrawals, self.abandoned, self.departures, self.clarifications)
        return iter(chain.from_iterable(kinds))

    def __bool__(self) -> bool:
        """Whether anything happened, undone or not."""
        return bool(self.undone) or any(True for _ in self)

    def corrected(self, bid: str) -> tuple[Correction, ...]:
        """Give the corrections to one bid."""
        return tuple(one for one in self.corrections if one.bid == bid)


NO_EVENTS = Events()
KINDS: Mapping[str, type[Happened]] = {
    "corrections": Correction,
    "withdrawals": Withdrawal,
    "abandoned": Abandonment,
    "departures": Departure,
    "clarifications": Clarification,
    UNDOING: Undone,
}
# How a kind is called in a sentence, in the ledger, by its command; and the letter that its ids begin with.
WORDS: Mapping[str, str] = {
    "corrections": "correction",
    "withdrawals": "withdrawal",
    "abandoned": "lot abandoned",
    "departures": "evaluator who left",
    "clarifications": "clarification",
    UNDOING: "event undone",
}
LETTERS: Mapping[str, str] = {
    "corrections": "C",
    "withdrawals": "W",
    "abandoned": "L",
    "departures": "E",
    "clarifications": "Q",
}
