"""A group and the others compared within themes: the exact conditional test, common odds, Simpson's reversal.

Each stratum is a two-by-two table: rows the group and the others, columns what was won and was not. A stratum in which
nothing could have come out otherwise (nobody of the group, nothing won, everything won) is passed over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from math import prod

import numpy as np

from evaluator.equality.statistics.chance import Four, chance_of

Strata = Sequence[Four]
MOST_STEPS, NEARLY = 2_000_000, 1e-7  # R takes results within 1e-7 of each other as equally likely


@dataclass(frozen=True)
class Stratified:
    """All ways for a group to win so many in all, theme by theme, when only chance divides what each theme gives."""

    tables: Strata

    @cached_property
    def informative(self) -> tuple[Four, ...]:
        """The tables in which something could have come out otherwise."""
        chances = ((table, chance_of(table)) for table in self.tables)
        return tuple(table for table, chance in chances if chance.least < chance.most)

    @cached_property
    def won(self) -> int:
        """What the group won in the informative tables."""
        return sum(table[0][0] for table in self.informative)

    @cached_property
    def least(self) -> int:
        """The least that it could have won in them."""
        return sum(chance_of(table).least for table in self.informative)

    @cached_property
    def ways(self) -> tuple[int, ...]:
        """The ways to win the least, one more, and so on: each theme's, folded into those of the themes before."""
        folded = [1]
        for table in self.informative:
            here = list(chance_of(table).ways())
            sums = [0] * (len(folded) + len(here) - 1)
            for at, number in enumerate(folded):
                for further, times in enumerate(here):
                    sums[at + further] += number * times
            folded = sums
        return tuple(folded)

    @cached_property
    def all_ways(self) -> int:
        """All ways together."""
        return sum(self.ways)

    @cached_property
    def steps(self) -> int:
        """The products of whole numbers that folding takes, each weighed by the bids that make the numbers long."""
        widths = [chance_of(table) for table in self.informative]
        lengths = [chance.most - chance.least + 1 for chance in widths]
        folded = accumulate(lengths, lambda before, here: before + here - 1)
        products: int = sum(a * b for a, b in zip(folded, lengths[1:], strict=False))
        return products * (sum(chance.all_bids for chance in widths) // 64 + 1)

    @property
    def expected(self) -> Fraction:
        """What the group would win on average, all tables counted."""
        whole = ((sum(map(sum, table)), sum(table[0]), table[0][0] + table[1][0]) for table in self.tables)
        return sum((Fraction(own * won, number) for number, own, won in whole if number), Fraction(0))

    @property
    def shortfall(self) -> Fraction:
        """What chance would give on average less what was won, all tables counted."""
        return self.expected - sum(table[0][0] for table in self.tables)


def cmh_exact(strata: Strata) -> Fraction:
    """Give the exact conditional Cochran-Mantel-Haenszel p across themes, two-sided; of one table it is Fisher's.

    It is the probability of all results no likelier than the one seen. 1 where no theme has information.

    >>> cmh_exact([[[3, 1], [1, 3]], [[0, 4], [0, 4]]])
    Fraction(17, 35)
    """
    rarer, equal = _rarer(Stratified(strata))
    return rarer + equal


def cmh_mid_p(strata: Strata) -> Fraction:
    """Give the mid-p of the same test: half of what is as rare as the result seen.

    >>> cmh_mid_p([[[3, 1], [1, 3]]])
    Fraction(9, 35)
    """
    rarer, equal = _rarer(Stratified(strata))
    return rarer + equal / 2


def _rarer(model: Stratified) -> tuple[Fraction, Fraction]:
    """Give the probability of all that is rarer than the result seen, and of all that is just as rare."""
    if model.steps > MOST_STEPS:
        return _rarer_nearly(model)
    here = model.ways[model.won - model.least]
    rarer, equal = sum(one for one in model.ways if one < here), sum(one for one in model.ways if one == here)
    return Fraction(rarer, model.all_ways), Fraction(equal, model.all_ways)


def _rarer_nearly(model: Stratified) -> tuple[Fraction, Fraction]:
    """Do the same in floating point, for numbers of bids so large that the whole numbers have thousands of figures."""
    folded = np.ones(1)
    for table in model.informative:
        chance = chance_of(table)
        folded = np.convolve(folded, [float(Fraction(number, chance.all_ways)) for number in chance.ways()])
    here = folded[model.won - model.least]
    equal = np.abs(folded - here) <= NEARLY * here
    return _fraction(folded[(folded < here) & ~equal].sum()), _fraction(folded[equal].sum())


def _fraction(value: float) -> Fraction:
    return Fraction(float(value))


def smallest_stratified_p(strata: Strata) -> Fraction:
    """Give the smallest lower-tail p that any result could reach within these themes (Tarone 1990).

    >>> smallest_stratified_p([[[0, 1], [1, 0]]])
    Fraction(1, 2)
    """
    chances = (chance_of(table) for table in Stratified(strata).informative)
    return prod((Fraction(chance.ways_to(chance.least), chance.all_ways) for chance in chances), start=Fraction(1))


def common_odds_ratio(strata: Strata) -> Fraction | None:
    """Give the Mantel-Haenszel estimate of the odds ratio across themes; None where it is divided by nothing."""
    whole = [(table, sum(map(sum, table))) for table in strata if sum(map(sum, table))]
    over = sum((Fraction(t[0][0] * t[1][1], number) for t, number in whole), Fraction(0))
    under = sum((Fraction(t[0][1] * t[1][0], number) for t, number in whole), Fraction(0))
    return over / under if under else None


def reverses(strata: Strata) -> bool:
    """Whether all themes put together point the other way than the themes each by itself (Simpson's reversal).

    >>> reverses([[[8, 2], [60, 30]], [[20, 80], [1, 9]]]), reverses([[[8, 2], [60, 30]]])
    (True, False)
    """
    pooled = [[sum(table[row][column] for table in strata) for column in (0, 1)] for row in (0, 1)]
    within = Stratified(strata).shortfall
    return within * Stratified([pooled]).shortfall < 0
