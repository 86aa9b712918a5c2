"""The published limits and floors of an allocation: one record for each kind, with the keys that it takes."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, NonNegativeInt, PositiveInt

from evaluator.records.numbers import plain_decimal

EVERY_THEME = "*"
TIED_CAP = 100  # equal sets that are listed where nothing else is published
LONGEST = 40  # characters of a number; more is no number that anyone published


class Published(BaseModel):
    """A record of something that was published: it never changes, and it takes no key that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _text(value: Any) -> Any:
    """Take TOML whole numbers and decimals as they were written; a float has lost that already."""
    if isinstance(value, bool | float):
        raise ValueError("write the number in quotes, exactly as published")
    return _plain_number(str(value)) if isinstance(value, int | Decimal | str) else value


def _plain_number(text: str) -> str:
    """Refuse what Python would read and people would not: exponents, other digits, underscores, endless ones."""
    if len(text) > LONGEST or plain_decimal(text) is None:
        raise ValueError("must be a plain number in quotes, exactly as published")
    return text


def _not_negative(value: Decimal) -> Decimal:
    if not value.is_finite() or value < 0:
        raise ValueError("must be a plain number, nought or more")
    return value


def _to_the_penny(value: Decimal) -> Decimal:
    if value != round(value, 2):
        raise ValueError("must be pounds with at most two decimal places")
    return value


def _percent(value: Any) -> Any:
    if not (isinstance(value, str) and value.endswith("%")):
        raise ValueError('must be a percentage in quotes, for example "20%"')
    return _plain_number(value[:-1])


def _without_equal(value: Any) -> Any:
    """Leave out a last "equal", which says what holds anyway: what is equal then is reported as equal."""
    return value[:-1] if isinstance(value, list | tuple) and value and value[-1] == "equal" else value


def _own_id(value: str) -> str:
    if not value.strip() or value in ("excludes", "fixed_lots"):
        raise ValueError("must be the name that the rule was published under")
    return value


Exact = Annotated[Decimal, BeforeValidator(_text)]
Amount = Annotated[Exact, AfterValidator(_not_negative)]
Pounds = Annotated[Amount, AfterValidator(_to_the_penny)]
Percent = Annotated[Decimal, BeforeValidator(_percent), AfterValidator(_not_negative)]


def _unsaid(value: object) -> bool:
    """Whether a key says nothing. Keys newer than the first seals then leave no trace in the canonical form."""
    return not value


def _of_money(value: object) -> bool:
    return value == "money"


def is_percent(mark: object) -> bool:
    """Whether a mark of a key's type is the one that makes it a percentage, written with its sign."""
    return isinstance(mark, BeforeValidator) and mark.func is _percent


def is_money(mark: object) -> bool:
    """Whether a mark of a key's type is the one that makes it pounds."""
    return isinstance(mark, AfterValidator) and mark.func is _to_the_penny


class RuleBase(Published):
    """What every rule has: the name it was published under, its words, and where they come from.

    ``gives_way`` is the published cost of relaxing the rule by one unit (a pound, an hour, an award, a bid, a ward, a
    percentage point) where rules cannot hold together; a rule without it never gives way.
    """

    id: Annotated[str, AfterValidator(_own_id)]
    title: str = ""
    source: str = ""
    gives_way: Amount | None = Field(default=None, exclude_if=_unsaid)


class Budget(RuleBase):
    """All awards, all years together, cost at most ``limit`` pounds."""

    kind: Literal["budget"]
    limit: Pounds


class YearBudget(RuleBase):
    """All awards cost at most ``limit`` pounds in one year.

    ``committed`` of them are taken by contracts that exist already and must be paid. With ``carry_over`` what the year
    before leaves of its own limit may be spent too.
    """

    kind: Literal["year_budget"]
    year: str
    limit: Pounds
    committed: Pounds | None = Field(default=None, exclude_if=_unsaid)
    carry_over: bool = Field(default=False, exclude_if=_unsaid)


class ThemeBudget(RuleBase):
    """The awards of a theme (``*``: of each theme) cost at most ``limit`` and at least ``least`` pounds.

    With ``carry_over`` what the year before leaves of the theme's limit may be spent too.
    """

    kind: Literal["theme_budget"]
    theme: str
    limit: Pounds | None = None
    least: Pounds | None = None
    year: str | None = None
    carry_over: bool = Field(default=False, exclude_if=_unsaid)


class ThemeShare(RuleBase):
    """The awards of a theme (``*``: each theme) take at least and at most a share of the money.

    ``of`` ``budget``: of what the programme has in all by its ``budget``; ``awarded``: of what all awards cost.
    """

    kind: Literal["theme_share"]
    theme: str
    least: Percent | None = None
    most: Percent | None = None
    of: Literal["budget", "awarded"] = "budget"


class ThemeAwards(RuleBase):
    """A theme (``*``: each theme) has at least ``least`` and at most ``most`` awards."""

    kind: Literal["theme_awards"]
    theme: str
    least: NonNegativeInt = 0
    most: NonNegativeInt | None = None


class OrganisationAwards(RuleBase):
    """No organisation, alone or as a member of a consortium, has more than ``limit`` awards."""

    kind: Literal["organisation_awards"]
    limit: NonNegativeInt


class OrganisationMoney(RuleBase):
    """No organisation, alone or as a member of a consortium, is in awards of more than ``limit`` pounds in all."""

    kind: Literal["organisation_money"]
    limit: Pounds


class Capacity(RuleBase):
    """The contract-management hours of all awards, or of those in the themes of one service, are at most ``limit``."""

    kind: Literal["capacity"]
    limit: Amount
    themes: tuple[str, ...] = Field(default=(), exclude_if=_unsaid)


class Exclusive(RuleBase):
    """At most ``limit`` of the named bids are funded."""

    kind: Literal["exclusive"]
    bids: tuple[str, ...]
    limit: NonNegativeInt = 1


class Linked(RuleBase):
    """The named bids are all funded or none of them is."""

    kind: Literal["linked"]
    bids: tuple[str, ...]


class MustFund(RuleBase):
    """The named bid is funded, for a published reason."""

    kind: Literal["must_fund"]
    bid: str
    reason: str = Field(default="", exclude_if=_unsaid)


class Variants(RuleBase):
    """Of the bids that one organisation puts forward as variants of one another, at most ``limit`` are funded."""

    kind: Literal["variants"]
    limit: NonNegativeInt = 1


class LeastLevel(RuleBase):
    """No bid is funded at less than ``least`` of its ask, nor below the least share that it said it can use."""

    kind: Literal["least_level"]
    least: Percent


class ReserveList(RuleBase):
    """The best ``length`` bids of a theme (``*``: of each theme) that are not funded wait in order of score."""

    kind: Literal["reserve_list"]
    theme: str
    length: PositiveInt


class WardFloor(RuleBase):
    """The awards cover at least ``least`` different wards; with ``ward``, at least ``least`` awards serve that ward."""

    kind: Literal["ward_floor"]
    least: NonNegativeInt
    ward: str | None = Field(default=None, exclude_if=_unsaid)


class GroupFloor(RuleBase):
    """At least ``least`` awards serve the named group, by what the bids themselves say."""

    kind: Literal["group_floor"]
    group: str
    least: NonNegativeInt


class OutcomeFloor(RuleBase):
    """At least ``least`` awards work towards the named outcome, by what the bids themselves say."""

    kind: Literal["outcome_floor"]
    outcome: str
    least: NonNegativeInt


class SmallShare(RuleBase):
    """At least a share, such as ``"20%"``, of the awarded money or of the awards goes to small organisations."""

    kind: Literal["small_share"]
    least: Percent
    of: Literal["money", "awards"] = Field(default="money", exclude_if=_of_money)

    @property
    def share(self) -> Fraction:
        """The share as an exact fraction of one."""
        return Fraction(self.least) / 100


Rule = Annotated[
    Budget
    | YearBudget
    | ThemeBudget
    | ThemeShare
    | ThemeAwards
    | OrganisationAwards
    | OrganisationMoney
    | Capacity
    | Exclusive
    | Linked
    | MustFund
    | Variants
    | LeastLevel
    | ReserveList
    | WardFloor
    | GroupFloor
    | OutcomeFloor
    | SmallShare,
    Field(discriminator="kind"),
]

Method = Literal["optimise", "priority", "fixed_lots"]
METHODS: tuple[Method, ...] = ("optimise", "priority", "fixed_lots")
Objective = Literal[
    "total_score",
    "score_by_money",
    "score_by_people",
    "score_by_theme",
    "wards_covered",
    "groups_covered",
    "outcomes_covered",
    "lower_cost",
    "fewer_awards",
]


def _part_of_all(value: Decimal) -> Decimal:
    if not 0 < value <= 100:
        raise ValueError('must be above "0%" and up to "100%"')
    return value


class FundingLevel(Published):
    """A share of the ask at which bids can be funded, and the share of the score that then counts."""

    share: Annotated[Percent, AfterValidator(_part_of_all)]
    score: Percent


def _apart(levels: tuple[FundingLevel, ...]) -> tuple[FundingLevel, ...]:
    if len({level.share for level in levels}) < len(levels):
        raise ValueError("must name each share once")
    return levels


class AllocationPolicy(Published):
    """How the money is divided: the method, the objectives in order, the tie-break, and every rule.

    Keys that are newer than the first seals are left out of the canonical form where they say nothing.
    """

    method: Method
    on_unaffordable: Literal["skip", "stop"] = "skip"
    leftovers: bool = Field(default=False, exclude_if=_unsaid)
    minimum_score: Amount | None = None
    minimum_scores: dict[str, Amount] = Field(default_factory=dict, exclude_if=_unsaid)  # of a theme, by its id
    objective: tuple[Objective, ...] = Field(default=("total_score",), min_length=1)
    theme_weights: dict[str, Amount] = Field(default_factory=dict, exclude_if=_unsaid)  # for score_by_theme
    tie_break: Annotated[tuple[Objective, ...], BeforeValidator(_without_equal)] = ()
    draw_seed: str = Field(default="", exclude_if=_unsaid)  # a draw decides between what is still equal
    tied_cap: Annotated[int, Field(gt=1)] | None = Field(default=None, exclude_if=_unsaid)  # equal sets listed at most
    time_limit: Annotated[int, Field(gt=0)] = 60
    source: str = ""
    level: Annotated[tuple[FundingLevel, ...], AfterValidator(_apart)] = Field(default=(), exclude_if=_unsaid)
    rule: tuple[Rule, ...] = ()

    @property
    def most_tied(self) -> int:
        """How many equal sets are listed at most."""
        return self.tied_cap or TIED_CAP

    def minimum_of(self, theme: str) -> Decimal | None:
        """Give the minimum score of a theme: its own, or the programme's."""
        return self.minimum_scores.get(theme, self.minimum_score)
