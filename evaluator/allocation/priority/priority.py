"""Best score first: the published order, bid by bid, and every outcome where equal bids compete for the last money.

Bids are taken in order of score over all themes, which within a theme is the theme's own order. Only limits can be
kept on the way; what asks for at least something, and shares of what is awarded, are looked at when the list is done.
Where leftovers are published, the list is then gone through once more without the themes' budgets: what is left goes to
the best bids not yet funded.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby, islice

from evaluator.allocation.model.decided import Decided
from evaluator.allocation.model.model import Model
from evaluator.allocation.model.order import TELL_BIDS_APART
from evaluator.allocation.model.usage import Usage, ends_before_leftovers
from evaluator.allocation.proof.awards import by_name, holds
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.programme.money.amounts import Amounts
from evaluator.records.results.allocation import Candidate, Status

WORK_CAP = 4_000_000  # branches times choices after which no further order of equal bids is tried


State = tuple[int, frozenset[int], frozenset[str], frozenset[int]]


@dataclass
class Walk:
    """How far one order of the bids has got: what it used, the themes it stopped, and its place in the list."""

    usage: Usage
    stopped: set[str] = field(default_factory=set)
    group: int = 0
    waiting: tuple[str, ...] | None = None  # bids of the group under way; None: the group has not begun
    later: set[int] = field(default_factory=set)  # choices paid from leftovers

    def copy(self, waiting: Iterable[str]) -> "Walk":
        """Give a second walk that goes its own way from here."""
        return Walk(self.usage.copy(), set(self.stopped), self.group, tuple(waiting), set(self.later))

    @property
    def state(self) -> State:
        """Everything that what is still to come depends on."""
        return self.group, frozenset(self.usage.chosen), frozenset(self.stopped), frozenset(self.later)

    @property
    def end(self) -> tuple[tuple[int, ...], frozenset[int]]:
        """Where it has come to: the choices, and those of them that are paid from leftovers."""
        return tuple(sorted(self.usage.chosen)), frozenset(self.later)


@dataclass(frozen=True)
class Outcomes:
    """The sets that the published order leads to, what each pays from leftovers, and whether these are all.

    ``offers``: by bid, the sums in pence of part awards that it would be offered and that are none of its levels.
    """

    later: Mapping[tuple[int, ...], frozenset[int]]
    complete: bool
    offers: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def sets(self) -> tuple[tuple[int, ...], ...]:
        """The sets, in the order found."""
        return tuple(self.later)


def rank_of(policy: AllocationPolicy) -> Callable[[Candidate], tuple[int, ...]]:
    """Give the place of a bid in the order: best score first, then each tie-break that tells single bids apart."""
    keys = [TELL_BIDS_APART[name] for name in policy.tie_break if name in TELL_BIDS_APART]
    return lambda one: (-one.score, *(key(one) for key in keys))


def decide(model: Model) -> Decided:
    """Follow the published order: give the sets it leads to that keep every rule, or where it leads if none does."""
    outcomes = walk_the_list(model)
    sets = by_name(model, outcomes.sets)
    feasible = tuple(chosen for chosen in sets if holds(model, chosen, outcomes.later[chosen]))
    status: Status = "proven" if feasible else "infeasible"
    return Decided(status, feasible or sets, outcomes.complete, leftovers=outcomes.later)


def walk_the_list(model: Model) -> Outcomes:
    """Fund the bids in the published order; where the order leaves competing bids equal, in each of their orders.

    A bid is funded at the highest level that fits. ``skip`` passes over a bid that does not fit; ``stop`` then funds
    no further bid of its theme.
    """
    order = PublishedOrder(model)
    ends: dict[tuple[int, ...], frozenset[int]] = {}
    open_walks, work = [Walk(Usage(model))], 0
    seen: set[State] = set()
    while open_walks and len(ends) <= order.cap:  # one more than the cap shows that there are more
        walk = open_walks.pop()
        branches = order.follow(walk)
        work += len(branches) * len(model.choices)
        if work > WORK_CAP:
            order.finish(branches[0])
            ends.setdefault(*branches[0].end)
            return Outcomes(ends, complete=False, offers=order.offers)
        if not branches:
            ends.setdefault(*walk.end)
        new = [branch for branch in branches if branch.state not in seen]
        seen.update(branch.state for branch in new)
        open_walks += reversed(new)
    listed = dict(islice(ends.items(), order.cap))
    return Outcomes(listed, complete=len(listed) == len(ends) and not order.cut_short, offers=order.offers)


class PublishedOrder:
    """The bids of a model in the order published, and how to go through them."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.stop = model.problem.policy.on_unaffordable == "stop"
        self.cap = model.problem.policy.most_tied
        candidates = dict.fromkeys(choice.candidate for choice in model.choices)
        self.themes = {candidate.bid: candidate.theme for candidate in candidates}
        self.ranks = {candidate.bid: candidate.rank for candidate in candidates}
        self.places = {  # of each bid's choices, the highest level first
            bid: sorted(its, key=lambda at: (-model.choices[at].level.score, -model.choices[at].level.cost, at))
            for bid, its in model.places.items()
        }
        rank = rank_of(model.problem.policy)
        within = model.problem.in_rank_order
        ordered = sorted(candidates, key=lambda one: (rank(one), one.rank if within else 0, one.bid))
        self.groups = [tuple(one.bid for one in equal) for _, equal in groupby(ordered, key=rank)]
        self.leftovers_from = len(self.groups)
        if model.problem.policy.leftovers:
            self.groups += self.groups
        self.cut_short = False
        amounts = model.problem.amounts
        self.amounts = amounts if amounts and amounts.rest == "offered" else None
        self.offers: dict[str, frozenset[int]] = {}

    def follow(self, walk: Walk) -> list[Walk]:
        """Go on until the list is done, or until the order of equal bids matters: then give a walk for each of them."""
        while walk.group < len(self.groups):
            waiting = list(self.groups[walk.group] if walk.waiting is None else walk.waiting)
            waiting = self._settled(walk, waiting)
            if len(waiting) > 1:
                return self._branches(walk, waiting)
            self._take(walk, waiting)
            walk.group, walk.waiting = walk.group + 1, None
        return []

    def finish(self, walk: Walk) -> None:
        """Go on to the end with equal bids in order of their names."""
        while walk.group < len(self.groups):
            self._take(walk, self.groups[walk.group] if walk.waiting is None else walk.waiting)
            walk.group, walk.waiting = walk.group + 1, None

    def _branches(self, walk: Walk, waiting: list[str]) -> list[Walk]:
        self.cut_short = self.cut_short or len(self._heads(waiting)) > self.cap
        branches = []
        for bid in self._heads(waiting)[: self.cap + 1]:
            branch = walk.copy(other for other in waiting if other != bid)
            self._take(branch, [bid])
            branches.append(branch)
        return branches

    def _heads(self, waiting: list[str]) -> list[str]:
        """Give the equal bids whose turn it can be: of each theme those of the best rank, where ranks are gone by."""
        if not self.model.problem.in_rank_order:
            return waiting
        best: dict[str, int] = {}
        for bid in waiting:
            theme, rank = self.themes[bid], self.ranks[bid]
            best[theme] = min(rank, best.get(theme, rank))
        return [bid for bid in waiting if self.ranks[bid] == best[self.themes[bid]]]

    def _take(self, walk: Walk, bids: Iterable[str]) -> None:
        """Fund these bids one after another at the highest level that fits; where none fits, skip or stop."""
        for bid in bids:
            if self._ended(walk, bid):
                continue
            at = self._fitting(walk, bid)
            if at is not None:
                walk.usage.add(at)
                walk.later |= {at} if self._in_leftovers(walk) else set()
            if (at is None or self.model.choices[at].level.rest) and self._stops(walk):
                walk.stopped.add(self.themes[bid])

    def _in_leftovers(self, walk: Walk) -> bool:
        return walk.group >= self.leftovers_from

    def _stops(self, walk: Walk) -> bool:
        """Whether a bid that does not fit ends its theme's list: never among leftovers, where it is passed over."""
        return self.stop and not self._in_leftovers(walk)

    def _ended(self, walk: Walk, bid: str) -> bool:
        """Whether there is nothing more to decide about a bid: its theme has stopped, or it is funded already."""
        if self._in_leftovers(walk):
            return any(at in walk.usage.chosen for at in self.places[bid])
        return self.themes[bid] in walk.stopped

    def _fitting(self, walk: Walk, bid: str) -> int | None:
        later = self._in_leftovers(walk)
        found = next((at for at in self.places[bid] if not walk.usage.over_limit(at, in_leftovers=later)), None)
        if self.amounts and found != self.places[bid][0]:
            self._offer(self.amounts, walk, bid)
        return found

    def _offer(self, amounts: Amounts, walk: Walk, bid: str) -> None:
        """Note the part award that a bid is offered where only money stands in its way, if it is no level of it yet."""
        whole = self.model.choices[self.places[bid][0]]
        over = walk.usage.over_limit(self.places[bid][0])
        if any(row.unit != "money" for row, _ in over):
            return
        left = amounts.down(whole.level.cost - max(after - (row.most or 0) for row, after in over))
        known = {self.model.choices[at].level.cost for at in self.places[bid]}
        if left > 0 and left >= whole.candidate.least and left not in known:
            self.offers[bid] = self.offers.get(bid, frozenset()) | {left}

    def _settled(self, walk: Walk, waiting: list[str]) -> list[str]:
        """Take the equal bids whose fate no order changes, and leave those that compete."""
        waiting = [bid for bid in waiting if not self._ended(walk, bid)]
        if not self._stops(walk):
            waiting = [bid for bid in waiting if self._fitting(walk, bid) is not None]
        if len(waiting) < 2:
            return waiting
        crowded = self._crowded(walk, waiting)
        if self._stops(walk):  # a bid that does not fit would also stop those of its theme that do
            themes = {self.themes[bid] for bid in crowded}
            crowded = {bid for bid in waiting if self.themes[bid] in themes}
        self._take(walk, (bid for bid in waiting if bid not in crowded))
        return [bid for bid in waiting if bid in crowded]

    def _crowded(self, walk: Walk, waiting: list[str]) -> set[str]:
        """Find the bids that would be over a limit if every waiting bid were funded at its largest."""
        usage, more = walk.usage, dict[int, int]()
        for bid in waiting:
            largest: dict[int, int] = {}
            for at in self.places[bid]:
                for number, weight in usage.of_choice[at]:
                    largest[number] = max(weight, largest.get(number, 0))
            for number, weight in largest.items():
                more[number] = more.get(number, 0) + weight
        rows = self.model.rows
        over = {
            number
            for number, weight in more.items()
            if (most := rows[number].most) is not None and rows[number].kind != "levels"
            if rows[number].unit != "share" and not (self._in_leftovers(walk) and ends_before_leftovers(rows[number]))
            if usage.used[number] + weight > most
        }
        return {
            bid
            for bid in waiting
            if any(number in over for at in self.places[bid] for number, weight in usage.of_choice[at] if weight > 0)
        }
