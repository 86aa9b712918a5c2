"""Why a bid is below a published minimum, and how far: what a letter says where nothing was ranked."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from evaluator.records.numbers import decimal_text, exact_text
from evaluator.records.programme.criteria import PRICE
from evaluator.reporting.letters.forms import Form
from evaluator.reporting.shared.bid_rows import Row, ThemeRows


def short_marks(view: ThemeRows, row: Row) -> tuple[str, ...]:
    """Give the questions whose marks are below their published minimum."""
    least = view.theme.minimum_marks
    marks = zip(view.questions, row.marks, strict=True)
    return tuple(id for id, mark in marks if mark is not None and id in least and mark < least[id])


def why_below(view: ThemeRows, row: Row, titles: Mapping[str, str], form: Form) -> Iterator[str]:
    """Say which minimum a bid is below, with its own figure and the published one."""
    least, marks = view.theme.minimum_marks, dict(zip(view.questions, row.marks, strict=True))
    for id in short_marks(view, row):
        own = exact_text(marks[id] or Fraction(0))
        yield f"Your mark for {id} {titles[id]} is {own}; the published minimum is {decimal_text(least[id])}."
    if missing := _missing(view, row):
        points, percent = row.quality or Fraction(0), decimal_text(view.theme.minimum_quality or Decimal(0))
        yield (
            f"Your quality score is {exact_text(points)} of {exact_text(_available(view))} points; the published "
            f"minimum is {percent}% of them, {exact_text(points + missing)}."
        )
    rest = "whatever its price" if view.theme.weights.get(PRICE) else "however good the rest of it is"
    yield f"A {form.offer} below a published minimum is not ranked and gets no award, {rest}."


def what_was_missing(view: ThemeRows, row: Row, titles: Mapping[str, str], form: Form) -> Iterator[str]:
    """Say what would have met the minimum, and that nobody knows what would have come of it."""
    needed = [
        f"a mark of {decimal_text(view.theme.minimum_marks[id])} for {id} {titles[id]}" for id in short_marks(view, row)
    ]
    if missing := _missing(view, row):
        needed.append(f"{exact_text(missing)} points of quality more")
    words = " and ".join(needed)
    yield f"{words[0].upper()}{words[1:]} would have met the minimum."
    yield (
        f"Whether your {form.offer} would then have been awarded was not worked out: below a minimum it has no total "
        "and no rank."
    )


def _available(view: ThemeRows) -> Fraction:
    return sum((Fraction(view.theme.weights[id]) for id in view.questions), Fraction(0))


def _missing(view: ThemeRows, row: Row) -> Fraction:
    """Give the quality points that are missing from the published least percentage; 0 where none are."""
    least = _available(view) * Fraction(view.theme.minimum_quality or 0) / 100
    return max(Fraction(0), least - (row.quality or 0))
