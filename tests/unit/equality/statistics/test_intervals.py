"""Intervals against published figures."""

from statistics import pvariance
from typing import Any

import numpy as np
import pytest
from scipy import stats

from evaluator.equality.statistics.intervals import acceleration, bca, newcombe, wilson
from tests.unit.equality.vectors import vector


def variance(values: np.ndarray) -> Any:
    return values.var(axis=-1)


def mean(values: np.ndarray) -> Any:
    return values.mean(axis=-1)


def test_wilsons_interval_of_81_in_263_is_as_published() -> None:
    # Newcombe (1998), Statistics in Medicine 17:857, table I, method 3: 0.2553 to 0.3662.
    assert wilson(81, 263) == (pytest.approx(0.2553, abs=5e-5), pytest.approx(0.3662, abs=5e-5))


@pytest.mark.parametrize(
    ("counts", "interval"),
    # Newcombe (1998), Statistics in Medicine 17:873, table II, method 10.
    [
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((6, 7, 2, 7), (0.0582, 0.8062)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
        ((0, 10, 0, 20), (-0.1611, 0.2775)),
        ((0, 10, 0, 10), (-0.2775, 0.2775)),
        ((10, 10, 0, 20), (0.6791, 1.0)),
        ((10, 10, 0, 10), (0.6075, 1.0)),
    ],
)
def test_newcombes_published_intervals(counts: tuple[int, int, int, int], interval: tuple[float, float]) -> None:
    assert newcombe(*counts) == pytest.approx(interval, abs=5e-5)


def test_nothing_has_no_interval_and_ends_stay_between_nought_and_one() -> None:
    assert wilson(0, 0) is newcombe(0, 0, 1, 2) is newcombe(1, 2, 0, 0) is None
    assert wilson(0, 10)[0] == 0.0  # type: ignore[index]
    assert wilson(10, 10)[1] == 1.0  # type: ignore[index]


def test_the_spatial_test_has_the_published_acceleration() -> None:
    given = vector("bca_accel_spatial")
    data = given["inputs"]["data"]
    assert pvariance(data) == pytest.approx(given["expected"]["theta"], abs=given["tolerance"])
    assert acceleration([data], variance) == pytest.approx(given["expected"]["acceleration"], abs=0.0005)


def test_the_spatial_test_has_an_interval_like_the_published_one() -> None:
    # Efron and Tibshirani 1993, table 14.2: 115.8 to 259.6 for 90%, of 2,000 draws of theirs.
    data = vector("bca_accel_spatial")["inputs"]["data"]
    found = bca([data], variance, level=0.9)
    assert found == (pytest.approx(115.8, abs=5), pytest.approx(259.6, abs=8))
    assert found == bca([data], variance, level=0.9)


def test_two_groups_agree_with_scipy() -> None:
    x, y = [float(n % 17) for n in range(0, 90, 3)], [float(n % 19) + 2 for n in range(0, 100, 4)]

    def gap(a: np.ndarray, b: np.ndarray, axis: int = -1) -> float:
        return np.mean(a, axis=axis) - np.mean(b, axis=axis)  # type: ignore[no-any-return]

    dice = np.random.default_rng(1)
    theirs = stats.bootstrap((x, y), gap, method="BCa", n_resamples=4000, rng=dice).confidence_interval
    found = bca([x, y], gap, draws=4000)
    assert found == (pytest.approx(theirs.low, abs=0.3), pytest.approx(theirs.high, abs=0.3))


def test_too_few_values_have_no_bootstrap_interval_and_like_values_a_point() -> None:
    assert bca([[1.0] * 14], mean) is None
    assert bca([[1.0] * 15], mean) == (1.0, 1.0)
