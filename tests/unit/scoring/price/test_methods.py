"""Price methods: their parameters, what they refuse, and that their declared terms are true."""

from decimal import Decimal
from fractions import Fraction

import pytest

from evaluator.records.programme.price_methods import METHODS
from evaluator.records.results.scores import PricedBid
from evaluator.scoring import parameter_problems, try_method
from evaluator.scoring.price.methods import PRICE_METHODS
from evaluator.scoring.price.points import fixed_limits, linear_above_lowest, mean_deviation
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
