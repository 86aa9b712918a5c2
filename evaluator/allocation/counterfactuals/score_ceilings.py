"""The total score that a problem comes to, without the ties, reasons and second opinion of a whole allocation."""

from dataclasses import dataclass

from evaluator.allocation.allocate import allocate
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import Model, measure, objectives_of, taken_choices
from evaluator.allocation.problem import refuse_below_minimum
from evaluator.allocation.search.lexicographic import search
from evaluator.allocation.search.state import Search
from evaluator.allocation.search.turning_point import value_at
from evaluator.records.results.allocation import Problem, Status


@dataclass(frozen=True, slots=True)
class Total:
    """What a problem comes to: its total score in units and its cost in pence, where one was proven; the bids."""

    status: Status
    score: int | None = None
    cost: int = 0
    bids: tuple[str, ...] = ()


def best_total(problem: Problem) -> Total:
    """Find the total score of a problem by its published method.

    By ``optimise`` only the stages up to the total score are solved; the bids and the cost are then those of one of the
    sets that reach it. Where the total score is no objective, all stages are.
    """
    if problem.policy.method != "optimise":
        made = allocate(problem)
        bids = tuple(award.bid for award in made.awards)
        proven = made.status == "proven"
        return Total(made.status, made.total_score if proven else None, made.cost, bids)
    model = build(refuse_below_minimum(problem))
    return _optimised(model)


def best_set(problem: Problem) -> tuple[str, ...] | None:
    """Name the bids of the best set by every published objective, or of the published list; None where none is proven.

    Of sets that stay equal it is one, always the same for the same problem.
    """
    if problem.policy.method != "optimise":
        made = allocate(problem)
        return tuple(award.bid for award in made.awards) if made.status == "proven" else None
    found = search(build(refuse_below_minimum(problem)))
    if not found.proven or found.chosen is None:
        return None
    return tuple(sorted(choice.candidate.bid for choice in taken_choices(found.model, found.chosen)))


def _optimised(model: Model) -> Total:
    objectives = objectives_of(model.problem)
    last = objectives.index("total_score") if "total_score" in objectives else len(objectives) - 1
    found = Search(model, float(model.problem.policy.time_limit))
    value = value_at(found, last)
    if value == "infeasible":
        return Total("infeasible")
    if value == "unknown":
        return Total("not_proven")
    chosen = taken_choices(model, found.chosen or ())
    bids = tuple(sorted(choice.candidate.bid for choice in chosen))
    return Total("proven", measure("total_score", chosen), -measure("lower_cost", chosen), bids)
