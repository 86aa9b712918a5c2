"""The published limits and floors of an allocation: one record for each kind, with the keys that it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Annotated, ClassVar, Generic, Literal, TypedDict, TypeVar, get_args

from pydantic import AfterValidator, Field, NonNegativeInt, PositiveInt

from evaluator.records.programme.published import Amount, Declaring, Percent, Pounds, Prose, unsaid

EVERY_THEME = "*"
EXCLUDES = "excludes"  # stands for a rule's id where the bids themselves may not be funded together
FIGURES = ("limit", "most", "least")  # the keys of a rule that say how much it allows or asks for
SUBJECTS = ("theme", "themes", "year", "bids", "bid", "ward", "group", "outcome")  # the keys that say of what

Counts = Literal["awards", "wards", "hours", "money", "share"]
Side = Literal["most", "least", "both", "equal", "neither"]
Scope = Literal[
    "bid", "variants", "organisation", "bids", "theme", "ward", "group", "outcome", "service", "small", "year", "all"
]
Column = Literal["hours", "wards", "groups", "outcomes", "small", "variant"]
TellsBidsApart = Literal["lower_cost", "wards_covered", "groups_covered", "outcomes_covered", "score_by_people"]
SCOPES: tuple[Scope, ...] = get_args(Scope)  # from what stands on one bidder to what stands on everybody
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Traits:
    """What the rules of one kind have in common: every list of kinds is read from these.

    Parameters
    ----------
    counts : what is added up; a ``share`` is a percentage, and ``wards`` are different ones.
    scope : of what it is added up: of one bid, of each organisation, of a theme, of all awards.
    side : whether a rule says how much there is at ``most``, at ``least``, or ``both``; all or none of it (``equal``).
    gives_way : a rule is relaxed ``by_units`` of what it counts, as a ``whole``, or ``never``, since it limits nothing.
    asks : the column of the register that bids must fill in for it; None where it needs no more than every bid says.
    names : the key that picks one entry of that column out, such as one ward; empty where there is none.
    """

    counts: Counts
    scope: Scope
    side: Side = "most"
    gives_way: Literal["by_units", "whole", "never"] = "by_units"
    asks: Column | None = None
    names: str = ""

    @property
    def is_budget(self) -> bool:
        """Whether it limits the money of the programme or of a part of it, and not of those who bid."""
        return self.counts == "money" and self.scope in ("theme", "year", "all")

    @property
    def is_whole_budget(self) -> bool:
        """Whether it limits the money of all themes together, in a year or in all."""
        return self.is_budget and self.scope != "theme"

    @property
    def is_ground(self) -> bool:
        """Whether a merit order may name it as a ground: a limit on one organisation, or on bids that are named."""
        return self.scope in ("organisation", "bids", "variants") and self.side in ("most", "equal")

    @property
    def ends_before_leftovers(self) -> bool:
        """Whether it no longer binds when what is left of the programme's money is handed out: a theme's budget."""
        return self.is_budget and self.scope == "theme"


def _own_id(value: str) -> str:
    if not value.strip() or value in (EXCLUDES, "fixed_lots"):
        raise ValueError("must be the name that the rule was published under")
    return value


def _of_money(value: object) -> bool:
    return value == "money"


class RuleBase(Declaring):
    """What every rule has: the name it was published under, its words, and where they come from.

    ``gives_way`` is the published cost of relaxing the rule by one unit (a pound, an hour, an award, a bid, a ward, a
    percentage point) where rules cannot hold together; a rule without it never gives way.
    """

    traits: ClassVar[Traits]

    id: Annotated[str, AfterValidator(_own_id)]
    title: Prose = ""
    source: Prose = ""
    gives_way: Amount | None = Field(default=None, exclude_if=unsaid)

    @property
    def floor(self) -> Decimal | int | None:
        """What the rule asks for at least, if it has such a key: pounds, percent or a number."""
        found: Decimal | int | None = getattr(self, "least", None)
        return found

    @property
    def ceiling_key(self) -> str:
        """The key under which the rule says what it allows at most; empty where its kind has none."""
        return _ceiling_key(type(self))

    @property
    def ceiling(self) -> Decimal | int | None:
        """What the rule allows at most, if it has such a key: pounds, hours, percent or a number."""
        found: Decimal | int | None = getattr(self, self.ceiling_key, None) if self.ceiling_key else None
        return found

    @property
    def decides_nothing(self) -> bool:
        """Whether it has room for two figures and neither of them was published."""
        return (
            self.traits.side == "both"
            and self.ceiling is None
            and self.floor == type(self).model_fields["least"].default
        )


@cache
def _ceiling_key(kind: type[RuleBase]) -> str:
    return next((key for key in ("limit", "most") if key in kind.model_fields), "")


class Budget(RuleBase):
    """All awards, all years together, cost at most ``limit`` pounds."""

    traits = Traits("money", scope="all")
    kind: Literal["budget"]
    limit: Pounds


class YearBudget(RuleBase):
    """All awards cost at most ``limit`` pounds in one year.

    ``committed`` of them are taken by contracts that exist already and must be paid. With ``carry_over`` what the year
    before leaves of its own limit may be spent too.
    """

    traits = Traits("money", scope="year")
    kind: Literal["year_budget"]
    year: str
    limit: Pounds
    committed: Pounds | None = Field(default=None, exclude_if=unsaid)
    carry_over: bool = Field(default=False, exclude_if=unsaid)


class ThemeBudget(RuleBase):
    """The awards of a theme (``*``: of each theme) cost at most ``limit`` and at least ``least`` pounds.

    With ``carry_over`` what the year before leaves of the theme's limit may be spent too.
    """

    traits = Traits("money", scope="theme", side="both")
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

    traits = Traits("share", scope="theme", side="both", gives_way="whole")
    kind: Literal["theme_share"]
    theme: str
    least: Percent | None = None
    most: Percent | None = None
    of: Literal["budget", "awarded"] = "budget"


class ThemeAwards(RuleBase):
    """A theme (``*``: each theme) has at least ``least`` and at most ``most`` awards."""

    traits = Traits("awards", scope="theme", side="both")
    kind: Literal["theme_awards"]
    theme: str
    least: NonNegativeInt = 0
    most: NonNegativeInt | None = None


class OrganisationAwards(RuleBase):
    """No organisation, alone or as a member of a consortium, has more than ``limit`` awards."""

    traits = Traits("awards", scope="organisation")
    kind: Literal["organisation_awards"]
    limit: NonNegativeInt


class OrganisationMoney(RuleBase):
    """No organisation, alone or as a member of a consortium, is in awards of more than ``limit`` pounds in all."""

    traits = Traits("money", scope="organisation")
    kind: Literal["organisation_money"]
    limit: Pounds


class Capacity(RuleBase):
    """The contract-management hours of all awards, or of those in the themes of one service, are at most ``limit``."""

    traits = Traits("hours", scope="service", asks="hours")
    kind: Literal["capacity"]
    limit: Amount
    themes: tuple[str, ...] = Field(default=(), exclude_if=unsaid)


class Exclusive(RuleBase):
    """At most ``limit`` of the named bids are funded."""

    traits = Traits("awards", scope="bids")
    kind: Literal["exclusive"]
    bids: tuple[str, ...]
    limit: NonNegativeInt = 1


class Linked(RuleBase):
    """The named bids are all funded or none of them is."""

    traits = Traits("awards", scope="bids", side="equal", gives_way="whole")
    kind: Literal["linked"]
    bids: tuple[str, ...]


class MustFund(RuleBase):
    """The named bid is funded, for a published reason."""

    traits = Traits("awards", scope="bids", side="least", gives_way="whole")
    kind: Literal["must_fund"]
    bid: str
    reason: Prose = Field(default="", exclude_if=unsaid)


class Variants(RuleBase):
    """Of the bids that one organisation puts forward as variants of one another, at most ``limit`` are funded."""

    traits = Traits("awards", scope="variants", asks="variant")
    kind: Literal["variants"]
    limit: NonNegativeInt = 1


class LeastLevel(RuleBase):
    """No bid is funded at less than ``least`` of its ask, nor below the least share that it said it can use."""

    traits = Traits("share", scope="bid", side="least", gives_way="whole")
    kind: Literal["least_level"]
    least: Percent


class ReserveList(RuleBase):
    """The best ``length`` bids of a theme (``*``: of each theme) that are not funded wait in order of score."""

    traits = Traits("awards", scope="theme", side="neither", gives_way="never")
    kind: Literal["reserve_list"]
    theme: str
    length: PositiveInt


def _falling(edges: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    if any(one <= other for one, other in pairwise(edges)):
        raise ValueError("must name the lower edges of the bands from the highest to the lowest, each once")
    return edges


class MeritOrder(RuleBase):
    """A bid of a theme (``*``: of each theme) is funded only if every better-ranked one is, or may be passed over.

    Parameters
    ----------
    passes_over : the ids of rules on one organisation or on named bids, and ``excludes``: a better-ranked bid that any
        of these stops is passed over.
    unaffordable : whether a better-ranked bid that the money is too little for ends the awards of its theme
        (``stop``) or is passed over.
    max_gap : a better-ranked bid may be passed over by bids that are at most so many points behind it.
    bands : lower edges of bands of total scores, the highest first. Bids of one band are of equal standing, whatever
        they score within it, and ``tie_break`` puts them in order; without bands the published rank does.
    """

    traits = Traits("awards", scope="theme", side="neither", gives_way="whole")
    kind: Literal["merit_order"]
    theme: str
    passes_over: tuple[str, ...] = ()
    unaffordable: Literal["stop", "pass_over"] = "stop"
    max_gap: Amount = Decimal(0)
    bands: Annotated[tuple[Amount, ...], AfterValidator(_falling)] = ()
    tie_break: tuple[TellsBidsApart, ...] = ()


class FundFirst(RuleBase):
    """Every bid of a theme (``*``: of each theme) up to a rank, or from a score on, is funded before any other.

    Those are meant that could be funded by themselves; the rest of the money is divided as the method says.
    """

    traits = Traits("awards", scope="theme", side="least", gives_way="whole")
    kind: Literal["fund_first"]
    theme: str
    rank: PositiveInt | None = None
    score: Amount | None = None


class WardFloor(RuleBase):
    """The awards cover at least ``least`` different wards; with ``ward``, at least ``least`` awards serve that ward."""

    traits = Traits("wards", scope="ward", side="least", asks="wards", names="ward")
    kind: Literal["ward_floor"]
    least: NonNegativeInt
    ward: str | None = Field(default=None, exclude_if=unsaid)


class GroupFloor(RuleBase):
    """At least ``least`` awards serve the named group, by what the bids themselves say."""

    traits = Traits("awards", scope="group", side="least", asks="groups", names="group")
    kind: Literal["group_floor"]
    group: str
    least: NonNegativeInt


class OutcomeFloor(RuleBase):
    """At least ``least`` awards work towards the named outcome, by what the bids themselves say."""

    traits = Traits("awards", scope="outcome", side="least", asks="outcomes", names="outcome")
    kind: Literal["outcome_floor"]
    outcome: str
    least: NonNegativeInt


class SmallShare(RuleBase):
    """At least a share, such as ``"20%"``, of the awarded money or of the awards goes to small organisations."""

    traits = Traits("share", scope="small", side="least", gives_way="whole", asks="small")
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
    | MeritOrder
    | FundFirst
    | WardFloor
    | GroupFloor
    | OutcomeFloor
    | SmallShare,
    Field(discriminator="kind"),
]

AnyBudget = Budget | YearBudget | ThemeBudget
YearlyBudget = YearBudget | ThemeBudget  # what a year leaves of these may be carried over
ThemeRule = ThemeBudget | ThemeShare | ThemeAwards | ReserveList | MeritOrder | FundFirst
RankRule = MeritOrder | FundFirst  # what these ask for follows from the places of the bids in their themes
ShareRule = ThemeShare | LeastLevel | SmallShare
RULE_KINDS: Mapping[str, type[RuleBase]] = {
    get_args(record.model_fields["kind"].annotation)[0]: record for record in get_args(get_args(Rule)[0])
}


TRAITS: Mapping[str, Traits] = {kind: record.traits for kind, record in RULE_KINDS.items()}


class ForEachKind(TypedDict, Generic[T]):
    """What a table of the kinds holds, so that mypy names the kind that is missing from one."""

    budget: T
    year_budget: T
    theme_budget: T
    theme_share: T
    theme_awards: T
    organisation_awards: T
    organisation_money: T
    capacity: T
    exclusive: T
    linked: T
    must_fund: T
    variants: T
    least_level: T
    reserve_list: T
    merit_order: T
    fund_first: T
    ward_floor: T
    group_floor: T
    outcome_floor: T
    small_share: T
