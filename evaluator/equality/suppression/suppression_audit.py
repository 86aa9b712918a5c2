"""Whether what would be shown leaves every small count open: other replies would give the same numbers.

``suppression`` proposes what to show by the sizes of cells; this file, which knows nothing of its rules, disposes. An
organisation gives one reply for all its bids, and who made which bid is public. So organisations whose bids went the
same way are counted together, and ``swaps`` tells how far each small count could move while every number shown stays:
as far as the threshold, or the public totals, and each organisation could have given another reply. Else less is shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from evaluator.equality.data.stage_reached import RECOMMENDED, StagesReached
from evaluator.equality.suppression.suppression import BY_THEME
from evaluator.equality.suppression.swaps import Swaps
from evaluator.records.results.equality import NOT_KNOWN, STAGES
from evaluator.records.submissions.evaluation import Bid

KEPT = ((0, 1, 2, 3, RECOMMENDED), (0, 1, 2, RECOMMENDED), (0, 2, RECOMMENDED), (0, RECOMMENDED), (0,))
Cells = tuple[int, ...]  # an organisation's bids by outcome, and within an outcome by theme


@dataclass
class Proposed:
    """What would be shown of one characteristic: the stages of each line. The line of those without a row is public."""

    by_reply: Mapping[str, tuple[Bid, ...]]
    shown: Mapping[str, frozenset[int]]
    reached: StagesReached
    threshold: int

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
                at = self.reached.outcomes[bid.id] * len(self.reached.themes) + self.reached.themes.index(bid.theme)
                cells.setdefault(bid.organisation, [0] * (len(STAGES) * len(self.reached.themes)))[at] += 1
            for one in map(tuple, cells.values()):
                numbers = found.setdefault(one, dict.fromkeys(self.lines, 0))
                numbers[line] += 1
        return dict(sorted(found.items()))

    @cached_property
    def kinds(self) -> np.ndarray:
        """The bids of each kind of organisation: a row for each, by outcome, then by theme."""
        rows = [np.array(cells).reshape(len(STAGES), len(self.reached.themes)) for cells in self.numbers]
        return np.array(rows).reshape(len(rows), len(STAGES), len(self.reached.themes))

    @cached_property
    def truth(self) -> np.ndarray:
        """How many organisations each line has of each kind: a row for each line."""
        return np.array([[numbers[line] for numbers in self.numbers.values()] for line in self.lines])

    def parts(self) -> Iterator[np.ndarray]:
        """Give the bids of each kind in every part of all that may be told apart: by stage, and by theme."""
        for stage in range(len(STAGES)):
            yield self.kinds[:, stage:].sum(axis=(1, 2))
            yield self.kinds[:, stage].sum(axis=1)
        for theme in range(len(self.reached.themes)):
            yield self.kinds[:, :, theme].sum(axis=1)
            yield self.kinds[:, RECOMMENDED, theme]

    def told(self) -> Iterator[tuple[int, np.ndarray]]:
        """Give what is shown: the place of a line, and how much each of its organisations adds to the number."""
        for place, line in enumerate(self.lines):
            for stage in sorted(self.shown[line] - {BY_THEME}):
                yield place, self.kinds[:, stage:].sum(axis=(1, 2))
            for theme in range(len(self.reached.themes)) if BY_THEME in self.shown[line] else ():
                yield place, self.kinds[:, :, theme].sum(axis=1)
                yield place, self.kinds[:, RECOMMENDED, theme]

    @cached_property
    def counts(self) -> np.ndarray:
        """What an organisation of each kind adds to each count: first to the bids of every part, then as one itself."""
        bids = np.array(list(self.parts()))
        return np.concatenate([bids, (bids > 0).astype(np.int64)])

    @cached_property
    def swaps(self) -> Swaps:
        """What could be moved without a search."""
        columns = {tuple(map(int, weights)) for _, weights in self.told()}
        told = np.array(sorted(columns)).reshape(len(columns), len(self.kinds)).T
        hidden = tuple(at for at, line in enumerate(self.lines) if not self.shown[line])
        alone = np.eye(len(self.kinds), dtype=np.int64)
        return Swaps(self.truth, told, hidden, np.concatenate([self.counts, alone]))


def leaves_open(proposed: Proposed) -> bool:
    """Whether what is shown leaves every small count and every single reply open."""
    if not any(proposed.shown[line] for line in proposed.lines):
        return True
    return all(_open(proposed, place) for place in range(len(proposed.lines)))


def _open(proposed: Proposed, place: int) -> bool:
    """Whether a line could have many more or fewer bids and organisations in each part, and none of its own for sure.

    A large number may be told.
    """
    least, most = proposed.swaps.ranges(place)
    own, every = proposed.truth[place], proposed.truth.sum(axis=0)
    parts = len(proposed.counts) // 2
    there = proposed.counts[parts:]
    small = np.tile(there @ own < proposed.threshold, 2)
    wide = most[: 2 * parts] - least[: 2 * parts]
    needed = np.array([_needed(proposed.threshold, int(total)) for total in proposed.counts @ every])
    certain = (own > 0) & (least[2 * parts :] >= every)
    return bool(np.all(wide[small] >= needed[small]) and not np.any(certain))


def _needed(threshold: int, total: int) -> int:
    """Give how wide a count has to be left: the threshold; of fewer in all, one less than they are, but at least one.

    >>> _needed(10, 40), _needed(10, 9), _needed(10, 1), _needed(10, 0)
    (10, 8, 1, 0)
    """
    return min(threshold, max(min(1, total), total - 1))


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
    counts = proposed.reached.counts
    for kept in KEPT:
        same = frozenset(at for at, count in enumerate(counts) if count in {counts[stage] for stage in kept})
        less = {**proposed.shown, **{name: proposed.shown[name] & same for name in proposed.lines}}
        if less != proposed.shown:
            proposed = replace(proposed, shown=less)
            yield proposed
