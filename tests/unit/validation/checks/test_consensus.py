"""Agreed marks at each limit: the spread that wants an explanation, the words of one, and the range of the marks."""

import pytest

from evaluator.validation import to_moderate, validate
from tests.findings.faultless_folder import Change, Folder, add, drop, edit, failed, publish, spoilt, with_column

AGREED = {"bid": "A1", "question": "C1"}
LONG, SHORT = "Every part of it is there.", "We all agree now."


def codes(*changes: Change) -> list[str]:
    folder = spoilt(*changes)
    return [one.code for one in validate(folder.published(), folder.received())[1]]


def message(*changes: Change) -> str:
    folder = spoilt(*changes)
    (only,) = validate(folder.published(), folder.received())[1]
    return only.message


def marked(first: int, second: int) -> Change:
    """E1 and E2 mark one answer of bid A1."""

    def change(folder: Folder) -> None:
        for evaluator, mark in (("E1", first), ("E2", second)):
            edit("marks", AGREED | {"evaluator": evaluator}, mark=str(mark))(folder)

    return change


@pytest.mark.parametrize(("first", "found"), [(3, []), (2, ["E-CONS-015"]), (1, ["E-CONS-015"])])
def test_marks_that_differ_by_the_published_trigger_want_more_than_a_few_words(first: int, found: list[str]) -> None:
    # The trigger is 2, the other mark 4, and the agreed mark 4 stands in the range.
    assert codes(marked(first, 4), edit("consensus", AGREED, reason=SHORT)) == found
    assert codes(marked(first, 4), edit("consensus", AGREED, reason=LONG)) == []


@pytest.mark.parametrize(
    ("reason", "found"),
    [("Agreed", ["E-CONS-015"]), ("We agree on this", ["E-CONS-015"]), ("We agree on this mark", [])],
)
def test_five_words_are_an_explanation_and_four_are_not(reason: str, found: list[str]) -> None:
    assert codes(marked(1, 4), edit("consensus", AGREED, reason=reason)) == found


def test_an_empty_reason_is_found_as_such_and_not_as_a_short_one() -> None:
    assert codes(marked(1, 4), edit("consensus", AGREED, reason="")) == ["E-CONS-002"]


def test_without_a_published_trigger_no_spread_is_wide() -> None:
    short = edit("consensus", AGREED, reason=SHORT)
    assert codes(marked(0, 4), short, publish("moderation.spread_trigger", None)) == []


@pytest.mark.parametrize(("agreed", "found"), [(1, ["E-CONS-014"]), (2, []), (3, []), (4, []), (5, ["E-CONS-014"])])
def test_an_agreed_mark_may_be_the_lowest_or_the_highest_and_beyond_them_must_say_why(
    agreed: int, found: list[str]
) -> None:
    assert codes(marked(2, 4), edit("consensus", AGREED, mark=str(agreed))) == found


@pytest.mark.parametrize(
    ("first", "second", "agreed", "found"),
    [(0, 4, 1, []), (0, 4, 0, []), (1, 2, 0, ["E-CONS-014"]), (0, 3, 4, ["E-CONS-014"]), (0, 0, 1, ["E-CONS-014"])],
)
def test_a_mark_of_nought_is_a_mark_like_any_other(first: int, second: int, agreed: int, found: list[str]) -> None:
    assert codes(marked(first, second), edit("consensus", AGREED, mark=str(agreed))) == found


def test_the_range_is_not_known_until_each_member_of_a_larger_panel_has_marked() -> None:
    seat = add("panel", {"evaluator": "E1", "theme": "north"}, evaluator="E3")
    declared = add("interests", {"evaluator": "E1"}, evaluator="E3")
    outside = edit("consensus", AGREED, mark="5")
    assert codes(seat, declared, outside) == ["E-RET-002"]
    third = [
        add("marks", {"evaluator": "E1", "bid": bid, "question": question}, evaluator="E3")
        for bid in ("A1", "A2")
        for question in ("C1", "N1")
    ]
    assert codes(seat, declared, outside, *third) == ["E-CONS-014"]


def test_a_second_row_that_is_no_mark_changes_no_range() -> None:
    # It is found twice over, as a second row and as no mark; the marks 4 and 4 stay the range.
    second = add("marks", AGREED | {"evaluator": "E1"}, mark="1.5")
    assert codes(second, edit("consensus", AGREED, mark="3")) == ["E-CONS-014", "E-MARK-004", "E-MARK-011"]
    assert codes(second) == ["E-MARK-004", "E-MARK-011"]


@pytest.mark.parametrize(("agreed", "side"), [(1, "Below"), (5, "Above")])
def test_a_reason_must_name_the_side_on_which_the_mark_is(agreed: int, side: str) -> None:
    wrong = "Above" if side == "Below" else "Below"
    reason = "{} all marks because the annex was overlooked."
    assert codes(marked(2, 4), edit("consensus", AGREED, mark=str(agreed), reason=reason.format(side))) == []
    assert codes(marked(2, 4), edit("consensus", AGREED, mark=str(agreed), reason=reason.format(wrong))) == [
        "E-CONS-014"
    ]


@pytest.mark.parametrize(("first", "wide"), [(3, False), (2, True), (1, True)])
def test_the_panel_is_shown_the_same_answers_as_wide(first: int, *, wide: bool) -> None:
    folder = spoilt(marked(first, 4))
    answers, _ = to_moderate(folder.published(), folder.received())
    (answer,) = (one for one in answers if (one.subject, one.question.id) == ("A1", "C1"))
    assert (answer.spread, answer.wide) == (4 - first, wide)


def test_two_rows_of_one_evaluator_are_not_the_marks_of_two() -> None:
    # E2's mark is missing, so the range of the marks is not known yet, whatever E1 gave twice.
    mine = AGREED | {"evaluator": "E1"}
    twice = codes(
        edit("consensus", AGREED, mark="5"), drop("marks", **AGREED, evaluator="E2"), add("marks", mine, mark="4")
    )
    assert "E-CONS-014" not in twice


@pytest.mark.parametrize(
    ("first", "second", "agreed", "words"),
    [
        (2, 4, 5, "The agreed mark 5 for A1 on C1 is above every evaluator's mark (2 to 4)"),
        (2, 4, 1, "The agreed mark 1 for A1 on C1 is below every evaluator's mark (2 to 4)"),
        (3, 3, 4, "The agreed mark 4 for A1 on C1 is above every evaluator's mark (3)"),
    ],
)
def test_a_mark_outside_the_range_is_told_with_the_range_and_the_side(
    first: int, second: int, agreed: int, words: str
) -> None:
    assert message(marked(first, second), edit("consensus", AGREED, mark=str(agreed))).startswith(words)


def test_answers_whose_spread_is_not_explained_are_named() -> None:
    assert "A1 C1" in message(marked(1, 4), edit("consensus", AGREED, reason=SHORT))


TOLD = with_column("consensus", "for_bidder", "Names the streets; a higher mark needed dates.")


@pytest.mark.parametrize(
    ("told", "found"),
    [("It names no dates.", []), ("", ["E-CONS-020"]), (" … ", ["E-CONS-020"]), ("4", ["E-CONS-020"])],
)
def test_a_reason_for_the_bidder_that_says_nothing_is_noted_before_there_are_letters(
    told: str, found: list[str]
) -> None:
    assert codes(TOLD, edit("consensus", AGREED, for_bidder=told)) == found


def test_reasons_for_the_bidder_are_wanted_for_assessed_bids_alone_and_where_there_is_the_column() -> None:
    assert "empty for A1 C1." in message(TOLD, edit("consensus", AGREED, for_bidder=""))
    assert codes() == []  # without the column the one reason goes to the bidder
    out = failed("participation", "not_met")
    assert codes(TOLD, out) == codes(TOLD, out, edit("consensus", AGREED, for_bidder=""))
