"""The method of equal shares itself: what people buy together with equal shares, in exact whole numbers.

Each person has the same share. A project is bought by those whom it satisfies: each pays the same price for a unit of
satisfaction, or all that is left to them. The project whose price is lowest is bought, until none can be paid for.

Source: Peters, Pierczyński and Skowron, Proportional Participatory Budgeting with Additive Utilities, NeurIPS 2021;
equalshares.net. In step with pabutools, ``rules/mes/mes_rule.py``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm

from evaluator.records.results.ballots import Purchase

Rank = tuple[int, ...]
WORK_CAP = 3_000_000  # branches times ballots after which no further order of equal projects is tried


@dataclass(frozen=True)
class Project:
    """A project: its cost in pence, its place among projects of equal price, and whom it satisfies, how much.

    Parameters
    ----------
    supporters : position of a ballot, and the whole satisfaction above nought of each who voted so.
    """

    bid: str
    cost: int
    rank: Rank
    supporters: tuple[tuple[int, int], ...]

    @cached_property
    def common(self) -> int:
        """The least number that every satisfaction of it divides, so that means are compared in whole numbers."""
        return lcm(*{units for _, units in self.supporters})


@dataclass(frozen=True)
class Electorate:
    """The projects by name, and how many people stand behind each ballot. ``scale``: units of one satisfaction."""

    projects: Mapping[str, Project]
    voters: tuple[int, ...]
    cap: int
    scale: int = 1

    @property
    def count(self) -> int:
        """How many people voted."""
        return sum(self.voters)

    @cached_property
    def satisfaction(self) -> Mapping[str, int]:
        """What all people together have of each project."""
        return {bid: sum(self.voters[at] * units for at, units in its.supporters) for bid, its in self.projects.items()}

    @cached_property
    def wanted(self) -> tuple[str, ...]:
        """The projects that satisfy anybody and cost something, in order of name."""
        return tuple(sorted(bid for bid, one in self.projects.items() if one.cost and one.supporters))

    @cached_property
    def free(self) -> tuple[str, ...]:
        """The projects that satisfy somebody and cost nothing: they are bought at once."""
        return tuple(sorted(bid for bid, one in self.projects.items() if not one.cost and one.supporters))


@dataclass
class Purse:
    """What is left to those behind each ballot, in 1/``unit`` pence each, and what has been bought."""

    left: list[int]
    unit: int
    prices: dict[str, Fraction]  # lowest prices of what is still open, as they were known
    bought: list[Purchase] = field(default_factory=list)

    def copy(self) -> "Purse":
        """Give a second purse, to go another way from here."""
        return Purse(list(self.left), self.unit, dict(self.prices), list(self.bought))

    @property
    def state(self) -> tuple[object, ...]:
        """Everything that what is still to come depends on."""
        common = gcd(self.unit, *self.left)
        return frozenset(one.bid for one in self.bought), tuple(n // common for n in self.left), self.unit // common


def purchases(people: Electorate, share: Fraction) -> tuple[list[Purse], bool]:
    """Spend equal shares; where projects of equal price compete, in each of their orders.

    Parameters
    ----------
    share : pence for each person.

    Returns
    -------
    The ends, each set of projects once, first that which takes equal projects in order of name; whether these are all.
    """
    bought = [Purchase(bid, 0, Fraction(0), Fraction(0), _count(people, bid), 0) for bid in people.free]
    lowest = {bid: Fraction(people.projects[bid].cost, people.satisfaction[bid]) for bid in people.wanted}
    start = Purse([share.numerator] * len(people.voters), share.denominator, lowest, bought)
    waiting, work, seen = [start], 0, set[tuple[object, ...]]()
    ends: dict[frozenset[str], Purse] = {}
    while waiting and len(ends) <= people.cap:
        purse = waiting.pop()
        branches = _spend(people, purse)
        if not branches:
            ends.setdefault(frozenset(one.bid for one in purse.bought), purse)
        if work > WORK_CAP and ends:
            return list(ends.values())[: people.cap], False
        work += len(branches) * len(people.voters)
        new = [one for one in branches if one.state not in seen]
        seen.update(one.state for one in new)
        waiting += reversed(new)
    return list(ends.values())[: people.cap], len(ends) <= people.cap


def _spend(people: Electorate, purse: Purse) -> list[Purse]:
    """Buy until nothing can be paid for; where the order of equal projects matters, give a purse for each of them."""
    while tied := _cheapest(people, purse):
        price = purse.prices[tied[0]]
        apart = _apart(people, purse, tied, price)
        if not apart:
            branches = [purse.copy() for _ in tied]
            for branch, bid in zip(branches, tied, strict=True):
                _buy(people, branch, bid, price)
            return branches
        for bid in apart:
            _buy(people, purse, bid, price)
    return []


def _cheapest(people: Electorate, purse: Purse) -> list[str]:
    """Name the projects of the lowest price, by the published tie-break; drop those that can no longer be paid for.

    A price never falls as shares are spent, so what was known before is a bound.
    """
    best: Fraction | None = None
    tied: list[str] = []
    floors = {bid: floor_of(price) for bid, price in purse.prices.items()}
    for bid in sorted(floors, key=lambda bid: (floors[bid], bid)):
        if best is not None and floors[bid] > floor_of(best):
            break
        if best is not None and purse.prices[bid] > best:
            continue
        price = price_of(people, purse, people.projects[bid])
        if price is None:
            del purse.prices[bid]
            continue
        purse.prices[bid] = price
        if best is None or price < best:
            best, tied = price, [bid]
        elif price == best:
            tied.append(bid)
    first = min((people.projects[bid].rank for bid in tied), default=())
    return sorted(bid for bid in tied if people.projects[bid].rank == first)


def floor_of(price: Fraction) -> int:
    """Give a whole number that puts prices in their order, quickly; very near ones may share it.

    >>> floor_of(Fraction(1, 2)) == 2**63
    True
    """
    return (price.numerator << 64) // price.denominator


def price_of(people: Electorate, purse: Purse, project: Project) -> Fraction | None:
    """Give the price for a unit at which a project can be paid for: those with too little left pay all of it."""
    voters, left = people.voters, purse.left
    common = project.common
    by_means = sorted((left[at] * (common // units), units, at) for at, units in project.supporters)
    owed = project.cost * purse.unit
    satisfied = people.satisfaction[project.bid]
    for means, units, at in by_means:
        if owed * common <= means * satisfied:
            return Fraction(owed, satisfied * purse.unit)
        owed -= voters[at] * left[at]
        satisfied -= voters[at] * units
    return None


def _parts(purse: Purse, project: Project, price: Fraction) -> list[tuple[int, int]]:
    """Give what each supporter pays at a price, in the purse's units, which must hold it exactly."""
    pence = price.numerator * (purse.unit // price.denominator)
    return [(at, min(purse.left[at], pence * units)) for at, units in project.supporters]


def _refine(purse: Purse, price: Fraction) -> None:
    """Make the purse's unit so fine that it holds a price exactly."""
    finer = lcm(purse.unit, price.denominator) // purse.unit
    if finer > 1:
        purse.left, purse.unit = [n * finer for n in purse.left], purse.unit * finer


def _apart(people: Electorate, purse: Purse, tied: Sequence[str], price: Fraction) -> list[str]:
    """Give those of equal projects that no order changes: nobody who pays for them is short because of another."""
    if len(tied) == 1:
        return list(tied)
    _refine(purse, price)
    asked: dict[int, int] = {}
    for bid in tied:
        for at, part in _parts(purse, people.projects[bid], price):
            asked[at] = asked.get(at, 0) + part
    short = {at for at, part in asked.items() if part > purse.left[at]}
    return [bid for bid in tied if not any(at in short for at, _ in people.projects[bid].supporters)]


def _buy(people: Electorate, purse: Purse, bid: str, price: Fraction) -> None:
    """Let the supporters pay for a project."""
    project = people.projects[bid]
    _refine(purse, price)
    full = price.numerator * (purse.unit // price.denominator)
    in_full = sum(people.voters[at] for at, units in project.supporters if purse.left[at] >= full * units)
    most = max(part for _, part in _parts(purse, project, price))
    for at, part in _parts(purse, project, price):
        purse.left[at] -= part
    paid = Fraction(most, purse.unit)
    unit_price = price * people.scale
    purse.bought.append(Purchase(bid, project.cost, unit_price, paid, _count(people, bid), in_full))
    del purse.prices[bid]


def _count(people: Electorate, bid: str) -> int:
    """How many people a project satisfies."""
    return sum(people.voters[at] for at, _ in people.projects[bid].supporters)
