"""Columns of exact rational numbers: as quick as int64 where that is proven to hold them, Python integers where not."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import numpy as np

from evaluator.records.numbers import RoundingMode
from evaluator.records.results.scores import Numbers
from evaluator.scoring.exact_integers import LIMIT, Array, divided, plus, reach, times, whole

Scalar = int | Fraction
LEAST_ROOM = 16  # bits a digit; with fewer, Python integers are quicker than more digits

# Whether to go one unit further from nought, given the units, what is left over, and what is missing to the next unit.
AWAY: Mapping[RoundingMode, Callable[[Array, Array, Array], Array]] = {
    "half_up": lambda _units, rest, missing: rest >= missing,
    "half_even": lambda units, rest, missing: (rest > missing) | ((rest == missing) & (units % 2 == 1)),
    "up": lambda _units, rest, _missing: rest > 0,
    "down": lambda _units, rest, _missing: rest < 0,
}


@dataclass(frozen=True, eq=False)
class Column:
    """Exact numbers one below the other: whole numbers ``top`` over ``bottom``, which is above 0.

    ``bottom`` is one integer when all share it. Arithmetic with columns of the same length, integers and fractions
    is exact; nothing is ever rounded but by ``rounded``.

    >>> prices = Column(whole([80, 100]))
    >>> (40 * prices.lowest() / prices).fractions()
    [Fraction(40, 1), Fraction(32, 1)]
    """

    top: Array
    bottom: Array | int = 1

    @classmethod
    def of(cls, values: Sequence[Scalar]) -> "Column":
        """Bring numbers to one denominator.

        >>> Column.of([Fraction(1, 2), Fraction(1, 3)])
        Column(top=array([3, 2]), bottom=6)
        """
        fractions = [Fraction(value) for value in values]
        bottom = lcm(*(value.denominator for value in fractions))
        return cls(whole(value.numerator * (bottom // value.denominator) for value in fractions), bottom)

    @classmethod
    def each(cls, values: Iterable[Scalar]) -> "Column":
        """Keep each number's own denominator, where a common one would have no end of digits.

        >>> Column.each([Fraction(1, 2), Fraction(1, 3)])
        Column(top=array([1, 1]), bottom=array([2, 3]))
        """
        fractions = [Fraction(value) for value in values]
        return cls(whole(one.numerator for one in fractions), whole(one.denominator for one in fractions))

    @classmethod
    def same(cls, value: Scalar, count: int) -> "Column":
        """Repeat one number."""
        return cls(whole([Fraction(value).numerator] * count), Fraction(value).denominator)

    def __len__(self) -> int:
        return len(self.top)

    def __getitem__(self, rows: Array) -> "Column":
        """Take some rows, by a mask or by positions."""
        return Column(self.top[rows], self.bottom if isinstance(self.bottom, int) else self.bottom[rows])

    def at(self, row: int) -> Fraction:
        """Give one number as a fraction."""
        return Fraction(int(self.top[row]), self.bottom if isinstance(self.bottom, int) else int(self.bottom[row]))

    @property
    def bottoms(self) -> Array:
        """The denominators, one a row."""
        if not isinstance(self.bottom, int):
            return self.bottom
        return np.full(len(self), self.bottom, dtype=np.int64 if self.bottom < LIMIT else object)

    def fractions(self) -> list[Fraction]:
        """Give every number as a fraction."""
        return list(map(Fraction, self.top.tolist(), self.bottoms.tolist()))

    def numbers(self) -> Numbers:
        """Give the numbers as the records hold them."""
        return Numbers(_python_integers(self.top), _python_integers(self.bottoms))

    def __mul__(self, other: "Column | Scalar") -> "Column":
        if isinstance(other, Column):
            return Column(times(self.top, other.top), times(self.bottom, other.bottom))
        factor = Fraction(other)
        # Common factors leave first: a mean over n bids would otherwise carry n through every later step.
        shared = gcd(factor.numerator, self.bottom) if isinstance(self.bottom, int) else 1
        bottom = self.bottom // shared if isinstance(self.bottom, int) else self.bottom
        return Column(times(self.top, factor.numerator // shared), times(bottom, factor.denominator))

    __rmul__ = __mul__

    def __truediv__(self, other: "Column | Scalar") -> "Column":
        return self * (other._inverse() if isinstance(other, Column) else 1 / Fraction(other))

    def __rtruediv__(self, other: Scalar) -> "Column":
        return self._inverse() * other

    def _inverse(self) -> "Column":
        if len(self) and self.top.min() <= 0:
            raise ValueError("a divisor must be above 0")
        return Column(self.bottoms, self.top)

    def __add__(self, other: "Column | Scalar") -> "Column":
        if not isinstance(other, Column):
            other = Column.same(other, len(self))
        if not (isinstance(self.bottom, int) and isinstance(other.bottom, int)):
            crossed = plus(times(self.top, other.bottom), times(other.top, self.bottom))
            return Column(crossed, times(self.bottom, other.bottom))
        bottom = lcm(self.bottom, other.bottom)
        return Column(plus(times(self.top, bottom // self.bottom), times(other.top, bottom // other.bottom)), bottom)

    __radd__ = __add__

    def __neg__(self) -> "Column":
        return Column(-self.top, self.bottom)

    def __sub__(self, other: "Column | Scalar") -> "Column":
        return self + -other

    def __rsub__(self, other: Scalar) -> "Column":
        return -self + other

    def below(self, limit: Scalar) -> Array:
        """Say for each number whether it is below the limit."""
        limit = Fraction(limit)
        compared: Array = times(self.top, limit.denominator) < times(self.bottom, limit.numerator)
        return compared

    def within(self, least: Scalar, most: Scalar) -> "Column":
        """Lift what is below ``least`` to it, and lower what is above ``most`` to it."""
        return -(-self._lifted(least))._lifted(-most)

    def _lifted(self, least: Scalar) -> "Column":
        low, least = self.below(least), Fraction(least)
        if not low.any():
            return self
        if isinstance(self.bottom, int) and self.bottom % least.denominator == 0:
            return Column(_replaced(self.top, low, least.numerator * (self.bottom // least.denominator)), self.bottom)
        return Column(_replaced(self.top, low, least.numerator), _replaced(self.bottoms, low, least.denominator))

    def lowest(self) -> Fraction:
        """Give the lowest number."""
        rows = np.arange(len(self))
        for key in self.sort_keys():
            rows = rows[key[rows] == key[rows].min()]
        return self.at(int(rows[0]))

    def highest(self) -> Fraction:
        """Give the highest number."""
        return -(-self).lowest()

    def median(self) -> Fraction:
        """Give the number in the middle, or half way between the two in the middle."""
        ordered, half = sorted(self.fractions()), len(self) // 2
        return ordered[half] if len(self) % 2 else (ordered[half - 1] + ordered[half]) / 2

    def total(self) -> Fraction:
        """Add all numbers up."""
        if isinstance(self.bottom, int):
            exact = self.top if reach(self.top) * len(self) < LIMIT else self.top.astype(object)
            return Fraction(int(exact.sum()), self.bottom)
        return sum((Column(self.top[self.bottom == b], int(b)).total() for b in np.unique(self.bottom)), Fraction(0))

    def mean(self) -> Fraction:
        """Give the mean."""
        return self.total() / len(self)

    def sort_keys(self) -> list[Array]:
        """Give int64 keys that sort, the first foremost, exactly as the numbers do; equal keys are equal numbers.

        Two different numbers whose denominators have ``b`` bits lie more than ``1/4**b`` apart, so ``2 b`` binary
        places tell them apart; they are worked out by long division, several places at a time.
        """
        if isinstance(self.bottom, int):
            return [self.top if self.top.dtype == np.int64 else _places(self.top)]
        bits = reach(self.bottom).bit_length()
        room = LIMIT.bit_length() - 1 - bits
        if self.top.dtype == object or self.bottom.dtype == object or room < LEAST_ROOM:
            return [_places(self.top.astype(object) * 4**bits // self.bottom.astype(object))]
        count = -(-2 * bits // room)
        digit, rest = divided(self.top, self.bottom)
        digits = [digit]
        for _ in range(count):
            digit, rest = divided(rest << -(-2 * bits // count), self.bottom)
            digits.append(digit)
        return digits

    def rounded(self, places: int, mode: RoundingMode) -> Array:
        """Round each number once, and give it in units of the last place; modes as ``records.numbers.rounded``.

        >>> Column(whole([2825, -5]), 1000).rounded(2, "half_up").tolist()
        [283, -1]
        """
        if isinstance(self.bottom, int) and 10**places % self.bottom == 0:
            whole_units: Array = times(self.top, 10**places // self.bottom)  # exact already: nothing to round
            return whole_units
        units, rest = divided(times(abs(self.top), 10**places), self.bottom)
        size = units + AWAY[mode](units, rest, self.bottom - rest)
        return np.where(self.top < 0, -size, size)


def _replaced(values: Array, rows: Array, value: int) -> Array:
    return np.where(rows, whole([value]), values)


def _places(values: Array) -> Array:
    """Give each of these Python integers its place in their order."""
    found: Array = np.unique(values, return_inverse=True)[1].astype(np.int64)
    return found


def _python_integers(values: Array) -> Sequence[int]:
    """Give an array as a sequence of Python integers, without a copy of each where int64 holds them."""
    return array("q", values.tobytes()) if values.dtype == np.int64 else values.tolist()


def spread(column: Column, rows: Array) -> Column:
    """Put a column's numbers into the rows where the mask says so, and 0 into the others."""
    if rows.all():
        return column
    top, bottom = np.zeros(len(rows), dtype=column.top.dtype), np.ones(len(rows), dtype=column.bottoms.dtype)
    top[rows], bottom[rows] = column.top, column.bottoms
    return Column(top, bottom)
