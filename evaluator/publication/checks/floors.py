"""Checks that the published floors and ceilings of an award can hold together."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evaluator.publication.locations import Place, all_rules
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.rules import EVERY_THEME, Budget, ThemeRule, YearBudget

AWARDS, ALL_YEARS = "awards", "all years"


@dataclass(frozen=True)
class Bound:
    """A floor or ceiling: of a theme's awards, or of its money in one year or in all years."""

    theme: str
    scope: str
    figure: Decimal
    rule: str
    place: Source


def floors_are_below_ceilings(criteria: Criteria) -> Iterator[Finding]:
    """Find a theme whose floor is above its ceiling, in one rule or between two."""
    least, most = floors(criteria), ceilings(criteria)
    for theme in criteria.themes:
        for scope in (AWARDS, ALL_YEARS, *criteria.years):
            floor, ceiling = highest(least, theme.id, scope), lowest(most, theme.id, scope)
            if floor and ceiling and floor.figure > ceiling.figure:
                figures = {"floor": f"{floor.figure:,}", "ceiling": f"{ceiling.figure:,}"}
                names = {"rule": floor.rule, "other": ceiling.rule, "theme": theme.id, "scope": scope}
                yield finding("E-CRIT-605", floor.place, **figures, **names)


def floors_fit_the_budget(criteria: Criteria) -> Iterator[Finding]:
    """Find floors of the themes that add up to more than the programme has, in a year or in all."""
    least = floors(criteria)
    for scope in (ALL_YEARS, *criteria.years):
        bounds = [found for theme in criteria.themes if (found := highest(least, theme.id, scope))]
        together, limit = sum(bound.figure for bound in bounds), _budget(criteria, scope)
        if limit is not None and together > limit:
            rules = ", ".join(sorted({bound.rule for bound in bounds}))
            figures = {"together": f"{together:,}", "limit": f"{limit:,}"}
            yield finding("E-CRIT-604", bounds[0].place, rules=rules, scope=scope, **figures)


def _budget(criteria: Criteria, scope: str) -> Decimal | None:
    """Give the programme's money in one year or, by the tighter of the two, in all years."""
    rules = [rule for _, rule in all_rules(criteria)]
    if scope != ALL_YEARS:
        return min((r.limit for r in rules if isinstance(r, YearBudget) and r.year == scope), default=None)
    limits = [rule.limit for rule in rules if isinstance(rule, Budget)]
    by_year = [_budget(criteria, year) for year in criteria.years]
    given = [limit for limit in by_year if limit is not None]
    return min([*limits, *([sum(given, Decimal(0))] if given and len(given) == len(by_year) else [])], default=None)


def most_money(criteria: Criteria, theme: str) -> Decimal | None:
    """Give the most that all awards of a theme can cost in all years; None where no budget says."""
    own = lowest(ceilings(criteria), theme, ALL_YEARS)
    return min(filter(None, (own.figure if own else None, _budget(criteria, ALL_YEARS))), default=None)


def floors(criteria: Criteria) -> list[Bound]:
    """Give every floor of a theme, of awards and of money."""
    return [_bound(place, rule, "least", rule.floor) for place, rule in _theme_rules(criteria) if rule.floor]


def ceilings(criteria: Criteria) -> list[Bound]:
    """Give every ceiling of a theme, of awards and of money."""
    rules = _theme_rules(criteria)
    return [_bound(place, rule, rule.ceiling_key, rule.ceiling) for place, rule in rules if rule.ceiling is not None]


def _theme_rules(criteria: Criteria) -> Iterator[tuple[Place, ThemeRule]]:
    for place, rule in all_rules(criteria):
        if isinstance(rule, ThemeRule) and rule.traits.counts in ("awards", "money"):
            yield place, rule


def _bound(place: Place, rule: ThemeRule, key: str, figure: Decimal | int) -> Bound:
    scope = AWARDS if rule.traits.counts == "awards" else getattr(rule, "year", None) or ALL_YEARS
    return Bound(rule.theme, scope, Decimal(figure), rule.id, place.key(key))


def _of(bounds: list[Bound], theme: str, scope: str) -> list[Bound]:
    return [bound for bound in bounds if bound.theme in (theme, EVERY_THEME) and bound.scope == scope]


def highest(bounds: list[Bound], theme: str, scope: str) -> Bound | None:
    """Give the highest floor of a theme, of awards or of money in a year or in all."""
    return max(_of(bounds, theme, scope), key=lambda bound: bound.figure, default=None)


def lowest(bounds: list[Bound], theme: str, scope: str) -> Bound | None:
    """Give the lowest ceiling of a theme, of awards or of money in a year or in all."""
    return min(_of(bounds, theme, scope), key=lambda bound: bound.figure, default=None)


def money(bound: Bound | None) -> Decimal:
    """Give a bound's figure; nothing where there is none."""
    return bound.figure if bound else Decimal(0)
