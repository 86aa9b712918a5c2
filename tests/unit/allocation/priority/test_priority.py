"""Best score first: the order, what does not fit, and every outcome where equal bids compete."""

from decimal import Decimal
from typing import Any

import pytest

from evaluator.allocation import allocate
from evaluator.allocation.priority import priority
from evaluator.records.results.allocation import FULL, Allocation, Level
from evaluator.reporting.studies.allocation import allocation_text
from tests.unit.allocation.small_problems import bids, budget, candidate, problem


def by_priority(candidates: list[Any], *rules: dict[str, Any], **policy: Any) -> Allocation:
    return allocate(problem(candidates, *rules, method="priority", **policy))


A, B, C, D = (
    candidate(name, score, cost) for name, score, cost in (("A", 9, 60), ("B", 8, 50), ("C", 7, 40), ("D", 6, 1))
)


def test_skip_passes_over_a_bid_that_does_not_fit() -> None:
    result = by_priority([D, C, B, A], budget(100))
    assert (result.status, bids(result), result.tied) == ("proven", ("A", "C"), (("A", "C"),))
    assert {refusal.bid: refusal.reason for refusal in result.not_awarded} == {"B": "does_not_fit", "D": "does_not_fit"}
    assert "No claim is made that no other set scores more" in result.proof.method


def test_stop_funds_no_further_bid_of_the_theme_and_says_so() -> None:
    youth = candidate("Y", 1, 20, "youth")
    result = by_priority([A, B, C, D, youth], budget(100), on_unaffordable="stop")
    assert bids(result) == ("A", "Y")
    assert {refusal.bid: refusal.reason for refusal in result.not_awarded} == {
        "B": "does_not_fit",
        "C": "does_not_fit",
        "D": "no_further_award",
    }
    assert next(one.explanation for one in result.not_awarded if one.bid == "D") == (
        "A bid before it in the published order did not fit, which ended the awards of its theme; "
        "it scored 6, and of the 1 award in its theme 1 scored higher."
    )


def test_the_minimum_score_comes_before_the_list() -> None:
    result = by_priority([A, D], budget(100), minimum_score="7")
    assert (bids(result), result.not_awarded[0].reason) == (("A",), "below_minimum_score")


def test_rules_across_themes_bind_in_the_order_of_all_scores() -> None:
    youth = candidate("Y", 8, 60, "youth", organisations=("org A",))
    result = by_priority([youth, A, C], budget(200), {"kind": "organisation_awards", "limit": 1})
    assert bids(result) == ("A", "C")


def test_the_tie_break_orders_equal_bids() -> None:
    dear, cheap = candidate("A", 5, 60), candidate("B", 5, 50, wards=("w1",))
    assert bids(by_priority([dear, cheap], budget(60), tie_break=("lower_cost",))) == ("B",)
    assert bids(by_priority([dear, cheap], budget(60), tie_break=("wards_covered",))) == ("B",)


def test_equal_bids_that_compete_for_the_last_money_are_a_tie() -> None:
    result = by_priority([candidate(name, 5, 60) for name in "CBA"], budget(130))
    assert result.tied == (("A", "B"), ("A", "C"), ("B", "C"))
    assert (bids(result), result.tied_complete) == (("A", "B"), True)
    assert "one of 3 equal sets" in allocation_text(result)


def test_equal_bids_that_do_not_compete_are_no_tie() -> None:
    result = by_priority([candidate("A", 5, 60), candidate("B", 5, 60, "youth"), candidate("C", 5, 900)], budget(130))
    assert result.tied == (("A", "B"),)


def test_with_stop_the_order_of_equal_bids_decides_what_ends_the_theme() -> None:
    big, small = candidate("A", 5, 90), candidate("B", 5, 10)
    assert by_priority([big, small], budget(50), on_unaffordable="stop").tied == ((), ("B",))


def test_hundreds_of_equal_bids_are_cut_off_and_the_report_says_so() -> None:
    result = by_priority([candidate(f"B{number:03}", 5, 10) for number in range(400)], budget(100))
    assert (len(result.tied), result.tied_complete, len(result.awards)) == (100, False, 10)


def test_thousands_of_equal_bids_still_end() -> None:
    result = by_priority([candidate(f"B{number:04}", 5, 10) for number in range(4000)], budget(20_000))
    assert (len(result.awards), result.tied_complete) == (2000, False)


def test_a_floor_that_the_list_does_not_meet_is_named_and_nothing_is_recommended() -> None:
    floor = {"kind": "theme_awards", "theme": "youth", "least": 1}
    result = by_priority([A, C, candidate("Y", 1, 20, "youth")], budget(100), floor)
    assert (result.status, result.awards, result.conflict) == ("infeasible", (), ("R2",))
    assert result.not_awarded[0].explanation == (
        "No award is recommended, because the published order does not meet rule R2."
    )
    assert "does not meet R2" in result.proof.method
    assert allocation_text(result).startswith("No award is recommended. The published order does not meet R2.")


def test_linked_bids_are_funded_when_both_fit_whichever_comes_first() -> None:
    linked = {"kind": "linked", "bids": ["A", "C"]}
    assert bids(by_priority([A, C], budget(100), linked)) == ("A", "C")
    assert by_priority([A, B, C], budget(110), linked).status == "infeasible"


def test_a_bid_is_funded_at_the_highest_level_that_fits() -> None:
    levels = tuple(
        Level(name, score, (cost * 100,)) for name, score, cost in ((FULL, 8, 50), ("80%", 6, 40), ("60%", 5, 30))
    )
    result = by_priority([A, candidate("B", 0, 0, levels=levels)], budget(100))
    assert [(one.bid, one.level, one.amount) for one in result.awards] == [("A", FULL, 60_00), ("B", "80%", 40_00)]


@pytest.mark.parametrize(("cap", "complete"), [(2, False), (3, True)])
def test_the_published_cap_holds_for_the_outcomes_of_a_list_too(cap: int, complete: bool) -> None:
    result = by_priority([candidate(name, 5, 60) for name in "CBA"], budget(130), tied_cap=cap, draw_seed="s")
    assert (len(result.tied), result.tied_complete) == (cap, complete)
    assert (result.draw is not None) is complete


def test_a_share_of_what_is_awarded_is_looked_at_when_the_list_is_done() -> None:
    # The first award is all that is awarded so far, whatever theme it is for; the second brings its theme to half.
    share = {"kind": "theme_share", "theme": "*", "most": "50%", "of": "awarded"}
    youth = candidate("Y", 8, 60, "youth")
    result = by_priority([A, youth], budget(120), share)
    assert (result.status, bids(result)) == ("proven", ("A", "Y"))
    assert by_priority([A, B], budget(120), share).conflict == ("R2",)


@pytest.mark.parametrize(
    ("names", "cap", "limit", "sets", "complete"),
    [
        ("ABCD", 2, 41, 1, True),
        ("ABCD", 2, 40, 1, True),
        ("ABCD", 2, 39, 2, False),
        ("AB", 2, 19, 2, True),
    ],
)
def test_equal_bids_that_all_fit_to_the_last_pound_compete_for_nothing(
    names: str, cap: int, limit: int, sets: int, *, complete: bool
) -> None:
    result = by_priority([candidate(name, 5, 10) for name in names], budget(limit), tied_cap=cap)
    assert (len(result.tied), result.tied_complete) == (sets, complete)


@pytest.mark.parametrize(("cap", "sets", "complete"), [(3, 3, False), (4, 4, True), (5, 4, True)])
def test_one_outcome_more_than_the_cap_says_that_there_are_others(cap: int, sets: int, *, complete: bool) -> None:
    # One of A and B, then one of C and D: four outcomes.
    some = [candidate(name, score, 10) for name, score in (("A", 9), ("B", 9), ("C", 8), ("D", 8))]
    pairs = [{"kind": "exclusive", "bids": list(pair)} for pair in ("AB", "CD")]
    result = by_priority(some, *pairs, tied_cap=cap)
    assert (len(result.tied), result.tied_complete) == (sets, complete)


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "theme_budget", "theme": "*", "limit": "60"},
        {"kind": "theme_awards", "theme": "*", "most": 1},
        {"kind": "capacity", "limit": "0.01"},
    ],
)
def test_equal_bids_compete_for_whatever_limit_leaves_room_for_one(rule: dict[str, Any]) -> None:
    some = [candidate(name, 5, 60, hours=Decimal("0.01")) for name in "AB"]
    floor = {"kind": "theme_awards", "theme": "*", "least": 1}
    assert by_priority(some, budget(1000), rule, floor).tied == (("A",), ("B",))


def test_of_levels_that_score_the_same_the_larger_award_comes_first() -> None:
    levels = (Level("60%", 8, (30_00,)), Level(FULL, 8, (50_00,)))
    (award,) = by_priority([candidate("A", 0, 0, levels=levels)], budget(100)).awards
    assert award.level == FULL


def test_every_award_that_leftovers_pay_says_so() -> None:
    some = [candidate(name, score, 40) for name, score in (("A", 9), ("B", 8), ("C", 7))]
    theme = {"kind": "theme_budget", "theme": "*", "limit": "40"}
    result = by_priority(some, budget(120), theme, leftovers=True)
    assert [(one.bid, one.leftovers) for one in result.awards] == [("A", False), ("B", True), ("C", True)]


def test_a_list_that_takes_too_long_is_finished_in_order_of_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(priority, "WORK_CAP", 0)
    some = [candidate(name, score, 10) for name, score in (("A", 9), ("B", 9), ("C", 8), ("D", 7))]
    result = by_priority(some, {"kind": "exclusive", "bids": ["A", "B"]})
    assert (bids(result), result.tied_complete) == (("A", "C", "D"), False)
