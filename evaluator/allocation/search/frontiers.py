"""How far down its order of merit a theme goes at the least and at the most: counted, before any solver is asked.

A bid is funded only if every better-ranked one that is waited for is, or is passed over. So an award far down costs at
least what all before it do, and a bid that is not funded leaves its theme no more than what is ranked above it. Where
the one exceeds a limit, or the other falls short of a floor, a bid is out, or in, in every set of awards there is.

Of bids that a limit on one organisation's awards may pass over, all but as many are funded as the limit leaves over
(``left_over``), and no more than it allows: so the dearest of them are left out of the one sum, and the cheapest of the
other. Limits with weights below nought, and orders with a gap, are left aside: nothing follows there.
"""

from bisect import insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evaluator.allocation.model.merit import InOrder, counts_awards, in_order, left_over
from evaluator.allocation.model.model import Model, Row
from evaluator.records.programme.rules import TRAITS

ROUNDS = 8  # what one theme is known to use narrows what is left for the others
NARROW = ("organisation", "bids", "variants", "bid")  # scopes of rules on few bids, which say little of a theme


def settled(model: Model) -> dict[int, int]:
    """Give the choices that orders of merit settle with the limits and floors: 1 taken, 0 left out, in every set."""
    themes = [_Theme(order) for order in in_order(model) if not order.gap]
    if not themes or len({one.name for one in themes}) < len(themes):
        return {}
    limits = [_Limit(model, row, themes) for row in model.rows if _says_much(model, row)]
    for _ in range(ROUNDS):
        if not sum([one.narrows(theme) for one in limits for theme in one.themes]):
            break
    if any(theme.first > theme.last for theme in themes):
        return {}  # no set keeps every rule, which is for a solver to say
    return {at: taken for theme in themes for at, taken in theme.fixed()}


def _says_much(model: Model, row: Row) -> bool:
    narrow = row.kind not in TRAITS or TRAITS[row.kind].scope in NARROW
    return not narrow and all(weight >= 0 and at < len(model.choices) for at, weight in row.terms)


@dataclass(frozen=True, slots=True)
class _Bid:
    """A bid in its theme's order: whether it is waited for, and the limit on awards that may pass it over.

    ``limit``: a number that bids of one limit share, with how many of these are left over and how many it allows; None
    where none may pass it over. ``free``: nothing is known of it but that it is at one level at most.
    """

    places: Sequence[int]
    free: bool = False
    limit: tuple[int, int, int] | None = None

    @property
    def firm(self) -> bool:
        """Whether it is waited for in any case."""
        return not self.free and self.limit is None


class _Theme:
    """A theme in its order: before ``first`` who is waited for is funded or passed over; from ``last`` on nobody is."""

    def __init__(self, order: InOrder) -> None:
        self.keys, index = order.keys, order.index
        self.name = order.ordered[0].theme if order.ordered else ""
        self.bids = [self._bid(order, at, index.at_bid[one.bid]) for at, one in enumerate(order.ordered)]
        ends = {key: at + 1 for at, key in enumerate(self.keys)}
        self.ends = [ends[key] for key in self.keys]  # where those of equal rank end
        starts: dict[object, int] = {}
        self.starts = [starts.setdefault(key, at) for at, key in enumerate(self.keys)]  # and where they begin
        self.first, self.last = 0, len(self.bids)

    def alone(self, at: int) -> bool:
        """Whether no other bid has the rank of the one at a place."""
        return self.starts[at] == at and self.ends[at] == at + 1

    @staticmethod
    def _bid(order: InOrder, at: int, places: Sequence[int]) -> _Bid:
        place = order.place(at)
        if not place.binds:
            return _Bid(places, free=True)
        if not place.grounds:
            return _Bid(places)
        row = place.grounds[0].row
        if len(place.grounds) > 1 or not counts_awards(order.index, place.grounds[0]):
            return _Bid(places, free=True)
        return _Bid(places, limit=(id(row), left_over(order.index, row), row.most or 0))

    def fixed(self) -> Iterator[tuple[int, int]]:
        """Give the choices that are decided: bids that all sets fund, at their only level, and those that none does."""
        for at, bid in enumerate(self.bids):
            if at >= self.last:
                yield from ((place, 0) for place in bid.places)
            elif at < self.first and bid.firm and len(bid.places) == 1:
                yield bid.places[0], 1


class _Limit:
    """A limit, or a floor, with what each theme uses of it at the least and at the most."""

    def __init__(self, model: Model, row: Row, themes: Sequence[_Theme]) -> None:
        self.row, weights = row, dict(row.terms)
        counted = {at for theme in themes for bid in theme.bids for at in bid.places}
        self.themes = [theme for theme in themes if any(at in weights for bid in theme.bids for at in bid.places)]
        self.weights = {
            theme.name: [[weights.get(at, 0) for at in bid.places] for bid in theme.bids] for theme in self.themes
        }
        most: dict[str, int] = {}  # of bids that are in no order, each at the dearest of its levels
        for at, weight in row.terms:
            if at not in counted:
                bid = model.choices[at].candidate.bid
                most[bid] = max(weight, most.get(bid, 0))
        self.rest = sum(most.values())
        self.ends: Mapping[str, tuple[int, int]] = {theme.name: self._ends(theme) for theme in self.themes}

    def narrows(self, theme: _Theme) -> bool:
        """Bring the first and the last of a theme nearer; say whether that could be done."""
        self.ends = {one.name: self._ends(one) for one in self.themes}
        others = [ends for name, ends in self.ends.items() if name != theme.name]
        before = theme.first, theme.last
        if self.row.most is not None:
            self._from_above(theme, self.row.most - sum(least for least, _ in others))
        if self.row.least is not None:
            self._from_below(theme, self.row.least - self.rest - sum(most for _, most in others))
        return before != (theme.first, theme.last)

    def _from_above(self, theme: _Theme, most: int) -> None:
        """Leave out all from the first bid on at which what has to come before it exceeds the limit.

        Whatever is ranked below such a bid has as much before it, and so exceeds the limit too. So does whatever is
        ranked below a bid that is waited for, has its rank alone, and exceeds it itself.
        """
        weights = self.weights[theme.name]
        used = _Least()
        for at in range(theme.last):
            own = min(weights[at]) if theme.bids[at].firm and theme.alone(at) else 0
            if theme.starts[at] == at and used.total + own > most:
                theme.last = at
                return
            used.add(theme.bids[at], weights[at])

    def _from_below(self, theme: _Theme, least: int) -> None:
        """Fund all that are waited for down to the last without which what is left falls short of the floor."""
        weights = self.weights[theme.name]
        used, seen, first = _Most(), 0, 0
        for at in range(theme.last):
            while seen < min(theme.ends[at], theme.last):
                used.add(theme.bids[seen], weights[seen])
                seen += 1
            if theme.bids[at].firm and used.total - max(weights[at]) < least:
                first = at + 1 if theme.alone(at) else theme.starts[at]
        theme.first = max(theme.first, first)

    def _ends(self, theme: _Theme) -> tuple[int, int]:
        """Give what a theme uses at the least and at the most, as far as its ends are known."""
        weights, low, high = self.weights[theme.name], _Least(), _Most()
        for at in range(theme.last):
            if at < theme.first:
                low.add(theme.bids[at], weights[at])
            high.add(theme.bids[at], weights[at])
        return low.total, high.total


class _Least:
    """The least that bids can use, all of which are funded or passed over: the dearest are, as many as may be."""

    def __init__(self) -> None:
        self.total = 0
        self.passed: dict[int, list[int]] = {}

    def add(self, bid: _Bid, weights: Sequence[int]) -> None:
        """Add one more bid."""
        weight = min(weights)
        if bid.free:
            return
        self.total += weight
        if bid.limit is not None:
            number, left, _ = bid.limit
            its = self.passed.setdefault(number, [])
            insort(its, weight)
            self.total -= weight
            if len(its) > left:
                self.total += its.pop(0)


class _Most:
    """The most that bids can use: of those of one limit only the dearest, as many as it allows."""

    def __init__(self) -> None:
        self.total = 0
        self.funded: dict[int, list[int]] = {}

    def add(self, bid: _Bid, weights: Sequence[int]) -> None:
        """Add one more bid."""
        weight = max(weights)
        self.total += weight
        if bid.limit is not None:
            number, _, most = bid.limit
            its = self.funded.setdefault(number, [])
            insort(its, weight)
            if len(its) > most:
                self.total -= its.pop(0)
