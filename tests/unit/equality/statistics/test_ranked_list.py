"""Whether a group stands low in a ranked list: every order of a small list."""

from itertools import combinations
from math import comb

import pytest

from evaluator.equality.statistics.ranked_list import list_p


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
