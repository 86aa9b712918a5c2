"""The cheapest change of several rules together: by published costs, or the fewest rules to leave out."""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from math import ceil

import pytest

from evaluator.allocation import allocate
from evaluator.records.results.allocation import Problem, Repair
from evaluator.reporting.studies.allocation import allocation_document, allocation_text
from tests.unit.allocation.small_problems import best_allocations, budget, candidate, problem, random_problem

A, B, Y = candidate("A", 5, 60), candidate("B", 4, 50), candidate("Y", 3, 20, "youth")
ADVICE = {"kind": "theme_awards", "theme": "advice", "least": 2}
YOUTH = {"kind": "theme_awards", "theme": "youth", "least": 1}


def test_the_cheapest_change_of_two_rules_together_is_found() -> None:
    # Advice needs £110 of £100 and youth £20 of £5: £10 at 1 each and £15 at 2 each cost less than any award fewer.
    limit = {"kind": "theme_budget", "theme": "youth", "limit": "5", "gives_way": "2"}
    advice = {"kind": "theme_budget", "theme": "advice", "limit": "100", "gives_way": "1"}
    result = allocate(problem([A, B, Y], advice, limit, ADVICE | {"gives_way": "90"}, YOUTH | {"gives_way": "90"}))
    assert result.least_cost is not None
    assert result.least_cost.cost == "40"
    assert [(one.rule, one.key, one.repaired) for one in result.least_cost.changes] == [
        ("R1", "limit", "£110"),
        ("R2", "limit", "£20"),
    ]
    assert "At the least published cost, 40, together: R1 limit £110, R2 limit £20." in allocation_text(result)
    assert allocation_document(result)["least_cost"]["published"] is True  # type: ignore[index]


def test_a_floor_gives_way_where_that_is_cheaper() -> None:
    result = allocate(problem([A, B], budget(100) | {"gives_way": "1"}, ADVICE | {"gives_way": "9.5"}))
    assert result.least_cost is not None
    assert (result.least_cost.cost, [one.repaired for one in result.least_cost.changes]) == ("9.5", ["1"])


def test_a_rule_without_a_cost_never_gives_way() -> None:
    rules = (budget(10), {"kind": "must_fund", "bid": "A"}, {"kind": "exclusive", "bids": ["A", "B"], "gives_way": "1"})
    assert allocate(problem([A, B], *rules)).least_cost is None


def test_without_published_costs_the_fewest_rules_are_named() -> None:
    rules = (budget(10), {"kind": "must_fund", "bid": "A"}, {"kind": "must_fund", "bid": "B"})
    result = allocate(problem([A, B], *rules))
    assert result.least_cost is not None
    assert [(one.rule, one.repaired) for one in result.least_cost.changes] == [("R1", "left out")]
    assert "The fewest rules to leave out, together: R1 left out." in allocation_text(result)


@pytest.mark.parametrize("seed", range(80))
def test_the_fewest_rules_are_the_fewest_by_brute_force(seed: int) -> None:
    made = random_problem(seed, bids=4)
    found = allocate(made).least_cost
    if found is None:
        return
    left = {one.rule for one in found.changes}
    assert best_allocations(_without(made, left))
    for fewer in combinations([rule.id for rule in made.rules], len(left) - 1):
        assert not best_allocations(_without(made, set(fewer)))


def _without(made: Problem, left: set[str]) -> Problem:
    return replace(made, rules=tuple(rule for rule in made.rules if rule.id not in left))


@pytest.mark.parametrize("seed", range(80))
def test_the_cheapest_change_works_and_costs_no_more_than_any_change_of_one_rule(seed: int) -> None:
    made = random_problem(seed, bids=4)
    priced = replace(made, rules=tuple(rule.model_copy(update={"gives_way": Decimal(2)}) for rule in made.rules))
    result = allocate(priced)
    if result.least_cost is None:
        return
    assert best_allocations(_with(priced, result.least_cost.changes))
    for repair in result.repairs:
        rule = next((one for one in made.rules if one.id == repair.rule), None)
        if rule is not None and repair.key and rule.kind not in ("small_share", "theme_share", "least_level"):
            units = ceil(abs(_figure(repair.repaired) - _figure(repair.published)))
            assert Decimal(result.least_cost.cost) <= 2 * units


def _with(made: Problem, changes: tuple[Repair, ...]) -> Problem:
    rules = {rule.id: rule for rule in made.rules}
    for change in changes:
        if not change.key:
            del rules[change.rule]
            continue
        rule = rules[change.rule]
        value = _figure(change.repaired)
        whole = isinstance(getattr(rule, change.key), int)
        rules[change.rule] = rule.model_copy(update={change.key: int(value) if whole else value})
    return replace(made, rules=tuple(rules.values()))


def _figure(text: str) -> Decimal:
    return Decimal(text.replace("£", "").replace(",", "").replace(" hours", "").replace(" %", ""))


def test_a_rule_with_two_sides_gives_way_on_both() -> None:
    # A must be funded and is linked to B, for which there is no money: leaving out the link costs 1, £50 more cost 50.
    link = {"kind": "linked", "bids": ["B", "A"], "gives_way": "1"}
    rules = (budget(60) | {"gives_way": "1"}, {"kind": "must_fund", "bid": "A"}, link)
    result = allocate(problem([A, B], *rules))
    assert result.least_cost is not None
    assert (result.least_cost.cost, [one.rule for one in result.least_cost.changes]) == ("1", ["R3"])


def test_a_rule_that_binds_nothing_has_nothing_to_give() -> None:
    reserve = {"kind": "reserve_list", "theme": "*", "length": 1, "gives_way": "1"}
    result = allocate(problem([A], budget(10), {"kind": "must_fund", "bid": "A"}, reserve))
    assert (result.status, result.least_cost) == ("infeasible", None)
