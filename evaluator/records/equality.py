"""The equality summary: who bid, who passed, who would be funded, group by group, with small numbers withheld."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from evaluator.records.rounds import LastRound, Rounds
from evaluator.records.wording import Wording as Wording

About = Literal["led_by", "exists_for", "serves", "organisation"]
LineKind = Literal["group", "unknown"]
Functioning = Literal["A", "B", "C"]  # of a criterion among bids alike in the rest: negligible, moderate, large

REPLIES = ("Prefer not to say", "No reply", "Not asked")  # accepted for every characteristic beside its own values
NOT_KNOWN = "Not known"  # no row in the monitoring, rows that contradict each other, or a reply that was not offered

FUNDED = "funded"  # the end of the last step: what is awarded of what is asked
STAGES = ("received", "passed_gates", "above_minimum", "fundable", "recommended")

# Equality Act 2010 s.4, in its order.
PROTECTED = (
    "age",
    "disability",
    "gender reassignment",
    "marriage and civil partnership",
    "pregnancy and maternity",
    "race",
    "religion or belief",
    "sex",
    "sexual orientation",
)


# What the title of a published question says when it asks about a protected characteristic.
ASKED_ABOUT = {
    "age": r"\bages?\b|\bolder\b|\byoung",
    "disability": r"disab|\bdeaf",
    "gender reassignment": r"gender reassignment|gender identity|\btrans|lgbt",
    "marriage and civil partnership": r"marriage|marital|civil partner",
    "pregnancy and maternity": r"pregnan|maternity|new (parent|mother)",
    "race": r"\brac(e|ial)\b|ethnic|minoriti[sz]ed",
    "religion or belief": r"religio|belief|\bfaith",
    "sex": r"\bsex\b|\bgender\b(?! (reassignment|identity))|\bwom[ae]n|\bm[ae]n\b",
    "sexual orientation": r"sexual orientation|\blgb",
}


# Beside the protected characteristics: what councils add, and what the question about it says.
AXES = {
    "socio-economic background": r"income.*(househol|famil|people)|low income|socio-economic|poverty|depriv",
    "carers": r"\bcarers?\b|\bcaring\b|lone parent",
    "language": r"\blanguages?\b|\besol\b",
    "ward": r"\bwards?\b",
    "size of the organisation": r"\bsize\b",
    "new or established": r"\bestablished\b|\bhas existed\b|\bnew organi",
}


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


@dataclass(frozen=True, slots=True)
class Baseline:
    """A benchmark from outside the programme: how many residents, people in need or providers are of each group.

    Parameters
    ----------
    kind : ``population``, ``need`` or ``providers``.
    of : the characteristic whose groups it counts, or ``ward`` or ``group`` for what the bids say they serve.
    shares : by group, of all that are counted; they need not add up to one.
    synthetic : made up to show how the evaluator works.
    """

    kind: Literal["population", "need", "providers"]
    of: str
    title: str
    source: str
    date: str
    shares: tuple[tuple[str, Fraction], ...]
    synthetic: bool = False
    tiles: tuple[tuple[str, int, int], ...] = ()  # name, column and row of a plan of tiles, roughly as places lie


@dataclass(frozen=True, slots=True)
class Grant:
    """One award of another programme beside this one; money in pence."""

    programme: str
    organisation: str
    amount: int
    wards: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Overlap:
    """An organisation that both programmes fund: pence of its awards here, as lead or member, and of its grants."""

    organisation: str
    money: int
    grants: int


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


@dataclass(frozen=True, slots=True)
class Coverage:
    """Bids and awards for one ward or group served, as the bids themselves say; money in pence.

    A bid for several wards is counted in each (``bids``, ``awards``, ``money``); ``only`` counts the bids for no other.
    ``divided`` divides each award equally among what it serves, so that it adds up to the programme. ``people`` are
    those whom all bids would serve and ``places`` those of the funded bids, divided likewise, and so is ``grants``, the
    other programme's money. ``population`` and ``need`` are shares where a baseline gives them.
    """

    name: str
    bids: int
    bids_only: int
    awards: int
    awards_only: int
    money: int
    divided: Fraction = Fraction(0)
    grants: Fraction = Fraction(0)
    people: Fraction = Fraction(0)
    places: Fraction = Fraction(0)
    population: Fraction | None = None
    need: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Concentration:
    """How unevenly money falls, as one share: the part that would have to move to be spread like the benchmark.

    ``entropy`` is Theil's index of the money for each resident, person in need or equal part: 0 is even, and the more
    uneven the larger; None where no money falls. To three places.
    """

    of: str  # wards or groups
    benchmark: str
    programme: Fraction
    with_grants: Fraction | None
    entropy: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A set of awards by one method: how many of its bids serve each ward and group, as the bids themselves say.

    ``by_group`` and ``by_ward`` hold awards by name, each award counted in all that it serves; ``small`` are those of
    small organisations. All of it follows from the bids and from ``gained`` and ``lost``, and none from the monitoring.
    """

    title: str
    awards: int
    money: int
    wards: int
    groups: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    note: str = ""
    small: int = 0
    by_group: tuple[tuple[str, int], ...] = ()
    by_ward: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class AxisImpact:
    """What the figures alone can say of one protected characteristic, or of another axis: evidence for people.

    Parameters
    ----------
    name : of the characteristic.
    protected : whether by the Equality Act 2010; else an axis that councils add, or that the criteria publish.
    asked : the questions of the monitoring that bear on it; empty where none does.
    groups : what can be said of each group, from the figures that are shown.
    served : whom the bids themselves say that they would serve, and what is recommended.
    residents : shares of residents, people in need or providers, each with source and date.
    impact : what the figures alone point to.
    why : in a sentence.
    """

    name: str
    protected: bool
    asked: tuple[str, ...]
    groups: tuple[str, ...]
    served: tuple[str, ...]
    residents: tuple[str, ...]
    impact: Literal["positive", "negative", "unknown"]
    why: str


@dataclass(frozen=True)
class Beside:
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
