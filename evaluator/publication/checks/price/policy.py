"""Checks of the price policies: a known method, usable parameters, a published basis, and what it does to bids."""

from collections.abc import Iterator
from decimal import Decimal

from evaluator.publication.locations import in_theme, price_policies
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text, exact_text
from evaluator.records.programme.criteria import PRICE, Criteria, PricePolicy
from evaluator.records.programme.price.methods import METHODS, own_name
from evaluator.records.programme.price.names import titled
from evaluator.records.programme.procurement.keys import UNSAID

# By these every bid is held against the best one alone, which is what most councils publish.
BY_BEST = frozenset(
    {
        "lowest_price_ratio",
        "highest_income_ratio",
        "linear_above_lowest",
        "logarithm",
        "damped_discount",
        "discount_ratio",
    }
)


def price_weights_have_a_policy(criteria: Criteria) -> Iterator[Finding]:
    """Find themes that score the price and do not say how."""
    for theme in criteria.themes:
        if theme.price_weight and criteria.price_policy(theme.id) is None:
            yield finding("E-CRIT-401", in_theme(theme, f"weights.{PRICE}"), theme=theme.id)


def price_methods_are_known(criteria: Criteria) -> Iterator[Finding]:
    """Find price policies that name a method which the engine does not have."""
    for place, policy, _ in price_policies(criteria):
        if policy.method not in METHODS:
            known = ", ".join(METHODS)
            yield finding("E-CRIT-402", place.key("method"), method=policy.method, known=known)


def price_parameters_are_known(criteria: Criteria) -> Iterator[Finding]:
    """Find parameters that the method does not take, and those missing that it cannot do without."""
    for place, policy, _ in price_policies(criteria):
        terms = METHODS.get(policy.method)
        if terms is None:
            continue
        known = ", ".join(terms.parameters) or "none"
        for name in policy.parameters:
            if name not in terms.parameters:
                where = place.key(f"parameters.{name}")
                yield finding("E-CRIT-403", where, method=titled(policy.method), name=name, known=known)
        for name, parameter in terms.parameters.items():
            if parameter.default is None and name not in policy.parameters:
                facts = {"method": titled(policy.method), "name": name, "allowed": parameter.allowed}
                yield finding("E-CRIT-404", place.key("parameters"), **facts)


OUT_OF_100 = ("full_quality", "highest_score")


def quality_is_out_of_the_whole(criteria: Criteria) -> Iterator[Finding]:
    """Find methods that take quality to be out of 100 where the published whole is another."""
    for place, policy, themes in price_policies(criteria):
        terms = METHODS.get(policy.method)
        if terms is None:
            continue
        lacking = [key for key in OUT_OF_100 if key in terms.parameters and key not in policy.parameters]
        lacking += ["its formula"] * (own_name(policy.method) == "quality_adjusted_price")
        for key, whole in ((key, whole) for key in lacking for whole in criteria.wholes if whole != 100):
            its = [one.id for one in themes if criteria.whole_of(one.id) == whole]
            if its:
                facts = {"method": titled(policy.method), "theme": ", ".join(its), "whole": exact_text(whole)}
                yield finding("E-CRIT-136", place.key("method"), key=key, **facts)


def price_parameters_are_allowed(criteria: Criteria) -> Iterator[Finding]:
    """Find parameters with values that the method cannot use."""
    for place, policy, _ in price_policies(criteria):
        for name, parameter in METHODS[policy.method].parameters.items() if policy.method in METHODS else ():
            value = policy.parameters.get(name)
            if value is not None and not parameter.allows(value):
                facts = {"method": titled(policy.method), "name": name, "value": decimal_text(value)}
                yield finding("E-CRIT-405", place.key(f"parameters.{name}"), allowed=parameter.allowed, **facts)


def price_limits_are_in_order(criteria: Criteria) -> Iterator[Finding]:
    """Find a price that earns all the points and is not below the one that earns none."""
    for place, policy, _ in price_policies(criteria):
        limits = METHODS[policy.method].limits if policy.method in METHODS else None
        lowest, highest = (policy.parameters.get(name) for name in limits or ("", ""))
        if lowest is not None and highest is not None and lowest >= highest:
            facts = {"lowest": decimal_text(lowest), "highest": decimal_text(highest)}
            yield finding("E-CRIT-406", place.key("parameters.lowest"), **facts)


def unit_costs_have_a_unit(criteria: Criteria) -> Iterator[Finding]:
    """Find a price for each unit where nobody says of what."""
    for place, policy, _ in price_policies(criteria):
        if policy.basis == "unit_cost" and not policy.unit.strip():
            yield finding("E-CRIT-407", place.key("unit"))


def discounts_have_a_rate(criteria: Criteria) -> Iterator[Finding]:
    """Find a discounted price without a published rate, and a rate that nothing uses."""
    for place, policy, _ in price_policies(criteria):
        if (policy.basis == "discounted") != (policy.discount_rate is not None):
            code = "E-CRIT-414" if policy.discount_rate is None else "E-CRIT-415"
            yield finding(code, place.key("discount_rate"))


def small_indexes_survive_rounding(criteria: Criteria) -> Iterator[Finding]:
    """Find indexes so small that the published rounding would make different bids equal."""
    for place, policy, _ in price_policies(criteria):
        zeros = METHODS[policy.method].zeros if policy.method in METHODS else 0
        factor, places = policy.parameters.get("factor", Decimal(1)), criteria.rounding.places
        if criteria.rounding.point != "display" and factor * 10**places < 10**zeros:
            yield finding("E-CRIT-416", place.key("method"), method=titled(policy.method), places=places)


def incomes_are_not_decided_by_the_lower_price(criteria: Criteria) -> Iterator[Finding]:
    """Find a tie-break that prefers the lower price beside a method that scores an income."""
    for place, policy, _ in price_policies(criteria):
        if policy.method in METHODS and METHODS[policy.method].income and "lower_price" in criteria.tie_break.order:
            yield finding("E-CRIT-417", place.key("method"), method=titled(policy.method))


def price_indexes_have_a_quality_floor(criteria: Criteria) -> Iterator[Finding]:
    """Find themes in which a very cheap bid of no quality can win on price for each quality point."""
    for _, policy, themes in price_policies(criteria):
        for theme in themes if _gives_index(policy.method) else ():
            if not theme.minimum_quality:
                place = in_theme(theme, "minimum_quality")
                yield finding("E-CRIT-408", place, theme=theme.id, method=titled(policy.method))


def price_indexes_have_no_weight(criteria: Criteria) -> Iterator[Finding]:
    """Find a weight for price where the method gives no points that it could apply to."""
    for _, policy, themes in price_policies(criteria):
        for theme in themes if _gives_index(policy.method) else ():
            if theme.price_weight:
                facts = {"method": titled(policy.method), "weight": decimal_text(theme.weights[PRICE])}
                yield finding("E-CRIT-409", in_theme(theme, f"weights.{PRICE}"), theme=theme.id, **facts)


def price_policies_have_a_weight(criteria: Criteria) -> Iterator[Finding]:
    """Find price policies that no theme applies, or that carry no points where they should."""
    for place, policy, themes in price_policies(criteria):
        scored = [theme for theme in themes if theme.price_weight or _gives_index(policy.method)]
        if not scored:
            yield finding("E-CRIT-410", place.key("method"), method=titled(policy.method))


def prices_depend_on_other_bids(criteria: Criteria) -> Iterator[Finding]:
    """Find methods by which a bid that cannot win can decide who does, beyond what the best price does."""
    for place, policy, _ in price_policies(criteria):
        if (
            policy.method in METHODS
            and METHODS[policy.method].depends_on_other_bids
            and own_name(policy.method) not in BY_BEST
        ):
            yield finding("E-CRIT-411", place.key("method"), method=titled(policy.method))


def low_prices_are_looked_at(criteria: Criteria) -> Iterator[Finding]:
    """Find price policies without a published test of an abnormally low price, where the procurement is said."""
    for place, policy, _ in price_policies(criteria):
        if _tests_nothing(policy) and criteria.procurement != UNSAID:
            yield finding("E-CRIT-412", place.key("below_mean"))


def no_low_price_is_looked_at(criteria: Criteria) -> bool:
    """Whether a price is scored, and no test of an abnormally low one is published."""
    return any(_tests_nothing(policy) for _, policy, _ in price_policies(criteria))


def _tests_nothing(policy: PricePolicy) -> bool:
    return policy.below_mean is None and policy.below_next is None


def price_points_stay_within_bounds(criteria: Criteria) -> Iterator[Finding]:
    """Find methods that are published to give less than nothing or more than all."""
    for place, policy, _ in price_policies(criteria):
        unbounded = policy.parameters.get("clip") == Decimal(0)
        if unbounded and policy.method in METHODS and "clip" in METHODS[policy.method].parameters:
            yield finding("E-CRIT-413", place.key("parameters.clip"), method=titled(policy.method))


def themes_ranked_by_an_index(criteria: Criteria) -> frozenset[str]:
    """Name the themes whose price method gives an index or an adjusted price and no points."""
    return frozenset(
        theme.id for _, policy, themes in price_policies(criteria) if _gives_index(policy.method) for theme in themes
    )


def _gives_index(method: str) -> bool:
    return method in METHODS and METHODS[method].gives != "points"
