"""What would have funded each bid, or what it could lose: the cases of all bids of an allocation, or of one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from evaluator.allocation.counterfactuals.by_merit import ByMerit, goes_by_merit
from evaluator.allocation.counterfactuals.by_objectives import NOTHING_TOLD, UNSWEPT, ByObjectives, Sweeps, Told
from evaluator.allocation.counterfactuals.by_priority import ByPriority
from evaluator.allocation.counterfactuals.changes import limits_on
from evaluator.allocation.counterfactuals.frontier import STEPS, Rising, Sweep, sweeps_of
from evaluator.allocation.counterfactuals.sentences import with_sentences
from evaluator.allocation.oracle.theme_bounds import ThemeMemory
from evaluator.records.results.allocation import Allocation, Problem
from evaluator.records.results.counterfactuals import BidCase
from evaluator.records.work import ReportProgress, Share

NO_GREATEST: Mapping[str, int] = {}
PART = 8  # bids that one process looks at before it reports
Names = tuple[str, ...]  # of limits that rise together


def all_cases(
    problem: Problem,
    allocation: Allocation,
    greatest: Mapping[str, int] = NO_GREATEST,
    share: Share = map,
    report_progress: ReportProgress = lambda _: None,
    steps: int = STEPS,
    told: Told = NOTHING_TOLD,
    likely: Told = NOTHING_TOLD,
) -> tuple[BidCase, ...]:
    """Give the case of every bid, in order of bid.

    Parameters
    ----------
    problem, allocation, greatest, steps : as for ``explain_bid``.
    share : applies the work to every part, in the order of the parts: ``map``, or that of a pool of processes.
    report_progress : told how far the work has come.
    told : amounts that somebody says, each checked on both sides, and looked for only where it does not hold.
    likely : amounts that turned cases of a problem like this one, checked in the same way, but only where no search
        could find another: whoever has none gets the same.
    """
    memory, sweeps = ThemeMemory(), UNSWEPT  # what every part needs, found out once
    counted = None
    if _by_objectives(problem, allocation) and goes_by_merit(problem):
        merit = ByMerit(problem, allocation, memory, told=told)
        if merit.ways is None:
            _bound_themes(merit, share)
        else:
            counted, share = merit, map  # counting is done before another process has begun
            merit.told = {**merit.only(likely), **told}
    elif _by_objectives(problem, allocation):
        cases = ByObjectives(problem, allocation, memory)
        _bound_themes(cases, share)
        sweeps = _swept(cases, allocation, share, report_progress, steps)  # under an order of merit none is true
    names = sorted({one.bid for one in problem.candidates} | {one.bid for one in problem.refused})
    parts = [names[at : at + PART] for at in range(0, len(names), PART)]
    work: Callable[[list[str]], tuple[BidCase, ...]] = partial(
        cases_of, problem, allocation, dict(greatest), memory, sweeps, known=counted, told=dict(told)
    )
    found: list[BidCase] = []
    for done in share(work, parts):
        found.extend(done)
        report_progress(f"Finding what would have changed each decision: {len(found)} of {len(names)} bids")
    return tuple(found)


def explain_bid(
    problem: Problem, allocation: Allocation, bid: str, greatest: Mapping[str, int] = NO_GREATEST, steps: int = STEPS
) -> BidCase:
    """Say why a bid is or is not funded, and what would change that if nothing else changed.

    Parameters
    ----------
    problem : the problem as it was given to ``allocate``; every change is made to it and solved again.
    allocation : what ``allocate`` made of it.
    greatest : for each theme, the greatest total that a bid can have there, in units of ``1/score_unit`` points;
        a theme that is not named has none that is known.
    steps : how often the best set may change, in each part of the sums looked at, before a larger budget is given up.

    Raises
    ------
    KeyError : for a bid that the problem does not know.
    """
    (case,) = cases_of(problem, allocation, greatest, ThemeMemory(), UNSWEPT, (bid,), steps)
    return case


def cases_of(
    problem: Problem,
    allocation: Allocation,
    greatest: Mapping[str, int],
    memory: ThemeMemory,
    sweeps: Sweeps,
    bids: Sequence[str],
    steps: int = STEPS,
    known: ByObjectives | None = None,
    told: Told = NOTHING_TOLD,
) -> tuple[BidCase, ...]:
    """Give the cases of some bids: a pure function of its arguments, so that the work can be split.

    Parameters
    ----------
    known : what looks at them, where that is at hand.
    """
    proven = allocation.status == "proven"
    shared, cases = known, []
    if shared is None and _by_objectives(problem, allocation):
        by = ByMerit if goes_by_merit(problem) else ByObjectives
        shared = by(problem, allocation, memory.copy(), sweeps, steps, told)
    for bid in bids:
        case = _as_decided(problem, allocation, bid)
        if case.eligible and proven:
            changes = shared or ByPriority(problem, allocation, bid)
            case = changes.case(case, greatest.get(case.theme))
        cases.append(with_sentences(case, proven))
    return tuple(cases)


def swept(problem: Problem, allocation: Allocation, memory: ThemeMemory, steps: int, names: Names) -> tuple[Sweep, ...]:
    """Sweep the money of some limits: a pure function of its arguments, so that the work can be split."""
    return sweeps_of(Rising(ByObjectives(problem, allocation, memory.copy()).oracle, names), steps)


def _by_objectives(problem: Problem, allocation: Allocation) -> bool:
    """Whether the awards are proven to be the best by the published objectives."""
    return allocation.status == "proven" and problem.policy.method == "optimise"


def _as_decided(problem: Problem, allocation: Allocation, bid: str) -> BidCase:
    """Say what a bid's case is without solving anything."""
    refusals = {one.bid: one for one in (*problem.refused, *allocation.not_awarded)}
    one = next((one for one in problem.candidates if one.bid == bid), None)
    unit, years = problem.score_unit, problem.years
    if one is None:
        refusal = refusals[bid]
        nothing = BidCase(bid, refusal.theme, 0, unit, years, funded=False, eligible=False, why=refusal.explanation)
        return replace(nothing, equal_sets=0, in_equal_sets=0)
    funded = any(award.bid == bid for award in allocation.awards)
    why = "" if funded else refusals[bid].explanation
    inside = sum(any(name == bid or name.startswith(f"{bid} at ") for name in names) for names in allocation.tied)
    case = BidCase(bid, one.theme, one.score, unit, years, funded=funded, eligible=True, why=why, changes_known=False)
    return replace(case, equal_sets=len(allocation.tied), in_equal_sets=inside)


def _bound_themes(cases: ByObjectives, share: Share) -> None:
    """Find out what each theme can bring with each of its bids in or out: nearly every search begins with that."""
    bounds = cases.oracle.bounds
    if bounds is None:
        return
    for theme, found in zip(bounds.themes, share(bounds.opposites, bounds.themes), strict=True):
        bounds.memory.tops |= {(bounds.name[theme], *key): top for key, top in found.items()}


def _swept(
    cases: ByObjectives, allocation: Allocation, share: Share, report_progress: ReportProgress, steps: int
) -> Sweeps:
    """Sweep the money that bears on refused bids, part by part."""
    problem = cases.problem
    refused = [one for one in problem.candidates if one.bid not in cases.funded]
    limits = sorted({limits_on(problem, one) for one in refused} - {()})
    even = [names for names in limits if Rising(cases.oracle, names).even]
    found: dict[Names, Sequence[Sweep]] = {}
    work = partial(swept, problem, allocation, cases.oracle.memory, steps)
    for names, sweeps in zip(even, share(work, even), strict=True):
        found[names] = sweeps
        report_progress(f"Finding whom more money would fund: {len(found)} of {len(even)} sums")
    return found
