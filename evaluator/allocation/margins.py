"""The cases of all bids, shared out in parts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Protocol, TypeVar

from evaluator.allocation.blocks import Known
from evaluator.allocation.cases import BUDGET_TRIES, UNTOLD, Cases
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


def all_cases(
    problem: Problem,
    allocation: Allocation,
    greatest: Mapping[str, int] = UNTOLD,
    share: Share = map,
    tell: Tell = lambda _: None,
    tries: int = BUDGET_TRIES,
) -> tuple[BidCase, ...]:
    """Give the case of every bid, in order of bid.

    Parameters
    ----------
    problem, allocation, greatest, tries : as for ``explain_bid``.
    share : applies the work to every part, in the order of the parts: ``map``, or that of a pool of processes.
    tell : told how far the work has come.
    """
    known = Known()
    Cases(problem, allocation, greatest, known)  # what every part needs, found out once
    names = sorted({one.bid for one in problem.candidates} | {one.bid for one in problem.refused})
    parts = [names[at : at + PART] for at in range(0, len(names), PART)]
    work: Callable[[list[str]], tuple[BidCase, ...]] = partial(
        cases_of, problem, allocation, dict(greatest), known, tries
    )
    found: list[BidCase] = []
    for done in share(work, parts):
        found.extend(done)
        tell(f"Finding what would have changed each decision: {len(found)} of {len(names)} bids")
    return tuple(found)


def cases_of(
    problem: Problem, allocation: Allocation, greatest: Mapping[str, int], known: Known, tries: int, bids: Sequence[str]
) -> tuple[BidCase, ...]:
    """Give the cases of some bids: a pure function of its arguments, so that the work can be split."""
    cases = Cases(problem, allocation, greatest, known.copy(), tries)
    return tuple(cases.of(bid) for bid in bids)
