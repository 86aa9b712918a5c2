"""What is wrong with a problem before it is solved: rules that name what is not there, or that nothing can meet."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from evaluator.allocation.model import objectives_of
from evaluator.allocation.threshold import refuse_below_minimum
from evaluator.records.allocation import Problem
from evaluator.records.catalogue import finding
from evaluator.records.rules import (
    EVERY_THEME,
    Budget,
    Capacity,
    Exclusive,
    GroupFloor,
    Linked,
    MustFund,
    Rule,
    SmallShare,
    ThemeAwards,
    ThemeBudget,
    WardFloor,
    YearBudget,
)
from evaluator.records.source import Finding, Source, in_order


@dataclass(frozen=True)
class Known:
    """What a problem's rules may name."""

    problem: Problem  # after the minimum score
    source: Source
    bids: frozenset[str]
    refused: frozenset[str]
    themes: frozenset[str]

    def place(self, rule: Rule, key: str) -> Source:
        """Give the key of a rule as the place of a finding."""
        return replace(self.source, key=f"rule.{rule.id}.{key}")


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
    found = [*_twice(known), *_excludes(known), *_objectives(known), *_leftovers(known)]
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
    for objective, field in (("wards_covered", "wards"), ("groups_covered", "groups")):
        named = any(getattr(candidate, field) for candidate in known.problem.candidates)
        if objective in objectives_of(known.problem) and known.problem.candidates and not named:
            yield finding("E-ALLOC-004", known.source, objective=objective, what=field)


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


def _unknown(known: Known, rule: Rule, key: str, what: str, name: str, names: frozenset[str]) -> Iterator[Finding]:
    if name not in names:
        facts = {"rule": rule.id, "what": what, "name": name}
        yield finding("E-ALLOC-005", known.place(rule, key), **facts)


def _year(known: Known, rule: Rule, year: str) -> Iterator[Finding]:
    yield from _unknown(known, rule, "year", "year", year, frozenset(known.problem.years))


def _year_budget(known: Known, rule: YearBudget) -> Iterator[Finding]:
    yield from _year(known, rule, rule.year)


def _theme(known: Known, rule: ThemeBudget | ThemeAwards) -> Iterator[Finding]:
    if rule.theme != EVERY_THEME:
        yield from _unknown(known, rule, "theme", "theme", rule.theme, known.themes)


def _theme_budget(known: Known, rule: ThemeBudget) -> Iterator[Finding]:
    yield from _theme(known, rule)
    if rule.year is not None:
        yield from _year(known, rule, rule.year)
    if rule.limit is None and rule.least is None:
        yield finding("E-ALLOC-006", known.place(rule, "limit"), rule=rule.id, keys="limit nor least")
    if rule.limit is not None and rule.least is not None and rule.least > rule.limit:
        yield finding("E-ALLOC-007", known.place(rule, "least"), rule=rule.id, least=rule.least, most=rule.limit)


def _theme_awards(known: Known, rule: ThemeAwards) -> Iterator[Finding]:
    yield from _theme(known, rule)
    if rule.most is None and not rule.least:
        yield finding("E-ALLOC-006", known.place(rule, "most"), rule=rule.id, keys="least nor most")
    if rule.most is not None and rule.least > rule.most:
        yield finding("E-ALLOC-007", known.place(rule, "least"), rule=rule.id, least=rule.least, most=rule.most)


def _bids(known: Known, rule: Exclusive | Linked) -> Iterator[Finding]:
    for bid in rule.bids:
        yield from _unknown(known, rule, "bids", "bid", bid, known.bids)
    if len(set(rule.bids)) < max(2, len(rule.bids)):
        yield finding("E-ALLOC-008", known.place(rule, "bids"), rule=rule.id)


def _must_fund(known: Known, rule: MustFund) -> Iterator[Finding]:
    yield from _unknown(known, rule, "bid", "bid", rule.bid, known.bids)
    for refusal in known.problem.refused:
        if refusal.bid == rule.bid:
            why = refusal.explanation
            yield finding("E-ALLOC-009", known.place(rule, "bid"), rule=rule.id, bid=rule.bid, why=why)


def _capacity(known: Known, rule: Capacity) -> Iterator[Finding]:
    yield from _nobody(known, rule, "limit", "hours", any(one.hours for one in known.problem.candidates))


def _ward_floor(known: Known, rule: WardFloor) -> Iterator[Finding]:
    named = not rule.least or any(one.wards for one in known.problem.candidates)
    yield from _nobody(known, rule, "least", "wards", named)


def _group_floor(known: Known, rule: GroupFloor) -> Iterator[Finding]:
    groups = frozenset(group for one in known.problem.candidates for group in one.groups)
    if rule.least and known.problem.candidates:
        yield from _unknown(known, rule, "group", "group", rule.group, groups)


def _small_share(known: Known, rule: SmallShare) -> Iterator[Finding]:
    named = not rule.least or any(one.small for one in known.problem.candidates)
    yield from _nobody(known, rule, "least", "small", named)
    if rule.share > 1:
        yield finding("E-ALLOC-007", known.place(rule, "least"), rule=rule.id, least=f"{rule.least}%", most="100%")


def _nobody(known: Known, rule: Rule, key: str, what: str, named: bool) -> Iterator[Finding]:
    if known.problem.candidates and not named:
        yield finding("E-ALLOC-010", known.place(rule, key), rule=rule.id, what=what)


CHECKS: dict[str, Callable[[Known, Any], Iterator[Finding]]] = {
    "year_budget": _year_budget,
    "theme_budget": _theme_budget,
    "theme_awards": _theme_awards,
    "capacity": _capacity,
    "exclusive": _bids,
    "linked": _bids,
    "must_fund": _must_fund,
    "ward_floor": _ward_floor,
    "group_floor": _group_floor,
    "small_share": _small_share,
}
