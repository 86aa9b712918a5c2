"""What is wrong with a problem before it is solved: rules that name what is not there, or that nothing can meet."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from evaluator.allocation.check_rules import CHECKS, Known
from evaluator.allocation.model import objectives_of
from evaluator.allocation.priority import TELL_BIDS_APART
from evaluator.allocation.threshold import refuse_below_minimum
from evaluator.records.allocation import Problem
from evaluator.records.catalogue import finding
from evaluator.records.rules import Budget, YearBudget
from evaluator.records.source import Finding, Source, in_order

COUNTED = (
    ("wards_covered", "wards"),
    ("groups_covered", "groups"),
    ("outcomes_covered", "outcomes"),
    ("score_by_people", "people"),
)


def check_problem(problem: Problem, source: Source, themes: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """Find rules that name an unknown bid, theme, year or group, or that no award can meet, and ids used twice.

    Parameters
    ----------
    source : the file that the rules stand in; findings add the rule and key.
    themes : themes that exist although no bid came in for them.
    """
    admitted = refuse_below_minimum(problem)
    refused = frozenset(refusal.bid for refusal in admitted.refused)
    known = Known(
        admitted,
        source,
        frozenset(candidate.bid for candidate in admitted.candidates) | refused,
        refused,
        frozenset(one.theme for one in admitted.candidates) | {one.theme for one in admitted.refused} | set(themes),
    )
    found = [*_twice(known), *_excludes(known), *_objectives(known), *_leftovers(known), *_of_themes(known)]
    for rule in problem.rules:
        found += CHECKS[rule.kind](known, rule) if rule.kind in CHECKS else ()
    return in_order(found)


def _twice(known: Known) -> Iterator[Finding]:
    for rule, times in sorted(Counter(rule.id for rule in known.problem.rules).items()):
        if times > 1:
            yield finding("E-ALLOC-001", replace(known.source, key=f"rule.{rule}"), rule=rule, times=times)
    bids = [one.bid for one in known.problem.candidates] + [one.bid for one in known.problem.refused]
    for bid, times in sorted(Counter(bids).items()):
        if times > 1:
            yield finding("E-ALLOC-002", known.source, bid=bid, times=times)


def _excludes(known: Known) -> Iterator[Finding]:
    for candidate in known.problem.candidates:
        for other in candidate.excludes:
            if other not in known.bids or other == candidate.bid:
                yield finding("E-ALLOC-003", known.source, bid=candidate.bid, other=other)


def _objectives(known: Known) -> Iterator[Finding]:
    for objective, field in COUNTED:
        named = any(getattr(candidate, field) for candidate in known.problem.candidates)
        if objective in objectives_of(known.problem) and known.problem.candidates and not named:
            yield finding("E-ALLOC-004", known.source, objective=objective, what=field)
    policy, place = known.problem.policy, replace(known.source, key=f"{known.source.key}.tie_break".strip("."))
    for objective in policy.tie_break if policy.method != "optimise" else ():
        if objective not in TELL_BIDS_APART:
            yield finding("E-ALLOC-017", place, objective=objective)


def _of_themes(known: Known) -> Iterator[Finding]:
    """Find figures for themes that are not there, and themes without a weight where weights decide."""
    policy = known.problem.policy
    for key in ("minimum_scores", "theme_weights"):
        place = replace(known.source, key=f"{known.source.key}.{key}".strip("."))
        named = set(getattr(policy, key))
        for theme in sorted(named - known.themes if not known.with_bids <= named else ()):
            yield finding("E-ALLOC-012", place, key=key, theme=theme, why="which no bid is for")
        if key == "theme_weights" and "score_by_theme" in objectives_of(known.problem):
            for theme in sorted(known.themes - set(policy.theme_weights)):
                yield finding("E-ALLOC-012", place, key=key, theme=theme, why="which needs a weight and has none")


def _leftovers(known: Known) -> Iterator[Finding]:
    """Find leftovers that no published method hands out, or that no budget of the programme would end."""
    problem, place = known.problem, replace(known.source, key=f"{known.source.key}.leftovers".strip("."))
    if not problem.policy.leftovers:
        return
    limited = {rule.year for rule in problem.rules if isinstance(rule, YearBudget)}
    ended = any(isinstance(rule, Budget) for rule in problem.rules)
    if problem.policy.method != "priority":
        yield finding("E-ALLOC-011", place, why=f"the method is {problem.policy.method}, which has no such phase")
    elif not ended and not (problem.years and limited.issuperset(problem.years)):
        yield finding("E-ALLOC-011", place, why="no rule limits the money of the whole programme")
