"""The people served: counted in each and counted once, beside benchmarks and another programme."""

from dataclasses import replace
from fractions import Fraction
from operator import attrgetter

from evaluator.equality.context.coverage import concentration, coverage, overlaps
from evaluator.equality.statistics.disparity import dissimilarity
from evaluator.records.results.coverage import Baseline, Coverage, Grant, Overlap
from tests.unit.equality.small_programmes import bid

BIDS = [bid("B1", "O1", wards=("Bow", "Poplar")), bid("B2", "O2", wards=("Bow",)), bid("B3", "O3", wards=("Weavers",))]
RESIDENTS = Baseline(
    "population", "ward", "Residents", "Made up", "2021-03-21", (("Bow", Fraction(1, 2)), ("Shadwell", Fraction(1, 2)))
)


def rows(grants: list[tuple[int, tuple[str, ...]]], baselines: list[Baseline]) -> dict[str, Coverage]:
    found = coverage(BIDS, {"B1": 100, "B2": 50}, attrgetter("wards"), grants, baselines)
    return {one.name: one for one in found}


def test_a_bid_for_two_wards_counts_in_each_and_its_money_once_in_halves() -> None:
    bow = rows([], [])["Bow"]
    assert (bow.bids, bow.bids_only, bow.awards, bow.awards_only, bow.money, bow.divided) == (2, 1, 2, 1, 150, 100)
    assert sum(one.divided for one in rows([], []).values()) == 150


def test_a_ward_that_only_a_benchmark_or_a_grant_names_has_a_row() -> None:
    found = rows([(30, ("Limehouse", "Bow"))], [RESIDENTS])
    assert (found["Shadwell"].bids, found["Shadwell"].population) == (0, Fraction(1, 2))
    assert (found["Limehouse"].grants, found["Bow"].grants) == (15, 15)


def test_people_are_divided_like_the_money_and_those_of_funded_bids_are_places() -> None:
    bids = [bid("B1", "O1", wards=("Bow", "Poplar"), people=30), bid("B2", "O2", wards=("Bow",), people=7)]
    found = {one.name: one for one in coverage(bids, {"B1": 100}, attrgetter("wards"))}
    assert (found["Bow"].people, found["Bow"].places) == (22, 15)
    assert (found["Poplar"].people, found["Poplar"].places) == (15, 15)


def test_the_part_that_would_have_to_move_is_by_hand() -> None:
    # Bow 100, Poplar 50 of 150; residents half in Bow, half in Shadwell: a third leaves Poplar, a sixth leaves Bow.
    (found,) = concentration("wards", tuple(rows([], [RESIDENTS]).values()))
    assert (found.benchmark, found.programme, found.with_grants) == ("population", Fraction(1, 2), None)


def test_without_a_benchmark_equal_parts_are_taken_and_without_money_nothing_is_said() -> None:
    (found,) = concentration("wards", tuple(rows([(30, ("Bow",))], []).values()))
    assert found.benchmark == "equal parts"
    assert found.with_grants is not None
    assert concentration("wards", ()) == ()
    assert concentration("wards", coverage(BIDS, {}, attrgetter("wards"))) == ()


def test_who_is_funded_by_both_is_named_members_of_consortia_too_with_the_money_of_each() -> None:
    grants = [Grant("Small grants", name, 100) for name in ("O1", "O8", "O9", "O1")]
    bids = [bid("B1", "O1", members=("O9",)), bid("B2", "O2"), bid("B3", "O1")]
    assert overlaps(bids, {"B1": 10, "B2": 20, "B3": 5}, grants) == (Overlap("O1", 15, 200), Overlap("O9", 10, 100))


def test_a_grant_to_an_organisation_by_its_name_is_found_too() -> None:
    """Another team's table of grants seldom has the ids of this programme's register."""
    grants = [Grant("Small grants", " bow  youth trust ", 100), Grant("Small grants", "Bow Youth", 100)]
    named = replace(bid("B1", "O1"), name="Bow Youth Trust")
    assert overlaps([named], {"B1": 10}, grants) == (Overlap("O1", 10, 100),)


def test_indexes_of_concentration_at_their_ends() -> None:
    half = {"a": Fraction(1, 2), "b": Fraction(1, 2)}
    assert dissimilarity(half, half) == 0
    assert dissimilarity({"a": Fraction(1)}, {"b": Fraction(1)}) == 1
