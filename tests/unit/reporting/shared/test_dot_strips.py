"""Dots on a scale: where they stand, that none hides another, and that names lead to their dots."""

import re
from fractions import Fraction
from itertools import combinations

from hypothesis import example, given
from hypothesis import strategies as st

from evaluator.reporting.shared.dot_strips import LEFT, PLOT, WIDTH, Dot, Named, Strip, dot_strip, scale_of
from evaluator.reporting.shared.pages import environment

SCORES = st.lists(st.integers(0, 1000).map(lambda tenths: Fraction(tenths, 10)), min_size=1, max_size=30)


def strip(values: list[Fraction], sizes: list[int] | None = None, named: list[Named] | None = None) -> Strip:
    sizes = sizes or [1] * len(values)
    dots = [Dot(value, size, "taken") for value, size in zip(values, sizes, strict=True)]
    return dot_strip("s", "Theme: 1 of 2", "words", scale_of(values), max(sizes), dots, named or [])


def test_strips_that_share_a_scale_put_the_same_score_at_the_same_place() -> None:
    """From 50 to 90, a score of 70 stands in the middle, whatever else a strip holds."""
    scale = scale_of([Fraction(52), Fraction(86)])
    middle = LEFT + Fraction(PLOT, 2)
    assert scale.x(Fraction(70)) == middle
    for others in ([], [Dot(Fraction(86), 1, "left")]):
        made = dot_strip("s", "", "", scale, 1, [Dot(Fraction(70), 1, "taken"), *others], [])
        assert Fraction(made.dots[0].x) == middle
        assert made.ticks[0][1] == "50"
        assert made.ticks[-1][1] == "90"


def test_where_the_lowest_is_best_it_stands_on_the_right() -> None:
    scale = scale_of([Fraction(2), Fraction(9)], falling=True)
    assert scale.x(Fraction(2)) > scale.x(Fraction(9))


def test_the_dearest_bid_is_the_largest_dot_and_a_free_one_is_still_seen() -> None:
    made = strip([Fraction(10), Fraction(50), Fraction(90)], [0, 100, 25])
    assert [dot.r for dot in made.dots] == ["2.5", "7.5", "5"]  # the radius goes by the root of the cost


@given(SCORES)
@example([Fraction(0)] * 6)
def test_no_dot_stands_on_another_and_all_stand_within_the_drawing(values: list[Fraction]) -> None:
    made = strip(values)
    places = [(Fraction(dot.x), Fraction(dot.y), Fraction(dot.r)) for dot in made.dots]
    assert len(places) == len(values)
    for (x, y, r), (other_x, other_y, other_r) in combinations(places, 2):
        assert (x - other_x) ** 2 + (y - other_y) ** 2 >= (r + other_r) ** 2
    for x, y, r in places:
        assert r <= x <= WIDTH - r
        assert made.top <= y - r
        assert y + r <= made.bottom


def test_a_name_leads_to_its_dot_and_keeps_within_the_drawing() -> None:
    words = "Passed over: A rather long name 99.9"
    made = strip([Fraction(50), Fraction("99.9")], named=[Named(Fraction("99.9"), words, passed_over=True)])
    (label,), dot = made.labels, made.dots[-1]
    assert (label.at, label.to) == (dot.x, dot.y)
    assert Fraction(label.left) >= 0
    assert Fraction(label.left) + Fraction(label.width) <= WIDTH


def test_a_dot_says_by_its_fill_and_its_ring_what_became_of_its_bid_and_no_word_is_small() -> None:
    dots = [Dot(Fraction(at), 1, kind) for at, kind in ((1, "taken"), (2, "left"), (3, "passed_over"))]  # type: ignore[arg-type]
    made = dot_strip("s", "t", "w", scale_of([Fraction(1), Fraction(3)]), 1, dots, [])
    macro = environment().get_template("charts.html").module.dot_strip  # type: ignore[attr-defined]
    drawn = re.findall(r"<circle[^>]*>", macro(made))
    assert len({re.sub(r'c[xy]="[^"]*"', "", one) for one in drawn}) == 3
    assert 'fill="#1d3557"' in drawn[0]
    assert 'fill="#fff" stroke="#1d3557"' in drawn[1]
    assert 'stroke="#8a1409" stroke-width="3"' in drawn[2]
    assert min(int(size) for size in re.findall(r'font-size="(\d+)"', macro(made))) >= 14
