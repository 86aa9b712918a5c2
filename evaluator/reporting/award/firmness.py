"""How firm a result is, and whom it reaches: what a reader asks first, from what the run knows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from evaluator.records.english import count_of
from evaluator.records.results.allocation import MethodResult
from evaluator.records.results.counterfactuals import BidCase
from evaluator.records.results.coverage import Coverage
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.award.ranking import NEAR
from evaluator.reporting.award.robustness import order_cost, robust_sentences
from evaluator.reporting.shared.bid_rows import Row, ThemeRows, score_text
from evaluator.reporting.shared.charts import Bar, Chart, bar_chart, cut
from evaluator.reporting.studies.counterfactuals import closest_first, margin_chart

CLOSEST = 20  # decisions that are shown


@dataclass(frozen=True)
class Edge:
    """Where a theme's recommended and other ranked bids meet: the extremes, and the neighbours that are near."""

    title: str
    lowest: str
    highest: str
    near: tuple[str, ...]


@dataclass(frozen=True)
class FirmnessSection:
    """How firm the result is: in sentences, where themes' bids meet, and the closest decisions with their chart."""

    sentences: Sequence[str]
    edges: Sequence[Edge]
    closest: Sequence[BidCase]
    chart: Chart


@dataclass(frozen=True)
class Reach:
    """Whom the result reaches: the words are empty, and the chart is none, where that was not counted."""

    words: str
    chart: Chart | None
    wards: Sequence[Coverage]
    groups: Sequence[Coverage]


def firmness_section(outcome: Outcome, views: Sequence[ThemeRows]) -> FirmnessSection:
    """Gather what the report says of how firm its result is."""
    proven = outcome.allocation is not None and outcome.allocation.status == "proven"
    cases = closest(outcome)
    return FirmnessSection(
        firmness(outcome, views), edges(outcome, views) if proven else (), cases, margin_chart(cases)
    )


def reach(outcome: Outcome) -> Reach:
    """Gather what the report says of whom its result reaches."""
    wards, groups = (outcome.equality.wards, outcome.equality.groups) if outcome.equality else ((), ())
    return Reach(not_reached(outcome), coverage_chart(outcome), wards, groups)


def edges(outcome: Outcome, views: Sequence[ThemeRows]) -> list[Edge]:
    """Show for each theme how close recommended and other ranked bids come; an index has no points to compare."""
    return [_edge(outcome, view) for view in views if not view.indexed]


def _edge(outcome: Outcome, view: ThemeRows) -> Edge:
    rounding = outcome.criteria.rounding
    funded = [row for row in view.ranked if row.award]
    others = [row for row in view.ranked if not row.award]

    def with_total(row: Row | None) -> str:
        return f"{row.bid.id} ({score_text(row.total, rounding)})" if row else "–"

    return Edge(
        view.theme.title,
        with_total(funded[-1] if funded else None),
        with_total(others[0] if others else None),
        tuple(_near(view.ranked)),
    )


def _near(ranked: Sequence[Row]) -> Iterator[str]:
    """Name neighbours less than the named gap apart, of which one is recommended and the other is not."""
    for above, below in pairwise(ranked):
        gap = (above.total or Fraction(0)) - (below.total or Fraction(0))
        if bool(above.award) != bool(below.award) and gap < NEAR:
            yield f"{above.bid.id} and {below.bid.id}"


def firmness(outcome: Outcome, views: Sequence[ThemeRows]) -> list[str]:
    """Say in a few sentences how far the recommended awards rest on small differences and on the method."""
    allocation = outcome.allocation
    if allocation is None or allocation.status != "proven":
        return []
    sets = len(allocation.tied)
    found = [*robust_sentences(outcome), *(_hangs_on(case) for case in closest(outcome)[:1])]
    found += _close(outcome, views)
    if sets > 1:
        drawn = " The published draw decided between them." if allocation.draw else ""
        more = "" if allocation.tied_complete else " or more"
        found.append(f"{sets}{more} sets of awards are equal by all rules.{drawn}")
    found += [_method(one) for one in allocation.methods if not one.published and one.decided]
    cost = order_cost(allocation)
    return [*found, cost] if cost else found


def _close(outcome: Outcome, views: Sequence[ThemeRows]) -> Iterator[str]:
    """Count the near neighbours that fared differently, where any could."""
    fates = {bool(row.award) for view in views if not view.indexed for row in view.ranked}
    close = sum(len(edge.near) for edge in edges(outcome, views))
    if len(fates) == 2:
        pairs = f"{count_of(close, 'pair') if close else 'No pair'} of neighbours in the ranking"
        lie = "lie" if close > 1 else "lies"
        yield f"{pairs}, one recommended and the other not, {lie} less than half a point apart."


def _method(one: MethodResult) -> str:
    name = one.method.replace("_", " ")
    if not (one.lost or one.gained):
        return f"The method “{name}”, which was not published, would lead to the same awards. {one.note}".strip()
    lost, gained = count_of(len(one.lost), "recommended bid"), count_of(len(one.gained), "other")
    change = f"{lost} would not be funded and {gained} would"
    return f"By the method “{name}”, which was not published, {change}. {one.note}".strip()


def closest(outcome: Outcome) -> Sequence[BidCase]:
    """Give the decisions that hang on the fewest points, the closest first; none where that was not worked out."""
    cases = outcome.allocation.cases if outcome.allocation else ()
    turned = [case for case in closest_first(cases) if any(need.change == "score" for need in case.needs)]
    return turned[:CLOSEST]


def _hangs_on(case: BidCase) -> str:
    """Say what the closest decision hangs on."""
    return f"The decision that hangs on the fewest points is that on {case.bid}. {' '.join(case.needed[:1])}"


def not_reached(outcome: Outcome) -> str:
    """Name the wards and groups that bids name and no recommended one does; empty where that was not counted."""
    impact = outcome.equality
    if impact is None or not (impact.wards or impact.groups) or _open(outcome):
        return ""
    missed = [one.name for one in (*impact.wards, *impact.groups) if one.bids and not one.awards]
    if not missed:
        every = "Every ward and every group that a bid names is named by a recommended bid too."
        least = min(
            (one for one in (*impact.wards, *impact.groups) if one.bids), key=lambda one: Fraction(one.awards, one.bids)
        )
        if least.awards == least.bids:
            return every
        return f"{every} The smallest share is that of {least.name}: {least.awards} of {count_of(least.bids, 'bid')}."
    return f"Named by bids, and by no recommended one: {'; '.join(missed)}."


def _open(outcome: Outcome) -> bool:
    """Whether nothing is recommended because nothing is proven: then nobody is reached yet, nor left out."""
    return outcome.allocation is not None and outcome.allocation.status != "proven"


def coverage_chart(outcome: Outcome) -> Chart | None:
    """Draw for each ward and group the bids that name it, recommended and not."""
    impact = outcome.equality
    if impact is None or not (impact.wards or impact.groups):
        return None
    bars = [*_bars("Wards", impact.wards), *_bars("Groups served", impact.groups)]
    return bar_chart(
        "chart-coverage",
        "Bids that name each ward and group",
        "One bar for each ward and group: recommended bids that name it, then others. The tables have the numbers.",
        ["recommended", "not recommended"],
        bars,
    )


def _bars(group: str, rows: Sequence[Coverage]) -> Iterator[Bar]:
    for number, one in enumerate(rows):
        parts = (Fraction(one.awards), Fraction(one.bids - one.awards))
        yield Bar(cut(one.name), parts, f"{one.awards} of {one.bids}", group=group if number == 0 else "")
