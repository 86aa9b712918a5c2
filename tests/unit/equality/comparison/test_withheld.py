"""What is withheld, and said of it: at the threshold of organisations and of bids that dropped out."""

import pytest

from evaluator.equality.comparison.characteristic import Policy, _parts_told
from evaluator.equality.comparison.withheld_wording import withheld_words
from evaluator.equality.data.stage_reached import NOT_RECOMMENDED, StagesReached
from evaluator.records.results.equality import STAGES, GroupLine, StageFigures
from tests.unit.equality.small_programmes import bid


def line(group: str, *bids: int | None) -> GroupLine:
    figures = tuple(StageFigures(stage, number, None) for stage, number in zip(STAGES, bids, strict=True))
    return GroupLine(group, "group", None, figures)


@pytest.mark.parametrize(("dropped", "named"), [(0, False), (1, True), (9, True), (10, False), (11, False)])
def test_few_bids_that_dropped_out_at_a_stage_are_named_as_the_reason(dropped: int, *, named: bool) -> None:
    lines = (line("Yes", 30, None, 20, 20, 10), line("No", 30, None, 20, 20, 10))
    (said,) = withheld_words(lines, (60, 60 - dropped, 40, 40, 20), 10, money=True)
    assert said.startswith("How many passed the gates is withheld for every group: ")
    assert ("dropped out there, named in the award report" in said) is named


def test_what_is_withheld_of_one_reply_is_said_of_it_alone() -> None:
    lines = (line("Yes", 30, 30, 30, 30, None), line("No", 30, 30, 30, 30, 20), line("Other", *[None] * 5))
    first, second, third = withheld_words(lines, (65, 65, 65, 65, 40), 10, money=False)
    assert first.startswith("Withheld at every stage: Other. Either fewer than 10 organisations gave the reply")
    assert second.startswith("How many are recommended is withheld for 1 more reply: ")
    assert third.startswith("Money is withheld: ")


def test_nothing_shown_is_said_in_one_sentence_and_everything_shown_in_none() -> None:
    (said,) = withheld_words((line("Yes", *[None] * 5),), (4, 4, 4, 4, 4), 10, money=False)
    assert said.startswith("Nothing is shown by group. Too many of the numbers are about fewer than 10 organisations")
    assert withheld_words((line("Yes", *[30] * 5),), (30,) * 5, 10, money=True) == ()


@pytest.mark.parametrize(("own", "tells"), [(9, True), (10, False), (11, False)])
def test_money_tells_how_many_are_of_a_theme_where_they_are_fewer_than_the_threshold(own: int, *, tells: bool) -> None:
    # Each bid of the theme A asks £1,000 and each other £1: to the pound, a sum tells how many are of A.
    of_a = [bid(f"A{n:02d}", f"OA{n}", 1000_00, "A") for n in range(30)]
    of_b = [bid(f"B{n:02d}", f"OB{n}", 1_00, "B") for n in range(30)]
    every = tuple(of_a + of_b)
    reached = StagesReached(every, {one.id: NOT_RECOMMENDED for one in every}, {})
    some = (*of_a[:own], *of_b[:20])
    assert _parts_told(some, 0, reached, Policy(threshold=10, unit=100)) is tells
