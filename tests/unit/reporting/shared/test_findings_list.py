"""The findings as a page and as a workbook."""

import pytest

from evaluator.records.findings.finding import Finding, Severity, Source
from evaluator.reporting.shared import findings_list as problems
from evaluator.reporting.shared.findings_list import findings_html, findings_workbook
from tests.unit.reporting import small_outcome
from tests.unit.reporting.award.test_report import structure, text

FOUND = (
    Finding("E-MARK-002", Severity.BLOCKS_AWARD, Source("returns/E03.xlsx", "Marks", 14, "D"), "No reason.", "Ask."),
    Finding(
        "E-GATE-001", Severity.NEEDS_DECISION, Source("register.xlsx", "Bids", 3, "H"), "Failed.", "Decide.", "s.19"
    ),
    Finding("N-1", Severity.NOTE, Source("programme.toml", key="price.method"), "<i>Odd</i>.", "Look."),
)


def test_findings_stand_in_the_order_of_their_places_with_what_to_do() -> None:
    html = findings_html(small_outcome.outcome(findings=FOUND))
    words = text(html)
    assert structure(html).wrong == []
    places = [
        words.index(place) for place in ("programme.toml price", "register.xlsx Bids!H3", "returns/E03.xlsx Marks!D14")
    ]
    assert places == sorted(places)
    assert "E-GATE-001 needs decision Failed. Decide. s.19" in words
    assert "<i>Odd" not in html


def test_the_number_of_each_severity_stands_at_the_top() -> None:
    words = text(findings_html(small_outcome.outcome(findings=FOUND)))
    assert "blocks award 1 must be mended before an award can be recommended" in words
    assert "needs decision 1 a person must decide, with a reason" in words
    assert "note 1 worth knowing; nothing has to be done" in words


def test_when_nothing_was_found_both_say_so() -> None:
    empty = small_outcome.outcome(findings=())
    assert problems.NOTHING in text(findings_html(empty))
    [sheet] = findings_workbook(empty).sheets
    assert problems.NOTHING in [cell.value for row in sheet.rows for cell in row]
    assert sheet.table is None


def test_the_workbook_has_a_row_for_each_finding_and_room_for_a_note() -> None:
    [sheet] = findings_workbook(small_outcome.outcome(findings=FOUND)).sheets
    first, last = sheet.table or (0, 0)
    assert [cell.value for cell in sheet.rows[first - 1]] == list(problems.HEADINGS)
    rows = sheet.rows[first:last]
    assert [[cell.value for cell in row[:5]] for row in rows] == [
        ["N-1", "note", "programme.toml", "", "price.method"],
        ["E-GATE-001", "needs decision", "register.xlsx", "Bids", "H3"],
        ["E-MARK-002", "blocks award", "returns/E03.xlsx", "Marks", "D14"],
    ]
    assert [row[-1].style for row in rows] == ["input"] * 3


def test_findings_beyond_what_people_can_open_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "MOST", 2)
    words = text(findings_html(small_outcome.outcome(findings=FOUND)))
    assert "1 more finding in outcome.json; mend these first and run again." in words
    assert "E-MARK-002" not in words
