"""Marks come out of every layout as they are, or a person is asked, or a cell is refused: never another mark."""

import io
from random import Random
from typing import Any

import openpyxl
import pytest

from evaluator.files.read.imports.read import read_import
from evaluator.records.findings.finding import Severity
from evaluator.records.submissions.imports import Answers, Imported
from tests.unit.files.read.imports import truth
from tests.unit.files.read.imports.layouts_at_random import Sheet, file_of, workbook

Key = tuple[str, str, str]


def read(content: bytes, file: str = "marks.xlsx", answers: Answers | None = None, **known: bool) -> Imported:
    return read_import(content, file, truth.known(**known), answers or Answers(), None)


def marks(imported: Imported) -> dict[Key, str]:
    return {(row["bid"], row["question"], row["evaluator"]): row["mark"] for row in imported.rows}


def held_up(imported: Imported) -> bool:
    return any(one.severity is not Severity.NOTE for one in imported.findings)


@pytest.mark.parametrize("seed", range(60))
def test_a_file_of_any_layout_gives_every_mark_and_reason_without_a_question(seed: int) -> None:
    made = file_of(seed)
    got = read(made.content, made.file)
    assert not held_up(got), (made.how, got.findings)
    assert marks(got) == truth.MARKS, made.how
    reasons = {(row["bid"], row["question"], row["evaluator"]): row["reason"] for row in got.rows}
    assert reasons == (truth.REASONS if made.reasons else dict.fromkeys(truth.MARKS, "")), made.how


@pytest.mark.parametrize("seed", range(12))
def test_every_mark_keeps_its_cell_in_the_file_as_received(seed: int) -> None:
    made = file_of(seed)
    got = read(made.content, made.file)
    book = openpyxl.load_workbook(io.BytesIO(made.content)) if made.file.endswith(".xlsx") else None
    for row, places in zip(got.rows, got.origins, strict=True):
        place = places["mark"]
        assert place.file == made.file
        if book is not None:
            stands = str(book[place.sheet][place.cell].value)
            assert stands.split(" - ")[0] == row["mark"], (made.how, place)


MISTAKES: dict[str, Any] = {
    "off the scale": "7",
    "between two marks": 4.5,
    "a formula": "=3+1",
    "a word of another mark": "4 - Excellent",
    "a sentence": "see my e-mail",
    "true": True,
}


def _cells(content: bytes) -> tuple[Any, list[tuple[str, str]]]:
    """Give a workbook and its cells that hold a mark."""
    got = read(content)
    return openpyxl.load_workbook(io.BytesIO(content)), [(one["mark"].sheet, one["mark"].cell) for one in got.origins]


def _saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("seed", [3, 7, 11, 19, 23])
def test_a_mark_that_is_none_is_refused_at_its_cell_and_all_others_stay(seed: int, mistake: str) -> None:
    made = _workbook_of(seed)
    book, cells = _cells(made)
    sheet, cell = Random(seed).choice(cells)
    book[sheet][cell].value = MISTAKES[mistake]
    got = read(_saved(book))
    refused = [one for one in got.findings if one.severity is Severity.BLOCKS_AWARD]
    assert [(one.source.sheet, one.source.cell) for one in refused] == [(sheet, cell)], refused
    assert len(got.rows) == len(truth.MARKS) - 1
    assert marks(got).items() <= truth.MARKS.items()


def _workbook_of(seed: int) -> bytes:
    made = next(made for made in map(file_of, range(seed, seed + 50)) if made.file.endswith(".xlsx"))
    return made.content


@pytest.mark.parametrize("seed", range(20))
def test_a_mark_moved_into_an_empty_cell_is_found_or_missing_but_never_another_bids(seed: int) -> None:
    made = _workbook_of(seed * 13)
    book, cells = _cells(made)
    pick = Random(seed)
    sheet, cell = pick.choice(cells)
    page, moved = book[sheet], book[sheet][cell]
    row, column = moved.row + pick.choice([0, 0, 1]), moved.column + pick.choice([1, 2, 3])
    target = page.cell(row, column)
    if target.value is not None or target.coordinate in page.merged_cells:
        pytest.skip("the cell is not empty")
    target.value, moved.value = moved.value, None
    got = read(_saved(book))
    assert marks(got).items() <= truth.MARKS.items() or held_up(got)
    assert len(got.rows) < len(truth.MARKS) or held_up(got)


@pytest.mark.parametrize("seed", range(10))
def test_a_merged_mark_is_refused(seed: int) -> None:
    made = _workbook_of(seed * 17)
    book, cells = _cells(made)
    sheet, cell = Random(seed).choice(cells)
    page, first = book[sheet], book[sheet][cell]
    page.merge_cells(start_row=first.row, end_row=first.row + 1, start_column=first.column, end_column=first.column)
    got = read(_saved(book))
    codes = {one.code for one in got.findings if (one.source.sheet, one.source.cell) == (sheet, cell)}
    assert "E-IMPORT-014" in codes
    assert marks(got).items() <= truth.MARKS.items()


LONG = [["Bid", "Question", "Evaluator", "Score", "Comment"]]


def _long() -> list[list[Any]]:
    return [*LONG, *([*key, int(mark), truth.REASONS[key]] for key, mark in truth.MARKS.items())]


def test_a_mark_that_stands_twice_is_refused_at_the_second() -> None:
    rows = _long()
    rows.append([*rows[1][:3], 5, "Another reason."])
    got = read(workbook([Sheet("Marks", rows)]))
    assert [(one.code, one.source.cell) for one in got.findings] == [("E-IMPORT-008", f"D{len(rows)}")]


@pytest.mark.parametrize(
    ("column", "written", "about", "proposed"),
    [
        (0, "B9", "bid", ""),
        (1, "Delivery plan & staffing", "question", "Q2"),
        (2, "Bn Okafor", "evaluator", "E2"),
        (2, "Carla", "evaluator", ""),
    ],
)
def test_a_label_that_nothing_is_called_is_asked(column: int, written: str, about: str, proposed: str) -> None:
    rows = _long()
    rows[1][column] = written
    got = read(workbook([Sheet("Marks", rows)]))
    assert [(one.about, one.text, one.becomes) for one in got.asked] == [(about, written, proposed)]


def test_two_bids_of_one_name_are_asked_about_where_nothing_tells_them_apart() -> None:
    rows = [["Bidder", "Question", "Evaluator", "Score"], ["Bow Advice Ltd", "Q1", "E1", 3]]
    (asked,) = read(workbook([Sheet("Marks", rows)])).asked
    assert asked.text == "Bow Advice Ltd"
    assert asked.choices[:2] == ("B1", "B4")


def test_two_bids_of_one_name_are_told_apart_by_their_lot_or_by_what_only_one_is_asked() -> None:
    rows = [
        ["Bidder", "Lot", "Question", "Evaluator", "Score"],
        ["Bow Advice Ltd", "Lot 2: Digital inclusion", "Q1", "E1", 3],
    ]
    assert marks(read(workbook([Sheet("Marks", rows)]))) == {("B4", "Q1", "E1"): "3"}
    rows = [["Bidder", "Question", "Evaluator", "Score"], ["Bow Advice Ltd", "D1", "E1", 3]]
    assert marks(read(workbook([Sheet("Marks", rows)]))) == {("B4", "D1", "E1"): "3"}


def test_an_id_and_a_name_that_disagree_are_refused_or_asked() -> None:
    rows = [["Ref", "Bidder", "Question", "Evaluator", "Score"], ["B1", "Wapping Digital CIC", "Q1", "E1", 3]]
    rows[0][0] = "Bid"
    got = read(workbook([Sheet("Marks", rows)]))
    assert [one.code for one in got.findings] == ["E-IMPORT-010"]
    rows = [["Bid", "Question", "Evaluator", "Score"], ["B1: Wapping Digital CIC", "Q1", "E1", 3]]
    assert read(workbook([Sheet("Marks", rows)])).asked


def test_a_mark_on_a_question_that_the_theme_does_not_ask_is_refused() -> None:
    rows = [["Bid", "Question", "Evaluator", "Score"], ["B1", "D1", "E1", 3]]
    got = read(workbook([Sheet("Marks", rows)]))
    assert [(one.code, one.source.cell) for one in got.findings] == [("E-IMPORT-009", "D2")]


def test_whose_marks_they_are_is_asked_once_and_proposed_by_the_name_of_the_file() -> None:
    rows = [
        ["Bid", *truth.TITLES],
        *([bid, *[truth.MARKS.get((bid, one, "E2")) for one in truth.TITLES]] for bid in truth.BIDS),
    ]
    content = workbook([Sheet("Sheet1", rows)])
    assert [(one.text, one.becomes) for one in read(content).asked] == [("whose marks these are", "")]
    assert [one.becomes for one in read(content, "Scores Ben Okafor.xlsx").asked] == ["E2"]
    answers = Answers("marks", (), {("setting", "whosemarkstheseare"): "E2"})
    got = read(content, answers=answers)
    assert marks(got) == {key: mark for key, mark in truth.MARKS.items() if key[2] == "E2"}


def test_marks_in_hidden_rows_and_columns_are_found_and_a_hidden_helper_column_is_no_matter() -> None:
    rows = [[*row, "helper"] for row in _long()]
    assert not held_up(read(workbook([Sheet("Marks", rows, hidden=[6])])))
    assert any(one.code == "E-CELL-008" for one in read(workbook([Sheet("Marks", rows, hidden=[4])])).findings)


def test_a_summary_of_averages_beside_the_evaluators_is_not_read_and_that_is_told() -> None:
    pages = [
        Sheet("Anna Khan", [["Bid", "Q1", "Q2"], ["B2", 3, 4]]),
        Sheet("Ben Okafor", [["Bid", "Q1", "Q2"], ["B2", 5, 5]]),
    ]
    got = read(workbook([*pages, Sheet("Summary", [["Bid", "Q1", "Q2"], ["B2", 4, 4.5]])]))
    assert len(got.rows) == 4
    assert [(one.code, one.source.sheet) for one in got.findings] == [("E-IMPORT-006", "Summary")]


def test_a_mark_may_be_its_word_or_out_of_the_highest() -> None:
    rows = [
        ["Bid", "Question", "Evaluator", "Score"],
        ["B1", "Q1", "E1", "Good"],
        ["B1", "Q2", "E1", "3/5"],
        ["B1", "Q3", "E1", "Good (4)"],
    ]
    assert list(marks(read(workbook([Sheet("Marks", rows)]))).values()) == ["4", "3", "4"]
    rows = [["Bid", "Question", "Evaluator", "Score"], ["B1", "Q1", "E1", "3/10"], ["B1", "Q2", "E1", "quite good"]]
    assert [one.code for one in read(workbook([Sheet("Marks", rows)])).findings] == ["E-IMPORT-007"] * 2


def test_without_a_register_and_a_panel_names_are_taken_as_they_stand() -> None:
    rows = [["Supplier", "Question", "Evaluator", "Score"], ["Lantern House", "Q1", "Carla Diaz", 3]]
    got = read(workbook([Sheet("Marks", rows)]), register=False, panel=False)
    assert marks(got) == {("Lantern House", "Q1", "Carla Diaz"): "3"}


def test_a_bidder_whose_name_begins_as_anothers_is_asked_about_unless_it_was_cut() -> None:
    def of(name: str) -> Imported:
        rows = [["Bidder", "Question", "Evaluator", "Score"], [name, "Q1", "E1", 3]]
        return read(workbook([Sheet("Marks", rows)]))

    assert [(one.text, one.becomes) for one in of("Mile End Community").asked] == [("Mile End Community", "B2")]
    assert marks(of("Mile End Comm…")) == {("B2", "Q1", "E1"): "3"}


def test_a_row_that_says_the_most_of_each_question_is_no_bid() -> None:
    rows = [["Bidder", "Q1", "Q2"], ["Out of", 5, 5], ["Weight", 4, 3], ["B2", 3, 4]]
    got = read(workbook([Sheet("Anna Khan", rows)]))
    assert marks(got) == {("B2", "Q1", "E1"): "3", ("B2", "Q2", "E1"): "4"}
