"""What a panel sees when it moderates: each answer with everyone's mark and reason, and nothing agreed yet."""

from dataclasses import dataclass
from decimal import Decimal

from evaluator.records.criteria import Question
from evaluator.records.source import Finding, Source

NOWHERE = Source("")


@dataclass(frozen=True, slots=True)
class Given:
    """One evaluator's mark with its reason."""

    evaluator: str
    mark: Decimal
    reason: str
    source: Source = NOWHERE  # of the reason


@dataclass(frozen=True)
class Discussed:
    """One answer to be agreed.

    ``spread`` is the distance between the highest and the lowest mark; ``wide`` says whether it reaches the published
    trigger. ``notes`` are prompts for the moderator; they change nothing.
    """

    subject: str
    name: str  # of the organisation
    question: Question
    panel: str
    given: tuple[Given, ...]
    spread: Decimal
    wide: bool
    notes: tuple[Finding, ...] = ()

    @property
    def lowest(self) -> Decimal:
        """The lowest of the marks."""
        return min(one.mark for one in self.given)

    @property
    def highest(self) -> Decimal:
        """The highest of the marks."""
        return max(one.mark for one in self.given)
