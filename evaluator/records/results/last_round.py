"""The last round beside this one: what it published of each group."""

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
