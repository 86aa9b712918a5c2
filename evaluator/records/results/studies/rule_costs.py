"""What the rules of an allocation cost: its total score with and without each, and against the budget."""

from dataclasses import dataclass
from typing import Literal

from evaluator.records.results.allocation import Status

Moved = Literal["family", "without", "tighter", "looser"]


@dataclass(frozen=True, slots=True)
class RuleCost:
    """The best total score when one thing about the rules is changed.

    Parameters
    ----------
    rules : the rules that are changed.
    change : ``family``: all rules of a kind are left out; ``without``: one rule is; ``tighter`` and ``looser``: one
        limit is a step away from the published one.
    words : what was changed, in words.
    score : the best total score then, in units of ``1/score_unit`` points; None where no set keeps the other rules
        (``infeasible``) or none was proven (``not_proven``).
    """

    change: Moved
    kind: str
    rules: tuple[str, ...]
    words: str
    status: Status
    score: int | None


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """The best total score when every budget of the programme and its themes is this percentage of the published."""

    percent: int
    budget: int  # pence, all years together
    status: Status
    score: int | None
    cost: int


@dataclass(frozen=True)
class RuleStudy:
    """What every rule costs. The costs cannot be added up: two rules may each cost nothing and much together."""

    score_unit: int
    published: int
    method: str
    costs: tuple[RuleCost, ...]
    frontier: tuple[FrontierPoint, ...]
