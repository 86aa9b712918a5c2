"""Cases in which usual settings go wrong or work runs out: the answer stays exact, or says how far off it may be."""

import random
from typing import Any

import pytest

from evaluator.allocation import allocate
from evaluator.records.results.allocation import Problem
from tests.busy_machine import limit_work
from tests.unit.allocation.small_problems import bids, budget, candidate, problem


def nearly_proportional(seed: int, count: int) -> tuple[list[tuple[int, int]], int]:
    """Scores and costs that differ by a hundredth at most, and a budget of two in five pounds."""
    dice = random.Random(seed)
    costs = [dice.randint(5_000, 10_500) for _ in range(count)]
    pairs = [(cost + dice.randint(-cost // 100, cost // 100), cost) for cost in costs]
    return pairs, sum(costs) * 2 // 5


def best_by_hand(pairs: list[tuple[int, int]], limit: int) -> int:
    """The best sum of scores within a budget, by dynamic programming over what is spent."""
    best = {0: 0}
    for score, cost in pairs:
        for spent, reached in sorted(best.items(), reverse=True):
            if spent + cost <= limit:
                best[spent + cost] = max(best.get(spent + cost, 0), reached + score)
        kept, highest = {}, -1
        for spent in sorted(best):
            if best[spent] > highest:
                kept[spent] = highest = best[spent]
        best = kept
    return max(best.values())


@pytest.mark.parametrize("seed", range(6))
def test_scores_nearly_in_proportion_to_cost_are_solved_exactly(seed: int) -> None:
    pairs, limit = nearly_proportional(seed, 17)
    some = [candidate(f"B{number:02}", score, cost) for number, (score, cost) in enumerate(pairs)]
    result = allocate(problem(some, budget(limit)))
    assert (result.status, result.total_score) == ("proven", best_by_hand(pairs, limit))


def large(count: int, *rules: dict[str, Any]) -> Problem:
    dice = random.Random(count)
    some = [
        candidate(f"B{number:05}", dice.randint(3_000, 9_900), dice.randint(8_000, 90_000), f"T{number % 13}")
        for number in range(count)
    ]
    themes = {"kind": "theme_budget", "theme": "*", "limit": str(count * 49_000 // 40)}
    return problem(some, budget(count * 49_000 // 3), themes, *rules, score_unit=100)


@pytest.mark.slow
def test_five_thousand_bids_within_little_work_have_a_true_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """One award in each of 13 themes at the least, so that they are not counted but searched."""
    made = large(5000, {"kind": "theme_awards", "theme": "*", "least": 1, "most": 150})
    best = allocate(made)
    limit_work(monkeypatch, nodes=1, second=1)
    result = allocate(made)
    assert result.status == "not_proven"
    assert result.total_score <= best.total_score <= best.upper_bound <= result.upper_bound
    assert set(result.certain_in) <= set(bids(best)) or best.status == "not_proven"
    assert all(refusal.reason != "no_gain" for refusal in result.not_awarded)
