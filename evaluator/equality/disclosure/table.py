"""A printed table of one question, and what any reader can work out from it: exact bounds, without a search.

Organisations are counted: those that bid, and those with an award. Every group has ``size`` and ``funded``, each known
to lie in a band; the sums over all groups, among them those that gave no answer, are public. Sizes, funded and not
funded are bounded by intervals whose normals are (1, 0), (0, 1) and (1, -1). Polygons with these normals alone add up
facet by facet, and their whole points with them, so the three sums decide exactly what is possible.
"""

from dataclasses import dataclass
from functools import cached_property

from evaluator.records.results.equality import Band


def band_of(value: int, whole: int, few: int, width: int) -> Band:
    """Give the published band in which a count lies: few, few short of the whole, or one of ``width`` between.

    >>> [band_of(n, 25, 3, 5) for n in (0, 3, 7, 8, 22, 23)][:3]
    [Band(least=0, most=2), Band(least=3, most=7), Band(least=3, most=7)]
    >>> band_of(23, 25, 3, 5), band_of(12, 25, 3, 1), band_of(2, 4, 3, 1)
    (Band(least=23, most=25), Band(least=12, most=12), Band(least=0, most=4))
    """
    if whole < 2 * few - 1:
        return Band(0, whole)
    if value < few:
        return Band(0, few - 1)
    if value > whole - few:
        return Band(whole - few + 1, whole)
    least = few + (value - few) // width * width
    return Band(least, min(least + width - 1, whole - few))


@dataclass(frozen=True, slots=True)
class Cell:
    """What a reader knows of one group: how many organisations it has, and how many of them have an award."""

    size: Band
    funded: Band

    @property
    def others(self) -> Band:
        """Those without an award."""
        return Band(max(0, self.size.least - self.funded.most), self.size.most - self.funded.least)


def cell(size: Band, funded: Band) -> Cell:
    """Make a cell whose bands say no more than they can together: nobody is funded who did not bid."""
    most = min(funded.most, size.most)
    return Cell(Band(max(size.least, funded.least), size.most), Band(funded.least, most))


@dataclass(frozen=True)
class Public:
    """What everyone knows: how many organisations replied or could have, how many have an award, and the rule."""

    organisations: int
    funded: int
    few: int
    margin: int
    outside_tells: bool  # whether it is a betrayed reply that an organisation is not in a group

    @property
    def others(self) -> int:
        """Organisations without an award."""
        return self.organisations - self.funded

    @property
    def awards_can_be_shown(self) -> bool:
        """Whether both sides have bands that differ, by numbers that everyone knows."""
        return min(self.funded, self.others) >= 2 * self.few - 1


@dataclass(frozen=True)
class Printed:
    """All cells of a question, the last of them those that gave no answer."""

    public: Public
    cells: tuple[Cell, ...]

    @cached_property
    def columns(self) -> tuple[tuple[Band, ...], tuple[Band, ...], tuple[Band, ...]]:
        """Sizes, funded and others, each cell by cell."""
        return (
            tuple(one.size for one in self.cells),
            tuple(one.funded for one in self.cells),
            tuple(one.others for one in self.cells),
        )

    @cached_property
    def rests(self) -> tuple[tuple[Band, Band, Band], ...]:
        """For each cell, what sizes, funded and others of all other cells add up to at least and at most."""
        sums = [(sum(one.least for one in column), sum(one.most for one in column)) for column in self.columns]
        return tuple(
            tuple(Band(least - one.least, most - one.most) for (least, most), one in zip(sums, own, strict=True))  # type: ignore[misc]
            for own in zip(*self.columns, strict=True)
        )

    @cached_property
    def hidden(self) -> tuple[int, ...]:
        """How much the bands of all groups hide together, by column."""
        return tuple(sum(one.most - one.least for one in column[:-1]) for column in self.columns)

    def funded(self, at: int) -> Band:
        """Give the fewest and most organisations of a group that can have an award, by all that is printed."""
        own, rest, public = self.cells[at], self.rests[at], self.public
        losers_most, losers_least = public.others - rest[2].most, public.others - rest[2].least
        size_least = max(own.size.least, public.organisations - rest[0].most)
        size_most = min(own.size.most, public.organisations - rest[0].least)
        least = max(own.funded.least, public.funded - rest[1].most, size_least - losers_least)
        return Band(least, min(own.funded.most, public.funded - rest[1].least, size_most - max(0, losers_most)))

    def others(self, at: int) -> Band:
        """Give the fewest and most of a group that can have no award."""
        own, rest, public = self.cells[at], self.rests[at], self.public
        size_least = max(own.size.least, public.organisations - rest[0].most)
        size_most = min(own.size.most, public.organisations - rest[0].least)
        funded_least = max(own.funded.least, public.funded - rest[1].most)
        funded_most = min(own.funded.most, public.funded - rest[1].least)
        lost = self.columns[2][at]
        least = max(lost.least, public.others - rest[2].most, size_least - funded_most)
        return Band(least, min(lost.most, public.others - rest[2].least, size_most - funded_least))

    def size(self, at: int) -> Band:
        """Give the fewest and most organisations that a group can have."""
        funded, others = self.funded(at), self.others(at)
        own, rest = self.cells[at].size, self.rests[at][0]
        least = max(own.least, self.public.organisations - rest.most, funded.least + others.least)
        return Band(least, min(own.most, self.public.organisations - rest.least, funded.most + others.most))

    def keeps_the_rule(self, *, awards: bool) -> bool:
        """Whether nobody's reply is told, nor bounded beyond the margin, even to one who knows its own reply.

        Beside the margin the rest of the table must leave room for ``few`` in every group and outside it, or hide as
        much as the lowest band in bands of other groups, so that a refusal tells no more than the lowest band says.
        """
        kinds = [(self.funded, 1, self.public.funded), (self.others, 2, self.public.others)] if awards else []
        kinds = kinds or [(self.size, 0, self.public.organisations)]
        return all(
            self._is_open(bounds(at), self.rests[at][column], whole, self._hidden(at, column), named=at < self._last)
            for bounds, column, whole in kinds
            for at in range(len(self.cells))
        )

    @property
    def _last(self) -> int:
        return len(self.cells) - 1

    def _hidden(self, at: int, column: int) -> int:
        """Give how much the bands of the other groups hide together."""
        own = self.columns[column][at]
        return self.hidden[column] - (own.most - own.least if at < self._last else 0)

    def _is_open(self, bounds: Band, rest: Band, whole: int, hidden: int, *, named: bool) -> bool:
        """Whether enough can be out of a group, and in it; that an organisation gave an answer is no reply of its."""
        enough, room = min(self.public.margin + 1, whole), min(self.public.few, whole)
        by_bands = hidden >= self.public.few - 1
        out = whole - bounds.least >= enough and (by_bands or rest.most >= room)
        within = bounds.most >= enough and (by_bands or whole - rest.least >= room)
        return out and (within or not (named and self.public.outside_tells))
