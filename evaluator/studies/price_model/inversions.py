"""What a way of dividing money does to the ranking: better bids left out for worse ones, and bids that no score saves.

Sets of made-up bids of one theme are awarded by each way, with money for three fifths of what the ranked bids ask.
Every set of awards is looked at, so nothing here rests on a solver. Limits on one organisation are not tried.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.rules import EVERY_THEME, MeritOrder
from evaluator.records.results.studies.simulation import Inversions
from evaluator.studies.price_model.theme_model import Model, Pair

PART = Fraction(3, 5)  # of what the ranked bids of a set ask is the money
MOST = 10  # bids in a set: every set of awards among them is looked at


@dataclass(frozen=True)
class Way:
    """A way of dividing a theme's money: a list (``stops`` or not), or the best set, by merit order or freely."""

    name: str
    published: bool = False
    order: MeritOrder | None = None
    stops: bool = False


@dataclass(frozen=True)
class Ranked:
    """A ranked bid of a set: what it asks, the total that ranks it, and what it is worth to the sum."""

    row: int
    cost: Fraction
    total: Fraction
    worth: Fraction


def inversions(criteria: Criteria, model: Model, theme: str, tried: Sequence[Sequence[Pair]]) -> tuple[Inversions, ...]:
    """Count for each way of dividing money what it does to sets of bids; nothing where no award is published."""
    small = [one for one in tried if len(one) <= MOST]
    return tuple(_counted(model, way, small) for way in ways(criteria, theme)) if small else ()


def ways(criteria: Criteria, theme: str) -> Iterator[Way]:
    """Give the ways that are tried: down the ranking, the best set, and the list; the published one is marked."""
    policy = criteria.allocation
    if policy is None:
        return
    found = [rule for rule in criteria.rules if isinstance(rule, MeritOrder) and rule.theme in (EVERY_THEME, theme)]
    best = policy.method == "optimise"
    order = found[0] if found else MeritOrder(id="order", kind="merit_order", theme=theme, source="tried", title="")
    yield Way("merit_order", published=best and bool(found), order=order)
    yield Way("optimise", published=best and not found)
    yield Way("priority", published=policy.method == "priority", stops=policy.on_unaffordable == "stop")


def _counted(model: Model, way: Way, tried: Sequence[Sequence[Pair]]) -> Inversions:
    inverted = left_out = refused = unsaved = 0
    for offers in tried:
        ranked = _ranked(model, offers)
        money = PART * sum((one.cost for one in ranked), Fraction(0))
        funded = _funded(way, ranked, money)[0]
        worst = min((one.total for one in ranked if one.row in funded), default=None)
        out = [one for one in ranked if one.row not in funded and one.cost <= money]
        better = [one for one in out if worst is not None and one.total > worst]
        inverted += bool(better)
        left_out += len(better)
        refused += len(out)
        unsaved += sum(not _saved(model, way, offers, one.row, money) for one in out)
    return Inversions(way.name, way.published, round(inverted / len(tried), 4), left_out, refused, unsaved)


def _ranked(model: Model, offers: Sequence[Pair]) -> list[Ranked]:
    """Give the ranked bids, the best first; under an index a bid is worth its quality, as in the award."""
    pairs = zip(offers, model.totals(offers), strict=True)
    found = [
        Ranked(row, price, total, total if model.formula.gives_points else quality)
        for row, ((price, quality), total) in enumerate(pairs)
        if total is not None
    ]
    return sorted(found, key=lambda one: (-one.total, one.row))


def _saved(model: Model, way: Way, offers: Sequence[Pair], row: int, money: Fraction) -> bool:
    """Whether a bid would be funded with every quality point there is, in some division that is best then."""
    fuller = [(price, model.quality if at == row else quality) for at, (price, quality) in enumerate(offers)]
    return any(row in funded for funded in _funded(way, _ranked(model, fuller), money))


def _funded(way: Way, ranked: Sequence[Ranked], money: Fraction) -> list[frozenset[int]]:
    """Give the rows that are funded, in every division that is equally good."""
    if way.name == "priority":
        return [_by_list(ranked, money, stops=way.stops)]
    worths, costs = (_sums(values) for values in ([one.worth for one in ranked], [one.cost for one in ranked]))
    most, found = -1, [frozenset[int]()]
    for places in range(1, 1 << len(ranked)):
        if worths.sums[places] < most or costs.sums[places] > money * costs.unit:
            continue
        some = [one for at, one in enumerate(ranked) if places >> at & 1]
        if _keeps(way.order, ranked, some, money):
            found = [*(found if worths.sums[places] == most else []), frozenset(one.row for one in some)]
            most = worths.sums[places]
    return found


@dataclass(frozen=True)
class Sums:
    """The sum of every set of some numbers, the sets counted in binary, in whole parts of ``1/unit``."""

    sums: Sequence[int]
    unit: int


def _sums(values: Sequence[Fraction]) -> Sums:
    """Add up every set; whole numbers are many times faster than fractions."""
    unit = lcm(*(value.denominator for value in values))
    sums = [0]
    for value in values:
        sums += [one + int(value * unit) for one in sums]
    return Sums(sums, unit)


def _by_list(ranked: Sequence[Ranked], money: Fraction, *, stops: bool) -> frozenset[int]:
    funded: list[int] = []
    for one in ranked:
        if one.cost <= money:
            money -= one.cost
            funded.append(one.row)
        elif stops:
            break
    return frozenset(funded)


def _keeps(order: MeritOrder | None, ranked: Sequence[Ranked], some: Sequence[Ranked], money: Fraction) -> bool:
    """Whether every better-ranked bid is funded too, or is passed over on a ground that the rule names."""
    if order is None:
        return True
    least = min(one.total for one in some)
    return all(
        one in some
        or (order.max_gap and one.total - least <= Fraction(order.max_gap))
        or (order.unaffordable == "pass_over" and one.cost + _ahead(some, one) > money)
        for one in ranked
        if one.total > least
    )


def _ahead(some: Sequence[Ranked], one: Ranked) -> Fraction:
    return sum((other.cost for other in some if other.total >= one.total), Fraction(0))
