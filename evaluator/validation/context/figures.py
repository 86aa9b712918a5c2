"""The figures of measured criteria as the register has them: what each cell says, as far as it can be understood."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from evaluator.records.numbers import plain_decimal
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.price.measured import NO, YES, Measured
from evaluator.records.submissions.received import Table
from evaluator.validation.coded_columns import words

ANSWERS = {"yes": YES, "no": NO}
MOST_FIGURE = Decimal(10) ** 15  # more than anything that a bid offers can come to


def figure_of(one: Measured, text: str) -> Decimal | None:
    """Read a figure, or yes or no; None for anything else, and for what the method cannot take.

    >>> days = Measured(id="M1", title="Days", method="inverse")
    >>> figure_of(days, "12.5"), figure_of(days, "-1"), figure_of(days, "12 days")
    (Decimal('12.5'), None, None)
    """
    if one.is_yes_or_no:
        return ANSWERS.get(text.casefold())
    found = plain_decimal(text)
    return found if found is not None and abs(found) <= MOST_FIGURE and one.allows(found) else None


def figures(criteria: Criteria, table: Table) -> Mapping[str, Sequence[Decimal | None]]:
    """Give the figures of each measured criterion whose column is there, row by row."""
    measured = [one for one in criteria.measured if one.column in table.columns]
    return {one.id: [figure_of(one, text) for text in words(table, one.column)] for one in measured}
