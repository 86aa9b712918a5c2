"""What every table that fits a printed one says of chance: exact where it can be listed, else a bound that holds.

The organisations of a stratum are alike in the themes and the number of their bids. A group's organisations with an
award are then a sum of hypergeometric numbers. How a group lies in the strata is not printed, so it is bounded: of all
sums of independent trials with the same mean the binomial has the heaviest tails beyond it (Hoeffding 1956).
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from math import comb, exp, log

from evaluator.records.results.equality import Band

Stratum = tuple[int, int]  # organisations alike, and those of them with an award; public
MOST_TABLES = 2_000  # listed one by one
MOST_ORGANISATIONS = 1_500  # whose ways are counted exactly
MOST_TERMS = 300  # of a binomial added up exactly; beyond it Chernoff's bound is used


@lru_cache(maxsize=4096)
def _ways(strata: tuple[tuple[int, int, int], ...]) -> tuple[int, ...]:
    """Give in how many ways the group can have 0, 1, 2 … organisations with an award."""
    found = [1]
    for number, won, own in strata:
        here = [comb(won, k) * comb(number - won, own - k) for k in range(own + 1)]
        grown = [0] * (len(found) + own)
        for at, one in enumerate(found):
            for k, ways in enumerate(here):
                grown[at + k] += one * ways
        found = grown
    return tuple(found)


def all_unlikely(strata: Sequence[Stratum], size: Band, funded: Band, level: Fraction) -> str:
    """Say ``fewer`` or ``more`` where each table that fits has an exact p (twice the smaller tail) within the level."""
    half = level / 2
    sizes = range(size.least, size.most + 1)
    if _can_be_listed(strata, size, funded):
        return _listed(strata, size, funded, half)
    if all(_few_at_most(strata, one, funded.most) <= half for one in sizes):
        return "fewer"
    return "more" if all(_many_at_most(strata, one, funded.least) <= half for one in sizes) else ""


def none_unlikely(strata: Sequence[Stratum], size: Band, funded: Band, level: Fraction) -> bool:
    """Whether each table that fits has a smaller tail above the level; False too where there are too many to list."""
    return _can_be_listed(strata, size, funded) and all(tail > level for _, tail in _tails(strata, size, funded))


def _listed(strata: Sequence[Stratum], size: Band, funded: Band, half: Fraction) -> str:
    sides = {side if tail <= half else "" for side, tail in _tails(strata, size, funded)}
    return sides.pop() if len(sides) == 1 else ""


def _tails(strata: Sequence[Stratum], size: Band, funded: Band) -> Iterator[tuple[str, Fraction]]:
    """Give for every table that fits the side on which it lies and its smaller tail."""
    for one in range(size.least, size.most + 1):
        for split in _splits([number for number, _ in strata], one):
            told = tuple((*stratum, own) for stratum, own in zip(strata, split, strict=True))
            ways = _ways(told)
            whole, below = sum(ways), 0
            for won, here in enumerate(ways):
                below += here
                if here and funded.least <= won <= funded.most:
                    few, many = Fraction(below, whole), Fraction(whole - below + here, whole)
                    yield ("fewer" if few <= many else "more"), min(few, many)


def _splits(numbers: Sequence[int], own: int) -> Iterator[tuple[int, ...]]:
    """Give each way in which a group's organisations can lie in the strata."""
    if not numbers:
        if own == 0:
            yield ()
        return
    rest = sum(numbers[1:])
    for here in range(max(0, own - rest), min(own, numbers[0]) + 1):
        yield from ((here, *others) for others in _splits(numbers[1:], own - here))


def _can_be_listed(strata: Sequence[Stratum], size: Band, funded: Band) -> bool:
    """Whether the tables that fit are few, and small enough, to be listed: by a bound on the ways to lie in strata."""
    if sum(number for number, _ in strata) > MOST_ORGANISATIONS:
        return False
    tables = (size.most - size.least + 1) * (funded.most - funded.least + 1)
    for number, _ in sorted(strata)[:-1]:
        tables *= min(number, size.most) + 1
        if tables > MOST_TABLES:
            return False
    return True


def _few_at_most(strata: Sequence[Stratum], size: int, funded: int) -> Fraction:
    """Bound the chance that a group of so many has so few with an award, over all ways to lie in the strata."""
    least = _least_expected(strata, size)
    return _binomial_tail(size, least / size, funded) if size and funded <= least - 1 else Fraction(1)


def _many_at_most(strata: Sequence[Stratum], size: int, funded: int) -> Fraction:
    """Bound the chance of so many with an award: of so few without one."""
    return _few_at_most([(number, number - won) for number, won in strata], size, size - funded)


def _least_expected(strata: Sequence[Stratum], size: int) -> Fraction:
    """Give the awards that chance gives a group that lies in the strata where awards are rarest."""
    left, found = size, Fraction(0)
    for number, won in sorted(strata, key=lambda one: Fraction(one[1], one[0])):
        taken = min(left, number)
        found += Fraction(taken * won, number)
        left -= taken
    return found


def _binomial_tail(number: int, rate: Fraction, most: int) -> Fraction:
    if most < 0:
        return Fraction(0)
    if number > MOST_TERMS:
        return _chernoff(number, float(rate), most / number)
    top, bottom = rate.numerator, rate.denominator
    ways = sum(comb(number, k) * top**k * (bottom - top) ** (number - k) for k in range(most + 1))
    return Fraction(ways, bottom**number)


def _chernoff(number: int, rate: float, seen: float) -> Fraction:
    distance = (seen * log(seen / rate) if seen else 0.0) + (1 - seen) * log((1 - seen) / (1 - rate))
    return Fraction(exp(-number * distance)).limit_denominator(10**12) + Fraction(1, 10**12)
