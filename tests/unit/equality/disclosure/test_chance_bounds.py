"""What bands say of chance: never more than the worst table that fits them, and the published figures of one table."""

import random
from collections.abc import Sequence
from fractions import Fraction
from math import comb

import pytest
from scipy.stats import fisher_exact

from evaluator.equality.disclosure.chance_bounds import (
    MOST_TABLES,
    Stratum,
    all_unlikely,
    none_unlikely,
)
from evaluator.records.results.equality import Band

LEVEL = Fraction(1, 20)


def smaller_tail(table: Sequence[tuple[int, int, int]], funded: int) -> Fraction:
    """Give the smaller exact chance of so few, or so many, with an award: organisations, awards and own, by stratum."""
    ways = [1]
    for number, won, own in table:
        here = [comb(won, k) * comb(number - won, own - k) for k in range(own + 1)]
        ways = [
            sum(ways[at - k] * here[k] for k in range(own + 1) if 0 <= at - k < len(ways))
            for at in range(len(ways) + own)
        ]
    return Fraction(min(sum(ways[: funded + 1]), sum(ways[funded:])), sum(ways))


@pytest.mark.parametrize(("awards", "printed"), [(3, ".0014"), (4, ".0074"), (5, ".0297"), (6, ".0928")])
def test_fishers_exact_p_of_90_organisations_35_awards_and_a_group_of_25(awards: int, printed: str) -> None:
    """Computed figures; the smaller tail is never above the two-sided p, so that it speaks up no later."""
    two_sided = fisher_exact([[awards, 25 - awards], [35 - awards, 30 + awards]]).pvalue
    assert f"{two_sided:.4f}"[1:] == printed
    assert smaller_tail([(90, 35, 25)], awards) <= two_sided <= 2 * smaller_tail([(90, 35, 25)], awards)


def test_two_or_fewer_of_25_is_unlikely_to_be_chance_whichever_it_is() -> None:
    assert all_unlikely([(90, 35)], Band(25, 25), Band(0, 2), LEVEL / 31) == "fewer"
    assert all_unlikely([(90, 35)], Band(25, 25), Band(0, 5), LEVEL / 31) == ""
    assert all_unlikely([(90, 35)], Band(25, 25), Band(20, 25), LEVEL / 31) == "more"


def test_a_band_of_which_some_figures_are_likely_and_others_not_says_nothing() -> None:
    assert all_unlikely([(90, 35)], Band(25, 25), Band(2, 9), LEVEL) == ""
    assert not none_unlikely([(90, 35)], Band(25, 25), Band(2, 9), LEVEL)
    assert none_unlikely([(90, 35)], Band(25, 25), Band(8, 11), LEVEL)


def split(dice: random.Random, strata: Sequence[Stratum], size: int) -> list[int]:
    places = [at for at, (number, _) in enumerate(strata) for _ in range(number)]
    taken = dice.sample(places, size)
    return [taken.count(at) for at in range(len(strata))]


@pytest.mark.parametrize("seed", range(150))
def test_what_is_said_holds_for_every_way_to_lie_in_the_strata(seed: int) -> None:
    """Strata that award very differently, listed or bounded; each claim is held against random tables that fit."""
    dice = random.Random(seed)
    strata = [(number, dice.randint(0, number)) for number in dice.choices(range(2, 40), k=dice.randint(1, 5))]
    whole, won = (sum(column) for column in zip(*strata, strict=True))
    size = dice.randint(1, whole)
    least = dice.randint(0, min(size, won))
    funded = Band(least, min(size, won, least + dice.choice((0, 0, 2, 5))))
    way = all_unlikely(strata, Band(size, size), funded, LEVEL)
    quiet = none_unlikely(strata, Band(size, size), funded, LEVEL)
    for _ in range(40):
        own = split(dice, strata, size)
        table = [(number, awards, ours) for (number, awards), ours in zip(strata, own, strict=True)]
        possible = range(sum(max(0, a + o - n) for n, a, o in table), sum(min(a, o) for n, a, o in table) + 1)
        seen = dice.randint(funded.least, funded.most)
        if seen in possible:
            tail = smaller_tail(table, seen)
            assert not way or 2 * tail <= LEVEL
            assert not quiet or tail > LEVEL


def test_some_claims_are_made_where_the_tables_are_too_many_to_list() -> None:
    strata = [(40, 20), (40, 18), (40, 22)]
    assert MOST_TABLES / 2 < 41 * 41
    assert all_unlikely(strata, Band(40, 40), Band(0, 5), LEVEL) == "fewer"
    assert all_unlikely(strata, Band(40, 40), Band(36, 40), LEVEL) == "more"
