"""Evaluate: what a run would rest on, begin one, and the runs there are, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from evaluator.desk.page import Page, Problem, part
from evaluator.desk.processes import Say
from evaluator.desk.visit import Answer, Visit, get, post
from evaluator.desk.work import Ended
from evaluator.jobs.keeping import Keeping
from evaluator.records.dates import HOW, read_day

PLACE = ("Evaluate", "evaluate")
TITLE = "Evaluate"
COMES_TO = {
    "award_recommended": "An award is recommended",
    "scored": "Scored; no award is worked out",
    "stage_decided": "Who goes on from a stage is worked out",
    "blocked": "Held up by findings",
}
MOST_CHANGES = 12


@dataclass(frozen=True)
class Run:
    """A run as its folder tells of it: ``now`` is whether what came in is still what it rests on."""

    name: str
    comes_to: str
    date: str
    good: bool
    now: bool


@dataclass(frozen=True, kw_only=True)
class Evaluate(Page):
    """What a run would rest on, and the runs there are."""

    template: ClassVar[str] = "evaluate.html"
    here: str
    waiting: tuple[tuple[str, str], ...]
    runs: tuple[
        tuple[Run, str, str], ...
    ]  # with the addresses of its documents and of what changed since the one before
    at_work: str
    stages: tuple[tuple[str, str, str], ...] = ()  # that decide who goes on: id, name, and whether it is sealed
    stage: str = ""
    date: str = ""
    margins: bool = True


def runs_of(root: Path) -> tuple[Run, ...]:
    """List the runs of a programme, the newest first, each with what it came to in words."""
    from evaluator.files.read.programme import open_programme
    from evaluator.jobs.finished import runs

    programme = open_programme(root)
    return tuple(
        Run(
            one.name,
            COMES_TO.get(one.status, one.status),
            one.date,
            good=one.status != "blocked",
            now=runs.still_holds(programme, one),
        )
        for one in runs.runs_of(programme)
        if one.status
    )


def stages_of(root: Path) -> tuple[tuple[str, str, str], ...]:
    """List the stages that decide who goes on, each with what is sealed of it; the whole evaluation comes last."""
    from evaluator.files.read.bids.folder import bids_in
    from evaluator.files.read.bids.stages import read_sealed_stages
    from evaluator.files.read.criteria.folder import read_criteria
    from evaluator.files.read.programme import open_programme

    programme = open_programme(root)
    criteria = read_criteria(programme.criteria).criteria
    if criteria is None or not criteria.deciding_stages:
        return ()
    sealed = {one.stage for one in read_sealed_stages(bids_in(programme.bids), criteria)[0]}
    told = ((one.id, one.name, "It is sealed" if one.id in sealed else "") for one in criteria.deciding_stages)
    return (*told, ("", "The whole evaluation", "To the awards"))


def show(visit: Visit) -> Answer:
    """Show what a run would rest on, and the runs there are."""
    return _page(visit)


def _page(
    visit: Visit, date: str = "", problems: tuple[Problem, ...] = (), *, margins: bool = True, stage: str = ""
) -> Evaluate:
    from evaluator.desk.pages.home import WHERE, how_far

    root = visit.programme.root
    steps = visit.look(how_far, root)
    before = WHERE.index("evaluate")
    running = visit.running(TITLE)
    return Evaluate(
        title="Evaluate",
        here=visit.at("evaluate"),
        waiting=tuple((one.step.name, one.says) for one in steps[:before] if not one.done),
        runs=tuple(_listed(visit, visit.look(runs_of, root))),
        at_work=visit.at(f"work/{running.number}") if running else "",
        stages=visit.look(stages_of, root),
        stage=stage,
        date=date,
        margins=margins,
        problems=problems,
    )


def _listed(visit: Visit, runs: tuple[Run, ...]) -> Iterator[tuple[Run, str, str]]:
    """Give each run with where its documents are, and where it is held beside the run before it."""
    for one, before in zip(runs, (*runs[1:], None), strict=False):
        at = f"results/runs/{part(one.name)}/compare"
        changed = visit.at(at, **{"with": before.name}) if before and one.good and before.good else ""
        yield one, visit.at(f"runs/{part(one.name)}"), changed


def start(visit: Visit) -> Answer:
    """Begin a run."""
    said, margins = visit.form.text("date"), visit.form.text("margins") == "yes"
    date, stage = read_day(said) if said else "", visit.form.text("stage")
    if date is None:
        wrong = (Problem(f"“{said}” is not a day that exists. {HOW}", "date"),)
        return _page(visit, said, wrong, margins=margins, stage=stage)
    if stage not in {"", *(one for one, _, _ in visit.look(stages_of, visit.programme.root))}:
        return _page(visit, said, (Problem("No stage of this id decides who goes on", "stage"),), margins=margins)
    root, keeping = visit.programme.root, visit.keeping()
    before = next((one.name for one in visit.look(runs_of, root) if one.good), "")
    return visit.begin(
        TITLE,
        evaluate,
        str(root),
        keeping,
        date,
        margins,
        (stage, visit.form.text("seal") == "yes"),
        before,
        visit.at("runs"),
        visit.at("results"),
        visit.at("letters", **({"stage": stage} if stage else {})),
        back=visit.at("evaluate"),
    )


def evaluate(
    report: Say,
    root: str,
    keeping: Keeping,
    date: str,
    margins: bool,
    stage: tuple[str, bool],
    before: str,
    runs: str,
    results: str,
    letters: str,
) -> Ended:
    """Evaluate a programme as it stands now, and say what came of it and what changed since the run before.

    ``stage`` is the one to decide, empty for all, and whether to seal what it comes to.
    """
    from evaluator.files.read.programme import open_programme
    from evaluator.jobs.run import NoRunError, run
    from evaluator.reporting import summary_text

    programme = open_programme(Path(root))
    try:
        ran = run(programme, keeping, date, report, margins=margins, stage=stage[0], seal=stage[1])
    except NoRunError as problem:
        return Ended((f"{problem}.",), good=False)
    outcome, folder = ran.finished.outcome, ran.folder
    if outcome is None or folder is None:
        return Ended(("The criteria could not be understood.", *map(str, ran.finished.findings)), good=False)
    says = (*summary_text(outcome).splitlines(), *_changed(programme.reports, before, folder.name))
    ways = (("See the results", results), ("Its documents", f"{runs}/{folder.name}"))
    return Ended(says, (*ways, ("Letters of the stage", letters)) if stage[0] else ways)


def _changed(reports: Path, before: str, now: str) -> list[str]:
    """Say what changed since the run before, if there was one."""
    from evaluator.files.audit.bundle import UnreadableBundleError
    from evaluator.files.audit.finished_run import read_run
    from evaluator.reporting.studies import run_comparison as comparing

    if before in ("", now):
        return ["It is the run that was there already: nothing has changed since."] if before else []
    try:
        two = [comparing.FinishedRun(*read_run(reports / name)) for name in (before, now)]
        lines = comparing.comparison_text(comparing.compare_runs(two[0], two[1])).splitlines()
    except (UnreadableBundleError, KeyError, TypeError):
        return []
    more = [f"and {len(lines) - MOST_CHANGES:,} more lines"] if len(lines) > MOST_CHANGES else []
    return [f"Since {before}:", *lines[:MOST_CHANGES], *more]


ROUTES = (get("/p/{programme}/evaluate", show), post("/p/{programme}/evaluate", start))
