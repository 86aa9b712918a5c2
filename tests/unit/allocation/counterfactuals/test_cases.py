"""What would have funded a bid: worked by hand, and against brute force on small random problems."""

from dataclasses import replace
from typing import Any

import pytest

from evaluator.allocation import all_cases, allocate, explain_bid
from evaluator.allocation.counterfactuals.changes import cheaper, scored
from evaluator.records.results.allocation import Candidate, Problem, Refusal
from evaluator.records.results.counterfactuals import BidCase, Need
from tests.unit.allocation.small_problems import best_allocations, budget, candidate, problem, random_problem

A, B, C = candidate("A", 9, 60), candidate("B", 8, 50), candidate("C", 7, 40)


def case(made: Problem, bid: str, **greatest: int) -> BidCase:
    return explain_bid(made, allocate(made), bid, greatest)


def need(found: BidCase, change: str) -> Need:
    return next(one for one in found.needs if one.change == change)


def test_what_a_refused_bid_would_have_needed_is_worked_out_by_hand() -> None:
    """With 100: A and C (16) win over B and C (15). B needs 1 point to come level and 2 to win.
    At £40 A and B (17) fit; with £10 more A and B (17) cost the 110."""
    found = case(problem([A, B, C], budget(100)), "B")
    assert [(one.change, one.verdict, one.amount) for one in found.needs] == [
        ("score", "found", 2),
        ("cost", "found", 10),
        ("budget", "found", 10),
    ]
    assert need(found, "budget").rules == ("R1",)
    assert (found.gained, found.lost) == ((), ("A",))


def test_where_the_tie_break_favours_it_coming_level_is_enough() -> None:
    assert need(case(problem([A, B, C], budget(100), tie_break=("lower_cost",)), "B"), "score").amount == 1


def test_more_points_than_are_open_to_a_bid_means_that_no_score_could_have_won() -> None:
    made = problem([A, B, C], budget(100))
    assert not need(case(made, "B", advice=10), "score").beyond
    assert need(case(made, "B", advice=9), "score").beyond


def test_a_bid_that_the_rules_do_not_allow_under_any_score_names_them() -> None:
    rules = (budget(1000), {"kind": "must_fund", "bid": "A"}, {"kind": "exclusive", "bids": ["A", "B"]})
    found = need(case(problem([A, B, C], *rules), "B"), "score")
    assert (found.verdict, found.rules) == ("impossible", ("R2", "R3"))


def test_what_a_funded_bid_could_lose_and_what_changes_if_it_withdraws() -> None:
    """Without A the best is B and C (15): A leads by 1, so a loss of 1 comes level and makes the award unsure."""
    found = case(problem([A, B, C], budget(100)), "A")
    assert (found.funded, need(found, "score").amount) == (True, 1)
    assert (found.gained, found.lost) == (("B",), ())


def test_a_bid_that_must_be_funded_has_no_score_to_lose_except_below_the_minimum() -> None:
    must = {"kind": "must_fund", "bid": "B"}
    found = need(case(problem([A, B, C], budget(100), must), "B"), "score")
    assert (found.verdict, found.rules) == ("impossible", ("R2",))


def test_a_bid_below_the_minimum_score_needs_at_least_the_minimum() -> None:
    made = problem([A, B, candidate("D", 3, 10)], budget(1000), minimum_score="5")
    assert need(case(made, "D"), "score").amount == 2
    assert need(case(made, "A"), "score").amount == 5  # 9 less 5 is 4, below 5


def test_a_bid_that_never_reached_the_model_has_its_reason_and_nothing_else() -> None:
    made = problem([A], budget(100), refused=(Refusal("Z", "advice", "disregarded", "Disregarded by decision."),))
    found = case(made, "Z")
    assert (found.eligible, found.why, found.needs) == (False, "Disregarded by decision.", ())
    with pytest.raises(KeyError):
        case(made, "nobody")


def test_a_tied_bid_is_told_in_how_many_equal_sets_it_is_and_that_one_point_more_decides() -> None:
    made = problem([candidate("A", 5, 60), candidate("B", 5, 60)], budget(100))
    assert (case(made, "B").in_equal_sets, case(made, "B").equal_sets) == (1, 2)
    assert need(case(made, "B"), "score").amount == 1
    assert need(case(made, "A"), "score").amount == 0


def test_money_can_fund_a_bid_and_more_of_it_fund_others_in_its_place() -> None:
    """One award, 9 points at £60 or 8 at £50 or 7 at £40. With £40: C. With £10 more B, until £20 more fund A."""
    made = problem([A, B, C], budget(40), {"kind": "theme_awards", "theme": "advice", "most": 1})
    found = need(case(made, "B"), "budget")
    assert (found.verdict, found.amount, found.lasts) == ("found", 10, False)
    assert need(case(made, "A"), "budget") == Need("budget", "found", 20, rules=("R1",))


def test_where_no_sum_would_fund_a_bid_the_rules_that_keep_it_out_are_named() -> None:
    dear = candidate("D", 6, 70)
    made = problem([A, C, dear], budget(40), {"kind": "theme_awards", "theme": "advice", "most": 1})
    found = case(made, "D")
    assert (need(found, "budget").verdict, need(found, "budget").rules) == ("impossible", ("R2",))
    assert "No larger budget alone would have funded it" in " ".join(found.sentences)


def test_a_sum_that_is_not_looked_for_to_the_end_says_how_far_it_was() -> None:
    """Stretches up to £100: C; then B from £10 and A from £20 more. One stretch a part is too few for all."""
    made = problem([A, B, C], budget(40), {"kind": "theme_awards", "theme": "advice", "most": 1})
    found = explain_bid(made, allocate(made), "A", steps=1)
    assert need(found, "budget").verdict in ("others_first", "not_established")


@pytest.mark.parametrize("method", ["priority", "fixed_lots"])
def test_in_a_list_a_bid_needs_to_be_before_the_one_that_took_its_place(method: str) -> None:
    made = problem([A, B], budget(100), method=method)
    found = case(made, "B")
    assert need(found, "score").amount == 2  # 10, before A's 9
    assert need(found, "cost").amount == (10 if method == "priority" else None)
    assert need(case(made, "A"), "score").amount == 1  # 8 is level with B


def test_in_a_list_a_bid_that_costs_more_than_the_budget_is_told_the_rule() -> None:
    found = need(case(problem([A, candidate("D", 8, 500)], budget(100), method="priority"), "D"), "score")
    assert (found.verdict, found.rules) == ("impossible", ("R1",))


def surely(made: Problem, bid: str) -> bool:
    best = best_allocations(made)
    return bool(best) and all(any(one.bid == bid for one, _ in taken) for taken in best)


def changed(made: Problem, one: Candidate) -> Problem:
    return replace(made, candidates=tuple(one if other.bid == one.bid else other for other in made.candidates))


def raised(made: Problem, found: Need, pounds: int) -> Problem:
    def more(rule: Any) -> Any:
        years = 1 if getattr(rule, "year", None) else 2
        return rule.model_copy(update={"limit": rule.limit + years * pounds})

    return replace(made, rules=tuple(more(rule) if rule.id in found.rules else rule for rule in made.rules))


@pytest.mark.parametrize("seed", range(24))
def test_every_need_is_what_brute_force_says_on_both_sides(seed: int) -> None:
    made = random_problem(seed, bids=5)
    result = allocate(made)
    if result.status != "proven":
        return
    for one in made.candidates:
        found = explain_bid(made, result, one.bid)
        for what in found.needs:
            if what.verdict != "found":
                continue
            assert what.amount is not None
            for amount, turned in ((what.amount, True), (what.amount - 1, False)):
                if amount >= 0:
                    assert (surely(after(made, one, found.funded, what, amount), one.bid) != found.funded) == turned
        score = need(found, "score")
        if score.verdict == "impossible" and not found.funded:
            assert not surely(changed(made, scored(one, 1000)), one.bid)


def after(made: Problem, one: Candidate, funded: bool, what: Need, amount: int) -> Problem:
    if what.change == "score":
        return changed(made, scored(one, -amount if funded else amount))
    return changed(made, cheaper(one, amount)) if what.change == "cost" else raised(made, what, amount)


def test_cases_can_be_split_and_come_out_the_same() -> None:
    made = problem([A, B, C, candidate("D", 6, 40, "other"), candidate("E", 5, 30, "other")], budget(160))
    result = allocate(made)
    told: list[str] = []
    whole = all_cases(made, result, report_progress=told.append)
    assert whole == tuple(explain_bid(made, result, bid) for bid in "ABCDE")
    assert told[0] == "Finding whom more money would fund: 1 of 1 sums"
    assert told[-1] == "Finding what would have changed each decision: 5 of 5 bids"
