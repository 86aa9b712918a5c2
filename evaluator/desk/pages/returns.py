"""Returns: who was given what, what came back, what is wrong in whose sheet, and an e-mail to each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from evaluator.desk.page import Link, Page, Problem, paged
from evaluator.desk.processes import Say
from evaluator.desk.visit import Answer, Refused, Visit, get, post
from evaluator.desk.work import Ended
from evaluator.files.audit.ledger_file import entries_in
from evaluator.files.audit.run_folder import land, unused
from evaluator.files.read.programme import Programme, open_programme
from evaluator.jobs.keeping import keeping
from evaluator.jobs.papers import ReturnsSoFar, issue, issue_events, returns_so_far
from evaluator.records.english import count_of
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text
from evaluator.records.submissions.everyones_marks import AnswerMarks, Said
from evaluator.records.submissions.progress import Returned
from evaluator.records.texts import visible
from evaluator.reporting.papers.progress import panel_title
from evaluator.reporting.papers.reminder import in_own_sheet, reminder_subject, reminder_text

PLACE = ("Returns", "returns")
MAKE = "Issue the evaluators’ workbooks"
EACH = 100  # answers on one page of a list
STATES: Mapping[str, str] = {
    "complete": "marked, with a reason",
    "no reason": "marked, without a reason",
    "no mark yet": "no mark yet",
    "abstained": "abstained",
    "recused": "recused",
    "not asked": "not asked",
}
ASSIGNED = ("complete", "no reason", "no mark yet", "abstained")
LOOKS = {"complete": "good", "part returned": "care", "to be mended": "care", "nothing returned": "bad"}
OF_STATES = {"complete": "good", "no reason": "care", "no mark yet": "bad", "abstained": "care"}
Items = tuple[tuple[AnswerMarks, Said], ...]


@dataclass(frozen=True)
class OfEvaluator:
    """A row: an evaluator, whether their workbook was issued, what came, and counts that lead to just these answers."""

    who: str
    name: str
    issued: str
    state: str
    look: str
    done: Link
    assigned: Link
    missing: Link
    wrong: Link


@dataclass(frozen=True)
class OfPanel:
    """A row: a theme, and for each state how many marks are in it, each count with just these."""

    title: str
    counts: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class Returns(Page):
    """How far the marking has come."""

    template: ClassVar[str] = "in/returns.html"
    summary: str
    evaluators: tuple[OfEvaluator, ...]
    states: tuple[str, ...]
    panels: tuple[OfPanel, ...]
    findings: tuple[Finding, ...]
    issue: str
    folder: str
    seed: str
    as_written: bool


@dataclass(frozen=True)
class Item:
    """An answer and what one evaluator said of it."""

    answer: str
    title: str
    who: str
    state: str
    look: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ItemList(Page):
    """Just the answers that a count stands for."""

    template: ClassVar[str] = "in/items.html"
    back: str
    rows: tuple[Item, ...]
    pages: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class ToEvaluator(Page):
    """What one evaluator has to mend, in their own sheet, and the e-mail that says so."""

    template: ClassVar[str] = "in/reminder.html"
    back: str
    file: str
    wrong: tuple[Finding, ...]
    subject: str
    text: str
    address: str


@dataclass(frozen=True)
class SoFar:
    """What the pages are made of: the returns, everyone's marks, and which workbooks the ledger says were issued."""

    made: ReturnsSoFar
    items: Items
    issued: frozenset[str]

    def where(self, evaluator: str = "", theme: str = "", state: str = "") -> Items:
        """Give the items of an evaluator, a theme and a state; ``assigned`` stands for all that are to be marked."""
        states = ASSIGNED if state == "assigned" else (state,) if state else tuple(STATES)
        return tuple(
            (answer, said)
            for answer, said in self.items
            if evaluator in ("", said.evaluator) and theme in ("", answer.panel) and state_of(said) in states
        )


def so_far(root: Path) -> SoFar:
    """Read how far the marking has come."""
    programme = open_programme(root)
    made = returns_so_far(programme.criteria, programme.bids)
    items = tuple((answer, said) for answer in made.everyone() for said in answer.said)
    return SoFar(made, items, _issued(programme))


def _issued(programme: Programme) -> frozenset[str]:
    names = (one.event.subject for one in entries_in(programme.ledger) if one.event.kind == "issue")
    return frozenset(name.removesuffix(".xlsx") for name in names if name.endswith(".xlsx"))


def state_of(said: Said) -> str:
    """Say in which state a mark is: one that was given needs a reason to be complete."""
    if said.state != "marked":
        return said.state
    return "complete" if any(map(str.isalpha, said.reason)) else "no reason"


def show(visit: Visit) -> Answer:
    """Show how far the marking has come."""
    return _returns(visit)


def _returns(visit: Visit, problems: tuple[Problem, ...] = ()) -> Returns:
    now = visit.look(so_far, visit.programme.root)
    counts = Counter((said.evaluator, state_of(said)) for _, said in now.items)
    done, assigned = len(now.where(state="complete")), len(now.where(state="assigned"))
    returned = now.made.progress.returned if now.made.progress else ()
    return Returns(
        title="Returns",
        problems=problems,
        summary=_summary(done, assigned),
        evaluators=tuple(_of_evaluator(visit, now, one, counts) for one in returned),
        states=tuple(STATES.values()),
        panels=tuple(_panels(visit, now)),
        findings=tuple(_of_nobody(now)),
        issue=visit.at("returns/issue"),
        folder=f"{visit.programme.papers.name}/evaluators",
        seed=visit.form.text("seed") or "1",
        as_written=visit.form.text("as_written") == "yes",
    )


def _summary(done: int, assigned: int) -> str:
    """Count what is done over what is assigned.

    >>> _summary(0, 0), _summary(1, 1), _summary(3, 1200)
    ('Nothing is assigned to anybody yet.', 'All 1 mark is complete.', '3 of 1,200 marks are complete.')
    """
    if not assigned:
        return "Nothing is assigned to anybody yet."
    if done == assigned:
        return f"All {count_of(assigned, 'mark is', 'marks are')} complete."
    return f"{done:,} of {count_of(assigned, 'mark is', 'marks are')} complete."


def _of_evaluator(visit: Visit, now: SoFar, one: Returned, counts: Counter[tuple[str, str]]) -> OfEvaluator:
    who = one.evaluator

    def link(state: str, number: int) -> Link:
        return Link(f"{number:,}", visit.at("returns/items", evaluator=who, state=state))

    wrong = len(in_own_sheet(one, now.made.findings))
    return OfEvaluator(
        who=who,
        name="" if one.name == who else one.name,
        issued="issued" if who in now.issued else "not issued here",
        state=one.state,
        look=LOOKS[one.state],
        done=link("complete", counts[who, "complete"]),
        assigned=link("assigned", sum(counts[who, state] for state in ASSIGNED)),
        missing=link("no mark yet", counts[who, "no mark yet"]),
        wrong=Link(f"{wrong:,}", visit.at("returns/of", evaluator=who)),
    )


def _panels(visit: Visit, now: SoFar) -> Iterable[OfPanel]:
    counts = Counter((answer.panel, state_of(said)) for answer, said in now.items)
    for panel in dict.fromkeys(answer.panel for answer, _ in now.items):
        title = panel_title(now.made.criteria, panel) if now.made.criteria else panel
        links = (Link(f"{counts[panel, one]:,}", visit.at("returns/items", theme=panel, state=one)) for one in STATES)
        yield OfPanel(title, tuple(links))


def _of_nobody(now: SoFar) -> Iterable[Finding]:
    """Give what was found that stands in no evaluator's own file."""
    files = {one.file for one in now.made.progress.returned} if now.made.progress else set()
    return (one for one in now.made.findings if one.source.file not in files - {""})


# Just the answers that a count stands for.


def items(visit: Visit) -> Answer:
    """Show just the answers that a count stands for."""
    now = visit.look(so_far, visit.programme.root)
    asked = {key: visit.query.get(key, "") for key in ("evaluator", "theme", "state")}
    if asked["state"] not in ("", "assigned", *STATES):
        raise Refused("There is no such state of a mark.", 404)
    found = now.where(**asked)
    kept = {key: text for key, text in asked.items() if text}
    here, pages = paged(
        len(found), EACH, visit.query.get("number", ""), lambda one: visit.at("returns/items", **kept, number=one)
    )
    rows = (_item(answer, said) for answer, said in found[here])
    words = "assigned" if asked["state"] == "assigned" else STATES.get(asked["state"], "all")
    about = ", ".join(filter(None, (asked["evaluator"], asked["theme"], words)))
    return ItemList(
        title=f"{count_of(len(found), 'answer')}: {visible(about)}",
        back=visit.at("returns"),
        rows=tuple(rows),
        pages=pages,
    )


def _item(answer: AnswerMarks, said: Said) -> Item:
    state = state_of(said)
    shown = f"{decimal_text(said.mark)}, {STATES[state]}" if said.mark is not None else STATES[state]
    about = " ".join(answer.about)
    return Item(
        about, f"{answer.name}: {answer.question.title}", said.evaluator, shown, OF_STATES.get(state, ""), said.reason
    )


# One evaluator.


def reminder(visit: Visit) -> Answer:
    """Show what one evaluator has to mend, and the e-mail that says so."""
    now = visit.look(so_far, visit.programme.root)
    who = visit.query.get("evaluator", "")
    returned = now.made.progress.returned if now.made.progress else ()
    one = next((row for row in returned if row.evaluator == who), None)
    if one is None or now.made.criteria is None:
        raise Refused(f"Nobody who marks has the id {visible(who)[:40]}.", 404)
    wrong = in_own_sheet(one, now.made.findings)
    people = visit.programme.settings.people
    address = next((person.email for person in people if person.name and person.name == one.name), "")
    return ToEvaluator(
        title=f"{who}{f' {one.name}' if one.name not in ('', who) else ''}: {one.state}",
        back=visit.at("returns"),
        file=one.file,
        wrong=wrong,
        subject=reminder_subject(now.made.criteria),
        text=reminder_text(now.made.criteria, one, wrong),
        address=address,
    )


# Issuing.


def issue_workbooks(visit: Visit) -> Answer:
    """Issue the evaluators' workbooks, in the background."""
    seed = visit.form.text("seed")
    if not seed.isascii() or not seed.isdecimal() or len(seed) > 9:
        return _returns(visit, (Problem("Write the published seed as a whole number, such as 1", "seed"),))
    as_written = visit.form.text("as_written") == "yes"
    return visit.begin(MAKE, issued, str(visit.programme.root), int(seed), as_written, back=visit.at("returns"))


def issued(report: Say, root: str, seed: int, as_written: bool) -> Ended:
    """Make a workbook and a note for every evaluator in a new folder of the papers; the ledger is told."""
    programme = open_programme(Path(root))
    report("Making a workbook for each evaluator")
    made = issue(programme.criteria, programme.bids, seed, as_written=as_written)
    if not made.files:
        return Ended(("Nothing was issued.", *(str(one) for one in made.findings)), good=False)
    folder = unused(programme.papers / "evaluators")
    land(made.files, folder)
    keeping(programme).append(issue_events(programme.criteria, made))
    where = f"{programme.papers.name}/{folder.name}"
    says = f"{count_of(len(made.assignments), 'workbook')}, each with a note to send it with, are in {where}."
    return Ended((says, "Send each evaluator theirs. As they come back, bring them to the inbox."))


ROUTES = (
    get("/p/{programme}/returns", show),
    get("/p/{programme}/returns/items", items),
    get("/p/{programme}/returns/of", reminder),
    post("/p/{programme}/returns/issue", issue_workbooks),
)
