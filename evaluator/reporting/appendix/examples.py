"""The worked example of the appendix, which bidders can follow by hand, as the page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evaluator.records.numbers import exact_text, pounds, rounded, to_places
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.scales import Mark
from evaluator.records.results.studies.worked_examples import Example, ExampleAward, ExampleBid

SHOWN_SETS = 8  # of the sets of awards in the example


@dataclass(frozen=True)
class WorkedBid:
    """A bid of the worked example with its results as texts, empty where it has none, and its steps."""

    bid: ExampleBid
    price: str
    quality: str
    points: str
    index: str
    total: str
    steps: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class WorkedExample:
    """A worked example as the page shows it: each question with its weight and the marks of all bids, then the rest.

    ``alike`` names the themes whose price is scored in the same way; ``sets`` has names, sum of totals and cost.
    """

    title: str
    alike: tuple[str, ...]
    columns: list[str]
    marks: tuple[tuple[str, Decimal, tuple[Mark, ...]], ...]
    bids: tuple[WorkedBid, ...]
    indexed: bool
    priced: bool
    award: ExampleAward | None
    sets: tuple[tuple[str, str, str], ...]
    budget: str


def worked(criteria: Criteria, example: Example, titles: Mapping[str, str]) -> WorkedExample:
    """Show a worked example: its marks, its results and steps, and the award that they lead to."""
    weights, award = criteria.counted(example.theme).weights, example.award
    marks = [dict(bid.marks) for bid in example.bids]
    sets = award.sets[:SHOWN_SETS] if award else ()
    return WorkedExample(
        title=titles[example.theme],
        alike=tuple(titles[one] for one in example.alike),
        columns=[f"#Bid {bid.bid}" for bid in example.bids],
        marks=tuple((name, weights[name], tuple(given[name] for given in marks)) for name in marks[0]),
        bids=tuple(_example_bid(criteria, bid) for bid in example.bids),
        indexed=any(bid.index is not None for bid in example.bids),
        priced=any(bid.price_points is not None for bid in example.bids),
        award=award,
        sets=tuple((", ".join(one.bids), _exact(one.total), pounds(one.cost)) for one in sets),
        budget=pounds(award.budget) if award else "",
    )


def _example_bid(criteria: Criteria, bid: ExampleBid) -> WorkedBid:
    return WorkedBid(
        bid=bid,
        price="" if bid.price is None else pounds(bid.price),
        quality=_exact(bid.quality),
        points="" if bid.price_points is None else _exact(bid.price_points),
        index="" if bid.index is None else _exact(bid.index),
        total="" if bid.total is None else _as_rounded(bid.total, criteria.rounding.places),
        steps=tuple((step.rule, step.working, _exact(step.result)) for step in bid.steps),
    )


def _exact(value: Fraction) -> str:
    """Write an exact number as a decimal where it ends soon, else as a fraction with about what it comes to."""
    text = exact_text(value)
    if "/" not in text:
        return text
    return f"{text} (about {to_places(value, 4)})" if len(text) <= 24 else f"about {to_places(value, 12)}"


def _as_rounded(value: Fraction, places: int) -> str:
    return to_places(value, places) if Fraction(rounded(value, places), 10**places) == value else _exact(value)
