"""Price methods as pictures: the points of nine bids against their prices, drawn, and as numbers beneath."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from evaluator.records.numbers import plain_decimal
from evaluator.records.programme.price.methods import own_name
from evaluator.records.programme.price.names import PLAIN
from evaluator.reporting.appendix.price_words import WORDS
from evaluator.studies.price_model.curves import curve

LEFT, RIGHT, TOP, FOOT = 40, 318, 12, 164
GIVES = {"points": "points of 100", "index": "index", "adjusted_price": "adjusted price, £"}


@dataclass(frozen=True)
class Picture:
    """A price method: its plain name, what it does, its formula, its curve as a drawing and its numbers."""

    method: str
    name: str
    words: str
    formula: str
    line: str
    dots: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str], ...]  # how high, and what stands there
    prices: tuple[tuple[str, str], ...]  # how far along, and what stands there
    gives: str
    numbers: tuple[tuple[str, str], ...]
    usual: str


def picture(method: str, parameters: Mapping[str, str]) -> Picture | None:
    """Draw a price method with its parameters; None where they cannot be used, or nothing is known of it."""
    own, said = own_name(method), {key: plain_decimal(text) for key, text in parameters.items()}
    if own not in WORDS or None in said.values():
        return None
    drawn = curve(method, {key: value for key, value in said.items() if value is not None})
    if drawn is None:
        return None
    prices, results = [price for price, _ in drawn.at], [float(result) for _, result in drawn.at]
    points = drawn.gives == "points"
    low, high = (min(0.0, *results), max(100.0, *results)) if points else (0.0, max(results) or 1.0)
    across = [LEFT + (RIGHT - LEFT) * (price - prices[0]) / (prices[-1] - prices[0]) for price in prices]
    up = [FOOT - (FOOT - TOP) * (result - low) / (high - low) for result in results]
    dots = tuple((f"{x:.1f}", f"{y:.1f}") for x, y in zip(across, up, strict=True))
    levels = ((f"{FOOT:.1f}", _figure(low)), (f"{TOP:.1f}", _figure(high)))
    ends = tuple((f"{across[at]:.1f}", f"£{prices[at]:,}") for at in (0, len(prices) // 2, -1))
    given = {**{key: text.strip() for key, text in parameters.items()}, **dict(drawn.usual)}
    return Picture(
        method,
        f"{PLAIN[method][:1].upper()}{PLAIN[method][1:]}",
        WORDS[own].words.format_map(_Said(given)),
        WORDS[own].formula.format_map(_Said(given)),
        " ".join(",".join(dot) for dot in dots),
        dots,
        levels,
        ends,
        GIVES[drawn.gives],
        tuple((f"£{price:,}", _figure(result)) for price, result in zip(prices, results, strict=True)),
        ", ".join(f"{key} {value}" for key, value in drawn.usual),
    )


class _Said(dict[str, str]):
    """Parameters in a sentence; one with a default that nothing was said of is named."""

    def __missing__(self, key: str) -> str:
        return key


def _figure(value: float) -> str:
    """Write a result as the picture shows it: four figures are enough to recognise a curve."""
    exact = Decimal(f"{value:.4g}")
    return f"{exact:,.0f}" if abs(exact) >= 100 or exact == exact.to_integral_value() else f"{exact:f}"
