"""One thing changed about a problem, and all else left as it is: a bid's score or cost, or the limits on its money."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from evaluator.records.programme.rules import EVERY_THEME, AnyBudget, Rule
from evaluator.records.results.allocation import Candidate, Problem
from evaluator.records.results.counterfactuals import BidCase, Change, Need


def with_candidate(problem: Problem, one: Candidate) -> Problem:
    """Put a changed bid in the place of the one of its name."""
    return replace(problem, candidates=tuple(one if other.bid == one.bid else other for other in problem.candidates))


def scored(one: Candidate, more: int) -> Candidate:
    """Give a bid with so many more units of score, at each of its levels alike."""
    levels = tuple(replace(level, score=level.score + more) for level in one.levels)
    full = None if one.full_score is None else one.full_score + more
    return replace(one, levels=levels, full_score=full)


def cheaper(one: Candidate, pounds: int) -> Candidate:
    """Give a bid whose cost in each year is so many whole pounds lower, never below nought, at each level alike."""
    levels = tuple(
        replace(level, costs=tuple(max(0, cost - 100 * pounds) for cost in level.costs)) for level in one.levels
    )
    return replace(one, levels=levels)


def least_units(problem: Problem, one: Candidate) -> int:
    """Give the fewest units of score that are not below the published minimum."""
    least = Fraction(problem.policy.minimum_of(one.theme) or 0) * problem.score_unit
    return -(-least.numerator // least.denominator)


def limits_on(problem: Problem, one: Candidate) -> tuple[str, ...]:
    """Name the published limits of money that a bid's cost counts towards: its theme's and the programme's."""
    return tuple(_limits(problem, one))


def _limits(problem: Problem, one: Candidate) -> Iterator[str]:
    for rule in problem.rules:
        whose = getattr(rule, "theme", EVERY_THEME)
        if rule.traits.is_budget and rule.ceiling is not None and whose in (one.theme, EVERY_THEME):
            yield rule.id


def raised(problem: Problem, names: tuple[str, ...], pounds: int) -> Problem:
    """Raise these limits by so many pounds for each year that they cover."""
    rules = tuple(_raised(problem, rule, pounds) if rule.id in names else rule for rule in problem.rules)
    return replace(problem, rules=rules)


def _raised(problem: Problem, rule: Rule, pounds: int) -> Rule:
    years = 1 if getattr(rule, "year", None) else max(1, len(problem.years))
    assert isinstance(rule, AnyBudget)
    assert rule.limit is not None
    return rule.model_copy(update={"limit": rule.limit + years * pounds})


def with_others(case: BidCase, funded: frozenset[str], then: frozenset[str] | None) -> BidCase:
    """Add what else changes with the bid, where it is known which bids alone would be funded then."""
    if then is None:
        return case
    gained, lost = then - funded - {case.bid}, funded - then - {case.bid}
    return replace(case, gained=tuple(sorted(gained)), lost=tuple(sorted(lost)), changes_known=True)


def found(change: Change, amount: int | None) -> Need:
    """Write what a change of one thing comes to; None: it was not established."""
    return Need(change, "not_established") if amount is None else Need(change, "found", amount)
