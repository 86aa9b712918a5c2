"""Ways down an order of merit, listed and put together: against every set of awards, and changed ones anew."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from evaluator.allocation.counterfactuals.changes import cheaper, limits_on, raised, scored, with_candidate
from evaluator.allocation.oracle.ways_in_order import WaysInOrder
from evaluator.allocation.oracle.ways_together import TooManyError
from evaluator.allocation.proof.awards import named
from evaluator.records.results.allocation import Problem
from tests.unit.allocation.merit_by_enumeration import every_set, keeps_every_rule, random_merit
from tests.unit.allocation.small_problems import budget, candidate, names, problem, value

MERIT = {"id": "M1", "kind": "merit_order", "theme": "*"}
Sets = list[tuple[str, ...]]


def best_of(made: Problem, bid: str, *, funded: bool) -> Sets:
    """The names of the best sets that fund a bid, or do not, among all that keep every rule."""
    kept = [taken for taken in every_set(made) if keeps_every_rule(made, taken)]
    kept = [taken for taken in kept if not bid or funded == (bid in {one.bid for one, _ in taken})]
    for objective in made.policy.objective + made.policy.tie_break:
        best = max((value(objective, taken) for taken in kept), default=0)
        kept = [taken for taken in kept if value(objective, taken) == best]
    return sorted(names(taken) for taken in kept)


def counted(ways: WaysInOrder, bid: str, *, funded: bool) -> Sets:
    found = ways.best(bid, funded=funded)
    best = found.values()
    return [] if best is None else sorted(named(ways.model, one) for one in found.best_sets)


def listed(made: Problem) -> WaysInOrder | None:
    try:
        return WaysInOrder(made)
    except TooManyError:
        return None


def test_the_best_sets_with_a_bid_and_without_it_are_those_of_all_sets() -> None:
    tried = 0
    for seed in range(900, 935):
        made = random_merit(seed, 6)
        ways = listed(made)
        if ways is None:  # the first objective counts wards
            continue
        for bid in ("", *(one.bid for one in made.candidates)):
            for funded in (True, False) if bid else (True,):
                tried += 1
                assert counted(ways, bid, funded=funded) == best_of(made, bid, funded=funded), (seed, bid, funded)
    assert tried > 150


@pytest.mark.parametrize("what", ["score", "cost", "budget"])
def test_of_a_changed_problem_the_ways_are_those_that_are_listed_anew(what: str) -> None:
    tried = 0
    for seed in range(1000, 1020):
        made = random_merit(seed, 6)
        ways = listed(made)
        for one in made.candidates if ways else ():
            for amount in (1, 3, 7):
                changed = change(made, one, what, amount)
                tried += 1
                for funded in (True, False):
                    again = counted(WaysInOrder(changed), one.bid, funded=funded)
                    assert ways is not None
                    assert counted(ways.changed(changed), one.bid, funded=funded) == again, (seed, one.bid, amount)
    assert tried > 150


def test_of_a_problem_in_which_all_bids_score_otherwise_the_ways_are_those_that_are_listed_anew() -> None:
    tried = 0
    for seed in range(1000, 1020):
        made, dice = random_merit(seed, 6), Random(seed)
        ways = listed(made)
        moved = tuple(scored(one, dice.randrange(-4, 5)) for one in made.candidates)
        changed = replace(made, candidates=moved)
        for one in made.candidates if ways else ():
            tried += 1
            again = counted(WaysInOrder(changed), one.bid, funded=True)
            assert ways is not None
            assert counted(ways.changed(changed), one.bid, funded=True) == again, (seed, one.bid)
    assert tried > 50


def test_the_bids_that_every_best_set_funds_are_those_that_surely_win() -> None:
    tried = 0
    for seed in range(900, 935):
        ways = listed(random_merit(seed, 6))
        for bid in ways.index.at_bid if ways else ():
            assert ways is not None
            tried += ways.sure(bid)
            assert (bid in ways.best().sure) == ways.sure(bid), (seed, bid)
    assert tried > 20


def change(made: Problem, one: Any, what: str, amount: int) -> Problem:
    if what == "budget":
        return raised(made, limits_on(made, one), amount)
    return with_candidate(made, cheaper(one, amount) if what == "cost" else scored(one, amount - 4))


def test_a_bid_that_surely_wins_is_told_from_one_that_is_only_level() -> None:
    # £60 pay one of them; at 90 points A is surely funded, level with B it is not.
    bids = [candidate("A", 90, 60), candidate("B", 80, 60)]
    made = problem(bids, budget(60), MERIT)
    ways = WaysInOrder(made)
    assert ways.sure("A")
    assert not ways.changed(with_candidate(made, scored(bids[0], -10))).sure("A")
    assert not ways.changed(with_candidate(made, scored(bids[0], -11))).sure("A")


def test_of_two_bids_that_are_level_for_one_award_neither_is_sure_and_a_third_is() -> None:
    bids = [candidate("A", 80, 60), candidate("B", 80, 60), candidate("C", 90, 40)]
    found = WaysInOrder(problem(bids, budget(100), MERIT)).best()
    assert sorted(named(found.model, one) for one in found.best_sets) == [("A", "C"), ("B", "C")]
    assert found.sure == {"C"}


def test_without_an_order_of_merit_nothing_is_listed() -> None:
    with pytest.raises(TooManyError):
        WaysInOrder(problem([candidate("A", 90, 60)], budget(60)))


def test_a_bid_is_passed_over_only_while_another_theme_gives_the_ground() -> None:
    # One award each: X has C in the other theme, so A gives way to B; without C, B has to wait for A.
    a, b = replace(candidate("A", 90, 60), organisations=("X",)), candidate("B", 80, 50)
    c = replace(candidate("C", 95, 50, theme="youth"), organisations=("X",))
    rules = (budget(100), {"kind": "organisation_awards", "limit": 1}, MERIT | {"passes_over": ["R2"]})
    ways = WaysInOrder(problem([a, b, c], *rules))
    assert counted(ways, "", funded=True) == [("B", "C")]
    assert counted(ways, "C", funded=False) == [("A",)]
