"""One theme's scores: quality and price brought together, rounded where published, and ranked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

import numpy as np

from evaluator.records.programme.criteria import (
    QUESTION,
    Criteria,
    PricePolicy,
    Rounding,
    TieBreakKind,
    tie_break_of,
)
from evaluator.records.programme.price.basis import basis_price
from evaluator.records.programme.price.lines import have_weights
from evaluator.records.programme.scales import Values
from evaluator.records.results.scores import ThemeScores
from evaluator.records.submissions.evaluation import Bid, Bids, ThemeBids, column, ids_of, some_of, values_of
from evaluator.records.submissions.tie_breaks import arrivals, draw_places
from evaluator.scoring.exact_columns import Column, spread
from evaluator.scoring.exact_integers import LIMIT, Array, reach, whole
from evaluator.scoring.measured import figure, measured_points
from evaluator.scoring.price.lines import points_by_line
from evaluator.scoring.price.method import Offers, PriceMethod
from evaluator.scoring.price.methods import PRICE_METHODS
from evaluator.scoring.quality import Quality, assess_quality, mark_positions
from evaluator.scoring.ranking import rank


@dataclass(frozen=True)
class Priced:
    """What the price method gave the ranked bids of a theme.

    ``prices`` are scored prices in pence; None where a bid lacks one and none is scored. ``given`` are points or an
    index; None where neither is published. ``without`` marks the bids that have no index, since the method divides by
    quality and theirs is not above 0; their ``given`` is 0, and they rank after all others.
    """

    prices: Column | None
    given: Column | None
    without: Array


def score_theme(criteria: Criteria, bids: ThemeBids) -> ThemeScores:
    """Score and rank the bids of one theme."""
    quality = assess_quality(criteria.as_counted, bids)
    ranked = quality.ranked
    every = bool(ranked.all())
    offers = bids.bids if every else some_of(bids.bids, np.flatnonzero(ranked).tolist())
    figures = measured_points(criteria, bids.theme, offers)
    points = sum(figures.values(), quality.points if every else quality.points[ranked])
    method = applied_method(criteria, bids.theme)
    priced = price(criteria, bids.theme, offers, points)
    totals = total(criteria.rounding, method, points, priced.given)
    levels = order_keys(criteria, bids, ranked, points, priced)
    ranking = rank([*total_keys(method, totals, priced), *(key for keys in levels.values() for key in keys)])
    ids = tuple(ids_of(offers))
    given = spread(priced.given, ranked).numbers() if priced.given is not None else None
    return ThemeScores(
        theme=bids.theme,
        bids=ids if every else tuple(ids_of(bids.bids)),
        status=quality.status,
        reasons=quality.reasons,
        quality=(_with_figures(quality, points) if figures else quality.points).numbers(),
        price_points=given if method and method.gives_points else None,
        index=given if method and not method.gives_points else None,
        totals=spread(totals, ranked).numbers(),
        ranks=_spread_ranks(ranking.ranks, ranked),
        ties=tuple(tuple(map(ids.__getitem__, tie)) for tie in ranking.ties),
        measured={name: spread(column, ranked).numbers() for name, column in figures.items()},
    )


def _with_figures(quality: Quality, points: Column) -> Column:
    """Give the quality of every bid: of the ranked ones with the points of what is measured."""
    return spread(points, quality.ranked) + spread(quality.points[~quality.ranked], ~quality.ranked)


def _spread_ranks(ranks: Array, ranked: Array) -> tuple[int, ...]:
    if len(ranks) == len(ranked):
        return tuple(ranks.tolist())
    full = np.zeros(len(ranked), dtype=np.int64)
    full[ranked] = ranks
    return tuple(full.tolist())


def applied_method(criteria: Criteria, theme: str) -> PriceMethod | None:
    """Give the price method of a theme; None where price carries no points and no index is published."""
    policy = criteria.price_policy(theme)
    if policy is None:
        return None
    method = PRICE_METHODS[policy.method]
    return method if not method.gives_points or criteria.theme(theme).price_weight else None


def price(criteria: Criteria, theme: str, offers: Sequence[Bid], quality: Column) -> Priced:
    """Apply the theme's price method to its ranked bids.

    Raises
    ------
    ValueError
        When a ranked bid has no price, or no number of people where that is the basis: validation stops those.
    """
    method, policy = applied_method(criteria, theme), criteria.price_policy(theme)
    prices = scored_prices(offers, policy)
    none = np.zeros(len(offers), dtype=bool)
    if method is None or policy is None:
        return Priced(prices, None, none)
    if prices is None:
        raise ValueError(f"a ranked bid of {theme} has no price on the published basis")
    available = criteria.theme(theme).price_weight
    if method.gives_points and have_weights(criteria.price_line):
        by_line = points_by_line(criteria, policy, offers, quality, available)
        nothing = Column.same(0, len(offers))
        return Priced(prices, sum((points for _, points in by_line), nothing), none)
    if method.gives_points:
        return Priced(prices, method.apply(Offers(prices, quality), available, policy.parameters), none)
    quality = rounded_part(criteria.rounding, quality)
    without = method.without(quality)
    given = method.apply(Offers(prices[~without], quality[~without]), available, policy.parameters)
    return Priced(prices, spread(given, ~without), without)


def scored_prices(offers: Sequence[Bid], policy: PricePolicy | None) -> Column | None:
    """Give prices on the published basis, exactly and in pence; None when a bid lacks what the basis needs."""
    pence = _column(_scored(offers))
    if pence is None or policy is None or policy.basis == "whole_life":
        return pence
    if policy.basis == "unit_cost":
        people = _column(column(offers, "people"))
        return None if people is None or (people.top <= 0).any() else Column(pence.top, people.top)
    prices = [basis_price(policy, bid.scored, bid.by_year, bid.people) for bid in offers]
    return Column.of([price for price in prices if price is not None]) if None not in prices else None


def _scored(offers: Sequence[Bid]) -> Sequence[int | None]:
    """Give each bid's ``scored``."""
    if not isinstance(offers, Bids):
        return [bid.price if bid.compared is None else bid.compared for bid in offers]
    whole, compared = column(offers, "price"), column(offers, "compared")
    every = zip(whole, compared, strict=True)
    return whole if compared.count(None) == len(offers) else [price if one is None else one for price, one in every]


def _column(values: Sequence[int | None]) -> Column | None:
    try:
        found = np.fromiter(values, np.int64, len(values))
    except OverflowError:
        return None if None in values else Column(whole([value for value in values if value is not None]))
    except TypeError:  # a bid without one
        return None
    return Column(found if reach(found) < LIMIT else found.astype(object))


def total(rounding: Rounding, method: PriceMethod | None, quality: Column, given: Column | None) -> Column:
    """Give totals, rounded once where the criteria say: each part, the total, or nowhere.

    Where the method gives an index, the index is the total; it was worked out from the quality score as it counts.
    """
    parts = [quality] if given is None else [given] if method and not method.gives_points else [quality, given]
    parts = [rounded_part(rounding, part) for part in parts]
    exact = parts[0] + parts[1] if len(parts) == 2 else parts[0]
    return rounded_column(exact, rounding) if rounding.point == "total" else exact


def rounded_part(rounding: Rounding, column: Column) -> Column:
    """Give a part of the score as it counts: rounded once where the criteria round the parts, else exact."""
    return rounded_column(column, rounding) if rounding.point == "parts" else column


def rounded_column(column: Column, rounding: Rounding) -> Column:
    """Round each number once, by the published places and mode."""
    return Column(column.rounded(rounding.places, rounding.mode), 10**rounding.places)


def total_keys(method: PriceMethod | None, totals: Column, priced: Priced) -> list[Array]:
    """Give keys that put the best total first: the highest, or the best index, those without one last."""
    if method and not method.gives_points:
        return [priced.without.astype(np.int64), *method.order(totals)]
    return (-totals).sort_keys()


def order_keys(
    criteria: Criteria, bids: ThemeBids, ranked: Array, quality: Column, priced: Priced
) -> Mapping[str, list[Array]]:
    """Give the keys of every published tie-break level that applies to the theme, in their order, best first.

    ``lower_price`` applies where every ranked bid has a price, ``received`` where the time of each is known,
    ``question:`` where the theme asks that question.
    """
    return dict(_levels(criteria, bids, ranked, quality, priced))


def _levels(
    criteria: Criteria, bids: ThemeBids, ranked: Array, quality: Column, priced: Priced
) -> Iterator[tuple[str, list[Array]]]:
    for level in criteria.tie_break.order:
        kind, question = tie_break_of(level)
        match kind:
            case "quality":
                yield level, (-quality).sort_keys()
            case "lower_price":
                yield level, priced.prices.sort_keys() if priced.prices is not None else []
            case "received" | "draw" | "measured":
                yield level, _of_bids(kind, criteria, bids, ranked, question)
            case "question":
                if not level.startswith(QUESTION):
                    raise ValueError(f"no tie-break is named {level}")
                if question in bids.questions:
                    column = bids.questions.index(question)
                    yield level, [_best_first(values_of(criteria, bids)[column])[mark_positions(bids)[ranked, column]]]
            case never:
                assert_never(never)


def _of_bids(kind: TieBreakKind, criteria: Criteria, bids: ThemeBids, ranked: Array, measured: str) -> list[Array]:
    """Give the keys of a level that compares what bids bring with them, and not what they score."""
    return _figure_keys(criteria, bids, ranked, measured) if kind == "measured" else _numbered(kind, bids, ranked)


def _figure_keys(criteria: Criteria, bids: ThemeBids, ranked: Array, measured: str) -> list[Array]:
    """Put the better figure first, as it counts; nothing where the theme does not measure it."""
    offers = some_of(bids.bids, np.flatnonzero(ranked).tolist())
    for one in criteria.measured_in(bids.theme):
        if one.id == measured:
            figures = Column.of([figure(one, bid) for bid in offers])
            return (-figures if one.more_is_better else figures).sort_keys()
    return []


def _numbered(kind: TieBreakKind, bids: ThemeBids, ranked: Array) -> list[Array]:
    """Give when the ranked bids came, or their places in the draw; nothing where that is not known of all of them."""
    came = arrivals(some_of(bids.bids, np.flatnonzero(ranked).tolist())) if kind == "received" else None
    numbers = np.array(draw_places(bids.bids), dtype=np.int64)[ranked] if kind == "draw" else None
    return [np.array(came, dtype=np.int64)] if came else [] if numbers is None else [numbers]


def _best_first(values: Values) -> Array:
    """Give each mark its place by what it counts; one that does not apply ranks after all others."""
    return np.array([*values.order, len(values.order), len(values.order)], dtype=np.int64)
