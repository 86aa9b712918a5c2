"""Each published rule as rows of whole numbers: one function for each kind of rule."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from evaluator.allocation import rows_further as further
from evaluator.allocation.model import Model, Row, choices_of, objectives_of
from evaluator.allocation.writer import Writer, common_denominator, counted, in_pence, themes_of
from evaluator.records.allocation import Problem
from evaluator.records.rules import (
    Budget,
    Capacity,
    Exclusive,
    GroupFloor,
    Linked,
    MustFund,
    OrganisationAwards,
    OrganisationMoney,
    Rule,
    ThemeAwards,
    ThemeBudget,
    WardFloor,
    YearBudget,
)

EXCLUDES = "excludes"  # stands for a rule's id where the bids themselves may not be funded together
ONE_EACH = "fixed_lots"  # stands for a rule's id where the published method makes one award for each theme


class Rows(Writer):
    """Writer of the rows of a problem's rules over its choices."""

    def budget(self, rule: Budget) -> Iterator[Row]:
        """Hold all awards to the limit."""
        yield Row(rule.id, rule.kind, "", self.money(self.everything()), most=in_pence(rule.limit), unit="money")

    def year_budget(self, rule: YearBudget) -> Iterator[Row]:
        """Hold all awards to what a year has, with what the years before leave where it carries over."""
        years, most = further.carried(self, rule)
        terms = further.over_years(self, self.everything(), years)
        yield Row(rule.id, rule.kind, "", terms, most=most, unit="money", year=rule.year)

    def theme_budget(self, rule: ThemeBudget) -> Iterator[Row]:
        """Hold the money of a theme between its least and its limit."""
        for theme in themes_of(self.problem, rule.theme):
            yield from further.theme_money(self, rule, theme)

    def theme_awards(self, rule: ThemeAwards) -> Iterator[Row]:
        """Hold the number of a theme's awards between least and most."""
        for theme in themes_of(self.problem, rule.theme):
            yield Row(rule.id, rule.kind, theme, counted(self.at_theme.get(theme, [])), rule.least, rule.most)

    def organisation_awards(self, rule: OrganisationAwards) -> Iterator[Row]:
        """Hold each organisation to a number of awards."""
        for organisation, places in sorted(self.at_organisation.items()):
            yield Row(rule.id, rule.kind, organisation, counted(places), most=rule.limit)

    def organisation_money(self, rule: OrganisationMoney) -> Iterator[Row]:
        """Hold each organisation to an amount, counting the whole of each award it is in."""
        for organisation, places in sorted(self.at_organisation.items()):
            yield Row(rule.id, rule.kind, organisation, self.money(places), most=in_pence(rule.limit), unit="money")

    def capacity(self, rule: Capacity) -> Iterator[Row]:
        """Hold the hours of all awards, or of a service's, to the limit; a part-funded bid takes all of its hours."""
        within = [choice.candidate.theme in rule.themes or not rule.themes for choice in self.choices]
        hours = {at: Fraction(choice.candidate.hours) for at, choice in enumerate(self.choices) if within[at]}
        limit = Fraction(rule.limit)
        scale = common_denominator([*hours.values(), limit])
        terms = tuple((at, int(each * scale)) for at, each in hours.items())
        subject = ", ".join(rule.themes)
        yield Row(rule.id, rule.kind, subject, terms, most=int(limit * scale), unit="hours", scale=scale)

    def exclusive(self, rule: Exclusive) -> Iterator[Row]:
        """Hold the named bids to a number of awards."""
        bids = sorted(set(rule.bids))
        terms = tuple(term for bid in bids for term in counted(self.at_bid.get(bid, [])))
        yield Row(rule.id, rule.kind, ", ".join(bids), terms, most=rule.limit)

    def linked(self, rule: Linked) -> Iterator[Row]:
        """Fund all of the named bids or none; none where one of them cannot be funded at all."""
        bids = sorted(set(rule.bids))
        subject = ", ".join(bids)
        if all(bid in self.at_bid for bid in bids):
            for bid in bids[1:]:
                less = tuple((at, -1) for at in self.at_bid[bids[0]])
                yield Row(rule.id, rule.kind, subject, (*less, *counted(self.at_bid[bid])), 0, 0)
            return
        for bid in bids:
            if bid in self.at_bid:
                yield Row(rule.id, rule.kind, subject, counted(self.at_bid[bid]), most=0)

    def must_fund(self, rule: MustFund) -> Iterator[Row]:
        """Fund the named bid, at any of its levels."""
        yield Row(rule.id, rule.kind, rule.bid, counted(self.at_bid.get(rule.bid, [])), least=1)

    def ward_floor(self, rule: WardFloor) -> Iterator[Row]:
        """Cover so many wards, whose variables come after those of the choices; or so many awards for one ward."""
        if rule.ward is not None:
            yield Row(rule.id, rule.kind, rule.ward, counted(self.at_ward.get(rule.ward, [])), least=rule.least)
            return
        first = len(self.choices)
        yield Row(rule.id, rule.kind, "", counted(range(first, first + len(self.at_ward))), least=rule.least)

    def group_floor(self, rule: GroupFloor) -> Iterator[Row]:
        """Ask for so many awards that serve a group."""
        yield Row(rule.id, rule.kind, rule.group, counted(self.at_group.get(rule.group, [])), least=rule.least)

    def levels(self) -> Iterator[Row]:
        """Fund a bid at one level at most."""
        for bid, places in self.at_bid.items():
            if len(places) > 1:
                yield Row("", "levels", bid, counted(places), most=1)

    def excludes(self) -> Iterator[Row]:
        """Fund no two bids of which one excludes the other."""
        pairs = {
            tuple(sorted((choice.candidate.bid, other)))
            for choice in self.choices
            for other in choice.candidate.excludes
            if other in self.at_bid and other != choice.candidate.bid
        }
        for one, other in sorted(pairs):
            terms = counted([*self.at_bid[one], *self.at_bid[other]])
            yield Row(EXCLUDES, EXCLUDES, f"{one}, {other}", terms, most=1)

    def one_each(self) -> Iterator[Row]:
        """Make at most one award for each theme."""
        for theme, places in sorted(self.at_theme.items()):
            yield Row(ONE_EACH, ONE_EACH, theme, counted(places), most=1)

    def coverage(self) -> Iterator[Row]:
        """Count a ward, then a group, then an outcome as covered only if an award covers it."""
        covered = [self.at_ward[ward] for ward in sorted(self.at_ward)]
        covered += [self.at_group[group] for group in sorted(self.at_group)]
        covered += [self.at_outcome[outcome] for outcome in sorted(self.at_outcome)]
        for variable, places in enumerate(covered, len(self.choices)):
            yield Row("", "coverage", "", ((variable, 1), *((at, -1) for at in places)), most=0)


KINDS: dict[str, Callable[[Rows, Any], Iterator[Row]]] = {
    "budget": Rows.budget,
    "year_budget": Rows.year_budget,
    "theme_budget": Rows.theme_budget,
    "theme_awards": Rows.theme_awards,
    "organisation_awards": Rows.organisation_awards,
    "organisation_money": Rows.organisation_money,
    "capacity": Rows.capacity,
    "exclusive": Rows.exclusive,
    "linked": Rows.linked,
    "must_fund": Rows.must_fund,
    "ward_floor": Rows.ward_floor,
    "group_floor": Rows.group_floor,
    "small_share": further.small_share,
    "theme_share": further.theme_share,
    "variants": further.variants,
    "least_level": further.least_level,
    "outcome_floor": further.outcome_floor,
    "reserve_list": further.reserve_list,
}


def rows_of(writer: Rows, rule: Rule) -> Iterator[Row]:
    """Write the rows of one rule."""
    return KINDS[rule.kind](writer, rule)


def _needs_coverage(problem: Problem) -> bool:
    covering = {"wards_covered", "groups_covered", "outcomes_covered"}
    counts = any(isinstance(rule, WardFloor) and rule.ward is None for rule in problem.rules)
    return counts or not covering.isdisjoint(objectives_of(problem))


def build(problem: Problem) -> Model:
    """Write a problem, whose candidates are all above the minimum score, as a model in whole numbers."""
    choices = choices_of(problem)
    writer = Rows(problem, choices)
    rows = [row for rule in problem.rules for row in rows_of(writer, rule)]
    rows += [*writer.excludes(), *writer.levels()]
    if problem.policy.method == "fixed_lots":
        rows += writer.one_each()
    if not _needs_coverage(problem):
        return Model(problem, choices, tuple(rows))
    rows += writer.coverage()
    wards = range(len(choices), len(choices) + len(writer.at_ward))
    groups = range(wards.stop, wards.stop + len(writer.at_group))
    outcomes = range(groups.stop, groups.stop + len(writer.at_outcome))
    return Model(problem, choices, tuple(rows), tuple(wards), tuple(groups), tuple(outcomes))
