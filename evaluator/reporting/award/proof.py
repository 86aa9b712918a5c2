"""The proof in the units that people use: objective by objective, what is certain, and what sets equal it."""

from dataclasses import dataclass
from typing import Literal

from evaluator.records.numbers import pounds, ratio_decimal
from evaluator.records.programme.allocation_policy import OBJECTIVES
from evaluator.records.results.allocation import Allocation, Stage

MOST_SETS = 50


@dataclass(frozen=True)
class StageLine:
    """An objective of the published order: what it reached, its bound, and whether that is proven."""

    objective: str
    reached: str
    bound: str
    proven: bool


@dataclass(frozen=True)
class Certain:
    """A bid whose fate is certain although nothing is proven."""

    bid: str
    theme: str
    fate: Literal["funded", "not funded"]


def stage_lines(allocation: Allocation) -> tuple[StageLine, ...]:
    """Give each stage in the published order."""
    return tuple(
        StageLine(
            stage.objective.replace("_", " "),
            stage_amount(allocation, stage, stage.value),
            "–" if stage.bound is None else stage_amount(allocation, stage, stage.bound),
            stage.proven,
        )
        for stage in allocation.proof.stages
    )


def certain(allocation: Allocation) -> tuple[Certain, ...]:
    """Give each bid whose fate is certain although nothing is proven: the funded first, each by id."""
    themes = allocation.themes
    funded = [Certain(bid, themes.get(bid, ""), "funded") for bid in sorted(allocation.certain_in)]
    return (*funded, *(Certain(bid, themes.get(bid, ""), "not funded") for bid in sorted(allocation.certain_out)))


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
