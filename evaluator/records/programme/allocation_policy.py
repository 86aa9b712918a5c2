"""How the money is divided: the method, what is best, what decides between equals, and the rules to be kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from evaluator.records.programme.published import Amount, Declaring, Percent, Prose, Published, unsaid
from evaluator.records.programme.rules import Rule

TIED_CAP = 100  # equal sets that are listed where nothing else is published

Method = Literal["optimise", "priority", "fixed_lots", "equal_shares"]
Unaffordable = Literal["skip", "stop"]
METHODS: tuple[Method, ...] = ("optimise", "priority", "fixed_lots", "equal_shares")
Completion = Literal["none", "utilitarian", "add1", "add1u"]  # of equal shares, as pabutools names them
Satisfaction = Literal["cost", "cardinality", "points", "borda"]
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


@dataclass(frozen=True, slots=True)
class ObjectiveTraits:
    """What an objective is told in, and the column of the register that bids must fill in to count for it.

    ``score``: points, in units of the score. ``weighted_score``: points times something. ``covered``: the number of
    different entries of the column. ``money``: pence. ``awards``: a number of them. ``tells_bids_apart``: whether it
    can put single bids in order, as a list needs of its tie-breaks.
    """

    counts: Literal["score", "weighted_score", "covered", "money", "awards"]
    asks: Literal["wards", "groups", "outcomes", "people"] | None = None
    tells_bids_apart: bool = False


OBJECTIVES: Mapping[Objective, ObjectiveTraits] = {
    "total_score": ObjectiveTraits("score"),
    "score_by_money": ObjectiveTraits("weighted_score"),
    "score_by_people": ObjectiveTraits("weighted_score", asks="people", tells_bids_apart=True),
    "score_by_theme": ObjectiveTraits("weighted_score"),
    "wards_covered": ObjectiveTraits("covered", asks="wards", tells_bids_apart=True),
    "groups_covered": ObjectiveTraits("covered", asks="groups", tells_bids_apart=True),
    "outcomes_covered": ObjectiveTraits("covered", asks="outcomes", tells_bids_apart=True),
    "lower_cost": ObjectiveTraits("money", tells_bids_apart=True),
    "fewer_awards": ObjectiveTraits("awards"),
}


def _without_equal(value: Any) -> Any:
    """Leave out a last "equal", which says what holds anyway: what is equal then is reported as equal."""
    return value[:-1] if isinstance(value, list | tuple) and value and value[-1] == "equal" else value


def _part_of_all(value: Decimal) -> Decimal:
    if not 0 < value <= 100:
        raise ValueError('must be above "0%" and up to "100%"')
    return value


def _own_name(value: Any) -> Any:
    """Take the other name of a completion."""
    return "utilitarian" if value == "greedy" else value


class FundingLevel(Published):
    """A share of the ask at which bids can be funded, and the share of the score that then counts."""

    share: Annotated[Percent, AfterValidator(_part_of_all)]
    score: Percent


def _apart(levels: tuple[FundingLevel, ...]) -> tuple[FundingLevel, ...]:
    if len({level.share for level in levels}) < len(levels):
        raise ValueError("must name each share once")
    return levels


class AllocationPolicy(Declaring):
    """How the money is divided: the method, the objectives in order, the tie-break, and every rule.

    Keys that are newer than the first seals are left out of the canonical form where they say nothing.
    """

    method: Method
    on_unaffordable: Unaffordable = "skip"
    leftovers: bool = Field(default=False, exclude_if=unsaid)
    minimum_score: Amount | None = None
    minimum_scores: dict[str, Amount] = Field(default_factory=dict, exclude_if=unsaid)  # of a theme, by its id
    objective: tuple[Objective, ...] = Field(default=("total_score",), min_length=1)
    theme_weights: dict[str, Amount] = Field(default_factory=dict, exclude_if=unsaid)  # for score_by_theme
    tie_break: Annotated[tuple[Objective, ...], BeforeValidator(_without_equal)] = ()
    draw_seed: str = Field(default="", exclude_if=unsaid)  # a draw decides between what is still equal
    tied_cap: Annotated[int, Field(gt=1)] | None = Field(default=None, exclude_if=unsaid)  # equal sets listed at most
    completion: Annotated[Completion, BeforeValidator(_own_name)] | None = Field(default=None, exclude_if=unsaid)
    satisfaction: Satisfaction | None = Field(default=None, exclude_if=unsaid)  # by the kind of ballot where unsaid
    time_limit: Annotated[int, Field(gt=0)] = 60
    source: Prose = ""
    level: Annotated[tuple[FundingLevel, ...], AfterValidator(_apart)] = Field(default=(), exclude_if=unsaid)
    rule: tuple[Rule, ...] = ()

    @property
    def most_tied(self) -> int:
        """How many equal sets are listed at most."""
        return self.tied_cap or TIED_CAP

    def minimum_of(self, theme: str) -> Decimal | None:
        """Give the minimum score of a theme: its own, or the programme's."""
        return self.minimum_scores.get(theme, self.minimum_score)


@dataclass(frozen=True, slots=True)
class SearchLimits:
    """The work that one search for the best set of awards may take: counted, never timed.

    So a search ends at the same place on every machine, however slow or busy it is.

    Parameters
    ----------
    bids : the most candidates that these limits are for; None: any number.
    nodes : of HiGHS' search tree; every solve counts as one at the least.
    iterations : of the simplex method, which HiGHS needs for them.
    second_nodes : nodes of the second opinion's search tree.
    """

    bids: int | None
    nodes: int
    iterations: int
    second_nodes: int

    @property
    def words(self) -> str:
        """Say how much work a search may take."""
        return f"{self.nodes:,} nodes and {self.iterations:,} iterations"


SEARCH_LIMITS = (
    SearchLimits(100, 200_000, 1_000_000, 100_000),
    SearchLimits(300, 100_000, 800_000, 50_000),
    SearchLimits(1_000, 40_000, 500_000, 20_000),
    SearchLimits(5_000, 15_000, 250_000, 2_000),
    SearchLimits(None, 200, 100_000, 400),
)


def search_limits(bids: int) -> SearchLimits:
    """Give the limits of a search among so many candidates.

    >>> search_limits(300).nodes, search_limits(301).nodes, search_limits(20_000).bids
    (100000, 40000, None)
    """
    return next(limits for limits in SEARCH_LIMITS if limits.bids is None or bids <= limits.bids)
