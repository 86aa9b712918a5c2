"""Workbooks that come back other than they went out: each is told, at its place, and no mark is taken in silence."""

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs.papers import issue
from evaluator.pipeline import Published, decide
from evaluator.publication import fingerprint
from evaluator.records.results.outcome import Outcome, Run
from evaluator.records.submissions.received import Received
from evaluator.validation import check_issued
from tests.unit.cli.panel_on_disk import bids_folder, criteria_folder, fill


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("home")
    files = issue(criteria_folder(made / "criteria"), bids_folder(made / "bids"), 5).files
    for name, content in files.items():
        (made / name).write_bytes(content)
    return made


def returned(home: Path, tmp_path: Path, change: Callable[[Workbook], None] | None = None) -> Path:
    """Give a folder of bids with E1's return changed and E2's as it should be."""
    bids = tmp_path / "bids"
    shutil.copytree(home / "bids", bids)
    fill(home / "E1.xlsx", bids / "returns" / "E1.xlsx", change)
    fill(home / "E2.xlsx", bids / "returns" / "E2.xlsx")
    return bids


def received(home: Path, bids: Path) -> Received:
    criteria = read_criteria(home / "criteria").criteria
    assert criteria is not None
    return read_bids(bids, criteria)


def found(home: Path, bids: Path) -> list[tuple[str, str]]:
    """Give the findings of reading and of the comparison with the criteria."""
    criteria = read_criteria(home / "criteria").criteria
    assert criteria is not None
    read = read_bids(bids, criteria)
    return [
        (one.code, str(one.source)) for one in (*read.findings, *check_issued(criteria, fingerprint(criteria), read))
    ]


def decided(home: Path, bids: Path) -> Outcome:
    read = read_criteria(home / "criteria")
    assert read.criteria is not None
    return decide(
        Published(read.criteria, read.seal), received(home, bids), Run("r", "0"), "validation", lambda _: None
    )


def text(cell: str, value: object, sheet: str = "Marks") -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change


def unprotected(book: Workbook) -> None:
    book["Marks"].protection.sheet = False


def meta(key: str, value: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        row = next(row for row in book["_meta"].iter_rows(max_col=2) if row[0].value == key)
        row[1].value = value

    return change


def without_meta(book: Workbook) -> None:
    del book["_meta"]


def with_a_row(book: Workbook) -> None:
    book["Marks"].append(["A9", "Other", "C1", "Need", "…", 3, None, "A reason that says enough to be a reason."])


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (text("E6", "Who needs it in Bow?"), "E-TEMPLATE-003", "Marks!A6"),
        (text("B7", "Our old friends"), "E-TEMPLATE-003", "Marks!A7"),
        (text("C5", "Best answer holds", "Scale"), "E-TEMPLATE-003", "Scale!A5"),
        (text("E5", "What I asked"), "E-TEMPLATE-003", "Marks"),
        (unprotected, "E-TEMPLATE-004", "Marks"),
        (meta("seal", "0" * 64), "E-TEMPLATE-001", "Evaluator"),
        (meta("programme", "OTHER"), "E-TEMPLATE-001", "Evaluator"),
        (meta("version", "0.9"), "E-TEMPLATE-001", "Evaluator"),
        (meta("template", "evaluator-return/0"), "E-TEMPLATE-001", "Evaluator"),
        (text("B3", "E7", "Evaluator"), "E-TEMPLATE-002", "Evaluator!B3"),
        (with_a_row, "E-TEMPLATE-005", "Marks!A14"),
        (without_meta, "E-TEMPLATE-006", ""),
    ],
)  # fmt: skip
def test_what_is_not_as_it_was_issued_is_found_at_its_place(
    home: Path, tmp_path: Path, change: Callable[[Workbook], None], code: str, place: str
) -> None:
    assert found(home, returned(home, tmp_path, change)) == [(code, f"returns/E1.xlsx {place}".strip())]


def test_a_workbook_without_its_scale_is_not_what_was_issued(home: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        del book["Scale"]

    assert found(home, returned(home, tmp_path, change)) == [("E-TEMPLATE-003", "returns/E1.xlsx")]


def test_space_that_a_spreadsheet_program_adds_is_no_change(home: Path, tmp_path: Path) -> None:
    assert found(home, returned(home, tmp_path, text("E6", None))) != []
    book = openpyxl.load_workbook(home / "E1.xlsx")
    asked = book["Marks"]["E6"].value
    assert found(home, returned(home, tmp_path / "again", text("E6", f" {asked}\n"))) == []


def test_a_workbook_that_was_changed_blocks_and_is_not_scored(home: Path, tmp_path: Path) -> None:
    outcome = decided(home, returned(home, tmp_path, meta("seal", "0" * 64)))
    assert outcome.evaluation is None
    assert "E-TEMPLATE-001" in {one.code for one in outcome.findings}


def test_an_unfilled_row_is_found_at_its_cell(home: Path, tmp_path: Path) -> None:
    outcome = decided(home, returned(home, tmp_path, text("F8", None)))
    assert "E-MARK-001" in {one.code for one in outcome.findings if str(one.source) == "returns/E1.xlsx Marks!F8"}


def test_a_workbook_that_was_not_issued_by_us_is_read_as_before(home: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        del book["_meta"]
        book.custom_doc_props.props.clear()
        book["Marks"]["E6"] = "Anything"

    assert found(home, returned(home, tmp_path, change)) == []


def again(home: Path, bids: Path, change: Callable[[Workbook], None] | None, name: str = "E1.v2.xlsx") -> list[str]:
    fill(home / "E1.xlsx", bids / "returns" / name, change)
    return [f"{one.code} {one.source} {one.message}" for one in received(home, bids).findings]


def test_a_later_return_counts_and_the_earlier_one_is_named_with_its_sum(home: Path, tmp_path: Path) -> None:
    bids = returned(home, tmp_path)
    listed = again(home, bids, None)
    assert [line.split()[0] for line in listed] == ["E-RET-010"]
    assert "marks that differ: 0" in listed[0]
    assert "returns/E1.xlsx (SHA-256 " in listed[0]
    marks = received(home, bids).marks
    assert marks is not None
    assert {block.file for block in marks.blocks} == {"returns/E1.v2.xlsx", "returns/E2.xlsx"}


def test_differences_between_returns_are_listed_mark_by_mark(home: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["Marks"]["F7"], book["Marks"]["H7"] = 4, "On reading annex 2 again, the second part is there as well."
        book["Marks"]["F9"] = None

    bids = returned(home, tmp_path)
    listed = again(home, bids, change)
    assert [line.split()[0] for line in listed] == ["E-RET-010", "E-RET-011", "E-RET-011"]
    assert "from 3 to 4" in listed[1]
    assert "from 3 to no mark" in listed[2]


def test_a_mark_that_changed_without_a_new_reason_blocks(home: Path, tmp_path: Path) -> None:
    listed = again(home, returned(home, tmp_path), text("F7", 4))
    assert [line.split()[0] for line in listed] == ["E-RET-010", "E-RET-012"]
    assert "returns/E1.v2.xlsx Marks!F7" in listed[1]


def test_a_mark_whose_row_is_gone_is_told(home: Path, tmp_path: Path) -> None:
    listed = again(home, returned(home, tmp_path), lambda book: book["Marks"].delete_rows(9))
    assert [line.split()[0] for line in listed] == ["E-RET-010", "E-RET-011"]


def test_two_returns_of_one_version_are_a_finding(home: Path, tmp_path: Path) -> None:
    listed = again(home, returned(home, tmp_path), None, "E1 final.xlsx")
    assert [line.split()[0] for line in listed] == ["E-FILE-025"]


def test_the_tenth_version_is_later_than_the_second(home: Path, tmp_path: Path) -> None:
    bids = returned(home, tmp_path)
    fill(home / "E1.xlsx", bids / "returns" / "E1.v2.xlsx", text("F7", 1))
    listed = again(home, bids, None, "E1.v10.xlsx")
    assert listed[0].startswith("E-RET-010 returns/E1.v10.xlsx Evaluator!B3")
    assert "returns/E1.v2.xlsx (SHA-256" in listed[0]
    assert "from 1 to 3" in listed[1]
