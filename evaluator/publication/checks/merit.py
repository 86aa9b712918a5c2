"""Checks of awards by rank: that a rule of merit can be applied, and what departs from the best tender of a lot."""

from collections.abc import Iterator

from evaluator.law import regime
from evaluator.publication.checks.price.policy import themes_ranked_by_an_index
from evaluator.publication.locations import Place, all_rules, programme
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.money.merit_terms import unusable
from evaluator.records.programme.rules import EVERY_THEME, FundFirst, MeritOrder, OrganisationMoney, Rule


def merit_rules_can_be_applied(criteria: Criteria) -> Iterator[Finding]:
    """Find rules of merit that the method, the price method or the other rules leave nothing to decide."""
    policy = criteria.allocation
    indexed = themes_ranked_by_an_index(criteria)
    for place, rule in all_rules(criteria) if policy else ():
        for key, why in unusable(rule, criteria.rules, policy.method if policy else "optimise", indexed):
            yield finding("E-CRIT-624", place.key(key), rule=rule.id, why=why)


def the_better_ranked_bid_is_funded(criteria: Criteria) -> Iterator[Finding]:
    """Find optimisation that may pass over the better-ranked bid of a theme, where the law awards by rank."""
    policy = criteria.allocation
    if policy is None or policy.method != "optimise" or not regime(criteria.regime).awards_by_rank:
        return
    ordered = {rule.theme for _, rule in all_rules(criteria) if isinstance(rule, MeritOrder)}
    free = [] if EVERY_THEME in ordered else [theme.id for theme in criteria.themes if theme.id not in ordered]
    if free:
        yield finding("E-CRIT-625", programme("allocation.method"), themes=", ".join(free))


def departures_from_rank_have_a_footing(criteria: Criteria) -> Iterator[Finding]:
    """Find rules that let rank give way with no express footing: only a limit on the number of lots has one."""
    if regime(criteria.regime).awards_by_rank:
        for place, rule in all_rules(criteria):
            yield from _departures(place, rule)


def _departures(place: Place, rule: Rule) -> Iterator[Finding]:
    if isinstance(rule, MeritOrder):
        if rule.unaffordable == "pass_over":
            what = "a better-ranked bid that the money left is too little for; how much is left depends on other bids"
            yield finding("E-CRIT-626", place.key("unaffordable"), rule=rule.id, what=what)
        if rule.max_gap:
            what = f"a better-ranked bid in favour of one up to {rule.max_gap} points behind it"
            yield finding("E-CRIT-626", place.key("max_gap"), rule=rule.id, what=what)
    if isinstance(rule, FundFirst):
        yield finding("E-CRIT-627", place.key("kind"), rule=rule.id)
    if isinstance(rule, OrganisationMoney):
        yield finding("E-CRIT-628", place.key("limit"), rule=rule.id)
