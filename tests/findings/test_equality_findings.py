"""Every note on the monitoring data: its place, its exact words, and that it never blocks an award."""

from decimal import Decimal

import pytest

from evaluator.equality import check_monitoring
from evaluator.equality.context.earlier import read_earlier
from evaluator.publication.checks.procedure import equality_rule_can_be_kept, groupings_are_nested
from evaluator.records.findings.equality import ENTRIES
from evaluator.records.findings.finding import Finding, Severity, block_award
from evaluator.records.programme.criteria import Criteria, Ladder
from evaluator.records.submissions.evaluation import Evaluation
from tests.unit.equality.small_programmes import bid, criteria, evaluation, monitoring


@pytest.fixture
def bids() -> Evaluation:
    return evaluation([bid("B1", "O1"), bid("B2", "O1"), bid("B3", "O2", members=("O5",))])


def notes(bids: Evaluation, *rows: tuple[str, ...], columns: tuple[str, ...] = ("women_led",)) -> tuple[Finding, ...]:
    return check_monitoring(criteria(), bids, monitoring(rows, columns))


def only(found: tuple[Finding, ...]) -> tuple[str, str, str]:
    (one,) = found
    return one.code, str(one.source), one.message


def test_complete_monitoring_gives_no_note(bids: Evaluation) -> None:
    assert notes(bids, ("O1", "Yes"), ("O2", "no")) == ()


def test_no_monitoring_gives_no_note(bids: Evaluation) -> None:
    assert check_monitoring(criteria(), bids, None) == ()


def test_a_row_of_an_organisation_that_did_not_bid_is_noted(bids: Evaluation) -> None:
    assert only(notes(bids, ("O1", "Yes"), ("O2", "No"), ("O7", "No"))) == (
        "E-EQUALITY-001",
        "equality/monitoring.xlsx Monitoring!A4",
        "The organisation of this row has not bid, so the row is not counted.",
    )


def test_a_row_without_an_organisation_is_noted(bids: Evaluation) -> None:
    found = notes(bids, ("O1", "Yes"), ("O2", "No"), (" ", "No"), ("", "Yes"))
    assert [(one.code, one.source.cell) for one in found] == [("E-EQUALITY-001", "A4"), ("E-EQUALITY-001", "A5")]


def test_a_member_of_a_consortium_may_have_a_row(bids: Evaluation) -> None:
    assert notes(bids, ("O1", "Yes"), ("O2", "No"), ("O5", "No")) == ()


def test_a_second_row_of_an_organisation_is_noted(bids: Evaluation) -> None:
    assert only(notes(bids, ("O1", "Yes"), ("O2", "No"), ("O1", "No"))) == (
        "E-EQUALITY-002",
        "equality/monitoring.xlsx Monitoring!A4",
        "This organisation already has a row, at A2. Where the two replies differ, it counts as not known.",
    )


def test_a_reply_that_was_not_offered_is_noted_and_not_repeated(bids: Evaluation) -> None:
    found = notes(bids, ("O1", "Secret words"), ("O2", "No"))
    assert only(found) == (
        "E-EQUALITY-003",
        "equality/monitoring.xlsx Monitoring!B2",
        "The reply in this cell is not one that “Women led” offers, so it counts as not known.",
    )
    assert "Secret" not in str(found[0])


@pytest.mark.parametrize("reply", ["Prefer not to say", "No reply", "Not asked", "not asked ", ""])
def test_the_words_for_no_answer_are_always_offered(bids: Evaluation, reply: str) -> None:
    assert notes(bids, ("O1", reply), ("O2", "No")) == ()


def test_bidders_without_a_row_are_noted_together(bids: Evaluation) -> None:
    assert only(notes(bids)) == (
        "E-EQUALITY-004",
        "equality/monitoring.xlsx Monitoring",
        "There is no row in the equality monitoring for 2 of the organisations that bid: O1, O2.",
    )


def test_a_characteristic_without_a_column_is_noted(bids: Evaluation) -> None:
    assert only(notes(bids, ("O1",), ("O2",), columns=())) == (
        "E-EQUALITY-005",
        "equality/monitoring.xlsx Monitoring",
        "The equality monitoring has no column for “Women led”, so every organisation counts as not asked.",
    )


def test_nothing_about_the_monitoring_ever_blocks_an_award(bids: Evaluation) -> None:
    found = notes(bids, ("O7", "?"), ("O7", "?"))
    assert len(found) == 6
    assert not block_award(found)
    of_criteria = {f"E-EQUALITY-{number}" for number in range(100, 106)}
    assert {entry.severity for entry in ENTRIES if entry.code not in of_criteria} == {Severity.NOTE}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_every_example_fills_its_words(entry: object) -> None:
    words = entry.message.format(**entry.example) + entry.remedy.format(**entry.example)  # type: ignore[attr-defined]
    assert "{" not in words


def plan(**keys: object) -> Criteria:
    made = criteria(10, ("Yes", "No", "Mixed"))
    assert made.equality is not None
    return made.model_copy(update={"equality": made.equality.model_copy(update=keys)})


def with_axis(**keys: object) -> Criteria:
    (axis,) = plan().equality.characteristic  # type: ignore[union-attr]
    return plan(characteristic=(axis.model_copy(update=keys),))


def found_in(made: Criteria) -> list[tuple[str, str]]:
    checks = (groupings_are_nested, equality_rule_can_be_kept)
    return [(one.code, one.message) for check in checks for one in check(made)]


def ladder(*rungs: dict[str, tuple[str, ...]]) -> tuple[Ladder, ...]:
    return tuple(Ladder(name=f"Rung {number}", groups=groups) for number, groups in enumerate(rungs, start=1))


TWO = {"Yes": ("Yes",), "Others": ("No", "Mixed")}


@pytest.mark.parametrize(
    ("rungs", "problem"),
    [
        (({"A": ("Yes",), "B": ("No",)},), "“Mixed” is in no group"),
        (({"A": ("Yes", "No"), "B": ("No", "Mixed")},), "“No” is in two groups"),
        (({"A": ("Yes", "Perhaps"), "B": ("No", "Mixed")},), "“Perhaps” is no reply that the question offers"),
        (
            (TWO, {"A": ("Yes", "No"), "B": ("Mixed",)}),
            "it parts “No” and what the finer grouping put together with it",
        ),
        (({"A": ("Yes",), "B": ("No",), "C": ("Mixed",)},), "it puts nothing together"),
    ],
)
def test_a_rung_has_every_reply_once_and_parts_nothing(
    rungs: tuple[dict[str, tuple[str, ...]], ...], problem: str
) -> None:
    ((code, message),) = found_in(with_axis(ladder=ladder(*rungs)))
    assert (code, problem in message) == ("E-EQUALITY-100", True)


def test_nested_rungs_are_in_order() -> None:
    assert found_in(with_axis(ladder=ladder(TWO, {"All": ("Yes", "No", "Mixed")}))) == []


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"bands": (5, 1)}, "E-EQUALITY-101"),
        ({"bands": (5, 5)}, "E-EQUALITY-101"),
        ({"few": 3, "margin": 2}, "E-EQUALITY-102"),
        ({"alpha": Decimal(5)}, "E-EQUALITY-103"),
        ({"primary": ("women",)}, "E-EQUALITY-104"),
    ],
)
def test_a_rule_that_cannot_be_kept_is_found(keys: dict[str, object], code: str) -> None:
    assert [one for one, _ in found_in(plan(**keys))] == [code]


def test_a_rule_as_usual_is_in_order() -> None:
    usual = {"few": 3, "bands": (1, 5, 10), "margin": 1, "alpha": Decimal("0.05"), "primary": ("women_led",)}
    assert found_in(plan(**usual)) == []


def test_a_free_word_has_to_stand_for_a_reply_that_is_offered() -> None:
    assert [code for code, _ in found_in(with_axis(words={"aye": "Yes", "nay": "Never"}))] == ["E-EQUALITY-105"]


def test_a_group_served_under_a_word_of_its_own_is_noted_by_the_bid_alone() -> None:
    named = evaluation([bid("B1", "O1", groups=("families",)), bid("B2", "O2", groups=("knitters",))])
    (note,) = check_monitoring(plan(words={"families": "Parents"}), named, None)
    assert (note.code, "B2" in note.message, "knitters" in note.message) == ("E-EQUALITY-106", True, False)


@pytest.mark.parametrize("written", [{}, {"equality": None}, {"equality": {"characteristics": [{"lines": []}]}}])
def test_an_earlier_edition_without_public_figures_is_noted(written: dict[str, object]) -> None:
    editions, (note,) = read_earlier([("equality/earlier/a.json", written)])
    assert (editions, note.code, note.source.file) == ((), "E-EQUALITY-107", "equality/earlier/a.json")
