"""One bid's case where the published order decides: the list is followed again with one thing changed."""

from collections.abc import Callable
from dataclasses import replace

from evaluator.allocation.counterfactuals.changes import (
    cheaper,
    found,
    least_units,
    limits_on,
    raised,
    scored,
    with_candidate,
    with_others,
)
from evaluator.allocation.model.usage import Usage
from evaluator.allocation.oracle.listed_sets import listed_sets
from evaluator.allocation.search.turning_point import turning_point
from evaluator.records.results.allocation import Allocation, Candidate, Problem
from evaluator.records.results.counterfactuals import BidCase, Need


class ByPriority:
    """What would change the case of one bid of a problem whose published method is a list."""

    def __init__(self, problem: Problem, allocation: Allocation, bid: str) -> None:
        self.problem, self.funded = problem, frozenset(award.bid for award in allocation.awards)
        self.candidate = next(one for one in problem.candidates if one.bid == bid)

    def case(self, case: BidCase, greatest: int | None) -> BidCase:
        """Add what would change a case."""
        if case.funded:
            others = tuple(one for one in self.problem.candidates if one.bid != case.bid)
            then = listed_sets(replace(self.problem, candidates=others)).only_bids()
            return with_others(replace(case, needs=(self._score_to_lose(),)), self.funded, then)
        score = self._score_to_win()
        beyond = greatest is not None and (score.amount or 0) > greatest - case.score
        return replace(case, needs=(replace(score, beyond=beyond), self._cost_to_cut(), self._budget_to_add()))

    def _funds(self, problem: Problem) -> bool | None:
        """Whether the bid is funded in every set that the list of a problem leads to."""
        return listed_sets(problem).fund(self.candidate.bid)

    def _with(self, one: Candidate) -> bool | None:
        return self._funds(with_candidate(self.problem, one))

    def _score_to_win(self) -> Need:
        minimum = least_units(self.problem, self.candidate)
        first = max(one.score for one in self.problem.candidates) - min(0, self.candidate.score) + minimum + 1
        answer = self._with(scored(self.candidate, first))
        if answer is None:
            return Need("score", "not_established")
        if not answer:
            return self._not_even_first(minimum)
        return found("score", turning_point(lambda more: self._with(scored(self.candidate, more)), 0, first))

    def _not_even_first(self, minimum: int) -> Need:
        one = scored(self.candidate, max(0, minimum - self.candidate.score))
        model = listed_sets(with_candidate(self.problem, one)).model
        over = [Usage(model).over_limit(at) for at in model.places[one.bid]]
        rules = tuple(dict.fromkeys(row.rule for row, _ in over[-1])) if all(over) else ()
        return Need("score", "impossible", rules=rules, why="even at the head of the list it would not be funded")

    def _score_to_lose(self) -> Need:
        def lost(less: int) -> bool | None:
            answer = self._with(scored(self.candidate, -less))
            return None if answer is None else not answer

        if lost(0):
            return Need("score", "found", 0)
        everything = max(1, self.candidate.score - least_units(self.problem, self.candidate) + 1)
        if not lost(everything):
            return Need("score", "impossible", why="no loss of points would take its award away")
        return found("score", turning_point(lost, 0, everything))

    def _cost_to_cut(self) -> Need:
        whole = -(-max(cost for level in self.candidate.levels for cost in level.costs) // 100)
        answer = self._with(cheaper(self.candidate, whole))
        if answer is None:
            return Need("cost", "not_established")
        if not answer:
            return Need("cost", "impossible", why="other bids come before it in the published order")
        return found("cost", turning_point(lambda cut: self._with(cheaper(self.candidate, cut)), 0, whole))

    def _budget_to_add(self) -> Need:
        names = limits_on(self.problem, self.candidate)
        if not names:
            return Need("budget", "impossible", why="no published budget bears on it")

        def turned(pounds: int) -> bool | None:
            return self._funds(raised(self.problem, names, pounds))

        everything = sum(max(level.cost for level in one.levels) for one in self.problem.candidates) // 100 + 1
        enough = _enough(turned, -(-max(level.cost for level in self.candidate.levels) // 100) or 1, everything)
        if enough is None:
            return Need("budget", "not_established")
        if not enough:
            why = "other bids come before it in the published order, or another rule keeps it out"
            return Need("budget", "impossible", why=why)
        return replace(found("budget", turning_point(turned, 0, enough)), rules=names)


def _enough(turned: Callable[[int], bool | None], amount: int, most: int) -> int | None:
    """Double an amount until it turns the case; 0 where the most does not, None where that was not established."""
    while not (answer := turned(amount)):
        if answer is None:
            return None
        if amount >= most:
            return 0
        amount = min(2 * amount, most)
    return amount
