"""Checks that rules of different kinds can hold together: awards against money, years against totals, scores."""

from collections.abc import Iterator
from decimal import Decimal

from evaluator.law import regime
from evaluator.publication.checks.floors import ALL_YEARS, AWARDS, ceilings, floors, highest, lowest, money
from evaluator.publication.locations import all_rules, programme
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import exact_text
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.rules import GroupFloor, OrganisationMoney


def some_bid_can_be_funded(criteria: Criteria) -> Iterator[Finding]:
    """Find a least total that no bid can have."""
    least = criteria.allocation.minimum_score if criteria.allocation else None
    if least is not None and criteria.wholes and least > max(criteria.wholes):
        most = exact_text(max(criteria.wholes))
        yield finding("E-CRIT-623", programme("allocation.minimum_score"), least=least, most=most)


def groups_fit_the_awards(criteria: Criteria) -> Iterator[Finding]:
    """Find a number of awards for a group that is more than all the awards that the themes may make."""
    most = [lowest(ceilings(criteria), theme.id, AWARDS) for theme in criteria.themes]
    if any(bound is None for bound in most):
        return
    together = sum((bound.figure for bound in most if bound), Decimal(0))
    for place, rule in all_rules(criteria):
        if isinstance(rule, GroupFloor) and rule.least > together:
            yield finding("E-CRIT-620", place.key("least"), rule=rule.id, least=rule.least, most=together)


def floors_fit_what_organisations_may_have(criteria: Criteria) -> Iterator[Finding]:
    """Find a theme that must award more money than its most awards can carry under the limit for an organisation."""
    limits = [(rule.limit, rule.id) for _, rule in all_rules(criteria) if isinstance(rule, OrganisationMoney)]
    for theme in criteria.themes if limits else ():
        limit, name = min(limits)
        most = lowest(ceilings(criteria), theme.id, AWARDS)
        scopes = (ALL_YEARS, *criteria.years)
        floor = max((money(highest(floors(criteria), theme.id, scope)) for scope in scopes), default=Decimal(0))
        if most and floor > limit * most.figure:
            facts = {"theme": theme.id, "floor": f"{floor:,}", "most": most.figure, "limit": f"{limit:,}", "rule": name}
            yield finding("E-CRIT-621", most.place, **facts)


def years_fit_the_whole(criteria: Criteria) -> Iterator[Finding]:
    """Find a theme whose floors year by year come to more than its ceiling, or its ceilings to less than its floor."""
    below, above = floors(criteria), ceilings(criteria)
    for theme in criteria.themes if criteria.years else ():
        by_year = [highest(below, theme.id, year) for year in criteria.years]
        ceiling = lowest(above, theme.id, ALL_YEARS)
        least = sum(map(money, by_year), Decimal(0))
        if ceiling and least > ceiling.figure:
            facts = {"floor": f"{least:,}", "ceiling": f"{ceiling.figure:,}", "theme": theme.id}
            yield finding("E-CRIT-622", ceiling.place, **facts)
        tops = [lowest(above, theme.id, year) for year in criteria.years]
        floor = highest(below, theme.id, ALL_YEARS)
        most = sum(map(money, tops), Decimal(0))
        if floor and None not in tops and floor.figure > most:
            facts = {"floor": f"{floor.figure:,}", "ceiling": f"{most:,}", "theme": theme.id}
            yield finding("E-CRIT-622", floor.place, **facts)


def hours_that_decide_are_worked_out(criteria: Criteria) -> Iterator[Finding]:
    """Find a limit on hours under the law of contracts where no formula is published for them."""
    if not regime(criteria.regime).procurement or criteria.contract_management is not None:
        return
    for place, rule in all_rules(criteria):
        if rule.traits.counts == "hours":
            yield finding("E-CRIT-630", place.key(rule.ceiling_key), rule=rule.id)


def lot_limits_have_a_mechanism(criteria: Criteria) -> Iterator[Finding]:
    """Find a limit on one organisation's awards where nothing decides, in the end, which of them it keeps."""
    policy = criteria.allocation
    if policy is None or policy.method != "optimise" or policy.tie_break:
        return
    for place, rule in all_rules(criteria):
        if rule.traits.scope == "organisation":
            yield finding("E-CRIT-619", place.key(rule.ceiling_key), rule=rule.id)
