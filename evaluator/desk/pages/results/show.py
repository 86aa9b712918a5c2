"""Results of a run: its rankings and cuts as pictures, each bid with what its numbers rest on, and its documents."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlencode

from evaluator.desk.page import Link, Page
from evaluator.desk.pages.results import work
from evaluator.desk.pages.results.opened import Opened, Subject, all_runs, look, subject, subject_of
from evaluator.desk.pages.results.view import BidLine, Case, ThemeView, Told
from evaluator.desk.visit import Answer, Go, Refused, Visit, get, post
from evaluator.desk.work import Piece
from evaluator.files.audit.bundle import UnreadableBundleError
from evaluator.files.audit.finished_run import read_run
from evaluator.files.read.programme import open_programme
from evaluator.jobs.finished.runs import RunFolder, still_holds
from evaluator.records.dates import spoken_date
from evaluator.reporting.award.summary import RESULTS
from evaluator.reporting.studies.run_comparison import Comparison, FinishedRun, compare_runs

PLACE = ("Results", "results")
FEW = 30  # bids of a run, up to which all are seen at once
OLD = "What came in has changed since this run was made. Evaluate again to take it in."


@dataclass(frozen=True, kw_only=True)
class NoRun(Page):
    """What is there to do before there are results."""

    template: ClassVar[str] = "results/none.html"
    evaluate: str


@dataclass(frozen=True, kw_only=True)
class Results(Page):
    """One run: what it came to, each theme, the rules, what was found, and what can be asked of it."""

    template: ClassVar[str] = "results/run.html"
    sentences: tuple[str, ...]
    warning: str
    facts: tuple[tuple[str, str], ...]
    themes: tuple[tuple[ThemeView, tuple[tuple[BidLine, str], ...]], ...]
    rules: tuple[tuple[str, str, str, str, str], ...]
    findings: tuple[Told, ...]
    links: tuple[Link, ...]
    others: tuple[tuple[Link, str, str], ...]
    passed_over: bool
    short: bool
    stage: str


@dataclass(frozen=True, kw_only=True)
class Bid(Page):
    """One bid: what became of it and why, what would have changed that, and its numbers traced to their cells."""

    template: ClassVar[str] = "results/bid.html"
    back: str
    theme: str
    line: BidLine
    case: Case | None
    traced: Mapping[str, Any] | None
    tracing: str
    trace: str
    studying: str
    study: str
    own_page: str


@dataclass(frozen=True, kw_only=True)
class Rules(Page):
    """What each published rule costs."""

    template: ClassVar[str] = "results/rules.html"
    back: str
    here: str
    running: str
    total: str
    sections: tuple[tuple[str, Sequence[Sequence[str]]], ...]


@dataclass(frozen=True, kw_only=True)
class Compared(Page):
    """What changed from one run to another."""

    template: ClassVar[str] = "results/compared.html"
    back: str
    names: tuple[str, str]
    comparison: Comparison


def newest(visit: Visit) -> Answer:
    """Show the newest run; without one, say what comes first."""
    runs = all_runs(visit)
    if not runs:
        return NoRun(title="Results", evaluate=visit.at("evaluate"))
    return _run(visit, subject_of(visit, runs[0]), runs)


def one_run(visit: Visit) -> Answer:
    """Show one run."""
    return _run(visit, subject(visit), all_runs(visit))


def _run(visit: Visit, about: Subject, runs: Sequence[RunFolder]) -> Results:
    """Show a run of a programme, and the other runs with what changed from each."""
    own = next(one for one in runs if one.name == about.name)
    holds = visit.look(_holds, visit.programme.root, own)
    return results(visit, about, "" if holds else OLD, tuple(_others(visit, about, runs)))


def _holds(root: Path, run: RunFolder) -> bool:
    return still_holds(open_programme(root), run)


def results(visit: Visit, about: Subject, warning: str = "", others: tuple[tuple[Link, str, str], ...] = ()) -> Results:
    """Show a run."""
    run = open_run(visit, about)
    assert run.view is not None  # else it was refused
    view = run.view
    return Results(
        title="Results",
        sentences=view.sentences,
        warning=warning,
        facts=tuple(_facts(run)),
        themes=tuple((theme, tuple((one, bid_at(about, one.bid)) for one in theme.lines)) for theme in view.themes),
        rules=view.rules,
        findings=view.findings,
        links=tuple(_links(visit, about, run)),
        others=others,
        passed_over=any(one.passed_over for one in view.themes),
        short=sum(len(one.lines) for one in view.themes) <= FEW,
        stage=view.stage,
    )


def open_run(visit: Visit, about: Subject) -> Opened:
    """Open a run, or say why it cannot be shown."""
    run = look(visit, about)
    if run.view is None:
        raise Refused(run.why)
    return run


def _facts(run: Opened) -> Iterator[tuple[str, str]]:
    criteria = run.manifest.get("criteria") or {}
    yield "Run", str(run.manifest.get("run", ""))
    if run.manifest.get("date"):
        yield "Dated", spoken_date(str(run.manifest["date"]))
    yield "Criteria", f"{criteria.get('reference', '')}, version {criteria.get('version', '')}"


def _links(visit: Visit, about: Subject, run: Opened) -> Iterator[Link]:
    if visit.name:
        yield Link("The documents of this run", visit.at(f"runs/{about.name}"))
    if run.view and run.view.rules and about.bundle:
        yield Link("What each rule costs", f"{about.base}/rules")
    if about.bundle:
        yield Link("Where a figure comes from", f"{about.base}/figure")
        yield Link("What to look at first, with how often honest programmes show it", f"{about.base}/exceptions")


def _others(visit: Visit, about: Subject, runs: Sequence[RunFolder]) -> Iterator[tuple[Link, str, str]]:
    """Give each run with when it was made, what it came to, and where what changed from it is told."""
    for one in runs:
        where = "" if one.name == about.name else f"{about.base}/compare?{urlencode({'with': one.name})}"
        came_to = RESULTS.get(one.status, one.status)  # type: ignore[call-overload]
        when = one.when.replace("T", " ") or "not in the ledger"
        yield Link(one.name, visit.at(f"results/runs/{one.name}"), here=not where), f"{when}. {came_to}", where


def bid_at(about: Subject, bid: str) -> str:
    """Give the address of a bid's page."""
    return f"{about.base}/bid?{urlencode({'bid': bid})}"


def bid(visit: Visit) -> Answer:
    """Show one bid of a run of a programme."""
    return bid_page(visit, subject(visit))


def bid_page(visit: Visit, about: Subject) -> Bid:
    """Show one bid of a run, and what was worked out about it so far."""
    run, wanted = open_run(visit, about), visit.query.get("bid", "")
    found = run.view.bid(wanted) if run.view else None
    if found is None or run.view is None:
        raise Refused("This run has no such bid.", 404)
    theme, line = found
    traced, tracing = so_far(visit, about, f"Trace {wanted}")
    studied, studying = so_far(visit, about, f"What if {wanted}")
    own = f"bids/bid-{wanted}.html"
    there = bool(visit.name) and line.bid == wanted and (about.place / own).is_file()
    return Bid(
        title=line.name,
        back=about.base,
        theme=theme.title,
        line=line,
        case=_studied(studied) or run.view.cases.get(wanted),
        traced=traced,
        tracing=tracing,
        trace=f"{about.base}/trace" if about.bundle else "",
        studying=studying,
        study=f"{about.base}/what-if" if about.bundle and run.view.rules else "",
        own_page=visit.at(f"runs/{about.name}/document", name=own) if there else "",
    )


def _studied(facts: Mapping[str, Any] | None) -> Case | None:
    return Case(facts["bid"], facts["why"], tuple(facts["sentences"])) if facts else None


def so_far(visit: Visit, about: Subject, what: str) -> tuple[Any, str]:
    """Give what a piece of work came to, and the address of one that still runs."""
    piece = visit.desk.work.last(about.key(what))
    if piece is None:
        return None, ""
    ended = piece.ended
    return (ended.facts if ended else None), (_at(visit, piece) if piece.state == "running" else "")


def _at(visit: Visit, piece: Piece) -> str:
    return visit.at(f"work/{piece.number}")


def begin(visit: Visit, about: Subject, what: str, back: str, doing: Any, *arguments: Any) -> Go:
    """Begin work on a run, and go to the page that shows how far it is."""
    piece = visit.desk.work.begin(what, about.key(what), back, doing, *arguments)
    return Go(_at(visit, piece))


def trace(visit: Visit) -> Answer:
    """Trace every number of a bid, in a process of its own."""
    return trace_bid(visit, subject(visit))


def trace_bid(visit: Visit, about: Subject) -> Go:
    """Begin to trace a bid of a run."""
    wanted = _known_bid(visit, about)
    back = bid_at(about, wanted)
    return begin(visit, about, f"Trace {wanted}", back, work.trace, bundle_of(about), wanted, f"{back}#numbers")


def what_if(visit: Visit) -> Answer:
    """Work out what would have changed the decision on a bid."""
    return what_if_bid(visit, subject(visit))


def what_if_bid(visit: Visit, about: Subject) -> Go:
    """Begin to work out what would have changed a bid of a run."""
    wanted = _known_bid(visit, about)
    back = bid_at(about, wanted)
    return begin(visit, about, f"What if {wanted}", back, work.study_bid, bundle_of(about), wanted, f"{back}#changes")


def _known_bid(visit: Visit, about: Subject) -> str:
    wanted, run = visit.form.text("bid"), open_run(visit, about)
    if run.view is None or run.view.bid(wanted) is None:
        raise Refused("This run has no such bid.", 404)
    return wanted


def bundle_of(about: Subject) -> Path:
    """Give the bundle of a run; one that was cut short has none."""
    if about.bundle is None:
        raise Refused("This run was cut short and has no bundle. Evaluate again.")
    return about.bundle


def rules(visit: Visit) -> Answer:
    """Show what each rule of a run costs, once that is worked out."""
    return rules_page(visit, subject(visit))


def rules_page(visit: Visit, about: Subject) -> Rules:
    """Show what each rule costs, or the form that begins to work it out."""
    facts, running = so_far(visit, about, "What the rules cost")
    told = facts or {"total": "", "sections": ()}
    return Rules(
        title="What each rule costs",
        back=about.base,
        here=f"{about.base}/rules",
        running=running,
        total=told["total"],
        sections=tuple(told["sections"]),
    )


def cost(visit: Visit) -> Answer:
    """Work out what each rule costs."""
    return cost_rules(visit, subject(visit))


def cost_rules(visit: Visit, about: Subject) -> Go:
    """Begin to work out what each rule of a run costs."""
    back = f"{about.base}/rules"
    return begin(visit, about, "What the rules cost", back, work.study_rules, bundle_of(about), back)


def compare(visit: Visit) -> Answer:
    """Show what changed from another run of the programme to this one."""
    about, wanted = subject(visit), visit.query.get("with", "")
    other = next((one for one in all_runs(visit) if one.name == wanted), None)
    if other is None:
        raise Refused("There is no run of this name in the programme.", 404)
    found = visit.look(compared, other.path, about.place)
    return Compared(title="What changed", back=about.base, names=(other.name, about.name), comparison=found)


def compared(one: Path, two: Path) -> Comparison:
    """Compare two runs' folders or bundles."""
    try:
        return compare_runs(FinishedRun(*read_run(one)), FinishedRun(*read_run(two)))
    except UnreadableBundleError as error:
        raise Refused(f"They cannot be compared: {error}.") from None
    except (KeyError, TypeError):
        raise Refused("One of the two was not written by this evaluator, or was changed since.") from None


AT = "/p/{programme}/results"
RUN = f"{AT}/runs/{{run}}"
ROUTES = (
    get(AT, newest),
    get(RUN, one_run),
    get(f"{RUN}/bid", bid),
    get(f"{RUN}/rules", rules),
    get(f"{RUN}/compare", compare),
    post(f"{RUN}/trace", trace, changes=False),
    post(f"{RUN}/what-if", what_if, changes=False),
    post(f"{RUN}/rules", cost, changes=False),
)
