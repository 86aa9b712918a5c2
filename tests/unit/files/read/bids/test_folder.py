"""A folder of bids is read whole: from workbooks or CSV files, each return once, and no file silently left out."""

from pathlib import Path

import openpyxl
import pytest

from evaluator.files.read.bids.folder import bids_in, read_bids, read_monitoring
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.received import Received
from tests.unit.files.read.xlsx.spoilt_workbooks import return_workbook, with_member

ROOT = Path(__file__).resolve().parents[5]


@pytest.fixture(scope="module")
def criteria() -> Criteria:
    found = read_criteria(ROOT / "criteria" / "minimal").criteria
    assert found is not None
    return found


def codes(received: Received) -> list[tuple[str, str]]:
    return [(one.code, str(one.source)) for one in received.findings]


def register(folder: Path) -> None:
    (folder / "register.csv").write_text("bid,theme,organisation\nB1,main,O1\n")


def test_the_marks_of_all_returns_stand_under_one_another_with_their_evaluators(
    tmp_path: Path, criteria: Criteria
) -> None:
    register(tmp_path)
    return_workbook(tmp_path / "returns" / "E02.xlsx", "E02")
    return_workbook(tmp_path / "returns" / "E01.xlsx", "E01")
    received = read_bids(tmp_path, criteria)
    assert codes(received) == []
    assert received.marks is not None
    assert received.marks.columns["evaluator"] == ["E01", "E01", "E02", "E02"]
    assert str(received.marks.source(3, "mark")) == "returns/E02.xlsx Marks!C3"


@pytest.mark.parametrize("heading", ["received", "Date received"])
def test_when_a_bid_came_is_read_with_its_time(tmp_path: Path, criteria: Criteria, heading: str) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Bids"
    book.active.append(["bid", "theme", "organisation", heading])
    book.active.append(["B1", "main", "O1", 46444.4986111111])
    book.active.append(["B2", "main", "O2", "26/02/2027 12:01"])
    book.active["D2"].number_format = "dd/mm/yyyy hh:mm"
    book.save(tmp_path / "register.xlsx")
    received = read_bids(tmp_path, criteria)
    assert codes(received) == []
    assert received.register is not None
    assert received.register.columns["received"] == ["2027-02-26T11:58:00", "26/02/2027 12:01"]


def test_a_folder_without_files_gives_no_tables_and_leaves_the_judgement_to_validation(
    tmp_path: Path, criteria: Criteria
) -> None:
    assert read_bids(tmp_path, criteria) == Received(None, None, None, None, None, None)


def test_a_register_that_is_there_twice_is_a_finding(tmp_path: Path, criteria: Criteria) -> None:
    register(tmp_path)
    book = openpyxl.Workbook()
    book.save(tmp_path / "register.xlsx")
    assert codes(read_bids(tmp_path, criteria)) == [("E-FILE-002", "register.csv")]


def test_marks_both_as_returns_and_as_csv_are_a_finding(tmp_path: Path, criteria: Criteria) -> None:
    register(tmp_path)
    return_workbook(tmp_path / "returns" / "E01.xlsx")
    (tmp_path / "marks.csv").write_text("bid,question,evaluator,mark,reason\nB1,Q1,E1,3,Sound\n")
    assert codes(read_bids(tmp_path, criteria)) == [("E-FILE-002", "marks.csv")]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Register final v2.xlsx", "E-FILE-003"),
        ("returns/E04.xls", "E-FILE-004"),
        ("returns/E04.ods", "E-FILE-004"),
        ("returns/E04.csv", "E-FILE-004"),
        ("returns/E04.docx", "E-FILE-004"),
        ("returns/old/E04.xlsx", "E-FILE-003"),
        ("late/register.csv", "E-FILE-003"),
        ("equality/monitoring old.csv", "E-FILE-003"),
    ],
)
def test_no_table_is_silently_left_out(tmp_path: Path, criteria: Criteria, name: str, code: str) -> None:
    register(tmp_path)
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(b"x")
    assert codes(read_bids(tmp_path, criteria)) == [(code, name)]


def test_the_lock_file_of_an_open_workbook_is_not_a_return(tmp_path: Path, criteria: Criteria) -> None:
    register(tmp_path)
    return_workbook(tmp_path / "returns" / "E01.xlsx")
    (tmp_path / "returns" / "~$E01.xlsx").write_bytes(b"x")
    assert codes(read_bids(tmp_path, criteria)) == []
    assert bids_in(tmp_path).names == ("register.csv", "returns/E01.xlsx")


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "found"),
    [
        ("Evaluator", "B3", None, ("E-FILE-024", "returns/E01.xlsx Evaluator!B3")),
        ("Evaluator", "B3", "=A1", ("E-CELL-001", "returns/E01.xlsx Evaluator!B3")),
        ("Evaluator", "", "Front", ("E-FILE-020", "returns/E01.xlsx")),
        ("Marks", "", "Scores", ("E-FILE-020", "returns/E01.xlsx")),
    ],
)
def test_a_return_that_does_not_say_whose_it_is_or_lost_its_sheets_is_a_finding(
    tmp_path: Path, criteria: Criteria, sheet: str, cell: str, value: str | None, found: tuple[str, str]
) -> None:
    register(tmp_path)
    path = return_workbook(tmp_path / "returns" / "E01.xlsx")
    book = openpyxl.load_workbook(path)
    if cell:
        book[sheet][cell] = value
    else:
        book[sheet].title = value
    book.save(path)
    assert codes(read_bids(tmp_path, criteria)) == [found]


@pytest.mark.parametrize(
    "name",
    [
        "E01 (copy)",
        "E01 (1)",
        "Copy of E01",
        "E01 - Copy",
        "E01 - Copy (2)",
        "E01 copy",
        "E01_(2)",
        "A new one",
        "E01.old",
    ],
)
def test_a_second_copy_of_a_return_is_asked_about_once_and_the_first_is_read(
    tmp_path: Path, criteria: Criteria, name: str
) -> None:
    register(tmp_path)
    return_workbook(tmp_path / "returns" / "E01.xlsx")
    return_workbook(tmp_path / "returns" / f"{name}.xlsx", change=lambda sheet: sheet.cell(2, 3, 0))
    received = read_bids(tmp_path, criteria)
    assert codes(received) == [("E-FILE-025", f"returns/{name}.xlsx Evaluator!B3")]
    assert "1 mark differs. Only returns/E01.xlsx was read" in received.findings[0].message
    assert received.marks is not None
    assert received.marks.columns["mark"] == ["4", "3"]


def test_all_copies_of_a_return_are_asked_about_in_one_finding(tmp_path: Path, criteria: Criteria) -> None:
    register(tmp_path)
    for name in ("E01", "E01 (1)", "E01 (2)"):
        return_workbook(tmp_path / "returns" / f"{name}.xlsx")
    (found,) = read_bids(tmp_path, criteria).findings
    assert "their marks are the same. Only returns/E01.xlsx was read. So are returns/E01 (2).xlsx." in found.message
    assert "E01.v2.xlsx" in found.remedy


def test_a_copy_of_a_second_version_is_one_of_that_version(tmp_path: Path, criteria: Criteria) -> None:
    register(tmp_path)
    for name in ("E01", "E01.v2", "E01.v2 (1)"):
        return_workbook(tmp_path / "returns" / f"{name}.xlsx")
    found = codes(read_bids(tmp_path, criteria))
    assert found == [("E-FILE-025", "returns/E01.v2 (1).xlsx Evaluator!B3")]


def test_a_second_sheet_with_the_same_headings_is_never_silently_left_out(tmp_path: Path, criteria: Criteria) -> None:
    register(tmp_path)
    path = return_workbook(tmp_path / "returns" / "E01.xlsx")
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book["Marks"]).title = "Marks (2)"
    book.save(path)
    assert codes(read_bids(tmp_path, criteria)) == [("E-FILE-028", "returns/E01.xlsx Marks (2)")]


def test_a_hostile_return_is_refused_and_the_others_are_still_read(tmp_path: Path, criteria: Criteria) -> None:
    register(tmp_path)
    with_member(return_workbook(tmp_path / "returns" / "E01.xlsx"), "xl/vbaProject.bin", b"x")
    return_workbook(tmp_path / "returns" / "E02.xlsx", "E02")
    received = read_bids(tmp_path, criteria)
    assert codes(received) == [("E-FILE-012", "returns/E01.xlsx")]
    assert received.marks is not None
    assert set(received.marks.columns["evaluator"]) == {"E02"}


def test_the_equality_data_is_read_by_its_own_function_alone(tmp_path: Path, criteria: Criteria) -> None:
    register(tmp_path)
    (tmp_path / "equality").mkdir()
    (tmp_path / "equality" / "monitoring.csv").write_text("organisation\nO1\n")
    received = read_bids(tmp_path, criteria)
    assert "O1" not in str([table.columns for table in (received.marks, received.consensus) if table])
    table, found = read_monitoring(tmp_path, criteria)
    assert found == ()
    assert table is not None
    assert list(table.columns["organisation"]) == ["O1"]
