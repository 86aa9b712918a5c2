"""Workbooks out."""

import re
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from xlsxwriter.worksheet import Worksheet

from evaluator.files.write.workbooks import CUT, LONGEST_TEXT, workbook_bytes
from evaluator.records.documents import Cell, Choice, Highlight, Sheet, Workbook


def written(*rows: tuple[Cell, ...], values: bool = False, **more: object):
    sheet = Sheet("One", rows, **more)  # type: ignore[arg-type]
    data = workbook_bytes(Workbook("A workbook", (sheet,)))
    return openpyxl.load_workbook(BytesIO(data), data_only=values)["One"]


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-5", "@SUM(A1)", "http://x.example", "4", "2026-05-04", " x "])
def test_a_text_stays_that_text(text: str) -> None:
    cell = written((Cell(text),))["A1"]
    assert (cell.data_type, cell.value, cell.number_format) == ("s", text, "@")


def test_a_formula_is_saved_with_the_engine_s_value() -> None:
    row = (Cell(Decimal("2.83"), "=ROUND(2.825,2)"), Cell("ranked", '="ranked"'), Cell(None, '=""'))
    assert [cell.value for cell in written(row, values=True)[1]] == [2.83, "ranked", None]
    assert [cell.value for cell in written(row)[1]] == ["=ROUND(2.825,2)", '="ranked"', '=""']


def test_no_formula_names_a_function_that_files_know_by_a_longer_name() -> None:
    engine = Path(__file__).resolve().parents[4] / "evaluator"
    named = {name for path in engine.rglob("*.py") for name in re.findall(r"\b[A-Z]{2,}\(", path.read_text("utf-8"))}
    assert {"SUMPRODUCT(", "COUNTIFS(", "IF("} <= named
    assert {name for name in named if Worksheet()._prepare_formula(name, True) != name} == set()
    assert Worksheet()._prepare_formula("XLOOKUP(") != "XLOOKUP("


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    value = written((Cell("x" * 40_000),))["A1"].value
    assert len(value) == LONGEST_TEXT
    assert value.endswith(CUT)


@pytest.mark.parametrize("text", ["\U0001f333" * 17_000, "\U0001f333" * 32_768])
def test_a_text_is_as_long_as_the_file_format_counts_it(text: str) -> None:
    value = written((Cell(text),))["A1"].value
    assert len(value.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert value.endswith(CUT)


def test_a_text_stands_once_in_the_file_however_often_it_is_shown() -> None:
    rows = ((Cell("again"), Cell("again", style="text"), Cell("once")), (Cell("again", style="heading"),))
    data = workbook_bytes(Workbook("A workbook", (Sheet("One", rows), Sheet("Two", rows))))
    with zipfile.ZipFile(BytesIO(data)) as file:
        listed = file.read("xl/sharedStrings.xml").decode()
    assert 'count="8" uniqueCount="2"' in listed
    assert listed.count("again") == 1


def test_formulas_and_their_values_are_escaped_where_they_stand() -> None:
    cell = Cell('a < b & "c"', '=IF(A2<>"<&>","a < b & ""c""","")')
    assert written((cell,))["A1"].value == cell.formula
    assert written((cell,), values=True)["A1"].value == cell.value


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (Cell(Decimal(5), style="money"), '"£"#,##0.00'),
        (Cell(Decimal(5), style="input_money"), '"£"#,##0.00'),
        (Cell(Decimal(5), style="money", places=0), '"£"#,##0'),
        (Cell(1234, style="whole"), "#,##0"),
        (Cell(Decimal("1.5"), style="points", places=2), "0.00"),
        (Cell(Decimal("1.5")), "General"),
    ],
)
def test_numbers_are_shown_as_their_style_says(cell: Cell, shown: str) -> None:
    assert written((cell,))["A1"].number_format == shown


def test_only_input_cells_of_a_protected_sheet_can_be_changed_and_no_password_is_set() -> None:
    sheet = written((Cell("a"), Cell(1, style="input"), Cell(2, style="input_money")), protected=True)
    assert [cell.protection.locked for cell in sheet[1]] == [True, False, False]
    assert sheet.protection.sheet
    assert not sheet.protection.password


def test_rows_are_as_high_as_their_wrapped_texts_need() -> None:
    sheet = written(
        (Cell("word " * 30, style="text"),), (Cell("short", style="text"),), (Cell("T", style="title"),), widths=(30,)
    )
    heights = [sheet.row_dimensions[row].height for row in (1, 2, 3)]
    assert heights[0] >= 5 * 13
    assert heights[1] in (None, 15)
    assert heights[2] > 15


def test_views_filters_lists_and_highlights_are_written() -> None:
    sheet = written(
        (Cell("Bid"), Cell("Status")),
        (Cell("B1"), Cell("OK")),
        freeze=(1, 1),
        table=(1, 2),
        choices=(Choice("B2:B2", ("OK", "DIFFERS")),),
        highlights=(Highlight("B2:B2", "OK", "good"),),
    )
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:B2"
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation] == ['"OK,DIFFERS"']
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["B2"]
    assert sheet.print_title_rows == "$1:$1"


def test_names_titles_and_hidden_sheets_are_written() -> None:
    sheets = (Sheet("One", ((Cell(1),),)), Sheet("Two", (), hidden=True))
    book = openpyxl.load_workbook(BytesIO(workbook_bytes(Workbook("Results", sheets, (("Highest", "One!$A$1"),)))))
    assert book.defined_names["Highest"].attr_text == "One!$A$1"
    assert book.properties.title == "Results"
    assert book["Two"].sheet_state == "hidden"


def test_the_same_workbook_has_the_same_bytes_and_no_clock_in_it() -> None:
    book = Workbook("Results", (Sheet("One", ((Cell("a"), Cell(Decimal(1), "=1")),)),))
    data = workbook_bytes(book)
    assert data == workbook_bytes(book)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01" in archive.read("docProps/core.xml")
