"""Price lines: a price that is offered in parts, such as a schedule of rates, a basket, or core and options."""

from collections.abc import Sequence
from fractions import Fraction

from pydantic import Field

from evaluator.records.numbers import rounded
from evaluator.records.programme.published import Amount, Declaring, Exact, Prose, unsaid


class PriceLine(Declaring):
    """One part of the price, offered in pounds for a unit of it.

    Parameters
    ----------
    quantity : how many units the price is for; 1 where it is not said.
    weight : of the points for price, what this line has, against the other lines; by its own prices. Where no line has
        a weight, the lines are added up to one price, which is scored.
    method, parameters : how the line is scored, where it has a weight; the price policy's where it does not say.
    option : whether it is scored and is no part of what an award costs.
    """

    id: str
    title: Prose
    unit: Prose = Field(default="", exclude_if=unsaid)
    quantity: Amount | None = Field(default=None, exclude_if=lambda value: value is None)
    weight: Amount | None = Field(default=None, exclude_if=lambda value: value is None)
    method: str = Field(default="", exclude_if=unsaid)
    parameters: dict[str, Exact] = Field(default_factory=dict, exclude_if=unsaid)
    option: bool = Field(default=False, exclude_if=unsaid)
    source: Prose = Field(default="", exclude_if=unsaid)

    @property
    def column(self) -> str:
        """The register's column in which each bid's price for it stands."""
        return f"price:{self.id}"

    @property
    def times(self) -> Fraction:
        """How many units the price is multiplied by."""
        return Fraction(1 if self.quantity is None else self.quantity)


def have_weights(lines: Sequence[PriceLine]) -> bool:
    """Whether each line is scored by itself, and not their sum."""
    return any(line.weight is not None for line in lines)


def compared_sum(lines: Sequence[PriceLine], prices: Sequence[int]) -> int:
    """Give what all lines come to, in whole pence, halves up.

    >>> lines = (PriceLine(id="day", title="Day", quantity="2.5"), PriceLine(id="kit", title="Kit", option=True))
    >>> compared_sum(lines, (101, 50)), awarded_sum(lines, (101, 50))
    (303, 253)
    """
    return rounded(sum((line.times * price for line, price in zip(lines, prices, strict=True)), Fraction(0)), 0)


def awarded_sum(lines: Sequence[PriceLine], prices: Sequence[int]) -> int:
    """Give what the lines that are no option come to: what an award costs, and what budgets count."""
    own = [(line, price) for line, price in zip(lines, prices, strict=True) if not line.option]
    return compared_sum([line for line, _ in own], [price for _, price in own])
