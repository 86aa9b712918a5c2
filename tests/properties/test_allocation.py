"""Small problems with every kind of rule against brute force, and what must never change a result."""

import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from unittest import mock

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluator.allocation import allocate, broken, verify
from evaluator.records.results.allocation import Award, Problem
from tests.unit.allocation.small_problems import best_allocations, bids, names, random_problem, value

SEEDS = st.integers(0, 2**32)
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(SEEDS)
def test_the_result_is_what_brute_force_finds(seed: int) -> None:
    made = random_problem(seed)
    best = best_allocations(made)
    result = allocate(made)
    if not best:
        assert result.status == "infeasible"
        return
    assert result.status == "proven"
    assert list(result.tied) == sorted(names(taken) for taken in best)[:100] or len(best) > 100
    assert set(result.tied) <= {names(taken) for taken in best}
    assert len(result.tied) == min(len(best), 100)
    assert result.total_score in {value("total_score", taken) for taken in best}
    assert result.upper_bound >= result.total_score


@FEW
@given(SEEDS)
def test_a_conflict_is_real_and_every_rule_in_it_is_needed(seed: int) -> None:
    made = random_problem(seed)
    result = allocate(made)
    if result.status != "infeasible":
        return
    assert result.conflict
    if any(getattr(rule, "of", "") == "budget" or getattr(rule, "carry_over", False) for rule in made.rules):
        return  # what these allow is read from another rule, so that they say something else without it
    assert best_allocations(_only(made, result.conflict)) == []
    for rule in result.conflict:
        assert best_allocations(_only(made, tuple(one for one in result.conflict if one != rule)))


def _only(made: Problem, rules: tuple[str, ...]) -> Problem:
    """The problem with these rules alone; what the bids themselves exclude goes by the name of a rule."""
    candidates = tuple(one if "excludes" in rules else replace(one, excludes=()) for one in made.candidates)
    return replace(made, rules=tuple(rule for rule in made.rules if rule.id in rules), candidates=candidates)


@FEW
@given(SEEDS)
def test_the_order_of_candidates_changes_nothing(seed: int) -> None:
    made = random_problem(seed)
    shuffled = list(made.candidates)
    random.Random(seed).shuffle(shuffled)
    assert allocate(made) == allocate(replace(made, candidates=tuple(shuffled)))


@FEW
@given(SEEDS, st.sampled_from(["skip", "stop"]))
def test_best_score_first_keeps_every_rule_or_says_which_it_does_not_meet(seed: int, unaffordable: str) -> None:
    result = allocate(random_problem(seed, method="priority", on_unaffordable=unaffordable))
    if result.status == "infeasible":
        assert result.conflict == tuple(dict.fromkeys(check.rule for check in result.checks if not check.holds))
        assert not result.awards
    else:
        assert all(check.holds for check in result.checks)


@FEW
@given(SEEDS, st.sampled_from(["skip", "stop"]))
def test_best_score_first_reports_the_outcome_of_every_order_of_equal_bids(seed: int, unaffordable: str) -> None:
    """Referee: a walk in plain Python down the list in each of many random orders of equal bids."""
    dice = random.Random(seed)
    made = random_problem(seed, method="priority", on_unaffordable=unaffordable, tie_break=())
    limits = ("budget", "organisation_awards", "theme_awards", "exclusive")
    rules = tuple(rule for rule in made.rules if rule.kind in limits and not getattr(rule, "least", 0))
    plain = tuple(replace(one, levels=one.levels[:1], excludes=()) for one in made.candidates)
    made = replace(made, rules=rules, candidates=plain)
    result = allocate(made)
    seen = {_walk(made, sorted(plain, key=lambda one: (-one.score, dice.random()))) for _ in range(60)}
    assert seen <= set(result.tied)
    assert result.tied_complete
    assert len(result.tied) == len(seen) or len(result.tied) > 3  # 60 orders find all of a few outcomes


def _walk(made: Problem, ordered: list) -> tuple[str, ...]:  # type: ignore[type-arg]
    funded: list = []  # type: ignore[type-arg]
    stopped = set()
    for one in ordered:
        if one.theme in stopped:
            continue
        if _within(made, [*funded, one]):
            funded.append(one)
        elif made.policy.on_unaffordable == "stop":
            stopped.add(one.theme)
    return tuple(sorted(one.bid for one in funded))


def _within(made: Problem, funded: list) -> bool:  # type: ignore[type-arg]
    for rule in made.rules:
        if rule.kind == "budget":
            used, most = sum(one.levels[0].cost for one in funded), int(rule.limit * 100)
        elif rule.kind == "exclusive":
            used, most = sum(one.bid in rule.bids for one in funded), rule.limit
        elif rule.kind == "organisation_awards":
            used = max((sum(name in one.organisations for one in funded) for name in ("o1", "o2", "o3")), default=0)
            most = rule.limit
        else:
            themes = ("advice", "youth") if rule.theme == "*" else (rule.theme,)
            used = max(sum(one.theme == theme for one in funded) for theme in themes)
            most = len(funded) if rule.most is None else rule.most
        if used > most:
            return False
    return True


def test_the_seed_of_hashes_changes_nothing() -> None:
    code = (
        "from tests.unit.allocation.small_problems import random_problem; from evaluator.allocation import allocate;"
        "print([allocate(random_problem(seed)) for seed in range(12)])"
    )
    printed = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "77")
    ]
    assert printed[0] == printed[1] == printed[2]
    assert len(printed[0]) > 1000


@FEW
@given(SEEDS)
def test_names_change_nothing_when_the_tie_break_decides(seed: int) -> None:
    made = random_problem(seed, tie_break=("lower_cost", "wards_covered"))
    made = replace(
        made, rules=tuple(rule for rule in made.rules if rule.kind not in ("exclusive", "linked", "must_fund"))
    )
    plain = tuple(replace(one, excludes=()) for one in made.candidates)
    new = {one.bid: f"Z{9 - number}" for number, one in enumerate(plain)}
    renamed = tuple(replace(one, bid=new[one.bid]) for one in plain)
    result = allocate(replace(made, candidates=plain))
    again = allocate(replace(made, candidates=renamed))
    assert (result.status, len(result.tied)) == (again.status, len(again.tied))
    if len(result.tied) == 1:
        assert sorted(new[bid] for bid in bids(result)) == sorted(bids(again))


@FEW
@given(SEEDS)
def test_what_an_explanation_says_would_be_broken_the_checker_finds_broken(seed: int) -> None:
    made = random_problem(seed)
    result = allocate(made)
    for refusal in result.not_awarded:
        one = next(one for one in made.candidates if one.bid == refusal.bid)
        ways = [
            set(broken(verify(made, (*result.awards, Award(one.bid, one.theme, level.name, level.cost, level.costs)))))
            for level in one.levels
        ]
        if refusal.reason == "does_not_fit":
            assert all(ways)
            named = set(re.findall(r"\(rule (R\d+)\)", refusal.explanation))
            smallest = min(range(len(ways)), key=lambda at: one.levels[at].cost)
            assert named <= ways[smallest]
            assert named or "may be funded" in refusal.explanation
        elif refusal.reason == "no_gain":
            assert not all(ways)
        else:
            assert (result.status, refusal.reason) == ("infeasible", "not_decided")


@FEW
@given(SEEDS)
def test_objectives_too_fine_for_a_solver_are_compared_exactly(seed: int) -> None:
    made = random_problem(seed, bids=6)
    best = best_allocations(made)
    with mock.patch.multiple("evaluator.allocation.search.exact_sums", FINE=10, COARSE=7, MOST_COMPARED=1000):
        result = allocate(made)
    assert (result.status == "proven") is bool(best)
    found, all_sets = set(result.tied), {names(taken) for taken in best}
    assert found == all_sets if result.tied_complete else found < all_sets
    if result.status == "proven" and made.policy.objective == ("total_score",):
        assert not any(best) or "no set of awards has" in result.proof.second_opinion


@FEW
@given(SEEDS)
def test_either_solver_gives_the_same_awards_and_the_same_ties(seed: int) -> None:
    made = random_problem(seed)
    one, other = allocate(made), allocate(made, by_cbc=True)
    assert (other.status, other.awards, other.conflict) == (one.status, one.awards, one.conflict)
    assert (other.tied, other.tied_complete) == (one.tied, one.tied_complete)
