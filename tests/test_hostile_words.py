"""What bidders and evaluators write is never more than words: no formula, no link, no markup, in anything written."""

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.workbook import Workbook

from evaluator.cli import main
from tests.unit.cli.panel_on_disk import bids_folder, criteria_folder, fill

NAMES = {
    "O1": '=HYPERLINK("http://x.example","win")',
    "O2": "@SUM(1,1)*cmd|' /C calc'!A0 \u202ecod\u2066 <script>alert(1)</script><img src=x onerror=alert(1)>",
}
TITLE = '+1+1 [click](http://x.example) "onmouseover="alert(1) \u200e\x07'
REASON = '-2+3 <a href="javascript:alert(1)">names the people in need</a> {{ 7*7 }} {% raw %} \u202eno more'
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
MARKUP = (
    "<script>alert",
    "<img src=x",
    '<a href="javascript',
    "href='javascript",
    '" onmouseover="',
    "onerror=alert(1)>",
)


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Do the whole round trip with hostile words, and give every file that was written, those inside bundles too."""
    home = tmp_path_factory.mktemp("home")
    out = home / "out"
    criteria, bids = criteria_folder(home / "criteria"), bids_folder(home / "bids")
    _hostile_register(bids / "register.csv")
    ledger = ("--ledger", out / "ledger.jsonl", "--by", TITLE, "--date", "2026-11-02")
    assert run("issue", criteria, bids, "--out", out / "issued", *ledger).exit_code == 0
    for who in ("E1", "E2"):
        fill(out / "issued" / f"{who}.xlsx", bids / "returns" / f"{who}.xlsx", _hostile_reasons)
    run("progress", criteria, bids, "--out", out / "progress.html")
    run("progress", criteria, bids, "--out", out / "progress.xlsx")
    words = ("--out", out / "moderation.xlsx", "--page", out / "moderation.html")
    assert run("moderate", criteria, bids, *words).exit_code == 0
    _agree(out / "moderation.xlsx", bids / "moderation.xlsx")
    done = run("evaluate", criteria, bids, "--out", out / "run", "--date", "2026-11-02", *ledger[:4])
    assert done.exit_code == 0, done.output
    assert run("ledger", "export", out / "ledger.jsonl", "--out", out / "ledger.xlsx").exit_code == 0
    return sorted(path for path in out.rglob("*") if path.is_file())


def _hostile_register(path: Path) -> None:
    text = path.read_text("utf-8")
    for organisation, name in NAMES.items():
        text = text.replace(f"Name of {organisation}", '"' + name.replace('"', '""') + '"')
    path.write_text(text, "utf-8")


def _hostile_reasons(book: Workbook) -> None:
    sheet = book["Marks"]
    for row in range(6, sheet.max_row + 1):
        sheet[f"H{row}"] = f"{REASON} {sheet[f'A{row}'].value} {sheet[f'C{row}'].value}"
        sheet[f"H{row}"].data_type = "s"


def _agree(blank: Path, filled: Path) -> None:
    book = openpyxl.load_workbook(blank)
    for sheet in book.worksheets[:3]:
        at = {cell.value: cell.column_letter for cell in sheet[9]}
        sheet["B6"], sheet["B7"] = TITLE.replace("\x07", ""), "2026-10-20"
        for row in range(10, sheet.max_row + 1):
            sheet[f"{at['Mark']}{row}"], sheet[f"{at['Reason']}{row}"] = 3, REASON
            sheet[f"{at['Reason']}{row}"].data_type = "s"
    book.save(filled)


def test_every_kind_of_document_was_written(written: list[Path]) -> None:
    kinds = {path.suffix for path in written}
    assert {".html", ".xlsx", ".txt", ".json", ".jsonl", ".zip"} <= kinds
    assert len(written) > 20


def test_no_workbook_holds_a_formula_or_a_link_of_a_bidders_making(written: list[Path]) -> None:
    for path in (path for path in written if path.suffix == ".xlsx"):
        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
                text = str(cell.value)
                assert cell.hyperlink is None, (path, sheet.title, cell.coordinate)
                assert not UNSEEN.search(text), (path, sheet.title, cell.coordinate)
                if cell.data_type == "f":
                    assert "x.example" not in text, (path, sheet.title, cell.coordinate)
                    assert "cmd|" not in text, (path, sheet.title, cell.coordinate)
                    assert not text.startswith(("=-2+3", "=+1")), (path, sheet.title, cell.coordinate)
        with zipfile.ZipFile(path) as archive:
            rels = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".rels"))
        assert b"x.example" not in rels, path


def test_no_page_holds_markup_or_a_hidden_character_of_a_bidders_making(written: list[Path]) -> None:
    for path in (path for path in written if path.suffix == ".html"):
        text = path.read_text("utf-8")
        assert not any(mark in text for mark in MARKUP), (path, [mark for mark in MARKUP if mark in text])
        assert "{{" not in text.replace("{{ 7*7 }}", ""), path
        assert not UNSEEN.search(text), (path, UNSEEN.search(text))


def test_no_text_for_people_holds_a_character_that_turns_it_round(written: list[Path]) -> None:
    for path in (path for path in written if path.suffix in (".txt", ".csv")):
        text = path.read_text("utf-8")
        assert not UNSEEN.search(text), (path, UNSEEN.search(text))


def test_no_csv_file_holds_a_cell_that_a_spreadsheet_program_would_compute(written: list[Path]) -> None:
    for path in (path for path in written if path.suffix == ".csv"):
        for line in path.read_text("utf-8").splitlines():
            assert not re.search(r'(^|,)"?[=@+\t]', line), (path, line[:80])
