"""The criteria before they are published: checked, tried on plausible bids, and put in order of their dates."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from evaluator.desk.page import Page, Problem
from evaluator.desk.pages.criteria.fields import title_of
from evaluator.desk.pages.criteria.found import Found, Placed, found
from evaluator.desk.pages.criteria.hub import at_its_place, counted, state_of
from evaluator.desk.processes import Say
from evaluator.desk.visit import Answer, Refused, Visit, get, post
from evaluator.desk.work import Ended
from evaluator.files.read.programme import open_programme
from evaluator.records.dates import HOW, read_day, spoken_moment
from evaluator.records.findings.finding import Finding, Severity
from evaluator.records.programme.procurement.timetable import Timetable
from evaluator.records.programme.written.entries import block_at
from evaluator.records.programme.written.files import PROGRAMME

PLACE = None
TRY = "Simulate"
SIMULATION = "simulation"  # among the reports
KINDS = {
    Severity.BLOCKS_AWARD: "To be mended or accepted",
    Severity.NEEDS_DECISION: "Needs a decision",
    Severity.NOTE: "Note",
}
LOOKS = {Severity.BLOCKS_AWARD: "bad", Severity.NEEDS_DECISION: "care", Severity.NOTE: ""}


@dataclass(frozen=True)
class AtPlace:
    """A finding where it stands: what it means, the finding, and the address of its field."""

    kind: str
    look: str
    finding: Finding
    address: str


@dataclass(frozen=True, kw_only=True)
class Check(Page):
    """All findings, grouped by where they stand."""

    template: ClassVar[str] = "criteria/check.html"
    crumb: str
    here: str
    counts: str
    state: tuple[str, str]
    groups: tuple[tuple[str, tuple[AtPlace, ...]], ...]
    publish: str


@dataclass(frozen=True, kw_only=True)
class Simulation(Page):
    """A trial of the price and quality model, and the reports of earlier ones."""

    template: ClassVar[str] = "criteria/simulate.html"
    crumb: str
    here: str
    seed: str
    running: str
    made: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Dates(Page):
    """Every date in order."""

    template: ClassVar[str] = "criteria/timetable.html"
    crumb: str
    here: str
    fill: str
    notice: str
    dates: tuple[tuple[str, str, str], ...]
    standstill: tuple[str, ...]
    owed: tuple[tuple[str, tuple[str, ...]], ...]
    findings: tuple[Finding, ...]


def check(visit: Visit) -> Answer:
    """Show every finding over the whole of the criteria."""
    now = visit.look(found, visit.programme.criteria)
    groups: dict[str, list[AtPlace]] = {}
    for one in now.placed:
        what, address = at_its_place(visit, one)
        kind = AtPlace(KINDS[what.severity], LOOKS[what.severity], what, address)
        groups.setdefault(_where(now, one), []).append(kind)
    return Check(
        title="What was found in the criteria",
        crumb=visit.at("criteria"),
        here=visit.at("criteria/check"),
        counts=counted(now),
        state=state_of(now),
        groups=tuple((name, tuple(held)) for name, held in groups.items()),
        publish=visit.at("criteria/publish"),
    )


def _where(now: Found, one: Placed) -> str:
    """Say in words where a finding stands."""
    if one.decided:
        return "Acceptances and versions"
    if one.spot is None:
        return "The criteria as a whole"
    block = block_at(one.spot)
    title = "Rules of award" if one.spot.is_rule else block.title if block else ""
    where = title_of(now.draft.files, one.spot.file)
    return title if one.spot.file == PROGRAMME or where == title else f"{where}: {title[:1].lower()}{title[1:]}"


# Simulation.


def simulate(visit: Visit) -> Answer:
    """Show what a trial needs, and the reports of earlier ones."""
    return _simulation(visit)


def _simulation(visit: Visit, seed: str = "1", problems: tuple[Problem, ...] = ()) -> Simulation:
    running = visit.running(TRY)
    return Simulation(
        title="Try price and quality on plausible bids",
        crumb=visit.at("criteria"),
        here=visit.at("criteria/simulate"),
        seed=seed,
        running=visit.at(f"work/{running.number}") if running else "",
        made=tuple((path.parent.name, _report(visit, path)) for path in _reports(visit)),
        problems=problems,
    )


def _reports(visit: Visit) -> list[Path]:
    return sorted(visit.programme.reports.glob(f"{SIMULATION}*/simulation.html"))


def _report(visit: Visit, path: Path) -> str:
    return visit.at("criteria/simulation", name=path.parent.name)


def report(visit: Visit) -> Answer:
    """Give the report of a trial."""
    wanted = visit.query.get("name", "")
    path = next((one for one in _reports(visit) if one.parent.name == wanted), None)
    if path is None:
        raise Refused("There is no such report.", 404)
    return replace(visit.attached(path), name=f"{wanted}.html")


def begin(visit: Visit) -> Answer:
    """Begin a trial."""
    from evaluator.jobs.criteria.simulation import FIRST_SEED, LAST_SEED

    seed = visit.form.text("seed") or "1"
    if not seed.isascii() or not seed.isdecimal() or not FIRST_SEED <= int(seed[:12]) <= LAST_SEED:
        says = f"Give a whole number from {FIRST_SEED} to {LAST_SEED:,}"
        return _simulation(visit, seed, (Problem(says, "seed"),))
    root, back = visit.programme.root, visit.at("criteria/simulate")
    return visit.begin(
        TRY, tried, str(root), int(seed), visit.at("criteria/check"), visit.at("criteria/simulation"), back=back
    )


def tried(report: Say, root: str, seed: int, check_at: str, report_at: str) -> Ended:
    """Try the model as the command ``simulate`` does, with its report among the others."""
    from evaluator.files.audit.run_folder import land, unused
    from evaluator.files.read.criteria.folder import read_criteria
    from evaluator.jobs.criteria.simulation import simulated
    from evaluator.publication import ARITHMETIC
    from evaluator.publication import check as check_criteria
    from evaluator.records.findings.finding import block_award

    programme = open_programme(Path(root))
    read = read_criteria(programme.criteria)
    see = (("See what was found", check_at),)
    if read.criteria is None:
        return Ended(("The criteria are not whole enough to be tried yet.",), see, good=False)
    if block_award(wrong := read.placed(check_criteria(read.criteria, ARITHMETIC))):
        return Ended(tuple(str(one) for one in wrong), see, good=False)
    report("Trying the model on sets of bids")
    made = simulated(read.criteria, seed)
    out = unused(programme.reports / SIMULATION)
    land(made.files, out)
    lines = tuple(line for line in made.text.splitlines() if line.strip())
    return Ended(lines, (("Save the whole report", f"{report_at}?name={out.name}"),))


# Timetable.


def timetable(visit: Visit) -> Answer:
    """Show every date in order, with what is owed by law."""
    said = visit.query.get("notice", "")
    notice = read_day(said) if said else ""
    problems = () if notice is not None else (Problem(f"“{said}” is not a day that exists. {HOW}", "notice"),)
    dates = visit.look(in_order_of_dates, visit.programme.root, notice or "")
    if dates is None:
        raise Refused("The criteria are not whole enough for a timetable yet; the check says what is missing.", 409)
    made, standstill, owed = dates
    basis = {"said": "as the criteria say", "confirmed": "confirmed"}
    return Dates(
        title="Timetable",
        crumb=visit.at("criteria"),
        here=visit.at("criteria/timetable"),
        fill=f"{visit.at('criteria/part')}?file=programme.toml&path=procurement",
        notice=said,
        dates=tuple(
            (spoken_moment(one.moment), one.what, basis.get(one.basis, one.because)) for one in made.milestones
        ),
        standstill=standstill,
        owed=owed,
        findings=made.findings,
        problems=problems,
    )


Told = tuple[Timetable, tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]


def in_order_of_dates(root: Path, notice: str) -> Told | None:
    """Put the dates of a programme in order, as the command ``timetable`` does."""
    from evaluator.files.read.criteria.folder import read_criteria
    from evaluator.law import regime
    from evaluator.publication import timetable as put_in_order
    from evaluator.reporting.before_publication.timetable import STAGES, standstill_lines

    read = read_criteria(open_programme(root).criteria)
    if read.criteria is None:
        return None
    made = put_in_order(read.criteria, notice)
    law, value = regime(read.criteria.regime), read.criteria.procurement.estimated_value
    owed = (
        (title, tuple(f"{one.what} ({one.provision})" for one in law.owes(stage, value))) for stage, title in STAGES
    )
    placed = replace(made, findings=read.placed(made.findings))
    return placed, tuple(standstill_lines(made)), tuple((title, lines) for title, lines in owed if lines)


ROUTES = (
    get("/p/{programme}/criteria/check", check),
    get("/p/{programme}/criteria/simulate", simulate),
    post("/p/{programme}/criteria/simulate", begin),
    get("/p/{programme}/criteria/simulation", report),
    get("/p/{programme}/criteria/timetable", timetable),
)
