"""The greatest total that is open to a bid."""

from fractions import Fraction
from math import ceil

from evaluator.records.programme.criteria import PRICE, Criteria
from evaluator.records.programme.price.methods import METHODS
from evaluator.scoring.effective_weights import greatest_price_points


def greatest_totals(criteria: Criteria, score_unit: int) -> dict[str, int]:
    """Give for each theme the greatest score that any bid can bring to the allocation, in ``1/score_unit`` points.

    That is every question's weight and the most points that a price can earn; where the price method gives an index,
    bids bring their quality scores alone.
    """
    return {theme.id: ceil(_greatest(criteria, theme.id) * score_unit) for theme in criteria.themes}


def _greatest(criteria: Criteria, theme: str) -> Fraction:
    weights = criteria.counted(theme).weights
    shares = {one.id: one.greatest_share for one in criteria.measured_in(theme)}
    quality = sum((Fraction(w) * shares.get(leaf, 1) for leaf, w in weights.items() if leaf != PRICE), Fraction(0))
    policy = criteria.price_policy(theme)
    pointless = policy is None or METHODS[policy.method].gives != "points"
    return quality if pointless else quality + greatest_price_points(criteria, theme)
