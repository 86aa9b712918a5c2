"""One bid's case where themes go down an order of merit: each change is decided by solving with the bid in and out.

A bid's place moves with its score, and who must wait for whom with it: so sets without the bid change too, and money
may take sets away as well as add them. Only this is used: with more points a bid that is surely funded stays so. It
waits for fewer bids and more wait for it, every ground on which it can be passed over needs more, and those on which
others are need less.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property, partial

from evaluator.allocation.counterfactuals.by_objectives import NOT_ALLOWED, PREFERRED, ByObjectives, Told
from evaluator.allocation.counterfactuals.changes import (
    cheaper,
    found,
    least_units,
    limits_on,
    raised,
    scored,
    with_candidate,
)
from evaluator.allocation.counterfactuals.frontier import KEPT_OUT
from evaluator.allocation.merit_reasons import Turn, turns_of
from evaluator.allocation.model.model import Chosen
from evaluator.allocation.oracle.best import Best
from evaluator.allocation.oracle.ways_in_order import MOST_WAYS, WaysInOrder
from evaluator.allocation.oracle.ways_together import Found, TooManyError
from evaluator.allocation.search.turning_point import turning_point
from evaluator.records.programme.rules import FundFirst, MeritOrder
from evaluator.records.results.allocation import Candidate, Problem
from evaluator.records.results.counterfactuals import Need

DESCENTS = 12  # better sets taken one after the other before the way between two amounts is halved
BEFORE = "better-ranked bids of its theme come before it"
ALWAYS = "it would be funded even with no points at all"
BY_INDEX = "an index ranks its theme, and points alone do not say where it would stand"


def goes_by_merit(problem: Problem) -> bool:
    """Whether a rule of the problem goes by the order of merit."""
    return any(isinstance(rule, MeritOrder | FundFirst) for rule in problem.rules)


class ByMerit(ByObjectives):
    """What would change the cases of the bids of one allocation under an order of merit."""

    last: tuple[Problem, WaysInOrder] | None = None  # the last changed problem, with its ways
    asked: tuple[Candidate, Callable[[int], bool | None]] | None = None  # the last bid whose score was asked about

    @cached_property
    def ways(self) -> WaysInOrder | None:
        """Every way down the orders of merit, where they are few enough to be listed."""
        try:
            return WaysInOrder(self.problem)
        except TooManyError:
            return None

    def _best(self, problem: Problem, bid: str, *, funded: bool) -> Best | Found:
        """Give the best sets of a problem that fund a bid, or do not."""
        try:
            if self.ways is not None:
                return self._listed(problem).best(bid, funded=funded)
        except TooManyError:
            pass
        oracle = self.oracle if problem is self.problem else self.oracle.changed(problem)
        return oracle.best(forced_in=(bid,)) if funded else oracle.best(forced_out=(bid,))

    def _listed(self, problem: Problem) -> WaysInOrder:
        """Give every way of a changed problem; of the last one asked about they are at hand."""
        if self.ways is None:
            raise TooManyError
        if problem is self.problem:
            return self.ways
        if self.last is None or self.last[0] is not problem:
            self.last = problem, self.ways.changed(problem)
        return self.last[1]

    @cached_property
    def _best_of_all(self) -> Found:
        if self.ways is None:
            raise TooManyError
        return self.ways.best()

    @cached_property
    def _sure_with(self) -> Callable[[tuple[str, ...], int], frozenset[str] | None]:
        """Give the bids that every best set funds where limits are so many pounds higher; None: that is not counted.

        One count answers for every bid that these limits bear on.
        """

        def sure(names: tuple[str, ...], pounds: int) -> frozenset[str] | None:
            try:
                if not names:
                    return self._best_of_all.sure
                return self._listed(raised(self.problem, names, pounds)).best().sure
            except TooManyError:
                return None

        return cache(sure)

    def only(self, amounts: Told) -> Told:
        """Give those amounts of which a case that turns at one turns at no other, so that every search ends there.

        With more points a bid stays funded. A floor may ask for the money that a bid made cheaper no longer costs, and
        more money can go to others, so that either can turn a case back.
        """
        if self.ways is None or any(len(one.each) > MOST_WAYS // 4 for one in self.ways.ways.values()):
            return {}  # of another score they may be too many to be listed
        return {key: amount for key, amount in amounts.items() if key[1] == "score"}

    @cached_property
    def _only_limits(self) -> bool:
        """Whether what bids cost counts towards limits and floors alone: no share, ground or first objective."""
        of_money = {one.id: one.traits.counts for one in self.problem.rules if one.traits.counts in ("money", "share")}
        plain = "share" not in of_money.values() and "score_by_money" not in self.objectives
        stops = all(
            one.unaffordable == "stop" and of_money.keys().isdisjoint(one.passes_over) for one in self._orders()
        )
        return plain and stops and self.problem.amounts is None

    @cached_property
    def turns(self) -> Mapping[str, Turn]:
        """Whose turn it was, by bid, among the awards as they are."""
        model = self.ways.model if self.ways else self.oracle.model
        return turns_of(
            model, [at for at, one in enumerate(model.choices) if (one.candidate.bid, one.level.name) in self.awards]
        )

    def _needed(self, one: Candidate, greatest: int | None) -> tuple[Best | Found, tuple[Need, ...]]:
        """Give what is best with a bid that is not funded, and what it would have needed."""
        lift = max(0, least_units(self.problem, one) - one.score)
        problem = with_candidate(self.problem, scored(one, lift)) if lift else self.problem
        inside = self._best(problem, one.bid, funded=True)
        score = self._score_that_wins(one, lift)
        beyond = greatest is not None and (score.amount or 0) > greatest - one.score
        needs = (replace(score, beyond=beyond),)
        if lift:
            return inside, needs
        # More money goes to those before it, and they say how much.
        cut = self._cut(one)
        rise = () if self._waits(one) else (self._rise(one, cut.amount),)
        return inside, (*needs, cut, *rise)

    def _sure(self, bid: str, problem: Problem) -> bool | None:
        """Whether every best set of a changed problem funds a bid; None where that is not known."""
        try:
            return self._listed(problem).sure(bid)
        except TooManyError:
            pass
        oracle = self.oracle.changed(problem)
        inside, outside = oracle.best(forced_in=(bid,)), oracle.best(forced_out=(bid,))
        for number in range(len(self.objectives)):
            mine, theirs = inside.value_at(number), outside.value_at(number)
            if mine == "infeasible":
                return False
            if theirs == "infeasible":
                return True
            if mine == "unknown" or theirs == "unknown":
                return None
            if mine != theirs:
                return mine > theirs
        return False

    def _sure_at(self, one: Candidate) -> Callable[[int], bool | None]:
        if self.asked is None or self.asked[0] is not one:
            self.asked = one, cache(partial(self._sure_scored, one))
        return self.asked[1]

    def _sure_scored(self, one: Candidate, more: int) -> bool | None:
        if not more:
            return self._sure_raised(one.bid, (), 0)
        return self._sure(one.bid, with_candidate(self.problem, scored(one, more)))

    def _sure_raised(self, bid: str, names: tuple[str, ...], pounds: int) -> bool | None:
        sure = self._sure_with(names, pounds)
        if sure is not None:
            return bid in sure
        return self._sure(bid, raised(self.problem, names, pounds) if names else self.problem)

    def _sure_cheaper(self, one: Candidate, sets: dict[int, Chosen], pounds: int) -> bool | None:
        """Whether every best set funds a bid that is so many pounds cheaper in each year; such a set is noted.

        Where money is no ground for passing others over, and others wait for the bid as it is, none of the sets without
        it looks at what it costs: the best of them is the best of all, since no award is made to it.
        """
        problem = with_candidate(self.problem, cheaper(one, pounds))
        try:
            if self.ways is not None and self._only_limits and self.ways.index.lowest_alone(one.bid) is not None:
                best = self._best_of_all
                inside = self._listed(problem).best(one.bid, beyond=best.worth)
                if inside.infeasible or (inside.values() or ()) <= (best.values() or ()):
                    return False
                sets[pounds] = inside.first() or ()
                return True
        except TooManyError:
            pass
        return self._sure(one.bid, problem)

    def _score_that_wins(self, one: Candidate, lift: int) -> Need:
        if one.by_index:
            return Need("score", "not_established", why=BY_INDEX)
        sure = self._sure_at(one)
        told = self._confirmed(one.bid, "score", sure)
        if told is not None:
            return Need("score", "found", told)
        marks = [mark for mark in self._marks(one) if mark > lift]
        first = max((lift, *marks))
        steps = [lift, *(mark for mark in marks if mark < first), first]
        likely = self._just_ahead(steps, min(self._scores(one, funded=True), default=None), one)
        if likely is not None and sure(steps[likely]):
            del steps[likely + 1 :]
        while not sure(steps[-1]):
            if sure(steps[-1]) is None:
                return Need("score", "not_established")
            if steps[-1] > first + self._most():
                return Need("score", "impossible", why="the rules do not allow it under any score")
            steps.append(2 * steps[-1] + 1 if steps[-1] < first + self._most() else steps[-1] + 1)
        if lift and sure(lift):
            return Need("score", "found", lift)
        return found("score", self._between(one, steps, likely))

    def _scores(self, one: Candidate, *, funded: bool) -> list[int]:
        """List the scores of the other bids of a theme that are funded, or are not."""
        its = (other for other in self.problem.candidates if other.theme == one.theme and other is not one)
        return [other.score for other in its if (other.bid in self.funded) == funded]

    def _just_ahead(self, steps: Sequence[int], score: int | None, one: Candidate) -> int | None:
        """Give the step at which a bid is just ahead of a score: there most decisions turn."""
        ahead = 1 if score is None else score - one.score + 1
        return steps.index(ahead) if score is not None and ahead in steps else None

    def _most(self) -> int:
        """Give a score that outweighs every other bid together."""
        return sum(max(0, one.score) for one in self.problem.candidates) + 1

    def _between(self, one: Candidate, steps: Sequence[int], likely: int | None) -> int | None:
        """Find the turning point among the scores at which a place changes, and then between two of them."""
        sure = self._sure_at(one)
        at = turning_point(lambda number: sure(steps[number]), 0, len(steps) - 1, likely)
        if at is None or steps[at] - steps[at - 1] == 1:
            return None if at is None else steps[at]
        counted = self._counted(one, steps[at - 1])
        if counted is not None:
            return min(counted, steps[at])
        return turning_point(sure, steps[at - 1], steps[at])

    def _counted(self, one: Candidate, start: int) -> int | None:
        """Count how many units win while no place changes, where a unit of the bid is one of the first objective.

        Without a set that funds the bid none do: then it is more than any.
        """
        if self.objectives[0] != "total_score" or any(name.startswith("score_by") for name in self.objectives):
            return None
        try:
            ways = self._listed(with_candidate(self.problem, scored(one, start)))
            inside, outside = ways.best(one.bid), ways.best(one.bid, funded=False)
        except TooManyError:
            return None
        if inside.worth is None or outside.worth is None:
            return start + self._most()
        return start + outside.worth - inside.worth + (0 if inside.later > outside.later else 1)

    def _marks(self, one: Candidate) -> list[int]:
        """List how many units of score more, or fewer, change a bid's place beside another of its theme."""
        gaps = {0, *(int(rule.max_gap * self.problem.score_unit) for rule in self._orders())}
        edges = [int(edge * self.problem.score_unit) for rule in self._orders() for edge in rule.bands]
        others = [other.score for other in self.problem.candidates if other.theme == one.theme and other is not one]
        level = {edge - one.score for edge in edges} | {
            score - one.score + sign * gap for score in others for gap in gaps for sign in (1, -1)
        }
        return sorted({mark + step for mark in level for step in (0, 1)})

    def _orders(self) -> Iterator[MeritOrder]:
        return (rule for rule in self.problem.rules if isinstance(rule, MeritOrder))

    def _score_to_lose(self, one: Candidate, outside: Best | Found) -> Need:  # noqa: ARG002 - without it sets differ too
        """Find how many units of score a funded bid would have to lose to be no longer sure of its award."""
        if one.by_index:
            return Need("score", "not_established", why=BY_INDEX)
        minimum = least_units(self.problem, one)
        sure, low = self._sure_at(one), minimum - one.score
        if not sure(0):
            return Need("score", "found" if sure(0) is not None else "not_established", 0)
        told = self._confirmed(one.bid, "score", lambda less: self._lost(sure, less, low, minimum))
        if told is not None:
            return Need("score", "found", told)
        steps = [low, *(mark for mark in self._marks(one) if low < mark < 0), 0]
        behind = [score for score in self._scores(one, funded=False) if score <= one.score]
        likely = self._just_ahead(steps, max(behind, default=None), one)
        turns = likely is not None and likely > 1 and sure(steps[likely - 2]) is False
        if low >= 0 or (not turns and sure(low)):
            return Need("score", "found", 1 - low) if minimum else Need("score", "impossible", why=ALWAYS)
        least = self._between(one, steps, likely)
        return found("score", None if least is None else 1 - least)

    def _lost(self, sure: Callable[[int], bool | None], less: int, low: int, minimum: int) -> bool | None:
        """Whether so many units less take an award away: below the published minimum any do."""
        if less > -low:
            return True if minimum else None
        answer = sure(-less)
        return None if answer is None else not answer

    def _cut(self, one: Candidate) -> Need:
        """Find by how many pounds, in each year, a bid would have to be cheaper, its place and all else as they are."""
        whole = max(-(-cost // 100) for level in one.levels for cost in level.costs)
        sets: dict[int, Chosen] = {}
        sure = cache(partial(self._sure_cheaper, one, sets))
        told = self._confirmed(one.bid, "cost", sure)
        if told is not None:
            return Need("cost", "found", told)
        if sure(whole):
            return found("cost", self._descended(sure, sets, whole))
        if sure(whole) is None:
            return Need("cost", "not_established")
        if self._waits(one):
            return Need("cost", "impossible", why=BEFORE)
        changed = with_candidate(self.problem, cheaper(one, whole))
        never = self._best(changed, one.bid, funded=True).value_at(0) == "infeasible"
        return Need("cost", "impossible", why=NOT_ALLOWED if never else PREFERRED)

    def _descended(self, sure: Callable[[int], bool | None], sets: Mapping[int, Chosen], high: int) -> int | None:
        """Find a turning point below an amount that turns the case: what a set needs that wins there is tried next."""
        for _ in range(DESCENTS):
            if high not in sets:
                break
            least = min(high, max(1, self._beyond(sets[high])))
            less = sure(least - 1)
            if less is None:
                return None
            if not less:
                return least if sure(least) else turning_point(sure, least, high)
            high = least - 1
        return turning_point(sure, 0, high)

    def _beyond(self, chosen: Chosen) -> int:
        """Give the pounds in a year by which a set exceeds the limits of money as they are."""
        assert self.ways is not None
        taken, years = frozenset(chosen), max(1, len(self.problem.years))
        over = [
            -(-(sum(weight for at, weight in row.terms if at in taken) - row.most) // (1 if row.year else years))
            for row in self.ways.index.limits
            if row.unit == "money" and row.most is not None
        ]
        return -(-max(over, default=0) // 100)

    def _rise(self, one: Candidate, likely: int | None) -> Need:
        """Find by how many pounds, in each year, the limits of money that bear on a bid would have to be higher.

        That is often as much as the bid would have to be cheaper.
        """
        names = limits_on(self.problem, one)
        if not names:
            return Need("budget", "impossible", why="no published budget bears on it")
        enough = sum(-(-max(level.cost for level in each.levels) // 100) for each in self.problem.candidates)
        sure = partial(self._sure_raised, one.bid, names)
        told = self._confirmed(one.bid, "budget", sure)
        if told is not None:
            return Need("budget", "found", told, names)
        if sure(enough):
            amount = turning_point(sure, 0, enough, likely)
            return Need("budget", "not_established") if amount is None else Need("budget", "found", amount, names)
        if sure(enough) is None:
            return Need("budget", "not_established")
        stopped = self.turns[one.bid].stopped_by if one.bid in self.turns else ()
        rules = tuple(dict.fromkeys(row.rule for row, _ in stopped if row.rule not in names))
        return Need("budget", "impossible", rules=rules, why=KEPT_OUT)

    def _waits(self, one: Candidate) -> bool:
        return one.bid in self.turns and self.turns[one.bid].where == "waiting"
