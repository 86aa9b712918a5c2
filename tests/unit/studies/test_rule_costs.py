"""What a rule costs: worked by hand, and against brute force."""

from dataclasses import replace

import pytest

from evaluator.allocation import allocate, best_total, with_comparison
from evaluator.reporting.studies.rule_costs import rules_document, rules_html, rules_text
from evaluator.studies.robustness.own_run_robustness import known_without
from evaluator.studies.rule_costs import families, rule_study
from tests.unit.allocation.small_problems import best_allocations, budget, candidate, problem, random_problem, value

A, B, C = candidate("A", 9, 60), candidate("B", 8, 50), candidate("C", 7, 40)
FEW = {"kind": "theme_awards", "theme": "advice", "most": 1}
MADE = problem([A, B, C], budget(100), FEW)


def found(change: str, rule: str) -> list[tuple[str, int | None]]:
    study = rule_study(MADE, allocate(MADE))
    return [(one.words, one.score) for one in study.costs if one.change == change and one.rules == (rule,)]


def test_what_each_rule_costs_is_worked_out_by_hand() -> None:
    """Published: one award, A (9). Without R2: A and C (16). Without R1: still one award."""
    assert found("without", "R1") == [("left out", 9)]
    assert found("without", "R2") == [("left out", 16)]
    assert found("family", "R2") == [("all left out", 16)]
    assert found("looser", "R2") == [("most 1 to 2", 16)]
    assert found("tighter", "R2") == [("most 1 to 0", 0)]
    assert found("tighter", "R1") == [("limit £100 to £99", 9)]


def test_the_frontier_is_marked_at_the_published_budget_and_grows() -> None:
    made = problem([A, B, C], budget(100))
    points = rule_study(made, allocate(made)).frontier
    assert [(one.percent, one.budget, one.score) for one in points][::2] == [
        (80, 80_00, 9),
        (90, 90_00, 15),
        (100, 100_00, 16),
        (110, 110_00, 17),
        (120, 120_00, 17),
    ]


def test_a_rule_without_which_nothing_fits_better_and_one_that_makes_it_impossible_are_said() -> None:
    floor = {"kind": "theme_awards", "theme": "advice", "least": 2}
    made = problem([A, B, C], budget(100), floor)
    study = rule_study(made, allocate(made))
    (tighter,) = [one for one in study.costs if one.change == "tighter" and one.rules == ("R2",)]
    assert (tighter.words, tighter.status, tighter.score) == ("least 2 to 3", "infeasible", None)
    text = rules_text(study)
    assert "R2: least 2 to 3: – (no set keeps the rules)" in text
    assert "cannot be added up" in text
    assert rules_document(study)["additive"] is False


def test_a_minimum_score_is_left_out_and_moved_as_a_rule_is() -> None:
    """At least 8 points: A and B (17). A point more: A (9). A point less, or none: all three (24)."""
    made = problem([A, B, C], budget(1000), minimum_score="8", minimum_scores={"other": "9"})
    study = rule_study(made, allocate(made))
    told = [(one.change, one.words, one.score) for one in study.costs if one.rules == ("minimum score",)]
    assert told == [("without", "left out", 24), ("looser", "8 to 7", 24), ("tighter", "8 to 9", 9)]
    assert "minimum score of other: 9 to 8" not in rules_text(study)  # no bid is in that theme: no difference


def test_committed_money_and_shares_are_moved_in_their_own_units() -> None:
    committed = {"kind": "year_budget", "year": "y1", "limit": "100", "committed": "50"}
    share = {"kind": "small_share", "least": "100%"}
    made = problem([A, B, C], committed, share, years=("y1",))
    words = {(one.change, one.words) for one in rule_study(made, allocate(made)).costs}
    assert ("tighter", "committed £50 to £50.50") in words
    assert ("looser", "committed £50 to £49.50") in words
    assert ("looser", "least 100 % to 99 %") in words
    assert not any("101" in text for _, text in words if "least" in text)


@pytest.mark.parametrize("seed", range(20))
def test_what_the_methods_beside_ours_tell_of_the_order_of_merit_is_not_searched_for_again(seed: int) -> None:
    made = random_problem(seed, bids=5, objective=["total_score"], tie_break=[])
    order = problem([A], {"kind": "merit_order", "theme": "*"}).rules[0].model_copy(update={"id": "order"})
    ordered = replace(made, rules=(*made.rules, order))
    allocation = with_comparison(ordered, allocate(ordered))
    known = known_without(ordered, allocation)
    assert families(ordered, known=known) == families(ordered)
    assert known or allocation.status != "proven"


@pytest.mark.parametrize("seed", range(20))
def test_the_score_without_a_rule_is_what_brute_force_finds(seed: int) -> None:
    made = random_problem(seed, bids=5, objective=["total_score"], tie_break=[])
    if allocate(made).status != "proven":
        return
    for rule in made.rules:
        left = replace(made, rules=tuple(one for one in made.rules if one is not rule))
        best = best_allocations(left)
        assert best_total(left).score == (value("total_score", best[0]) if best else None)


def test_a_list_is_followed_again_without_a_rule() -> None:
    made = problem([A, B, C], budget(100), FEW, method="priority")
    study = rule_study(made, allocate(made))
    assert [one.score for one in study.costs if one.change == "without"] == [9, 16]


def test_the_page_has_the_chart_and_the_same_numbers_in_a_table() -> None:
    from pathlib import Path

    from evaluator.files.read.criteria.folder import read_criteria
    from evaluator.records.results.outcome import Outcome, Run

    criteria = read_criteria(Path(__file__).resolve().parents[3] / "criteria" / "minimal_with_price").criteria
    assert criteria is not None
    page = rules_html(rule_study(MADE, allocate(MADE)), Outcome(Run("r", "0"), criteria, "f", None, ()))
    assert "<svg" in page
    assert "100 % (published)" in page
    assert "cannot be added up" in page
