"""What a person would not see in a sheet is never taken from it."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from tests.unit.files.read.xlsx.spoilt_workbooks import return_workbook, with_replaced

ROOT = Path(__file__).resolve().parents[2]


def found(folder: Path) -> list[str]:
    criteria = read_criteria(ROOT / "criteria" / "minimal").criteria
    assert criteria is not None
    return [f"{one.code} {one.source}" for one in read_bids(folder, criteria).findings]


@pytest.mark.parametrize("shown", ['"4"', ";;;", "[<9]4", '0;-0;"-";"4"@', "0,", "0.0E+00", '"4"General'])
def test_a_number_format_that_shows_something_else_is_refused(tmp_path: Path, shown: str) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C2"], sheet["C2"].number_format = 30000 if shown == "0," else 0 if "-" in shown[:4] else 3, shown

    return_workbook(tmp_path / "returns" / "E01.xlsx", change=change)
    assert found(tmp_path) == ["E-CELL-009 returns/E01.xlsx Marks!C2"]


def test_a_text_mark_whose_format_adds_to_it_is_refused(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C2"], sheet["C2"].number_format = "3", '@"5"'

    return_workbook(tmp_path / "returns" / "E01.xlsx", change=change)
    assert found(tmp_path) == ["E-CELL-009 returns/E01.xlsx Marks!C2"]


@pytest.mark.parametrize("shown", ["General", "0", "0.00", "#,##0", "0_);(0)", "@"])
def test_ordinary_number_formats_are_taken(tmp_path: Path, shown: str) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C2"].number_format = shown

    return_workbook(tmp_path / "returns" / "E01.xlsx", change=change)
    assert found(tmp_path) == []


def test_rows_and_columns_of_no_size_are_hidden(tmp_path: Path) -> None:
    path = return_workbook(tmp_path / "returns" / "E01.xlsx")
    part, columns = (
        "xl/worksheets/sheet2.xml",
        b'<cols><col min="4" max="4" width="0" customWidth="1"/></cols><sheetData>',
    )
    with_replaced(path, part, b'<row r="3"', b'<row ht="0" customHeight="1" r="3"')
    with_replaced(path, part, b"<sheetData>", columns)
    assert sorted(found(tmp_path)) == ["E-CELL-006 returns/E01.xlsx Marks!3", "E-CELL-008 returns/E01.xlsx Marks"]


def test_two_sheets_of_one_name_are_a_finding(tmp_path: Path) -> None:
    path = return_workbook(tmp_path / "returns" / "E01.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("marks ")
    book.save(path)
    assert found(tmp_path) == ["E-FILE-027 returns/E01.xlsx"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<c r="C3"', b'<c r="C2"'),
        (b'<c r="D2"', b'<c r="C2"'),
        (b'<row r="3"', b'<row r="2"'),
        (b'<c r="B3"', b'<c r="D3"'),
    ],
)
def test_a_cell_that_stands_twice_or_out_of_order_is_refused(tmp_path: Path, old: bytes, new: bytes) -> None:
    path = return_workbook(tmp_path / "returns" / "E01.xlsx")
    with_replaced(path, "xl/worksheets/sheet2.xml", old, new)
    assert found(tmp_path) == ["E-FILE-017 returns/E01.xlsx"]
