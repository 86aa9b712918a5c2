"""Last round beside this one: what it published of each group, and what can be said of the two together."""

from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.results.chance_wording import Wording


@dataclass(frozen=True, slots=True)
class GroupThen:
    """What the last round published of one group: bids received, awards, and which of the four things it said."""

    question: str
    group: str
    bids: int
    awards: int
    wording: Wording | None = None


@dataclass(frozen=True, slots=True)
class LastRound:
    """What the last round published: where it comes from, all its bids and awards, and those of each group shown."""

    title: str
    source: str
    date: str
    bids: int
    awards: int
    groups: tuple[GroupThen, ...] = ()
    synthetic: bool = False

    @property
    def rate(self) -> Fraction:
        """The part of all bids that had an award."""
        return Fraction(self.awards, self.bids)


@dataclass(frozen=True, slots=True)
class BothRounds:
    """One group that this round shows, beside what the last round published of it; None where it published nothing.

    ``shortfall`` is the awards that its share of the bids would give in both rounds, each by itself, less its awards.
    ``across`` is what can be said of the two together.
    """

    question: str
    title: str
    group: str
    bids: int
    awards: int
    wording: Wording | None
    then: GroupThen | None = None
    shortfall: Fraction | None = None
    across: Wording | None = None


@dataclass(frozen=True, slots=True)
class Rounds:
    """The last round beside this one. A group that this round withholds is in none of its lines."""

    title: str
    source: str
    date: str
    synthetic: bool
    bids: int
    awards: int
    lines: tuple[BothRounds, ...]
    withheld: tuple[str, ...]  # questions of which this round shows no group's awards
    compared: int  # comparisons across both rounds among which the false discovery rate is held
