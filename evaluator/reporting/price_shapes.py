"""Each price method in a sentence or two that needs no formula; the letters and reports say by it how price counts."""

from collections.abc import Mapping

from evaluator.records.price_methods import own_name

SHAPES: Mapping[str, str] = {
    "lowest_price_ratio": "The lowest price earns all the points, every other the points × lowest price ÷ its own.",
    "linear_above_lowest": "The lowest price earns all the points. They fall evenly to none at {zero_at} times it.",
    "range": "The lowest price earns all the points, the highest none, and those between their share of the way. "
    "If all prices are equal, each earns all the points.",
    "fixed_limits": "A price of £{lowest} earns all the points, one of £{highest} none, and those between their share "
    "of the way. Other bids' prices play no part.",
    "mean_deviation": "The mean price earns {at_mean} % of the points; each 1 % above or below the mean takes away or "
    "adds {per_percent} % of them.",
    "linear_whole_points": "The lowest price earns all the points. They fall evenly to none at twice the lowest, and "
    "are made whole.",
    "highest_income_ratio": "The highest income earns all the points, every other the points × its own ÷ the highest.",
    "graduated_to_inflection": "Points fall as a price lies above the lowest, {per_percent_above} for each percent, as "
    "published.",
    "damped_discount": "Points go by the discount on the budget of £{budget}, against the best discount or "
    "{least_best} %, whichever is more.",
    "discount_ratio": "Points go by the discount on the budget of £{budget}: the points × its discount ÷ the greatest.",
    "bilinear_discount": "Points go by the discount on the budget of £{budget}, in two straight lines that meet at the "
    "mean discount.",
    "narbona": "Points go by the price against the lowest price of £{lowest} and the budget of £{budget}, as "
    "published.",
    "logarithm": "The lowest price earns all the points. They fall with the logarithm of the price, to none at "
    "{zero_at} times it.",
    "ranking_points": "The lowest price earns all the points; each place after the first takes away {step} % of them.",
    "price_per_quality_point": "The price is divided by the quality points. The lowest quotient ranks first.",
    "value_for_money": "The quality points are divided by the price (times {factor}). The highest result ranks first.",
    "weighted_value_for_money": "The quality points, raised to the power {quality_weight} ÷ {cost_weight}, are divided "
    "by the price (times {factor}). The highest result ranks first.",
    "utility_index": "The lowest price ÷ the price, less for quality below the best. The highest result ranks first.",
    "normalised_both_sides": "{quality_points} × quality ÷ the best quality, and {price_points} × the lowest price ÷ "
    "the price, are added. The highest result ranks first.",
    "award_on_value": "Each quality point takes £{per_point} off the price. The lowest result ranks first.",
    "quality_adjusted_price": "The price is raised by one percent for each point of quality below the best. The lowest "
    "result ranks first.",
    "quality_coefficient": "The price is lowered by a published coefficient of its quality. The lowest result ranks "
    "first.",
    "quality_coefficient_income": "The income is raised by a published coefficient of its quality. The highest result "
    "ranks first.",
    "relative_value_for_cost": "The price is divided by the quality against the lowest quality. The lowest result "
    "ranks first.",
}


def shape(method: str) -> str:
    """Give a method's sentence, with its published parameters in braces."""
    return SHAPES[own_name(method)]
