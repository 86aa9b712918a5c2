"""Who met to agree marks, and when: written into the ledger, and read from a workbook that a panel filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from evaluator.desk.page import Page, Problem
from evaluator.desk.visit import Answer, Go, Visit, get, post
from evaluator.files.read.bids.folder import read_agreed
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.programme import open_programme
from evaluator.records.dates import HOW, read_day, spoken_date
from evaluator.records.ledger import Event
from evaluator.records.submissions.blank_words import says_nothing
from evaluator.records.submissions.evaluation import ORGANISATION_PANEL
from evaluator.records.submissions.table_layouts import CONSENSUS
from evaluator.records.texts import visible
from evaluator.reporting.papers.progress import panel_title

PLACE = None
SUBJECT = "panel "


@dataclass(frozen=True, kw_only=True)
class Meetings(Page):
    """What is on record of each theme's meeting, and the form that adds one."""

    template: ClassVar[str] = "in/meetings.html"
    here: str
    back: str
    rows: tuple[tuple[str, str, str, str], ...]
    panels: tuple[tuple[str, str], ...]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Panels:
    """The panels of a programme by id, with their titles, and what a moderation workbook says of their meetings."""

    titles: tuple[tuple[str, str], ...]
    in_workbook: tuple[tuple[str, str, str], ...]


def panels_of(root: Path) -> Panels:
    """Read which panels meet, and what a workbook says of that."""
    programme = open_programme(root)
    criteria = read_criteria(programme.criteria).criteria
    if criteria is None:
        return Panels((), ())
    asked = [one.id for one in criteria.themes]
    once = any(one.scope == "organisation" for theme in asked for one in criteria.questions(theme))
    asked += [ORGANISATION_PANEL] if once else []
    last, _ = read_agreed(programme.bids, criteria)
    said = tuple(
        (visible(sheet), visible(people), visible(day))
        for sheet, (people, day) in (last.meetings if last else {}).items()
    )
    titles = tuple((one, panel_title(criteria, one)) for one in asked)
    return Panels(titles, tuple(one for one in said if any(one[1:])))


def show(visit: Visit) -> Answer:
    """Show what is on record."""
    return _page(visit, {})


def _page(visit: Visit, texts: Mapping[str, str], problems: tuple[Problem, ...] = ()) -> Meetings:
    known = visit.look(panels_of, visit.programme.root)
    titles = dict(known.titles)
    entries = visit.ledger.entries if visit.ledger else ()
    met = [one for one in reversed(entries) if one.event.kind == "meeting"]
    rows = [
        (
            titles.get(one.event.subject.removeprefix(SUBJECT), one.event.subject),
            spoken_date(one.event.after),
            one.event.reason,
            f"entry {one.number:,} of the ledger, by {one.who}",
        )
        for one in met
    ]
    there = f"the workbook of agreed marks, sheet {CONSENSUS.sheet}"
    rows += [
        (sheet.removeprefix(CONSENSUS.sheet).strip() or "All", when, who, there)
        for sheet, who, when in known.in_workbook
    ]
    return Meetings(
        title="Who met, and when",
        here=visit.at("moderation/meetings"),
        back=visit.at("moderation"),
        rows=tuple(rows),
        panels=(("", "All themes"), *known.titles),
        texts={"panel": "", "people": "", "date": "", **texts},
        problems=problems,
    )


def save(visit: Visit) -> Answer:
    """Write a meeting into the ledger; an earlier entry stays beside it."""
    texts = {key: visit.form.text(key) for key in ("panel", "people", "date")}
    known = dict(visit.look(panels_of, visit.programme.root).titles)
    date = read_day(texts["date"]) if texts["date"] else None
    wrong = []
    if texts["panel"] and texts["panel"] not in known:
        wrong.append(Problem("Choose the theme that was discussed", "panel"))
    if not texts["people"] or says_nothing(texts["people"]):
        wrong.append(Problem("Name everybody who was there", "people"))
    if not date:
        wrong.append(Problem(f"Give the day of the meeting. {HOW}", "date"))
    if wrong:
        return _page(visit, texts, tuple(wrong))
    people = ", ".join(filter(None, (line.strip() for line in texts["people"].splitlines())))
    panels = [texts["panel"]] if texts["panel"] else list(known)
    visit.record(
        lambda _: [Event("meeting", f"{SUBJECT}{one}", after=date or "", reason=people) for one in panels],
    )
    return Go(visit.at("moderation/meetings"), "The ledger holds who met, and when.")


ROUTES = (
    get("/p/{programme}/moderation/meetings", show),
    post("/p/{programme}/moderation/meetings", save),
)
