"""Rules that go by the order of merit as rows: which awards wait for which bid, and when that bid may be passed over.

A worse-ranked bid is funded only if the better-ranked is, or one of its grounds holds. A ground is a variable of its
own, which may be one only where the awards that count for the better-ranked bid, and this bid with them, break one
limit: in whole numbers, so that a ground is a limit turned round. Since the limit itself is kept, the worse-ranked
awards then use less of it than the better-ranked bid would. That is written as well: without it a solver sees little.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction

from evaluator.allocation.model.choice_index import ChoiceIndex, counted, themes_of
from evaluator.allocation.model.model import Model, Row
from evaluator.allocation.model.order import key_of
from evaluator.records.programme.rules import EXCLUDES, TRAITS, FundFirst, MeritOrder, RankRule
from evaluator.records.results.allocation import Candidate

Tried = list[tuple[Row, int]]
GROUND = "ground"  # the kind of the row that says when a ground holds
MONEY = ("budget", "year_budget", "theme_budget")  # what ``unaffordable`` is about


def merit_order(index: ChoiceIndex, rule: MeritOrder) -> Iterator[Row]:
    """Let awards wait for the better-ranked bids of their theme."""
    for theme in themes_of(index.problem, rule.theme):
        yield from InOrder(index, rule, theme).rows()


def counts_awards(index: ChoiceIndex, ground: "Ground") -> bool:
    """Whether a ground is a limit on a number of awards, of which the bid that it stops would be one, and alone."""
    return not index.linked and ground.more == 1 and all(weight == 1 for _, weight in ground.row.terms)


def left_over(index: ChoiceIndex, row: Row) -> int:
    """Count the bids that are not funded where as many are as a limit on awards allows.

    No more of them are ever passed over on it: a bid is only where as many others are funded as it allows.
    """
    return len({index.choices[at].candidate.bid for at, _ in row.terms}) - (row.most or 0)


def fund_first(index: ChoiceIndex, rule: FundFirst) -> Iterator[Row]:
    """Fund every bid that is up to a rank, or from a score on, and could be funded by itself."""
    for theme in themes_of(index.problem, rule.theme):
        its = candidates_of(index, theme)
        for one in its:
            if index.lowest_alone(one.bid) is not None and _is_first(index, rule, its, one):
                yield Row(rule.id, rule.kind, theme, counted(index.at_bid[one.bid]), least=1)


def _is_first(index: ChoiceIndex, rule: FundFirst, its: Sequence[Candidate], one: Candidate) -> bool:
    if rule.score is not None:
        return one.score >= Fraction(rule.score) * index.problem.score_unit
    place = one.rank if one.by_index else 1 + sum(other.merit < one.merit for other in its)
    return place <= (rule.rank or 0)


def candidates_of(index: ChoiceIndex, theme: str) -> list[Candidate]:
    """List the candidates of a theme, in order of bid."""
    return list(dict.fromkeys(index.choices[at].candidate for at in index.at_theme.get(theme, ())))


@dataclass(frozen=True, slots=True)
class Ground:
    """A limit that may stop a bid: its row, the variable that says so, and what the bid would use of it."""

    row: Row
    variable: int
    more: int


@dataclass(frozen=True, slots=True)
class Place:
    """A bid in its theme's order, its grounds, and whether it can be waited for at all."""

    candidate: Candidate
    grounds: tuple[Ground, ...] = ()
    binds: bool = False


class InOrder:
    """One theme in its order of merit.

    Parameters
    ----------
    index : with its limits.
    known : what is tried for each bid, shared with orders in which nothing but scores is different.
    """

    def __init__(self, index: ChoiceIndex, rule: MeritOrder, theme: str, known: dict[str, Tried] | None = None) -> None:
        self.index, self.rule = index, rule
        self.known = {} if known is None else known
        self.key = key_of(rule, index.problem.score_unit)
        self.gap = Fraction(rule.max_gap) * index.problem.score_unit
        ordered = sorted(candidates_of(index, theme), key=lambda one: (self.key(one), one.bid))
        self.keys = [self.key(one) for one in ordered]
        self.ordered = ordered
        self.at = {one.bid: at for at, one in enumerate(ordered)}

    def rows(self) -> Iterator[Row]:
        """Write who waits for whom; where all wait for another bid that waits itself, that is enough."""
        bids = [self.place(at) for at in range(len(self.ordered))]
        ends = [self._from(at) for at in range(len(bids))]
        firm = [at for at, one in enumerate(bids) if one.binds and not one.grounds]
        for at, one in enumerate(bids):
            if one.binds:
                start = ends[at]
                after = bisect_left(firm, start)
                end = ends[firm[after]] if after < len(firm) else len(bids)
                yield from self._of_bid(one, self.ordered[start:end], self._behind(at))

    def _of_bid(self, one: Place, waiting: Sequence[Candidate], behind: int) -> Iterator[Row]:
        """Write when the grounds of a bid hold, and who waits for it."""
        for ground in one.grounds:
            yield self._turned_round(ground, one.candidate)
            yield from self._implied(ground, behind)
        users = [self._users(ground) for ground in one.grounds]
        for other in waiting:
            yield self._waits(other, one, one.grounds)
            used = {ground.variable: ground for ground, its in zip(one.grounds, users, strict=True) if other.bid in its}
            if used:
                left = [ground for ground in one.grounds if ground.variable not in used]
                yield self._waits(other, one, left, tuple(dict.fromkeys(each.row.rule for each in used.values())))

    def _waits(self, other: Candidate, one: Place, grounds: Sequence[Ground], needs: tuple[str, ...] = ()) -> Row:
        less = (*self.index.at_bid[one.candidate.bid], *(ground.variable for ground in grounds))
        terms = (*counted(self.index.at_bid[other.bid]), *((at, -1) for at in less))
        return Row(self.rule.id, self.rule.kind, one.candidate.bid, terms, most=0, needs=needs)

    def _users(self, ground: Ground) -> set[str]:
        """Name the bids that use at least as much of a limit as the one that it may stop."""
        weights, choices = dict(ground.row.terms), self.index.choices
        bids = {choices[at].candidate.bid for at in weights}
        return {bid for bid in bids if min(weights.get(at, 0) for at in self.index.at_bid[bid]) >= ground.more}

    def _implied(self, ground: Ground, behind: int) -> Iterator[Row]:
        """Let worse-ranked awards use less of a limit than the bid that it stops."""
        choices = self.index.choices
        places = ((self.at.get(choices[at].candidate.bid, -1), at, weight) for at, weight in ground.row.terms if weight)
        worse = sorted(one for one in places if one[0] >= behind)
        most: dict[int, int] = {}  # of each bid, at the dearest of its levels
        for number, _, weight in worse:
            most[number] = max(weight, most.get(number, 0))
        everything = sum(most.values())
        if everything >= ground.more:
            over = (ground.variable, everything - ground.more + 1)
            needs = (ground.row.rule,) if ground.row.rule else ()
            terms = (*((at, weight) for _, at, weight in worse), over)
            yield Row(self.rule.id, "implied", ground.row.subject, terms, most=everything, needs=needs)

    def worse(self, at: int) -> Sequence[Candidate]:
        """List the worse-ranked bids."""
        return self.ordered[self._behind(at) :]

    def _behind(self, at: int) -> int:
        """Say from which place on bids are worse-ranked."""
        return bisect_right(self.keys, self.keys[at])

    def _from(self, at: int) -> int:
        """Say from which place on bids wait for this one."""
        places = range(at + 1, len(self.ordered))
        return next((place for place in places if self.waits(self.ordered[place], self.ordered[at])), places.stop)

    def waits(self, worse: Candidate, better: Candidate) -> bool:
        """Whether one bid waits for another: it is worse-ranked, and further behind than the gap."""
        within = bool(self.gap) and better.score - worse.score <= self.gap
        return self.key(worse) > self.key(better) and not within

    def place(self, at: int) -> Place:
        """Say whether the bid at a place can be waited for, and what may be a ground to pass it over."""
        one = self.ordered[at]
        if self.index.lowest_alone(one.bid) is None or self._from(at) == len(self.ordered):
            return Place(one)
        grounds: list[Ground] = []
        for row, more in self.tried(one.bid):
            if more > (row.most or 0):
                return Place(one)  # whatever else is funded
            if more + sum(weight for _, weight in self._beside(row, at)) > (row.most or 0):
                grounds.append(Ground(row, self.index.new_variable(), more))
        return Place(one, tuple(grounds), binds=True)

    def tried(self, bid: str) -> list[tuple[Row, int]]:
        """List the limits that may be a ground for a bid, with what it uses of each together with its partners."""
        if bid not in self.known:
            self.known[bid] = self._tried(bid)
        return self.known[bid]

    def _tried(self, bid: str) -> Tried:
        used: dict[int, int] = {}
        for at in self.added(bid).values():
            for number, weight in self.index.limits_on[at]:
                used[number] = used.get(number, 0) + weight
        rows = ((self.index.limits[number], more) for number, more in sorted(used.items()))
        return [(row, more) for row, more in rows if more and self._counts(row)]

    def stopped_by(self, bid: str, funded: Set[int]) -> list[tuple[Row, int]]:
        """List the grounds that hold for a bid beside what is funded, each with its sum when the bid is tried."""
        at = self.at[bid]
        sums = (
            (row, more + sum(weight for place, weight in self._beside(row, at) if place in funded))
            for row, more in self.tried(bid)
        )
        return [(row, after) for row, after in sums if after > (row.most or 0)]

    def added(self, bid: str) -> dict[str, int]:
        """Give what is tried for a bid: its lowest usable level, and that of each bid that is linked with it."""
        found, waiting = {}, [bid]
        while waiting:
            one = waiting.pop()
            if one not in found and one in self.index.at_bid:
                found[one] = self.index.lowest(one)
                waiting += [other for bids in self.index.linked if one in bids for other in bids]
        return found

    def _beside(self, row: Row, at: int) -> Iterator[tuple[int, int]]:
        """Give what awards that count for the bid at a place use of a limit: of other themes, and not worse-ranked."""
        added, behind = self.added(self.ordered[at].bid), self._behind(at)
        for place, weight in row.terms:
            bid = self.index.choices[place].candidate.bid
            if bid not in added and self.at.get(bid, -1) < behind:
                yield place, weight

    def _counts(self, row: Row) -> bool:
        """Whether a limit can be a ground of this rule."""
        if row.kind in MONEY:
            return self.rule.unaffordable == "pass_over" and row.most is not None
        if row.kind == "linked" and row.least is not None:
            return False  # all of them are tried together; only without some that cannot be funded is the link broken
        named = row.kind == EXCLUDES or (row.kind in TRAITS and TRAITS[row.kind].is_ground)
        return named and row.rule in self.rule.passes_over

    def _turned_round(self, ground: Ground, one: Candidate) -> Row:
        """Let a ground hold only where the limit is broken, counting other themes and what is at or above the bid."""
        terms = self._beside(ground.row, self.at[one.bid])
        needed = (ground.row.most or 0) + 1 - ground.more
        return Row("", GROUND, ground.row.subject, ((ground.variable, -needed), *terms), least=0)


def in_order(model: Model) -> Iterator[InOrder]:
    """Give each theme that has an order of merit, rule by rule."""
    index = ChoiceIndex(model.problem, model.choices)
    ranked = {rule.id for rule in model.problem.rules if isinstance(rule, RankRule)}
    index.limits = tuple(row for row in model.rows if row.rule not in ranked and row.kind != GROUND)
    for rule in (rule for rule in model.problem.rules if isinstance(rule, MeritOrder)):
        for theme in themes_of(model.problem, rule.theme):
            yield InOrder(index, rule, theme)
