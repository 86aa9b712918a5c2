"""Which numbers may be shown: no number shown, nor a difference of two, may tell the reply of a named organisation.

What each bid came to is public, by name. The reply of its organisation is not. So every cell of the table of lines (the
replies) by outcomes (failed a gate, below the minimum, not recommended, recommended) must hold at least ``threshold``
organisations before it may be shown or worked out, by subtraction too: if one bid fails a gate, then 42 bids of a group
before the gates and 41 after would tell the reply of that one organisation.

Stages are opened one after another: received, then recommended, then the two between. Each opens for the lines whose
cells are all large enough, and only if the other lines together still hide each other: then a hidden count can be
anything over a range at least as wide as the threshold, or as wide as the public totals leave it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

STAGES = 4  # stage s holds the bids with outcome s or a later one; outcome 3 is recommended
OPENING = (0, 3, 2, 1)


@dataclass(frozen=True)
class Line:
    """A reply: its name, its bids by outcome, and the organisations that have a bid of each outcome."""

    name: str
    bids: tuple[int, ...]
    organisations: tuple[frozenset[str], ...]

    def reaching(self, stage: int) -> int:
        """Count the bids that reach a stage."""
        return sum(self.bids[stage:])

    def known(self, outcomes: range) -> int:
        """Count the organisations with a bid of any of these outcomes."""
        return len(frozenset[str]().union(*(self.organisations[o] for o in outcomes)))


@dataclass(frozen=True)
class Opening:
    """One step: the stages open so far, and the public totals of each outcome."""

    stages: tuple[int, ...]
    totals: tuple[int, ...]
    threshold: int

    @property
    def classes(self) -> tuple[range, ...]:
        """Outcomes that the open stages do not tell apart; a class without any bid tells nothing and is left out."""
        between = (range(start, end) for start, end in pairwise((*self.stages, STAGES)))
        return tuple(outcomes for outcomes in between if self._sum(self.totals, outcomes))

    def large(self, line: Line) -> bool:
        """Whether each cell of a line is large enough, and so is every part of one that public totals nearly tell."""
        return all(
            line.known(outcomes) >= self.threshold and self._parts_stay_large(line, outcomes)
            for outcomes in self.classes
        )

    def _parts_stay_large(self, line: Line, outcomes: range) -> bool:
        """Whether no part of a class is small and nearly known, because few bids in all have its other outcomes."""
        within, all_within = self._sum(line.bids, outcomes), self._sum(self.totals, outcomes)
        parts = (range(*ends) for ends in combinations((*outcomes, outcomes.stop), 2))
        others = (all_within - self._sum(self.totals, part) for part in parts)
        return all(within - number >= self.threshold for number in others if number < self.threshold)

    def _sum(self, bids: tuple[int, ...], outcomes: range) -> int:
        return sum(bids[outcomes.start : outcomes.stop])

    def room(self, lines: Iterable[Line]) -> int:
        """Give the organisations that these lines have together in the class where they have the fewest."""
        lines = tuple(lines)
        return min(sum(line.known(outcomes) for line in lines) for outcomes in self.classes)


def _hide_each_other(new: Opening, old: Opening | None, hidden: tuple[Line, ...], within: tuple[Line, ...]) -> bool:
    """Whether each of the hidden lines could be anything, given the stages open before for those of them ``within``.

    A hidden line is known to have a bid, hence an allowance of one for each.
    """
    least = new.threshold + len(hidden)
    if len(hidden) < 2 or new.room(hidden) < least:
        return False
    counted = (line for line in hidden if line in within)
    return old is None or all(old.room(other for other in hidden if other != line) >= least for line in counted)


def _safe(new: Opening, old: Opening | None, within: tuple[Line, ...], lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Give the lines, of those ``within``, that may be shown at the new stages; the smallest hide the smaller still."""
    ranked = sorted(filter(new.large, within), key=lambda line: (new.room([line]), line.reaching(0), line.name))
    for start in range(len(ranked)):
        shown = tuple(ranked[start:])
        hidden = tuple(line for line in lines if line not in shown)
        # One line that holds every bid would tell the reply of every organisation.
        if (not hidden and len(shown) > 1) or (hidden and _hide_each_other(new, old, hidden, within)):
            return shown
    return ()


def shown_stages(lines: tuple[Line, ...], threshold: int) -> Mapping[str, frozenset[int]]:
    """Say which stages may be shown for each line of one characteristic.

    Parameters
    ----------
    lines : every reply with its bids; all bids of the programme are in one of them.
    threshold : the smallest number of organisations that a shown number may be about; 1 withholds nothing.

    Returns
    -------
    for each line's name, the stages (0 received to 3 recommended) that may be shown for it. A line without bids is
    shown as nought throughout, unless nothing else is shown.

    >>> many, few = frozenset(map(str, range(40))), frozenset("ab")
    >>> lines = (Line("A", (0, 0, 20, 20), (few, few, many, many)), Line("B", (0, 0, 2, 0), (few, few, few, few)))
    >>> sorted(shown_stages(lines, 10)["A"]), sorted(shown_stages(lines, 1)["B"])
    ([], [0, 1, 2, 3])
    """
    everything = frozenset(range(STAGES))
    if threshold <= 1 or not any(line.reaching(0) for line in lines):
        return dict.fromkeys((line.name for line in lines), everything)
    totals = tuple(sum(line.bids[o] for line in lines) for o in range(STAGES))
    filled = tuple(line for line in lines if line.reaching(0))
    shown = {line.name: frozenset[int]() if line in filled else everything for line in lines}
    opened: Opening | None = None
    within = filled
    for stage in OPENING:
        stages = opened.stages if opened else ()
        new = Opening(tuple(sorted((*stages, stage))), totals, threshold)
        safe = _safe(new, opened, within, filled)
        if safe:
            opened, within = new, safe
            shown |= {line.name: _with_equals(new.stages, totals) for line in safe}
        elif opened is None:
            return dict.fromkeys(shown, frozenset[int]())
    return shown


def _with_equals(stages: tuple[int, ...], totals: tuple[int, ...]) -> frozenset[int]:
    """Add the stages that no bid tells apart from an open one, as when every bid passes the gates."""
    same = (stage for stage in range(STAGES) for s in stages if not sum(totals[min(s, stage) : max(s, stage)]))
    return frozenset((*stages, *same))
