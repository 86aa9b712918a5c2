"""From what the bids scored to what is to be decided: the candidates for an award, and those that never are."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm

from evaluator.records.allocation import Candidate, Problem, Refusal
from evaluator.records.criteria import Criteria
from evaluator.records.evaluation import Bid, Evaluation, ThemeBids
from evaluator.records.levels import Share, as_level, published_shares
from evaluator.records.scores import ScoreTable, ThemeScores


def allocation_problem(criteria: Criteria, evaluation: Evaluation, scores: ScoreTable) -> Problem:
    """Put the ranked bids before the published rules; the others stay out, each with its reason.

    A bid's score is its total. Where a theme's price method gives an index and not points, it is its quality score:
    totals of another kind cannot be added to the points of other themes.

    Raises
    ------
    ValueError
        When the criteria have no allocation; the pipeline does not come here then.
    """
    if criteria.allocation is None:
        raise ValueError("the criteria have no allocation")
    themes = tuple(zip(evaluation.themes, scores.themes, strict=True))
    points = {bid.id: value for bids, scored in themes for bid, value in _scores(bids, scored)}
    policy = criteria.allocation
    shares = {
        bid.id: published_shares(policy, points[bid.id], bid.least_level) for bid in evaluation.bids if bid.id in points
    }
    unit = lcm(*(share.points.denominator for its in shares.values() for share in its))
    by_year = all(bid.by_year for bid in evaluation.bids)
    return Problem(
        policy=policy,
        rules=criteria.rules,
        years=criteria.years if by_year else (),
        score_unit=unit,
        candidates=tuple(_candidate(bid, shares[bid.id], unit) for bid in evaluation.bids if bid.id in shares),
        refused=tuple(refusal for bids, scored in themes for refusal in _refused(bids, scored)),
    )


def _scores(bids: ThemeBids, scored: ThemeScores) -> Iterator[tuple[Bid, Fraction]]:
    numbers = scored.totals if scored.index is None else scored.quality
    for position, (bid, status) in enumerate(zip(bids.bids, scored.status, strict=True)):
        if status == "ranked":
            yield bid, numbers[position]


def _candidate(bid: Bid, shares: Sequence[Share], unit: int) -> Candidate:
    return Candidate(
        bid=bid.id,
        theme=bid.theme,
        organisations=(bid.organisation, *bid.members),
        levels=tuple(as_level(share, bid.by_year or (bid.price or 0,), unit) for share in shares),
        hours=bid.hours,
        wards=bid.wards,
        groups=bid.groups,
        small=bid.small,
        outcomes=bid.outcomes,
        people=bid.people or 0,
        variant=bid.variant,
    )


def _refused(bids: ThemeBids, scored: ThemeScores) -> Iterator[Refusal]:
    for bid, status, reason in zip(scored.bids, scored.status, scored.reasons, strict=True):
        if status != "ranked":
            yield Refusal(bid, bids.theme, status, reason)
