"""What each published rule costs: the best total score without it, with its limit a step away, and by budget."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from evaluator.allocation import best_total
from evaluator.records.numbers import decimal_text, pounds
from evaluator.records.programme.rules import Budget, Rule, YearBudget
from evaluator.records.results.allocation import Allocation, Problem
from evaluator.records.results.studies.rule_costs import FrontierPoint, Moved, RuleCost, RuleStudy
from evaluator.records.work import ReportProgress, Share

KEYS = ("limit", "most", "least", "committed")
MINIMUM = "minimum_score"
NOTHING: Mapping[str, int] = {}
PERCENTS = (80, 85, 90, 95, 100, 105, 110, 115, 120)


def rule_study(problem: Problem, allocation: Allocation, report_progress: ReportProgress = lambda _: None) -> RuleStudy:
    """Re-solve an allocation without each family of rules, without each rule, a step either way, and by budget.

    The published minimum scores are treated as rules. Where the published method is a list, it is followed again each
    time.
    """
    costs = [
        *families(problem, report_progress=report_progress),
        *_singles(problem, report_progress),
        *_steps(problem, report_progress),
        *_minimums(problem, report_progress),
    ]
    frontier = tuple(_frontier(problem, report_progress))
    return RuleStudy(problem.score_unit, allocation.total_score, problem.policy.method, tuple(costs), frontier)


def families(
    problem: Problem,
    share: Share = map,
    report_progress: ReportProgress = lambda _: None,
    known: Mapping[str, int] = NOTHING,
) -> tuple[RuleCost, ...]:
    """Say what each kind of rule costs, all rules of the kind left out.

    Parameters
    ----------
    share : shares the work out.
    known : the best total score without the rules of a kind, by kind, where that was proven already.
    """
    found = []
    for cost in share(partial(_family, problem, known), list(dict.fromkeys(rule.kind for rule in problem.rules))):
        found.append(cost)
        report_progress(f"Leaving out every rule on {cost.kind.replace('_', ' ')}")
    return tuple(found)


def _family(problem: Problem, known: Mapping[str, int], kind: str) -> RuleCost:
    left = tuple(rule for rule in problem.rules if rule.kind != kind)
    ids = tuple(rule.id for rule in problem.rules if rule.kind == kind)
    if kind in known:
        return RuleCost("family", kind, ids, "all left out", "proven", known[kind])
    return _cost(problem, left, "family", kind, ids, "all left out")


def _singles(problem: Problem, report_progress: ReportProgress) -> Iterator[RuleCost]:
    for rule in problem.rules:
        report_progress(f"Leaving out {rule.id}")
        left = tuple(other for other in problem.rules if other is not rule)
        yield _cost(problem, left, "without", rule.kind, (rule.id,), "left out")


def _steps(problem: Problem, report_progress: ReportProgress) -> Iterator[RuleCost]:
    for rule in problem.rules:
        for key in KEYS:
            value = getattr(rule, key, None)
            if value is None or (key == "least" and not value):
                continue
            report_progress(f"Moving {rule.id} a step")
            for sign in (-1, 1):
                moved = _moved(rule, value, sign)
                if moved < 0 or (rule.traits.counts == "share" and moved > 100):
                    continue
                changed = tuple(_with(rule, key, moved) if one is rule else one for one in problem.rules)
                looser = (sign > 0) == (key not in ("least", "committed"))
                words = f"{key} {_words(rule, value)} to {_words(rule, moved)}"
                yield _cost(problem, changed, "looser" if looser else "tighter", rule.kind, (rule.id,), words)


def _minimums(problem: Problem, report_progress: ReportProgress) -> Iterator[RuleCost]:
    """Leave out each published minimum score, and move it a point either way."""
    policy = problem.policy
    published = {"": policy.minimum_score, **policy.minimum_scores}
    for theme, value in published.items():
        if value is None:
            continue
        report_progress(f"Moving the minimum score {theme}".rstrip())
        name = f"minimum score of {theme}" if theme else "minimum score"
        for moved in (None, value - 1, value + 1):
            if moved is not None and moved < 0:
                continue
            change: Moved = "without" if moved is None else "looser" if moved < value else "tighter"
            words = "left out" if moved is None else f"{decimal_text(value)} to {decimal_text(moved)}"
            yield _solved(_with_minimum(problem, theme, moved), change, MINIMUM, (name,), words)


def _with_minimum(problem: Problem, theme: str, value: Decimal | None) -> Problem:
    """Give another minimum score; without one a theme has none, whatever holds for the others."""
    if theme:
        changed: dict[str, Any] = {"minimum_scores": {**problem.policy.minimum_scores, theme: value or Decimal(0)}}
    else:
        changed = {"minimum_score": value}
    return replace(problem, policy=problem.policy.model_copy(update=changed))


def _moved(rule: Rule, value: Any, sign: int) -> Any:
    """Give a limit one step away; steps of money and hours are rounded to whole pence or hundredths of an hour."""
    if rule.traits.counts in ("money", "hours"):
        return value + sign * max(Decimal("0.01"), round(value / 100, 2))
    return value + sign


def _with(rule: Rule, key: str, value: Any) -> Rule:
    return rule.model_copy(update={key: value})


def _words(rule: Rule, value: Any) -> str:
    if rule.traits.counts == "money":
        return pounds(int(value * 100))
    text = decimal_text(Decimal(value))
    return f"{text} %" if rule.traits.counts == "share" else text


def _cost(
    problem: Problem, rules: tuple[Rule, ...], change: Moved, kind: str, ids: tuple[str, ...], words: str
) -> RuleCost:
    return _solved(replace(problem, rules=rules), change, kind, ids, words)


def _solved(problem: Problem, change: Moved, kind: str, ids: tuple[str, ...], words: str) -> RuleCost:
    best = best_total(problem)
    return RuleCost(change, kind, ids, words, best.status, best.score)


def _frontier(problem: Problem, report_progress: ReportProgress) -> Iterator[FrontierPoint]:
    """Scale every budget of the programme and its themes, the least that themes must award too, in proportion."""
    if not any(rule.traits.is_whole_budget for rule in problem.rules):
        return
    for percent in PERCENTS:
        report_progress(f"Solving with {percent} % of the budget")
        rules = tuple(_scaled(rule, percent) for rule in problem.rules)
        best = best_total(replace(problem, rules=rules))
        yield FrontierPoint(percent, _budget(rules), best.status, best.score, best.cost)


def _scaled(rule: Rule, percent: int) -> Rule:
    if not rule.traits.is_budget:
        return rule
    amounts = {key: getattr(rule, key, None) for key in ("limit", "least")}
    scaled = {key: round(value * percent / 100, 2) for key, value in amounts.items() if value is not None}
    return rule.model_copy(update=scaled)


def _budget(rules: tuple[Rule, ...]) -> int:
    """Give the programme's budget in pence: the limit of all years together, else the years' added up."""
    whole = [rule.limit for rule in rules if isinstance(rule, Budget)]
    years = [rule.limit for rule in rules if isinstance(rule, YearBudget)]
    return int(100 * (min(whole) if whole else sum(years, Decimal(0))))
