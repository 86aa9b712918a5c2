"""Price methods: their parameters, what they refuse, and that their declared terms are true."""

from decimal import Decimal
from fractions import Fraction

import pytest

from evaluator.records.programme.price.methods import METHODS
from evaluator.records.results.scores import PricedBid
from evaluator.scoring import parameter_problems, try_method
from evaluator.scoring.price.adjusted import normalised_both_sides, weighted_value_for_money
from evaluator.scoring.price.methods import PRICE_METHODS
from evaluator.scoring.price.points import (
    bilinear_discount,
    damped_discount,
    discount_ratio,
    fixed_limits,
    graduated_to_inflection,
    linear_above_lowest,
    mean_deviation,
    narbona,
    ranking_points,
)
from tests.method_parameters import parameters_of

PRICES = {"A": 80_00, "B": 100_00, "C": 120_00}


def test_every_published_method_has_its_formula() -> None:
    assert list(PRICE_METHODS) == list(METHODS)


@pytest.mark.parametrize("name", sorted(METHODS))
def test_a_method_that_depends_on_no_other_bid_uses_no_statistic(name: str) -> None:
    method = PRICE_METHODS[name]
    assert method.terms.depends_on_other_bids == bool(method.statistics)


@pytest.mark.parametrize(
    ("method", "parameters", "words"),
    [
        ("range", {"clip": 1}, "range takes no parameter clip."),
        ("linear_above_lowest", {"zero_at": 1}, "The parameter zero_at of linear_above_lowest must be above 1."),
        ("mean_deviation", {"at_mean": 101}, "from 0 to 100"),
        ("mean_deviation", {"per_percent": 0}, "above 0"),
        ("mean_deviation", {"clip": 2}, "or 0"),
        ("fixed_limits", {"lowest": 5}, "fixed_limits needs the parameter highest"),
        ("fixed_limits", {"lowest": 9, "highest": 5}, "highest of fixed_limits must be above the parameter lowest."),
        ("fixed_limits", {"lowest": 5, "highest": 5}, "highest of fixed_limits must be above the parameter lowest."),
        ("narbona", {"lowest": 5, "budget": 5}, "The parameter budget of narbona must be above lowest."),
    ],
)
def test_parameters_that_cannot_be_used_are_told(method: str, parameters: dict[str, int], words: str) -> None:
    problems = parameter_problems(method, {key: Decimal(value) for key, value in parameters.items()})
    assert words in " ".join(problems)
    with pytest.raises(ValueError, match="parameter"):
        PRICE_METHODS[method](PRICES, Fraction(40), **parameters)


@pytest.mark.parametrize("price", [0, -5])
@pytest.mark.parametrize("name", sorted(METHODS))
def test_a_price_that_is_not_above_nought_is_refused(name: str, price: int) -> None:
    given = {key: Decimal(value) for key, value in parameters_of(name).items()}
    with pytest.raises(ValueError, match="above 0"):
        PRICE_METHODS[name]({"A": 5, "B": price}, Fraction(40), quality={"A": 1, "B": 1}, **given)


def test_linear_above_lowest_can_reach_nought_elsewhere_and_fall_below_it() -> None:
    assert linear_above_lowest({"A": 100, "B": 200, "C": 400}, Fraction(30), zero_at=3) == {"A": 30, "B": 15, "C": 0}
    assert linear_above_lowest({"A": 100, "B": 350}, Fraction(80), clip=0) == {"A": 80, "B": -120}


def test_fixed_limits_keep_points_within_bounds_only_if_published() -> None:
    prices = {"A": 70_00, "B": 130_00}
    assert fixed_limits(prices, Fraction(40), lowest=80, highest=120) == {"A": 40, "B": 0}
    assert fixed_limits(prices, Fraction(40), lowest=80, highest=120, clip=0) == {"A": 50, "B": -10}


def test_mean_deviation_takes_published_steps() -> None:
    # Mean £100: A is 20 % below it and C 20 % above; 2 % of 50 points for each 1 %, from 60 % at the mean.
    assert mean_deviation(PRICES, Fraction(50), at_mean=60, per_percent=2) == {"A": 50, "B": 30, "C": 10}
    assert mean_deviation({"A": 100_00, "B": 300_00}, Fraction(100), per_percent=3) == {"A": 100, "B": 0}
    assert mean_deviation({"A": 100_00, "B": 300_00}, Fraction(100), per_percent=3, clip=0) == {"A": 200, "B": -100}


def test_a_discount_of_nought_earns_nothing_and_equal_discounts_the_same() -> None:
    # The mean of 80, 100 and 120 is the budget: a mean discount of 0, above which only A is.
    terms = {"budget": 100, "at_mean": Decimal("0.8")}
    assert bilinear_discount(PRICES, Fraction(50), **terms) == {"A": 50, "B": 0, "C": 0}
    assert bilinear_discount({"A": 80_00, "B": 80_00}, Fraction(50), **terms) == {"A": 40, "B": 40}
    assert discount_ratio({"A": 100_00, "B": 120_00}, Fraction(50), budget=100) == {"A": 0, "B": 0}
    assert damped_discount({"A": 100_00, "B": 120_00}, Fraction(50), budget=100, least_best=2) == {"A": 0, "B": 0}


def test_a_discount_above_the_mean_earns_its_share_of_the_rest() -> None:
    # The mean price is 75. Discounts of 10, 20, 30 and 40 % against 25: 40 × 10/25, 40 × 20/25, 40 + 10 × 5/15, 50.
    prices = {"A": 90_00, "B": 80_00, "C": 70_00, "D": 60_00}
    assert bilinear_discount(prices, Fraction(50), budget=100, at_mean=Decimal("0.8")) == {
        "A": 16,
        "B": 32,
        "C": Fraction(130, 3),
        "D": 50,
    }


def test_an_index_takes_any_quality_above_nought_and_none_below() -> None:
    points = {"quality_points": 80, "price_points": 20}
    small = {"A": Fraction(1, 2), "B": Fraction(1, 4)}
    assert normalised_both_sides({"A": 100, "B": 100}, quality=small, **points) == {"A": 100, "B": 60}
    assert normalised_both_sides({"A": 100, "B": 100}, quality={"A": 0, "B": -1}, **points) == {"A": 20, "B": 20}
    weights = {"quality_weight": 60, "cost_weight": 30}
    assert weighted_value_for_money({"A": 50_00, "B": 50_00}, quality={"A": 5, "B": -1}, **weights) == {
        "A": Fraction(1, 2),
        "B": 0,
    }


@pytest.mark.parametrize(("lowest", "points"), [(98_01, Fraction(1990, 40)), (98_00, 50), (97_99, 50)])
def test_a_discount_earns_all_the_points_from_the_published_least_on(lowest: int, points: Fraction | int) -> None:
    # At a least of 2 %, 1.99 % has 1.99 ÷ 2 of 50 points.
    assert damped_discount({"A": lowest}, Fraction(50), budget=100, least_best=2) == {"A": points}


def test_narbona_keeps_points_within_all_and_none() -> None:
    # 90 × 80 ÷ 20 × (100 − 79.99) ÷ 79.99 would be more than 90.
    prices = {"A": 79_99, "B": 80_00, "C": 100_00, "D": 100_01}
    assert narbona(prices, Fraction(90), lowest=80, budget=100) == {"A": 90, "B": 90, "C": 0, "D": 0}


def test_points_by_place_share_a_place_and_end_at_nought() -> None:
    prices = {"A": 100, "B": 200, "C": 200, "D": 300, "E": 400}
    assert ranking_points(prices, Fraction(40), step=30) == {"A": 40, "B": 28, "C": 28, "D": 4, "E": 0}


def test_the_inflection_is_two_and_a_half_per_cent_above_the_median() -> None:
    # Lowest 100 and median 200: up to 205 a pound above the lowest loses 0.1, and from there on 0.5.
    prices = {"A": 100_00, "B": 200_00, "C": 205_00, "D": 195_00, "E": 207_00}
    assert graduated_to_inflection(prices, Fraction(100), per_percent_above=Decimal("0.5")) == {
        "A": 100,
        "B": 90,
        "C": Fraction(895, 10),
        "D": Fraction(905, 10),
        "E": Fraction(885, 10),
    }


def test_a_trial_ranks_on_exact_figures_by_bid() -> None:
    bids = [PricedBid("B", Decimal("3")), PricedBid("A", Decimal("2.999")), PricedBid("C", Decimal("3"))]
    trial = try_method("lowest_price_ratio", bids, Fraction(1), {}, 2)
    lines = [(line.bid, line.exact, line.units, line.rank) for line in trial.lines]
    third = Fraction("2.999") / 3
    assert lines == [("A", 1, 100, 1), ("B", third, 100, 2), ("C", third, 100, 2)]


def test_a_trial_gives_no_index_without_quality_and_ranks_it_last() -> None:
    bids = [PricedBid("A", Decimal(1), Decimal(0)), PricedBid("B", Decimal(9), Decimal(2))]
    trial = try_method("price_per_quality_point", bids, Fraction(0), {}, 1)
    assert [(line.exact, line.units, line.rank) for line in trial.lines] == [(None, None, 2), (Fraction(9, 2), 45, 1)]
