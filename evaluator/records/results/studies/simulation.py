"""What a price and quality model does to plausible bids, before publication: figures for a report, not for an award.

Shares are from 0 to 1. Figures are rounded floats: nothing here ever enters a score.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Offer:
    """A plausible bid: its price in pounds, and its quality points."""

    bid: str
    price: Decimal
    quality: Decimal


@dataclass(frozen=True)
class Turned:
    """An example in which a bid that does not win decides who does: the bids, the other one, and both winners."""

    bids: tuple[Offer, ...]
    other: Offer
    totals_without: tuple[str, ...]
    totals_with: tuple[str, ...]
    winner_without: str
    winner_with: str


@dataclass(frozen=True)
class PointWorth:
    """What one more quality point is worth at a price; None where no higher price gives the same total."""

    price: float
    pounds: float | None


@dataclass(frozen=True)
class Curve:
    """Prices and the quality that each needs for the same total as the bid that the curve is drawn through."""

    through: Offer
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class MethodResult:
    """What one method does to the same sets of bids; ``agrees``: how often it has the published method's winner."""

    method: str
    gives: str
    depends_on_other_bids: bool
    parameters: tuple[tuple[str, str], ...]
    agrees: float
    turned: float
    half_quality_wins: float
    high_outlier: float
    low_outlier: float


@dataclass(frozen=True)
class Inversions:
    """What a way of dividing money does to the ranking of sets of bids of one theme.

    Parameters
    ----------
    way, published : ``merit_order``, ``optimise`` or ``priority``, and whether it is the published one.
    inverted : the share of sets in which a better-ranked bid that fits is left out and a worse-ranked one is funded.
    passed_over : how many bids are so left out, over all sets.
    refused : how many ranked bids are not funded although they would fit by themselves.
    unsaved : how many of these would not be funded with every quality point that there is.
    """

    way: str
    published: bool
    inverted: float
    passed_over: int
    refused: int
    unsaved: int


@dataclass(frozen=True)
class ThemeSimulation:
    """The price and quality model that some themes share, tried on seeded sets of bids.

    Parameters
    ----------
    themes : ids of the themes that have this model.
    method, basis, weight : the method, which price it scores, and the points for price (0 under an index).
    quality : the quality points there are, and ``floor`` the fewest that leave a bid in.
    prices, typical : the lowest, middle and highest of the prices tried; a typical set of bids.
    price_spread, quality_spread : mean distance of best and worst in points over the sets; None under an index.
    published_price_share, effective_price_share : of price in the total as published, and in those distances.
    turned, example : how often a bid that does not win changes who does; the smallest such example found, if any.
    half_quality_wins : how often a bid of half the winner's quality beats it at a price drawn like the others.
    high_outlier, low_outlier : how often a bid at thrice the highest, or a third of the lowest, changes the winner.
    awards : what each way of dividing money does to the ranking; none where no award is published.
    """

    themes: tuple[str, ...]
    method: str
    basis: str
    gives: str
    depends_on_other_bids: bool
    parameters: tuple[tuple[str, str], ...]
    weight: float
    quality: float
    floor: float
    prices: tuple[float, float, float]
    typical: tuple[Offer, ...]
    price_spread: float | None
    quality_spread: float | None
    published_price_share: float | None
    effective_price_share: float | None
    worth: tuple[PointWorth, ...]
    turned: float
    example: Turned | None
    half_quality_wins: float
    high_outlier: float
    low_outlier: float
    curves: tuple[Curve, ...]
    methods: tuple[MethodResult, ...]
    awards: tuple[Inversions, ...] = ()


@dataclass(frozen=True)
class Simulation:
    """A whole simulation: what it rests on, and one result for each distinct model."""

    seed: int
    sets: int
    offered: str
    themes: tuple[ThemeSimulation, ...]
    left_out: tuple[str, ...]
