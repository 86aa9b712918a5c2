"""Scores of two groups, against published figures, with ties and empty groups."""

from fractions import Fraction

import pytest

from evaluator.equality.statistics.ranks import (
    cliffs_delta,
    hodges_lehmann,
    hodges_lehmann_one,
    magnitude,
    mann_whitney,
    rank_permutation,
)
from tests.unit.equality.vectors import vector


def test_the_placenta_data_have_the_published_shift_statistic_and_p() -> None:
    given = vector("hl_hollander_wolfe")
    x, y, expected = given["inputs"]["x"], given["inputs"]["y"], given["expected"]
    assert hodges_lehmann(x, y) == Fraction("0.305")
    assert mann_whitney(x, y) == expected["W"]
    assert float(rank_permutation(x, y, "greater").p) == pytest.approx(expected["p_greater"], abs=given["tolerance"])


def test_the_effsize_example_has_the_documented_delta() -> None:
    given = vector("cliff_effsize")
    delta = cliffs_delta(given["inputs"]["treatment"], given["inputs"]["control"])
    assert delta == Fraction(-1, 4)
    assert magnitude(delta) == "small"


def test_one_sample_by_hand() -> None:
    # Means of pairs of 1, 2 and 6: 1, 1.5, 3.5, 2, 4, 6; the middle two are 2 and 3.5.
    assert hodges_lehmann_one([1, 2, 6]) == Fraction(11, 4)
    assert hodges_lehmann_one([]) is None


def test_ties_count_half_in_one_and_nothing_in_the_other() -> None:
    assert mann_whitney([1, 1], [1, 1]) == 2
    assert cliffs_delta([1, 1], [1, 1]) == 0
    assert rank_permutation([1, 1], [1, 1]).p == 1


def test_an_empty_group_has_no_shift() -> None:
    assert hodges_lehmann([], [1]) is hodges_lehmann([1], []) is cliffs_delta([], [1]) is None
    assert mann_whitney([], [1]) == 0


@pytest.mark.parametrize(
    ("delta", "word"),
    [("0.146", "negligible"), ("0.147", "small"), ("-0.33", "medium"), ("0.474", "large"), ("-1", "large")],
)
def test_sizes_have_the_published_names(delta: str, word: str) -> None:
    assert magnitude(Fraction(delta)) == word
