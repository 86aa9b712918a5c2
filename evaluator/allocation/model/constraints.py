"""The published rules as rows of whole numbers, one function for each kind; and what goes without a rule's saying.

Rules on money are written in ``budgets``.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from evaluator.allocation.model import budgets, merit
from evaluator.allocation.model.choice_index import ChoiceIndex, counted, themes_of
from evaluator.allocation.model.model import COVERED, Model, Row, choices_of, objectives_of
from evaluator.records.programme.rules import (
    EXCLUDES,
    TRAITS,
    Capacity,
    Exclusive,
    ForEachKind,
    GroupFloor,
    LeastLevel,
    Linked,
    MustFund,
    OrganisationAwards,
    OutcomeFloor,
    RankRule,
    ReserveList,
    Rule,
    ThemeAwards,
    Variants,
    WardFloor,
)
from evaluator.records.results.allocation import Problem

ONE_EACH = "fixed_lots"  # stands for a rule's id where the published method makes one award for each theme


ROW_TRAITS = {**TRAITS, EXCLUDES: TRAITS["exclusive"], ONE_EACH: TRAITS["exclusive"]}  # one of two bids, of a theme's


def build(problem: Problem) -> Model:
    """Write a problem, whose candidates are all above the minimum score, as a model in whole numbers."""
    choices = choices_of(problem)
    index = ChoiceIndex(problem, choices)
    by_merit = [rule for rule in problem.rules if isinstance(rule, RankRule)]
    rows = [row for rule in problem.rules if not isinstance(rule, RankRule) for row in rows_of(index, rule)]
    rows += [*_excludes(index), *_levels(index)]
    if problem.policy.method == "fixed_lots":
        rows += _one_each(index)
    index.limits = tuple(rows)
    wards, groups, outcomes = _covered(index) if _needs_coverage(problem) else (range(0),) * 3
    rows += _coverage(index) if _needs_coverage(problem) else ()
    first = index.variables = len(choices) + len(wards) + len(groups) + len(outcomes)
    rows += [row for rule in by_merit for row in rows_of(index, rule)]
    grounds = range(first, index.variables)
    return Model(problem, choices, tuple(rows), *map(tuple, (wards, groups, outcomes, grounds)))


def _covered(index: ChoiceIndex) -> tuple[range, range, range]:
    """Give the variables of wards, groups and outcomes, which come after those of the choices."""
    wards = range(len(index.choices), len(index.choices) + len(index.at_ward))
    groups = range(wards.stop, wards.stop + len(index.at_group))
    return wards, groups, range(groups.stop, groups.stop + len(index.at_outcome))


def rows_of(index: ChoiceIndex, rule: Rule) -> Iterator[Row]:
    """Write the rows of one rule."""
    return WRITERS[rule.kind](index, rule)


def _theme_awards(index: ChoiceIndex, rule: ThemeAwards) -> Iterator[Row]:
    """Hold the number of a theme's awards between least and most."""
    for theme in themes_of(index.problem, rule.theme):
        yield Row(rule.id, rule.kind, theme, counted(index.at_theme.get(theme, [])), rule.least, rule.most)


def _organisation_awards(index: ChoiceIndex, rule: OrganisationAwards) -> Iterator[Row]:
    """Hold each organisation to a number of awards."""
    for organisation, places in sorted(index.at_organisation.items()):
        yield Row(rule.id, rule.kind, organisation, counted(places), most=rule.limit)


def _capacity(index: ChoiceIndex, rule: Capacity) -> Iterator[Row]:
    """Hold the hours of all awards, or of a service's, to the limit; a part-funded bid takes all of its hours."""
    within = [choice.candidate.theme in rule.themes or not rule.themes for choice in index.choices]
    hours = {at: Fraction(choice.candidate.hours) for at, choice in enumerate(index.choices) if within[at]}
    limit = Fraction(rule.limit)
    scale = _common_denominator([*hours.values(), limit])
    terms = tuple((at, int(each * scale)) for at, each in hours.items())
    subject = ", ".join(rule.themes)
    yield Row(rule.id, rule.kind, subject, terms, most=int(limit * scale), unit="hours", scale=scale)


def _common_denominator(numbers: Sequence[Fraction]) -> int:
    """Give the smallest number that makes all of these whole."""
    scale = 1
    for number in numbers:
        scale *= (number * scale).denominator
    return scale


def _exclusive(index: ChoiceIndex, rule: Exclusive) -> Iterator[Row]:
    """Hold the named bids to a number of awards."""
    bids = sorted(set(rule.bids))
    terms = tuple(term for bid in bids for term in counted(index.at_bid.get(bid, [])))
    yield Row(rule.id, rule.kind, ", ".join(bids), terms, most=rule.limit)


def _linked(index: ChoiceIndex, rule: Linked) -> Iterator[Row]:
    """Fund all of the named bids or none; none where one of them cannot be funded at all."""
    bids = sorted(set(rule.bids))
    subject = ", ".join(bids)
    if all(bid in index.at_bid for bid in bids):
        for bid in bids[1:]:
            less = tuple((at, -1) for at in index.at_bid[bids[0]])
            yield Row(rule.id, rule.kind, subject, (*less, *counted(index.at_bid[bid])), 0, 0)
        return
    for bid in bids:
        if bid in index.at_bid:
            yield Row(rule.id, rule.kind, subject, counted(index.at_bid[bid]), most=0)


def _must_fund(index: ChoiceIndex, rule: MustFund) -> Iterator[Row]:
    """Fund the named bid, at any of its levels."""
    yield Row(rule.id, rule.kind, rule.bid, counted(index.at_bid.get(rule.bid, [])), least=1)


def _variants(index: ChoiceIndex, rule: Variants) -> Iterator[Row]:
    """Hold the variants that one organisation, the lead of a consortium, puts forward to a number of awards."""
    found: dict[tuple[str, str], list[int]] = {}
    for at, choice in enumerate(index.choices):
        if choice.candidate.variant:
            found.setdefault((choice.candidate.organisations[0], choice.candidate.variant), []).append(at)
    for (organisation, variant), places in sorted(found.items()):
        yield Row(rule.id, rule.kind, f"{organisation}, {variant}", counted(places), most=rule.limit)


def _least_level(index: ChoiceIndex, rule: LeastLevel) -> Iterator[Row]:
    """Leave out the levels below the least."""
    for at, choice in enumerate(index.choices):
        if choice.level.percent < rule.least:
            yield Row(rule.id, rule.kind, choice.candidate.bid, counted([at]), most=0)


def _reserve_list(_: ChoiceIndex, __: ReserveList) -> Iterator[Row]:
    """Write nothing: who waits does not change who is awarded."""
    yield from ()


def _ward_floor(index: ChoiceIndex, rule: WardFloor) -> Iterator[Row]:
    """Cover so many wards, whose variables come after those of the choices; or so many awards for one ward."""
    if rule.ward is not None:
        yield Row(rule.id, rule.kind, rule.ward, counted(index.at_ward.get(rule.ward, [])), least=rule.least)
        return
    first = len(index.choices)
    yield Row(rule.id, rule.kind, "", counted(range(first, first + len(index.at_ward))), least=rule.least)


def _group_floor(index: ChoiceIndex, rule: GroupFloor) -> Iterator[Row]:
    """Ask for so many awards that serve a group."""
    yield Row(rule.id, rule.kind, rule.group, counted(index.at_group.get(rule.group, [])), least=rule.least)


def _outcome_floor(index: ChoiceIndex, rule: OutcomeFloor) -> Iterator[Row]:
    """Ask for so many awards that work towards an outcome."""
    places = index.at_outcome.get(rule.outcome, [])
    yield Row(rule.id, rule.kind, rule.outcome, counted(places), least=rule.least)


def _excludes(index: ChoiceIndex) -> Iterator[Row]:
    """Fund no two bids of which one excludes the other."""
    pairs = {
        tuple(sorted((choice.candidate.bid, other)))
        for choice in index.choices
        for other in choice.candidate.excludes
        if other in index.at_bid and other != choice.candidate.bid
    }
    for one, other in sorted(pairs):
        terms = counted([*index.at_bid[one], *index.at_bid[other]])
        yield Row(EXCLUDES, EXCLUDES, f"{one}, {other}", terms, most=1)


def _levels(index: ChoiceIndex) -> Iterator[Row]:
    """Fund a bid at one level at most."""
    for bid, places in index.at_bid.items():
        if len(places) > 1:
            yield Row("", "levels", bid, counted(places), most=1)


def _one_each(index: ChoiceIndex) -> Iterator[Row]:
    """Make at most one award for each theme."""
    for theme, places in sorted(index.at_theme.items()):
        yield Row(ONE_EACH, ONE_EACH, theme, counted(places), most=1)


def _needs_coverage(problem: Problem) -> bool:
    counts = any(isinstance(rule, WardFloor) and rule.ward is None for rule in problem.rules)
    return counts or not COVERED.keys().isdisjoint(objectives_of(problem))


def _coverage(index: ChoiceIndex) -> Iterator[Row]:
    """Count a ward, then a group, then an outcome as covered only if an award covers it."""
    covered = [index.at_ward[ward] for ward in sorted(index.at_ward)]
    covered += [index.at_group[group] for group in sorted(index.at_group)]
    covered += [index.at_outcome[outcome] for outcome in sorted(index.at_outcome)]
    for variable, places in enumerate(covered, len(index.choices)):
        yield Row("", "coverage", "", ((variable, 1), *((at, -1) for at in places)), most=0)


WRITERS: ForEachKind[Callable[[ChoiceIndex, Any], Iterator[Row]]] = {
    "budget": budgets.budget,
    "year_budget": budgets.year_budget,
    "theme_budget": budgets.theme_budget,
    "theme_share": budgets.theme_share,
    "theme_awards": _theme_awards,
    "organisation_awards": _organisation_awards,
    "organisation_money": budgets.organisation_money,
    "capacity": _capacity,
    "exclusive": _exclusive,
    "linked": _linked,
    "must_fund": _must_fund,
    "variants": _variants,
    "least_level": _least_level,
    "reserve_list": _reserve_list,
    "merit_order": merit.merit_order,
    "fund_first": merit.fund_first,
    "ward_floor": _ward_floor,
    "group_floor": _group_floor,
    "outcome_floor": _outcome_floor,
    "small_share": budgets.small_share,
}
