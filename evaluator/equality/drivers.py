"""Where a difference that chance is unlikely to explain arises: the stage, the gate, the criterion; no counts."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np

from evaluator.equality.chance import LEVEL, false_discovery
from evaluator.equality.comparing import Compared, Group, award_tables
from evaluator.equality.journey import FAILED_GATES, Journey
from evaluator.equality.permutation import shuffled_groups
from evaluator.equality.points import Points, gap_within_themes, points_unit, whole_numbers
from evaluator.equality.strata import Stratified, cmh_mid_p, reverses
from evaluator.records.criteria import PRICE
from evaluator.records.equality import CriterionGap, Wording

DRAWS = 2_000
STEP_WORDS = (
    "passing the gates",
    "coming above the minimum marks",
    "reaching the minimum score for an award",
    "being chosen among the bids that could be funded",
)
Decided = Callable[[str], str]  # the gate for which a bid was disregarded, in words; or empty


def drivers_of(way: Journey, points: Points, group: Group, compared: Compared, gate_of: Decided) -> tuple[str, ...]:
    """Name the stage and the criterion at which a group's disadvantage arises, where the numbers are large enough."""
    said = []
    tables = award_tables(way, group)
    if compared.awards is Wording.UNLIKELY_CHANCE and Stratified(tables).shortfall > 0:
        said += _stage(way, group, gate_of)
    elif reverses(tables):
        said.append(
            "All themes together point one way and the themes each by itself the other: the group bid more often where"
            " a larger or smaller part of the bids is funded. What is said here rests on the comparison within themes."
        )
    if compared.score is Wording.UNLIKELY_CHANCE and compared.shift < 0:
        said += _criterion(way, points, group)
    return tuple(said)


def _stage(way: Journey, group: Group, gate_of: Decided) -> list[str]:
    """Name the step with the largest shortfall within themes, of those that chance is unlikely to explain."""
    steps = [award_tables(way, group, at, at + 1) for at in range(len(STEP_WORDS))]
    adjusted = false_discovery([cmh_mid_p(tables) for tables in steps])
    short = [Stratified(tables).shortfall for tables in steps]
    found = [at for at, p in enumerate(adjusted) if p <= LEVEL and short[at] > 0]
    if not found:
        return ["No one stage stands out: the gap is spread over several, or too few bids passed each to tell."]
    widest = max(found, key=lambda at: (short[at], -at))
    more = _gate(way, group, gate_of) if widest == 0 else ""
    return [f"The stage that makes most of the gap: {STEP_WORDS[widest]}{more}."]


def _gate(way: Journey, group: Group, gate_of: Decided) -> str:
    """Name the gate at which most of the group's bids failed."""
    failed = [gate_of(bid.id) for bid in group.bids if way.outcomes[bid.id] == FAILED_GATES]
    named = [name for name in failed if name]
    if not named:
        return ""
    return f", above all “{max(sorted(set(named)), key=named.count)}”"


def _criterion(way: Journey, points: Points, group: Group) -> list[str]:
    """Name the criteria in which chance is unlikely to explain the group's lower points, the largest part first."""
    titles = points.titles
    gaps = gap_within_themes(points.quality, points.themes, group.ids)
    named = [name for name in points.criteria if name in gaps]
    adjusted = false_discovery(_p_by_criterion(way, points, group, named))
    ids = group.ids
    found = sorted((gaps[name], name) for name, p in zip(named, adjusted, strict=True) if p <= LEVEL and gaps[name] < 0)
    if not found:
        return ["No one criterion stands out: the lower scores are spread over several."]
    marked = sum(bid in ids for bid in points.quality)
    words = [
        f"“{titles[name]}” ({name}, {_points(gap, _unit(points, name, marked))} points)" for gap, name in found[:3]
    ]
    return [f"The criterion that makes most of the lower scores: {words[0]}{_also(words[1:])}."]


def _also(words: Sequence[str]) -> str:
    return f"; then {' and '.join(words)}" if words else ""


def _points(gap: Fraction, unit: Fraction) -> str:
    return f"{float(round(gap / unit) * unit):+g}"


def _p_by_criterion(way: Journey, points: Points, group: Group, named: Sequence[str]) -> list[Fraction]:
    """Shuffle labels within themes and see how often a criterion's points lie so far from chance's average."""
    rows = [[bid for bid in sorted(points.quality) if points.themes[bid] == theme] for theme in way.themes]
    order = [bid for row in rows for bid in row]
    columns = [whole_numbers(points.quality[bid].get(name, Fraction(0)) for bid in order)[0] for name in named]
    members = np.array([[bid in group.ids] for bid in order], dtype=np.int64)
    values = np.array(columns, dtype=np.float64).T
    return [row[0] for row in shuffled_groups([len(row) for row in rows], values, members, DRAWS)]


def criteria_gaps(points: Points, group: Group, rounding: bool) -> tuple[CriterionGap, ...]:
    """Take a group's gap within themes apart by criterion, the largest part first, price after quality.

    Parameters
    ----------
    points : of all marked bids.
    group : the group.
    rounding : whether the parts are rounded so far that they tell of no single bid.
    """
    ids = group.ids
    number = sum(bid in ids for bid in points.quality)
    gaps = gap_within_themes(points.quality, points.themes, ids)
    price = gap_within_themes({bid: {PRICE: value} for bid, value in points.price.items()}, points.themes, ids)
    parts = [
        CriterionGap(
            name, points.titles[name], _to(gap, _unit(points, name, number) if rounding else None), name == PRICE
        )
        for name, gap in (*gaps.items(), *price.items())
    ]
    return tuple(sorted(parts, key=lambda part: (part.price, -abs(part.points), part.criterion)))


def _to(gap: Fraction, unit: Fraction | None) -> Fraction:
    return gap if unit is None else round(gap / unit) * unit


def _unit(points: Points, name: str, number: int) -> Fraction:
    values = points.price.values() if name == PRICE else (bid[name] for bid in points.quality.values() if name in bid)
    return points_unit(values, max(1, number))
