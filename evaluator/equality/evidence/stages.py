"""Where a gap in awards arises: its part at each stage, in awards, together exactly the whole.

A group's awards are expected to be those of its bids' themes; the fewer of its bids pass a stage than of all, the fewer
are left to expect. What is left at the end and not awarded is parted by price: who would be in by quality alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from evaluator.equality.data.stage_reached import NOT_RECOMMENDED, RECOMMENDED
from evaluator.equality.evidence.organisations import PASSED_GATES, Group, Outcomes
from evaluator.records.results.equality_evidence import GapStage, StagePart
from evaluator.records.submissions.evaluation import Bid

LEVEL = Fraction(1, 20)
STAGES: tuple[GapStage, ...] = ("gate", "minimum", "price", "allocation")


def stage_parts(outcomes: Outcomes, group: Group, gates: Mapping[str, tuple[str, str]]) -> tuple[StagePart, ...]:
    """Part a group's shortfall of awards within themes by stage.

    Parameters
    ----------
    gates : of each bid that was disregarded at a gate, the gate's id and title.
    """
    received, passed, fundable = (_expected(outcomes, group, least) for least in (0, PASSED_GATES, NOT_RECOMMENDED))
    moved = sum(outcomes.moved.get(bid.id, 0) for bid in group.bids)
    awards = sum(outcomes.reached.outcomes[bid.id] == RECOMMENDED for bid in group.bids)
    lacking = {
        "gate": received - passed,
        "minimum": passed - fundable,
        "price": Fraction(-moved),
        "allocation": fundable - awards + moved,
    }
    return tuple(_part(outcomes, group, stage, lacking[stage], gates) for stage in STAGES)


def _expected(outcomes: Outcomes, group: Group, least: int) -> Fraction:
    """Give the awards that the group's bids at a stage would have, at the rate of all bids of their theme there."""
    found, reached = Fraction(0), outcomes.reached
    for theme in reached.themes:
        here = [bid for bid in reached.bids if bid.theme == theme and reached.outcomes[bid.id] >= least]
        awards = sum(reached.outcomes[bid.id] == RECOMMENDED for bid in here)
        own = sum(bid.id in group.ids for bid in here)
        found += Fraction(own * awards, len(here)) if here else Fraction(0)
    return found


def _part(
    outcomes: Outcomes, group: Group, stage: GapStage, lacking: Fraction, gates: Mapping[str, tuple[str, str]]
) -> StagePart:
    came = [bid for bid in outcomes.reached.bids if outcomes.came(stage, bid)]
    through = [bid for bid in came if _through(outcomes, stage, bid)]
    counts = (_own(came, group), _own(through, group), len(came), len(through))
    strata = outcomes.strata(stage)
    p = strata.test(group.organisations).p if strata.names else None
    if stage != "gate":
        return StagePart(stage, lacking, *counts, p)
    return StagePart(stage, lacking, *counts, p, *_gate(outcomes.reached.bids, group, gates))


def _through(outcomes: Outcomes, stage: GapStage, bid: Bid) -> bool:
    least = {"gate": PASSED_GATES, "minimum": NOT_RECOMMENDED, "price": NOT_RECOMMENDED}.get(stage, RECOMMENDED)
    return outcomes.reached.outcomes[bid.id] >= least


def _own(bids: Iterable[Bid], group: Group) -> int:
    return sum(bid.id in group.ids for bid in bids)


def _gate(bids: Sequence[Bid], group: Group, gates: Mapping[str, tuple[str, str]]) -> tuple[str, str, int, int]:
    """Give the gate at which the group lost most beside all bids: id, title, bids of the group that failed, and all."""
    found = [(_over(failed, group, len(bids)), gate, failed) for gate, failed in _failed(bids, gates)]
    if not found:
        return "", "", 0, 0
    _, (name, title), failed = max(found, key=lambda one: (one[0], one[1]))
    return name, title, _own(failed, group), len(failed)


def _failed(bids: Sequence[Bid], gates: Mapping[str, tuple[str, str]]) -> Iterator[tuple[tuple[str, str], list[Bid]]]:
    for gate in sorted(set(gates.values())):
        yield gate, [bid for bid in bids if gates.get(bid.id) == gate]


def _over(failed: Sequence[Bid], group: Group, number: int) -> Fraction:
    """Give how many more of the group's bids failed a gate than its share of all bids."""
    return _own(failed, group) - Fraction(len(failed) * len(group.bids), number)


def named(parts: Sequence[StagePart], *, short: bool) -> GapStage:
    """Name the stage at which most of a gap arises: of those that chance is unlikely to explain, else of all.

    Parameters
    ----------
    short : whether the group has fewer awards than its share; else the stage at which it gains most is named.
    """
    way = 1 if short else -1
    told = [part for part in parts if part.p is not None and part.p <= LEVEL and way * part.awards > 0]
    return max(told or parts, key=lambda part: way * part.awards).stage
