"""What to look at first in a run: each test with its rate of false alarms, and what it found, to be traced."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar
from urllib.parse import urlencode

from evaluator.desk.page import Link, Page, Problem
from evaluator.desk.pages.results import work
from evaluator.desk.pages.results.opened import Opened, Subject, subject
from evaluator.desk.pages.results.show import begin, bid_at, bundle_of, open_run, so_far
from evaluator.desk.visit import Answer, Visit, get, post
from evaluator.records.numbers import plain_decimal
from evaluator.reporting.audit.working_paper import Items

PLACE = None
POINTS, DAYS, MOST_DAYS = "1", "2", 365
NAMES = re.compile(r"[^\s(),;:]+")


@dataclass(frozen=True)
class Part:
    """What is told of all tests, of one, or of how they were measured; each line with the bids that it names."""

    items: Items
    lines: tuple[tuple[tuple[str, ...], tuple[Link, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class Exceptions(Page):
    """The form that says what counts as little, and what every test found."""

    template: ClassVar[str] = "results/exceptions.html"
    back: str
    here: str
    points: str
    days: str
    running: str
    results: tuple[str, ...]
    parts: tuple[Part, ...]


def show(visit: Visit) -> Answer:
    """Show what stands out in a run of a programme."""
    return exceptions_page(visit, subject(visit))


def exceptions_page(visit: Visit, about: Subject) -> Exceptions:
    """Show what stands out in a run, once that was looked for."""
    return _page(visit, about, visit.query.get("points", POINTS), visit.query.get("days", DAYS))


def _page(visit: Visit, about: Subject, points: str, days: str, problems: tuple[Problem, ...] = ()) -> Exceptions:
    run = open_run(visit, about)
    told, running = so_far(visit, about, _what(points, days))
    return Exceptions(
        title="What to look at first",
        back=about.base,
        here=f"{about.base}/exceptions",
        points=points,
        days=days,
        running=running,
        results=told["results"] if told else (),
        parts=tuple(_parts(about, run, told["parts"])) if told else (),
        problems=problems,
    )


def _what(points: str, days: str) -> str:
    return f"Exceptions, {points} points and {days} days"


def _parts(about: Subject, run: Opened, parts: tuple[Items, ...]) -> Iterator[Part]:
    bids = {line.bid for theme in (run.view.themes if run.view else ()) for line in theme.lines}
    for part in parts:
        named = ([bid for text in line[1:3] for bid in NAMES.findall(text) if bid in bids] for line in part.lines)
        links = (tuple(Link(bid, bid_at(about, bid)) for bid in dict.fromkeys(each)) for each in named)
        yield Part(part, tuple(zip(part.lines, links, strict=True)))


def look(visit: Visit) -> Answer:
    """Look for what stands out in a run of a programme."""
    return look_for(visit, subject(visit))


def look_for(visit: Visit, about: Subject) -> Answer:
    """Begin to look for what stands out in a run."""
    points, days = visit.form.text("points") or POINTS, visit.form.text("days") or DAYS
    close = plain_decimal(points)
    wrong = []
    if close is None or close < 0:
        wrong.append(Problem("Write the points as a plain number, such as 1 or 0.5", "points"))
    if not days.isascii() or not days.isdecimal() or int(days[:9]) > MOST_DAYS:
        wrong.append(Problem(f"Write the days as a whole number from 0 to {MOST_DAYS}", "days"))
    if close is None or wrong:
        return _page(visit, about, points, days, tuple(wrong))
    back = f"{about.base}/exceptions?{urlencode({'points': points, 'days': days})}"
    doing = (work.exceptions, bundle_of(about), Fraction(close), int(days), back)
    return begin(visit, about, _what(points, days), back, *doing)


RUN = "/p/{programme}/results/runs/{run}"
ROUTES = (get(f"{RUN}/exceptions", show), post(f"{RUN}/exceptions", look, changes=False))
