"""The equality stage as a whole: what the allocation would mean for each group, as far as it can be known and shown."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Literal

from evaluator.equality.comparison.characteristic import ByReply, Policy, bids_by_reply, characteristic_impact
from evaluator.equality.comparison.characteristics_overview import Known, characteristics_overview
from evaluator.equality.comparison.evaluators import Side, evaluator_gaps
from evaluator.equality.comparison.withheld_wording import gaps
from evaluator.equality.comparison.wording import Evidence, with_wordings
from evaluator.equality.context.coverage import concentration, coverage, overlaps
from evaluator.equality.context.last_round import with_last_round
from evaluator.equality.data.scores_by_criterion import points_of
from evaluator.equality.data.stage_reached import RECOMMENDED, StagesReached, stages_reached
from evaluator.equality.suppression.money_rounding import rounding_unit
from evaluator.records.programme.criteria import Criteria, EqualityPlan
from evaluator.records.results.allocation import Allocation
from evaluator.records.results.coverage import Baseline, Candidate, Coverage
from evaluator.records.results.equality import (
    STAGES,
    CharacteristicImpact,
    EqualityImpact,
    ExternalData,
    StageFigures,
    Wording,
)
from evaluator.records.results.scores import ScoreTable
from evaluator.records.submissions.evaluation import Bid, Evaluation
from evaluator.records.submissions.received import Table

NO_PLAN = EqualityPlan(source="")
PANEL_THRESHOLD = 5
SERVED = {"ward": attrgetter("wards"), "group": attrgetter("groups")}  # whom a bid or a grant names
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
    external: ExternalData | None = None,
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
    external : benchmarks, another programme's awards and the last round, where there are any.
    edition : ``panel`` has a lower threshold and the evaluators' part; it is not for publication.

    Returns
    -------
    The summary, with every number that could tell the reply of a named organisation withheld. It concludes nothing.
    """
    plan, external = criteria.equality or NO_PLAN, external or ExternalData()
    reached = stages_reached(evaluation, scores, allocation)
    policy = _policy(plan, reached, edition)
    counted = _counted(criteria, plan, reached, (evaluation, scores), monitoring, policy, external.baselines)
    impact = EqualityImpact(
        threshold=policy.threshold,
        stages=STAGES,
        characteristics=counted.impacts,
        gaps=gaps(criteria, reached, counted.impacts, external, monitored=monitoring is not None),
        totals=tuple(map(StageFigures, STAGES, reached.counts, reached.sums)),
        organisations=len(reached.organisations),
        money_unit=policy.unit,
        edition=edition,
        evaluators=evaluator_gaps(evaluation, counted.sides) if edition == "panel" else (),
        compared=counted.compared,
    )
    impact = _with_awards(impact, reached, allocation)
    return _with_people_served(impact, criteria, reached, external, monitored=monitoring is not None)


def _with_awards(impact: EqualityImpact, reached: StagesReached, allocation: Allocation) -> EqualityImpact:
    """Add what the awards are, and what other methods would award."""
    return replace(
        impact,
        version=version_of(allocation),
        candidates=_candidates(reached, allocation),
        in_full=reached.in_full and bool(reached.awarded),
    )


def _with_people_served(
    impact: EqualityImpact, criteria: Criteria, reached: StagesReached, external: ExternalData, *, monitored: bool
) -> EqualityImpact:
    """Add whom the bids would serve, what comes from outside, and each characteristic from every side."""
    wards, groups = (_served(reached, external, of) for of in ("ward", "group"))
    known = Known(impact.characteristics, groups, wards, external.baselines, monitored=monitored)
    return replace(
        impact,
        wards=wards,
        groups=groups,
        outcomes=coverage(reached.bids, reached.awarded, _outcomes(criteria)),
        concentration=(*concentration("wards", wards), *concentration("groups", groups)),
        baselines=external.baselines,
        grants=external.grants,
        overlaps=overlaps(reached.reaching(RECOMMENDED, reached.bids), reached.awarded, external.grants),
        rounds=with_last_round(external.last_round, impact.characteristics, impact.totals),
        axes=characteristics_overview(known),
    )


def _served(reached: StagesReached, external: ExternalData, of: Literal["ward", "group"]) -> tuple[Coverage, ...]:
    """Count what is recommended for each ward or group, beside the other programme's awards and the benchmarks."""
    served = SERVED[of]
    grants = [(grant.amount, served(grant)) for grant in external.grants]
    baselines = [one for one in external.baselines if one.of == of]
    return coverage(reached.bids, reached.awarded, served, grants, baselines)


def _policy(plan: EqualityPlan, reached: StagesReached, edition: Edition) -> Policy:
    own = plan.panel_threshold or min(plan.threshold, PANEL_THRESHOLD)
    threshold = plan.threshold if edition == "public" else own
    prices = [bid.price for bid in reached.bids if bid.price is not None]
    return Policy(threshold, rounding_unit(prices) if threshold > 1 else 1)


def _counted(
    criteria: Criteria,
    plan: EqualityPlan,
    reached: StagesReached,
    results: tuple[Evaluation, ScoreTable],
    monitoring: Table | None,
    policy: Policy,
    baselines: tuple[Baseline, ...],
) -> _Counted:
    if monitoring is None:
        return _Counted()
    counted = tuple(characteristic_impact(one, reached, monitoring, policy) for one in plan.characteristic)
    replies = tuple(bids_by_reply(one, reached, monitoring) for one in plan.characteristic)
    points = points_of(criteria, *results)
    gate = _gate_of(criteria, results[0])
    impacts, number = with_wordings(Evidence(counted, replies, reached, points, gate, baselines, policy))
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


def _candidates(reached: StagesReached, allocation: Allocation) -> tuple[Candidate, ...]:
    """Set the awards beside those that the other methods would give, by what is public: wards, groups, money, bids."""
    by_id: Mapping[str, Bid] = {bid.id: bid for bid in reached.bids}
    recommended = {award.bid for award in allocation.awards}
    found = []
    for method in allocation.methods:
        if not method.decided:
            continue
        bids = [by_id[name] for name in sorted((recommended | set(method.gained)) - set(method.lost))]
        title = f"{method.method}{' (published, recommended)' if method.published else ''}"
        wards, groups = (Counter(name for bid in bids for name in set(served(bid))) for served in SERVED.values())
        covered = (len(bids), method.cost, len(wards), len(groups))
        small, listed = sum(bid.small for bid in bids), (tuple(sorted(one.items())) for one in (groups, wards))
        found.append(Candidate(title, *covered, method.gained, method.lost, method.note, small, *listed))
    return tuple(found)
