"""Sheets and CSV files become tables whose cells know their place; unsafe cell types are findings."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from evaluator.files.read.tables import layouts
from evaluator.files.read.tables.csv_tables import read_csv
from evaluator.files.read.tables.sheets import read_sheet
from evaluator.files.read.xlsx import open_workbook
from evaluator.records.findings.finding import Finding
from evaluator.records.submissions.received import Table
from tests.unit.files.read.xlsx.spoilt_workbooks import return_workbook


def read(path: Path, strict: bool = True) -> tuple[Table | None, tuple[Finding, ...]]:
    book, found = open_workbook(path.read_bytes(), path.name)
    assert book is not None, found
    return read_sheet(book, path.name, layouts.RETURN, strict=strict)


def test_a_clean_sheet_gives_texts_with_their_places(tmp_path: Path) -> None:
    table, found = read(return_workbook(tmp_path / "E01.xlsx"))
    assert found == ()
    assert table is not None
    assert table.columns["mark"] == ["4", "3"]
    assert str(table.source(1, "mark")) == "E01.xlsx Marks!C3"


def test_columns_are_found_by_their_headings_wherever_they_stand(tmp_path: Path) -> None:
    def shift(sheet: Worksheet) -> None:
        sheet.insert_rows(1, 2)
        sheet.insert_cols(1)
        sheet["C3"] = "QUESTION "

    table, found = read(return_workbook(tmp_path / "E01.xlsx", change=shift))
    assert found == ()
    assert table is not None
    assert str(table.source(0, "reason")) == "E01.xlsx Marks!E4"


def put(cell: str, value: object, number_format: str = "General") -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet[cell] = value
        sheet[cell].number_format = number_format

    return change


def hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["C"].hidden = True


def merge(sheet: Worksheet) -> None:
    sheet.merge_cells("C2:C3")


def error(sheet: Worksheet) -> None:
    sheet["C2"] = "#N/A"
    sheet["C2"].data_type = "e"


@pytest.mark.parametrize(
    ("change", "place", "code", "words"),
    [
        (put("C2", "=2+2"), "C2", "E-CELL-001", "=2+2"),
        (error, "C2", "E-CELL-002", "#N/A"),
        (put("C2", True), "C2", "E-CELL-003", "TRUE"),
        (put("C2", date(2026, 5, 4), "yyyy-mm-dd"), "C2", "E-CELL-004", "2026-05-04"),
        (put("C2", 4, "0%"), "C2", "E-CELL-005", "400%"),
        (hide_row, "3", "E-CELL-006", "hidden"),
        (merge, "C2", "E-CELL-007", "C2:C3"),
        (hide_column, "", "E-CELL-008", "Mark"),
        (put("C1", "Marke"), "1", "E-FILE-021", "Mark"),
        (put("E1", "Mark"), "E1", "E-FILE-022", "C and E"),
    ],
)
def test_what_a_cell_or_sheet_must_not_be_is_a_finding_with_its_place(
    tmp_path: Path, change: Callable[[Worksheet], None], place: str, code: str, words: str
) -> None:
    _, found = read(return_workbook(tmp_path / "E01.xlsx", change=change), strict=False)
    assert [(one.code, one.source.cell) for one in found] == [(code, place)]
    assert words in str(found[0])


def test_a_cell_that_cannot_be_taken_is_marked_so_that_it_is_reported_once(tmp_path: Path) -> None:
    table, _ = read(return_workbook(tmp_path / "E01.xlsx", change=put("C3", "=A1")))
    assert table is not None
    assert table.faults == {(1, "mark")}


def test_a_hidden_sheet_is_a_finding(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.sheet_state = "hidden"

    _, found = read(return_workbook(tmp_path / "E01.xlsx", change=hide))
    assert [one.code for one in found] == ["E-FILE-023"]


def test_a_number_comes_out_as_a_person_sees_it(tmp_path: Path) -> None:
    table, _ = read(return_workbook(tmp_path / "E01.xlsx", change=put("C2", 4.5999999999999996)))
    assert table is not None
    assert table.columns["mark"][0] == "4.6"


def csv(tmp_path: Path, content: bytes) -> tuple[Table | None, tuple[Finding, ...]]:
    path = tmp_path / "consensus.csv"
    path.write_bytes(content)
    return read_csv(path.read_bytes(), path.name, layouts.CONSENSUS)


def test_a_csv_file_gives_texts_exactly_as_they_stand(tmp_path: Path) -> None:
    content = '\ufeffbid,question,mark,reason\nB1,Q1, 4,"Well shown, twice"\n\nB2,Q1,04,NA\n'.encode()
    table, found = csv(tmp_path, content)
    assert found == ()
    assert table is not None
    assert {key: list(texts) for key, texts in table.columns.items()} == {
        "bid": ["B1", "B2"],
        "question": ["Q1", "Q1"],
        "mark": [" 4", "04"],
        "reason": ["Well shown, twice", "NA"],
    }
    assert str(table.source(1, "mark")) == "consensus.csv C4"


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "E-FILE-032", "empty"),
        (b"bid;question;mark;reason\nB1;Q1;4;x\n", "E-FILE-031", "semicolons"),
        (b"bid;question;mark;reason\nB1;Q1;4,5;x, y, z\n", "E-FILE-031", "semicolons"),
        (b"bid\tquestion\tmark\treason\nB1\tQ1\t4\tx\n", "E-FILE-031", "tabs"),
        (b"sep=;\nbid;question;mark;reason\n", "E-FILE-035", "the line sep=;"),
        (b"sep=,\nbid,question,mark,reason\nB1,Q1,4,x\n", "E-FILE-035", "stand in row 2"),
        (b"Agreed marks,,,\n,,,\nBid,Question,Mark,Reason\nB1,Q1,4,x\n", "E-FILE-035", "stand in row 3"),
        ("bid,question,mark,reason\nB1,Q1,4,x\n".encode("utf-16"), "E-FILE-030", "Unicode text"),
        (b"PK\x03\x04 a workbook", "E-FILE-030", "a workbook"),
        (b"bid,question,mark,reason,\nB1,Q1,4,x,see note\n", "E-FILE-029", "cells: 1"),
        ("bid,question,mark,reason\nB1,Q1,4,£3\n".encode("cp1252"), "E-FILE-030", "0xa3"),
        (b"bid,question,mark,reason\nB1,Q1,4,good,more\n", "E-FILE-032", "row 2 has 5 columns"),
        (b"bid,question,reason\nB1,Q1,x\n", "E-FILE-021", "Mark"),
        (b"bid,question,mark,reason,reasons\nB1,Q1,4,x,\n", "E-FILE-026", "reasons"),
        (b"bid,question,mark,mark,reason\nB1,Q1,4,4,x\n", "E-FILE-022", "Mark"),
    ],
)
def test_a_csv_file_of_the_wrong_form_is_a_finding(tmp_path: Path, content: bytes, code: str, words: str) -> None:
    _, found = csv(tmp_path, content)
    assert [one.code for one in found] == [code]
    assert words in str(found[0])


def test_a_csv_row_that_is_too_short_has_empty_cells_at_its_end(tmp_path: Path) -> None:
    table, found = csv(tmp_path, b"bid,question,mark,reason\nB1,Q1\n")
    assert found == ()
    assert table is not None
    assert [list(texts) for texts in table.columns.values()] == [["B1"], ["Q1"], [""], [""]]
