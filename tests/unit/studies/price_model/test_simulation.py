"""What the simulation finds: relative methods can be turned by a loser, absolute ones cannot; the seed decides all."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.records.results.outcome import Run
from evaluator.records.results.studies.simulation import Offer
from evaluator.reporting.before_publication.simulation import simulation_document, simulation_page, simulation_text
from evaluator.studies.price_model.irrelevant_alternatives import turns
from evaluator.studies.price_model.simulation import simulate
from evaluator.studies.price_model.theme_model import Model, models
from tests.method_parameters import parameters_of
from tests.unit.publication.small_criteria import both, put, small
from tests.unit.scoring.small_theme import programme

HALF = {"Q1": "30", "Q2": "20", "price": "50"}
CX04 = (Offer("A", Decimal(90), Decimal(30)), Offer("B", Decimal(100), Decimal(34)))
D = (Fraction(45), Fraction(0))
RATIO = programme(HALF, method="lowest_price_ratio")
LIMITS = programme(HALF, method="fixed_limits", parameters={"lowest": "40", "highest": "160"})
ABSOLUTE = ("price_per_quality_point", "value_for_money", "award_on_value", "quality_coefficient")


def only(criteria) -> Model:
    return next(iter(models(criteria)))


def test_cx04_is_recognised_for_the_ratio_and_not_for_published_limits() -> None:
    """A 80.0 against B 79.0; the hopeless D at half the price makes it 55.0 against 56.5."""
    pairs = [(Fraction(one.price), Fraction(one.quality)) for one in CX04]
    assert only(RATIO).totals([*pairs, D]) == [55, Fraction("56.5"), 50]
    assert turns(only(RATIO), pairs, D) == (0, 1)
    assert turns(only(LIMITS), pairs, D) is None


def test_cx04_is_found_unaided_from_the_officers_two_bids() -> None:
    found = simulate(RATIO, 1, CX04, sets=5).themes[0].example
    assert found is not None
    assert found.bids == CX04
    assert (found.winner_without, found.winner_with) == ("A", "B")
    assert found.other.quality == 0
    # 50 × lowest × (1/90 − 1/100) must be below 4: the other bid costs less than £72. The search goes down by 5 %.
    assert found.other.price == Decimal("67.5")
    assert found.totals_without == ("80", "79")


@pytest.mark.parametrize(
    ("seed", "sets"), [(1, 8), *(pytest.param(seed, 40, marks=pytest.mark.slow) for seed in (1, 2))]
)
def test_an_example_is_found_from_drawn_bids_too_and_none_for_an_absolute_method(seed: int, sets: int) -> None:
    assert simulate(RATIO, seed, sets=10).themes[0].example is not None
    limits = simulate(LIMITS, seed, sets=sets).themes[0]
    assert (limits.example, limits.turned, limits.high_outlier, limits.low_outlier) == (None, 0, 0, 0)


@pytest.mark.parametrize("method", ABSOLUTE)
def test_nothing_is_found_for_an_absolute_index(method: str) -> None:
    criteria = programme({"Q1": "60", "Q2": "40"}, method=method, parameters=parameters_of(method))
    found = simulate(criteria, 3, sets=15).themes[0]
    assert (found.example, found.turned, found.high_outlier, found.low_outlier) == (None, 0, 0, 0)
    assert found.price_spread is None
    assert found.published_price_share is None


def test_every_absolute_method_beside_it_is_turned_by_nobody() -> None:
    methods = simulate(RATIO, 5, sets=12).themes[0].methods
    assert [one.agrees for one in methods if one.method == "lowest_price_ratio"] == [1]
    assert {one.method for one in methods} >= {"range", "logarithm", "award_on_value", "weighted_value_for_money"}
    for one in methods:
        if not one.depends_on_other_bids:
            assert (one.turned, one.high_outlier, one.low_outlier) == (0, 0, 0), one.method


def test_a_quality_point_is_worth_what_published_limits_say_everywhere_between_them() -> None:
    """50 points over £120: one point is £2.40 at every price."""
    worth = simulate(LIMITS, 1, sets=10).themes[0].worth
    assert {one.pounds for one in worth if 40 < one.price < 157} == {2.4}


def test_curves_of_equal_score_are_straight_under_published_limits() -> None:
    curve = simulate(LIMITS, 1, sets=10).themes[0].curves[1].points
    (low, first), (high, last) = curve[0], curve[-1]
    assert (last - first) / (high - low) == pytest.approx(50 / 120, abs=0.01)


def test_the_seed_decides_everything() -> None:
    one, again, other = (simulate(RATIO, seed, sets=6) for seed in (7, 7, 8))
    assert one == again
    assert one.themes[0].prices != other.themes[0].prices


def test_bids_below_the_floor_set_no_lowest_price() -> None:
    floored = programme(HALF, method="lowest_price_ratio", theme={"minimum_quality": "50%"})
    pairs = [(Fraction(one.price), Fraction(one.quality)) for one in CX04]
    assert only(floored).totals([*pairs, D]) == [80, 79, None]
    assert turns(only(floored), pairs, D) is None


def test_themes_of_one_model_are_tried_once_and_those_without_price_are_named() -> None:
    assert [one.themes for one in simulate(small(), 1, sets=4).themes] == [("north", "south")]
    quality = small(both(put("price", None), put("themes.0.weights", {"C1": "40", "C2": "20", "N1": "40"})))
    assert simulate(quality, 1, sets=4).left_out == ("north", "south")


def test_the_page_holds_every_curve_and_names_nothing_that_it_was_not_given() -> None:
    criteria = small(put("title", "Bids & <b>prices</b>"))
    simulation = simulate(criteria, 1, sets=4)
    page = simulation_page(criteria, "f" * 64, simulation, Run("r", "1"))
    assert page.count("<polyline") == len(simulation.themes[0].curves)
    assert "Bids &amp; &lt;b&gt;prices&lt;/b&gt;" in page
    assert "http" not in page.replace("http://www.w3.org", "")
    assert json.loads(json.dumps(simulation_document(criteria, "f" * 64, simulation)))["schema"] == "simulation/1"
    assert "fixed_limits" in simulation_text(criteria, simulation)


def test_the_command_writes_a_page_a_document_and_a_text(tmp_path: Path) -> None:
    prices = tmp_path / "prices.csv"
    prices.write_text("bid,price,quality\nA,90000,40\nB,100000,44\n", "utf-8")
    arguments = ["simulate", "criteria/minimal_with_price", "--prices", str(prices), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "simulation.html",
        "simulation.json",
        "simulation.txt",
    }
    again = CliRunner().invoke(main, arguments)
    assert again.exit_code == 2
    assert "is there already" in again.output


def test_one_bid_is_no_simulation_and_a_bad_price_is_told_with_its_cell(tmp_path: Path) -> None:
    prices = tmp_path / "prices.csv"
    arguments = ["simulate", "criteria/minimal_with_price", "--prices", str(prices), "--out", str(tmp_path / "out")]
    prices.write_text("bid,price,quality\nA,90000,40\n", "utf-8")
    assert CliRunner().invoke(main, arguments).exit_code == 2
    prices.write_text("bid,price,quality\nA,90000,40\nB,free,40\n", "utf-8")
    assert CliRunner().invoke(main, arguments).exit_code == 1
    assert not (tmp_path / "out").exists()
