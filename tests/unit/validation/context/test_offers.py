"""The register as it came: amounts of money, row by row."""

import numpy as np
import pytest

from evaluator.validation.coded_columns import Texts
from evaluator.validation.context.offers import amounts_in


@pytest.mark.parametrize(
    ("cells", "pence"),
    [
        (["300", "1200", "300", "75", "9"], [30_000, 120_000, 30_000, 7_500, 900]),
        (["75", "", "£1,200.50", "1e3"], [7_500, None, 120_050, None]),
        (["9" * 30, "75"], [int("9" * 30) * 100, 7_500]),
        ([], []),
    ],
)
def test_each_row_has_its_own_amount_however_the_column_is_held(cells: list[str], pence: list[int | None]) -> None:
    assert amounts_in(cells) == pence
    assert amounts_in(Texts(np.array(cells, dtype=object))) == pence
