"""What is wrong with a problem before it is solved: rules that name what is not there, or that nothing can meet."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from evaluator.allocation.model.model import objectives_of
from evaluator.allocation.priority.priority import TELL_BIDS_APART
from evaluator.allocation.problem import refuse_below_minimum
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source, in_order
from evaluator.records.programme.rules import (
    EVERY_THEME,
    Budget,
    Capacity,
    Exclusive,
    GroupFloor,
    LeastLevel,
    Linked,
    MustFund,
    OutcomeFloor,
    ReserveList,
    Rule,
    SmallShare,
    ThemeAwards,
    ThemeBudget,
    ThemeShare,
    Variants,
    WardFloor,
    YearBudget,
)
from evaluator.records.results.allocation import Problem


@dataclass(frozen=True)
class Known:
    """What a problem's rules may name."""

    problem: Problem  # after the minimum score
    source: Source
    bids: frozenset[str]
    refused: frozenset[str]
    themes: frozenset[str]

    @property
    def with_bids(self) -> frozenset[str]:
        """The themes that bids are for, those below a minimum score among them."""
        themes = {one.theme for one in self.problem.candidates}
        return frozenset(themes | {one.theme for one in self.problem.refused})

    def place(self, rule: Rule, key: str) -> Source:
        """Give the key of a rule as the place of a finding."""
        return replace(self.source, key=f"rule.{rule.id}.{key}")


def _unknown(known: Known, rule: Rule, key: str, what: str, name: str, names: frozenset[str]) -> Iterator[Finding]:
    if name not in names:
        facts = {"rule": rule.id, "what": what, "name": name}
        yield finding("E-ALLOC-005", known.place(rule, key), **facts)


def _floor(known: Known, rule: Rule, key: str, name: str, names: frozenset[str]) -> Iterator[Finding]:
    """Note a floor for what no bid has: it cannot be met, so no award can go wrong by a slip in the name."""
    if name not in names:
        facts = {"rule": rule.id, "what": key, "name": name, "so": "it cannot be met"}
        yield finding("E-ALLOC-015", known.place(rule, key), **facts)


def _year(known: Known, rule: Rule, year: str) -> Iterator[Finding]:
    yield from _unknown(known, rule, "year", "year", year, frozenset(known.problem.years))


def _year_budget(known: Known, rule: YearBudget) -> Iterator[Finding]:
    yield from _year(known, rule, rule.year)
    yield from _carry_over(known, rule)
    if rule.committed is not None and rule.committed > rule.limit:
        yield finding(
            "E-ALLOC-007", known.place(rule, "committed"), rule=rule.id, least=rule.committed, most=rule.limit
        )


def _carry_over(known: Known, rule: YearBudget | ThemeBudget) -> Iterator[Finding]:
    """Find limits into which nothing can be carried over: of no year, of the first, or after a year without one."""
    years = known.problem.years
    if not rule.carry_over or (rule.year is not None and rule.year not in years):
        return
    at = 0 if rule.year is None else years.index(rule.year)
    same = [one for one in known.problem.rules if isinstance(one, type(rule)) and one.limit is not None]
    before = [one for one in same if at and one.year == years[at - 1] and _same_money(one, rule)]
    if not before or rule.limit is None:
        yield finding("E-ALLOC-013", known.place(rule, "carry_over"), rule=rule.id)


def _same_money(one: YearBudget | ThemeBudget, rule: YearBudget | ThemeBudget) -> bool:
    theme = getattr(one, "theme", EVERY_THEME)
    return theme in (EVERY_THEME, getattr(rule, "theme", EVERY_THEME))


def _theme(known: Known, rule: ThemeBudget | ThemeAwards | ThemeShare | ReserveList) -> Iterator[Finding]:
    if rule.theme == EVERY_THEME or rule.theme in known.themes:
        return
    if getattr(rule, "least", None):
        yield from _floor(known, rule, "theme", rule.theme, known.themes)
    elif known.with_bids <= _themes_named(known, rule):
        facts = {"rule": rule.id, "what": "theme", "name": rule.theme, "so": "it decides nothing"}
        yield finding("E-ALLOC-015", known.place(rule, "theme"), **facts)
    else:
        yield from _unknown(known, rule, "theme", "theme", rule.theme, known.themes)


def _themes_named(known: Known, rule: Rule) -> frozenset[str]:
    """Give the themes that rules of this kind, and of its year, name; ``*`` names all that have bids.

    Where these are all, the rule's own theme is one without bids, and not another's name with a slip in it.
    """
    year = getattr(rule, "year", None)
    alike = [one for one in known.problem.rules if one.kind == rule.kind and getattr(one, "year", None) == year]
    named = frozenset(theme for one in alike for theme in (getattr(one, "theme", ""),))
    return known.with_bids if EVERY_THEME in named else named


def _theme_budget(known: Known, rule: ThemeBudget) -> Iterator[Finding]:
    yield from _theme(known, rule)
    yield from _carry_over(known, rule)
    if rule.year is not None:
        yield from _year(known, rule, rule.year)
    if rule.limit is None and rule.least is None:
        yield finding("E-ALLOC-006", known.place(rule, "limit"), rule=rule.id, keys="limit nor least")
    if rule.limit is not None and rule.least is not None and rule.least > rule.limit:
        yield finding("E-ALLOC-007", known.place(rule, "least"), rule=rule.id, least=rule.least, most=rule.limit)


def _theme_share(known: Known, rule: ThemeShare) -> Iterator[Finding]:
    yield from _theme(known, rule)
    if rule.least is None and rule.most is None:
        yield finding("E-ALLOC-006", known.place(rule, "most"), rule=rule.id, keys="least nor most")
    if rule.least is not None and rule.least > min(100, rule.most if rule.most is not None else 100):
        most = "100%" if rule.most is None else f"{rule.most}%"
        yield finding("E-ALLOC-007", known.place(rule, "least"), rule=rule.id, least=f"{rule.least}%", most=most)
    limited = {one.year for one in known.problem.rules if isinstance(one, YearBudget)}
    whole = any(isinstance(one, Budget) for one in known.problem.rules)
    if rule.of == "budget" and not whole and not (known.problem.years and limited.issuperset(known.problem.years)):
        yield finding("E-ALLOC-014", known.place(rule, "of"), rule=rule.id)


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
    for theme in rule.themes:
        yield from _unknown(known, rule, "themes", "theme", theme, known.themes)


def _ward_floor(known: Known, rule: WardFloor) -> Iterator[Finding]:
    named = not rule.least or any(one.wards for one in known.problem.candidates)
    if rule.ward is not None and rule.least and known.problem.candidates:
        wards = frozenset(ward for one in known.problem.candidates for ward in one.wards)
        yield from _floor(known, rule, "ward", rule.ward, wards)
    else:
        yield from _nobody(known, rule, "least", "wards", named)


def _group_floor(known: Known, rule: GroupFloor) -> Iterator[Finding]:
    groups = frozenset(group for one in known.problem.candidates for group in one.groups)
    if rule.least and known.problem.candidates:
        yield from _floor(known, rule, "group", rule.group, groups)


def _outcome_floor(known: Known, rule: OutcomeFloor) -> Iterator[Finding]:
    outcomes = frozenset(outcome for one in known.problem.candidates for outcome in one.outcomes)
    if rule.least and known.problem.candidates:
        yield from _floor(known, rule, "outcome", rule.outcome, outcomes)


def _variants(known: Known, rule: Variants) -> Iterator[Finding]:
    yield from _nobody(known, rule, "limit", "variant", any(one.variant for one in known.problem.candidates))


def _least_level(known: Known, rule: LeastLevel) -> Iterator[Finding]:
    if rule.least > 100:
        yield finding("E-ALLOC-007", known.place(rule, "least"), rule=rule.id, least=f"{rule.least}%", most="100%")


def _small_share(known: Known, rule: SmallShare) -> Iterator[Finding]:
    named = not rule.least or any(one.small for one in known.problem.candidates)
    yield from _nobody(known, rule, "least", "small", named)
    if rule.share > 1:
        yield finding("E-ALLOC-007", known.place(rule, "least"), rule=rule.id, least=f"{rule.least}%", most="100%")


def _nobody(known: Known, rule: Rule, key: str, what: str, named: bool) -> Iterator[Finding]:
    """Find a rule that counts what no bid says; a note where the bids were asked, and all said no or nothing."""
    if known.problem.candidates and not named:
        code = "E-ALLOC-016" if what in known.problem.columns else "E-ALLOC-010"
        yield finding(code, known.place(rule, key), rule=rule.id, what=what)


CHECKS: dict[str, Callable[[Known, Any], Iterator[Finding]]] = {
    "year_budget": _year_budget,
    "theme_budget": _theme_budget,
    "theme_share": _theme_share,
    "theme_awards": _theme_awards,
    "capacity": _capacity,
    "exclusive": _bids,
    "linked": _bids,
    "must_fund": _must_fund,
    "variants": _variants,
    "least_level": _least_level,
    "reserve_list": _theme,
    "ward_floor": _ward_floor,
    "group_floor": _group_floor,
    "outcome_floor": _outcome_floor,
    "small_share": _small_share,
}


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
