"""What is published of price methods and weights is what scoring does: stages cannot import each other, tests can."""

from array import array
from fractions import Fraction
from inspect import signature

import pytest

from evaluator.publication import effective_weights
from evaluator.publication.checks.weights import greatest_share
from evaluator.records.programme.criteria import PricePolicy
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.submissions.evaluation import ThemeBids
from evaluator.scoring.effective_weights import effective_weights as applied_weights
from evaluator.scoring.price.methods import PRICE_METHODS
from tests.method_parameters import parameters_of
from tests.unit.publication.small_criteria import put, small

POLICIES = [
    {"method": "lowest_price_ratio", "source": "6"},
    {"method": "linear_above_lowest", "parameters": {"zero_at": "1.5"}, "source": "6"},
    {"method": "range", "source": "6"},
    {"method": "fixed_limits", "parameters": {"lowest": "10", "highest": "90"}, "source": "6"},
    {"method": "fixed_limits", "parameters": {"lowest": "10", "highest": "90", "clip": "0"}, "source": "6"},
    {"method": "mean_deviation", "source": "6"},
    {"method": "mean_deviation", "parameters": {"at_mean": "30", "per_percent": "0.5"}, "source": "6"},
    {"method": "mean_deviation", "parameters": {"clip": "0"}, "source": "6"},
    {"method": "price_per_quality_point", "source": "6"},
]


def test_the_same_methods_are_published_and_applied():
    assert list(METHODS) == list(PRICE_METHODS)


@pytest.mark.parametrize("name", METHODS)
def test_a_method_depends_on_other_bids_where_a_figure_of_all_bids_enters(name):
    assert METHODS[name].depends_on_other_bids == bool(PRICE_METHODS[name].statistics)


@pytest.mark.parametrize("name", METHODS)
def test_a_formula_takes_the_parameters_that_are_published(name):
    _offers, _available, *taken = signature(PRICE_METHODS[name].formula).parameters
    assert taken == list(METHODS[name].parameters)


@pytest.mark.parametrize("policy", POLICIES, ids=str)
def test_effective_weights_are_the_ones_that_scoring_applies(policy):
    weights = {"C1": "20", "C2": "10", "N1": "30", "price": "40"}
    criteria = small(put("price", policy), put("themes.0.weights", weights))
    bids = ThemeBids("north", (), ("C1", "C2", "N1"), array("b").tobytes(), {})
    applied = {(one.question, one.published, one.effective) for one in applied_weights(criteria, bids)}
    said = {(one.question, one.published, one.effective) for one in effective_weights(criteria) if one.theme == "north"}
    assert said == applied


@pytest.mark.parametrize("name", METHODS)
def test_every_method_has_the_greatest_share_that_scoring_knows(name):
    policy = {"method": name, "parameters": parameters_of(name), "source": "6"}
    test_the_greatest_share_of_price_is_the_one_that_scoring_knows(policy)


@pytest.mark.parametrize("policy", POLICIES, ids=str)
def test_the_greatest_share_of_price_is_the_one_that_scoring_knows(policy):
    read = PricePolicy.model_validate(policy)
    method = PRICE_METHODS[read.method]
    if method.gives_points:
        assert greatest_share(read) * 40 == method.greatest(Fraction(40), method.given(read.parameters))
    else:
        assert greatest_share(read) == 0
