"""Quality points from marks, and which bids are ranked: neither disregarded nor below a published minimum."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from evaluator.records.dates import spoken_date
from evaluator.records.numbers import exact_text
from evaluator.records.programme.conditions.minimums import PointMinimum
from evaluator.records.programme.criteria import QUALITY, Criteria, Theme
from evaluator.records.programme.scales import Mark, Values
from evaluator.records.results.scores import Status
from evaluator.records.submissions.evaluation import (
    NO_MARK,
    NOT_APPLICABLE,
    Decision,
    ThemeBids,
    row_marks,
    row_points,
    row_weights,
    values_of,
)
from evaluator.records.submissions.stages import NOT_SHORTLISTED
from evaluator.scoring.exact_columns import Column
from evaluator.scoring.exact_integers import LIMIT, Array, reach, whole
from evaluator.scoring.measured import outside

RANKED: tuple[Status, ...] = ("ranked",)


@dataclass(frozen=True)
class Quality:
    """The quality of a theme's bids: exact points, the state of each bid, why, and a mask of those ranked."""

    points: Column
    status: tuple[Status, ...]
    reasons: tuple[str, ...]
    ranked: Array


def quality_points(criteria: Criteria, bids: ThemeBids, questions: Collection[str] | None = None) -> Column:
    """Add up the exact points of each bid's questions; an answer without a mark (disregarded bids only) adds none.

    The points of an answer are weight × what its mark counts ÷ the most that one counts. A bid to which questions do
    not apply has their weights where the published rule takes them.

    Parameters
    ----------
    questions : only these are added up; all, where none are named.

    Raises
    ------
    ValueError
        For an admitted bid without a mark, which validation does not let through.
    """
    values, grid = values_of(criteria, bids), mark_positions(bids)
    _every_admitted_bid_is_marked(bids, grid)
    weights = _carried(criteria, bids, questions)
    earned = [one.points(weight) for one, weight in zip(values, weights, strict=True)]
    unit = lcm(*(points.denominator for one in earned for points in one))
    tables = [whole([*(int(points * unit) for points in one), 0, 0]) for one in earned]
    if sum(map(reach, tables)) >= LIMIT:
        tables = [one.astype(object) for one in tables]
    points = Column(_added_up(tables, grid), unit)
    all_apply = grid.min(initial=0) > NOT_APPLICABLE
    apart = [] if all_apply else np.flatnonzero((grid == NOT_APPLICABLE).any(axis=1)).tolist()
    return _where_some_do_not_apply(criteria, bids, points, apart, questions) if apart else points


def _added_up(tables: Sequence[Array], grid: Array) -> Array:
    """Add up each bid's points, whole numbers by question and place; of marks in equal steps from nought, at once."""
    if grid.min(initial=0) > NO_MARK and all(map(_in_steps, tables)):
        every: Array = np.einsum("ij,j->i", grid, np.array([table[1] for table in tables], dtype=np.int64))
        return every
    # The positions of NO_MARK and NOT_APPLICABLE, -1 and -2, find the last entries: nought.
    top: Array = np.zeros(len(grid), dtype=np.int64)
    for column, table in enumerate(tables):
        top = top + table.take(grid[:, column])
    return top


def _in_steps(table: Array) -> bool:
    """Whether each mark brings as much more than the one before it as the first does over nought, in int64."""
    return (
        table.dtype == np.int64 and len(table) > 3 and bool((table[:-2] == table[1] * np.arange(len(table) - 2)).all())
    )


def _carried(criteria: Criteria, bids: ThemeBids, questions: Collection[str] | None) -> list[Fraction]:
    weights = criteria.theme(bids.theme).weights
    counted = bids.questions if questions is None else questions
    return [Fraction(weights[one]) if one in counted else Fraction(0) for one in bids.questions]


def _where_some_do_not_apply(
    criteria: Criteria, bids: ThemeBids, points: Column, rows: Sequence[int], questions: Collection[str] | None
) -> Column:
    exact, values = points.fractions(), values_of(criteria, bids)
    for row in rows:
        own = row_points(values, row_weights(criteria, bids, row), bids, row)
        exact[row] = sum_of(bids, own, questions)
    return Column.each(exact)


def sum_of(bids: ThemeBids, figures: Sequence[Fraction | None], questions: Collection[str] | None = None) -> Fraction:
    """Add up a figure of each question: of these questions, or of all of a theme."""
    pairs = zip(bids.questions, figures, strict=True)
    return sum((one for question, one in pairs if one and (questions is None or question in questions)), Fraction(0))


def mark_positions(bids: ThemeBids) -> Array:
    """Give the grid of the marks' places, a row a bid and a column a question, without copying them."""
    return np.asarray(bids.cells).reshape(len(bids.bids), len(bids.questions))


def _every_admitted_bid_is_marked(bids: ThemeBids, grid: Array) -> None:
    if grid.min(initial=0) > NO_MARK:
        return
    for row in np.flatnonzero((grid == NO_MARK).any(axis=1)).tolist():
        if bids.bids[row].id not in bids.disregarded:
            raise ValueError(f"{bids.bids[row].id} is admitted but has no mark for every question")


def assess_quality(criteria: Criteria, bids: ThemeBids) -> Quality:
    """Give quality points, and find the bids that are ranked: admitted, and at or above every published minimum."""
    points = quality_points(criteria, bids)
    values = values_of(criteria, bids)
    ranked = ~(_disregarded(bids) | _below_a_minimum(criteria, bids, points) | _outside(criteria, bids))
    if ranked.all():
        return Quality(points, RANKED * len(ranked), ("",) * len(ranked), ranked)
    status: list[Status] = ["ranked"] * len(ranked)
    reasons = [""] * len(ranked)
    for row in np.flatnonzero(~ranked).tolist():
        decision = bids.disregarded.get(bids.bids[row].id)
        status[row] = (decision.standing or "disregarded") if decision else "below_minimum"
        why = why_not_ranked(criteria, values, bids, row)
        reasons[row] = " ".join(why if decision else (*why, *outside(criteria, bids.theme, bids.bids[row])))
    return Quality(points, tuple(status), tuple(reasons), ranked)


def _disregarded(bids: ThemeBids) -> Array:
    if not bids.disregarded:
        return np.zeros(len(bids.bids), dtype=bool)
    return np.array([bid.id in bids.disregarded for bid in bids.bids], dtype=bool)


def _below_a_minimum(criteria: Criteria, bids: ThemeBids, points: Column) -> Array:
    below, theme = np.zeros(len(bids.bids), dtype=bool), criteria.theme(bids.theme)
    for minimum in theme.point_minimums(bids.questions):
        own = points if minimum.name == QUALITY else quality_points(criteria, bids, minimum.questions)
        below |= _short(criteria, bids, minimum, own)
    values, grid = values_of(criteria, bids), mark_positions(bids)
    for question in theme.minimum_marks:
        column = bids.questions.index(question)
        short = [not theme.enough(question, mark) for mark in values[column].marks]
        below |= np.array([*short, False, False])[grid[:, column]]
    return below


def _outside(criteria: Criteria, bids: ThemeBids) -> Array:
    """Flag the bids with a figure that is outside a published limit."""
    if not criteria.measured_in(bids.theme):
        return np.zeros(len(bids.bids), dtype=bool)
    return np.array([bool(outside(criteria, bids.theme, bid)) for bid in bids.bids], dtype=bool)


def _short(criteria: Criteria, bids: ThemeBids, minimum: PointMinimum, own: Column) -> Array:
    """Flag the bids with too few points; where questions do not apply, what is available differs from bid to bid."""
    available = _available(criteria, bids, minimum)
    if bids.holds(NOT_APPLICABLE):
        return np.array([not minimum.met(*each) for each in zip(own.fractions(), available, strict=True)], dtype=bool)
    least = minimum.least(next(iter(available), Fraction(0)))
    return ~(-own).below(-least) if minimum.beyond else own.below(least)


def _available(criteria: Criteria, bids: ThemeBids, minimum: PointMinimum) -> list[Fraction]:
    """Give the points that each bid could have for the questions of a minimum."""
    rows = range(len(bids.bids))
    if bids.holds(NOT_APPLICABLE):
        return [sum_of(bids, row_weights(criteria, bids, row), minimum.questions) for row in rows]
    return [sum(_carried(criteria, bids, minimum.questions), Fraction(0))] * len(rows)


@dataclass(frozen=True)
class Held:
    """A minimum of points beside what one bid has and could have."""

    minimum: PointMinimum
    points: Fraction
    available: Fraction

    @property
    def met(self) -> bool:
        """Whether it is enough."""
        return self.minimum.met(self.points, self.available)

    @property
    def has(self) -> str:
        """What has the points, in words."""
        return "The quality score is" if self.minimum.name == QUALITY else f"For “{self.minimum.title}” it has"

    @property
    def wanted(self) -> str:
        """The published minimum in words, with what it comes to."""
        least, beyond = exact_text(self.minimum.least(self.available)), "more than " * self.minimum.beyond
        if self.minimum.percent is None:
            return f"{beyond}{least}"
        return f"{beyond}{exact_text(self.minimum.percent)} % of them, {least}"


def held_to_minimums(criteria: Criteria, values: Sequence[Values], bids: ThemeBids, row: int) -> tuple[Held, ...]:
    """Hold a bid to each published minimum of points of its theme."""
    weights = row_weights(criteria, bids, row)
    points = row_points(values, weights, bids, row)
    return tuple(
        Held(one, sum_of(bids, points, one.questions), sum_of(bids, weights, one.questions))
        for one in criteria.theme(bids.theme).point_minimums(bids.questions)
    )


def why_not_ranked(criteria: Criteria, values: Sequence[Values], bids: ThemeBids, row: int) -> tuple[str, ...]:
    """Say in words, with the published figures, why a bid is not ranked; nothing for a bid that is."""
    decision = bids.disregarded.get(bids.bids[row].id)
    if decision:
        return (disregarded_words(decision),)
    theme, marks = criteria.theme(bids.theme), row_marks(values, bids, row)
    below = [
        _mark_below(criteria, theme, question, mark)
        for question, mark in zip(bids.questions, marks, strict=True)
        if mark is not None and not theme.enough(question, mark)
    ]
    short = [one for one in held_to_minimums(criteria, values, bids, row) if not one.met]
    return (
        *below,
        *(
            f"{one.has} {exact_text(one.points)} of {exact_text(one.available)} points; the published minimum is "
            f"{one.wanted}."
            for one in short
        ),
    )


def _mark_below(criteria: Criteria, theme: Theme, question: str, mark: Mark) -> str:
    if criteria.passed_or_failed(question):
        return f"{question} is failed; it has to be passed."
    least = f"{'more than ' * (question in theme.more_than)}{exact_text(theme.minimum_marks[question])}"
    return f"The mark for {question} is {exact_text(mark)}; the published minimum is {least}."


def disregarded_words(decision: Decision) -> str:
    """Say who disregarded, excluded or disqualified a bid, and why; or by which event it left."""
    if decision.standing == "withdrawn":
        return f"Withdrawn on {spoken_date(decision.date)} by {decision.person}: {decision.reason}"
    if decision.standing == "lot_abandoned":
        return f"The lot was abandoned on {spoken_date(decision.date)}: {decision.reason}"
    if decision.standing == NOT_SHORTLISTED:
        return f"Not shortlisted at stage {decision.subject}: {decision.reason}"
    ground = f" Ground: {decision.ground}" if decision.ground else ""
    return f"{decision.standing.capitalize()} by decision of {decision.person}: {decision.reason}{ground}"
