"""Scores of two groups, against published figures, with ties, and theme by theme."""

from fractions import Fraction

import numpy as np
import pytest

from evaluator.equality.statistics.effect_sizes import cliffs_delta, differences, hodges_lehmann, magnitude
from tests.unit.equality.vectors import vector


def exact(values: list[float]) -> list[Fraction]:
    return [Fraction(str(value)) for value in values]


def test_the_placenta_data_have_the_published_shift() -> None:
    given = vector("hl_hollander_wolfe")["inputs"]
    assert hodges_lehmann(differences([(exact(given["x"]), exact(given["y"]))])) == pytest.approx(0.305)


def test_the_effsize_example_has_the_documented_delta() -> None:
    given = vector("cliff_effsize")["inputs"]
    delta = cliffs_delta(differences([(exact(given["treatment"]), exact(given["control"]))]))
    assert delta == -0.25
    assert magnitude(Fraction(delta)) == "small"


def test_a_group_is_compared_with_the_others_of_its_own_theme_alone() -> None:
    # By hand: 1 and 2 against 2 give -1 and 0; 9 against 7 gives 2. In one theme 9 would stand above 2 too.
    themes = [(exact([1, 2]), exact([2])), (exact([9]), exact([7]))]
    assert sorted(differences(themes)) == [-1, 0, 2]
    assert hodges_lehmann(differences(themes)) == 0
    assert cliffs_delta(differences(themes)) == 0


def test_equal_scores_count_for_neither_side_though_floats_differ() -> None:
    assert cliffs_delta(np.array([0.1 + 0.2 - 0.3, 1.0])) == 0.5


@pytest.mark.parametrize(
    ("delta", "word"),
    [
        ("0.146", "negligible"),
        ("0.147", "small"),
        ("0.148", "small"),
        ("-0.329", "small"),
        ("-0.33", "medium"),
        ("0.473", "medium"),
        ("0.474", "large"),
        ("-1", "large"),
    ],
)
def test_sizes_have_the_published_names(delta: str, word: str) -> None:
    assert magnitude(Fraction(delta)) == word
