"""All editions together: what the tables of several editions and rounds tell jointly of each named organisation.

Organisations are alike where every edition says the same of them: whether they bid, and whether they had an award. Each
printed figure and band is a limit on whole numbers, how many organisations of each kind gave each reply. A table is
taken only with a witness for each reply of each kind: numbers that fit all that was printed, checked here in whole
numbers. The solver proposes them; that one is missing means that the table is not printed, and nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from evaluator.equality.disclosure.candidates import NO_ANSWER
from evaluator.equality.disclosure.table import Public
from evaluator.records.results.equality import Band, CharacteristicImpact

Kind = tuple[bool | None, ...]  # by edition: None did not bid, else whether it had an award
Row = tuple[frozenset[int], Band]  # columns that add up to a number within a band


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
        from scipy.optimize import Bounds, LinearConstraint, milp  # slow to import, and seldom needed

        wanted = np.zeros(len(self._pairs))
        wanted[sorted(columns)] = -1 if most else 1
        limits = [band for _, band in self.rows]
        between = LinearConstraint(self._matrix, [b.least for b in limits], [b.most for b in limits])
        found = milp(wanted, constraints=between, integrality=np.ones(len(wanted), int), bounds=Bounds(0, np.inf))
        if found.x is None:
            return None
        numbers = tuple(round(value) for value in found.x)
        return numbers if self.fits(numbers) else None

    def fits(self, numbers: Sequence[int]) -> bool:
        """Whether numbers keep every limit exactly."""
        sums = ((sum(numbers[at] for at in columns), band) for columns, band in self.rows)
        return min(numbers) >= 0 and all(band.least <= total <= band.most for total, band in sums)

    def asked(self) -> Iterator[tuple[frozenset[int], int]]:
        """Give for each kind, and each group of replies that any edition prints, its columns and the kind's number."""
        groups = {group.values for edition in self.editions for group in edition.printed.groups}
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
    for columns, number in joint.asked():
        enough = min(public.margin + 1, number)
        sides = [(True, enough)] if public.outside_tells else []
        for most, limit in [*sides, (False, number - enough)]:
            if any(_meets(one, columns, limit, most=most) for one in witnesses):
                continue
            found = joint.numbers(columns, most=most)
            if found is None or not _meets(found, columns, limit, most=most):
                return False
            witnesses.append(found)
    return True


def _meets(numbers: Sequence[int], columns: frozenset[int], limit: int, *, most: bool) -> bool:
    total = sum(numbers[at] for at in columns)
    return total >= limit if most else total <= limit
