"""The whole allocation of 120 bids under all kinds of rules, against one bare solve of its first stage.

Run by hand: ``python benchmarks/allocation.py``, or with another number of bids, such as 1000. Both sides run in turn
in one process; the ratio is printed last. The bare side hands HiGHS the whole model of the first stage, with no gap and
nothing of ours before it, once as arrays and once through PuLP; the quicker one counts. From 500 bids on scores are
whole points and a bid asks the same every year, for with finer ones not even the bare solve ends in a minute.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from decimal import Decimal

import pulp

from evaluator.allocation import allocate
from evaluator.allocation.model.below_minimum import refuse_below_minimum
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import Model, objective_terms
from evaluator.allocation.solvers import highs
from evaluator.allocation.solvers.work import Work
from evaluator.records.programme.allocation_policy import AllocationPolicy
from evaluator.records.results.allocation import FULL, Candidate, Level, Problem

BIDS = int(sys.argv[1]) if len(sys.argv) > 1 else 120
THEMES, YEARS, SEEDS, MANY = 5, ("2027-28", "2028-29", "2029-30", "2030-31"), (1, 2, 3, 4, 5), 500
BARE = 10**9  # nodes and iterations, which is any number
BARE_SECONDS = 120


def a_candidate(dice: random.Random, number: int) -> Candidate:
    base = dice.randint(8_000, 90_000)
    ask = tuple(base * dice.randint(90, 110) for _ in YEARS)  # pence: a tenth up or down from year to year
    score = min(9_900, max(3_000, round(dice.gauss(6_500, 1_200))))
    if BIDS >= MANY:
        ask, score = (base * 100,) * len(YEARS), round(score, -2)
    levels = [Level(FULL, score, ask)]
    if dice.random() < 0.1:
        levels += [Level(f"{part}%", score * part // 100, tuple(one * part // 100 for one in ask)) for part in (80, 60)]
    return Candidate(
        bid=f"B{number:03}",
        theme=f"T{number % THEMES}",
        organisations=tuple(f"O{one}" for one in dice.sample(range(BIDS * 2 // 3), 2 if dice.random() < 0.05 else 1)),
        levels=tuple(levels),
        hours=Decimal(dice.randint(20, 120)) / 2,
        wards=tuple(f"W{one}" for one in sorted(dice.sample(range(20), dice.randint(1, 4)))),
        groups=tuple(f"G{one}" for one in sorted(dice.sample(range(6), dice.randint(0, 2)))),
        small=dice.random() < 0.4,
        outcomes=tuple(f"U{one}" for one in sorted(dice.sample(range(4), dice.randint(0, 2)))),
        people=dice.randint(10, 400),
        variant="one or other" if dice.random() < 0.1 else "",
    )


def a_problem(seed: int) -> Problem:
    dice = random.Random(seed)
    candidates = tuple(a_candidate(dice, number) for number in range(BIDS))
    by_year = [sum(one.levels[0].costs[year] for one in candidates) for year in range(len(YEARS))]
    whole = sum(by_year)
    rules = [
        {"id": "R1", "kind": "budget", "limit": _pounds(whole * 42 // 100)},
        *(
            {"id": f"R2-{year}", "kind": "year_budget", "year": year, "limit": _pounds(spent * 41 // 100)}
            | ({"carry_over": True} if year != YEARS[0] else {})
            for year, spent in zip(YEARS, by_year, strict=True)
        ),
        {"id": "R3", "kind": "theme_budget", "theme": "*", "limit": _pounds(whole // 10)},
        {"id": "R4", "kind": "theme_awards", "theme": "*", "least": 3, "most": BIDS // 10},
        {"id": "R5", "kind": "organisation_awards", "limit": 2},
        {"id": "R6", "kind": "organisation_money", "limit": "500000"},
        {"id": "R7", "kind": "capacity", "limit": str(BIDS * 35 * 45 // 100)},
        {"id": "R8", "kind": "exclusive", "bids": ("B001", "B006")},
        {"id": "R9", "kind": "linked", "bids": ("B002", "B003")},
        {"id": "R10", "kind": "must_fund", "bid": "B010"},
        {"id": "R11", "kind": "ward_floor", "least": 16},
        {"id": "R12", "kind": "group_floor", "group": "G1", "least": 3},
        {"id": "R13", "kind": "small_share", "least": "20%"},
        {"id": "R14", "kind": "theme_share", "theme": "*", "least": "10%", "most": "30%", "of": "awarded"},
        {"id": "R15", "kind": "variants"},
        {"id": "R16", "kind": "least_level", "least": "60%"},
        {"id": "R17", "kind": "outcome_floor", "outcome": "U1", "least": 5},
        {"id": "R18", "kind": "reserve_list", "theme": "*", "length": 3},
    ]
    facts = {"method": "optimise", "tie_break": ("wards_covered", "lower_cost"), "rule": tuple(rules)}
    policy = AllocationPolicy.model_validate(facts)
    return Problem(policy, policy.rule, YEARS, 100, candidates)


def _pounds(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}"


def bare(problem: Problem) -> float:
    model = build(refuse_below_minimum(problem))
    return min(_seconds(by_arrays, model), _seconds(by_pulp, model))


def _seconds(solve: Callable[[Model], None], model: Model) -> float:
    start = time.perf_counter()
    solve(model)
    return time.perf_counter() - start


def by_arrays(model: Model) -> None:
    highs.run(highs.handed(model.variables, model.rows, dict(objective_terms(model, "total_score"))), Work(BARE, BARE))


def by_pulp(model: Model) -> None:
    problem = pulp.LpProblem("bare", pulp.LpMaximize)
    made = [problem.add_variable(f"x{at:07d}", 0, 1, pulp.LpInteger) for at in range(model.variables)]
    problem.setObjective(
        pulp.LpAffineExpression([(made[at], one) for at, one in objective_terms(model, "total_score")])
    )
    for number, row in enumerate(model.rows):
        used = pulp.LpAffineExpression([(made[at], weight) for at, weight in row.terms])
        if row.least is not None:
            problem.addConstraint(used >= row.least, f"least{number}")
        if row.most is not None:
            problem.addConstraint(used <= row.most, f"most{number}")
    problem.solve(pulp.HiGHS(msg=False, threads=1, random_seed=1, gapRel=0, gapAbs=0.99, timeLimit=BARE_SECONDS))


def whole(problem: Problem) -> float:
    start = time.perf_counter()
    allocation = allocate(problem)
    taken = time.perf_counter() - start
    print(
        f"  {allocation.status}, {len(allocation.awards)} awards, {len(allocation.tied)} equal sets, second opinion "
        f"{'confirms' if 'no set of awards has' in allocation.proof.second_opinion else 'does not confirm'}: "
        f"{taken:.2f} s"
    )
    return taken


def main() -> None:
    ratios = []
    for seed in SEEDS:
        problem = a_problem(seed)
        alone = bare(problem)
        print(f"seed {seed}: one bare solve {alone:.2f} s")
        ratios.append(whole(problem) / alone)
        print(f"  ratio {ratios[-1]:.2f}")
    ratio = statistics.median(ratios)
    print(f"least {min(ratios):.1f}, greatest {max(ratios):.1f}")
    print(f"{BIDS} bids: whole allocation / one bare solve of its first stage (median of {len(SEEDS)}): {ratio:.1f}")


if __name__ == "__main__":
    main()
