"""The checker: every rule, counted again from the awards in whole numbers. It knows neither model nor solver.

It shares nothing with ``allocation.model`` on purpose: a rule misread in one of the two shows as a disagreement.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from evaluator.allocation.proof.merit import Pick, first_ones, passed_over
from evaluator.records.numbers import decimal_text, pounds
from evaluator.records.programme.rules import (
    EVERY_THEME,
    Budget,
    Capacity,
    Exclusive,
    ForEachKind,
    FundFirst,
    GroupFloor,
    LeastLevel,
    Linked,
    MeritOrder,
    MustFund,
    OrganisationAwards,
    OrganisationMoney,
    OutcomeFloor,
    RankRule,
    ReserveList,
    Rule,
    SmallShare,
    ThemeAwards,
    ThemeBudget,
    ThemeShare,
    Variants,
    WardFloor,
    YearBudget,
    YearlyBudget,
)
from evaluator.records.results.allocation import Award, Candidate, Level, Problem, RuleCheck


@dataclass(frozen=True, slots=True)
class Funded:
    """A candidate with the level at which it is funded."""

    candidate: Candidate
    level: Level
    leftovers: bool = False


Subject = tuple[str, str, str, str, bool]  # subject, least, most, used, holds


def verify(problem: Problem, awards: Sequence[Award]) -> tuple[RuleCheck, ...]:
    """Check the awards against every rule, without a solver.

    Returns
    -------
    One line for each rule and subject, in the order published. Rules on organisations list those with awards.

    Raises
    ------
    ValueError : for awards that are not of candidates at their own levels and amounts, or of one bid twice.
    """
    funded = _funded(problem, awards)
    lines = [
        RuleCheck(rule.id, rule.title, *subject)
        for rule in problem.rules
        for subject in CHECKS[rule.kind](rule, problem, funded)
    ]
    return (*lines, *_excluded(funded), *_one_each(problem, funded))


def broken(checks: Sequence[RuleCheck]) -> tuple[str, ...]:
    """List the rules that do not hold, each once, in the order published."""
    return tuple(dict.fromkeys(check.rule for check in checks if not check.holds))


def _funded(problem: Problem, awards: Sequence[Award]) -> tuple[Funded, ...]:
    candidates = {candidate.bid: candidate for candidate in problem.candidates}
    if len({award.bid for award in awards}) < len(awards):
        raise ValueError("a bid is awarded twice")
    if any(award.leftovers for award in awards) and not problem.policy.leftovers:
        raise ValueError("an award is paid from leftovers, which are not published")
    return tuple(_own_level(candidates.get(award.bid), award) for award in awards)


def _own_level(candidate: Candidate | None, award: Award) -> Funded:
    levels = {level.name: level for level in candidate.levels} if candidate else {}
    level = levels.get(award.level)
    if candidate is None or level is None or (candidate.theme, level.cost) != (award.theme, award.amount):
        raise ValueError(f"{award.bid} is not a candidate at {award.level} for that amount")
    if award.by_year and award.by_year != level.costs:
        raise ValueError(f"{award.bid} is awarded other yearly amounts than it asked for")
    return Funded(candidate, level, award.leftovers)


def _budget(rule: Budget, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    used = _cost(funded)
    yield "", "", pounds(_pence(rule.limit)), pounds(used), used <= _pence(rule.limit)


def _year_budget(rule: YearBudget, problem: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    used = _cost(funded, _position(problem, rule.year))
    most = _own_limit(rule) + _from_before(problem, rule, EVERY_THEME, funded)
    yield rule.year, "", pounds(most), pounds(used), used <= most


def _theme_budget(rule: ThemeBudget, problem: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    least = None if rule.least is None else _pence(rule.least)
    for theme in _themes_of(problem, rule.theme):
        its = [one for one in funded if one.candidate.theme == theme]
        own = [one for one in its if not one.leftovers]
        # The limit is for the theme's own budget: what leftovers pay comes after it, within the programme's.
        at = _position(problem, rule.year)
        used, paid = _cost(its, at), _cost(own, at)
        most = None if rule.limit is None else _own_limit(rule) + _from_before(problem, rule, theme, own)
        holds = (least is None or used >= least) and (most is None or paid <= most)
        subject = theme if rule.year is None else f"{theme}, {rule.year}"
        words = pounds(used) if used == paid else f"{pounds(paid)}, and {pounds(used - paid)} from leftovers"
        yield subject, "" if least is None else pounds(least), "" if most is None else pounds(most), words, holds


def _own_limit(rule: YearlyBudget) -> int:
    """Give what a rule allows in its own year, less what is committed already."""
    committed = rule.committed if isinstance(rule, YearBudget) else None
    return _pence(rule.limit or Decimal(0)) - _pence(committed or Decimal(0))


def _from_before(problem: Problem, rule: YearlyBudget, theme: str, its: Sequence[Funded]) -> int:
    """Follow the money year by year: what the year before left of its own limit and of what came into it."""
    at = _position(problem, rule.year)
    before = _of_year(problem, rule.kind, theme, problem.years[at - 1]) if rule.carry_over and at else []
    if not before or at is None:
        return 0
    return _own_limit(before[0]) + _from_before(problem, before[0], theme, its) - _cost(its, at - 1)


def _of_year(problem: Problem, kind: str, theme: str, year: str | None) -> list[YearlyBudget]:
    """List the rules that limit a theme's money, or everybody's, in a year; the lowest limit first."""
    found = [
        rule
        for rule in problem.rules
        if isinstance(rule, YearlyBudget) and (rule.kind, rule.year) == (kind, year)
        if rule.limit is not None and getattr(rule, "theme", EVERY_THEME) in (EVERY_THEME, theme)
    ]
    return sorted(found, key=lambda rule: (_own_limit(rule), rule.id))


def _theme_share(rule: ThemeShare, problem: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    whole = _whole(problem) if rule.of == "budget" else _cost(funded)
    for theme in _themes_of(problem, rule.theme):
        used = _cost([one for one in funded if one.candidate.theme == theme])
        holds = rule.least is None or used * 100 >= Fraction(rule.least) * whole
        holds = holds and (rule.most is None or used * 100 <= Fraction(rule.most) * whole)
        least, most = (_percent_of(share, whole) for share in (rule.least, rule.most))
        yield theme, least, most, pounds(used), holds


def _whole(problem: Problem) -> int:
    """Give what the programme has in all: its lowest budget, or what every year has, added up."""
    limits = [_pence(rule.limit) for rule in problem.rules if rule.kind == "budget"]
    if limits:
        return min(limits)
    by_year = [_of_year(problem, "year_budget", EVERY_THEME, year) for year in problem.years]
    return sum(_own_limit(rules[0]) for rules in by_year) if all(by_year) else 0


def _percent_of(share: Decimal | None, whole: int) -> str:
    return "" if share is None else f"{decimal_text(share)}% of {pounds(whole)}"


def _theme_awards(rule: ThemeAwards, problem: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    for theme in _themes_of(problem, rule.theme):
        used = sum(one.candidate.theme == theme for one in funded)
        holds = used >= rule.least and (rule.most is None or used <= rule.most)
        yield theme, str(rule.least), "" if rule.most is None else str(rule.most), str(used), holds


def _organisation_awards(rule: OrganisationAwards, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    for organisation, its in _organisations(funded).items():
        yield organisation, "", str(rule.limit), str(len(its)), len(its) <= rule.limit


def _organisation_money(rule: OrganisationMoney, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    for organisation, its in _organisations(funded).items():
        used = _cost(its)
        yield organisation, "", pounds(_pence(rule.limit)), pounds(used), used <= _pence(rule.limit)


def _organisations(funded: Sequence[Funded]) -> dict[str, list[Funded]]:
    found: dict[str, list[Funded]] = {}
    for one in funded:
        for organisation in sorted(set(one.candidate.organisations)):
            found.setdefault(organisation, []).append(one)
    return dict(sorted(found.items()))


def _capacity(rule: Capacity, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    its = [one.candidate.hours for one in funded if one.candidate.theme in rule.themes or not rule.themes]
    holds = sum(map(Fraction, its)) <= Fraction(rule.limit)
    used = decimal_text(sum(its, Decimal(0)))
    yield ", ".join(rule.themes), "", f"{decimal_text(rule.limit)} hours", f"{used} hours", holds


def _exclusive(rule: Exclusive, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    used = sum(one.candidate.bid in rule.bids for one in funded)
    yield ", ".join(sorted(set(rule.bids))), "", str(rule.limit), str(used), used <= rule.limit


def _linked(rule: Linked, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    bids = set(rule.bids)
    used = sum(one.candidate.bid in bids for one in funded)
    yield ", ".join(sorted(bids)), "all or none", "all or none", f"{used} of {len(bids)}", used in (0, len(bids))


def _must_fund(rule: MustFund, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    holds = any(one.candidate.bid == rule.bid for one in funded)
    yield rule.bid, "funded", "", "funded" if holds else "not funded", holds


def _variants(rule: Variants, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    names = [(one.candidate.organisations[0], one.candidate.variant) for one in funded if one.candidate.variant]
    for name in sorted(set(names)):
        yield ", ".join(name), "", str(rule.limit), str(names.count(name)), names.count(name) <= rule.limit


def _least_level(rule: LeastLevel, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    least = min((Decimal(one.level.name.removesuffix("%")) for one in funded), default=None)
    used = "no award" if least is None else f"{decimal_text(least)}%"
    yield "", f"{decimal_text(rule.least)}%", "", used, least is None or least >= rule.least


def _reserve_list(_: ReserveList, __: Problem, ___: Sequence[Funded]) -> Iterator[Subject]:
    yield from ()


def _merit_order(rule: MeritOrder, problem: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    picks = [(one.candidate, one.level) for one in funded]
    for theme in _themes_of(problem, rule.theme):
        passed = passed_over(rule, problem, theme, picks, over)
        without = sum(not one.grounds for one in passed)
        yield (
            theme,
            "",
            "0 without a ground",
            f"{without} without a ground, {len(passed)} passed over in all",
            not without,
        )


def _fund_first(rule: FundFirst, problem: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    had = {one.candidate.bid for one in funded}
    for theme in _themes_of(problem, rule.theme):
        first = first_ones(rule, problem, theme, over)
        used = len(had.intersection(first))
        yield theme, str(len(first)), "", str(used), used == len(first)


def over(rule: Rule, problem: Problem, picks: Sequence[Pick]) -> frozenset[str]:
    """Say of what awards to these would be over what a rule allows at most; what it asks for at least is left aside."""
    least = type(rule).model_fields.get("least")
    limit = rule if least is None else rule.model_copy(update={"least": least.default})
    funded = [Funded(one, level) for one, level in picks]
    lines = CHECKS[rule.kind](limit, problem, funded)
    return frozenset(f"{subject}: {used}" for subject, _, _, used, holds in lines if not holds)


def _ward_floor(rule: WardFloor, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    if rule.ward is not None:
        used = sum(rule.ward in one.candidate.wards for one in funded)
        yield rule.ward, str(rule.least), "", str(used), used >= rule.least
        return
    used = len({ward for one in funded for ward in one.candidate.wards})
    yield "", f"{rule.least} wards", "", f"{used} wards", used >= rule.least


def _group_floor(rule: GroupFloor, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    used = sum(rule.group in one.candidate.groups for one in funded)
    yield rule.group, str(rule.least), "", str(used), used >= rule.least


def _outcome_floor(rule: OutcomeFloor, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    used = sum(rule.outcome in one.candidate.outcomes for one in funded)
    yield rule.outcome, str(rule.least), "", str(used), used >= rule.least


def _small_share(rule: SmallShare, _: Problem, funded: Sequence[Funded]) -> Iterator[Subject]:
    its = [one for one in funded if one.candidate.small]
    small, everything = (_cost(its), _cost(funded)) if rule.of == "money" else (len(its), len(funded))
    words = pounds if rule.of == "money" else str
    least = f"{decimal_text(rule.least)}% of {words(everything)}"
    yield "small organisations", least, "", words(small), small * 100 >= Fraction(rule.least) * everything


def _excluded(funded: Sequence[Funded]) -> Iterator[RuleCheck]:
    bids = {one.candidate.bid for one in funded}
    for one in funded:
        for other in sorted(bids.intersection(one.candidate.excludes) - {one.candidate.bid}):
            yield RuleCheck("excludes", "", f"{one.candidate.bid}, {other}", "", "1", "2", holds=False)


def _one_each(problem: Problem, funded: Sequence[Funded]) -> Iterator[RuleCheck]:
    if problem.policy.method != "fixed_lots":
        return
    for theme in sorted({one.candidate.theme for one in funded}):
        used = sum(one.candidate.theme == theme for one in funded)
        yield RuleCheck("fixed_lots", "One award for each theme", theme, "", "1", str(used), used <= 1)


def _themes_of(problem: Problem, theme: str) -> list[str]:
    """List the themes that a rule speaks of."""
    if theme != EVERY_THEME:
        return [theme]
    found = {one.theme for one in problem.candidates} | {one.theme for one in problem.refused}
    named = {
        getattr(rule, "theme", EVERY_THEME) for rule in problem.rules if not isinstance(rule, ReserveList | RankRule)
    }
    return sorted(found | (named - {EVERY_THEME}))


def _cost(funded: Sequence[Funded], position: int | None = None) -> int:
    """Add up what awards cost, in one year or in all."""
    return sum(one.level.cost if position is None else one.level.costs[position] for one in funded)


def _position(problem: Problem, year: str | None) -> int | None:
    """Give the place of a year among the yearly costs."""
    return None if year is None else problem.years.index(year)


def _pence(limit: Decimal) -> int:
    """Give a published amount in pence."""
    return int(limit * 100)


CHECKS: ForEachKind[Callable[[Any, Problem, Sequence[Funded]], Iterator[Subject]]] = {
    "budget": _budget,
    "year_budget": _year_budget,
    "theme_budget": _theme_budget,
    "theme_share": _theme_share,
    "theme_awards": _theme_awards,
    "organisation_awards": _organisation_awards,
    "organisation_money": _organisation_money,
    "capacity": _capacity,
    "exclusive": _exclusive,
    "linked": _linked,
    "must_fund": _must_fund,
    "variants": _variants,
    "least_level": _least_level,
    "reserve_list": _reserve_list,
    "merit_order": _merit_order,
    "fund_first": _fund_first,
    "ward_floor": _ward_floor,
    "group_floor": _group_floor,
    "outcome_floor": _outcome_floor,
    "small_share": _small_share,
}
