"""Any figure of a run, by its reference, its name or as a number: how it came about, down to its cells."""

from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from evaluator.desk.page import Page, Problem
from evaluator.desk.pages.results import work
from evaluator.desk.pages.results.opened import Subject, subject
from evaluator.desk.pages.results.show import begin, bundle_of, so_far
from evaluator.desk.visit import Answer, Visit, get, post

PLACE = None


@dataclass(frozen=True, kw_only=True)
class Figures(Page):
    """What was asked for, and each figure that it stands for, with the bids and cells that it rests on."""

    template: ClassVar[str] = "results/figures.html"
    back: str
    here: str
    asked: str
    running: str
    figures: tuple[Any, ...]
    places: tuple[str, ...]


def show(visit: Visit) -> Answer:
    """Show the form that asks, and what was asked last."""
    return figures_page(visit, subject(visit))


def figures_page(visit: Visit, about: Subject, problems: tuple[Problem, ...] = ()) -> Figures:
    """Show the form, and the figures that were found."""
    asked = visit.query.get("of", "")
    told, running = so_far(visit, about, _what(asked)) if asked else (None, "")
    return Figures(
        title="Where a figure comes from",
        back=about.base,
        here=f"{about.base}/figure",
        asked=asked,
        running=running,
        figures=tuple(told["figures"]) if told else (),
        places=tuple(told["places"]) if told else (),
        problems=problems,
    )


def _what(asked: str) -> str:
    return f"Figure {asked}"


def ask(visit: Visit) -> Answer:
    """Trace a figure, in a process of its own."""
    return ask_figure(visit, subject(visit))


def ask_figure(visit: Visit, about: Subject) -> Answer:
    """Begin to trace a figure of a run."""
    asked = visit.form.text("of").strip()
    if not asked:
        wrong = Problem("Type a reference, a name, or a number as it is printed.", "of")
        return figures_page(visit, about, (wrong,))
    back = f"{about.base}/figure?{urlencode({'of': asked})}"
    return begin(visit, about, _what(asked), back, work.figure, bundle_of(about), asked, back)


RUN = "/p/{programme}/results/runs/{run}"
ROUTES = (get(f"{RUN}/figure", show), post(f"{RUN}/figure", ask, changes=False))
