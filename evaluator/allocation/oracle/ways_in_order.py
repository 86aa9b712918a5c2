"""Every way to go down an order of merit, theme by theme, and the best of them together: counted, without a solver.

Where awards wait for better-ranked bids, a theme has about as many sets as bids. So all of them are listed, and a set of
each theme is put with those of the others, the best first, until the limits that span themes allow it. Whole numbers
throughout, and every tie: nothing here has to be believed.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

from evaluator.allocation.model.choice_index import ChoiceIndex
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.merit import InOrder, Place, Tried, fund_first
from evaluator.allocation.model.model import WEIGHTS, Chosen, Model, Row, bids_of, value_of, values_of
from evaluator.allocation.oracle.theme_bounds import row_key, theme_of_rows
from evaluator.allocation.problem import refuse_below_minimum
from evaluator.allocation.proof.awards import holds
from evaluator.records.programme.rules import EVERY_THEME, FundFirst, MeritOrder, RankRule
from evaluator.records.results.allocation import Candidate, Problem

FINER, TURNS = 2**40, 60
MOST_WAYS, MOST_TRIED, MOST_EQUAL = 2_000, 50_000, 100  # beyond them a solver is the better choice
Value = int | str  # "infeasible" where there is no set
Uses = tuple[int, ...]


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
        return bids_of(self.model, self._best[1][0]) if self.sets and len(self._best[1]) == 1 else None

    @property
    def later(self) -> tuple[int, ...]:
        """What the best sets reach in the objectives after the first."""
        return self._best[0][1:]

    def first(self) -> Chosen | None:
        """Give one of the best sets, always the same one."""
        return min(self._best[1]) if self.sets else None

    @cached_property
    def _best(self) -> tuple[tuple[int, ...], list[Chosen]]:
        values = [(values_of(self.model, one), one) for one in self.sets]
        best = max(value for value, _ in values)
        return best, [one for value, one in values if value == best]


class WaysInOrder:
    """A problem in which themes go down an order of merit, with every way of each theme.

    Parameters
    ----------
    problem : as it was given to ``allocate``.
    like : one in which little is different, whose ways serve wherever nothing that bears on them is.

    Raises
    ------
    TooManyError : where the ways of a theme are too many, or the first objective does not add up.
    """

    def __init__(self, problem: Problem, like: "WaysInOrder | None" = None) -> None:
        self.given, self.problem = problem, refuse_below_minimum(problem)
        self.ranks = tuple(rule for rule in problem.rules if isinstance(rule, RankRule))
        model = self._plain(self.problem)
        self.model = replace(model, problem=self.problem)
        if self.model.objectives[0] not in WEIGHTS:
            raise TooManyError
        self.index = ChoiceIndex(self.problem, model.choices)
        self._limit(tuple(row for row in model.rows if row.kind != "coverage"))
        self.tried: dict[str, dict[str, Tried]] = {}
        self.orders = {theme: self._order(theme) for theme in self.index.at_theme}
        self.ways = {theme: self._kept(theme, like) or self._listed(theme) for theme in self.index.at_theme}
        self.prices = like.prices if like and len(like.spanning) == len(self.spanning) else self._prices()

    def _plain(self, problem: Problem) -> Model:
        """Write a problem without its orders of merit, and without what later objectives count."""
        rules = tuple(rule for rule in problem.rules if not isinstance(rule, RankRule))
        policy = problem.policy.model_copy(update={"objective": self.problem.policy.objective[:1], "tie_break": ()})
        return build(replace(problem, rules=rules, policy=policy))

    def _limit(self, limits: tuple[Row, ...]) -> None:
        """Tell the limits of each theme from those that span themes."""
        choices = range(len(self.model.choices))
        self.index.limits = limits
        counted = [row for row in limits if all(at in choices for at, _ in row.terms)]
        self.covers = len(counted) < len(limits)  # then rules on what is covered are checked when sets are together
        owners = list(zip(counted, theme_of_rows(replace(self.model, rows=tuple(counted))), strict=True))
        self.spanning = tuple(row for row, theme in owners if not theme)
        self.own: dict[str, list[Row]] = {theme: [] for theme in self.index.at_theme}
        for row, theme in owners:
            if theme and row.kind != "levels":
                self.own[theme].append(row)

    def _prices(self) -> dict[int, int]:
        lists = list(self.ways.values())
        return prices_of(self.spanning, lists) if all(one.each for one in lists) else {}

    def changed(self, problem: Problem) -> "WaysInOrder":
        """Give the same for a problem in which little was changed; a bid moves nothing but its own theme."""
        pairs = list(zip(self.given.candidates, problem.candidates, strict=True))
        moved = [(one, other) for one, other in pairs if one is not other]
        if problem.rules is self.given.rules and len(moved) == 1 and self._stays_in(problem, moved[0][1]):
            before, after = moved[0]
            if _but_for_levels(before, after):
                return self._with(problem, before, after)
        return WaysInOrder(problem, self)

    def _stays_in(self, problem: Problem, one: Candidate) -> bool:
        alone = refuse_below_minimum(replace(problem, candidates=(one,), refused=()))
        return one.bid in self.index.at_bid and bool(alone.candidates)

    def _with(self, problem: Problem, before: Candidate, after: Candidate) -> "WaysInOrder":
        """Give the same with other scores or costs of one bid."""
        costs = [level.costs for level in before.levels] != [level.costs for level in after.levels]
        if costs and any(isinstance(rule, MeritOrder) and rule.unaffordable == "pass_over" for rule in self.ranks):
            return WaysInOrder(problem, self)  # then money is a ground, in other themes too
        twin, theme, places = copy(self), after.theme, self.index.at_bid[after.bid]
        choices = list(self.model.choices)
        for at, level in zip(places, after.levels, strict=True):
            choices[at] = replace(choices[at], candidate=after, level=level)
        its = tuple(after if other.bid == after.bid else other for other in self.problem.candidates)
        twin.given, twin.problem = problem, replace(self.problem, candidates=its)
        twin.model = replace(self.model, problem=twin.problem, choices=tuple(choices))
        twin.index = copy(self.index)
        twin.index.problem, twin.index.choices = twin.problem, twin.model.choices
        if costs:
            for name in ("_beyond", "limits_on"):
                twin.index.__dict__.pop(name, None)
            twin.tried = {}
            twin._limit(self._repriced(before, after, places))
            if list(map(_key, twin.spanning)) != list(map(_key, self.spanning)):
                return WaysInOrder(problem, self)  # what costs nothing spans no themes
            twin.orders = {one: twin._order(one) for one in self.orders}
        else:
            twin.orders = self.orders | {theme: twin._order(theme)}
        twin.ways = self.ways | {theme: twin._listed(theme)}
        return twin

    def _repriced(self, before: Candidate, after: Candidate, places: Sequence[int]) -> tuple[Row, ...]:
        """Give the limits with other costs of a bid: what it weighs in each follows from the bid alone."""
        then, now = (
            {_key(row): row for row in self._plain(replace(self.problem, candidates=(one,))).rows}
            for one in (before, after)
        )
        moved = {key: row for key, row in now.items() if row != then[key]}
        return tuple(
            _reweighted(row, places, moved[_key(row)]) if _key(row) in moved else row for row in self.index.limits
        )

    def _order(self, theme: str) -> InOrder | None:
        """Give the order of a theme; None where it has none."""
        rules = [rule for rule in self.ranks if isinstance(rule, MeritOrder) and rule.theme in (theme, EVERY_THEME)]
        if len(rules) > 1:
            raise TooManyError
        return InOrder(self.index, rules[0], theme, self.tried.setdefault(theme, {})) if rules else None

    def _kept(self, theme: str, like: "WaysInOrder | None") -> Ways | None:
        """Take over the ways of another problem where nothing is different that bears on them."""
        if like is None or theme not in like.ways or self._bearing(theme) != like._bearing(theme):
            return None
        return like.ways[theme]

    def _bearing(self, theme: str) -> object:
        """Give all that the ways of a theme follow from."""
        return self._bears[theme]

    @cached_property
    def _bears(self) -> Mapping[str, object]:
        grounds = [rule for rule in self.ranks if isinstance(rule, MeritOrder)]
        money = any(rule.unaffordable == "pass_over" for rule in grounds)
        named = {name for rule in grounds for name in rule.passes_over}
        may_stop = [row for row in self.index.limits if money or row.rule in named or row.kind in named]
        return {
            theme: (
                [self.model.choices[at] for at in its],
                self.own[theme],
                [self._part(row, theme) for row in self.spanning],
                [self.index.lowest_alone(self.model.choices[at].candidate.bid) for at in its],
                may_stop,
                its,
            )
            for theme, its in self.index.at_theme.items()
        }

    def _part(self, row: Row, theme: str) -> list[tuple[int, int]]:
        choices = self.model.choices
        return [(at, weight) for at, weight in row.terms if choices[at].candidate.theme == theme]

    def _listed(self, theme: str) -> Ways:
        return Ways(tuple(sorted(_Down(self, theme).ways(), key=lambda one: (-one.worth, one.chosen))))

    def sure(self, bid: str) -> bool:
        """Whether every best set funds a bid.

        Raises
        ------
        TooManyError : where too many sets would have to be tried.
        """
        inside = self.best(bid)
        outside = Found(self.model, None, ()) if inside.worth is None else self.best(bid, funded=False, beyond=inside.worth)
        if inside.worth is None or outside.worth is None:
            return inside.worth is not None
        return (inside.worth, *inside.later) > (outside.worth, *outside.later)

    def best(self, bid: str = "", *, funded: bool = True, beyond: int | None = None) -> Found:
        """Give the best sets of all, or of those that fund a bid, or do not.

        Parameters
        ----------
        beyond : a worth below which no set matters, and above which any one will do.

        Raises
        ------
        TooManyError : where too many sets would have to be tried.
        """
        lists = dict(self.ways)
        if bid:
            places = self.index.at_bid.get(bid)
            if places is None:
                return self.best() if not funded else Found(self.model, None, ())
            own, inside = self.model.choices[places[0]].candidate.theme, {*places}
            lists[own] = Ways(tuple(one for one in lists[own].each if funded != inside.isdisjoint(one.chosen)))
        answered = _answered(list(lists.values()))
        return _Together(self, answered).best(beyond) if all(ways.each for ways in answered) else Found(self.model, None, ())

    def allows(self, ways: Sequence[Way]) -> bool:
        """Whether what is passed over has a ground beside these awards, and rules on what is covered hold."""
        chosen = sorted(at for way in ways for at in way.chosen)
        funded = frozenset(chosen)
        for way in ways:
            for bid in way.passed:
                order = self.orders[self.model.choices[self.index.at_bid[bid][0]].candidate.theme]
                if order is None or not order.stopped_by(bid, funded):
                    return False
        return not self.covers or holds(self.model, chosen)


def _but_for_levels(one: Candidate, other: Candidate) -> bool:
    """Whether two bids differ in nothing but scores and costs."""
    names = [level.name for level in one.levels] == [level.name for level in other.levels]
    return names and replace(one, levels=other.levels, full_score=other.full_score) == other


def _key(row: Row) -> tuple[str, str, str, str, bool]:
    return (*row_key(row), row.least is None)


def _reweighted(row: Row, places: Sequence[int], like: Row) -> Row:
    """Give a row in which some choices weigh what they weigh in a row on them alone."""
    weights = {places[at]: weight for at, weight in like.terms}
    return replace(row, terms=tuple((at, weights.get(at, weight)) for at, weight in row.terms))


@dataclass(frozen=True, slots=True)
class _State:
    """What was decided on the first bids of an order."""

    at: int = 0
    chosen: Chosen = ()
    worth: int = 0
    used: tuple[int, ...] = ()
    hard: tuple[int, ...] = ()  # bids that others have to wait for
    soft: tuple[int, ...] = ()  # bids that others have to wait for unless a ground holds


class _Down:
    """One theme, gone down bid by bid."""

    def __init__(self, whole: WaysInOrder, theme: str) -> None:
        self.whole, self.order, model = whole, whole.orders[theme], whole.model
        index = whole.index
        first = [model.choices[at].candidate for at in index.at_theme[theme]]
        self.bids = self.order.ordered if self.order else list(dict.fromkeys(first))
        rules = [rule for rule in whole.ranks if isinstance(rule, FundFirst)]
        rows = [row for rule in rules for row in fund_first(index, rule) if row.subject == theme]
        self.own = (*whole.own[theme], *rows)
        self.rows = (*self.own, *whole.spanning)
        self.number = {id(row): number for number, row in enumerate(self.own)}
        self.weights: dict[int, list[tuple[int, int]]] = {at: [] for at in index.at_theme[theme]}
        for number, row in enumerate(self.rows):
            for at, weight in row.terms:
                if at in self.weights:
                    self.weights[at].append((number, weight))
        falls = [any(weight < 0 for _, weight in row.terms) for row in self.own]
        self.most = [None if down else row.most for row, down in zip(self.own, falls, strict=True)]
        self.most += [None] * len(whole.spanning)
        self.spans = {id(row): number for number, row in enumerate(whole.spanning)}
        self.places: dict[int, Place] = {}

    def ways(self) -> Iterator[Way]:
        """Give every way."""
        count, stack = 0, [_State(used=(0,) * len(self.rows))]
        while stack:
            state = stack.pop()
            if state.at < len(self.bids):
                stack += self._next(state)
            elif self._keeps(state):
                count += 1
                if count > MOST_WAYS:
                    raise TooManyError
                yield self._way(state)
            if len(stack) > MOST_WAYS:
                raise TooManyError

    def _next(self, state: _State) -> Iterator[_State]:
        one = self.bids[state.at]
        yield self._without(state)
        if self.order and any(self.order.waits(one, self.bids[at]) for at in state.hard):
            return
        worth = WEIGHTS[self.whole.model.objectives[0]]
        for at in self.whole.index.at_bid[one.bid]:
            used = list(state.used)
            for number, weight in self.weights[at]:
                used[number] += weight
            if all((most := self.most[number]) is None or used[number] <= most for number, _ in self.weights[at]):
                chosen, gained = (*state.chosen, at), state.worth + worth(self.whole.model.choices[at])
                yield _State(state.at + 1, chosen, gained, tuple(used), state.hard, state.soft)

    def _without(self, state: _State) -> _State:
        """Leave a bid out: others wait for it, or may pass it over if a ground holds, or need none."""
        at, order = state.at, self.order
        if order is None:
            return replace(state, at=at + 1)
        if at not in self.places:
            self.places[at] = order.place(at)
        place = self.places[at]
        if not place.binds:
            return replace(state, at=at + 1)
        grounds = [self._holds(at, ground.row, ground.more, state) for ground in place.grounds]
        if True in grounds:
            return replace(state, at=at + 1)
        if None in grounds:
            return replace(state, at=at + 1, soft=(*state.soft, at))
        if not order.gap and at + 1 < len(self.bids) and order.keys[at + 1] > order.keys[at]:
            return replace(state, at=len(self.bids))  # all that are left wait for it
        return replace(state, at=at + 1, hard=(*state.hard, at))

    def _holds(self, at: int, row: Row, more: int, state: _State) -> bool | None:
        """Whether a ground holds, where that hangs on what is decided already; None where it does not."""
        assert self.order is not None
        level = at + 1 < len(self.bids) and self.order.keys[at + 1] == self.order.keys[at]
        number = self.number.get(id(row))
        if number is None or level or len(self.order.added(self.bids[at].bid)) > 1:
            return None
        return state.used[number] + more > (row.most or 0)

    def _keeps(self, state: _State) -> bool:
        return all(
            (row.least is None or used >= row.least) and (row.most is None or used <= row.most)
            for row, used in zip(self.own, state.used, strict=False)
        )

    def _way(self, state: _State) -> Way:
        order, choices = self.order, self.whole.model.choices
        had = [choices[at].candidate for at in state.chosen]
        waited = [at for at in state.soft if order and any(order.waits(other, self.bids[at]) for other in reversed(had))]
        chosen, uses = tuple(sorted(state.chosen)), state.used[len(self.own) :]
        asks = [ask for at in waited if (ask := self._asked(at, chosen, uses))]
        return Way(chosen, state.worth, uses, tuple(self.bids[at].bid for at in waited), tuple(asks))

    def _asked(self, at: int, chosen: Chosen, uses: Uses) -> tuple[int, int] | None:
        """Give the limit that has to stop a bid, if one alone can, and what all awards then use of it at the least."""
        assert self.order is not None
        grounds, bid = self.places[at].grounds, self.bids[at].bid
        number = self.spans.get(id(grounds[0].row)) if len(grounds) == 1 else None
        if number is None or len(self.order.added(bid)) > 1:
            return None
        row, more = grounds[0].row, grounds[0].more
        worse = {one.bid for one in self.order.worse(at)}
        weights, choices = dict(row.terms), self.whole.model.choices
        behind = sum(weights.get(one, 0) for one in chosen if choices[one].candidate.bid in worse)
        return number, (row.most or 0) + 1 - more + behind


class _Together:
    """A way of each theme, put together in every order that may be best."""

    def __init__(self, whole: WaysInOrder, lists: Sequence[Ways]) -> None:
        self.whole, rows = whole, whole.spanning
        asked = {at for ways in lists for one in ways.each for at, _ in one.asks}
        self.binding = [
            at
            for at, row in enumerate(rows)
            if at in asked or not _allows(row, sum(one.least[at] for one in lists), sum(one.most[at] for one in lists))
        ]
        prices = [(at, whole.prices.get(at, 0)) for at in self.binding]
        self.spare = sum(price * (rows[at].most or 0) for at, price in prices)
        self.most = [rows[at].most for at in self.binding]
        self.lists = [
            sorted((_Priced.of(one, self.binding, prices) for one in ways.each), key=lambda one: (-one.gain, one.way.chosen))
            for ways in sorted(lists, key=lambda ways: len(ways.each))
        ]
        self.after, nothing = [0], [0] * len(self.binding)
        self.low, self.high = [nothing], [nothing]
        for its in reversed(self.lists):
            used = list(zip(*(one.uses for one in its), strict=True))
            self.after.append(self.after[-1] + its[0].gain)
            self.low.append([one + min(each) for one, each in zip(self.low[-1], used, strict=True)])
            self.high.append([one + max(each) for one, each in zip(self.high[-1], used, strict=True)])
        for each in (self.after, self.low, self.high):
            each.reverse()
        self.tried = 0
        self.worth: int | None = None
        self.beyond: int | None = None
        self.sets: list[Chosen] = []

    def best(self, beyond: int | None) -> Found:
        """Give the best sets, or any beyond a worth; nothing where none comes up to it."""
        self.worth = self.beyond = beyond
        least = [self.whole.spanning[at].least for at in self.binding]
        if self.lists or not self.binding:
            self._down(0, self.spare, [0] * len(self.binding), [-math.inf if one is None else one for one in least], [])
        return Found(self.whole.model, self.worth if self.sets else None, self.sets)

    def _down(self, depth: int, priced: int, used: list[int], least: list[float], taken: list[Way]) -> None:
        if depth == len(self.lists):
            self._take(taken)
            return
        low, high, after = self.low[depth + 1], self.high[depth + 1], self.after[depth + 1]
        for one in self.lists[depth]:
            if self.worth is not None and priced + one.gain + after < FINER * self.worth:
                return
            if self.beyond is not None and self.worth is not None and self.worth > self.beyond:
                return
            self.tried += 1
            if self.tried > MOST_TRIED:
                raise TooManyError
            sums = [total + more for total, more in zip(used, one.uses, strict=True)]
            if any(most is not None and total + rest > most for total, rest, most in zip(sums, low, self.most, strict=True)):
                continue
            floors = least
            if one.asks:
                floors = [*least]
                for at, ask in one.asks:
                    floors[at] = max(floors[at], ask)
            if all(total + rest >= floor for total, rest, floor in zip(sums, high, floors, strict=True)):
                self._down(depth + 1, priced + one.gain, sums, floors, [*taken, one.way])

    def _take(self, taken: Sequence[Way]) -> None:
        worth = sum(way.worth for way in taken)
        if (self.worth is not None and worth < self.worth) or not self.whole.allows(taken):
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
    def of(cls, way: Way, binding: Sequence[int], prices: Sequence[tuple[int, int]]) -> "_Priced":
        gain = FINER * way.worth - sum(price * way.uses[at] for at, price in prices if price)
        return cls(way, gain, [way.uses[at] for at in binding], [(binding.index(at), ask) for at, ask in way.asks])


def _answered(lists: Sequence[Ways]) -> list[Ways]:
    """Leave out the ways that ask for more than the other themes can give, until none does."""
    lists, before = list(lists), -1
    while (count := sum(len(ways.each) for ways in lists)) != before and all(ways.each for ways in lists):
        before = count
        for number, ways in enumerate(lists):
            rest = [other for other in lists if other is not ways]
            asked = {at for one in ways.each for at, _ in one.asks}
            most = {at: sum(other.most[at] for other in rest) for at in asked}
            kept = tuple(one for one in ways.each if all(one.uses[at] + most[at] >= ask for at, ask in one.asks))
            if len(kept) < len(ways.each):
                lists[number] = Ways(kept)
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
    price, best = dict.fromkeys(binding, 0.0), (math.inf, dict.fromkeys(binding, 0.0))
    step = 0.0
    for turn in range(TURNS if binding else 0):
        bound, used = sum(price.values()), dict.fromkeys(binding, 0.0)
        for ways in lists:
            gain, way = max(
                (
                    (one.worth - sum(price[at] * one.uses[at] / (rows[at].most or 1) for at in binding), one)
                    for one in ways.each
                ),
                key=lambda pair: pair[0],
            )
            bound += gain
            used = {at: sum_ + way.uses[at] / (rows[at].most or 1) for at, sum_ in used.items()}
        step = bound / 50 if not turn else step if bound < best[0] else step / 2
        best = min(best, (bound, price), key=lambda pair: pair[0])
        slope = {at: each - 1 for at, each in used.items()}
        length = sum(each * each for each in slope.values())
        if not length:
            break
        price = {at: max(0.0, best[1][at] + step * slope[at] / length) for at in binding}
    return {at: round(FINER * each / (rows[at].most or 1)) for at, each in best[1].items()}
