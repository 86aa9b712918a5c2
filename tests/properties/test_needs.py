"""Every "would need" against brute force: every set of awards is listed, and the engine's own margins play no part."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from evaluator.allocation import allocate, broken, explain_bid, verify
from evaluator.records.results.allocation import Candidate, Level, Problem
from evaluator.records.results.counterfactuals import Need
from tests.unit.allocation.small_problems import (
    award,
    best_allocations,
    every_allocation,
    problem,
    random_problem,
    value,
)

Taken = tuple[tuple[Candidate, Level], ...]
MONEY = ("budget", "year_budget", "theme_budget")
EVERYTHING = 100  # pounds more, which pay for every bid that is made up here


def short_of_money(seed: int, bids: int) -> Problem:
    """A small random problem with some of every kind of rule, and with limits of money that bind."""
    made, dice = random_problem(seed, bids=bids), random.Random(-seed)
    limits: list[dict[str, Any]] = [
        {"kind": "budget", "limit": str(dice.randint(3, 20))},
        {"kind": "year_budget", "year": "y1", "limit": str(dice.randint(1, 10))},
        {"kind": "year_budget", "year": "y2", "limit": str(dice.randint(1, 10))},
        {"kind": "theme_budget", "theme": dice.choice(("advice", "youth", "*")), "limit": str(dice.randint(2, 9))},
        {"kind": "theme_budget", "theme": "youth", "year": "y2", "limit": str(dice.randint(1, 6))},
    ]
    some = [{"id": f"M{number}"} | rule for number, rule in enumerate(limits) if dice.random() < 0.4]
    return replace(made, rules=(*made.rules, *problem([], *some).rules))


def feasible(made: Problem, taken: Taken) -> bool:
    return not broken(verify(made, tuple(award(one, level) for one, level in taken)))


def surely(sets: Sequence[Taken], made: Problem, bid: str) -> bool:
    for objective in made.policy.objective + made.policy.tie_break:
        most = max((value(objective, taken) for taken in sets), default=0)
        sets = [taken for taken in sets if value(objective, taken) == most]
    return bool(sets) and all(any(one.bid == bid for one, _ in taken) for taken in sets)


def with_money(made: Problem, theme: str, pounds: int, years: int = 2) -> Problem:
    """Every limit of money on the theme and on the programme, so many pounds higher for each year that it covers."""

    def raised(rule: Any) -> Any:
        bears = rule.kind in MONEY and getattr(rule, "theme", theme) in (theme, "*") and rule.limit is not None
        covers = 1 if getattr(rule, "year", None) else years
        return rule.model_copy(update={"limit": rule.limit + covers * pounds}) if bears else rule

    return replace(made, rules=tuple(map(raised, made.rules)))


def with_points(made: Problem, bid: str, points: int) -> Problem:
    def changed(one: Candidate) -> Candidate:
        levels = tuple(replace(level, score=level.score + points) for level in one.levels)
        full = None if one.full_score is None else one.full_score + points
        return replace(one, levels=levels, full_score=full)

    return replace(made, candidates=tuple(changed(one) if one.bid == bid else one for one in made.candidates))


def with_cost(made: Problem, bid: str, pounds: int) -> Problem:
    def changed(one: Candidate) -> Candidate:
        cut = [tuple(max(0, cost - 100 * pounds) for cost in level.costs) for level in one.levels]
        levels = tuple(replace(level, costs=costs) for level, costs in zip(one.levels, cut, strict=True))
        return replace(one, levels=levels)

    return replace(made, candidates=tuple(changed(one) if one.bid == bid else one for one in made.candidates))


def by_money(made: Problem, theme: str) -> Callable[[int], list[Taken]] | None:
    """Give the sets that keep every rule at a sum; None where more money can also tighten a rule."""
    sets = list(every_allocation(made))
    at = cache(lambda pounds: with_money(made, theme, pounds))

    def needs(taken: Taken) -> int | None:
        sums = (pounds for pounds in range(EVERYTHING + 1) if feasible(at(pounds), taken))
        return next(sums, None) if feasible(at(EVERYTHING), taken) else None

    if any(rule.kind == "theme_share" and rule.of == "budget" and rule.least for rule in made.rules):
        return None
    least = {number: needs(taken) for number, taken in enumerate(sets)}
    return lambda pounds: [
        taken for number, taken in enumerate(sets) if (need := least[number]) is not None and need <= pounds
    ]


def check_money(made: Problem, one: Candidate, need: Need) -> None:
    """At every sum the brute force decides: the amount is the least that funds it, or none does."""
    sets = by_money(made, one.theme)
    if sets is None:
        return
    funds = [surely(sets(pounds), made, one.bid) for pounds in range(EVERYTHING + 1)]
    if need.verdict == "found":
        assert funds.index(True) == need.amount
        assert need.lasts == all(funds[need.amount :])
    else:
        assert need.verdict == "impossible"
        assert not any(funds)


def check(seed: int, bids: int) -> int:
    """Check every need of every bid of one problem; give how many figures there were."""
    made = short_of_money(seed, bids)
    result = allocate(made)
    if result.status != "proven":
        return 0
    funded, figures = {award.bid for award in result.awards}, 0
    turns = {"score": with_points, "cost": with_cost}
    for one in made.candidates:
        for need in explain_bid(made, result, one.bid).needs:
            figures += need.verdict == "found"
            if need.change == "budget":
                check_money(made, one, need)
            elif need.verdict == "found" and need.amount:
                sign = -1 if one.bid in funded else 1
                for amount, turned in ((need.amount, True), (need.amount - 1, False)):
                    changed = turns[need.change](made, one.bid, sign * amount)
                    sure = surely(best_allocations(changed), changed, one.bid)
                    assert (sure != (one.bid in funded)) == turned
    return figures


def test_every_amount_funds_the_bid_surely_and_one_unit_less_does_not() -> None:
    assert sum(check(seed, bids=5) for seed in range(60)) > 60


@pytest.mark.slow
def test_every_amount_of_many_more_and_larger_problems_holds() -> None:
    assert sum(check(seed, bids=6) for seed in range(1000, 1600)) > 600


@pytest.mark.slow
def test_every_amount_of_the_sample_holds_when_the_whole_problem_is_allocated_again() -> None:
    """Each figure of its 61 refused bids, on both sides, by the ordinary way with its proof and all equal sets."""
    from evaluator.allocation import all_cases, allocation_problem
    from evaluator.scoring import score
    from tests.unit.studies.robustness.test_robustness import ground

    base = ground()
    made = allocation_problem(base.criteria, base.evaluation, score(base.criteria, base.evaluation))
    cases = all_cases(made, allocate(made))
    figures = [(case, need) for case in cases if not case.funded for need in case.needs if need.verdict == "found"]
    assert len(figures) > 140
    for case, need in figures:
        assert need.amount
        for amount, funds in ((need.amount, True), (need.amount - 1, False)):
            if need.change == "budget":
                changed = with_money(made, case.theme, amount, years=4)
            else:
                changed = (with_points if need.change == "score" else with_cost)(made, case.bid, amount)
            again = allocate(changed)
            assert again.status == "proven"
            assert all(case.bid in bids for bids in again.tied) == funds, (case.bid, need, amount)
