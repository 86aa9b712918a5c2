"""What is measured, prices in lines and indexes, from whole criteria to totals and ranks; numbers worked by hand."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from evaluator.publication import canonical
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.price.lines import awarded_sum, compared_sum
from evaluator.records.results.scores import ThemeScores
from evaluator.records.submissions.evaluation import Evaluation
from evaluator.scoring import score, steps
from tests.unit.scoring.small_theme import by_bid, checked, programme

WARRANTY = {"id": "M1", "title": "Warranty", "unit": "months", "method": "direct"}


def with_keys(criteria: Criteria, **keys: Any) -> Criteria:
    plain = criteria.model_dump(mode="json", by_alias=True)
    for name, value in keys.items():
        plain[name] = value
    return Criteria.model_validate(plain)


def measured(*criteria_of: dict[str, Any], tie_break: tuple[str, ...] = (), **keys: Any) -> Criteria:
    made = programme({"Q1": "60", "price": "30"}, method="lowest_price_ratio", tie_break=tie_break, **keys)
    made = with_keys(made, measured=list(criteria_of))
    weights = {**made.themes[0].weights, **{one["id"]: Decimal(10) for one in criteria_of}}
    theme = made.themes[0].model_copy(update={"weights": weights})
    return made.model_copy(update={"themes": (theme,)})


def offered(evaluation: Evaluation, **figures: dict[str, str]) -> Evaluation:
    """Give the bids their figures, by criterion and bid."""
    (theme,) = evaluation.themes
    bids = tuple(
        replace(bid, measured=tuple((name, Decimal(by[bid.id])) for name, by in figures.items())) for bid in theme.bids
    )
    return replace(evaluation, themes=(replace(theme, bids=bids),))


def table(criteria: Criteria, evaluation: Evaluation) -> ThemeScores:
    return score(criteria, evaluation).themes[0]


BIDS = {"A": (["5"], 100_00), "B": (["4"], 100_00), "C": (["0"], 50_00)}


def test_points_of_a_figure_belong_to_the_quality_score_and_to_the_total() -> None:
    criteria = measured(WARRANTY)
    found = table(criteria, offered(checked(criteria, BIDS), M1={"A": "12", "B": "24", "C": "6"}))
    assert by_bid(found, found.measured["M1"]) == {"A": 5, "B": 10, "C": Fraction(5, 2)}
    assert by_bid(found, found.quality) == {"A": 65, "B": 58, "C": Fraction(5, 2)}
    assert by_bid(found, found.totals) == {"A": 80, "B": 73, "C": Fraction(65, 2)}  # price: 15, 15, 30


def test_the_figure_of_a_bid_that_is_not_ranked_sets_no_highest_and_earns_nothing() -> None:
    criteria = measured(WARRANTY)
    evaluation = checked(criteria, BIDS, disregarded=("B",))
    found = table(criteria, offered(evaluation, M1={"A": "12", "B": "24", "C": "6"}))
    assert by_bid(found, found.measured["M1"]) == {"A": 10, "B": 0, "C": 5}
    assert by_bid(found, found.quality) == {"A": 70, "B": 48, "C": 5}


@pytest.mark.parametrize(("limit", "out"), [({"least": "12"}, "C"), ({"most": "12"}, "B"), ({"least": "6.5"}, "C")])
def test_a_figure_outside_a_published_limit_takes_the_bid_out_of_the_ranking_and_says_why(
    limit: dict[str, str], out: str
) -> None:
    criteria = measured({**WARRANTY, **limit})
    found = table(criteria, offered(checked(criteria, BIDS), M1={"A": "12", "B": "24", "C": "6"}))
    states = dict(zip(found.bids, found.status, strict=True))
    assert [bid for bid, state in states.items() if state == "below_minimum"] == [out]
    assert "M1" in dict(zip(found.bids, found.reasons, strict=True))[out]


@pytest.mark.parametrize(("better", "first"), [("higher", "B"), ("lower", "A")])
def test_between_equal_totals_the_better_figure_goes_first(better: str, first: str) -> None:
    one = {"id": "M1", "title": "Days", "method": "by_quarter", "better": better}
    one["parameters"] = {"second": "100", "third": "100", "fourth": "100"}
    criteria = measured(one, tie_break=("measured:M1",))
    bids = {"A": (["5"], 100_00), "B": (["5"], 100_00)}
    found = table(criteria, offered(checked(criteria, bids), M1={"A": "5", "B": "7"}))
    assert dict(zip(found.bids, found.ranks, strict=True))[first] == 1
    assert sorted(found.ranks) == [1, 2]


def test_what_a_criterion_carries_is_its_weight_of_the_whole() -> None:
    criteria = measured(WARRANTY)
    evaluation = offered(checked(criteria, BIDS), M1={"A": "1", "B": "1", "C": "1"})
    carried = {one.question: one.effective for one in score(criteria, evaluation).weights}
    assert carried == {"Q1": 60, "M1": 10, "price": 30}


def test_the_steps_say_how_a_figure_came_to_its_points() -> None:
    criteria = measured({**WARRANTY, "cap": "20"})
    evaluation = offered(checked(criteria, BIDS), M1={"A": "12", "B": "24", "C": "6"})
    told = [str(step) for step in steps(criteria, evaluation, score(criteria, evaluation), "T", "B")]
    words = "measured: M1: 24 months, which counts as 20: 20 ÷ 20, the highest, of 10 points = 10"
    assert words in told


def test_criteria_that_measure_nothing_and_have_no_lines_keep_their_canonical_form() -> None:
    plain = canonical(programme({"Q1": "60", "price": "40"}, method="range")).decode()
    assert "measured" not in plain
    assert "price_line" not in plain


LINES = [
    {"id": "day", "title": "Day", "quantity": "10"},
    {"id": "kit", "title": "Kit"},
    {"id": "extra", "title": "Extra", "quantity": "2.5", "option": True},
]


def in_lines(evaluation: Evaluation, criteria: Criteria, **paid: tuple[int, ...]) -> Evaluation:
    (theme,) = evaluation.themes
    lines = criteria.price_line
    bids = tuple(
        replace(
            bid,
            price=awarded_sum(lines, paid[bid.id]),
            lines=paid[bid.id],
            compared=compared_sum(lines, paid[bid.id]) if any(line.option for line in lines) else None,
        )
        for bid in theme.bids
    )
    return replace(evaluation, themes=(replace(theme, bids=bids),))


def test_lines_without_weights_are_added_up_with_the_options_and_scored_as_one_price() -> None:
    criteria = with_keys(programme({"Q1": "60", "price": "40"}, method="lowest_price_ratio"), price_line=LINES)
    evaluation = checked(criteria, {"A": (["5"], 0), "B": (["5"], 0)})
    # A: 10 × £10 + £20 + 2.5 × £8 = £140; B: 10 × £8 + £40 + 2.5 × £32 = £200: 40 × 140 ÷ 200 = 28
    evaluation = in_lines(evaluation, criteria, A=(10_00, 20_00, 8_00), B=(8_00, 40_00, 32_00))
    found = table(criteria, evaluation)
    assert found.price_points is not None
    assert by_bid(found, found.price_points) == {"A": 40, "B": 28}
    assert [bid.price for bid in evaluation.themes[0].bids] == [120_00, 120_00]  # what an award costs


def test_lines_with_weights_are_each_scored_by_their_own_method() -> None:
    lines = [
        {"id": "day", "title": "Day", "weight": "3"},
        {"id": "kit", "title": "Kit", "weight": "1", "method": "range"},
    ]
    criteria = with_keys(programme({"Q1": "60", "price": "40"}, method="lowest_price_ratio"), price_line=lines)
    evaluation = checked(criteria, {"A": (["5"], 0), "B": (["5"], 0), "C": (["5"], 0)})
    evaluation = in_lines(evaluation, criteria, A=(10_00, 30_00), B=(20_00, 10_00), C=(15_00, 20_00))
    found = table(criteria, evaluation)
    assert found.price_points is not None
    # 30 points for the day: 30, 15, 20; 10 points for the kit: 0, 10, 5
    assert by_bid(found, found.price_points) == {"A": 30, "B": 25, "C": 25}


INDEX = {"A": (["2"], 1_000_00), "B": (["1"], 499_00)}  # quality 200/3 and 100/3; as whole points 67 and 33


@pytest.mark.parametrize(
    ("point", "index", "totals"),
    [
        ("parts", {"A": Fraction(1000, 67), "B": Fraction(499, 33)}, {"A": 15, "B": 15}),
        ("total", {"A": 15, "B": Fraction(1497, 100)}, {"A": 15, "B": 15}),
        ("display", {"A": 15, "B": Fraction(1497, 100)}, {"A": 15, "B": Fraction(1497, 100)}),
    ],
)
def test_an_index_rests_on_the_quality_score_as_it_counts(
    point: str, index: dict[str, Fraction], totals: dict[str, Fraction]
) -> None:
    criteria = programme(
        {"Q1": "100"}, marks=("0", "1", "2", "3"), method="price_per_quality_point", rounding=(point, 0, "half_up")
    )
    found = table(criteria, checked(criteria, INDEX))
    assert found.index is not None
    assert by_bid(found, found.index) == index
    assert by_bid(found, found.totals) == totals
    told = [
        str(step)
        for step in steps(criteria, checked(criteria, INDEX), score(criteria, checked(criteria, INDEX)), "T", "A")
    ]
    assert any(one.startswith("rounding: quality score") for one in told) == (point == "parts")


def test_a_quality_score_that_counts_as_nought_has_no_index_and_ranks_last() -> None:
    criteria = programme(
        {"Q1": "1"}, marks=("0", "1", "2", "3"), method="price_per_quality_point", rounding=("parts", 0, "half_up")
    )
    found = table(criteria, checked(criteria, {"A": (["1"], 1_00), "B": (["3"], 900_00)}))
    assert dict(zip(found.bids, found.ranks, strict=True)) == {"A": 2, "B": 1}
