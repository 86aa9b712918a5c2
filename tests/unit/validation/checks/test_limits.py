"""Figures of the register and numbers of evaluators: at their limit, just under it and just over it."""

import pytest

from evaluator.validation import validate
from tests.findings.faultless_folder import (
    Change,
    add,
    all_of,
    drop,
    edit,
    price,
    publish,
    spoilt,
    with_column,
    without_table,
)

A1 = {"bid": "A1"}
MARK = {"evaluator": "E1", "bid": "A1", "question": "C1"}


def codes(*changes: Change) -> list[str]:
    folder = spoilt(*changes)
    return [one.code for one in validate(folder.published(), folder.received())[1]]


@pytest.mark.parametrize(
    ("text", "found"),
    [("100", []), ("100%", []), ("0.01", []), ("", []), ("0", ["E-BID-010"]), ("100.01", ["E-BID-010"])],
)
def test_a_least_level_is_above_nought_and_up_to_a_hundred(text: str, found: list[str]) -> None:
    assert codes(with_column("register", "least_level", ""), edit("register", A1, least_level=text)) == found


@pytest.mark.parametrize(("text", "found"), [("0", []), ("0.01", []), ("-0.01", ["E-BID-003"])])
def test_hours_are_nought_or_more(text: str, found: list[str]) -> None:
    assert codes(edit("register", A1, hours=text)) == found


@pytest.mark.parametrize(("text", "found"), [("1", []), ("0", ["E-BID-002"])])
def test_one_person_served_is_enough(text: str, found: list[str]) -> None:
    # Of one person each price is a unit cost of its own, so that nothing is low.
    every = [edit("register", {"bid": bid}, people=text) for bid in ("A1", "A2", "B1")]
    assert codes(publish("price.basis", "unit_cost"), *every) == found * 3


@pytest.mark.parametrize(
    ("pounds", "found"),
    [("999,999,999.99", []), ("1,000,000,000", []), ("1,000,000,000.01", ["E-PRICE-007"])],
)
def test_a_price_of_a_thousand_million_pounds_is_the_most_that_is_believed(pounds: str, found: list[str]) -> None:
    assert codes(publish("price", None), price("A1", y2027=pounds)) == found


@pytest.mark.parametrize(("pence", "found"), [("0.01", []), ("0", ["E-PRICE-003"])])
def test_a_whole_price_is_a_penny_or_more(pence: str, found: list[str]) -> None:
    assert codes(publish("price", None), price("A1", y2027=pence, y2028="0")) == found


NO_PANEL = all_of(publish("moderation.declarations_required", False), without_table("panel"))
THIRD = add("marks", MARK, evaluator="E3")


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ([], []),
        ([THIRD], []),
        ([drop("marks", **MARK)], ["E-RET-005"]),
        ([THIRD, drop("marks", **MARK)], []),
        ([drop("marks", bid="A1", question="C1")], ["E-RET-004"]),
    ],
)
def test_an_answer_without_a_panel_needs_as_many_evaluators_as_published(
    changes: list[Change], found: list[str]
) -> None:
    assert codes(NO_PANEL, *changes) == found


@pytest.mark.parametrize(("least", "found"), [(1, []), (2, []), (3, ["E-PANEL-004", "E-PANEL-004"])])
def test_a_panel_has_as_many_members_as_published(least: int, found: list[str]) -> None:
    # Organisations answer to a panel of their own, whose size is not published.
    assert codes(publish("moderation.least_evaluators", least)) == found


@pytest.mark.parametrize(("least", "found"), [(1, []), (2, ["E-PANEL-005"])])
def test_recusals_leave_as_many_as_published(least: int, found: list[str]) -> None:
    gone = add("interests", {"evaluator": "E2"}, organisation="O9", action="recused")
    assert codes(publish("moderation.least_evaluators", least), gone, drop("marks", evaluator="E2", bid="A2")) == found
