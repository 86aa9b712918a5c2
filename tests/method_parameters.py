"""Parameters under which every price method can be tried; prices of some hundred pounds lie on both sides of limits."""

from evaluator.records.programme.price.methods import METHODS, own_name

PARAMETERS = {
    "fixed_limits": {"lowest": "200", "highest": "900.50"},
    "linear_whole_points": {"direction": "0"},
    "graduated_to_inflection": {"per_percent_above": "0.5"},
    "damped_discount": {"budget": "900.50", "least_best": "2.5"},
    "discount_ratio": {"budget": "900.50"},
    "square_root_discount": {"budget": "900.50"},
    "bilinear_discount": {"budget": "900.50", "at_mean": "0.85"},
    "narbona": {"lowest": "200", "budget": "900.50"},
    "logarithm": {"zero_at": "3"},
    "ranking_points": {"step": "15"},
    "value_for_money": {"factor": "1000000"},
    "weighted_value_for_money": {"quality_weight": "60", "cost_weight": "40", "factor": "1000"},
    "utility_index": {"n": "1.5"},
    "normalised_both_sides": {"quality_points": "80", "price_points": "20"},
    "award_on_value": {"per_point": "12.5"},
    "quality_coefficient": {"most": "0.3"},
    "quality_coefficient_income": {"most": "0.3"},
    "price_quality_simple": {"estimate": "500", "price_weight": "40"},
    "price_quality_weighted": {"estimate": "500", "price_weight": "40"},
}


def parameters_of(method: str) -> dict[str, str]:
    return PARAMETERS.get(own_name(method), {})


def giving(points: bool) -> list[str]:
    return sorted(name for name, terms in METHODS.items() if (terms.gives == "points") == points)
