"""How firm a result is: what a reader asks first, from what the run knows, the exact margins before any draw."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluator.records.results.counterfactuals import BidCase
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.award.annex import money_of, points_of
from evaluator.reporting.award.robustness import robust_references, robust_sentences
from evaluator.reporting.shared.references import ALL
from evaluator.reporting.studies.counterfactuals import closest_first

CLOSEST = 5  # decisions that are shown


@dataclass(frozen=True)
class Turned:
    """A decision that few points turn: what alone would have turned it."""

    case: BidCase
    points: str
    money: str


@dataclass(frozen=True)
class FirmnessSection:
    """How firm the result is: in sentences, and the decisions that hang on the fewest points."""

    sentences: Sequence[str]
    references: Sequence[str]  # of the sentences, in their order
    closest: Sequence[Turned]


def firmness_section(outcome: Outcome) -> FirmnessSection:
    """Gather what the report says of how firm its result is; nothing where none is proven."""
    allocation = outcome.allocation
    if allocation is None or allocation.status != "proven":
        return FirmnessSection((), (), ())
    turned = [case for case in closest_first(allocation.cases) if points_turn(case)]
    closest = tuple(Turned(case, points_of(case), money_of(case)) for case in turned[:CLOSEST])
    robust, equal = robust_references(outcome), _equal(outcome)
    references = (*robust, *(f"{ALL}-equal" for _ in equal))
    return FirmnessSection((*robust_sentences(outcome), *equal), references, closest)


def points_turn(case: BidCase) -> bool:
    """Whether some number of points alone turns a decision."""
    return any(need.change == "score" and need.amount is not None for need in case.needs)


def _equal(outcome: Outcome) -> Sequence[str]:
    allocation = outcome.allocation
    sets = len(allocation.tied) if allocation else 0
    if allocation is None or sets < 2:
        return ()
    drawn = " The published draw decided between them." if allocation.draw else ""
    more = "" if allocation.tied_complete else " or more"
    return (f"{sets}{more} sets of awards are equal by all rules.{drawn}",)
