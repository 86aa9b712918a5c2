"""Home: the programmes of the folder, and for each how far it is, who is waited for, and the one next step."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from evaluator.desk.page import Page, Problem
from evaluator.desk.visit import Answer, Go, Visit, get, part, post
from evaluator.files.read.programme import open_programme
from evaluator.jobs.programme import Standing, standing
from evaluator.records.texts import visible

PLACE = ("Overview", "")
WHERE = (  # the page of each step, in the order of the steps
    *("criteria", "criteria", "panel", "inbox", "returns", "moderation", "decisions", "evaluate", "letters"),
)


@dataclass(frozen=True, kw_only=True)
class Home(Page):
    """The programmes of a folder."""

    template: ClassVar[str] = "home.html"
    folder: str
    rows: tuple[tuple[str, str, str], ...]  # address, title, what is next
    named: str = ""


@dataclass(frozen=True, kw_only=True)
class Overview(Page):
    """How far one programme is."""

    template: ClassVar[str] = "overview.html"
    steps: tuple[tuple[str, str, Standing], ...]  # address, its state in a word, and the step
    following: tuple[str, Standing] | None


def how_far(root: Path) -> tuple[Standing, ...]:
    """Say how far a programme is."""
    return standing(open_programme(root))


def home(visit: Visit) -> Answer:
    """Show the programmes of the folder; where it is one programme, its own first page."""
    if visit.desk.alone:
        return Go(f"/p/{part(next(iter(visit.desk.programmes())))}")
    return _home(visit)


def _home(visit: Visit, named: str = "", problems: tuple[Problem, ...] = ()) -> Home:
    rows = []
    for name, root in visit.desk.programmes().items():
        steps = visit.desk.kept.look(root, how_far, root)
        following = next((one.step.name for one in steps if not one.done), "Every step is done")
        title = open_programme(root).settings.title or visible(name)
        rows.append((f"/p/{part(name)}", title, following))
    folder = visible(str(visit.desk.folder.resolve()))
    return Home(title="Programmes", folder=folder, rows=tuple(rows), named=named, problems=problems)


def begin(visit: Visit) -> Answer:
    """Make a new programme."""
    named = visit.form.text("named")
    if not named:
        return _home(visit, named, (Problem("Give the programme a name", "named"),))
    return Go("/", "Nothing is made yet.")


def overview(visit: Visit) -> Answer:
    """Show how far one programme is, and the one next step."""
    programme = visit.programme
    steps = visit.look(how_far, programme.root)
    first = next((at for at, one in enumerate(steps) if not one.done), None)
    shown = tuple(
        (visit.at(where), "Done" if one.done else "Next" if at == first else "Later", one)
        for at, (where, one) in enumerate(zip(WHERE, steps, strict=True))
    )
    following = None if first is None else (visit.at(WHERE[first]), steps[first])
    return Overview(title=programme.settings.title or visible(visit.name), steps=shown, following=following)


ROUTES = (get("/", home), post("/programmes", begin), get("/p/{programme}", overview))
