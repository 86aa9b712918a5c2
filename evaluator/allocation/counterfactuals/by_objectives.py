"""One bid's case where the published objectives decide: each change of one thing alone, decided by solving."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property

from evaluator.allocation.counterfactuals.changes import (
    cheaper,
    found,
    least_units,
    limits_on,
    scored,
    with_candidate,
    with_others,
)
from evaluator.allocation.counterfactuals.frontier import STEPS, UNEVEN, Rising, Sweep, budget_need, sweeps_of
from evaluator.allocation.counterfactuals.least_change import Path, least_to_beat
from evaluator.allocation.infeasible.conflict import conflict
from evaluator.allocation.model.below_minimum import refuse_below_minimum
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import Model, objective_terms, objectives_of, values_of
from evaluator.allocation.oracle.best import Best, Vector
from evaluator.allocation.oracle.oracle import Oracle
from evaluator.allocation.oracle.theme_bounds import ThemeMemory
from evaluator.allocation.oracle.ways_together import Found
from evaluator.allocation.search.turning_point import turning_point
from evaluator.records.results.allocation import Allocation, Candidate, Problem
from evaluator.records.results.counterfactuals import BidCase, Change, Need

Sweeps = Mapping[tuple[str, ...], Sequence[Sweep]]  # by the limits that rise
UNSWEPT: Sweeps = {}
Told = Mapping[tuple[str, Change], int]  # what is said of a bid's needs, to be checked on both sides before all else
NOTHING_TOLD: Told = {}
NOT_ALLOWED = "the rules do not allow it at any cost"
PREFERRED = "the published objectives prefer other bids, and the rules do not allow them all"
HIGHEST = 1000  # points beyond which no score is looked for where the score counts in more than one objective


class ByObjectives:
    """What would change the cases of the bids of one allocation, which share what is found out about their themes."""

    def __init__(
        self,
        problem: Problem,
        allocation: Allocation,
        memory: ThemeMemory,
        sweeps: Sweeps = UNSWEPT,
        steps: int = STEPS,
        told: Told = NOTHING_TOLD,
    ) -> None:
        self.problem, self.sweeps, self.steps, self.told = problem, dict(sweeps), steps, told
        self.candidates = {one.bid: one for one in problem.candidates}
        self.funded = frozenset(award.bid for award in allocation.awards)
        self.memory, self.awards = memory, frozenset((award.bid, award.level) for award in allocation.awards)
        self.objectives = objectives_of(problem)

    @cached_property
    def oracle(self) -> Oracle:
        """What answers about the problem as it was decided."""
        return Oracle(self.problem, self.awards, self.memory)

    @cached_property
    def best(self) -> Vector:
        """What the awards reach in every objective."""
        return values_of(self.oracle.model, self.oracle.awarded)

    def case(self, case: BidCase, greatest: int | None) -> BidCase:
        """Add what a funded bid could lose, or what another would have needed, and which other awards change then."""
        one = self.candidates[case.bid]
        best: Best | Found
        self._begin()
        if case.funded:
            best = self._best(self.problem, case.bid, funded=False)
            needs: tuple[Need, ...] = (self._score_to_lose(one, best),)
        else:
            best, needs = self._needed(one, greatest)
        self._begin()
        return with_others(replace(case, needs=needs), self.funded, None if best.infeasible else best.only_bids())

    def _best(self, problem: Problem, bid: str, *, funded: bool) -> Best | Found:
        """Give the best sets of a problem that fund a bid, or do not."""
        oracle = self.oracle if problem is self.problem else self.oracle.changed(problem)
        return oracle.best(forced_in=(bid,)) if funded else oracle.best(forced_out=(bid,))

    def _needed(self, one: Candidate, greatest: int | None) -> tuple[Best | Found, tuple[Need, ...]]:
        """Give what is best with a bid that is not funded, and what it would have needed."""
        lift = max(0, least_units(self.problem, one) - one.score)
        oracle = self._changed(scored(one, lift)) if lift else self.oracle
        inside = oracle.best(forced_in=(one.bid,))
        score = self._score_to_win(one, lift, oracle.model, inside)
        beyond = greatest is not None and (score.amount or 0) > greatest - one.score
        return inside, (replace(score, beyond=beyond), *(() if lift else self._money(one)))

    def _confirmed(self, bid: str, change: Change, turned: Callable[[int], bool | None]) -> int | None:
        """Give the amount that is said to turn a case, if it does and one unit less does not; None: look for it.

        To look for it there is as much work as where nothing is said.
        """
        self._begin()
        amount = self.told.get((bid, change))
        right = amount and turned(amount) and turned(amount - 1) is False
        self._begin()
        return amount if right else None

    def _begin(self) -> None:
        """Begin the account of the next question."""
        if "oracle" in self.__dict__:  # where all is counted there is none
            self.oracle.begin()

    def _changed(self, one: Candidate) -> Oracle:
        return self.oracle.changed(with_candidate(self.problem, one))

    def _score_to_win(self, one: Candidate, lift: int, model: Model, inside: Best) -> Need:
        """Find the fewest units of score at which every best set has the bid."""
        if not self._only_total_score(model, one):
            return self._score_by_trial(one, lift)
        compared = self._behind(inside, funded=True)
        if isinstance(compared, Need):
            return compared
        gap, level = compared
        return Need("score", "found", max(1, lift, lift + gap + (0 if level else 1)))

    def _behind(self, other: Best | Found, funded: bool) -> tuple[int, bool] | Need:
        """Say how many units the best set of a search is behind, and whether it would win at the same total score."""
        best, place = self.best, self.objectives.index("total_score")
        for number in range(place + 1):
            value = other.value_at(number)
            if value == "infeasible":
                rules, _ = conflict(other.model)
                why = "the rules do not allow it under any score" if funded else "the rules need it, whatever its score"
                return Need("score", "impossible", rules=rules, why=why)
            if value == "unknown":
                return Need("score", "not_established")
            if value != best[number] and number < place:
                decides = self.objectives[number].replace("_", " ")
                why = f"the objective {decides} comes before the score and decides"
                return Need("score", "impossible", why=why)
        assert isinstance(value, int)  # it is neither of the words
        gap = best[place] - value
        for number in range(place + 1, len(best)):
            value = other.value_at(number)
            if not isinstance(value, int):
                return Need("score", "not_established")
            if value != best[number]:
                return gap, value > best[number]
        return gap, False

    def _only_total_score(self, model: Model, one: Candidate) -> bool:
        """Whether the bid's score counts in the total score alone, so that its distance is what it needs."""
        moved = build(refuse_below_minimum(with_candidate(model.problem, scored(one, 1))))
        counts = [
            name
            for name in self.objectives
            if len(moved.choices) != len(model.choices) or objective_terms(model, name) != objective_terms(moved, name)
        ]
        return counts == ["total_score"]

    def _score_by_trial(self, one: Candidate, lift: int) -> Need:
        """Find the units of score where they count in another objective, or in several."""
        at = cache(lambda more: self._changed(scored(one, lift + more)))
        if at(0).best(forced_in=(one.bid,)).infeasible:
            return Need("score", "impossible", why="the rules do not allow it under any score")
        more = least_to_beat(Path(one.bid, at, HIGHEST * self.problem.score_unit), self.best, 0)
        if more == "never":
            return Need("score", "impossible", why="no score would be enough by the published objectives")
        return found("score", lift + more if isinstance(more, int) else None)

    def _score_to_lose(self, one: Candidate, outside: Best | Found) -> Need:
        """Find how many units of score a funded bid would have to lose to be no longer sure of its award."""
        if not self._only_total_score(self.oracle.model, one):
            return self._score_to_lose_by_trial(one, outside)
        minimum = least_units(self.problem, one)
        to_minimum = one.score - minimum + 1 if minimum else None  # units that take it below the published minimum
        compared = self._behind(outside, funded=False)
        if isinstance(compared, Need):
            return Need("score", "found", to_minimum) if to_minimum and compared.verdict == "impossible" else compared
        gap, _ = compared
        equal = outside.values()
        if equal is None:
            return Need("score", "not_established")
        place = self.objectives.index("total_score")
        sure_when_level = self.best[place + 1 :] > equal[place + 1 :]
        amount = gap + (1 if sure_when_level else 0)
        if to_minimum is None and amount > one.score:
            return Need("score", "impossible", why="it would be funded even with no points at all")
        return Need("score", "found", amount if to_minimum is None else min(amount, to_minimum))

    def _score_to_lose_by_trial(self, one: Candidate, outside: Best | Found) -> Need:
        theirs = outside.values()
        minimum = least_units(self.problem, one)
        if theirs is None:
            return Need("score", "not_established")

        def lost(less: int) -> bool | None:
            if one.score - less < minimum:
                return True
            answer = self._changed(scored(one, -less)).best(forced_in=(one.bid,)).beats(theirs)
            return None if answer is None else not answer

        if lost(0):
            return Need("score", "found", 0)
        everything = one.score - minimum + 1 if minimum else one.score
        answer = lost(everything)
        if answer is False:
            return Need("score", "impossible", why="it would be funded even with no points at all")
        return found("score", turning_point(lost, 0, everything) if answer else None)

    def _money(self, one: Candidate) -> tuple[Need, Need]:
        """Find what cut of the cost, and what rise of the budgets, would fund a bid."""
        even = min(cost // 100 for level in one.levels for cost in level.costs)
        cut = Path(one.bid, cache(lambda pounds: self._changed(cheaper(one, pounds))), even)
        return self._cost_to_cut(one, cut), self._budget_to_add(one)

    def _cost_to_cut(self, one: Candidate, path: Path) -> Need:
        """Find by how many pounds, in each year, a bid would have to be cheaper, its score and all else as they are."""

        def turned(cut: int) -> bool | None:
            return path.at(cut).best(forced_in=(one.bid,), reach=self.best[0]).beats(self.best)

        told = self._confirmed(one.bid, "cost", turned)
        if told is not None:
            return Need("cost", "found", told)
        least = least_to_beat(path, self.best, 1) if path.most else "unknown"
        if isinstance(least, int):
            return Need("cost", "found", least)
        whole = max(-(-cost // 100) for level in one.levels for cost in level.costs)
        answer = turned(whole)  # from here on the change is uneven, because costs stop at nought
        if answer is None:
            return Need("cost", "not_established")
        if not answer:
            never = path.at(whole).best(forced_in=(one.bid,)).infeasible
            return Need("cost", "impossible", why=NOT_ALLOWED if never else PREFERRED)
        return found("cost", turning_point(turned, path.most if least == "never" else 0, whole))

    def _budget_to_add(self, one: Candidate) -> Need:
        """Find by how many pounds, in each year, the limits of money that bear on a bid would have to be higher."""
        names = limits_on(self.problem, one)
        if not names:
            return Need("budget", "impossible", why="no published budget bears on it")
        rising = Rising(self.oracle, names)
        if not rising.even:
            return Need("budget", "not_established", why=UNEVEN)
        if names not in self.sweeps:
            self.sweeps[names] = sweeps_of(rising, self.steps)
        return budget_need(one.bid, names, self.sweeps[names])
