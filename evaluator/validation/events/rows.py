"""Rows of events become records: each with what it needs, its id once, and without those that were undone."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, cast

from evaluator.records.english import listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.submissions.events import KINDS, UNDOING, WORDS, Clarification, Event, Events, Happened, Undone
from evaluator.records.submissions.received import Table
from evaluator.records.submissions.table_layouts import EVENTS
from evaluator.validation.coded_columns import present, words
from evaluator.validation.row_findings import shown

NEEDED = {
    "corrections": ("bid", "column", "origin", "person", "date", "reason"),
    "withdrawals": ("bid", "told_by", "person", "date", "reason"),
    "abandoned": ("theme", "person", "date", "reason"),
    "departures": ("evaluator", "person", "date", "reason"),
    "clarifications": ("about", "question", "asked"),
    UNDOING: ("event", "person", "date", "reason"),
}
FOLDED = ("conflict", "concerns_all", "column")


def events_that_hold(tables: Mapping[str, Table]) -> tuple[Events, tuple[Finding, ...]]:
    """Take the events as they stand, leave out those that were undone, and find what their rows lack."""
    read = {kind: tuple(_records(kind, present(tables.get(kind)))) for kind in KINDS}
    found = [one for kind in KINDS for one in _lacking(kind, read[kind], tables.get(kind))]
    events = [cast(Event, one) for kind in KINDS if kind != UNDOING for one in read[kind]]
    undoing = cast(tuple[Undone, ...], read[UNDOING])
    found += [*_twice(events), *_wrongly_undone(events, undoing)]
    by = {one.event: one for one in reversed(undoing)}
    held: dict[str, Any] = {
        kind: tuple(one for one in read[kind] if not one.event or one.event not in by)
        for kind in KINDS
        if kind != UNDOING
    }
    gone = tuple((one, by[one.event]) for one in events if one.event and one.event in by)
    return Events(**held, undone=gone), tuple(found)


def _records(kind: str, table: Table | None) -> Iterator[Happened]:
    """Make a record of each row; what a kind has no column for stays empty."""
    if table is None:
        return
    keys = [one.name for one in fields(KINDS[kind]) if one.name != "place"]
    columns = {key: words(table, key) for key in keys}
    for row in range(len(table)):
        told = {key: columns[key][row] for key in keys}
        told |= {key: told[key].casefold() for key in FOLDED if key in told and key != "column"}
        if KINDS[kind] is Clarification:
            told["date"] = told["answered"] or told["asked"]
        yield KINDS[kind](**told, place=table.source(row))


def _lacking(kind: str, records: tuple[Happened, ...], table: Table | None) -> Iterator[Finding]:
    """Find rows that leave empty what an event of their kind must say."""
    headings = {column.key: column.heading for column in EVENTS[kind].columns}
    for row, one in enumerate(records):
        refused = {key for at, key in table.faults if at == row} if table else set()
        lacks = [key for key in NEEDED[kind] if not getattr(one, key) and key not in refused]
        if lacks:
            names = listing(f"“{headings[key]}”" for key in lacks)
            yield finding("E-EVENT-001", one.place, what=WORDS[kind], subject=one.subject or "nobody", lacks=names)


def _twice(events: list[Event]) -> Iterator[Finding]:
    """Find ids that two events have: nobody could say which of them was undone."""
    first: dict[str, Source] = {}
    for one in events:
        if one.event and first.setdefault(one.event, one.place) != one.place:
            yield finding("E-EVENT-002", one.place, event=shown(one.event), other=first[one.event])


def _wrongly_undone(events: list[Event], undoing: tuple[Undone, ...]) -> Iterator[Finding]:
    known = {one.event for one in events} - {""}
    first: dict[str, Source] = {}
    for one in undoing:
        if one.event and one.event not in known:
            yield finding("E-EVENT-003", one.place, event=shown(one.event))
        elif one.event and first.setdefault(one.event, one.place) != one.place:
            yield finding("E-EVENT-021", one.place, event=shown(one.event), other=first[one.event])
