"""The least change, in whole pounds, at which the best set with a bid beats what it has to beat.

A cost that falls moves the rows of the model evenly. So one solve finds the smallest move at
which some set with the bid is good enough; the changed problem is then solved to see that it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from evaluator.allocation.counterfactuals.forced import Narrowed, Nearby, Vector, beats
from evaluator.allocation.model.model import Model, Row, Terms, objective_terms, objectives_of
from evaluator.allocation.search.turning_point import forced_model
from evaluator.allocation.solvers.highs_warm import NO_PINS, Move, Pins, least_move
from evaluator.records.programme.allocation_policy import Objective

Pounds = int | Literal["never", "unknown"]
Slope = tuple[Row, int]
DESCENTS = 3  # better sets taken one after the other before the solver is asked for the least pounds outright


@dataclass(frozen=True)
class Path:
    """A problem that changes with a number of pounds, even up to ``most`` of them.

    Parameters
    ----------
    at : gives the changed problem; ``at(0)`` is as published.
    """

    bid: str
    at: Callable[[int], Nearby]
    most: int

    @cached_property
    def rows(self) -> tuple[Slope, ...] | None:
        """Give the rows of the sets that fund the bid, each with what a pound adds; None where that is uneven."""
        start, moved = (forced_model(self.at(pounds).model, self.bid, funded=True) for pounds in (0, 1))
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
        own = [at for at, choice in enumerate(model.choices) if choice.candidate.bid == self.bid]
        if any(change for at, change in changes.items() if at not in own):
            return None
        slopes = {changes.get(at, 0) for at in own}
        return slopes.pop() if len(slopes) == 1 else None

    def objective(self, number: int) -> Slope | None:
        """Give the sum of an objective as a row without a limit, with what a pound adds."""
        objectives: tuple[Objective, ...] = objectives_of(self.at(0).model.problem)
        start, moved = (objective_terms(self.at(pounds).model, objectives[number]) for pounds in (0, 1))
        slope = self._slope(self.at(0).model, start, moved)
        return None if slope is None else (Row("", "stage", objectives[number], start), slope)


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
    ask = _Asking(path, rows, sums, vector)
    first = ask.first(low)
    if not isinstance(first, int) or beats(ask.inside(first), vector):
        return first
    found = [ask.strictly(number, first) for number in range(len(vector))]
    if "unknown" in found:
        return "unknown"
    least = min((pounds for pounds in found if isinstance(pounds, int)), default=None)
    if least is None:
        return "never"
    return least if beats(ask.inside(least), vector) else "unknown"


@dataclass(frozen=True)
class _Asking:
    """Solves for the smallest move along a path."""

    path: Path
    rows: tuple[Slope, ...]
    sums: list[Slope]
    vector: Vector

    def inside(self, pounds: int) -> Narrowed:
        """Begin a search among the sets with the bid that are as good as the first value asks, so many pounds on."""
        return self.path.at(pounds).search(self.path.bid, True, self.vector[0])

    def first(self, low: int) -> Pounds:
        """Find the fewest pounds at which a set with the bid reaches the first value."""
        high = self._within_reach(low)
        for _ in range(DESCENTS):
            less = self.path.most if high == "never" else high - 1
            if less < low:
                return high
            found = self.inside(less)
            value = found.value(0)
            if value == "unknown":
                return "unknown"
            if value == "infeasible" or value < self.vector[0]:
                return high
            high = min(less, max(low, self._needed(found.chosen or ())))
        return self._least(0, self.vector[0], low, high)

    def _within_reach(self, low: int) -> int | Literal["never"]:
        """Give pounds that are enough if the other themes stay as they are."""
        near = self.path.at(0)
        if near.blocks is None:
            return "never"
        pins = near.others(near.blocks.theme_of(self.path.bid))
        found = self._solved([self._goal(0, self.vector[0])], low, self.path.most, pins)
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

    def strictly(self, number: int, low: int) -> Pounds:
        """Find the fewest pounds at which a set with the bid is better in one objective and as good in earlier ones."""
        return self._least(number, self.vector[number] + 1, low, self.path.most)

    def _least(self, number: int, value: int, low: int, high: int | Literal["never"]) -> Pounds:
        """Find the fewest pounds at which a set with the bid reaches a value in one objective, and earlier ones too."""
        top = self.path.most if high == "never" else high
        near = self.path.at(top)
        pins = NO_PINS if near.blocks is None else near.blocks.pins(self.path.bid, True, self.vector[0])
        if pins is None:
            return "never"
        equal = [self._goal(at, self.vector[at]) for at in range(number)]
        return self._solved([*equal, self._goal(number, value)], low, top, pins)

    def _goal(self, number: int, value: int) -> Slope:
        row, slope = self.sums[number]
        return replace(row, least=value), slope

    def _solved(self, goals: list[Slope], low: int, high: int, pins: Pins) -> Pounds:
        start = self.path.at(0).model
        model = replace(start, rows=tuple(row for row, _ in self.rows))
        move = Move([slope for _, slope in self.rows], low, high)
        answer = least_move(model, move, goals, self.path.at(0).seconds, pins)
        if answer.outcome == "infeasible":
            return "never"
        return "unknown" if answer.bound is None else max(low, answer.bound)
