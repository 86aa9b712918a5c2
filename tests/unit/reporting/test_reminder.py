"""What an evaluator is written: what is missing or wrong, in their own sheet, and nothing about anybody else."""

from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.progress import Returned
from evaluator.reporting.papers.reminder import in_own_sheet, reminder_text
from tests.findings.faultless_folder import CRITERIA

SMALL = Criteria.model_validate(CRITERIA)


def missing(file: str, row: int, evaluator: str) -> Finding:
    facts = {"evaluator": evaluator, "bid": "A1", "question": "C1"}
    return finding("E-MARK-001", Source(file, "Marks", row, "F"), **facts)


def test_only_what_stands_in_their_own_sheet_is_told() -> None:
    mine, other = missing("returns/E1.xlsx", 6, "E1"), missing("returns/E2.xlsx", 7, "E2")
    one = Returned("E1", "Eve", "returns/E1.xlsx", 8, 7, (("A1", ("C1",)),), 1)
    assert in_own_sheet(one, (mine, other)) == (mine,)
    text = reminder_text(SMALL, one, (mine,))
    assert text.startswith("Dear Eve,\n\nWe have your marks for Small: 7 of 8 answers are complete.")
    assert "  - A1: C1\n" in text
    assert "  - Marks!F6: " in text
    assert "E2" not in text


def test_nothing_returned_and_all_complete_are_told_apart() -> None:
    none = reminder_text(SMALL, Returned("E1", "", "", 1, 0, (("A1", ("C1",)),), 0), ())
    assert "Dear E1," in none
    assert "We have not had your workbook" in none
    assert "1 answer that you" in " ".join(none.split())
    done = reminder_text(SMALL, Returned("E1", "", "returns/E1.xlsx", 1, 1, (), 0), ())
    assert "There is nothing more to do." in done


def test_a_name_with_an_apostrophe_and_an_unseen_sign_comes_through_in_sight() -> None:
    text = reminder_text(SMALL, Returned("E1", "Ann O'Neill\u202e", "", 1, 0, (), 0), ())
    assert "Dear Ann O'Neill[U+202E]," in text
