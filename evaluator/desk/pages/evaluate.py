"""Evaluate: begin a run, see how far it is, and what changed since the run before."""

from dataclasses import dataclass
from typing import ClassVar

from evaluator.desk.page import Page
from evaluator.desk.processes import Say
from evaluator.desk.visit import Answer, Visit, get, post
from evaluator.desk.work import Ended

PLACE = ("Evaluate", "evaluate")
TITLE = "Evaluate"


@dataclass(frozen=True, kw_only=True)
class Evaluate(Page):
    """What a run would rest on, and the runs there are."""

    template: ClassVar[str] = "evaluate.html"
    here: str


def show(visit: Visit) -> Answer:
    """Show the form that begins a run."""
    return Evaluate(title="Evaluate", here=visit.at("evaluate"))


def run(report: Say, root: str) -> Ended:
    """Evaluate a snapshot of a programme."""
    report("Reading the criteria")
    return Ended((f"Looked at {root}",))


def start(visit: Visit) -> Answer:
    """Begin a run."""
    return visit.begin(TITLE, run, str(visit.programme.root), back=visit.at("evaluate"))


ROUTES = (get("/p/{programme}/evaluate", show), post("/p/{programme}/evaluate", start))
