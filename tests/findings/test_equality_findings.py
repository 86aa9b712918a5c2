"""Every note on the monitoring data: its place, its exact words, and that it never blocks an award."""

import pytest

from evaluator.equality import check_monitoring
from evaluator.records.findings.equality import ENTRIES
from evaluator.records.findings.finding import Finding, Severity, block_award
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


def test_nothing_about_equality_ever_blocks_an_award(bids: Evaluation) -> None:
    found = notes(bids, ("O7", "?"), ("O7", "?"))
    assert len(found) == 6
    assert not block_award(found)
    assert {entry.severity for entry in ENTRIES} == {Severity.NOTE}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_every_example_fills_its_words(entry: object) -> None:
    words = entry.message.format(**entry.example) + entry.remedy.format(**entry.example)  # type: ignore[attr-defined]
    assert "{" not in words
