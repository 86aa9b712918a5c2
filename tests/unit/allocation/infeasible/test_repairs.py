"""Rules that conflict: what of one rule alone would be enough, by hand and against brute force."""

from dataclasses import replace
from decimal import Decimal

import pytest

from evaluator.allocation import allocate
from evaluator.records.results.allocation import Problem, Repair
from evaluator.reporting.studies.allocation import allocation_document, allocation_text
from tests.unit.allocation.small_problems import best_allocations, budget, candidate, problem, random_problem

A, B, C = candidate("A", 9, 60), candidate("B", 8, 50), candidate("C", 7, 40)
TWO = {"kind": "theme_awards", "theme": "advice", "least": 2}


def test_either_a_penny_perfect_budget_or_one_award_fewer_is_enough() -> None:
    result = allocate(problem([A, B, C], budget(80), TWO))
    assert result.conflict == ("R1", "R2")
    assert result.repairs == (Repair("R1", "limit", "£80", "£90"), Repair("R2", "least", "2", "1"))
    assert allocation_document(result)["repairs"] == [
        {"rule": "R1", "key": "limit", "published": "£80", "repaired": "£90"},
        {"rule": "R2", "key": "least", "published": "2", "repaired": "1"},
    ]
    assert "  R1: limit £90 instead of £80" in allocation_text(result)


def test_a_rule_without_a_number_can_only_be_left_out() -> None:
    rules = ({"kind": "must_fund", "bid": "A"}, {"kind": "linked", "bids": ["A", "B"]}, budget(100))
    result = allocate(problem([A, B], *rules))
    assert [(one.rule, one.repaired) for one in result.repairs] == [
        ("R1", "left out"),
        ("R2", "left out"),
        ("R3", "£110"),
    ]


def test_where_two_conflicts_stand_apart_no_single_rule_is_enough() -> None:
    rules = (
        {"kind": "theme_awards", "theme": "advice", "least": 1},
        {"kind": "theme_budget", "theme": "advice", "limit": "1"},
        {"kind": "theme_awards", "theme": "youth", "least": 1},
        {"kind": "theme_budget", "theme": "youth", "limit": "1"},
    )
    result = allocate(problem([A, candidate("Y", 5, 20, "youth")], *rules))
    assert (result.status, result.repairs) == ("infeasible", ())
    assert "No change of one rule alone was found" in allocation_text(result)


def test_exclusions_of_the_bids_themselves_can_be_what_stands_in_the_way() -> None:
    result = allocate(problem([replace(A, excludes=("B",)), B], TWO))
    assert [(one.rule, one.repaired) for one in result.repairs] == [("R1", "1"), ("excludes", "left out")]


def feasible(made: Problem, repair: Repair, less: bool) -> bool:
    """Whether any set keeps the rules when the repair is made; ``less``: made but for one unit."""
    rules = []
    for rule in made.rules:
        if rule.id != repair.rule:
            rules.append(rule)
        elif repair.key:
            text = repair.repaired.replace("£", "").replace(",", "").replace(" hours", "").replace(" %", "")
            whole = isinstance(getattr(rule, repair.key), int)
            unit = Decimal(1) if whole else Decimal("0.01")
            back = (unit if repair.key == "least" else -unit) if less else 0
            value = Decimal(text) + back
            rules.append(rule.model_copy(update={repair.key: int(value) if whole else value}))
        elif less:
            rules.append(rule)
    candidates = tuple(
        replace(one, excludes=()) if repair.rule == "excludes" and not less else one for one in made.candidates
    )
    return bool(best_allocations(replace(made, rules=tuple(rules), candidates=candidates)))


@pytest.mark.parametrize("seed", range(60))
def test_every_repair_works_and_one_unit_less_of_it_does_not(seed: int) -> None:
    made = random_problem(seed, bids=5)
    for repair in allocate(made).repairs:
        assert feasible(made, repair, less=False), repair
        assert not feasible(made, repair, less=True), repair


def test_a_rule_that_another_is_read_from_can_end_the_conflict() -> None:
    # Half of £100 is not enough for A's £60; half of £120 is.
    share = {"kind": "theme_share", "theme": "advice", "most": "50%"}
    result = allocate(problem([A], budget(100), share, {"kind": "must_fund", "bid": "A"}))
    assert result.conflict == ("R2", "R3")
    assert Repair("R1", "limit", "£100", "£120") in result.repairs


def test_the_conflict_named_is_one_of_the_fewest_rules() -> None:
    # Leaving rules out in the published order would end with R2, R3 and R4; R1 alone can never be met.
    impossible = {"kind": "group_floor", "group": "carers", "least": 1}
    funded = [{"kind": "must_fund", "bid": name} for name in "AB"]
    assert allocate(problem([A, B], impossible, budget(100), *funded)).conflict == ("R1",)
