"""A desk that was opened on a bundle alone: what it is, its seals, replay, verify, its numbers, a second bundle."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from evaluator.desk.page import Link, Page, Problem
from evaluator.desk.pages import work
from evaluator.desk.pages.audit.bundle import REPLAY, VERIFY, begin_on, page
from evaluator.desk.pages.results.exceptions import exceptions_page, look_for
from evaluator.desk.pages.results.figures import ask_figure, figures_page
from evaluator.desk.pages.results.opened import Subject, apart
from evaluator.desk.pages.results.show import (
    bid_page,
    compared,
    cost_rules,
    results,
    rules_page,
    trace_bid,
    what_if_bid,
)
from evaluator.desk.visit import BUNDLE_AT, Answer, Refused, Visit, get, post
from evaluator.reporting.studies.run_comparison import Comparison

PLACE = None


@dataclass(frozen=True, kw_only=True)
class Second(Page):
    """The form that takes a second bundle, and what changed from it to this one."""

    template: ClassVar[str] = "audit/second.html"
    here: str
    name: str
    comparison: Comparison | None


def _about(visit: Visit) -> Subject:
    bundle = visit.desk.bundle
    if bundle is None:
        raise Refused("This desk was opened on a programme, and not on a bundle alone.", 404)
    return Subject(bundle.name, bundle, BUNDLE_AT)


def show(visit: Visit) -> Answer:
    """Show what the bundle is, and what was found of it."""
    return page(visit, _about(visit), links=(Link("Rankings, and every number of it", f"{BUNDLE_AT}/results"),))


def outcome(visit: Visit) -> Answer:
    """Show what the run of the bundle came to."""
    return results(visit, _about(visit))


def bid(visit: Visit) -> Answer:
    """Show one bid of it."""
    return bid_page(visit, _about(visit))


def trace(visit: Visit) -> Answer:
    """Trace every number of a bid."""
    return trace_bid(visit, _about(visit))


def what_if(visit: Visit) -> Answer:
    """Work out what would have changed the decision on a bid."""
    return what_if_bid(visit, _about(visit))


def rules(visit: Visit) -> Answer:
    """Show what each rule costs, once that is worked out."""
    return rules_page(visit, _about(visit))


def cost(visit: Visit) -> Answer:
    """Work out what each rule costs."""
    return cost_rules(visit, _about(visit))


def figure(visit: Visit) -> Answer:
    """Show where any figure of it comes from."""
    return figures_page(visit, _about(visit))


def ask(visit: Visit) -> Answer:
    """Trace a figure."""
    return ask_figure(visit, _about(visit))


def exceptions(visit: Visit) -> Answer:
    """Show what stands out in it."""
    return exceptions_page(visit, _about(visit))


def look_at(visit: Visit) -> Answer:
    """Look for what stands out."""
    return look_for(visit, _about(visit))


def replay(visit: Visit) -> Answer:
    """Recompute everything from the bundle."""
    return begin_on(visit, _about(visit), REPLAY)


def verify(visit: Visit) -> Answer:
    """Check it with the file that everybody can check it with."""
    return begin_on(visit, _about(visit), VERIFY)


def second(visit: Visit) -> Answer:
    """Show the form that takes a second bundle."""
    return _second(visit)


def _second(
    visit: Visit, name: str = "", comparison: Comparison | None = None, problems: Sequence[Problem] = ()
) -> Second:
    _about(visit)
    return Second(
        title="Compare with another bundle",
        here=f"{BUNDLE_AT}/compare",
        name=name,
        comparison=comparison,
        problems=tuple(problems),
    )


def compare(visit: Visit) -> Answer:
    """Compare with a bundle that was sent, which is read in a process of its own and kept nowhere."""
    about, sent = _about(visit), next(iter(visit.form.files("bundle")), None)
    if sent is None:
        return _second(visit, problems=[Problem("Choose a bundle: the file bundle.zip of another run.", "bundle")])
    found = apart(_compared, sent.path, about.place)
    if isinstance(found, str):
        return _second(visit, problems=[Problem(f"{sent.name}: {found}", "bundle")])
    return _second(visit, sent.name, found)


def _compared(one: Path, two: Path) -> Comparison | str:
    try:
        return compared(one, two)
    except Refused as why:
        return why.says


ROUTES = (
    get(BUNDLE_AT, show),
    get(f"{BUNDLE_AT}/results", outcome),
    get(f"{BUNDLE_AT}/bid", bid),
    get(f"{BUNDLE_AT}/rules", rules),
    get(f"{BUNDLE_AT}/figure", figure),
    get(f"{BUNDLE_AT}/exceptions", exceptions),
    get(f"{BUNDLE_AT}/compare", second),
    post(f"{BUNDLE_AT}/trace", trace, changes=False),
    post(f"{BUNDLE_AT}/what-if", what_if, changes=False),
    post(f"{BUNDLE_AT}/rules", cost, changes=False),
    post(f"{BUNDLE_AT}/figure", ask, changes=False),
    post(f"{BUNDLE_AT}/exceptions", look_at, changes=False),
    post(f"{BUNDLE_AT}/replay", replay, changes=False),
    post(f"{BUNDLE_AT}/verify", verify, changes=False),
    post(f"{BUNDLE_AT}/compare", compare, changes=False),
    get(f"{BUNDLE_AT}/work/{{number}}", work.progress),
    get(f"{BUNDLE_AT}/work/{{number}}/facts", work.facts),
    post(f"{BUNDLE_AT}/work/{{number}}/stop", work.stop, changes=False),
)
