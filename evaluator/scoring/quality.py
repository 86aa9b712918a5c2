"""Quality points from marks, and which bids are ranked: neither disregarded nor below a published minimum."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm

import numpy as np

from evaluator.records.dates import spoken_date
from evaluator.records.numbers import exact_text
from evaluator.records.programme.criteria import Scale, Theme
from evaluator.records.results.scores import Status
from evaluator.records.submissions.evaluation import NO_MARK, Decision, ThemeBids
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


def question_points(weight: Decimal, mark: Decimal, highest: Decimal) -> Fraction:
    """Give the exact points of one answer: weight × mark ÷ highest mark of the scale.

    >>> question_points(Decimal(8), Decimal(3), Decimal(5))
    Fraction(24, 5)
    """
    return Fraction(weight) * Fraction(mark) / Fraction(highest)


def quality_points(theme: Theme, scale: Scale, bids: ThemeBids) -> Column:
    """Add up the exact points of each bid's questions; an answer without a mark (disregarded bids only) adds none.

    Raises
    ------
    ValueError
        For an admitted bid without a mark, which validation does not let through.
    """
    marks, mark_unit = _units(scale.marks)
    weights, weight_unit = _units([theme.weights[question] for question in bids.questions])
    grid = mark_positions(bids)
    _every_admitted_bid_is_marked(bids, grid)
    bound = reach(whole(marks)) * sum(map(abs, weights))
    # The position of NO_MARK, -1, finds the last entry: nought.
    values = _values(grid, [*marks, 0])
    if bound >= LIMIT:
        values = values.astype(object)
    top = values @ (whole(weights) if bound < LIMIT else np.array(weights, dtype=object))
    return Column(top, weight_unit * mark_unit) / Fraction(scale.highest)


def _units(numbers: Sequence[Decimal]) -> tuple[list[int], int]:
    """Write exact numbers as whole numbers of one unit, ``1/unit``."""
    fractions = [Fraction(number) for number in numbers]
    unit = lcm(*(number.denominator for number in fractions))
    return [int(number * unit) for number in fractions], unit


def mark_positions(bids: ThemeBids) -> Array:
    """Give the grid of scale positions, a row a bid and a column a question, without copying the marks."""
    return np.frombuffer(bids.marks, dtype=np.int8).reshape(len(bids.bids), len(bids.questions))


def _values(grid: Array, marks: list[int]) -> Array:
    if marks[:-1] == list(range(len(marks) - 1)) and grid.min(initial=0) >= 0:
        return grid  # marks 0, 1, 2 … are their own positions
    found: Array = whole(marks)[grid]
    return found


def _every_admitted_bid_is_marked(bids: ThemeBids, grid: Array) -> None:
    if grid.min(initial=0) > NO_MARK:
        return
    for row in np.flatnonzero((grid == NO_MARK).any(axis=1)):
        if bids.bids[row].id not in bids.disregarded:
            raise ValueError(f"{bids.bids[row].id} is admitted but has no mark for every question")


def available_quality(theme: Theme, bids: ThemeBids) -> Fraction:
    """Give the quality points that a bid with the highest mark everywhere would have."""
    return sum((Fraction(theme.weights[question]) for question in bids.questions), Fraction(0))


def assess_quality(theme: Theme, scale: Scale, bids: ThemeBids) -> Quality:
    """Give quality points, and find the bids that are ranked: admitted, and at or above every published minimum."""
    points = quality_points(theme, scale, bids)
    disregarded = _disregarded(bids)
    ranked = ~(disregarded | _below_a_minimum(theme, scale, bids, points))
    if ranked.all():
        return Quality(points, RANKED * len(ranked), ("",) * len(ranked), ranked)
    status: list[Status] = ["ranked"] * len(ranked)
    reasons = [""] * len(ranked)
    for row in np.flatnonzero(~ranked).tolist():
        decision = bids.disregarded.get(bids.bids[row].id)
        status[row] = (decision.standing or "disregarded") if decision else "below_minimum"
        reasons[row] = " ".join(why_not_ranked(theme, scale, bids, row, points.at(row)))
    return Quality(points, tuple(status), tuple(reasons), ranked)


def _disregarded(bids: ThemeBids) -> Array:
    if not bids.disregarded:
        return np.zeros(len(bids.bids), dtype=bool)
    return np.array([bid.id in bids.disregarded for bid in bids.bids], dtype=bool)


def _below_a_minimum(theme: Theme, scale: Scale, bids: ThemeBids, points: Column) -> Array:
    below = np.zeros(len(bids.bids), dtype=bool)
    if theme.minimum_quality is not None:
        below |= points.below(least_quality(theme, bids))
    grid = mark_positions(bids)
    for question, least in theme.minimum_marks.items():
        short = np.array([mark < least for mark in scale.marks] + [False])
        below |= short[grid[:, bids.questions.index(question)]]
    return below


def least_quality(theme: Theme, bids: ThemeBids) -> Fraction:
    """Give the quality points that the published minimum percentage comes to; 0 where none is published."""
    return available_quality(theme, bids) * Fraction(theme.minimum_quality or 0) / 100


def why_not_ranked(theme: Theme, scale: Scale, bids: ThemeBids, row: int, quality: Fraction) -> tuple[str, ...]:
    """Say in words, with the published figures, why a bid is not ranked; nothing for a bid that is."""
    decision = bids.disregarded.get(bids.bids[row].id)
    if decision:
        return (disregarded_words(decision),)
    marks = [
        f"The mark for {question} is {exact_text(mark)}; "
        f"the published minimum is {exact_text(theme.minimum_marks[question])}."
        for question, mark in zip(bids.questions, row_marks(scale, bids, row), strict=True)
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


def row_marks(scale: Scale, bids: ThemeBids, row: int) -> tuple[Decimal | None, ...]:
    """Give the marks that count for one bid, question by question; None where it was not marked."""
    positions = (bids.mark(row, question) for question in range(len(bids.questions)))
    return tuple(None if position == NO_MARK else scale.marks[position] for position in positions)
