"""What chance alone would do: exact tests for small numbers, in whole numbers throughout.

The chance model: all bids received are alike, and the awards fall on any of them. A group's awards then follow the
hypergeometric distribution with the margins of the two-by-two table (group or not, awarded or not).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, islice
from math import comb

LEVEL = Fraction(1, 20)


@dataclass(frozen=True)
class Chance:
    """How many ways there are for a group to get each number of awards.

    Parameters
    ----------
    bids : of the group, at most ``all_bids``.
    all_bids : bids received.
    awards : to all bids, at most ``all_bids``.
    """

    bids: int
    all_bids: int
    awards: int

    @property
    def least(self) -> int:
        """The fewest awards that the group can get."""
        return max(0, self.awards - (self.all_bids - self.bids))

    @property
    def most(self) -> int:
        """The most awards that the group can get."""
        return min(self.bids, self.awards)

    def ways_to(self, won: int) -> int:
        """Count the ways to get a number of awards."""
        return comb(self.bids, won) * comb(self.all_bids - self.bids, self.awards - won)

    def ways(self) -> Iterator[int]:
        """Give the ways to get the least number of awards, one more, and so on; each follows from the one before.

        With many thousands of bids the numbers are so long that not all of them are kept at once.
        """
        others = self.all_bids - self.bids

        def following(ways: int, won: int) -> int:
            up = (self.bids - won) * (self.awards - won)
            return ways * up // ((won + 1) * (others - self.awards + won + 1))

        return accumulate(range(self.least, self.most), following, initial=self.ways_to(self.least))

    @property
    def all_ways(self) -> int:
        """All ways together."""
        return comb(self.all_bids, self.awards)

    def as_few(self, won: int) -> Fraction:
        """Give the probability of ``won`` awards or fewer."""
        return Fraction(sum(islice(self.ways(), max(0, won - self.least + 1))), self.all_ways)

    def as_many(self, won: int) -> Fraction:
        """Give the probability of ``won`` awards or more."""
        return 1 - self.as_few(won - 1)

    def as_rare(self, won: int) -> tuple[int, int]:
        """Count the ways to results rarer than ``won`` awards, and to those just as rare, itself among them."""
        here = self.ways_to(won)
        rare = (ways for ways in self.ways() if ways <= here)
        sums = {True: 0, False: 0}
        for ways in rare:
            sums[ways == here] += ways
        return sums[False], sums[True]


def fisher(chance: Chance, won: int) -> Fraction:
    """Give Fisher's exact two-sided p: the probability of all results no likelier than the one seen.

    >>> fisher(Chance(bids=4, all_bids=8, awards=4), 3)
    Fraction(17, 35)
    """
    rarer, equal = chance.as_rare(won)
    return Fraction(rarer + equal, chance.all_ways)


def mid_p(chance: Chance, won: int) -> Fraction:
    """Give the two-sided mid-p: the rarer results, and half of those exactly as rare as the one seen.

    >>> mid_p(Chance(bids=4, all_bids=8, awards=4), 3)
    Fraction(9, 35)
    """
    rarer, equal = chance.as_rare(won)
    return Fraction(2 * rarer + equal, 2 * chance.all_ways)


def smallest_p(chance: Chance) -> Fraction:
    """Give the smallest lower-tail p that any result could reach: that of the fewest awards possible (Tarone 1990).

    >>> round(float(smallest_p(Chance(bids=4, all_bids=40, awards=20))), 3)
    0.053
    """
    return chance.as_few(chance.least)


def false_discovery(p_values: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Adjust p-values for being many, in the order given (Benjamini and Hochberg 1995).

    >>> false_discovery([Fraction(1, 100), Fraction(1, 25), Fraction(3, 100)])
    (Fraction(3, 100), Fraction(1, 25), Fraction(1, 25))
    """
    order = sorted(range(len(p_values)), key=lambda at: (p_values[at], at), reverse=True)
    raised = (p_values[at] * len(order) / (len(order) - place) for place, at in enumerate(order))
    adjusted = dict(zip(order, accumulate(raised, min), strict=True))
    return tuple(min(Fraction(1), adjusted[at]) for at in range(len(order)))
