"""What people voted, and how the method of equal shares spent their shares. Money is in pence."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from evaluator.records.programme.allocation_policy import Completion, Satisfaction

BallotKind = Literal["approval", "points", "ranking"]
SATISFACTIONS: dict[BallotKind, tuple[Satisfaction, ...]] = {  # that each kind of ballot can be measured by
    "approval": ("cost", "cardinality"),
    "points": ("points", "cost", "cardinality"),
    "ranking": ("borda", "cost", "cardinality"),
}


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one ballot gives to each project that it names, and how many people voted just so.

    An approval gives 1, points are those written, and a place in a ranking of n projects gives n - 1, n - 2, … 0.
    """

    gives: tuple[tuple[str, Fraction], ...]
    voters: int = 1


@dataclass(frozen=True, slots=True)
class Ballots:
    """Every ballot, alike ones together; those that name no project are people with a share too."""

    kind: BallotKind
    ballots: tuple[Ballot, ...]

    @property
    def voters(self) -> int:
        """How many people voted."""
        return sum(one.voters for one in self.ballots)


@dataclass(frozen=True, slots=True)
class Purchase:
    """One step: the project bought, what a unit of satisfaction cost its supporters, and who paid.

    Parameters
    ----------
    price : pence for a unit of satisfaction, which no other project had lower: rho of the literature.
    most : what a supporter paid who still had enough, and was most satisfied.
    supporters : people who are satisfied by it.
    in_full : those of them who paid their part whole; the others paid all that they had left.
    """

    bid: str
    cost: int
    price: Fraction
    most: Fraction
    supporters: int
    in_full: int


@dataclass(frozen=True, slots=True)
class Unbought:
    """A project that shares did not buy: whom it satisfies, and what those people have left between them."""

    bid: str
    cost: int
    supporters: int
    left: Fraction


@dataclass(frozen=True, slots=True)
class EqualShares:
    """How equal shares led to the awards: the shares, each purchase in order, and what completed them.

    Parameters
    ----------
    share : what each person was given to spend; above ``first_share`` where the completion raised it.
    completed : awards made with what was then left of the budget, in order.
    """

    satisfaction: Satisfaction
    completion: Completion
    voters: int
    first_share: Fraction
    share: Fraction
    purchases: tuple[Purchase, ...]
    unbought: tuple[Unbought, ...]
    completed: tuple[str, ...]
