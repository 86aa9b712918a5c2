"""How far down an order of merit a theme goes: by hand, and what is settled against every set of awards there is."""

import random
from dataclasses import replace

from evaluator.allocation.model.below_minimum import refuse_below_minimum
from evaluator.allocation.model.constraints import build
from evaluator.allocation.search.frontiers import settled
from evaluator.records.results.allocation import Problem
from tests.unit.allocation.merit_by_enumeration import THEMES, every_set, keeps_every_rule, random_merit
from tests.unit.allocation.small_problems import budget, candidate, problem

MERIT = {"id": "M1", "kind": "merit_order", "theme": "*"}
FOUR = [candidate(bid, score, 30) for bid, score in (("A", 90), ("B", 80), ("C", 70), ("D", 60))]


def settled_bids(made: Problem) -> dict[str, int]:
    model = build(refuse_below_minimum(made))
    return {f"{(one := model.choices[at]).candidate.bid} {one.level.name}": to for at, to in settled(model).items()}


def by_all_sets(made: Problem) -> dict[str, int]:
    """What every set of awards that keeps the rules has alike, by bid and level; nothing where there is none."""
    kept = [
        {(one.bid, level.name) for one, level in taken} for taken in every_set(made) if keeps_every_rule(made, taken)
    ]
    names = [(one.bid, level.name) for one in made.candidates for level in one.levels]
    alike = {name: {name in taken for taken in kept} for name in names}
    return {" ".join(name): int(True in has) for name, has in alike.items() if len(has) == 1}


def test_a_budget_leaves_out_all_from_the_first_bid_on_that_the_money_does_not_reach() -> None:
    # £30 each: £70 pay for A and B. C would be the third.
    assert settled_bids(problem(FOUR, budget(70), MERIT)) == {"C 100%": 0, "D 100%": 0}


def test_a_floor_funds_all_without_which_it_is_not_reached() -> None:
    # Three of four awards: without B or C only those above them are left.
    floor = {"kind": "theme_awards", "theme": "advice", "least": 3, "most": 4}
    assert settled_bids(problem(FOUR, floor, MERIT)) == {"A 100%": 1, "B 100%": 1, "C 100%": 1}


def test_a_bid_that_may_be_passed_over_is_counted_as_passed_over_where_that_leaves_more() -> None:
    # A, X and Y are one organisation's, which may have two awards: beside X and Y, A is passed over.
    a, *others = FOUR
    mine = [
        replace(one, organisations=("org",))
        for one in (a, candidate("X", 90, 5, "youth"), candidate("Y", 80, 5, "youth"))
    ]
    rules = ({"kind": "organisation_awards", "limit": 2}, MERIT | {"passes_over": ["R1"]}, budget(55))
    # Without A £55 pay for B, and not for C as well, whoever is passed over. With A they would not even pay for B.
    assert settled_bids(problem([*mine, *others], *rules)) == {"C 100%": 0, "D 100%": 0}


def tight(seed: int) -> Problem:
    """Seven bids of three organisations, with one award each or two, little money, and floors."""
    dice = random.Random(seed)
    made = [
        candidate(
            f"B{number}",
            dice.randint(1, 9),
            dice.randint(1, 6),
            dice.choice(THEMES),
            organisations=tuple(dice.sample(("o1", "o2", "o3"), dice.choice((1, 1, 2)))),
        )
        for number in range(7)
    ]
    rules = [
        {"kind": "organisation_awards", "limit": dice.randint(1, 2)},
        MERIT | {"passes_over": ["R1"] if dice.random() < 0.8 else []},
        budget(dice.randint(5, 20)),
        {"kind": "theme_awards", "theme": dice.choice(THEMES), "least": dice.randint(0, 2), "most": 4},
        {
            "kind": "theme_budget",
            "theme": dice.choice(THEMES),
            "limit": str(dice.randint(4, 12)),
            "least": str(dice.randint(0, 4)),
        },
    ]
    return problem(made, *rules)


def test_what_is_settled_is_so_in_every_set_of_awards_that_keeps_the_rules() -> None:
    count = 0
    for seed in range(80):
        for made in (random_merit(seed, 6), tight(seed)):
            found, alike = settled_bids(made), by_all_sets(made)
            count += len(found)
            assert not alike or found.items() <= alike.items(), seed
    assert count > 80
