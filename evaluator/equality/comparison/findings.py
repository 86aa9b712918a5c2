"""From the lines that may be shown to what can be said of them: wordings, intervals, scores, drivers, benchmarks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial

from evaluator.equality.comparison.benchmarks import against
from evaluator.equality.comparison.comparing import Compared, compare_groups, rate_interval
from evaluator.equality.comparison.comparisons import Group
from evaluator.equality.comparison.drivers import Decided, criteria_gaps, drivers_of
from evaluator.equality.data.scores_by_criterion import Points
from evaluator.equality.data.stage_reached import RECOMMENDED, Journey
from evaluator.equality.statistics.differential_functioning import FEWEST, Matching, matchings
from evaluator.equality.statistics.power import missed_in_ten
from evaluator.records.results.coverage import Baseline
from evaluator.records.results.equality import CharacteristicImpact, CriterionGap, GroupLine, Wording
from evaluator.records.submissions.evaluation import Bid

ByReply = Mapping[str, tuple[Bid, ...]]


def worded(
    impacts: tuple[CharacteristicImpact, ...],
    replies: tuple[ByReply, ...],
    way: Journey,
    points: Points,
    gate_of: Decided,
    baselines: tuple[Baseline, ...],
    unit: int,
    threshold: int,
) -> tuple[tuple[CharacteristicImpact, ...], int]:
    """Give every group that is shown its wordings and all that goes with them.

    Parameters
    ----------
    impacts : the characteristics as they may be shown, wordings still open.
    replies : for each characteristic the bids by reply.
    way, points : how far every bid came and what it earned.
    gate_of : the gate for which a bid was disregarded, in words.
    baselines : benchmarks from outside.
    unit : pence to which a group's money is rounded.
    threshold : organisations under which numbers are withheld; over 1, points are rounded.

    Returns
    -------
    the characteristics, and the number of comparisons among which the false discovery rate is held.
    """
    groups = [
        Group(at, line.group, replies[at][line.group])
        for at, impact in enumerate(impacts)
        for line in impact.lines
        if line.kind == "group" and line.wording is None
    ]
    matched = matchings(points, points.criteria) if groups else {}
    compared, number = compare_groups(way, points, groups, matched)
    found = {(group.characteristic, group.name): (group, one) for group, one in zip(groups, compared, strict=True)}

    taken_apart = partial(_taken_apart, impacts, way, points, matched, threshold)

    def finished(at: int, impact: CharacteristicImpact) -> CharacteristicImpact:
        unknown = _unknown(impact.lines)
        lines = []
        for line in impact.lines:
            group, one = found.get((at, line.group), (None, None))
            if group is not None and one is not None:
                line = _said(line, group, one, way, gate_of, taken_apart)
                line = replace(
                    line,
                    against=against(line, impact.id, way, baselines, unit),
                    bounds=_bounds(line, unknown, way),
                    incomplete=_straddles(_bounds(line, _all_unknown(impact, replies[at], way), way)),
                )
            lines.append(line)
        return replace(impact, lines=tuple(lines))

    return tuple(finished(at, impact) for at, impact in enumerate(impacts)), number


def _taken_apart(
    impacts: tuple[CharacteristicImpact, ...],
    way: Journey,
    points: Points,
    matched: Mapping[str, Matching],
    threshold: int,
    group: Group,
    one: Compared,
) -> tuple[CriterionGap, ...]:
    """Part a group's gap in points by criterion, without what would tell more than the line shows."""
    line = next(line for line in impacts[group.characteristic].lines if line.group == group.name)
    by_theme = threshold <= 1 or all(theme.bids is not None for theme in line.themes)
    parts = criteria_gaps(points, group, one.said, matched, threshold, by_theme)
    themes = {name: one.themes for name, one in matched.items()}
    return tuple(
        part if threshold <= 1 or _told(line, way, themes.get(part.criterion)) else replace(part, functioning=None)
        for part in parts
    )


def _told(line: GroupLine, way: Journey, themes: frozenset[str] | None) -> bool:
    """Whether the awards shown tell already that both sides have the bids that a class needs in these themes.

    Else the class itself would tell it, and with it how few of the group failed a gate.
    """
    if themes is None:
        return False
    own, every = line.figures[RECOMMENDED].bids, way.counts[RECOMMENDED]
    if themes != frozenset(way.themes):
        here = [one for one in line.themes if one.theme in themes]
        own, every = sum(one.awards or 0 for one in here), sum(one.all_awards for one in here)
    return own is not None and FEWEST <= own <= every - FEWEST


def _said(
    line: GroupLine,
    group: Group,
    one: Compared,
    way: Journey,
    gate_of: Decided,
    taken_apart: Callable[[Group, Compared], tuple[CriterionGap, ...]],
) -> GroupLine:
    bids, awards = line.figures[0].bids or 0, line.figures[RECOMMENDED].bids or 0
    all_bids, all_awards = way.counts[0], way.counts[RECOMMENDED]
    if one.score is not None:
        one = replace(one, score=replace(one.score, criteria=taken_apart(group, one)))
    shown = frozenset(stage for stage, figures in enumerate(line.figures) if figures.bids is not None)
    said = replace(line, wording=one.awards, money_wording=one.money, score=one.score)
    if 0 < bids < all_bids:
        missed = None
        if one.awards is not Wording.UNLIKELY_CHANCE:
            missed = missed_in_ten(bids, all_bids - bids, Fraction(all_awards - awards, all_bids - bids))
        said = replace(said, interval=rate_interval(awards, bids, all_awards, all_bids), missed=missed)
    return replace(said, drivers=drivers_of(way, group, one, gate_of, shown))


def _unknown(lines: Iterable[GroupLine]) -> tuple[int, int] | None:
    """Give the bids and awards of unknown replies, where they are shown."""
    kinds = [line for line in lines if line.kind == "unknown"]
    counts = [(line.figures[0].bids, line.figures[RECOMMENDED].bids) for line in kinds]
    if any(None in pair for pair in counts):
        return None
    return sum(bids or 0 for bids, _ in counts), sum(awards or 0 for _, awards in counts)


def _all_unknown(impact: CharacteristicImpact, by_reply: ByReply, way: Journey) -> tuple[int, int]:
    """Give the bids and awards of all unknown replies, shown or not: for what is said in words alone."""
    bids = [bid for line in impact.lines if line.kind == "unknown" for bid in by_reply[line.group]]
    return len(bids), len(way.reaching(RECOMMENDED, bids))


def _straddles(bounds: tuple[Fraction, Fraction] | None) -> bool:
    """Whether the truth could lie under four fifths as well as over five quarters."""
    return bounds is not None and bounds[0] < Fraction(4, 5) and bounds[1] > Fraction(5, 4)


def _bounds(line: GroupLine, unknown: tuple[int, int] | None, way: Journey) -> tuple[Fraction, Fraction] | None:
    """Give the ratio if all unknown replies were of the group, and as it stands, the smaller first."""
    bids, awards = line.figures[0].bids, line.figures[RECOMMENDED].bids
    if unknown is None or not unknown[0] or not bids or line.ratio is None or awards is None:
        return None
    with_all = Fraction((awards + unknown[1]) * way.counts[0], way.counts[RECOMMENDED] * (bids + unknown[0]))
    return min(line.ratio, with_all), max(line.ratio, with_all)
