"""The price methods as live formulas, one for each: the same arithmetic as the engine's, in a spreadsheet's words.

Every function takes addresses and gives the text of a formula without ``=``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from evaluator.reporting.results.formulas import FINE


@dataclass(frozen=True)
class PriceTerms:
    """The addresses that a formula needs: a bid's price and quality, all ranked bids' figures, what was published."""

    price: str
    quality: str
    available: str
    lowest: str
    highest: str
    mean: str
    prices: str
    best_quality: str
    lowest_quality: str
    settings: Mapping[str, str]


def lowest_price_ratio(terms: PriceTerms) -> str:
    """Available points × lowest ÷ price."""
    return f"{terms.available}*{terms.lowest}/{terms.price}"


def linear_above_lowest(terms: PriceTerms) -> str:
    """Available points × (zero_at × lowest − price) ÷ ((zero_at − 1) × lowest)."""
    zero_at = terms.settings["zero_at"]
    return clipped(f"{terms.available}*({zero_at}*{terms.lowest}-{terms.price})/(({zero_at}-1)*{terms.lowest})", terms)


def between_lowest_and_highest(terms: PriceTerms) -> str:
    """Available points × (highest − price) ÷ (highest − lowest); all of them where all prices are equal."""
    way = f"{terms.available}*({terms.highest}-{terms.price})/({terms.highest}-{terms.lowest})"
    return f"IF({terms.highest}={terms.lowest},{terms.available},{way})"


def fixed_limits(terms: PriceTerms) -> str:
    """Available points × (highest − price) ÷ (highest − lowest), both limits as published."""
    lowest, highest = terms.settings["lowest"], terms.settings["highest"]
    return clipped(f"{terms.available}*({highest}-{terms.price})/({highest}-{lowest})", terms)


def mean_deviation(terms: PriceTerms) -> str:
    """Available points × (at_mean − per_percent × 100 × (price − mean) ÷ mean) ÷ 100."""
    above = f"100*({terms.price}-{terms.mean})/{terms.mean}"
    return clipped(
        f"{terms.available}*({terms.settings['at_mean']}-{terms.settings['per_percent']}*{above})/100", terms
    )


def price_per_quality_point(terms: PriceTerms) -> str:
    """Price ÷ quality points; a bid without quality has none."""
    return f'IF({terms.quality}>0,{terms.price}/{terms.quality},"")'


def linear_whole_points(terms: PriceTerms) -> str:
    """Available points × (2 − price ÷ lowest), 0 above twice the lowest, made whole in the published direction."""
    points, way = within(f"{terms.available}*(2-{terms.price}/{terms.lowest})", terms), terms.settings["direction"]
    fine = f"ROUND({points},{FINE})"
    whole = f"IF({way}=0,ROUND({fine},0),IF({way}>0,ROUNDUP({fine},0),ROUNDDOWN({fine},0)))"
    return f"MIN({terms.available},{whole})"


def highest_income_ratio(terms: PriceTerms) -> str:
    """Available points × income ÷ highest."""
    return f"{terms.available}*{terms.price}/{terms.highest}"


def graduated_to_inflection(terms: PriceTerms) -> str:
    """Less 0.1 % for each 1 % above the lowest up to 1.025 × the median, and the published loss above it."""
    bend, above = f"(MEDIAN({terms.prices})*1.025)", terms.settings["per_percent_above"]
    below = f"0.1*(MIN({terms.price},{bend})-{terms.lowest})/{terms.lowest}"
    return within(f"{terms.available}*(1-{below}-{above}*MAX({terms.price}-{bend},0)/{terms.lowest})", terms)


def discount(price: str, terms: PriceTerms) -> str:
    """Give the share that a price is below the published budget."""
    return f"MAX(({terms.settings['budget']}-{price})/{terms.settings['budget']},0)"


def damped_discount(terms: PriceTerms) -> str:
    """Discount ÷ the greatest discount, or the published least of it."""
    best = f"MAX({discount(terms.lowest, terms)},{terms.settings['least_best']}/100)"
    return f"{terms.available}*{discount(terms.price, terms)}/{best}"


def discount_ratio(terms: PriceTerms) -> str:
    """Discount ÷ the greatest discount; nothing where nobody gives one."""
    best = discount(terms.lowest, terms)
    return f"IF({best}=0,0,{terms.available}*{discount(terms.price, terms)}/{best})"


def square_root_discount(terms: PriceTerms) -> str:
    """Multiply by the share of the greatest discount to the published power; nothing where nobody gives a discount."""
    best = discount(terms.lowest, terms)
    share = f"({discount(terms.price, terms)}/{best})^{terms.settings['alpha']}"
    return f"IF({best}=0,0,{terms.available}*{share})"


def bilinear_discount(terms: PriceTerms) -> str:
    """Up to the mean discount in proportion to it, above it in proportion to the greatest."""
    own, best, kink = discount(terms.price, terms), discount(terms.lowest, terms), terms.settings["at_mean"]
    mean = f"(({terms.settings['budget']}-{terms.mean})/{terms.settings['budget']})"
    above = f"IF({best}={mean},{kink},{kink}+(1-{kink})*({own}-{mean})/({best}-{mean}))"
    part = f"IF(ROUND({own}-{mean},{FINE + 5})<=0,{kink}*{own}/{mean},{above})"
    return f"{terms.available}*IF({own}=0,0,{part})"


def narbona(terms: PriceTerms) -> str:
    """Available points × (K ÷ (1 − K)) × (D ÷ (1 − D)), within 0 and all of them."""
    lowest, budget = terms.settings["lowest"], terms.settings["budget"]
    return within(f"{terms.available}*{lowest}/({budget}-{lowest})*({budget}-{terms.price})/{terms.price}", terms)


def logarithm(terms: PriceTerms) -> str:
    """Available points × (1 − ln(price ÷ lowest) ÷ ln zero_at)."""
    return clipped(f"{terms.available}*(1-LN({terms.price}/{terms.lowest})/LN({terms.settings['zero_at']}))", terms)


def ranking_points(terms: PriceTerms) -> str:
    """Less the published step for each lower price."""
    return within(f"{terms.available}*(1-{terms.settings['step']}/100*(RANK({terms.price},{terms.prices},1)-1))", terms)


def value_for_money(terms: PriceTerms) -> str:
    """Factor × quality ÷ price."""
    return f"{terms.settings['factor']}*{terms.quality}/{terms.price}"


def weighted_value_for_money(terms: PriceTerms) -> str:
    """Factor × quality to the power of the weights' ratio ÷ price."""
    exponent = f"({terms.settings['quality_weight']}/{terms.settings['cost_weight']})"
    return f"{terms.settings['factor']}*IF({terms.quality}>0,{terms.quality}^{exponent},0)/{terms.price}"


def utility_index(terms: PriceTerms) -> str:
    """(1 − n × (best quality − quality) ÷ full quality) × lowest ÷ price."""
    lost = f"{terms.settings['n']}*({terms.best_quality}-{terms.quality})/{terms.settings['full_quality']}"
    return f"(1-{lost})*{terms.lowest}/{terms.price}"


def normalised_both_sides(terms: PriceTerms) -> str:
    """Quality points × quality ÷ best quality + price points × lowest ÷ price."""
    best = terms.best_quality
    quality = f"IF({best}>0,{terms.settings['quality_points']}*{terms.quality}/{best},0)"
    return f"{quality}+{terms.settings['price_points']}*{terms.lowest}/{terms.price}"


def award_on_value(terms: PriceTerms) -> str:
    """Price − quality × the worth of a point."""
    return f"{terms.price}-{terms.quality}*{terms.settings['per_point']}"


def quality_adjusted_price(terms: PriceTerms) -> str:
    """Price × (1 + (best quality − quality) ÷ 100)."""
    return f"{terms.price}*(1+({terms.best_quality}-{terms.quality})/100)"


def coefficient(terms: PriceTerms) -> str:
    """1 + most × quality ÷ full quality ÷ (1 − most)."""
    most = terms.settings["most"]
    return f"(1+{most}*{terms.quality}/{terms.settings['full_quality']}/(1-{most}))"


def quality_coefficient(terms: PriceTerms) -> str:
    """Price ÷ the coefficient of quality."""
    return f"{terms.price}/{coefficient(terms)}"


def quality_coefficient_income(terms: PriceTerms) -> str:
    """Income × the coefficient of quality."""
    return f"{terms.price}*{coefficient(terms)}"


def relative_value_for_cost(terms: PriceTerms) -> str:
    """Price × (lowest quality + highest score) ÷ (quality + highest score)."""
    most = terms.settings["highest_score"]
    return f"{terms.price}*({terms.lowest_quality}+{most})/({terms.quality}+{most})"


def price_quality_simple(terms: PriceTerms) -> str:
    """Price − estimate × quality above the lowest ÷ the weight of price."""
    return _less_premium(terms, f"({terms.quality}-{terms.lowest_quality})")


def price_quality_weighted(terms: PriceTerms) -> str:
    """Do the same with quality brought from its full points to 100 less the weight of price."""
    above = f"({terms.quality}-{terms.lowest_quality})/{terms.settings['full_quality']}"
    return _less_premium(terms, f"(100-{terms.settings['price_weight']})*{above}")


def _less_premium(terms: PriceTerms, margin: str) -> str:
    return f"{terms.price}-{terms.settings['estimate']}*{margin}/{terms.settings['price_weight']}"


def within(points: str, terms: PriceTerms) -> str:
    """Keep points within 0 and those available."""
    return f"MAX(0,MIN({terms.available},{points}))"


def clipped(points: str, terms: PriceTerms) -> str:
    """Keep points within 0 and those available where that is published."""
    return f"IF({terms.settings['clip']}=1,MAX(0,MIN({terms.available},{points})),{points})"


PRICE_FORMULAS: Mapping[str, Callable[[PriceTerms], str]] = {
    "lowest_price_ratio": lowest_price_ratio,
    "linear_above_lowest": linear_above_lowest,
    "range": between_lowest_and_highest,
    "fixed_limits": fixed_limits,
    "mean_deviation": mean_deviation,
    "price_per_quality_point": price_per_quality_point,
    "linear_whole_points": linear_whole_points,
    "highest_income_ratio": highest_income_ratio,
    "graduated_to_inflection": graduated_to_inflection,
    "damped_discount": damped_discount,
    "discount_ratio": discount_ratio,
    "square_root_discount": square_root_discount,
    "bilinear_discount": bilinear_discount,
    "narbona": narbona,
    "logarithm": logarithm,
    "ranking_points": ranking_points,
    "value_for_money": value_for_money,
    "weighted_value_for_money": weighted_value_for_money,
    "utility_index": utility_index,
    "normalised_both_sides": normalised_both_sides,
    "award_on_value": award_on_value,
    "quality_adjusted_price": quality_adjusted_price,
    "quality_coefficient": quality_coefficient,
    "quality_coefficient_income": quality_coefficient_income,
    "relative_value_for_cost": relative_value_for_cost,
    "price_quality_simple": price_quality_simple,
    "price_quality_weighted": price_quality_weighted,
}
