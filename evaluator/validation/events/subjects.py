"""Checks of whom events are about: bids of the register, lots of the criteria, members of the panel; each once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.events import Abandonment, Departure, Event, Withdrawal
from evaluator.records.submissions.received import Received, Table
from evaluator.validation.coded_columns import present, words
from evaluator.validation.context.people import RECUSED
from evaluator.validation.row_findings import nearest, plain_index, shown, unread

KEYS = {"corrections": "bid", "withdrawals": "bid", "abandoned": "theme", "departures": "evaluator"}
NAMED = {"bid": "a bid in the register", "theme": "a theme of the criteria", "evaluator": "on the panel"}
ONCE = (Withdrawal, Abandonment, Departure)
YES, NO = "yes", "no"
ANSWERS = {"departures": "conflict", "clarifications": "concerns_all"}


def subjects_are_known(criteria: Criteria, received: Received) -> Iterator[Finding]:
    """Find events about a bid, lot or evaluator that there is not, a second one about the same, and unclear answers."""
    known = {
        "bid": _ids(received.register, "bid"),
        "theme": [theme.id for theme in criteria.themes],
        "evaluator": [*_ids(received.panel, "evaluator"), *_ids(received.marks, "evaluator")],
    }
    if present(received.register) is None:
        known.pop("bid")  # that there is no register has a finding of its own
    if present(received.panel) is None and unread(received, "declarations.xlsx", "panel.csv", "panel.toml"):
        known.pop("evaluator")
    for kind, key in KEYS.items():
        if key in known:
            yield from _strangers(kind, key, known[key], received)
    yield from _twice([one for one in received.happened if isinstance(one, ONCE)])
    for kind, key in ANSWERS.items():
        for one in getattr(received.happened, kind):
            if getattr(one, key) not in ("", YES, NO):
                facts = {"shown": shown(getattr(one, key)), "subject": one.subject}
                yield finding("E-EVENT-016", cell_of(received, kind, one, key), **facts)


def _ids(table: Table | None, key: str) -> list[str]:
    rows = present(table)
    return sorted(set(words(rows, key)) - {""}) if rows else []


def _strangers(kind: str, key: str, known: Sequence[str], received: Received) -> Iterator[Finding]:
    index: Mapping[str, str] = plain_index(known)
    for one in getattr(received.happened, kind):
        if one.subject and one.subject not in known:
            facts = {"shown": shown(one.subject), "named": NAMED[key], "hint": nearest(one.subject, index)}
            yield finding("E-EVENT-004", cell_of(received, kind, one, key), **facts)


def _twice(events: Sequence[Event]) -> Iterator[Finding]:
    first: dict[tuple[type[Any], str], Source] = {}
    for one in events:
        place = first.setdefault((type(one), one.subject), one.place)
        if one.subject and place != one.place:
            yield finding("E-EVENT-007", one.place, subject=one.subject, other=place)


def departures_are_sound(received: Received) -> Iterator[Finding]:
    """Find a successor who is who left or has left as well, and one who is new and has no name."""
    left = {one.evaluator for one in received.happened.departures}
    known = _ids(received.panel, "evaluator")
    for one in received.happened.departures:
        if one.successor in left and one.successor:
            facts = {"evaluator": one.evaluator, "successor": one.successor}
            yield finding("E-EVENT-008", cell_of(received, "departures", one, "successor"), **facts)
        elif one.successor and one.successor not in known and not one.successor_name:
            facts = {"successor": one.successor, "hint": nearest(one.successor, plain_index(known))}
            yield finding("E-EVENT-009", cell_of(received, "departures", one, "successor"), **facts)
        if one.conflict == YES and not _recused(received, one):
            yield finding("E-EVENT-012", cell_of(received, "departures", one, "conflict"), evaluator=one.evaluator)


def _recused(received: Received, one: Departure) -> bool:
    """Whether an evaluator who left because of a conflict is recused from anything."""
    interests = present(received.interests)
    if interests is None:
        return False
    rows = zip(words(interests, "evaluator"), words(interests, "action"), strict=True)
    return any(evaluator == one.evaluator and action.casefold() == RECUSED for evaluator, action in rows)


def cell_of(received: Received, kind: str, one: Event, key: str) -> Source:
    """Give the cell of an event's row."""
    table = received.events[kind]
    return next(table.source(row, key) for row in range(len(table)) if table.source(row) == one.place)
