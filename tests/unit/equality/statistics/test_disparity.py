"""Rates, ratios and shortfalls, exactly."""

from fractions import Fraction
from math import log

import pytest

from evaluator.equality.statistics.disparity import rate, ratio, theil
from tests.unit.equality.vectors import vector


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


def test_nothing_gives_nothing() -> None:
    assert rate(0, 0) is None
    assert ratio(0, 0, 5, 10) is None
    assert ratio(0, 5, 0, 10) is None


def test_theils_index_is_of_the_money_that_has_a_benchmark() -> None:
    # Half of the money lies where nobody is counted; of the rest all is where a quarter of the people are.
    assert theil({"a": 0.5, "b": 0.5}, {"a": 0.25}) == pytest.approx(log(4))
    assert theil({"b": 1.0}, {"a": 0.25}) is None
