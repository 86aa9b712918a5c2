"""The published arithmetic as formulas that Excel 2016 and LibreOffice 7.4 both compute alike.

Every function takes addresses and gives the text of a formula without ``=``. A cell that a bid has not got holds an
empty text, which MIN, MAX, AVERAGE, COUNT and SUM over a range pass over.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from evaluator.records.numbers import RoundingMode
from evaluator.reporting.results.parameters import PLACES, TOLERANCE

FINE = 10  # places at which the dust of binary fractions is wiped off before a comparison


def fine(value: str) -> str:
    """Wipe the dust of binary fractions off a number."""
    return f"ROUND({value},{FINE})"


def unless_empty(value: str, formula: str) -> str:
    """Compute the formula unless the value is an empty text."""
    return f'IF({value}="","",{formula})'


def rounding(value: str, mode: RoundingMode) -> str:
    """Round once as published. No function rounds halves to even: a half is found and brought to the even neighbour."""
    if mode == "half_up":
        return f"ROUND({value},{PLACES})"
    if mode == "up":
        return f"ROUNDUP({fine(value)},{PLACES})"
    if mode == "down":
        return f"ROUNDDOWN({fine(value)},{PLACES})"
    units = f"{value}*10^{PLACES}"
    is_half = f"ABS(ABS({units})-ROUNDDOWN(ABS({units}),0)-0.5)<{TOLERANCE}"
    return f"IF({is_half},2*ROUND({units}/2,0),ROUND({units},0))/10^{PLACES}"


@dataclass(frozen=True)
class PriceTerms:
    """The addresses that a price formula needs: a bid's price, all compared prices' figures, and what was published."""

    price: str
    quality: str
    available: str
    lowest: str
    highest: str
    mean: str
    settings: Mapping[str, str]


def lowest_price_ratio(terms: PriceTerms) -> str:
    """Available points × lowest ÷ price."""
    return f"{terms.available}*{terms.lowest}/{terms.price}"


def linear_above_lowest(terms: PriceTerms) -> str:
    """Available points × (zero_at × lowest − price) ÷ ((zero_at − 1) × lowest)."""
    zero_at = terms.settings["zero_at"]
    return clipped(f"{terms.available}*({zero_at}*{terms.lowest}-{terms.price})/(({zero_at}-1)*{terms.lowest})", terms)


def between_lowest_and_highest(terms: PriceTerms) -> str:
    """Available points × (highest − price) ÷ (highest − lowest); all of them where all prices are equal."""
    way = f"{terms.available}*({terms.highest}-{terms.price})/({terms.highest}-{terms.lowest})"
    return f"IF({terms.highest}={terms.lowest},{terms.available},{way})"


def fixed_limits(terms: PriceTerms) -> str:
    """Available points × (highest − price) ÷ (highest − lowest), both limits as published."""
    lowest, highest = terms.settings["lowest"], terms.settings["highest"]
    return clipped(f"{terms.available}*({highest}-{terms.price})/({highest}-{lowest})", terms)


def mean_deviation(terms: PriceTerms) -> str:
    """Available points × (at_mean − per_percent × 100 × (price − mean) ÷ mean) ÷ 100."""
    above = f"100*({terms.price}-{terms.mean})/{terms.mean}"
    return clipped(
        f"{terms.available}*({terms.settings['at_mean']}-{terms.settings['per_percent']}*{above})/100", terms
    )


def price_per_quality_point(terms: PriceTerms) -> str:
    """Price ÷ quality points; a bid without quality has none."""
    return f'IF({terms.quality}>0,{terms.price}/{terms.quality},"")'


def clipped(points: str, terms: PriceTerms) -> str:
    """Keep points within 0 and those available where that is published."""
    return f"IF({terms.settings['clip']}=1,MAX(0,MIN({terms.available},{points})),{points})"


PRICE_FORMULAS: Mapping[str, Callable[[PriceTerms], str]] = {
    "lowest_price_ratio": lowest_price_ratio,
    "linear_above_lowest": linear_above_lowest,
    "range": between_lowest_and_highest,
    "fixed_limits": fixed_limits,
    "mean_deviation": mean_deviation,
    "price_per_quality_point": price_per_quality_point,
}


@dataclass(frozen=True)
class Key:
    """One level of the ranking: the column's span, the bid's own cell, and whether the lowest is best."""

    span: str
    own: str
    lowest_first: bool


def rank(states: str, own_state: str, keys: tuple[Key, ...]) -> str:
    """Count the ranked bids that are better on the first key that differs, and add one."""
    better = ""
    for key in reversed(keys):
        first = f"({key.span}{'<' if key.lowest_first else '>'}{key.own})"
        better = f"({first}+({key.span}={key.own})*{better})" if better else first
    return f'IF({own_state}="ranked",1+SUMPRODUCT(({states}="ranked")*{better}),"")'


def lookup(wanted: str, keys: str, values: str) -> str:
    """Find the value beside a key."""
    return f"INDEX({values},MATCH({wanted},{keys},0))"
