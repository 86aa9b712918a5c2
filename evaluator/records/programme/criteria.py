"""What was published: the programme, its scale, questions, gates, weights, price method and rules of award."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BeforeValidator, Field, NonNegativeInt, PrivateAttr, model_validator

from evaluator.records.numbers import RoundingMode, rounded
from evaluator.records.programme.accepted import Accepted, Earlier, Version
from evaluator.records.programme.allocation_policy import OBJECTIVES, AllocationPolicy
from evaluator.records.programme.conditions.gates import Gate
from evaluator.records.programme.conditions.minimums import PointMinimum
from evaluator.records.programme.conditions.not_applicable import NotApplicable
from evaluator.records.programme.conditions.stages import Stage
from evaluator.records.programme.conditions.verification import Verification, Verified
from evaluator.records.programme.money.amounts import Amounts
from evaluator.records.programme.money.contract_management import ContractManagement
from evaluator.records.programme.money.final_choice import FinalChoice
from evaluator.records.programme.price.lines import PriceLine
from evaluator.records.programme.price.measured import MEASURED, Measured
from evaluator.records.programme.price.policy import PricePolicy as PricePolicy
from evaluator.records.programme.procurement.area import Area
from evaluator.records.programme.procurement.keys import UNSAID, Procurement, Term
from evaluator.records.programme.published import Amount, Declaring, Exact, Percent, Pounds, Prose, Published, Trim
from evaluator.records.programme.rules import Rule
from evaluator.records.programme.scales import PASS_FAIL, Mark, Scale, ScaleOf

PRICE, QUALITY = "price", "quality"
LAST = "last"  # the stage of questions that no stage names
Answered = Literal["marked", "pass_fail", "information"]
RegimeName = Literal[
    "pa2023", "pa2023_light_touch", "pa2023_below_threshold", "below_threshold", "pcr2015", "psr2023", "grant"
]  # fmt: skip


def _left_out(value: object) -> bool:
    """Whether a key is not published. Keys that are newer than the first seals leave no trace in those without them."""
    return value is None or value is False or value in ((), "", {})


def _unsaid(value: object) -> bool:
    """Whether a figure is not published; 0 is one."""
    return value is None


class Question(Declaring):
    """A scored leaf criterion: common to all themes, or a theme's own.

    ``answered``: ``marked`` on a scale; ``pass_fail`` by evaluators, without a weight, where failing takes the bid out;
    ``information`` is asked and told, and does not count.
    """

    id: str
    title: Prose
    text: Prose
    good_answer: Prose = Field(default="", exclude_if=_left_out)  # where the scale alone says what earns a mark
    scope: Literal["bid", "organisation"] = "bid"
    answered: Answered = Field(default="marked", exclude_if="marked".__eq__)
    essential: bool = Field(default=True, exclude_if=True.__eq__)  # of pass or fail: else failing it is told alone
    descriptors: dict[str, Prose] = Field(default_factory=dict, exclude_if=_left_out)  # mark = what earns it here
    purpose: Prose = Field(default="", exclude_if=_left_out)  # why it is asked
    relative_weight: Amount | None = None  # common questions only: the same ratios must hold in every theme
    optional: bool = Field(default=False, exclude_if=_left_out)  # common only: asked where the theme's tier says so
    outcomes: tuple[str, ...] = ()
    approaches: tuple[str, ...] = ()
    word_limit: int | None = None
    source: Prose

    def __hash__(self) -> int:
        """Hash by what tells questions apart: its own descriptors are a table, which has no hash."""
        return hash((self.id, self.title, self.text, self.source))

    @property
    def counts(self) -> bool:
        """Whether it is marked, or answered pass or fail, and not only told."""
        return self.answered != "information"


class Rounding(Declaring):
    """Where and how numbers are rounded.

    ``parts``: the quality score and the price points are each rounded once and the total is their sum; an index is
    worked out from the rounded quality score, and rounded once.
    ``total``: only the total is rounded. ``display``: ranks rest on exact totals, rounding is for the eye alone.
    """

    places: int = Field(ge=0, le=6)
    mode: RoundingMode
    point: Literal["parts", "total", "display"]
    source: Prose

    def part(self, value: Fraction) -> Fraction:
        """Give a part of a score as it counts: rounded where the parts are rounded, else exact."""
        return Fraction(rounded(value, self.places, self.mode), 10**self.places) if self.point == "parts" else value


CombiningMethod = Literal["mean", "median", "trimmed_mean", "sum"]
COMBINING: tuple[CombiningMethod, ...] = get_args(CombiningMethod)


class Moderation(Declaring):
    """How several evaluators' marks become the one that counts.

    ``consensus``: a panel agrees a mark on the scale with a reason. ``one_evaluator``: a single evaluator marks each
    answer and that mark counts. All others are for grants, and work the mark out exactly from everybody's own:
    ``records/submissions/several_marks.py``.

    Parameters
    ----------
    trim : what ``trimmed_mean`` leaves out at each end: a number of marks, or a share of them in percent, rounded down.
    on_spread : what follows where marks are ``spread_trigger`` or more apart; where it is empty, it is told.
    third_counts : with a further evaluator, whether all marks count or those closest together without the odd one.
    missing_marks : what is done where an answer has fewer marks than others; where it is empty, none may have.
    places, mode : to which place, and how, the mark that was worked out is rounded; where they are empty it is not.
    """

    method: Literal["consensus", "one_evaluator", "mean", "median", "trimmed_mean", "sum"]
    least_evaluators: int = Field(default=1, ge=1)
    trim: Trim | None = Field(default=None, exclude_if=_left_out)
    spread_trigger: Amount | None = None
    on_spread: Literal["told", "discussed", "third_evaluator", "decision"] | None = Field(
        default=None, exclude_if=_left_out
    )
    third_counts: Literal["all", "closest"] | None = Field(default=None, exclude_if=_left_out)
    missing_marks: Literal["those_given", "scaled"] | None = Field(default=None, exclude_if=_left_out)
    places: Annotated[int, Field(ge=0, le=6)] | None = Field(default=None, exclude_if=_unsaid)
    mode: RoundingMode | None = Field(default=None, exclude_if=_unsaid)
    declarations_required: bool = True
    source: Prose

    @property
    def combines(self) -> bool:
        """Whether the mark that counts is worked out from everybody's marks, and nobody agrees it."""
        return self.method in COMBINING


TieBreakKind = Literal["quality", "lower_price", "received", "draw", "question", "measured"]
QUESTION = "question:"  # before the id of a question


def tie_break_of(entry: str) -> tuple[TieBreakKind, str]:
    """Give what an entry of a tie-break compares, and of which question, if of one.

    Checks find what is no tie-break before anything is decided by it.

    >>> tie_break_of("lower_price"), tie_break_of("question:C1")
    (('lower_price', ''), ('question', 'C1'))
    """
    match entry:
        case "quality":
            return "quality", ""
        case "lower_price":
            return "lower_price", ""
        case "received":
            return "received", ""
        case "draw":
            return "draw", ""
        case _ if entry.startswith(MEASURED):
            return "measured", entry.removeprefix(MEASURED)
        case _:
            return "question", entry.removeprefix(QUESTION)


class TieBreak(Declaring):
    """What decides between equal totals, in order; what is equal after the last is a tie.

    ``quality``, ``lower_price``, ``question:<id>``, ``measured:<id>`` (the better figure), ``received`` (the earlier
    arrival) or ``draw``: by the published ``draw_seed``, or by what ``draw_source`` comes to after the closing time,
    which a person records as a decision.
    """

    order: tuple[str, ...]
    draw_seed: str = Field(default="", exclude_if=_left_out)
    draw_source: str = Field(default="", exclude_if=_left_out)
    source: Prose


class Section(Declaring):
    """A heading under which questions were published with one weight between them.

    ``weight`` is what its questions carry together, in percent of the whole; ``shares``, where published, what each is
    of it. Both must be what the theme's weights come to: they add nothing to the arithmetic. A bid with fewer points in
    the section than ``minimum_points``, or than ``minimum_percent`` of what its questions carry, is not ranked.
    """

    id: str
    title: Prose
    weight: Amount
    questions: tuple[str, ...] = Field(min_length=1)
    shares: dict[str, Amount] = Field(default_factory=dict)
    minimum_points: Amount | None = Field(default=None, exclude_if=_unsaid)
    minimum_percent: Percent | None = Field(default=None, exclude_if=_unsaid)
    source: Prose


class Tier(Declaring):
    """What may be asked for contracts up to a size: ``up_to`` pounds a year, that figure included.

    ``optional`` names the optional common questions that are asked. Everything else is a most: words for an answer and
    for all of them, monitoring reports and visits a year, turnover in times of the yearly contract value, years of
    accounts.
    """

    id: str
    title: Prose
    up_to: Pounds | None = None  # the largest tier has none
    optional: tuple[str, ...] = ()
    word_limit: Annotated[int, Field(gt=0)] | None = None
    total_words: Annotated[int, Field(gt=0)] | None = None
    monitoring: NonNegativeInt | None = None
    visits: NonNegativeInt | None = Field(default=None, exclude_if=_left_out)
    turnover: Amount | None = None
    accounts_years: NonNegativeInt | None = None
    instead_of_accounts: Prose = ""
    insurance: Literal["with_bid", "by_start"] | None = None
    source: Prose


class Theme(Declaring):
    """One part of the programme with its own questions, weights, minimum marks, price policy and rules."""

    id: str
    title: Prose
    summary: Prose = ""
    tier: str = ""
    contract_value: Pounds | None = Field(default=None, exclude_if=_left_out)  # the dearest contract, in a year
    outcomes: tuple[str, ...] = Field(default=(), exclude_if=_left_out)  # its own, beside those of every theme
    source: Prose
    weights: dict[str, Amount]  # every leaf by its id, and "price"; they sum to exactly the total
    total: Amount | None = Field(default=None, exclude_if=_unsaid)  # the programme's where nothing is said
    minimum_marks: dict[str, Exact] = Field(default_factory=dict)
    minimum_quality: Percent | None = None  # of the quality points available
    minimum_quality_points: Amount | None = Field(default=None, exclude_if=_unsaid)
    more_than: tuple[str, ...] = Field(default=(), exclude_if=_left_out)  # questions, sections, "quality": not just at
    price: PricePolicy | None = None
    question: tuple[Question, ...] = ()
    section: tuple[Section, ...] = Field(default=(), exclude_if=_left_out)
    rule: tuple[Rule, ...] = ()

    @property
    def price_weight(self) -> Fraction:
        """The points that price carries."""
        return Fraction(self.weights.get(PRICE, Decimal(0)))

    def enough(self, question: str, mark: Mark) -> bool:
        """Whether a mark reaches its question's published minimum, or is above it where more is wanted."""
        least = self.minimum_marks.get(question)
        return least is None or (mark > least if question in self.more_than else mark >= least)

    def point_minimums(self, questions: Sequence[str]) -> tuple[PointMinimum, ...]:
        """Give every published minimum of points, where these questions are asked: of quality, then of sections."""
        return tuple(self._minimums_of_quality(tuple(questions))) + tuple(self._minimums_of_sections(questions))

    def _minimums_of_quality(self, every: tuple[str, ...]) -> Iterator[PointMinimum]:
        beyond = QUALITY in self.more_than
        if self.minimum_quality is not None:
            yield PointMinimum(QUALITY, "quality", every, None, self.minimum_quality, beyond)
        if self.minimum_quality_points is not None:
            yield PointMinimum(QUALITY, "quality", every, self.minimum_quality_points, None, beyond)

    def _minimums_of_sections(self, questions: Sequence[str]) -> Iterator[PointMinimum]:
        for section in self.section:
            own = tuple(leaf for leaf in section.questions if leaf in questions)
            for points, percent in ((section.minimum_points, None), (None, section.minimum_percent)):
                if points is not None or percent is not None:
                    beyond = section.id in self.more_than
                    yield PointMinimum(section.id, section.title, own, points, percent, beyond)


def _in_stage(stage: Stage, theme: Theme) -> Theme:
    within = frozenset(stage.questions)
    kept: dict[str, Any] = {
        "weights": {leaf: stage.weights.get(leaf, own) for leaf, own in theme.weights.items() if leaf in within},
        "minimum_marks": {leaf: least for leaf, least in theme.minimum_marks.items() if leaf in within},
        "question": tuple(one for one in theme.question if one.id in within),
        "section": tuple(one if within.issuperset(one.questions) else _without_minimum(one) for one in theme.section),
    }
    return theme.model_copy(update={**kept, **dict.fromkeys(("minimum_quality", "minimum_quality_points", "price"))})


def _without_minimum(section: Section) -> Section:
    return section.model_copy(update=dict.fromkeys(("minimum_points", "minimum_percent")))


class Ladder(Published):
    """One coarser grouping of a question's replies: each new group with the replies that it puts together."""

    name: str
    groups: dict[str, tuple[str, ...]]


class Characteristic(Declaring):
    """One axis of the equality monitoring: what is asked, about whom, and the answers that it offers.

    ``ladder`` has the groupings in which it is shown where its own replies cannot be, finest first. ``words`` maps free
    words to replies before anything is counted. ``on_register``: a public register says the same of each organisation.
    """

    id: str
    title: Prose
    about: Literal["led_by", "exists_for", "serves", "organisation"]
    values: tuple[str, ...]
    source: Prose
    ladder: tuple[Ladder, ...] = Field(default=(), exclude_if=_left_out)
    words: dict[str, str] = Field(default_factory=dict, exclude_if=_left_out)
    on_register: bool = Field(default=False, exclude_if=_left_out)


def _whole(value: object) -> object:
    """Take a whole number that a cell of a workbook holds among others, as text."""
    return int(value) if isinstance(value, str) and value.isdecimal() else value


Width = Annotated[int, BeforeValidator(_whole), Field(ge=1)]
BANDS = (1, 5, 10)
MARGIN = 1
ALPHA = Decimal("0.05")


class EqualityPlan(Declaring):
    """What the equality summary shows to everyone, and how it is held against chance; all fixed before bids open.

    Parameters
    ----------
    threshold : the smallest number that may be shown; counts under it share one band where ``few`` does not say else.
    few : counts under it, and as many short of the whole, share one band.
    bands : the widths of the bands that are tried, finest first; 1 is an exact figure.
    margin : so many organisations alike in public must be possible in a group, and out of it, beside one.
    outside_tells : whether it is a betrayed reply that an organisation is not in a group.
    primary : the questions whose awards are the primary family; empty: all about protected characteristics.
    alpha : the level of the family.
    words : free words for groups served, as bids name them, and the published word that each is counted under.
    """

    threshold: int = Field(default=10, ge=1)
    panel_threshold: int | None = Field(default=None, ge=1, exclude_if=_left_out)  # sealed only where it is published
    few: int | None = Field(default=None, ge=2, exclude_if=_left_out)
    bands: tuple[Width, ...] = Field(default=(), exclude_if=_left_out)
    margin: NonNegativeInt | None = Field(default=None, exclude_if=_left_out)
    outside_tells: bool = Field(default=True, exclude_if=True.__eq__)
    primary: tuple[str, ...] = Field(default=(), exclude_if=_left_out)
    alpha: Exact | None = Field(default=None, exclude_if=_left_out)
    words: dict[str, str] = Field(default_factory=dict, exclude_if=_left_out)
    source: Prose
    characteristic: tuple[Characteristic, ...] = ()


class Criteria(Declaring):
    """The whole of what was published under one reference."""

    schema_: Literal[1] = Field(alias="schema")
    reference: str
    title: Prose
    authority: Prose
    regime: RegimeName
    version: str
    years: tuple[str, ...] = ()
    source: Prose
    procurement: Procurement = Field(default=UNSAID, exclude_if=UNSAID.__eq__)
    area: Area | None = Field(default=None, exclude_if=_left_out)
    total: Amount | None = Field(default=None, exclude_if=_left_out)  # of each theme's weights; else 100
    scale: Scale
    scale_of: tuple[ScaleOf, ...] = Field(default=(), exclude_if=_left_out)
    not_applicable: NotApplicable | None = Field(default=None, exclude_if=_left_out)
    gate: tuple[Gate, ...] = ()
    verification: tuple[Verification, ...] = Field(default=(), exclude_if=_left_out)
    term: tuple[Term, ...] = Field(default=(), exclude_if=_left_out)
    measured: tuple[Measured, ...] = Field(default=(), exclude_if=_left_out)
    price_line: tuple[PriceLine, ...] = Field(default=(), exclude_if=_left_out)
    stage: tuple[Stage, ...] = Field(default=(), exclude_if=_left_out)
    price: PricePolicy | None = None
    rounding: Rounding
    moderation: Moderation
    tie_break: TieBreak
    allocation: AllocationPolicy | None = None
    amounts: Amounts | None = Field(default=None, exclude_if=_left_out)
    final_choice: FinalChoice | None = Field(default=None, exclude_if=_left_out)
    contract_management: ContractManagement | None = Field(default=None, exclude_if=_left_out)
    equality: EqualityPlan | None = None
    outcomes: dict[str, Prose] = Field(default_factory=dict)
    approaches: dict[str, Prose] = Field(default_factory=dict)
    tier: tuple[Tier, ...] = Field(default=(), exclude_if=_left_out)
    common: tuple[Question, ...] = ()
    themes: tuple[Theme, ...] = Field(min_length=1)
    _written: "Criteria | None" = PrivateAttr(default=None)

    @property
    def as_written(self) -> "Criteria":
        """What was published and is sealed: the texts with names in them, where this has the values in their places."""
        return self._written or self

    def shown_as(self, shown: "Criteria") -> "Criteria":
        """Give these criteria with the texts that are shown in the places of those that were written."""
        made = shown.model_copy()
        made._written = self
        return made

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Give a copy; one in which something was changed is not what was written."""
        copy = super().model_copy(update=update, deep=deep)
        if update:
            copy._written = None
            copy.__dict__.pop("_scales", None)
        return copy

    @model_validator(mode="after")
    def _pass_or_fail(self) -> Self:
        """Take a question that is answered pass or fail as one without a weight, whose minimum mark is a pass."""
        if any(one.answered == "pass_fail" for one in self._every_question()):
            object.__setattr__(self, "themes", tuple(map(self._with_pass_or_fail, self.themes)))
        return self

    def _with_pass_or_fail(self, theme: Theme) -> Theme:
        common = tuple(one for one in self.common if self.applies(one, theme.id))
        asked = [one.id for one in (*common, *theme.question) if one.answered == "pass_fail"]
        weights = {one: Decimal(0) for one in asked if one not in theme.weights}
        needed = [one.id for one in (*common, *theme.question) if one.answered == "pass_fail" and one.essential]
        least = {one: self.scale_for(one).highest for one in needed if one not in theme.minimum_marks}
        update = {"weights": theme.weights | weights, "minimum_marks": theme.minimum_marks | least}
        return theme.model_copy(update=update) if weights or least else theme

    def _every_question(self) -> Iterator[Question]:
        yield from self.common
        for theme in self.themes:
            yield from theme.question

    def theme(self, theme: str) -> Theme:
        """Give the theme of that id; KeyError if there is none."""
        return {t.id: t for t in self.themes}[theme]

    def questions(self, theme: str) -> tuple[Question, ...]:
        """Give the questions of a theme that are marked: the common ones that it weights, then its own."""
        own = self.theme(theme)
        return tuple(q for q in self.common if q.id in own.weights) + tuple(q for q in own.question if q.counts)

    def asked(self, theme: str) -> tuple[Question, ...]:
        """Give every question of a theme, those for information among them, in the order published."""
        own = self.theme(theme)
        told = (q for q in self.common if q.id in own.weights or (not q.counts and self.applies(q, theme)))
        return (*told, *own.question)

    def measured_in(self, theme: str) -> tuple[Measured, ...]:
        """Give the measured criteria that a theme weights, in the order published."""
        weights = self.theme(theme).weights
        return tuple(one for one in self.measured if one.id in weights)

    def scale_for(self, question: str) -> Scale:
        """Give the scale that a question is marked on, with its own descriptors: its own, its section's, or the usual.

        A question that is answered pass or fail has a scale of these two where none is published for it.
        """
        if question not in self._scales:
            self._scales[question] = self._scale_of(question)
        return self._scales[question]

    @cached_property
    def _scales(self) -> dict[str, Scale]:
        """The scales of those questions that were asked about: each mark of every bid asks."""
        return {}

    def _scale_of(self, question: str) -> Scale:
        asked = next((one for one in self._every_question() if one.id == question), None)
        usual = PASS_FAIL if self.passed_or_failed(question) else self.scale
        own = next((one for one in self.scale_of if question in self.marked_on(one)), usual)
        return own.with_descriptors(asked.descriptors) if asked and asked.descriptors else own

    def passed_or_failed(self, question: str) -> bool:
        """Whether a question is answered pass or fail."""
        return any(one.id == question and one.answered == "pass_fail" for one in self._every_question())

    def marked_on(self, scale: ScaleOf) -> frozenset[str]:
        """Name the questions of a scale: those that it names, and those of the sections that it names."""
        sections = (one for theme in self.themes for one in theme.section if one.id in scale.sections)
        return frozenset(scale.questions).union(*(one.questions for one in sections))

    @property
    def scales(self) -> tuple[Scale, ...]:
        """Every scale that was published: the programme's, then those of some questions alone."""
        return (self.scale, *self.scale_of)

    @property
    def own_descriptors(self) -> tuple[str, ...]:
        """What earns a mark for one question alone, of every question that says so."""
        return tuple(words for question in self._every_question() for words in question.descriptors.values())

    def whole_of(self, theme: str) -> Fraction:
        """Give the points that the weights of a theme come to together: its own total, the programme's, or 100."""
        own = self.theme(theme).total
        return Fraction(next((one for one in (own, self.total) if one is not None), 100))

    @property
    def wholes(self) -> tuple[Fraction, ...]:
        """What the weights of themes come to together, each figure once, in rising order."""
        return tuple(sorted({self.whole_of(theme.id) for theme in self.themes}))

    def may_not_apply(self, question: str) -> bool:
        """Whether the published rule lets a person decide that a question does not apply to a bid."""
        rule = self.not_applicable
        asked = next((one for one in self._every_question() if one.id == question), None)
        listed = rule is not None and (not rule.questions or question in rule.questions)
        return listed and asked is not None and asked.scope == "bid" and asked.answered == "marked"

    def spread(self, theme: str, apart: Collection[str]) -> dict[str, Fraction]:
        """Give what the questions of a theme carry where some do not apply: their weight goes as the rule says.

        Weights of a stage that only admits stay in it, and those that count stay with those that count.

        Raises
        ------
        ValueError
            Where no rule is published, or no question with a weight is left to carry it.
        """
        rule, own = self.not_applicable, self.theme(theme)
        if rule is None:
            raise ValueError("no rule says what becomes of a question that does not apply")
        carried = {question.id: Fraction(own.weights[question.id]) for question in self.questions(theme)}
        if rule.weight == "full_marks":
            return carried
        kept = {one: Fraction(0) if one in apart else weight for one, weight in carried.items()}
        made, aside = dict(kept), self.stages_aside
        for question in apart:
            side = {one: kept[one] for one in kept if kept[one] and aside.get(one) == aside.get(question)}
            near = next((one.questions for one in own.section if question in one.questions), ())
            takes = {one: side[one] for one in near if one in side} if rule.weight == "section" else {}
            takes = takes or side
            if not takes and carried[question]:
                raise ValueError("no question is left to carry the weight of those that do not apply")
            for one, weight in takes.items():
                made[one] += carried[question] * weight / sum(takes.values())
        return made

    @property
    def stages_aside(self) -> dict[str, str]:
        """Name the stage of each question whose points only admit to a later one."""
        return {question: stage.id for stage in self.stage if not stage.counts for question in stage.questions}

    @property
    def deciding_stages(self) -> tuple[Stage, ...]:
        """The stages that decide who goes on, in their order."""
        return tuple(stage for stage in self.stage if stage.passes)

    @property
    def stages_in_order(self) -> tuple[str, ...]:
        """The ids of all stages; what no stage names is asked in the one called ``last``. Nothing without stages."""
        if not self.stage:
            return ()
        deciding = [stage.id for stage in self.deciding_stages]
        return (*deciding, LAST if self.stage[-1].passes else self.stage[-1].id)

    def stage_of(self, question: str) -> int:
        """Say in which stage a question is asked, from 0; what no stage names is asked after the last that decides."""
        named = (at for at, stage in enumerate(self.stage) if question in stage.questions)
        return next(named, len(self.deciding_stages))

    @property
    def as_counted(self) -> "Criteria":
        """The criteria as points count in the end: with no weight for the questions of a stage that only admits."""
        if all(stage.counts for stage in self.stage):
            return self
        return self.model_copy(update={"themes": tuple(self.counted(theme.id) for theme in self.themes)})

    def of_stage(self, stage: Stage) -> "Criteria":
        """Give the criteria of one stage: its questions, with their weights and the minimums for them alone."""
        common = tuple(one for one in self.common if one.id in stage.questions)
        themes = tuple(_in_stage(stage, one) for one in self.themes)
        return self.model_copy(update={"common": common, "themes": themes, "stage": ()})

    def counted(self, theme: str) -> Theme:
        """Give a theme as its points count in the end: the questions of a stage that only admits have no weight.

        A minimum of a section that lies in such a stage was held there.
        """
        aside, own = self.stages_aside.keys(), self.theme(theme)
        if not aside & own.weights.keys():
            return own
        weights = {leaf: Decimal(0) if leaf in aside else weight for leaf, weight in own.weights.items()}
        kept = (_without_minimum(one) if aside >= set(one.questions) else one for one in own.section)
        return own.model_copy(update={"weights": weights, "section": tuple(kept)})

    def tier_of(self, theme: str) -> Tier | None:
        """Give the tier that a theme names, where the programme publishes it."""
        return {tier.id: tier for tier in self.tier}.get(self.theme(theme).tier)

    def applies(self, question: Question, theme: str) -> bool:
        """Whether a common question is asked in a theme: always, or an optional one where the theme's tier says so."""
        tier = self.tier_of(theme)
        return not question.optional or (tier is not None and question.id in tier.optional)

    def word_limit(self, question: Question, theme: str) -> int | None:
        """Give the words that an answer may have in a theme: the question's own limit or the tier's, the lower one.

        What an organisation answers once, for all of its bids, has the question's own limit whatever the tiers.
        """
        tier = self.tier_of(theme) if question.scope == "bid" else None
        limits = (question.word_limit, tier.word_limit if tier else None)
        return min((limit for limit in limits if limit is not None), default=None)

    def price_policy(self, theme: str) -> PricePolicy | None:
        """Give the price policy of a theme: its own if it has one, else the programme's."""
        return self.theme(theme).price or self.price

    def management_hours(self, theme: str, price: int) -> Decimal | None:
        """Give the hours a year that a contract at a price in pence takes; None where no formula is published."""
        if self.contract_management is None:
            return None
        tier = self.tier_of(theme)
        visits, reports = (tier.visits or 0, tier.monitoring or 0) if tier else (0, 0)
        return self.contract_management.hours(visits, reports, price, len(self.years) or 1)

    @property
    def ranks_to_the_end(self) -> bool:
        """Whether lists go by ranks also between equal scores: by keys that are newer than the first seals."""
        newer = {"received", "draw"}.intersection(self.tie_break.order)
        return bool(newer) or self.amounts is not None or self.final_choice is not None

    @property
    def tells_the_platform(self) -> bool:
        """Whether notices on the central platform tell of it, with how many small and other bidders there were."""
        return self.regime.startswith("pa2023")

    def decided_by(self, column: Verified, theme: str = "") -> tuple[str, ...]:
        """Say by what a column of the register decides an award: in one theme, or in any; nothing where it does not."""
        themes = [theme] if theme else [one.id for one in self.themes]
        policies = [self.price_policy(name) for name in themes]
        by_price = column == "people" and any(one and one.basis == "unit_cost" for one in policies)
        policy = self.allocation
        objectives = policy.objective + policy.tie_break if policy else ()
        rules = [rule for rule in self.rules if rule.traits.asks == column]
        return (
            *(["the price for each person"] if by_price else []),
            *(f"the criterion {one.id}" for one in self._measured_by(column, themes)),
            *(f"rule {rule.id}" for rule in rules),
            *(f"the objective {one}" for one in dict.fromkeys(objectives) if OBJECTIVES[one].asks == column),
        )

    def _measured_by(self, column: Verified, themes: list[str]) -> tuple[Measured, ...]:
        weighted = {name for theme in themes for name in self.theme(theme).weights}
        return tuple(one for one in self.measured if column == "measured" and one.id in weighted)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule of award: the programme's in order, then each theme's."""
        programme = self.allocation.rule if self.allocation else ()
        return programme + tuple(rule for theme in self.themes for rule in theme.rule)


class Seal(Published):
    """The fingerprint of what was published: the SHA-256 of its canonical form, its version and date.

    ``accepted``: the findings that named people accepted before. ``changed``: what changed with this version, where
    another was sealed before; ``earlier``: those that were, the first first. ``engine``: the version of the evaluator
    that sealed, whose checks the criteria passed; the first version did not write it. ``tenders_close``: the time after
    which nothing that was published may change, so that a later version cannot move it once it is past.
    """

    schema_: Literal[1] = Field(alias="schema")
    reference: str
    version: str
    date: str
    sha256: str
    accepted: tuple[Accepted, ...] = Field(default=(), exclude_if=_left_out)
    changed: Version | None = Field(default=None, exclude_if=_left_out)
    earlier: tuple[Earlier, ...] = Field(default=(), exclude_if=_left_out)
    tenders_close: str = Field(default="", exclude_if=_left_out)
    engine: str = Field(default="", pattern=r"^([0-9]+(\.[0-9]+)*)?$", exclude_if=_left_out)
