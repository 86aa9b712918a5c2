"""The order of the stages. Read it from top to bottom: it is the page that explains the whole evaluation.

Nothing here reads a file. ``decide`` goes from what was published and received to awards; ``conclude`` adds the
equality summary, from data that nothing in ``decide`` is given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from evaluator.allocation import (
    all_cases,
    allocate,
    allocation_problem,
    check_problem,
    choose,
    explain_bid,
    passed_over,
    with_comparison,
)
from evaluator.equality import assess, check_monitoring, evidence_of, read_external_data, without_deleted
from evaluator.publication import check_as_sealed, check_seal, check_seal_date, fingerprint
from evaluator.records.dates import ISO_DATE
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source, block_award, in_order
from evaluator.records.numbers import ratio_decimal
from evaluator.records.programme.criteria import Criteria, Seal
from evaluator.records.programme.procurement.area import Boundaries
from evaluator.records.results.allocation import Allocation, Problem
from evaluator.records.results.counterfactuals import Change
from evaluator.records.results.equality_evidence import EqualityEvidence
from evaluator.records.results.not_proven import held_back
from evaluator.records.results.outcome import Outcome, Run
from evaluator.records.results.scores import ScoreTable
from evaluator.records.submissions.evaluation import Evaluation
from evaluator.records.submissions.received import Received, ReceivedExternalData, Table
from evaluator.records.submissions.stages import StageResult
from evaluator.records.work import Once, ReportProgress, Share, made_now
from evaluator.scoring import greatest_totals, score, stage_result
from evaluator.validation import about_stage, answers, check_issued, check_places, together, validate

Told = Mapping[Change, Mapping[str, Fraction]]  # points or pounds by bid
UNTOLD: Told = {}
Until = Literal["validation", "scoring", "allocation", "equality"]
MOST_EXPLAINED = 300  # candidates up to which every run says what would have changed each decision


@dataclass(frozen=True)
class Published:
    """What was published: the criteria, the seal beside them if there is one, and the boundaries of the wards."""

    criteria: Criteria
    seal: Seal | None
    boundaries: Boundaries | None = None


def decide(
    published: Published,
    received: Received,
    run: Run,
    until: Until,
    report_progress: ReportProgress,
    stage: str = "",
    once: Once = made_now,
) -> Outcome:
    """Take what was received through validation, scoring and allocation, as far as findings and ``until`` allow.

    Where the criteria have stages it is decided first who goes on from each; ``stage`` is the one after which to stop.
    What divided the same money among the same bids before may come from ``once``.
    """
    criteria = published.criteria
    report_progress("Checking what was received")
    # Wording was for the lawyer before publication; what cannot be worked out stops the work even now.
    strangers = check_issued(criteria, fingerprint(criteria), received)
    received = replace(received, findings=received.findings + strangers)
    found = check_seal(criteria, published.seal) + check_as_sealed(criteria, published.seal) + received.findings
    evaluation, stages, problems = through_stages(criteria, received, stage)
    late = check_seal_date(published.seal, _after_publication(criteria, evaluation, run))
    late += _after_the_run(evaluation, run)
    late += check_places(evaluation, published.boundaries, received.register)
    told = together(found + problems + late, criteria.regime)
    outcome = Outcome(run, criteria, fingerprint(criteria), published.seal, told, boundaries=published.boundaries)
    outcome = replace(outcome, panel=received.panel, interests=received.interests, stages=stages, stage=stage)
    if evaluation is None or until == "validation":
        return outcome
    if stage:
        return replace(outcome, evaluation=evaluation, answers=answers(criteria, evaluation))

    report_progress("Scoring")
    scores = score(criteria, evaluation)
    # What each mark was worked out from is told even where no money is divided.
    said = answers(criteria, evaluation) if criteria.moderation.combines else ()
    outcome = replace(outcome, evaluation=evaluation, scores=scores, answers=said)
    if block_award(outcome.findings) or criteria.allocation is None or until == "scoring":
        return outcome
    report_progress("Dividing the budget, and proving that no better division exists")
    return _divided(outcome, evaluation, scores, once)


def _divided(outcome: Outcome, evaluation: Evaluation, scores: ScoreTable, once: Once) -> Outcome:
    """Add the awards, with what people chose after the ranks where the criteria let them."""
    criteria = outcome.criteria
    problem = allocation_problem(criteria, evaluation, scores)
    themes = tuple(theme.id for theme in criteria.themes)
    misfits = check_problem(problem, Source("programme.toml", key="allocation"), themes)
    if block_award(misfits):
        return replace(outcome, findings=in_order(outcome.findings + misfits, criteria.regime))
    by_rank = once("awards", problem, Allocation, lambda: with_comparison(problem, allocate(problem)))
    allocation, against = choose(problem, by_rank, criteria.final_choice, evaluation.decisions)
    allocation = replace(allocation, passed_over=passed_over(problem, allocation))
    found = in_order(outcome.findings + misfits + _about(by_rank) + against, criteria.regime)
    return replace(outcome, answers=answers(criteria, evaluation), allocation=allocation, findings=found)


def through_stages(
    criteria: Criteria, received: Received, last: str = ""
) -> tuple[Evaluation | None, tuple[StageResult, ...], tuple[Finding, ...]]:
    """Validate what each stage needs, and work out who goes on from it, as far as ``last`` or to the end.

    Whoever was in a stage when it was sealed is in it whatever became of them since, so that nobody moves up later.

    Returns
    -------
    The evaluation, None where findings stand against it; what each stage came to; and the findings.
    """
    sealed, results = {one.stage: one for one in received.stages}, tuple[StageResult, ...]()
    told: list[Finding] = []
    for stage in criteria.deciding_stages:
        evaluation, found = validate(criteria, replace(received, stages=results))
        if evaluation is None:
            return None, results, found
        before = sealed.get(stage.id)
        result = stage_result(criteria, stage, evaluation, tuple(before.by_bid) if before else ())
        told += about_stage(result, before, asked=stage.id == last)
        results += (_held_to(before, result, asked=stage.id == last),)
        if stage.id == last:
            return (None if block_award(told) else evaluation), results, (*found, *told)
    evaluation, found = validate(criteria, replace(received, stages=results))
    return (None if block_award(told) else evaluation), results, (*found, *told)


def _held_to(sealed: StageResult | None, result: StageResult, *, asked: bool) -> StageResult:
    """Go on with what was sealed, until it is sealed anew; a stage that is asked about is as it is worked out now."""
    if sealed is None or sealed.lines == result.lines:
        return replace(result, source=sealed.source, sha256=sealed.sha256) if sealed else result
    return result if asked else sealed


def explained(
    outcome: Outcome,
    share: Share,
    report_progress: ReportProgress,
    told: Told = UNTOLD,
    likely: Told = UNTOLD,
    once: Once = made_now,
) -> Outcome:
    """Add to a run with proven awards what would have changed each decision.

    Parameters
    ----------
    share : shares the work out.
    told : what somebody says would: each is checked on both sides, and nothing is searched where it holds.
    likely : what would have before, of bids and awards like these: it shortens the search, and changes nothing else.
    once : gives what was found before of the same awards and bids.
    """
    allocation, criteria = outcome.allocation, outcome.criteria
    problem = _problem(outcome)
    if problem is None or allocation is None or len(problem.candidates) > MOST_EXPLAINED:
        return outcome
    known = _in_units(problem, told), _in_units(problem, likely)
    greatest = greatest_totals(criteria, problem.score_unit)

    def found() -> Allocation:
        cases = all_cases(problem, allocation, greatest, share, report_progress, told=known[0], likely=known[1])
        return replace(allocation, cases=cases)

    return replace(outcome, allocation=once("cases", (problem, allocation, greatest), Allocation, found))


def _in_units(problem: Problem, told: Told) -> dict[tuple[str, Change], int]:
    units = {"score": problem.score_unit, "cost": 1, "budget": 1}
    amounts = {(bid, change): each * units[change] for change, its in told.items() for bid, each in its.items()}
    return {key: int(amount) for key, amount in amounts.items() if amount.denominator == 1}


def with_case(outcome: Outcome, bid: str) -> Outcome:
    """Add to a run with proven awards what would have changed the decision on one bid of it."""
    allocation, problem = outcome.allocation, _problem(outcome)
    if problem is None or allocation is None or bid not in {one.bid for one in problem.candidates}:
        return outcome
    case = explain_bid(problem, allocation, bid, greatest_totals(outcome.criteria, problem.score_unit))
    return replace(outcome, allocation=replace(allocation, cases=(case,)))


def _problem(outcome: Outcome) -> Problem | None:
    """Give what the awards of a run were decided from; None where none are proven."""
    if outcome.evaluation is None or outcome.scores is None or outcome.allocation is None:
        return None
    if outcome.allocation.status != "proven" or outcome.allocation.choice is not None:
        return None  # what would have changed a decision of people, nobody can work out
    if outcome.criteria.amounts is not None and outcome.criteria.amounts.pro_rata:
        return None  # whatever changes a score, a cost or a budget changes every sum, which no case here does
    return allocation_problem(outcome.criteria, outcome.evaluation, outcome.scores)


def _after_the_run(evaluation: Evaluation | None, run: Run) -> tuple[Finding, ...]:
    """Find decisions that are dated after the run that counts them, where it is dated."""
    late = [one for one in (evaluation.decisions if evaluation else ()) if ISO_DATE.fullmatch(one.date)]
    late = [one for one in late if run.date and one.date > run.date]
    return tuple(finding("E-SEAL-014", one.source, bid=one.bid, date=one.date, run=run.date) for one in late)


def _after_publication(criteria: Criteria, evaluation: Evaluation | None, run: Run) -> tuple[tuple[str, str], ...]:
    """List what can only come after publication, with its date: closing time, decisions, this run where it is dated."""
    closing = ("the closing time", criteria.procurement.tenders_close[:10])
    decisions = evaluation.decisions if evaluation else ()
    return (closing, ("this run", run.date), *((f"the decision on {one.bid}", one.date) for one in decisions))


def conclude(
    outcome: Outcome,
    monitoring: Table | None,
    found: tuple[Finding, ...],
    external: ReceivedExternalData | None = None,
) -> Outcome:
    """Add the equality summary to a run that has awards; scores and awards stay as they are."""
    if outcome.evaluation is None or outcome.scores is None or outcome.allocation is None:
        return outcome
    external = external or ReceivedExternalData()
    found += check_monitoring(outcome.criteria, outcome.evaluation, monitoring)
    kept, deleted = without_deleted(monitoring, external.deletions)
    benchmarks, more = read_external_data(outcome.criteria, external)
    decided = held_back(outcome).allocation or outcome.allocation
    results = (outcome.criteria, outcome.evaluation, outcome.scores, decided)
    impact = assess(*results, kept, benchmarks)
    found += deleted + more
    return replace(outcome, equality=impact, findings=in_order(outcome.findings + found, outcome.criteria.regime))


def evidence_on(
    outcome: Outcome, monitoring: Table | None, external: ReceivedExternalData
) -> tuple[EqualityEvidence | None, tuple[Finding, ...]]:
    """Give the decision makers' evidence on a run that has awards, with the notes on what it rests on.

    It stands beside the outcome and never in it, so that nothing that is made of an outcome can hold any of it.
    """
    if outcome.evaluation is None or outcome.scores is None or outcome.allocation is None:
        return None, ()
    notes = check_monitoring(outcome.criteria, outcome.evaluation, monitoring)
    kept, deleted = without_deleted(monitoring, external.deletions)
    benchmarks, more = read_external_data(outcome.criteria, external)
    decided = held_back(outcome).allocation or outcome.allocation
    found = evidence_of(outcome.criteria, outcome.evaluation, outcome.scores, decided, kept, benchmarks)
    return found, notes + deleted + more


def _about(allocation: Allocation) -> tuple[Finding, ...]:
    """Say what people must know before they rely on an allocation."""
    place = Source("programme.toml", key="allocation")
    if allocation.status == "not_proven":
        gain = ratio_decimal(allocation.upper_bound - allocation.total_score, allocation.score_unit)
        limits = allocation.proof.limits.words if allocation.proof.limits else "the published list"
        return (finding("E-AWARD-001", place, limits=limits, gain=gain),)
    if allocation.status == "infeasible":
        return (finding("E-AWARD-002", place, rules=" and ".join(allocation.conflict) or "the rules"),)
    if allocation.undecided:
        count = f"{len(allocation.tied)}{'' if allocation.tied_complete else ' or more'}"
        return (finding("E-AWARD-003", place, count=count),)
    return ()
