"""How far every bid is from the other outcome, in points of its own score: one solve a bid."""

from collections.abc import Callable, Sequence

from evaluator.allocation.judge import forced, value_at
from evaluator.allocation.model import Model, objectives_of
from evaluator.allocation.rows import build
from evaluator.allocation.search import Search
from evaluator.allocation.threshold import refuse_below_minimum
from evaluator.records.allocation import Allocation, Problem
from evaluator.records.cases import By, Margin


def score_margins(
    problem: Problem, allocation: Allocation, bids: Sequence[str] = (), tell: Callable[[str], None] = lambda _: None
) -> tuple[Margin, ...]:
    """Give the margin of every candidate above the minimum score, in order of bid, by ``optimise``.

    A refused bid is forced in, a funded one left out; the total score then reached is held against the best. Where
    objectives come before the total score, sets that are worse in those do not count.

    Parameters
    ----------
    allocation : what ``allocate`` made of the problem; proven, by ``optimise``.
    bids : only these, so that the work can be split; all where empty.
    tell : told the bid that is looked at.

    Raises
    ------
    ValueError : for an allocation that is not proven, or by another method than ``optimise``.
    """
    if allocation.status != "proven" or problem.policy.method != "optimise":
        raise ValueError("margins are of a proven best set of awards")
    model = build(refuse_below_minimum(problem))
    funded = {award.bid for award in allocation.awards}
    best = Search(model, float(problem.policy.time_limit))
    found = []
    for candidate in dict.fromkeys(choice.candidate for choice in model.choices):
        if not bids or candidate.bid in bids:
            tell(candidate.bid)
            points, by = _margin(model, best, candidate.bid, candidate.bid in funded)
            found.append(Margin(candidate.bid, candidate.theme, candidate.bid in funded, candidate.score, points, by))
    return tuple(found)


def _margin(model: Model, best: Search, bid: str, funded: bool) -> tuple[int | None, By]:
    objectives = objectives_of(model.problem)
    other = forced(model, bid, not funded)
    for number, objective in enumerate(objectives):
        most, reached = value_at(best, number), value_at(other, number)
        if reached == "infeasible":
            return None, "rules"
        if isinstance(most, str) or isinstance(reached, str):
            return None, "not_established"
        if objective == "total_score":
            return most - reached, "score"
        if most != reached:
            return None, "objectives"
    return None, "objectives"
