"""How far each bid came, and with what money: public facts, from which every total follows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from evaluator.records.allocation import Allocation
from evaluator.records.equality import STAGES
from evaluator.records.evaluation import Bid, Evaluation
from evaluator.records.scores import ScoreTable

FAILED_GATES, BELOW_MINIMUM, NOT_RECOMMENDED, RECOMMENDED = range(len(STAGES))


@dataclass(frozen=True)
class Journey:
    """Every bid by id order, its outcome, and the pence awarded to those that are recommended."""

    bids: tuple[Bid, ...]
    outcomes: Mapping[str, int]
    awarded: Mapping[str, int]

    def money(self, bid: Bid, stage: int) -> int:
        """Give a bid's pence at a stage: what it asks, and at the last stage what it would be awarded."""
        return self.awarded.get(bid.id, 0) if stage == RECOMMENDED else bid.price or 0

    def reaching(self, stage: int, bids: Iterable[Bid]) -> tuple[Bid, ...]:
        """Give those of the bids that reach a stage."""
        return tuple(bid for bid in bids if self.outcomes[bid.id] >= stage)

    def sum_of(self, stage: int, bids: Iterable[Bid]) -> int:
        """Add up the pence of the bids that reach a stage."""
        return sum(self.money(bid, stage) for bid in self.reaching(stage, bids))

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """All bids at each stage."""
        return tuple(len(self.reaching(stage, self.bids)) for stage in range(len(STAGES)))

    @cached_property
    def sums(self) -> tuple[int, ...]:
        """All pence at each stage."""
        return tuple(self.sum_of(stage, self.bids) for stage in range(len(STAGES)))

    @cached_property
    def organisations(self) -> tuple[str, ...]:
        """The organisations that bid (of a consortium, the lead), by id."""
        return tuple(sorted({bid.organisation for bid in self.bids}))


def journey(evaluation: Evaluation, scores: ScoreTable, allocation: Allocation) -> Journey:
    """Follow each bid through gates, minimum marks and allocation."""
    ranked = {
        bid
        for theme in scores.themes
        for bid, status in zip(theme.bids, theme.status, strict=True)
        if status == "ranked"
    }
    disregarded = {bid for theme in evaluation.themes for bid in theme.disregarded}
    awarded = {award.bid: award.amount for award in allocation.awards}

    def outcome(bid: str) -> int:
        if bid in awarded:
            return RECOMMENDED
        if bid in disregarded:
            return FAILED_GATES
        return NOT_RECOMMENDED if bid in ranked else BELOW_MINIMUM

    bids = tuple(sorted(evaluation.bids, key=lambda bid: bid.id))
    return Journey(bids, {bid.id: outcome(bid.id) for bid in bids}, awarded)
