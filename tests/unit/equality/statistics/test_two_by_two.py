"""One table at a time, against published figures; margins of nought among them."""

from fractions import Fraction
from math import inf

import pytest
from scipy import stats

from evaluator.equality.statistics.two_by_two import (
    barnard,
    binomial_z,
    boschloo,
    chi_square,
    conditional_odds_ratio,
    fisher_exact,
    mid_p_exact,
    odds_ratio,
)
from tests.unit.equality.vectors import vector

TEA = [[3, 1], [1, 3]]


def test_the_lady_tasting_tea_by_both_tests_and_tails() -> None:
    expected = vector("fisher_tea")["expected"]
    assert float(fisher_exact(TEA, "greater")) == pytest.approx(expected["greater"])
    assert float(fisher_exact(TEA)) == pytest.approx(expected["two"])
    assert float(mid_p_exact(TEA, "greater")) == pytest.approx(expected["midp_greater"])
    assert fisher_exact(TEA, "less") == Fraction(69, 70)
    assert mid_p_exact(TEA, "less") == 1 - mid_p_exact(TEA, "greater")


def test_the_sample_and_the_conditional_odds_ratio_differ() -> None:
    given = vector("fisher_tea_or")
    assert odds_ratio(TEA) == given["expected"]["sample"]
    assert conditional_odds_ratio([TEA]) == pytest.approx(given["expected"]["conditional"], abs=given["tolerance"])


# By hand: no likelier than 2 of 10 and 15 of 18 (SciPy's documentation of fisher_exact: whales in two oceans).
def test_the_whales_of_the_scipy_documentation() -> None:
    assert float(fisher_exact([[6, 2], [1, 4]], "two")) == pytest.approx(0.10256410256410257)
    assert float(fisher_exact([[6, 2], [1, 4]], "greater")) == pytest.approx(0.08624708624708627)


@pytest.mark.parametrize(("name", "test"), [("boschloo_scipy_doc", boschloo), ("barnard_scipy_doc", barnard)])
def test_the_tests_that_fix_one_margin_give_the_documented_figures(name: str, test: object) -> None:
    given = vector(name)
    statistic, p = test(given["inputs"]["table"], given["inputs"]["alternative"])  # type: ignore[operator]
    assert statistic == pytest.approx(given["expected"]["statistic"], abs=given["tolerance"])
    assert p == pytest.approx(given["expected"]["p"], abs=given["tolerance"])


def test_berkeley_put_together_has_the_published_chi_square() -> None:
    given = vector("cmh_ucb_marginal")
    found = chi_square(given["inputs"]["table"])
    assert found is not None
    assert float(found) == pytest.approx(given["expected"]["chi2"], abs=given["tolerance"])


@pytest.mark.parametrize("name", ["castaneda_870", "hazelwood_7374_154", "hazelwood_7273_057", "hazelwood_7374_057"])
def test_the_choice_of_benchmark_decides_as_in_the_cases(name: str) -> None:
    given = vector(name)
    inputs, expected = given["inputs"], given["expected"]
    z = binomial_z(inputs["observed"], inputs["n"], inputs["availability"])
    assert z is not None
    if "z" in expected:
        assert z == pytest.approx(expected["z"], abs=given["tolerance"])
    else:
        assert expected["z_between"][0] < z < expected["z_between"][1]


@pytest.mark.parametrize("table", [[[0, 0], [3, 4]], [[0, 5], [0, 7]], [[5, 0], [7, 0]], [[0, 0], [0, 0]]])
def test_a_margin_of_nought_leaves_nothing_to_test(table: list[list[int]]) -> None:
    assert fisher_exact(table) == fisher_exact(table, "less") == fisher_exact(table, "greater") == 1
    assert mid_p_exact(table) == Fraction(1, 2)
    assert odds_ratio(table) is None
    assert conditional_odds_ratio([table]) is None
    assert chi_square(table) is None


def test_nobody_won_or_all_that_could_gives_an_odds_ratio_at_the_end() -> None:
    assert conditional_odds_ratio([[[0, 5], [4, 4]]]) == 0
    assert conditional_odds_ratio([[[5, 0], [4, 4]]]) == inf
    assert binomial_z(0, 0, 0.5) is None


@pytest.mark.parametrize("seed", range(40))
def test_fisher_agrees_with_scipy_on_every_side(seed: int) -> None:
    a, b, c, d = ((seed * step) % 13 for step in (7, 5, 11, 3))
    table = [[a, b], [c, d]]
    for tail, alternative in (("two", "two-sided"), ("less", "less"), ("greater", "greater")):
        theirs = stats.fisher_exact(table, alternative=alternative).pvalue
        assert float(fisher_exact(table, tail)) == pytest.approx(float(theirs), abs=1e-9)
