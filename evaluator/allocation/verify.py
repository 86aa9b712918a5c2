"""The checker: every rule, counted again from the awards in whole numbers. It knows neither model nor solver.

It shares nothing with ``rows`` on purpose: a rule misread in one of the two shows as a disagreement between them.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from evaluator.allocation.verify_further import FURTHER, Funded, Subject, cost, pence, themes_of
from evaluator.records.allocation import Award, Candidate, Problem, RuleCheck
from evaluator.records.numbers import pounds
from evaluator.records.rules import (
    Budget,
    Exclusive,
    GroupFloor,
    Linked,
    MustFund,
    OrganisationAwards,
    OrganisationMoney,
    ThemeAwards,
)


def verify(problem: Problem, awards: Sequence[Award]) -> tuple[RuleCheck, ...]:
    """Check the awards against every rule, without a solver.

    Returns
    -------
    One line for each rule and subject, in the order published. Rules on organisations list those with awards.

    Raises
    ------
    ValueError : for awards that are not of candidates at their own levels and amounts, or of one bid twice.
    """
    funded = _funded(problem, awards)
    lines = [
        RuleCheck(rule.id, rule.title, *subject)
        for rule in problem.rules
        for subject in CHECKS[rule.kind](rule, problem, funded)
    ]
    return (*lines, *_excluded(funded), *_one_each(problem, funded))


def broken(checks: Sequence[RuleCheck]) -> tuple[str, ...]:
    """List the rules that do not hold, each once, in the order published."""
    return tuple(dict.fromkeys(check.rule for check in checks if not check.holds))


def _funded(problem: Problem, awards: Sequence[Award]) -> tuple[Funded, ...]:
    candidates = {candidate.bid: candidate for candidate in problem.candidates}
    if len({award.bid for award in awards}) < len(awards):
        raise ValueError("a bid is awarded twice")
    if any(award.leftovers for award in awards) and not problem.policy.leftovers:
        raise ValueError("an award is paid from leftovers, which are not published")
    return tuple(_own_level(candidates.get(award.bid), award) for award in awards)


def _own_level(candidate: Candidate | None, award: Award) -> Funded:
    levels = {level.name: level for level in candidate.levels} if candidate else {}
    level = levels.get(award.level)
    if candidate is None or level is None or (candidate.theme, level.cost) != (award.theme, award.amount):
        raise ValueError(f"{award.bid} is not a candidate at {award.level} for that amount")
    if award.by_year and award.by_year != level.costs:
        raise ValueError(f"{award.bid} is awarded other yearly amounts than it asked for")
    return Funded(candidate, level, award.leftovers)


def _budget(rule: Budget, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    used = cost(funded)
    yield "", "", pounds(pence(rule.limit)), pounds(used), used <= pence(rule.limit)


def _theme_awards(rule: ThemeAwards, problem: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    for theme in themes_of(problem, rule.theme):
        used = sum(one.candidate.theme == theme for one in funded)
        holds = used >= rule.least and (rule.most is None or used <= rule.most)
        yield theme, str(rule.least), "" if rule.most is None else str(rule.most), str(used), holds


def _organisations(funded: Sequence[Funded]) -> dict[str, list[Funded]]:
    found: dict[str, list[Funded]] = {}
    for one in funded:
        for organisation in sorted(set(one.candidate.organisations)):
            found.setdefault(organisation, []).append(one)
    return dict(sorted(found.items()))


def _organisation_awards(rule: OrganisationAwards, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    for organisation, its in _organisations(funded).items():
        yield organisation, "", str(rule.limit), str(len(its)), len(its) <= rule.limit


def _organisation_money(rule: OrganisationMoney, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    for organisation, its in _organisations(funded).items():
        used = cost(its)
        yield organisation, "", pounds(pence(rule.limit)), pounds(used), used <= pence(rule.limit)


def _exclusive(rule: Exclusive, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    used = sum(one.candidate.bid in rule.bids for one in funded)
    yield ", ".join(sorted(set(rule.bids))), "", str(rule.limit), str(used), used <= rule.limit


def _linked(rule: Linked, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    bids = set(rule.bids)
    used = sum(one.candidate.bid in bids for one in funded)
    yield ", ".join(sorted(bids)), "all or none", "all or none", f"{used} of {len(bids)}", used in (0, len(bids))


def _must_fund(rule: MustFund, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    holds = any(one.candidate.bid == rule.bid for one in funded)
    yield rule.bid, "funded", "", "funded" if holds else "not funded", holds


def _group_floor(rule: GroupFloor, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    used = sum(rule.group in one.candidate.groups for one in funded)
    yield rule.group, str(rule.least), "", str(used), used >= rule.least


def _excluded(funded: Sequence[Funded]) -> Iterator[RuleCheck]:
    bids = {one.candidate.bid for one in funded}
    for one in funded:
        for other in sorted(bids.intersection(one.candidate.excludes) - {one.candidate.bid}):
            yield RuleCheck("excludes", "", f"{one.candidate.bid}, {other}", "", "1", "2", False)


def _one_each(problem: Problem, funded: Sequence[Funded]) -> Iterator[RuleCheck]:
    if problem.policy.method != "fixed_lots":
        return
    for theme in sorted({one.candidate.theme for one in funded}):
        used = sum(one.candidate.theme == theme for one in funded)
        yield RuleCheck("fixed_lots", "One award for each theme", theme, "", "1", str(used), used <= 1)


CHECKS: dict[str, Callable[[Any, Problem, Sequence[Funded]], Iterator[Subject]]] = {
    "budget": _budget,
    "theme_awards": _theme_awards,
    "organisation_awards": _organisation_awards,
    "organisation_money": _organisation_money,
    "exclusive": _exclusive,
    "linked": _linked,
    "must_fund": _must_fund,
    "group_floor": _group_floor,
    **FURTHER,
}
