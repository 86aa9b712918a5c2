"""From what the bids scored to what is to be decided: the candidates for an award, and those that never are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm

from evaluator.allocation.priority.pro_rata import cut_to_fit, is_too_little
from evaluator.allocation.priority.rest import with_rest
from evaluator.records.numbers import pence, pounds
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.money.amounts import PANEL_SUM, Amounts
from evaluator.records.results.allocation import Candidate, Problem, Refusal
from evaluator.records.results.levels import Share, as_level, as_sum, published_shares
from evaluator.records.results.scores import ScoreTable, ThemeScores
from evaluator.records.submissions.evaluation import Bid, Evaluation, ThemeBids

NO_SUM = "no_sum"


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
    amounts = criteria.amounts
    shares = {
        bid.id: published_shares(policy, points[bid.id], None if amounts else bid.least_level)
        for bid in evaluation.bids
        if bid.id in points
    }
    unit = lcm(*(share.points.denominator for its in shares.values() for share in its))
    by_year = all(bid.by_year for bid in evaluation.bids if bid.id in points)
    problem = Problem(
        policy=policy,
        rules=criteria.rules,
        years=criteria.years if by_year else (),
        score_unit=unit,
        candidates=tuple(
            _candidate(bid, shares[bid.id], unit, *ranks[bid.id]) for bid in evaluation.bids if bid.id in shares
        ),
        refused=tuple(refusal for bids, scored in themes for refusal in _refused(bids, scored)),
        amounts=amounts,
        in_rank_order=criteria.ranks_to_the_end,
    )
    return problem if amounts is None else with_rest(_with_sums(problem, amounts, evaluation))


def _with_sums(problem: Problem, amounts: Amounts, evaluation: Evaluation) -> Problem:
    """Offer each bid the sum that its rank, its score or the panel gives it; refuse those whose sum is too small."""
    bids = {bid.id: bid for bid in evaluation.bids}
    by_panel = {one.bid: pence(one.sum) or 0 for one in evaluation.decisions if one.matter == PANEL_SUM}
    offers, refused = list[tuple[Candidate, int]](), list[Refusal]()
    for one in problem.candidates:
        whole = sum(one.levels[0].costs)
        score = Fraction(one.score, problem.score_unit)
        sum_ = by_panel.get(one.bid) or amounts.offered(whole, one.rank, score)
        share = Fraction(bids[one.bid].least_level or 0) / 100
        least = max(amounts.least, -(-whole * share.numerator // share.denominator))
        offers.append((replace(one, ask=whole, least=least), sum_))
    candidates = list[Candidate]()
    for one, sum_ in cut_to_fit(problem, amounts, offers) if amounts.pro_rata else offers:
        if is_too_little(one, sum_):
            refused.append(Refusal(one.bid, one.theme, NO_SUM, _too_little(sum_, one.least, amounts)))
        else:
            levels = one.levels if sum_ == one.ask else (as_sum(sum_, one.levels[0].costs, one.score),)
            candidates.append(replace(one, levels=levels))
    return replace(problem, candidates=tuple(candidates), refused=(*problem.refused, *refused))


def _too_little(sum_: int, least: int, amounts: Amounts) -> str:
    cut = ", cut until all fit the money," if amounts.pro_rata else ""
    if not sum_:
        return f"By the published shares{cut} it is offered no money."
    return (
        f"By the published shares{cut} it is offered {pounds(sum_)}, less than {pounds(least)}, the least of use to it."
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
