"""Runs: the documents of one, who may have each, and the documents themselves, to be saved or opened elsewhere."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from evaluator.desk.page import Link, Page
from evaluator.desk.pages.evaluate import runs_of
from evaluator.desk.visit import Answer, Go, Refused, Visit, get
from evaluator.records.texts import visible

PLACE = None
ELSEWHERE = ("equality.zip", "equality_impact.")  # how the names begin of what stands on the page about equality
BUNDLE_HOLDS = ("auditors", "all that came in and every document, so that anyone can work the award out again")
FIRST = ("report", "annex", "record", "results", "findings", "bundle")


@dataclass(frozen=True)
class Paper:
    """A document in all its forms: each form's name with its address, and who may have it."""

    name: str
    forms: tuple[Link, ...]
    who: str
    holds: str


@dataclass(frozen=True, kw_only=True)
class RunPage(Page):
    """The documents of one run."""

    template: ClassVar[str] = "run.html"
    comes_to: str
    good: bool
    now: bool
    folder: str
    papers: tuple[Paper, ...]
    more: tuple[Paper, ...]
    back: str


def every(visit: Visit) -> Answer:
    """Lead to where the runs are listed."""
    return Go(visit.at("evaluate"))


def one_run(visit: Visit) -> Answer:
    """Show the documents of a run."""
    programme, name = visit.programme, visit.values["run"]
    run = next((one for one in visit.look(runs_of, programme.root) if one.name == name), None)
    if run is None:
        raise Refused(f"There is no run {visible(name)[:60]} among the reports.", 404)
    papers = _papers(visit, visit.look(names_in, programme.reports / name))
    return RunPage(
        title=f"Documents of {run.name}",
        comes_to=run.comes_to,
        good=run.good,
        now=run.now,
        folder=visible(str((programme.reports / name).resolve())),
        papers=tuple(one for one in papers if "/" not in one.name),
        more=tuple(one for one in papers if "/" in one.name),
        back=visit.at("evaluate"),
    )


def names_in(folder: Path) -> tuple[str, ...]:
    """List the documents of a run's folder, but for those about equality, which stand on a page of their own."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return tuple(sorted(name for name in found if not name.startswith(ELSEWHERE)))


def _papers(visit: Visit, names: tuple[str, ...]) -> list[Paper]:
    from evaluator.reporting.run.who_may_have import NOBODY_SAID, access

    by_stem: dict[str, list[str]] = {}
    for name in names:
        by_stem.setdefault(name.rpartition(".")[0] or name, []).append(name)
    made = []
    for stem in sorted(by_stem, key=lambda one: (FIRST.index(one) if one in FIRST else len(FIRST), one)):
        at = f"runs/{visit.values['run']}/document"
        forms = tuple(Link(name.rpartition(".")[2].upper(), visit.at(at, name=name)) for name in by_stem[stem])
        kind = access(by_stem[stem][0])
        who, holds = (kind.who, kind.holds) if kind else BUNDLE_HOLDS if stem == "bundle" else (NOBODY_SAID, "")
        made.append(Paper(stem, forms, who, holds))
    return made


def document(visit: Visit) -> Answer:
    """Give one document of a run, by a name that stands in the list."""
    programme, run, name = visit.programme, visit.values["run"], visit.query.get("name", "")
    known = run in {one.name for one in visit.look(runs_of, programme.root)}
    if not known or name not in visit.look(names_in, programme.reports / run):
        raise Refused("There is no such document in this run.", 404)
    return visit.attached(programme.reports / run / name)


ROUTES = (
    get("/p/{programme}/runs", every),
    get("/p/{programme}/runs/{run}", one_run),
    get("/p/{programme}/runs/{run}/document", document),
)
