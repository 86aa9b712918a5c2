"""Rules on money as rows: budgets of the programme, its years and themes, what is carried over, and shares of them."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from evaluator.allocation.model.choice_index import ChoiceIndex, in_pence, themes_of
from evaluator.allocation.model.model import Row, Terms
from evaluator.records.programme.rules import (
    EVERY_THEME,
    Budget,
    OrganisationMoney,
    SmallShare,
    ThemeBudget,
    ThemeShare,
    YearBudget,
    YearlyBudget,
)


def budget(index: ChoiceIndex, rule: Budget) -> Iterator[Row]:
    """Hold all awards to the limit."""
    yield Row(rule.id, rule.kind, "", index.money(index.everything()), most=in_pence(rule.limit), unit="money")


def year_budget(index: ChoiceIndex, rule: YearBudget) -> Iterator[Row]:
    """Hold all awards to what a year has, with what the years before leave where it carries over."""
    years, most = carried(index, rule)
    terms = index.money(index.everything(), years)
    yield Row(rule.id, rule.kind, "", terms, most=most, unit="money", year=rule.year)


def theme_budget(index: ChoiceIndex, rule: ThemeBudget) -> Iterator[Row]:
    """Hold the money of a theme between its least and its limit."""
    for theme in themes_of(index.problem, rule.theme):
        yield from _theme_money(index, rule, theme)


def _theme_money(index: ChoiceIndex, rule: ThemeBudget, theme: str) -> Iterator[Row]:
    """Hold the money of a theme, in a year or in all, between its least and its limit."""
    places, unit, year = index.at_theme.get(theme, []), "money", rule.year or ""
    least, own = in_pence(rule.least), index.money(places, [rule.year] if rule.year else [])
    if not rule.carry_over:
        yield Row(rule.id, rule.kind, theme, own, least, in_pence(rule.limit), unit=unit, year=year)
        return
    years, most = carried(index, rule, theme)
    yield Row(rule.id, rule.kind, theme, index.money(places, years), most=most, unit=unit, year=year)
    if least is not None:
        yield Row(rule.id, rule.kind, theme, own, least, unit=unit, year=year)


def carried(index: ChoiceIndex, rule: YearlyBudget, theme: str = "") -> tuple[tuple[str, ...], int | None]:
    """Give the years whose money a rule's limit holds together, and that limit in pence.

    Without carry-over that is the year alone. With it the year before joins, and the one before that if the year before
    carries over too: money not spent then may be spent now, never the other way round.
    """
    years, limit = [rule.year or ""], _available(rule)
    while rule.carry_over and limit is not None:
        before = _before(index, rule, theme)
        if before is None:
            break
        years.append(before.year or "")
        limit += _available(before) or 0
        rule = before
    return tuple(reversed(years)), limit


def _available(rule: YearlyBudget) -> int | None:
    limit = in_pence(rule.limit)
    committed = in_pence(rule.committed) or 0 if isinstance(rule, YearBudget) else 0
    return None if limit is None else limit - committed


def _before(index: ChoiceIndex, rule: YearlyBudget, theme: str) -> YearlyBudget | None:
    """Give the lowest limit of the year before on the same money, if there is one."""
    years = index.problem.years
    at = years.index(rule.year) if rule.year in years else 0
    found = [
        one
        for one in index.problem.rules
        if isinstance(one, type(rule)) and at and one.year == years[at - 1] and one.limit is not None
        if not isinstance(one, ThemeBudget) or one.theme in (theme, EVERY_THEME)
    ]
    return min(found, key=lambda one: (_available(one) or 0, one.id), default=None)


def theme_share(index: ChoiceIndex, rule: ThemeShare) -> Iterator[Row]:
    """Hold a theme between shares of the programme's budget, or of what all awards cost."""
    for theme in themes_of(index.problem, rule.theme):
        yield from (_of_budget if rule.of == "budget" else _of_awarded)(index, rule, theme)


def _of_budget(index: ChoiceIndex, rule: ThemeShare, theme: str) -> Iterator[Row]:
    whole = _whole_budget(index) or 0
    least = None if rule.least is None else -(-_share(rule.least) * whole // 1)
    most = None if rule.most is None else _share(rule.most) * whole // 1
    terms = index.money(index.at_theme.get(theme, []))
    yield Row(rule.id, rule.kind, theme, terms, least, most, unit="money")


def _of_awarded(index: ChoiceIndex, rule: ThemeShare, theme: str) -> Iterator[Row]:
    """Multiply the share out: for 20% of the rest, 80 times the theme's money less 20 times all other money."""
    if rule.least is not None:
        yield Row(rule.id, rule.kind, theme, _ratio(index, theme, _share(rule.least)), least=0, unit="share")
    if rule.most is not None:
        yield Row(rule.id, rule.kind, theme, _ratio(index, theme, _share(rule.most)), most=0, unit="share")


def _ratio(index: ChoiceIndex, theme: str, share: Fraction) -> Terms:
    part, whole = share.numerator, share.denominator
    return tuple(
        (at, choice.level.cost * (whole - part if choice.candidate.theme == theme else -part))
        for at, choice in enumerate(index.choices)
    )


def _share(percent: Decimal) -> Fraction:
    return Fraction(percent) / 100


def _whole_budget(index: ChoiceIndex) -> int | None:
    """Give what the programme has in all, in pence: its budget, or what all years have together."""
    limits = [in_pence(rule.limit) or 0 for rule in index.problem.rules if isinstance(rule, Budget)]
    if limits:
        return min(limits)
    years = [rule for rule in index.problem.rules if isinstance(rule, YearBudget)]
    if not years or {rule.year for rule in years} != set(index.problem.years):
        return None
    return sum(min(_available(rule) or 0 for rule in years if rule.year == year) for year in index.problem.years)


def organisation_money(index: ChoiceIndex, rule: OrganisationMoney) -> Iterator[Row]:
    """Hold each organisation to an amount, counting the whole of each award it is in."""
    for organisation, places in sorted(index.at_organisation.items()):
        yield Row(rule.id, rule.kind, organisation, index.money(places), most=in_pence(rule.limit), unit="money")


def small_share(index: ChoiceIndex, rule: SmallShare) -> Iterator[Row]:
    """Give small organisations their share: for 20%, 80 times what they get less 20 times the rest is not below 0."""
    part, whole = rule.share.numerator, rule.share.denominator
    terms = tuple(
        (
            at,
            (choice.level.cost if rule.of == "money" else 1) * (whole - part if choice.candidate.small else -part),
        )
        for at, choice in enumerate(index.choices)
    )
    yield Row(rule.id, rule.kind, "", terms, least=0, unit="share")
