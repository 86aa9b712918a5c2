"""A good set where themes go down an order of merit: gone down as far as a relaxation goes, and then looked at nearby.

A relaxation rounds to no set here, since it mixes places to stop at. But it says how far down each theme goes. So bids
are taken in the order of their themes, those first that it takes, or takes worse-ranked ones of; then few bids around
the places where themes stop are left open, with those that limits on single organisations bear on.
"""

from collections.abc import Sequence

from evaluator.allocation.model.merit import InOrder
from evaluator.allocation.model.model import Chosen, Model, Row
from evaluator.allocation.model.usage import Usage
from evaluator.allocation.solvers.solve import Fixed

AROUND = 40  # bids before and behind the place where a theme stops


def gone_down(model: Model, orders: Sequence[InOrder], shares: Sequence[float]) -> Chosen:
    """Add what breaks no rule, each theme in its order, as far as a relaxation goes and then as far as it can."""
    far, place = list(shares[: len(model.choices)]), [0] * len(model.choices)
    for order in orders:
        most = 0.0
        for number, bid in reversed(list(enumerate(order.ordered))):
            its = model.places[bid.bid]
            most = max(most, *(shares[at] for at in its))
            for at in its:
                far[at], place[at] = most, number
    usage = Usage(model)
    for at in sorted(
        range(len(far)), key=lambda at: (-round(far[at], 6), place[at], -model.choices[at].level.score, at)
    ):
        if at not in usage.chosen and not usage.breaks(at):
            usage.add(at)
    return tuple(sorted(usage.chosen))


def held(model: Model, orders: Sequence[InOrder], rows: Sequence[Row], chosen: Chosen) -> Fixed:
    """Hold every choice as a set has it that is far from where its theme stops and in no limit on few awards."""
    taken, fixed = set(chosen), dict[int, int]()
    shared = {at for row in rows if row.kind == "organisation_awards" and row.binds for at, _ in row.terms}
    for order in orders:
        its = [model.places[one.bid] for one in order.ordered]
        stop = max((number for number, places in enumerate(its) if not taken.isdisjoint(places)), default=0)
        far = (places for number, places in enumerate(its) if abs(number - stop) > AROUND)
        fixed |= {at: int(at in taken) for places in far for at in places if at not in shared}
    return fixed
