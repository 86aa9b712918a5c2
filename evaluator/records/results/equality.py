"""The equality summary: who bid, who passed, who would be funded, group by group, with small numbers withheld."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from evaluator.records.programme.axes import AxisImpact
from evaluator.records.results.chance_wording import Wording as Wording
from evaluator.records.results.coverage import Baseline, Candidate, Concentration, Coverage, Grant, Overlap
from evaluator.records.results.last_round import LastRound, Rounds

About = Literal["led_by", "exists_for", "serves", "organisation"]
LineKind = Literal["group", "unknown"]
Functioning = Literal["A", "B", "C"]  # of a criterion among bids alike in the rest: negligible, moderate, large

REPLIES = ("Prefer not to say", "No reply", "Not asked")  # accepted for every characteristic beside its own values
NOT_KNOWN = "Not known"  # no row in the monitoring, rows that contradict each other, or a reply that was not offered

FUNDED = "funded"  # the end of the last step: what is awarded of what is asked
STAGES = ("received", "passed_gates", "above_minimum", "fundable", "recommended")


@dataclass(frozen=True, slots=True)
class StageFigures:
    """One group at one stage: bids, and money in pence (rounded to ``money_unit``); None where it is withheld."""

    stage: str
    bids: int | None
    money: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """From one stage shown to the next: the share of the group's bids that got through, over that of all bids.

    The ratios of a line's steps multiply exactly to its ``ratio``. ``widest`` marks the step that lowers it most.
    """

    start: str
    end: str
    rate: Fraction | None
    ratio: Fraction | None
    widest: bool = False


@dataclass(frozen=True, slots=True)
class Against:
    """A group's awards against one benchmark: bids received, eligible bids, local providers, residents, need.

    Parameters
    ----------
    share : of the group in the benchmark.
    ratio : the group's share of the awards over that share; 1 is parity.
    shortfall : awards that the share would give, less its awards.
    money_ratio, money_shortfall : the same for the money awarded, in pence to ``money_unit``.
    same_unit : whether awards and benchmark count the same thing (bids); people and providers are another.
    """

    basis: str
    title: str
    share: Fraction
    ratio: Fraction | None
    shortfall: Fraction
    money_ratio: Fraction | None
    money_shortfall: int | None
    same_unit: bool
    source: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class InTheme:
    """A group's bids and awards in one theme, beside all bids and awards there; None where they are withheld."""

    theme: str
    bids: int | None
    awards: int | None
    all_bids: int
    all_awards: int


@dataclass(frozen=True, slots=True)
class CriterionGap:
    """What one criterion adds to a group's gap in points within themes: its weight times the difference of means."""

    criterion: str
    title: str
    points: Fraction  # to ``points_unit``; negative where the group has fewer
    price: bool = False
    matched: Fraction | None = None  # the same among bids alike in the rest of their scores; None with too few of them
    functioning: Functioning | None = None  # None with fewer than 20 bids on either side


@dataclass(frozen=True, slots=True)
class ScoreGap:
    """The scores of a group's admitted bids against the others' of the same theme, rounded so as to tell of no bid.

    Parameters
    ----------
    shift : the middle difference in points of quality (Hodges-Lehmann).
    delta : how much likelier one of its bids scored above one of the others than below (Cliff), to a tenth.
    interval : of the difference of means in points (BCa); None where a side has fewer than 15 bids.
    points_unit : the points to which the criteria's parts are rounded.
    ranked : what can be said of its place in the ranked lists, at any cut-off of any theme.
    """

    shift: Fraction
    delta: Fraction
    magnitude: str
    interval: tuple[Fraction, Fraction] | None
    wording: Wording
    points_unit: Fraction
    criteria: tuple[CriterionGap, ...] = ()
    ranked: Wording = Wording.TOO_FEW


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group, or one kind of unknown, of a characteristic through the stages, against the bids received.

    The numbers are computed from what the line and the totals show, so that they tell nothing more; the wordings and
    the drivers rest on the exact tests within themes. None is withheld.

    Parameters
    ----------
    organisations : different organisations among the bids received.
    rate : the share of the group's bids received that are recommended.
    ratio : the group's share of the awards over its share of the bids received.
    shortfall : awards that its share of the bids received would give, less its awards; negative where it has more.
    money_shortfall : pence that its share of the money asked would give, less its money, to ``money_unit``.
    below_four_fifths : whether the ratio is under 4/5, a screen without status in English law.
    wording : one of the four; None for the kinds of unknown, which are no group.
    money_wording : one of the four, for the money awarded.
    interval : of the difference of its success rate and the others', in hundredths (Newcombe); to a whole hundredth.
    missed : of ten programmes with as many bids in which the group's true success is half the others', how many would
        show nothing.
    bounds : the least and the greatest ratio, if all unknown replies were of the group or none of them; shown only
        where the numbers of unknown replies are.
    incomplete : whether the bounds lie on both sides of four fifths and five quarters, so that nothing can be said.
    asked : pence that its recommended bids ask for, to ``money_unit``.
    share_of_ask : the step from what they ask to what they would be awarded, beside all recommended bids.
    whole : the ratios of all steps and of the share of the ask, multiplied.
    drivers : sentences that name where a difference that chance is unlikely to explain arises.
    """

    group: str
    kind: LineKind
    organisations: int | None
    figures: tuple[StageFigures, ...]
    rate: Fraction | None = None
    ratio: Fraction | None = None
    shortfall: Fraction | None = None
    money_shortfall: int | None = None
    below_four_fifths: bool | None = None
    wording: Wording | None = None
    money_wording: Wording | None = None
    steps: tuple[Step, ...] = ()
    against: tuple[Against, ...] = ()
    themes: tuple[InTheme, ...] = ()
    interval: tuple[int, int] | None = None
    missed: int | None = None
    bounds: tuple[Fraction, Fraction] | None = None
    incomplete: bool = False
    asked: int | None = None
    share_of_ask: Step | None = None
    whole: Fraction | None = None
    score: ScoreGap | None = None
    drivers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvaluatorGap:
    """How far one evaluator marked a group's bids from the rest of the panel, against all other bids. Internal only."""

    evaluator: str
    characteristic: str
    group: str
    answers: int
    difference: Fraction  # marks, to a hundredth; negative: lower for the group
    wording: Wording


@dataclass(frozen=True)
class CharacteristicImpact:
    """All groups of one characteristic and the kinds of unknown, and in words what is withheld from them and why.

    ``together`` are the bids and money of all lines withheld at each stage: the totals less what is shown.
    """

    id: str
    title: str
    about: About
    lines: tuple[GroupLine, ...]
    withheld: tuple[str, ...]
    together: tuple[StageFigures, ...] = ()


@dataclass(frozen=True)
class ExternalData:
    """All that may stand beside the monitoring: benchmarks, another programme's awards, and the last round."""

    baselines: tuple[Baseline, ...] = ()
    grants: tuple[Grant, ...] = ()
    last_round: LastRound | None = None


@dataclass(frozen=True)
class EqualityImpact:
    """The summary as a whole. Without monitoring data ``characteristics`` is empty and ``gaps`` says so.

    ``totals`` are all bids at each stage: exact, and public. ``money_unit`` is the pence to which groups' money is
    rounded. ``wards``, ``groups`` and ``outcomes`` rest on the bids and the criteria alone. ``edition`` is ``public``
    or ``panel``; ``evaluators`` is empty in the public edition. ``version`` is the SHA-256 of the exact awards.
    """

    threshold: int
    stages: tuple[str, ...]
    characteristics: tuple[CharacteristicImpact, ...]
    gaps: tuple[str, ...]  # what is not known, in words
    totals: tuple[StageFigures, ...] = ()
    organisations: int = 0
    money_unit: int = 1
    wards: tuple[Coverage, ...] = ()
    groups: tuple[Coverage, ...] = ()
    outcomes: tuple[Coverage, ...] = ()
    edition: Literal["public", "panel"] = "public"
    version: str = ""
    concentration: tuple[Concentration, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    grants: tuple[Grant, ...] = ()
    overlaps: tuple[Overlap, ...] = ()  # organisations funded by both programmes
    evaluators: tuple[EvaluatorGap, ...] = ()
    in_full: bool = False  # whether every award is for all that was asked
    axes: tuple[AxisImpact, ...] = ()  # every protected characteristic, then the other axes
    compared: int = 0  # comparisons among which the false discovery rate is held
    rounds: Rounds | None = None  # the last round beside this one
