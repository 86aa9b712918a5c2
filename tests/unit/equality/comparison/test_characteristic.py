"""When a line's money would tell how many of its bids are of one theme."""

import pytest

from evaluator.equality.comparison.characteristic import Policy, _parts_told
from evaluator.equality.data.stage_reached import RECOMMENDED, StagesReached
from tests.unit.equality.small_programmes import bid


def told(dear: int, unit: int, price: int = 10) -> bool:
    """Whether it is told of a line with 20 bids of nothing in theme T and so many dear ones of the 30 in theme U."""
    cheap = tuple(bid(f"T{n}", f"T{n}", 0, "T") for n in range(40))
    others = tuple(bid(f"U{n}", f"U{n}", price, "U") for n in range(30))
    every = (*cheap, *others)
    reached = StagesReached(every, {one.id: RECOMMENDED for one in every}, {one.id: one.price or 0 for one in every})
    return _parts_told((*cheap[:20], *others[:dear]), RECOMMENDED, reached, Policy(10, unit))


@pytest.mark.parametrize(("dear", "is_told"), [(9, True), (10, False), (11, False)])
def test_fewer_bids_of_a_theme_than_the_threshold_must_not_be_told_by_the_sum(dear: int, *, is_told: bool) -> None:
    assert told(dear, unit=100, price=1000) is is_told


@pytest.mark.parametrize(("unit", "is_told"), [(90, True), (95, True), (100, False), (110, False)])
def test_a_small_number_is_open_over_a_range_as_wide_as_the_threshold(unit: int, *, is_told: bool) -> None:
    # Nine bids of 10 are 90. Shown to 90 it is 90 and 5 to 13 bids fit; to 95, 95 and 5 to 14; to 100, 100 and 5 to 15.
    assert told(9, unit) is is_told
