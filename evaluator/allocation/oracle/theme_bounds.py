"""Bounds theme by theme: what the total score cannot exceed with one bid in or out, and which other bids that settles.

A rule that spans themes is priced instead of kept: each pound or hour that it limits costs points, and what it leaves
over earns them. With the rule's price every set that keeps all rules scores no more than the themes' best sets one by
one. That holds for any price, so prices may come from a rough guide (the same problem with divisible awards). Prices
are exact fractions, and every rounding is upwards: the bounds are true in whole numbers.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from evaluator.allocation.model.model import Model, Row, Terms
from evaluator.allocation.solvers.highs_warm import maximise, shadow_prices
from evaluator.allocation.solvers.work import Work

FINER = 100  # units of a bound in one unit of score, so that rounding up costs next to nothing
PRICED = 10**12

RowKey = tuple[str, str, str, str]
Prices = Mapping[RowKey, Fraction]  # of rows that span themes; what is not named costs nothing


@dataclass(frozen=True, slots=True)
class Top:
    """The most that a theme's own rules allow, in finer units (None: nothing is allowed), and a set that is close."""

    bound: int | None
    chosen: frozenset[int] = frozenset()


@dataclass
class ThemeMemory:
    """What was found out about themes, each under a number that stands for its rows and weights."""

    names: dict[tuple[tuple[Row, ...], Terms], int] = field(default_factory=dict)
    tops: dict[tuple[int, str, bool], Top] = field(default_factory=dict)

    def name(self, rows: tuple[Row, ...], weights: Terms) -> int:
        """Give the number of a theme's rows and weights."""
        return self.names.setdefault((rows, weights), len(self.names))

    def copy(self) -> "ThemeMemory":
        """Give a second one that goes its own way from here."""
        return ThemeMemory(dict(self.names), dict(self.tops))


def theme_of_rows(model: Model) -> list[str]:
    """Name the theme that all of a row is about, row by row; empty where it spans themes or counts wards."""
    themes, found = model.themes, []
    for row in model.rows:
        touched = {themes[at] if at < len(themes) else "" for at, weight in row.terms if weight}
        found.append(touched.pop() if len(touched) == 1 else "")
    return found


def row_key(row: Row) -> RowKey:
    """Give what tells a row from others, also in a problem in which something was changed."""
    return row.rule, row.kind, row.subject, row.year


def prices_of(model: Model, objective: Terms, memory: "ThemeMemory") -> Prices:
    """Price the rows that span themes: nothing, half or all of what divisible awards would pay, whatever binds most."""
    choices = len(model.choices)
    duals = shadow_prices(model, objective)
    whole = {
        row_key(row): Fraction(round(dual * PRICED), PRICED)
        for row, theme, dual in zip(model.rows, theme_of_rows(model), duals, strict=True)
        if dual and not theme and all(at < choices for at, _ in row.terms)
    }
    parts = (Fraction(0), Fraction(1, 2), Fraction(1)) if whole else (Fraction(0),)
    tried = [{key: price * part for key, price in whole.items()} for part in parts]
    bounds = [ThemeBounds(model, objective, prices, memory).most() for prices in tried]
    best = min(range(len(tried)), key=lambda number: (bounds[number] is None, bounds[number] or 0))
    return tried[best]


class ThemeBounds:
    """The bounds of one problem; ``memory`` keeps what is found out about a theme for problems that leave it alone."""

    def __init__(self, model: Model, objective: Terms, prices: Prices, memory: ThemeMemory) -> None:
        self.model, self.prices, self.memory = model, prices, memory
        self.owner = {one.candidate.bid: one.candidate.theme for one in model.choices}
        self.places: dict[str, dict[str, list[int]]] = {}  # of the choices of each bid, theme by theme
        for bid, own in model.places.items():
            self.places.setdefault(self.owner[bid], {})[bid] = own
        self.themes = {theme: [at for own in its.values() for at in own] for theme, its in self.places.items()}
        owners = theme_of_rows(model)
        self.rows = {
            theme: tuple(row for row, owner in zip(model.rows, owners, strict=True) if owner == theme)
            for theme in self.themes
        }
        priced = [
            (row, prices[row_key(row)])
            for row, owner in zip(model.rows, owners, strict=True)
            if not owner and prices.get(row_key(row))
        ]
        self.worth = FINER * sum((_worth(row, price) for row, price in priced), Fraction(0))
        weights = _weights(model, objective, priced)
        self.terms = {theme: tuple((at, weights[at]) for at in its) for theme, its in self.themes.items()}
        self.name = {theme: memory.name(self.rows[theme], self.terms[theme]) for theme in self.themes}

    def top(self, theme: str, bid: str = "", funded: bool = True) -> Top:
        """Give the most that a theme can bring, with one of its bids in or out if one is named."""
        key = (self.name[theme], bid, funded)
        if key not in self.memory.tops:
            self.memory.tops[key] = self._solved(theme, bid, funded)
        return self.memory.tops[key]

    def _solved(self, theme: str, bid: str, funded: bool) -> Top:
        extra: tuple[Row, ...] = ()
        if bid:
            own = tuple((at, 1) for at in self.places[theme][bid])
            extra = (Row("", "forced", bid, own, 1 if funded else None, None if funded else 0),)
        inside = set(self.themes[theme])
        fixed = {at: 0 for at in range(self.model.variables) if at not in inside}
        alone = replace(self.model, rows=self.rows[theme])
        answer = maximise(alone, self.terms[theme], extra, Work.of_question(self.model.problem), fixed)
        if answer.outcome == "infeasible":
            return Top(None)
        if answer.bound is None:  # not proven: what cannot be exceeded is everything
            return Top(sum(max(0, weight) for _, weight in self.terms[theme]))
        return Top(answer.bound, frozenset(answer.chosen))

    def most(self, bid: str = "", funded: bool = True) -> int | None:
        """Give a total in finer units that no set with a bid, or without it, exceeds; None: there is no such set."""
        own = self.owner[bid] if bid else ""
        tops = [self.top(theme, *((bid, funded) if theme == own else ())).bound for theme in self.themes]
        if None in tops:
            return None
        return math.ceil(self.worth) + sum(top for top in tops if top is not None)

    def fixed(self, bid: str, target: int, *, funded: bool) -> dict[int, int] | None:
        """Fix the choices of other themes that no set changes which funds the bid, or not, and reaches the target.

        None where no such set exists.
        """
        return self.fixed_beside(self.owner[bid], self.most(bid, funded), target)

    def fixed_beside(self, own: str, most: int | None, target: int) -> dict[int, int] | None:
        """Fix the choices of all themes but one that no set changes which reaches the target, if none exceeds most.

        None where no such set exists.
        """
        if most is None or most < FINER * target:
            return None
        found: dict[int, int] = {}
        for theme in self.themes:
            if theme != own:
                found |= self._fixed(theme, most - FINER * target)
        return found

    def opposites(self, theme: str) -> dict[tuple[str, bool], Top]:
        """Give the most that a theme can bring with each of its bids the other way round than in its best set."""
        best = self.top(theme).chosen
        bids = dict.fromkeys(self.places[theme], False)
        bids |= {self.model.choices[at].candidate.bid: True for at in best}
        return {("", True): self.top(theme)} | {
            (bid, not funded): self.top(theme, bid, not funded) for bid, funded in bids.items()
        }

    def _fixed(self, theme: str, spare: int) -> dict[int, int]:
        """Fix the bids of a theme whose other outcome would cost more than there is to spare."""
        whole = self.top(theme)
        found: dict[int, int] = {}
        for bid, own in self.places[theme].items():
            funded = any(at in whole.chosen for at in own)
            if funded and len(own) > 1:
                continue  # which level is best is left open
            other = self.top(theme, bid, not funded).bound
            if other is None or (whole.bound or 0) - other > spare:
                found |= dict.fromkeys(own, int(funded))
        return found


def _worth(row: Row, price: Fraction) -> Fraction:
    """Give what a priced row's limit is worth as a whole."""
    return price * row.most if row.most is not None else -price * (row.least or 0)


def _weights(model: Model, objective: Terms, priced: Sequence[tuple[Row, Fraction]]) -> Mapping[int, int]:
    """Give what each choice adds less the price of what it uses, rounded up in finer units."""
    weights = dict.fromkeys(range(len(model.choices)), Fraction(0)) | {at: Fraction(one) for at, one in objective}
    for row, price in priced:
        for at, weight in row.terms:
            weights[at] += -price * weight if row.most is not None else price * weight
    return {at: math.ceil(FINER * weight) for at, weight in weights.items()}
