"""Each published rule as rows of whole numbers: one function for each kind of rule."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from evaluator.allocation.model import Choice, Model, Row, Terms, choices_of, objectives_of
from evaluator.records.allocation import Problem
from evaluator.records.rules import (
    EVERY_THEME,
    Budget,
    Capacity,
    Exclusive,
    GroupFloor,
    Linked,
    MustFund,
    OrganisationAwards,
    OrganisationMoney,
    Rule,
    SmallShare,
    ThemeAwards,
    ThemeBudget,
    WardFloor,
    YearBudget,
)

EXCLUDES = "excludes"  # stands for a rule's id where the bids themselves may not be funded together
ONE_EACH = "fixed_lots"  # stands for a rule's id where the published method makes one award for each theme


def in_pence(pounds: Any) -> int | None:
    """Give a published amount in pence; None stays None."""
    return None if pounds is None else int(Fraction(pounds) * 100)


def themes_of(problem: Problem, theme: str) -> tuple[str, ...]:
    """List the themes that a rule speaks of: for ``*`` all that have bids or are named by a rule, sorted."""
    if theme != EVERY_THEME:
        return (theme,)
    bids = {candidate.theme for candidate in problem.candidates} | {refusal.theme for refusal in problem.refused}
    named = {rule.theme for rule in problem.rules if isinstance(rule, ThemeBudget | ThemeAwards)}
    return tuple(sorted((bids | named) - {EVERY_THEME}))


class Rows:
    """Writer of the rows of a problem's rules over its choices."""

    def __init__(self, problem: Problem, choices: Sequence[Choice]) -> None:
        self.problem = problem
        self.choices = choices
        self.at_bid: dict[str, list[int]] = {}
        self.at_theme: dict[str, list[int]] = {}
        self.at_organisation: dict[str, list[int]] = {}
        self.at_ward: dict[str, list[int]] = {}
        self.at_group: dict[str, list[int]] = {}
        for at, choice in enumerate(choices):
            candidate = choice.candidate
            self.at_bid.setdefault(candidate.bid, []).append(at)
            self.at_theme.setdefault(candidate.theme, []).append(at)
            for names, places in (
                (candidate.organisations, self.at_organisation),
                (candidate.wards, self.at_ward),
                (candidate.groups, self.at_group),
            ):
                for name in set(names):
                    places.setdefault(name, []).append(at)

    def money(self, places: Sequence[int], year: str | None = None) -> Terms:
        """Add up the pence of the choices at these places, of one year or of all."""
        if year is None:
            return tuple((at, self.choices[at].level.cost) for at in places)
        position = self.problem.years.index(year)
        return tuple((at, self.choices[at].level.costs[position]) for at in places)

    def everything(self) -> range:
        """Give the places of all choices."""
        return range(len(self.choices))

    def budget(self, rule: Budget) -> Iterator[Row]:
        """Hold all awards to the limit."""
        yield Row(rule.id, rule.kind, "", self.money(self.everything()), most=in_pence(rule.limit), unit="money")

    def year_budget(self, rule: YearBudget) -> Iterator[Row]:
        """Hold all awards to the limit of a year."""
        terms = self.money(self.everything(), rule.year)
        yield Row(rule.id, rule.kind, "", terms, most=in_pence(rule.limit), unit="money", year=rule.year)

    def theme_budget(self, rule: ThemeBudget) -> Iterator[Row]:
        """Hold the money of a theme between its least and its limit."""
        least, most = in_pence(rule.least), in_pence(rule.limit)
        for theme in themes_of(self.problem, rule.theme):
            terms = self.money(self.at_theme.get(theme, []), rule.year)
            yield Row(rule.id, rule.kind, theme, terms, least, most, unit="money", year=rule.year or "")

    def theme_awards(self, rule: ThemeAwards) -> Iterator[Row]:
        """Hold the number of a theme's awards between least and most."""
        for theme in themes_of(self.problem, rule.theme):
            yield Row(rule.id, rule.kind, theme, _count(self.at_theme.get(theme, [])), rule.least, rule.most)

    def organisation_awards(self, rule: OrganisationAwards) -> Iterator[Row]:
        """Hold each organisation to a number of awards."""
        for organisation, places in sorted(self.at_organisation.items()):
            yield Row(rule.id, rule.kind, organisation, _count(places), most=rule.limit)

    def organisation_money(self, rule: OrganisationMoney) -> Iterator[Row]:
        """Hold each organisation to an amount, counting the whole of each award it is in."""
        for organisation, places in sorted(self.at_organisation.items()):
            yield Row(rule.id, rule.kind, organisation, self.money(places), most=in_pence(rule.limit), unit="money")

    def capacity(self, rule: Capacity) -> Iterator[Row]:
        """Hold the hours of all awards to the limit; a part-funded bid takes all of its hours."""
        hours = [Fraction(choice.candidate.hours) for choice in self.choices]
        limit = Fraction(rule.limit)
        scale = _common_denominator([*hours, limit])
        terms = tuple((at, int(each * scale)) for at, each in enumerate(hours))
        yield Row(rule.id, rule.kind, "", terms, most=int(limit * scale), unit="hours", scale=scale)

    def exclusive(self, rule: Exclusive) -> Iterator[Row]:
        """Hold the named bids to a number of awards."""
        bids = sorted(set(rule.bids))
        terms = tuple(term for bid in bids for term in _count(self.at_bid.get(bid, [])))
        yield Row(rule.id, rule.kind, ", ".join(bids), terms, most=rule.limit)

    def linked(self, rule: Linked) -> Iterator[Row]:
        """Fund all of the named bids or none; none where one of them cannot be funded at all."""
        bids = sorted(set(rule.bids))
        subject = ", ".join(bids)
        if all(bid in self.at_bid for bid in bids):
            for bid in bids[1:]:
                less = tuple((at, -1) for at in self.at_bid[bids[0]])
                yield Row(rule.id, rule.kind, subject, (*less, *_count(self.at_bid[bid])), 0, 0)
            return
        for bid in bids:
            if bid in self.at_bid:
                yield Row(rule.id, rule.kind, subject, _count(self.at_bid[bid]), most=0)

    def must_fund(self, rule: MustFund) -> Iterator[Row]:
        """Fund the named bid, at any of its levels."""
        yield Row(rule.id, rule.kind, rule.bid, _count(self.at_bid.get(rule.bid, [])), least=1)

    def ward_floor(self, rule: WardFloor) -> Iterator[Row]:
        """Cover so many wards; their variables come after those of the choices."""
        first = len(self.choices)
        yield Row(rule.id, rule.kind, "", _count(range(first, first + len(self.at_ward))), least=rule.least)

    def group_floor(self, rule: GroupFloor) -> Iterator[Row]:
        """Ask for so many awards that serve a group."""
        yield Row(rule.id, rule.kind, rule.group, _count(self.at_group.get(rule.group, [])), least=rule.least)

    def small_share(self, rule: SmallShare) -> Iterator[Row]:
        """Give small organisations their share: for 20%, 80 times their money less 20 times the rest is not below 0."""
        part, whole = rule.share.numerator, rule.share.denominator
        terms = tuple(
            (at, choice.level.cost * (whole - part if choice.candidate.small else -part))
            for at, choice in enumerate(self.choices)
        )
        yield Row(rule.id, rule.kind, "", terms, least=0, unit="share")

    def levels(self) -> Iterator[Row]:
        """Fund a bid at one level at most."""
        for bid, places in self.at_bid.items():
            if len(places) > 1:
                yield Row("", "levels", bid, _count(places), most=1)

    def excludes(self) -> Iterator[Row]:
        """Fund no two bids of which one excludes the other."""
        pairs = {
            tuple(sorted((choice.candidate.bid, other)))
            for choice in self.choices
            for other in choice.candidate.excludes
            if other in self.at_bid and other != choice.candidate.bid
        }
        for one, other in sorted(pairs):
            terms = _count([*self.at_bid[one], *self.at_bid[other]])
            yield Row(EXCLUDES, EXCLUDES, f"{one}, {other}", terms, most=1)

    def one_each(self) -> Iterator[Row]:
        """Make at most one award for each theme."""
        for theme, places in sorted(self.at_theme.items()):
            yield Row(ONE_EACH, ONE_EACH, theme, _count(places), most=1)

    def coverage(self) -> Iterator[Row]:
        """Count a ward, and after the wards a group, as covered only if an award covers it."""
        covered = [self.at_ward[ward] for ward in sorted(self.at_ward)]
        covered += [self.at_group[group] for group in sorted(self.at_group)]
        for variable, places in enumerate(covered, len(self.choices)):
            yield Row("", "coverage", "", ((variable, 1), *((at, -1) for at in places)), most=0)


def _count(places: Sequence[int]) -> Terms:
    return tuple((at, 1) for at in places)


def _common_denominator(numbers: Sequence[Fraction]) -> int:
    scale = 1
    for number in numbers:
        scale *= (number * scale).denominator
    return scale


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
    "small_share": Rows.small_share,
}


def rows_of(writer: Rows, rule: Rule) -> Iterator[Row]:
    """Write the rows of one rule."""
    return KINDS[rule.kind](writer, rule)


def _needs_coverage(problem: Problem) -> bool:
    covering = {"wards_covered", "groups_covered"}
    return any(rule.kind == "ward_floor" for rule in problem.rules) or not covering.isdisjoint(objectives_of(problem))


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
    return Model(problem, choices, tuple(rows), tuple(wards), tuple(groups))
