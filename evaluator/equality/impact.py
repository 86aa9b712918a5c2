"""The equality stage as a whole: what the allocation would mean for each group, as far as it can be known and shown."""

from operator import attrgetter

from evaluator.equality.characteristic import Policy, characteristic_impact, worded
from evaluator.equality.coverage import coverage
from evaluator.equality.journey import Journey, journey
from evaluator.equality.money import rounding_unit
from evaluator.equality.words import gaps
from evaluator.records.allocation import Allocation
from evaluator.records.criteria import Criteria, EqualityPlan
from evaluator.records.equality import STAGES, CharacteristicImpact, EqualityImpact, StageFigures
from evaluator.records.evaluation import Evaluation
from evaluator.records.received import Table
from evaluator.records.scores import ScoreTable

NO_PLAN = EqualityPlan(source="")


def assess(
    criteria: Criteria, evaluation: Evaluation, scores: ScoreTable, allocation: Allocation, monitoring: Table | None
) -> EqualityImpact:
    """Count bids and money by group at each stage, compare awards with bids received, and say what is not known.

    Parameters
    ----------
    criteria : with the equality plan: characteristics, and the threshold under which numbers are withheld.
    evaluation : all bids, admitted or disregarded.
    scores : which bids are above every minimum.
    allocation : the awards.
    monitoring : column ``organisation`` and one for each characteristic id; None where there is no such data.

    Returns
    -------
    The summary, with every number that could tell the reply of a named organisation withheld. It concludes nothing.
    """
    plan = criteria.equality or NO_PLAN
    way = journey(evaluation, scores, allocation)
    prices = [bid.price for bid in way.bids if bid.price is not None]
    policy = Policy(plan.threshold, rounding_unit(prices) if plan.threshold > 1 else 1)
    impacts = _impacts(plan, way, monitoring, policy)
    return EqualityImpact(
        threshold=policy.threshold,
        stages=STAGES,
        characteristics=impacts,
        gaps=gaps(criteria, way, impacts, monitoring is not None),
        totals=tuple(map(StageFigures, STAGES, way.counts, way.sums)),
        organisations=len(way.organisations),
        money_unit=policy.unit,
        wards=coverage(way.bids, way.awarded, attrgetter("wards")),
        groups=coverage(way.bids, way.awarded, attrgetter("groups")),
    )


def _impacts(
    plan: EqualityPlan, way: Journey, monitoring: Table | None, policy: Policy
) -> tuple[CharacteristicImpact, ...]:
    if monitoring is None:
        return ()
    counted = (characteristic_impact(one, way, monitoring, policy) for one in plan.characteristic)
    return worded(tuple(counted), way)
