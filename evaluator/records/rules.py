"""The published limits and floors of an allocation: one record for each kind, with the keys that it takes."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, NonNegativeInt

from evaluator.records.numbers import plain_decimal

EVERY_THEME = "*"
LONGEST = 40  # characters of a number; more is no number that anyone published


class Published(BaseModel):
    """A record of something that was published: it never changes, and it takes no key that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _text(value: Any) -> Any:
    """Take TOML whole numbers and decimals as they were written; a float has lost that already."""
    if isinstance(value, bool | float):
        raise ValueError("write the number in quotes, exactly as published")
    return _plain(str(value)) if isinstance(value, int | Decimal | str) else value


def _plain(text: str) -> str:
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
    return _plain(value[:-1])


Exact = Annotated[Decimal, BeforeValidator(_text)]
Amount = Annotated[Exact, AfterValidator(_not_negative)]
Pounds = Annotated[Amount, AfterValidator(_to_the_penny)]
Percent = Annotated[Decimal, BeforeValidator(_percent), AfterValidator(_not_negative)]


def is_percent(mark: object) -> bool:
    """Whether a mark of a key's type is the one that makes it a percentage, written with its sign."""
    return isinstance(mark, BeforeValidator) and mark.func is _percent


def is_money(mark: object) -> bool:
    """Whether a mark of a key's type is the one that makes it pounds."""
    return isinstance(mark, AfterValidator) and mark.func is _to_the_penny


class RuleBase(Published):
    """What every rule has: the name it was published under, its words, and where they come from."""

    id: str
    title: str = ""
    source: str = ""


class Budget(RuleBase):
    """All awards, all years together, cost at most ``limit`` pounds."""

    kind: Literal["budget"]
    limit: Pounds


class YearBudget(RuleBase):
    """All awards cost at most ``limit`` pounds in one year."""

    kind: Literal["year_budget"]
    year: str
    limit: Pounds


class ThemeBudget(RuleBase):
    """The awards of a theme (``*``: of each theme) cost at most ``limit`` and at least ``least`` pounds."""

    kind: Literal["theme_budget"]
    theme: str
    limit: Pounds | None = None
    least: Pounds | None = None
    year: str | None = None


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
    """The contract-management hours of all awards are at most ``limit``."""

    kind: Literal["capacity"]
    limit: Amount


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
    """The named bid is funded."""

    kind: Literal["must_fund"]
    bid: str


class WardFloor(RuleBase):
    """The awards together cover at least ``least`` different wards."""

    kind: Literal["ward_floor"]
    least: NonNegativeInt


class GroupFloor(RuleBase):
    """At least ``least`` awards serve the named group, by what the bids themselves say."""

    kind: Literal["group_floor"]
    group: str
    least: NonNegativeInt


class SmallShare(RuleBase):
    """At least a share of the awarded money, such as ``"20%"``, goes to small organisations."""

    kind: Literal["small_share"]
    least: Percent

    @property
    def share(self) -> Fraction:
        """The share as an exact fraction of one."""
        return Fraction(self.least) / 100


Rule = Annotated[
    Budget
    | YearBudget
    | ThemeBudget
    | ThemeAwards
    | OrganisationAwards
    | OrganisationMoney
    | Capacity
    | Exclusive
    | Linked
    | MustFund
    | WardFloor
    | GroupFloor
    | SmallShare,
    Field(discriminator="kind"),
]

Method = Literal["optimise", "priority", "fixed_lots"]
METHODS: tuple[Method, ...] = ("optimise", "priority", "fixed_lots")
Objective = Literal["total_score", "wards_covered", "groups_covered", "lower_cost", "fewer_awards"]


class AllocationPolicy(Published):
    """How the money is divided: the method, the objectives in order, the tie-break, and every rule."""

    method: Method
    on_unaffordable: Literal["skip", "stop"] = "skip"
    # Left out of the canonical form where it is false, so that criteria sealed before it existed keep their seal.
    leftovers: bool = Field(default=False, exclude_if=lambda value: not value)
    minimum_score: Amount | None = None
    objective: tuple[Objective, ...] = Field(default=("total_score",), min_length=1)
    tie_break: tuple[Objective, ...] = ()
    time_limit: Annotated[int, Field(gt=0)] = 60
    source: str = ""
    rule: tuple[Rule, ...] = ()
