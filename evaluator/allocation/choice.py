"""The final choice: from the awards of the method to those that people chose, within reach and within every rule."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from evaluator.allocation.model.below_minimum import refuse_below_minimum
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import Model
from evaluator.allocation.priority.reserve_list import reserve_list
from evaluator.allocation.proof.awards import awards_of, named
from evaluator.allocation.proof.verify import broken, verify
from evaluator.allocation.why_not_funded import NO_FURTHER_AWARD, NO_GAIN, explain
from evaluator.records.dates import spoken_date
from evaluator.records.english import listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source, block_award
from evaluator.records.numbers import decimal_text, ratio_decimal
from evaluator.records.programme.money.final_choice import DO_NOT_FUND, FINAL_CHOICE, FUND, FinalChoice
from evaluator.records.results.allocation import (
    Allocation,
    Award,
    Candidate,
    ChoiceMade,
    Chosen,
    OverFirst,
    Problem,
    Refusal,
    Reserve,
)
from evaluator.records.submissions.evaluation import Decision

NOT_CHOSEN = "not_chosen"  # left out by the choice, where the method alone would fund it
UNCHOSEN = "unchosen"  # not funded by the method, and not chosen, though it would fit
PLACE = Source("programme.toml", key="final_choice")


def choose(
    problem: Problem, allocation: Allocation, terms: FinalChoice | None, decisions: Sequence[Decision]
) -> tuple[Allocation, tuple[Finding, ...]]:
    """Give the awards as people chose them, with what stands against the choice and what it comes to.

    Parameters
    ----------
    allocation : what the published method alone came to.
    decisions : of people; those on the matter ``final_choice`` count.

    Returns
    -------
    The allocation of the method where nobody chose, or where something stands against the choice.
    """
    made = [one for one in decisions if one.matter == FINAL_CHOICE]
    if terms is None or not made:
        return allocation, ()
    choosing = _Choosing(problem, allocation, terms, made)
    found = tuple(choosing.problems())
    if block_award(found):
        return allocation, found
    chosen = choosing.allocation()
    return chosen, (*found, *_told(chosen))


@dataclass(frozen=True)
class _Choosing:
    """A choice under way: what the method funds, and what people decided beside it."""

    problem: Problem
    by_rank: Allocation
    terms: FinalChoice
    made: Sequence[Decision]

    @property
    def candidates(self) -> dict[str, Candidate]:
        """The bids that could be funded, by id."""
        return {one.bid: one for one in refuse_below_minimum(self.problem).candidates}

    @property
    def before(self) -> set[str]:
        """The bids that the method alone funds."""
        return {award.bid for award in self.by_rank.awards}

    @property
    def after(self) -> set[str]:
        """The bids that are funded as chosen."""
        wanted = {one.bid for one in self.made if one.decision == FUND}
        return (self.before | wanted) - {one.bid for one in self.made if one.decision == DO_NOT_FUND}

    def problems(self) -> Iterator[Finding]:
        """Find what stands against the choice, and decisions that change nothing."""
        if self.by_rank.status != "proven" or self.by_rank.undecided:
            yield finding("E-ALLOC-046", PLACE)
            return
        known = self.candidates
        for one in self.made:
            if one.bid not in known:
                yield finding("E-ALLOC-042", one.source, bid=one.bid)
            elif (one.decision == FUND) == (one.bid in self.before):
                word = "funds it" if one.decision == FUND else "does not fund it"
                yield finding("E-ALLOC-044", PLACE, bid=one.bid, what=word)
            elif one.decision == FUND:
                yield from self._reach(one, known)
        if all(one.bid in known for one in self.made):
            awards = awards_of(*self._set())
            for rule in broken(verify(self.problem, awards)):
                yield finding("E-ALLOC-040", self.made[0].source, rule=rule)

    def _reach(self, one: Decision, known: dict[str, Candidate]) -> Iterator[Finding]:
        """Find a bid that is chosen from too far behind the best one left out, or beside all that are funded."""
        own, lost = known[one.bid], self.before - self.after
        here = [other for other in known.values() if other.theme == own.theme and other.bid not in self.after]
        if not self.terms.adds and not any(known[bid].theme == own.theme for bid in lost):
            yield finding("E-ALLOC-045", one.source, bid=one.bid)
        best = min(here, key=lambda other: (other.merit, other.bid), default=own)
        if best.merit >= own.merit:
            return
        gap = Fraction(best.score - own.score, self.problem.score_unit)
        behind = own.rank - best.rank
        too_far = [
            *([f"{behind} ranks"] if self.terms.ranks is not None and behind > self.terms.ranks else []),
            *(
                [f"{ratio_decimal(best.score - own.score, self.problem.score_unit)} points"]
                if self.terms.points is not None and gap > Fraction(self.terms.points)
                else []
            ),
        ]
        if too_far:
            facts = {"far": " and ".join(too_far), "most": self._most()}
            yield finding("E-ALLOC-041", one.source, bid=one.bid, other=best.bid, **facts)

    def _most(self) -> str:
        points = "" if self.terms.points is None else f"{decimal_text(self.terms.points)} points"
        return " and ".join(filter(None, (f"{self.terms.ranks} ranks" if self.terms.ranks else "", points)))

    def _set(self) -> tuple[Model, tuple[int, ...]]:
        """Give the awards as chosen: those of the method that stay as they were, and others whole or at their sum."""
        model = build(refuse_below_minimum(self.problem))
        levels = {award.bid: award.level for award in self.by_rank.awards}
        found = []
        for bid in sorted(self.after):
            its = {model.choices[at].level.name: at for at in model.places[bid]}
            whole = max(model.places[bid], key=lambda at: model.choices[at].level.cost)
            found.append(its.get(levels.get(bid, ""), whole))
        return model, tuple(found)

    def allocation(self) -> Allocation:
        """Give the allocation as chosen, with the one of the method inside it."""
        model, taken = self._set()
        awards = awards_of(model, taken)
        refusals = tuple(map(self._refusal, explain(model, taken, (taken,), proven=True)))
        return replace(
            self.by_rank,
            total_score=sum(model.choices[at].level.score for at in taken),
            upper_bound=sum(model.choices[at].level.score for at in taken),
            cost=sum(award.amount for award in awards),
            awards=awards,
            not_awarded=refusals,
            tied=(named(model, taken),),
            checks=verify(self.problem, awards),
            reserve=self._reserve(awards),
            draw=None,
            choice=ChoiceMade(
                by_rank=self.by_rank,
                chosen=tuple(sorted(map(self._chosen, self.made), key=lambda one: (one.theme, one.rank, one.bid))),
                gained=tuple(sorted(self.after - self.before)),
                lost=tuple(sorted(self.before - self.after)),
                over_first=tuple(self._over_first()),
            ),
        )

    def _reserve(self, awards: Sequence[Award]) -> tuple[Reserve, ...]:
        """List who waits: a bid that people left out waits for nothing."""
        out = {one.bid for one in self.made if one.decision == DO_NOT_FUND}
        waiting = tuple(one for one in self.problem.candidates if one.bid not in out)
        model = build(refuse_below_minimum(replace(self.problem, candidates=waiting)))
        held = {(award.bid, award.level) for award in awards}
        taken = [at for at, one in enumerate(model.choices) if (one.candidate.bid, one.level.name) in held]
        return reserve_list(model, taken)

    def _chosen(self, one: Decision) -> Chosen:
        candidate, ground = self.candidates[one.bid], self.terms.ground_named(one.ground)
        return Chosen(
            bid=one.bid,
            theme=candidate.theme,
            funded=one.decision == FUND,
            before=one.bid in self.before,
            rank=candidate.rank,
            person=one.person,
            date=one.date,
            ground=ground.text if ground else one.ground,
            reason=one.reason,
        )

    def _refusal(self, refusal: Refusal) -> Refusal:
        """Say of a bid that people left out that they did; of others, that nobody chose them, where they would fit."""
        decided = next((one for one in self.made if one.bid == refusal.bid and one.bid in self.before), None)
        if decided is not None:
            ground = self.terms.ground_named(decided.ground)
            words = (
                f"By rank it would have been funded. On {spoken_date(decided.date)} {decided.person} chose not to fund "
                f"it, on the published ground “{ground.text if ground else decided.ground}”: {decided.reason}"
            )
            return Refusal(refusal.bid, refusal.theme, NOT_CHOSEN, words)
        if refusal.reason in (NO_FURTHER_AWARD, NO_GAIN):
            alone = next((one for one in self.by_rank.not_awarded if one.bid == refusal.bid), refusal)
            words = f"It was not chosen. By the published method alone: {alone.explanation}"
            return Refusal(refusal.bid, refusal.theme, UNCHOSEN, words)
        return refusal

    def _over_first(self) -> Iterator[OverFirst]:
        """Find the themes in which a bid ranked first has no award and another has."""
        for theme in sorted({one.theme for one in self.candidates.values()}):
            its = [one for one in self.candidates.values() if one.theme == theme]
            first = tuple(sorted(one.bid for one in its if one.rank == 1 and one.bid not in self.after))
            instead = tuple(sorted(one.bid for one in its if one.rank > 1 and one.bid in self.after))
            if first and instead and set(first) & self.before:
                yield OverFirst(theme, first, instead)


def _told(allocation: Allocation) -> Iterator[Finding]:
    """Tell of each theme in which the choice passes over the bid ranked first."""
    choice = allocation.choice
    for one in choice.over_first if choice else ():
        facts = {"theme": one.theme, "first": listing(one.first), "instead": listing(one.instead)}
        yield finding("E-ALLOC-043", PLACE, **facts)
