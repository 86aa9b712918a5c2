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


@dataclass(frozen=True, slots=True)
class Severity:
    """How far one evaluator's marks lie above (lenient) or below (severe) the panel's, other things equal."""

    evaluator: str
    effect: float
    error: float | None  # standard error; None where there is nothing to estimate it from


@dataclass(frozen=True)
class Agreement:
    """How far a panel's marks agree, before it meets. None stands for too few marks to tell.

    ``alpha`` is Krippendorff's, for ordered marks; ``absolute`` and ``consistent`` are the intraclass correlations
    ICC(A,1) and ICC(C,1), and ``concordance`` is Kendall's W corrected for ties, all over the answers that everybody
    marked. ``severities`` are empty where the marks do not connect all evaluators with one another.
    """

    panel: str
    answers: int
    complete: int  # answers that every evaluator of the panel marked
    alpha: float | None
    absolute: float | None
    consistent: float | None
    concordance: float | None
    severities: tuple[Severity, ...]
    connected: bool
