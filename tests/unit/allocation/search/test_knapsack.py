"""One limit: the best sets counted without a solver, held to brute force and to a plain table over what is spent."""

from itertools import combinations
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.allocation import allocate
from evaluator.allocation.search import knapsack, one_limit
from evaluator.allocation.search.knapsack import best_sets
from tests.unit.allocation.small_problems import best_allocations, bids, budget, candidate, names, problem
from tests.unit.allocation.test_hard_cases import best_by_hand, nearly_proportional

# HiGHS 1.15.1 with its usual gap calls 80,709 optimal here, as we measured; a table over pounds gives 80,715.
USUAL_GAP_SCORES = (
    9_235,
    8_293,
    9_928,
    7_148,
    8_046,
    8_143,
    9_966,
    5_534,
    9_888,
    8_164,
    9_116,
    7_907,
    10_389,
    9_700,
    10_294,
    7_583,
    6_215,
    8_686,
    7_235,
    10_030,
)
USUAL_GAP_COSTS = (
    92_078,
    82_931,
    99_365,
    71_489,
    80_523,
    81_570,
    99_412,
    55_213,
    99_041,
    81_895,
    91_141,
    78_833,
    103_522,
    97_176,
    103_113,
    75_985,
    62_411,
    86_797,
    72_633,
    100_650,
)

PAIRS = st.lists(st.tuples(st.integers(-1, 6), st.integers(0, 6)), max_size=8)


def by_brute_force(worths: list[int], weights: list[int], limit: int) -> list[tuple[int, ...]]:
    every = [some for size in range(len(worths) + 1) for some in combinations(range(len(worths)), size)]
    kept = [some for some in every if sum(weights[at] for at in some) <= limit]
    best = max(sum(worths[at] for at in some) for some in kept)
    return sorted(some for some in kept if sum(worths[at] for at in some) == best)


@settings(max_examples=300, deadline=None)
@given(PAIRS, st.integers(0, 25))
def test_every_best_set_is_found_and_no_other(pairs: list[tuple[int, int]], limit: int) -> None:
    worths, weights = [worth for worth, _ in pairs], [weight for _, weight in pairs]
    assert list(best_sets(worths, weights, limit, cap=1000) or ()) == by_brute_force(worths, weights, limit)


@settings(max_examples=100, deadline=None)
@given(PAIRS, st.integers(0, 25))
def test_beyond_the_cap_one_set_more_says_that_there_are_others(pairs: list[tuple[int, int]], limit: int) -> None:
    worths, weights = [worth for worth, _ in pairs], [weight for _, weight in pairs]
    every = by_brute_force(worths, weights, limit)
    found = best_sets(worths, weights, limit, cap=2) or ()
    assert set(found) <= set(every)
    assert len(set(found)) == min(3, len(every))


@pytest.mark.parametrize(
    ("count", "seed"),
    [(20, 0), (30, 1), *(pytest.param(n, s, marks=pytest.mark.slow) for n in (50, 100) for s in (1, 2))],
)
def test_scores_nearly_in_proportion_to_cost_are_counted_exactly(count: int, seed: int) -> None:
    """Referee: a table of the best score for each pound spent, filled bid by bid."""
    pairs, limit = nearly_proportional(seed, count)
    table = np.zeros(limit + 1, dtype=np.int64)
    for score, cost in pairs:
        table[cost:] = np.maximum(table[cost:], table[:-cost] + score)
    assert int(table[-1]) == _value(pairs, limit)


def _value(pairs: list[tuple[int, int]], limit: int) -> int:
    some = [candidate(f"B{number:03}", score, cost) for number, (score, cost) in enumerate(pairs)]
    result = allocate(problem(some, budget(limit)))
    assert (result.status, result.upper_bound) == ("proven", result.total_score)
    assert result.proof.solver.startswith("none: one limit at most stands on each part")
    return result.total_score


def test_too_large_numbers_or_too_many_states_are_left_to_a_solver() -> None:
    assert best_sets([2**40, 1], [2**40, 1], 2**40, cap=10) is None
    pairs, limit = [(at % 7 + 3, at % 5 + 2) for at in range(40)], 60
    with mock.patch.object(knapsack, "MOST_STATES", 10):
        assert best_sets([worth for worth, _ in pairs], [weight for _, weight in pairs], limit, cap=10) is None
        result = allocate(problem([candidate(f"B{at:02}", *pair) for at, pair in enumerate(pairs)], budget(limit)))
    assert (result.status, result.total_score) == ("proven", best_by_hand(pairs, limit))
    assert result.proof.solver.startswith("HiGHS")


def test_tie_breaks_are_counted_with_the_score_and_wards_compare_what_is_left() -> None:
    wards = [("w1",), ("w1",), ("w2",), ("w2", "w3")]
    some = [candidate(f"B{at}", 5, 10 + at % 2, wards=each) for at, each in enumerate(wards)]
    for tie_break in (["lower_cost"], ["wards_covered"], ["wards_covered", "lower_cost"], ["fewer_awards"], []):
        made = problem(some, budget(22), tie_break=tie_break)
        result = allocate(made)
        assert result.proof.solver.startswith("none")
        assert list(result.tied) == sorted(names(taken) for taken in best_allocations(made))


def test_budgets_of_themes_that_nothing_binds_together_are_counted_theme_by_theme() -> None:
    some = [candidate(f"{theme}{at}", 4 + at, 7 + at, theme) for theme in ("advice", "youth") for at in range(4)]
    made = problem(some, {"kind": "theme_budget", "theme": "*", "limit": "20"}, {"kind": "must_fund", "bid": "advice0"})
    result = allocate(made)
    assert result.proof.solver.startswith("none")
    assert list(result.tied) == sorted(names(taken) for taken in best_allocations(made))
    assert "advice0" in bids(result)


def test_rules_that_are_no_limits_go_to_a_solver() -> None:
    some = [candidate("A", 5, 10), candidate("B", 4, 10), candidate("C", 3, 10)]
    for rule in ({"kind": "theme_awards", "theme": "*", "least": 1}, {"kind": "linked", "bids": ("A", "B")}):
        assert allocate(problem(some, budget(20), rule)).proof.solver.startswith("HiGHS")


@pytest.mark.parametrize("solver", ["counted", pytest.param("HiGHS", marks=pytest.mark.slow)])
def test_the_case_in_which_the_usual_gap_awards_wrongly_comes_out_right(
    solver: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = zip(USUAL_GAP_SCORES, USUAL_GAP_COSTS, strict=True)
    some = [candidate(f"B{at:02}", *pair) for at, pair in enumerate(pairs)]
    made = problem(some, budget(806_415))
    if solver == "HiGHS":
        monkeypatch.setattr(one_limit, "decide", lambda _: None)
    result = allocate(made)
    assert (result.status, result.total_score, result.upper_bound) == ("proven", 80_715, 80_715)
