"""Where the money goes by ward: parts worked by hand, names in any spelling, a map or tiles that say they are none."""

from dataclasses import replace
from fractions import Fraction

from evaluator.records.programme.procurement.area import Boundaries, Ward
from evaluator.records.results.coverage import Baseline
from evaluator.reporting.shared.places import PlaceMoney, money_by_ward, places
from tests.unit.reporting import small_outcome
from tests.unit.reporting.shared.test_ward_map import square

HALF = Fraction(1, 2)
BOW, MILE_END = PlaceMoney("Bow", Fraction(300), HALF), PlaceMoney("Mile End", Fraction(100), HALF)
DRAWN = Boundaries((Ward("BOW ward", (square(0, 0),)), Ward("Poplar", (square(1000, 0),))), "A survey.", degrees=False)
PLAN = Baseline("population", "ward", "", "", "", (), tiles=(("Bow", 1, 0), ("Mile End", 0, 0)))


def test_a_tile_tells_a_part_of_the_money_over_a_part_of_the_residents() -> None:
    """Three quarters of the money for half of the residents is 1.5 times; a quarter is half of the part."""
    made = places("p", [BOW, MILE_END], None, [PLAN])
    assert made is not None
    assert [(one.ward.text, one.ward.shade, one.column) for one in made.tiles] == [("1.5 ×", 1, 1), ("0.5 ×", 0, 0)]
    assert made.title.startswith("Beside their share of the residents, 1 of 2 wards have two thirds of the money or")
    assert "roughly as the wards lie: this is not a map" in made.note
    assert made.words == "Tiles, not a map. Bow: 1.5 ×; Mile End: 0.5 ×"


def test_without_residents_each_wards_part_is_an_equal_one_and_without_a_plan_tiles_stand_by_name() -> None:
    """A third each: 6/10 over 1/3 is 1.8 times."""
    given = [PlaceMoney(name, Fraction(money)) for name, money in (("A", 6), ("B", 4), ("C", 0))]
    made = places("p", given, None)
    assert made is not None
    assert [one.ward.text for one in made.tiles] == ["1.8 ×", "1.2 ×", "nothing"]
    assert [one.ward.shade for one in made.tiles] == [2, 1, 0]
    assert made.title.startswith("Beside an equal share, 1 of 3 wards")
    assert "in the order of the alphabet: this is not a map" in made.note


def test_made_up_residents_are_said_to_be_so() -> None:
    made = places("p", [BOW], None, [replace(PLAN, synthetic=True)])
    assert made is not None
    assert made.title.endswith("(synthetic)")


def test_a_map_finds_wards_in_any_spelling_and_says_what_it_does_not_show() -> None:
    """Bow has 300 of 400 for half of the residents; Poplar no money; Mile End is not drawn, with 0.5 of its part."""
    made = places("p", [BOW, MILE_END], DRAWN)
    assert made is not None
    assert made.tiles == ()
    assert made.key == [(1, "BOW ward", "1.5 ×"), (2, "Poplar", "nothing")]
    assert "Named by bids and not on the map: Mile End, 0.5 ×." in made.note
    assert made.note.endswith("Boundaries: A survey.")
    assert "3 wards" in made.title
    assert [one.ward.shade for one in made.drawn] == [1, 0]  # light ones last, whose borders are dark


def test_two_spellings_of_one_ward_are_one_ward_on_the_map() -> None:
    other = PlaceMoney("bow", Fraction(100))
    made = places("p", [BOW, other], DRAWN)
    assert made is not None
    assert "not on the map" not in made.note
    assert made.words.startswith("Map. BOW ward: 2.0 ×; Poplar: nothing")


def test_where_no_money_falls_nothing_is_drawn() -> None:
    nothing = [PlaceMoney("Bow", Fraction(0))]
    assert places("p", nothing, None) is None
    assert places("p", nothing, DRAWN) is None
    assert places("p", [], None) is None


def test_an_award_is_divided_equally_among_the_wards_that_its_bid_names() -> None:
    first, second, *_ = small_outcome.evaluation().bids
    bids = [replace(first, wards=("Bow", "Mile End", "Bow")), replace(second, wards=("Bow",))]
    assert money_by_ward(bids, {first.id: 101}) == (
        PlaceMoney("Bow", Fraction(101, 2)),
        PlaceMoney("Mile End", Fraction(101, 2)),
    )
