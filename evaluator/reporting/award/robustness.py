"""What a run found when it asked how firm its own awards are: in sentences, for the report's tables, for machines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from evaluator.records.english import count_of
from evaluator.records.numbers import ratio_decimal
from evaluator.records.results.allocation import Allocation
from evaluator.records.results.counterfactuals import BidCase
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.studies.robustness import Draws, Firmness, Place, Robustness, Standing, Tally
from evaluator.reporting.award.proof import own_of_each
from evaluator.reporting.shared.references import ALL
from evaluator.reporting.studies.robustness import (
    RobustnessSection,
    robustness_document,
    robustness_section,
    stay_words,
)
from evaluator.reporting.studies.rule_costs import NOT_ADDITIVE, Line, lines_of, rules_document

SHOWN = 15  # crossover weights, the nearest first
STEPS = (1, 3)  # points of score that one bid alone may have more or less


def firmness_documents(firmness: Firmness | None) -> dict[str, object]:
    """Give the studies of a run as JSON values by their keys in ``outcome.json``; nothing where there are none."""
    if firmness is None:
        return {}
    return {
        "robustness": robustness_document(firmness.study, partial(_stand, firmness), partial(_place, firmness)),
        "rule_costs": rules_document(firmness.rules),
    }


@dataclass(frozen=True)
class Options:
    """What else could have been: what each kind of rule costs, where the run asked, and what equal sets differ in.

    ``order_cost`` says what the order of merit costs; it is empty where none is published.
    """

    rule_costs: Sequence[Line]
    not_additive: str
    tied_sets: Sequence[Sequence[str]]
    order_cost: str


def options(outcome: Outcome) -> Options:
    """Gather what the report says of the options considered."""
    costs = lines_of(outcome.firmness.rules, "family") if outcome.firmness else ()
    tied = own_of_each(outcome.allocation) if outcome.allocation else ()
    return Options(costs, NOT_ADDITIVE, tied, order_cost(outcome.allocation))


def order_cost(allocation: Allocation | None) -> str:
    """Say what a published order of merit costs beside the best set without it; empty where there is no such set."""
    methods = allocation.methods if allocation else ()
    free = next((one for one in methods if one.method == "optimise_without_merit_order" and one.decided), None)
    own = next((one for one in methods if one.published), None)
    if allocation is None or free is None or own is None:
        return ""
    points, most = (ratio_decimal(score, allocation.score_unit) for score in (free.score - own.score, free.score))
    return (
        f"The order of merit costs {points} points of total score: without it the best set of awards has {most} points "
        f"with {count_of(free.awards, 'award')}, beside {count_of(own.awards, 'award')} here. That set is free to pass "
        "over better-ranked bids for cheaper ones."
    )


def short_study(firmness: Firmness | None) -> RobustnessSection | None:
    """Give what the report shows of the run's own study of robustness: borderline bids and the nearest crossings."""
    if firmness is None:
        return None
    section = robustness_section(firmness.study, partial(_stand, firmness), partial(_place, firmness))
    left = len(section.crossings) - SHOWN
    return replace(
        section,
        lines=[one for one in section.lines if one.place == "borderline"],
        caption="Every borderline bid over all draws; what stands of the others is in outcome.json",
        crossings=[*section.crossings[:SHOWN], *([f"... and {left} more, in outcome.json"] if left > 0 else ())],
    )


def robust_sentences(outcome: Outcome) -> Iterator[str]:
    """Say in two sentences how many decisions small changes turn, as far as the run asked."""
    cases = outcome.allocation.cases if outcome.allocation else ()
    decided = [case for case in cases if case.eligible]
    if len(decided) > 1:
        few, more = (_turned(decided, step) for step in STEPS)
        yield (
            f"If one bid alone had scored up to a point more or less, {few} of the {len(decided)} decisions could "
            f"turn; with up to three points, {more}."
        )
    if outcome.firmness:
        yield stay_words(outcome.firmness.study)


def robust_references(outcome: Outcome) -> tuple[str, ...]:
    """Give the references of these sentences, in their order."""
    cases = outcome.allocation.cases if outcome.allocation else ()
    turned = sum(case.eligible for case in cases) > 1
    return (*([f"{ALL}-turned"] if turned else []), *([f"{ALL}-stay"] if outcome.firmness else []))


def _turned(cases: Sequence[BidCase], points: int) -> int:
    """Count the decisions that some points of the bid's own score can turn."""
    needs = ((case, need) for case in cases for need in case.needs if need.change == "score")
    return sum(need.amount is not None and need.amount <= points * case.score_unit for case, need in needs)


def _stand(firmness: Firmness, draws: Draws, tally: Tally) -> Standing:
    return firmness.standings[draws.kind, tally.bid]


def _place(firmness: Firmness, _: Robustness, bid: str) -> Place:
    return firmness.places[bid]
