"""Why a bid is not funded where its theme goes down an order of merit: its turn has not come, or it is passed over."""

from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Literal

from evaluator.allocation.model.merit import InOrder, in_order
from evaluator.allocation.model.model import Model, Row
from evaluator.records.results.allocation import Candidate

Where = Literal["unable", "passed_over", "next", "waiting"]


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a bid that is not funded stands in its theme's order.

    Parameters
    ----------
    where : ``unable``: it is beyond a limit by itself, so that nobody waits for it. ``passed_over``: a worse-ranked bid
        is funded. ``waiting``: a better-ranked bid comes before it. ``next``: none does.
    rule : the id of the rule.
    before : how many bids come before it: better-ranked, not funded, with no ground to pass them over.
    stopped_by : the limits that are a ground to pass it over, each with its sum when the bid is tried.
    """

    where: Where
    rule: str
    before: int = 0
    stopped_by: tuple[tuple[Row, int], ...] = ()


def turns_of(model: Model, chosen: Sequence[int]) -> dict[str, Turn]:
    """Say of each bid that is not funded where it stands; nothing of bids whose theme has no order of merit."""
    funded = frozenset(chosen)
    return {bid: turn for order in in_order(model) for bid, turn in _of_theme(order, funded).items()}


def _of_theme(order: InOrder, funded: Set[int]) -> dict[str, Turn]:
    had = {order.index.choices[at].candidate.bid for at in funded}
    last = max((order.key(one) for one in order.ordered if one.bid in had), default=())
    found: dict[str, Turn] = {}
    before: list[Candidate] = []
    for one in order.ordered:
        if one.bid in had:
            continue
        waits = _waited_for(order, before, one)
        stopped = tuple(order.stopped_by(one.bid, funded))
        if order.index.lowest_alone(one.bid) is None:
            found[one.bid] = Turn("unable", order.rule.id)
            continue
        where: Where = "passed_over" if order.key(one) < last else "waiting" if waits else "next"
        found[one.bid] = Turn(where, order.rule.id, waits, stopped)
        before += [] if stopped else [one]
    return found


def _waited_for(order: InOrder, before: Sequence[Candidate], one: Candidate) -> int:
    """Count the bids, in order, that one waits for; without a gap, all that are better-ranked."""
    if order.gap:
        return sum(order.waits(one, other) for other in before)
    return bisect_left(before, order.key(one), key=order.key)
