"""The steps behind a bid's numbers: what they say, and that their results are the scores."""

from fractions import Fraction

import pytest

from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.evaluation import Evaluation
from evaluator.scoring import score, steps
from tests.unit.scoring.small_theme import checked, programme


def told(criteria: Criteria, evaluation: Evaluation, bid: str) -> list[str]:
    return [str(step) for step in steps(criteria, evaluation, score(criteria, evaluation), "T", bid)]


def test_every_number_from_mark_to_rank_has_its_step() -> None:
    criteria = programme(
        {"Q1": "40", "Q2": "20", "price": "40"},
        method="lowest_price_ratio",
        theme={"minimum_marks": {"Q1": "2"}, "minimum_quality": "50%"},
    )
    evaluation = checked(criteria, {"A": (("5", "4"), 80_00), "B": (("3", "4"), 90_00)})
    assert told(criteria, evaluation, "B") == [
        "weights: Q1: 3 of 5, times 40 points = 24",
        "weights: Q2: 4 of 5, times 20 points = 16",
        "quality score: the points of 2 questions added up = 40",
        "minimum_marks: Q1: at least 2: reached = 3",
        "minimum_quality: at least 50 % of 60 points, 30: reached = 40",
        "price basis: whole_life: £90 = 90",
        "price statistic: lowest: of the scored prices of 2 ranked bids = 80",
        "price method: lowest_price_ratio: 40 points × £80 ÷ £90 = 320/9",
        "rounding: quality score: 40, rounded to 2 decimal places, halves away from nought = 40",
        "rounding: price points: 320/9, rounded to 2 decimal places, halves away from nought = 889/25",
        "total: quality score + price points = 1889/25",
        "rank: of 2 ranked, highest total first = 2",
    ]


def test_a_bid_below_a_minimum_is_told_which() -> None:
    criteria = programme(
        {"Q1": "60", "price": "40"}, method="range", theme={"minimum_marks": {"Q1": "3"}, "minimum_quality": "45%"}
    )
    assert told(criteria, checked(criteria, {"A": (("2",), 5_00)}), "A") == [
        "weights: Q1: 2 of 5, times 60 points = 24",
        "quality score: the points of 1 question added up = 24",
        "minimum_marks: Q1: at least 3: not reached = 2",
        "minimum_quality: at least 45 % of 60 points, 27: not reached = 24",
    ]


def test_a_disregarded_bid_is_told_by_whom_and_why() -> None:
    criteria = programme({"Q1": "100"})
    evaluation = checked(criteria, {"A": ((None,), None)}, disregarded=["A"])
    assert told(criteria, evaluation, "A") == [
        "weights: Q1: not marked = 0",
        "quality score: the points of 1 question added up = 0",
        "disregarded: Disregarded by decision of J. Doe: It came two days late. Ground: Criteria 4.1 = 0",
    ]


def test_each_tie_break_says_between_whom_it_decided() -> None:
    criteria = programme({"Q1": "50", "Q2": "50"}, tie_break=("quality", "lower_price", "question:Q9", "question:Q2"))
    bids = {"A": (("4", "3"), 5_00), "B": (("3", "4"), 5_00), "C": (("3", "4"), 5_00), "D": (("3", "4"), 6_00)}
    assert told(criteria, checked(criteria, bids), "B")[-5:] == [
        "tie_break: quality: 70; level with A, C, D = 70",
        "tie_break: lower_price: 5; level with A, C, decides between it and D = 5",
        "tie_break: question:Q9: does not apply here, and decides nothing = 0",
        "tie_break: question:Q2: 4; level with C, decides between it and A = 4",
        "rank: of 4 ranked, highest total first; tied with C, since every published tie-break leaves them equal = 1",
    ]


@pytest.mark.parametrize(
    ("method", "parameters", "working"),
    [
        ("linear_above_lowest", {}, "40 points × (2 × £80 − £100) ÷ ((2 − 1) × £80), kept within 0 and 40 points = 30"),
        ("range", {}, "40 points × (£120 − £100) ÷ (£120 − £80) = 20"),
        (
            "fixed_limits",
            {"lowest": "50", "highest": "150", "clip": "0"},
            "40 points × (£150 − £100) ÷ (£150 − £50) = 20",
        ),
        (
            "mean_deviation",
            {"per_percent": "0.5"},
            "40 points × (50 − 0.5 × 100 × (£100 − £100) ÷ £100) ÷ 100, kept within 0 and 40 points = 20",
        ),
        ("price_per_quality_point", {}, "£100 ÷ 60 quality points = 5/3"),
    ],
)
def test_each_method_shows_its_formula_with_the_figures(method: str, parameters: dict[str, str], working: str) -> None:
    weights = {"Q1": "60", "price": "40"}
    criteria = programme(weights, method=method, parameters=parameters)
    evaluation = checked(criteria, {"A": (("5",), 80_00), "B": (("5",), 100_00), "C": (("5",), 120_00)})
    assert f"price method: {method}: {working}" in told(criteria, evaluation, "B")


def test_equal_prices_under_range_are_told_as_such() -> None:
    criteria = programme({"Q1": "60", "price": "40"}, method="range")
    lines = told(criteria, checked(criteria, {"A": (("5",), 80_00)}), "A")
    assert "price method: range: all scored prices are equal, so each has all 40 points = 40" in lines


def test_a_unit_cost_shows_its_division_and_no_index_says_so() -> None:
    criteria = programme({"Q1": "100"}, method="price_per_quality_point", basis="unit_cost")
    evaluation = checked(criteria, {"A": (("0",), 80_00), "B": (("5",), 80_00)}, people={"A": 3, "B": 4})
    lines = told(criteria, evaluation, "A")
    assert "price basis: unit_cost: £80 ÷ 3 people = 80/3" in lines
    assert lines[-2].startswith("price method: price_per_quality_point: no index, since the quality is not above 0")
    assert lines[-1] == "rank: of 2 ranked, lowest index first = 2"


def test_total_rounding_shows_the_exact_sum() -> None:
    criteria = programme({"Q1": "100"}, marks=("0", "1", "3"), rounding=("total", 1, "down"))
    assert told(criteria, checked(criteria, {"A": (("1",), None)}), "A")[-2] == (
        "total: quality score = 100/3, rounded to 1 decimal place, towards nought = 333/10"
    )


def test_an_unknown_bid_is_a_key_error() -> None:
    criteria = programme({"Q1": "100"})
    evaluation = checked(criteria, {"A": (("1",), None)})
    with pytest.raises(KeyError):
        steps(criteria, evaluation, score(criteria, evaluation), "T", "Z")


def test_results_of_steps_are_the_scores() -> None:
    criteria = programme({"Q1": "60", "price": "40"}, method="mean_deviation", rounding=("display", 2, "half_up"))
    evaluation = checked(criteria, {f"B{n}": ((str(n % 6),), 100_00 + n * 7_77) for n in range(12)})
    scores = score(criteria, evaluation)
    table = scores.themes[0]
    for row, bid in enumerate(table.bids):
        results = {step.rule: step.result for step in steps(criteria, evaluation, scores, "T", bid)}
        assert results["weights: Q1"] == results["quality score"] == table.quality[row]
        assert results["total"] == table.totals[row]
        assert results["rank"] == Fraction(table.ranks[row])
