"""The price methods that give points: one named function each, with its bare formula.

Every function takes the prices of the ranked bids in pence, each above 0, and the points available, and gives exact
points before rounding. A bid that a person disregarded, or that is below a published minimum, is not among them.
"""

from decimal import Decimal  # noqa: F401 - the examples use it
from fractions import Fraction

from evaluator.records.numbers import RoundingMode, rounded
from evaluator.records.programme.price.methods import Given
from evaluator.scoring.exact_columns import Column
from evaluator.scoring.price.irrational import logarithm_ratio, power
from evaluator.scoring.price.method import Offers, published

DIRECTIONS: dict[Fraction, RoundingMode] = {Fraction(0): "half_up", Fraction(1): "up", Fraction(-1): "down"}
INFLECTION, LOST_BELOW = Fraction(1025, 1000), Fraction(1, 10)


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


def _limits_in_order(given: Given) -> str:
    if given["lowest"] < given["highest"]:
        return ""
    return "The parameter highest of fixed_limits must be above the parameter lowest."


@published(
    words="{available} points × ({highest} − {price}) ÷ ({highest} − {lowest})",
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


@published(
    "mean",
    words="{available} points × ({at_mean} − {per_percent} × 100 × ({price} − {mean}) ÷ {mean}) ÷ 100",
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


@published("lowest", words="{available} points × (2 − {price} ÷ {lowest}), 0 above twice the lowest, in whole points")
def linear_whole_points(offers: Offers, available: Fraction, direction: Fraction) -> Column:
    """Give the lowest price all the points, none at twice the lowest and above, in whole points only.

    ``direction`` says how points become whole: 0 to the nearest (halves up), 1 up, -1 down. It must be published, since
    the source leaves it open. Never more than the points available. One bid, or all prices equal: all the points.
    Depends on the other bids.

    Source: a German tender on vergabeportal-bw.de (rule read; the direction is not stated there).

    >>> linear_whole_points({"A": 100_00, "B": 149_00, "C": 210_00}, Fraction(30), direction=-1)
    {'A': Fraction(30, 1), 'B': Fraction(15, 1), 'C': Fraction(0, 1)}
    """
    lowest, mode = offers.prices.lowest() / 100, DIRECTIONS[direction]

    def points(price: Fraction, _quality: Fraction) -> Fraction:
        return _kept(Fraction(rounded(_kept(available * (2 - price / lowest), available), 0, mode)), available)

    return offers.each(points)


@published("highest", words="{available} points × {price} ÷ {highest}")
def highest_income_ratio(offers: Offers, available: Fraction) -> Column:
    """Give the highest income all the points, and the others the ratio of theirs to it: for sales and leases.

    This is available × (1 + (income − highest) ÷ highest). Points in (0, available]. One bid, or all equal: all the
    points. Depends on the other bids. A tie-break by lower price would reward the lower income.

    Source: South Africa, Preferential Procurement Policy Framework Act regulations, income form (secondary source).

    >>> highest_income_ratio({"A": 80_00, "B": 100_00}, Fraction(40))
    {'A': Fraction(32, 1), 'B': Fraction(40, 1)}
    """
    return available * offers.prices / offers.prices.highest()


@published(
    "lowest",
    "median",
    words=(
        "{available} points, less 0.1 % of them for each 1 % from {lowest} up to 1.025 × {median}, and "
        "{per_percent_above} % for each 1 % above that, at {price}"
    ),
)
def graduated_to_inflection(offers: Offers, available: Fraction, per_percent_above: Fraction) -> Column:
    """Take little away up to a point of inflection, 2.5 % above the median price, and more above it.

    Up to the inflection a price loses 0.1 % of the points for each 1 % that it is above the lowest. Above it, it
    loses what the inflection loses and ``per_percent_above`` percent for each further 1 % of the lowest price. Kept
    within 0 and the points available. One bid, or all prices equal: all the points. Depends on the other bids.

    Source: Scottish Government, Construction Policy Note CPN 3/2024, Graduated Pricing Mechanism, steps 1 to 3 (read,
    in scottishlegal.com's account). What its steps 4 and 5 take away above the inflection was not recovered:
    ``per_percent_above`` is ours, and the council must publish it; without Annex A this is not the Scottish rule.

    >>> graduated_to_inflection({"A": 100_00, "B": 102_00, "C": 110_00}, Fraction(100), per_percent_above=2)
    {'A': Fraction(100, 1), 'B': Fraction(499, 5), 'C': Fraction(17729, 200)}
    """
    lowest = offers.prices.lowest() / 100
    inflection = offers.prices.median() / 100 * INFLECTION

    def points(price: Fraction, _quality: Fraction) -> Fraction:
        below = 100 * (min(price, inflection) - lowest) / lowest
        above = 100 * max(price - inflection, Fraction(0)) / lowest
        return _kept(available * (1 - (LOST_BELOW * below + per_percent_above * above) / 100), available)

    return offers.each(points)


@published(
    "lowest",
    words=(
        "{available} points × the discount of {price} on {budget}, ÷ the greater of {least_best} % "
        "and the discount of {lowest}"
    ),
)
def damped_discount(offers: Offers, available: Fraction, budget: Fraction, least_best: Fraction) -> Column:
    """Give points for the discount on a published budget, none of them full for a small discount.

    A bid's discount in percent is divided by the greatest discount, or by ``least_best`` (2 to 5) where the greatest is
    less. A price at or above the budget has no discount and no points. One bid, or all equal: the same formula.
    Depends on the other bids.

    Source: Aragón, decree-law 6/2014 (read).

    >>> damped_discount({"A": 98_00, "B": 99_00, "C": 101_00}, Fraction(50), budget=100, least_best=5)
    {'A': Fraction(20, 1), 'B': Fraction(10, 1), 'C': Fraction(0, 1)}
    """
    best = max(_discount(offers.prices.lowest() / 100, budget), least_best / 100)
    return offers.each(lambda price, _quality: available * _discount(price, budget) / best)


@published("lowest", words="{available} points × the discount of {price} on {budget}, ÷ the discount of {lowest}")
def discount_ratio(offers: Offers, available: Fraction, budget: Fraction) -> Column:
    """Give the greatest discount on a published budget all the points, and the others the ratio of theirs to it.

    A price at or above the budget has no points; where nobody gives a discount, nobody has points (0 ÷ 0: our rule).
    Tiny discounts are stretched over all the points. Depends on the other bids.

    Source: Italy, linear discount Ri ÷ Rmax (secondary source).

    >>> discount_ratio({"A": 80_00, "B": 90_00, "C": 120_00}, Fraction(30), budget=100)
    {'A': Fraction(30, 1), 'B': Fraction(15, 1), 'C': Fraction(0, 1)}
    """
    best = _discount(offers.prices.lowest() / 100, budget)
    return offers.each(lambda price, _quality: available * _discount(price, budget) / best if best else Fraction(0))


@published(
    "lowest",
    words=(
        "{available} points × (the discount of {price} on {budget} ÷ the discount of {lowest}) to the power {alpha}, "
        "to 50 figures"
    ),
)
def square_root_discount(offers: Offers, available: Fraction, budget: Fraction, alpha: Fraction) -> Column:
    """Give the greatest discount on a published budget all the points, and the others a root of their share of it.

    With ``alpha`` 0.5, the default, it is the square root: small discounts earn much, and further ones ever less. A
    price at or above the budget has no points; where nobody gives a discount, nobody has points (0 ÷ 0: our rule).
    ``alpha`` 1 is ``discount_ratio``. One bid with a discount: all the points. Worked out to 50 figures. Depends on
    the other bids.

    Source: Italy, ANAC guidelines 2 (2016), part IV: V = (Ra ÷ Rmax) to the power α, with α between 0 and 1 (secondary
    source); the square root is the power one half.

    >>> square_root_discount({"A": 75_00, "B": 84_00, "C": 101_00}, Fraction(30), budget=100)
    {'A': Fraction(30, 1), 'B': Fraction(24, 1), 'C': Fraction(0, 1)}
    """
    best = _discount(offers.prices.lowest() / 100, budget)
    return offers.each(
        lambda price, _quality: available * power(_discount(price, budget) / best, alpha) if best else Fraction(0)
    )


@published(
    "lowest",
    "mean",
    words=(
        "{available} points × {at_mean} for the discount of {mean} on {budget}, in proportion up to it and on to 1 for "
        "that of {lowest}, at {price}"
    ),
)
def bilinear_discount(offers: Offers, available: Fraction, budget: Fraction, at_mean: Fraction) -> Column:
    """Give ``at_mean`` of the points for the mean discount, in proportion below it, and the rest in proportion above.

    Discounts are on a published budget; R is a bid's, and the mean discount is that of the mean price. R ≤ mean:
    available × X × R ÷ mean. R > mean: available × (X + (1 − X) × (R − mean) ÷ (greatest − mean)). A price at or above
    the budget has no points. All equal: X of the points. Depends on the other bids: every bid moves the kink.

    Source: Italy, ANAC guidelines 2 (2016), with X 0.80, 0.85 or 0.90. FROM MEMORY: confirm the text before use.

    >>> bilinear_discount({"A": 90_00, "B": 80_00, "C": 70_00}, Fraction(1), budget=100, at_mean=Decimal("0.85"))
    {'A': Fraction(17, 40), 'B': Fraction(17, 20), 'C': Fraction(1, 1)}
    """
    mean = (budget - offers.prices.mean() / 100) / budget
    best = _discount(offers.prices.lowest() / 100, budget)

    def points(price: Fraction, _quality: Fraction) -> Fraction:
        discount = _discount(price, budget)
        if not discount:
            return Fraction(0)
        if discount <= mean:
            return available * at_mean * discount / mean
        return available * (at_mean + (1 - at_mean) * (discount - mean) / (best - mean))

    return offers.each(points)


def _floor_below_budget(given: Given) -> str:
    return "" if given["lowest"] < given["budget"] else "The parameter budget of narbona must be above lowest."


@published(
    words="{available} points × ({lowest} ÷ ({budget} − {lowest})) × ({budget} − {price}) ÷ {price}",
    together=_floor_below_budget,
)
def narbona(offers: Offers, available: Fraction, lowest: Fraction, budget: Fraction) -> Column:
    """Give points for the profit that a discount costs: all at a published lowest price, none at the budget.

    With K = lowest ÷ budget and D the discount on the budget: available × (K ÷ (1 − K)) × (D ÷ (1 − D)). Points stay
    within 0 and those available. Does not depend on the other bids.

    Source: M. Narbona Sarria, Estandarización de la evaluación de la oferta económica (2018), as quoted on
    contratacionpublicacp.com (secondary source).

    >>> narbona({"A": 80_00, "B": 90_00, "C": 101_00}, Fraction(90), lowest=80, budget=100)
    {'A': Fraction(90, 1), 'B': Fraction(40, 1), 'C': Fraction(0, 1)}
    """

    def points(price: Fraction, _quality: Fraction) -> Fraction:
        return _kept(available * lowest / (budget - lowest) * (budget - price) / price, available)

    return offers.each(points)


@published("lowest", words="{available} points × (1 − ln({price} ÷ {lowest}) ÷ ln {zero_at}), to 50 figures")
def logarithm(offers: Offers, available: Fraction, zero_at: Fraction, clip: Fraction) -> Column:
    """Give the lowest price all the points, and take away as many for each doubling as for any other.

    None is left at ``zero_at`` times the lowest; above it 0, unless ``clip`` is published as 0. Unclipped, the
    difference between two bids does not depend on the others; clipped it does. One bid, or all equal: all the points.
    Worked out to 50 figures.

    Source: Negometrix, logarithmic formula (read).

    >>> logarithm({"A": 100_00, "B": 200_00, "C": 400_00}, Fraction(30), zero_at=4)
    {'A': Fraction(30, 1), 'B': Fraction(15, 1), 'C': Fraction(0, 1)}
    """
    lowest = offers.prices.lowest() / 100

    def points(price: Fraction, _quality: Fraction) -> Fraction:
        found = available * (1 - logarithm_ratio(price / lowest, zero_at))
        return _kept(found, available) if clip else found

    return offers.each(points)


@published("place", words="{available} points, less {step} % of them for each place after the first, at place {place}")
def ranking_points(offers: Offers, available: Fraction, step: Fraction) -> Column:
    """Give points by the order of the prices alone: all to the lowest, and ``step`` percent less with each place.

    Equal prices share the better place, and the next is left out (1, 2, 2, 4). Never below 0. It loses how far apart
    prices are, and is the method that other bids turn most easily.

    Source: the method's name only (read); the step is ours, and must be published.

    >>> ranking_points({"A": 300_00, "B": 100_00, "C": 100_00}, Fraction(40), step=25)
    {'A': Fraction(20, 1), 'B': Fraction(40, 1), 'C': Fraction(40, 1)}
    """
    ordered = sorted(price / 100 for price in offers.prices.fractions())
    places: dict[Fraction, int] = {}
    for place, price in enumerate(ordered):
        places.setdefault(price, place)
    return offers.each(lambda price, _quality: _kept(available * (1 - step * places[price] / 100), available))


def _kept(points: Fraction, available: Fraction) -> Fraction:
    """Keep points within 0 and those available."""
    return min(max(points, Fraction(0)), available)


def _discount(price: Fraction, budget: Fraction) -> Fraction:
    """Give the share that a price is below the budget; a price above it gives no discount."""
    return max((budget - price) / budget, Fraction(0))


METHODS_OF_POINTS = (
    lowest_price_ratio,
    linear_above_lowest,
    between_lowest_and_highest,
    fixed_limits,
    mean_deviation,
    linear_whole_points,
    highest_income_ratio,
    graduated_to_inflection,
    damped_discount,
    discount_ratio,
    square_root_discount,
    bilinear_discount,
    narbona,
    logarithm,
    ranking_points,
)
