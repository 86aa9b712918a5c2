"""Generated programmes: every price method and basis side by side, with marks and prices from a fixed seed."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.price.methods import own_name
from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.evaluation import NO_MARK, Bid, Decision, Evaluation, ThemeBids
from evaluator.scoring import score
from evaluator.scoring.price.methods import PRICE_METHODS
from tests.method_parameters import parameters_of
from tests.unit.reporting import small_outcome

PRICES_OF_60_000 = {
    "damped_discount": {"budget": 70_000, "least_best": 5},
    "discount_ratio": {"budget": 70_000},
    "bilinear_discount": {"budget": 70_000, "at_mean": "0.85"},
    "narbona": {"lowest": 60_000, "budget": 75_000},
    "award_on_value": {"per_point": "333.33"},
}
METHODS: dict[str, dict[str, Any]] = {
    "Lowest price ratio": {"method": "lowest_price_ratio"},
    "Linear, to three times the lowest": {"method": "linear_above_lowest", "parameters": {"zero_at": 3}},
    "Linear, not clipped": {"method": "linear_above_lowest", "parameters": {"zero_at": "1.25", "clip": 0}},
    "Range": {"method": "range"},
    "Fixed limits": {"method": "fixed_limits", "parameters": {"lowest": 40000, "highest": 90000}},
    "Mean deviation": {"method": "mean_deviation", "parameters": {"at_mean": 60, "per_percent": "1.5"}},
    "Unit cost: per person": {"method": "lowest_price_ratio", "basis": "unit_cost", "unit": "person"},
    "Price per quality point": {"method": "price_per_quality_point"},
    "People's quality: alone?": {},
}
MORE_METHODS: dict[str, dict[str, Any]] = {
    method.replace("_", " "): {"method": method, "parameters": PRICES_OF_60_000.get(method, parameters_of(method))}
    for method in sorted(set(map(own_name, PRICE_METHODS)))
    if method not in {policy.get("method") for policy in METHODS.values()}
} | {
    "Whole points, down": {"method": "linear_whole_points", "parameters": {"direction": "-1"}},
    "Whole points, up": {"method": "linear_whole_points", "parameters": {"direction": "1"}},
    "Logarithm, not clipped": {"method": "logarithm", "parameters": {"zero_at": "1.25", "clip": 0}},
    "No discount": {"method": "discount_ratio", "parameters": {"budget": 100}},
    "By another name": {"method": "qcbs"},
    "Yearly": {"method": "fixed_limits", "basis": "yearly", "parameters": {"lowest": 20000, "highest": 45000}},
    "Discounted": {"method": "pppfa", "basis": "discounted", "discount_rate": "3.5%"},
}
WEIGHTS = ("12.5", "20", "7.5", "30")  # of the questions; price has the other 30
QUESTIONS = tuple(f"Q{number}" for number in range(1, 5))


def programme(
    point: str,
    mode: str,
    order: Sequence[str],
    *,
    places: int = 2,
    highest: int = 5,
    years: Sequence[str] = small_outcome.YEARS,
    methods: Mapping[str, Any] = METHODS,
) -> Criteria:
    """Publish a programme with a theme for each method; the highest mark decides whether quality has an end.

    Without years, bids have one price, and none where price is not scored.
    """
    return small_outcome.criteria(
        scale={
            "source": "s",
            "mark": [{"mark": m, "label": f"Mark {m}", "descriptor": "d"} for m in range(highest + 1)],
        },
        rounding={"places": places, "mode": mode, "point": point, "source": "s"},
        tie_break={"order": list(order), "source": "s"},
        price=None,
        years=list(years),
        allocation=None,
        common=[],
        themes=[_theme(f"t{at}", title, policy) for at, (title, policy) in enumerate(methods.items())],
    )


def _theme(id: str, title: str, policy: dict[str, Any]) -> dict[str, Any]:
    questions = [small_outcome.question(name, name) for name in QUESTIONS]
    priced = policy and PRICE_METHODS[policy["method"]].gives_points
    weights = WEIGHTS if priced else ("25", "25", "15", "35")
    published = {"price": policy | {"source": "s"}} if policy else {}
    return {
        "id": id,
        "title": title,
        "source": "s",
        "weights": dict(zip(QUESTIONS, weights, strict=True)) | ({"price": "30"} if priced else {}),
        "minimum_marks": {"Q4": 1},
        "minimum_quality": "20%" if priced else None,
        "question": questions,
        **published,
    }


def bids(criteria: Criteria, theme: str, dice: random.Random, count: int) -> ThemeBids:
    """Make bids with few different marks and prices, so that ties and near ties are many."""
    made = tuple(_bid(criteria, f"{theme}-{number:02}", theme, dice) for number in range(count))
    # A whole row of noughts now and then: no quality, and below the minimum mark where there is one.
    rows = [_marks(dice, criteria) for _ in made]
    gone = {made[0].id: _disregarded(made[0].id)}
    rows[0] = bytes([NO_MARK % 256]) * len(QUESTIONS)
    return ThemeBids(theme, made, QUESTIONS, b"".join(rows), gone)


def _bid(criteria: Criteria, id: str, theme: str, dice: random.Random) -> Bid:
    by_year = (dice.choice((30_000_00, 31_234_56, 45_000_01)), dice.choice((30_000_00, 25_000_00)))
    made = small_outcome.bid(id, theme, f"org-{id}", *by_year, people=dice.choice((7, 100, 330)))
    if not criteria.years:
        return replace(made, by_year=(), price=made.price if criteria.price_policy(theme) else None)
    return replace(made, by_year=()) if dice.random() < 0.2 else made  # a register may give one price for all years


def _marks(dice: random.Random, criteria: Criteria) -> bytes:
    top = len(criteria.scale.mark) - 1
    return bytes(dice.choice((max(top - 2, 0), top - 1, top, dice.randrange(top + 1))) for _ in QUESTIONS)


def _disregarded(bid: str) -> Decision:
    return Decision(
        bid,
        "late",
        "",
        "disregard",
        "It came late.",
        "Published",
        "A. Person",
        "2026-03-01",
        "",
        small_outcome.REGISTER,
    )


def scored(criteria: Criteria, seed: int, count: int = 9) -> Outcome:
    """Score a generated programme."""
    dice = random.Random(seed)
    themes = tuple(bids(criteria, theme.id, dice, count) for theme in criteria.themes)
    decisions = tuple(decision for theme in themes for decision in theme.disregarded.values())
    evaluation = Evaluation(themes, decisions, (), small_outcome.evaluation().marks, None)
    return small_outcome.outcome(
        criteria=criteria,
        evaluation=evaluation,
        scores=score(criteria, evaluation),
        answers=(),
        allocation=None,
        equality=None,
        findings=(),
    )
