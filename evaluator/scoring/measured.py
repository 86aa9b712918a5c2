"""The points of measured criteria: from the figures of the ranked bids, by the published methods, exactly."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from evaluator.records.numbers import exact_text
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.price.measured import OWN, Measured, limits_turned
from evaluator.records.submissions.evaluation import Bid
from evaluator.scoring.exact_columns import Column
from evaluator.scoring.price.method import Offers
from evaluator.scoring.price.methods import PRICE_METHODS

Figures = Sequence[Fraction]


def measured_points(criteria: Criteria, theme: str, offers: Sequence[Bid]) -> Mapping[str, Column]:
    """Give the points of each measured criterion of a theme, a row a ranked bid.

    Raises
    ------
    ValueError
        When a ranked bid lacks a figure, or has one that the method cannot take: validation stops those.
    """
    weights = criteria.theme(theme).weights
    return {
        one.id: Column.each(points_of(one, [figure(one, bid) for bid in offers], Fraction(weights[one.id])))
        for one in criteria.measured_in(theme)
    }


def figure(one: Measured, bid: Bid) -> Fraction:
    """Give what a bid's figure counts as; ValueError where it has none that the method can take."""
    found = bid.figure(one.id)
    if found is None or not one.allows(found):
        raise ValueError(f"{bid.id} has no figure for {one.id}")
    return one.counted(found)


def points_of(one: Measured, figures: Figures, available: Fraction) -> list[Fraction]:
    """Give the points of each figure by the criterion's method.

    >>> months = Measured(id="M1", title="Warranty", method="direct")
    >>> points_of(months, [Fraction(24), Fraction(12)], Fraction(10))
    [Fraction(10, 1), Fraction(5, 1)]
    """
    if not figures:
        return []
    if one.method in OWN:
        return [available * share for share in SHARES[one.method](one, figures)]
    return _by_price_method(one, figures, available)


def better_than(one: Measured, figures: Figures, own: Fraction) -> int:
    """Count the figures that are better than one of them."""
    return sum(other > own if one.more_is_better else other < own for other in figures)


def _by_price_method(one: Measured, figures: Figures, available: Fraction) -> list[Fraction]:
    """Apply a price method to the figures; where it leaves open which are better and more is, to them below nought."""
    turned = one.more_is_better and one.by_method is None
    prices = Column.of([-value * 100 if turned else value * 100 for value in figures])
    given = one.given()
    terms = limits_turned(one, given) if turned else given
    offers = Offers(prices, Column.same(0, len(figures)))
    return PRICE_METHODS[one.method].formula(offers, available, **terms).fractions()


def _direct(_one: Measured, figures: Figures) -> list[Fraction]:
    """Give the highest all the points and the others their share of it; where all are nought nobody has any."""
    highest = max(figures)
    return [value / highest if highest else Fraction(0) for value in figures]


def _inverse(_one: Measured, figures: Figures) -> list[Fraction]:
    """Give the lowest all the points, and the others the share that it is of theirs; beside a nought they have none."""
    lowest = min(figures)
    return [Fraction(1) if value == lowest else lowest / value for value in figures]


def _banded(one: Measured, figures: Figures) -> list[Fraction]:
    return [one.band_points(value) / one.most_points for value in figures]


def _yes_no(one: Measured, figures: Figures) -> list[Fraction]:
    return [Fraction(1) if value else one.given()["no"] / 100 for value in figures]


def _by_rank(one: Measured, figures: Figures) -> list[Fraction]:
    """Give points by place: equal figures share the better one, and the next is left out (1, 2, 2, 4)."""
    before = [better_than(one, figures, value) for value in figures]
    if one.band:
        return [one.band_points(Fraction(1 + place)) / one.most_points for place in before]
    return [max(1 - one.given()["step"] * place / 100, Fraction(0)) for place in before]


def _by_quarter(one: Measured, figures: Figures) -> list[Fraction]:
    """Give points by quarter: of n bids one with k better ones is in quarter 1 + 4 k ÷ n, cut to a whole number."""
    given = one.given()
    shares = (Fraction(100), given["second"], given["third"], given["fourth"])
    return [shares[4 * better_than(one, figures, value) // len(figures)] / 100 for value in figures]


SHARES: Mapping[str, Callable[[Measured, Figures], list[Fraction]]] = {
    "direct": _direct,
    "inverse": _inverse,
    "banded": _banded,
    "yes_no": _yes_no,
    "by_rank": _by_rank,
    "by_quarter": _by_quarter,
}


def outside(criteria: Criteria, theme: str, bid: Bid) -> tuple[str, ...]:
    """Say in words which published limits the figures of a bid do not keep; nothing where it keeps all."""
    found = []
    for one in criteria.measured_in(theme):
        value = bid.figure(one.id)
        if value is not None and one.least is not None and value < one.least:
            found.append(
                f"The figure for {one.id} is {exact_text(value)}; at least {exact_text(one.least)} is asked for."
            )
        if value is not None and one.most is not None and value > one.most:
            found.append(f"The figure for {one.id} is {exact_text(value)}; at most {exact_text(one.most)} is allowed.")
    return tuple(found)


def measured_words(one: Measured, bid: Bid, figures: Figures, available: Fraction) -> str:
    """Say how a bid's figure came to its points, with the figures of the ranked bids that enter."""
    own, typed = figure(one, bid), bid.figure(one.id)
    words = one.said(Fraction(typed or 0))
    if typed is not None and own != typed:
        words += f", which counts as {exact_text(own)}"
    return f"{words}: {_working(one, own, figures)}, of {exact_text(available)} points"


def _working(one: Measured, own: Fraction, figures: Figures) -> str:
    lowest, highest = exact_text(min(figures)), exact_text(max(figures))
    place = 1 + better_than(one, figures, own)
    ranked = f"{place} of {len(figures)}"
    return {
        "direct": f"{exact_text(own)} ÷ {highest}, the highest",
        "inverse": f"{lowest}, the lowest, ÷ {exact_text(own)}",
        "banded": f"{exact_text(one.band_points(own))} of {exact_text(one.most_points)} by the published table",
        "yes_no": "by the published answer",
        "by_rank": f"place {ranked}",
        "by_quarter": f"quarter {1 + 4 * (place - 1) // len(figures)}, at place {ranked}",
    }.get(one.method, f"by {one.method.replace('_', ' ')} among figures from {lowest} to {highest}")
