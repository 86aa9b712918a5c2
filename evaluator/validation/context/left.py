"""Bids that left the evaluation by an event: withdrawn by their bidders, or in a lot that was abandoned."""

from collections.abc import Iterator, Sequence

from evaluator.records.programme.conditions.gates import Standing
from evaluator.records.submissions.evaluation import Decision
from evaluator.records.submissions.events import Abandonment, Events, Withdrawal

WITHDRAWN: Standing = "withdrawn"
LOT_ABANDONED: Standing = "lot_abandoned"


def left_by_events(happened: Events, bids: Sequence[tuple[str, str]]) -> dict[str, Decision]:
    """Give for each bid that left by an event what is told of it; a withdrawal before what became of its lot.

    Parameters
    ----------
    bids : each bid's id with its theme.
    """
    withdrawn = {one.bid: one for one in reversed(happened.withdrawals)}
    abandoned = {one.theme: one for one in reversed(happened.abandoned)}
    return dict(_told(withdrawn, abandoned, bids))


def _told(
    withdrawn: dict[str, Withdrawal], abandoned: dict[str, Abandonment], bids: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, Decision]]:
    for bid, theme in bids:
        if bid in withdrawn:
            yield bid, _event(bid, withdrawn[bid], WITHDRAWN, withdrawn[bid].told_by)
        elif theme in abandoned:
            yield bid, _event(bid, abandoned[theme], LOT_ABANDONED, "")


def _event(bid: str, one: Withdrawal | Abandonment, standing: Standing, told_by: str) -> Decision:
    return Decision(
        bid=bid,
        matter=standing,
        subject="",
        decision=standing,
        reason=one.reason,
        ground="",
        person=told_by or one.person,
        date=one.date,
        heard="",
        source=one.place,
        standing=standing,
    )
