"""All editions together: what the tables of several editions and rounds tell jointly of each named organisation.

Organisations are alike where every edition says the same of them: whether they bid, and whether they had an award. Each
printed figure and band is a limit on whole numbers, how many organisations of each kind gave each reply. A table is
taken only with a witness for each reply of each kind: numbers that fit all that was printed, checked here in whole
numbers. The solver proposes them; that one is missing means that the table is not printed, and nothing else.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from evaluator.equality.disclosure.candidates import NO_ANSWER, World
from evaluator.equality.disclosure.table import Public
from evaluator.records.results.equality import Band, CharacteristicImpact

Kind = tuple[bool | None, ...]  # by edition: None did not bid, else whether it had an award
Row = tuple[frozenset[int], Band]  # columns that add up to a number within a band
FAR = 100  # how much more the changes of one group weigh than one reply of one kind


@dataclass(frozen=True)
class Edition:
    """What one edition said of one question: who bid, who had an award, and the table."""

    organisations: Mapping[str, bool]
    printed: CharacteristicImpact


@dataclass(frozen=True)
class Joint:
    """The tables of several editions as one system in whole numbers: a column for each kind and reply."""

    editions: tuple[Edition, ...]
    values: tuple[str, ...]

    @cached_property
    def kinds(self) -> Mapping[Kind, int]:
        """How many organisations there are of each kind."""
        found: dict[Kind, int] = {}
        for name in sorted({name for one in self.editions for name in one.organisations}):
            kind = tuple(one.organisations.get(name) for one in self.editions)
            found[kind] = found.get(kind, 0) + 1
        return found

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every limit: the number of each kind, and every figure and band that was printed."""
        found = [(self._columns({kind}, self._all), Band(number, number)) for kind, number in self.kinds.items()]
        for at, edition in enumerate(self.editions):
            bid = {kind for kind in self.kinds if kind[at] is not None}
            won = {kind for kind in self.kinds if kind[at]}
            if edition.printed.no_answer:
                found.append((self._columns(bid, (NO_ANSWER,)), edition.printed.no_answer))
            for group in edition.printed.groups:
                found.append((self._columns(bid, group.values), group.organisations))
                found += [(self._columns(won, group.values), group.funded)] if group.funded else []
        return tuple(found)

    @property
    def _all(self) -> tuple[str, ...]:
        return (*self.values, NO_ANSWER)

    def _columns(self, kinds: set[Kind], values: Sequence[str]) -> frozenset[int]:
        wanted = set(values)
        return frozenset(at for at, (kind, value) in enumerate(self._pairs) if kind in kinds and value in wanted)

    @cached_property
    def _pairs(self) -> tuple[tuple[Kind, str], ...]:
        return tuple((kind, value) for kind in self.kinds for value in self._all)

    @cached_property
    def _matrix(self) -> NDArray[np.float64]:
        matrix = np.zeros((len(self.rows), len(self._pairs)))
        for at, (columns, _) in enumerate(self.rows):
            matrix[at, sorted(columns)] = 1
        return matrix

    def numbers(self, columns: frozenset[int], *, most: bool) -> tuple[int, ...] | None:
        """Give whole numbers that fit everything and make some columns as many, or as few, as the solver finds."""
        return self.heaviest((columns, 1 if most else -1))

    def heaviest(self, *weighted: tuple[frozenset[int], int]) -> tuple[int, ...] | None:
        """Give whole numbers that fit everything and weigh as much as the solver finds; each column has its weight."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # slow to import, and seldom needed

        costs = np.zeros(len(self._pairs))
        for columns, weight in weighted:
            costs[sorted(columns)] -= weight
        limits = [band for _, band in self.rows]
        between = LinearConstraint(self._matrix, [b.least for b in limits], [b.most for b in limits])
        found = milp(costs, constraints=between, integrality=np.ones(len(costs), int), bounds=Bounds(0, np.inf))
        if found.x is None:
            return None
        numbers = tuple(round(value) for value in found.x)
        return numbers if self.fits(numbers) else None

    def fits(self, numbers: Sequence[int]) -> bool:
        """Whether numbers keep every limit exactly."""
        sums = ((sum(numbers[at] for at in columns), band) for columns, band in self.rows)
        return min(numbers) >= 0 and all(band.least <= total <= band.most for total, band in sums)

    def world(self, numbers: Sequence[int]) -> World:
        """Count for the last edition the organisations of each reply, and those of them with an award."""
        found = dict.fromkeys(self._all, (0, 0))
        for (kind, value), number in zip(self._pairs, numbers, strict=True):
            if kind[-1] is not None:
                size, funded = found[value]
                found[value] = size + number, funded + number * kind[-1]
        return found

    def changed(self, value: str) -> tuple[frozenset[int], frozenset[int]]:
        """Give the columns of a reply that came to an award between the last two editions, and that lost one."""
        came, went = ({kind for kind in self.kinds if kind[-2:] == ends} for ends in ((False, True), (True, False)))
        return self._columns(came, (value,)), self._columns(went, (value,))

    def asked(self, values: Sequence[str] = ()) -> Iterator[tuple[frozenset[int], int]]:
        """Give for each kind, and each group of replies that any edition prints, its columns and the kind's number."""
        groups = {group.values for edition in self.editions for group in edition.printed.groups}
        groups |= {(value,) for value in values}
        for kind, number in self.kinds.items():
            for values in sorted(groups):
                yield self._columns({kind}, values), number


def keep_the_rule(editions: Sequence[Edition], values: Sequence[str], public: Public) -> bool | None:
    """Whether no reply is told by all editions together, nor bounded beyond the margin; None where none can be true.

    Parameters
    ----------
    editions : with their tables; replies are taken to be the same in all of them.
    values : the replies that the question offers.
    public : the margin, and whether it tells that an organisation is in no group.
    """
    joint = Joint(tuple(editions), tuple(values))
    first = joint.numbers(frozenset(), most=True)
    if first is None:
        return None
    witnesses = [first]
    for want in _wants(joint, public):
        if any(want.is_met(one) for one in witnesses):
            continue
        found = joint.numbers(want.columns, most=want.most)
        if found is None or not want.is_met(found):
            return False
        witnesses.append(found)
    return True


def refusals_leave_open(
    before: Sequence[Edition], now: Edition, values: Sequence[str], public: Public, refused: Callable[[World], bool]
) -> bool:
    """Whether replies for which a new table is refused leave each reply open, by what is public alone.

    Where a table could be printed anew and is not, everyone knows that it was refused, and so what it would have told.

    Parameters
    ----------
    before : the editions that printed a table, the last of them last.
    now : who bids and who has an award now, and no table.
    values, public : as above.
    refused : whether the table of such replies would be refused.
    """
    joint = Joint((*before, now), tuple(values))
    open_wants = list(_wants(joint, public, values))
    for value in values:
        came, went = joint.changed(value)
        for side in (FAR, -FAR):
            for want in tuple(open_wants):
                lean = (want.columns, 1 if want.most else -1)
                found = joint.heaviest((came, side), (went, -side), lean) if want in open_wants else None
                if found and refused(joint.world(found)):
                    open_wants = [one for one in open_wants if not one.is_met(found)]
    return not open_wants


@dataclass(frozen=True)
class Want:
    """That as many organisations of a kind as a limit, or as few, can have given one of some replies."""

    columns: frozenset[int]
    limit: int
    most: bool

    def is_met(self, numbers: Sequence[int]) -> bool:
        """Whether it is so in a set of replies."""
        total = sum(numbers[at] for at in self.columns)
        return total >= self.limit if self.most else total <= self.limit


def _wants(joint: Joint, public: Public, values: Sequence[str] = ()) -> Iterator[Want]:
    """Give all that has to be possible: for each kind one more than the margin in each group, and out of it."""
    for columns, number in joint.asked(values):
        enough = min(public.margin + 1, number)
        if public.outside_tells:
            yield Want(columns, enough, most=True)
        yield Want(columns, number - enough, most=False)
