"""Where a difference that chance is unlikely to explain arises: the stage, the gate, the criterion; no counts."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from evaluator.equality.comparison.comparisons import Group, award_tables, matched_key, step_key
from evaluator.equality.comparison.group_comparison import Compared
from evaluator.equality.data.scores_by_criterion import Points, gap_within_themes, points_unit
from evaluator.equality.data.stage_reached import FAILED_GATES, StagesReached
from evaluator.equality.statistics.differential_functioning import Matching, functioning
from evaluator.equality.statistics.stratified import Stratified, reverses
from evaluator.records.programme.criteria import PRICE
from evaluator.records.results.equality import CriterionGap, Functioning, Wording

MOST_NAMED = 3
STEP_WORDS = (
    "passing the gates",
    "coming above the minimum marks",
    "reaching the minimum score for an award",
    "being chosen among the bids that could be funded",
)
CLASSES: Mapping[Functioning | None, str] = {"B": "a moderate difference", "C": "a large difference"}
Decided = Callable[[str], str]  # the gate for which a bid was disregarded, in words; or empty


def drivers_of(
    reached: StagesReached, group: Group, compared: Compared, gate_of: Decided, shown: frozenset[int]
) -> tuple[str, ...]:
    """Name the stage and the criteria at which a group is at a disadvantage that chance is unlikely to explain.

    ``shown`` are the stages at which the group's numbers are shown.
    """
    said = []
    if reverses(award_tables(reached, group)) and compared.awards is not Wording.TOO_FEW:
        said.append(
            "All themes together point one way and the themes each by itself the other: the group bid more often where"
            " a larger or smaller part of the bids is funded. What is said of chance rests on the comparison within"
            " themes."
        )
    stage = _stage(reached, group, compared, gate_of, shown)
    return (*said, *stage, *_criteria(compared), *_alike(compared), *_list(compared))


def _stage(
    reached: StagesReached, group: Group, compared: Compared, gate_of: Decided, shown: frozenset[int]
) -> list[str]:
    """Name the step with the largest shortfall within themes, of those that chance is unlikely to explain."""
    short = [Stratified(award_tables(reached, group, at, at + 1)).shortfall for at in range(len(STEP_WORDS))]
    unlikely = [compared.said[step_key(at)] is Wording.UNLIKELY_CHANCE for at in range(len(STEP_WORDS))]
    # A stage is named where its numbers are shown: of few bids that dropped out, the name would tell whose they are.
    open_steps = [at for at in range(len(STEP_WORDS)) if {at, at + 1} <= shown]
    found = [at for at in open_steps if unlikely[at] and short[at] > 0]
    if found:
        widest = max(found, key=lambda at: (short[at], -at))
        more = _gate(reached, group, gate_of) if widest == 0 else ""
        return [f"The stage that makes most of the gap: {STEP_WORDS[widest]}{more}."]
    if compared.awards is not Wording.UNLIKELY_CHANCE or sum(short) <= 0:
        return []
    if len(open_steps) < len(STEP_WORDS):
        return ["Which stage makes the gap is not said: the numbers there are withheld, and its name would tell them."]
    return ["No one stage stands out: the gap is spread over several, or too few bids passed each to tell."]


def _gate(reached: StagesReached, group: Group, gate_of: Decided) -> str:
    """Name the gate at which most of the group's bids failed."""
    failed = [gate_of(bid.id) for bid in group.bids if reached.outcomes[bid.id] == FAILED_GATES]
    named = [name for name in failed if name]
    if not named:
        return ""
    return f", above all “{max(sorted(set(named)), key=named.count)}”"


def _criteria(compared: Compared) -> list[str]:
    """Name the criteria in which chance is unlikely to explain the group's lower points, the largest part first."""
    found = [
        part
        for part in (compared.score.criteria if compared.score else ())
        if compared.said.get(part.criterion) is Wording.UNLIKELY_CHANCE and part.points < 0
    ]
    if found:
        words = [f"“{part.title}” ({part.criterion}, {float(part.points):+g} points)" for part in found[:MOST_NAMED]]
        return [f"The criterion that makes most of the lower scores: {words[0]}{_also(words[1:])}."]
    if compared.score and compared.score.wording is Wording.UNLIKELY_CHANCE and compared.score.shift < 0:
        return ["No one criterion stands out: the lower scores are spread over several."]
    return []


def _alike(compared: Compared) -> list[str]:
    """Name the criteria on which the group scores lower than bids alike in the rest of their scores."""
    found = [
        f"“{part.title}” ({part.criterion}, {CLASSES[part.functioning]})"
        for part in (compared.score.criteria if compared.score else ())
        if part.functioning in CLASSES and part.matched is not None and part.matched < 0
    ]
    if not found:
        return []
    return [f"Lower than bids alike in the rest of their scores: {' and '.join(found[:MOST_NAMED])}."]


def _list(compared: Compared) -> list[str]:
    if compared.score is None or compared.score.ranked is not Wording.UNLIKELY_CHANCE:
        return []
    return ["In the ranked list of a theme its bids stand lower, up to some place, than chance would often give."]


def _also(words: Sequence[str]) -> str:
    return f"; then {' and '.join(words)}" if words else ""


def criteria_gaps(
    points: Points,
    group: Group,
    said: Mapping[str, Wording],
    matched: Mapping[str, Matching],
    threshold: int,
    *,
    by_theme: bool,
) -> tuple[CriterionGap, ...]:
    """Take a group's gap within themes apart by criterion, the largest part first, price after quality.

    Parameters
    ----------
    points : of all marked bids.
    group : the group.
    said : the wording of each comparison.
    matched : for each criterion the bids matched by the rest of their scores.
    threshold : over 1, the parts are rounded so far that they tell of no single bid.
    by_theme : whether the group's numbers are shown theme by theme; else nothing is said of bids alike in the rest on a
        criterion of some themes alone, because that it is said would tell how many of the group are in them.
    """
    every = frozenset(points.themes[bid] for bid in points.quality)
    matched = {name: one for name, one in matched.items() if by_theme or one.themes == every}
    ids, rounding = group.ids, threshold > 1
    number = sum(bid in ids for bid in points.quality)
    # Every criterion stands here: one left out would tell that the group has no bid in its theme.
    gaps = dict.fromkeys(points.criteria, Fraction(0)) | gap_within_themes(points.quality, points.themes, ids)
    price = gap_within_themes({bid: {PRICE: value} for bid, value in points.price.items()}, points.themes, ids)
    parts = [
        CriterionGap(
            name,
            points.titles[name],
            _to(gap, _unit(points, name, number) if rounding else None),
            price=name == PRICE,
            matched=_matched(points, name, group, matched.get(name), threshold),
            functioning=_class(group, matched.get(name), said.get(matched_key(name))),
        )
        for name, gap in (*gaps.items(), *price.items())
    ]
    return tuple(sorted(parts, key=lambda part: (part.price, -abs(part.points), part.criterion)))


def _matched(points: Points, name: str, group: Group, matching: Matching | None, threshold: int) -> Fraction | None:
    """Give the difference among matched bids, where they are of enough organisations to be spoken of."""
    found = matching.difference(group.ids) if matching else None
    if found is None:
        return None
    gap, bids = found
    organisations = {bid.organisation for bid in group.bids if bid.id in bids}
    if len(organisations) < threshold:
        return None
    return _to(gap, _unit(points, name, len(bids)) if threshold > 1 else None)


def _class(group: Group, matching: Matching | None, wording: Wording | None) -> Functioning | None:
    if matching is None or wording is None:
        return None
    return functioning(matching.tables(group.ids), differs=wording is Wording.UNLIKELY_CHANCE)


def _to(gap: Fraction, unit: Fraction | None) -> Fraction:
    return gap if unit is None else round(gap / unit) * unit


def _unit(points: Points, name: str, number: int) -> Fraction:
    return points_unit(points.typical.get(name, Fraction(0)), max(1, number))
