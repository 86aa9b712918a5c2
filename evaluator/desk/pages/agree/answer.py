"""One answer on a projector: all that a panel needs of it, the form in which it agrees, and what was agreed before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from evaluator.desk.page import Conflict, Link, Page, Problem
from evaluator.desk.pages.agree.sitting import ORDER, Sitting, about_of, name_of
from evaluator.desk.visit import Answer, Go, Visit, get, post
from evaluator.jobs.panel.moderation import About, AgreedNow, Agreeing, Brought, Entered
from evaluator.records.numbers import decimal_text, exact_text
from evaluator.records.programme.scales import Scale
from evaluator.records.submissions.everyones_marks import Said
from evaluator.records.submissions.moderation import Carried, Discussed
from evaluator.records.submissions.several_marks import made_words, mark_text
from evaluator.reporting.papers.progress import panel_title
from evaluator.validation import faults_of

PLACE = None
QUICKER = "Somebody else has saved this answer, or marks came in, since you opened it; nothing was saved"
LOOKS: Mapping[str, str] = {
    "marked": "marked",
    "no mark yet": "blank",
    "abstained": "abstained",
    "recused": "recused",
    "not asked": "not-asked",
}


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
class History(Page):
    """All that the ledger says of one answer's agreed mark."""

    template: ClassVar[str] = "in/history.html"
    back: str
    rows: tuple[tuple[str, ...], ...]


def one_answer(visit: Visit) -> Answer:
    """Show one answer."""
    sitting = Sitting(visit)
    answer = sitting.asked()
    if visit.query.get("chair"):
        sitting.lead(answer)
    held = sitting.now.carried.get(about_of(answer))
    typed = held.agreed if held else None
    entered = Entered(
        exact_text(answer.made.value) if answer.made else typed.mark if typed else "",
        typed.reason if typed else "",
        typed.for_bidder if typed else "",
        sitting.now.version(answer),
    )
    return _page(sitting, answer, entered)


def _page(
    sitting: Sitting,
    answer: Discussed,
    entered: Entered,
    problems: tuple[Problem, ...] = (),
    conflicts: tuple[Conflict, ...] = (),
) -> OneAnswer:
    ordered = sitting.of_theme()
    at = ordered.index(answer) + 1 if answer in ordered else 0
    bid, question = about_of(answer)
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


def _ways(sitting: Sitting, answer: Discussed) -> list[Link]:
    """Give the ways on: back, on, on with a note to come back, and the list."""
    before, after = sitting.beside(answer)
    name = name_of(about_of(answer))
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


def shown_answer(meeting: Brought, now: AgreedNow, answer: Discussed) -> AnswerShown:
    """Put an answer with everything about it into words."""
    about, criteria = about_of(answer), meeting.criteria
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
        scale=tuple(_on_the_scale(scale)),
        agreed=_agreed_shown(now, answer, held, labels) if held and (held.agreed.mark or answer.made) else None,
        since=held.since if held else (),
        made=made_words(criteria.moderation, answer.made) if answer.made else "",
    )


def _on_the_scale(scale: Scale) -> Iterator[tuple[str, str, str]]:
    """Give each mark of a scale with its word and what earns it; where a table says so, with what it counts."""
    for one, count in zip(scale.mark, scale.counts, strict=True):
        counts = f" (counts {mark_text(count)})" if scale.has_points else ""
        yield decimal_text(one.mark), f"{one.label}{counts}", one.descriptor


def _mark_shown(one: Said, labels: Mapping[str, str]) -> MarkShown:
    mark = decimal_text(one.mark) if one.mark is not None else ""
    return MarkShown(one.evaluator, mark, labels.get(mark, "") if mark else one.state, LOOKS[one.state], one.reason)


def _agreed_shown(now: AgreedNow, answer: Discussed, held: Carried, labels: Mapping[str, str]) -> AgreedShown:
    entry, agreed = now.entry(about_of(answer)), held.agreed
    mark = mark_text(answer.made.value) if answer.made else agreed.mark
    recorded = (
        f"Saved: entry {entry.number:,} of the ledger, {entry.when}, by {entry.who}"
        if entry
        else "In the file; the ledger is told of it with the next answer, or when the programme is evaluated"
    )
    return AgreedShown(mark, labels.get(mark, ""), agreed.reason, agreed.for_bidder, recorded)


def save(visit: Visit) -> Answer:
    """Save what the panel agreed of one answer, unless it lacks something or somebody else was quicker."""
    sitting = Sitting(visit)
    answer = sitting.asked()
    form = visit.form
    mark = exact_text(answer.made.value) if answer.made else form.text("mark")
    entered = Entered(mark, form.text("reason"), form.text("for_bidder"), form.text("version"))
    assert sitting.meeting.criteria is not None
    faults = faults_of(sitting.meeting.criteria, answer, entered.mark, entered.reason, entered.for_bidder)
    problems = tuple(Problem(says, field) for field, says in faults)
    if problems:
        return _page(sitting, answer, entered, problems)
    job = Agreeing(sitting.programme, about_of(answer), entered)
    visit.record(job.told, job.then)
    if job.outdated:
        return _outdated(visit, answer, entered)
    sitting.meeting, sitting.now = job.meeting, job.now  # as they were read from the disk after it was written
    if job.now.entry(about_of(answer)) is None:
        why = " ".join(f"{one.message} {one.remedy}" for one in job.in_the_way()[:1])
        return _page(sitting, answer, entered, (Problem(f"It was not saved. {why}".strip(), "mark"),))
    return _saved(sitting, answer, stays=form.text("then") == "stay")


def _saved(sitting: Sitting, answer: Discussed, *, stays: bool) -> Go:
    entry = sitting.now.entry(about_of(answer))
    held = sitting.now.carried[about_of(answer)]
    number = f"entry {entry.number:,} of the ledger" if entry else "in the file"
    what = "the reasons are saved" if answer.made else f"{held.agreed.mark} is agreed"
    says = f"{name_of(about_of(answer))}: {what}, {number}."
    following = None if stays else sitting.beside(answer)[1]
    if following is not None:
        return Go(sitting.address(following), f"{says} This is the next answer.")
    return Go(sitting.address(answer), says)


def _outdated(visit: Visit, answer: Discussed, entered: Entered) -> Answer:
    """Show what stands now beside what was typed, which is kept; saved again, it takes the place of that."""
    sitting = Sitting(visit)
    answer = sitting.meeting.answer(about_of(answer)) or answer
    held = sitting.now.carried.get(about_of(answer))
    there = (held.agreed.mark, held.agreed.reason, held.agreed.for_bidder) if held else ("", "", "")
    labels = ("Agreed mark", "Reason for the file", "Reason for the bidder")
    typed = (entered.mark, entered.reason, entered.for_bidder)
    conflicts = tuple(Conflict(*one) for one in zip(labels, there, typed, strict=True))
    again = Entered(*typed, sitting.now.version(answer))
    return _page(sitting, answer, again, (Problem(QUICKER, "mark"),), conflicts)


def history(visit: Visit) -> Answer:
    """Show all that the ledger says of one answer."""
    sitting = Sitting(visit)
    answer = sitting.asked()
    rows = tuple(
        (f"{one.number:,}", one.when, one.who, one.event.before or "none", one.event.after or "none", one.event.reason)
        for one in sitting.now.history.get(about_of(answer), ())
    )
    return History(
        title=f"{name_of(about_of(answer))}: every mark that was agreed", back=sitting.address(answer), rows=rows
    )


ROUTES = (
    get("/p/{programme}/moderation/answer", one_answer),
    post("/p/{programme}/moderation/answer", save),
    get("/p/{programme}/moderation/history", history),
)
