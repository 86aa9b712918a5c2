"""Floors on coverage and share that were not published, solved for information: what each would have cost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from evaluator.allocation import best_total
from evaluator.equality.data.scores_by_criterion import points_of
from evaluator.records.english import agreeing
from evaluator.records.numbers import decimal_text, percent
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.rules import GroupFloor, Rule, SmallShare, WardFloor
from evaluator.records.results.allocation import Allocation, Candidate, Problem
from evaluator.records.results.scores import LEFT, ScoreTable
from evaluator.records.results.studies.mitigation import OPTIONS, Floor, Mitigation, Requirement
from evaluator.records.submissions.evaluation import Bid, Evaluation
from evaluator.records.submissions.stages import NOT_SHORTLISTED
from evaluator.records.work import ReportProgress
from evaluator.studies.group_drivers import drivers_of

SHARES = (5, 10, 15, 20)  # percentage points above what small organisations have
MOST_WARDS = 3  # further wards that are tried
MOST_AWARDS = 2  # further awards that are tried for a group
NAME = "INFORMATION"
UNDER = "below_minimum_score"  # the allocation's word for a bid under the published minimum score


@dataclass(frozen=True)
class _Tried:
    """A floor to be tried: its rule, of whom it asks more, and what is reached without it."""

    kind: Literal["wards", "group", "small_share"]
    rule: Rule
    words: str
    reached: str
    whose: str
    level: Fraction
    have: Fraction


def mitigation_study(
    criteria: Criteria,
    evaluation: Evaluation,
    scores: ScoreTable,
    problem: Problem,
    allocation: Allocation,
    report_progress: ReportProgress = lambda _: None,
) -> Mitigation:
    """Solve the published problem again with one more floor each time, and count what kept bids out.

    It rests on what the bids say of themselves; the equality monitoring is not read.
    """
    tried = tuple(_floors(problem, allocation))
    floors = tuple(_floor(problem, allocation, one, report_progress) for one in tried)
    kept_out = _kept_out(criteria, evaluation, scores, allocation)
    requirements = tuple(_requirements(kept_out))
    points = points_of(criteria, evaluation, scores)
    whose = tuple(dict.fromkeys(one.whose for one in tried if one.kind == "group"))
    drivers = drivers_of(whose, evaluation.bids, frozenset(one.bid for one in allocation.awards), kept_out, points)
    about = (problem.score_unit, allocation.total_score, allocation.cost)
    return Mitigation(*about, floors, requirements, OPTIONS, drivers)


def _floors(problem: Problem, allocation: Allocation) -> Iterator[_Tried]:
    by_id = {one.bid: one for one in problem.candidates}
    funded = [by_id[award.bid] for award in allocation.awards]
    yield from _ward_floors(problem, funded)
    yield from _group_floors(problem, funded)
    yield from _small_shares(funded, allocation)


def _ward_floors(problem: Problem, funded: list[Candidate]) -> Iterator[_Tried]:
    every = {ward for one in problem.candidates for ward in one.wards}
    have = len({ward for one in funded for ward in one.wards})
    for least in range(have + 1, min(len(every), have + MOST_WARDS) + 1):
        rule = WardFloor(id=NAME, kind="ward_floor", title="", source="", least=least)
        words = f"at least {least} wards"
        yield _Tried("wards", rule, words, f"{have} wards", "wards", Fraction(least), Fraction(have))


def _group_floors(problem: Problem, funded: list[Candidate]) -> Iterator[_Tried]:
    """Ask more awards for each group with a smaller part of the awards than of the bids, up to its part of the bids."""
    for group in sorted({group for one in problem.candidates for group in one.groups}):
        bids = sum(group in one.groups for one in problem.candidates)
        have = sum(group in one.groups for one in funded)
        fair = -(-bids * len(funded) // len(problem.candidates))
        for least in range(have + 1, min(bids, fair, have + MOST_AWARDS) + 1):
            rule = GroupFloor(id=NAME, kind="group_floor", title="", source="", group=group, least=least)
            words = f"at least {least} {agreeing(least, 'award')} for {group}"
            yield _Tried("group", rule, words, f"{have} of {bids} bids", group, Fraction(least), Fraction(have))


def _small_shares(funded: list[Candidate], allocation: Allocation) -> Iterator[_Tried]:
    if not allocation.cost:
        return
    small = {one.bid for one in funded if one.small}
    share = Fraction(100 * sum(award.amount for award in allocation.awards if award.bid in small), allocation.cost)
    for more in SHARES:
        least = Decimal(int(share)) + more
        if least <= 100:
            rule = SmallShare.model_validate({"id": NAME, "kind": "small_share", "least": f"{least}%"})
            words = f"at least {decimal_text(least)}% of the money for small organisations"
            reached = percent(share / 100, places=1)
            yield _Tried("small_share", rule, words, reached, "small organisations", Fraction(least), share)


def _floor(problem: Problem, allocation: Allocation, tried: _Tried, report_progress: ReportProgress) -> Floor:
    report_progress(f"Solving with {tried.words}")
    found = best_total(replace(problem, rules=(*problem.rules, tried.rule)))
    about = {"whose": tried.whose, "level": tried.level, "have": tried.have}
    made = replace(Floor(tried.kind, tried.words, tried.reached, found.status), **about)  # type: ignore[arg-type]
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


def _kept_out(
    criteria: Criteria, evaluation: Evaluation, scores: ScoreTable, allocation: Allocation
) -> Mapping[str, list[Bid]]:
    """Give the bids that each published requirement kept out, by the requirement in words."""
    by_id: Mapping[str, Bid] = {bid.id: bid for bid in evaluation.bids}
    kept_out: dict[str, list[Bid]] = {}
    for words, bid in (
        *_at_gates(criteria, evaluation),
        *_at_minimums(criteria, scores),
        *(("The minimum score for an award", one.bid) for one in allocation.not_awarded if one.reason == UNDER),
    ):
        kept_out.setdefault(words, []).append(by_id[bid])
    return kept_out


def _requirements(kept_out: Mapping[str, list[Bid]]) -> Iterator[Requirement]:
    """Count the bids that each published requirement kept out."""
    for words, bids in sorted(kept_out.items()):
        yield Requirement(words, len(bids), sum(bid.small for bid in bids))


def _at_gates(criteria: Criteria, evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    titles = {gate.id: gate.title for gate in criteria.gate}
    for theme in evaluation.themes:
        for bid, decision in theme.disregarded.items():
            if decision.standing in LEFT:
                continue  # no published requirement kept it out
            if decision.standing == NOT_SHORTLISTED:
                yield f"Stage: {decision.subject}", bid
                continue
            yield f"Gate: {titles.get(decision.subject, decision.matter.replace('_', ' '))}", bid


def _at_minimums(criteria: Criteria, scores: ScoreTable) -> Iterator[tuple[str, str]]:
    for scored in scores.themes:
        for bid, status in zip(scored.bids, scored.status, strict=True):
            if status == "below_minimum":
                yield f"Minimum marks of {criteria.theme(scored.theme).title}", bid
