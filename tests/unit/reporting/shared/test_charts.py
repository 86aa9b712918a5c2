"""What charts share."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from evaluator.reporting.shared.charts import cut, scale_steps


def test_a_long_label_is_cut_visibly() -> None:
    assert cut("x" * 40, 10) == "x" * 9 + "…"


@given(st.fractions(min_value=Fraction(1, 1000), max_value=10**9))
def test_the_scale_has_a_few_round_steps_that_do_not_pass_the_most(most: Fraction) -> None:
    steps = scale_steps(most)
    assert steps[0] == 0
    assert steps[-1] <= most
    assert 2 <= len(steps) <= 6
