"""What the claim that no better set of awards exists rests on, in the units that people use."""

from evaluator.records.numbers import pounds, ratio_decimal
from evaluator.records.programme.allocation_policy import OBJECTIVES
from evaluator.records.results.allocation import Allocation, Stage

MOST_SETS = 50


def stage_amount(allocation: Allocation, stage: Stage, value: int) -> str:
    """Write what a stage reached, or its bound: points, pounds or a number."""
    counts = OBJECTIVES[stage.objective].counts
    if counts == "score":
        return f"{ratio_decimal(value, allocation.score_unit)} points"
    return pounds(value) if counts == "money" else f"{value:,}"


def own_of_each(allocation: Allocation) -> tuple[tuple[str, ...], ...]:
    """Give what each of the equal sets has beside what all have, in the order of the sets."""
    if not allocation.tied:
        return ()
    shared = set(allocation.tied[0]).intersection(*allocation.tied)
    return tuple(tuple(bid for bid in bids if bid not in shared) for bids in allocation.tied[:MOST_SETS])
