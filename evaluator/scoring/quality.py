"""Quality points from marks, and which bids are ranked: neither disregarded nor below a published minimum."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from evaluator.records.dates import spoken_date
from evaluator.records.numbers import exact_text
from evaluator.records.programme.criteria import Criteria, Theme
from evaluator.records.programme.scales import Values
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

RANKED: tuple[Status, ...] = ("ranked",)


@dataclass(frozen=True)
class Quality:
    """The quality of a theme's bids: exact points, the state of each bid, why, and a mask of those ranked."""

    points: Column
    status: tuple[Status, ...]
    reasons: tuple[str, ...]
    ranked: Array


def quality_points(criteria: Criteria, bids: ThemeBids) -> Column:
    """Add up the exact points of each bid's questions; an answer without a mark (disregarded bids only) adds none.

    The points of an answer are weight × what its mark counts ÷ the most that one counts. A bid to which questions do
    not apply has their weights where the published rule takes them.

    Raises
    ------
    ValueError
        For an admitted bid without a mark, which validation does not let through.
    """
    theme, values, grid = criteria.theme(bids.theme), values_of(criteria, bids), mark_positions(bids)
    _every_admitted_bid_is_marked(bids, grid)
    earned = [one.points(theme.weights[question]) for question, one in zip(bids.questions, values, strict=True)]
    unit = lcm(*(points.denominator for one in earned for points in one))
    tables = [whole([*(int(points * unit) for points in one), 0, 0]) for one in earned]
    if sum(map(reach, tables)) >= LIMIT:
        tables = [one.astype(object) for one in tables]
    # The positions of NO_MARK and NOT_APPLICABLE, -1 and -2, find the last entries: nought.
    top: Array = np.zeros(len(grid), dtype=np.int64)
    for column, table in enumerate(tables):
        top = top + table[grid[:, column]]
    return _where_some_do_not_apply(criteria, values, bids, Column(top, unit))


def _where_some_do_not_apply(criteria: Criteria, values: Sequence[Values], bids: ThemeBids, points: Column) -> Column:
    if NOT_APPLICABLE not in bids.cells:
        return points
    exact = points.fractions()
    for row in np.flatnonzero((mark_positions(bids) == NOT_APPLICABLE).any(axis=1)).tolist():
        own = row_points(values, row_weights(criteria, bids, row), bids, row)
        exact[row] = sum((one for one in own if one is not None), Fraction(0))
    return Column.each(exact)


def mark_positions(bids: ThemeBids) -> Array:
    """Give the grid of the marks' places, a row a bid and a column a question, without copying them."""
    return np.asarray(bids.cells).reshape(len(bids.bids), len(bids.questions))


def _every_admitted_bid_is_marked(bids: ThemeBids, grid: Array) -> None:
    if grid.min(initial=0) > NO_MARK:
        return
    for row in np.flatnonzero((grid == NO_MARK).any(axis=1)):
        if bids.bids[row].id not in bids.disregarded:
            raise ValueError(f"{bids.bids[row].id} is admitted but has no mark for every question")


def available_quality(theme: Theme, bids: ThemeBids) -> Fraction:
    """Give the quality points that a bid with the highest mark everywhere would have."""
    return sum((Fraction(theme.weights[question]) for question in bids.questions), Fraction(0))


def assess_quality(criteria: Criteria, bids: ThemeBids) -> Quality:
    """Give quality points, and find the bids that are ranked: admitted, and at or above every published minimum."""
    points = quality_points(criteria, bids)
    theme, values = criteria.theme(bids.theme), values_of(criteria, bids)
    disregarded = _disregarded(bids)
    ranked = ~(disregarded | _below_a_minimum(theme, values, bids, points))
    if ranked.all():
        return Quality(points, RANKED * len(ranked), ("",) * len(ranked), ranked)
    status: list[Status] = ["ranked"] * len(ranked)
    reasons = [""] * len(ranked)
    for row in np.flatnonzero(~ranked).tolist():
        decision = bids.disregarded.get(bids.bids[row].id)
        status[row] = (decision.standing or "disregarded") if decision else "below_minimum"
        reasons[row] = " ".join(why_not_ranked(theme, values, bids, row, points.at(row)))
    return Quality(points, tuple(status), tuple(reasons), ranked)


def _disregarded(bids: ThemeBids) -> Array:
    if not bids.disregarded:
        return np.zeros(len(bids.bids), dtype=bool)
    return np.array([bid.id in bids.disregarded for bid in bids.bids], dtype=bool)


def _below_a_minimum(theme: Theme, values: Sequence[Values], bids: ThemeBids, points: Column) -> Array:
    below = np.zeros(len(bids.bids), dtype=bool)
    if theme.minimum_quality is not None:
        below |= points.below(least_quality(theme, bids))
    grid = mark_positions(bids)
    for question, least in theme.minimum_marks.items():
        column = bids.questions.index(question)
        short = np.array([mark < least for mark in values[column].marks] + [False, False])
        below |= short[grid[:, column]]
    return below


def least_quality(theme: Theme, bids: ThemeBids) -> Fraction:
    """Give the quality points that the published minimum percentage comes to; 0 where none is published."""
    return available_quality(theme, bids) * Fraction(theme.minimum_quality or 0) / 100


def why_not_ranked(
    theme: Theme, values: Sequence[Values], bids: ThemeBids, row: int, quality: Fraction
) -> tuple[str, ...]:
    """Say in words, with the published figures, why a bid is not ranked; nothing for a bid that is."""
    decision = bids.disregarded.get(bids.bids[row].id)
    if decision:
        return (disregarded_words(decision),)
    marks = [
        f"The mark for {question} is {exact_text(mark)}; "
        f"the published minimum is {exact_text(theme.minimum_marks[question])}."
        for question, mark in zip(bids.questions, row_marks(values, bids, row), strict=True)
        if mark is not None and question in theme.minimum_marks and mark < theme.minimum_marks[question]
    ]
    if theme.minimum_quality is None or quality >= least_quality(theme, bids):
        return tuple(marks)
    return (
        *marks,
        f"The quality score is {exact_text(quality)} of {exact_text(available_quality(theme, bids))} points; "
        f"the published minimum is {exact_text(theme.minimum_quality)} % of them, "
        f"{exact_text(least_quality(theme, bids))}.",
    )


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
