"""Whether what would be shown leaves every small count open: other replies that would give the same document are found.

``disclosure`` proposes what to show by the sizes of cells; this file, which knows nothing of its rules, disposes. An
organisation gives one reply for all its bids, and who made which bid is public. So organisations whose bids went the
same way are counted together, and an integer program looks for other numbers of them under each reply that give every
number shown, until each small count has moved by half of what public totals and threshold leave, and each organisation
could have given another reply. What it does not find is not shown.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from evaluator.equality.disclosure import BY_THEME
from evaluator.equality.journey import RECOMMENDED, Journey
from evaluator.records.equality import NOT_KNOWN, STAGES
from evaluator.records.evaluation import Bid

NODES = 40  # of a search; one that ends without an answer has found nothing
MOST = 800  # unknowns that are gone through; with more of them ``disclosure`` is relied on alone
STARTS = 2  # answers that are found by chance, with dice of our own, before any is asked for
KEPT = ((0, 1, 2, 3, RECOMMENDED), (0, 1, 2, RECOMMENDED), (0, 2, RECOMMENDED), (0, RECOMMENDED), (0,))
Cells = tuple[int, ...]  # an organisation's bids by outcome, and within an outcome by theme


@dataclass
class Proposed:
    """What would be shown of one characteristic: the stages of each line. The line of those without a row is public."""

    by_reply: Mapping[str, tuple[Bid, ...]]
    shown: Mapping[str, frozenset[int]]
    way: Journey
    threshold: int
    pool: list[np.ndarray] = field(default_factory=list)  # numbers that give all that is shown

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines that have any bid, but the one that is public."""
        return tuple(name for name, bids in self.by_reply.items() if bids and name != NOT_KNOWN)

    @cached_property
    def numbers(self) -> Mapping[Cells, Mapping[str, int]]:
        """How many organisations with the same bids each line has, by these bids."""
        found: dict[Cells, dict[str, int]] = {}
        for line in self.lines:
            cells: dict[str, list[int]] = {}
            for bid in self.by_reply[line]:
                at = self.way.outcomes[bid.id] * len(self.way.themes) + self.way.themes.index(bid.theme)
                cells.setdefault(bid.organisation, [0] * (len(STAGES) * len(self.way.themes)))[at] += 1
            for one in map(tuple, cells.values()):
                numbers = found.setdefault(one, dict.fromkeys(self.lines, 0))
                numbers[line] += 1
        return dict(sorted(found.items()))

    @cached_property
    def kinds(self) -> np.ndarray:
        """The bids of each kind of organisation: a row for each, by outcome, then by theme."""
        rows = [np.array(cells).reshape(len(STAGES), len(self.way.themes)) for cells in self.numbers]
        return np.array(rows).reshape(len(rows), len(STAGES), len(self.way.themes))

    @cached_property
    def truth(self) -> np.ndarray:
        """How many organisations each line has of each kind: a row for each line."""
        return np.array([[numbers[line] for numbers in self.numbers.values()] for line in self.lines])

    def parts(self) -> Iterator[np.ndarray]:
        """Give the bids of each kind in every part of all that may be told apart: by stage, and by theme."""
        for stage in range(len(STAGES)):
            yield self.kinds[:, stage:].sum(axis=(1, 2))
            yield self.kinds[:, stage].sum(axis=1)
        for theme in range(len(self.way.themes)):
            yield self.kinds[:, :, theme].sum(axis=1)
            yield self.kinds[:, RECOMMENDED, theme]

    def told(self) -> Iterator[tuple[int, np.ndarray]]:
        """Give what is shown: the place of a line, and how much each of its organisations adds to the number."""
        for place, line in enumerate(self.lines):
            for stage in sorted(self.shown[line] - {BY_THEME}):
                yield place, self.kinds[:, stage:].sum(axis=(1, 2))
            if 0 in self.shown[line]:
                yield place, np.ones(len(self.kinds), dtype=np.int64)
            for theme in range(len(self.way.themes)) if BY_THEME in self.shown[line] else ():
                yield place, self.kinds[:, :, theme].sum(axis=1)
                yield place, self.kinds[:, RECOMMENDED, theme]

    @cached_property
    def _rows(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Everything that is known, as rows with their least and most: what is shown, and all organisations."""
        lines, kinds = self.truth.shape
        rows, least, most = [], [], []
        for place, weights in self.told():
            row = np.zeros((lines, kinds))
            row[place] = weights
            rows.append(row.ravel())
            least.append(float(weights @ self.truth[place]))
            most.append(least[-1])
        for kind in range(kinds):
            row = np.zeros((lines, kinds))
            row[:, kind] = 1
            rows.append(row.ravel())
            least.append(float(self.truth[:, kind].sum()))
            most.append(least[-1])
        for place in range(lines):  # a line without any bid would be shown as nought
            row = np.zeros((lines, kinds))
            row[place] = 1
            rows.append(row.ravel())
            least.append(1.0)
            most.append(float(self.truth.sum()))
        return np.array(rows), np.array(least), np.array(most)

    def ask(self, cost: np.ndarray) -> None:
        """Look for the numbers that make a cost least; what is found joins the pool."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        rows, least, most = self._rows
        upto = np.tile(self.truth.sum(axis=0), len(self.truth)).astype(np.float64)
        known = LinearConstraint(csr_array(rows), least, most)
        found = milp(
            cost.ravel(),
            constraints=known,
            bounds=Bounds(0, upto),
            integrality=np.ones(cost.size, dtype=np.int64),
            options={"node_limit": NODES, "mip_rel_gap": 0.0},  # no clock: the same on every machine
        )
        if found.x is None:
            return
        whole = np.rint(found.x)
        if np.all(rows @ whole >= least) and np.all(rows @ whole <= most):  # checked exactly, whatever the solver said
            self.pool.append(whole.reshape(self.truth.shape).astype(np.int64))


def leaves_open(proposed: Proposed) -> bool:
    """Whether what is shown leaves every small count and every single reply open."""
    if not any(proposed.shown[line] for line in proposed.lines) or proposed.truth.size > MOST:
        return True
    proposed.pool.append(proposed.truth)
    dice = np.random.default_rng(1)
    for _ in range(STARTS):
        proposed.ask(dice.random(proposed.truth.shape))
    return all(_open(proposed, part) for part in proposed.parts()) and all(
        _uncertain(proposed, place, kind) for place, kind in zip(*np.nonzero(proposed.truth), strict=True)
    )


def _open(proposed: Proposed, part: np.ndarray) -> bool:
    """Whether every line could have many more or fewer bids and organisations in a part; a large number may be told.

    Where the numbers at hand lie too close, it asks for the ends: of all such lines at once, then of each.
    """
    there = (part > 0).astype(np.int64)
    every = proposed.truth.sum(axis=0)
    if not int(there @ every):
        return True
    small = [place for place, own in enumerate(proposed.truth) if int(there @ own) < proposed.threshold]
    wide = [(min(proposed.threshold, int(weights @ every)) + 1) // 2 for weights in (part, there)]

    def tight(places: list[int]) -> list[int]:
        spreads = ((place, *(_spread(proposed, place, weights) for weights in (part, there))) for place in places)
        return [place for place, *found in spreads if any(one < least for one, least in zip(found, wide, strict=True))]

    left = tight(small)
    for sign in (1, -1) if left else ():
        _ask_for(proposed, {place: sign * (-1) ** at for at, place in enumerate(left)}, part)
    return not any(_still_tight(proposed, place, part, tight) for place in tight(left))


def _still_tight(proposed: Proposed, place: int, part: np.ndarray, tight: Callable[[list[int]], list[int]]) -> bool:
    for sign in (1, -1):
        _ask_for(proposed, {place: sign}, part)
        if not tight([place]):
            return False
    return True


def _ask_for(proposed: Proposed, signs: Mapping[int, int], weights: np.ndarray) -> None:
    cost = np.zeros(proposed.truth.shape)
    for place, sign in signs.items():
        cost[place] = sign * weights
    proposed.ask(cost)


def _spread(proposed: Proposed, place: int, weights: np.ndarray) -> int:
    """How far apart the numbers found for a line lie."""
    seen = [int(weights @ found[place]) for found in proposed.pool]
    return max(seen) - min(seen)


def _uncertain(proposed: Proposed, place: int, kind: int) -> bool:
    """Whether an organisation of this kind in this line could be in another."""
    every = int(proposed.truth[:, kind].sum())
    if any(found[place, kind] < every for found in proposed.pool):
        return True
    cost = np.zeros(proposed.truth.shape)
    cost[place, kind] = 1
    proposed.ask(cost)
    return bool(proposed.pool[-1][place, kind] < every)


def withheld_until_open(proposed: Proposed) -> Mapping[str, frozenset[int]]:
    """Withhold more, step by step, until what is left leaves every small count open: themes, stages, then all.

    A line without bids stays shown as nought, unless nothing else is shown.
    """
    for less in _less_and_less(proposed):
        if leaves_open(less):
            return less.shown if any(less.shown[line] for line in less.lines) else _nothing(proposed)
    return _nothing(proposed)


def _nothing(proposed: Proposed) -> Mapping[str, frozenset[int]]:
    return dict.fromkeys(proposed.shown, frozenset())


def _less_and_less(proposed: Proposed) -> Iterator[Proposed]:
    yield proposed
    counts = proposed.way.counts
    for kept in KEPT:
        same = frozenset(at for at, count in enumerate(counts) if count in {counts[stage] for stage in kept})
        less = {**proposed.shown, **{name: proposed.shown[name] & same for name in proposed.lines}}
        if less != proposed.shown:
            proposed = replace(proposed, shown=less, pool=[])
            yield proposed
