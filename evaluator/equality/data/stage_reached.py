"""How far each bid came, and with what money: public facts, from which every total follows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from evaluator.records.results.allocation import Allocation
from evaluator.records.results.equality import STAGES
from evaluator.records.results.scores import ScoreTable
from evaluator.records.submissions.evaluation import Bid, Evaluation
from evaluator.records.submissions.stages import NOT_SHORTLISTED

FAILED_GATES, BELOW_MINIMUM, NOT_FUNDABLE, NOT_RECOMMENDED, RECOMMENDED = range(len(STAGES))
UNDER_THE_SCORE = "below_minimum_score"  # the allocation's word for a bid under the published minimum score


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the bids at a stage, and the pence of each of them and of each of the rest."""

    ids: frozenset[str]
    amounts: tuple[int, ...]
    rest: tuple[int, ...]


@dataclass(frozen=True)
class StagesReached:
    """Every bid by id order, its outcome, and the pence awarded to those that are recommended."""

    bids: tuple[Bid, ...]
    outcomes: Mapping[str, int]
    awarded: Mapping[str, int]

    def money(self, bid: Bid, stage: int) -> int:
        """Give a bid's pence at a stage: what it asks, and at the last stage what it would be awarded."""
        return self.awarded.get(bid.id, 0) if stage == RECOMMENDED else bid.price or 0

    def asked(self, bids: Iterable[Bid]) -> tuple[int, ...]:
        """Give the pence that each of the bids that are recommended asks for."""
        return tuple(bid.price or 0 for bid in self.reaching(RECOMMENDED, bids))

    def cut(self, bids: Iterable[Bid]) -> tuple[int, ...]:
        """Give the pence of its ask that each of the bids that are recommended would not get."""
        return tuple((bid.price or 0) - self.awarded[bid.id] for bid in self.reaching(RECOMMENDED, bids))

    def reaching(self, stage: int, bids: Iterable[Bid]) -> tuple[Bid, ...]:
        """Give those of the bids that reach a stage."""
        return tuple(bid for bid in bids if self.outcomes[bid.id] >= stage)

    def sum_of(self, stage: int, bids: Iterable[Bid]) -> int:
        """Add up the pence of the bids that reach a stage."""
        return sum(self.money(bid, stage) for bid in self.reaching(stage, bids))

    @cached_property
    def themes(self) -> tuple[str, ...]:
        """The themes for which there are bids, by id; one without a name where there are none."""
        return tuple(sorted({bid.theme for bid in self.bids})) or ("",)

    @cached_property
    def parts(self) -> tuple[tuple[Part, ...], ...]:
        """The parts of the bids at each stage that could be told apart: by theme, by how far they came, and by both."""
        return tuple(tuple(self._parts(stage)) for stage in range(len(STAGES)))

    def _parts(self, stage: int) -> Iterator[Part]:
        every = self.reaching(stage, self.bids)
        for theme in (*self.themes, None):
            for outcome in range(stage if theme is not None else stage + 1, len(STAGES)):
                ids = {b.id for b in every if theme in (None, b.theme) and self.outcomes[b.id] >= outcome}
                amounts = ([self.money(b, stage) for b in every if (b.id in ids) is one] for one in (True, False))
                yield Part(frozenset(ids), *map(tuple, amounts))

    @cached_property
    def in_full(self) -> bool:
        """Whether every award is for all that was asked."""
        return all(self.awarded[bid.id] == bid.price for bid in self.reaching(RECOMMENDED, self.bids))

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


def stages_reached(evaluation: Evaluation, scores: ScoreTable, allocation: Allocation) -> StagesReached:
    """Follow each bid through gates, minimum marks and allocation."""
    ranked = {
        bid
        for theme in scores.themes
        for bid, status in zip(theme.bids, theme.status, strict=True)
        if status == "ranked"
    }
    # Whoever did not go on from a stage passed the gates, and had too few points.
    out = [one for theme in evaluation.themes for one in theme.disregarded.items()]
    disregarded = {bid for bid, decision in out if decision.standing != NOT_SHORTLISTED}
    awarded = {award.bid: award.amount for award in allocation.awards}
    under = {one.bid for one in allocation.not_awarded if one.reason == UNDER_THE_SCORE}

    def outcome(bid: str) -> int:
        if bid in awarded:
            return RECOMMENDED
        if bid in disregarded:
            return FAILED_GATES
        if bid not in ranked:
            return BELOW_MINIMUM
        return NOT_FUNDABLE if bid in under else NOT_RECOMMENDED

    bids = tuple(sorted(evaluation.bids, key=lambda bid: bid.id))
    return StagesReached(bids, {bid.id: outcome(bid.id) for bid in bids}, awarded)
