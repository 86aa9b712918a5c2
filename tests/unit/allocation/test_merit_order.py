"""Orders of merit: hand-worked cases, and random problems against every set of awards there is."""

import random
from dataclasses import replace
from typing import Any

import pytest

from evaluator.allocation import Redrawn, allocate, best_set, broken, verify, with_comparison
from evaluator.records.results.allocation import FULL, Level
from tests.unit.allocation.merit_by_enumeration import best_sets, every_set, keeps_every_rule, random_merit
from tests.unit.allocation.small_problems import award, bids, budget, candidate, problem

A, B, C = candidate("A", 90, 60), candidate("B", 80, 50), candidate("C", 70, 40)
X = candidate("X", 60, 45, theme="youth")


def merit(theme: str = "*", **more: Any) -> dict[str, Any]:
    return {"id": "M1", "kind": "merit_order", "theme": theme} | more


def why(result: Any, bid: str) -> tuple[str, str]:
    refusal = next(one for one in result.not_awarded if one.bid == bid)
    return refusal.reason, refusal.explanation


def test_without_it_two_cheaper_bids_take_the_place_of_a_better_one_and_with_it_they_do_not() -> None:
    # £90 pay B and C with 150 points, or A alone with 90.
    assert bids(allocate(problem([A, B, C], budget(90)))) == ("B", "C")
    assert bids(allocate(problem([A, B, C], budget(90), merit()))) == ("A",)


def test_money_that_is_too_little_ends_a_theme_or_passes_a_bid_over() -> None:
    # After A £40 are left: not enough for B, enough for C. X of another theme costs £45.
    stopped = allocate(problem([A, B, C, X], budget(100), merit()))
    assert bids(stopped) == ("A",)
    assert why(stopped, "B") == (
        "does_not_fit",
        "It is the next in its theme. Funding it as well would take all awards together £10 over the limit of £100 "
        "(rule R1); it scored 80, and of the 1 award in its theme 1 scored higher.",
    )
    assert why(stopped, "C") == (
        "not_its_turn",
        "1 better-ranked bid of its theme is not funded, and rule M1 lets it be funded only after it; it scored 70, "
        "and of the 1 award in its theme 1 scored higher.",
    )
    passed = allocate(problem([A, B, C, X], budget(100), merit(unaffordable="pass_over")))
    assert bids(passed) == ("A", "C")
    assert why(passed, "B") == (
        "passed_over",
        "Rule M1 passes over it: funding it beside the awards of the other themes and those ranked at or above it in "
        "its own would take all awards together £10 over the limit of £100 (rule R1); it scored 80, and of the 2 "
        "awards in its theme 1 scored higher and 1 scored lower.",
    )


def test_a_limit_on_one_organisation_is_a_ground_only_where_the_rule_names_it() -> None:
    two = replace(B, organisations=A.organisations)
    one_each = {"kind": "organisation_awards", "limit": 1}
    assert bids(allocate(problem([A, two, C], budget(200), one_each, merit()))) == ("A",)
    named = allocate(problem([A, two, C], budget(200), one_each, merit(passes_over=["R2"])))
    assert bids(named) == ("A", "C")
    assert "give organisation org A 2 awards, where at most 1 may be made (rule R2)" in why(named, "B")[1]


def test_a_bid_is_tried_beside_other_themes_and_what_is_ranked_at_or_above_it_and_not_beside_what_it_outranks() -> None:
    # C, of A's organisation, is worse-ranked: that it is funded is no ground to pass A over. X, of another theme, is.
    same = replace(C, organisations=A.organisations)
    one_each = {"kind": "organisation_awards", "limit": 1}
    rules = (one_each, merit("advice", passes_over=["R1"]), {"kind": "must_fund", "bid": "C"})
    assert allocate(problem([A, same], *rules)).status == "infeasible"
    other = replace(X, organisations=A.organisations)
    rules = (one_each, merit("advice", passes_over=["R1"]), {"kind": "must_fund", "bid": "X"})
    assert bids(allocate(problem([A, C, other], *rules))) == ("C", "X")


def test_a_bid_beyond_a_limit_by_itself_is_waited_for_by_nobody() -> None:
    assert bids(allocate(problem([A, B, C], budget(55), merit()))) == ("B",)  # A asks £60
    assert bids(allocate(problem([A, B, C], budget(55), merit(), minimum_score="75"))) == ("B",)


def test_a_gap_lets_a_bid_pass_over_one_that_is_at_most_so_many_points_ahead() -> None:
    assert bids(allocate(problem([A, B, C], budget(90), merit(max_gap="20")))) == ("B", "C")  # C is 20 behind A
    assert bids(allocate(problem([A, B, C], budget(90), merit(max_gap="19.99")))) == ("A",)
    passed = allocate(problem([A, B, C], budget(90), merit(max_gap="20")))
    words = "Rule M1 passes over it, since the awards ranked below it in its theme are at most 20 points behind it"
    assert why(passed, "A")[1].startswith(words)


def test_bids_of_equal_rank_do_not_bind_one_another_and_bands_make_ranks() -> None:
    equal = candidate("E", 90, 50)
    assert allocate(problem([A, equal], budget(60), merit())).tied == (("A",), ("E",))
    # One band from 70 on: all are equal, and the best two are those that the objectives prefer.
    assert bids(allocate(problem([A, B, C], budget(90), merit(bands=["70"])))) == ("B", "C")
    # In the band the cheaper goes first: C (£40), then B (£50); A comes after both, and £110 pay no third.
    cheaper = merit(bands=["70"], tie_break=["lower_cost"])
    assert bids(allocate(problem([A, B, C], budget(110), cheaper))) == ("B", "C")
    assert bids(allocate(problem([A, B, C], budget(110), merit()))) == ("A", "B")


def test_a_bid_funded_in_part_is_funded_and_is_tried_at_its_lowest_usable_level() -> None:
    part = candidate("A", 0, 0, levels=(Level(FULL, 90, (6000,)), Level("50%", 45, (3000,))))
    result = allocate(problem([part, B], budget(80), merit()))
    assert result.tied == (("A at 50%", "B"),)
    whole = {"kind": "least_level", "least": "60%"}
    assert bids(allocate(problem([part, B], budget(80), whole, merit()))) == ("A",)


def test_a_linked_bid_is_tried_with_its_partner() -> None:
    # A is linked with X (£45): together they cost £105, so that A is passed over where money is a ground.
    linked = {"kind": "linked", "bids": ["A", "X"]}
    assert bids(allocate(problem([A, B, X], budget(100), linked, merit()))) == ()
    assert bids(allocate(problem([A, B, X], budget(100), linked, merit(unaffordable="pass_over")))) == ("B",)


def test_bids_that_exclude_each_other_are_a_ground_by_the_word_excludes() -> None:
    apart = replace(B, excludes=("A",))
    assert bids(allocate(problem([A, apart, C], budget(200), merit()))) == ("A",)
    assert bids(allocate(problem([A, apart, C], budget(200), merit(passes_over=["excludes"])))) == ("A", "C")


def test_two_themes_refusals_can_rest_on_each_other() -> None:
    # One organisation's A and Y, one award for it: without A the order goes on only if Y is funded, and the other way.
    y, z = candidate("Y", 60, 10, theme="youth", organisations=("org A",)), candidate("Z", 50, 10, theme="youth")
    made = problem([A, C, y, z], {"kind": "organisation_awards", "limit": 1}, merit(passes_over=["R1"]))
    assert bids(allocate(made)) == ("A", "C", "Z")


def test_a_must_that_clashes_names_the_rule_of_merit_with_its_repairs() -> None:
    made = problem([A, B], budget(60), {"kind": "must_fund", "bid": "B"}, merit())
    result = allocate(made)
    assert set(result.conflict) == {"R1", "R2", "M1"}
    told = {(one.rule, one.repaired) for one in result.repairs}
    assert told == {("R1", "£110"), ("R2", "left out"), ("M1", "left out")}


def test_what_it_costs_shows_beside_the_best_set_without_it() -> None:
    made = problem([A, B, C], budget(90), merit())
    told = {one.method: one for one in with_comparison(made, allocate(made)).methods}
    free = told["optimise_without_merit_order"]
    assert (told["optimise"].score, free.score, free.gained, free.lost) == (90, 150, ("B", "C"), ("A",))
    plain = problem([A, B, C], budget(90))
    assert "optimise_without_merit_order" not in {one.method for one in with_comparison(plain, allocate(plain)).methods}


def test_a_study_that_asks_again_and_again_finds_the_same_sets() -> None:
    for seed in range(60):
        made = random_merit(seed)
        best, found = best_sets(made), best_set(made)
        whole = [tuple(name.split(" ")[0] for name in names) for names in best]
        assert (found in whole) if best else found is None, seed
        redrawn = Redrawn(made).best_of(made)
        assert (redrawn in whole) if best else redrawn is None, seed


def test_fund_first_funds_what_is_up_to_a_rank_or_from_a_score_on_and_the_best_of_the_rest() -> None:
    first = {"id": "F1", "kind": "fund_first", "theme": "advice"}
    assert bids(allocate(problem([A, B, C, X], budget(150), first | {"rank": 1}))) == ("A", "B", "C")
    assert bids(allocate(problem([A, B, C, X], budget(105), first | {"rank": 1}))) == ("A", "C")
    assert bids(allocate(problem([A, B, C], budget(90), first | {"score": "90"}))) == ("A",)
    assert bids(allocate(problem([A, B, C], budget(90), first | {"score": "90.01"}))) == ("B", "C")
    clash = allocate(problem([A, B, C], budget(100), first | {"score": "80"}))
    assert set(clash.conflict) == {"R1", "F1"}


@pytest.mark.parametrize("hundred", range(3))
def test_300_random_problems_come_to_what_every_set_of_awards_says_by_both_solvers(hundred: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        made = random_merit(seed)
        best, result, again = best_sets(made), allocate(made), allocate(made, by_cbc=True)
        assert result.status == ("proven" if best else "infeasible"), seed
        assert sorted(result.tied) == best, seed
        assert (again.status, again.tied, again.conflict) == (result.status, result.tied, result.conflict), seed


def test_the_random_problems_try_what_they_are_meant_to_try() -> None:
    plain, bound, passed, tied = 0, 0, 0, 0
    for seed in range(300):
        made = random_merit(seed)
        free = replace(made, rules=tuple(rule for rule in made.rules if rule.kind != "merit_order"))
        best = best_sets(made)
        plain += bool(best)
        bound += best != best_sets(free)
        tied += len(best) > 1
        passed += any(one.reason == "passed_over" for one in allocate(made).not_awarded)
    assert min(plain, 300 - plain, bound, passed, tied) >= 15, (plain, bound, passed, tied)


def test_neither_the_names_nor_the_order_of_bids_change_anything() -> None:
    for seed in range(300, 340):
        made = random_merit(seed)
        dice = random.Random(seed)
        fresh = [f"Z{number}" for number in range(len(made.candidates))]
        dice.shuffle(fresh)
        new = {one.bid: name for one, name in zip(made.candidates, fresh, strict=True)} | {"gone": "gone"}
        renamed = [
            replace(one, bid=new[one.bid], excludes=tuple(new[other] for other in one.excludes))
            for one in made.candidates
        ]
        dice.shuffle(renamed)
        changed = replace(made, candidates=tuple(renamed), rules=tuple(_renamed(rule, new) for rule in made.rules))
        here, there = allocate(made), allocate(changed)
        sets = [sorted(name.replace(name[:2], new[name[:2]]) for name in one) for one in here.tied]
        assert sorted(sets) == sorted(sorted(one) for one in there.tied), seed


def _renamed(rule: Any, new: dict[str, str]) -> Any:
    told = {"bids": tuple(new[bid] for bid in rule.bids)} if hasattr(rule, "bids") else {}
    return rule.model_copy(update=told | ({"bid": new[rule.bid]} if hasattr(rule, "bid") else {}))


def test_a_conflict_is_real_and_every_rule_in_it_is_needed() -> None:
    for seed in range(150):
        made = random_merit(seed)
        result = allocate(made)
        if result.status != "infeasible":
            continue
        sets = list(every_set(made))
        assert not any(keeps_every_rule(made, taken, result.conflict) for taken in sets), seed
        for rule in result.conflict:
            fewer = [one for one in result.conflict if one != rule]
            assert any(keeps_every_rule(made, taken, fewer) for taken in sets), (seed, rule)


def test_what_an_explanation_says_the_checker_finds() -> None:
    for seed in range(120):
        made = random_merit(seed)
        result = allocate(made)
        for refusal in result.not_awarded if result.status == "proven" else ():
            one = next((one for one in made.candidates if one.bid == refusal.bid), None)
            if one is None or refusal.reason == "below_minimum_score":
                continue
            ways = [set(broken(verify(made, (*result.awards, award(one, level))))) for level in one.levels]
            if refusal.reason == "not_its_turn":
                assert all("M1" in way for way in ways), seed
            elif refusal.reason == "does_not_fit":
                assert all(ways), seed
                assert not any("M1" in way for way in ways) or "next in its theme" not in refusal.explanation, seed
            elif refusal.reason == "passed_over":
                awards = {award.bid for award in result.awards}
                its = [other for other in made.candidates if other.theme == one.theme and other.bid in awards]
                assert any((-other.score, other.rank) > (-one.score, one.rank) for other in its) or _bands(made), seed


def _bands(made: Any) -> bool:
    return any(getattr(rule, "bands", ()) for rule in made.rules)
