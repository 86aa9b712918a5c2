"""Evaluators and questions fitted together: a lone bias is found, few cannot tilt it, and of two none is named."""

from collections.abc import Sequence
from statistics import fmean, median

import numpy as np
import pytest

from evaluator.equality.evidence.marks import Answers
from evaluator.equality.statistics.conditional import Strata
from evaluator.equality.statistics.interactions import Residuals, differences
from tests.unit.equality.evidence.penicillin import TABLE

SAMPLES = "ABCDEF"


def answers(table: Sequence[Sequence[float]], names: Sequence[str]) -> Answers:
    """A table of an answer a row and an evaluator a column, every answer of another owner."""
    rows, columns = np.indices((len(table), len(names)))
    marks = np.array(table, dtype=np.float64).ravel()
    return Answers(tuple(names), rows.ravel(), rows.ravel(), columns.ravel(), marks)


def test_rows_and_columns_fitted_together_give_what_lme4_gives_for_its_penicillin() -> None:
    # lme4, Penicillin: mean 22.9722; samples' means less it; residual 0.54992.
    given = answers(TABLE, SAMPLES)
    effects, _ = given.fit(np.ones(len(given.mark), dtype=bool))
    assert round(float(given.mark.mean()), 4) == 22.9722
    assert effects.round(4).tolist() == [2.1944, -1.0139, 1.9444, -0.0972, -0.0139, -3.0139]
    table = np.array(TABLE, dtype=np.float64)
    left = table - table.mean(axis=1, keepdims=True) - effects
    assert round(float(np.sqrt((left**2).sum() / (23 * 5))), 5) == 0.54992


def test_where_evaluators_share_only_some_answers_they_are_compared_through_colleagues() -> None:
    # A is one above B on a shared answer, B two above C on another; A and C share none.
    marks = Answers(
        tuple("ABC"),
        np.array([0, 0, 1, 1]),
        np.zeros(4, dtype=np.intp),
        np.array([0, 1, 1, 2]),
        np.array([3.0, 2, 5, 3]),
    )
    effects, _ = marks.fit(np.ones(4, dtype=bool))
    assert (effects - effects[2]).round(6).tolist() == [3.0, 2.0, 0.0]


def median_polish(table: Sequence[Sequence[float]]) -> tuple[float, list[float], list[float]]:
    """Tukey's median polish, as R's ``medpolish`` does it: an oracle that knows nothing of the engine."""
    left = [list(map(float, row)) for row in table]
    overall, rows, columns = 0.0, [0.0] * len(left), [0.0] * len(left[0])
    for _ in range(10):
        here = [median(row) for row in left]
        left = [[value - own for value in row] for row, own in zip(left, here, strict=True)]
        rows = [old + new for old, new in zip(rows, here, strict=True)]
        middle = median(columns)
        columns, overall = [value - middle for value in columns], overall + middle
        down = [median(column) for column in zip(*left, strict=True)]
        left = [[value - own for value, own in zip(row, down, strict=True)] for row in left]
        columns = [old + new for old, new in zip(columns, down, strict=True)]
        middle = median(rows)
        rows, overall = [value - middle for value in rows], overall + middle
    return overall, rows, columns


def test_the_oracle_gives_what_r_s_medpolish_gives_for_its_deaths() -> None:
    deaths = [(14, 15, 14), (7, 4, 7), (8, 2, 10), (15, 9, 10), (0, 2, 0)]
    overall, rows, columns = median_polish(deaths)
    assert (overall, rows, columns) == (8, [6, -1, 0, 2, -8], [0, -1, 0])
    left = [d - overall - r - c for row, r in zip(deaths, rows, strict=True) for d, c in zip(row, columns, strict=True)]
    assert sum(map(abs, left)) == 19


def told(bias: Sequence[float], seed: int = 5) -> list[float]:
    """How far each evaluator is found apart on 12 of 40 bids, marked with these biases against the group."""
    dice = np.random.default_rng(seed)
    table = dice.normal(3, 1, (40, 1)) + dice.normal(0, 0.3, len(bias)) + dice.normal(0, 0.6, (40, len(bias)))
    table[:12] += bias
    names = tuple(f"O{number:02d}" for number in range(40))
    given = answers(table.tolist(), [f"E{at}" for at in range(len(bias))])
    ours = given.owner < 12
    apart = given.fit(ours)[0] - given.fit(~ours)[0]
    left = table - table.mean(axis=1, keepdims=True) - table.mean(axis=0) + table.mean()
    spread = np.full(len(bias), left.std())
    residuals = Residuals(given.evaluators, (0,) * len(bias), left, np.ones_like(left), spread)
    (seen,) = differences(Strata(names, (40,), (0,) * 40), residuals, [frozenset(names[:12])], most=1)
    assert [round(value or 0, 6) for value in seen.values] == (apart - np.median(apart)).round(6).tolist()
    return [float(value or 0) for value in seen.values]


@pytest.mark.parametrize(
    ("number", "biased", "others"), [(2, -0.5, 0.5), (3, -0.89, 0.12), (4, -0.91, 0.09), (5, -0.94, 0.06)]
)
def test_a_lone_bias_of_one_mark_is_found_beside_the_middle_colleague(
    number: int, biased: float, others: float
) -> None:
    # Means over simulated programmes; with two evaluators half of it is on either, and nothing says which.
    found = [told([-1.0] + [0.0] * (number - 1), seed) for seed in range(60)]
    assert abs(fmean(one[0] for one in found) - biased) < 0.08
    assert abs(fmean(value for one in found for value in one[1:]) - others) < 0.08


def test_two_of_five_who_are_biased_do_not_tilt_the_other_three() -> None:
    found = [told([-1.0, -1.0, 0.0, 0.0, 0.0], seed) for seed in range(40)]
    assert fmean(value for one in found for value in one[:2]) < -0.75
    assert abs(fmean(value for one in found for value in one[2:])) < 0.2


def test_a_shift_of_all_evaluators_cannot_be_seen() -> None:
    assert told([-1.0, -1.0, -1.0]) == pytest.approx(told([0.0, 0.0, 0.0]))


def test_the_middle_column_is_the_one_that_median_polish_leaves_at_nought() -> None:
    # Group and others by evaluator, as cell means: what polish leaves of the group's row is the anchored difference.
    cells = [[2.0, 3.1, 3.0, 2.9], [3.0, 3.2, 2.9, 3.0]]
    apart = [a - b for a, b in zip(*cells, strict=True)]
    overall, rows, columns = median_polish(cells)
    left = [[cells[r][c] - overall - rows[r] - columns[c] for c in range(4)] for r in range(2)]
    polished = [a - b for a, b in zip(*left, strict=True)]
    anchored = [value - median(apart) for value in apart]
    assert min(range(4), key=lambda at: polished[at]) == min(range(4), key=lambda at: anchored[at]) == 0
    assert [round(value - polished[0], 6) for value in polished] == [
        round(value - anchored[0], 6) for value in anchored
    ]
