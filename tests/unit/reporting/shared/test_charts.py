"""Where things stand in a chart."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from evaluator.reporting.shared.charts import LEFT, PLOT, Bar, bar_chart, cut, scale_steps


def chart(*bars: Bar):
    return bar_chart("c", "Title", "Words", ["part"], bars)


def test_the_longest_bar_fills_the_plot_and_the_others_are_in_proportion() -> None:
    rows = chart(Bar("a", (Fraction(30), Fraction(10)), "40"), Bar("b", (Fraction(10),), "10")).rows
    assert [(box.x, box.width) for box in rows[0].boxes] == [
        (str(LEFT), f"{PLOT * 30 / 40:g}"),
        (f"{LEFT + PLOT * 30 / 40:g}", f"{PLOT * 10 / 40:g}"),
    ]
    assert rows[1].boxes[0].width == f"{PLOT * 10 / 40:g}"


def test_a_limit_above_every_bar_sets_the_scale() -> None:
    row = chart(Bar("a", (Fraction(5),), "5", limit=Fraction(10))).rows[0]
    assert (row.boxes[0].width, row.limit) == (f"{PLOT / 2:g}", str(LEFT + PLOT))


def test_points_below_nought_and_charts_of_nothing_have_no_length() -> None:
    assert chart(Bar("a", (Fraction(-3), Fraction(0)), "-3")).rows[0].boxes[0].width == "0"
    assert chart().rows == ()


def test_a_new_group_leaves_room_for_its_name() -> None:
    rows = chart(Bar("a", (), "", group="One"), Bar("b", (), ""), Bar("c", (), "", group="Two")).rows
    assert rows[2].y - rows[1].y > rows[1].y - rows[0].y


def test_a_long_label_is_cut_visibly() -> None:
    assert cut("x" * 40, 10) == "x" * 9 + "…"


@given(st.fractions(min_value=Fraction(1, 1000), max_value=10**9))
def test_the_scale_has_a_few_round_steps_that_do_not_pass_the_most(most: Fraction) -> None:
    steps = scale_steps(most)
    assert steps[0] == 0
    assert steps[-1] <= most
    assert 2 <= len(steps) <= 6
