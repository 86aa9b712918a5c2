"""How often a halving of success is missed, against the worked table and at the ends."""

from fractions import Fraction

import pytest

from evaluator.equality.statistics import power
from evaluator.equality.statistics.power import missed_in_ten


# Power of mid-p at true rates 1/4 and 1/2: 19% at 5 and 35 bids, 30% at 10 and 30, 50% at 20 and 60, 81% at 40 and 120.
@pytest.mark.parametrize(("bids", "others", "missed"), [(5, 35, 8), (10, 30, 7), (20, 60, 5), (40, 120, 2)])
def test_a_halving_is_missed_as_often_as_the_worked_table_says(bids: int, others: int, missed: int) -> None:
    assert missed_in_ten(bids, others, Fraction(1, 2)) == missed


def test_the_normal_curve_comes_near_to_going_through_all_results(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = missed_in_ten(60, 180, Fraction(2, 5))
    monkeypatch.setattr(power, "MOST_CELLS", 0)
    missed_in_ten.cache_clear()
    assert abs(missed_in_ten(60, 180, Fraction(2, 5)) - exact) <= 1
    missed_in_ten.cache_clear()


@pytest.mark.parametrize("rate", [Fraction(0), Fraction(1)])
def test_nobody_or_everybody_winning_is_no_obstacle(rate: Fraction) -> None:
    assert 0 <= missed_in_ten(10, 30, rate) <= 10
    assert 0 <= missed_in_ten(1_000, 30_000, rate) <= 10
