"""What sets that reach a value have alike under an order of merit: by hand, and against every set there is."""

import pytest

from evaluator.allocation import allocate
from evaluator.allocation.model.below_minimum import refuse_below_minimum
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import objective_terms
from evaluator.allocation.search import narrowing
from evaluator.allocation.search.covers import cover_rows
from evaluator.allocation.search.frontiers import settled
from evaluator.records.results.allocation import Problem
from tests.unit.allocation.merit_by_enumeration import best_sets, every_set, keeps_every_rule, random_merit, value
from tests.unit.allocation.search.test_frontiers import FOUR, MERIT, tight
from tests.unit.allocation.small_problems import budget, candidate, problem


@pytest.fixture(autouse=True)
def _however_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrowing, "WIDE", 0)


def narrowed_bids(made: Problem, reach: int, *, counted: bool = True) -> dict[tuple[str, str], int]:
    """What is found alike in the sets that reach a value of the first objective, by bid and level."""
    model = build(refuse_below_minimum(made))
    terms, rows = objective_terms(model, model.objectives[0]), [*model.rows, *cover_rows(model)]
    found = narrowing.narrowed(model, terms, rows, reach, settled(model) if counted else {})
    return {((one := model.choices[at]).candidate.bid, one.level.name): taken for at, taken in found.items()}


def test_a_bid_is_in_where_no_set_without_it_reaches_the_value_and_out_where_none_with_it_does() -> None:
    # A, B and C are worth 90, 80 and 70, at £30 each of £100; X of another theme is worth 10 and costs £60.
    made = problem([*FOUR, candidate("X", 10, 60, "youth")], budget(100), MERIT)
    found = narrowed_bids(made, 240, counted=False)
    assert found == {("A", "100%"): 1, ("B", "100%"): 1, ("C", "100%"): 1, ("D", "100%"): 0, ("X", "100%"): 0}


def test_what_only_sets_of_less_worth_have_otherwise_is_left_open() -> None:
    # A and B reach 170, alone or with C: C is open.
    assert ("C", "100%") not in narrowed_bids(problem(FOUR, budget(100), MERIT), 170)


def test_without_an_order_of_merit_nothing_more_is_settled() -> None:
    assert narrowed_bids(problem(FOUR, budget(100)), 240) == {}


def disagreements(made: Problem) -> tuple[int, int]:
    """How many choices were settled that counting had not, and how many of all are otherwise in a set that reaches."""
    kept = [taken for taken in every_set(made) if keeps_every_rule(made, taken)]
    objective, more, wrong = made.policy.objective[0], 0, 0
    reached = sorted({value(objective, taken) for taken in kept}, reverse=True)
    for reach in reached[:3]:
        found = narrowed_bids(made, reach)
        more += len(found) - len(narrowed_bids(made, -(10**12)))
        names = [{(one.bid, level.name) for one, level in taken} for taken in kept if value(objective, taken) >= reach]
        wrong += sum(any((name in taken) != bool(to) for taken in names) for name, to in found.items())
    return more, wrong


def test_what_is_settled_is_so_in_every_set_that_reaches_the_value() -> None:
    count = 0
    for seed in range(30):
        for made in (random_merit(seed, 5), tight(seed)):
            more, wrong = disagreements(made)
            count += more
            assert not wrong, seed
    assert count > 200


def test_the_awards_and_their_ties_are_those_of_every_set_there_is() -> None:
    for seed in range(100, 140):
        made = random_merit(seed, 6)
        assert list(allocate(made).tied) == best_sets(made), seed
