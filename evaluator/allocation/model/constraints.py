"""Each published rule as rows of whole numbers: one function for each kind of rule."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from evaluator.allocation.model import constraints as further
from evaluator.allocation.model.model import Choice, Model, Row, Terms, choices_of, objectives_of
from evaluator.records.programme.rules import (
    EVERY_THEME,
    Budget,
    Capacity,
    Exclusive,
    GroupFloor,
    LeastLevel,
    Linked,
    MustFund,
    OrganisationAwards,
    OrganisationMoney,
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


def in_pence(pounds: Any) -> int | None:
    """Give a published amount in pence; None stays None."""
    return None if pounds is None else int(Fraction(pounds) * 100)


def themes_of(problem: Problem, theme: str) -> tuple[str, ...]:
    """List the themes that a rule speaks of: for ``*`` all that have bids or are named by a rule, sorted."""
    if theme != EVERY_THEME:
        return (theme,)
    bids = {candidate.theme for candidate in problem.candidates} | {refusal.theme for refusal in problem.refused}
    named = {rule.theme for rule in problem.rules if isinstance(rule, ThemeBudget | ThemeAwards | ThemeShare)}
    return tuple(sorted((bids | named) - {EVERY_THEME}))


class Writer:
    """The choices of a problem, found by what rules speak of."""

    def __init__(self, problem: Problem, choices: Sequence[Choice]) -> None:
        self.problem = problem
        self.choices = choices
        self.at_bid: dict[str, list[int]] = {}
        self.at_theme: dict[str, list[int]] = {}
        self.at_organisation: dict[str, list[int]] = {}
        self.at_ward: dict[str, list[int]] = {}
        self.at_group: dict[str, list[int]] = {}
        self.at_outcome: dict[str, list[int]] = {}
        for at, choice in enumerate(choices):
            candidate = choice.candidate
            self.at_bid.setdefault(candidate.bid, []).append(at)
            self.at_theme.setdefault(candidate.theme, []).append(at)
            for names, places in (
                (candidate.organisations, self.at_organisation),
                (candidate.wards, self.at_ward),
                (candidate.groups, self.at_group),
                (candidate.outcomes, self.at_outcome),
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


def counted(places: Sequence[int]) -> Terms:
    """Count the choices at these places."""
    return tuple((at, 1) for at in places)


def common_denominator(numbers: Sequence[Fraction]) -> int:
    """Give the smallest number that makes all of these whole."""
    scale = 1
    for number in numbers:
        scale *= (number * scale).denominator
    return scale


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
