"""What a panel sees when it moderates: each answer with everyone's mark and reason, and nothing agreed yet."""

from dataclasses import dataclass
from decimal import Decimal

from evaluator.records.findings.finding import Finding, Source
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Question
from evaluator.records.texts import fingerprint_of

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
    def seen(self) -> str:
        """The SHA-256 of what the panel sees: everyone's mark and reason."""
        return fingerprint_of(
            [text for one in self.given for text in (one.evaluator, decimal_text(one.mark), one.reason)]
        )

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
    marked; ``kappa`` is Cohen's with squared weights, of a panel of two alone. ``severities`` are empty where the marks
    do not connect all evaluators with one another.
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
    kappa: float | None = None


@dataclass(frozen=True)
class Habits:
    """How one evaluator used the scale on one panel, before it meets. None stands for too few marks to tell.

    ``counts`` has the number of times that each mark of the scale was given, in the published order; ``run`` is the
    longest run of one mark, ``run_mark``, in the order in which the answers were given out. ``halo`` is the mean
    correlation of the marks for one question with those for another, over the bids; ``others`` is the same for the rest
    of the panel. ``order`` is the correlation of a bid's place in this evaluator's order with how far its marks lie
    above the others'; ``places`` is how many bids that rests on.
    """

    panel: str
    evaluator: str
    counts: tuple[int, ...]
    run: int
    run_mark: Decimal
    halo: float | None
    others: float | None
    order: float | None
    places: int

    @property
    def marks(self) -> int:
        """How many marks there are."""
        return sum(self.counts)
