"""Whether a bid is funded, and surely: in every best set of a problem in which one thing was changed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal

from evaluator.allocation.awards import holds
from evaluator.allocation.model import Model, Row, objectives_of
from evaluator.allocation.priority import walk_the_list
from evaluator.allocation.rows import build
from evaluator.allocation.search import Search, signed
from evaluator.allocation.stages import solve_stage
from evaluator.allocation.threshold import refuse_below_minimum
from evaluator.records.allocation import Candidate, Problem
from evaluator.records.rules import Rule

Value = int | Literal["infeasible", "unknown"]


class Judge:
    """Answers for one bid of a problem, whatever is changed about the bid or the rules.

    A bid is surely funded when the best set with it is better, by the published objectives in their order, than the
    best set without it. What is found out about the sets without it is kept, since they do not depend on the bid.
    """

    def __init__(self, problem: Problem, bid: str) -> None:
        self.problem = problem
        self.bid = bid
        self.candidate = next(one for one in problem.candidates if one.bid == bid)
        self.without: dict[tuple[Rule, ...], Search] = {}

    def funded(self, candidate: Candidate | None = None, rules: tuple[Rule, ...] | None = None) -> bool | None:
        """Say whether the bid, changed to this candidate, is surely funded under these rules; None: not established."""
        model = self.model(candidate or self.candidate, self.problem.rules if rules is None else rules)
        places = places_of(model, self.bid)
        if not places:
            return False
        if self.problem.policy.method != "optimise":
            return _in_every_outcome(model, self.bid)
        return ahead(self.kept_in(model), self.left_out(model))

    def model(self, candidate: Candidate, rules: tuple[Rule, ...]) -> Model:
        """Write the problem with the bid changed to this candidate, under these rules."""
        others = tuple(one for one in self.problem.candidates if one.bid != self.bid)
        return build(refuse_below_minimum(replace(self.problem, candidates=(*others, candidate), rules=rules)))

    def kept_in(self, model: Model) -> Search:
        """Begin a search among the sets that fund the bid."""
        return forced(model, self.bid, funded=True)

    def left_out(self, model: Model) -> Search:
        """Begin, or go on with, the search among the sets that do not fund the bid."""
        return self.without.setdefault(model.problem.rules, forced(model, self.bid, funded=False))


def places_of(model: Model, bid: str) -> list[int]:
    """Give the places of a bid's choices."""
    return [at for at, choice in enumerate(model.choices) if choice.candidate.bid == bid]


def forced(model: Model, bid: str, funded: bool) -> Search:
    """Begin a search among the sets that fund a bid, or that do not."""
    return Search(forced_model(model, bid, funded), float(model.problem.policy.time_limit))


def forced_model(model: Model, bid: str, funded: bool) -> Model:
    """Write a model of the sets that fund a bid, or that do not."""
    terms = tuple((at, 1) for at in places_of(model, bid))
    row = Row("", "forced", bid, terms, least=1) if funded else Row("", "forced", bid, terms, most=0)
    return replace(model, rows=(*model.rows, row))


def value_at(found: Search, number: int) -> Value:
    """Give what the stage of this number reaches, more being better, solving as far as that needs."""
    objectives = objectives_of(found.model.problem)
    while len(found.stages) <= number and not found.infeasible:
        if len(found.stages) < len(found.fixed) or (found.stages and not found.stages[-1].proven):
            return "unknown"
        before = len(found.stages)
        solve_stage(found, objectives[before])
        if len(found.stages) == before and not found.infeasible:
            return "unknown"
    if found.infeasible:
        return "infeasible"
    stage = found.stages[number]
    return signed(objectives[number], stage.value) if stage.proven else "unknown"


def ahead(one: Search, other: Search) -> bool | None:
    """Whether the best of one search beats the best of another by the objectives in their order; equal is not ahead."""
    for number in range(len(objectives_of(one.model.problem))):
        mine = value_at(one, number)
        if mine == "infeasible":
            return False
        theirs = value_at(other, number)
        if theirs == "infeasible":
            return None if mine == "unknown" else True
        if mine == "unknown" or theirs == "unknown":
            return None
        if mine != theirs:
            return mine > theirs
    return False


def _in_every_outcome(model: Model, bid: str) -> bool | None:
    outcomes = walk_the_list(model)
    kept = [one for one in outcomes.sets if holds(model, one, outcomes.later[one])]
    places = set(places_of(model, bid))
    if not all(places.intersection(one) for one in kept):
        return False
    return bool(kept) if outcomes.complete else None


def turning_point(turned: Callable[[int], bool | None], low: int, high: int) -> int | None:
    """Halve the way between an amount that does not turn the case and one that does, until they are one apart.

    Parameters
    ----------
    turned : whether an amount turns the case; None ends the search.
    low, high : an amount that does not, and one that does.

    Returns
    -------
    An amount that turns the case where one less does not; None where that was not established.

    >>> turning_point(lambda amount: amount >= 7, 0, 100)
    7
    """
    asked = cache(turned)
    while high - low > 1:
        middle = (low + high) // 2
        answer = asked(middle)
        if answer is None:
            return None
        low, high = (low, middle) if answer else (middle, high)
    return high


def bids_of(model: Model, chosen: Sequence[int]) -> set[str]:
    """Name the bids of the choices at these places."""
    return {model.choices[at].candidate.bid for at in chosen}
