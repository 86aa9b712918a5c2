"""Many draws of a theme at once: exact totals and ranks, as whole numbers in arrays.

Quality is one product of weights and marks, exact because whole numbers far below 2**53 stay whole in it. Price points
are worked out once for each price weight that occurs, by the engine's own method. What a draw changes about who is
ranked at all, and so about everybody's price points, is left to the engine, draw by draw.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any, assert_never

import numpy as np
from numpy.typing import NDArray

from evaluator.records.programme.criteria import PRICE, QUALITY, Criteria, Theme, tie_break_of
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.programme.scales import Values
from evaluator.records.submissions.evaluation import NOT_APPLICABLE, ThemeBids, some_of, values_of
from evaluator.records.submissions.tie_breaks import arrivals, draw_places
from evaluator.scoring.exact_columns import Column
from evaluator.scoring.quality import assess_quality, mark_positions
from evaluator.scoring.totals import price, rounded_column

Ints = NDArray[Any]
EXACT = 2**52  # whole numbers below it are exact in double precision
AT_ONCE = 2500  # draws whose arrays stay in the processor's memory


@dataclass(frozen=True)
class Changed:
    """Draws of one theme: weights in ``1/unit`` points, a row a draw (leaves sorted), or marks by scale position."""

    leaves: tuple[str, ...]
    unit: int
    weights: Ints | None = None  # draws × leaves
    marks: Ints | None = None  # draws × bids × questions

    @property
    def draws(self) -> int:
        """Count the draws."""
        changed = self.weights if self.weights is not None else self.marks
        return 0 if changed is None else len(changed)


@dataclass(frozen=True)
class Outcomes:
    """What a theme's ranked bids come to, a row a bid and a column a draw; ``odd`` draws are left to the engine.

    ``totals`` are in units of the last published place; ``ranks`` start at 1, and equal bids share one.
    """

    totals: Ints
    ranks: Ints
    odd: Ints


class Vectorised:
    """One theme's bids, ready for draws.

    Raises
    ------
    ValueError : where the published scoring is none that whole numbers in arrays can follow.
    """

    def __init__(self, criteria: Criteria, bids: ThemeBids) -> None:
        self.criteria, self.bids = criteria, bids
        self.theme: Theme = criteria.theme(bids.theme)
        policy = criteria.price_policy(bids.theme)
        terms = METHODS[policy.method] if policy else None
        if criteria.rounding.point not in ("parts", "total"):
            raise ValueError("totals are not rounded")
        if terms and (terms.gives != "points" or terms.needs_quality):
            raise ValueError("the price method is no function of the prices alone")
        if any(one != Values.of(criteria.scale) for one in values_of(criteria, bids)) or criteria.scale.has_points:
            raise ValueError("the questions are not all marked on one scale")
        if bids.holds(NOT_APPLICABLE):
            raise ValueError("a question does not apply to a bid")
        if criteria.measured_in(bids.theme):
            raise ValueError("points follow from figures too")
        minimums = self.theme.point_minimums(bids.questions)
        if self.theme.more_than or any(one.percent is None or one.name != QUALITY for one in minimums):
            raise ValueError("the minimums are more than a share of the quality points")
        quality = assess_quality(criteria, bids)
        self.ranked = np.flatnonzero(quality.ranked)
        self.quality = quality.points[quality.ranked]
        self.offers = tuple(some_of(bids.bids, self.ranked.tolist()))
        self.names = tuple(bid.id for bid in self.offers)
        self.mark_unit = lcm(*(Fraction(mark).denominator for mark in criteria.scale.marks))
        self.values = np.array([int(mark * self.mark_unit) for mark in criteria.scale.marks], dtype=np.float64)
        self.positions = mark_positions(bids)[self.ranked]
        self.published: Mapping[str, Decimal] = self.theme.weights
        self.prices: dict[Fraction, Column] = {}
        self.tables: dict[int, Ints] = {}  # by the column that they are of, which ``prices`` keeps
        self.price_order = _dense([bid.price or 0 for bid in self.offers])

    def outcomes(self, changed: Changed) -> Outcomes:
        """Work out totals and ranks of all draws."""
        parts = [self._some(_slice(changed, at, at + AT_ONCE)) for at in range(0, changed.draws, AT_ONCE)]
        return Outcomes(*(np.concatenate(one, axis=-1) for one in zip(*parts, strict=True)))

    def _some(self, changed: Changed) -> tuple[Ints, Ints, Ints]:
        quality, bottom = self._quality(changed)
        odd = self._odd(changed, quality, bottom)
        totals = self._totals(changed, quality, bottom)
        return totals, self._ranks(changed, totals, quality), odd

    def _quality(self, changed: Changed) -> tuple[Ints, int]:
        """Give quality as whole numbers, bids × draws, and what one point is in them."""
        columns = [changed.leaves.index(question) for question in self.bids.questions]
        bottom = changed.unit * self.mark_unit * int(self.criteria.scale.highest)
        if changed.weights is not None:
            weights = changed.weights[:, columns].astype(np.float64)
            found = self.values[self.positions] @ weights.T
        else:
            assert changed.marks is not None
            weights = np.array([int(self.published[leaf] * changed.unit) for leaf in changed.leaves], dtype=np.float64)
            found = (self.values[changed.marks[:, self.ranked]] @ weights[columns]).T
        reach = float(abs(weights).max(initial=0)) * float(abs(self.values).max()) * len(columns)
        if reach * 4 > EXACT:
            raise ValueError("the weights are too fine")
        return found, bottom

    def _odd(self, changed: Changed, quality: Ints, bottom: int) -> Ints:
        """Find the draws in which other bids are ranked than as published."""
        odd = np.zeros(changed.draws, dtype=bool)
        if self.theme.minimum_quality is not None:
            if changed.weights is None:
                (minimum,) = self.theme.point_minimums(self.bids.questions)
                least = minimum.least(Fraction(sum(self.theme.weights[one] for one in self.bids.questions)))
                odd |= (quality * least.denominator < least.numerator * bottom).any(axis=0)
            else:
                odd |= self._below_moved(changed, quality)
        odd |= self._others_rise(changed)
        if changed.marks is not None:
            odd = np.logical_or(odd, self._short(changed.marks[:, self.ranked]))
        return odd

    def _below_moved(self, changed: Changed, quality: Ints) -> Ints:
        """Compare with a minimum that is a share of quality points that move with the weights."""
        assert changed.weights is not None
        columns = [changed.leaves.index(question) for question in self.bids.questions]
        share = Fraction(self.theme.minimum_quality or 0) / 100
        whole = changed.weights[:, columns].sum(axis=1) * self.mark_unit * int(self.criteria.scale.highest)
        below: Ints = (quality * share.denominator < share.numerator * whole).any(axis=0)
        return below

    def _others_rise(self, changed: Changed) -> Ints:
        """Find draws in which a bid that is below a minimum as published might not be: those are looked at singly."""
        unranked = [row for row in range(len(self.bids.bids)) if row not in set(self.ranked.tolist())]
        admitted = [row for row in unranked if self.bids.bids[row].id not in self.bids.disregarded]
        if not admitted:
            return np.zeros(changed.draws, dtype=bool)
        twin = object.__new__(Vectorised)
        twin.__dict__ = {
            **self.__dict__,
            "ranked": np.array(admitted),
            "positions": mark_positions(self.bids)[admitted],
        }
        quality, bottom = twin._quality(changed)
        share = Fraction(self.theme.minimum_quality or 0) / 100
        columns = [changed.leaves.index(question) for question in self.bids.questions]
        if changed.weights is not None:
            whole = changed.weights[:, columns].sum(axis=1)
        else:
            whole = np.full(changed.draws, sum(int(self.published[one] * changed.unit) for one in self.bids.questions))
        enough: Any = quality * share.denominator >= share.numerator * whole * (bottom // changed.unit)
        if self.theme.minimum_marks:
            marks = changed.marks[:, admitted] if changed.marks is not None else twin.positions[None]
            enough = enough & ~self._short_bids(marks).T
        rises: Ints = np.asarray(np.any(enough, axis=0))
        return rises

    def _short(self, marks: Ints) -> Ints:
        return np.asarray(self._short_bids(marks).any(axis=1))

    def _short_bids(self, marks: Ints) -> Ints:
        """Find bids with a mark below a published minimum for its question."""
        found = np.zeros(marks.shape[:2], dtype=bool)
        for question, least in self.theme.minimum_marks.items():
            short = np.array([mark < least for mark in self.criteria.scale.marks])
            found |= short[marks[:, :, self.bids.questions.index(question)]]
        return found

    def _totals(self, changed: Changed, quality: Ints, bottom: int) -> Ints:
        """Round once where the criteria say, and add."""
        rounding = self.criteria.rounding
        scale: int = 10**rounding.places
        if PRICE not in changed.leaves:
            return self._rounded(quality, bottom)
        points = self._price_points(changed)
        if rounding.point == "parts":
            table = np.array([self._whole(points[weight]) for weight in sorted(points)])
            return self._rounded(quality, bottom) + self._looked_up(changed, sorted(points), table)
        found = np.empty(quality.shape, dtype=np.int64)
        weights = self._price_weights(changed)
        for weight, column in points.items():
            chosen = weights == weight
            exact = Column(quality[:, chosen].T.reshape(-1).astype(np.int64), bottom)
            added = Column(np.tile(column.top, int(chosen.sum())), np.tile(column.bottoms, int(chosen.sum())))
            rounded = rounded_column(exact + added, rounding)
            assert isinstance(rounded.bottom, int)
            found[:, chosen] = np.asarray(rounded.top * scale // rounded.bottom).reshape(-1, len(quality)).T
        return found

    def _rounded(self, quality: Ints, bottom: int) -> Ints:
        scale: int = 10**self.criteria.rounding.places
        if scale % bottom == 0:
            found: Ints = quality * (scale // bottom)
            return found
        if bottom % scale == 0 and self.criteria.rounding.mode == "half_up" and quality.min(initial=0) >= 0:
            # A quotient that is not whole is far enough from one, so that the division's own rounding is harmless.
            part = bottom // scale
            halves: Ints = np.floor((2 * quality + part) / (2 * part))
            return halves
        column = rounded_column(Column(quality.reshape(-1).astype(np.int64), bottom), self.criteria.rounding)
        return np.asarray(column.top, dtype=np.int64).reshape(quality.shape)

    def _price_weights(self, changed: Changed) -> Ints:
        """Give the weight of price in each draw, in the draws' unit."""
        if changed.weights is not None:
            found: Ints = changed.weights[:, changed.leaves.index(PRICE)]
            return found
        return np.full(changed.draws, int(self.published[PRICE] * changed.unit))

    def _price_points(self, changed: Changed) -> dict[int, Column]:
        """Give exact price points for every weight of price that occurs, by the published method."""
        found = {}
        for weight in np.unique(self._price_weights(changed)).tolist():
            key = Fraction(weight, changed.unit)
            if key not in self.prices:
                moved = dict(self.published) | {PRICE: Decimal(weight) / Decimal(changed.unit)}
                themes = tuple(
                    one.model_copy(update={"weights": moved}) if one.id == self.theme.id else one
                    for one in self.criteria.themes
                )
                criteria = self.criteria.model_copy(update={"themes": themes})
                given = price(criteria, self.theme.id, self.offers, self.quality).given
                none = Column(np.zeros(len(self.offers), dtype=np.int64), 1)
                self.prices[key] = none if given is None else given
            found[weight] = self.prices[key]
        return found

    def _whole(self, column: Column) -> Ints:
        """Round price points by the published rule, once for each weight of price."""
        if id(column) not in self.tables:
            rounded = rounded_column(column, self.criteria.rounding)
            self.tables[id(column)] = np.asarray(rounded.top, dtype=np.float64)
        return self.tables[id(column)]

    def _looked_up(self, changed: Changed, weights: Sequence[int], table: Ints) -> Ints:
        """Give each bid's price points in each draw."""
        places = np.searchsorted(np.array(weights), self._price_weights(changed))
        found: Ints = table.T[:, places]
        return found

    def _ranks(self, changed: Changed, totals: Ints, quality: Ints) -> Ints:
        """Count for each bid and draw those ahead of it, by total and then by the published tie-breaks."""
        every = np.ones(changed.draws, dtype=bool)
        keys, whole = self._keys(changed, totals, quality, every, 2**31)
        ranks = _behind(keys.astype(np.int32))
        if whole:
            return ranks
        count = len(totals)
        tied = np.add.reduce(ranks, axis=0, dtype=np.int32) != count * (count + 1) // 2
        if tied.any():
            ranks[:, tied] = _behind(self._keys(changed, totals, quality, tied, 2**62)[0])
        return ranks

    def _keys(self, changed: Changed, totals: Ints, quality: Ints, draws: Ints, room: int) -> tuple[Ints, bool]:
        """Put total and tie-breaks into one number each, best highest, as far as there is room; say if all are in."""
        found, reach = _from_nought(totals if draws.all() else totals[:, draws])
        for level in self.criteria.tie_break.order:
            values = self._level(level, changed, quality, draws)
            if values is None:
                continue
            added, size = _from_nought(values)
            if reach * size >= room and room == 2**62:
                found, reach = _dense_rows(found), len(found)
            if reach * size >= room:
                return found, False
            found, reach = found * size + added, reach * size
        return found, True

    def _level(self, level: str, changed: Changed, quality: Ints, draws: Ints) -> Ints | None:
        kind, question = tie_break_of(level)
        match kind:
            case "quality":
                return quality if draws.all() else quality[:, draws]
            case "lower_price":
                priced = all(bid.price is not None for bid in self.offers)
                return (len(self.offers) - self.price_order)[:, None] if priced else None
            case "measured":
                return None  # no theme that is looked at here measures anything
            case "received":
                came = arrivals(self.offers)
                return None if came is None else -_dense(came)[:, None]
            case "draw":
                return -np.array(draw_places(self.offers), dtype=np.int64)[:, None]
            case "question":
                return self._marks(question, changed, draws)
            case never:
                assert_never(never)

    def _marks(self, question: str, changed: Changed, draws: Ints) -> Ints | None:
        if question not in self.bids.questions:
            return None
        column = self.bids.questions.index(question)
        best = _dense([int(value) for value in self.values])
        if changed.marks is None:
            return best[self.positions[:, column]][:, None]
        marked: Ints = best[changed.marks[draws][:, self.ranked, column]].T
        return marked


def _behind(keys: Ints) -> Ints:
    """Give 1 more than the number of bids with a higher key, for every bid and draw; equal bids share a rank."""
    kind = np.int8 if len(keys) < 127 else np.int32
    ranks = np.empty(keys.shape, dtype=kind)
    for row in range(len(keys)):
        np.add.reduce((keys > keys[row]).view(np.int8), axis=0, dtype=kind, out=ranks[row])
    ranks += 1
    return ranks


def _from_nought(values: Ints) -> tuple[Ints, int]:
    """Move whole numbers so that they start at nought, and say how many there may be."""
    least = int(values.min(initial=0)) if values.size == 0 else int(values.min())
    return values - least, int(values.max(initial=least)) - least + 1


def _dense(values: Sequence[int]) -> Ints:
    order = {value: place for place, value in enumerate(sorted(set(values)))}
    return np.array([order[value] for value in values], dtype=np.int64)


def _dense_rows(keys: Ints) -> Ints:
    """Bring large numbers down to their places, column by column."""
    return np.array([_dense(column) for column in keys.T.tolist()], dtype=np.int64).T


def _slice(changed: Changed, start: int, stop: int) -> Changed:
    weights = None if changed.weights is None else changed.weights[start:stop]
    marks = None if changed.marks is None else changed.marks[start:stop]
    return Changed(changed.leaves, changed.unit, weights, marks)
