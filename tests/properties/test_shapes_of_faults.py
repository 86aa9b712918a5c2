"""404 problems in the shapes of the known faults of HiGHS against enumeration: value, every best set and their number.

The faults showed where whole numbers stand in one row only and where costs are of very different scale. So some bids
here are in no row but their theme's, costs run from pounds to millions, and floors keep problems from being counted.
"""

import random
from collections import Counter
from dataclasses import replace

from evaluator.allocation import allocate
from evaluator.records.results.allocation import Candidate, Problem
from tests.unit.allocation.small_problems import best_allocations, candidate, names, problem, value

SCALES, THEMES = (1, 100, 10_000, 1_000_000), ("advice", "youth")
PROBLEMS = 404


def in_one_row_only(dice: random.Random, one: int) -> Candidate:
    """A bid whose score and cost are of any scale, so that ties happen and roundings hide."""
    cost = dice.randint(1, 4) * dice.choice(SCALES) + dice.choice((0, 0, 0, 1))
    return candidate(f"B{one}", dice.randint(1, 3) * dice.choice((1, 1, 1, 1000)), cost, THEMES[one % 2])


def shaped(seed: int) -> Problem:
    dice = random.Random(seed)
    some = [in_one_row_only(dice, one) for one in range(dice.randint(3, 6))]
    some += [replace(one, bid=f"{one.bid}-again") for one in some if dice.random() < 0.4]  # as good in all respects
    limits = [dice.randint(1, 12) * dice.choice(SCALES) for _ in THEMES]
    rules = [
        {"kind": "theme_budget", "theme": theme, "limit": str(limit)}
        for theme, limit in zip(THEMES, limits, strict=True)
        if dice.random() < 0.8
    ]
    if dice.random() < 0.5:
        rules.append({"kind": "budget", "limit": str(sum(limits) * 2 // 3)})
    if dice.random() < 0.4:
        rules.append({"kind": "theme_budget", "theme": "advice", "least": str(max(1, limits[0] // 3))})
    if dice.random() < 0.3:
        rules.append({"kind": "theme_awards", "theme": "*", "least": 1, "most": 2})
    if dice.random() < 0.3:
        rules.append({"kind": "theme_share", "theme": "youth", "most": "62.5%", "of": "awarded"})
    tie_break = dice.choice(((), (), ("lower_cost",), ("fewer_awards", "lower_cost")))
    objective = dice.choice((("total_score",), ("total_score",), ("lower_cost", "total_score")))
    return problem(some, *rules, objective=objective, tie_break=[one for one in tie_break if one not in objective])


def agrees(seed: int) -> str:
    """Compare one problem with its enumeration, and give what it came to."""
    made = shaped(seed)
    best, result = best_allocations(made), allocate(made)
    if not best:
        assert result.status == "infeasible", seed
        return "infeasible"
    assert result.status == "proven", seed
    assert {value("total_score", taken) for taken in best} == {result.total_score}, seed
    assert sorted(result.tied) == sorted(names(taken) for taken in best), seed
    return f"{'tied' if len(best) > 1 else 'alone'}, {'counted' if 'none:' in result.proof.solver else 'solved'}"


def test_what_is_found_is_what_enumeration_finds_in_all_of_the_404() -> None:
    found = Counter(agrees(seed) for seed in range(PROBLEMS))
    assert min(found[one] for one in ("alone, solved", "tied, solved", "alone, counted")) > 50
    assert found["tied, counted"]
