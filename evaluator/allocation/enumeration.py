"""For small problems a third check, without any solver: every way to fund the bids, counted one by one."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from evaluator.allocation.awards import Disagreement
from evaluator.allocation.model import COVERED, WEIGHTS, Model, objectives_of

MOST_CHOICES = 14
EXACT = 2**60  # sums below it are exact in 64 bits

Ints = npt.NDArray[np.int64]


def counted_one_by_one(model: Model, sets: Sequence[Sequence[int]], complete: bool) -> str:
    """Hold the best sets of awards to every way there is; empty where there are too many ways.

    Parameters
    ----------
    sets : the best sets that were found, as positions of choices; none where no set was said to keep the rules.
    complete : whether these are said to be all.

    Raises
    ------
    Disagreement : where another set keeps the rules and is better or equal; a mistake of ours.
    """
    count = len(model.choices)
    if count > MOST_CHOICES or _greatest(model) > EXACT:
        return ""
    ways: Ints = np.arange(2**count)  # each a number: its bit at a choice's place says whether that is taken
    ways = ways[_keep(model, ways)]
    for objective in objectives_of(model.problem):
        values = _values(model, objective, ways)
        ways = ways[values == values.max(initial=0) if not len(values) else values == values.max()]
    best = {tuple(at for at in range(count) if way >> at & 1) for way in ways.tolist()}
    found = {tuple(one) for one in sets}
    if not found <= best or (complete and found != best):
        raise Disagreement(f"counting every way finds {len(best)} best sets of awards; {len(found)} were given")
    whole = f"Every one of the {2**count:,} ways to fund these bids was counted without a solver"
    if not best:
        return f"{whole}: none keeps every rule."
    equal = "no other equals it" if len(best) == 1 else f"{len(best)} are equal"
    return f"{whole}: none is better, and {equal}."


def _greatest(model: Model) -> int:
    sums = [sum(abs(weight) for _, weight in row.terms) for row in model.rows]
    for objective in objectives_of(model.problem):
        if objective in WEIGHTS:
            sums.append(sum(abs(WEIGHTS[objective](choice)) for choice in model.choices))
    return max(sums, default=0)


def _keep(model: Model, ways: Ints) -> npt.NDArray[np.bool_]:
    """Say which ways keep every row; what is covered is counted from the choices."""
    kept = np.full(len(ways), True)
    for row in model.rows:
        if row.kind == "coverage":
            continue
        wards = row.kind == "ward_floor" and not row.subject
        used = _covered(model, "wards", ways) if wards else _sum(model, row.terms, ways)
        kept &= used >= row.least if row.least is not None else True
        kept &= used <= row.most if row.most is not None else True
    return kept


def _sum(model: Model, terms: Sequence[tuple[int, int]], ways: Ints) -> Ints:
    """Add up terms for every way there is, each choice doubling the ways, and pick those that are asked for."""
    weights = dict.fromkeys(range(len(model.choices)), 0)
    for at, weight in terms:
        weights[at] += weight
    sums = np.zeros(1, dtype=np.int64)
    for weight in weights.values():
        sums = np.concatenate((sums, sums + weight))
    return sums[ways]


def _values(model: Model, objective: str, ways: Ints) -> Ints:
    if objective in COVERED:
        return _covered(model, COVERED[objective], ways)
    return _sum(model, [(at, WEIGHTS[objective](choice)) for at, choice in enumerate(model.choices)], ways)


def _covered(model: Model, field: str, ways: Ints) -> Ints:
    """Count the different wards, groups or outcomes that each way serves."""
    names = sorted({name for choice in model.choices for name in getattr(choice.candidate, field)})
    total = np.zeros(len(ways), dtype=np.int64)
    for name in names:
        serving = sum(1 << at for at, choice in enumerate(model.choices) if name in getattr(choice.candidate, field))
        total += (ways & serving) > 0
    return total
