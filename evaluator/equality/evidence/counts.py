"""Every count of a question's groups, stage by stage, as it is; under the published minimum a group is only named."""

from collections.abc import Sequence
from fractions import Fraction

from evaluator.equality.data.stage_reached import RECOMMENDED, StagesReached
from evaluator.equality.evidence.organisations import Group, axis_of, was_asked
from evaluator.equality.statistics.disparity import rate
from evaluator.equality.statistics.intervals import wilson_of_rate
from evaluator.records.programme.criteria import Characteristic
from evaluator.records.results.equality import STAGES, StageFigures
from evaluator.records.results.equality_evidence import CharacteristicEvidence, Family, GroupEvidence


def characteristic_evidence(
    one: Characteristic, groups: Sequence[Group], reached: StagesReached, minimum: int, family: Family
) -> CharacteristicEvidence:
    """Count a question's groups through the stages."""
    axis, protected = axis_of(one)
    counted = tuple(_counted(group, reached, minimum) for group in groups)
    asked, primary = was_asked(tuple(groups)), one.id in family.characteristics
    return CharacteristicEvidence(one.id, one.title, one.about, axis, protected, primary, asked, counted)


def _counted(group: Group, reached: StagesReached, minimum: int) -> GroupEvidence:
    number = len(group.organisations)
    if 0 < number < minimum:
        return GroupEvidence(group.name, group.known, None, None, ())
    funded = reached.reaching(RECOMMENDED, group.bids)
    figures = tuple(
        StageFigures(name, len(reached.reaching(at, group.bids)), reached.sum_of(at, group.bids))
        for at, name in enumerate(STAGES)
    )
    success = rate(len(funded), len(group.bids))
    ends = wilson_of_rate(float(success), number) if success is not None else None
    interval = None if ends is None else (_hundredth(ends[0]), _hundredth(ends[1]))
    by_theme = tuple(
        (theme, sum(bid.theme == theme for bid in group.bids), sum(bid.theme == theme for bid in funded))
        for theme in reached.themes
    )
    won = len({bid.organisation for bid in funded})
    return GroupEvidence(group.name, group.known, number, won, figures, success, interval, by_theme)


def _hundredth(value: float) -> Fraction:
    return Fraction(round(value * 100), 100)
