"""Published whole evaluations, put through scoring: quality, price, totals and ranks together."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from evaluator.records.numbers import rounded
from evaluator.records.results.scores import ThemeScores
from evaluator.scoring import score
from tests.reference_data import example
from tests.unit.scoring.small_theme import by_bid, checked, programme, scored

HUNDRED = tuple(str(mark) for mark in range(101))
EXACT = ("display", 2, "half_up")


def weigh(
    quality: str, price: str, bids: dict[str, tuple[int, int]], method: str = "lowest_price_ratio", **more: Any
) -> ThemeScores:
    """Score bids given as (mark of 0 to 100, price in pounds) on one question and price."""
    criteria = programme({"Q": quality, "price": price}, HUNDRED, method, EXACT, **more)
    return scored(criteria, {bid: ((str(mark),), pounds * 100) for bid, (mark, pounds) in bids.items()})


def test_goldilocks_the_middle_bid_loses() -> None:
    inputs, published = example("CX01_goldilocks_scenario1")
    bids = {bid: (facts["quality"], facts["price"]) for bid, facts in inputs["bids"].items()}
    totals = by_bid(table := weigh("50", "50", bids), table.totals)
    assert {bid: Fraction(rounded(total, 2), 100) for bid, total in totals.items()} == published["total"]
    assert table.ties == (("A", "C"),)


def test_an_aggressive_price_beats_quality() -> None:
    inputs, published = example("CX16_clearbid_aggressive_price")
    table = weigh("70", "30", {bid: (facts["T"], facts["price"]) for bid, facts in inputs.items()})
    assert by_bid(table, table.totals) == published["S"]
    assert [bid for bid, place in zip(table.bids, table.ranks, strict=True) if place == 1] == [published["winner"]]


def test_a_bid_that_fails_the_quality_minimum_does_not_set_the_lowest_price() -> None:
    inputs, published = example("WE15_failed_gate_does_not_set_min_price")
    bids = {bid: (90 if facts["passes_gate"] else 10, facts["price"]) for bid, facts in inputs["bids"].items()}
    table = weigh("20", str(inputs["W"]), bids, "linear_above_lowest", theme={"minimum_quality": "70%"})
    assert table.price_points is not None
    points = by_bid(table, table.price_points)
    assert {bid: points[bid] for bid in published["price_points"]} == published["price_points"]
    unscored = [bid for bid, status in zip(table.bids, table.status, strict=True) if status != "ranked"]
    assert unscored == published["unscored"]


def test_a_tie_is_broken_by_the_published_preference() -> None:
    inputs, published = example("WE13_tie_broken_by_preference")
    bids = {bid: (facts["pref"], facts["price"]) for bid, facts in inputs["bids"].items()}
    criteria = programme({"Q": "100", "price": str(inputs["W"])}, HUNDRED, "linear_above_lowest", EXACT, ("quality",))
    table = scored(criteria, {bid: ((str(pref),), price * 100) for bid, (pref, price) in bids.items()})
    assert by_bid(table, table.totals) == published["total"]
    assert sorted(table.bids, key=lambda bid: table.ranks[table.bids.index(bid)]) == published["rank"]


def test_functionality_is_the_weighted_share_of_the_highest_mark() -> None:
    inputs, published = example("WE16_functionality_weighted")
    for case, expected in zip(inputs["cases"], published["score"], strict=True):
        weights = {f"Q{place}": str(weight) for place, (weight, _) in enumerate(case)}
        table = scored(programme(weights), {"A": ([str(rating) for _, rating in case], None)})
        assert table.quality[0] == expected


def test_a_threshold_is_reached_by_being_equal_to_it() -> None:
    inputs, published = example("WE17_threshold_inclusive")
    for (reached, threshold), meets in zip(inputs["cases"], published["meets"], strict=True):
        marks = sorted({"0", "100", str(reached)}, key=Decimal)
        criteria = programme({"Q": "100"}, marks, theme={"minimum_quality": f"{threshold}%"})
        assert (scored(criteria, {"A": ((str(reached),), None)}).status[0] == "ranked") is meets


def test_category_means_weigh_exactly_and_round_half_up() -> None:
    inputs, published = example("WE23_infor_category_average")
    weights, marks = {}, []
    for category, facts in inputs.items():
        for place, mark in enumerate(facts["scores"]):
            weights[f"{category}{place}"] = str(facts["weight"] / len(facts["scores"]) * 4)  # marks of 4
            marks.append(str(mark))
    table = scored(
        programme(weights, ("0", "1", "2", "3", "4"), rounding=("total", 2, "half_up")), {"A": (marks, None)}
    )
    assert table.totals[0] == Fraction(published["total"])


def test_weighted_scores_are_not_means() -> None:
    inputs, published = example("WE24_peoplesoft_weighted")
    for part in ("header", "line"):
        weights = {f"Q{place}": str(weight * 100) for place, (_, weight) in enumerate(inputs[part])}
        table = scored(programme(weights, HUNDRED), {"A": ([str(mark) for mark, _ in inputs[part]], None)})
        assert table.totals[0] == published[f"{part}_weighted"]


def test_nested_weights_are_effective_as_published() -> None:
    inputs, published = example("WE25_uc_nested_weights")
    weights = {q: str(weight * inputs["quality_section"]) for q, weight in inputs["questions"].items()}
    weights["price"] = str(inputs["price_section"] * 100)
    criteria = programme(weights, method="lowest_price_ratio")
    effective = {one.question: one.effective for one in score(criteria, checked(criteria, {})).weights}
    assert effective == published["global"]
    assert sum(effective.values()) == published["sum"]


# By hand, so that something of it runs everywhere.


def test_equal_ratios_of_quality_and_price_favour_the_extremes() -> None:
    """localgovernmentlawyer.co.uk, 'Goldilocks and the three problems'; totals computed: 75, 70.83, 75."""
    table = weigh("50", "50", {"A": (50, 50), "B": (75, 75), "C": (100, 100)})
    assert by_bid(table, table.totals) == {"A": 75, "B": Fraction(425, 6), "C": 75}
    assert by_bid(table, table.ranks) == {"A": 1, "B": 3, "C": 1}


def test_an_arithmetic_tie_of_price_and_preference_stands_without_a_tie_break() -> None:
    """PPPFA 80/20: 80 + 12 and 72 + 20 are both 92."""
    criteria = programme({"Q": "100", "price": "80"}, HUNDRED, "linear_above_lowest", EXACT)
    table = scored(criteria, {"1": (("12",), 100_00), "2": (("20",), 110_00)})
    assert by_bid(table, table.totals) == {"1": 92, "2": 92}
    assert table.ties == (("1", "2"),)


def test_the_smallest_tie_that_floats_split_is_a_tie() -> None:
    """Marks 4, 0, 1, 1, 1 and 1, 0, 5, 3, 0 on weights 30/25/15/20/10 are both exactly 33."""
    weights = {"Q1": "30", "Q2": "25", "Q3": "15", "Q4": "20", "Q5": "10"}
    table = scored(programme(weights), {"A": (list("40111"), None), "B": (list("10530"), None)})
    assert by_bid(table, table.quality) == {"A": 33, "B": 33}
    assert table.ties == (("A", "B"),)
