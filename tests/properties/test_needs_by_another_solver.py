"""Every "would need" of 300 small problems, each without and with an order of merit, against SciPy's solver.

The model is written here from the words of the rules and from nothing of ours; the amounts are checked on both sides.
"""

import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from evaluator.allocation import all_cases, allocate
from evaluator.records.results.allocation import Candidate, Problem
from tests.properties.test_needs import with_cost, with_money, with_points
from tests.unit.allocation.small_problems import candidate, problem

THEMES = ("advice", "youth")
MERIT = {"id": "M", "kind": "merit_order", "theme": "*"}
Sum = tuple[list[float], float, float]


def a_problem(seed: int) -> Problem:
    """Eight to eleven bids of two themes under limits of money, awards and hours, some of them with a floor."""
    dice = random.Random(seed)
    bids = [
        candidate(
            f"B{number:02}",
            dice.randint(3, 12),
            dice.randint(3, 15),
            dice.choice(THEMES),
            organisations=(f"o{dice.randint(1, 5)}",),
        )
        for number in range(dice.randint(8, 11))
    ]
    whole = sum(one.levels[0].cost for one in bids) // 100
    rules: list[dict[str, Any]] = [
        {"id": "P", "kind": "budget", "limit": str(whole * dice.randint(30, 60) // 100)},
        {"id": "A", "kind": "theme_budget", "theme": "advice", "limit": str(whole * dice.randint(20, 40) // 100)},
        {"id": "O", "kind": "organisation_awards", "limit": dice.randint(1, 3)},
        {"id": "N", "kind": "theme_awards", "theme": "youth", "least": dice.randint(0, 2), "most": dice.randint(2, 4)},
    ]
    tie_break = dice.choice(([], ["lower_cost"]))
    return problem(bids, *rules[: dice.randint(2, 4)], tie_break=tie_break)


def in_merit_order(made: Problem) -> Problem:
    """The same where awards go down each theme's order: the better total first, equal ones level."""
    return replace(made, rules=(*problem([], MERIT).rules, *made.rules))


def sums(made: Problem, bids: list[Candidate]) -> list[Sum]:
    """Each rule as a sum over the bids with its ends, in pounds or awards."""
    found: list[Sum] = []
    for rule in made.rules:
        least, most = 0.0, float(getattr(rule, "limit", None) or getattr(rule, "most", None) or len(bids))
        if rule.kind in ("budget", "theme_budget"):
            its = [one.levels[0].cost / 100 * (getattr(rule, "theme", one.theme) == one.theme) for one in bids]
            found.append((its, least, most))
        elif rule.kind == "theme_awards":
            found.append(([float(one.theme == rule.theme) for one in bids], float(rule.least or 0), most))
        elif rule.kind == "organisation_awards":
            for name in sorted({one.organisations[0] for one in bids}):
                found.append(([float(one.organisations[0] == name) for one in bids], least, most))
        elif rule.kind == "merit_order":
            found += waits(made, bids)
    return found


def waits(made: Problem, bids: list[Candidate]) -> list[Sum]:
    """A worse-ranked bid is funded only where each better-ranked one is that could be funded by itself."""
    limits = [rule for rule in made.rules if rule.kind in ("budget", "theme_budget") and rule.limit is not None]
    found = []
    for one in bids:
        fits = all(
            one.levels[0].cost <= rule.limit * 100 for rule in limits if getattr(rule, "theme", one.theme) == one.theme
        )
        for other in bids if fits else ():
            if other.theme == one.theme and other.merit > one.merit:
                found.append(([float(each is other) - float(each is one) for each in bids], -1.0, 0.0))
    return found


def best(made: Problem, bid: str, *, funded: bool) -> tuple[int, ...] | None:
    """What the best set with a bid, or without it, reaches: the score, then the cost below nought; None: no set."""
    bids = list(made.candidates)
    rows = [*sums(made, bids), ([float(one.bid == bid) for one in bids], float(funded), float(funded))]
    reached: list[int] = []
    for name in (*made.policy.objective, *made.policy.tie_break):
        worth = [one.score if name == "total_score" else -one.levels[0].cost // 100 for one in bids]
        weights, low, high = zip(*rows, strict=True)
        solved = milp(
            -np.array(worth, dtype=float),
            constraints=LinearConstraint(np.array(weights), np.array(low), np.array(high)),
            integrality=np.ones(len(bids)),
            bounds=Bounds(0, 1),
        )
        if solved.x is None:
            return None
        value = sum(one for one, taken in zip(worth, solved.x, strict=True) if taken > 0.5)
        reached.append(value)
        rows.append(([float(one) for one in worth], float(value), float(value)))
    return tuple(reached)


def sure(made: Problem, bid: str) -> bool:
    """Whether every best set funds a bid."""
    inside, outside = best(made, bid, funded=True), best(made, bid, funded=False)
    return inside is not None and (outside is None or inside > outside)


def turned(made: Problem, one: Candidate, change: str, amount: int, sign: int) -> bool:
    if change == "budget":
        return sure(with_money(made, one.theme, amount, years=1), one.bid)
    changed = (with_points if change == "score" else with_cost)(made, one.bid, sign * amount)
    return sure(changed, one.bid)


def figures(made: Problem) -> int:
    """Check every amount of one problem on both sides; give how many there were."""
    allocation, count = allocate(made), 0
    if allocation.status != "proven":
        return 0
    bids = {one.bid: one for one in made.candidates}
    for case in all_cases(made, allocation):
        assert sure(made, case.bid) == all(case.bid in names for names in allocation.tied)
        for need in case.needs:
            assert need.verdict not in ("not_established", "others_first")
            if need.verdict == "found" and need.amount:
                count += 1
                sign = -1 if case.funded else 1
                sides = [
                    turned(made, bids[case.bid], need.change, amount, sign) for amount in (need.amount, need.amount - 1)
                ]
                assert sides == [not case.funded, case.funded], (case.bid, need)
    return count


def checked(seeds: range) -> int:
    return sum(figures(made) for seed in seeds for made in (a_problem(seed), in_merit_order(a_problem(seed))))


def test_every_amount_turns_the_case_by_another_solver_and_one_unit_less_does_not() -> None:
    assert checked(range(6)) > 100


@pytest.mark.slow
def test_every_amount_of_three_hundred_problems_does_with_and_without_an_order_of_merit() -> None:
    assert checked(range(1000, 1300)) > 5000
