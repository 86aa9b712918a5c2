"""Checks of the rules of award: they name what exists, say it once, and decide what they can."""

from collections.abc import Iterator
from typing import Any

from evaluator.law import regime
from evaluator.publication.locations import all_rules, in_theme, programme
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.rules import (
    EVERY_THEME,
    FIGURES,
    Capacity,
    Rule,
    SmallShare,
    ThemeRule,
    ThemeShare,
    YearlyBudget,
)

WORDS = {"id", "title", "source", "gives_way"}


def rules_have_a_policy(criteria: Criteria) -> Iterator[Finding]:
    """Find themes with rules of award in a programme that does not say how awards are made."""
    for theme in criteria.themes:
        if theme.rule and criteria.allocation is None:
            yield finding("E-CRIT-610", in_theme(theme, "rule"), theme=theme.id)


def rules_name_what_exists(criteria: Criteria) -> Iterator[Finding]:
    """Find rules about a theme or a year that the programme does not have."""
    themes = {theme.id for theme in criteria.themes} | {EVERY_THEME}
    for place, rule in all_rules(criteria):
        if isinstance(rule, ThemeRule) and rule.theme not in themes:
            yield finding("E-CRIT-601", place.key("theme"), rule=rule.id, theme=rule.theme)
        for theme in sorted(set(rule.themes) - themes) if isinstance(rule, Capacity) else ():
            yield finding("E-CRIT-601", place.key("themes"), rule=rule.id, theme=theme)
        year = rule.year if isinstance(rule, YearlyBudget) else None
        if year is not None and year not in criteria.years:
            years = ", ".join(criteria.years) or "none"
            yield finding("E-CRIT-602", place.key("year"), rule=rule.id, year=year, years=years)


def theme_rules_stay_in_their_theme(criteria: Criteria) -> Iterator[Finding]:
    """Find a rule in a theme's file that binds another theme."""
    own = {f"themes/{theme.id}.toml": theme.id for theme in criteria.themes}
    for place, rule in all_rules(criteria):
        home = own.get(place.file)
        if home and isinstance(rule, ThemeRule) and rule.theme != home:
            yield finding("E-CRIT-611", place.key("theme"), rule=rule.id, theme=rule.theme, home=home)


def rules_say_each_thing_once(criteria: Criteria) -> Iterator[Finding]:
    """Find two rules on the same thing with different figures."""
    seen: dict[str, list[tuple[Rule, dict[str, Any]]]] = {}
    for place, rule in all_rules(criteria):
        terms = rule.model_dump(exclude=WORDS)
        figures = {key: terms.pop(key) for key in FIGURES if key in terms}
        earlier = seen.setdefault(repr(sorted(terms.items())), [])
        other = next((first.id for first, told in earlier if _disagree(told, figures)), None)
        if other is not None:
            yield finding("E-CRIT-606", place.key("kind"), rule=rule.id, other=other)
        earlier.append((rule, figures))


def _disagree(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Whether two rules give different figures for one thing; a figure left out, or a floor of 0, is none."""
    return any(first[key] and second[key] and first[key] != second[key] for key in first)


def rules_give_a_figure(criteria: Criteria) -> Iterator[Finding]:
    """Find rules of a theme with neither floor nor ceiling, and a share of more than all."""
    for place, rule in all_rules(criteria):
        if rule.decides_nothing or (isinstance(rule, ThemeShare) and rule.most is None and not rule.least):
            keys = "limit nor least" if rule.ceiling_key == "limit" else "least nor most"
            yield finding("E-CRIT-603", place.key(rule.ceiling_key), rule=rule.id, keys=keys)
        if isinstance(rule, SmallShare) and rule.share > 1:
            yield finding("E-CRIT-617", place.key("least"), rule=rule.id, share=decimal_text(rule.least))


def rules_do_not_name_bids(criteria: Criteria) -> Iterator[Finding]:
    """Find rules about certain bids in criteria that are published before any bid is made."""
    for place, rule in all_rules(criteria):
        if rule.traits.scope == "bids":
            yield finding("E-CRIT-612", place.key("kind"), rule=rule.id)


def rules_leave_something_to_award(criteria: Criteria) -> Iterator[Finding]:
    """Find limits of nought."""
    for place, rule in all_rules(criteria):
        if rule.ceiling == 0:
            yield finding("E-CRIT-614", place.key(rule.ceiling_key), rule=rule.id)


def awards_need_no_votes(criteria: Criteria) -> Iterator[Finding]:
    """Find awards that are to be made by what people voted, where evaluators mark the bids."""
    if criteria.allocation is not None and criteria.allocation.method == "equal_shares":
        code = "E-ALLOC-027" if regime(criteria.regime).procurement else "E-ALLOC-026"
        yield finding(code, programme("allocation.method"))


def equal_allocations_are_decided(criteria: Criteria) -> Iterator[Finding]:
    """Find an optimisation with no tie-break, and a tie-break that was already an objective."""
    policy = criteria.allocation
    if policy is None or policy.method != "optimise":
        return
    if not policy.tie_break:
        yield finding("E-CRIT-615", programme("allocation.tie_break"))
    stages = policy.objective + policy.tie_break
    for number, stage in enumerate(stages):
        if stage in stages[:number]:
            key = "objective" if number < len(policy.objective) else "tie_break"
            yield finding("E-CRIT-616", programme(f"allocation.{key}"), stage=stage)
