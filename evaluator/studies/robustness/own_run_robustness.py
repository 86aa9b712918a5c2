"""What every run asks of its own awards: a short study of small changes, and of what each kind of rule costs."""

from dataclasses import replace
from functools import partial, reduce

from evaluator.allocation import allocation_problem
from evaluator.records.results.allocation import WITHOUT_MERIT_ORDER, Allocation, Problem
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.studies.robustness import Draws, Firmness, Kind, Robustness
from evaluator.records.results.studies.rule_costs import RuleStudy
from evaluator.records.work import Once, ReportProgress, Share, made_now
from evaluator.studies.robustness.draws import Ground
from evaluator.studies.robustness.robustness import concluded, draw_range, kinds_of, merged, place, standing
from evaluator.studies.rule_costs import families

CHANGES: tuple[Kind, ...] = ("weights", "one_mark")  # what an award should bear; the other kinds are for the study
DRAWS, PART = 10, 5  # of each kind, and how many of them are worked out together
ORDER = "merit_order"  # the kind of rule
TENTHS, SEED = 20, 1  # as ``study robustness`` has it where nothing else is said


def firmness_study(
    outcome: Outcome,
    share: Share = map,
    report_progress: ReportProgress = lambda _: None,
    once: Once = made_now,
) -> Firmness | None:
    """Ask how far proven awards rest on single marks and weights, and what each kind of rule costs.

    Parameters
    ----------
    outcome : a run; None comes back where it has no proven awards.
    share : applies work to parts, in their order: ``map``, or that of a pool of processes.
    once : gives what was found before of the same bids, marks and awards, and of the same rules.
    """
    allocation, evaluation = outcome.allocation, outcome.evaluation
    if allocation is None or allocation.status != "proven" or evaluation is None or outcome.scores is None:
        return None
    awarded = tuple(award.bid for award in allocation.awards)
    ground = Ground(outcome.criteria, evaluation, outcome.answers, awarded)
    problem = allocation_problem(outcome.criteria, evaluation, outcome.scores)

    def shared() -> Share:
        return map if ground.redrawn.is_counted else share

    def drawn() -> Robustness:
        its = ground if ground.redrawn.is_counted else replace(ground)  # other processes count for themselves
        draws = [_draws(its, kind, shared(), report_progress) for kind in kinds_of(ground) if kind in CHANGES]
        return concluded(ground, awarded, TENTHS, draws)

    def costed() -> RuleStudy:
        report_progress("Finding what each kind of rule costs")
        costs = families(problem, shared(), report_progress, known_without(problem, allocation))
        return RuleStudy(problem.score_unit, allocation.total_score, problem.policy.method, costs, ())

    study = once("draws", (problem, ground), Robustness, drawn)
    return Firmness(
        study,
        {(one.kind, tally.bid): standing(one, tally) for one in study.draws for tally in one.tallies},
        {tally.bid: place(study, tally.bid) for one in study.draws for tally in one.tallies},
        once("rule costs", (problem, allocation.total_score), RuleStudy, costed),
    )


def known_without(problem: Problem, allocation: Allocation) -> dict[str, int]:
    """Give the total score without an order of merit, by the kind left out: the methods beside ours told it already."""
    if "total_score" not in (*problem.policy.objective, *problem.policy.tie_break):
        return {}
    found = [one.score for one in allocation.methods if one.method == WITHOUT_MERIT_ORDER and one.decided]
    return dict.fromkeys([ORDER], found[0]) if found else {}


def _draws(ground: Ground, kind: Kind, share: Share, report_progress: ReportProgress) -> Draws:
    parts = []
    for part in share(partial(_part, ground, kind), range(0, DRAWS, PART)):
        parts.append(part)
        report_progress(f"Trying small changes ({kind.replace('_', ' ')}): {part.stop} of {DRAWS}")
    return reduce(merged, parts)


def _part(ground: Ground, kind: Kind, start: int) -> Draws:
    return draw_range(ground, kind, TENTHS, SEED, start, start + PART)
