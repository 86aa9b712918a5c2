"""The decision makers' evidence on equality: every count as it is, for named people alone; no document is public.

Nothing of it goes into ``outcome.json``, the bundle, findings, letters or logs. Organisations are the units of tests.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from evaluator.records.results.coverage import Baseline, Coverage
from evaluator.records.results.equality import About, StageFigures
from evaluator.records.results.last_round import LastRound

GapStage = Literal["bid", "gate", "minimum", "price", "allocation"]
Certainty = Literal["unlikely_chance", "possible_chance", "too_little"]
Interval = tuple[Fraction, Fraction]  # 95 %, to a hundredth


@dataclass(frozen=True, slots=True)
class Power:
    """In what part of programmes like this one the corrected rule would have shown a group that fares so much worse.

    The same organisations bid, as many awards are made, and the group's chance is half the others', a quarter, or none.
    """

    half: Fraction
    quarter: Fraction
    none: Fraction


@dataclass(frozen=True, slots=True)
class StagePart:
    """One stage's part of a gap in awards; those of all stages add up exactly to the gap's shortfall within themes.

    Parameters
    ----------
    awards : that the group lacks through this stage; negative where it gains.
    came, passed : the group's bids that came to the stage, and that passed it.
    all_came, all_passed : the same of all bids.
    p : exact, two-sided, organisations as units; None where the stage decides nobody by itself (price).
    gate, gate_title : at the gates the one at which most of the group's bids failed; empty elsewhere.
    failed, all_failed : bids that failed it, of the group and of all.
    """

    stage: GapStage
    awards: Fraction
    came: int
    passed: int
    all_came: int
    all_passed: int
    p: Fraction | None = None
    gate: str = ""
    gate_title: str = ""
    failed: int = 0
    all_failed: int = 0


@dataclass(frozen=True, slots=True)
class QuestionGap:
    """How a group's bids stand on one question beside the same bids' other questions (differential functioning).

    ``marks`` is the difference from all other bids of the same theme, in marks of the scale, with the middle question
    as nought; ``p`` is that of the largest difference over all questions, by replies shuffled among organisations.
    """

    question: str
    title: str
    marks: Fraction
    p: Fraction
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class EvaluatorGap:
    """How an evaluator marked a group's bids beside the middle one of the colleagues, against all other bids.

    ``marks`` in marks of the scale, from answer, evaluator and evaluator by group fitted together; ``answers`` are the
    answers of the group that the evaluator marked. ``p`` is that of the largest difference over all evaluators.
    """

    evaluator: str
    marks: Fraction
    answers: int
    p: Fraction
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Evaluators:
    """The evaluators of one panel beside each other on a group's bids.

    Parameters
    ----------
    panel : who marked answers together, directly or through others.
    gaps : largest difference first; with two evaluators they mirror each other.
    says_which : whether it can be known which evaluator differs; with two it cannot.
    connected : whether the evaluators can be compared within the group's bids and within the others'; else no gap.
    """

    panel: tuple[str, ...]
    gaps: tuple[EvaluatorGap, ...]
    says_which: bool
    connected: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """One group beside all others: what it lacks, where that arises and how sure it is.

    Parameters
    ----------
    characteristic, title, about : the question as published.
    axis, protected : the protected characteristic, or the other axis, that the question is about; else its title.
    stage : where most of the gap arises; ``bid`` where it is about who bid at all, beside a benchmark.
    organisations, funded : of the group that bid, and that have an award.
    bids, awards : of the group.
    expected : awards that chance gives within like organisations (at ``bid``: that the benchmark's share would bring).
    shortfall : ``expected`` less ``awards`` (at ``bid``: awards lacking because fewer bid); the measure of size.
    ratio : the group's share of the awards over its share of the bids (at ``bid``: share of the organisations that bid
        over the benchmark's); None where nothing was awarded.
    interval : of the ratio, organisations as units.
    p : exact, two-sided; ``adjusted`` is corrected over the primary family, None for what is exploratory.
    parts : the stages in order, together exactly the shortfall; empty at ``bid``.
    questions : of the group that differ, the largest first; ``evaluators`` panel by panel.
    benchmark, share : at ``bid`` what it is beside, and the group's share of that; empty elsewhere.
    bid_ids : the group's bids, for what else could have been published; no document lists them.
    """

    characteristic: str
    title: str
    about: About
    axis: str
    protected: bool
    group: str
    stage: GapStage
    organisations: int
    funded: int
    bids: int
    awards: int
    expected: Fraction
    shortfall: Fraction
    ratio: Fraction | None
    interval: Interval
    p: Fraction
    adjusted: Fraction | None
    primary: bool
    certainty: Certainty
    power: Power | None = None
    parts: tuple[StagePart, ...] = ()
    questions: tuple[QuestionGap, ...] = ()
    evaluators: tuple[Evaluators, ...] = ()
    benchmark: str = ""
    share: Fraction | None = None
    bid_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupEvidence:
    """One group, or one kind of unknown reply, as it is; under the published minimum it has no number and no stages.

    ``stages`` are its bids and pence at each stage of ``STAGES``; ``rate`` is the part of its bids that is recommended,
    with an interval that takes organisations as units. ``by_theme`` has theme, bids and awards.
    """

    group: str
    known: bool  # whether it is a group, not a kind of unknown reply
    organisations: int | None
    funded: int | None
    stages: tuple[StageFigures, ...]
    rate: Fraction | None = None
    interval: Interval | None = None
    by_theme: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CharacteristicEvidence:
    """One question of the monitoring: its groups as published, then the kinds of unknown reply."""

    id: str
    title: str
    about: About
    axis: str
    protected: bool
    primary: bool
    asked: bool
    groups: tuple[GroupEvidence, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """The primary family: what was to be tested, fixed in the criteria, and how it was corrected (Westfall and Young).

    Parameters
    ----------
    characteristics : ids of the questions in it.
    alpha : the chance of any alarm at all where no group differs.
    draws, seed : shuffles of whole rows of replies among like organisations.
    critical : the largest exact p that is an alarm; nought where none is.
    tests : groups that could reach an alarm, by margins alone (Tarone); ``left_out`` could not.
    alarms : groups whose corrected p is at most alpha.
    strata, uninformative : sets of like organisations; organisations in those where nothing could come out otherwise.
    """

    characteristics: tuple[str, ...]
    alpha: Fraction
    draws: int
    seed: int
    critical: Fraction
    tests: int
    left_out: int
    alarms: int
    strata: int
    uninformative: int


@dataclass(frozen=True)
class EqualityEvidence:
    """All of it. ``gaps`` are sorted by shortfall in awards, the largest first; those with more than their share last.

    ``minimum`` is the published number of organisations under which a group is only named; 1 withholds nothing.
    ``totals`` are all bids at each stage. ``not_known`` says in sentences what this evidence cannot tell.
    ``version`` is the SHA-256 of the exact awards, as in the public edition.
    """

    gaps: tuple[Gap, ...]
    characteristics: tuple[CharacteristicEvidence, ...]
    family: Family
    totals: tuple[StageFigures, ...]
    organisations: int
    funded: int
    minimum: int
    not_known: tuple[str, ...]
    version: str
    last_round: LastRound | None = None
    baselines: tuple[Baseline, ...] = ()
    wards: tuple[Coverage, ...] = ()
    served: tuple[Coverage, ...] = ()

    def largest(self, most: int) -> tuple[Gap, ...]:
        """Give the gaps to begin with: what chance is unlikely to explain, then the largest of a protected kind.

        A group that has more than its share comes in only where chance is unlikely to explain that.
        """
        kept = [gap for gap in self.gaps if gap.shortfall > 0 or gap.certainty == "unlikely_chance"]
        return tuple(sorted(kept, key=self._place)[:most])

    def _place(self, gap: Gap) -> int:
        """Give the place of a gap's kind among those to begin with; within a kind the larger comes first."""
        rare = gap.p <= self.family.alpha
        kinds = (
            gap.certainty == "unlikely_chance" and gap.shortfall > 0,
            gap.protected and rare,
            gap.stage != "bid" and rare and gap.shortfall > 0,
            gap.protected and gap.shortfall > 0,
        )
        return kinds.index(True) if any(kinds) else len(kinds)
