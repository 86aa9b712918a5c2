"""Published price examples: from the reference file, and a few written out by hand."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from evaluator.records.numbers import rounded
from evaluator.records.results.scores import PricedBid, PriceTrial
from evaluator.scoring import try_method
from tests.reference_data import example

CRORE = 10_000_000


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


def test_prices_in_crores_give_the_same_points() -> None:
    inputs, published = example("WE08_egov_qcbs_financial")
    found = exact("lowest_price_ratio", {bid: price * CRORE for bid, price in inputs["bids_crore"].items()}, 100)
    assert to_places(found, 1) == fractions(published["S_f"])


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


def test_range_gives_the_published_numbers_and_its_degenerate_rule() -> None:
    inputs, published = example("CX07_acquistinrete_minmax")
    for given, expected in (("values", "points"), ("single", "single"), ("all_equal", "all_equal")):
        assert list(exact("range", numbered(inputs[given]), inputs["Pmax"]).values()) == published[expected]

    inputs, published = example("WE27_minmax_pathology")
    bids = inputs["bids"]
    points = exact("range", {bid: facts["price"] for bid, facts in bids.items()}, inputs["W_price"])
    assert points == fractions(published["price_points"])
    assert {bid: points[bid] + bids[bid]["quality_points"] for bid in bids} == published["total"]


def test_fixed_limits_give_the_published_numbers() -> None:
    inputs, published = example("CX09_negometrix_weighted_score")
    points = exact(
        "fixed_limits", numbered(inputs["prices"]), inputs["WP"], lowest=inputs["set_min"], highest=inputs["set_max"]
    )
    assert list(points.values()) == published["points"]


def test_mean_deviation_gives_the_published_numbers() -> None:
    inputs, published = example("CX02_mean_deviation")
    assert exact("mean_deviation", inputs["prices"], 100) == fractions(published["score"])

    inputs, published = example("CX03_mean_reversal")
    for when in ("before", "after"):
        points = exact("mean_deviation", numbered(inputs[f"prices_{when}"]), 100, clip=0)
        gap = points["0"] - points["1"]
        assert rounded(gap, 2) == published[f"gap_A_minus_B_{when}"] * 100


def test_price_per_quality_point_gives_the_published_numbers() -> None:
    inputs, published = example("CX14_ppqp")
    bids = [PricedBid(bid, Decimal(facts["price"]), Decimal(facts["quality"])) for bid, facts in inputs["bids"].items()]
    trial = try_method("price_per_quality_point", bids, Fraction(0), {}, 2)
    assert {line.bid: line.exact for line in trial.lines} == published["ppqp"]
    assert [line.bid for line in trial.lines if line.rank == 1] == [published["winner"]]


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


def valued(method: str, bids: Mapping[str, tuple[Any, Any]], **parameters: Any) -> PriceTrial:
    """Apply a method that looks at price in pounds and quality points."""
    offers = [PricedBid(bid, Decimal(price), Decimal(quality)) for bid, (price, quality) in bids.items()]
    return try_method(method, offers, Fraction(0), {name: Decimal(value) for name, value in parameters.items()}, 2)


def results(trial: PriceTrial) -> dict[str, Fraction | None]:
    return {line.bid: line.exact for line in trial.lines}


def first(trial: PriceTrial) -> list[str]:
    return [line.bid for line in trial.lines if line.rank == 1]


def test_award_on_value_gives_the_published_numbers() -> None:
    inputs, published = example("WE19_award_on_value")
    bids = {"A": (inputs["price"], inputs["grade"])}
    for name in ("award_on_value", "monetised_willingness_to_pay", "gunnen_op_waarde"):
        assert results(valued(name, bids, per_point=inputs["criterion_value"])) == {"A": published["fictional_price"]}

    inputs, published = example("CX12_monetised_wtp")
    bids = {bid: (facts["cost"], facts["q"]) for bid, facts in inputs["bids"].items()}
    trial = valued("monetised_willingness_to_pay", bids, per_point=inputs["WTP_per_pct"])
    assert results(trial) == published["adjusted"]
    assert first(trial) == [published["winner"]]


def test_quality_coefficients_are_those_of_prozorro_without_the_dust_of_binary_fractions() -> None:
    inputs, published = example("WE21_prozorro_exact_fraction")
    most, earned = sum(inputs["feature_max"]), sum(inputs["bid_params"])
    terms = {"most": most, "full_quality": most}
    exactly = fractions(published["with_decimal_strings"])
    assert results(valued("quality_coefficient", {"A": (inputs["amount"], earned)}, **terms)) == {
        "A": exactly["normalised"]
    }
    esco = valued("quality_coefficient_income", {"A": (inputs["esco_amountPerformance"], earned)}, **terms)
    assert results(esco) == {"A": exactly["esco"]}


def test_bilinear_discounts_give_the_numbers_from_memory() -> None:
    inputs, published = example("CX13_anac_bilinear")
    prices = numbered([100 - discount for discount in inputs["discounts_pct"]])
    found = exact("bilinear_discount", prices, 1, budget=100, at_mean=inputs["X"])
    assert list(found.values()) == [Fraction(value) for value in published["coefficient"]]


def test_whole_points_are_those_of_the_german_rule_in_every_direction() -> None:
    inputs, published = example("CX06_vergabeportal_linear")
    for direction in (0, 1, -1):
        found = exact("linear_whole_points", numbered(inputs["prices"]), inputs["W"], direction=direction)
        assert list(found.values()) == published["points"]


def test_qcbs_is_the_sum_of_weighted_quality_and_price() -> None:
    inputs, published = example("CX16_clearbid_aggressive_price")
    points = exact("qcbs", {bid: facts["price"] for bid, facts in inputs.items()}, 30)
    totals = {bid: points[bid] + Fraction(7, 10) * facts["T"] for bid, facts in inputs.items()}
    assert totals == fractions(published["S"])
    assert max(totals, key=lambda bid: totals[bid]) == published["winner"]


# The same by hand.


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


def test_a_logarithm_takes_as_much_for_each_doubling_and_a_quarter_of_the_way_at_the_square_root() -> None:
    """Negometrix: WP × (1 − ln(P ÷ Pbest) ÷ ln A); with A = 16, prices of 1, 2, 4 and 16 times the lowest."""
    points = exact("logarithm", {"A": 100, "B": 200, "C": 400, "D": 1600, "E": 9999}, 40, zero_at=16)
    assert points == {"A": 40, "B": 30, "C": 20, "D": 0, "E": 0}


def test_a_logarithm_is_right_to_fifty_figures() -> None:
    """ln 1.5 ÷ ln 2 = 0.58496250072115618145373894394781650875981440769248 (OEIS A020857, less 1)."""
    points = exact("logarithm", {"A": 2, "B": 3}, 1, zero_at=2)
    assert 1 - points["B"] == Fraction("0.58496250072115618145373894394781650875981440769248")


def test_unclipped_logarithms_keep_the_distance_of_two_bids_when_a_lower_price_comes() -> None:
    two = exact("logarithm", {"A": 100, "B": 200}, 40, zero_at=16, clip=0)
    three = exact("logarithm", {"A": 100, "B": 200, "C": 50}, 40, zero_at=16, clip=0)
    assert two["A"] - two["B"] == three["A"] - three["B"] == 10


def test_a_weighted_index_takes_the_root_where_cost_weighs_twice_as_much_as_quality() -> None:
    """UK Ministry of Defence: Q^(wQ ÷ wC) ÷ cost; √64 ÷ 4 = 2 and √81 ÷ 3 = 3."""
    trial = valued(
        "weighted_value_for_money", {"A": (4, 64), "B": (3, 81), "C": (1, 0)}, quality_weight=1, cost_weight=2
    )
    assert results(trial) == {"A": 2, "B": 3, "C": 0}
    assert [line.rank for line in trial.lines] == [2, 1, 3]


def test_quality_per_pound_ranks_the_highest_first() -> None:
    for name in ("value_for_money", "vfm_index", "benefit_per_dollar"):
        trial = valued(name, {"A": (900_000, 60), "B": (1_000_000, 80)}, factor=1_000_000)
        assert results(trial) == {"A": Fraction(200, 3), "B": 80}
        assert first(trial) == ["B"]


def test_a_discount_below_the_published_least_earns_its_share_of_the_points() -> None:
    """Aragón 6/2014: Vmax × B ÷ max(Bs, Bmax), Bs 5: discounts of 2 % and 4 %, then 10 % and 5 %."""
    assert exact("damped_discount", {"A": 98, "B": 96}, 50, budget=100, least_best=5) == {"A": 20, "B": 40}
    assert exact("damped_discount", {"A": 90, "B": 95}, 50, budget=100, least_best=5) == {"A": 50, "B": 25}


def test_incomes_earn_their_ratio_to_the_highest() -> None:
    """PPPFA, income form: 80 × (1 + (150 − 200) ÷ 200) = 60."""
    assert exact("highest_income_ratio", {"A": 150, "B": 200}, 80) == {"A": 60, "B": 80}


def test_both_sides_are_normalised_by_the_best_of_each() -> None:
    trial = valued("normalised_both_sides", {"A": (100, 40), "B": (80, 30)}, quality_points=80, price_points=20)
    assert results(trial) == {"A": 96, "B": 80}
    nobody = valued("normalised_both_sides", {"A": (100, 0), "B": (80, 0)}, quality_points=80, price_points=20)
    assert results(nobody) == {"A": 16, "B": 20}


def test_quality_below_the_best_raises_the_price_by_its_points_in_percent() -> None:
    """Québec: P × (1 + (Sbest − S) ÷ 100)."""
    assert results(valued("quality_adjusted_price", {"A": (100, 70), "B": (115, 90)})) == {"A": 120, "B": 115}


def test_prices_on_both_sides_of_the_point_of_inflection_lose_by_their_own_rate() -> None:
    """CPN 3/2024, steps 1 to 3: the median of 100, 110 and 120 is 110, the inflection 112.75; above it, 1 for 1 %."""
    points = exact("graduated_to_inflection", {"A": 100, "B": 110, "C": 120}, 100, per_percent_above=1)
    assert points == {"A": 100, "B": 99, "C": 100 - Fraction("1.275") - Fraction("7.25")}
