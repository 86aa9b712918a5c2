"""What price is scored, by which named method: the policy of a programme or of one of its themes."""

from typing import Literal

from pydantic import Field

from evaluator.records.programme.published import Declaring, Exact, Percent, Prose


def _is_none(value: object) -> bool:
    return value is None


class PricePolicy(Declaring):
    """What price is scored, by which named method, and which prices a person must look at first.

    ``basis`` ``whole_life`` scores the sum of all years; ``yearly`` divides it by their number; ``unit_cost`` divides
    it by the register's number of ``people``; ``discounted`` takes ``discount_rate`` off each year after the first;
    all exactly. ``below_mean`` and ``below_next`` are the published tests of an abnormally low price.
    """

    method: str
    basis: Literal["whole_life", "yearly", "unit_cost", "discounted"] = "whole_life"
    unit: Prose = ""
    discount_rate: Percent | None = Field(default=None, exclude_if=_is_none)  # sealed only where it is published
    parameters: dict[str, Exact] = Field(default_factory=dict)
    below_mean: Percent | None = None
    below_next: Percent | None = None
    source: Prose
