"""Whether a group stands low in a ranked list: the published tables, and every order of a small list."""

from itertools import combinations
from math import comb

import pytest

from evaluator.equality.statistics.ranked_list import fail_probability, fewest_by_chance, list_p
from tests.unit.equality.vectors import vector


@pytest.mark.parametrize("name", ["fair_mtable_10", "fair_mtable_20", "fair_mtable_30"])
def test_the_fewest_at_each_cut_off_are_those_published(name: str) -> None:
    one = vector(name)
    given = one["inputs"]
    assert list(fewest_by_chance(given["k"], given["p"], given["alpha"])) == one["expected"]["mtable"]


@pytest.mark.parametrize(
    "name", ["fair_failprob_10", "fair_failprob_20", "fair_failprob_30", "fair_failprob_readme_trap"]
)
def test_the_last_position_counts_in_the_probability_of_falling_short(name: str) -> None:
    one = vector(name)
    found = fail_probability(one["inputs"]["p"], one["inputs"]["mtable"])
    assert found == pytest.approx(one["expected"]["fail_prob"], abs=one["tolerance"])


def poorest(own: tuple[int, ...], number: int) -> float:
    """Give the rarest lower tail at any cut-off of a list with the group at these places, by counting orders."""
    tails = []
    for cut in range(1, number + 1):
        seen = sum(place < cut for place in own)
        ways = sum(comb(len(own), x) * comb(number - len(own), cut - x) for x in range(seen + 1) if cut >= x)
        tails.append(ways / comb(number, cut))
    return min(tails)


@pytest.mark.parametrize("own", [(5, 6, 7), (0, 6, 7), (1, 4, 6), (0, 1, 2)])
def test_the_p_of_a_list_is_that_of_every_order_of_its_bids(own: tuple[int, ...]) -> None:
    every = [poorest(places, 8) for places in combinations(range(8), 3)]
    expected = sum(one <= poorest(own, 8) + 1e-12 for one in every) / len(every)
    assert list_p([place in own for place in range(8)]) == pytest.approx(expected)
