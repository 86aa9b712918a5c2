"""A way of each theme, put together: the best sets of all, counted in whole numbers with every tie.

A way is a set of one theme that the theme's own rules allow. Ways are put together the best first, at prices of the
limits that span themes: a guide only, for whatever the prices, no set is worth more than what the limits allow at them
plus what each theme's best way gains at them.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add, gt, lt, mul

from evaluator.allocation.model.model import Chosen, Model, Row, bids_of, values_of

FINER, TURNS = 2**40, 60
MOST_TRIED, MOST_EQUAL = 50_000, 100  # beyond them a solver is the better choice
Value = int | str  # "infeasible" where there is no set
Uses = tuple[int, ...]
Prices = tuple[tuple[int, int], ...]  # of the limits that can be broken, each by its number


class TooManyError(Exception):
    """There are too many ways to list them, or no order of merit that makes them few."""


@dataclass(frozen=True, slots=True)
class Way:
    """A set of one theme that its own rules allow.

    Parameters
    ----------
    worth : what it adds to the first objective.
    uses : what it uses of each limit that spans themes.
    passed : the bids that it passes over, each on a ground that other themes' awards may give.
    asks : limits that span themes with what all awards together have to use of them, or there is no such ground.
    """

    chosen: Chosen
    worth: int
    uses: Uses
    passed: tuple[str, ...] = ()
    asks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Ways:
    """All sets of one theme, the best first, and the least and the most that any uses of each limit."""

    each: tuple[Way, ...]

    @cached_property
    def least(self) -> Uses:
        """The least that any way uses of each limit."""
        return tuple(map(min, zip(*(one.uses for one in self.each), strict=True)))

    @cached_property
    def most(self) -> Uses:
        """The most that any way uses of each limit."""
        return tuple(map(max, zip(*(one.uses for one in self.each), strict=True)))

    @cached_property
    def asked(self) -> frozenset[int]:
        """The limits that some way asks something of."""
        return frozenset(at for one in self.each for at, _ in one.asks)

    @cached_property
    def _priced(self) -> "dict[Prices, _PricedWays]":
        return {}

    def priced(self, prices: "Prices") -> "_PricedWays":
        """Give the ways at prices of limits; most questions about a problem ask for the same ones."""
        if prices not in self._priced:
            self._priced[prices] = _PricedWays(self.each, prices)
        return self._priced[prices]


class Found:
    """The best sets of a question, all that are level in the first objective; later ones are counted when asked for."""

    def __init__(self, model: Model, worth: int | None, sets: Sequence[Chosen]) -> None:
        self.model, self.worth, self.sets = model, worth, sets

    @property
    def infeasible(self) -> bool:
        """Whether there is no set."""
        return self.worth is None

    def value_at(self, number: int) -> Value:
        """Give what the best sets reach in an objective, more being better."""
        if self.worth is None:
            return "infeasible"
        return self.worth if not number else self._best[0][number]

    def only_bids(self) -> frozenset[str] | None:
        """Name the bids of the best set, where it is the only one."""
        return bids_of(self.model, self.best_sets[0]) if self.sets and len(self.best_sets) == 1 else None

    def values(self) -> tuple[int, ...] | None:
        """Give what the best set reaches in every objective; None where there is none."""
        return None if self.worth is None else (self.worth, *self.later)

    @property
    def best_sets(self) -> Sequence[Chosen]:
        """The sets that are best in every objective."""
        return self._best[1]

    @property
    def sure(self) -> frozenset[str]:
        """The bids that every best set funds."""
        funded = [bids_of(self.model, one) for one in self.best_sets] if self.sets else [frozenset[str]()]
        return frozenset.intersection(*funded)

    @property
    def later(self) -> tuple[int, ...]:
        """What the best sets reach in the objectives after the first."""
        return self._best[0][1:]

    def first(self) -> Chosen | None:
        """Give one of the best sets, always the same one."""
        return max(self.best_sets, key=lambda one: [-at for at in one]) if self.sets else None

    @cached_property
    def _best(self) -> tuple[tuple[int, ...], list[Chosen]]:
        values = [(values_of(self.model, one), one) for one in self.sets]
        best = max(value for value, _ in values)
        return best, [one for value, one in values if value == best]


class Together:
    """A way of each theme, put together in every order that may be best."""

    def __init__(
        self,
        model: Model,
        rows: Sequence[Row],
        prices: Mapping[int, int],
        lists: Sequence[Ways],
        allows: Callable[[Sequence[Way]], bool],
    ) -> None:
        self.model, self.rows, self.allows = model, rows, allows
        asked = frozenset[int]().union(*(ways.asked for ways in lists))
        low = list(map(sum, zip(*(one.least for one in lists), strict=True))) or [0] * len(rows)
        high = list(map(sum, zip(*(one.most for one in lists), strict=True))) or [0] * len(rows)
        self.binding = [at for at, row in enumerate(rows) if at in asked or not _allows(row, low[at], high[at])]
        priced = tuple((at, prices.get(at, 0)) for at in self.binding)
        self.spare = sum(price * (rows[at].most or 0) for at, price in priced)
        self.most = [math.inf if (most := rows[at].most) is None else most for at in self.binding]
        self.lists = [ways.priced(priced) for ways in sorted(lists, key=lambda ways: len(ways.each))]
        self.after, nothing = [0], [0] * len(self.binding)
        self.low, self.high = [nothing], [nothing]
        for its in reversed(self.lists):
            self.after.append(self.after[-1] + its.each[0].gain)
            self.low.append([one + least for one, least in zip(self.low[-1], its.least, strict=True)])
            self.high.append([one + most for one, most in zip(self.high[-1], its.most, strict=True)])
        for each in (self.after, self.low, self.high):
            each.reverse()
        self.tried = 0
        self.worth: int | None = None
        self.beyond: int | None = None
        self.sets: list[Chosen] = []

    def best(self, beyond: int | None) -> Found:
        """Give the best sets, or any beyond a worth; nothing where none comes up to it.

        Raises
        ------
        TooManyError : where too many sets would have to be tried, or are level.
        """
        self.worth = self.beyond = beyond
        least = [-math.inf if (floor := self.rows[at].least) is None else floor for at in self.binding]
        if self.lists or not self.binding:
            self._down(0, self.spare, [0] * len(self.binding), least, [])
        return Found(self.model, self.worth if self.sets else None, self.sets)

    def _down(self, depth: int, priced: int, used: list[int], least: list[float], taken: list[Way]) -> None:
        if depth == len(self.lists):
            self._take(taken)
            return
        for one in self.lists[depth].each:
            if self._is_enough(priced + one.gain + self.after[depth + 1]):
                return
            self.tried += 1
            if self.tried > MOST_TRIED:
                raise TooManyError
            sums = list(map(add, used, one.uses))
            floors = one.asking(least)
            if self._has_room(depth + 1, sums, floors):
                self._down(depth + 1, priced + one.gain, sums, floors, [*taken, one.way])

    def _is_enough(self, most: int) -> bool:
        """Whether nothing more has to be looked at of what is worth so much at the most, at the prices."""
        if self.worth is None:
            return False
        return most < FINER * self.worth or (self.beyond is not None and self.worth > self.beyond)

    def _has_room(self, depth: int, sums: Sequence[int], floors: Sequence[float]) -> bool:
        """Whether the themes that are left may still bring every sum between its least and its most."""
        exceeds = any(map(gt, map(add, sums, self.low[depth]), self.most))
        return not exceeds and not any(map(lt, map(add, sums, self.high[depth]), floors))

    def _take(self, taken: Sequence[Way]) -> None:
        worth = sum(way.worth for way in taken)
        if (self.worth is not None and worth < self.worth) or not self.allows(taken):
            return
        if worth != self.worth:
            self.sets = []
        self.worth = worth
        self.sets.append(tuple(sorted(at for way in taken for at in way.chosen)))
        if len(self.sets) > MOST_EQUAL:
            raise TooManyError


@dataclass(frozen=True, slots=True)
class _Priced:
    """A way with what it gains at the prices of limits, and what it uses and asks of those that can be broken."""

    way: Way
    gain: int
    uses: list[int]
    asks: list[tuple[int, int]]

    @classmethod
    def of(cls, way: Way, prices: Prices, places: Mapping[int, int]) -> "_Priced":
        """Price a way."""
        gain = FINER * way.worth - sum([price * way.uses[at] for at, price in prices if price])
        return cls(way, gain, [way.uses[at] for at in places], [(places[at], ask) for at, ask in way.asks])

    def most_first(self) -> tuple[int, Chosen]:
        """Give what puts ways in order, the one that gains most first."""
        return -self.gain, self.way.chosen

    def asking(self, least: list[float]) -> list[float]:
        """Give the least that all awards have to use, with what this way asks for."""
        if not self.asks:
            return least
        floors = [*least]
        for at, ask in self.asks:
            floors[at] = max(floors[at], ask)
        return floors


class _PricedWays:
    """The ways of a theme at prices, that which gains most first, and the least and the most that any uses."""

    def __init__(self, ways: Sequence[Way], prices: Prices) -> None:
        places = {at: number for number, (at, _) in enumerate(prices)}
        self.each = sorted((_Priced.of(one, prices, places) for one in ways), key=_Priced.most_first)
        used = list(zip(*(one.uses for one in self.each), strict=True))
        self.least, self.most = list(map(min, used)), list(map(max, used))


def answered(lists: Sequence[Ways]) -> list[Ways]:
    """Leave out the ways that ask for more than the other themes can give, until none does."""
    lists, before = list(lists), -1
    while (count := sum(len(ways.each) for ways in lists)) != before and all(ways.each for ways in lists):
        before = count
        for number, ways in enumerate(lists):
            most = {at: sum([other.most[at] for other in lists if other is not ways]) for at in ways.asked}
            kept = [one for one in ways.each if all(one.uses[at] + most[at] >= ask for at, ask in one.asks)]
            if len(kept) < len(ways.each):
                lists[number] = Ways(tuple(kept))
            if not kept:
                break
    return lists


def _allows(row: Row, low: int, high: int) -> bool:
    """Whether every sum between two keeps a row."""
    return (row.most is None or high <= row.most) and (row.least is None or low >= row.least)


def prices_of(rows: Sequence[Row], lists: Sequence[Ways]) -> dict[int, int]:
    """Price the limits that span themes, so that each theme's best way at these prices is near the best of all.

    Any prices are true; these are the lowest bound that some steps downhill come to.
    """
    binding = [
        at
        for at, row in enumerate(rows)
        if row.most and sum(one.most[at] for one in lists) > row.most and min(one.least[at] for one in lists) >= 0
    ]
    # Of each theme's ways, what they are worth and what share of each limit they use.
    themes = [
        [(one.worth, [one.uses[at] / (rows[at].most or 1) for at in binding]) for one in its.each] for its in lists
    ]
    price, step = [0.0 for _ in binding], 0.0
    best = math.inf, price
    for turn in range(TURNS if binding else 0):
        bound, slope = sum(price), [-1.0 for _ in binding]
        for ways in themes:
            gains = [worth - sum(map(mul, price, shares)) for worth, shares in ways]
            most = max(gains)
            bound += most
            slope = list(map(add, slope, ways[gains.index(most)][1]))
        step = bound / 50 if not turn else step if bound < best[0] else step / 2
        best = min(best, (bound, price), key=lambda pair: pair[0])
        length = sum(each * each for each in slope)
        if not length:
            break
        price = [max(0.0, before + step * each / length) for before, each in zip(best[1], slope, strict=True)]
    return {at: round(FINER * each / (rows[at].most or 1)) for at, each in zip(binding, best[1], strict=True)}
