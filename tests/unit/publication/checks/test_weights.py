from fractions import Fraction

import pytest

from evaluator.publication import effective_weights
from tests.unit.publication.small_criteria import put, small


def shares(*changes, theme="north"):
    found = effective_weights(small(*changes))
    return {weight.question: weight.effective for weight in found if weight.theme == theme}


def test_weights_that_add_up_to_100_carry_what_they_say():
    assert shares() == {"C1": 20, "C2": 10, "N1": 30, "price": 40}


def test_weights_that_add_up_to_50_carry_twice_what_they_say():
    halves = put("themes.0.weights", {"C1": "10", "C2": "5", "N1": "15", "price": "20"})
    assert shares(halves) == {"C1": 20, "C2": 10, "N1": 30, "price": 40}


@pytest.mark.parametrize(
    ("policy", "price"),
    [
        # at most 50 + 100 x 0.25 = 75 % of 40 points = 30, of 60 + 30
        ({"method": "mean_deviation", "parameters": {"per_percent": "0.25"}, "source": "6"}, Fraction(100, 3)),
        # at most 150 % of 40 points = 60, of 60 + 60
        ({"method": "mean_deviation", "parameters": {"clip": "0"}, "source": "6"}, Fraction(50)),
        # a price of nought earns 40 x 90 / (90 - 10) = 45, of 60 + 45
        (
            {"method": "fixed_limits", "parameters": {"lowest": "10", "highest": "90", "clip": "0"}, "source": "6"},
            Fraction(300, 7),
        ),
        ({"method": "lowest_price_ratio", "source": "6"}, Fraction(40)),
        ({"method": "price_per_quality_point", "source": "6"}, Fraction(0)),
    ],
)
def test_price_carries_what_its_method_can_give(policy, price):
    assert shares(put("price", policy))["price"] == price


def test_weights_of_nought_have_no_shares():
    noughts = put("themes.0.weights", {"C1": "0", "price": "0"})
    assert shares(noughts) == {"C1": 0, "price": 0}
