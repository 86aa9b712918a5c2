"""The price that is scored on each basis, and that every stage means the same by it."""

from fractions import Fraction

import pytest

from evaluator.records.findings.finding import Source
from evaluator.records.programme.criteria import PricePolicy
from evaluator.records.programme.price.basis import basis_price
from evaluator.records.submissions.evaluation import Bid
from evaluator.reporting.shared.figures import scored_price
from evaluator.scoring.totals import scored_prices

YEARS = (100_000_00, 103_500_00, 107_122_50)  # each 3.5 % more than the last


def policy(basis: str, **more: str) -> PricePolicy:
    return PricePolicy.model_validate({"method": "range", "basis": basis, "source": "4.2", **more})


@pytest.mark.parametrize(
    ("published", "pence"),
    [
        (policy("whole_life"), 310_622_50),
        (policy("yearly"), Fraction(310_622_50, 3)),
        (policy("unit_cost"), Fraction(310_622_50, 7)),
        (policy("discounted", discount_rate="3.5%"), 300_000_00),
        (policy("discounted", discount_rate="0%"), 310_622_50),
        (policy("discounted", discount_rate="100%"), 100_000_00 + Fraction(103_500_00, 2) + Fraction(107_122_50, 4)),
    ],
    ids=str,
)
def test_a_basis_gives_its_exact_price_in_every_stage(published: PricePolicy, pence: Fraction) -> None:
    bid = Bid("A", "T", "O", Source("made up"), price=sum(YEARS), by_year=YEARS, people=7)
    assert basis_price(published, bid.price, bid.by_year, bid.people) == pence
    assert scored_price(published, bid) == Fraction(pence) / 100
    column = scored_prices([bid], published)
    assert column is not None
    assert column.fractions() == [pence]


@pytest.mark.parametrize("basis", ["yearly", "discounted"])
def test_one_price_for_all_is_that_of_one_year(basis: str) -> None:
    assert basis_price(policy(basis, **({"discount_rate": "5%"} if basis == "discounted" else {})), 5_00) == 500


def test_a_bid_without_what_the_basis_needs_has_no_price() -> None:
    assert basis_price(policy("unit_cost"), 5_00) is None
    assert basis_price(policy("yearly"), None) is None


def test_a_rate_leaves_no_trace_in_the_seal_where_none_is_published() -> None:
    assert "discount_rate" not in policy("yearly").model_dump(mode="json")
    assert policy("discounted", discount_rate="0%").model_dump(mode="json")["discount_rate"] == "0"
