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


def said(code: str, *changes: Change) -> str:
    folder = spoilt(*changes)
    (only,) = [one for one in validate(folder.published(), folder.received())[1] if one.code == code]
    return f"{only.message} {only.remedy}"


def test_who_marked_without_declaring_is_told_with_their_own_marks() -> None:
    assert "8 marks" in said("E-MARK-015", drop("interests", evaluator="E1"))
    third = [
        add("panel", {"evaluator": "E1", "theme": "north"}, evaluator="E3"),
        add("marks", MARK, evaluator="E3"),
        *(
            add("marks", MARK, evaluator="E3", bid=bid, question=q)
            for bid, q in (("A1", "N1"), ("A2", "C1"), ("A2", "N1"))
        ),
        add("interests", {"evaluator": "E1"}, evaluator="E3", organisation="O1"),
    ]
    assert said("E-MARK-016", *third).count("O2") == 1
    assert "O9" in said("E-MARK-016", *third)
    assert "E3" in said("E-MARK-015", *third[:-1])
    assert "4 marks" in said("E-MARK-015", *third[:-1])


def test_a_blank_mark_is_nobodys_who_was_not_to_give_it() -> None:
    blank = {"mark": "", "reason": ""}
    stranger = [add("marks", MARK, evaluator="E3", **blank), add("interests", {"evaluator": "E1"}, evaluator="E3")]
    assert codes(*stranger) == []
    recused = [
        publish("moderation.least_evaluators", 1),
        add("interests", {"evaluator": "E2"}, organisation="O9", action="recused"),
        *(edit("marks", {"evaluator": "E2", "bid": "A2", "question": question}, **blank) for question in ("C1", "N1")),
    ]
    assert codes(*recused) == []


ONE_EVALUATOR = all_of(
    publish("moderation.method", "one_evaluator"),
    publish("moderation.least_evaluators", 1),
    without_table("consensus"),
    drop("marks", evaluator="E2"),
)


@pytest.mark.parametrize(
    ("texts", "found"),
    [({"mark": "4"}, ["E-MARK-017"]), ({"mark": "", "reason": ""}, []), ({"bid": "X"}, ["E-MARK-005"])],
)
def test_a_second_evaluator_is_one_who_gave_a_mark_on_the_same_answer(texts: dict[str, str], found: list[str]) -> None:
    assert codes(ONE_EVALUATOR, add("marks", MARK, evaluator="E2", **texts)) == found
    other = add("marks", MARK, bid="X")
    assert codes(ONE_EVALUATOR, other, add("marks", MARK, evaluator="E2", **texts)) == sorted(["E-MARK-005", *found])


def test_a_recusal_without_a_panel_stops_nothing() -> None:
    gone = add("interests", {"evaluator": "E2"}, organisation="O9", action="recused")
    missing = drop("marks", evaluator="E2", bid="A2")
    assert (
        codes(
            NO_PANEL,
            publish("moderation.least_evaluators", 1),
            gone,
            missing,
            publish("moderation.method", "consensus"),
        )
        == []
    )


@pytest.mark.parametrize(
    ("code", "texts", "hint"),
    [
        ("E-INT-002", {"evaluator": "e 1"}, "Did you mean E1?"),
        ("E-INT-003", {"organisation": "o 9"}, "Did you mean O9?"),
    ],
)
def test_a_declaration_that_names_nobody_is_given_the_name_that_is_nearest(
    code: str, texts: dict[str, str], hint: str
) -> None:
    assert hint in said(code, add("interests", {"evaluator": "E1"}, **texts))


def test_a_question_of_another_theme_is_told_with_the_theme_of_the_bid() -> None:
    assert "the theme north" in said("E-MARK-008", add("marks", MARK, question="S1"))


UNSCORED = all_of(
    publish("price", None),
    *(publish(f"themes.{at}.weights", {"C1": "60", "C2": "20", own: "20"}) for at, own in enumerate(("N1", "S1"))),
)


@pytest.mark.parametrize(
    ("needed", "found"),
    [
        (all_of(), []),
        (publish("allocation", {"method": "optimise", "rule": []}), ["E-PRICE-001"]),
        (publish("price", {"method": "range", "source": "1"}), ["E-PRICE-001"]),
        (publish("themes.0.weights", {"C1": "40", "C2": "20", "N1": "20", "price": "20"}), ["E-PRICE-001"]),
        (publish("themes.1.weights", {"C1": "40", "C2": "20", "S1": "20", "price": "20"}), []),
    ],
)
def test_a_price_is_needed_where_it_is_scored_or_money_is_divided(needed: Change, found: list[str]) -> None:
    assert codes(UNSCORED, needed, price("A1", y2027="")) == found


def test_one_entry_with_a_separator_behind_it_is_one_entry() -> None:
    assert codes(with_column("register", "groups", "carers"), edit("register", A1, groups="carers;")) == []
    several = edit("register", A1, groups="carers, migrants")
    assert codes(with_column("register", "groups", "carers"), several) == ["E-REG-010"]
