"""One gap: a group's awards beside those of like organisations, or who bid at all beside a benchmark."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypedDict

from evaluator.equality.data.stage_reached import RECOMMENDED, StagesReached
from evaluator.equality.evidence.marks import Marks
from evaluator.equality.evidence.organisations import Group, Outcomes, axis_of
from evaluator.equality.evidence.primary import AwardTests
from evaluator.equality.evidence.stages import named, stage_parts
from evaluator.equality.statistics.conditional import GroupTest, binomial
from evaluator.equality.statistics.disparity import ratio
from evaluator.equality.statistics.intervals import relative_success, wilson
from evaluator.records.results.coverage import Baseline
from evaluator.records.results.equality import About
from evaluator.records.results.equality_evidence import Certainty, Gap, Interval, Power

KINDS = ("providers", "need", "population")  # of benchmarks, the nearest to who could have bid first
HALF, QUARTER, NONE = Fraction(1, 2), Fraction(1, 4), Fraction(0)
LEVEL = Fraction(1, 20)  # of what is exploratory beside a benchmark


@dataclass(frozen=True)
class Found:
    """All that a gap in awards is worked out from; ``gates`` by bid."""

    outcomes: Outcomes
    awards: AwardTests
    marks: Marks
    gates: Mapping[str, tuple[str, str]]


def award_gap(found: Found, group: Group) -> Gap:
    """Set a group's awards beside those that its bids' themes and like organisations would give."""
    key, reached = (group.characteristic.id, group.name), found.outcomes.reached
    family = found.awards.family
    test, primary = found.awards.tests[key], key[0] in family.characteristics
    parts = stage_parts(found.outcomes, group, found.gates)
    funded = reached.reaching(RECOMMENDED, group.bids)
    shortfall = sum((part.awards for part in parts), Fraction(0))
    sure = found.awards.certainty(key)
    marked: Certainty = "unlikely_chance" if sure == "unlikely_chance" else "possible_chance"
    own, every = (len(funded), len(group.bids)), (reached.counts[RECOMMENDED], reached.counts[0])
    units = len(group.organisations), len(reached.organisations) - len(group.organisations)
    critical = family.critical if primary else family.alpha
    return Gap(
        **_about(group),
        stage=named(parts, short=shortfall > 0),
        organisations=len(group.organisations),
        funded=len({bid.organisation for bid in funded}),
        bids=len(group.bids),
        awards=len(funded),
        expected=shortfall + len(funded),
        shortfall=shortfall,
        ratio=ratio(len(funded), every[0], len(group.bids), every[1]),
        interval=_hundredths(relative_success(own, every, units)),
        p=test.p,
        adjusted=found.awards.adjusted.get(key, Fraction(1)) if primary else None,
        primary=primary,
        certainty=sure,
        power=Power(*(test.power(critical, part) for part in (HALF, QUARTER, NONE))),
        parts=parts,
        questions=found.marks.question_gaps(group, marked),
        evaluators=found.marks.evaluator_gaps(group, marked),
    )


class _Named(TypedDict):
    """What a gap is of."""

    characteristic: str
    title: str
    about: About
    axis: str
    protected: bool
    group: str
    bid_ids: tuple[str, ...]


def _about(group: Group) -> _Named:
    one = group.characteristic
    axis, protected = axis_of(one)
    return {
        "characteristic": one.id,
        "title": one.title,
        "about": one.about,
        "axis": axis,
        "protected": protected,
        "group": group.name,
        "bid_ids": tuple(bid.id for bid in group.bids),
    }


def bid_gaps(
    reached: StagesReached, groups: Sequence[Group], baselines: Sequence[Baseline], minimum: int
) -> Iterator[Gap]:
    """Set who bid at all beside the nearest benchmark that counts a group, where there is one; exploratory."""
    known = [group for group in groups if group.known]
    for group in known:
        found = _benchmark(group, baselines)
        if found is not None and (not group.bids or len(group.organisations) >= minimum):
            yield _bid_gap(reached, group, sum(len(one.organisations) for one in known), *found)


def _benchmark(group: Group, baselines: Sequence[Baseline]) -> tuple[Baseline, Fraction] | None:
    """Give the nearest benchmark with a share of the group."""
    shares = [
        (KINDS.index(one.kind), at, one, dict(one.shares)[group.name])
        for at, one in enumerate(baselines)
        if one.of == group.characteristic.id and dict(one.shares).get(group.name)
    ]
    return min(shares)[2:] if shares else None


def _bid_gap(reached: StagesReached, group: Group, replied: int, baseline: Baseline, share: Fraction) -> Gap:
    """Set the share of the organisations that bid, of those whose reply is known, beside the benchmark's."""
    number, funded = len(group.organisations), reached.reaching(RECOMMENDED, group.bids)
    test = GroupTest(number, binomial(replied, float(share)))
    own = Fraction(number, replied) if replied else Fraction(0)
    low, high = wilson(number, replied) or (0.0, 1.0)
    awards, rate = reached.counts[RECOMMENDED], Fraction(reached.counts[RECOMMENDED], max(1, reached.counts[0]))
    sure: Certainty = "too_little" if test.smallest > LEVEL else "possible_chance"
    lacking = (share - own) * reached.counts[0] * rate
    return Gap(
        **_about(group),
        stage="bid",
        organisations=number,
        funded=len({bid.organisation for bid in funded}),
        bids=len(group.bids),
        awards=len(funded),
        expected=share * awards,
        shortfall=lacking,
        ratio=own / share,
        interval=_hundredths((low / float(share), high / float(share))),
        p=test.p,
        adjusted=None,
        primary=False,
        certainty=sure,
        power=Power(*(_seen(test, share, part) for part in (HALF, QUARTER, NONE))),
        benchmark=f"{baseline.title}{' (synthetic)' if baseline.synthetic else ''}",
        share=share,
    )


def _seen(test: GroupTest, share: Fraction, part: Fraction) -> Fraction:
    """Give the chance of a p of at most the level, if the group came so much less often than the benchmark's share."""
    fewer = share * part / (share * part + 1 - share) if share < 1 else share
    return test.power_of(binomial(len(test.ways.chance) - 1, float(fewer)), LEVEL)


def _hundredths(ends: tuple[float, float]) -> Interval:
    low, high = (Fraction(round(end * 100), 100) for end in ends)
    return low, high
