"""Floors on coverage and share that were not published, solved for information: what each would have cost."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from evaluator.allocation import best_total
from evaluator.records.allocation import Allocation, Candidate, Problem
from evaluator.records.criteria import Criteria
from evaluator.records.evaluation import Bid, Evaluation
from evaluator.records.mitigation import OPTIONS, Floor, Mitigation, Requirement
from evaluator.records.numbers import decimal_text, fixed, rounded
from evaluator.records.rules import GroupFloor, Rule, SmallShare, WardFloor
from evaluator.records.scores import ScoreTable

SHARES = (5, 10, 15, 20)  # percentage points above what small organisations have
MOST_WARDS = 3  # further wards that are tried
NAME = "INFORMATION"
UNDER = "below_minimum_score"  # the allocation's word for a bid under the published minimum score
Tell = Callable[[str], None]


def mitigation_study(
    criteria: Criteria,
    evaluation: Evaluation,
    scores: ScoreTable,
    problem: Problem,
    allocation: Allocation,
    tell: Tell = lambda _: None,
) -> Mitigation:
    """Solve the published problem again with one more floor each time, and count what kept bids out.

    It rests on what the bids say of themselves; the equality monitoring is not read.
    """
    floors = tuple(_floor(problem, allocation, *one, tell) for one in _floors(problem, allocation))
    requirements = tuple(_requirements(criteria, evaluation, scores, allocation))
    return Mitigation(problem.score_unit, allocation.total_score, allocation.cost, floors, requirements, OPTIONS)


def _floors(problem: Problem, allocation: Allocation) -> Iterator[tuple[str, Rule, str, str]]:
    by_id = {one.bid: one for one in problem.candidates}
    funded = [by_id[award.bid] for award in allocation.awards]
    yield from _ward_floors(problem, funded)
    yield from _group_floors(problem, funded)
    yield from _small_shares(funded, allocation)


def _ward_floors(problem: Problem, funded: list[Candidate]) -> Iterator[tuple[str, Rule, str, str]]:
    every = {ward for one in problem.candidates for ward in one.wards}
    have = len({ward for one in funded for ward in one.wards})
    for least in range(have + 1, min(len(every), have + MOST_WARDS) + 1):
        rule = WardFloor(id=NAME, kind="ward_floor", title="", source="", least=least)
        yield "wards", rule, f"at least {least} wards", f"{have} wards"


def _group_floors(problem: Problem, funded: list[Candidate]) -> Iterator[tuple[str, Rule, str, str]]:
    """Ask one award more for each group that has a smaller part of the awards than of the bids."""
    for group in sorted({group for one in problem.candidates for group in one.groups}):
        bids = sum(group in one.groups for one in problem.candidates)
        have = sum(group in one.groups for one in funded)
        if have < bids and have * len(problem.candidates) < bids * len(funded):
            rule = GroupFloor(id=NAME, kind="group_floor", title="", source="", group=group, least=have + 1)
            words = f"at least {have + 1} award{'' if not have else 's'} for {group}"
            yield "group", rule, words, f"{have} of {bids} bids"


def _small_shares(funded: list[Candidate], allocation: Allocation) -> Iterator[tuple[str, Rule, str, str]]:
    if not allocation.cost:
        return
    small = {one.bid for one in funded if one.small}
    share = Fraction(100 * sum(award.amount for award in allocation.awards if award.bid in small), allocation.cost)
    for more in SHARES:
        least = Decimal(int(share)) + more
        if least <= 100:
            rule = SmallShare.model_validate({"id": NAME, "kind": "small_share", "least": f"{least}%"})
            words = f"at least {decimal_text(least)}% of the money for small organisations"
            yield "small_share", rule, words, f"{fixed(rounded(share, 1), 1)}%"


def _floor(
    problem: Problem, allocation: Allocation, kind: str, rule: Rule, words: str, reached: str, tell: Tell
) -> Floor:
    tell(f"Solving with {words}")
    found = best_total(replace(problem, rules=(*problem.rules, rule)))
    made = Floor(kind, words, reached, found.status)  # type: ignore[arg-type]
    if found.score is None:
        return made
    amounts = {award.bid: award.amount for award in allocation.awards}
    displaced = tuple(sorted(set(amounts) - set(found.bids)))
    return replace(
        made,
        score=found.score,
        cost=found.cost,
        moved=sum(amounts[bid] for bid in displaced),
        gained=tuple(sorted(set(found.bids) - set(amounts))),
        displaced=displaced,
    )


def _requirements(
    criteria: Criteria, evaluation: Evaluation, scores: ScoreTable, allocation: Allocation
) -> Iterator[Requirement]:
    """Count the bids that each published requirement kept out."""
    by_id: Mapping[str, Bid] = {bid.id: bid for bid in evaluation.bids}
    kept_out: dict[str, list[Bid]] = {}
    for words, bid in (
        *_at_gates(criteria, evaluation),
        *_at_minimums(criteria, scores),
        *(("The minimum score for an award", one.bid) for one in allocation.not_awarded if one.reason == UNDER),
    ):
        kept_out.setdefault(words, []).append(by_id[bid])
    for words, bids in sorted(kept_out.items()):
        yield Requirement(words, len(bids), sum(bid.small for bid in bids))


def _at_gates(criteria: Criteria, evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    titles = {gate.id: gate.title for gate in criteria.gate}
    for theme in evaluation.themes:
        for bid, decision in theme.disregarded.items():
            yield f"Gate: {titles.get(decision.subject, decision.matter.replace('_', ' '))}", bid


def _at_minimums(criteria: Criteria, scores: ScoreTable) -> Iterator[tuple[str, str]]:
    for scored in scores.themes:
        for bid, status in zip(scored.bids, scored.status, strict=True):
            if status == "below_minimum":
                yield f"Minimum marks of {criteria.theme(scored.theme).title}", bid
