"""What would have turned a decision under an order of merit: by hand, and against every set of awards on both sides."""

from dataclasses import replace
from typing import Any

import pytest

from evaluator.allocation import all_cases, allocate, explain_bid
from evaluator.allocation.counterfactuals import by_merit
from evaluator.allocation.counterfactuals.by_merit import ByMerit
from evaluator.allocation.counterfactuals.by_objectives import Told
from evaluator.allocation.counterfactuals.changes import cheaper, raised, scored, with_candidate
from evaluator.allocation.oracle.theme_bounds import ThemeMemory
from evaluator.records.results.allocation import Problem
from evaluator.records.results.counterfactuals import BidCase, Need
from tests.unit.allocation.merit_by_enumeration import best_sets, random_merit
from tests.unit.allocation.small_problems import budget, candidate, problem

A, B, C = candidate("A", 90, 60), candidate("B", 80, 50), candidate("C", 70, 40)
MERIT = {"id": "M1", "kind": "merit_order", "theme": "*"}


def case(made: Problem, bid: str) -> BidCase:
    return explain_bid(made, allocate(made), bid)


def needs(found: BidCase) -> list[tuple[str, str, int | None]]:
    return [(one.change, one.verdict, one.amount) for one in found.needs]


def test_the_next_bid_is_short_of_money_and_the_one_after_it_waits() -> None:
    # A (£60) is funded of £100. B (£50) is £10 short; with 11 points more it stands first, and £50 then pay no other.
    made = problem([A, B, C], budget(100), MERIT)
    assert needs(case(made, "B")) == [("score", "found", 11), ("cost", "found", 10), ("budget", "found", 10)]
    # Level with B, C waits for it no longer, and A and C fit; until then no lower cost helps it.
    found = case(made, "C")
    assert needs(found) == [("score", "found", 10), ("cost", "impossible", None)]
    assert "better-ranked bids of its theme come before it" in found.needed[1]


def test_a_bid_that_its_own_organisation_s_awards_stop_is_told_so() -> None:
    two = replace(B, organisations=A.organisations)
    rules = (budget(200), {"kind": "organisation_awards", "limit": 1}, MERIT | {"passes_over": ["R2"]})
    found = case(problem([A, two, C], *rules), "B")
    assert needs(found) == [("score", "found", 11), ("cost", "impossible", None), ("budget", "impossible", None)]
    assert next(one for one in found.needs if one.change == "budget").rules == ("R2",)


def test_what_a_funded_bid_could_lose_is_its_lead_over_the_next() -> None:
    # £60 pay A or B: 10 points fewer leave A level with B, so that either could be funded.
    assert needs(case(problem([A, B], budget(60), MERIT), "A")) == [("score", "found", 10)]


def test_every_amount_turns_the_decision_and_one_less_does_not() -> None:
    tried = 0
    for seed in range(400, 440):
        made = random_merit(seed, 5)
        allocation = allocate(made)
        if allocation.status != "proven":
            continue
        for one in made.candidates:
            found = explain_bid(made, allocation, one.bid)
            for need in found.needs:
                tried += need.verdict == "found"
                _agrees(made, one, found, need, seed)
    assert tried >= 50


def _agrees(made: Problem, one: Any, found: BidCase, need: Need, seed: int) -> None:
    def sure(amount: int) -> bool:
        if need.change == "budget":
            changed = raised(made, need.rules, amount)
        else:
            moved = cheaper(one, amount) if need.change == "cost" else scored(one, -amount if found.funded else amount)
            changed = with_candidate(made, moved)
        sets = best_sets(changed)
        return bool(sets) and all(any(name.split(" ")[0] == one.bid for name in names) for names in sets)

    if need.verdict == "found" and need.amount is not None:
        assert sure(need.amount) is not found.funded, (seed, one.bid, need)
        assert need.amount == 0 or sure(need.amount - 1) is found.funded, (seed, one.bid, need)
    if need.verdict == "impossible" and need.change == "score" and not found.funded:
        assert not sure(100), (seed, one.bid)


def told_by(cases: tuple[BidCase, ...], more: int) -> Told:
    return {(one.bid, need.change): need.amount + more for one in cases for need in one.needs if need.amount}


def test_what_somebody_says_would_have_turned_a_decision_is_never_taken_unchecked() -> None:
    tried = 0
    for seed in range(440, 455):
        made = random_merit(seed, 5)
        allocation = allocate(made)
        cases = all_cases(made, allocation)
        for more in (0, 1, 40):
            assert all_cases(made, allocation, told=told_by(cases, more)) == cases, (seed, more)
            tried += len(told_by(cases, more))
    assert tried > 60


def test_amounts_of_another_problem_shorten_the_search_and_change_nothing_that_is_found() -> None:
    shortened = 0
    for seed in range(440, 455):
        made, other = random_merit(seed, 5), random_merit(seed + 1, 5)
        allocation = allocate(made)
        cases = all_cases(made, allocation)
        for likely in (told_by(cases, 0), told_by(cases, 1), told_by(all_cases(other, allocate(other)), 0)):
            assert all_cases(made, allocation, likely=likely) == cases, seed
            shortened += len(ByMerit(made, allocation, ThemeMemory()).only(likely))
    assert shortened > 40


def test_an_amount_of_money_that_may_not_be_the_only_one_is_never_taken() -> None:
    """A lower cost may let others be affordable who then come first, or leave a theme short of its least."""
    likely = {("C", change): 5 for change in ("score", "cost", "budget")}
    floor = {"id": "T1", "kind": "theme_budget", "theme": "advice", "least": "10"}
    money_is_a_ground = {**MERIT, "unaffordable": "pass_over"}
    for rules in ((MERIT,), (MERIT, floor), (money_is_a_ground,)):
        made = problem([A, B, C], budget(100), *rules)
        only = ByMerit(made, allocate(made), ThemeMemory()).only(likely)
        assert {change for _, change in only} == {"score"}


def test_what_is_said_rightly_is_checked_on_both_sides_and_not_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made = problem([A, B, C], budget(100), MERIT)
    allocation = allocate(made)
    cases = all_cases(made, allocation)
    asked: list[int] = []
    monkeypatch.setattr(by_merit, "turning_point", lambda *_: asked.append(1))
    assert all_cases(made, allocation, told=told_by(cases, 0)) == cases
    assert not asked
    all_cases(made, allocation)
    assert asked
