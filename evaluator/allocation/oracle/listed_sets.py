"""What is best where a published order decides: the list is followed again."""

from dataclasses import dataclass

from evaluator.allocation.model.below_minimum import refuse_below_minimum
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import Model, bids_of
from evaluator.allocation.priority.priority import decide
from evaluator.allocation.priority.rest import with_rest
from evaluator.records.results.allocation import Problem


@dataclass(frozen=True)
class ListedSets:
    """The bids of each set that the order leads to and that keeps every rule, and whether these are all."""

    model: Model
    sets: tuple[frozenset[str], ...]
    complete: bool

    def only_bids(self) -> frozenset[str] | None:
        """Name the bids of the only set; None where there are others, or none."""
        return self.sets[0] if len(self.sets) == 1 else None

    def fund(self, bid: str) -> bool | None:
        """Whether every set funds a bid; None where that is not known."""
        if bid not in self.model.places or not all(bid in one for one in self.sets):
            return False
        return bool(self.sets) if self.complete else None


def listed_sets(problem: Problem) -> ListedSets:
    """Follow the published order of a problem."""
    model = build(refuse_below_minimum(with_rest(problem)))
    decided = decide(model)
    feasible = decided.sets if decided.status == "proven" else ()
    return ListedSets(model, tuple(bids_of(model, chosen) for chosen in feasible), decided.complete)
