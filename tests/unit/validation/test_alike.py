"""One fact, one finding: which findings are told together, and what is told under the first."""

from evaluator.records.findings.finding import Finding, Severity, Source
from evaluator.validation.alike import together

BLOCKS, DECIDE, NOTE = Severity.BLOCKS_AWARD, Severity.NEEDS_DECISION, Severity.NOTE


def at(code: str, row: int, column: str = "F", file: str = "returns/E1.xlsx", severity: Severity = BLOCKS) -> Finding:
    return Finding(code, severity, Source(file, "Marks", row, column), f"Row {row} is wrong.", "Mend it.")


def test_two_cells_are_told_one_by_one_and_three_together() -> None:
    assert len(together([at("E-MARK-001", row) for row in (2, 3)])) == 2
    (one,) = together([at("E-MARK-001", row) for row in (9, 2, 3)])
    assert one.source.cell == "F2"
    assert one.told == "Row 2 is wrong. The same is so of 2 more cells: F3 and F9."
    assert str(one) == f"returns/E1.xlsx Marks!F2: E-MARK-001 (blocks award): {one.told} Mend it."


def test_another_column_another_file_and_another_kind_are_other_facts() -> None:
    columns = [at("E-MARK-001", row, column) for row in (2, 3) for column in ("F", "G")]
    files = [at("E-MARK-003", row, file=f"returns/E{n}.xlsx") for row in (2, 3) for n in (1, 2)]
    kinds = [at(code, row) for row in (2, 3) for code in ("E-MARK-002", "E-MARK-004")]
    assert len(together([*columns, *files, *kinds])) == 12


def test_an_id_that_the_register_lacks_is_one_fact_in_all_returns() -> None:
    (one,) = together([at("E-MARK-005", row, file=f"returns/E{n}.xlsx") for row in (2, 3) for n in (1, 2)])
    assert one.told.endswith("The same is so of 3 more cells: F3 and returns/E2.xlsx Marks!F2 to F3.")


def test_what_is_said_alike_of_three_files_is_one_fact() -> None:
    forms = [
        Finding("E-FORM-002", BLOCKS, Source(f"bids/B{n}.xlsx"), "This form is of version 1.0.", "Ask for another.")
        for n in (3, 1, 2)
    ]
    (one,) = together(forms)
    assert one.told == "This form is of version 1.0. The same is so of 2 more places: bids/B2.xlsx and bids/B3.xlsx."
    returns = [
        Finding("E-RET-002", BLOCKS, Source(f"returns/E{n}.xlsx"), f"There is no return from E{n}.", "Ask E{n}.")
        for n in (1, 2, 3)
    ]
    assert len(together(returns)) == 3


def test_what_a_person_decides_and_every_changed_mark_are_told_one_by_one() -> None:
    decisions = [at("E-GATE-003", row, severity=DECIDE) for row in range(2, 7)]
    changes = [at("E-RET-011", row, severity=NOTE) for row in range(2, 7)]
    assert len(together([*decisions, *changes])) == 10


def test_of_a_row_that_is_to_go_nothing_else_is_told() -> None:
    row = [at("E-ROW-001", 9, "A"), at("E-CELL-001", 9), at("E-TEMPLATE-005", 9, "A", severity=NOTE)]
    other = [at("E-ROW-001", 8, "A", "returns/E2.xlsx"), at("E-CELL-001", 8)]
    assert {(one.code, one.source.file[-7:]) for one in together([*row, *other])} == {
        ("E-ROW-001", "E1.xlsx"),
        ("E-ROW-001", "E2.xlsx"),
        ("E-CELL-001", "E1.xlsx"),
    }


def test_of_very_many_cells_twelve_runs_are_named() -> None:
    (one,) = together([at("E-MARK-001", row) for row in range(2, 402, 2)])
    assert one.told.startswith("Row 2 is wrong. The same is so of 199 more cells: F4, F6, ")
    assert one.told.endswith("F26 and 187 more.")


def test_what_hides_a_row_or_a_sheet_is_one_fact_in_all_its_columns_and_another_reason_is_another() -> None:
    def unseen(row: int, column: str, why: str) -> Finding:
        message = f"This cell holds {row}, but a person may not see it: {why}."
        return Finding("E-CELL-010", BLOCKS, Source("register.xlsx", "Bids", row, column), message, "Clear it.")

    low = [unseen(2, column, "its row is too low") for column in "ABC"]
    (one, other) = together([*low, unseen(2, "D", "it is struck through")])
    assert one.told.endswith("its row is too low. The same is so of 2 more cells: B2 and C2.")
    assert other.source.cell == "D2"
