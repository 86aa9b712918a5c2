"""What else could have been published, what it would have changed for a group with fewer awards, and at what cost."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from evaluator.records.results.allocation import Status

ChangeKind = Literal["one_more", "own_share", "small", "basis", "lots", "minimums", "gates"]


@dataclass(frozen=True, slots=True)
class GapBids:
    """The bids of one group of one characteristic, by id: who is in it is not for publication."""

    characteristic: str
    group: str
    bids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Change:
    """The best set of awards if one thing more, or one thing else, had been published.

    Parameters
    ----------
    kind : what is changed: a floor on the group's own awards (one more, or its share of the bids), a floor on awards to
        small organisations, the basis on which prices are compared, smaller lots, or that minimums or gates keep out
        nobody, which is the most that help before bidding could do.
    words : the change in words, as it could have been published.
    awards : to the group's bids in that set.
    lost : points of the published scoring that it costs; below nought where it gains some; None where no set of awards
        keeps all rules.
    money, moved : pence of all awards, and pence of the awards that the bids displaced would lose.
    gained, displaced : the bids that it would fund and the recommended set does not, and the other way round.
    off_ranking : whether it is reached only if no lot has to go down its ranking; its cost is then held against the
        best set of awards without that rule.
    """

    kind: ChangeKind
    words: str
    status: Status
    awards: int = 0
    lost: Fraction | None = None
    money: int = 0
    moved: int = 0
    gained: tuple[str, ...] = ()
    displaced: tuple[str, ...] = ()
    off_ranking: bool = False


@dataclass(frozen=True, slots=True)
class GapOptions:
    """What was tried for one group, the least costly first; those that no set of awards reaches stand last.

    ``bids`` and ``awards`` are the group's own, as recommended.
    """

    characteristic: str
    group: str
    bids: int
    awards: int
    changes: tuple[Change, ...]
