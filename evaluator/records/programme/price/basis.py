"""The price that is scored, on each basis that criteria can publish: one place, so that every stage means the same."""

from collections.abc import Sequence
from fractions import Fraction

from evaluator.records.programme.price.policy import PricePolicy


def basis_price(
    policy: PricePolicy | None, price: int | None, by_year: Sequence[int] = (), people: int | None = None
) -> Fraction | None:
    """Give a bid's price on the published basis, exactly; None where the bid lacks what the basis needs.

    Parameters
    ----------
    policy : the published basis; none is ``whole_life``.
    price : the whole price, in pence.
    by_year : the same price year by year, in pence, where it was offered so; else the whole is one year's.
    people : the number that ``unit_cost`` divides by.

    Returns
    -------
    Pence. ``yearly``: the whole divided by the number of years. ``discounted``: the first year as it is, each later
    one divided by 1 + ``discount_rate`` once more, added up (as HM Treasury's Green Book counts years, from year 0).

    >>> policy = PricePolicy(method="range", basis="discounted", discount_rate="10%", source="4.2")
    >>> basis_price(policy, 210_00, (100_00, 110_00))
    Fraction(20000, 1)
    """
    if price is None or policy is None or policy.basis == "whole_life":
        return None if price is None else Fraction(price)
    if policy.basis == "unit_cost":
        return Fraction(price, people) if people else None
    years = by_year or (price,)
    if policy.basis == "yearly":
        return Fraction(price, len(years))
    growth = 1 + Fraction(policy.discount_rate or 0) / 100
    return sum((Fraction(amount) / growth**year for year, amount in enumerate(years)), Fraction(0))


def basis_words(policy: PricePolicy) -> str:
    """Say in a few words what price is scored.

    >>> basis_words(PricePolicy(method="range", basis="discounted", discount_rate="3.5%", source="4.2"))
    'discounted at 3.5 % a year'
    """
    return {
        "whole_life": "whole life",
        "yearly": "for each year",
        "unit_cost": f"for each {policy.unit or 'person'}",
        "discounted": f"discounted at {policy.discount_rate or 0} % a year",
    }[policy.basis]
