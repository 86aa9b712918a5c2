"""Who has returned what, and what is missing: on the screen, as a page, as a workbook and for machines."""

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.workbook import Workbook

from evaluator.cli import main
from tests.unit.cli.panel_on_disk import bids_folder, criteria_folder, fill


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Issue two workbooks; the first comes back half filled in, the second not at all."""
    made = tmp_path_factory.mktemp("home")
    criteria, bids = criteria_folder(made / "criteria"), bids_folder(made / "bids")
    assert run("issue", criteria, bids, "--out", made / "out", "--seed", 5).exit_code == 0

    def half(book: Workbook) -> None:
        for row in range(10, 14):
            book["Marks"][f"F{row}"] = book["Marks"][f"H{row}"] = None

    fill(made / "out" / "E1.xlsx", bids / "returns" / "E1.xlsx", half)
    return made


def document(home: Path) -> dict[str, list[dict[str, object]]]:
    made: dict[str, list[dict[str, object]]] = json.loads(
        run("progress", home / "criteria", home / "bids", "--json").stdout
    )
    return made


def test_what_is_missing_is_counted_for_each_evaluator_and_each_panel(home: Path) -> None:
    told = document(home)
    first, second = told["evaluators"]
    assert (first["state"], first["marked"], first["answers"]) == ("part returned", 4, 8)
    assert (second["state"], second["marked"], second["answers"]) == ("nothing returned", 0, 8)
    missing = first["missing"]
    assert isinstance(missing, list)
    assert sum(len(one["questions"]) for one in missing) == 4
    assert [one["enough"] for one in told["panels"]] == [0, 0, 0]


def test_the_screen_shows_a_table_and_ends_with_one_while_anything_is_missing(home: Path) -> None:
    shown = run("progress", home / "criteria", home / "bids")
    assert shown.exit_code == 1
    assert "E1         E1    part returned     4       8" in shown.stdout
    assert "The north: 0 of 4 answers have enough marks" in shown.stdout
    assert "E1 lacks" in shown.stdout


def test_a_page_and_a_workbook_hold_the_same(home: Path, tmp_path: Path) -> None:
    assert run("progress", home / "criteria", home / "bids", "--out", tmp_path / "p.html").exit_code == 1
    page = (tmp_path / "p.html").read_text("utf-8")
    assert "0 of 2 evaluators have returned everything" in page
    assert "E-RET-003" not in page
    assert "part returned" in page
    run("progress", home / "criteria", home / "bids", "--out", tmp_path / "p.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx")["Evaluators"]
    assert [cell.value for cell in sheet[4]][:5] == ["E1", "E1", "part returned", 4, 8]
    assert run("progress", home / "criteria", home / "bids", "--out", tmp_path / "p.txt").exit_code == 2


def test_when_everything_is_in_it_says_so_and_ends_with_nought(home: Path, tmp_path: Path) -> None:
    bids = bids_folder(tmp_path / "bids")
    for who in ("E1", "E2"):
        fill(home / "out" / f"{who}.xlsx", bids / "returns" / f"{who}.xlsx")
    shown = run("progress", home / "criteria", bids)
    assert shown.exit_code == 0
    assert shown.stdout.count("complete") == 2
    assert "What organisations answer once: 2 of 2 answers have enough marks" in shown.stdout


def test_a_mark_off_the_scale_is_not_counted_as_marked(home: Path, tmp_path: Path) -> None:
    bids = bids_folder(tmp_path / "bids")

    def nine(book: Workbook) -> None:
        book["Marks"]["F6"] = 9

    fill(home / "out" / "E1.xlsx", bids / "returns" / "E1.xlsx", nine)
    told = json.loads(run("progress", home / "criteria", bids, "--json").stdout)
    assert (told["evaluators"][0]["marked"], told["evaluators"][0]["to_be_mended"]) == (7, 1)


@pytest.mark.parametrize(("sheet", "cell"), [("Marks", "F5"), ("Evaluator", "B3")])
def test_a_workbook_that_came_back_and_cannot_be_read_is_not_nothing(
    home: Path, tmp_path: Path, sheet: str, cell: str
) -> None:
    """A heading that somebody changed, or a name that somebody deleted: the officer is not to ask for it again."""
    bids = bids_folder(tmp_path / "bids")

    def spoil(book: Workbook) -> None:
        book[sheet][cell] = None

    fill(home / "out" / "E1.xlsx", bids / "returns" / "E1.xlsx", spoil)
    told = json.loads(run("progress", home / "criteria", bids, "--json").stdout)["evaluators"][0]
    assert (told["state"], told["file"], told["to_be_mended"]) == ("to be mended", "returns/E1.xlsx", 1)


def test_without_a_register_there_is_no_progress_but_a_finding(home: Path, tmp_path: Path) -> None:
    (tmp_path / "bids").mkdir()
    shown = run("progress", home / "criteria", tmp_path / "bids")
    assert shown.exit_code == 1
    assert "E-REG-001" in shown.stdout
