"""What each price method gives along a row of prices: the curve by which people recognise it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evaluator.records.programme.price.methods import METHODS
from evaluator.scoring.price.methods import PRICE_METHODS

CHEAPEST, STEPS, EACH = 80_000, 9, 10_000  # pounds: nine bids from £80,000 to £160,000, unless parameters say where
POINTS, QUALITY = Fraction(100), Fraction(70)  # the points for price, and the quality of every bid
USUAL: Mapping[
    str, Decimal
] = {  # for parameters that have no default, so that a method has a picture before any is said
    "lowest": Decimal(80_000),
    "highest": Decimal(150_000),
    "budget": Decimal(170_000),
    "direction": Decimal(0),
    "per_percent_above": Decimal(2),
    "least_best": Decimal(5),
    "at_mean": Decimal("0.85"),
    "step": Decimal(10),
    "quality_weight": Decimal(1),
    "cost_weight": Decimal(1),
    "per_point": Decimal(500),
    "most": Decimal("0.3"),
    "quality_points": Decimal(60),
    "price_points": Decimal(40),
    "estimate": Decimal(100_000),
    "price_weight": Decimal(40),
}


@dataclass(frozen=True)
class Curve:
    """The results of nine bids that differ in price alone: pounds, and points (or an index, or an adjusted price).

    ``usual`` names the parameters that nothing was said of, each with the value that the picture takes.
    """

    method: str
    gives: str
    at: tuple[tuple[int, Fraction], ...]
    usual: tuple[tuple[str, str], ...] = ()


def curve(method: str, said: Mapping[str, Decimal]) -> Curve | None:
    """Give the curve of a method with the parameters that are said; None where they cannot be used.

    >>> [int(points) for _, points in curve("lowest_price_ratio", {}).at][:3]
    [100, 88, 80]
    """
    terms = METHODS[method]
    usual = {key: USUAL[key] for key, one in terms.parameters.items() if key not in said and one.default is None}
    parameters = {key: value for key, value in said.items() if key in terms.parameters} | usual
    prices = _prices([parameters[key] for key, one in terms.parameters.items() if one.pounds and key in parameters])
    names = {f"{number:02}": price for number, price in enumerate(prices)}
    try:
        results = PRICE_METHODS[method](
            {name: price * 100 for name, price in names.items()},
            POINTS,
            dict.fromkeys(names, QUALITY),
            **parameters,
        )
    except (ValueError, ArithmeticError):
        return None
    told = tuple((key, format(value, "f")) for key, value in usual.items())
    return Curve(method, terms.gives, tuple((names[name], results[name]) for name in sorted(names)), told)


def _prices(limits: list[Decimal]) -> list[int]:
    """Give the prices of the bids: around the published limits, where a method has some that are prices."""
    prices = [int(one) for one in limits if one >= 1_000]
    if not prices:
        return [CHEAPEST + at * EACH for at in range(STEPS)]
    first, last = max(min(prices) * 8 // 10, 1), max(max(prices) * 11 // 10, min(prices) + STEPS)
    return [first + (last - first) * at // (STEPS - 1) for at in range(STEPS)]
