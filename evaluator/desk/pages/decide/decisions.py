"""Decisions: each matter that waits for a person, the form to decide it in, and what was decided, from the disk."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from evaluator.desk.fields import Field, field_of, problems_of
from evaluator.desk.page import Conflict, Link, Page, Problem
from evaluator.desk.visit import Answer, Go, Visit, get, post, recording
from evaluator.files.read.bids.folder import read_marks
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs.after_bids.decisions import KEYS, matter_of, matters, record_decision, version_of
from evaluator.jobs.keeping import this_minute
from evaluator.records.dates import spoken_date
from evaluator.records.findings.finding import Finding, Severity
from evaluator.records.ledger import Entry
from evaluator.records.programme.conditions.gates import ON_MATTERS, Gate
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.money.amounts import PANEL_SUM
from evaluator.records.programme.money.final_choice import FINAL_CHOICE
from evaluator.records.submissions.decisions_waiting import APART, CHOSEN, MATTERS, Matter, ToDecide, matters_of
from evaluator.records.submissions.evaluation import SAID, Decision
from evaluator.records.submissions.table_layouts import DECISIONS
from evaluator.records.submissions.tie_breaks import DRAW, EVERY_BID
from evaluator.reporting.papers.decisions_workbook import HINTS, every_word
from evaluator.validation.coded_columns import names_of, present, words

PLACE = ("Decisions", "decisions")
COLUMNS = {column.key: column for column in DECISIONS.columns}
ABOUT = ("bid", "matter", "subject")
CALLED = {
    "failed_gate": "A condition that was not met",
    "low_price": "A low price",
    "late": "A bid that came late",
    "late_recusal": "Marks by somebody who is recused",
    "breach": "A breach of a procedural requirement",
    "other": "Another matter",
    "correction": "A correction of a figure that decides",
    "spread": "Marks that lie far apart",
    "question": "Whether a question applies to a bid",
    "final_choice": "The final choice",
    "panel_sum": "The sum of an award",
    "draw": "What the published draw came to",
}
WORDS = {
    "admit": ("Admit it", "The bid stays in."),
    "disregard": ("Disregard it", "The bid leaves the ranking."),
    "met": ("The condition is met", "As the bidder showed when it was asked."),
    "not_met": ("The condition is not met", "The bid leaves the ranking."),
    "register_wrong": ("The register was wrong", "The condition was met all along."),
    "excluded": ("Exclude the bidder", "The bid leaves the ranking."),
    "fund": ("Fund it", "The bid is chosen for an award."),
    "do_not_fund": ("Do not fund it", "The bid has no award, whatever its rank."),
    "set": ("Set this sum", "The bid is offered this and no more."),
    "drawn": ("Drawn", "What was drawn stands as the subject; the bid is “all”."),
    "not_excluded": ("Do not exclude the bidder", "The bid stays in."),
    "does_not_apply": ("It does not apply", "Its weight goes as published."),
    "applies": ("It applies", "It is marked as any other."),
}
BEGUN = {  # what nothing waits for, and people begin where the criteria let them: what the link to it says
    APART: "Decide whether a question applies to a bid",
    FINAL_CHOICE: "Choose a bid, or leave one out, after the ranks",
    PANEL_SUM: "Set the sum of an award",
    DRAW: "Record what the published draw came to",
}
OTHER = "Decide on a bid that came late, or on any other matter"
ON_CONDITIONS = ("evidence", "associate")
ON_EXCLUSION = ("evidence", "associate", "recurs", "notified")


@dataclass(frozen=True)
class Case:
    """A matter with whose it is, what it is about, and the decision on it, if one is recorded."""

    address: str
    matter: str
    bid: str
    name: str
    about: str
    decision: Decision | None = None

    @property
    def said(self) -> str:
        """The decision in words."""
        return self.decision.said if self.decision else ""

    @property
    def day(self) -> str:
        """The day of the decision in words."""
        return spoken_date(self.decision.date) if self.decision else ""


@dataclass(frozen=True, kw_only=True)
class Decisions(Page):
    """What waits, what is decided, and what is wrong with the decisions that lie there."""

    template: ClassVar[str] = "decide/decisions.html"
    waiting: tuple[Case, ...]
    recorded: tuple[Case, ...]
    found: tuple[Finding, ...]
    ways: tuple[Link, ...]
    events: str
    known: bool


@dataclass(frozen=True, kw_only=True)
class Form(Page):
    """The form of one matter; ``facts`` say which, ``conflicts`` what somebody else recorded meanwhile."""

    template: ClassVar[str] = "decide/decision.html"
    here: str
    back: str
    about: str
    facts: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...]
    hidden: tuple[tuple[str, str], ...]
    version: str
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Decided(Page):
    """One decision as the disk has it, with its history from the ledger."""

    template: ClassVar[str] = "decide/decided.html"
    back: str
    change: str
    about: str
    facts: tuple[tuple[str, str], ...]
    history: tuple[Entry, ...]
    notes: tuple[Finding, ...]


@dataclass(frozen=True)
class There:
    """What the folder says now: its criteria, who bids, and what waits; None where that cannot be told yet."""

    criteria: Criteria | None
    to_decide: ToDecide | None
    found: tuple[Finding, ...]
    names: Mapping[str, str]

    def decision(self, about: tuple[str, str, str]) -> Decision | None:
        """Give the decision that stands on a matter."""
        recorded = self.to_decide.recorded if self.to_decide else ()
        return next((one for one in recorded if matter_of(one) == about), None)

    def waits(self, about: tuple[str, str, str]) -> Matter | None:
        """Give a matter that waits."""
        waiting = self.to_decide.waiting if self.to_decide else ()
        return next((one for one in waiting if matter_of(one) == about), None)

    def gate(self, about: tuple[str, str, str]) -> Gate | None:
        """Give the condition that a matter is about, where it is about one."""
        gates = self.criteria.gate if self.criteria and about[1] == "failed_gate" else ()
        return next((one for one in gates if one.id == about[2]), None)


def there_is(criteria: Path, bids: Path) -> There:
    """Read a folder for what waits and what is decided in it."""
    published = read_criteria(criteria)
    if published.criteria is None:
        return There(None, None, published.findings, {})
    received = read_marks(bids, published.criteria)
    made, found = matters(published.criteria, received)
    table = present(received.register)
    names = dict(zip(words(table, "bid"), names_of(table), strict=True)) if table else {}
    told = (*(one for one in received.findings if one.source.file.startswith("decisions")), *found)
    return There(published.criteria, made, tuple(told), names)


def show(visit: Visit) -> Answer:
    """Show what waits for a person, and what is decided."""
    there = _there(visit)
    made = there.to_decide
    stands = tuple(one for one in there.found if one.severity is not Severity.NOTE)
    return Decisions(
        title="Decisions",
        waiting=tuple(_case(visit, there, one) for one in (made.waiting if made else ())),
        recorded=tuple(_case(visit, there, one) for one in (made.recorded if made else ())),
        found=stands,
        ways=tuple(_ways(visit, there)),
        events=visit.at("decisions/events"),
        known=made is not None,
    )


def _ways(visit: Visit, there: There) -> Iterator[Link]:
    """Give the ways to decide what nothing waits for: each matter that the criteria leave to people, and any other."""
    for matter in matters_of(there.criteria) if there.criteria else ():
        if matter in BEGUN and matter != DRAW:  # a draw waits until it is recorded, and is changed from then on
            yield Link(BEGUN[matter], visit.at("decisions/one", matter=matter))
    yield Link(OTHER, visit.at("decisions/one"))


def _there(visit: Visit) -> There:
    programme = visit.programme
    return visit.look(there_is, programme.criteria, programme.bids)


def _case(visit: Visit, there: There, one: Matter | Decision) -> Case:
    about = matter_of(one)
    where = visit.at("decisions/one", **dict(zip(ABOUT, about, strict=True)))
    decision = one if isinstance(one, Decision) else None
    return Case(where, _called(there, about), one.bid, _bidder(there, one.bid), _about(there, about), decision)


def _bidder(there: There, bid: str) -> str:
    return "every bid" if bid == EVERY_BID else there.names.get(bid, bid)


def _called(there: There, about: tuple[str, str, str]) -> str:
    gate = there.gate(about)
    return f"Condition: {gate.title}" if gate else CALLED.get(about[1], about[1].replace("_", " ").capitalize())


def _about(there: There, about: tuple[str, str, str]) -> str:
    waiting, gate = there.waits(about), there.gate(about)
    return waiting.about if waiting else gate.question if gate else ""


def one(visit: Visit) -> Answer:
    """Show one matter: the decision as the disk has it, or the form to decide it in."""
    there = _there(visit)
    about = _asked(visit.query)
    decision = there.decision(about)
    if decision is None or visit.query.get("change"):
        return _form(visit, there, about, _texts(decision), version_of(decision))
    return _decided(visit, there, about, decision)


def _asked(given: Mapping[str, str]) -> tuple[str, str, str]:
    return given.get("bid", "").strip(), given.get("matter", "").strip(), given.get("subject", "").strip()


def _texts(decision: Decision | None) -> dict[str, str]:
    return {key: getattr(decision, key) for key in KEYS} if decision else {}


def _decided(visit: Visit, there: There, about: tuple[str, str, str], decision: Decision) -> Decided:
    told = dict(zip(ABOUT, about, strict=True))
    subject = " ".join(filter(None, about))
    entries = visit.ledger.entries if visit.ledger else ()
    history = [one for one in entries if one.event.kind == "decision" and one.event.subject == subject]
    rows = ((COLUMNS[key].heading, getattr(decision, key)) for key in KEYS if key not in (*ABOUT, "decision"))
    facts = (("Bid", about[0]), ("Decision", WORDS.get(decision.decision, (decision.decision, ""))[0]), *rows)
    return Decided(
        title=f"{_called(there, about)}: {_bidder(there, about[0])}",
        back=visit.at("decisions"),
        change=visit.at("decisions/one", **told, change="yes"),
        about=_about(there, about),
        facts=tuple((label, text) for label, text in facts if text),
        history=tuple(history),
        notes=tuple(one for one in there.found if one.severity is Severity.NOTE and about[0] in one.message),
    )


def _form(
    visit: Visit,
    there: There,
    about: tuple[str, str, str],
    texts: Mapping[str, str],
    version: str,
    problems: tuple[Problem, ...] = (),
    conflicts: tuple[Conflict, ...] = (),
) -> Form:
    """Make the form of a matter; where the matter is not named yet, it is asked for too."""
    asked = about[1] in BEGUN or not there.waits(about)
    asked = asked and there.decision(about) is None
    fields = (*(_about_fields(there, about[1], texts) if asked else ()), *_fields(there, about, texts, asked=asked))
    shown = {one.name for one in fields}
    known = zip(ABOUT, (EVERY_BID if about[1] == DRAW else about[0], *about[1:]), strict=True)
    named = f"{_called(there, about)}: {_bidder(there, about[0])}"
    return Form(
        title=BEGUN.get(about[1], "Decide on another matter") if asked else named,
        here=visit.at("decisions/one"),
        back=visit.at("decisions"),
        about=_asks(there, about[1]) if asked else _about(there, about),
        facts=() if asked else (("Bidder", there.names.get(about[0], "") or "not named"), ("Bid", about[0])),
        fields=fields,
        hidden=tuple((key, text) for key, text in (*known, *_only(about[1])) if key not in shown),
        version=version,
        problems=problems,
        conflicts=conflicts,
    )


def _only(matter: str) -> Iterator[tuple[str, str]]:
    """Give the decision of a matter that has but one."""
    words = CHOSEN.get(matter, ())
    if len(words) == 1:
        yield "decision", words[0]


def _asks(there: There, matter: str) -> str:
    """Say what the criteria publish of a matter that people begin."""
    criteria = there.criteria
    if criteria is None:
        return ""
    choice, apart = criteria.final_choice, criteria.not_applicable
    told = {
        FINAL_CHOICE: f"Who chooses: {choice.who} When: {choice.when}" if choice else "",
        APART: f"Who decides: {apart.decided_by}." if apart else "",
        DRAW: criteria.tie_break.draw_source or "",
    }
    return told.get(matter, "")


def _about_fields(there: There, matter: str, texts: Mapping[str, str]) -> Iterator[Field]:
    """Give the fields that say what is decided on: of a matter that a link named, only what that leaves open."""
    bids = [(bid, f"{bid}, {name}", "") for bid, name in sorted(there.names.items())]
    if matter != DRAW:
        yield field_of(COLUMNS["bid"], texts.get("bid", ""), "", bids)
    if matter in BEGUN:
        yield from _subject(there, matter, texts.get("subject", ""))
        return
    every = matters_of(there.criteria) if there.criteria else MATTERS
    kinds = [(word, CALLED[word], "") for word in every if word not in BEGUN]
    yield field_of(COLUMNS["matter"], texts.get("matter", ""), "What is to be decided.", kinds)
    yield field_of(COLUMNS["subject"], texts.get("subject", ""), "Of a condition its id; else leave it empty.")


def _subject(there: There, matter: str, said: str) -> Iterator[Field]:
    """Give the field of what a matter is about beside the bid, where it is about something."""
    if matter == DRAW:
        yield Field("subject", "What was drawn", "text", said, "As the published source has it, in its order.")
    if matter == APART and there.criteria:
        every = {one.id: one for theme in there.criteria.themes for one in there.criteria.questions(theme.id)}
        may = [(id, f"{id}, {one.title}", "") for id, one in every.items() if there.criteria.may_not_apply(id)]
        yield field_of(replace(COLUMNS["subject"], heading="Question"), said, "", may)


def _fields(there: There, about: tuple[str, str, str], texts: Mapping[str, str], *, asked: bool) -> Iterator[Field]:
    """Give the fields of a decision: only those that its kind of matter has, and only the outcomes there are."""
    gate, waiting, matter = there.gate(about), there.waits(about), about[1]
    choices = waiting.choices if waiting else gate.decisions if gate else _words(there, matter, asked=asked)
    if not dict(_only(matter)):
        options = tuple((word, *WORDS[word]) for word in choices)
        yield Field("decision", "Decision", "one_of", texts.get("decision", ""), "", options)
    if matter == PANEL_SUM:
        yield field_of(COLUMNS["sum"], texts.get("sum", ""), "Pounds, no more than the bid asks.")
    for key in ("reason", "ground", "person", "date", *_more(there, gate, matter, asked=asked)):
        grounds = _grounds(there) if (key, matter) == ("ground", FINAL_CHOICE) else ()
        hint = "One that was published." if grounds else HINTS.get(key, "")
        yield field_of(COLUMNS[key], texts.get(key, ""), hint, grounds)


def _words(there: There, matter: str, *, asked: bool) -> tuple[str, ...]:
    """Give the words that a matter can be decided with; of one that is not named yet, those of all that waits."""
    if matter in CHOSEN or not asked or there.criteria is None:
        return CHOSEN.get(matter, ON_MATTERS)
    begun = {word for one in BEGUN for word in CHOSEN[one]}
    return tuple(word for word in every_word(there.criteria) if word not in begun)


def _more(there: There, gate: Gate | None, matter: str, *, asked: bool) -> tuple[str, ...]:
    """Give the columns that only some matters have: hearing the bidder, and what the law asks of conditions."""
    if matter in BEGUN:
        return ()
    every = there.criteria.gate if asked and there.criteria else ()
    kinds = {gate.kind} if gate else {one.kind for one in every}
    more = ON_EXCLUSION if "exclusion" in kinds else ON_CONDITIONS if kinds - {None} else ()
    return ("heard", *more)


def _grounds(there: There) -> tuple[tuple[str, str, str], ...]:
    """Give the published grounds of the final choice; where none is published, any can be written."""
    choice = there.criteria.final_choice if there.criteria else None
    return tuple((one.id, f"{one.id}: {one.text}", "") for one in choice.ground) if choice else ()


def save(visit: Visit) -> Answer:
    """Record what was decided, and show it as the disk has it; what is wrong is told at its field."""
    row = {key: visit.form.text(key) for key in KEYS}
    about = _asked(row)
    programme = visit.programme
    with recording(programme.bids / "decisions.xlsx"):
        kept = record_decision(programme, row, visit.form.text("version"), visit.keeping().who, this_minute())
    there = _there(visit)
    if kept.recorded:
        told = f"Recorded as entry {kept.entry:,} of the ledger, and in bids/{kept.made.name}"
        return Go(visit.at("decisions/one", **dict(zip(ABOUT, about, strict=True))), told)
    if kept.made.wrong:
        form = _form(visit, there, about, row, visit.form.text("version"))
        names = [one.name for one in form.fields]
        return replace(form, problems=problems_of(kept.made.wrong, names))
    return _form(visit, there, about, row, version_of(kept.other), conflicts=_conflicts(kept.other, row))


def _conflicts(other: Decision | None, row: Mapping[str, str]) -> tuple[Conflict, ...]:
    """Lay what stands there now beside what was typed, wherever the two differ."""
    there = _texts(other)
    keys = [key for key in KEYS if key not in ABOUT and there.get(key, "") != row.get(key, "")]
    if other is None:
        return (Conflict("The decision that you were changing", "nothing: it is there no more", "below"),)
    return tuple(Conflict(COLUMNS[key].heading, _word(there[key]), _word(row[key])) for key in keys)


def _word(text: str) -> str:
    return WORDS[text][0] if text in WORDS else SAID.get(text, text)


ROUTES = (
    get("/p/{programme}/decisions", show),
    get("/p/{programme}/decisions/one", one),
    post("/p/{programme}/decisions/one", save),
)
