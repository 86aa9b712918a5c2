"""Events after bids came in: what happened so far, and a form for each kind; a wrong one is undone, never deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from evaluator.desk.fields import Field, field_of, problems_of
from evaluator.desk.page import Page, Problem
from evaluator.desk.visit import Answer, Go, Refused, Visit, get, post, recording
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs.after_bids.events import Recorded, column_called, events_there, keep_event, offered
from evaluator.records.findings.finding import Finding
from evaluator.records.submissions.events import UNDOING
from evaluator.records.submissions.table_layouts import EVENTS
from evaluator.reporting.papers.events_workbook import HINTS, SAYS, Offered
from evaluator.reporting.shared.events import EventLine, event_lines

PLACE = None
TITLES = {
    "withdrawals": "A bid was withdrawn",
    "corrections": "A value of a bid is to be corrected",
    "abandoned": "A lot is abandoned",
    "departures": "An evaluator left",
    "clarifications": "A question was asked",
    UNDOING: "Undo an event",
}
EMPTY_MEANS = {
    "old": "Leave it empty, and it is taken from the register.",
    "successor": "Leave it empty where nobody takes over.",
}


@dataclass(frozen=True, kw_only=True)
class Happened(Page):
    """Every event there is, undone ones among them, and the forms for another."""

    template: ClassVar[str] = "decide/events.html"
    back: str
    lines: tuple[tuple[EventLine, str], ...]  # with the address that undoes it, empty where it is undone
    kinds: tuple[tuple[str, str, str], ...]  # address, title and what it is for
    found: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True)
class Form(Page):
    """The form of one kind of event."""

    template: ClassVar[str] = "decide/event.html"
    here: str
    back: str
    says: str
    fields: tuple[Field, ...]
    hidden: tuple[tuple[str, str], ...]


def there_are(bids: Path, criteria: Path) -> tuple[tuple[EventLine, ...], tuple[Finding, ...]]:
    """Read what happened."""
    events, found = events_there(bids, criteria)
    return event_lines(events), found


def lists(bids: Path, criteria: Path) -> Offered:
    """Read what an event can be about."""
    return offered(bids, read_criteria(criteria).criteria)


def show(visit: Visit) -> Answer:
    """Show what happened, and what can be recorded."""
    programme = visit.programme
    lines, found = visit.look(there_are, programme.bids, programme.criteria)
    return Happened(
        title="What happened after bids came in",
        back=visit.at("decisions"),
        lines=tuple((one, _undoing(visit, one)) for one in lines),
        kinds=tuple((_at(visit, kind), title, SAYS[kind]) for kind, title in TITLES.items() if kind != UNDOING),
        found=found,
    )


def _at(visit: Visit, kind: str) -> str:
    return visit.at(f"decisions/events/{kind}")


def _undoing(visit: Visit, one: EventLine) -> str:
    return "" if one.undone or not one.event else visit.at(f"decisions/events/{UNDOING}", event=one.event)


def blank(visit: Visit) -> Answer:
    """Show the form of a kind of event, with who records and the day as they are now."""
    kept = visit.keeping()
    return _form(visit, {"person": kept.who, "date": kept.when, **visit.query})


def _kind(visit: Visit) -> str:
    kind = visit.values["kind"]
    if kind not in EVENTS:
        raise Refused("There is no such kind of event.", 404)
    return kind


def _form(visit: Visit, texts: Mapping[str, str], problems: tuple[Problem, ...] = ()) -> Form:
    kind, programme = _kind(visit), visit.programme
    offers = {
        key: tuple((one, one, "") for one in several)
        for key, several in visit.look(lists, programme.bids, programme.criteria).by_key().items()
    }
    asked = [one for one in EVENTS[kind].columns if one.key != "event"]
    hidden = (("event", texts.get("event", "")),) if kind == UNDOING else ()
    fields = (
        field_of(
            one, texts.get(one.key, ""), EMPTY_MEANS.get(one.key) or HINTS.get(one.key, ""), offers.get(one.key, ())
        )
        for one in asked
    )
    title = TITLES[kind] if kind != UNDOING else f"Undo event {texts.get('event', '')}"
    return Form(
        title=title,
        here=_at(visit, kind),
        back=visit.at("decisions/events"),
        says=SAYS[kind] if kind != UNDOING else "Both the event and its undoing stay on record.",
        fields=tuple(fields),
        hidden=hidden,
        problems=problems,
    )


def save(visit: Visit) -> Answer:
    """Record an event, and tell the ledger; what is wrong is told at its field."""
    kind, programme = _kind(visit), visit.programme
    columns = [one.key for one in EVENTS[kind].columns if one.key != "event" or kind == UNDOING]
    texts = {key: visit.form.text(key) for key in columns}
    who = texts.get("person") or visit.keeping().who
    row = dict(texts)
    if kind == "corrections":
        row["column"] = column_called(row["column"], programme.criteria)
    with recording(programme.bids):
        made = keep_event(kind, row, programme.bids, programme.criteria, who)
    if made.told is None:
        return _form(visit, texts, problems_of(_at_fields(kind, made), columns))
    told = made.told
    head = visit.record(lambda _: [told])
    says = f"Recorded as entry {head.count:,} of the ledger, and in bids/{made.file}: {told.subject}"
    return Go(visit.at("decisions/events"), says)


def _at_fields(kind: str, made: Recorded) -> tuple[tuple[str, Finding], ...]:
    """Give each finding with the field that it stands at: columns have the order of the fields' table."""
    keys = {chr(ord("A") + at): one.key for at, one in enumerate(EVENTS[kind].columns)}
    own = (EVENTS[kind].csv, EVENTS[kind].sheet)
    return tuple(
        (keys.get(one.source.column, "") if own[0] == one.source.file or own[1] == one.source.sheet else "", one)
        for one in made.findings
    )


ROUTES = (
    get("/p/{programme}/decisions/events", show),
    get("/p/{programme}/decisions/events/{kind}", blank),
    post("/p/{programme}/decisions/events/{kind}", save),
)
