"""From what the bids scored to what is to be decided: the candidates for an award, and those that never are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm

from evaluator.records.numbers import decimal_text, ratio_decimal
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.allocation import Candidate, Problem, Refusal
from evaluator.records.results.levels import Share, as_level, published_shares
from evaluator.records.results.scores import ScoreTable, ThemeScores
from evaluator.records.submissions.evaluation import Bid, Evaluation, ThemeBids

BELOW_MINIMUM = "below_minimum_score"


def refuse_below_minimum(problem: Problem) -> Problem:
    """Turn candidates below the published minimum score into refusals, and put candidates and refusals in order of bid.

    A bid that can be funded in part is judged by the score of its whole ask.
    """
    refused = [refusal for one in problem.candidates if (refusal := _below(problem, one))]
    below = {refusal.bid for refusal in refused}
    admitted = [candidate for candidate in problem.candidates if candidate.bid not in below]
    return replace(
        problem,
        candidates=tuple(sorted(admitted, key=lambda candidate: candidate.bid)),
        refused=tuple(sorted((*problem.refused, *refused), key=lambda refusal: refusal.bid)),
    )


def _below(problem: Problem, candidate: Candidate) -> Refusal | None:
    """Refuse a candidate that is below the minimum of its theme, or else of the programme."""
    theme, minimum = candidate.theme, problem.policy.minimum_of(candidate.theme)
    if minimum is None or candidate.score >= Fraction(minimum) * problem.score_unit:
        return None
    whose = f" for {theme}" if theme in problem.policy.minimum_scores else ""
    score = ratio_decimal(candidate.score, problem.score_unit)
    explanation = f"It scored {score}; the published minimum score{whose} is {decimal_text(minimum)}."
    return Refusal(candidate.bid, theme, BELOW_MINIMUM, explanation)


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
    ranks = {bid: (at, scored.index is not None) for _, scored in themes for bid, at in _ranks(scored)}
    policy = criteria.allocation
    shares = {
        bid.id: published_shares(policy, points[bid.id], bid.least_level) for bid in evaluation.bids if bid.id in points
    }
    unit = lcm(*(share.points.denominator for its in shares.values() for share in its))
    by_year = all(bid.by_year for bid in evaluation.bids if bid.id in points)
    return Problem(
        policy=policy,
        rules=criteria.rules,
        years=criteria.years if by_year else (),
        score_unit=unit,
        candidates=tuple(
            _candidate(bid, shares[bid.id], unit, *ranks[bid.id]) for bid in evaluation.bids if bid.id in shares
        ),
        refused=tuple(refusal for bids, scored in themes for refusal in _refused(bids, scored)),
    )


def _scores(bids: ThemeBids, scored: ThemeScores) -> Iterator[tuple[Bid, Fraction]]:
    numbers = scored.totals if scored.index is None else scored.quality
    for position, (bid, status) in enumerate(zip(bids.bids, scored.status, strict=True)):
        if status == "ranked":
            yield bid, numbers[position]


def _ranks(scored: ThemeScores) -> Iterator[tuple[str, int]]:
    for bid, status, at in zip(scored.bids, scored.status, scored.ranks, strict=True):
        if status == "ranked":
            yield bid, at


def _candidate(bid: Bid, shares: Sequence[Share], unit: int, rank: int, by_index: bool) -> Candidate:
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
        rank=rank,
        by_index=by_index,
    )


def _refused(bids: ThemeBids, scored: ThemeScores) -> Iterator[Refusal]:
    for bid, status, reason in zip(scored.bids, scored.status, scored.reasons, strict=True):
        if status != "ranked":
            yield Refusal(bid, bids.theme, status, reason)
