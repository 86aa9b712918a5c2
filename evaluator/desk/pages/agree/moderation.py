"""The moderation meeting as a list: how far it is, its answers in their order, and the workbook way beside it."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from evaluator.desk.page import Link, Page, paged
from evaluator.desk.pages.agree.sitting import ORDER, Sitting, about_of, name_of
from evaluator.desk.processes import Say
from evaluator.desk.visit import Answer, Visit, get, post
from evaluator.desk.work import Ended
from evaluator.files.audit.run_folder import write_new
from evaluator.files.read.programme import Programme, open_programme
from evaluator.jobs.papers import moderate, moderation_events
from evaluator.records.english import count_of, listing
from evaluator.records.findings.finding import Finding, block_award
from evaluator.records.numbers import decimal_text
from evaluator.records.submissions.moderation import Discussed
from evaluator.records.submissions.several_marks import mark_text, said_of
from evaluator.reporting.papers.progress import panel_title

PLACE = ("Moderation", "moderation")
MAKE = "Make the moderation workbook"
EACH = 50  # answers on one page of the list
SHOWS = (
    ("all", "all answers"),
    ("open", "still to be agreed"),
    ("again", "to look at again"),
    ("later", "to come back to"),
    ("letter", "agreed, without a reason for the bidder"),
    ("agreed", "agreed"),
)
OF_REASONS = (  # the same where marks are worked out, and only reasons are written
    ("all", "all answers"),
    ("open", "without a reason yet"),
    ("again", "to look at again"),
    ("later", "to come back to"),
    ("letter", "with a reason for the file alone"),
    ("agreed", "with a reason"),
)
STATES = {"open": "to be agreed", "again": "look again", "letter": "agreed, letter waits", "agreed": "agreed"}
ALONE = (
    "The criteria take the mark of one evaluator for each answer: no panel has to agree, and nothing needs to be "
    "entered here."
)
NOTHING_LEFT = "Every answer that is shown has an agreed mark and a reason for its bidder."
NOTHING_LEFT_TO_WRITE = "Every answer that is shown has a reason for its bidder."
WIDE = "Where marks lie {trigger} or more apart, why they do has to be written for the file."
MAY_WAIT = "They help with the letters, and may be left out."
REASON_STATES = {"open": "no reason", "again": "look again", "letter": "letter waits", "agreed": "with its reason"}
WORKED_OUT = "The {how} of the evaluators’ marks counts: nobody agrees a mark. What is written here are reasons."


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
    told: str
    done: str
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


def meeting(visit: Visit) -> Answer:
    """Show how far the meeting is, and its answers in their order."""
    sitting = Sitting(visit)
    rows = sitting.shown()
    here, pages = paged(len(rows), EACH, visit.query.get("number", ""), lambda one: sitting.listing(number=one))
    held = block_award(sitting.meeting.findings) or not sitting.meeting.answers
    waiting = sitting.shown("open") or sitting.shown("letter")
    return Meeting(
        title="Moderation",
        told=_told(sitting),
        done=NOTHING_LEFT_TO_WRITE if sitting.worked_out else NOTHING_LEFT,
        findings=tuple(sitting.meeting.findings) if held else tuple(sitting.now.findings),
        counts=tuple(_counts(sitting)) if sitting.meeting.answers else (),
        panels=tuple(_panels(sitting)),
        showing=f"{count_of(len(rows), 'answer')}: {dict(_shows(sitting)).get(sitting.show, 'all answers')}",
        order=ORDER,
        rows=tuple(_listed(sitting, one) for one in rows[here]),
        pages=pages,
        first=sitting.address(waiting[0]) if waiting else "",
        met=visit.at("moderation/meetings"),
        second=visit.at("moderation/second"),
        chair=sitting.listing(chair="1"),
        make=visit.at("moderation/workbook"),
        papers=_papers_words(sitting.programme),
    )


def _told(sitting: Sitting) -> str:
    """Say what is agreed here where no panel agrees a mark; nothing where one does."""
    rule, criteria = sitting.worked_out, sitting.meeting.criteria
    if rule is None:
        return ALONE if criteria is not None and criteria.moderation.method == "one_evaluator" else ""
    trigger = rule.spread_trigger if rule.on_spread == "discussed" else None
    wanted = MAY_WAIT if trigger is None else WIDE.format(trigger=decimal_text(trigger))
    return f"{WORKED_OUT.format(how=said_of(rule))} {wanted}"


def _shows(sitting: Sitting) -> tuple[tuple[str, str], ...]:
    return OF_REASONS if sitting.worked_out else SHOWS


def _papers_words(programme: Programme) -> str:
    made = sorted(path.name for path in programme.papers.glob("moderation*.xlsx")) if programme.papers.is_dir() else []
    return f"{listing(made)} in the folder {programme.papers.name}" if made else ""


def _counts(sitting: Sitting) -> list[tuple[str, Link]]:
    return [
        (words, Link(f"{len(sitting.shown(show)):,}", sitting.listing(show=show), here=sitting.show == show))
        for show, words in _shows(sitting)
    ]


def _panels(sitting: Sitting) -> list[Link]:
    panels = dict.fromkeys(one.panel for one in sitting.meeting.answers)
    criteria = sitting.meeting.criteria
    if criteria is None or not panels:
        return []
    every = Link("All themes", sitting.listing(theme=""), here=not sitting.theme)
    return [
        every,
        *(Link(panel_title(criteria, one), sitting.listing(theme=one), here=sitting.theme == one) for one in panels),
    ]


def _listed(sitting: Sitting, answer: Discussed) -> Listed:
    state = sitting.state(answer)
    one = sitting.now.carried.get(about_of(answer))
    said = STATES[state]
    if answer.made:
        said = f"{mark_text(answer.made.value)}, {REASON_STATES[state]}"
    elif state != "open" and one:
        said = f"{said}: {one.agreed.mark}"
    return Listed(
        words=name_of(about_of(answer)),
        title=f"{answer.name}: {answer.question.title}",
        address=sitting.address(answer),
        marks=", ".join(f"{one.evaluator} {decimal_text(one.mark)}" for one in answer.given),
        spread=decimal_text(answer.spread),
        wide=answer.wide,
        state=said,
        look={"open": "", "again": "care", "letter": "care", "agreed": "good"}[state],
    )


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


ROUTES = (get("/p/{programme}/moderation", meeting), post("/p/{programme}/moderation/workbook", make_workbook))
