"""Every way to fund a few bids, counted one by one without any solver.

For small problems this is a third check of the result. Where few choices are still open, it also lists every set that
equals another in score and pence: one half of the choices is met with the other, sum by sum.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from evaluator.allocation.model.model import COVERED, WEIGHTS, Model, Row, value_of
from evaluator.allocation.proof.awards import Disagreement
from evaluator.records.programme.allocation_policy import Objective
from evaluator.records.programme.rules import TRAITS

MOST_CHOICES = 14
FEW_OPEN, MOST_OPEN = 20, 40  # choices left open between equal sets: all ways are gone through, or halves are met
MOST_MET = 2**14  # ways that come to the same sums, before the rules are looked at
EXACT = 2**60  # sums below it are exact in 64 bits

Ints = npt.NDArray[np.int64]
Sets = tuple[tuple[int, ...], ...]


def checked_by_enumeration(model: Model, sets: Sequence[Sequence[int]], complete: bool) -> str:
    """Hold the best sets of awards to every way there is; empty where there is no choice, or too many ways.

    Parameters
    ----------
    sets : the best sets that were found, as positions of choices; none where no set was said to keep the rules.
    complete : whether these are said to be all.

    Raises
    ------
    Disagreement : where another set keeps the rules and is better or equal; a mistake of ours.
    """
    count = len(model.choices)
    if not count or count > MOST_CHOICES or _greatest(model) > EXACT:
        return ""
    ways = _kept(_Open(model, tuple(range(count))))
    for objective in model.objectives:
        values = ways.values(objective)
        ways = ways.where(values == values.max() if len(values) else values == 0)
    best = set(ways.sets())
    found = {tuple(one) for one in sets}
    if not found <= best or (complete and found != best):
        raise Disagreement(f"counting every way finds {len(best)} best sets of awards; {len(found)} were given")
    whole = f"Every one of the {2**count:,} ways to fund these bids was counted without a solver"
    if not best:
        return f"{whole}: none keeps every rule."
    equal = "no other equals it" if len(best) == 1 else f"{len(best)} are equal"
    return f"{whole}: none is better, and {equal}."


@dataclass(frozen=True)
class _Open:
    """Ways to take some choices, the others being settled: each a number, whose bits say which open ones it takes.

    ``numbers`` is None for every way there is.
    """

    model: Model
    places: tuple[int, ...]  # of the open choices: a way's lowest bit is the first
    taken: frozenset[int] = frozenset()  # among the settled ones
    numbers: Ints | None = None

    @property
    def ways(self) -> Ints:
        """The ways, as numbers."""
        return np.arange(2 ** len(self.places)) if self.numbers is None else self.numbers

    def where(self, kept: npt.NDArray[np.bool_]) -> "_Open":
        """Give those of the ways that are to be kept."""
        return replace(self, numbers=self.ways[kept])

    def sets(self) -> Sets:
        """Give the ways as positions of choices, what is settled among them."""
        return tuple(
            tuple(sorted((*self.taken, *(at for bit, at in enumerate(self.places) if way >> bit & 1))))
            for way in self.ways.tolist()
        )

    def sum(self, terms: Sequence[tuple[int, int]]) -> Ints:
        """Add up terms for each way."""
        weights = dict.fromkeys(self.places, 0)
        settled, held = 0, np.zeros(1, dtype=np.int64)
        for at, weight in terms:
            if at in weights:
                weights[at] += weight
            elif at in self.taken:
                settled += weight
            elif at in self.model.grounds:
                held = held + weight * self.holds(at)
        if len(self.ways) << 6 >= 1 << len(self.places):  # many of all there are
            return _sums(list(weights.values()))[self.ways] + settled + held
        sums = np.full(len(self.ways), settled, dtype=np.int64) + held
        for bit, weight in enumerate(weights.values()):
            sums += (self.ways >> bit & 1) * weight
        return sums

    def holds(self, ground: int) -> npt.NDArray[np.bool_]:
        """Say for each way whether a ground holds on which a bid may be passed over."""
        row = next(row for row in self.model.rows if row.kind == "ground" and row.terms[0][0] == ground)
        return self.sum(row.terms[1:]) >= -row.terms[0][1]

    def covered(self, field: str) -> Ints:
        """Count the different wards, groups or outcomes that each way serves."""
        served = [frozenset(getattr(choice.candidate, field)) for choice in self.model.choices]
        settled = frozenset(name for at in self.taken for name in served[at])
        ways = self.ways
        total = np.full(len(ways), len(settled), dtype=np.int64)
        for name in sorted({name for at in self.places for name in served[at]} - settled):
            serving = sum(1 << bit for bit, at in enumerate(self.places) if name in served[at])
            total += (ways & serving) > 0
        return total

    def values(self, objective: Objective) -> Ints:
        """Count an objective for each way."""
        if objective in COVERED:
            return self.covered(COVERED[objective])
        return self.sum([(at, WEIGHTS[objective](choice)) for at, choice in enumerate(self.model.choices)])


def _sums(weights: Sequence[int]) -> Ints:
    """Add up weights for every way there is to take some of them, each doubling the ways.

    >>> _sums([1, 10]).tolist()
    [0, 1, 10, 11]
    """
    sums = np.zeros(1, dtype=np.int64)
    for weight in weights:
        sums = np.concatenate((sums, sums + weight))
    return sums


def _kept(ways: _Open) -> _Open:
    """Give the ways that keep every row; what is covered is counted from the choices."""
    kept = np.full(len(ways.ways), fill_value=True)
    for row in ways.model.rows:
        if row.kind in ("coverage", "ground"):  # what they say is counted from the choices
            continue
        used = ways.covered("wards") if _is_of_wards(row) else ways.sum(row.terms)
        kept &= used >= row.least if row.least is not None else True
        kept &= used <= row.most if row.most is not None else True
    return ways.where(kept)


def _is_of_wards(row: Row) -> bool:
    """Whether a row counts different wards, whose variables stand for what the awards cover."""
    return row.kind in TRAITS and TRAITS[row.kind].counts == "wards" and not row.subject


def _greatest(model: Model) -> int:
    sums = [sum(abs(weight) for _, weight in row.terms) for row in model.rows]
    for objective in model.objectives:
        if objective in WEIGHTS:
            sums.append(sum(abs(WEIGHTS[objective](choice)) for choice in model.choices))
    return max(sums, default=0)


def equal_ways(model: Model, chosen: Sequence[int], places: Sequence[int]) -> Sets | None:
    """List every set that keeps the rules, equals this one in every objective and differs at these places only.

    Parameters
    ----------
    chosen : a set that keeps the rules.
    places : positions of choices.

    Returns
    -------
    The sets, as positions of choices, this one among them; None where there are too many ways to count.
    """
    if len(places) > MOST_OPEN or _greatest(model) > EXACT:
        return None
    met = _met(model, chosen, places)
    if met is None and len(places) > FEW_OPEN:
        return None
    ways = _kept(_Open(model, tuple(places), frozenset(chosen) - set(places), met))
    for objective in model.objectives:
        ways = ways.where(ways.values(objective) == value_of(model, objective, chosen))
    return ways.sets()


def _met(model: Model, chosen: Sequence[int], places: Sequence[int]) -> Ints | None:
    """Give every way that comes to the sums of this one, of score and of pence at once; None where they are too many.

    All sums are made one whole number. For each way to take some of the first half, those of the second half are looked
    up that make up the difference.
    """
    worths = [0] * len(places)
    for objective in filter(WEIGHTS.__contains__, model.objectives):
        weights = [WEIGHTS[objective](model.choices[at]) for at in places]
        unit = 2 * sum(map(abs, weights)) + 1
        worths = [unit * worth + weight for worth, weight in zip(worths, weights, strict=True)]
    if sum(map(abs, worths)) > EXACT:
        return None
    half = len(places) // 2
    wanted = sum(worth for worth, at in zip(worths, places, strict=True) if at in chosen)
    first, second = wanted - _sums(worths[:half]), _sums(worths[half:])
    order = np.argsort(second, kind="stable")
    begins, ends = (np.searchsorted(second[order], first, side) for side in ("left", "right"))
    found = ends - begins
    if found.sum() > MOST_MET:
        return None
    ways = np.repeat(np.arange(len(first)), found)
    within = np.arange(len(ways)) - np.repeat(np.cumsum(found) - found, found)
    return np.sort(ways + (order[np.repeat(begins, found) + within] << half))
