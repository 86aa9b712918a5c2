"""What is said of a line: when unknown replies could turn the picture, and when a class would tell too much."""

from fractions import Fraction

import pytest

from evaluator.equality.comparison.wording import _bounds, _straddles, _told
from evaluator.equality.data.stage_reached import NOT_RECOMMENDED, RECOMMENDED, StagesReached
from evaluator.records.results.equality import STAGES, GroupLine, StageFigures
from tests.unit.equality.small_programmes import bid

F = Fraction


def programme(bids: int, awards: int) -> StagesReached:
    every = tuple(bid(f"B{n}", f"O{n}") for n in range(bids))
    outcomes = {one.id: RECOMMENDED if n < awards else NOT_RECOMMENDED for n, one in enumerate(every)}
    return StagesReached(every, outcomes, {one.id: 100 for one in every[:awards]})


def line(bids: int, awards: int, ratio: Fraction | None = None) -> GroupLine:
    figures = tuple(StageFigures(stage, bids, None) for stage in STAGES[:-1])
    return GroupLine("Yes", "group", None, (*figures, StageFigures(STAGES[-1], awards, None)), ratio=ratio)


@pytest.mark.parametrize(
    ("bounds", "incomplete"),
    [
        ((F(79, 100), F(126, 100)), True),
        ((F(4, 5), F(126, 100)), False),
        ((F(79, 100), F(5, 4)), False),
        (None, False),
    ],
)
def test_data_are_too_incomplete_from_under_four_fifths_to_over_five_quarters(
    bounds: tuple[Fraction, Fraction] | None, *, incomplete: bool
) -> None:
    assert _straddles(bounds) is incomplete


def test_the_bounds_are_the_ratio_as_it_stands_and_with_every_unknown_reply() -> None:
    # 10 of 20 bids awarded, 40 of 100 in all: 5/4. With 20 unknown bids and 2 awards 12 of 40: 3/4.
    assert _bounds(line(20, 10, F(5, 4)), (20, 2), programme(100, 40)) == (F(3, 4), F(5, 4))
    assert _bounds(line(20, 10, F(5, 4)), (0, 0), programme(100, 40)) is None


@pytest.mark.parametrize(
    ("own", "every", "told"),
    [(19, 60, False), (20, 60, True), (21, 60, True), (20, 39, False), (20, 40, True), (20, 41, True)],
)
def test_a_class_is_given_where_the_awards_tell_already_that_both_sides_have_twenty_bids(
    own: int, every: int, *, told: bool
) -> None:
    assert _told(line(80, own), programme(100, every), frozenset({"T"})) is told
