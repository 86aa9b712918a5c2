"""Money is rounded so far that it does not tell which bids are in a sum."""

from itertools import combinations

import pytest

from evaluator.equality.suppression.money_rounding import rounding_unit, sums_tell, tells_membership, to_unit


@pytest.mark.parametrize(("amounts", "unit"), [([3], 2), ([4], 2), ([5], 5), ([100_000_00] * 7, 50_000_00), ([], 1)])
def test_the_unit_is_one_two_or_five_with_noughts_and_half_the_mean(amounts: list[int], unit: int) -> None:
    assert rounding_unit(amounts) == unit


def test_halves_go_away_from_nought() -> None:
    assert [to_unit(amount, 10) for amount in (-15, -14, 0, 4, 5, 15)] == [-20, -10, 0, 0, 10, 20]


def test_one_bid_larger_than_all_others_together_is_told_by_a_sum() -> None:
    amounts = [10] * 20 + [1000]
    assert sums_tell(amounts, [(11, 1100)], 10)
    assert sums_tell(amounts, [(10, 100)], 10)  # it must be with those that are not shown


def test_like_bids_are_told_by_no_sum() -> None:
    assert not sums_tell([100, 105, 110, 115, 120, 125], [(3, 350)], 50)


def test_no_sum_tells_nothing() -> None:
    assert not sums_tell([1, 1000], [], 50)


def test_the_bounds_never_clear_a_bid_that_trying_all_sums_convicts() -> None:
    amounts = [3, 5, 8, 13, 40]
    for number in range(1, 5):
        for shown in range(0, 80, 5):
            between = (shown - 2, shown + 2)
            fits = [c for c in combinations(range(5), number) if between[0] <= sum(amounts[i] for i in c) <= between[1]]
            by_bounds = tells_membership(amounts, number, between)
            if by_bounds and fits:
                assert any(all(at in c for c in fits) or all(at not in c for c in fits) for at in (0, 4))
