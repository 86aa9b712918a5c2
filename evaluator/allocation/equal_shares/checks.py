"""What stands in the way of equal shares: no ballots, no single budget, or a rule that the method does not know."""

from collections.abc import Iterator
from dataclasses import replace

from evaluator.records.english import listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.rules import Budget, MeritOrder
from evaluator.records.results.allocation import Problem
from evaluator.records.results.ballots import SATISFACTIONS


def shares_can_be_spent(problem: Problem, source: Source) -> Iterator[Finding]:
    """Find what equal shares lack or cannot keep, and keys of theirs beside another method."""
    policy = problem.policy

    def place(key: str) -> Source:
        return replace(source, key=f"{source.key}.{key}".strip("."))

    if policy.method != "equal_shares":
        for key in ("completion", "satisfaction"):
            if getattr(policy, key) is not None:
                yield finding("E-ALLOC-025", place(key), key=key, method=policy.method)
        return
    yield from _one_budget(problem, source, place("method"))
    if problem.ballots is None:
        yield finding("E-ALLOC-020", place("method"))
        return
    kind = problem.ballots.kind
    if policy.satisfaction is not None and policy.satisfaction not in SATISFACTIONS[kind]:
        fitting, measure = listing(SATISFACTIONS[kind]), policy.satisfaction
        yield finding("E-ALLOC-023", place("satisfaction"), measure=measure, kind=kind, fitting=fitting)


def _one_budget(problem: Problem, source: Source, method: Source) -> Iterator[Finding]:
    """Find rules beside the one budget, and bids that are not simply funded or not."""
    budgets = [rule for rule in problem.rules if isinstance(rule, Budget)]
    if len(budgets) != 1:
        yield finding("E-ALLOC-022", method, count=len(budgets) or "none")
    for rule in problem.rules:
        if not isinstance(rule, Budget | MeritOrder):  # of a merit order another finding says so
            kind = replace(source, key=f"rule.{rule.id}.kind")
            yield finding("E-ALLOC-021", kind, what=f"rule {rule.id} of kind {rule.kind}")
    for one in problem.candidates:
        if one.excludes:
            yield finding("E-ALLOC-021", method, what=f"what {one.bid} excludes")
        if one.levels[0].name != "100%" or len(one.levels) > 1:
            yield finding("E-ALLOC-024", method, bid=one.bid)
