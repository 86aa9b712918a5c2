"""How far a hidden count could be from the truth: organisations alike in all that is shown change places.

Two organisations that add the same to every number shown can change places between lines, and no reader could tell. So
can a few of one line and a few of another that add up to the same. And the organisations of lines of which nothing is
shown can be dealt out among these lines in any way that leaves each of them one. What a count can come to by such moves
is found by sorting organisations that are alike, and going through how many of each a line could have.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
FAR = 8  # how many more or fewer organisations of a sort, and bids on the way, are gone through


@dataclass(frozen=True)
class Swaps:
    """The organisations as they are.

    Parameters
    ----------
    truth : how many organisations each line has of each kind: a row a line.
    told : what an organisation of each kind adds to every number that is shown of any line: a row a kind. The first,
        its bids received, is never nought.
    hidden : the lines of which nothing is shown.
    weights : what an organisation of each kind adds to each of the counts asked about: a row a count.
    """

    truth: Counts
    told: Counts
    hidden: tuple[int, ...]
    weights: Counts

    @cached_property
    def _sorts(self) -> tuple[tuple[tuple[int, ...], Counts], ...]:
        """The kinds of organisations that add the same to every number shown, by what they add."""
        found: dict[tuple[int, ...], list[int]] = {}
        for kind, row in enumerate(self.told):
            found.setdefault(tuple(map(int, row)), []).append(kind)
        return tuple((added, np.array(kinds)) for added, kinds in sorted(found.items()))

    @cached_property
    def _asked(self) -> tuple[Counts, Counts]:
        """The counts without those that are the same, and where each one asked about is among them."""
        different, places = np.unique(self.weights, axis=0, return_inverse=True)
        return different, places.ravel()

    @cached_property
    def _sums(self) -> tuple[tuple[Numbers, Numbers], ...]:
        """The least and the most of every count that none, one, two … organisations of each sort add."""
        every = self.truth.sum(axis=0)
        found = []
        for _, kinds in self._sorts:
            values = np.sort(np.repeat(self._asked[0][:, kinds], every[kinds], axis=1), axis=1)
            none = np.zeros((len(values), 1))
            upward, downward = (np.hstack([none, np.cumsum(one, axis=1)]) for one in (values, values[:, ::-1]))
            found.append((upward.T, downward.T))
        return tuple(found)

    def _of_sort(self, numbers: Counts) -> list[int]:
        return [int(numbers[kinds].sum()) for _, kinds in self._sorts]

    def _partners(self, place: int) -> Iterator[list[int]]:
        """Give those with whom a line could change places in part: each line shown, and the hidden ones as one."""
        if self.hidden and place not in self.hidden:
            pool = self._of_sort(self.truth[list(self.hidden)].sum(axis=0))
            common = pool.index(max(pool))  # each hidden line keeps an organisation
            yield [max(0, n - len(self.hidden)) if at == common else n for at, n in enumerate(pool)]
        shown = (at for at in range(len(self.truth)) if at not in self.hidden and at != place)
        yield from (self._of_sort(self.truth[at]) for at in shown)

    def ranges(self, place: int) -> tuple[Numbers, Numbers]:
        """Give the least and the most that each count of a line is known to be able to come to.

        >>> two = Swaps(np.array([[2, 0], [0, 3]]), np.array([[1], [1]]), (), np.array([[1, 0], [1, 1]]))
        >>> [ends.tolist() for ends in two.ranges(0)]
        [[0.0, 2.0], [2.0, 2.0]]
        """
        least, most = self._ends(place)
        return least[self._asked[1]], most[self._asked[1]]

    def _ends(self, place: int) -> tuple[Numbers, Numbers]:
        pooled = place in self.hidden
        own = self._of_sort(self.truth[list(self.hidden)].sum(axis=0) if pooled else self.truth[place])
        others = len(self.hidden) - 1 if pooled else 0
        kept = [0] * len(own)
        kept[own.index(max(own))] = others  # every hidden line keeps an organisation, of the commonest sort
        partners = [list(theirs) for theirs in self._partners(place)] or [[0] * len(own)]
        most = np.max([self._best(own, theirs, kept, 1) for theirs in partners], axis=0)
        if others:
            alone = [ends[0][1] for ends, number in zip(self._sums, own, strict=True) if number]
            return np.min(alone, axis=0), most
        return np.min([self._best(own, theirs, kept, -1) for theirs in partners], axis=0), most

    def _best(self, own: list[int], theirs: list[int], kept: list[int], sign: int) -> Numbers:
        """Give the most (or, with -1, the least) of every count over all numbers of each sort that change no sum shown.

        Cells are how far the two sums shown are off so far; with more than two only organisations alike change places.
        """
        width, counts = 2 * FAR + 1, len(self._asked[0])
        so_far = np.full((width, width, counts), -np.inf)
        so_far[FAR, FAR] = 0.0
        for at, (added, _) in enumerate(self._sorts):
            ends = self._sums[at][1 if sign > 0 else 0]
            grown = np.full_like(so_far, -np.inf)
            for more in self._moves(added, own[at], theirs[at], kept[at]):
                off = tuple(more * one for one in (*added, 0, 0)[:2])
                to, start = zip(*map(_overlap, off), strict=True)
                better = so_far[start] + sign * ends[own[at] + more - kept[at]]
                grown[to] = np.maximum(grown[to], better)
            so_far = grown
        best: Numbers = sign * so_far[FAR, FAR] + 0.0  # no nought with a sign
        return best

    def _moves(self, added: tuple[int, ...], own: int, theirs: int, kept: int) -> range:
        if len(added) > 2:
            return range(1)
        return range(-min(FAR, own - kept), min(FAR, theirs) + 1)


def _overlap(off: int) -> tuple[slice, slice]:
    """Give where the cells come to, and where they come from, when all move by so many.

    >>> _overlap(2), _overlap(-1)
    ((slice(2, 17, None), slice(0, 15, None)), (slice(0, 16, None), slice(1, 17, None)))
    """
    width = 2 * FAR + 1
    off = max(-width, min(width, off))
    return slice(max(0, off), width + min(0, off)), slice(max(0, -off), width - max(0, off))
