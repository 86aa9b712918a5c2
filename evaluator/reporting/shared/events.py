"""What happened after bids came in, as documents tell it: each event in a line, with what undid it if anything did."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from evaluator.records.dates import spoken_date
from evaluator.records.documents import Json
from evaluator.records.submissions.events import (
    WORDS,
    Abandonment,
    Clarification,
    Correction,
    Departure,
    Event,
    Events,
    Undone,
    Withdrawal,
)

KIND_OF = {
    Correction: "corrections",
    Withdrawal: "withdrawals",
    Abandonment: "abandoned",
    Departure: "departures",
    Clarification: "clarifications",
}


@dataclass(frozen=True)
class EventLine:
    """An event in words: what kind it is, about whom, what changed, why, who recorded it, when, and what undid it."""

    event: str
    kind: str
    subject: str
    what: str
    reason: str
    person: str
    date: str
    undone: str = ""


def event_lines(events: Events) -> tuple[EventLine, ...]:
    """Give a line for each event, by day and then as they stand; an undone one says so."""
    held = [_line(one) for one in events]
    gone = [_line(one, undoing) for one, undoing in events.undone]
    return tuple(sorted((*held, *gone), key=lambda line: line.date))


def correction_words(one: Correction) -> str:
    """Say what was corrected, from what to what, and where the right value comes from.

    >>> from evaluator.records.findings.finding import Source
    >>> place = Source("events.xlsx")
    >>> print(correction_words(Correction("C1", "", "", "", place, "B1", "price:2027", "90", "80", "A letter")))
    Price 2027: “90” was corrected to “80”. Source: A letter.
    """
    name = " ".join(filter(None, one.column.replace("_", " ").partition(":")[::2]))
    old = f"“{one.old}” was corrected" if one.old else "what was left empty was filled in:"
    return f"{name[:1].upper()}{name[1:]}: {old} {'to ' if one.old else ''}“{one.new}”. Source: {one.origin}."


def _line(one: Event, undoing: Undone | None = None) -> EventLine:
    undone = ""
    if undoing is not None:
        undone = f"Undone on {spoken_date(undoing.date)} by {undoing.person}: {undoing.reason}"
    kind = WORDS[KIND_OF[type(one)]]
    return EventLine(one.event, kind, one.subject, _what(one), one.reason, one.person, one.date, undone)


def _what(one: Event) -> str:
    if isinstance(one, Correction):
        return correction_words(one)
    if isinstance(one, Withdrawal):
        return f"Withdrawn by {one.told_by}. It is in no ranking; its marks stay on record."
    if isinstance(one, Abandonment):
        return "Nothing is awarded in this lot."
    if isinstance(one, Departure):
        return " ".join(_left(one))
    return " ".join(_asked(one))


def _left(one: Departure) -> Iterator[str]:
    yield "Left because of a conflict." if one.conflict == "yes" else "Left. What was marked before stays."
    who = " ".join(filter(None, (one.successor, one.successor_name)))
    yield f"{who} takes over what was not marked." if one.successor else "Nobody takes over."


def _asked(one: Clarification) -> Iterator[str]:
    yield f"Asked on {spoken_date(one.asked)}: {one.question}"
    yield f"Answered on {spoken_date(one.answered)}: {one.answer}" if one.answered else "Not answered."
    yield f"Sent to: {one.sent_to or 'nobody'}."
    if one.resolution:
        yield f"What was done about it: {one.resolution}"


def events_document(events: Events) -> list[Json]:
    """Give every event for machines, with its kind, its place and what undid it."""
    held = [_document(one, None) for one in events]
    return [*held, *(_document(one, undoing) for one, undoing in events.undone)]


def _document(one: Event, undoing: Undone | None) -> Json:
    told = {key: value for key, value in asdict(one).items() if key != "place"}
    place = {"file": one.place.file, "sheet": one.place.sheet, "row": one.place.row}
    gone = {"person": undoing.person, "date": undoing.date, "reason": undoing.reason} if undoing else None
    return {"kind": KIND_OF[type(one)], **told, "source": place, "undone": gone}
