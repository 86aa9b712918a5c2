"""What decides between equal bids beside marks and prices: when each came, and its place in the published draw."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.evaluation import Bid, Decision

DRAW = "draw"  # the matter of a decision that records what the published source of a draw came to
DRAWN = "drawn"
EVERY_BID = "all"  # stands in the place of a bid in it
SECONDS = "00"


def ticket(seed: str, names: tuple[str, ...]) -> str:
    """Give the ticket of a bid, or of a set of awards: SHA-256 over the seed and the names, a line each."""
    return sha256("\n".join((seed, *names)).encode("utf-8")).hexdigest()


def seed_of(criteria: Criteria, decisions: Iterable[Decision]) -> str:
    """Give the seed of the draw between equal bids: the published one, or what was recorded of the published source."""
    recorded = (one.subject for one in decisions if one.matter == DRAW and one.decision == DRAWN)
    return criteria.tie_break.draw_seed or next(recorded, "")


def draw_places(bids: Sequence[Bid]) -> tuple[int, ...]:
    """Give each bid's place in the draw among these, the lowest ticket first; 0 where nothing is drawn."""
    tickets = {bid.id: ticket(bid.draw_seed, (bid.id,)) for bid in bids if bid.draw_seed}
    places = {bid: place for place, bid in enumerate(sorted(tickets, key=tickets.__getitem__), 1)}
    return tuple(places.get(bid.id, 0) for bid in bids)


def arrival(received: str) -> int:
    """Give a day and time as one number, the later the higher; 0 for none, or a day without a time.

    >>> arrival("2027-02-26T11:58"), arrival("2027-02-26T11:58:30"), arrival("2027-02-26")
    (20270226115800, 20270226115830, 0)
    """
    digits = received.replace("-", "").replace(":", "").replace("T", "")
    return int(f"{digits}{SECONDS}"[:14]) if "T" in received else 0


def arrivals(bids: Sequence[Bid]) -> tuple[int, ...] | None:
    """Give when each of these bids came; None where that is not known of one of them."""
    times = tuple(arrival(bid.received) for bid in bids)
    return times if all(times) else None
