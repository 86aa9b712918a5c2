"""Bounds that need no trust in a solver: from the prices that it puts on the rows, recounted in whole numbers.

For any price of nought or more on each limit, no set is worth more than what the limits allow at those prices, plus
what each choice is worth above what it uses at those prices. The solver only proposes the prices; here they are rounded
to whole 2**-44ths and everything is added up exactly, so that a bound holds whatever rounding the solver did.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluator.allocation.model.model import Model, Row, Terms
from evaluator.records.results.allocation import Stage

SHIFT = 44


@dataclass(frozen=True)
class Bound:
    """A value of an objective that no set exceeds, and what taking or leaving one choice takes off it.

    ``worth`` holds, in 2**-44ths, what each variable is worth above what it uses: a set without a variable of positive
    worth, or with one of negative worth, stays below ``exact`` by as much.
    """

    exact: int  # in 2**-44ths
    worth: Sequence[int]

    @property
    def most(self) -> int:
        """The greatest whole value that a set can have."""
        return self.exact >> SHIFT

    def fixed_at(self, value: int, variables: int | None = None) -> dict[int, int]:
        """Fix the first variables where every set that reaches a value has them alike: 1 taken, 0 left out."""
        slack = self.exact - (value << SHIFT)
        return {at: int(worth > 0) for at, worth in enumerate(self.worth[:variables]) if abs(worth) > slack}


def bound_of(
    variables: int, objective: Terms, rows: Sequence[Row], prices: Sequence[float], fixed: Mapping[int, int]
) -> Bound:
    """Add up what no set exceeds.

    Parameters
    ----------
    rows : the rows that hold, each with a price: above nought on its ``most``, below nought on its ``least``.
    fixed : variables that are fixed already.
    """
    worth = [0] * variables
    for at, weight in objective:
        worth[at] = weight << SHIFT
    total = 0
    for row, price in zip(rows, prices, strict=True):
        whole = round(price * (1 << SHIFT)) if abs(price) < 1e15 else 0
        side = row.most if whole > 0 else row.least
        if not whole or side is None:
            continue
        total += whole * side
        for at, weight in row.terms:
            worth[at] -= whole * weight
    for at, gain in enumerate(worth):
        total += gain * fixed[at] if at in fixed else max(0, gain)
    return Bound(total, [0 if at in fixed else gain for at, gain in enumerate(worth)])


def total_score_bound(model: Model, stages: Sequence[Stage], stage_bound: int | None = None) -> int:
    """Give a total score that no set exceeds which is as good in the objectives before it.

    Where the total score is no objective, or its turn did not come, that is every candidate's best score together.

    Parameters
    ----------
    stage_bound : what the stage under way cannot exceed, where none is recorded.
    """
    for stage in stages:
        if stage.objective == "total_score" and stage.bound is not None:
            return stage.bound
    if not stages and stage_bound is not None and model.objectives[0] == "total_score":
        return stage_bound
    return sum(max(0, *(model.choices[at].level.score for at in its)) for its in model.places.values())
