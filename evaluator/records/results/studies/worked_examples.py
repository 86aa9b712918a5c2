"""A worked example: made-up bids scored by the engine, with every step, for people who want to follow it by hand."""

from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.programme.scales import Mark
from evaluator.records.results.scores import Status, Step


@dataclass(frozen=True)
class ExampleBid:
    """A made-up bid and what the engine makes of it; money in pence, numbers exact.

    ``quality`` and ``total`` are as published rounding leaves them; the total is None for a bid that is not ranked.
    """

    bid: str
    marks: tuple[tuple[str, Mark], ...]
    price: int | None
    people: int | None
    status: Status
    reason: str
    quality: Fraction
    price_points: Fraction | None
    index: Fraction | None
    total: Fraction | None
    rank: int
    tied_with: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class AwardSet:
    """A set of bids, its sum of totals and its cost in pence."""

    bids: tuple[str, ...]
    total: Fraction
    cost: int


@dataclass(frozen=True)
class ExampleAward:
    """What the published method of award makes of the example's bids if the only rule were a budget, in pence.

    ``order`` names the rule of merit order that is kept beside it, where one is published that a bid which does not fit
    ends. ``sets`` holds every set that these rules allow, the best sum first, where the method looks for the best set.
    """

    budget: int
    order: str
    awarded: tuple[str, ...]
    refused: tuple[str, ...]
    sets: tuple[AwardSet, ...]
    tied: int


@dataclass(frozen=True)
class Example:
    """The worked example of one theme, standing for all themes whose price is scored in the same way."""

    theme: str
    alike: tuple[str, ...]
    bids: tuple[ExampleBid, ...]
    award: ExampleAward | None
