"""The points for price where each line of it has a weight: every line is scored by itself, and its points are added."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from evaluator.records.programme.criteria import Criteria, PricePolicy
from evaluator.records.programme.price.lines import PriceLine
from evaluator.records.submissions.evaluation import Bid
from evaluator.scoring.exact_columns import Column
from evaluator.scoring.price.method import Offers, PriceMethod
from evaluator.scoring.price.methods import PRICE_METHODS


def points_by_line(
    criteria: Criteria, policy: PricePolicy, offers: Sequence[Bid], quality: Column, available: Fraction
) -> Iterator[tuple[PriceLine, Column]]:
    """Give the points that each line earns the bids, in the order published."""
    for at, (line, share) in enumerate(line_shares(criteria, available)):
        method, parameters = line_method(line, policy)
        prices = Column.of([bid.lines[at] for bid in offers])
        given = {name: value for name, value in parameters.items() if name in method.terms.parameters}
        yield line, method.apply(Offers(prices, quality), share, given)


def line_shares(criteria: Criteria, available: Fraction) -> list[tuple[PriceLine, Fraction]]:
    """Give each line with its share of the points for price."""
    whole = sum((Fraction(line.weight or 0) for line in criteria.price_line), Fraction(0))
    return [(line, available * Fraction(line.weight or 0) / whole) for line in criteria.price_line]


def line_method(line: PriceLine, policy: PricePolicy) -> tuple[PriceMethod, dict[str, Decimal]]:
    """Give the method of a line and what was published of it: its own, or the price policy's."""
    if line.method:
        return PRICE_METHODS[line.method], dict(line.parameters)
    return PRICE_METHODS[policy.method], {**policy.parameters, **line.parameters}
