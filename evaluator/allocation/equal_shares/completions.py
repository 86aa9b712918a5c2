"""What makes use of money that equal shares leave: larger shares for all, and then the most satisfaction for a pound.

As pabutools does it: ``add1`` is its ``voter_budget_increment=1``, ``utilitarian`` its combination with
``greedy_utilitarian_welfare``, and ``add1u`` the one after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from evaluator.allocation.equal_shares.purchases import Electorate, Purse, purchases
from evaluator.records.programme.allocation_policy import Completion

ONE_POUND = 100
MOST_RAISING = 20_000_000  # voters and each raise's own work, counted, after which raising has come to no end
EACH_RAISE = 100


@dataclass(frozen=True)
class End:
    """Where the method ends: the share of each person, what was bought with shares, and what completed it."""

    share: Fraction
    purse: Purse
    completed: tuple[str, ...] = ()

    @property
    def bids(self) -> frozenset[str]:
        """Every project that is funded."""
        return frozenset((*(one.bid for one in self.purse.bought), *self.completed))


def ends_of(people: Electorate, budget: int, completion: Completion) -> tuple[list[End], bool]:
    """Give every end that the method can come to, each set of projects once, and whether these are all.

    No end at all where shares were raised so often that the work which is allowed was done.

    Parameters
    ----------
    budget : pence; each person's share is an equal part of it.
    """
    if not people.count:
        return [End(Fraction(0), Purse([], 1, {}))], True
    share = Fraction(budget, people.count)
    share, bought, complete = _raised(people, budget, share) if "add1" in completion else _once(people, share)
    ends = [End(share, purse) for purse in bought]
    if completion in ("utilitarian", "add1u"):
        made = [_completed(people, budget, end) for end in ends]
        ends, complete = [one for some, _ in made for one in some], complete and all(whole for _, whole in made)
    apart = {end.bids: end for end in reversed(ends)}
    kept = sorted(apart.values(), key=ends.index)
    return kept[: people.cap], complete and len(kept) <= people.cap


def _once(people: Electorate, share: Fraction) -> tuple[Fraction, list[Purse], bool]:
    return share, *purchases(people, share)


def _raised(people: Electorate, budget: int, share: Fraction) -> tuple[Fraction, list[Purse], bool]:
    """Give everybody a pound more until nothing further fits the budget, or what is bought would be over it.

    Where equal projects lead to several sets, one that is over the budget ends it with what was bought before.
    """
    before, left = _once(people, share), MOST_RAISING
    while not any(_exhausts(people, budget, purse) for purse in before[1]):
        share, left = share + ONE_POUND, left - len(people.voters) - EACH_RAISE
        if left < 0:
            return share, [], False
        raised = _once(people, share)
        if any(_cost(purse) > budget for purse in raised[1]):
            break
        before = raised
    return before


def _cost(purse: Purse) -> int:
    return sum(one.cost for one in purse.bought)


def _exhausts(people: Electorate, budget: int, purse: Purse) -> bool:
    """Whether no further project that satisfies anybody fits the budget."""
    bought, left = {one.bid for one in purse.bought}, budget - _cost(purse)
    return all(people.projects[bid].cost > left for bid in people.wanted if bid not in bought)


def _completed(people: Electorate, budget: int, end: End) -> tuple[list[End], bool]:
    """Fund what fits what is left, most satisfaction for a pound first; equal projects that compete in each order."""
    left = budget - _cost(end.purse)
    open_bids = sorted(people.projects.keys() - end.bids, key=lambda bid: (_place(people, bid), bid))
    groups = [list(equal) for _, equal in groupby(open_bids, key=lambda bid: _place(people, bid))]
    ways: list[tuple[int, tuple[str, ...]]] = [(left, ())]
    whole = True
    for group in groups:
        longer = [way for one in ways for way in _with_group(people, group, *one)]
        ways = list({frozenset(bids): (money, bids) for money, bids in reversed(longer)}.values())[::-1]
        whole, ways = whole and len(ways) <= people.cap, ways[: people.cap]
    return [End(end.share, end.purse, bids) for _, bids in ways], whole


def _place(people: Electorate, bid: str) -> tuple[bool, Fraction, tuple[int, ...]]:
    """Give a project's place: free of cost and wanted first, then by satisfaction for a pound and the tie-break."""
    one, satisfied = people.projects[bid], people.satisfaction[bid]
    return not (one.cost == 0 and satisfied), -Fraction(satisfied, one.cost or 1), one.rank


def _with_group(
    people: Electorate, group: Sequence[str], left: int, bids: tuple[str, ...]
) -> list[tuple[int, tuple[str, ...]]]:
    """Fund what fits of equal projects: all, where all fit together, or else in each order."""
    costs = {bid: people.projects[bid].cost for bid in group}
    ways, done = [(left, bids)], list[tuple[int, tuple[str, ...]]]()
    while ways and len(done) <= people.cap:
        money, taken = ways.pop()
        fitting = [bid for bid in group if bid not in taken and costs[bid] <= money]
        if sum(costs[bid] for bid in fitting) <= money:
            done.append((money - sum(costs[bid] for bid in fitting), (*taken, *fitting)))
        else:
            ways += reversed([(money - costs[bid], (*taken, bid)) for bid in fitting])
    return done
