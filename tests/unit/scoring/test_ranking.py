"""Ranks by several keys: what is below what, however large the keys are and however many rows there are."""

import numpy as np
import pytest

from evaluator.scoring.ranking import rank


def by_definition(keys: list[list[int]]) -> tuple[list[int], list[tuple[int, ...]]]:
    """One more than the number of rows that are better, and the rows that no key tells apart."""
    rows = list(zip(*keys, strict=True))
    ranks = [1 + sum(other < row for other in rows) for row in rows]
    ties = [tuple(at for at, other in enumerate(rows) if other == row) for row in sorted({*rows})]
    return ranks, [tie for tie in ties if len(tie) > 1]


@pytest.mark.parametrize(
    "keys",
    [
        [[-5, -7, -5, 0], [1, 0, -1, 0]],  # below nought
        [[3], [9]],
        [[at * 7919 % 100 for at in range(300)], [at * 31 % 50 for at in range(300)]],  # many rows, and equal ones
        [[at * 7919 % 100 << 20 for at in range(300)], [at * 31 % 50 << 17 for at in range(300)]],  # digits in between
        [[2**40, 0, 2**40, 1], [0, 2**40, 1, 0]],  # together beyond int64
        [[2**30, 0, 2**30, 2**30], [0, 2**30, 2**30, 0], [1, 2**30, 0, 0]],  # two of three fit together
        [[0, 1, 0, 1], [2**62, 0, 2**62, 0], [1, 1, 0, 1]],
        [[1, 1, 1], [4, 4, 4]],
    ],
)
def test_ranks_are_one_more_than_the_number_of_better_rows(keys: list[list[int]]) -> None:
    found = rank([np.array(key, dtype=np.int64) for key in keys])
    ranks, ties = by_definition(keys)
    assert found.ranks.tolist() == ranks
    assert list(found.ties) == ties


def test_no_rows_have_no_ranks() -> None:
    found = rank([np.array([], dtype=np.int64), np.array([], dtype=np.int64)])
    assert (found.ranks.tolist(), found.ties) == ([], ())
