"""The cases of all bids, shared out in parts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Protocol, TypeVar

from evaluator.allocation.blocks import Known
from evaluator.allocation.cases import UNTOLD, Cases, Sweeps
from evaluator.allocation.changes import limits_on
from evaluator.allocation.frontier import STEPS, Sweep, parts_of, swept
from evaluator.records.allocation import Allocation, Problem
from evaluator.records.cases import BidCase

PART = 8  # bids that one process looks at before it reports
P = TypeVar("P")
R = TypeVar("R")


class Share(Protocol):
    """What applies a function to every one of some parts, in their order: ``map``, or that of a pool of processes."""

    def __call__(self, work: Callable[[P], R], parts: Iterable[P], /) -> Iterable[R]:
        """Apply the work to the parts."""


Tell = Callable[[str], None]
Part = tuple[tuple[str, ...], tuple[int, int]]  # limits, and the pounds from and up to which they are swept


def all_cases(
    problem: Problem,
    allocation: Allocation,
    greatest: Mapping[str, int] = UNTOLD,
    share: Share = map,
    tell: Tell = lambda _: None,
    steps: int = STEPS,
) -> tuple[BidCase, ...]:
    """Give the case of every bid, in order of bid.

    Parameters
    ----------
    problem, allocation, greatest, steps : as for ``explain_bid``.
    share : applies the work to every part, in the order of the parts: ``map``, or that of a pool of processes.
    tell : told how far the work has come.
    """
    known = Known()
    cases = Cases(problem, allocation, greatest, known)  # what every part needs, found out once
    sweeps: Sweeps = {}
    if cases.solved:
        _settle(cases, share)
        sweeps = _swept(cases, share, tell, steps)
    names = sorted({one.bid for one in problem.candidates} | {one.bid for one in problem.refused})
    parts = [names[at : at + PART] for at in range(0, len(names), PART)]
    work: Callable[[list[str]], tuple[BidCase, ...]] = partial(
        cases_of, problem, allocation, dict(greatest), known, sweeps
    )
    found: list[BidCase] = []
    for done in share(work, parts):
        found.extend(done)
        tell(f"Finding what would have changed each decision: {len(found)} of {len(names)} bids")
    return tuple(found)


def cases_of(
    problem: Problem,
    allocation: Allocation,
    greatest: Mapping[str, int],
    known: Known,
    sweeps: Sweeps,
    bids: Sequence[str],
) -> tuple[BidCase, ...]:
    """Give the cases of some bids: a pure function of its arguments, so that the work can be split."""
    cases = Cases(problem, allocation, greatest, known.copy(), sweeps)
    return tuple(cases.of(bid) for bid in bids)


def _settle(cases: Cases, share: Share) -> None:
    """Find out what each theme can bring with each of its bids in or out: nearly every search begins with that."""
    blocks = cases.here.blocks
    if blocks is None:
        return
    for theme, found in zip(blocks.themes, share(blocks.opposites, blocks.themes), strict=True):
        cases.known.tops |= {(blocks.name[theme], *key): top for key, top in found.items()}


def _swept(cases: Cases, share: Share, tell: Tell, steps: int) -> Sweeps:
    """Sweep the money that bears on refused bids, part by part."""
    refused = [one for one in cases.problem.candidates if one.bid not in cases.funded]
    limits = sorted({limits_on(cases.problem, one) for one in refused} - {()})
    rising = {names: cases.rising(names) for names in limits}
    parts: list[Part] = [(names, part) for names in limits if rising[names].even for part in parts_of(rising[names])]
    found: dict[tuple[str, ...], list[Sweep]] = {}
    work = partial(sweep_of, cases.problem, cases.allocation, cases.known, steps)
    for number, ((names, _), sweep) in enumerate(zip(parts, share(work, parts), strict=True), 1):
        found.setdefault(names, []).append(sweep)
        tell(f"Finding whom more money would fund: {number} of {len(parts)} sums")
    return found


def sweep_of(problem: Problem, allocation: Allocation, known: Known, steps: int, part: Part) -> Sweep:
    """Sweep one part of the money: a pure function of its arguments, so that the work can be split."""
    names, (low, high) = part
    return swept(Cases(problem, allocation, known=known.copy()).rising(names), low, high, steps)
