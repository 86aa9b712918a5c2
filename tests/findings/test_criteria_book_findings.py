"""Everything wrong with a criteria workbook is a finding at its sheet and cell."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.engine_data import read_check_words
from evaluator.jobs.publication import criteria_workbook
from evaluator.publication import canonical, check
from tests.unit.publication.small_criteria import put, small


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "small.xlsx"
    path.write_bytes(criteria_workbook(small(), "small.xlsx")[0])
    return path


@pytest.fixture
def edited(blank, tmp_path):
    """Give a function that opens the small workbook, lets a change be made to it, and reads it."""

    def edit(change):
        book = load_workbook(blank)
        change(book)
        book.save(tmp_path / "small.xlsx")
        return read_criteria(tmp_path / "small.xlsx")

    return edit


def cell_of(sheet, text, column="C", after=0):
    """Find the cell in a column of the row whose column A holds a text."""
    row = next(row for row in range(after + 1, 200) if sheet[f"A{row}"].value == text)
    return f"{column}{row}"


def told(read):
    return [(one.code, str(one.source)) for one in read.findings]


def test_the_small_set_comes_back_from_its_workbook(blank):
    read = read_criteria(blank)
    assert read.findings == ()
    assert canonical(read.criteria) == canonical(small())


def test_a_text_that_is_too_long_for_a_cell_is_told_and_nothing_is_cut():
    content, found = criteria_workbook(small(put("source", "x" * 32_768)), "small.xlsx")
    assert content == b""
    assert [one.code for one in found] == ["E-BOOK-001"]


def test_a_sheet_that_nothing_reads_is_told_and_does_not_stop_the_reading(edited):
    read = edited(lambda book: book.create_sheet("My notes"))
    assert told(read) == [("E-BOOK-002", "small.xlsx My notes")]
    assert read.criteria is not None


def test_two_sheets_with_one_theme_are_told(edited):
    def change(book):
        book.copy_worksheet(book["Theme north"]).title = "Theme north again"

    assert told(edited(change)) == [("E-BOOK-003", "small.xlsx Theme north again")]


def test_one_weight_twice_is_told_at_its_cell(edited):
    def change(book):
        sheet = book["Theme north"]
        at = cell_of(sheet, "C2", "A", after=12)
        sheet[at] = "C1"

    assert [code for code, place in told(edited(change)) if "Theme north!A" in place] == ["E-BOOK-003"]


def test_a_rule_of_a_theme_that_is_not_there_is_told(edited):
    def change(book):
        sheet = book["Award rules"]
        sheet[cell_of(sheet, "R1", "E")] = "west"

    (found,) = told(edited(change))
    assert found[0] == "E-BOOK-004"
    assert found[1].startswith("small.xlsx Award rules!E")


def test_a_part_without_its_title_is_told(edited):
    def change(book):
        sheet = book["Scale"]
        sheet[cell_of(sheet, "Marks of the scale", "A")] = "Marks"

    assert ("E-BOOK-005", "small.xlsx Scale") in told(edited(change))


def test_an_entry_beside_a_key_that_is_not_there_is_told(edited):
    def change(book):
        sheet = book["Price"]
        sheet[cell_of(sheet, "unit", "A")] = "units"
        sheet[cell_of(sheet, "units")] = "person"

    (found,) = told(edited(change))
    assert found[0] == "E-BOOK-006"
    assert found[1].startswith("small.xlsx Price!C")


def test_a_value_without_an_id_is_told(edited):
    def change(book):
        sheet = book["Programme"]
        sheet[cell_of(sheet, "need", "A")] = None

    (found,) = told(edited(change))
    assert found[0] == "E-BOOK-007"


def test_missing_headings_are_told(edited):
    def change(book):
        sheet = book["Scale"]
        sheet[cell_of(sheet, "Mark", "C")] = "Words"

    assert ("E-FILE-021", "small.xlsx Scale!10") in [(c, p.replace("!A", "!")) for c, p in told(edited(change))]


@pytest.mark.parametrize(
    ("sheet", "key", "value", "code"),
    [
        ("Moderation and ties", "places", "=1+1", "E-CELL-001"),
        ("Moderation and ties", "places", "#N/A", "E-CELL-002"),
        ("Moderation and ties", "places", True, "E-CELL-003"),
        ("Moderation and ties", "places", date(2027, 1, 2), "E-CELL-004"),
        ("Moderation and ties", "places", "two", "E-CRIT-001"),
        ("Moderation and ties", "places", 7, "E-CRIT-001"),
        ("Moderation and ties", "mode", "half up", "E-CRIT-001"),
        ("Moderation and ties", "mode", None, "E-CRIT-004"),
        ("Price", "parameters", "lowest 10000", "E-CRIT-001"),
        ("Price", "below_mean", 40, "E-CRIT-001"),
        ("Price", "below_mean", "forty per cent", "E-CRIT-001"),
        ("Programme", "reference", None, "E-CRIT-001"),
        ("Equality plan", "threshold", "10.5", "E-CRIT-001"),
        ("Theme north", "minimum_quality", "50", "E-CRIT-001"),
        ("Programme", "regime", "PA2023", "E-CRIT-001"),
    ],
)
def test_every_bad_cell_is_told_at_its_sheet_and_cell(edited, sheet, key, value, code):
    at = []

    def change(book):
        at.append(cell_of(book[sheet], key))
        book[sheet][at[0]] = value

    read = edited(change)
    assert (code, f"small.xlsx {sheet}!{at[0]}") in told(read)
    assert all("in quotes" not in one.message for one in read.findings)
    assert read.criteria is None


def test_a_percentage_that_a_program_made_a_number_of_is_taken_as_it_is_shown(edited):
    def change(book):
        cell = book["Price"][cell_of(book["Price"], "below_mean")]
        cell.value, cell.number_format = 0.4, "0%"

    assert canonical(edited(change).criteria) == canonical(small())


def test_a_text_that_must_be_there_and_is_empty_is_found_by_the_checks_at_its_cell(edited):
    places = []

    def change(book):
        for name, key, column in (("Price", "method", "C"), ("Gates", "insurance", "F")):
            at = [row for row in range(1, 90) if book[name][f"A{row}"].value == key][-1]
            places.append(f"small.xlsx {name}!{column}{at}")
            book[name][f"{column}{at}"] = None

    read = edited(change)
    found = {(one.code, str(one.source)) for one in read.placed(check(read.criteria))}
    assert set(zip(("E-CRIT-402", "E-CRIT-701"), places, strict=True)) <= found


def test_hidden_rows_merged_cells_and_hidden_sheets_are_told(edited):
    def change(book):
        book["Gates"].row_dimensions[6].hidden = True
        book["Scale"].merge_cells("B8:C8")
        book["Price"].sheet_state = "hidden"

    assert {code for code, _ in told(edited(change))} >= {"E-CELL-006", "E-CELL-007", "E-FILE-023"}


def test_what_check_finds_is_told_at_its_sheet_and_cell(edited):
    places = {}

    def change(book):
        sheet = book["Theme north"]
        places["weight"] = cell_of(sheet, "N1", "D", after=12)
        sheet[places["weight"]] = 0
        gates = book["Gates"]
        places["gate"] = cell_of(gates, "insurance", "D")
        gates[places["gate"]] = None
        book["Moderation and ties"][cell_of(book["Moderation and ties"], "order")] = "dice"

    read = edited(change)
    found = {one.code: str(one.source) for one in read.placed(check(read.criteria, words=read_check_words()[0]))}
    assert found["E-CRIT-108"] == f"small.xlsx Theme north!{places['weight']}"
    assert found["E-CRIT-301"] == f"small.xlsx Gates!{places['gate']}"
    assert found["E-CRIT-510"].startswith("small.xlsx Moderation and ties!C")
    assert found["E-CRIT-101"].startswith("small.xlsx Theme north!")
    assert all(place.startswith("small.xlsx ") for place in found.values())


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600])
def test_what_is_no_workbook_is_a_finding(content, tmp_path: Path):
    path = tmp_path / "criteria.xlsx"
    path.write_bytes(content)
    read = read_criteria(path)
    assert read.criteria is None
    assert [one.code[:6] for one in read.findings] == ["E-FILE"]


def test_a_cell_whose_value_was_refused_is_not_said_to_be_empty_too(edited):
    def strike(book):
        sheet = book["Programme"]
        sheet[cell_of(sheet, "title")].font = Font(strike=True)

    assert [code for code, _ in told(edited(strike))] == ["E-CELL-010"]


def test_a_sheet_of_ours_under_another_name_is_no_sheet_that_may_be_passed_over(edited):
    def rename(book):
        book["Award rules"].title = "Rules"

    def copy(book):
        book.copy_worksheet(book["Award rules"]).title = "Award rules (2)"

    assert ("E-FILE-020", "small.xlsx Rules") in told(edited(rename))
    assert told(edited(copy)) == [("E-BOOK-002", "small.xlsx Award rules (2)")]


def test_what_stands_above_the_first_part_of_a_sheet_is_told(edited):
    read = edited(lambda book: book["Award rules"].__setitem__("F1", "but see my e-mail"))
    assert told(read) == [("E-FILE-044", "small.xlsx Award rules!F1")]
