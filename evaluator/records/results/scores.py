"""What the bids scored: exact numbers, ranks and ties, and the steps that lead to each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from evaluator.records.results.effective_weight import EffectiveWeight

Status = Literal[
    "ranked",
    "below_minimum",
    "disqualified",
    "disregarded",
    "excluded",
    "withdrawn",
    "lot_abandoned",
    "not_shortlisted",
]

REFUSED: tuple[Status, ...] = ("disregarded", "excluded")  # by a person's decision, without an assessment
LEFT: tuple[Status, ...] = ("withdrawn", "lot_abandoned")  # by an event
NOT_ASSESSED = REFUSED + LEFT


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a calculation: the published rule, the working in words, and the exact result.

    >>> print(Step("weights: C1", "3 of 5, times 8 points", Fraction(24, 5)))
    weights: C1: 3 of 5, times 8 points = 24/5
    """

    rule: str
    working: str
    result: Fraction

    def __str__(self) -> str:
        """Give the step as one line."""
        return f"{self.rule}: {self.working} = {self.result}"


@dataclass(frozen=True)
class Numbers:
    """Exact rational numbers, one a bid, as numerators over denominators; both are plain integers."""

    numerators: Sequence[int]
    denominators: Sequence[int]

    def __getitem__(self, index: int) -> Fraction:
        """Give one number as a fraction."""
        return Fraction(int(self.numerators[index]), int(self.denominators[index]))


@dataclass(frozen=True)
class ThemeScores:
    """The scores of a theme's bids, in the order of ``bids`` (sorted by id).

    Parameters
    ----------
    status : ``ranked``: admitted and at or above every minimum; all others have no price points, total or rank.
        ``below_minimum``, ``disqualified`` and ``not_shortlisted`` bids were assessed; the others were not.
    reasons : for each bid that is not ranked, why, in words; else empty.
    quality : exact quality points of each bid: of its questions and, where it is ranked, of what is measured.
    measured : of these, the points of each measured criterion by its id; 0 for bids that are not ranked.
    price_points : exact price points before rounding; None where the price policy gives an index instead or no price.
    index : what ``price_per_quality_point`` and its kind give; the lowest ranks first. None for points.
    totals : exact, after the published rounding; 0 for bids that are not ranked.
    ranks : 1 is best; tied bids share a rank and the next rank is left out (1, 2, 2, 4); 0 when not ranked.
    ties : groups of bids that every published tie-break left equal.
    """

    theme: str
    bids: tuple[str, ...]
    status: tuple[Status, ...]
    reasons: tuple[str, ...]
    quality: Numbers
    price_points: Numbers | None
    index: Numbers | None
    totals: Numbers
    ranks: tuple[int, ...]
    ties: tuple[tuple[str, ...], ...]
    measured: Mapping[str, Numbers] = field(default_factory=dict)


@dataclass(frozen=True)
class ScoreTable:
    """The scores of every theme, and the weights that were applied."""

    themes: tuple[ThemeScores, ...]
    weights: tuple[EffectiveWeight, ...]


@dataclass(frozen=True, slots=True)
class PricedBid:
    """A bid on which a price method is tried: its price in pounds, and its quality points where they count."""

    bid: str
    price: Decimal
    quality: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TrialLine:
    """What a bid got: exactly, rounded half up in units of the last place, and its rank.

    Both figures are None for a bid that the method gives no index, since its quality is not above 0; it ranks last.
    """

    bid: str
    price: Decimal
    exact: Fraction | None
    units: int | None
    rank: int


@dataclass(frozen=True)
class PriceTrial:
    """A price method tried on a list of prices: its terms, the parameters used and a line for each bid, by id."""

    method: str
    gives: Literal["points", "adjusted_price", "index"]
    depends_on_other_bids: bool
    available: Fraction
    parameters: tuple[tuple[str, Fraction], ...]
    places: int
    lines: tuple[TrialLine, ...]
