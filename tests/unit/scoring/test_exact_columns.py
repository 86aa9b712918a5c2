"""Columns of exact numbers against Python's own fractions, in int64 and beyond it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.records.numbers import rounded
from evaluator.scoring.exact_columns import AWAY, Column, spread
from evaluator.scoring.exact_integers import LIMIT, whole

SMALL = st.fractions(min_value=-1000, max_value=1000, max_denominator=999)
HUGE = st.fractions(min_value=-(10**30), max_value=10**30)
NUMBERS = st.lists(st.one_of(SMALL, HUGE), min_size=1, max_size=12)
ABOVE_NOUGHT = st.lists(st.integers(1, 10**22), min_size=1, max_size=8)


def columns(values: list[Fraction]) -> list[Column]:
    """The same numbers over one denominator, and each over its own."""
    tops = whole(value.numerator for value in values)
    return [Column.of(values), Column(tops, whole(value.denominator for value in values))]


@given(NUMBERS, st.one_of(SMALL, HUGE))
def test_arithmetic_is_that_of_fractions(values: list[Fraction], other: Fraction) -> None:
    for column in columns(values):
        assert (column + other).fractions() == [value + other for value in values]
        assert (other - column).fractions() == [other - value for value in values]
        assert (column * other).fractions() == [value * other for value in values]
        assert column.total() == sum(values)
        assert column.mean() == sum(values) / len(values)
        assert (column.lowest(), column.highest()) == (min(values), max(values))
        assert column.below(other).tolist() == [value < other for value in values]
        assert column.within(0, abs(other)).fractions() == [min(max(value, 0), abs(other)) for value in values]


@given(NUMBERS)
def test_columns_work_with_columns(values: list[Fraction]) -> None:
    one, other = columns(values)
    assert (one + other).fractions() == [2 * value for value in values]
    assert (one * other).fractions() == [value**2 for value in values]
    assert (other - one).fractions() == [Fraction(0)] * len(values)


@given(ABOVE_NOUGHT, st.integers(1, 10**20))
def test_division_by_a_column_is_exact(divisors: list[int], number: int) -> None:
    assert (number / Column(whole(divisors), 7)).fractions() == [Fraction(number * 7, divisor) for divisor in divisors]


def test_a_divisor_that_is_not_above_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        1 / Column.of([1, 0])


@given(NUMBERS, st.integers(0, 6), st.sampled_from(sorted(AWAY)))
def test_rounding_is_that_of_the_records(values: list[Fraction], places: int, mode: str) -> None:
    for column in columns(values):
        assert column.rounded(places, mode).tolist() == [rounded(value, places, mode) for value in values]


@pytest.mark.parametrize("bottom", [10**6, 10**13, 10**17, 10**25], ids=["digits", "digits", "integers", "integers"])
@given(tops=st.lists(st.integers(-(10**18), 10**18), min_size=2, max_size=9), data=st.data())
def test_keys_sort_as_the_numbers_do(bottom: int, tops: list[int], data: st.DataObject) -> None:
    bottoms = data.draw(st.lists(st.integers(1, bottom), min_size=len(tops), max_size=len(tops)))
    column = Column(whole(tops), whole(bottoms))
    keys = list(zip(*(key.tolist() for key in column.sort_keys()), strict=True))
    for a, one in enumerate(column.fractions()):
        for b, other in enumerate(column.fractions()):
            assert (keys[a] < keys[b], keys[a] == keys[b]) == (one < other, one == other)


def test_neighbouring_fractions_have_different_keys() -> None:
    large = 2**45
    column = Column(whole([large - 2, large - 1, large - 2]), whole([large - 1, large, large - 1]))
    first, second, third = zip(*(key.tolist() for key in column.sort_keys()), strict=True)
    assert first < second
    assert first == third


def test_what_int64_cannot_hold_becomes_python_integers() -> None:
    column = Column(whole([LIMIT - 1])) * 8
    assert column.top.dtype == object
    assert column.fractions() == [Fraction(8 * (LIMIT - 1))]


def test_spreading_fills_other_rows_with_nought() -> None:
    spread_out = spread(Column.of([Fraction(1, 2)]), whole([0, 1, 0]).astype(bool))
    assert spread_out.fractions() == [0, Fraction(1, 2), 0]
