"""Rates, ratios and shortfalls, exactly."""

from fractions import Fraction
from math import log

import pytest

from evaluator.equality.statistics.disparity import below_four_fifths, flips, rate, ratio, shortfall, theil
from tests.unit.equality.vectors import vector


def test_published_selection_rates_are_screened_as_published() -> None:
    rates = vector("eeoc_four_fifths")["inputs"]["selection_rates"]
    percent = {group: round(100 * value) for group, value in rates.items()}
    flagged = [group for group, value in percent.items() if below_four_fifths(value, 100, percent["white"], 100)]
    assert flagged == ["american_indian"]


def test_exactly_four_fifths_is_not_below_though_floats_say_so() -> None:
    inputs = vector("four_fifths_boundary_float")["inputs"]
    assert not below_four_fifths(*inputs["group"], *inputs["comparator"])
    assert (3 / 5) / (6 / 8) < 0.8


def test_no_ratio_of_exactly_four_fifths_is_ever_flagged() -> None:
    boundary = [(a, b, c, d) for b in range(5, 41) for d in range(5, 41) for c in range(1, d + 1) for a in [4 * b * c]]
    assert not any(below_four_fifths(a // (5 * d), b, c, d) for a, b, c, d in boundary if a % (5 * d) == 0)


def test_the_new_jersey_study_gives_its_ratio() -> None:
    given = vector("nj_2024_disparity_1")
    available, used = (Fraction(str(given["inputs"][key])) for key in ("availability_pct", "utilization_pct"))
    # Shares in units of a hundredth of a per cent: 14 of 10,000 against 919 of 10,000.
    found = ratio(int(used * 100), 10_000, int(available * 100), 10_000)
    assert found is not None
    assert float(found) == pytest.approx(given["expected"]["disparity_ratio"], abs=given["tolerance"])


def test_pooling_strata_can_reverse_a_ratio() -> None:
    given = vector("disparity_simpson")
    both = [given["inputs"][key] for key in ("A", "B")]
    pooled = {key: sum(one[key] for one in both) for key in both[0]}
    for inputs, key in ((both[0], "A"), (both[1], "B"), (pooled, "pooled")):
        found = ratio(inputs["group_contracts"], inputs["contracts"], inputs["group_firms"], inputs["firms"])
        assert found == Fraction(str(given["expected"][key]))


def test_ten_women_of_whom_two_were_expected_and_one_chosen_are_one_short() -> None:
    assert shortfall(awards=1, all_awards=10, bids=10, all_bids=50) == 1


def test_nothing_gives_nothing() -> None:
    assert rate(0, 0) is None
    assert ratio(0, 0, 5, 10) is None
    assert ratio(0, 5, 0, 10) is None
    assert shortfall(0, 0, 0, 0) is None


@pytest.mark.parametrize(
    ("awards", "bids", "hangs"),
    [
        (2, 6, True),  # of 20 awards and 40 bids: 2/3, and with one award more exactly parity
        (1, 6, False),  # 1/3, and with one more 2/3
        (4, 10, False),  # exactly four fifths, and with one more parity
        (4, 6, True),  # 4/3, and with one award fewer exactly parity
        (5, 6, False),  # 5/3, and with one fewer 4/3
        (5, 8, False),  # exactly five quarters, and with one fewer parity
    ],
)
def test_a_picture_hangs_on_one_award_that_carries_it_over_a_screen_and_to_parity(
    awards: int, bids: int, *, hangs: bool
) -> None:
    assert flips(awards, 20, bids, 40) is hangs


def test_theils_index_is_of_the_money_that_has_a_benchmark() -> None:
    # Half of the money lies where nobody is counted; of the rest all is where a quarter of the people are.
    assert theil({"a": 0.5, "b": 0.5}, {"a": 0.25}) == pytest.approx(log(4))
    assert theil({"b": 1.0}, {"a": 0.25}) is None
