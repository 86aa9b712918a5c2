"""Money is rounded so far that it does not tell which bids are in a sum."""

from itertools import combinations

import pytest

from evaluator.equality.suppression.money_rounding import (
    rounding_unit,
    sums_tell,
    tells_membership,
    tells_part,
    to_unit,
    uneven,
)


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


@pytest.mark.parametrize(("largest", "stands_out"), [(209, False), (210, False), (211, True)])
def test_money_is_uneven_over_three_times_the_middle_one(largest: int, *, stands_out: bool) -> None:
    assert uneven([50, 60, 70, largest]) is stands_out


@pytest.mark.parametrize(("known", "told"), [(3, True), (4, False), (5, True)])
def test_a_sum_is_open_only_if_both_ends_can_be_in_it_and_out_of_it(known: int, *, told: bool) -> None:
    # Two of 1, 2, 2 and 3: with the 3 they make 4 or 5, without it 3 or 4; with the 1 3 or 4, without it 4 or 5.
    assert tells_membership([1, 2, 2, 3], 2, (known, known)) is told


@pytest.mark.parametrize(
    ("between", "possible"),
    [
        ((10, 10), range(1, 2)),
        ((10, 11), range(0, 3)),
        ((11, 11), range(0, 3)),
        ((11, 12), range(0, 3)),
        ((12, 12), range(1, 2)),
    ],
)
def test_how_many_are_of_a_part_is_told_by_the_least_and_the_most_that_fit(
    between: tuple[int, int], possible: range
) -> None:
    # Two of 5 and 6 (the part) and of another 5 and 6: one of each can be 10 to 12, two of one side are 11.
    assert tells_part([5, 6], [5, 6], number=2, own=1, between=between) == possible


def test_a_bid_smaller_than_all_others_is_told_by_a_sum_that_has_no_room_for_it() -> None:
    # Two of four of 50 and 51 and of one of 1 come to 100: the largest can be in it or not, the smallest cannot.
    assert tells_membership([1, 50, 50, 50, 51], 2, (99, 101))
    assert not tells_membership([49, 50, 50, 50, 51], 2, (99, 101))


@pytest.mark.parametrize(("third", "told"), [(19, True), (20, False), (21, False)])
def test_what_is_left_of_all_money_tells_as_well_as_far_as_the_rounding_of_every_sum_allows(
    third: int, *, told: bool
) -> None:
    # Two lines of two bids show 40 each, to 20, and each can hold the 30. Left are two bids of 20, give or take 20, and
    # with the 30 two come to 40 at least. With 19 in the place of a 20 all is one less: they come to 39 at most.
    assert sums_tell([30, 20, third, 10, 10, 10], [(2, 40), (2, 40)], 20) is told


def test_a_line_without_bids_and_one_of_all_bids_tell_nothing() -> None:
    amounts = [100, 105, 110, 115, 120, 125]
    assert not sums_tell(amounts, [(3, 350), (0, 0)], 50)
    assert not sums_tell(amounts, [(6, 700)], 50)


def test_the_smallest_bid_is_told_by_a_sum_that_it_cannot_be_in() -> None:
    assert tells_membership([1, 50, 50, 50, 50], 2, (100, 100))


@pytest.mark.parametrize(("highest", "told"), [(39, True), (40, False), (41, False)])
def test_the_largest_bid_is_told_by_a_sum_under_its_own_with_the_smallest_others(highest: int, *, told: bool) -> None:
    # The 30 makes at least 40 with one other; without it there are 20 to 30.
    assert tells_membership([10, 10, 20, 30], 2, (25, highest)) is told


@pytest.mark.parametrize(
    ("between", "possible"),
    [
        ((5, 5), range(1, 3)),
        ((10, 10), range(1, 3)),
        ((4, 4), range(2, 3)),
        ((14, 14), range(1, 3)),
        ((15, 15), range(2, 3)),
    ],
)
def test_one_of_a_part_can_make_from_both_smallest_to_both_largest(between: tuple[int, int], possible: range) -> None:
    # Two of 1 and 9 (the part) and 4 and 5: one of each makes 5 to 14, both of the rest 9.
    assert tells_part([1, 9], [4, 5], number=2, own=2, between=between) == possible


def test_more_bids_than_the_rest_has_are_partly_of_the_part() -> None:
    assert tells_part([5, 6], [7, 8], number=3, own=1, between=(0, 100)) == range(1, 3)


@pytest.mark.parametrize(
    ("amounts", "sums", "unit", "told"),
    [
        # Two lines of 65 to 75 leave one bid of 15 to 35: neither the 10 nor the 60, which both lines leave open.
        ([10, 25, 30, 40, 60], [(2, 70), (2, 70)], 10, True),
        # Two lines of 10 to 30 leave two bids of -14 to 26, since both are rounded: 10 and 12, or 12 and 12.
        ([10, 12, 12, 12], [(1, 20), (1, 20)], 20, False),
        # Rounded to fifties, 100 is 75 to 125, and all but the 40 make 75.
        ([20, 25, 30, 40], [(3, 100)], 50, False),
        # A line of one bid of 25 to 35 is not the 15; the other line and the bid that is left could be anything.
        ([15, 20, 25, 25], [(1, 30), (2, 40)], 10, True),
    ],
)
def test_lines_and_what_is_left_are_known_as_finely_as_they_are_rounded(
    amounts: list[int], sums: list[tuple[int, int]], unit: int, *, told: bool
) -> None:
    assert sums_tell(amounts, sums, unit) is told
