"""Bids that cannot win and yet decide who does: how often, and the smallest example that a fixed search finds."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

import numpy as np

from evaluator.records.results.studies.simulation import Turned
from evaluator.studies.price_model.plausible_offers import named
from evaluator.studies.price_model.theme_model import Model, Pair

GAPS = (Fraction(5), Fraction(10), Fraction(20), Fraction(2), Fraction(30))  # percent between two prices
OTHER_PRICES = (*range(95, 5, -5), *range(105, 305, 10))  # percent of the lower price, mild ones first
POINTS = 6  # whole quality points by which the dearer bid may lead, tried one by one
TRIED = 4  # of the officer's bids, the best by total


def turns(
    model: Model, offers: Sequence[Pair], other: Pair, known: frozenset[int] | None = None
) -> tuple[int, int] | None:
    """Say which offer wins without the other bid and which with it, where it changes that and does not win itself.

    Only clear winners count: where totals are equal, the published tie-break decides and nothing is turned here.
    ``known`` are the winners without the other bid, where they were worked out before.
    """
    without = model.winners(offers) if known is None else known
    with_it = model.winners([*offers, other])
    if len(without) != 1 or len(with_it) != 1 or without == with_it or len(offers) in with_it:
        return None
    return next(iter(without)), next(iter(with_it))


def smallest_example(model: Model, middle: Fraction, own: Sequence[Pair] = ()) -> Turned | None:
    """Search two bids and a third in a fixed order, mild differences first; None where nothing is found.

    Of the officer's own bids, pairs of the best are tried before made-up ones. The third bid has the least quality
    that leaves it in.
    """
    for pair in _pairs(model, middle, own):
        cheapest = min(price for price, _ in pair)
        for percent in OTHER_PRICES:
            other = (cheapest * percent / 100, model.floor)
            found = turns(model, pair, other)
            if found:
                return _turned(model, pair, other, found)
    return None


def _pairs(model: Model, middle: Fraction, own: Sequence[Pair]) -> Iterator[tuple[Pair, Pair]]:
    totals = model.totals(own)
    best = sorted((row for row, value in enumerate(totals) if value is not None), key=lambda row: -(totals[row] or 0))
    for at, first in enumerate(best[:TRIED]):
        for second in best[at + 1 : TRIED]:
            yield own[first], own[second]
    base = max(round(model.quality * 6 / 10), round(model.floor) + 1)
    for gap, points in product(GAPS, range(1, POINTS + 1)):
        if base + points <= model.quality:
            cheap, dear = (middle * (1 - gap / 100), Fraction(base)), (middle, Fraction(base + points))
            yield cheap, dear


def _turned(model: Model, pair: tuple[Pair, Pair], other: Pair, found: tuple[int, int]) -> Turned:
    offers, extra = named(pair), named([other], "D")[0]
    signless = [tuple(_shown(value) for value in model.totals(bids)) for bids in (pair, [*pair, other])]
    names = [one.bid for one in offers]
    return Turned(offers, extra, signless[0], signless[1], names[found[0]], names[found[1]])


def _shown(value: Fraction | None) -> str:
    return "none" if value is None else f"{abs(float(value)):.4g}" if value < 0 else f"{float(value):.4g}"


def other_bid(offers: Sequence[Pair], floor: Fraction, dice: np.random.Generator) -> Pair:
    """Draw a bid that is meant to lose: little quality, and a price from a third of the lowest to twice the highest."""
    prices = sorted(price for price, _ in offers)
    factor = float(dice.uniform(np.log(1 / 3), np.log(2)))
    anchor = prices[0] if factor < 0 else prices[-1]
    least = min(quality for _, quality in offers)
    share = Fraction(int(dice.integers(0, 101)), 100)
    price = Fraction(round(float(anchor) * float(np.exp(factor)) * 100), 100)
    return max(price, Fraction(1, 100)), floor + max(least - floor, Fraction(0)) * share
