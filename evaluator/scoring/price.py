"""The published price methods: one named function each, with its bare formula.

Every function takes the prices of the ranked bids in pence, each above 0, and the points available, and gives exact
points before rounding. A bid that a person disregarded, or that is below a published minimum, is not among them.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from evaluator.records.price_methods import SAME_AS
from evaluator.scoring.columns import Column
from evaluator.scoring.methods import Given, Offers, PriceMethod, published
from evaluator.scoring.price_points import METHODS_OF_POINTS
from evaluator.scoring.price_values import METHODS_OF_VALUE


@published("lowest", words="{available} points × {lowest} ÷ {price}")
def lowest_price_ratio(offers: Offers, available: Fraction) -> Column:
    """Give the lowest price all the points, and the others the ratio of the lowest price to theirs.

    Domain: prices above 0; points in (0, available]. One bid, or all prices equal: all the points. Depends on the
    other bids: one very low price lowers all the others' points.

    Source: India, Quality and Cost Based Selection; Georgia Procurement Manual, table 5.7 (L ÷ R × P); further names
    are lowest bid, proportional and the French classic formula.

    >>> lowest_price_ratio({"A": 80_00, "B": 100_00}, Fraction(40))
    {'A': Fraction(40, 1), 'B': Fraction(32, 1)}
    """
    return available * offers.prices.lowest() / offers.prices


@published(
    "lowest",
    words="{available} points × ({zero_at} × {lowest} − {price}) ÷ (({zero_at} − 1) × {lowest})",
)
def linear_above_lowest(offers: Offers, available: Fraction, zero_at: Fraction, clip: Fraction) -> Column:
    """Give the lowest price all the points, and take them away evenly until none is left at a multiple of it.

    With ``zero_at`` 2, the default, this is available × (1 − (price − lowest) ÷ lowest): a price 10 % above the lowest
    loses 10 % of the points. Above ``zero_at`` times the lowest the formula is negative; it gives 0 unless ``clip`` is
    published as 0. One bid, or all prices equal: all the points. Depends on the other bids.

    Source: South Africa, Preferential Procurement Policy Framework Act regulations (``zero_at`` 2); the French linear
    formula (any ``zero_at``).

    >>> linear_above_lowest({"A": 100_00, "B": 110_00, "C": 350_00}, Fraction(90))
    {'A': Fraction(90, 1), 'B': Fraction(81, 1), 'C': Fraction(0, 1)}
    >>> linear_above_lowest({"A": 100_00, "B": 110_00}, Fraction(90), zero_at=3)
    {'A': Fraction(90, 1), 'B': Fraction(171, 2)}
    """
    lowest = offers.prices.lowest()
    points = available * (zero_at * lowest - offers.prices) / ((zero_at - 1) * lowest)
    return points.within(0, available) if clip else points


@published(
    "lowest",
    "highest",
    words="{available} points × ({highest} − {price}) ÷ ({highest} − {lowest})",
    name="range",
)
def between_lowest_and_highest(offers: Offers, available: Fraction) -> Column:
    """Give the lowest price all the points, the highest none, and the others their share of the way between.

    Domain: prices above 0; points in [0, available]. One bid, or all prices equal, makes the formula 0 ÷ 0: then each
    has all the points. Depends on the other bids: two prices 5 % apart are all the points apart.

    Source: Consip (acquistinretepa.it), linear between the lowest and the highest value, with its rule for one value.

    >>> between_lowest_and_highest({"A": 100_00, "B": 105_00, "C": 110_00}, Fraction(30))
    {'A': Fraction(30, 1), 'B': Fraction(15, 1), 'C': Fraction(0, 1)}
    >>> between_lowest_and_highest({"A": 100_00, "B": 100_00}, Fraction(30))
    {'A': Fraction(30, 1), 'B': Fraction(30, 1)}
    """
    lowest, highest = offers.prices.lowest(), offers.prices.highest()
    if lowest == highest:
        return Column.same(available, len(offers.prices))
    return available * (highest - offers.prices) / (highest - lowest)


def _greatest_of_limits(available: Fraction, given: Given) -> Fraction:
    return available if given["clip"] else available * given["highest"] / (given["highest"] - given["lowest"])


def _limits_in_order(given: Given) -> str:
    if given["lowest"] < given["highest"]:
        return ""
    return "The parameter highest of fixed_limits must be above the parameter lowest."


@published(
    words="{available} points × ({highest} − {price}) ÷ ({highest} − {lowest})",
    greatest=_greatest_of_limits,
    together=_limits_in_order,
)
def fixed_limits(offers: Offers, available: Fraction, lowest: Fraction, highest: Fraction, clip: Fraction) -> Column:
    """Give all the points at a published lowest price, none at a published highest, and their share between.

    ``lowest`` and ``highest`` are in pounds (for a unit cost: pounds a unit). Outside them the points stay at 0 and at
    all of them unless ``clip`` is published as 0. Does not depend on the other bids.

    Source: Negometrix, weighted score with limits set beforehand.

    >>> fixed_limits({"A": 80_000_00, "B": 100_000_00, "C": 130_000_00}, Fraction(40), lowest=80_000, highest=120_000)
    {'A': Fraction(40, 1), 'B': Fraction(20, 1), 'C': Fraction(0, 1)}
    """
    points = available * (highest * 100 - offers.prices) / ((highest - lowest) * 100)
    return points.within(0, available) if clip else points


def _greatest_below_mean(available: Fraction, given: Given) -> Fraction:
    unclipped = available * (given["at_mean"] + 100 * given["per_percent"]) / 100
    return min(available, unclipped) if given["clip"] else unclipped


@published(
    "mean",
    words="{available} points × ({at_mean} − {per_percent} × 100 × ({price} − {mean}) ÷ {mean}) ÷ 100",
    greatest=_greatest_below_mean,
)
def mean_deviation(
    offers: Offers, available: Fraction, at_mean: Fraction, per_percent: Fraction, clip: Fraction
) -> Column:
    """Give the mean price ``at_mean`` percent of the points, and less or more for each 1 % above or below the mean.

    Each 1 % moves the points by ``per_percent`` percent of those available. Points are kept within 0 and all of them
    unless ``clip`` is published as 0. One bid, or all prices equal: ``at_mean`` percent. Depends on the other bids:
    every losing price moves the mean.

    Source: procurementtemplates.co.uk, mean calculation (mean 50 points, 1 point for each 1 %).

    >>> mean_deviation({"A": 80_00, "B": 100_00, "C": 120_00}, Fraction(100))
    {'A': Fraction(70, 1), 'B': Fraction(50, 1), 'C': Fraction(30, 1)}
    """
    mean = offers.prices.mean()
    percent_above = 100 * (offers.prices - mean) / mean
    points = available / 100 * (at_mean - per_percent * percent_above)
    return points.within(0, available) if clip else points


@published(words="{price} ÷ {quality} quality points")
def price_per_quality_point(offers: Offers, available: Fraction) -> Column:  # noqa: ARG001 - an index gives no points
    """Give the pounds that a quality point costs: an index, of which the lowest is best.

    Domain: prices above 0 and quality above 0. A bid whose quality is not above 0 has no index and ranks after all
    others; the caller leaves it out. Publish a minimum quality beside it, since a very low price wins at any quality.
    No points are available for price. Does not depend on the other bids.

    Source: Cabinet Office, Bid Evaluation guidance note (May 2021), section 7.3.

    >>> price_per_quality_point({"A": 900_000_00, "B": 1_000_000_00}, quality={"A": 60, "B": 80})
    {'A': Fraction(15000, 1), 'B': Fraction(12500, 1)}
    """
    return offers.prices / 100 / offers.quality


_OWN: Mapping[str, PriceMethod] = {
    method.name: method
    for method in (
        lowest_price_ratio,
        linear_above_lowest,
        between_lowest_and_highest,
        fixed_limits,
        mean_deviation,
        *METHODS_OF_POINTS,
        price_per_quality_point,
        *METHODS_OF_VALUE,
    )
}
PRICE_METHODS: Mapping[str, PriceMethod] = {
    **_OWN,
    **{name: replace(_OWN[method], name=name) for name, method in SAME_AS.items()},
}
