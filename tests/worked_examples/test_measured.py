"""Measured criteria by published figures, by hand-worked ones, and against a referee written from the document."""

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.records.numbers import rounded
from evaluator.records.programme.price.measured import Measured
from evaluator.scoring.measured import points_of
from tests.reference_data import REFERENCE, example

EXAMPLES = json.loads((REFERENCE / "measured_examples.json").read_text("utf-8"), parse_float=Decimal)


def measured(method: str, **keys: Any) -> Measured:
    return Measured.model_validate({"id": "M", "title": "M", "method": method, **keys})


def points(one: Measured, figures: Mapping[str, Any], weight: Any) -> dict[str, Fraction]:
    counted = [one.counted(Decimal(value)) for value in figures.values()]
    return dict(zip(figures, points_of(one, counted, Fraction(weight)), strict=True))


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case["id"])
def test_published_figures_come_out_of_the_measured_criterion(case: dict[str, Any]) -> None:
    figures, weight, expected = case["figures"], case["weight"], case["expected"]
    if "same_as" in case:
        inputs, published = example(case["same_as"])
        figures, expected = inputs[figures], published[expected]
        weight = inputs[weight] if isinstance(weight, str) else weight
    if isinstance(figures, list):
        figures = {str(at): value for at, value in enumerate(figures)}
        expected = {str(at): value for at, value in enumerate(expected)}
    keys = {key: case[key] for key in ("better", "band", "parameters") if key in case}
    found = points(measured(case["method"], **keys), figures, weight)
    shown = {name: Fraction(rounded(value, case["places"]), 10 ** case["places"]) for name, value in found.items()}
    assert shown == {name: Fraction(value) for name, value in expected.items()}


FEW_BEST = [{"at_most": "5", "points": "10"}, {"at_most": "10", "points": "6"}, {"at_most": "20", "points": "2"}]
HAND = (
    ("direct", {}, {"A": 24, "B": 12, "C": 0}, {"A": 10, "B": 5, "C": 0}),
    ("direct", {}, {"A": 0, "B": 0}, {"A": 0, "B": 0}),
    ("direct", {"cap": "24"}, {"A": 48, "B": 12}, {"A": 10, "B": 5}),
    ("inverse", {}, {"A": 10, "B": 40}, {"A": 10, "B": Fraction(5, 2)}),
    ("inverse", {}, {"A": 0, "B": 40}, {"A": 10, "B": 0}),
    ("inverse", {}, {"A": 0, "B": 0}, {"A": 10, "B": 10}),
    ("inverse", {"cap": "5"}, {"A": 2, "B": 10}, {"A": 10, "B": 5}),
    ("banded", {"band": FEW_BEST}, {"A": 5, "B": 6, "C": 20, "D": 21}, {"A": 10, "B": 6, "C": 2, "D": 0}),
    ("yes_no", {}, {"A": 1, "B": 0}, {"A": 10, "B": 0}),
    ("yes_no", {"parameters": {"no": "25"}}, {"A": 1, "B": 0}, {"A": 10, "B": Fraction(5, 2)}),
    (
        "by_rank",
        {"better": "higher", "parameters": {"step": "30"}},
        {"A": 9, "B": 7, "C": 7, "D": 5, "E": 1},
        {"A": 10, "B": 7, "C": 7, "D": 1, "E": 0},
    ),
    (  # five bids: 0, 1 ahead: 4 × 1 ÷ 5 is below 1; 2 ahead: second; 3 ahead: third; 4 ahead: fourth quarter
        "by_quarter",
        {"better": "lower"},
        {"A": 1, "B": 2, "C": 3, "D": 4, "E": 5},
        {"A": 10, "B": 10, "C": Fraction(15, 2), "D": 5, "E": Fraction(5, 2)},
    ),
    ("by_quarter", {"better": "lower"}, {"A": 3}, {"A": 10}),
    ("range", {"better": "higher"}, {"A": -2, "B": 0, "C": 2}, {"A": 0, "B": 5, "C": 10}),
    (
        "fixed_limits",
        {"better": "higher", "parameters": {"lowest": "10", "highest": "30"}},
        {"A": 5, "B": 15, "C": 30, "D": 99},
        {"A": 0, "B": Fraction(5, 2), "C": 10, "D": 10},
    ),
    (
        "ranking_points",
        {"better": "higher", "parameters": {"step": "20"}},
        {"A": 3, "B": 2, "C": 2, "D": 0},
        {"A": 10, "B": 8, "C": 8, "D": 4},
    ),
    ("highest_income_ratio", {}, {"A": 20, "B": 5}, {"A": 10, "B": Fraction(5, 2)}),
    ("square_root_discount", {"parameters": {"budget": "100"}}, {"A": 75, "B": 96}, {"A": 10, "B": 4}),
)


@pytest.mark.parametrize(("method", "keys", "figures", "expected"), HAND)
def test_ten_points_go_by_the_published_method(
    method: str, keys: dict[str, Any], figures: dict[str, int], expected: dict[str, Any]
) -> None:
    assert points(measured(method, **keys), figures, 10) == expected


FIGURES = st.lists(st.integers(0, 60).map(lambda number: Fraction(number, 2)), min_size=1, max_size=9)
EITHER_WAY = st.sampled_from(["higher", "lower"])


@given(FIGURES, EITHER_WAY, st.sampled_from(["range", "by_quarter", "by_rank", "fixed_limits"]))
@settings(max_examples=150, deadline=None)
def test_no_better_figure_has_fewer_points_and_all_stay_within_the_weight(
    figures: list[Fraction], better: str, method: str
) -> None:
    given_keys = {"by_rank": {"step": "15"}, "fixed_limits": {"lowest": "5", "highest": "20"}}
    found = points_of(measured(method, better=better, parameters=given_keys.get(method, {})), figures, Fraction(10))
    pairs = sorted(zip(figures, found, strict=True), reverse=better == "lower")
    assert [earned for _, earned in pairs] == sorted(earned for _, earned in pairs)
    assert all(0 <= earned <= 10 for earned in found)


@given(FIGURES)
@settings(max_examples=100, deadline=None)
def test_direct_and_inverse_agree_with_a_referee_of_two_lines(figures: list[Fraction]) -> None:
    most, least = max(figures), min(figures)
    direct = [10 * own / most if most else 0 for own in figures]
    inverse = [10 if own == least else 10 * least / own for own in figures]
    assert points_of(measured("direct"), figures, Fraction(10)) == direct
    assert points_of(measured("inverse"), figures, Fraction(10)) == inverse
