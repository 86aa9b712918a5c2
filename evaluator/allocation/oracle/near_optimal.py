"""The best set, found by listing: each theme's sets that come close to its best, put together until every rule is kept.

Prices on the rows of a theme (a rough guide: any prices give true bounds) make each choice a gain or a loss. A set
falls short of the bound by at least what it loses against taking every gain and nothing else. So all sets near the best
differ from the gains in few and small losses, and these are listed in whole numbers, with every tie.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluator.allocation.model.model import Chosen, Model, Row, Terms, objective_terms, values_of
from evaluator.allocation.oracle.theme_bounds import theme_of_rows
from evaluator.allocation.proof.awards import holds
from evaluator.allocation.search.exact_sums import is_fine
from evaluator.allocation.solvers.highs_warm import shadow_prices

Ints = NDArray[Any]
PRICED = 2**20  # units of a priced gain in one unit of score
LARGEST = 2**61  # sums beyond it might not fit
MOST_SETS, MOST_TOGETHER, MOST_CHECKED = 60_000, 200_000, 60  # beyond them a solver is the better choice
FIRST, WIDER = 2, 4  # units of score below the best that are looked at first, and how much further each time


class TooManyError(Exception):
    """Too much is near the best, or numbers are too large, to list it."""


@dataclass(frozen=True, slots=True)
class Sets:
    """Sets of one theme, a row each: which of its places each takes, and by what it falls short of the theme's best."""

    taken: Ints
    short: Ints
    places: Ints


def near_best(model: Model) -> Chosen | None:
    """Give the best set in every objective, the first in order of those that stay equal; None where none is found.

    None is looked for where the first objective counts what is covered, or is too fine.
    """
    terms = objective_terms(model, model.objectives[0])
    if is_fine(terms) or any(at >= len(model.choices) for at, _ in terms):
        return None
    try:
        themes = _Themes(model, terms)
        best = {theme: themes.best(theme) for theme in themes.places}
        reach = FIRST
        while True:
            lists = [themes.near(theme, top, reach) for theme, top in best.items()]
            found = _first_that_holds(model, themes.together(lists, reach))
            if found is not None or reach > 2 * themes.whole:
                return found
            reach *= WIDER
    except TooManyError:
        return None


def _first_that_holds(model: Model, listed: Sequence[tuple[int, tuple[int, ...]]]) -> Chosen | None:
    """Give the best of the sets, the nearest first, that keep every rule; sets equally near go by later objectives."""
    feasible: list[tuple[int, ...]] = []
    least: int | None = None
    for number, (short, chosen) in enumerate(listed):
        if least is not None and short > least:
            break
        if number == MOST_CHECKED:
            raise TooManyError
        if holds(model, chosen):
            least = short
            feasible.append(chosen)
    return max(feasible, key=lambda one: (values_of(model, one), [-at for at in one]), default=None)


class _Themes:
    """The themes of one model, with prices on the rows of each. Rows of several themes wait until sets are together.

    Raises
    ------
    TooManyError : where 64 bits might not hold the sums.
    """

    def __init__(self, model: Model, terms: Terms) -> None:
        choices, worth = range(len(model.choices)), dict(terms)
        worths = [worth.get(at, 0) for at in choices]
        self.whole = sum(map(abs, worths))
        places: dict[str, list[int]] = {}
        for at, theme in enumerate(model.themes):
            places.setdefault(theme, []).append(at)
        owners = list(zip(model.rows, theme_of_rows(model), strict=True))
        apart = [(row, theme) for row, theme in owners if theme]
        prices = shadow_prices(replace(model, rows=tuple(row for row, _ in apart)), terms)
        priced = [
            (theme, row, round(price * PRICED))
            for (row, theme), price in zip(apart, prices, strict=True)
            if row.most is not None
        ]
        self.gains, self.bound = _gains(worths, places, priced)
        sums = [sum(abs(weight) for _, weight in row.terms) for row in model.rows]
        if max(PRICED * self.whole + sum(map(abs, self.gains)), *self.bound.values(), *sums, 0) * 4 >= LARGEST:
            raise TooManyError
        self.worths = np.array(worths, dtype=np.int64)
        self.places = {theme: np.array(its) for theme, its in places.items()}
        self.own = {theme: _Rows([row for row, owner in apart if owner == theme], its) for theme, its in places.items()}
        spanning = [row for row, theme in owners if not theme and all(at in choices for at, _ in row.terms)]
        self.spanning = _Rows(spanning, choices)

    def best(self, theme: str) -> int:
        """Give what the best set of a theme is worth under its own rules."""
        reach, all_losses = FIRST, sum(abs(self.gains[at]) for at in self.places[theme].tolist())
        while True:
            least = self.bound[theme] - reach * PRICED
            _, worths = self._listed(theme, least)
            top = int(worths.max()) if len(worths) else None
            if top is not None and (PRICED * top >= least or reach * PRICED >= all_losses):
                return top
            if reach * PRICED >= all_losses:
                raise TooManyError  # the theme's rules leave no set at all, which is for a solver to say
            reach *= 2

    def near(self, theme: str, best: int, reach: int) -> Sets:
        """List the sets of a theme that fall short of its best by ``reach`` at the most."""
        taken, worths = self._listed(theme, PRICED * (best - reach))
        kept = worths >= best - reach
        return Sets(taken[kept], best - worths[kept], self.places[theme])

    def _listed(self, theme: str, least: int) -> tuple[Ints, Ints]:
        """List every set under a theme's own rules that may be worth so much in priced units, with what it is worth."""
        gains = np.array([self.gains[at] for at in self.places[theme].tolist()], dtype=np.int64)
        losses, room = np.abs(gains), self.bound[theme] - least
        lost, flips = np.zeros(1, dtype=np.int64), np.zeros((1, len(gains)), dtype=bool)
        for at in np.argsort(-losses, kind="stable").tolist():
            more = lost <= room - losses[at]
            flipped = flips[more]
            flipped[:, at] = True
            lost, flips = np.concatenate([lost, lost[more] + losses[at]]), np.concatenate([flips, flipped])
            if len(lost) > MOST_SETS:
                raise TooManyError
        taken = flips ^ (gains > 0)
        taken = taken[self.own[theme].keeping(taken)]
        return taken, taken @ self.worths[self.places[theme]]

    def together(self, lists: Sequence[Sets], reach: int) -> list[tuple[int, tuple[int, ...]]]:
        """Put a set of each theme together in every way that falls short by ``reach`` at the most, the nearest first.

        What breaks a rule on choices of several themes is left out; after the first that are checked, all is.
        """
        whole, short = np.zeros((1, len(self.worths)), dtype=bool), np.zeros(1, dtype=np.int64)
        for one in lists:
            if len(short) * len(one.short) > 100 * MOST_TOGETHER:
                raise TooManyError
            ours, theirs = np.nonzero(short[:, None] + one.short[None, :] <= reach)
            if len(ours) > MOST_TOGETHER:
                raise TooManyError
            whole, short = whole[ours], short[ours] + one.short[theirs]
            whole[:, one.places] = one.taken[theirs]
        kept = self.spanning.keeping(whole)
        whole, short = whole[kept], short[kept]
        order = np.argsort(short, kind="stable")[: MOST_CHECKED + 1]
        return [(int(short[at]), tuple(np.flatnonzero(whole[at]).tolist())) for at in order]


def _gains(
    worths: Sequence[int], places: Mapping[str, Sequence[int]], priced: Sequence[tuple[str, Row, int]]
) -> tuple[list[int], dict[str, int]]:
    """Give what each choice gains at the rows' prices, and what no set of each theme exceeds, in priced units."""
    gains, bound = [PRICED * worth for worth in worths], dict.fromkeys(places, 0)
    for theme, row, price in priced:
        bound[theme] += price * (row.most or 0)
        for at, weight in row.terms:
            gains[at] -= price * weight
    return gains, {theme: bound[theme] + sum(max(0, gains[at]) for at in its) for theme, its in places.items()}


class _Rows:
    """Rows that can bind, as an array of choices by rows."""

    def __init__(self, rows: Sequence[Row], places: Sequence[int]) -> None:
        rows = [row for row in rows if row.binds]
        place = {at: number for number, at in enumerate(places)}
        self.table = np.zeros((len(place), len(rows)), dtype=np.int64)
        for number, row in enumerate(rows):
            for at, weight in row.terms:
                if weight:
                    self.table[place[at], number] += weight
        self.least = np.array([-LARGEST if row.least is None else max(row.least, -LARGEST) for row in rows])
        self.most = np.array([LARGEST if row.most is None else min(row.most, LARGEST) for row in rows])

    def keeping(self, taken: Ints) -> Ints:
        """Say which sets keep all of the rows."""
        used = taken @ self.table
        return np.asarray(((used >= self.least) & (used <= self.most)).all(axis=1))
