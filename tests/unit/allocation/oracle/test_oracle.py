"""The best sets with some bids in and others out: the values that brute force finds."""

from dataclasses import replace
from itertools import permutations

import pytest

from evaluator.allocation import allocate, broken, verify
from evaluator.allocation.oracle.listed_sets import listed_sets
from evaluator.allocation.oracle.oracle import Oracle
from evaluator.allocation.oracle.theme_bounds import ThemeMemory
from evaluator.records.results.allocation import Problem
from tests.unit.allocation.small_problems import (
    award,
    budget,
    candidate,
    every_allocation,
    problem,
    random_problem,
    value,
)

Values = tuple[int, ...] | None


def best_by_hand(made: Problem, forced_in: tuple[str, ...], forced_out: tuple[str, ...]) -> Values:
    """The best values, one objective after another, of every set that keeps the rules and what is forced."""
    order = dict.fromkeys(made.policy.objective + made.policy.tie_break)
    values = []
    for taken in every_allocation(made):
        bids = {one.bid for one, _ in taken}
        allowed = bids.issuperset(forced_in) and bids.isdisjoint(forced_out)
        if allowed and not broken(verify(made, tuple(award(one, level) for one, level in taken))):
            values.append(tuple(value(objective, taken) for objective in order))
    return max(values, default=None)


def oracle_of(made: Problem) -> Oracle:
    awards = [(one.bid, one.level) for one in allocate(made).awards]
    return Oracle(made, awards, ThemeMemory())


@pytest.mark.parametrize("seed", range(12))
def test_one_or_two_bids_forced_in_or_out_give_the_best_that_is_left(seed: int) -> None:
    made = random_problem(seed, bids=5)
    oracle, bids = oracle_of(made), [one.bid for one in made.candidates]
    for one, other in permutations(bids[:4], 2):
        for forced_in, forced_out in (((one,), ()), ((), (one,)), ((one,), (other,)), ((one, other), ())):
            best = oracle.best(forced_in, forced_out)
            expected = best_by_hand(made, forced_in, forced_out)
            assert best.values() == expected
            assert best.beats(expected or ()) is False


def test_a_changed_problem_is_answered_with_what_was_found_out_about_the_themes_it_leaves_alone() -> None:
    some = [candidate(f"{theme}{at}", 3 + at, 10 + at, theme) for theme in ("advice", "youth") for at in range(4)]
    made = problem(some, {"kind": "theme_budget", "theme": "*", "limit": "25"}, budget(45))
    dearer = replace(made, candidates=(candidate("advice0", 9, 24), *some[1:]))
    oracle = oracle_of(made)
    changed = oracle.changed(dearer)
    assert changed.memory is oracle.memory
    for bid in ("advice0", "youth3"):
        assert changed.best(forced_in=(bid,)).values() == best_by_hand(dearer, (bid,), ())


def test_a_search_for_what_no_set_reaches_finds_nothing_as_good() -> None:
    some = [candidate("A", 5, 10), candidate("B", 4, 10), candidate("Y", 3, 10, "youth")]
    oracle = oracle_of(problem(some, budget(20)))
    assert oracle.best(forced_out=("A",)).values() == (7,)
    assert oracle.best(forced_out=("A",), reach=9).beats((8,)) is False


def test_the_sets_of_a_list_say_of_each_bid_whether_all_fund_it() -> None:
    some = [candidate("A", 5, 10), candidate("B", 4, 10), candidate("C", 4, 10)]
    sets = listed_sets(problem(some, budget(20), method="priority"))
    assert (sets.fund("A"), sets.fund("B"), sets.fund("Z"), sets.only_bids()) == (True, False, False, None)
    assert listed_sets(problem(some[:2], budget(20), method="priority")).only_bids() == {"A", "B"}
