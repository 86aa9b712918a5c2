"""The share of the greatest possible total that each question and the price really carry."""

from fractions import Fraction

from evaluator.records.programme.criteria import PRICE, Criteria
from evaluator.records.results.effective_weight import EffectiveWeight
from evaluator.records.submissions.evaluation import ThemeBids
from evaluator.scoring.totals import applied_method


def effective_weights(criteria: Criteria, bids: ThemeBids) -> tuple[EffectiveWeight, ...]:
    """Give each leaf's published weight beside the share that it really carries, in percent.

    The share is worked out from the formulas that are applied: the greatest possible total, less the greatest total
    possible without the leaf, over the greatest total. An index adds nothing up; under one, the shares are those of the
    quality score that it divides by, and price has none.
    """
    theme, counted = criteria.theme(bids.theme), criteria.counted(bids.theme)
    greatest = {question: Fraction(counted.weights[question]) for question in bids.questions}
    for one in criteria.measured_in(bids.theme):
        greatest[one.id] = Fraction(theme.weights[one.id]) * one.greatest_share
    if PRICE in theme.weights:
        greatest[PRICE] = greatest_price_points(criteria, bids.theme)
    most, whole = sum(greatest.values(), Fraction(0)), criteria.whole_of(bids.theme)
    return tuple(
        EffectiveWeight(bids.theme, leaf, Fraction(theme.weights[leaf]), 100 * points / most if most else most, whole)
        for leaf, points in greatest.items()
    )


def greatest_price_points(criteria: Criteria, theme: str) -> Fraction:
    """Give the most points that any price can earn by the theme's method and parameters."""
    method, policy = applied_method(criteria, theme), criteria.price_policy(theme)
    if method is None or policy is None or not method.gives_points:
        return Fraction(0)
    return method.greatest(criteria.theme(theme).price_weight, method.given(policy.parameters))
