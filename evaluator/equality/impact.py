"""The equality stage as a whole: what the allocation would mean for each group, as far as it can be known and shown."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from evaluator.equality.comparison.characteristic import Policy, bids_by_reply, characteristic_impact
from evaluator.equality.comparison.characteristics_overview import Known, axes
from evaluator.equality.comparison.evaluators import Side, evaluator_gaps
from evaluator.equality.comparison.findings import ByReply, worded
from evaluator.equality.comparison.withheld_wording import gaps
from evaluator.equality.context.coverage import concentration, coverage, overlaps
from evaluator.equality.context.last_round import both_rounds
from evaluator.equality.data.scores_by_criterion import points_of
from evaluator.equality.data.stage_reached import RECOMMENDED, Journey, journey
from evaluator.equality.suppression.money_rounding import rounding_unit
from evaluator.records.programme.criteria import Criteria, EqualityPlan
from evaluator.records.results.allocation import Allocation
from evaluator.records.results.coverage import Baseline, Candidate
from evaluator.records.results.equality import (
    STAGES,
    Beside,
    CharacteristicImpact,
    EqualityImpact,
    StageFigures,
    Wording,
)
from evaluator.records.results.scores import ScoreTable
from evaluator.records.submissions.evaluation import Bid, Evaluation
from evaluator.records.submissions.received import Table

NO_PLAN = EqualityPlan(source="")
PANEL_THRESHOLD = 5
SERVED = (attrgetter("wards"), attrgetter("groups"))
Edition = Literal["public", "panel"]


@dataclass(frozen=True)
class _Counted:
    """The characteristics as they may be shown, with all that goes with them."""

    impacts: tuple[CharacteristicImpact, ...] = ()
    compared: int = 0
    sides: tuple[Side, ...] = ()


def assess(
    criteria: Criteria,
    evaluation: Evaluation,
    scores: ScoreTable,
    allocation: Allocation,
    monitoring: Table | None,
    beside: Beside | None = None,
    edition: Edition = "public",
) -> EqualityImpact:
    """Count bids and money by group at each stage, compare awards with each benchmark, and say what is not known.

    Parameters
    ----------
    criteria : with the equality plan: characteristics, and the threshold under which numbers are withheld.
    evaluation : all bids, admitted or disregarded.
    scores : which bids are above every minimum.
    allocation : the awards.
    monitoring : column ``organisation`` and one for each characteristic id; None where there is no such data.
    beside : benchmarks and another programme's awards, where there are any.
    edition : ``panel`` has a lower threshold and the evaluators' part; it is not for publication.

    Returns
    -------
    The summary, with every number that could tell the reply of a named organisation withheld. It concludes nothing.
    """
    plan, beside = criteria.equality or NO_PLAN, beside or Beside()
    way = journey(evaluation, scores, allocation)
    policy = _policy(plan, way, edition)
    counted = _counted(criteria, plan, way, (evaluation, scores), monitoring, policy, beside.baselines)
    of = {name: [one for one in beside.baselines if one.of == name] for name in ("ward", "group")}
    wards = coverage(
        way.bids, way.awarded, attrgetter("wards"), [(g.amount, g.wards) for g in beside.grants], of["ward"]
    )
    groups = coverage(
        way.bids, way.awarded, attrgetter("groups"), [(g.amount, g.groups) for g in beside.grants], of["group"]
    )
    return EqualityImpact(
        threshold=policy.threshold,
        stages=STAGES,
        characteristics=counted.impacts,
        gaps=gaps(criteria, way, counted.impacts, monitoring is not None, beside),
        totals=tuple(map(StageFigures, STAGES, way.counts, way.sums)),
        organisations=len(way.organisations),
        money_unit=policy.unit,
        wards=wards,
        groups=groups,
        outcomes=coverage(way.bids, way.awarded, _outcomes(criteria)),
        edition=edition,
        version=version_of(allocation),
        concentration=(*concentration("wards", wards), *concentration("groups", groups)),
        candidates=_candidates(way, allocation),
        baselines=beside.baselines,
        grants=beside.grants,
        overlaps=overlaps(way.reaching(RECOMMENDED, way.bids), way.awarded, beside.grants),
        evaluators=evaluator_gaps(evaluation, counted.sides) if edition == "panel" else (),
        in_full=way.in_full and bool(way.awarded),
        compared=counted.compared,
        axes=axes(Known(counted.impacts, groups, wards, beside.baselines, monitoring is not None)),
        rounds=both_rounds(beside.last_round, counted.impacts, tuple(map(StageFigures, STAGES, way.counts, way.sums))),
    )


def _policy(plan: EqualityPlan, way: Journey, edition: Edition) -> Policy:
    own = plan.panel_threshold or min(plan.threshold, PANEL_THRESHOLD)
    threshold = plan.threshold if edition == "public" else own
    prices = [bid.price for bid in way.bids if bid.price is not None]
    return Policy(threshold, rounding_unit(prices) if threshold > 1 else 1)


def _counted(
    criteria: Criteria,
    plan: EqualityPlan,
    way: Journey,
    results: tuple[Evaluation, ScoreTable],
    monitoring: Table | None,
    policy: Policy,
    baselines: tuple[Baseline, ...],
) -> _Counted:
    if monitoring is None:
        return _Counted()
    counted = tuple(characteristic_impact(one, way, monitoring, policy) for one in plan.characteristic)
    replies = tuple(bids_by_reply(one, way, monitoring) for one in plan.characteristic)
    points = points_of(criteria, *results)
    gate = _gate_of(criteria, results[0])
    impacts, number = worded(counted, replies, way, points, gate, baselines, policy.unit, policy.threshold)
    return _Counted(impacts, number, _sides(impacts, replies))


def _sides(impacts: tuple[CharacteristicImpact, ...], replies: tuple[ByReply, ...]) -> tuple[Side, ...]:
    return tuple(
        Side(impact.title, line.group, replies[at][line.group])
        for at, impact in enumerate(impacts)
        for line in impact.lines
        if line.kind == "group" and line.wording not in (None, Wording.NOT_SHOWN)
    )


def _gate_of(criteria: Criteria, evaluation: Evaluation) -> Callable[[str], str]:
    """Give a function that names the gate for which a person disregarded a bid; empty for any other matter."""
    titles = {gate.id: gate.title for gate in criteria.gate}
    decided = {bid: one.subject for theme in evaluation.themes for bid, one in theme.disregarded.items()}
    return lambda bid: titles.get(decided.get(bid, ""), "")


def _outcomes(criteria: Criteria) -> Callable[[Bid], tuple[str, ...]]:
    """Give a function that names the outcomes at which the questions of a bid's own theme are aimed."""
    by_theme = {
        theme.id: tuple(criteria.outcomes.get(key, key) for q in theme.question for key in q.outcomes)
        for theme in criteria.themes
    }
    return lambda bid: by_theme.get(bid.theme, ())


def version_of(allocation: Allocation) -> str:
    """Give the SHA-256 of the exact awards: bids, levels and pence. Another set of awards is another version."""
    told = "\n".join(f"{one.bid} {one.level} {one.amount}" for one in sorted(allocation.awards, key=attrgetter("bid")))
    return hashlib.sha256(told.encode()).hexdigest()


def _candidates(way: Journey, allocation: Allocation) -> tuple[Candidate, ...]:
    """Set the awards beside those that the other methods would give, by what is public: wards, groups, money, bids."""
    by_id: Mapping[str, Bid] = {bid.id: bid for bid in way.bids}
    recommended = {award.bid for award in allocation.awards}
    found = []
    for method in allocation.methods:
        if not method.decided:
            continue
        bids = [by_id[name] for name in sorted((recommended | set(method.gained)) - set(method.lost))]
        title = f"{method.method}{' (published, recommended)' if method.published else ''}"
        wards, groups = (Counter(name for bid in bids for name in set(served(bid))) for served in SERVED)
        covered = (len(bids), method.cost, len(wards), len(groups))
        small, listed = sum(bid.small for bid in bids), (tuple(sorted(one.items())) for one in (groups, wards))
        found.append(Candidate(title, *covered, method.gained, method.lost, method.note, small, *listed))
    return tuple(found)
