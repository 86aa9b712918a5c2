"""From the lines that may be shown to what can be said of them: wordings, intervals, scores, drivers, benchmarks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from evaluator.equality.comparison.benchmarks import against
from evaluator.equality.comparison.characteristic import ByReply, Policy
from evaluator.equality.comparison.comparisons import Group
from evaluator.equality.comparison.drivers import Decided, criteria_gaps, drivers_of
from evaluator.equality.comparison.group_comparison import Compared, compare_groups, rate_interval
from evaluator.equality.data.scores_by_criterion import Points
from evaluator.equality.data.stage_reached import RECOMMENDED, StagesReached
from evaluator.equality.statistics.differential_functioning import FEWEST, Matching, matchings
from evaluator.equality.statistics.power import missed_in_ten
from evaluator.records.results.coverage import Baseline
from evaluator.records.results.equality import CharacteristicImpact, CriterionGap, GroupLine, Wording

Matched = Mapping[str, Matching]  # for each criterion the bids matched by the rest of their scores


@dataclass(frozen=True)
class Evidence:
    """All that the wordings rest on.

    Parameters
    ----------
    impacts : the characteristics as they may be shown, wordings still open.
    replies : for each characteristic the bids by reply.
    reached, points : how far every bid came and what it earned.
    gate_of : the gate for which a bid was disregarded, in words.
    baselines : benchmarks from outside.
    policy : how much may be shown; with a threshold over 1, points are rounded.
    """

    impacts: tuple[CharacteristicImpact, ...]
    replies: tuple[ByReply, ...]
    reached: StagesReached
    points: Points
    gate_of: Decided
    baselines: tuple[Baseline, ...]
    policy: Policy


def with_wordings(evidence: Evidence) -> tuple[tuple[CharacteristicImpact, ...], int]:
    """Give every group that is shown its wordings and all that goes with them.

    Returns
    -------
    the characteristics, and the number of comparisons among which the false discovery rate is held.
    """
    groups = [
        Group(at, line.group, evidence.replies[at][line.group])
        for at, impact in enumerate(evidence.impacts)
        for line in impact.lines
        if line.kind == "group" and line.wording is None
    ]
    matched = matchings(evidence.points, evidence.points.criteria) if groups else {}
    compared, number = compare_groups(evidence.reached, evidence.points, groups, matched)
    found = {(group.characteristic, group.name): (group, one) for group, one in zip(groups, compared, strict=True)}
    impacts = []
    for at, impact in enumerate(evidence.impacts):
        unknown = _unknown(impact.lines), _all_unknown(impact, evidence.replies[at], evidence.reached)
        lines = (
            _worded(evidence, matched, line, *found[at, line.group], *unknown) if (at, line.group) in found else line
            for line in impact.lines
        )
        impacts.append(replace(impact, lines=tuple(lines)))
    return tuple(impacts), number


def _worded(
    evidence: Evidence,
    matched: Matched,
    line: GroupLine,
    group: Group,
    compared: Compared,
    shown_unknown: tuple[int, int] | None,
    all_unknown: tuple[int, int],
) -> GroupLine:
    """Add to a group's line what can be said of it, each benchmark, and what unknown replies could change."""
    characteristic, reached = evidence.impacts[group.characteristic].id, evidence.reached
    if compared.score is not None:
        parts = _taken_apart(evidence, matched, line, group, compared)
        compared = replace(compared, score=replace(compared.score, criteria=parts))
    shown = frozenset(stage for stage, figures in enumerate(line.figures) if figures.bids is not None)
    return replace(
        _with_range(line, compared, reached),
        drivers=drivers_of(reached, group, compared, evidence.gate_of, shown),
        against=against(line, characteristic, reached, evidence.baselines, evidence.policy.unit),
        bounds=_bounds(line, shown_unknown, reached),
        incomplete=_straddles(_bounds(line, all_unknown, reached)),
    )


def _with_range(line: GroupLine, compared: Compared, reached: StagesReached) -> GroupLine:
    """Add the wordings, how large the difference could be, and how often a halving of success would be missed."""
    bids, awards = line.figures[0].bids or 0, line.figures[RECOMMENDED].bids or 0
    all_bids, all_awards = reached.counts[0], reached.counts[RECOMMENDED]
    said = replace(line, wording=compared.awards, money_wording=compared.money, score=compared.score)
    if not 0 < bids < all_bids:
        return said
    missed = None
    if compared.awards is not Wording.UNLIKELY_CHANCE:
        missed = missed_in_ten(bids, all_bids - bids, Fraction(all_awards - awards, all_bids - bids))
    return replace(said, interval=rate_interval(awards, bids, all_awards, all_bids), missed=missed)


def _taken_apart(
    evidence: Evidence, matched: Matched, line: GroupLine, group: Group, compared: Compared
) -> tuple[CriterionGap, ...]:
    """Part a group's gap in points by criterion, without what would tell more than the line shows."""
    threshold = evidence.policy.threshold
    by_theme = threshold <= 1 or all(theme.bids is not None for theme in line.themes)
    parts = criteria_gaps(evidence.points, group, compared.said, matched, threshold, by_theme=by_theme)
    if threshold <= 1:
        return parts
    themes = {name: one.themes for name, one in matched.items()}
    told = (_told(line, evidence.reached, themes.get(part.criterion)) for part in parts)
    return tuple(part if known else replace(part, functioning=None) for part, known in zip(parts, told, strict=True))


def _told(line: GroupLine, reached: StagesReached, themes: frozenset[str] | None) -> bool:
    """Whether the awards shown tell already that both sides have the bids that a class needs in these themes.

    Else the class itself would tell it, and with it how few of the group failed a gate.
    """
    if themes is None:
        return False
    own, every = line.figures[RECOMMENDED].bids, reached.counts[RECOMMENDED]
    if themes != frozenset(reached.themes):
        here = [one for one in line.themes if one.theme in themes]
        own, every = sum(one.awards or 0 for one in here), sum(one.all_awards for one in here)
    return own is not None and FEWEST <= own <= every - FEWEST


def _unknown(lines: Iterable[GroupLine]) -> tuple[int, int] | None:
    """Give the bids and awards of unknown replies, where they are shown."""
    kinds = [line for line in lines if line.kind == "unknown"]
    counts = [(line.figures[0].bids, line.figures[RECOMMENDED].bids) for line in kinds]
    if any(None in pair for pair in counts):
        return None
    return sum(bids or 0 for bids, _ in counts), sum(awards or 0 for _, awards in counts)


def _all_unknown(impact: CharacteristicImpact, by_reply: ByReply, reached: StagesReached) -> tuple[int, int]:
    """Give the bids and awards of all unknown replies, shown or not: for what is said in words alone."""
    bids = [bid for line in impact.lines if line.kind == "unknown" for bid in by_reply[line.group]]
    return len(bids), len(reached.reaching(RECOMMENDED, bids))


def _straddles(bounds: tuple[Fraction, Fraction] | None) -> bool:
    """Whether the truth could lie under four fifths as well as over five quarters."""
    return bounds is not None and bounds[0] < Fraction(4, 5) and bounds[1] > Fraction(5, 4)


def _bounds(
    line: GroupLine, unknown: tuple[int, int] | None, reached: StagesReached
) -> tuple[Fraction, Fraction] | None:
    """Give the ratio if all unknown replies were of the group, and as it stands, the smaller first."""
    bids, awards = line.figures[0].bids, line.figures[RECOMMENDED].bids
    if unknown is None or not unknown[0] or not bids or line.ratio is None or awards is None:
        return None
    with_all = Fraction((awards + unknown[1]) * reached.counts[0], reached.counts[RECOMMENDED] * (bids + unknown[0]))
    return min(line.ratio, with_all), max(line.ratio, with_all)
