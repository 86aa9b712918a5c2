"""The moderation meeting: one answer at a time, saved at once, and shown again from the disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from evaluator.desk.page import Conflict, Link, Page, Problem
from evaluator.desk.processes import Say
from evaluator.desk.visit import Answer, Facts, Go, Refused, Visit, get, post
from evaluator.desk.work import Ended
from evaluator.files.audit.ledger_file import read_ledger
from evaluator.files.audit.run_folder import write_new
from evaluator.files.read.programme import Programme, open_programme
from evaluator.jobs.panel.moderation import About, AgreedNow, Agreeing, Brought, Entered, agreed_now, brought
from evaluator.jobs.papers import moderate, moderation_events
from evaluator.records.english import count_of, listing
from evaluator.records.findings.finding import Finding, block_award
from evaluator.records.ledger import Entry
from evaluator.records.numbers import decimal_text, exact_text
from evaluator.records.submissions.everyones_marks import Said
from evaluator.records.submissions.moderation import Carried, Discussed
from evaluator.records.submissions.several_marks import made_words, mark_text
from evaluator.reporting.papers.progress import panel_title
from evaluator.validation import faults_of

PLACE = ("Moderation", "moderation")
MAKE = "Make the moderation workbook"
EACH = 50  # answers on one page of the list
MOST_LATER = 100  # answers that an address can carry to come back to
SHOWS = (
    ("all", "all answers"),
    ("open", "still to be agreed"),
    ("again", "to look at again"),
    ("later", "to come back to"),
    ("letter", "agreed, without a reason for the bidder"),
    ("agreed", "agreed"),
)
STATES = {"open": "to be agreed", "again": "look again", "letter": "agreed, letter waits", "agreed": "agreed"}
QUICKER = "Somebody else has saved this answer, or marks came in, since you opened it; nothing was saved"
ORDER = "The order is fixed: largest spread first, then nearest a minimum mark, then as published."
LOOKS: Mapping[str, str] = {
    "marked": "marked",
    "no mark yet": "blank",
    "abstained": "abstained",
    "recused": "recused",
    "not asked": "not-asked",
}
_SHOWN: dict[str, About] = {}  # what the chair of each meeting has opened last, for a second screen


@dataclass(frozen=True)
class MarkShown:
    """What one evaluator said of an answer, as it is shown: a mark with its word, or one of four words for none."""

    evaluator: str
    mark: str
    words: str
    look: str
    reason: str


@dataclass(frozen=True)
class AgreedShown:
    """What is agreed of an answer, from the disk, with the ledger's number, when and by whom."""

    mark: str
    words: str
    reason: str
    for_bidder: str
    recorded: str


@dataclass(frozen=True)
class AnswerShown:
    """An answer with all that a panel needs in front of it."""

    about: About
    name: str
    question: str
    asked: str
    good_answer: str
    panel: str
    recused: tuple[str, ...]
    written: tuple[str, ...]
    marks: tuple[MarkShown, ...]
    spread: str
    wide: bool
    notes: tuple[str, ...]
    scale: tuple[tuple[str, str, str], ...]
    agreed: AgreedShown | None
    since: tuple[str, ...]
    made: str  # what the marks come to, where nobody agrees one


@dataclass(frozen=True)
class Listed:
    """An answer in the list of a meeting."""

    words: str
    title: str
    address: str
    marks: str
    spread: str
    wide: bool
    state: str
    look: str


@dataclass(frozen=True, kw_only=True)
class Meeting(Page):
    """The list: how far the meeting is, each count with exactly its answers, and the order."""

    template: ClassVar[str] = "in/meeting.html"
    alone: bool
    findings: tuple[Finding, ...]
    counts: tuple[tuple[str, Link], ...]
    panels: tuple[Link, ...]
    showing: str
    order: str
    rows: tuple[Listed, ...]
    pages: tuple[Link, ...]
    first: str
    met: str
    second: str
    chair: str
    make: str
    papers: str


@dataclass(frozen=True, kw_only=True)
class OneAnswer(Page):
    """One answer on a projector, with the form in which the panel agrees."""

    template: ClassVar[str] = "in/answer.html"
    shown: AnswerShown
    place: str
    ways: tuple[Link, ...]
    history: str
    action: str
    options: tuple[tuple[str, str, str], ...]
    mark: str
    reason: str
    for_bidder: str
    version: str
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, kw_only=True)
class SecondScreen(Page):
    """What the chair has opened, for a second screen: nothing can be changed there."""

    template: ClassVar[str] = "in/second_screen.html"
    shown: AnswerShown | None
    again: str
    facts: str
    stamp: str


@dataclass(frozen=True, kw_only=True)
class History(Page):
    """All that the ledger says of one answer's agreed mark."""

    template: ClassVar[str] = "in/history.html"
    back: str
    rows: tuple[tuple[str, ...], ...]


class _Sitting:
    """The meeting as one visit finds it: what the panel brought, what is agreed, and which answers are shown."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.programme = visit, visit.programme
        self.meeting, self.now = visit.look(as_it_stands, self.programme.root)
        self.theme, self.show = visit.query.get("theme", ""), visit.query.get("show", "")
        self.later = tuple(filter(None, visit.query.get("later", "").split("|")))[-MOST_LATER:]

    def query(self, **other: str) -> dict[str, str]:
        """Give the filter for an address, as it is or with something else in it."""
        kept = {key: self.visit.query.get(key, "") for key in ("show", "theme", "later", "chair")}
        return {key: text for key, text in {**kept, **other}.items() if text}

    def state(self, answer: Discussed) -> str:
        """Say how far an answer is, in one word of those that are counted."""
        one = self.now.carried.get(_about(answer))
        if one is None or not (one.agreed.mark or answer.made):
            return "open"
        if one.since:
            return "again"
        return "agreed" if one.agreed.for_bidder else "letter"

    def of_theme(self) -> list[Discussed]:
        """Give the answers of the theme that was chosen, or all."""
        return [one for one in self.meeting.answers if self.theme in ("", one.panel)]

    def meets(self, answer: Discussed, show: str) -> bool:
        """Whether an answer is among those that are shown."""
        state = self.state(answer)
        if show == "later":
            return _name(_about(answer)) in self.later
        if show == "agreed":
            return state in ("agreed", "letter")
        return show in ("", "all", state) or (show == "open" and state == "again")

    def shown(self, show: str | None = None) -> list[Discussed]:
        """Give the answers that are shown, in the order of the meeting."""
        return [one for one in self.of_theme() if self.meets(one, self.show if show is None else show)]

    def address(self, answer: Discussed, **other: str) -> str:
        """Give the address of an answer, with the filter in it."""
        bid, question = _about(answer)
        return self.visit.at("moderation/answer", bid=bid, question=question, **self.query(**other))

    def listing(self, **other: str) -> str:
        """Give the address of the list, with the filter in it."""
        return self.visit.at("moderation", **self.query(**other))


def as_it_stands(root: Path) -> tuple[Brought, AgreedNow]:
    """Gather what the panel brought, and what is agreed, from the disk."""
    programme = open_programme(root)
    meeting = brought(programme)
    return meeting, agreed_now(programme, meeting, _entries(programme))


def _about(answer: Discussed) -> About:
    return answer.subject, answer.question.id


def _name(about: About) -> str:
    return " ".join(about)


def _entries(programme: Programme) -> tuple[Entry, ...]:
    try:
        return read_ledger(programme.ledger).entries
    except OSError:
        return ()


# The list.


def meeting(visit: Visit) -> Answer:
    """Show how far the meeting is, and its answers in their order."""
    sitting = _Sitting(visit)
    rows = sitting.shown()
    at, pages = _paged(sitting, len(rows))
    held = block_award(sitting.meeting.findings) or not sitting.meeting.answers
    criteria = sitting.meeting.criteria
    waiting = sitting.shown("open") or sitting.shown("letter")
    return Meeting(
        title="Moderation",
        alone=criteria is not None and criteria.moderation.method == "one_evaluator",
        findings=tuple(sitting.meeting.findings) if held else tuple(sitting.now.findings),
        counts=tuple(_counts(sitting)) if sitting.meeting.answers else (),
        panels=tuple(_panels(sitting)),
        showing=f"{count_of(len(rows), 'answer')}: {dict(SHOWS).get(sitting.show, 'all answers')}",
        order=ORDER,
        rows=tuple(_listed(sitting, one) for one in rows[at : at + EACH]),
        pages=pages,
        first=sitting.address(waiting[0]) if waiting else "",
        met=visit.at("moderation/meetings"),
        second=visit.at("moderation/second"),
        chair=sitting.listing(chair="1"),
        make=visit.at("moderation/workbook"),
        papers=_papers_words(sitting.programme),
    )


def _papers_words(programme: Programme) -> str:
    made = sorted(path.name for path in programme.papers.glob("moderation*.xlsx")) if programme.papers.is_dir() else []
    return f"{listing(made)} in the folder {programme.papers.name}" if made else ""


def _counts(sitting: _Sitting) -> list[tuple[str, Link]]:
    return [
        (words, Link(f"{len(sitting.shown(show)):,}", sitting.listing(show=show), here=sitting.show == show))
        for show, words in SHOWS
    ]


def _panels(sitting: _Sitting) -> list[Link]:
    panels = dict.fromkeys(one.panel for one in sitting.meeting.answers)
    criteria = sitting.meeting.criteria
    if criteria is None or not panels:
        return []
    every = Link("All themes", sitting.listing(theme=""), here=not sitting.theme)
    return [
        every,
        *(Link(panel_title(criteria, one), sitting.listing(theme=one), here=sitting.theme == one) for one in panels),
    ]


def _paged(sitting: _Sitting, count: int) -> tuple[int, tuple[Link, ...]]:
    """Give where the page of a list begins, and links to all of its pages."""
    asked = sitting.visit.query.get("number", "1")
    last = max(1, -(-count // EACH))
    number = min(int(asked) if asked.isdecimal() and len(asked) < 7 else 1, last) or 1
    pages = tuple(Link(str(one), sitting.listing(number=str(one)), here=one == number) for one in range(1, last + 1))
    return (number - 1) * EACH, pages


def _listed(sitting: _Sitting, answer: Discussed) -> Listed:
    state = sitting.state(answer)
    one = sitting.now.carried.get(_about(answer))
    mark = mark_text(answer.made.value) if answer.made else one.agreed.mark if one else ""
    said = f"{STATES[state]}: {mark}" if state != "open" and one else STATES[state]
    return Listed(
        words=_name(_about(answer)),
        title=f"{answer.name}: {answer.question.title}",
        address=sitting.address(answer),
        marks=", ".join(f"{one.evaluator} {decimal_text(one.mark)}" for one in answer.given),
        spread=decimal_text(answer.spread),
        wide=answer.wide,
        state=said,
        look={"open": "", "again": "care", "letter": "care", "agreed": "good"}[state],
    )


# One answer.


def _found(sitting: _Sitting) -> Discussed:
    about = sitting.visit.query.get("bid", ""), sitting.visit.query.get("question", "")
    answer = sitting.meeting.answer(about)
    if answer is None:
        raise Refused(f"There is nothing to agree of {_name(about)}, as things are.", 404)
    return answer


def one_answer(visit: Visit) -> Answer:
    """Show one answer."""
    sitting = _Sitting(visit)
    answer = _found(sitting)
    if visit.query.get("chair"):
        _SHOWN[str(sitting.programme.root)] = _about(answer)
    held = sitting.now.carried.get(_about(answer))
    typed = held.agreed if held else None
    entered = Entered(
        exact_text(answer.made.value) if answer.made else typed.mark if typed else "",
        typed.reason if typed else "",
        typed.for_bidder if typed else "",
        sitting.now.version(answer),
    )
    return _page(sitting, answer, entered)


def _page(
    sitting: _Sitting,
    answer: Discussed,
    entered: Entered,
    problems: tuple[Problem, ...] = (),
    conflicts: tuple[Conflict, ...] = (),
) -> OneAnswer:
    ordered = sitting.of_theme()
    at = ordered.index(answer) + 1 if answer in ordered else 0
    bid, question = _about(answer)
    shown = shown_answer(sitting.meeting, sitting.now, answer)
    return OneAnswer(
        title=f"{bid} on {question}: {answer.question.title}",
        problems=problems,
        shown=shown,
        place=f"Answer {at:,} of {len(ordered):,}. {ORDER}",
        ways=tuple(_ways(sitting, answer)),
        history=sitting.visit.at("moderation/history", bid=bid, question=question, **sitting.query()),
        action=sitting.address(answer),
        options=tuple((mark, f"{mark} – {label}", "") for mark, label, _ in shown.scale),
        mark=entered.mark,
        reason=entered.reason,
        for_bidder=entered.for_bidder,
        version=entered.version,
        conflicts=conflicts,
    )


def _ways(sitting: _Sitting, answer: Discussed) -> list[Link]:
    """Give the ways on: back, on, on with a note to come back, and the list."""
    before, after = _beside(sitting, answer)
    name = _name(_about(answer))
    rest = [one for one in sitting.later if one != name]
    found = [Link("Previous", sitting.address(before))] if before else []
    found += [Link("Next", sitting.address(after))] if after else []
    if name in sitting.later:
        found.append(Link("Do not come back to it", sitting.address(answer, later="|".join(rest))))
    else:
        later = "|".join([*rest, name])
        target = sitting.address(after, later=later) if after else sitting.listing(later=later)
        found.append(Link("Skip, and come back to it", target))
    return [*found, Link("List", sitting.listing())]


def _beside(sitting: _Sitting, answer: Discussed) -> tuple[Discussed | None, Discussed | None]:
    """Give the answers before and after one, among those that are shown; it need not be one of them any more."""
    ordered = sitting.of_theme()
    at = ordered.index(answer) if answer in ordered else 0
    fits = partial(sitting.meets, show=sitting.show)
    before = next((one for one in reversed(ordered[:at]) if fits(one)), None)
    after = next((one for one in ordered[at + 1 :] if fits(one)), None)
    return before, after


def shown_answer(meeting: Brought, now: AgreedNow, answer: Discussed) -> AnswerShown:
    """Put an answer with everything about it into words."""
    about, criteria = _about(answer), meeting.criteria
    assert criteria is not None
    scale = criteria.scale_for(answer.question.id)
    labels = {decimal_text(one.mark): one.label for one in scale.mark}
    everyone = meeting.everyone.get(about)
    said = everyone.said if everyone else ()
    held = now.carried.get(about)
    trigger = criteria.moderation.spread_trigger
    wide = f", at least the {decimal_text(trigger)} that was published" if answer.wide and trigger is not None else ""
    return AnswerShown(
        about=about,
        name=answer.name,
        question=answer.question.title,
        asked=answer.question.text,
        good_answer=answer.question.good_answer,
        panel=panel_title(criteria, answer.panel),
        recused=tuple(one.evaluator for one in said if one.state == "recused"),
        written=tuple(filter(None, meeting.written.get(about, "").split("\n"))),
        marks=tuple(_mark_shown(one, labels) for one in said),
        spread=f"{decimal_text(answer.spread)}{wide}",
        wide=answer.wide,
        notes=tuple(one.message for one in meeting.notes(answer)),
        scale=tuple((decimal_text(one.mark), one.label, one.descriptor) for one in scale.mark),
        agreed=_agreed_shown(now, about, held, labels) if held and held.agreed.mark else None,
        since=held.since if held else (),
        made=made_words(criteria.moderation, answer.made) if answer.made else "",
    )


def _mark_shown(one: Said, labels: Mapping[str, str]) -> MarkShown:
    mark = decimal_text(one.mark) if one.mark is not None else ""
    return MarkShown(one.evaluator, mark, labels.get(mark, "") if mark else one.state, LOOKS[one.state], one.reason)


def _agreed_shown(now: AgreedNow, about: About, held: Carried, labels: Mapping[str, str]) -> AgreedShown:
    entry, agreed = now.entry(about), held.agreed
    recorded = (
        f"Saved: entry {entry.number:,} of the ledger, {entry.when}, by {entry.who}"
        if entry
        else "In the file; the ledger is told of it with the next answer, or when the programme is evaluated"
    )
    return AgreedShown(agreed.mark, labels.get(agreed.mark, ""), agreed.reason, agreed.for_bidder, recorded)


def save(visit: Visit) -> Answer:
    """Save what the panel agreed of one answer, unless it lacks something or somebody else was quicker."""
    sitting = _Sitting(visit)
    answer = _found(sitting)
    form = visit.form
    mark = exact_text(answer.made.value) if answer.made else form.text("mark")
    entered = Entered(mark, form.text("reason"), form.text("for_bidder"), form.text("version"))
    assert sitting.meeting.criteria is not None
    faults = faults_of(sitting.meeting.criteria, answer, entered.mark, entered.reason, entered.for_bidder)
    problems = tuple(Problem(says, field) for field, says in faults)
    if problems:
        return _page(sitting, answer, entered, problems)
    job = Agreeing(sitting.programme, _about(answer), entered)
    visit.record(job.told, job.then)
    if job.outdated:
        return _outdated(visit, answer, entered)
    sitting.meeting, sitting.now = job.meeting, job.now  # as they were read from the disk after it was written
    if job.now.entry(_about(answer)) is None:
        why = " ".join(f"{one.message} {one.remedy}" for one in job.in_the_way()[:1])
        return _page(sitting, answer, entered, (Problem(f"It was not saved. {why}".strip(), "mark"),))
    return _saved(sitting, answer, stays=form.text("then") == "stay")


def _saved(sitting: _Sitting, answer: Discussed, *, stays: bool) -> Go:
    entry = sitting.now.entry(_about(answer))
    held = sitting.now.carried[_about(answer)]
    number = f"entry {entry.number:,} of the ledger" if entry else "in the file"
    says = f"{_name(_about(answer))}: {held.agreed.mark} is agreed, {number}."
    following = None if stays else _beside(sitting, answer)[1]
    if following is not None:
        return Go(sitting.address(following), f"{says} This is the next answer.")
    return Go(sitting.address(answer), says)


def _outdated(visit: Visit, answer: Discussed, entered: Entered) -> Answer:
    """Show what stands now beside what was typed, which is kept; saved again, it takes the place of that."""
    sitting = _Sitting(visit)
    answer = sitting.meeting.answer(_about(answer)) or answer
    held = sitting.now.carried.get(_about(answer))
    there = (held.agreed.mark, held.agreed.reason, held.agreed.for_bidder) if held else ("", "", "")
    labels = ("Agreed mark", "Reason for the file", "Reason for the bidder")
    typed = (entered.mark, entered.reason, entered.for_bidder)
    conflicts = tuple(Conflict(*one) for one in zip(labels, there, typed, strict=True))
    again = Entered(*typed, sitting.now.version(answer))
    return _page(sitting, answer, again, (Problem(QUICKER, "mark"),), conflicts)


def history(visit: Visit) -> Answer:
    """Show all that the ledger says of one answer."""
    sitting = _Sitting(visit)
    answer = _found(sitting)
    rows = tuple(
        (f"{one.number:,}", one.when, one.who, one.event.before or "none", one.event.after or "none", one.event.reason)
        for one in sitting.now.history.get(_about(answer), ())
    )
    return History(
        title=f"{_name(_about(answer))}: every mark that was agreed", back=sitting.address(answer), rows=rows
    )


# The second screen.


def second_screen(visit: Visit) -> Answer:
    """Show what the chair has opened last."""
    sitting = _Sitting(visit)
    about = _SHOWN.get(str(sitting.programme.root))
    answer = sitting.meeting.answer(about) if about else None
    return SecondScreen(
        title=_name(about) if answer and about else "Second screen",
        shown=shown_answer(sitting.meeting, sitting.now, answer) if answer else None,
        again=visit.at("moderation/second"),
        facts=visit.at("moderation/second/facts"),
        stamp=_stamp(sitting),
    )


def _stamp(sitting: _Sitting) -> str:
    about = _SHOWN.get(str(sitting.programme.root))
    answer = sitting.meeting.answer(about) if about else None
    return f"{_name(about)} {sitting.now.version(answer)}" if about and answer else ""


def second_facts(visit: Visit) -> Answer:
    """Tell the second screen's script what is open."""
    return Facts({"stamp": _stamp(_Sitting(visit))})


# The workbook way.


def make_workbook(visit: Visit) -> Answer:
    """Make a moderation workbook of how things stand, in the background."""
    return visit.begin(MAKE, made_workbook, str(visit.programme.root), back=visit.at("moderation"))


def made_workbook(report: Say, root: str) -> Ended:
    """Make the workbook and write it beside those that are there; the ledger is told."""
    from evaluator.jobs.keeping import keeping

    programme = open_programme(Path(root))
    report("Putting the marks side by side")
    made = moderate(programme.criteria, programme.bids)
    if not made.workbook:
        return Ended(tuple(str(one) for one in made.findings), good=False)
    path = _unused(programme.papers / "moderation.xlsx")
    write_new(made.workbook, path)
    keeping(programme).append(moderation_events(programme.criteria, path.name, made))
    answers = count_of(len(made.answers), "answer")
    return Ended(
        (
            f"It is in {path.parent.name}/{path.name}, in the folder of the programme, with {answers}.",
            "Once the panel has filled it in, bring it to the inbox.",
        )
    )


def _unused(path: Path) -> Path:
    number = 2
    found = path
    while found.exists():
        found, number = path.with_name(f"{path.stem}-{number}{path.suffix}"), number + 1
    return found


ROUTES = (
    get("/p/{programme}/moderation", meeting),
    get("/p/{programme}/moderation/answer", one_answer),
    post("/p/{programme}/moderation/answer", save),
    get("/p/{programme}/moderation/history", history),
    get("/p/{programme}/moderation/second", second_screen),
    get("/p/{programme}/moderation/second/facts", second_facts),
    post("/p/{programme}/moderation/workbook", make_workbook),
)
