"""What a panel sees when it moderates: each answer with everyone's mark and reason, and nothing agreed yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from evaluator.records.findings.finding import Finding, Source
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Question
from evaluator.records.submissions.received import Table
from evaluator.records.submissions.several_marks import OneMark
from evaluator.records.texts import fingerprint_of

NOWHERE = Source("")
GAVE, SAYS = " gave", " says"  # after an evaluator's id: the headings of their mark and their reason


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
    made: OneMark | None = None  # where nobody agrees the mark, what it comes to

    @cached_property
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


@dataclass(frozen=True)
class LastModeration:
    """The agreed marks that are in a folder, with what the panel was shown beside them, as far as that is known.

    ``identity`` is what the workbook says of itself; ``shown`` gives the texts of each answer's locked columns, by
    heading, which are read where marks have changed; ``meetings`` says who met and when, by sheet.
    """

    table: Table
    identity: Mapping[str, str] = field(default_factory=dict)
    shown: Callable[[], Mapping[tuple[str, str], Mapping[str, str]]] = field(default=dict, repr=False)
    meetings: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a panel had agreed of one answer, as it was typed, and where it stands."""

    mark: str
    reason: str
    for_bidder: str
    source: Source

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the mark and the reasons."""
        return fingerprint_of([self.mark, self.reason, self.for_bidder])


@dataclass(frozen=True, slots=True)
class Carried:
    """What is carried over of one answer.

    ``seen`` is the SHA-256 of the marks that the agreement rests on; where these are not those of now, ``since`` says
    what changed, and the panel looks again.
    """

    agreed: Agreed
    seen: str
    since: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """A row of agreed marks that is about no answer to be agreed now; one that ``stays`` keeps its place among them."""

    subject: str
    question: str
    agreed: Agreed
    why: str
    stays: bool


@dataclass(frozen=True)
class Renewal:
    """What a moderation workbook that is made again takes from the one before: nothing that was typed is lost."""

    carried: Mapping[tuple[str, str], Carried]
    left: tuple[Left, ...]
    new: tuple[tuple[str, str], ...]  # answers of which nothing had been agreed
    meetings: Mapping[str, tuple[str, str]]

    @property
    def to_look_at(self) -> tuple[tuple[str, str], ...]:
        """The answers at which the panel is to look again."""
        return tuple(about for about, one in self.carried.items() if one.since)


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
