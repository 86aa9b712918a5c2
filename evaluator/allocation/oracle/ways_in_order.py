"""Every way to go down an order of merit, theme by theme, and the best of them together: counted, without a solver.

Where awards wait for better-ranked bids, a theme has about as many sets as bids. So all of them are listed, and put
together with those of the others. Whole numbers throughout, and every tie: nothing here has to be believed. Where one
bid, or the limits of money, are different, only what that bears on is listed again.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from evaluator.allocation.model.below_minimum import refuse_below_minimum
from evaluator.allocation.model.choice_index import ChoiceIndex
from evaluator.allocation.model.constraints import build, rows_of
from evaluator.allocation.model.merit import Ground, InOrder, Tried, fund_first
from evaluator.allocation.model.model import WEIGHTS, Choice, Chosen, Model, Row
from evaluator.allocation.oracle.theme_bounds import row_key
from evaluator.allocation.oracle.ways_together import (
    Found,
    Together,
    TooManyError,
    Way,
    Ways,
    answered,
    prices_of,
)
from evaluator.allocation.proof.awards import holds
from evaluator.records.programme.rules import EVERY_THEME, FundFirst, MeritOrder, RankRule
from evaluator.records.results.allocation import Candidate, Problem

RowOf = tuple[str, str, str, str, bool]  # what tells a row from others, and whether it has no floor
MOST_WAYS = 2_000  # of one theme; beyond them a solver is the better choice


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
        if not any(isinstance(rule, MeritOrder) for rule in self.ranks):
            raise TooManyError
        model = self._plain(self.problem)
        self.model = replace(model, problem=self.problem)
        if self.model.objectives[0] not in WEIGHTS:
            raise TooManyError
        self.index = ChoiceIndex(self.problem, model.choices)
        self._limit(tuple(row for row in model.rows if row.kind != "coverage"))
        self.tried: dict[str, dict[str, Tried]] = {}
        self.alone: dict[Candidate, Mapping[RowOf, Row]] = {}  # the limits on one bid alone
        self.orders: dict[str, InOrder | None] = {}
        self.ways = {theme: self._kept(theme, like) or self._listed(theme) for theme in self.index.at_theme}
        self.prices: dict[int, int] = (
            like.prices if like and len(like.spanning) == len(self.spanning) else self._prices()
        )

    def _plain(self, problem: Problem) -> Model:
        """Write a problem without its orders of merit, and without what later objectives count."""
        rules = tuple(rule for rule in problem.rules if not isinstance(rule, RankRule))
        policy = problem.policy.model_copy(update={"objective": self.problem.policy.objective[:1], "tie_break": ()})
        return build(replace(problem, rules=rules, policy=policy))

    def _limit(self, limits: tuple[Row, ...], like: "WaysInOrder | None" = None) -> None:
        """Tell the limits of each theme from those that span themes; where rows are like another's, that was told."""
        self.index.limits = limits
        known = {id(row): owner for row, owner in like.owners} if like else {}
        owners = [(row, known[id(row)] if id(row) in known else self._owner(row)) for row in limits]
        self.owners: list[tuple[Row, str | None]] = owners
        counted = [(row, owner) for row, owner in owners if owner is not None]
        self.covers = len(counted) < len(limits)  # then rules on what is covered are checked when sets are together
        self.spanning: tuple[Row, ...] = tuple(row for row, theme in counted if not theme)
        self.uses_of: dict[int, list[tuple[int, int]]] = {}  # what each choice uses of what spans themes
        for number, row in enumerate(self.spanning):
            for at, weight in row.terms:
                self.uses_of.setdefault(at, []).append((number, weight))
        self.limits: dict[str, _Limits] = {}
        self.own: dict[str, list[Row]] = {theme: [] for theme in self.index.at_theme}
        for row, theme in counted:
            if theme and row.kind != "levels":
                self.own[theme].append(row)

    def _owner(self, row: Row) -> str | None:
        """Name the theme that all of a row is about; empty where it spans themes, None where it counts no choices."""
        choices = self.model.choices
        if any(at >= len(choices) for at, _ in row.terms):
            return None
        touched = {choices[at].candidate.theme for at, weight in row.terms if weight}
        return touched.pop() if len(touched) == 1 else ""

    def _prices(self) -> dict[int, int]:
        lists = list(self.ways.values())
        return prices_of(self.spanning, lists) if all(one.each for one in lists) else {}

    def changed(self, problem: Problem) -> "WaysInOrder":
        """Give the same for a problem in which little was changed: bids' scores, a bid's cost, or limits of money."""
        if len(problem.candidates) != len(self.given.candidates):
            return WaysInOrder(problem, self)
        moved = [both for both in zip(self.given.candidates, problem.candidates, strict=True) if both[0] is not both[1]]
        if moved and problem.rules is self.given.rules and self._stay_in(problem, moved):
            same = all(
                [level.costs for level in one.levels] == [level.costs for level in two.levels] for one, two in moved
            )
            before, after = moved[0]
            twin = self._with(problem, [two for _, two in moved])
            if same:
                themes = sorted({two.theme for _, two in moved})
                twin.ways = self.ways | {theme: twin._listed(theme) for theme in themes}
                return twin
            if len(moved) == 1:
                return twin._limited(self, self._repriced(before, after), after.theme)
        if not moved and [rule.id for rule in problem.rules] == [rule.id for rule in self.given.rules]:
            twin = copy(self)
            twin.given, twin.problem = problem, replace(self.problem, rules=problem.rules)
            twin.model, twin.index = replace(self.model, problem=twin.problem), copy(self.index)
            twin.index.problem = twin.problem
            return twin._limited(self, tuple(twin._raised(self.given)))
        return WaysInOrder(problem, self)

    def _stay_in(self, problem: Problem, moved: Sequence[tuple[Candidate, Candidate]]) -> bool:
        """Whether bids are in both times, and differ in nothing but scores and costs."""
        after = tuple(two for _, two in moved)
        left = refuse_below_minimum(replace(problem, candidates=after, refused=())).candidates
        return len(left) == len(moved) and all(
            before.bid in self.index.at_bid
            and [level.name for level in before.levels] == [level.name for level in after.levels]
            and replace(before, levels=after.levels, full_score=after.full_score) == after
            for before, after in moved
        )

    def _with(self, problem: Problem, moved: Sequence[Candidate]) -> "WaysInOrder":
        """Give a copy with other levels of some bids, with the ways as they were."""
        twin, choices, after = copy(self), list(self.model.choices), {one.bid: one for one in moved}
        for one in moved:
            for at, level in zip(self.index.at_bid[one.bid], one.levels, strict=True):
                choices[at] = replace(choices[at], candidate=one, level=level)
        its = tuple(after.get(other.bid, other) for other in self.problem.candidates)
        twin.given = problem
        twin.problem = replace(self.problem, candidates=its, score_unit=problem.score_unit)
        twin.model = replace(self.model, problem=twin.problem, choices=tuple(choices))
        twin.index = copy(self.index)
        twin.index.problem, twin.index.choices = twin.problem, twin.model.choices
        themes = {one.theme for one in moved}
        twin.orders = {theme: order for theme, order in self.orders.items() if theme not in themes}
        return twin

    def _limited(self, like: "WaysInOrder", limits: tuple[Row, ...], moved: str = "") -> "WaysInOrder":
        """Put other limits of money into a copy; themes that they do not bear on keep their ways."""
        money = any(isinstance(rule, MeritOrder) and rule.unaffordable == "pass_over" for rule in self.ranks)
        for name in ("_beyond", "limits_on"):
            self.index.__dict__.pop(name, None)
        self._limit(limits, like)
        self.orders, same = {}, {id(row) for row in limits}
        tried = (row for its in like.tried.values() for rows in its.values() for row, _ in rows)
        self.tried = like.tried if all(id(row) in same for row in tried) else {}
        if money or list(map(_key, self.spanning)) != list(map(_key, like.spanning)):
            return WaysInOrder(self.given, like)  # money is a ground, or what costs nothing spans no themes
        stale = {
            theme
            for theme, places in self.index.at_theme.items()
            if theme == moved or self.own[theme] != like.own[theme] or self._alone(places) != like._alone(places)
        }
        self.ways = like.ways | {theme: self._listed(theme) for theme in sorted(stale)}
        return self

    def _alone(self, places: Sequence[int]) -> list[bool]:
        """Say which bids can be funded by themselves."""
        return [self.index.lowest_alone(self.model.choices[at].candidate.bid) is None for at in places]

    def _repriced(self, before: Candidate, after: Candidate) -> tuple[Row, ...]:
        """Give the limits with other costs of a bid: what it weighs in each follows from the bid alone."""
        if before not in self.alone:
            self.alone[before] = self._rows_of(before)
        then, now = self.alone[before], self._rows_of(after)
        moved = {key: row for key, row in now.items() if row != then[key]}
        places = self.index.at_bid[after.bid]
        return tuple(
            _reweighted(row, places, moved[_key(row)]) if _key(row) in moved else row for row in self.index.limits
        )

    def _rows_of(self, one: Candidate) -> Mapping[RowOf, Row]:
        """Give the limits as they are on one bid alone."""
        return {_key(row): row for row in self._plain(replace(self.problem, candidates=(one,))).rows}

    def _raised(self, before: Problem) -> Iterator[Row]:
        """Give the limits where some rules allow another sum."""
        rules = {rule.id: rule for rule in self.problem.rules}
        then = {rule.id: rule for rule in before.rules}
        anew = {name for name, rule in rules.items() if rule.traits.counts in ("money", "share") or rule != then[name]}
        written: set[str] = set()
        for row in self.index.limits:
            if row.rule not in anew:
                yield row
            elif row.rule not in written:
                written.add(row.rule)
                yield from rows_of(self.index, rules[row.rule])

    def order(self, theme: str) -> InOrder | None:
        """Give the order of a theme; None where it has none."""
        if theme not in self.orders:
            rules = [one for one in self.ranks if isinstance(one, MeritOrder) and one.theme in (theme, EVERY_THEME)]
            if len(rules) > 1:
                raise TooManyError
            tried = self.tried.setdefault(theme, {})
            self.orders[theme] = InOrder(self.index, rules[0], theme, tried) if rules else None
        return self.orders[theme]

    def limits_of(self, theme: str) -> "_Limits":
        """Give what limits the sets of a theme; whom a rule funds first, scores say too."""
        if theme not in self.limits or any(isinstance(rule, FundFirst) for rule in self.ranks):
            self.limits[theme] = _Limits(self, theme)
        return self.limits[theme]

    def _kept(self, theme: str, like: "WaysInOrder | None") -> Ways | None:
        """Take over the ways of another problem where nothing is different that bears on them."""
        if like is None or theme not in like.ways or self._choices(theme) != like._choices(theme):
            return None
        if self._bears[theme] != like._bears[theme]:
            return None
        return like.ways[theme]

    def _choices(self, theme: str) -> list[Choice]:
        return [self.model.choices[at] for at in self.index.at_theme[theme]]

    @cached_property
    def _bears(self) -> Mapping[str, object]:
        grounds = [rule for rule in self.ranks if isinstance(rule, MeritOrder)]
        money = any(rule.unaffordable == "pass_over" for rule in grounds)
        named = {name for rule in grounds for name in rule.passes_over}
        may_stop = [row for row in self.index.limits if money or row.rule in named or row.kind in named]
        return {
            theme: (
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
        return Ways(tuple(_Down(self, theme).ways()))

    def sure(self, bid: str) -> bool:
        """Whether every best set funds a bid.

        Raises
        ------
        TooManyError : where too many sets would have to be tried.
        """
        inside = self.best(bid)
        outside = (
            Found(self.model, None, ()) if inside.worth is None else self.best(bid, funded=False, beyond=inside.worth)
        )
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
        left = answered(list(lists.values()))
        if not all(ways.each for ways in left):
            return Found(self.model, None, ())
        return Together(self.model, self.spanning, self.prices, left, self.allows).best(beyond)

    def allows(self, ways: Sequence[Way]) -> bool:
        """Whether what is passed over has a ground beside these awards, and rules on what is covered hold."""
        chosen = sorted(at for way in ways for at in way.chosen)
        funded = frozenset(chosen)
        for way in ways:
            for bid in way.passed:
                order = self.order(self.model.choices[self.index.at_bid[bid][0]].candidate.theme)
                if order is None or not order.stopped_by(bid, funded):
                    return False
        return not self.covers or holds(self.model, chosen)


def _key(row: Row) -> RowOf:
    return (*row_key(row), row.least is None)


def _reweighted(row: Row, places: Sequence[int], like: Row) -> Row:
    """Give a row in which some choices weigh what they weigh in a row on them alone."""
    weights = {places[at]: weight for at, weight in like.terms}
    return replace(row, terms=tuple((at, weights.get(at, weight)) for at, weight in row.terms))


class _State(NamedTuple):
    """What was decided on the first bids of an order."""

    at: int
    chosen: Chosen
    worth: int
    used: list[int]
    last: int = -1  # the last bid that is funded
    hard: tuple[int, ...] = ()  # bids that others have to wait for
    soft: tuple[int, ...] = ()  # bids that others have to wait for unless a ground holds


class _Asked(NamedTuple):
    """The one limit that can stop a bid, what all awards use of it then, and what worse-ranked ones add to that."""

    number: int
    least: int
    behind: Sequence[tuple[int, int]]


class _Waited(NamedTuple):
    """A bid that others wait for: its grounds, and for each what has to be used of which of the theme's own limits.

    None where a ground hangs on what is not decided yet when its turn comes.
    """

    grounds: Sequence[Ground]
    least: Sequence[tuple[int, int] | None]


class _Limits:
    """What limits the sets of one theme: its own rows, then those that span themes, each by its number."""

    def __init__(self, whole: WaysInOrder, theme: str) -> None:
        places = whole.index.at_theme[theme]
        rules = [rule for rule in whole.ranks if isinstance(rule, FundFirst)]
        rows = [row for rule in rules for row in fund_first(whole.index, rule) if row.subject == theme]
        self.own = (*whole.own[theme], *rows)
        self.numbers = {id(row): number for number, row in enumerate((*self.own, *whole.spanning))}
        # What each choice weighs, with the most that is looked at as soon as it is chosen.
        self.weights: dict[int, list[tuple[int, int, int | None]]] = {at: [] for at in places}
        self.ends: list[tuple[int, Row]] = []  # what is looked at when all is decided
        for number, row in enumerate(self.own):
            falls = any(weight < 0 for _, weight in row.terms)
            if row.least is not None or (row.most is not None and (falls or row.most < 0)):
                self.ends.append((number, row))
            for at, weight in row.terms:
                if at in self.weights:  # elsewhere it weighs nothing
                    self.weights[at].append((number, weight, None if falls else row.most))
        for at in places:
            self.weights[at] += [(len(self.own) + number, weight, None) for number, weight in whole.uses_of.get(at, ())]

    def keeps(self, used: Sequence[int]) -> bool:
        """Whether a set that has exceeded nothing as it grew keeps all the theme's own rows."""
        for number, row in self.ends:
            if row.least is not None and used[number] < row.least:
                return False
            if row.most is not None and used[number] > row.most:
                return False
        return True


class _Down:
    """One theme, gone down bid by bid."""

    def __init__(self, whole: WaysInOrder, theme: str) -> None:
        self.whole, self.order, self.index = whole, whole.order(theme), whole.index
        places, choices = self.index.at_theme[theme], whole.model.choices
        self.bids = self.order.ordered if self.order else list(dict.fromkeys(choices[at].candidate for at in places))
        self.limits = whole.limits_of(theme)
        worth = WEIGHTS[whole.model.objectives[0]]
        self.worth = {at: worth(choices[at]) for at in places}
        self.places: dict[int, _Waited | None] = {}
        self.asks: dict[int, _Asked | None] = {}

    def ways(self) -> list[Way]:
        """Give every way, the best first."""
        found, stack = list[Way](), [_State(0, (), 0, [0] * len(self.limits.numbers))]
        while stack:
            state = stack.pop()
            if state.at < len(self.bids):
                stack += self._next(state)
            elif self.limits.keeps(state.used):
                found.append(self._way(state))
            if len(stack) + len(found) > MOST_WAYS:
                raise TooManyError
        return sorted(found, key=lambda one: (-one.worth, one.chosen))

    def _next(self, state: _State) -> list[_State]:
        at, chosen, worth, used, _, hard, soft = state
        found, order = [self._without(state)], self.order
        if hard and order and any(order.waits(self.bids[at], self.bids[other]) for other in hard):
            return found
        for place in self.index.at_bid[self.bids[at].bid]:
            sums = [*used]
            for number, weight, most in self.limits.weights[place]:
                sums[number] += weight
                if most is not None and sums[number] > most:
                    break
            else:
                found.append(_State(at + 1, (*chosen, place), worth + self.worth[place], sums, at, hard, soft))
        return found

    def _without(self, state: _State) -> _State:
        """Leave a bid out: others wait for it, or may pass it over if a ground holds, or need none."""
        at, chosen, worth, used, last, hard, soft = state
        end, order = at + 1, self.order
        waited = None if order is None else self._waited(order, at)
        if order and waited:
            if any(one and used[one[0]] >= one[1] for one in waited.least):
                pass
            elif None in waited.least:
                soft = (*soft, at)
            elif not order.gap and end < len(self.bids) and order.keys[end] > order.keys[at]:
                end = len(self.bids)  # all that are left wait for it
            else:
                hard = (*hard, at)
        return _State(end, chosen, worth, used, last, hard, soft)

    def _waited(self, order: InOrder, at: int) -> _Waited | None:
        """Say what others wait for a bid for; None where none do."""
        if at not in self.places:
            place = order.place(at)
            least = [self._least(order, at, ground) for ground in place.grounds]
            self.places[at] = _Waited(place.grounds, least) if place.binds else None
        return self.places[at]

    def _least(self, order: InOrder, at: int, ground: Ground) -> tuple[int, int] | None:
        """Give the limit and what has to be used of it for a ground to hold, where that is decided already."""
        level = at + 1 < len(self.bids) and order.keys[at + 1] == order.keys[at]
        number = self.limits.numbers.get(id(ground.row))  # none: of the theme of a bid that is linked with it
        if number is None or number >= len(self.limits.own) or level or len(order.added(self.bids[at].bid)) > 1:
            return None
        return number, (ground.row.most or 0) + 1 - ground.more

    def _way(self, state: _State) -> Way:
        waited = [at for at in state.soft if self.order and self._is_waited_for(self.order, at, state)]
        asks, chosen = [], frozenset(state.chosen)
        for at in waited:
            if at not in self.asks:
                self.asks[at] = self._asked(at)
            asked = self.asks[at]
            if asked is not None:
                behind = sum([weight for place, weight in asked.behind if place in chosen])
                asks.append((asked.number, asked.least + behind))
        uses, passed = tuple(state.used[len(self.limits.own) :]), tuple(self.bids[at].bid for at in waited)
        return Way(tuple(sorted(chosen)), state.worth, uses, passed, tuple(asks))

    def _is_waited_for(self, order: InOrder, at: int, state: _State) -> bool:
        """Whether a bid that is funded waits for one that is not."""
        if not order.gap:
            return state.last > at and order.keys[state.last] > order.keys[at]
        had = (self.whole.model.choices[place].candidate for place in state.chosen)
        return any(order.waits(other, self.bids[at]) for other in had)

    def _asked(self, at: int) -> _Asked | None:
        """Give the limit that has to stop a bid, if one that spans themes alone can."""
        waited, bid = self.places[at], self.bids[at].bid
        assert self.order is not None
        assert waited is not None
        if len(waited.grounds) > 1 or len(self.order.added(bid)) > 1:
            return None
        row, more = waited.grounds[0].row, waited.grounds[0].more
        number = self.limits.numbers[id(row)] - len(self.limits.own)
        worse = {place for one in self.order.worse(at) for place in self.index.at_bid[one.bid]}
        behind = [(place, weight) for place, weight in row.terms if place in worse]
        return None if number < 0 else _Asked(number, (row.most or 0) + 1 - more, behind)
