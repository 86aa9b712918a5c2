"""The forms in which a question can be printed, in the published order, and the table that each gives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evaluator.equality.disclosure.table import Cell, Printed, Public, band_of, cell
from evaluator.records.results.equality import Band

World = Mapping[str, tuple[int, int]]  # by reply: organisations, and those of them with an award; "" gave no answer
NO_ANSWER = ""


@dataclass(frozen=True)
class Rung:
    """A grouping of the replies: its name, and the replies of each group by the group's name."""

    name: str
    groups: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Form:
    """How a question can be printed: its grouping, the width of its bands, and whether awards are told."""

    rung: Rung
    width: int
    awards: bool

    def counts(self, world: World) -> Iterator[tuple[int, int]]:
        """Give size and funded of each group, and last of those without an answer."""
        for values in (*self.rung.groups.values(), (NO_ANSWER,)):
            pairs = [world.get(value, (0, 0)) for value in values]
            yield sum(size for size, _ in pairs), sum(funded for _, funded in pairs)

    def printed(self, world: World, public: Public) -> Printed:
        """Give the table that a reader would know."""
        counts = tuple(self.counts(world))
        last = len(counts) - 1
        cells = (self._cell(*pair, public, told=self.awards and at < last) for at, pair in enumerate(counts))
        return Printed(public, tuple(cells))

    def _cell(self, size: int, funded: int, public: Public, *, told: bool) -> Cell:
        sizes = band_of(size, public.organisations, public.few, self.width)
        whole = min(sizes.most, public.funded)
        awards = band_of(funded, whole, public.few, self.width) if told else Band(0, whole)
        return cell(sizes, awards)


def forms(rungs: Sequence[Rung], widths: Sequence[int], public: Public) -> tuple[Form, ...]:
    """Give the forms in the published order, finest first; which there are rests on public numbers alone."""
    with_awards = [Form(rung, width, awards=True) for rung in rungs for width in widths]
    sizes = [Form(rung, widths[-1], awards=False) for rung in rungs]
    if public.organisations < 4 * public.few:
        return ()
    return (*(with_awards if public.awards_can_be_shown else ()), *sizes)
