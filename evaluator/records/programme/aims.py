"""Which outcomes and approaches the questions test, and the share of the score that rides on each."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Kind = Literal["outcome", "approach"]


@dataclass(frozen=True, slots=True)
class AimShare:
    """What a theme's questions say of one outcome or approach.

    ``share`` is the percentage of the greatest total that questions naming it carry; where a question names several, it
    counts for each. ``divided`` shares such a question out evenly, so that it adds up over all of a kind.
    """

    theme: str
    questions: tuple[str, ...]
    share: Fraction
    divided: Fraction


@dataclass(frozen=True, slots=True)
class Aim:
    """An outcome or approach that was published, with what rides on it in every theme."""

    kind: Kind
    id: str
    words: str
    shares: tuple[AimShare, ...]

    @property
    def tested(self) -> bool:
        """Whether any question names it."""
        return any(share.questions for share in self.shares)


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What rides on no outcome in a theme: price, and questions that name none."""

    theme: str
    price: Fraction
    questions: tuple[str, ...]
    share: Fraction


@dataclass(frozen=True, slots=True)
class CriteriaMap:
    """Outcomes and approaches against questions, theme by theme."""

    aims: tuple[Aim, ...]
    left: tuple[LeftOver, ...]
