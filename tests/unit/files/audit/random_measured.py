"""Measured criteria for random programmes: every method, either direction, caps, limits and tables, with figures."""

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.price.lines import PriceLine, awarded_sum, compared_sum
from evaluator.records.programme.price.measured import EITHER, MEASURED_METHODS, Measured
from evaluator.records.programme.price.methods import METHODS, own_name
from evaluator.records.submissions.evaluation import Bid, Evaluation

PARAMETERS: dict[str, tuple[dict[str, str], ...]] = {
    "yes_no": ({}, {"no": "20"}),
    "by_rank": ({"step": "30"}, {"step": "12.5"}),
    "by_quarter": ({}, {"second": "60", "third": "30", "fourth": "0"}),
    "linear_above_lowest": ({}, {"zero_at": "3", "clip": "0"}),
    "fixed_limits": ({"lowest": "2", "highest": "20"}, {"lowest": "5", "highest": "8", "clip": "0"}),
    "linear_whole_points": ({"direction": "1"},),
    "graduated_to_inflection": ({"per_percent_above": "0.5"},),
    "damped_discount": ({"budget": "25", "least_best": "5"},),
    "discount_ratio": ({"budget": "25"},),
    "square_root_discount": ({"budget": "25", "alpha": "0.5"},),
    "bilinear_discount": ({"budget": "25", "at_mean": "0.85"},),
    "narbona": ({"lowest": "2", "budget": "25"},),
    "ranking_points": ({"step": "15"},),
}
BANDS = (
    [{"at_least": "10", "points": "8"}, {"at_least": "4.5", "points": "5"}],
    [{"at_most": "3", "points": "10"}, {"at_most": "9", "points": "4"}, {"at_most": "15", "points": "1"}],
)
PLACES = [{"at_most": "1", "points": "10"}, {"at_most": "2", "points": "6"}, {"at_most": "4", "points": "3"}]


def with_measured(dice: random.Random, criteria: Criteria) -> Criteria:
    """Add one to three measured criteria, each weighted in some of the themes."""
    measured = tuple(
        Measured.model_validate(_measured(dice, f"M{number}")) for number in range(1, dice.randint(1, 3) + 1)
    )
    themes = []
    for theme in criteria.themes:
        more = {one.id: Decimal(dice.choice(["5", "7.5", "20"])) for one in measured if dice.random() < 0.8}
        themes.append(theme.model_copy(update={"weights": {**theme.weights, **more}}))
    everywhere = [one.id for one in measured if all(one.id in theme.weights for theme in themes)]
    order = criteria.tie_break.order + tuple(f"measured:{name}" for name in everywhere if dice.random() < 0.5)
    tie_break = criteria.tie_break.model_copy(update={"order": order})
    return criteria.model_copy(update={"measured": measured, "themes": tuple(themes), "tie_break": tie_break})


def _measured(dice: random.Random, name: str) -> dict[str, Any]:
    method = dice.choice(sorted(MEASURED_METHODS))
    made: dict[str, Any] = {"id": name, "title": name, "unit": "days", "method": method}
    if own_name(method) in PARAMETERS:
        made["parameters"] = dice.choice(PARAMETERS[own_name(method)])
    if own_name(method) in EITHER:
        made["better"] = dice.choice(["higher", "lower"])
    if method == "banded":
        made["band"] = dice.choice(BANDS)
    if method == "by_rank" and dice.random() < 0.5:
        made = {**made, "band": PLACES, "parameters": {}}
    if method != "yes_no" and dice.random() < 0.3:
        made["cap"] = "11.5"
    if method != "yes_no" and dice.random() < 0.2:
        made[dice.choice(["least", "most"])] = "6"
    return made


def with_figures(dice: random.Random, criteria: Criteria, evaluation: Evaluation) -> Evaluation:
    """Give every bid a figure for each criterion that its theme measures; few different ones, so that some tie."""
    themes = tuple(
        replace(bids, bids=tuple(replace(bid, measured=_figures(dice, criteria, bid)) for bid in bids.bids))
        for bids in evaluation.themes
    )
    return replace(evaluation, themes=themes)


def _figures(dice: random.Random, criteria: Criteria, bid: Bid) -> tuple[tuple[str, Decimal], ...]:
    return tuple((one.id, _figure(dice, one)) for one in criteria.measured_in(bid.theme))


def _figure(dice: random.Random, one: Measured) -> Decimal:
    if one.is_yes_or_no:
        return Decimal(dice.randint(0, 1))
    figures = ("1", "3", "4.5", "6", "9.25", "12", "12", "20", "26", "0", "-2")
    return dice.choice([figure for figure in map(Decimal, figures) if one.allows(figure)])


BY_LINE: tuple[dict[str, Any], ...] = (
    {},
    {"method": "range"},
    {"method": "lowest_price_ratio"},
    {"method": "fixed_limits", "parameters": {"lowest": "10", "highest": "60"}},
)


def with_lines(dice: random.Random, criteria: Criteria) -> Criteria:
    """Offer the price in two or three lines where there are no years: added up, or each with a weight of its own."""
    policies = [criteria.price_policy(theme.id) for theme in criteria.themes]
    points = all(one and METHODS[one.method].gives == "points" for one in policies)
    basis = all(one is None or one.basis in ("whole_life", "unit_cost") for one in policies)
    if criteria.years or not basis or not any(policies):
        return criteria
    weighted = points and dice.random() < 0.5
    lines = [
        PriceLine.model_validate(
            {
                "id": f"L{number}",
                "title": f"L{number}",
                "quantity": dice.choice([None, "3", "2.5", "0.75"]),
                "option": number > 1 and dice.random() < 0.3,
                **({"weight": dice.choice(["1", "2.5"]), **dice.choice(BY_LINE)} if weighted else {}),
            }
        )
        for number in range(1, dice.randint(2, 3) + 1)
    ]
    return criteria.model_copy(update={"price_line": tuple(lines)})


def with_prices(dice: random.Random, criteria: Criteria, evaluation: Evaluation) -> Evaluation:
    """Give every bid a price for each line."""
    if not criteria.price_line:
        return evaluation
    themes = tuple(
        replace(bids, bids=tuple(_in_lines(dice, criteria, bid) for bid in bids.bids)) for bids in evaluation.themes
    )
    return replace(evaluation, themes=themes)


def _in_lines(dice: random.Random, criteria: Criteria, bid: Bid) -> Bid:
    lines, paid = criteria.price_line, tuple(dice.choice([10_01, 25_50, 40_00]) for _ in criteria.price_line)
    options = any(line.option for line in lines)
    compared = compared_sum(lines, paid) if options else None
    return replace(bid, price=awarded_sum(lines, paid), by_year=(), lines=paid, compared=compared)
