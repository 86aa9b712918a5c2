"""How bids stand over all weights: the closed forms of two and of three criteria."""

from fractions import Fraction

import pytest

from evaluator.studies.robustness.acceptability import acceptability, crossover
from tests.unit.equality.vectors import vector


def test_two_criteria_have_the_shares_of_the_closed_form() -> None:
    one = vector("smaa_2crit_analytic")
    found = acceptability(list(one["inputs"]["values"].values()))
    for ours, theirs in zip(found.ranks, one["expected"]["rai"], strict=True):
        assert ours == pytest.approx(theirs, abs=one["tolerance"])
    for ours, theirs in zip(found.central, one["expected"]["central_weights"], strict=True):
        assert ours == pytest.approx(theirs, abs=one["tolerance"])
    assert found.within(2) == pytest.approx(one["expected"]["p_in_top2"], abs=one["tolerance"])


def test_three_unit_vectors_share_every_rank_alike() -> None:
    one = vector("smaa_3crit_unit_vectors")
    found = acceptability([[1, 0, 0], [0, 1, 0], [0, 0, 1]], draws=200_000)
    for ours, theirs in zip(found.ranks, one["expected"]["rai"], strict=True):
        assert ours == pytest.approx(theirs, abs=one["tolerance"])
    assert found.central[0] == pytest.approx(one["expected"]["central_weight_of_1"], abs=one["tolerance"])


def test_a_bid_that_is_never_first_has_no_central_weights_and_ties_share_the_better_rank() -> None:
    found = acceptability([[1, 1], [0, 0], [1, 1]], draws=100)
    assert found.central[1] is None
    assert found.ranks == ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))


def test_two_bids_change_places_at_three_quarters() -> None:
    one = vector("weight_stability_two_bids")
    a, b, base = ([Fraction(str(n)) for n in one["inputs"][key]] for key in ("A", "B", "w_base"))
    assert crossover(a, b, base) == Fraction(3, 4) == Fraction(str(one["expected"]["crossover_w1"]))
    assert crossover([Fraction(1)] * 2, [Fraction(0)] * 2, base) is None
