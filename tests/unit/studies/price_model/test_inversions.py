"""What each way of dividing money does to a ranking, on three bids that can be followed by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from evaluator.records.programme.criteria import Rounding
from evaluator.records.results.outcome import Run
from evaluator.reporting.before_publication.simulation import simulation_page, simulation_text
from evaluator.studies.price_model.inversions import MOST, inversions
from evaluator.studies.price_model.simulation import simulate
from evaluator.studies.price_model.theme_model import Model, Pair
from tests.unit.publication.small_criteria import Change, add, both, put, small

# No points for price: a bid's total is its quality. Money is three fifths of what all ask.
PLAIN = Model(
    "fixed_limits",
    "whole life",
    (("highest", Decimal(90_000)), ("lowest", Decimal(10_000))),
    Fraction(0),
    Fraction(100),
    Fraction(0),
    Rounding(places=2, mode="half_up", point="parts", source="made up"),
)
ORDER = {"id": "M1", "kind": "merit_order", "theme": "*", "source": "ITT 9"}
FREE = put("allocation.rule", [])  # the small criteria have an order of merit


def offers(*bids: tuple[int, int]) -> list[Pair]:
    return [(Fraction(price), Fraction(quality)) for price, quality in bids]


# £150,000 asked, so £90,000: 90 for £60,000; 80 for £50,000; 70 for £40,000.
CHEAPER_PAIR = offers((60_000, 90), (50_000, 80), (40_000, 70))
# £125,000 asked, so £75,000: the second does not fit beside the first, the third does.
GAP_IN_THE_LIST = offers((60_000, 90), (50_000, 80), (15_000, 70))


def tried(bids: list[Pair], *changes: Change) -> dict[str, tuple[bool, float, int, int, int]]:
    """Give what each way does: published, share of sets inverted, bids passed over, refused, not to be saved."""
    criteria = small(FREE, *changes)
    return {
        one.way: (one.published, one.inverted, one.passed_over, one.refused, one.unsaved)
        for one in inversions(criteria, PLAIN, "north", [bids])
    }


def test_the_best_set_leaves_out_a_better_bid_that_no_score_could_have_saved() -> None:
    """80 + 70 are more than 90, and more than the 100 that the first could have scored at most."""
    found = tried(CHEAPER_PAIR)
    assert found["optimise"] == (True, 1.0, 1, 1, 1)
    # Down the ranking the first alone is funded; either of the others would have been, had it been the best.
    assert found["merit_order"] == (False, 0.0, 0, 2, 0)
    assert found["priority"] == (False, 0.0, 0, 2, 0)


def test_merit_order_goes_down_the_ranking_and_ends_where_the_money_does() -> None:
    assert tried(CHEAPER_PAIR, add("allocation.rule", ORDER))["merit_order"][:3] == (True, 0.0, 0)
    assert tried(GAP_IN_THE_LIST, add("allocation.rule", ORDER))["merit_order"][:4] == (True, 0.0, 0, 2)


def test_a_rule_that_passes_over_what_does_not_fit_inverts_the_ranking_as_a_list_does() -> None:
    found = tried(GAP_IN_THE_LIST, add("allocation.rule", ORDER | {"unaffordable": "pass_over"}))
    assert found["merit_order"] == (True, 1.0, 1, 1, 0)
    assert found["priority"][:4] == (False, 1.0, 1, 1)


@pytest.mark.parametrize(("gap", "passed"), [("19", 0), ("20", 1)])
def test_a_better_bid_within_the_published_gap_is_passed_over_for_more_points_together(gap: str, passed: int) -> None:
    """The last of the pair is 20 points behind the bid that it replaces."""
    assert tried(CHEAPER_PAIR, add("allocation.rule", ORDER | {"max_gap": gap}))["merit_order"][2] == passed


def test_a_list_that_stops_inverts_nothing() -> None:
    stops = both(put("allocation.method", "priority"), put("allocation.on_unaffordable", "stop"))
    assert tried(GAP_IN_THE_LIST, stops)["priority"][:3] == (True, 0.0, 0)


def test_sets_of_too_many_bids_to_look_at_every_set_of_awards_are_left_out() -> None:
    assert tried(offers(*[(10_000, quality) for quality in range(MOST + 1)])) == {}


def test_the_page_and_the_text_tell_every_way_and_the_points_of_every_curve() -> None:
    criteria = small(FREE)
    simulation = simulate(criteria, 1, sets=5)
    page, text = simulation_page(criteria, "f" * 64, simulation, Run("r", "0")), simulation_text(criteria, simulation)
    assert "Money divided the best set (optimise), as published: a better bid is left out for a worse one in" in text
    assert page.count("by list (priority)") == len(simulation.themes)
    for theme in simulation.themes:
        names = [f"{one.through.bid} (£" for one in theme.curves]
        assert len(names) == 4
        assert all(page.count(f'<th scope="row">{name}') >= 1 for name in names)
