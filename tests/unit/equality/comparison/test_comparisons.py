"""When chance is called unlikely and when there is too little to tell: at each limit, just under and just over it."""

from fractions import Fraction

import pytest

from evaluator.equality.comparison.comparisons import (
    LIST,
    MONEY,
    SCORE,
    Comparison,
    Group,
    _award_tests,
    award_tables,
    awards_test,
    wording_of,
    wordings,
)
from evaluator.equality.data.scores_by_criterion import Points
from evaluator.equality.data.stage_reached import NOT_RECOMMENDED, RECOMMENDED, StagesReached
from evaluator.equality.statistics.chance import Four
from evaluator.records.results.equality import Wording
from tests.unit.equality.small_programmes import bid

F = Fraction
POSSIBLE = Comparison(F(1), possible=True)


@pytest.mark.parametrize(
    ("p", "wording"),
    [
        (F(49, 1000), Wording.UNLIKELY_CHANCE),
        (F(1, 20), Wording.UNLIKELY_CHANCE),
        (F(51, 1000), Wording.COULD_BE_CHANCE),
        (None, Wording.TOO_FEW),
    ],
)
def test_chance_is_unlikely_at_a_twentieth_or_less(p: Fraction | None, wording: Wording) -> None:
    assert wording_of(p, POSSIBLE) is wording


def test_a_difference_too_small_to_speak_of_is_too_few_whatever_its_p() -> None:
    assert wording_of(F(0), Comparison(F(0), possible=True, slight=True)) is Wording.TOO_FEW


@pytest.mark.parametrize(
    ("table", "slight"),
    [
        ([[9, 11], [10, 10]], True),  # 20 of 40 bids, 19 awards: half an award short
        ([[9, 11], [11, 9]], False),  # 20 awards: one short
        ([[9, 11], [12, 8]], False),  # 21 awards: one and a half short
        ([[11, 9], [9, 11]], False),  # one more than its share
        ([[2, 4], [18, 16]], True),  # one short, and one award more would carry it from 2/3 to parity
        ([[1, 5], [19, 15]], False),  # two short, and one award more would not
    ],
)
def test_under_one_award_or_hanging_on_a_single_one_is_slight(table: Four, *, slight: bool) -> None:
    assert awards_test([table]).slight is slight


@pytest.mark.parametrize(("bids", "possible"), [(19, False), (20, True), (21, True)])
def test_awards_can_tell_where_some_result_has_a_probability_of_a_twentieth(bids: int, *, possible: bool) -> None:
    # All bids but one are awarded: that the group's only bid is the one left out has one chance in so many.
    assert awards_test([[[1, 0], [bids - 2, 1]]]).possible is possible


def programme(bids: int, awards: int, group: int) -> tuple[StagesReached, Points, Group]:
    """The group's bids are the last, and the best by far; the first are awarded £1 each."""
    every = tuple(bid(f"B{n:02d}", f"O{n:02d}") for n in range(bids))
    outcomes = {one.id: RECOMMENDED if n < awards else NOT_RECOMMENDED for n, one in enumerate(every)}
    quality = {one.id: {"Q": F(n * n)} for n, one in enumerate(every)}
    reached = StagesReached(every, outcomes, {one.id: 100 for one in every[:awards]})
    return reached, Points(quality, {}, {"Q": "Q"}, dict.fromkeys(outcomes, "T")), Group(0, "Yes", every[-group:])


@pytest.mark.parametrize(("bids", "too_few"), [(39, True), (40, False), (41, False)])
def test_labels_need_forty_ways_for_a_two_sided_p_of_a_twentieth(bids: int, *, too_few: bool) -> None:
    reached, points, group = programme(bids, awards=0, group=1)
    said, _ = wordings(reached, points, [group], {})
    assert (said[0, SCORE] is Wording.TOO_FEW) is too_few


def test_money_is_not_spoken_of_where_awards_can_tell_nothing() -> None:
    # 4 of 40 bids, none of 20 awards: two short, but even so few have a probability of 0.053.
    reached, points, group = programme(40, awards=20, group=4)
    tables = award_tables(reached, group)
    assert (awards_test(tables).slight, awards_test(tables).possible) == (False, False)
    said, _ = wordings(reached, points, [group], {})
    assert said[0, MONEY] is Wording.TOO_FEW


def test_awards_and_steps_are_held_to_the_mid_p_of_the_exact_test() -> None:
    # The lady tasting tea: 1 of 4 bids of the group awarded and 3 of the others, every bid having come so far: 9/35.
    every = tuple(bid(f"{side}{n}", f"O-{side}{n}") for side in "GO" for n in range(4))
    won = {"G0", "O0", "O1", "O2"}
    outcomes = {one.id: RECOMMENDED if one.id in won else NOT_RECOMMENDED for one in every}
    reached = StagesReached(every, outcomes, dict.fromkeys(won, 100))
    found = dict(_award_tests(reached, Group(0, "Yes", every[:4])))
    assert (found["awards"].p, found["step 3"].p) == (F(9, 35), F(9, 35))


def test_a_group_without_a_ranked_bid_stands_in_no_list_and_nothing_is_said_of_its_place() -> None:
    reached, points, group = programme(40, awards=0, group=4)
    said, _ = wordings(reached, points, [group], {})
    assert said[0, LIST] is Wording.TOO_FEW
