"""What a way of deciding comes to, whichever it is: counting, search, or the published list."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from evaluator.allocation.model.model import Chosen
from evaluator.records.results.allocation import SolverRun, Stage, Status
from evaluator.records.results.ballots import EqualShares


@dataclass(frozen=True)
class Decided:
    """The best sets of awards, or where the published order leads, with what is claimed of them.

    Parameters
    ----------
    sets : equal sets as positions of choices, in order of their names; the first is recommended unless one is drawn.
        None where none was found or none keeps the rules; of a list that does not meet the rules, where it leads.
    complete : whether every equal set is listed.
    upper_bound : a total score that no set exceeds which is as good in the objectives before it; None: no such claim.
    fixed : choices that are alike in every set at least as good, where nothing is proven: 1 taken, 0 left out.
    solver : who decided, and who gave the second opinion, for the record.
    leftovers : the choices of a set that are paid from leftovers.
    shares : how equal shares led to each set, where that is the method.
    """

    status: Status
    sets: tuple[Chosen, ...] = ()
    complete: bool = False
    stages: tuple[Stage, ...] = ()
    upper_bound: int | None = None
    fixed: Mapping[int, int] = field(default_factory=dict)
    second_opinion: str = ""
    runs: tuple[SolverRun, ...] = ()
    solver: str = "no solver"
    leftovers: Mapping[Chosen, Collection[int]] = field(default_factory=dict)
    shares: Mapping[Chosen, EqualShares] = field(default_factory=dict)
