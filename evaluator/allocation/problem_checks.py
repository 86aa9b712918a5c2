"""What is wrong with a problem before it is solved: rules that name what is not there, or that nothing can meet.

What is looked at follows from the keys that a rule has and from the traits of its kind.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from evaluator.allocation.equal_shares.checks import shares_can_be_spent
from evaluator.allocation.model.below_minimum import refuse_below_minimum
from evaluator.allocation.model.model import objectives_of
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source, in_order
from evaluator.records.programme.allocation_policy import OBJECTIVES
from evaluator.records.programme.money.merit_terms import unusable
from evaluator.records.programme.rules import (
    EVERY_THEME,
    Budget,
    Capacity,
    Exclusive,
    Linked,
    MustFund,
    RankRule,
    Rule,
    ThemeRule,
    ThemeShare,
    YearBudget,
    YearlyBudget,
)
from evaluator.records.results.allocation import Problem

COUNTED = {name: traits.asks for name, traits in OBJECTIVES.items() if traits.asks}  # what a bid must say to count


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
    found = [*_twice(known), *_excludes(known), *_objectives(known), *_leftovers(known), *_theme_figures(known)]
    found += shares_can_be_spent(problem, source)
    for rule in problem.rules:
        found += _rule(known, rule)
    return in_order(found)


def _rule(known: Known, rule: Rule) -> Iterator[Finding]:
    """Look at one rule by what it has: a theme, a year, figures, bids, or what bids say of themselves."""
    yield from _figures(known, rule)
    yield from _asked(known, rule)
    if isinstance(rule, ThemeRule):
        yield from _theme(known, rule)
    if isinstance(rule, YearlyBudget):
        yield from _year(known, rule)
        yield from _carry_over(known, rule)
    if isinstance(rule, ThemeShare):
        yield from _whole(known, rule)
    if isinstance(rule, RankRule):
        yield from _merit(known, rule)
    if isinstance(rule, Capacity):
        yield from _themes(known, rule)
    if rule.traits.scope == "bids":
        yield from _bids(known, rule)


def _figures(known: Known, rule: Rule) -> Iterator[Finding]:
    """Find a rule without a figure, or with one that no other can stand beside: least above most, or above all."""
    if rule.decides_nothing:
        keys = "limit nor least" if rule.ceiling_key == "limit" else "least nor most"
        yield finding("E-ALLOC-006", known.place(rule, rule.ceiling_key), rule=rule.id, keys=keys)
    sign, whole = ("%", Decimal(100)) if rule.traits.counts == "share" else ("", None)
    floor, ceiling = rule.floor, whole if rule.ceiling is None else rule.ceiling
    if floor is not None and ceiling is not None and floor > (ceiling if whole is None else min(ceiling, whole)):
        yield finding(
            "E-ALLOC-007", known.place(rule, "least"), rule=rule.id, least=f"{floor}{sign}", most=f"{ceiling}{sign}"
        )
    if isinstance(rule, YearBudget) and rule.committed is not None and rule.committed > rule.limit:
        place = known.place(rule, "committed")
        yield finding("E-ALLOC-007", place, rule=rule.id, least=rule.committed, most=rule.limit)


def _asked(known: Known, rule: Rule) -> Iterator[Finding]:
    """Find a rule that counts what no bid says; a note where the bids were asked, and all said no or nothing."""
    column, key = rule.traits.asks, rule.traits.names
    if column is None or not known.problem.candidates or rule.floor == 0:
        return
    said = [getattr(one, column) for one in known.problem.candidates]
    name = getattr(rule, key) if key else None
    if name not in (None, EVERY_THEME):
        yield from _unmet(known, rule, key, name, frozenset(word for words in said for word in words))
    elif not any(said):
        code = "E-ALLOC-016" if column in known.problem.columns else "E-ALLOC-010"
        yield finding(code, known.place(rule, rule.ceiling_key or "least"), rule=rule.id, what=column)


def _unmet(known: Known, rule: Rule, key: str, name: str, names: frozenset[str]) -> Iterator[Finding]:
    """Note a rule on what no bid has: no award can go wrong by a slip in the name, since a floor cannot be met."""
    if name not in names:
        so = "it cannot be met" if rule.floor else "it decides nothing"
        yield finding("E-ALLOC-015", known.place(rule, key), rule=rule.id, what=key, name=name, so=so)


def _theme(known: Known, rule: ThemeRule) -> Iterator[Finding]:
    if rule.theme == EVERY_THEME:
        return
    if rule.floor or known.with_bids <= _themes_named(known, rule):
        yield from _unmet(known, rule, "theme", rule.theme, known.themes)
    else:
        yield from _unknown(known, rule, "theme", "theme", rule.theme, known.themes)


def _themes_named(known: Known, rule: ThemeRule) -> frozenset[str]:
    """Give the themes that rules of this kind, and of its year, name; ``*`` names all that have bids.

    Where these are all, the rule's own theme is one without bids, and not another's name with a slip in it.
    """
    year = getattr(rule, "year", None)
    rules = (one for one in known.problem.rules if isinstance(one, type(rule)))
    named = frozenset(one.theme for one in rules if getattr(one, "year", None) == year)
    return known.with_bids if EVERY_THEME in named else named


def _year(known: Known, rule: YearlyBudget) -> Iterator[Finding]:
    if rule.year is not None:
        yield from _unknown(known, rule, "year", "year", rule.year, frozenset(known.problem.years))


def _carry_over(known: Known, rule: YearlyBudget) -> Iterator[Finding]:
    """Find limits into which nothing can be carried over: of no year, of the first, or after a year without one."""
    years = known.problem.years
    if not rule.carry_over or (rule.year is not None and rule.year not in years):
        return
    at = 0 if rule.year is None else years.index(rule.year)
    same = [one for one in known.problem.rules if isinstance(one, type(rule)) and one.limit is not None]
    before = [one for one in same if at and one.year == years[at - 1] and _same_money(one, rule)]
    if not before or rule.limit is None:
        yield finding("E-ALLOC-013", known.place(rule, "carry_over"), rule=rule.id)


def _same_money(one: YearlyBudget, rule: YearlyBudget) -> bool:
    theme = getattr(one, "theme", EVERY_THEME)
    return theme in (EVERY_THEME, getattr(rule, "theme", EVERY_THEME))


def _merit(known: Known, rule: RankRule) -> Iterator[Finding]:
    problem = known.problem
    indexed = {one.theme for one in problem.candidates if one.by_index}
    for key, why in unusable(rule, problem.rules, problem.policy.method, indexed):
        yield finding("E-ALLOC-018", known.place(rule, key), rule=rule.id, why=why)


def _whole(known: Known, rule: ThemeShare) -> Iterator[Finding]:
    """Find a share of the programme's budget where it has none."""
    if rule.of == "budget" and not _has_whole_budget(known.problem):
        yield finding("E-ALLOC-014", known.place(rule, "of"), rule=rule.id)


def _has_whole_budget(problem: Problem) -> bool:
    """Whether the money of the whole programme is limited: in all, or in every year."""
    limited = {rule.year for rule in problem.rules if isinstance(rule, YearBudget)}
    in_all = any(isinstance(rule, Budget) for rule in problem.rules)
    return in_all or (bool(problem.years) and limited.issuperset(problem.years))


def _themes(known: Known, rule: Capacity) -> Iterator[Finding]:
    for theme in rule.themes:
        yield from _unknown(known, rule, "themes", "theme", theme, known.themes)


def _bids(known: Known, rule: Rule) -> Iterator[Finding]:
    """Find bids that are not there or are refused, and a rule on several bids that does not name two different ones."""
    if isinstance(rule, MustFund):
        yield from _unknown(known, rule, "bid", "bid", rule.bid, known.bids)
        for refusal in known.problem.refused:
            if refusal.bid == rule.bid:
                facts = {"rule": rule.id, "bid": rule.bid, "why": refusal.explanation}
                yield finding("E-ALLOC-009", known.place(rule, "bid"), **facts)
    if isinstance(rule, Exclusive | Linked):
        for bid in rule.bids:
            yield from _unknown(known, rule, "bids", "bid", bid, known.bids)
        if len(set(rule.bids)) < max(2, len(rule.bids)):
            yield finding("E-ALLOC-008", known.place(rule, "bids"), rule=rule.id)


def _unknown(known: Known, rule: Rule, key: str, what: str, name: str, names: frozenset[str]) -> Iterator[Finding]:
    if name not in names:
        facts = {"rule": rule.id, "what": what, "name": name}
        yield finding("E-ALLOC-005", known.place(rule, key), **facts)


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
    for objective, field in COUNTED.items():
        named = any(getattr(candidate, field) for candidate in known.problem.candidates)
        if objective in objectives_of(known.problem) and known.problem.candidates and not named:
            yield finding("E-ALLOC-004", known.source, objective=objective, what=field)
    policy, place = known.problem.policy, replace(known.source, key=f"{known.source.key}.tie_break".strip("."))
    for objective in policy.tie_break if policy.method != "optimise" else ():
        by_votes = policy.method == "equal_shares" and objective == "total_score"
        if not OBJECTIVES[objective].tells_bids_apart and not by_votes:
            yield finding("E-ALLOC-017", place, objective=objective)


def _theme_figures(known: Known) -> Iterator[Finding]:
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
    if problem.policy.method != "priority":
        yield finding("E-ALLOC-011", place, why=f"the method is {problem.policy.method}, which has no such phase")
    elif not _has_whole_budget(problem):
        yield finding("E-ALLOC-011", place, why="no rule limits the money of the whole programme")
