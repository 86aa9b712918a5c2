"""Tables of several groups: exact where they can be gone through, and the same at every call where not."""

from fractions import Fraction
from math import factorial, prod

import pytest

from evaluator.equality.statistics import contingency
from evaluator.equality.statistics.contingency import table_exact

# Job satisfaction by income, R's help page of fisher.test: p = 0.7827. SciPy's draws give 0.7854, 0.7841, 0.7758 …
JOBS = [[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]]


@pytest.mark.slow
def test_job_satisfaction_has_the_p_of_r_exactly() -> None:
    found = table_exact(JOBS)
    assert (found.exact, float(found.p)) == (True, pytest.approx(0.7827, abs=5e-5))


def test_with_too_many_tables_draws_come_near_and_are_the_same_at_every_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contingency, "MOST_STEPS", 0)
    found = table_exact(JOBS)
    assert (found.exact, float(found.p)) == (False, pytest.approx(0.7827, abs=0.01))
    assert table_exact(JOBS) == found


def by_hand(table: list[list[int]]) -> Fraction:
    """Go through every table of three rows and two columns with the same margins."""
    rows, first = [sum(row) for row in table], sum(row[0] for row in table)
    columns = [
        (a, b, first - a - b) for a in range(rows[0] + 1) for b in range(rows[1] + 1) if 0 <= first - a - b <= rows[2]
    ]
    likely = {
        won: Fraction(1, prod(factorial(w) * factorial(n - w) for w, n in zip(won, rows, strict=True)))
        for won in columns
    }
    seen = likely[tuple(row[0] for row in table)]
    return sum((one for one in likely.values() if one <= seen), Fraction(0)) / sum(likely.values(), Fraction(0))


@pytest.mark.parametrize("table", [[[0, 5], [4, 1], [3, 3]], [[2, 2], [2, 2], [2, 2]], [[6, 0], [1, 4], [0, 3]]])
def test_three_groups_by_going_through_every_table(table: list[list[int]]) -> None:
    assert table_exact(table).p == by_hand(table)


def test_rows_and_columns_of_noughts_tell_nothing() -> None:
    assert table_exact([[3, 0, 1], [0, 0, 0], [1, 0, 3]]).p == Fraction(17, 35)
    assert table_exact([[3, 4], [0, 0]]).p == 1
