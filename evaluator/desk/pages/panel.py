"""The panel and its declarations of interest as a grid, blank papers, and the declarations of one evaluator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from evaluator.desk.page import Conflict, Link, Page, Problem
from evaluator.desk.processes import Say
from evaluator.desk.visit import Answer, Go, Refused, Visit, get, post
from evaluator.desk.work import Ended
from evaluator.files.read.programme import open_programme
from evaluator.jobs.blank_papers import due_papers
from evaluator.jobs.keeping import keeping, today
from evaluator.jobs.panel.declarations import ALL_OTHERS, NO_INTEREST, Declares, Declaring, declaring, state_of
from evaluator.records.dates import read_day
from evaluator.records.english import count_of
from evaluator.records.findings.finding import Finding
from evaluator.records.texts import never_a_formula, visible

PLACE = ("Panel", "panel")
MAKE = "Make the papers that are due"
SAYS = (
    ("", "Not declared yet", ""),
    ("none", "No interest", ""),
    ("interest", "An interest, and may mark", "Say below what the interest is."),
    ("recused", "Recused", "Say below what the interest is."),
)
LOOKS = {"no interest": "good", "an interest, may mark": "care", "recused": "bad", "missing": ""}
DOWNLOADS = ("register*.xlsx", "declarations*.xlsx")


@dataclass(frozen=True)
class Declared:
    """A cell of the grid: what an evaluator declared about an organisation, and their own words."""

    state: str
    look: str
    words: str


@dataclass(frozen=True)
class OfOrganisation:
    """A row of the grid: an organisation with its bids, and a cell for each evaluator."""

    organisation: str
    name: str
    bids: str
    cells: tuple[Declared, ...]


@dataclass(frozen=True, kw_only=True)
class Panel(Page):
    """The grid, who is waited for, and the papers."""

    template: ClassVar[str] = "in/panel.html"
    evaluators: tuple[Link, ...]
    rows: tuple[OfOrganisation, ...]
    waiting: tuple[str, ...]
    findings: tuple[Finding, ...]
    make: str
    made: tuple[Link, ...]
    folder: str


@dataclass(frozen=True)
class Entry:
    """The fields of one organisation in an evaluator's form."""

    at: int
    organisation: str
    words: str
    says: str
    interest: str
    date: str


@dataclass(frozen=True, kw_only=True)
class OfEvaluator(Page):
    """What one evaluator declares, organisation by organisation."""

    template: ClassVar[str] = "in/declares.html"
    action: str
    back: str
    options: tuple[tuple[str, str, str], ...]
    entries: tuple[Entry, ...]
    version: str
    conflicts: tuple[Conflict, ...]


def as_declared(root: Path) -> Declaring:
    """Read what is declared now."""
    return declaring(open_programme(root))


def show(visit: Visit) -> Answer:
    """Show the grid."""
    now = visit.look(as_declared, visit.programme.root)
    organisations = now.known.organisations or {}
    rows = tuple(_row(now, one, name, bids) for one, (name, bids) in organisations.items())
    return Panel(
        title="Panel and declarations",
        evaluators=tuple(
            Link(_called(who, name), visit.at("panel/of", evaluator=who)) for who, name in now.evaluators.items()
        ),
        rows=rows,
        waiting=tuple(_waiting(now)),
        findings=now.findings,
        make=visit.at("panel/papers"),
        made=tuple(Link(path.name, visit.at("panel/paper", name=path.name)) for path in _made(visit)),
        folder=visit.programme.papers.name,
    )


def _called(evaluator: str, name: str) -> str:
    return evaluator if name in ("", evaluator) else f"{evaluator} {name}"


def _row(now: Declaring, organisation: str, name: str, bids: Sequence[str]) -> OfOrganisation:
    cells = []
    for who in now.evaluators:
        row = now.row(who, organisation)
        state = state_of(row)
        words = (row or {}).get("interest", "") if state in ("an interest, may mark", "recused") else ""
        cells.append(Declared(state, LOOKS[state], words))
    return OfOrganisation(organisation, name, ", ".join(bids), tuple(cells))


def _waiting(now: Declaring) -> list[str]:
    """Say who is waited for, and for how much."""
    organisations = now.known.organisations or {}
    lacking = {who: sum(state_of(now.row(who, one)) == "missing" for one in organisations) for who in now.evaluators}
    return [
        f"{_called(who, now.evaluators[who])}: {count_of(number, 'organisation')}"
        for who, number in lacking.items()
        if number
    ]


def _made(visit: Visit) -> list[Path]:
    folder = visit.programme.papers
    return [path for pattern in DOWNLOADS for path in sorted(folder.glob(pattern))] if folder.is_dir() else []


# Papers.


def make_papers(visit: Visit) -> Answer:
    """Make the papers that are due, in the background: reading packs take their time."""
    return visit.begin(MAKE, made_papers, str(visit.programme.root), back=visit.at("panel"))


def made_papers(report: Say, root: str) -> Ended:
    """Make what is due at this stage; nothing that is there gives way, and the ledger is told."""
    programme = open_programme(Path(root))
    report("Making the papers that are due")
    made = due_papers(programme, keeping(programme))
    done = [f"Made {programme.papers.name}/{name}: {about}" for name, about in made.made]
    left = [f"Not made: {name}. {why}" for name, why in made.not_made]
    return Ended((*done, *left, *(str(one) for one in made.findings)), good=made.understood)


def paper(visit: Visit) -> Answer:
    """Give one of the blank papers."""
    wanted = visit.query.get("name", "")
    path = next((one for one in _made(visit) if one.name == wanted), None)
    if path is None:
        raise Refused("There is no such paper.", 404)
    return visit.attached(path)


# One evaluator.


def one_evaluator(visit: Visit) -> Answer:
    """Show what one evaluator has declared, to be entered or corrected."""
    now = visit.look(as_declared, visit.programme.root)
    who = _who(visit, now)
    return _form(visit, now, who, _entries(now, who))


def _who(visit: Visit, now: Declaring) -> str:
    who = visit.query.get("evaluator", "")
    if who not in now.evaluators:
        raise Refused(f"Nobody on the panel has the id {visible(who)[:40]}.", 404)
    return who


def _organisations(now: Declaring, who: str) -> dict[str, str]:
    """Give each organisation that can be declared about, with its words: all that are not named come last."""
    known = now.known.organisations or {}
    named = {one: f"{one} {name} ({', '.join(bids)})".replace("  ", " ") for one, (name, bids) in known.items()}
    others = {row["organisation"]: f"{row['organisation']} (no bid names it)" for row in now.of(who)}
    every = {**{one: words for one, words in others.items() if one not in named and one != ALL_OTHERS}, **named}
    return {**dict(sorted(every.items())), ALL_OTHERS: "All organisations that are not named above"}


def _entries(now: Declaring, who: str) -> tuple[Entry, ...]:
    mine = {row["organisation"]: row for row in reversed(now.of(who))}
    return tuple(
        Entry(at, one, words, _said(mine.get(one)), _interest(mine.get(one)), (mine.get(one) or {}).get("date", ""))
        for at, (one, words) in enumerate(_organisations(now, who).items())
    )


def _said(row: Mapping[str, str] | None) -> str:
    return {"missing": "", "no interest": "none", "an interest, may mark": "interest", "recused": "recused"}[
        state_of(row)
    ]


def _interest(row: Mapping[str, str] | None) -> str:
    return "" if row is None or _said(row) == "none" else row.get("interest", "")


def _form(
    visit: Visit,
    now: Declaring,
    who: str,
    entries: tuple[Entry, ...],
    problems: tuple[Problem, ...] = (),
    conflicts: tuple[Conflict, ...] = (),
) -> OfEvaluator:
    return OfEvaluator(
        title=f"Declarations of {_called(who, now.evaluators[who])}",
        problems=problems,
        action=visit.at("panel/of", evaluator=who),
        back=visit.at("panel"),
        options=SAYS,
        entries=entries,
        version=now.version(who),
        conflicts=conflicts,
    )


def declare(visit: Visit) -> Answer:
    """Save what one evaluator declares."""
    now = as_declared(visit.programme.root)
    who = _who(visit, now)
    form = visit.form
    entries = tuple(
        Entry(at, one, words, form.text(f"says-{at}"), form.text(f"interest-{at}"), form.text(f"date-{at}"))
        for at, (one, words) in enumerate(_organisations(now, who).items())
    )
    problems = tuple(one for entry in entries for one in _wrong(entry))
    if problems:
        return _form(visit, now, who, entries, problems)
    rows = [_declared(who, one) for one in entries if one.says]
    job = Declares(visit.programme, who, rows, form.text("version"))
    visit.record(job.told, job.then)
    if job.outdated:
        there = {one.organisation: one for one in _entries(job.now, who)}
        conflicts = tuple(
            Conflict(one.words, _shown(there.get(one.organisation)), _shown(one))
            for one in entries
            if _shown(there.get(one.organisation)) != _shown(one)
        )
        says = Problem(
            "Somebody else has changed these declarations since you opened them; nothing was saved", "says-0"
        )
        return _form(visit, job.now, who, entries, (says,), conflicts)
    return Go(visit.at("panel"), f"The declarations of {who} are saved in bids/declarations.csv.")


def _wrong(one: Entry) -> list[Problem]:
    found = []
    if one.says in ("interest", "recused") and not one.interest:
        found.append(Problem(f"{one.organisation}: say what the interest is", f"interest-{one.at}"))
    if one.interest and never_a_formula(one.interest) != one.interest:
        found.append(Problem(f"{one.organisation}: begin the interest with a word", f"interest-{one.at}"))
    if one.says not in [says for says, _, _ in SAYS] or (one.interest and one.says in ("", "none")):
        found.append(Problem(f"{one.organisation}: choose what the interest comes to", f"says-{one.at}"))
    if one.date and read_day(one.date) is None:
        found.append(Problem(f"{one.organisation}: write the day as 2026-12-01 or 01/12/2026", f"date-{one.at}"))
    return found


def _declared(who: str, one: Entry) -> dict[str, str]:
    """Give the row of the table for one organisation; a day that is not given is today."""
    return {
        "evaluator": who,
        "organisation": one.organisation,
        "interest": one.interest or NO_INTEREST,
        "action": "recused" if one.says == "recused" else "none",
        "date": (read_day(one.date) if one.date else today()) or "",
    }


def _shown(one: Entry | None) -> str:
    if one is None or not one.says:
        return "not declared"
    words = next(words for says, words, _ in SAYS if says == one.says)
    return f"{words}: {one.interest}" if one.interest else words


ROUTES = (
    get("/p/{programme}/panel", show),
    post("/p/{programme}/panel/papers", make_papers),
    get("/p/{programme}/panel/paper", paper),
    get("/p/{programme}/panel/of", one_evaluator),
    post("/p/{programme}/panel/of", declare),
)
