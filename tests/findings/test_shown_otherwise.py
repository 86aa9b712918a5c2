"""Folders of bids in which something shows another thing than it holds, through ``evaluate``: no award, and where."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from evaluator.cli import main
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.publication import fingerprint
from evaluator.reporting.papers.bid_form import bid_form
from tests.unit.files.read.xlsx.spoilt_workbooks import with_replaced

ROOT = Path(__file__).resolve().parents[2]
CRITERIA, SAMPLE = ROOT / "criteria" / "minimal_with_price", ROOT / "sample_bids" / "minimal_with_price"
SHEETS = {"register": "Bids", "consensus": "Consensus"}
DECISION = ("Bid", "Matter", "Decision", "Reason", "Ground", "Decided by", "Date")
DECIDED = ("B3", "other", "admit", "Came by post and was scanned; it was whole.", "Rule 3", "A. Person", "2026-10-01")
Change = Callable[[Workbook], None]


def as_workbook(folder: Path, name: str, workbook: str, change: Change) -> None:
    """Turn a CSV file of a folder into a workbook, with numbers as numbers, and change it."""
    path = folder / f"{name}.csv"
    book = openpyxl.Workbook()
    book.active.title = SHEETS[name]
    for row in csv.reader(path.read_text("utf-8").splitlines()):
        book.active.append([float(text) if text.replace(".", "").isdigit() else text for text in row])
    path.unlink()
    change(book)
    book.save(folder / workbook)


def decisions(folder: Path, change: Change) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Decisions"
    for row in (DECISION, DECIDED):
        book.active.append(row)
    change(book)
    book.save(folder / "decisions.xlsx")


def forms(folder: Path, change: Change) -> None:
    """Put bid forms in the place of the register, and change the first."""
    criteria = read_criteria(CRITERIA).criteria
    assert criteria is not None
    (folder / "bids").mkdir()
    blank = workbook_bytes(bid_form(criteria, criteria.themes[0], fingerprint(criteria)))
    for row in csv.DictReader((folder / "register.csv").read_text("utf-8").splitlines()):
        path = folder / "bids" / f"{row['bid']}.xlsx"
        path.write_bytes(blank)
        book = openpyxl.load_workbook(path)
        book["Bid"]["C7"], book["Bid"]["C8"], book["Bid"]["C9"] = row["organisation"], row["organisation"], "Garden"
        book["Prices"]["C5"] = float(row["price"])
        for answer in (5, 6):
            book["Answers"][f"G{answer}"] = "What we will do, with whom, and how often."
        if row["bid"] == "B1":
            change(book)
        book.save(path)
    (folder / "register.csv").unlink()


def evaluated(folder: Path) -> tuple[int, list[dict[str, str]], bool]:
    """Run evaluate; give its exit code, its findings, and whether there is a report of an award."""
    out = folder.parent / "out"
    done = CliRunner().invoke(main, ["evaluate", str(CRITERIA), str(folder), "--out", str(out)])
    findings = json.loads((out / "outcome.json").read_text("utf-8"))["findings"]
    return done.exit_code, findings, (out / "report.html").exists()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "bids"))


def price(shown: str) -> Change:
    def change(book: Workbook) -> None:
        book.active["D2"].number_format = shown

    return change


def struck(book: Workbook) -> None:
    book.active["D2"] = CellRichText(TextBlock(InlineFont(strike=True), "2"), "1500")


def row_hidden(book: Workbook) -> None:
    book["Prices"].row_dimensions[5].hidden = True
    book["Prices"]["B7"] = "Price for the whole work: £21,500"


def twin(title: str, state: str, first: bool) -> Change:
    def change(book: Workbook) -> None:
        copy = book.copy_worksheet(book["Prices"])
        copy["C5"], copy.sheet_state = 15000, state
        copy._WorkbookChild__title = title
        if first:
            book.move_sheet(copy, -len(book.sheetnames))

    return change


def word(cell: str, sheet: str, text: str) -> Change:
    def change(book: Workbook) -> None:
        book[sheet][cell] = text

    return change


def another_decision(book: Workbook) -> None:
    book.active["C2"].number_format = 'General;General;General;"disregard"'


@pytest.mark.parametrize(
    ("spoil", "change", "code", "place"),
    [
        ("register", price('"£19,000"'), "E-CELL-009", "register.xlsx Bids!D2"),
        ("register", price('£#,##0.0,"k"'), "E-CELL-009", "register.xlsx Bids!D2"),
        ("register", price("[$€-2] #,##0"), "E-CELL-009", "register.xlsx Bids!D2"),
        ("register", price('[>20000]"£19,000";0'), "E-CELL-009", "register.xlsx Bids!D2"),
        ("register", struck, "E-CELL-010", "register.xlsx Bids!D2"),
        ("forms", row_hidden, "E-CELL-006", "bids/B1.xlsx Prices!5"),
        ("forms", twin("Prices ", "hidden", first=True), "E-FILE-027", "bids/B1.xlsx "),
        ("forms", twin("Pri\u0441es", "visible", first=False), "E-FILE-027", "bids/B1.xlsx "),
        ("forms", word("C4", "Prices", "Price (€)"), "E-FORM-008", "bids/B1.xlsx Prices!C4"),
        ("forms", word("C6", "Answers", "What would you like to do?"), "E-FORM-008", "bids/B1.xlsx Answers!C6"),
        ("forms", word("A2", "Prices", "In thousands of pounds."), "E-FORM-008", "bids/B1.xlsx Prices!A2"),
        ("decisions", another_decision, "E-CELL-009", "decisions.xlsx Decisions!C2"),
    ],
)  # fmt: skip
def test_what_shows_otherwise_stops_the_award_at_its_place(
    folder: Path, spoil: str, change: Change, code: str, place: str
) -> None:
    if spoil == "register":
        as_workbook(folder, "register", "register.xlsx", change)
    else:
        {"forms": forms, "decisions": decisions}[spoil](folder, change)
    exit_code, findings, award = evaluated(folder)
    blocking = [one for one in findings if one["severity"] != "note"]
    assert [one["code"] for one in blocking] == [code]
    sheet = f"{blocking[0]['sheet']}!{blocking[0]['cell']}" if blocking[0]["sheet"] else ""
    assert f"{blocking[0]['file']} {sheet}" == place
    assert (exit_code, award) == (1, False)


def test_a_locked_word_that_was_changed_is_quoted_beside_the_one_that_was_issued(folder: Path) -> None:
    forms(folder, word("C4", "Prices", "Price (€)"))
    (found,) = [one for one in evaluated(folder)[1] if one["code"] == "E-FORM-008"]
    assert "says “Price (€)”; the form that was published says “Price (£)”" in found["message"]


def test_many_changed_words_of_one_sheet_are_one_finding(folder: Path) -> None:
    def change(book: Workbook) -> None:
        for column in "BCDEF":
            book["Answers"][f"{column}5"] = "x"

    forms(folder, change)
    (found,) = [one for one in evaluated(folder)[1] if one["severity"] != "note"]
    assert (found["code"], found["cell"]) == ("E-FORM-008", "B5")
    assert "So are 4 others: C5, D5, E5, F5." in found["message"]


def test_an_array_formula_in_a_heading_spills_over_no_mark(folder: Path) -> None:
    def change(book: Workbook) -> None:
        book.active["C1"] = ArrayFormula("C1:C2", '_xlfn.VSTACK("Mark",RANDBETWEEN(1,5))')

    as_workbook(folder, "consensus", "moderation.xlsx", change)
    part = "xl/worksheets/sheet1.xml"
    old = b'<c r="C1"><f t="array" ref="C1:C2">xlfn.VSTACK("Mark",RANDBETWEEN(1,5))</f><v></v></c>'
    new = old.replace(b"<v></v>", b"<v>Mark</v>").replace(b'r="C1"', b'r="C1" t="str"', 1)
    with_replaced(folder / "moderation.xlsx", part, old, new)
    exit_code, findings, award = evaluated(folder)
    blocking = [one for one in findings if one["severity"] != "note"]
    assert [(one["code"], one["sheet"], one["cell"]) for one in blocking] == [("E-CELL-020", "Consensus", "C1")]
    assert (exit_code, award) == (1, False)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("B1,main,Lantern", 'B1,main,"Lantern', "the quotation mark in line 2 is never closed"),
        ("B2,main,Otter", 'B2,"main,Otter', "the quotation mark in line 3 is never closed"),
        ("B2,main,", 'B2,"main"x,', "in line 3 something stands after a quotation mark that closes a cell"),
    ],
)
def test_a_quotation_mark_that_swallows_rows_is_told_with_the_line_in_which_it_was_opened(
    folder: Path, old: str, new: str, words: str
) -> None:
    path = folder / "register.csv"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    exit_code, findings, award = evaluated(folder)
    assert [one["code"] for one in findings if one["severity"] != "note"] == ["E-FILE-032"]
    assert words in findings[0]["message"]
    assert (exit_code, award) == (1, False)


def test_forms_as_they_were_filled_in_lead_to_the_award_of_the_register(folder: Path) -> None:
    forms(folder, lambda _: None)
    exit_code, findings, award = evaluated(folder)
    assert [one["code"] for one in findings if one["severity"] != "note"] == []
    assert (exit_code, award) == (0, True)


def told_of_forms(folder: Path, change: Change) -> list[str]:
    forms(folder, change)
    code, findings, award = evaluated(folder)
    assert code == 1
    assert not award
    return [f"{one['code']} {one['file']} {one['sheet']} {one['cell']}".strip() for one in findings]


def test_a_form_that_lost_its_hidden_sheet_is_told_of_in_one_line(folder: Path) -> None:
    assert told_of_forms(folder, lambda book: book.remove(book["_meta"])) == ["E-FORM-001 bids/B1.xlsx"]


def test_a_column_that_was_put_into_a_form_is_told_of_in_one_line(folder: Path) -> None:
    assert told_of_forms(folder, lambda book: book["Prices"].insert_cols(3)) == ["E-FORM-008 bids/B1.xlsx Prices C4"]


def award_and_faults(folder: Path) -> tuple[bool, list[str]]:
    _, findings, award = evaluated(folder)
    return award, [one["code"] for one in findings if one["severity"] != "note"]


def test_a_form_in_capitals_is_read_and_its_bid_not_left_out(folder: Path) -> None:
    forms(folder, lambda _: None)
    (folder / "bids" / "B4.xlsx").rename(folder / "bids" / "B4.XLSX")
    assert award_and_faults(folder) == (True, [])


@pytest.mark.parametrize("ending", [".xls", ".pdf", ".docx", ".xlsm"])
def test_a_bid_form_of_another_kind_stands_in_the_way_of_an_award_and_is_one_line(folder: Path, ending: str) -> None:
    forms(folder, lambda _: None)
    (folder / "bids" / "B4.xlsx").rename(folder / "bids" / f"B4{ending}")
    code, findings, award = evaluated(folder)
    assert [(one["code"], one["file"]) for one in findings] == [("E-FILE-004", f"bids/B4{ending}")]
    assert (code, award) == (1, False)


def test_papers_that_lie_in_bids_beside_a_register_stand_in_the_way_of_nothing(folder: Path) -> None:
    (folder / "bids").mkdir()
    (folder / "bids" / "B4.pdf").write_bytes(b"%PDF-1.7")
    assert award_and_faults(folder) == (True, [])


def test_a_second_copy_of_a_form_names_the_first(folder: Path) -> None:
    forms(folder, lambda _: None)
    shutil.copy(folder / "bids" / "B1.xlsx", folder / "bids" / "B1 (1).xlsx")
    code, findings, _ = evaluated(folder)
    assert (code, [one["code"] for one in findings]) == (1, ["E-REG-004"])
    assert {findings[0]["file"], findings[0]["message"].split(" is ")[-1].split(" Bid!")[0].rstrip(".")} == {
        "bids/B1.xlsx",
        "bids/B1 (1).xlsx",
    }


def test_a_price_of_five_thousand_digits_in_a_register_is_a_finding_at_its_cell(folder: Path) -> None:
    path = folder / "register.csv"
    rows = [line.split(",") for line in path.read_text("utf-8").splitlines()]
    rows[1][rows[0].index("price")] = "9" * 5_000
    path.write_text("".join(",".join(row) + "\n" for row in rows), "utf-8")
    code, findings, award = evaluated(folder)
    assert (code, award) == (1, False)
    assert [(one["code"], one["cell"]) for one in findings] == [("E-PRICE-002", "D2")]
    assert len(findings[0]["message"]) < 300


def test_a_csv_file_of_more_columns_than_any_table_is_not_read_column_by_column(folder: Path) -> None:
    path = folder / "register.csv"
    path.write_text(path.read_text("utf-8").replace("\n", "," * 5_000 + "\n"), "utf-8")
    code, findings, _ = evaluated(folder)
    assert (code, [one["code"] for one in findings]) == (1, ["E-FILE-032"])
