"""Checks of what a price policy does on the programme's own budget and scale: whether prices within it still differ."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from evaluator.law.matters import words_of
from evaluator.publication.checks.floors import most_money
from evaluator.publication.checks.prose.lexicon.stems import stem
from evaluator.publication.locations import Place, price_policies
from evaluator.records.english import count_of
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text, up_to_places
from evaluator.records.programme.criteria import Criteria, PricePolicy, Theme
from evaluator.records.programme.price.methods import METHODS

STEEP, FLAT = Decimal("1.15"), Decimal(10)  # times the lowest price: where nothing is left by then, and where much is
LEAST_SPREAD = Fraction(1, 10)  # of the points, between the lowest and the dearest price that the budget can pay
NARROW = Fraction(5, 100)  # of the upper limit: limits so close together are one step
MOST_STEP = 50  # percent of the points lost with one place
MOST_PER_PERCENT = 10  # percent of the points for each 1% of price
MOST_RATE, LEAST_RATE = 10, 0  # percent a year
LEAST_BELOW, MOST_BELOW = {"below_mean": 10, "below_next": 5}, 80  # percent
RATE = re.compile(r"(?i)\b(hourly|daily|day|weekly|monthly|session)\s+(?:rates?|prices?|costs?)\b")
PER_UNIT = re.compile(
    r"(?i)\b(?:(?:price|cost|costs|charge|rate)\s+(?:of|for|per|a)\s+(?:each|every|an?|one)?\s*|"
    r"(?:per|for each|for every|(?:unit|price)\s+(?:\w+\s+)?is\s+(?:that\s+of\s+)?(?:the|an?))\s+)"
    r"([a-z]+)(?:\s+of\s+[a-z]+)?"
)


def parameters_let_prices_differ(criteria: Criteria) -> Iterator[Finding]:
    """Find parameters by which nearly all prices within the budget earn the same, or a small difference decides all."""
    for place, policy, themes in price_policies(criteria):
        terms = METHODS.get(policy.method)
        if terms and all(
            parameter.allows(policy.parameters[name])
            for name, parameter in terms.parameters.items()
            if name in policy.parameters
        ):
            for name, effect in _effects(criteria, policy, themes):
                value = decimal_text(policy.parameters[name])
                yield finding("E-CRIT-961", place.key(f"parameters.{name}"), name=name, value=value, effect=effect)


def _effects(criteria: Criteria, policy: PricePolicy, themes: tuple[Theme, ...]) -> Iterator[tuple[str, str]]:
    """Say which parameters of a policy decide nothing or everything, and how."""
    given, most = policy.parameters, _dearest(criteria, policy, themes)
    zero_at = given.get("zero_at")
    if zero_at is not None and zero_at < STEEP:
        above = up_to_places(100 * (Fraction(zero_at) - 1), 2)
        yield (
            "zero_at",
            f"earns nothing at {above}% above the lowest: a small difference decides as much as a large one",
        )
    if zero_at is not None and zero_at > FLAT:
        yield "zero_at", "of twice the lowest still earns nearly all the points, so that price hardly counts"
    if "budget" in given and most is not None and given["budget"] > most and METHODS[policy.method].limits is None:
        yield "budget", f"is held against more than the £{most:,} that can be paid, so that every bid has a discount"
    yield from _limits(policy, most)
    if given.get("step", 0) >= MOST_STEP:
        yield "step", "counts by its place alone: the second place loses so much that all others earn next to nothing"
    for name in ("per_percent", "per_percent_above"):
        if given.get(name, 0) > MOST_PER_PERCENT:
            yield name, "moves from all the points to none within a few percent"


def _limits(policy: PricePolicy, most: Decimal | None) -> Iterator[tuple[str, str]]:
    """Say where the published limits are too far apart, too close, or above what can be paid."""
    names = METHODS[policy.method].limits
    if names is None or any(name not in policy.parameters for name in names):
        return
    lowest, highest = (policy.parameters[name] for name in names)
    if lowest >= highest:
        return
    if most is not None and lowest >= most:
        yield names[0], f"earns all the points whatever it is, since no more than £{most:,} can be paid"
    elif (
        most is not None and (Fraction(most) - Fraction(lowest)) / (Fraction(highest) - Fraction(lowest)) < LEAST_SPREAD
    ):
        yield (
            names[1],
            f"earns nine tenths of the points or more whatever it is, since no more than £{most:,} can be paid",
        )
    elif Fraction(highest - lowest) < NARROW * Fraction(highest):
        yield names[1], "moves from all the points to none between two limits that nearly meet"


def _dearest(criteria: Criteria, policy: PricePolicy, themes: tuple[Theme, ...]) -> Decimal | None:
    """Give the most that one bid can cost on the basis that is scored; None where no budget tells."""
    if policy.basis not in ("whole_life", "yearly"):
        return None
    years = len(criteria.years) or 1
    found = [most_money(criteria, theme.id) for theme in themes]
    limits = [limit for limit in found if limit is not None]
    value = criteria.procurement.estimated_value
    if not limits and value is not None:  # with VAT, so that no price without it is above
        return value / (years if policy.basis == "yearly" else 1)
    if not found or len(limits) < len(found):
        return None
    return max(limits) / (years if policy.basis == "yearly" else 1)


def discount_rates_are_usual(criteria: Criteria) -> Iterator[Finding]:
    """Find a discount rate that makes the later years count for little, or that discounts nothing."""
    for place, policy, _ in price_policies(criteria):
        rate = policy.discount_rate
        if rate is not None and policy.basis == "discounted" and not LEAST_RATE < rate <= MOST_RATE:
            effect = "makes the later years count for little" if rate > MOST_RATE else "discounts nothing"
            yield finding("E-CRIT-962", place.key("discount_rate"), rate=decimal_text(rate), effect=effect)


def yearly_prices_have_years(criteria: Criteria) -> Iterator[Finding]:
    """Find a price of a year, or one discounted year by year, in a programme without several years."""
    for place, policy, _ in price_policies(criteria):
        if policy.basis in ("yearly", "discounted") and len(criteria.years) < 2:
            years = count_of(len(criteria.years), "year") if criteria.years else "no years"
            yield finding("E-CRIT-963", place.key("basis"), basis=policy.basis, years=years)


def tests_of_low_prices_find_few(criteria: Criteria) -> Iterator[Finding]:
    """Find tests of an abnormally low price that a great part of all bids meets, or none can."""
    for place, policy, _ in price_policies(criteria):
        for key, least in LEAST_BELOW.items():
            share = getattr(policy, key)
            if share is None or least <= share <= MOST_BELOW:
                continue
            many = (
                "nearly half of all bids are looked at as too low"
                if key == "below_mean"
                else "nearly every lowest bid is"
            )
            effect = many if share < least else "no price that anyone would offer is looked at"
            yield finding("E-CRIT-964", place.key(key), key=key, share=decimal_text(share), effect=effect)


def units_are_people(criteria: Criteria) -> Iterator[Finding]:
    """Find a unit other than a person, by whose number the register divides the price; in its key, or in the words."""
    for place, policy, _ in price_policies(criteria):
        if policy.basis == "unit_cost" and policy.unit.strip():
            yield from _unit(place, policy)


def _unit(place: Place, policy: PricePolicy) -> Iterator[Finding]:
    words = {stem(word) for word in re.findall(r"[a-z]+", policy.unit.lower())}
    if not words & _stems("persons"):
        yield finding("E-CRIT-965", place.key("unit"), unit=policy.unit)
        return
    hourly = RATE.search(policy.source)
    if hourly:
        yield finding("E-CRIT-966", place.key("source"), word=hourly[1])
        return
    for found in PER_UNIT.finditer(policy.source):
        if stem(found[1].lower()) in _stems("units"):
            yield finding("E-CRIT-966", place.key("source"), word=found[1])
            return


def _stems(name: str) -> frozenset[str]:
    return frozenset(map(stem, words_of(name)))
