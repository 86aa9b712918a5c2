"""What else could have been published, by hand: six bids of £100, three of a group that scores less."""

from fractions import Fraction
from importlib import import_module
from typing import Any

import pytest

from evaluator.allocation import allocate, allocation_problem
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.studies.gap_options import Change, GapBids, GapOptions
from evaluator.records.submissions.evaluation import NO_MARK, Bid, Decision, Evaluation, ThemeBids
from evaluator.records.submissions.received import Table
from evaluator.scoring import score
from evaluator.studies.gap_options import gap_options
from tests.unit.equality.small_programmes import REGISTER, bid, criteria

MARKS = {"A": 5, "B": 5, "C": 5, "D": 4, "E": 3, "F": 2}  # 20 points a mark
GROUP = frozenset("DEF")
MERIT = {"id": "M1", "kind": "merit_order", "title": "", "theme": "*", "unaffordable": "stop", "max_gap": "0"}


def published(limit: int, *rules: dict[str, Any], **theme: Any) -> Criteria:
    made = criteria().model_dump(by_alias=True)
    made["scale"]["mark"] = tuple({"mark": m, "label": m, "descriptor": m} for m in "012345")
    made["common"] = (
        {"id": "Q", "title": "Q", "text": "?", "good_answer": "G", "relative_weight": "1", "source": "S"},
    )
    made["themes"] = ({**made["themes"][0], **theme},)
    budget = {"id": "R1", "kind": "budget", "title": "Budget", "limit": str(limit), "source": "S"}
    ruled = tuple(one | {"source": "S"} for one in rules)
    made["allocation"] = {"method": "optimise", "source": "S", "rule": (budget, *ruled)}
    return Criteria.model_validate(made)


def bids(**facts: Any) -> tuple[Bid, ...]:
    return tuple(bid(name, f"O{name}", small=name == "D", **facts) for name in MARKS)


def options(made: Criteria, offered: tuple[Bid, ...], shut: dict[str, Decision] | None = None) -> GapOptions:
    marks = bytes(MARKS[one.id] for one in offered)
    nothing = Table({}, ())
    evaluation = Evaluation((ThemeBids("T", offered, ("Q",), marks, shut or {}),), (), (), nothing, None)
    scores = score(made, evaluation)
    allocation = allocate(allocation_problem(made, evaluation, scores))
    (found,) = gap_options(made, evaluation, scores, allocation, [GapBids("led_by", "Yes", GROUP)])
    return found


def by_kind(found: GapOptions) -> dict[str, Change]:
    return {one.kind: one for one in found.changes}


def test_a_floor_costs_the_points_between_the_bid_that_comes_in_and_the_one_that_goes() -> None:
    """£300 fund A, B and C with 100 points each. Its half of the bids would be two of three awards, rounded up."""
    found = options(published(300), bids())
    told = by_kind(found)
    assert (found.bids, found.awards) == (3, 0)
    assert (told["one_more"].lost, told["one_more"].gained, told["one_more"].moved) == (20, ("D",), 100_00)
    assert (told["own_share"].lost, told["own_share"].gained, told["own_share"].awards) == (60, ("D", "E"), 2)
    assert len(told["own_share"].displaced) == 2
    assert set(told["own_share"].displaced) < set("ABC")


def test_a_floor_for_small_organisations_reaches_the_group_only_through_its_small_bids() -> None:
    small = by_kind(options(published(300), bids()))["small"]
    assert small.words == "at least 16 % of awards for small organisations, as of bids"
    assert (small.lost, small.awards, small.gained) == (20, 1, ("D",))


def test_what_is_as_recommended_already_costs_nothing_and_displaces_nobody() -> None:
    lots = by_kind(options(published(300), bids()))["lots"]  # all bids have one price
    assert (lots.lost, lots.moved, lots.displaced, lots.awards) == (0, 0, (), 0)


def test_smaller_lots_let_three_of_four_awards_go_to_bids_up_to_the_middle_price() -> None:
    """A and B ask £150, the others £100, the middle. £400 fund A, B and C: 300 points; of £100 each C to F: 280."""
    offered = tuple(bid(name, f"O{name}", price=150_00 if name in "AB" else 100_00) for name in MARKS)
    lots = by_kind(options(published(400), offered))["lots"]
    assert "(£100)" in lots.words
    assert (lots.lost, lots.gained, lots.displaced, lots.moved) == (20, ("D", "E", "F"), ("A", "B"), 300_00)


def test_without_minimums_the_bids_below_them_count_what_their_marks_are_worth() -> None:
    """A minimum of 90 % keeps out D, E and F; £500 fund the two best of them beside A, B and C."""
    told = by_kind(options(published(500, minimum_quality="90%"), bids()))["minimums"]
    assert (told.lost, told.awards, told.gained, told.displaced) == (Fraction(-140), 2, ("D", "E"), ())


def test_a_bid_that_failed_a_gate_comes_back_only_if_it_was_marked() -> None:
    shut = Decision("D", "failed_gate", "insurance", "disregard", "No.", "Rule", "A Person", "", "", REGISTER)
    told = by_kind(options(published(400), bids(), {"D": shut}))["gates"]
    assert (told.words, told.gained) == ("no gates, or help to pass them: 1 bid marked all the same ranked", ("D",))
    assert told.displaced == ("E",)
    excluded = Decision("D", "failed_gate", "g", "excluded", "No.", "", "P", "", "", REGISTER, standing="excluded")
    assert "gates" not in by_kind(options(published(400), bids(), {"D": excluded}))
    MARKS["D"] = NO_MARK % 256
    try:
        assert "gates" not in by_kind(options(published(400), bids(), {"D": shut}))
    finally:
        MARKS["D"] = 4


def test_a_floor_that_the_order_of_rank_forbids_is_held_against_awards_without_that_order() -> None:
    """With the order of rank no floor can be kept on £300; without it the floor alone costs 20 points, as before."""
    told = by_kind(options(published(300, MERIT), bids()))
    assert (told["one_more"].off_ranking, told["one_more"].lost) == (True, 20)
    assert not told["lots"].off_ranking


def test_what_leaving_the_order_of_rank_gains_is_not_counted_for_a_floor() -> None:
    """A asks £300 of £350, so only B and C are funded; D may not be before A. Without the order B, C and D are best.

    They keep the floor already: it costs nothing, though the order of rank costs 80 points.
    """
    offered = tuple(bid(name, f"O{name}", price=300_00 if name == "A" else 100_00) for name in MARKS)
    told = by_kind(options(published(350, MERIT), offered))["one_more"]
    assert (told.off_ranking, told.lost, told.gained) == (True, 0, ("D",))


def test_a_floor_that_no_set_of_awards_reaches_has_no_price_and_stands_last() -> None:
    """£300 are all spent on A, B and C, which must be funded."""
    must = ({"id": f"F{name}", "kind": "must_fund", "title": "", "bid": name} for name in "ABC")
    *_, last, very_last = options(published(300, *must), bids()).changes
    assert {last.status, very_last.status} == {"infeasible"}
    assert (last.lost, last.gained, last.displaced) == (None, (), ())


def test_the_least_costly_stand_first() -> None:
    lost = [one.lost for one in options(published(300), bids()).changes]
    assert lost == sorted(lost, key=lambda value: value or 0)


def test_another_basis_of_prices_is_tried_where_every_bid_has_what_it_takes() -> None:
    """A serves 1 person for £100 and D serves 10: by the person D's price is the lowest, and A earns a tenth of it."""
    price = {"method": "lowest_price_ratio", "basis": "whole_life", "source": "S"}
    made = published(300, weights={"Q": "20", "price": "80"}, price=price)
    offered = tuple(bid(name, f"O{name}", people=10 if name in "DEF" else 1, by_year=(100_00,)) for name in MARKS)
    told = [one for one in options(made, offered).changes if one.kind == "basis"]
    (person,) = (one for one in told if "person" in one.words)
    assert (person.awards, person.gained) == (3, ("D", "E", "F"))
    assert person.lost == 20 - 16 + 20 - 12 + 20 - 8  # the published points of A, B, C less those of D, E, F
    assert not [one for one in options(made, bids()).changes if "person" in one.words]  # nobody says how many


def test_the_work_is_bounded_and_what_it_does_not_reach_is_told_as_not_worked_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Six candidates at each solving: with room for two, the third and later ones are not tried."""
    monkeypatch.setattr(import_module("evaluator.studies.gap_options"), "MOST_SOLVED", 12)
    told = [one.status for one in options(published(300), bids()).changes if one.kind != "lots"]
    assert told.count("proven") == 2
    assert set(told) == {"proven", "not_proven"}


@pytest.mark.parametrize("seed", range(3))
def test_no_option_tells_more_awards_than_the_group_has_bids(seed: int) -> None:
    for one in options(published(100 * (seed + 2)), bids()).changes:
        assert 0 <= one.awards <= 3
        assert not set(one.gained) & set(one.displaced)
