"""Small problems for the tests of the allocation: candidates and rules in a line each."""

import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import Any, get_args

from evaluator.allocation import broken, verify
from evaluator.records.programme.allocation_policy import AllocationPolicy, Objective
from evaluator.records.results.allocation import FULL, Award, Candidate, Level, Problem


def candidate(bid: str, score: int, cost: int, theme: str = "advice", **more: Any) -> Candidate:
    """A bid with a score in whole points and a cost in pounds; its organisation is named after it."""
    organisations = more.pop("organisations", (f"org {bid}",))
    levels = more.pop("levels", (Level(FULL, score, (cost * 100,)),))
    return Candidate(bid=bid, theme=theme, organisations=organisations, levels=levels, **more)


def problem(
    candidates: Sequence[Candidate], *rules: dict[str, Any], years: tuple[str, ...] = (), **policy: Any
) -> Problem:
    """A problem with these rules, whole points, and the method "optimise" unless it says otherwise."""
    unit, refused = policy.pop("score_unit", 1), policy.pop("refused", ())
    numbered = tuple({"id": f"R{number}"} | rule for number, rule in enumerate(rules, 1))
    made = AllocationPolicy.model_validate({"method": "optimise"} | policy | {"rule": numbered})
    return Problem(made, made.rule, years, unit, tuple(candidates), refused)


def budget(limit: int) -> dict[str, Any]:
    """A budget in pounds."""
    return {"kind": "budget", "limit": str(limit)}


def awards(candidates: Sequence[Candidate], *names: str) -> tuple[Award, ...]:
    """Awards to the named bids at their first level."""
    chosen = [one for one in candidates if one.bid in names]
    return tuple(award(one, one.levels[0]) for one in chosen)


def award(one: Candidate, level: Level) -> Award:
    """An award to a candidate at one of its levels."""
    return Award(one.bid, one.theme, level.name, level.cost, level.costs if len(level.costs) > 1 else ())


def bids(result: Any) -> tuple[str, ...]:
    """The bids that are awarded."""
    return tuple(one.bid for one in result.awards)


def every_allocation(made: Problem) -> Iterator[tuple[tuple[Candidate, Level], ...]]:
    """Every way to fund bids at levels, whether it keeps the rules or not."""
    for picked in product(*(((None, *one.levels)) for one in made.candidates)):
        yield tuple((one, level) for one, level in zip(made.candidates, picked, strict=True) if level is not None)


def best_allocations(made: Problem) -> list[tuple[tuple[Candidate, Level], ...]]:
    """The best allocations by brute force: every stage in order, all that are equal after the last."""
    feasible = [
        taken
        for taken in every_allocation(made)
        if not broken(verify(made, tuple(award(one, level) for one, level in taken)))
    ]
    for objective in made.policy.objective + made.policy.tie_break:
        if feasible:
            best = max(value(objective, taken) for taken in feasible)
            feasible = [taken for taken in feasible if value(objective, taken) == best]
    return feasible


def value(objective: str, taken: Sequence[tuple[Candidate, Level]]) -> int:
    """An objective counted by hand, more is better."""
    return {
        "total_score": sum(level.score for _, level in taken),
        "score_by_money": sum(level.score * level.cost for _, level in taken),
        "score_by_people": sum(level.score * one.people for one, level in taken),
        "score_by_theme": sum(level.score * {"advice": 15, "youth": 20}[one.theme] for one, level in taken),
        "outcomes_covered": len({outcome for one, _ in taken for outcome in one.outcomes}),
        "lower_cost": -sum(level.cost for _, level in taken),
        "fewer_awards": -len(taken),
        "wards_covered": len({ward for one, _ in taken for ward in one.wards}),
        "groups_covered": len({group for one, _ in taken for group in one.groups}),
    }[objective]


def names(taken: Sequence[tuple[Candidate, Level]]) -> tuple[str, ...]:
    """The awards of a set as an allocation names them."""
    ordered = sorted(taken, key=lambda pair: pair[0].bid)
    return tuple(one.bid if level.name == FULL else f"{one.bid} at {level.name}" for one, level in ordered)


def random_problem(seed: int, bids: int = 7, **policy: Any) -> Problem:
    """A small problem in two themes and two years with some of every kind of rule, the same for the same seed."""
    dice = random.Random(seed)
    candidates = [_random_candidate(dice, f"B{number}") for number in range(dice.randint(0, bids))]
    density = dice.choice((0.05, 0.1, 0.25))
    rules = [rule for rule in _random_rules(dice, [one.bid for one in candidates]) if dice.random() < density]
    objectives = list(get_args(Objective))
    dice.shuffle(objectives)
    chosen: dict[str, Any] = {"objective": objectives[:1], "tie_break": objectives[1 : dice.randint(1, 4)]}
    chosen["theme_weights"] = {"advice": "1.5", "youth": "2"}
    if dice.random() < 0.6:
        chosen["objective"] = ["total_score"]
    return problem(candidates, *rules, years=("y1", "y2"), **(chosen | policy))


def _random_candidate(dice: random.Random, bid: str) -> Candidate:
    score, ask = dice.randint(0, 6), (dice.randint(0, 5) * 100, dice.randint(1, 5) * 100 + dice.choice((0, 1)))
    levels = [Level(FULL, score * 2, ask)]
    if dice.random() < 0.3:
        levels.append(Level("50%", score, (ask[0] // 2, ask[1] // 2)))
    return candidate(
        bid,
        0,
        0,
        dice.choice(("advice", "youth")),
        levels=tuple(levels),
        organisations=tuple(dice.sample(("o1", "o2", "o3"), dice.randint(1, 2))),
        hours=Decimal(dice.randint(0, 6)) / 2,
        wards=tuple(dice.sample(("w1", "w2", "w3"), dice.randint(0, 2))),
        groups=tuple(dice.sample(("g1", "g2"), dice.randint(0, 1))),
        small=dice.random() < 0.5,
        outcomes=tuple(dice.sample(("O1", "O2"), dice.randint(0, 2))),
        people=dice.randint(0, 4),
        variant=dice.choice(("", "", "bus")),
        excludes=("B1",) if dice.random() < 0.1 and bid != "B1" else (),
    )


def _random_rules(dice: random.Random, names: list[str]) -> Iterator[dict[str, Any]]:
    some = dice.sample(names, min(2, len(names)))
    yield {"kind": "budget", "limit": str(dice.randint(0, 25))}
    yield {"kind": "year_budget", "year": "y1", "limit": str(dice.randint(0, 12))}
    yield {"kind": "theme_budget", "theme": "*", "limit": str(dice.randint(4, 15))}
    yield {"kind": "theme_budget", "theme": "youth", "least": str(dice.randint(0, 6)), "year": "y2"}
    yield {"kind": "theme_awards", "theme": "*", "most": dice.randint(0, 3)}
    yield {"kind": "theme_awards", "theme": "advice", "least": dice.randint(0, 2)}
    yield {"kind": "organisation_awards", "limit": dice.randint(1, 3)}
    yield {"kind": "organisation_money", "limit": str(dice.randint(5, 15))}
    yield {"kind": "capacity", "limit": str(Decimal(dice.randint(0, 15)) / 2)}
    yield {"kind": "exclusive", "bids": tuple(some), "limit": dice.randint(0, 1)}
    yield {"kind": "linked", "bids": tuple(some) if dice.random() < 0.8 else (*some, "gone")}
    if names and dice.random() < 0.5:
        yield {"kind": "must_fund", "bid": dice.choice(names)}
    yield {"kind": "ward_floor", "least": dice.randint(0, 3)}
    yield {"kind": "group_floor", "group": "g1", "least": dice.randint(0, 2)}
    yield {"kind": "small_share", "least": dice.choice(("20%", "33.3%", "50%"))}
    yield {"kind": "small_share", "least": dice.choice(("20%", "33.3%", "50%")), "of": "awards"}
    yield {"kind": "theme_share", "theme": "*", "most": dice.choice(("40%", "62.5%")), "of": "awarded"}
    yield {"kind": "theme_share", "theme": "youth", "least": "12.5%", "of": "awarded"}
    yield from _random_years(dice)
    yield {"kind": "capacity", "limit": str(Decimal(dice.randint(0, 9)) / 2), "themes": ("advice",)}
    yield {"kind": "variants", "limit": 1}
    yield {"kind": "least_level", "least": "60%"}
    yield {"kind": "reserve_list", "theme": "*", "length": 2}
    yield {"kind": "ward_floor", "ward": dice.choice(("w1", "w2")), "least": dice.randint(0, 2)}
    yield {"kind": "outcome_floor", "outcome": dice.choice(("O1", "O2")), "least": dice.randint(0, 2)}


def _random_years(dice: random.Random) -> Iterator[dict[str, Any]]:
    """Limits of the second year that take over what the first year leaves, and shares of the budget."""
    if dice.random() < 0.5:
        yield {"kind": "year_budget", "year": "y1", "limit": str(dice.randint(6, 12)), "committed": "1.50"}
        yield {"kind": "year_budget", "year": "y2", "limit": str(dice.randint(2, 12)), "carry_over": True}
        yield {"kind": "theme_share", "theme": "*", "least": "4%", "most": dice.choice(("40%", "55.5%"))}
    if dice.random() < 0.5:
        yield {"kind": "theme_budget", "theme": "*", "limit": str(dice.randint(3, 9)), "year": "y1"}
        second = {"limit": str(dice.randint(2, 9)), "least": str(dice.randint(0, 1))}
        yield {"kind": "theme_budget", "theme": "youth", "year": "y2", "carry_over": True} | second
