"""Plausible sets of offers: seeded ones around a price that the criteria themselves suggest, or the officer's own."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from statistics import median

import numpy as np

from evaluator.records.programme.criteria import PRICE, Criteria, Theme
from evaluator.records.programme.rules import EVERY_THEME, ThemeBudget
from evaluator.records.programme.scales import Values
from evaluator.records.results.studies.simulation import Offer
from evaluator.studies.price_model.theme_model import Model, Pair

USUAL_PRICE = Fraction(100_000)
BIDS_A_BUDGET = 4  # so many typical bids fill a theme's budget
SPREAD = 0.18  # standard deviation of the logarithm of prices
ABILITY = (0.35, 0.95)  # shares of the highest mark between which bidders' typical answers lie
SCATTER, DEARER = 0.15, 0.25  # of answers around a bidder's ability; how much of a better ability shows in the price


def typical_price(criteria: Criteria, model: Model, themes: Sequence[Theme]) -> Fraction:
    """Give the price around which offers are drawn: the middle of published limits, else of a theme's budget."""
    given = model.published
    if "lowest" in given and ("highest" in given or "budget" in given):
        return Fraction(given["lowest"] + given.get("highest", given.get("budget", Decimal(0)))) / 2
    if "budget" in given:
        return Fraction(given["budget"]) * 9 / 10
    policy = criteria.price_policy(themes[0].id)
    ids = {EVERY_THEME, *(theme.id for theme in themes)}
    limits = [rule.limit for rule in criteria.rules if isinstance(rule, ThemeBudget) and rule.theme in ids]
    budgets = [Fraction(limit) for limit in limits if limit]
    if not budgets or (policy and policy.basis == "unit_cost"):
        return USUAL_PRICE if not policy or policy.basis != "unit_cost" else Fraction(200)
    return median(budgets) / BIDS_A_BUDGET


def drawn(criteria: Criteria, theme: Theme, middle: Fraction, sets: int, dice: np.random.Generator) -> list[list[Pair]]:
    """Draw sets of three to eight offers: marks on the published scale around an ability, prices around the middle."""
    return [_one_set(criteria, theme, middle, dice) for _ in range(sets)]


def _one_set(criteria: Criteria, theme: Theme, middle: Fraction, dice: np.random.Generator) -> list[Pair]:
    count = int(dice.integers(3, 9))
    weights = criteria.counted(theme.id).weights
    leaves = [leaf for leaf in sorted(weights) if leaf != PRICE]
    values = [Values.of(criteria.scale_for(leaf)) for leaf in leaves]
    counts = [sorted(one.counts) for one in values]
    offers = []
    for _ in range(count):
        ability = float(dice.uniform(*ABILITY))
        wanted = ability + dice.normal(0, SCATTER, len(leaves))
        earned = Fraction(0)
        for leaf, own, share in zip(leaves, counts, wanted, strict=True):
            place = np.abs(np.array(own, dtype=np.float64) - share * float(own[-1])).argmin()
            earned += Fraction(weights[leaf]) * own[place] / own[-1]
        dearer = DEARER * (ability - sum(ABILITY) / 2)
        factor = float(np.exp(dice.normal(dearer, SPREAD)))
        offers.append((_round_price(float(middle) * factor), earned))
    return offers


def _round_price(price: float) -> Fraction:
    """Write a price as people do: to three figures."""
    digits = max(int(np.floor(np.log10(price))) - 2, -2)
    step = Fraction(10) ** digits
    return max(round(Fraction(price) / step), 1) * step


def resampled(offers: Sequence[Offer], sets: int, dice: np.random.Generator) -> list[list[Pair]]:
    """Draw sets from the officer's own offers: some of them each time, and all of them first."""
    pairs = [(Fraction(one.price), Fraction(one.quality)) for one in offers]
    found = [pairs]
    for _ in range(sets - 1):
        size = int(dice.integers(min(2, len(pairs)), len(pairs) + 1))
        rows = sorted(dice.choice(len(pairs), size=size, replace=False).tolist())
        found.append([pairs[row] for row in rows])
    return found


def named(pairs: Sequence[Pair], first: str = "A") -> tuple[Offer, ...]:
    """Name offers A, B, C and write them in decimals."""
    return tuple(
        Offer(chr(ord(first) + row % 26), _decimal(price), _decimal(q)) for row, (price, q) in enumerate(pairs)
    )


def _decimal(value: Fraction) -> Decimal:
    """Write a number in at most four decimal places; made-up offers have no more."""
    return Decimal(round(value * 10_000)).scaleb(-4).normalize() + 0
