"""Why a bid is below a published minimum, and how far: what a letter says where nothing was ranked."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from evaluator.records.numbers import decimal_text, exact_text
from evaluator.records.programme.conditions.minimums import PointMinimum
from evaluator.records.programme.criteria import PRICE, QUALITY, Criteria
from evaluator.reporting.letters.forms import Form
from evaluator.reporting.shared.bid_rows import Row, ThemeRows

VOWELS = "aeiou"


def short_marks(view: ThemeRows, row: Row) -> tuple[str, ...]:
    """Give the questions whose marks are below their published minimum."""
    marks = zip(view.questions, row.marks, strict=True)
    return tuple(id for id, mark in marks if mark is not None and not view.theme.enough(id, mark))


def why_below(criteria: Criteria, view: ThemeRows, row: Row, titles: Mapping[str, str], form: Form) -> Iterator[str]:
    """Say which minimum a bid is below, with its own figure and the published one."""
    marks = dict(zip(view.questions, row.marks, strict=True))
    for id in short_marks(view, row):
        if criteria.passed_or_failed(id):
            yield f"You did not pass {id} {titles[id]}, which has to be passed."
            continue
        own, least = exact_text(marks[id] or Fraction(0)), _least_mark(view, id)
        yield f"Your mark for {id} {titles[id]} is {own}; the published minimum is {least}."
    for one, points, available in _short(criteria, view, row):
        least = exact_text(one.least(available))
        wanted = least if one.percent is None else f"{decimal_text(one.percent)}% of them, {least}"
        has = "Your quality score is" if one.name == QUALITY else f"For “{one.title}” you have"
        yield (
            f"{has} {exact_text(points)} of {exact_text(available)} points; the published minimum is "
            f"{'more than ' * one.beyond}{wanted}."
        )
    rest = "whatever its price" if view.theme.weights.get(PRICE) else "however good the rest of it is"
    a = "An" if form.offer[0] in VOWELS else "A"
    yield f"{a} {form.offer} below a published minimum is not ranked and gets no award, {rest}."


def what_was_missing(
    criteria: Criteria, view: ThemeRows, row: Row, titles: Mapping[str, str], form: Form
) -> Iterator[str]:
    """Say what would have met the minimum, and that nobody knows what would have come of it."""
    needed = [
        f"a pass of {id} {titles[id]}"
        if criteria.passed_or_failed(id)
        else f"a mark of {_least_mark(view, id)} for {id} {titles[id]}"
        for id in short_marks(view, row)
    ]
    for one, points, available in _short(criteria, view, row):
        missing = f"{'more than ' * one.beyond}{exact_text(one.least(available) - points)} points"
        needed.append(f"{missing} of quality more" if one.name == QUALITY else f"{missing} more for “{one.title}”")
    words = " and ".join(needed)
    yield f"{words[0].upper()}{words[1:]} would have met the minimum."
    yield (
        f"Whether your {form.offer} would then have been awarded was not worked out: below a minimum it has no total "
        "and no rank."
    )


def _least_mark(view: ThemeRows, id: str) -> str:
    return f"{'more than ' * (id in view.theme.more_than)}{decimal_text(view.theme.minimum_marks[id])}"


def _short(criteria: Criteria, view: ThemeRows, row: Row) -> Iterator[tuple[PointMinimum, Fraction, Fraction]]:
    """Give each minimum of points that the bid does not reach, with its points and those that it could have."""
    for one in criteria.counted(view.theme.id).point_minimums(view.questions):
        every = zip(view.questions, row.points, row.weights, strict=True)
        own = [(points or Fraction(0), weight) for id, points, weight in every if id in one.questions]
        points, available = (sum(part, Fraction(0)) for part in zip(*own, strict=True))
        if not one.met(points, available):
            yield one, points, available
