"""Price methods that bring price and quality into one figure: an adjusted price or an index, which is the total.

Prices are those of the ranked bids, each above 0; quality is in quality points. Price has no weight of its own, and the
questions carry 100 points together. Sources say how well their formula was verified.
"""

from decimal import Decimal  # noqa: F401 - the examples use it
from fractions import Fraction

from evaluator.scoring.exact_columns import Column
from evaluator.scoring.price.irrational import power
from evaluator.scoring.price.method import Offers, published

Points = Fraction


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


@published(words="{factor} × {quality} quality points ÷ {price}")
def value_for_money(offers: Offers, available: Fraction, factor: Fraction) -> Column:  # noqa: ARG001 - no points
    """Give the quality points that a pound buys, times a published factor: an index, of which the highest is best.

    Quality of 0 gives 0. Does not depend on the other bids. Publish a factor, for example 1,000,000 for points per
    million pounds, so that the published rounding can tell bids apart; and a minimum quality, since a tiny price wins.

    Source: Negometrix, value for money X × Q ÷ P (name read); UK Ministry of Defence, VfM index Q ÷ cost (read);
    benefit per dollar (secondary source).

    >>> value_for_money({"A": 1_000_000_00}, quality={"A": 80}, factor=1_000_000)
    {'A': Fraction(80, 1)}
    """
    return offers.each(lambda price, quality: factor * quality / price)


@published(words="{factor} × {quality} quality points to the power {quality_weight} ÷ {cost_weight}, ÷ {price}")
def weighted_value_for_money(
    offers: Offers,
    available: Fraction,  # noqa: ARG001 - an index gives no points
    quality_weight: Fraction,
    cost_weight: Fraction,
    factor: Fraction,
) -> Column:
    """Give quality, raised to the weight of quality over that of cost, for each pound: an index, the highest is best.

    Exact where the power is whole, else to 50 figures. Quality of 0 gives 0. Does not depend on the other bids.

    Source: UK Ministry of Defence, weighted VfM index (read); it warns against weights of quality above 70 %.

    >>> weighted_value_for_money({"A": 50_00}, quality={"A": 9}, quality_weight=60, cost_weight=40)
    {'A': Fraction(27, 50)}
    """
    exponent = quality_weight / cost_weight
    return offers.each(lambda price, quality: factor * power(max(quality, Fraction(0)), exponent) / price)


@published(
    "lowest",
    "best_quality",
    words="(1 − {n} × ({best_quality} − {quality}) ÷ {full_quality}) × {lowest} ÷ {price}",
)
def utility_index(offers: Offers, available: Fraction, n: Fraction, full_quality: Fraction) -> Column:  # noqa: ARG001
    """Give the utility of a bid beside the best quality and the lowest price: an index, of which the highest is best.

    ((1 − (best quality − quality) × n) ÷ price) × lowest price, with quality as a share of ``full_quality``, and n the
    weight of quality ÷ the weight of price. It can be negative. One bid: 1. Depends on the other bids, twice.

    Source: Negometrix, utility index (read).

    >>> utility_index({"A": 100_00, "B": 125_00}, quality={"A": 60, "B": 80})
    {'A': Fraction(4, 5), 'B': Fraction(4, 5)}
    """
    lowest, best = offers.prices.lowest() / 100, offers.quality.highest()
    return offers.each(lambda price, quality: (1 - n * (best - quality) / full_quality) * lowest / price)


@published(
    "lowest",
    "best_quality",
    words="{quality_points} × {quality} ÷ {best_quality} + {price_points} × {lowest} ÷ {price}",
)
def normalised_both_sides(
    offers: Offers,
    available: Fraction,  # noqa: ARG001 - its points for price are a parameter
    quality_points: Fraction,
    price_points: Fraction,
) -> Column:
    """Give the best quality and the lowest price all their points and the others their ratio to them, added up.

    An index, of which the highest is best. Where nobody has quality, nobody has quality points (0 ÷ 0: our rule).
    One bid: all the points. Depends on the other bids on both sides.

    Source: Further Education Library of Procurement, assessment method (read).

    >>> normalised_both_sides({"A": 80, "B": 100}, quality={"A": 30, "B": 60}, quality_points=80, price_points=20)
    {'A': Fraction(60, 1), 'B': Fraction(96, 1)}
    """
    lowest, best = offers.prices.lowest() / 100, offers.quality.highest()

    def both(price: Fraction, quality: Fraction) -> Points:
        return (quality_points * quality / best if best > 0 else Fraction(0)) + price_points * lowest / price

    return offers.each(both)


@published(words="{price} − {quality} quality points × {per_point}")
def award_on_value(offers: Offers, available: Fraction, per_point: Fraction) -> Column:  # noqa: ARG001 - no points
    """Take what quality is worth off the price: an adjusted price in pounds, of which the lowest is best.

    ``per_point`` is the published worth of one quality point in pounds. The result can be 0 or negative. Does not
    depend on the other bids.

    Source: the Netherlands, Gunnen op waarde (read); UK Ministry of Defence, monetised willingness to pay (read).

    >>> award_on_value({"A": 80_000_00}, quality={"A": Fraction(3, 5)}, per_point=2500)
    {'A': Fraction(78500, 1)}
    """
    return offers.each(lambda price, quality: price - quality * per_point)


@published("best_quality", words="{price} × (1 + ({best_quality} − {quality}) ÷ 100)")
def quality_adjusted_price(offers: Offers, available: Fraction) -> Column:  # noqa: ARG001 - no points
    """Raise the price by 1 % for each quality point below the best: an adjusted price, of which the lowest is best.

    One bid, or all of equal quality: the price itself. Depends on the other bids through the best quality.

    Source: a formula of Québec's kind, P × (1 + (best score − score) ÷ 100) (read).

    >>> quality_adjusted_price({"A": 100_00, "B": 110_00}, quality={"A": 70, "B": 80})
    {'A': Fraction(110, 1), 'B': Fraction(110, 1)}
    """
    best = offers.quality.highest()
    return offers.each(lambda price, quality: price * (1 + (best - quality) / 100))


def _coefficient(quality: Fraction, most: Fraction, full_quality: Fraction) -> Fraction:
    return 1 + most * quality / full_quality / (1 - most)


@published(words="{price} ÷ (1 + {most} × {quality} ÷ {full_quality} ÷ (1 − {most}))")
def quality_coefficient(
    offers: Offers,
    available: Fraction,  # noqa: ARG001 - no points
    most: Fraction,
    full_quality: Fraction,
) -> Column:
    """Divide the price by a coefficient of quality: an adjusted price in pounds, of which the lowest is best.

    ``most`` is the sum of the greatest values of all non-price features, ``full_quality`` the points that earn it.
    Does not depend on the other bids.

    Source: Prozorro, Ukraine: price ÷ (1 + Σ parameters ÷ (1 − Σ greatest)) (read in its code).

    >>> quality_coefficient({"A": 700_00, "B": 1000_00}, quality={"A": 0, "B": 100}, most=Decimal("0.3"))
    {'A': Fraction(700, 1), 'B': Fraction(700, 1)}
    """
    return offers.each(lambda price, quality: price / _coefficient(quality, most, full_quality))


@published(words="{price} × (1 + {most} × {quality} ÷ {full_quality} ÷ (1 − {most}))")
def quality_coefficient_income(
    offers: Offers,
    available: Fraction,  # noqa: ARG001 - no points
    most: Fraction,
    full_quality: Fraction,
) -> Column:
    """Multiply an income or saving by a coefficient of quality: an adjusted figure, of which the highest is best.

    For energy performance contracts and incomes; else as ``quality_coefficient``. Does not depend on the other bids.

    Source: Prozorro, Ukraine, ESCO procedure: the coefficient reversed (read in its code).

    >>> quality_coefficient_income({"A": 700_00}, quality={"A": 100}, most=Decimal("0.3"))
    {'A': Fraction(1000, 1)}
    """
    return offers.each(lambda price, quality: price * _coefficient(quality, most, full_quality))


@published("lowest_quality", words="{price} ÷ (({quality} + {highest_score}) ÷ ({lowest_quality} + {highest_score}))")
def relative_value_for_cost(offers: Offers, available: Fraction, highest_score: Fraction) -> Column:  # noqa: ARG001
    """Divide the price by an index of quality beside the lowest quality: an adjusted price, the lowest is best.

    The index is (score + highest score possible) ÷ (lowest score among the bids + highest score possible), so from 1
    to at most 2. One bid, or all of equal quality: the price itself. Depends on the other bids.

    Source: New South Wales, relative value for cost (secondary source).

    >>> relative_value_for_cost({"A": 100_00, "B": 120_00}, quality={"A": 50, "B": 80})
    {'A': Fraction(100, 1), 'B': Fraction(100, 1)}
    """
    lowest = offers.quality.lowest()
    return offers.each(lambda price, quality: price * (lowest + highest_score) / (quality + highest_score))


@published("lowest_quality", words="{price} − {estimate} × ({quality} − {lowest_quality}) ÷ {price_weight}")
def price_quality_simple(offers: Offers, available: Fraction, estimate: Fraction, price_weight: Fraction) -> Column:  # noqa: ARG001
    """Take a premium for quality off the price: an adjusted price in pounds, of which the lowest is best.

    The premium is the published estimate × the quality points above the lowest quality ÷ the weight of price. Quality
    points are taken as they are, so the questions must carry 100 less the weight of price, or ``full_quality`` of
    ``price_quality_weighted`` brings them to it. The result can be below 0. One bid, or all of equal quality: the
    price itself. Depends on the other bids through the lowest quality alone, which moves every premium alike: no bid
    can turn the order of two others.

    Source: New Zealand Transport Agency, Procurement Manual, appendix C, price quality method: supplier quality premium
    = estimate × (weighted sum margin ÷ price weight) (secondary source: its practice note of 18 August 2015 on the
    method, and the formula as commonly given; the manual's own text was not to hand).

    >>> price_quality_simple({"A": 1_000_000_00, "B": 1_100_000_00}, quality={"A": 40, "B": 46}, estimate=1_000_000,
    ...     price_weight=40)
    {'A': Fraction(1000000, 1), 'B': Fraction(950000, 1)}
    """
    lowest = offers.quality.lowest()
    return offers.each(lambda price, quality: price - estimate * (quality - lowest) / price_weight)


@published(
    "lowest_quality",
    words=(
        "{price} − {estimate} × ((100 − {price_weight}) × ({quality} − {lowest_quality}) ÷ {full_quality}) "
        "÷ {price_weight}"
    ),
)
def price_quality_weighted(
    offers: Offers,
    available: Fraction,  # noqa: ARG001 - no points
    estimate: Fraction,
    price_weight: Fraction,
    full_quality: Fraction,
) -> Column:
    """Take a premium for quality off the price, with quality out of ``full_quality`` brought to its published weight.

    As ``price_quality_simple``, where the questions carry 100 between them: what is above the lowest quality is first
    multiplied by 100 less the weight of price, and divided by ``full_quality``. One bid, or all of equal quality: the
    price itself. Depends on the other bids through the lowest quality alone.

    Source: as ``price_quality_simple``; grades out of 100, each with its weight.

    >>> price_quality_weighted({"A": 1_000_000_00, "B": 1_100_000_00}, quality={"A": 60, "B": 70}, estimate=1_000_000,
    ...     price_weight=40)
    {'A': Fraction(1000000, 1), 'B': Fraction(950000, 1)}
    """
    lowest, share = offers.quality.lowest(), (100 - price_weight) / full_quality
    return offers.each(lambda price, quality: price - estimate * share * (quality - lowest) / price_weight)


METHODS_OF_VALUE = (
    price_per_quality_point,
    value_for_money,
    weighted_value_for_money,
    utility_index,
    normalised_both_sides,
    award_on_value,
    quality_adjusted_price,
    quality_coefficient,
    quality_coefficient_income,
    relative_value_for_cost,
    price_quality_simple,
    price_quality_weighted,
)
