"""The whole round trip as an officer does it, with every workbook opened and saved by LibreOffice on its way."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from tests.office import recalculate
from tests.unit.cli.panel_on_disk import bids_folder, criteria_folder, fill

AGREED = "Both found the people named with figures; nothing shows what they think themselves."


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Issue, fill and return through LibreOffice; moderate; agree and return through LibreOffice."""
    made = tmp_path_factory.mktemp("home")
    criteria, bids = criteria_folder(made / "criteria"), bids_folder(made / "bids")
    assert run("issue", criteria, bids, "--out", made / "out", "--seed", 5).exit_code == 0
    filled = [fill(made / "out" / f"{who}.xlsx", made / "filled" / f"{who}.xlsx") for who in ("E1", "E2")]
    (bids / "returns").mkdir()
    for path in recalculate(*filled):
        shutil.copy(path, bids / "returns" / path.name)
    assert run("moderate", criteria, bids, "--out", made / "blank.xlsx").exit_code == 0
    book = openpyxl.load_workbook(made / "blank.xlsx")
    for sheet in book.worksheets[:3]:
        at = {cell.value: cell.column_letter for cell in sheet[9]}
        sheet["B6"], sheet["B7"] = "A. Chair, E1, E2", "20 October 2026"
        for row in range(10, sheet.max_row + 1):
            sheet[f"{at['Mark']}{row}"], sheet[f"{at['Reason']}{row}"] = 3, AGREED
    book.save(made / "filled" / "moderation.xlsx")
    (path,) = recalculate(made / "filled" / "moderation.xlsx")
    shutil.copy(path, bids / "moderation.xlsx")
    return made


def test_what_comes_back_through_libreoffice_is_read_without_a_finding(home: Path) -> None:
    criteria = read_criteria(home / "criteria").criteria
    assert criteria is not None
    received = read_bids(home / "bids", criteria)
    assert [str(one) for one in received.findings] == []
    assert received.marks is not None
    assert received.consensus is not None
    assert (len(received.marks), len(received.consensus)) == (16, 8)
    assert [one.evaluator for one in received.issued if one.file.startswith("returns/")] == ["E1", "E2"]


def test_the_round_trip_ends_with_scores(home: Path, tmp_path: Path) -> None:
    found = run("evaluate", home / "criteria", home / "bids", "--out", tmp_path / "run", "--json")
    assert found.exit_code == 0, found.output
    outcome = json.loads(found.stdout)
    assert [one["code"] for one in outcome["findings"]] == ["E-CONS-020"]  # nobody wrote the bidders' own reasons
    assert [bid["total"] for theme in outcome["themes"] for bid in theme["bids"]] == ["75.00"] * 3


def test_the_live_formulas_count_and_word_what_was_filled_in(home: Path) -> None:
    sheet = openpyxl.load_workbook(home / "bids" / "returns" / "E1.xlsx", data_only=True)["Marks"]
    assert sheet["B3"].value == "8 of 8"
    assert {sheet[f"I{row}"].value for row in range(6, 14)} == {"done"}
    assert {sheet[f"G{row}"].value for row in range(6, 14)} == {"Most parts are there with specific detail."}
    agreed = openpyxl.load_workbook(home / "bids" / "moderation.xlsx", data_only=True)["Consensus north"]
    assert agreed["B3"].value == "4 of 4"


def test_an_unfilled_workbook_says_what_is_to_do(home: Path) -> None:
    def half(book: openpyxl.Workbook) -> None:
        sheet = book["Marks"]
        sheet["F6"], sheet["H7"], sheet["H8"], sheet["F9"], sheet["H9"] = None, "Short.", "x" * 2_001, None, None

    path = fill(home / "out" / "E1.xlsx", home / "half" / "E1.xlsx", half)
    (done,) = recalculate(path)
    sheet = openpyxl.load_workbook(done, data_only=True)["Marks"]
    states = [sheet[f"I{row}"].value for row in range(6, 11)]
    assert states == ["mark missing", "reason too short", "reason too long", "to do", "done"]
    assert sheet["B3"].value == "4 of 8"


def test_a_changed_question_is_found_after_libreoffice_too(home: Path) -> None:
    path = fill(home / "out" / "E1.xlsx", home / "changed" / "E1.xlsx", lambda book: _ask(book))
    (done,) = recalculate(path)
    bids = bids_folder(home / "changed" / "bids")
    (bids / "returns").mkdir()
    shutil.copy(done, bids / "returns" / "E1.xlsx")
    criteria = read_criteria(home / "criteria").criteria
    assert criteria is not None
    found = [(one.code, str(one.source)) for one in read_bids(bids, criteria).findings]
    assert found == [("E-TEMPLATE-003", "returns/E1.xlsx Marks!A6")]


def _ask(book: openpyxl.Workbook) -> None:
    book["Marks"]["E6"] = "Another question?"
