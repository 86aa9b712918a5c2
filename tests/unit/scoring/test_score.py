"""Scores of one theme: quality, who is ranked, rounding, totals, tie-breaks and effective weights."""

from dataclasses import replace
from fractions import Fraction

import pytest

from evaluator.records.submissions.evaluation import Evaluation, row_marks, values_of
from evaluator.records.submissions.received import Table
from evaluator.scoring import score
from tests.unit.scoring.small_theme import by_bid, checked, programme, scored

QUALITY_ONLY = {"Q1": "60", "Q2": "40"}
SIXTY_FORTY = {"Q1": "60", "price": "40"}


def test_quality_is_weight_times_mark_over_the_highest_mark() -> None:
    table = scored(programme(QUALITY_ONLY), {"A": (("3", "4"), None), "B": (("5", "5"), None)})
    assert (table.theme, table.bids, table.status) == ("T", ("A", "B"), ("ranked", "ranked"))
    assert by_bid(table, table.quality) == {"A": 36 + 32, "B": 100}
    assert by_bid(table, table.ranks) == {"A": 2, "B": 1}
    assert table.price_points is None
    assert table.index is None


def test_a_scale_in_any_order_with_fractions_counts_by_its_marks() -> None:
    criteria = programme(QUALITY_ONLY, marks=("10", "7.5", "2.5", "0"))
    table = scored(criteria, {"A": (("7.5", "2.5"), None)})
    assert table.quality[0] == 45 + 10


def test_a_scale_with_marks_below_nought_is_added_up_exactly() -> None:
    table = scored(
        programme(QUALITY_ONLY, marks=("-2", "0", "3")), {"A": (("-2", "3"), None), "B": (("0", "-2"), None)}
    )
    assert by_bid(table, table.quality) == {"A": -40 + 40, "B": Fraction(-80, 3)}
    assert by_bid(table, table.ranks) == {"A": 1, "B": 2}


def test_a_mark_below_its_minimum_is_not_ranked_and_says_why() -> None:
    criteria = programme(QUALITY_ONLY, theme={"minimum_marks": {"Q2": "3"}})
    table = scored(criteria, {"A": (("5", "2"), None), "B": (("1", "3"), None)})
    assert table.status == ("below_minimum", "ranked")
    assert table.reasons == ("The mark for Q2 is 2; the published minimum is 3.", "")
    assert table.ranks == (0, 1)
    assert table.totals[0] == 0


def test_quality_exactly_at_the_minimum_is_enough() -> None:
    criteria = programme({"Q1": "60", "Q2": "20", "price": "20"}, theme={"minimum_quality": "70%"})
    table = scored(criteria, {"A": (("4", "2"), None), "B": (("3", "5"), None), "C": (("3", "4"), None)})
    assert table.status == ("ranked", "ranked", "below_minimum")
    assert table.reasons[2] == ("The quality score is 52 of 80 points; the published minimum is 70 % of them, 56.")


def test_a_minimum_of_nought_is_met_by_no_quality_at_all_and_missed_by_less() -> None:
    criteria = programme({"Q1": "100"}, marks=("-1", "0", "1"), theme={"minimum_quality": "0%"})
    table = scored(criteria, {"A": (("0",), None), "B": (("-1",), None), "C": (("1",), None)})
    assert table.status == ("ranked", "below_minimum", "ranked")


def test_a_bid_that_is_not_ranked_is_told_of_the_minimums_that_it_missed_and_of_no_other() -> None:
    minimums = {"minimum_marks": {"Q1": "3", "Q2": "2"}, "minimum_quality": "40%"}
    # 60 × 2 ÷ 5 + 40 × 2 ÷ 5 = 40: at the minimum quality, and at that of Q2. 60 × 3 ÷ 5 + 0 = 36.
    criteria = programme(QUALITY_ONLY, theme=minimums)
    table = scored(criteria, {"A": (("2", "2"), None), "B": (("3", "0"), None), "C": (("3", "2"), None)})
    assert table.reasons == (
        "The mark for Q1 is 2; the published minimum is 3.",
        "The mark for Q2 is 0; the published minimum is 2. "
        "The quality score is 36 of 100 points; the published minimum is 40 % of them, 40.",
        "",
    )


def test_a_decision_without_a_ground_is_told_without_one() -> None:
    criteria = programme(QUALITY_ONLY)
    evaluation = checked(criteria, {"A": (("3", "4"), None)}, disregarded=["A"])
    (theme,) = evaluation.themes
    bare = replace(theme, disregarded={"A": replace(theme.disregarded["A"], ground="")})
    (table,) = score(criteria, replace(evaluation, themes=(bare,))).themes
    assert table.reasons == ("Disregarded by decision of J. Doe: It came two days late.",)


def test_an_answer_that_nobody_marked_has_no_mark() -> None:
    criteria = programme(QUALITY_ONLY)
    (theme,) = checked(criteria, {"A": ((None, "5"), None)}, disregarded=["A"]).themes
    assert row_marks(values_of(criteria, theme), theme, 0) == (None, 5)


def test_quality_beyond_int64_is_exact() -> None:
    # 0.9999999999999 × 60.0000000001 needs 23 decimal places.
    marks = ("0", "0.9999999999999", "1")
    table = scored(programme({"Q1": "60.0000000001", "Q2": "39.9999999999"}, marks=marks), {"A": ((*marks[1:],), None)})
    assert table.quality[0] == Fraction("0.9999999999999") * Fraction("60.0000000001") + Fraction("39.9999999999")


def test_without_a_minimum_a_quality_below_nought_is_ranked() -> None:
    table = scored(programme({"Q1": "100"}, marks=("-1", "1")), {"A": (("-1",), None)})
    assert table.status == ("ranked",)


def test_only_ranked_bids_set_the_lowest_price() -> None:
    criteria = programme(SIXTY_FORTY, method="lowest_price_ratio", theme={"minimum_marks": {"Q1": "2"}})
    bids = {"A": (("1",), 10_00), "B": (("5",), 80_00), "C": (("5",), 100_00), "D": (("5",), 20_00)}
    table = scored(criteria, bids, disregarded=["D"])
    assert table.status == ("below_minimum", "ranked", "ranked", "disregarded")
    assert table.reasons[3] == "Disregarded by decision of J. Doe: It came two days late. Ground: Criteria 4.1"
    assert table.price_points is not None
    assert by_bid(table, table.price_points) == {"A": 0, "B": 40, "C": 32, "D": 0}
    assert table.index is None
    assert by_bid(table, table.ranks) == {"A": 0, "B": 1, "C": 2, "D": 0}


def test_a_disregarded_bid_need_not_be_marked_but_an_admitted_one_must() -> None:
    criteria = programme(QUALITY_ONLY)
    bids = {"A": ((None, "5"), None), "B": (("5", "5"), None)}
    table = scored(criteria, bids, disregarded=["A"])
    assert by_bid(table, table.quality) == {"A": 40, "B": 100}
    with pytest.raises(ValueError, match="A is admitted but has no mark"):
        scored(criteria, bids)


def test_unit_cost_divides_by_the_people_served_exactly() -> None:
    criteria = programme(
        SIXTY_FORTY, method="lowest_price_ratio", basis="unit_cost", rounding=("display", 2, "half_up")
    )
    bids = {"A": (("5",), 900_00), "B": (("5",), 1000_00)}
    table = scored(criteria, bids, people={"A": 3, "B": 7})  # £300 and £142 6/7 a person
    assert table.price_points is not None
    assert by_bid(table, table.price_points) == {"A": Fraction(40_000, 2_100), "B": 40}


def test_a_unit_cost_needs_people_and_one_is_enough() -> None:
    criteria = programme(SIXTY_FORTY, method="lowest_price_ratio", basis="unit_cost")
    bids = {"A": (("5",), 100), "B": (("5",), 200)}
    table = scored(criteria, bids, people={"A": 1, "B": 1})
    assert table.price_points is not None
    assert by_bid(table, table.price_points) == {"A": 40, "B": 20}
    for people in ({"A": 1}, {"A": 1, "B": 0}):
        with pytest.raises(ValueError, match="no price on the published basis"):
            scored(criteria, bids, people=people)


def test_a_unit_cost_is_held_against_limits_in_pounds_a_person() -> None:
    criteria = programme(
        SIXTY_FORTY, method="fixed_limits", basis="unit_cost", parameters={"lowest": "100", "highest": "300"}
    )
    table = scored(criteria, {"A": (("5",), 1000_00)}, people={"A": 5})  # £200 a person: half way
    assert table.price_points is not None
    assert table.price_points[0] == 20


@pytest.mark.parametrize("price", [None, 0, -1])
def test_a_ranked_bid_without_a_price_above_nought_is_our_own_mistake(price: int | None) -> None:
    with pytest.raises(ValueError, match="price"):
        scored(programme(SIXTY_FORTY, method="lowest_price_ratio"), {"A": (("5",), price)})


def test_a_price_that_carries_no_points_is_not_scored() -> None:
    table = scored(programme({"Q1": "100", "price": "0"}, method="lowest_price_ratio"), {"A": (("5",), None)})
    assert table.price_points is None
    assert table.totals[0] == 100


# Quality 62/3 = 20.666…, price points 40 × 80 ÷ 300 = 10.666…, together 31.333…
@pytest.mark.parametrize(
    ("point", "mode", "total"),
    [
        ("parts", "half_up", Fraction(314, 10)),  # 20.7 + 10.7
        ("parts", "down", Fraction(312, 10)),  # 20.6 + 10.6
        ("total", "half_up", Fraction(313, 10)),
        ("total", "up", Fraction(314, 10)),
        ("display", "up", Fraction(94, 3)),
    ],
)
def test_rounding_happens_once_and_where_it_was_published(point: str, mode: str, total: Fraction) -> None:
    criteria = programme(
        {"Q1": "62", "price": "38", "Q2": "0"},
        marks=("0", "1", "3"),
        method="fixed_limits",
        parameters={"lowest": "0", "highest": "57"},
        rounding=(point, 1, mode),
    )
    table = scored(criteria, {"A": (("1", "0"), 41_00)})  # 38 × (57 − 41) ÷ 57 = 10.666…
    assert table.quality[0] == Fraction(62, 3)
    assert table.price_points is not None
    assert table.price_points[0] == Fraction(32, 3)
    assert table.totals[0] == total


@pytest.mark.parametrize(("mode", "total"), [("half_up", Fraction(283, 100)), ("half_even", Fraction(282, 100))])
def test_a_half_goes_the_published_way(mode: str, total: Fraction) -> None:
    criteria = programme({"Q1": "2.825"}, marks=("0", "1"), rounding=("total", 2, mode))
    assert scored(criteria, {"A": (("1",), None)}).totals[0] == total


def test_equal_totals_share_a_rank_and_the_next_is_left_out() -> None:
    bids = {"A": (("5", "5"), None), "B": (("4", "4"), None), "C": (("4", "4"), None), "D": (("1", "1"), None)}
    table = scored(programme(QUALITY_ONLY), bids)
    assert table.ranks == (1, 2, 2, 4)
    assert table.ties == (("B", "C"),)


TIE_BREAKS = ("quality", "lower_price", "question:Q2")


def test_quality_decides_first_between_equal_totals() -> None:
    criteria = programme(
        {"Q1": "50", "Q2": "10", "price": "40"},
        method="fixed_limits",
        parameters={"lowest": "0", "highest": "400"},
        tie_break=TIE_BREAKS,
    )
    table = scored(criteria, {"A": (("3", "0"), 60_00), "B": (("4", "0"), 160_00)})  # 30 + 34 and 40 + 24
    assert [table.totals[0], table.totals[1]] == [64, 64]
    assert table.ranks == (2, 1)
    assert table.ties == ()


def test_the_lower_price_decides_where_quality_is_equal() -> None:
    # Both prices are under the limit that earns all points, so the totals are equal.
    criteria = programme(
        SIXTY_FORTY,
        method="fixed_limits",
        parameters={"lowest": "200", "highest": "400"},
        tie_break=TIE_BREAKS,
    )
    table = scored(criteria, {"A": (("3",), 150_00), "B": (("3",), 149_99)})
    assert table.totals[0] == table.totals[1]
    assert table.ranks == (2, 1)


def test_a_named_question_decides_where_all_before_it_are_equal() -> None:
    criteria = programme({"Q1": "50", "Q2": "50"}, tie_break=TIE_BREAKS)
    table = scored(criteria, {"A": (("4", "3"), 5_00), "B": (("3", "4"), 5_00), "C": (("3", "4"), 5_00)})
    assert table.ranks == (3, 1, 1)
    assert table.ties == (("B", "C"),)


def test_a_published_order_is_followed() -> None:
    criteria = programme({"Q1": "50", "Q2": "50"}, tie_break=("question:Q1", "question:Q2"))
    assert scored(criteria, {"A": (("4", "3"), None), "B": (("3", "4"), None)}).ranks == (1, 2)


def test_a_tie_break_on_a_price_that_some_bid_lacks_decides_nothing() -> None:
    table = scored(programme({"Q1": "100"}, tie_break=("lower_price",)), {"A": (("4",), 5_00), "B": (("4",), None)})
    assert table.ties == (("A", "B"),)


def test_the_lower_price_decides_too_where_price_carries_no_points() -> None:
    bids = {"A": (("4",), 5_01), "B": (("4",), 5_00), "C": (("4",), 5_00)}
    table = scored(programme({"Q1": "100"}, tie_break=("lower_price",)), bids)
    assert (table.ranks, table.ties) == ((3, 1, 1), (("B", "C"),))


def test_a_price_beyond_int64_beside_a_missing_one_decides_nothing() -> None:
    table = scored(programme({"Q1": "100"}, tie_break=("lower_price",)), {"A": (("4",), 2**70), "B": (("4",), None)})
    assert table.ties == (("A", "B"),)


def test_a_tie_break_of_another_name_is_our_own_mistake() -> None:
    with pytest.raises(ValueError, match="alphabet"):
        scored(programme({"Q1": "100"}, tie_break=("alphabet",)), {"A": (("4",), None)})


def test_a_price_index_ranks_the_lowest_first_and_no_quality_last() -> None:
    criteria = programme({"Q1": "100"}, method="price_per_quality_point", tie_break=("lower_price",))
    bids = {
        "A": (("3",), 900_000_00),  # £15,000 a point
        "B": (("4",), 1_000_000_00),  # £12,500 a point
        "C": (("0",), 1_00),
        "D": (("0",), 2_00),
    }
    table = scored(criteria, bids)
    assert table.index is not None
    assert table.price_points is None
    assert by_bid(table, table.index) == {"A": 15_000, "B": 12_500, "C": 0, "D": 0}
    assert by_bid(table, table.totals) == {"A": 15_000, "B": 12_500, "C": 0, "D": 0}
    assert table.ranks == (2, 1, 3, 4)


@pytest.mark.parametrize("point", ["parts", "total", "display"])
def test_an_index_is_rounded_only_where_totals_are(point: str) -> None:
    criteria = programme({"Q1": "100"}, method="price_per_quality_point", rounding=(point, 1, "half_up"))
    total = scored(criteria, {"A": (("3",), 100_00)}).totals[0]  # £100 for 60 points: 1.666…
    assert total == (Fraction(5, 3) if point == "display" else Fraction(17, 10))


def test_nobody_ranked_gives_no_ranks_and_no_failure() -> None:
    criteria = programme(SIXTY_FORTY, method="mean_deviation", theme={"minimum_quality": "60%"})
    table = scored(criteria, {"A": (("2",), 5_00), "B": (("1",), 5_00)}, disregarded=["B"])
    assert table.status == ("below_minimum", "disregarded")
    assert table.ranks == (0, 0)
    assert table.ties == ()
    assert table.price_points is not None
    assert by_bid(table, table.price_points) == {"A": 0, "B": 0}


def test_a_theme_without_bids_has_an_empty_table() -> None:
    for method in ("lowest_price_ratio", "range", "mean_deviation", "price_per_quality_point"):
        table = scored(programme(SIXTY_FORTY, method=method), {})
        assert (table.bids, table.ranks, table.ties) == ((), (), ())


def test_an_evaluation_without_themes_has_no_scores() -> None:
    assert score(programme(QUALITY_ONLY), Evaluation((), (), (), Table({}, ()), None)).themes == ()


@pytest.mark.parametrize("method", ["lowest_price_ratio", "linear_above_lowest", "range"])
def test_one_bid_and_equal_prices_earn_all_the_points(method: str) -> None:
    criteria = programme(SIXTY_FORTY, method=method)
    for bids in ({"A": (("5",), 7_00)}, {"A": (("5",), 7_00), "B": (("5",), 7_00)}):
        table = scored(criteria, bids)
        assert table.price_points is not None
        assert set(by_bid(table, table.price_points).values()) == {40}


def test_sums_beyond_int64_are_exact() -> None:
    criteria = programme(
        {"Q1": "33.333333", "Q2": "33.333334", "price": "33.333333"},
        method="lowest_price_ratio",
        rounding=("display", 2, "half_up"),
    )
    lowest, higher = 10**15 + 1, 10**15 + 3  # pence: ten million million pounds
    table = scored(criteria, {"A": (("1", "2"), lowest), "B": (("1", "2"), higher)})
    quality = Fraction("33.333333") / 5 + Fraction("33.333334") * 2 / 5
    assert table.totals[0] == quality + Fraction("33.333333")
    assert table.totals[1] == quality + Fraction("33.333333") * lowest / higher
    assert table.ranks == (1, 2)
    for large in (2**62, 2**63, 10**30):
        wide = scored(criteria, {"A": (("1", "2"), large), "B": (("1", "2"), large + 1)})
        assert wide.totals[1] == quality + Fraction("33.333333") * large / (large + 1)
        assert wide.ranks == (1, 2)


def test_effective_weights_equal_published_ones_where_the_formula_reaches_them() -> None:
    criteria = programme({"Q1": "37.5", "Q2": "22.5", "price": "40"}, method="lowest_price_ratio")
    weights = score(criteria, checked(criteria, {})).weights
    assert [(w.question, w.published, w.effective) for w in weights] == [
        ("Q1", Fraction("37.5"), Fraction("37.5")),
        ("Q2", Fraction("22.5"), Fraction("22.5")),
        ("price", 40, 40),
    ]


def test_a_method_that_cannot_give_all_points_has_a_smaller_effective_weight() -> None:
    # At most 50 % + 100 × 0.1 % = 60 % of 40 points: 24 of a greatest total of 84.
    criteria = programme(SIXTY_FORTY, method="mean_deviation", parameters={"per_percent": "0.1"})
    weights = {w.question: w.effective for w in score(criteria, checked(criteria, {})).weights}
    assert weights == {"Q1": Fraction(6000, 84), "price": Fraction(2400, 84)}


def test_a_price_that_no_method_scores_carries_nothing() -> None:
    criteria = programme(SIXTY_FORTY)
    weights = {w.question: w.effective for w in score(criteria, checked(criteria, {})).weights}
    assert weights == {"Q1": 100, "price": 0}
