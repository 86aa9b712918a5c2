"""Which numbers may be shown: no number shown, nor a difference of two, may tell the reply of a named organisation.

What each bid came to is public, by name. The reply of its organisation is not. So every cell of the table of lines (the
replies) by outcomes (failed a gate, below the minimum, not recommended, recommended) must hold at least ``threshold``
organisations before it may be shown or worked out, by subtraction too: if one bid fails a gate, then 42 bids of a group
before the gates and 41 after would tell the reply of that one organisation.

Stages are opened one after another: received, then recommended, then those between, and the themes last. Each opens for
the lines whose cells are all large enough, and only if the other lines together still hide each other: then a hidden
count can be anything over a range at least as wide as the threshold, or as wide as the public totals leave it.

Cells are numbered outcome by outcome, and within an outcome theme by theme.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, pairwise

BY_THEME = -1  # stands among the stages where a line may be shown theme by theme
Cells = tuple[int, ...]


@dataclass(frozen=True)
class Line:
    """A reply: its name, its bids in each cell, and the organisations that have a bid there."""

    name: str
    bids: tuple[int, ...]
    organisations: tuple[frozenset[str], ...]

    @property
    def size(self) -> int:
        """Count all its bids."""
        return sum(self.bids)

    def known(self, cells: Cells) -> int:
        """Count the organisations with a bid in any of these cells."""
        return len(frozenset[str]().union(*(self.organisations[cell] for cell in cells)))


@dataclass(frozen=True)
class Opening:
    """One step: the stages open so far, whether theme by theme, and the public total of each cell."""

    stages: tuple[int, ...]
    by_theme: bool
    themes: int
    totals: tuple[int, ...]
    threshold: int

    @cached_property
    def _ranges(self) -> tuple[range, ...]:
        """The outcomes that the open stages do not tell apart."""
        return tuple(range(start, end) for start, end in pairwise((*self.stages, len(self.totals) // self.themes)))

    @cached_property
    def classes(self) -> tuple[Cells, ...]:
        """Cells that are not told apart; a class without any bid tells nothing and is left out."""
        every = [range(theme, theme + 1) for theme in range(self.themes)] if self.by_theme else [range(self.themes)]
        found = (self._cells(outcomes, themes) for outcomes in self._ranges for themes in every)
        return tuple(cells for cells in found if self._sum(self.totals, cells))

    @cached_property
    def _parts(self) -> tuple[tuple[Cells, int], ...]:
        """Give each class with the number of bids in all that are outside a part of it, where that number is small."""
        one = [range(theme, theme + 1) for theme in range(self.themes)]
        found = set()
        for outcomes in self._ranges:
            for ends in combinations((*outcomes, outcomes.stop), 2):
                for themes in (range(self.themes), *one):
                    part = set(self._cells(range(*ends), themes))
                    found |= {(cells, self._sum(self.totals, tuple(set(cells) - part))) for cells in self.classes}
        return tuple((cells, rest) for cells, rest in sorted(found) if rest < self.threshold)

    def _cells(self, outcomes: range, themes: range) -> Cells:
        return tuple(outcome * self.themes + theme for outcome in outcomes for theme in themes)

    def large(self, line: Line) -> bool:
        """Whether each cell of a line is large enough, and so is every part of one that public totals nearly tell."""
        return all(line.known(cells) >= self.threshold for cells in self.classes) and all(
            self._sum(line.bids, cells) - rest >= self.threshold for cells, rest in self._parts
        )

    def _sum(self, bids: tuple[int, ...], cells: Cells) -> int:
        return sum(bids[cell] for cell in cells)

    def room(self, lines: Iterable[Line]) -> int:
        """Give the organisations that these lines have together in the class where they have the fewest."""
        lines = tuple(lines)
        return min(sum(line.known(cells) for line in lines) for cells in self.classes)


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
    ranked = sorted(filter(new.large, within), key=lambda line: (new.room([line]), line.size, line.name))
    for start in range(len(ranked)):
        shown = tuple(ranked[start:])
        hidden = tuple(line for line in lines if line not in shown)
        # One line that holds every bid would tell the reply of every organisation.
        if (not hidden and len(shown) > 1) or (hidden and _hide_each_other(new, old, hidden, within)):
            return shown
    return ()


def shown_stages(lines: tuple[Line, ...], threshold: int, themes: int = 1) -> Mapping[str, frozenset[int]]:
    """Say which stages may be shown for each line of one characteristic.

    Parameters
    ----------
    lines : every reply with its bids; all bids of the programme are in one of them.
    threshold : the smallest number of organisations that a shown number may be about; 1 withholds nothing.
    themes : how many themes the cells of each outcome tell apart.

    Returns
    -------
    for each line's name, the stages (0 received to the last, recommended) that may be shown for it, and ``BY_THEME``
    where it may be shown theme by theme too. A line without bids is shown as nought throughout, unless nothing else is.

    >>> many, few = frozenset(map(str, range(40))), frozenset("ab")
    >>> lines = (Line("A", (0, 0, 20, 20), (few, few, many, many)), Line("B", (0, 0, 2, 0), (few, few, few, few)))
    >>> sorted(shown_stages(lines, 10)["A"]), sorted(shown_stages(lines, 1)["B"])
    ([], [-1, 0, 1, 2, 3])
    """
    totals = tuple(map(sum, zip(*(line.bids for line in lines), strict=True)))
    stages = len(totals) // themes
    everything = frozenset(range(BY_THEME, stages))
    if threshold <= 1 or not sum(totals):
        return dict.fromkeys((line.name for line in lines), everything)
    filled = tuple(line for line in lines if line.size)
    shown = {line.name: frozenset[int]() if line in filled else everything for line in lines}
    opened: Opening | None = None
    within = filled
    for step in (0, *range(stages - 1, 0, -1), BY_THEME):
        if step == BY_THEME and (opened is None or stages - 1 not in opened.stages):
            break  # theme by theme the awards are shown too, so they have to be open as a whole
        new = _further(opened or Opening((), by_theme=False, themes=themes, totals=totals, threshold=threshold), step)
        safe = _safe(new, opened, within, filled)
        if safe:
            opened, within = new, safe
            shown |= {line.name: _with_equals(new, stages) for line in safe}
        elif opened is None:
            return dict.fromkeys(shown, frozenset[int]())
    return shown


def _further(opened: Opening, step: int) -> Opening:
    if step == BY_THEME:
        return replace(opened, by_theme=True)
    return replace(opened, stages=tuple(sorted((*opened.stages, step))))


def _with_equals(opened: Opening, stages: int) -> frozenset[int]:
    """Add the stages that no bid tells apart from an open one, as when every bid passes the gates."""
    ends = [sum(opened.totals[: stage * opened.themes]) for stage in range(stages)]
    same = (stage for stage in range(stages) for open_stage in opened.stages if ends[stage] == ends[open_stage])
    return frozenset((*opened.stages, *same, *((BY_THEME,) if opened.by_theme else ())))
