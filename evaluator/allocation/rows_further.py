"""Rows of the rules that shape the money: carry-over, shares, variants, least levels, outcome areas."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from evaluator.allocation.model import Row, Terms
from evaluator.allocation.writer import Writer, counted, in_pence, themes_of
from evaluator.records.rules import (
    EVERY_THEME,
    Budget,
    LeastLevel,
    OutcomeFloor,
    ReserveList,
    SmallShare,
    ThemeBudget,
    ThemeShare,
    Variants,
    YearBudget,
)


def over_years(writer: Writer, places: Sequence[int], years: Sequence[str]) -> Terms:
    """Add up the pence of the choices at these places over some of the years."""
    positions = [writer.problem.years.index(year) for year in years]
    return tuple((at, sum(writer.choices[at].level.costs[one] for one in positions)) for at in places)


def carried(writer: Writer, rule: YearBudget | ThemeBudget, theme: str = "") -> tuple[tuple[str, ...], int | None]:
    """Give the years whose money a rule's limit holds together, and that limit in pence.

    Without carry-over that is the year alone. With it the year before joins, and the one before that if the year before
    carries over too: money not spent then may be spent now, never the other way round.
    """
    years, limit = [rule.year or ""], _available(rule)
    while rule.carry_over and limit is not None:
        before = _before(writer, rule, theme)
        if before is None:
            break
        years.append(before.year or "")
        limit += _available(before) or 0
        rule = before
    return tuple(reversed(years)), limit


def _available(rule: YearBudget | ThemeBudget) -> int | None:
    limit = in_pence(rule.limit)
    committed = in_pence(rule.committed) or 0 if isinstance(rule, YearBudget) else 0
    return None if limit is None else limit - committed


def _before(writer: Writer, rule: YearBudget | ThemeBudget, theme: str) -> YearBudget | ThemeBudget | None:
    """Give the lowest limit of the year before on the same money, if there is one."""
    years = writer.problem.years
    at = years.index(rule.year) if rule.year in years else 0
    found = [
        one
        for one in writer.problem.rules
        if isinstance(one, type(rule)) and at and one.year == years[at - 1] and one.limit is not None
        if not isinstance(one, ThemeBudget) or one.theme in (theme, EVERY_THEME)
    ]
    return min(found, key=lambda one: (_available(one) or 0, one.id), default=None)


def theme_money(writer: Writer, rule: ThemeBudget, theme: str) -> Iterator[Row]:
    """Hold the money of a theme, in a year or in all, between its least and its limit."""
    places, unit, year = writer.at_theme.get(theme, []), "money", rule.year or ""
    least = in_pence(rule.least)
    if not rule.carry_over:
        terms = writer.money(places, rule.year)
        yield Row(rule.id, rule.kind, theme, terms, least, in_pence(rule.limit), unit=unit, year=year)
        return
    years, most = carried(writer, rule, theme)
    yield Row(rule.id, rule.kind, theme, over_years(writer, places, years), most=most, unit=unit, year=year)
    if least is not None:
        yield Row(rule.id, rule.kind, theme, writer.money(places, rule.year), least, unit=unit, year=year)


def whole_budget(writer: Writer) -> int | None:
    """Give what the programme has in all, in pence: its budget, or what all years have together."""
    limits = [_pence(rule.limit) for rule in writer.problem.rules if isinstance(rule, Budget)]
    if limits:
        return min(limits)
    years = [rule for rule in writer.problem.rules if isinstance(rule, YearBudget)]
    if not years or {rule.year for rule in years} != set(writer.problem.years):
        return None
    return sum(min(_available(rule) or 0 for rule in years if rule.year == year) for year in writer.problem.years)


def _pence(limit: Decimal) -> int:
    return int(limit * 100)


def theme_share(writer: Writer, rule: ThemeShare) -> Iterator[Row]:
    """Hold a theme between shares of the programme's budget, or of what all awards cost."""
    for theme in themes_of(writer.problem, rule.theme):
        yield from (_of_budget if rule.of == "budget" else _of_awarded)(writer, rule, theme)


def _of_budget(writer: Writer, rule: ThemeShare, theme: str) -> Iterator[Row]:
    whole = whole_budget(writer) or 0
    least = None if rule.least is None else -(-_share(rule.least) * whole // 1)
    most = None if rule.most is None else _share(rule.most) * whole // 1
    terms = writer.money(writer.at_theme.get(theme, []))
    yield Row(rule.id, rule.kind, theme, terms, least, most, unit="money")


def _of_awarded(writer: Writer, rule: ThemeShare, theme: str) -> Iterator[Row]:
    """Multiply the share out: for 20% of the rest, 80 times the theme's money less 20 times all other money."""
    if rule.least is not None:
        yield Row(rule.id, rule.kind, theme, _ratio(writer, theme, _share(rule.least)), least=0, unit="share")
    if rule.most is not None:
        yield Row(rule.id, rule.kind, theme, _ratio(writer, theme, _share(rule.most)), most=0, unit="share")


def _ratio(writer: Writer, theme: str, share: Fraction) -> Terms:
    part, whole = share.numerator, share.denominator
    return tuple(
        (at, choice.level.cost * (whole - part if choice.candidate.theme == theme else -part))
        for at, choice in enumerate(writer.choices)
    )


def _share(percent: Decimal) -> Fraction:
    return Fraction(percent) / 100


def small_share(writer: Writer, rule: SmallShare) -> Iterator[Row]:
    """Give small organisations their share: for 20%, 80 times what they get less 20 times the rest is not below 0."""
    part, whole = rule.share.numerator, rule.share.denominator
    terms = tuple(
        (
            at,
            (choice.level.cost if rule.of == "money" else 1) * (whole - part if choice.candidate.small else -part),
        )
        for at, choice in enumerate(writer.choices)
    )
    yield Row(rule.id, rule.kind, "", terms, least=0, unit="share")


def variants(writer: Writer, rule: Variants) -> Iterator[Row]:
    """Hold the variants that one organisation, the lead of a consortium, puts forward to a number of awards."""
    found: dict[tuple[str, str], list[int]] = {}
    for at, choice in enumerate(writer.choices):
        if choice.candidate.variant:
            found.setdefault((choice.candidate.organisations[0], choice.candidate.variant), []).append(at)
    for (organisation, variant), places in sorted(found.items()):
        yield Row(rule.id, rule.kind, f"{organisation}, {variant}", counted(places), most=rule.limit)


def least_level(writer: Writer, rule: LeastLevel) -> Iterator[Row]:
    """Leave out the levels below the least."""
    for at, choice in enumerate(writer.choices):
        if choice.level.percent < rule.least:
            yield Row(rule.id, rule.kind, choice.candidate.bid, counted([at]), most=0)


def outcome_floor(writer: Writer, rule: OutcomeFloor) -> Iterator[Row]:
    """Ask for so many awards that work towards an outcome."""
    places = writer.at_outcome.get(rule.outcome, [])
    yield Row(rule.id, rule.kind, rule.outcome, counted(places), least=rule.least)


def reserve_list(_: Writer, __: ReserveList) -> Iterator[Row]:
    """Write nothing: who waits does not change who is awarded."""
    yield from ()
