"""What is settled before a solver begins: it must change no answer, and every bound must be true."""

import random
from itertools import product
from unittest import mock

import pytest

from evaluator.allocation import allocate
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import covering, keeps, objective_terms
from evaluator.allocation.proof.enumeration import checked_by_enumeration
from evaluator.allocation.search import one_limit
from evaluator.allocation.search.bounds import bound_of
from evaluator.allocation.search.covers import cover_rows
from evaluator.allocation.solvers.solve import relaxed
from evaluator.records.results.allocation import FULL, Level
from tests.unit.allocation.small_problems import (
    best_allocations,
    budget,
    candidate,
    names,
    problem,
    random_problem,
    value,
)


def test_what_a_short_limit_implies_is_written_as_counts() -> None:
    levels = (Level(FULL, 9, (300_00,)), Level("60%", 6, (180_00,)))
    same = {"organisations": ("Arts",)}
    some = [
        candidate("A", 9, 300, levels=levels, **same),
        candidate("B", 8, 260, **same),
        candidate("C", 1, 90, **same),
    ]
    model = build(problem(some, {"kind": "organisation_money", "limit": "500"}))
    assert [choice.level.cost for choice in model.choices] == [300_00, 180_00, 260_00, 90_00]
    found = {(tuple(at for at, _ in row.terms), row.most) for row in cover_rows(model)}
    # £300 and £260 are too much together, and even the three that ask least of all.
    assert found == {((0, 2), 1), ((0, 1, 2, 3), 2)}


@pytest.mark.parametrize("seed", range(40))
def test_every_set_that_keeps_a_row_keeps_what_it_implies(seed: int) -> None:
    dice = random.Random(seed)
    some = [
        candidate(f"B{at}", 1, dice.randint(1, 9), levels=_levels(dice), organisations=(dice.choice(("one", "two")),))
        for at in range(4)
    ]
    model = build(problem(some, {"kind": "organisation_money", "limit": str(dice.randint(5, 20))}))
    for ways in product((0, 1), repeat=len(model.choices)):
        if all(sum(ways[at] * weight for at, weight in row.terms) <= (row.most or 0) for row in model.rows):
            assert all(sum(ways[at] for at, _ in row.terms) <= (row.most or 0) for row in cover_rows(model))


def test_every_set_keeps_what_the_grounds_of_an_order_of_merit_imply() -> None:
    merit = {"id": "M", "kind": "merit_order", "theme": "*", "passes_over": ["O"]}
    count = 0
    for owners in ("aaaab", "aabaaa", "abaaba"):
        some = [
            candidate(f"B{at}", 90 - 9 * at, 10, ("advice", "youth")[at % 2], organisations=(name,))
            for at, name in enumerate(owners)
        ]
        model = build(problem(some, {"id": "O", "kind": "organisation_awards", "limit": 2}, merit))
        implied = [row for row in cover_rows(model) if row.terms[0][0] in model.grounds]
        count += len(implied)
        for ways in product((0, 1), repeat=len(model.choices)):
            assert keeps(implied, covering(model, [at for at, taken in enumerate(ways) if taken]))
    assert count > 10


def _levels(dice: random.Random) -> tuple[Level, ...]:
    ask = dice.randint(1, 9) * 100
    return (Level(FULL, 2, (ask,)), Level("50%", 1, (ask // 2,)))[: dice.randint(1, 2)]


@pytest.mark.parametrize("seed", range(60))
def test_settling_choices_beforehand_changes_no_set_and_both_solvers_agree(seed: int) -> None:
    made = random_problem(seed + 5000, bids=6)
    best = best_allocations(made)
    ahead = mock.patch.multiple("evaluator.allocation.search.presolve", NARROWED=0, LARGE=1, CORE=(1 + seed % 3, 3))
    with ahead, mock.patch.object(one_limit, "decide", return_value=None):
        result = allocate(made)
    assert (result.status == "proven") is bool(best)
    assert list(result.tied) == sorted(names(taken) for taken in best)[:100]
    assert not best or not any(best) or "no set of awards has" in result.proof.second_opinion


@pytest.mark.parametrize("seed", range(30))
def test_no_set_exceeds_the_bound_and_all_that_reach_a_value_agree_on_what_is_settled(seed: int) -> None:
    made = random_problem(seed, bids=6, objective=["total_score"], tie_break=[])
    best = best_allocations(made)
    if not best:
        return
    model = build(made)
    terms = objective_terms(model, "total_score")
    rows = [*model.rows, *cover_rows(model)]
    bound = bound_of(model.variables, terms, rows, relaxed(model, terms, rows).prices or [0.0] * len(rows), {})
    reached = value("total_score", best[0])
    assert bound.most >= reached
    settled = bound.fixed_at(reached)
    for taken in best:
        own = {(one.bid, level.name) for one, level in taken}
        for at, choice in enumerate(model.choices):
            assert settled.get(at) in (None, int((choice.candidate.bid, choice.level.name) in own))


def test_a_choice_for_each_of_fourteen_bids_is_still_checked_by_enumeration() -> None:
    some = [candidate(f"B{at:02}", at % 5 + 1, at % 3 + 1) for at in range(14)]
    result = allocate(problem(some, budget(9)))
    assert "Every one of the 16,384 ways" in result.proof.enumeration
    assert checked_by_enumeration(build(problem([*some, candidate("C", 1, 1)], budget(9))), (), complete=False) == ""
