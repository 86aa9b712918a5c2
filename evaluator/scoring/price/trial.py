"""One price method on its own, tried on a list of prices."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np

from evaluator.records.results.scores import PricedBid, PriceTrial, TrialLine
from evaluator.scoring.exact_columns import Column, spread
from evaluator.scoring.price.method import Offers
from evaluator.scoring.price.methods import PRICE_METHODS
from evaluator.scoring.ranking import rank


def parameter_problems(method: str, parameters: Mapping[str, Decimal]) -> tuple[str, ...]:
    """Say in words what is wrong with a method's parameters: unknown, missing, or a value that it cannot have.

    >>> parameter_problems("fixed_limits", {"lowest": Decimal(5), "highest": Decimal(5)})
    ('The parameter highest of fixed_limits must be above the parameter lowest.',)
    """
    return PRICE_METHODS[method].problems(parameters)


def try_method(
    method: str, bids: Sequence[PricedBid], available: Fraction, parameters: Mapping[str, Decimal], places: int
) -> PriceTrial:
    """Apply one price method to all bids, and rank them on the exact result.

    Ranks are shared by equal results. Rounding is half up and for the eye alone.

    Raises
    ------
    ValueError
        For parameters that ``parameter_problems`` finds fault with, or a price that is not above 0.
    """
    chosen = PRICE_METHODS[method]
    ordered = sorted(bids, key=lambda bid: bid.bid)
    prices = Column.of([Fraction(bid.price) * 100 for bid in ordered])
    quality = Column.of([Fraction(bid.quality or 0) for bid in ordered])
    counts = ~chosen.without(quality)
    given = chosen.apply(Offers(prices[counts], quality[counts]), available, parameters)
    full = spread(given, counts)
    ranks = rank([(~counts).astype(np.int64), *chosen.order(full)]).ranks
    units = full.rounded(places, "half_up")
    rows = zip(ordered, full.fractions(), units.tolist(), ranks.tolist(), counts.tolist(), strict=True)
    return PriceTrial(
        method=method,
        gives=chosen.terms.gives,
        depends_on_other_bids=chosen.terms.depends_on_other_bids,
        available=available,
        parameters=tuple(chosen.given(parameters).items()),
        places=places,
        lines=tuple(
            TrialLine(bid.bid, bid.price, exact if counted else None, unit if counted else None, place)
            for bid, exact, unit, place, counted in rows
        ),
    )
