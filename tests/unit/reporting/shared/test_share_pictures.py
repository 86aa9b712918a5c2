"""Pictures of shares: one scale, places worked by hand, words as large as they are written, ink that can be seen."""

import re
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from evaluator.reporting.shared.share_pictures import LABEL, WIDTH, ShareRow, share_rows, slope

CHARTS = Path(__file__).resolve().parents[4] / "evaluator" / "reporting" / "templates" / "charts.html"
PAPER, WORDS, MARKS = (
    "#ffffff",
    4.5,
    3.0,
)  # contrast that text and marks must have against the paper (WCAG 1.4.3, 1.4.11)
NARROWEST, PRINTED = 320 - 26, 245  # pixels of a telephone beside the margins, and points of half a printed page


def drawn() -> str:
    """Give every drawing as it is written."""
    return CHARTS.read_text("utf-8")


def test_a_share_stands_on_a_scale_that_is_the_same_in_every_picture() -> None:
    """The scale runs from 6 to 328: a half stands at 6 + 161, a quarter at 6 + 80.5."""
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    few = share_rows("a", "Few", [ShareRow("G", "1 of 2", quarter, half, now=half, then=quarter)], whole=half)
    (row,) = few.rows
    assert (row.now, row.then, row.span, few.whole) == ("167", "86.5", ("86.5", "167"), "167")
    many = share_rows("b", "Many", [ShareRow("G", "", now=half)] * 9)
    assert {row.now for row in many.rows} == {"167"}
    assert [words for _, words in many.ticks] == ["0%", "25%", "50%", "75%", "100%"]


def test_a_band_has_no_point_so_that_it_tells_no_number_within_it() -> None:
    (row,) = share_rows("a", "Band", [ShareRow("G", "2 or fewer of 25", Fraction(0), Fraction(2, 25))]).rows
    assert (row.now, row.then) == ("", "")
    assert row.span == ("6", "31.8")


def test_a_picture_tells_its_rows_to_those_who_do_not_see_it() -> None:
    picture = share_rows("a", "Found", [ShareRow("Women", "0 of 25"), ShareRow("Men", "9 of 20")])
    assert picture.words == "Women: 0 of 25; Men: 9 of 20"


def test_a_slope_goes_from_bids_to_awards_on_the_scale_of_its_neighbours() -> None:
    """From nought at 128 to the greatest share at 44, 84 higher; the first of three points at 34, the last at 306."""
    shares = [("bids", Fraction(1, 4)), ("gates", Fraction(1, 8)), ("awards", Fraction(0))]
    picture = slope("s", "Women", shares, Fraction(1, 2))
    assert [(one.x, one.y) for one in picture.points] == [("34", "82"), ("170", "103"), ("306", "124")]
    assert picture.level == "82"
    assert picture.words == "bids 25.0%; gates 12.5%; awards 0.0%"


def test_long_labels_are_cut_so_that_they_do_not_run_into_the_numbers() -> None:
    (row,) = share_rows("a", "Long", [ShareRow("M" * 60, "1 of 9")]).rows
    assert len(row.label) == LABEL


def test_words_are_12_pixels_high_on_the_narrowest_telephone_and_7_points_in_print() -> None:
    """The plan of tiles is never made smaller on a screen; it can be moved sideways, as a map can."""
    rest, _, plan = drawn().partition("macro tile_plan")
    plan, _, after = plan.partition("endmacro")
    sizes = [int(size) for size in re.findall(r'font-size="(\d+)"', rest + after)]
    assert sizes
    assert min(sizes) * min(1, Fraction(NARROWEST, WIDTH)) >= 12
    assert min(sizes) * Fraction(PRINTED, WIDTH) >= 7
    assert min(int(size) for size in re.findall(r'font-size="(\d+)"', plan)) >= 12


@pytest.mark.parametrize("names", ["fills, inks", "fills, inks, edges"])
def test_each_shade_of_a_plan_or_map_can_be_told_from_the_next_and_words_read_on_it(names: str) -> None:
    found = re.search(rf"set {names} = (.*) %}}", drawn())
    assert found
    fills, inks, *edges = (re.findall(r"#\w{6}", one) for one in re.findall(r"\(.*?\)", found[1]))
    assert all(contrast(one, other) >= MARKS for one, other in pairwise(fills))
    assert all(contrast(fill, ink) >= WORDS for fill, ink in zip(fills, inks, strict=True))
    assert all(contrast(fill, edge) >= MARKS for edge in edges for fill, edge in zip(fills, edge, strict=True))


@pytest.mark.parametrize(("name", "least"), [("text", WORDS), ("mark", MARKS)])
def test_ink_can_be_told_from_the_paper(name: str, least: float) -> None:
    texts = set(re.findall(r'<text[^>]*?fill="(#\w{6})"', drawn()))
    every = set(re.findall(r"#[0-9a-f]{6}", drawn())) - {
        "#c3ccd6"
    }  # the lines of the scale say nothing that words do not
    own = {"#ffffff"}  # a tile without shade, which has an edge
    for ink in (texts if name == "text" else every) - own:
        assert contrast(ink, PAPER) >= least, ink


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of relative luminances."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
