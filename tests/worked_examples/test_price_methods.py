"""Published price examples: from the reference file where it is, and a few written out by hand."""

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from evaluator.records.numbers import rounded
from evaluator.records.scores import PricedBid
from evaluator.scoring import try_method

EXAMPLES = Path(__file__).parents[2].parent / "shared" / "reference" / "worked_examples.json"
needs_reference = pytest.mark.skipif(not EXAMPLES.is_file(), reason="the reference examples are not beside the project")
CRORE = 10_000_000


def example(name: str) -> Any:
    """Inputs and expected numbers of one example, decimals exact."""
    found = {one["id"]: one for one in json.loads(EXAMPLES.read_text("utf-8"), parse_float=Decimal)}
    return found[name]["inputs"], found[name]["expected"]


def exact(method: str, prices: Mapping[str, Any], points: Any, **parameters: Any) -> dict[str, Fraction]:
    """Apply a method to prices in pounds."""
    bids = [PricedBid(bid, Decimal(price)) for bid, price in prices.items()]
    given = {name: Decimal(value) for name, value in parameters.items()}
    trial = try_method(method, bids, Fraction(points), given, 2)
    return {line.bid: line.exact for line in trial.lines if line.exact is not None}


def to_places(values: Mapping[str, Fraction], places: int) -> dict[str, Fraction]:
    return {bid: Fraction(rounded(value, places), 10**places) for bid, value in values.items()}


def fractions(values: Mapping[str, Any]) -> dict[str, Fraction]:
    return {name: Fraction(value) for name, value in values.items()}


def numbered(prices: Any) -> dict[str, Any]:
    """Name bids in a plain list of prices by their places."""
    return {str(place): price for place, price in enumerate(prices)}


@needs_reference
@pytest.mark.parametrize(
    ("name", "prices", "points", "expected", "places"),
    [
        ("WE02_govuk_dos_fixed_quote", "quotes", 1, "score", 3),
        ("WE03_impactbids_40", "prices", "W", "points", 0),
        ("WE04_brodies_standard_price", "prices", "W", "points", 0),
        ("WE06_georgia_doas_300", "prices", "P", "points", 1),
        ("WE08_egov_qcbs_financial", "bids_crore", 100, "S_f", 1),
    ],
)
def test_lowest_price_ratio_gives_the_published_numbers(
    name: str, prices: str, points: str | int, expected: str, places: int
) -> None:
    inputs, published = example(name)
    found = exact("lowest_price_ratio", inputs[prices], inputs[points] if isinstance(points, str) else points)
    assert to_places(found, places) == fractions(published[expected])


@needs_reference
def test_prices_in_crores_give_the_same_points() -> None:
    inputs, published = example("WE08_egov_qcbs_financial")
    found = exact("lowest_price_ratio", {bid: price * CRORE for bid, price in inputs["bids_crore"].items()}, 100)
    assert to_places(found, 1) == fractions(published["S_f"])


@needs_reference
def test_linear_above_lowest_gives_the_published_numbers() -> None:
    inputs, published = example("WE09_bidready_pppfa")
    points = exact("linear_above_lowest", inputs["prices"], inputs["W"])
    assert points == fractions(published["price_points"])
    assert points["A"] + inputs["bbbee"]["A"] == published["total"]["A"]

    inputs, published = example("WE11_pppfa_90_10")
    prices = {"lowest": inputs["Pmin"], "this": inputs["Pt"]}
    assert exact("linear_above_lowest", prices, inputs["W"])["this"] == published["points"]

    inputs, published = example("WE12_pppfa_floor_zero")
    prices = numbered([inputs["Pmin"], *inputs["Pt"]])
    points = exact("linear_above_lowest", prices, inputs["W"])
    assert [points["1"], points["2"]] == published["points"]

    inputs, published = example("WE18_erfp_linear_4pts")
    assert exact("linear_above_lowest", inputs["prices"], inputs["W"]) == fractions(published["points"])

    inputs, published = example("CX06_vergabeportal_linear")
    points = exact("linear_above_lowest", numbered(inputs["prices"]), inputs["W"], zero_at=2)
    assert list(to_places(points, 0).values()) == published["points"]


@needs_reference
def test_range_gives_the_published_numbers_and_its_degenerate_rule() -> None:
    inputs, published = example("CX07_acquistinrete_minmax")
    for given, expected in (("values", "points"), ("single", "single"), ("all_equal", "all_equal")):
        assert list(exact("range", numbered(inputs[given]), inputs["Pmax"]).values()) == published[expected]

    inputs, published = example("WE27_minmax_pathology")
    bids = inputs["bids"]
    points = exact("range", {bid: facts["price"] for bid, facts in bids.items()}, inputs["W_price"])
    assert points == fractions(published["price_points"])
    assert {bid: points[bid] + bids[bid]["quality_points"] for bid in bids} == published["total"]


@needs_reference
def test_fixed_limits_give_the_published_numbers() -> None:
    inputs, published = example("CX09_negometrix_weighted_score")
    points = exact(
        "fixed_limits", numbered(inputs["prices"]), inputs["WP"], lowest=inputs["set_min"], highest=inputs["set_max"]
    )
    assert list(points.values()) == published["points"]


@needs_reference
def test_mean_deviation_gives_the_published_numbers() -> None:
    inputs, published = example("CX02_mean_deviation")
    assert exact("mean_deviation", inputs["prices"], 100) == fractions(published["score"])

    inputs, published = example("CX03_mean_reversal")
    for when in ("before", "after"):
        points = exact("mean_deviation", numbered(inputs[f"prices_{when}"]), 100, clip=0)
        gap = points["0"] - points["1"]
        assert rounded(gap, 2) == published[f"gap_A_minus_B_{when}"] * 100


@needs_reference
def test_price_per_quality_point_gives_the_published_numbers() -> None:
    inputs, published = example("CX14_ppqp")
    bids = [PricedBid(bid, Decimal(facts["price"]), Decimal(facts["quality"])) for bid, facts in inputs["bids"].items()]
    trial = try_method("price_per_quality_point", bids, Fraction(0), {}, 2)
    assert {line.bid: line.exact for line in trial.lines} == published["ppqp"]
    assert [line.bid for line in trial.lines if line.rank == 1] == [published["winner"]]


@needs_reference
def test_an_irrelevant_cheap_bid_turns_the_ranking_of_a_relative_method() -> None:
    inputs, published = example("CX04_lowest_ratio_rank_reversal")

    def totals(*bids: str) -> dict[str, Fraction]:
        points = exact("lowest_price_ratio", {bid: inputs[bid]["price"] for bid in bids}, 50)
        return {bid[0]: points[bid] + inputs[bid]["quality"] for bid in bids}

    for case, bids in (("without_D", ("A", "B")), ("with_D", ("A", "B", "D_irrelevant"))):
        expected = dict(published[case])
        winner = expected.pop("winner")
        found = totals(*bids)
        assert found == fractions(expected)
        assert max(found, key=lambda bid: found[bid]) == winner


# The same by hand, so that something of it runs everywhere.


def test_georgia_procurement_manual_table_5_7() -> None:
    """Https://pur.doas.ga.gov/gpm, chapter 5: 300 points for cost, L ÷ R × P, prices of 50,000 and 55,000."""
    points = exact("lowest_price_ratio", {"A": 50_000, "B": 55_000}, 300)
    assert to_places(points, 1) == {"A": 300, "B": Fraction("272.7")}


def test_a_price_20_percent_above_the_lowest_loses_20_percent_of_the_points() -> None:
    """erfp.sysoft.com/papers/cost.asp: the lowest cost gets 4; 20 % higher receives 3.2."""
    assert exact("linear_above_lowest", {"low": 100, "high": 120}, 4) == {"low": 4, "high": Fraction("3.2")}


def test_consip_gives_all_points_when_all_values_are_equal() -> None:
    """wiki.acquistinretepa.it, linear between the lowest and the highest value."""
    assert exact("range", {"A": 100, "B": 105, "C": 110}, 30) == {"A": 30, "B": 15, "C": 0}
    assert exact("range", {"A": 100, "B": 100}, 30) == {"A": 30, "B": 30}


def test_a_mean_price_earns_50_and_1_percent_moves_1_point() -> None:
    """procurementtemplates.co.uk/mean-calculation; the prices are ours."""
    assert exact("mean_deviation", {"A": 80, "B": 100, "C": 120}, 100) == {"A": 70, "B": 50, "C": 30}
