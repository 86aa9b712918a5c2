"""What chance alone would do: exact tests for small numbers, and false discoveries among many tests.

The chance model: all bids received are alike, and the awards fall on any of them. A group's awards then follow the
hypergeometric distribution with the margins of the two-by-two table (group or not, awarded or not).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import comb

LEVEL = Fraction(1, 20)
Four = Sequence[Sequence[int]]  # rows are the group and the others, columns what was won and was not


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


def chance_of(table: Four) -> Chance:
    """Give the chance model of a table.

    >>> chance_of([[3, 1], [1, 3]])
    Chance(bids=4, all_bids=8, awards=4)
    """
    (won, lost), (others, rest) = table
    return Chance(won + lost, won + lost + others + rest, won + others)


def false_discovery(p_values: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Adjust p-values for being many, in the order given (Benjamini and Hochberg 1995).

    >>> false_discovery([Fraction(1, 100), Fraction(1, 25), Fraction(3, 100)])
    (Fraction(3, 100), Fraction(1, 25), Fraction(1, 25))
    """
    order = sorted(range(len(p_values)), key=lambda at: (p_values[at], at), reverse=True)
    raised = (p_values[at] * len(order) / (len(order) - place) for place, at in enumerate(order))
    adjusted = dict(zip(order, accumulate(raised, min), strict=True))
    return tuple(min(Fraction(1), adjusted[at]) for at in range(len(order)))
