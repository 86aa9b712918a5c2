"""What is said where no set of awards keeps every rule: the rules in conflict, and what would end it."""

from dataclasses import dataclass

from evaluator.allocation.infeasible.conflict import confirm, conflict
from evaluator.allocation.infeasible.least_cost import least_cost
from evaluator.allocation.infeasible.repairs import Repairs
from evaluator.allocation.model.model import Model
from evaluator.allocation.oracle.feasibility import Feasibility
from evaluator.allocation.proof.awards import Disagreement, holds
from evaluator.allocation.solvers import cbc
from evaluator.allocation.solvers.work import Work
from evaluator.records.results.allocation import LeastCost, Repair


@dataclass(frozen=True)
class WhyInfeasible:
    """The ids of rules that cannot hold together, what a second solver says of it, and changes that would end it."""

    conflict: tuple[str, ...]
    second_opinion: str
    repairs: tuple[Repair, ...]
    least_cost: LeastCost | None


def why_infeasible(model: Model) -> WhyInfeasible:
    """Name the rules that cannot hold together, ask a second solver, and look for repairs.

    Raises
    ------
    Disagreement : where the second solver finds a set that keeps every rule; a mistake of ours.
    """
    answer = cbc.maximise(model, (), (), Work.of_second_opinion(model.problem))
    if answer.outcome in ("optimal", "feasible") and holds(model, answer.chosen):
        raise Disagreement(f"one solver finds that {len(model.rows)} rows cannot hold together, and another holds them")
    rules, complete = conflict(model)
    opinion = confirm(model, rules)
    if not complete:
        opinion += " The work that is allowed was done before each of them was shown to be needed for the conflict."
    repairs = Repairs(model.problem, Feasibility(Work.of(model.problem)))
    found = repairs.by_one_of(rules)
    if not repairs.complete:
        opinion += " The work that is allowed was done before every repair was looked for."
    return WhyInfeasible(rules, opinion, found, least_cost(model.problem))
