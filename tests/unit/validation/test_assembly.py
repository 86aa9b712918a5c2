"""The evaluation that a faultless folder becomes, and what counts when bids are disregarded or evaluators recused."""

from decimal import Decimal

import pytest

from evaluator.records.submissions.evaluation import NO_MARK, Evaluation
from evaluator.validation import answers, validate
from tests.findings.faultless_folder import Folder, add, decide, drop, edit, publish, rule, spoilt, without_table

SMALL_OFFICE = {"bid": "A1", "question": "C1"}


def evaluated(folder: Folder) -> Evaluation:
    evaluation, findings = validate(folder.published(), folder.received())
    assert findings == ()
    assert evaluation is not None
    return evaluation


def test_themes_and_bids_stand_by_id_and_questions_as_published() -> None:
    themes = evaluated(Folder()).themes
    assert [(theme.theme, [bid.id for bid in theme.bids], theme.questions) for theme in themes] == [
        ("north", ["A1", "A2"], ("C1", "C2", "N1")),
        ("south", ["B1"], ("C1", "C2", "S1")),
    ]


def test_an_agreed_mark_counts_by_its_place_on_the_scale_and_an_organisations_in_each_of_its_bids() -> None:
    folder = spoilt(
        edit("consensus", {"bid": "O1", "question": "C2"}, mark="5.0", reason="Above all marks: annex 3 was missed."),
    )
    north, south = evaluated(folder).themes
    assert list(north.marks) == [4, 5, 4, 4, 4, 4]  # A1 on C1, C2, N1, then A2
    assert list(south.marks) == [4, 5, 4]


def test_a_scale_in_another_order_gives_places_in_that_order() -> None:
    marks = [{"mark": mark, "label": "…", "descriptor": "…"} for mark in ("10", "4", "0")]
    north, _ = evaluated(spoilt(publish("scale.mark", marks))).themes
    assert list(north.marks) == [1] * 6


def test_a_bid_carries_what_the_register_says_of_it() -> None:
    a1, a2 = evaluated(Folder()).themes[0].bids
    assert (a1.price, a1.by_year, a1.people, a1.hours, a1.small) == (
        11_000_050,
        (5_000_000, 6_000_050),
        120,
        Decimal("37.5"),
        True,
    )
    assert (a1.wards, a1.members, a2.members) == (("Bow East", "Mile End"), (), ("O9",))
    assert str(a2.source) == "register.xlsx Bids!3"


def test_lists_lose_blanks_and_repeats_and_a_lead_is_not_its_own_member() -> None:
    folder = spoilt(edit("register", {"bid": "A2"}, wards=" Mile End;;Bow East; Mile End ", members="O2; O9;O9"))
    a2 = evaluated(folder).themes[0].bids[1]
    assert (a2.wards, a2.members) == (("Bow East", "Mile End"), ("O9",))


def test_a_disregarded_bid_needs_no_marks_prices_or_gate_answers() -> None:
    folder = spoilt(
        decide(bid="B1", decision="Disregard"),
        drop("marks", bid="B1"),
        drop("consensus", bid="B1"),
        edit("register", {"bid": "B1"}, **{"price:2027": "", "gate:cover": "", "hours": ""}),
        rule("capacity", limit="100"),
    )
    south = evaluated(folder).themes[1]
    assert list(south.marks) == [NO_MARK % 256, 4, NO_MARK % 256]
    assert [south.mark(0, question) for question in range(3)] == [NO_MARK, 4, NO_MARK]
    assert south.disregarded["B1"].matter == "late"
    assert south.bids[0].price is None


def test_when_every_bid_of_an_organisation_is_disregarded_its_own_answers_need_no_marks() -> None:
    folder = spoilt(
        decide(bid="A2", decision="disregard"),
        drop("marks", bid="A2"),
        drop("marks", bid="O2"),
        drop("consensus", bid="A2"),
        drop("consensus", bid="O2"),
    )
    assert set(evaluated(folder).themes[0].disregarded) == {"A2"}


def test_when_every_bid_is_disregarded_nothing_needs_to_be_marked() -> None:
    folder = spoilt(
        *(decide(bid=bid, decision="disregard") for bid in ("A1", "A2", "B1")),
        without_table("marks"),
        without_table("consensus"),
    )
    evaluation = evaluated(folder)
    assert all(set(theme.disregarded) == {bid.id for bid in theme.bids} for theme in evaluation.themes)
    assert answers(folder.published(), evaluation) == ()


def test_a_theme_without_bids_stays_with_none() -> None:
    folder = spoilt(drop("register", bid="B1"), drop("marks", bid="B1"), drop("consensus", bid="B1"))
    south = evaluated(folder).themes[1]
    assert (south.bids, south.marks, south.questions) == ((), b"", ("C1", "C2", "S1"))


def test_criteria_that_score_price_alone_need_no_marks() -> None:
    themes = [{"id": "north", "title": "n", "source": "1", "weights": {"price": "100"}}]
    folder = spoilt(
        publish("common", []), publish("themes", themes), drop("register", bid="B1"), drop("panel", theme="south"),
        without_table("marks"), without_table("consensus"),
    )  # fmt: skip
    (north,) = evaluated(folder).themes
    assert (len(north.bids), north.questions, north.marks) == (2, (), b"")


def test_marks_where_nothing_is_to_be_marked_are_found_and_break_nothing() -> None:
    themes = [{"id": "north", "title": "n", "source": "1", "weights": {"price": "100"}}]
    folder = spoilt(
        publish("common", []), publish("themes", themes), drop("register", bid="B1"), drop("panel", theme="south")
    )
    evaluation, findings = validate(folder.published(), folder.received())
    assert evaluation is None
    assert {found.code for found in findings} == {"E-MARK-005", "E-MARK-007", "E-CONS-005", "E-CONS-007"}


def test_a_recused_evaluator_owes_no_mark_and_is_named_with_the_bids_concerned() -> None:
    folder = spoilt(
        publish("moderation.least_evaluators", 1),
        add("interests", {"evaluator": "E2"}, organisation="O9", action="recused"),
        drop("marks", evaluator="E2", bid="A2"),
    )
    assert evaluated(folder).recused == (("E2", "A2"),)


def test_a_recusal_from_a_lead_covers_its_bids_and_its_own_answers() -> None:
    folder = spoilt(
        publish("moderation.least_evaluators", 1),
        add("interests", {"evaluator": "E2"}, organisation="O1", action="recused"),
        *(drop("marks", evaluator="E2", bid=bid) for bid in ("A1", "B1", "O1")),
    )
    assert evaluated(folder).recused == (("E2", "A1"), ("E2", "B1"), ("E2", "O1"))


def test_a_recusal_from_all_others_leaves_the_organisations_that_are_named() -> None:
    folder = spoilt(
        publish("moderation.least_evaluators", 1),
        edit("interests", {"evaluator": "E2"}, action="recused"),
        add("interests", {"evaluator": "E2"}, organisation="O1", action="none"),
        *(drop("marks", evaluator="E2", bid=bid) for bid in ("A2", "O2")),
    )
    assert evaluated(folder).recused == (("E2", "A2"), ("E2", "O2"))


def test_a_recused_evaluator_may_leave_rows_blank() -> None:
    folder = spoilt(
        publish("moderation.least_evaluators", 1),
        add("interests", {"evaluator": "E2"}, organisation="O9", action="recused"),
        *(
            edit("marks", {"evaluator": "E2", "bid": "A2", "question": question}, mark="", reason="Recused.")
            for question in ("C1", "N1")
        ),
    )
    assert evaluated(folder).recused == (("E2", "A2"),)


def test_with_one_evaluator_for_each_answer_that_mark_counts_without_agreement() -> None:
    folder = spoilt(
        publish("moderation.method", "one_evaluator"),
        without_table("consensus"),
        drop("marks", evaluator="E2"),
        edit("marks", {"evaluator": "E1", "bid": "A1", "question": "N1"}, mark="2"),
    )
    evaluation = evaluated(folder)
    assert list(evaluation.themes[0].marks) == [4, 4, 2, 4, 4, 4]
    answer = next(a for a in answers(folder.published(), evaluation) if (a.bid, a.question) == ("A1", "N1"))
    assert (answer.mark, answer.reason, answer.marks) == (2, "E1: clear.", (("E1", Decimal(2), "E1: clear."),))


def test_with_one_evaluator_blank_rows_in_the_others_returns_are_nothing() -> None:
    folder = spoilt(
        publish("moderation.method", "one_evaluator"),
        without_table("consensus"),
        drop("marks", evaluator="E2"),
        add("marks", {"evaluator": "E1", **SMALL_OFFICE}, evaluator="E2", mark="", reason=""),
    )
    assert list(evaluated(folder).themes[1].marks) == [4, 4, 4]


def test_without_panel_or_declarations_whoever_marked_counts() -> None:
    folder = spoilt(
        publish("moderation.declarations_required", False), without_table("panel"), without_table("interests")
    )
    assert len(evaluated(folder).bids) == 3


def test_without_a_panel_for_organisations_whoever_marked_them_counts() -> None:
    assert len(evaluated(spoilt(drop("panel", theme="organisation"))).bids) == 3


def test_a_bid_and_an_organisation_of_the_same_id_are_kept_apart_by_the_question() -> None:
    folder = spoilt(
        edit("register", {"bid": "B1"}, organisation="B1"),
        *(
            add(table, {"bid": "O1", "question": "C2", **who}, bid="B1", mark="3")
            for table, who in (("marks", {"evaluator": "E1"}), ("marks", {"evaluator": "E2"}), ("consensus", {}))
        ),
    )
    assert list(evaluated(folder).themes[1].marks) == [4, 3, 4]


def test_answers_stand_by_bid_and_question_with_the_marks_they_rest_on() -> None:
    folder = spoilt(edit("marks", {"evaluator": "E1", **SMALL_OFFICE}, mark="5", reason="All there."))
    found = answers(folder.published(), evaluated(folder))
    assert [(answer.bid, answer.question) for answer in found] == [
        ("A1", "C1"), ("A1", "N1"), ("A2", "C1"), ("A2", "N1"), ("B1", "C1"), ("B1", "S1"), ("O1", "C2"), ("O2", "C2"),
    ]  # fmt: skip
    assert found[0].mark == Decimal(4)
    assert found[0].reason == "Every part of it is there."
    assert found[0].marks == (("E1", Decimal(5), "All there."), ("E2", Decimal(4), "E2: clear."))


@pytest.mark.parametrize("decision", ["admit", "Admit "])
def test_a_failed_gate_that_a_person_decided_stays_admitted(decision: str) -> None:
    folder = spoilt(
        edit("register", {"bid": "A1"}, **{"gate:cover": "FAIL"}),
        decide(matter="Failed gate", subject="cover", decision=decision),
    )
    evaluation = evaluated(folder)
    assert evaluation.themes[0].disregarded == {}
    assert [(d.bid, d.matter, d.subject, d.decision) for d in evaluation.decisions] == [
        ("A1", "failed_gate", "cover", "admit"),
    ]
