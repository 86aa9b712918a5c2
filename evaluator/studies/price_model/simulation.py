"""Simulation before publication: what the published price and quality model does to plausible bids.

Points and winners come from the engine's own exact methods; only the drawing of bids and the figures that sum them up
are floats. The same criteria, seed and offers give the same figures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from evaluator.records.programme.criteria import Criteria, Theme
from evaluator.records.programme.price.lines import have_weights
from evaluator.records.programme.price.methods import METHODS, SAME_AS, own_name
from evaluator.records.results.studies.simulation import (
    Curve,
    MethodResult,
    Offer,
    PointWorth,
    Simulation,
    ThemeSimulation,
)
from evaluator.scoring.price.methods import PRICE_METHODS
from evaluator.studies.price_model.inversions import inversions
from evaluator.studies.price_model.irrelevant_alternatives import other_bid, smallest_example, turns
from evaluator.studies.price_model.plausible_offers import drawn, named, resampled, typical_price
from evaluator.studies.price_model.theme_model import Model, Pair, models

SETS, COMPARED = 200, 60  # sets of bids for the published method, and for each method beside it
THIRD, THRICE = Fraction(1, 3), Fraction(3)
STEPS, ALONG, HALVINGS = 24, 5, 30  # points of a curve, prices at which a point is valued, of a bisection


def simulate(criteria: Criteria, seed: int, offers: Sequence[Offer] = (), sets: int = SETS) -> Simulation:
    """Try every distinct price and quality model of the criteria on seeded sets of bids.

    Parameters
    ----------
    criteria : as they would be published; their price parameters must be usable.
    seed : of the dice; it is printed, and the same seed gives the same figures.
    offers : the officer's own plausible bids (prices in pounds, quality points); else bids are drawn.
    sets : how many sets of bids.
    """
    found = models(criteria)
    results = tuple(_theme(criteria, model, themes, seed, offers, sets) for model, themes in found.items())
    covered = {theme.id for themes in found.values() for theme in themes}
    by_line = " (each line by itself, which no one price can stand for)" if have_weights(criteria.price_line) else ""
    left_out = tuple(f"{theme.id}{by_line}" for theme in criteria.themes if theme.id not in covered)
    offered = f"{len(offers)} bids of the officer's" if offers else "bids drawn from the seed"
    return Simulation(seed, sets, offered, results, left_out)


def _theme(
    criteria: Criteria, model: Model, themes: tuple[Theme, ...], seed: int, offers: Sequence[Offer], sets: int
) -> ThemeSimulation:
    dice = np.random.default_rng(seed)
    middle = typical_price(criteria, model, themes)
    tried = resampled(offers, sets, dice) if offers else drawn(criteria, themes[0], middle, sets, dice)
    prices = sorted(price for one in tried for price, _ in one)
    own = tried[0] if offers else ()
    middle = prices[len(prices) // 2] if offers else middle
    typical = tried[0] if offers else _typical(model, prices)
    chances = Chances(tried, model.floor, seed)
    result, spread = chances.of(model), _spreads(model, tried)
    published = model.weight / (model.weight + model.quality) if spread else None
    return ThemeSimulation(
        themes=tuple(theme.id for theme in themes),
        method=model.method,
        basis=model.basis,
        gives=METHODS[model.method].gives,
        depends_on_other_bids=METHODS[model.method].depends_on_other_bids,
        parameters=_parameters(model),
        weight=float(model.weight),
        quality=float(model.quality),
        floor=round(float(model.floor), 4),
        prices=(float(prices[0]), float(prices[len(prices) // 2]), float(prices[-1])),
        typical=named(typical),
        price_spread=spread and spread[0],
        quality_spread=spread and spread[1],
        published_price_share=None if published is None else round(float(published), 4),
        effective_price_share=round(spread[0] / sum(spread), 4) if spread and sum(spread) else None,
        worth=tuple(_worth(model, typical, prices)),
        turned=result.turned,
        example=smallest_example(model, middle, own),
        half_quality_wins=result.half_quality_wins,
        high_outlier=result.high_outlier,
        low_outlier=result.low_outlier,
        curves=tuple(_curves(model, typical, prices)),
        methods=tuple(_side_by_side(model, Chances(tried[:COMPARED], model.floor, seed), prices)),
        awards=inversions(criteria, model, themes[0].id, tried),
    )


def _parameters(model: Model) -> tuple[tuple[str, str], ...]:
    given = model.formula.given(model.published)
    return tuple((name, f"{float(value):.10g}") for name, value in given.items())


def _typical(model: Model, prices: Sequence[Fraction]) -> list[Pair]:
    """Give four bids at the fifths of the prices, better ones dearer, none below the floor."""
    at = [prices[len(prices) * fifth // 5] for fifth in range(1, 5)]
    return [
        (price, max(model.quality * share / 20, model.floor)) for price, share in zip(at, (11, 13, 14, 16), strict=True)
    ]


def _spreads(model: Model, tried: Sequence[Sequence[Pair]]) -> tuple[float, float] | None:
    """Give the mean distance of the best and the worst, in price points and in quality points; None for an index."""
    if not model.formula.gives_points:
        return None
    ranked = [[pair for pair in one if model.ranked(pair[1])] for one in tried]
    apart = [(_range(model.parts(one)), _range([quality for _, quality in one])) for one in ranked if len(one) > 1]
    if not apart:
        return 0.0, 0.0
    price, quality = (sum(float(part) for part in parts) / len(apart) for parts in zip(*apart, strict=True))
    return round(price, 4), round(quality, 4)


def _range(values: Sequence[Fraction]) -> Fraction:
    return max(values) - min(values)


class Chances:
    """Sets of bids with the bids that are added to them, drawn once, so that every method meets the same ones."""

    def __init__(self, tried: Sequence[Sequence[Pair]], floor: Fraction, seed: int) -> None:
        dice = np.random.default_rng((seed, 1))
        self.tried, self.floor = [list(one) for one in tried], floor
        self.others = [other_bid(one, floor, dice) for one in self.tried]
        every = [price for one in self.tried for price, _ in one]
        self.prices = [every[int(dice.integers(len(every)))] for _ in self.tried]

    def of(self, model: Model, published: Model | None = None) -> MethodResult:
        """Count what a method does to every set, and how often it has the winner of the published one."""
        wins = [model.winners(one) for one in self.tried]
        own = wins if published in (None, model) else [published.winners(one) for one in self.tried]
        rows = list(zip(self.tried, wins, self.others, self.prices, strict=True))
        agrees = [bool(one & other) for one, other in zip(wins, own, strict=True)]
        turned = [turns(model, one, other, won) for one, won, other, _ in rows]
        half = [self._half_wins(model, one, won, price) for one, won, _, price in rows]
        high, low = ([self._moved(model, one, won, factor) for one, won, _, _ in rows] for factor in (THRICE, THIRD))
        return MethodResult(
            method=model.method,
            gives=METHODS[model.method].gives,
            depends_on_other_bids=METHODS[model.method].depends_on_other_bids,
            parameters=_parameters(model),
            agrees=_share(agrees),
            turned=_share(turned),
            half_quality_wins=_share(half),
            high_outlier=_share(high),
            low_outlier=_share(low),
        )

    def _half_wins(self, model: Model, offers: list[Pair], winners: frozenset[int], price: Fraction) -> bool:
        if not winners:
            return False
        challenger = (price, max(offers[min(winners)][1] / 2, self.floor))
        return model.winners([*offers, challenger]) == {len(offers)}

    def _moved(self, model: Model, offers: list[Pair], winners: frozenset[int], factor: Fraction) -> bool:
        """Whether a bid of the least quality with an outlying price changes the winner without winning."""
        prices = [price for price, _ in offers]
        outlier = ((max(prices) if factor > 1 else min(prices)) * factor, self.floor)
        return turns(model, offers, outlier, winners) is not None


def _share(found: Sequence[object]) -> float:
    return round(sum(bool(one) for one in found) / len(found), 4) if found else 0.0


def _best_of(model: Model, typical: Sequence[Pair], probe: Pair) -> Fraction | None:
    return model.totals([*typical, probe])[-1]


def _worth(model: Model, typical: Sequence[Pair], prices: Sequence[Fraction]) -> Iterator[PointWorth]:
    """Find, at prices along the range, how much dearer a bid can be for one more quality point, its total the same.

    Rounding is left out, so that the slope shows and not its steps; for an income, how much less it can be.
    """
    exact = replace(model, rounding=model.rounding.model_copy(update={"point": "display"}))
    middle = (model.quality + model.floor) / 2
    income = METHODS[model.method].income
    least, most = prices[len(prices) // 20], prices[len(prices) * 19 // 20]
    for part in range(ALONG):
        price = least + (most - least) * part / (ALONG - 1)
        wanted = _best_of(exact, typical, (price, middle))
        low, high = (price / 1000, price) if income else (price, price * 10)
        if wanted is None or not _crosses(exact, typical, middle + 1, (low, high), wanted):
            yield PointWorth(float(price), None)
            continue
        for _ in range(HALVINGS):
            half = Fraction(round((low + high) / 2 * 10_000), 10_000)
            better = (_best_of(exact, typical, (half, middle + 1)) or wanted) >= wanted
            low, high = (half, high) if better != income else (low, half)
        yield PointWorth(float(price), round(abs(float(low - price)), 2))


def _crosses(
    model: Model, typical: Sequence[Pair], quality: Fraction, ends: tuple[Fraction, Fraction], wanted: Fraction
) -> bool:
    found = [_best_of(model, typical, (price, quality)) for price in ends]
    return None not in found and min(found[0] or 0, found[1] or 0) < wanted <= max(found[0] or 0, found[1] or 0)


def _curves(model: Model, typical: Sequence[Pair], prices: Sequence[Fraction]) -> Iterator[Curve]:
    """Draw, through each typical bid, the prices and qualities that give its total."""
    exact = replace(model, rounding=model.rounding.model_copy(update={"point": "display"}))
    low, high = prices[len(prices) // 50], prices[len(prices) * 49 // 50]
    along = [low + (high - low) * step / STEPS for step in range(STEPS + 1)]
    for offer, pair in zip(named(typical), typical, strict=True):
        wanted = _best_of(exact, typical, pair)
        points = [(float(price), _needed(exact, typical, price, wanted)) for price in along]
        yield Curve(offer, tuple((round(price, 2), quality) for price, quality in points if quality is not None))


def _needed(model: Model, typical: Sequence[Pair], price: Fraction, wanted: Fraction | None) -> float | None:
    """Find the quality at which a price gives the wanted total; None outside what quality there is."""
    low, high = model.floor, model.quality
    ends = [_best_of(model, typical, (price, quality)) for quality in (low, high)]
    if wanted is None or ends[1] is None or ends[1] < wanted or (ends[0] is not None and ends[0] > wanted):
        return None
    for _ in range(14):
        half = Fraction(round((low + high) / 2 * 10_000), 10_000)
        value = _best_of(model, typical, (price, half))
        low, high = (half, high) if value is None or value < wanted else (low, half)
    return round(float(high), 3)


def _side_by_side(model: Model, chances: Chances, prices: Sequence[Fraction]) -> Iterator[MethodResult]:
    """Try every method that applies on the same bids: the published one as it is, others with plain parameters."""
    for name, terms in METHODS.items():
        if name in SAME_AS or terms.income != METHODS[model.method].income:
            continue
        if name == own_name(model.method):
            yield chances.of(model, model)
        elif not model.formula.gives_points and terms.gives == "points":
            continue  # no points for price are published that such a method could give
        else:
            other = replace(model, method=name, parameters=tuple(_assumed_parameters(name, model, prices)))
            if not PRICE_METHODS[name].problems(other.published):
                yield chances.of(_unrounded(other), model)


def _unrounded(model: Model) -> Model:
    """Leave an index unrounded, whose size has nothing to do with the published places."""
    if model.formula.gives_points:
        return model
    return replace(model, rounding=model.rounding.model_copy(update={"point": "display"}))


def _assumed_parameters(name: str, model: Model, prices: Sequence[Fraction]) -> Iterator[tuple[str, Decimal]]:
    """Choose parameters that must be published: limits at the 5th and 95th of a hundred prices, weights kept."""
    low, high = (_hundredths(prices[len(prices) * share // 100]) for share in (5, 95))
    total = model.quality + model.weight
    values = {
        "lowest": low,
        "highest": high,
        "budget": high,
        "direction": Decimal(0),
        "per_percent_above": Decimal(1),
        "least_best": Decimal(5),
        "step": Decimal(20),
        "quality_points": _hundredths(model.quality),
        "price_points": _hundredths(model.weight or total),
        "quality_weight": _hundredths(model.quality),
        "cost_weight": _hundredths(model.weight or total),
        "per_point": _hundredths((prices[-1] - prices[0]) / model.quality),
        "most": Decimal("0.3"),
        "estimate": _hundredths(prices[len(prices) // 2]),
        "price_weight": _hundredths(100 * model.weight / total if model.weight else Fraction(40)),
        "full_quality": _hundredths(model.quality),
        "highest_score": _hundredths(model.quality),
    }
    for key, terms in METHODS[name].parameters.items():
        if key == "at_mean" and terms.default is None:
            yield key, Decimal("0.85")
        elif key in values and (terms.default is None or key in ("full_quality", "highest_score")):
            yield key, values[key]


def _hundredths(value: Fraction) -> Decimal:
    return Decimal(round(value * 100)).scaleb(-2)
