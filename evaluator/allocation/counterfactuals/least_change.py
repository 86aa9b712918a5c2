"""The least change, in whole pounds, at which the best set with a bid beats what it has to beat.

A cost that falls moves the rows of the model evenly. So one solve finds the smallest move at
which some set with the bid is good enough; the changed problem is then solved to see that it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from evaluator.allocation.model.model import Model, Row, Terms, forced, objective_terms
from evaluator.allocation.oracle.best import Best, Vector
from evaluator.allocation.oracle.oracle import Oracle
from evaluator.allocation.solvers.highs_warm import least_move
from evaluator.allocation.solvers.solve import NONE_FIXED, Fixed

Pounds = int | Literal["never", "unknown"]
Slope = tuple[Row, int]
DESCENTS = 3  # better sets taken one after the other before the solver is asked for the least pounds outright


@dataclass(frozen=True)
class Path:
    """A problem that changes with a number of pounds, even up to ``most`` of them.

    Parameters
    ----------
    at : gives the oracle of the changed problem; ``at(0)`` is as published.
    """

    bid: str
    at: Callable[[int], Oracle]
    most: int

    @cached_property
    def rows(self) -> tuple[Slope, ...] | None:
        """Give the rows of the sets that fund the bid, each with what a pound adds; None where that is uneven."""
        start, moved = (forced(self.at(pounds).model, into=(self.bid,)) for pounds in (0, 1))
        if len(start.rows) != len(moved.rows):
            return None
        found: list[Slope] = []
        for one, other in zip(start.rows, moved.rows, strict=True):
            slope = self._slope(start, one.terms, other.terms)
            if slope is None:
                return None
            if one.least is not None:
                found.append((replace(one, most=None), slope - ((other.least or 0) - one.least)))
            if one.most is not None:
                found.append((replace(one, least=None), slope - ((other.most or 0) - one.most)))
        return tuple(found)

    def _slope(self, model: Model, one: Terms, other: Terms) -> int | None:
        """Give what a pound adds to a sum; it has to be the same at every level of the bid, and nothing for others."""
        before, after = dict(one), dict(other)
        changes = {at: after.get(at, 0) - before.get(at, 0) for at in {*before, *after}}
        own = model.places.get(self.bid, [])
        if any(change for at, change in changes.items() if at not in own):
            return None
        slopes = {changes.get(at, 0) for at in own}
        return slopes.pop() if len(slopes) == 1 else None

    def objective(self, number: int) -> Slope | None:
        """Give the sum of an objective as a row without a limit, with what a pound adds."""
        name = self.at(0).model.objectives[number]
        start, moved = (objective_terms(self.at(pounds).model, name) for pounds in (0, 1))
        slope = self._slope(self.at(0).model, start, moved)
        return None if slope is None else (Row("", "stage", name, start), slope)


def least_to_beat(path: Path, vector: Vector, low: int) -> Pounds:
    """Find the fewest pounds, from ``low``, at which the best set with the bid beats these values.

    Returns
    -------
    The pounds, with which the changed problem was solved; with fewer no set with the bid is good enough, and that was
    solved too. ``never``: up to the end of the path none is. ``unknown``: that was not established.
    """
    rows = path.rows
    goals = [path.objective(number) for number in range(len(vector))]
    sums = [goal for goal in goals if goal is not None]
    if rows is None or len(sums) < len(goals):
        return "unknown"
    moves = _Moves(path, rows, sums, vector)
    first = moves.first(low)
    if not isinstance(first, int) or moves.inside(first).beats(vector):
        return first
    # Better in one objective and as good in those before it.
    found = [moves.least(number, value + 1, first, path.most) for number, value in enumerate(vector)]
    if "unknown" in found:
        return "unknown"
    least = min((pounds for pounds in found if isinstance(pounds, int)), default=None)
    if least is None:
        return "never"
    return least if moves.inside(least).beats(vector) else "unknown"


@dataclass(frozen=True)
class _Moves:
    """Solves for the smallest move along a path."""

    path: Path
    rows: tuple[Slope, ...]
    sums: list[Slope]
    vector: Vector

    def inside(self, pounds: int) -> Best:
        """Begin a search among the sets with the bid that are as good as the first value asks, so many pounds on."""
        return self.path.at(pounds).best(forced_in=(self.path.bid,), reach=self.vector[0])

    def first(self, low: int) -> Pounds:
        """Find the fewest pounds at which a set with the bid reaches the first value."""
        high = self._within_reach(low)
        for _ in range(DESCENTS):
            less = self.path.most if high == "never" else high - 1
            if less < low:
                return high
            best = self.inside(less)
            value = best.value_at(0)
            if value == "unknown":
                return "unknown"
            if value == "infeasible" or value < self.vector[0]:
                return high
            high = min(less, max(low, self._needed(best.incumbent or ())))
        return self.least(0, self.vector[0], low, high)

    def _within_reach(self, low: int) -> int | Literal["never"]:
        """Give pounds that are enough if the other themes stay as they are."""
        oracle = self.path.at(0)
        if oracle.bounds is None:
            return "never"
        fixed = oracle.others(oracle.bounds.owner[self.path.bid])
        found = self._solved([self._goal(0, self.vector[0])], low, self.path.most, fixed)
        return found if isinstance(found, int) else "never"

    def _needed(self, chosen: Sequence[int]) -> int:
        """Give the pounds at which a set keeps every rule and reaches the first value."""
        taken = set(chosen)
        most = 0
        for row, slope in (*self.rows, self._goal(0, self.vector[0])):
            used = sum(weight for at, weight in row.terms if at in taken)
            if row.most is not None and used > row.most and slope < 0:
                most = max(most, -(-(used - row.most) // -slope))
            if row.least is not None and used < row.least and slope > 0:
                most = max(most, -(-(row.least - used) // slope))
        return most

    def least(self, number: int, value: int, low: int, high: int | Literal["never"]) -> Pounds:
        """Find the fewest pounds at which a set with the bid reaches a value in one objective, and earlier ones too."""
        top = self.path.most if high == "never" else high
        bounds = self.path.at(top).bounds
        fixed = NONE_FIXED if bounds is None else bounds.fixed(self.path.bid, self.vector[0], funded=True)
        if fixed is None:
            return "never"
        equal = [self._goal(at, self.vector[at]) for at in range(number)]
        return self._solved([*equal, self._goal(number, value)], low, top, fixed)

    def _goal(self, number: int, value: int) -> Slope:
        row, slope = self.sums[number]
        return replace(row, least=value), slope

    def _solved(self, goals: list[Slope], low: int, high: int, fixed: Fixed) -> Pounds:
        oracle = self.path.at(0)
        answer = least_move(oracle.model, [*self.rows, *goals], (low, high), oracle.work, fixed)
        if answer.outcome == "infeasible":
            return "never"
        return "unknown" if answer.bound is None else max(low, answer.bound)
