"""The hours that managing a contract takes in a year: a published formula, so that nobody types them in."""

from decimal import Decimal
from fractions import Fraction

from pydantic import Field

from evaluator.records.numbers import rounded
from evaluator.records.programme.published import Amount, Declaring, Prose

EACH_MONEY = 10_000 * 100  # pence of yearly price that ``for_money`` is for


class ContractManagement(Declaring):
    """The published formula for the hours that a contract takes in a year.

    ``for_contract`` hours for every contract, ``for_visit`` and ``for_report`` for each visit and each monitoring
    report in a year that the theme's tier asks for, and ``for_money`` for each £10,000 of the average yearly price;
    their sum is rounded once to ``places``, a half up.
    """

    for_contract: Amount = Decimal(0)
    for_visit: Amount = Decimal(0)
    for_report: Amount = Decimal(0)
    for_money: Amount = Decimal(0)
    places: int = Field(default=1, ge=0, le=6)
    source: Prose

    def hours(self, visits: int, reports: int, price: int, years: int) -> Decimal:
        """Give the hours of a contract in a year.

        Parameters
        ----------
        visits, reports : in a year, of the theme's tier.
        price : of all years together, in pence.
        years : how many years the price is for, at least 1.

        >>> formula = ContractManagement(for_contract="4", for_visit="4", for_report="2", for_money="4", source="4.2")
        >>> formula.hours(2, 4, 180_000_00, 4)
        Decimal('38.0')
        """
        whole = Fraction(self.for_contract) + visits * Fraction(self.for_visit) + reports * Fraction(self.for_report)
        exact = whole + Fraction(self.for_money) * Fraction(price, years * EACH_MONEY)
        return Decimal(rounded(exact, self.places)).scaleb(-self.places)
