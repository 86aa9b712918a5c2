"""The best sets under one limit, found without a solver: by dynamic programming in whole numbers, with every tie.

Choices are put in order of worth for each unit of weight. The set of the first that fit is close to the best, so the
search begins there, at the split item, and looks at choices outwards: taken out on one side, put in on the other. A
state is what is used and what it is worth. It is dropped only if another that uses no more is worth more, or if even
divisible choices could not bring it to the best set in hand; so every best set survives, and all can be read off at the
end.

Source: the core of D. Pisinger, "A minimal algorithm for the 0-1 knapsack problem", Operations Research 45 (1997).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
import numpy.typing as npt

LARGEST = 2**62  # products beyond it do not fit
MOST_STATES = 1_500_000  # kept in all; beyond it a solver is the better choice

Ints = npt.NDArray[np.int64]
Sets = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """The states before a choice was looked at, by what they use, and what the other decision on it would add."""

    item: int
    taken: bool  # whether the other decision is to take it
    weight: int
    worth: int
    used: Ints
    reached: Ints


def best_sets(worths: Sequence[int], weights: Sequence[int], limit: int, cap: int) -> Sets | None:
    """List the sets of greatest worth that keep a limit: all, or where there are more than ``cap`` so many and one.

    Parameters
    ----------
    worths : whole numbers; a choice of worth below nought is never taken.
    weights : whole numbers, nought or more.

    Returns
    -------
    The positions taken, set by set; None where the numbers are too large or too many states would be kept.

    >>> best_sets([6, 5, 4], [60, 50, 50], 100, cap=10)
    ((1, 2),)
    """
    fit = [at for at, weight in enumerate(weights) if weight <= limit and worths[at] >= 0]
    free = [at for at in fit if not weights[at] and worths[at]]  # they cost nothing and add something
    items = [at for at in fit if weights[at] or not worths[at]]
    if _too_large(items, worths, weights):
        return None
    items = _in_order(items, worths, weights)
    limit = min(limit, sum(weights[at] for at in items))
    base, core, split, reached = _core(items, worths, weights, limit)
    limit, reached = limit - sum(weights[at] for at in base), reached - sum(worths[at] for at in base)
    found = _solve_core(core, split, worths, weights, limit, reached, cap)
    return None if found is None else tuple(sorted(tuple(sorted((*free, *base, *one))) for one in found))


def _in_order(items: list[int], worths: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Sort by worth for each unit of weight, the highest first; what has neither comes last."""
    roughly = sorted(items, key=lambda at: (-(worths[at] / (weights[at] or 1)), at))
    pairs = pairwise(roughly)
    if all(worths[one] * (weights[two] or 1) >= worths[two] * (weights[one] or 1) for one, two in pairs):
        return roughly
    return sorted(items, key=lambda at: (-Fraction(worths[at], weights[at] or 1), at))


def _too_large(items: Sequence[int], worths: Sequence[int], weights: Sequence[int]) -> bool:
    """Whether a product of the bounds would not fit into 64 bits."""
    if not items:
        return False
    heaviest, steepest = max(weights[at] for at in items), max(worths[at] // (weights[at] or 1) for at in items)
    whole = sum(weights[at] for at in items) + 1
    return max(whole * (heaviest + 1), whole * (steepest + 1), 2 * sum(worths[at] for at in items)) >= LARGEST


def _core(
    items: list[int], worths: Sequence[int], weights: Sequence[int], limit: int
) -> tuple[list[int], list[int], int, int]:
    """Settle what every best set takes and what none takes.

    Returns
    -------
    What every best set takes; what is open, in order; how many of these the set to begin with takes; what a good set is
    worth.
    """
    split, used, worth = 0, 0, 0
    while split < len(items) and used + weights[items[split]] <= limit:
        used, worth, split = used + weights[items[split]], worth + worths[items[split]], split + 1
    left = limit - used
    gain, per = (worths[items[split]], weights[items[split]] or 1) if split < len(items) else (0, 1)
    reached = _greedy(items, split, worths, weights, left, worth)
    inside = [at for at in items[:split] if worth - worths[at] + (left + weights[at]) * gain // per < reached]
    outside = {at for at in items[split:] if worth + worths[at] + (left - weights[at]) * gain // per < reached}
    settled = outside | set(inside)
    core = [at for at in items if at not in settled]
    return inside, core, split - len(inside), reached


def _greedy(items: list[int], split: int, worths: Sequence[int], weights: Sequence[int], left: int, worth: int) -> int:
    """Give the worth of a good set: the first that fit and what else fits, or one of them left out for the next."""
    filled, room = worth, left
    for at in items[split:]:
        if weights[at] <= room:
            filled, room = filled + worths[at], room - weights[at]
    if split == len(items):
        return filled
    following = items[split]
    out = [worths[at] for at in items[:split] if weights[at] + left >= weights[following]]
    return max([filled, *(worth + worths[following] - one for one in [min(out, default=None)] if one is not None)])


def _solve_core(
    core: list[int], split: int, worths: Sequence[int], weights: Sequence[int], limit: int, best: int, cap: int
) -> list[tuple[int, ...]] | None:
    """Decide the open choices from the split item outwards, and read off the best sets."""
    used = np.array([sum(weights[at] for at in core[:split])], dtype=np.int64)
    reached = np.array([sum(worths[at] for at in core[:split])], dtype=np.int64)
    left, right, kept = split, split, 0
    steps: list[Step] = []
    while left > 0 or right < len(core):
        outwards = right < len(core) and (left == 0 or right - split <= split - left)
        item = core[right] if outwards else core[left - 1]
        sign = 1 if outwards else -1
        left, right = (left, right + 1) if outwards else (left - 1, right)
        steps.append(Step(item, outwards, sign * weights[item], sign * worths[item], used, reached))
        used, reached = _both_ways(used, reached, sign * weights[item], sign * worths[item])
        best = max(best, int(reached[used <= limit].max(initial=-1)))
        room = limit - used
        after = _linear_bound(room, core[right] if right < len(core) else None, worths, weights)
        before = _linear_bound(room, core[left - 1] if left else None, worths, weights)
        hopeful = reached + np.where(room >= 0, after, before) >= best
        hopeful &= (room >= 0) | (left > 0)
        used, reached = used[hopeful], reached[hopeful]
        kept += len(used)
        if kept > MOST_STATES:
            return None
    whole = used <= limit
    most = reached[whole].max()
    ends = [(int(one), int(most)) for one, worth in zip(used, reached, strict=True) if one <= limit and worth == most]
    return list(_read_off(steps, ends, frozenset(core[:split]), cap))


def _both_ways(used: Ints, reached: Ints, weight: int, worth: int) -> tuple[Ints, Ints]:
    """Give the states with a choice either way, by what they use, without those that another is better than."""
    used, reached = np.concatenate((used, used + weight)), np.concatenate((reached, reached + worth))
    order = np.lexsort((-reached, used))
    used, reached = used[order], reached[order]
    good = reached >= np.maximum.accumulate(reached)
    good[1:] &= used[1:] != used[:-1]  # of those that use the same the first is worth most
    return used[good], reached[good]


def _linear_bound(room: Ints, item: int | None, worths: Sequence[int], weights: Sequence[int]) -> Ints:
    """Bound what the next choice could bring, were it divisible and without end: rounded down, as worth is whole."""
    if item is None:
        return np.zeros_like(room)
    per = weights[item] or 1
    whole, rest = divmod(worths[item], per)
    return room * whole + room * rest // per


def _read_off(
    steps: Sequence[Step], ends: Sequence[tuple[int, int]], begun: frozenset[int], cap: int
) -> Iterator[tuple[int, ...]]:
    """Go back from each best end, step by step, along every way that leads there."""
    waiting = [(len(steps), used, reached, begun) for used, reached in ends]
    listed = 0
    while waiting and listed <= cap:
        number, used, reached, taken = waiting.pop()
        if number == 0:
            listed += 1
            yield tuple(taken)
            continue
        step = steps[number - 1]
        if _is_there(step, used, reached):
            waiting.append((number - 1, used, reached, taken))
        if _is_there(step, used - step.weight, reached - step.worth):
            other = taken | {step.item} if step.taken else taken - {step.item}
            waiting.append((number - 1, used - step.weight, reached - step.worth, other))


def _is_there(step: Step, used: int, reached: int) -> bool:
    at = int(np.searchsorted(step.used, used))
    return at < len(step.used) and step.used[at] == used and step.reached[at] == reached
