"""The published limits and floors of an allocation: one record for each kind, with the keys that it takes."""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, NonNegativeInt, PositiveInt

from evaluator.records.programme.published import Amount, Percent, Pounds, Published, unsaid

EVERY_THEME = "*"


def _own_id(value: str) -> str:
    if not value.strip() or value in ("excludes", "fixed_lots"):
        raise ValueError("must be the name that the rule was published under")
    return value


def _of_money(value: object) -> bool:
    return value == "money"


class RuleBase(Published):
    """What every rule has: the name it was published under, its words, and where they come from.

    ``gives_way`` is the published cost of relaxing the rule by one unit (a pound, an hour, an award, a bid, a ward, a
    percentage point) where rules cannot hold together; a rule without it never gives way.
    """

    id: Annotated[str, AfterValidator(_own_id)]
    title: str = ""
    source: str = ""
    gives_way: Amount | None = Field(default=None, exclude_if=unsaid)


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
    committed: Pounds | None = Field(default=None, exclude_if=unsaid)
    carry_over: bool = Field(default=False, exclude_if=unsaid)


class ThemeBudget(RuleBase):
    """The awards of a theme (``*``: of each theme) cost at most ``limit`` and at least ``least`` pounds.

    With ``carry_over`` what the year before leaves of the theme's limit may be spent too.
    """

    kind: Literal["theme_budget"]
    theme: str
    limit: Pounds | None = None
    least: Pounds | None = None
    year: str | None = None
    carry_over: bool = Field(default=False, exclude_if=unsaid)


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
    themes: tuple[str, ...] = Field(default=(), exclude_if=unsaid)


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
    reason: str = Field(default="", exclude_if=unsaid)


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
    ward: str | None = Field(default=None, exclude_if=unsaid)


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
