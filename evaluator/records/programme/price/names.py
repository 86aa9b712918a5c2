"""What each price method is called in plain words, beside the name under which criteria publish it."""

from collections.abc import Mapping

from evaluator.records.programme.price.methods import METHODS

PLAIN: Mapping[str, str] = {
    "lowest_price_ratio": "the lowest price divided by the price",
    "linear_above_lowest": "a straight line down from the lowest price",
    "range": "the share of the way from the highest price to the lowest",
    "fixed_limits": "a straight line between two published prices",
    "mean_deviation": "the distance from the mean price",
    "linear_whole_points": "a straight line down from the lowest price, in whole points",
    "highest_income_ratio": "the income divided by the highest income",
    "graduated_to_inflection": "gently down to a little above the median price, then steeply",
    "damped_discount": "the discount on the budget, damped where all are small",
    "discount_ratio": "the discount on the budget divided by the greatest",
    "square_root_discount": "the square root of the share of the greatest discount on the budget",
    "bilinear_discount": "the discount on the budget, in two straight lines through the mean",
    "narbona": "from a published floor up to the budget",
    "logarithm": "the logarithm of the price",
    "ranking_points": "the place in the order of prices",
    "price_per_quality_point": "the price of one quality point",
    "value_for_money": "quality divided by price",
    "weighted_value_for_money": "quality divided by price, each with its weight",
    "utility_index": "an index of utility from quality and price",
    "normalised_both_sides": "quality and price, each measured by the best",
    "award_on_value": "the price less what its quality is worth",
    "quality_adjusted_price": "the price adjusted by quality against the others",
    "quality_coefficient": "the price less a share for its quality",
    "quality_coefficient_income": "the income plus a share for its quality",
    "relative_value_for_cost": "the cost adjusted by the relative value",
    "price_quality_simple": "the price less a premium for quality, on the points as they are weighted",
    "price_quality_weighted": "the price less a premium for quality, on points of 100 given their weight",
    "qcbs": "quality- and cost-based selection: the lowest price divided by the price",
    "georgia_ratio": "as in Georgia: the lowest price divided by the price",
    "french_classic": "the classic French formula: the lowest price divided by the price",
    "spain_proportional": "the Spanish proportional formula: the lowest price divided by the price",
    "pppfa": "as in South Africa: a straight line down from the lowest price",
    "french_linear": "the linear French formula: a straight line down from the lowest price",
    "consip_range": "as at Consip: the share of the way from the highest price to the lowest",
    "weighted_score_limits": "a straight line between two published prices",
    "vfm_index": "index of value for money: quality divided by price",
    "benefit_per_dollar": "benefit for each dollar: quality divided by price",
    "monetised_willingness_to_pay": "the price less what its quality is worth",
    "gunnen_op_waarde": "the Dutch award on value: the price less what its quality is worth",
    "pppfa_income": "as in South Africa: the income divided by the highest income",
    "quebec": "as in Quebec: the price adjusted by quality against the others",
    "anac_power": "as in Italy: a power of the share of the greatest discount on the budget",
    "nzta_pqm_simple": "the New Zealand price quality method, on the points as they are weighted",
    "nzta_pqm_weighted": "the New Zealand price quality method, on points of 100 given their weight",
    "prozorro": "as at Prozorro: the price less a share for its quality",
}
BETWEEN = " – "  # a name and its plain words in a list to choose from


def titled(method: str) -> str:
    """Give a method's published name with its plain words.

    >>> titled("value_for_money"), titled("made_up")
    ('value_for_money (quality divided by price)', 'made_up')
    """
    return f"{method} ({PLAIN[method]})" if method in PLAIN else method


def choices() -> tuple[str, ...]:
    """Give every method as it is shown in a list to choose from."""
    return tuple(f"{method}{BETWEEN}{PLAIN[method]}" for method in METHODS)


def chosen(text: str) -> str:
    """Take the published name out of what was chosen; anything else stays as it is.

    >>> chosen("range – the share of the way from the highest price to the lowest"), chosen("range"), chosen("a – b")
    ('range', 'range', 'a – b')
    """
    name, between, _ = text.partition(BETWEEN)
    return name.strip() if between and name.strip() in METHODS else text
