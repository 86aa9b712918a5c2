"""The curves by which people recognise price methods."""

from decimal import Decimal
from fractions import Fraction

import pytest

from evaluator.records.programme.price.methods import METHODS
from evaluator.studies.price_model.curves import curve


@pytest.mark.parametrize("method", METHODS)
def test_every_method_has_a_curve_before_anything_is_said_of_it(method: str) -> None:
    drawn = curve(method, {})
    assert drawn is not None
    assert len({result for _, result in drawn.at}) > 1


def test_a_straight_line_falls_to_nothing_where_it_says() -> None:
    drawn = curve("linear_above_lowest", {"zero_at": Decimal("1.5")})
    assert drawn is not None
    assert dict(drawn.at)[120_000] == 0
    assert dict(drawn.at)[100_000] == Fraction(50)


def test_published_limits_decide_which_prices_are_shown() -> None:
    drawn = curve("fixed_limits", {"lowest": Decimal(1_000), "highest": Decimal(2_000)})
    assert drawn is not None
    assert (drawn.at[0], drawn.at[-1]) == ((800, Fraction(100)), (2_200, Fraction(0)))
    assert drawn.usual == ()


def test_parameters_that_cannot_be_used_have_no_curve() -> None:
    assert curve("fixed_limits", {"lowest": Decimal(2_000), "highest": Decimal(1_000)}) is None
    assert curve("linear_above_lowest", {"zero_at": Decimal(1)}) is None
