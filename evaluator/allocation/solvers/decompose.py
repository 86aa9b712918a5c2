"""What of a model must be solved together: rows that others imply go, and what no row binds together stands apart."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from evaluator.allocation.model.model import Model, Row, Terms
from evaluator.records.programme.rules import TRAITS

SMALL = 12  # variables; parts smaller than this are solved in one go

Ranges = Mapping[int, tuple[int, int]]  # least and most of variables that are not nought or one
NO_RANGES: Ranges = {}
REACH = 10**14  # of a weight in a row; HiGHS refuses a model with one of 10**15


def substituted(rows: Iterable[Row], fixed: Mapping[int, int]) -> Iterator[Row]:
    """Take fixed variables out of rows: what they use comes off the limits."""
    if not fixed:
        yield from rows
        return
    for row in rows:
        used = sum(weight * fixed[at] for at, weight in row.terms if at in fixed)
        terms = tuple(term for term in row.terms if term[0] not in fixed)
        least = None if row.least is None else row.least - used
        most = None if row.most is None else row.most - used
        changed = len(terms) < len(row.terms)
        yield (
            Row(row.rule, row.kind, row.subject, terms, least, most, row.unit, row.scale, row.year) if changed else row
        )


def tightened(rows: Iterable[Row], ranges: Ranges = NO_RANGES) -> Iterator[Row | None]:
    """Divide each row by what divides all of it and leave out what cannot bind; None for a row that cannot hold."""
    for row in rows:
        weights = [weight for _, weight in row.terms]
        lowest = sum(weight for weight in weights if weight < 0) if min(weights, default=0) < 0 else 0
        highest = sum(weights) - lowest
        for at, weight in row.terms if ranges else ():
            ends = [weight * end for end in ranges.get(at, (0, 1))]
            lowest, highest = lowest + min(ends) - min(0, weight), highest + max(ends) - max(0, weight)
        least = row.least if row.least is not None and row.least > lowest else None
        most = row.most if row.most is not None and row.most < highest else None
        if (least is not None and least > highest) or (most is not None and most < lowest):
            yield None
        elif least is not None or most is not None:
            divisor = math.gcd(*weights)
            same = divisor == 1 and 0 not in weights
            terms = row.terms if same else tuple((at, weight // divisor) for at, weight in row.terms if weight)
            least = None if least is None else -(-least // divisor)
            most = None if most is None else most // divisor
            yield Row(row.rule, row.kind, row.subject, terms, least, most)


def divided(terms: Terms) -> Terms:
    """Divide whole numbers by what divides them all.

    >>> divided(((0, 600), (1, 400)))
    ((0, 3), (1, 2))
    """
    divisor = math.gcd(*(weight for _, weight in terms)) or 1
    return tuple((at, weight // divisor) for at, weight in terms)


def needed(rows: Sequence[Row], objective: Terms) -> list[Row]:
    """Leave out the rows that count coverage where nothing asks for it."""
    asked = {at for at, _ in objective}
    asked |= {at for row in rows if row.kind != "coverage" for at, _ in row.terms}
    return [row for row in rows if row.kind != "coverage" or row.terms[0][0] in asked]


def unimplied(model: Model, rows: Sequence[Row]) -> list[Row]:
    """Leave out the limits on all money that the limits of the themes keep without them."""
    narrow: dict[str, list[Row]] = {}
    for row in rows:
        if row.unit == "money" and row.most is not None and TRAITS[row.kind].scope == "theme":
            narrow.setdefault(row.subject, []).append(row)
    if not narrow:
        return list(rows)
    return [row for row in rows if not _is_whole(row) or _reach(model, row, narrow) > (row.most or 0)]


def _is_whole(row: Row) -> bool:
    """Whether a row limits the money of all themes together."""
    return row.most is not None and row.kind in TRAITS and TRAITS[row.kind].is_whole_budget


def _reach(model: Model, wide: Row, narrow: Mapping[str, Sequence[Row]]) -> int:
    """Give the most that all awards can use of a row under the limits of each theme on the same amounts."""
    weights = dict(wide.terms)
    spent: dict[str, dict[str, int]] = {}
    for at, weight in wide.terms:
        one = model.choices[at].candidate
        its = spent.setdefault(one.theme, {})
        its[one.bid] = max(weight, its.get(one.bid, 0))
    return sum(
        min([sum(its.values()), *(row.most or 0 for row in narrow.get(theme, ()) if _same(row, weights))])
        for theme, its in spent.items()
    )


def _same(row: Row, weights: Mapping[int, int]) -> bool:
    return (
        all(weights.get(at, 0) <= weight for at, weight in row.terms)
        and min((weight for _, weight in row.terms), default=0) >= 0
    )


def components(variables: Iterable[int], rows: Iterable[Row]) -> list[list[int]]:
    """Split variables into groups that no row binds together, each in order, by their first.

    >>> components(range(4), [Row("R1", "budget", "", ((0, 5), (2, 5)), most=9)])
    [[0, 2], [1], [3]]
    """
    root = {at: at for at in variables}

    def find(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    for row in rows:
        if row.terms:
            first = find(row.terms[0][0])
            for at, _ in row.terms:
                root[find(at)] = first
    found: dict[int, list[int]] = {}
    for at in root:
        found.setdefault(find(at), []).append(at)
    return sorted(sorted(its) for its in found.values())


def gathered(groups: Sequence[list[int]]) -> list[list[int]]:
    """Put the small groups together: a solver takes longer to start than to solve them."""
    small = sorted(at for its in groups if len(its) < SMALL for at in its)
    return [its for its in groups if len(its) >= SMALL] + ([small] if small else [])


def split(row: Row, group_of: Mapping[int, int], taken: frozenset[int]) -> Iterator[Row]:
    """Hold each part of a proven stage to what it reaches: the whole is the best only where each part is."""
    terms: dict[int, list[tuple[int, int]]] = {}
    for at, weight in row.terms:
        terms.setdefault(group_of.get(at, -1), []).append((at, weight))
    for _, its in sorted(terms.items()):
        yield replace(row, terms=tuple(its), least=sum(weight for at, weight in its if at in taken))


def coarse_unit(row: Row) -> int:
    """Give what a row's weights are divided by for a solver, which refuses numbers of 16 digits."""
    return max((abs(weight) for _, weight in row.terms), default=0) // REACH + 1


def within_reach(row: Row) -> tuple[Row, ...]:
    """Give a row in numbers that a solver takes: as it is, or each side rounded so that no set which keeps it is lost.

    >>> (most,) = within_reach(Row("R1", "theme_share", "", ((0, 25 * 10**14), (1, -5)), None, 51))
    >>> most.terms, most.least, most.most
    (((0, 96153846153846), (1, -1)), None, 1)
    """
    unit = coarse_unit(row)
    if unit == 1:
        return (row,)
    least = tuple((at, -(-weight // unit)) for at, weight in row.terms)
    most = tuple((at, weight // unit) for at, weight in row.terms)
    below = () if row.least is None else (replace(row, terms=least, least=-(-row.least // unit), most=None),)
    above = () if row.most is None else (replace(row, terms=most, least=None, most=row.most // unit),)
    return (*below, *above)
