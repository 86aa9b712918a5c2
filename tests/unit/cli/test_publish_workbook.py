"""Publishing from the workbook: what is accepted and what changed stands on its sheets; no TOML word is told."""

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs.publication import criteria_workbook
from tests.unit.cli.test_publish import SAMPLE

ACCEPTED = ("E-CRIT-715", "", "A. Lawyer, head of legal services", "Asked of the service.", "20/08/2026")
VERSION = (
    *("1.1", "1 October 2026", "1.0", "The first question asks for evidence.", "Bidders asked what was meant."),
    *("Procurement Act 2023, section 24, as the notice said.", "A message to every registered bidder."),
)


def run(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False)


def row_of(sheet, text, column="A"):
    return next(row for row in range(1, 200) if sheet[f"{column}{row}"].value == text)


def fill_in(path, *changes):
    book = openpyxl.load_workbook(path)
    for change in changes:
        change(book)
    book.save(path)


def ask_of_price(book):
    sheet = book["Theme main"]
    sheet[f"C{questions(sheet)}"] = "What need will you meet at your price?"


def questions(sheet):
    """Give the row of the theme's first own question."""
    return row_of(sheet, "The theme's own questions") + 2


def write(sheet, *texts, row=6):
    def change(book):
        for column, text in enumerate(texts, 1):
            book[sheet].cell(row, column).value = text

    return change


def version(text):
    def change(book):
        sheet = book["Programme"]
        sheet[f"C{row_of(sheet, 'version')}"] = text

    return change


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "criteria.xlsx"
    path.write_bytes(criteria_workbook(read_criteria(SAMPLE).criteria, path.name)[0])
    return path


def place_of(code, output):
    """Give the cell that a finding is told at."""
    line = next(one for one in output.splitlines() if code in one)
    return line.split(f": {code}")[0]


def test_a_finding_is_accepted_on_the_sheet_by_the_place_that_is_told(book):
    fill_in(book, ask_of_price)
    refused = run("publish", book, "--date", "2026-09-01")
    assert refused.exit_code == 1
    assert "let a named person accept it in the sheet Accepted" in refused.output
    place = place_of("E-CRIT-715", refused.output)
    assert place.startswith("criteria.xlsx Theme main!C")
    for shown in (place, place.removeprefix("criteria.xlsx ")):
        fill_in(book, write("Accepted", ACCEPTED[0], shown, *ACCEPTED[2:]))
        assert "E-CRIT-715: " in run("check", book).output
    done = run("publish", book, "--date", "2026-09-01")
    assert done.exit_code == 0, done.output
    (sealed,) = json.loads((book.parent / "seal.json").read_bytes())["accepted"]
    assert (sealed["code"], sealed["place"], sealed["date"]) == ("E-CRIT-715", place, "2026-08-20")


@pytest.mark.parametrize(
    ("at", "text", "code"),
    [
        (3, " ", "E-PUBLISH-002"),
        (4, None, "E-PUBLISH-002"),
        (5, "31/04/2026", "E-PUBLISH-002"),
        (1, "E-CRIT-101", "E-PUBLISH-004"),
    ],
)
def test_an_acceptance_that_is_not_whole_is_found_at_its_row(book, at, text, code):
    fill_in(book, ask_of_price)
    place = place_of("E-CRIT-715", run("publish", book, "--date", "2026-09-01").output)
    row = [ACCEPTED[0], place, *ACCEPTED[2:]]
    row[at - 1] = text
    fill_in(book, write("Accepted", *row))
    refused = run("publish", book, "--date", "2026-09-01")
    found = run("check", book).output if code == "E-PUBLISH-004" else refused.output
    assert refused.exit_code == 1
    assert code in found
    assert ".toml" not in refused.output + found


def test_what_nobody_can_accept_stays(book):
    def unbalance(opened):
        sheet = opened["Theme main"]
        sheet[f"D{row_of(sheet, 'price')}"] = "99"

    fill_in(book, unbalance)
    place = place_of("E-CRIT-101", run("publish", book, "--date", "2026-09-01").output)
    fill_in(book, write("Accepted", "E-CRIT-101", place, *ACCEPTED[2:]))
    assert "E-PUBLISH-003" in run("publish", book, "--date", "2026-09-01").output


def test_a_new_version_says_on_its_sheet_what_changed(book):
    assert run("publish", book, "--date", "2026-09-01").exit_code == 0
    first = json.loads((book.parent / "seal.json").read_bytes())["sha256"]
    fill_in(book, version("1.1"))
    refused = run("publish", book, "--date", "2026-10-01")
    assert refused.exit_code == 1
    assert "criteria.xlsx Versions: E-PUBLISH-005" in refused.output
    assert ".toml" not in refused.output
    fill_in(book, write("Versions", *VERSION))
    done = run("publish", book, "--date", "2026-10-01")
    assert done.exit_code == 0, done.output
    seal = json.loads((book.parent / "seal.json").read_bytes())
    assert (seal["changed"]["date"], seal["earlier"][0]["sha256"]) == ("2026-10-01", first)


def test_a_version_that_says_too_little_is_told_by_the_labels(book):
    assert run("publish", book, "--date", "2026-09-01").exit_code == 0
    fill_in(book, version("1.1"), write("Versions", *VERSION[:4], " ", *VERSION[5:]))
    refused = run("publish", book, "--date", "2026-10-01")
    assert "E-PUBLISH" in refused.output
    assert "“Why”" in refused.output


def test_the_seal_of_another_programme_in_the_same_folder_is_not_written_over(book, tmp_path):
    assert run("publish", book, "--date", "2026-09-01").exit_code == 0
    other = tmp_path / "other.xlsx"
    other.write_bytes(criteria_workbook(read_criteria(Path(SAMPLE).with_name("minimal")).criteria, other.name)[0])
    before = (tmp_path / "seal.json").read_bytes()
    refused = run("publish", other, "--date", "2026-09-01")
    assert refused.exit_code == 2
    assert "Keep the workbook of each programme in a folder of its own." in refused.output
    assert (tmp_path / "seal.json").read_bytes() == before


def test_a_method_is_chosen_from_the_list_by_its_plain_words(book):
    def choose(opened):
        sheet = opened["Price"]
        sheet[f"C{row_of(sheet, 'method')}"] = opened["Lists"]["A1"].value

    fill_in(book, choose)
    assert read_criteria(book).criteria.price.method == "lowest_price_ratio"


def test_acceptances_in_a_file_beside_the_workbook_are_a_finding(book):
    (book.parent / "accepted.toml").write_text("", "utf-8")
    assert "E-PROG-010" in run("publish", book, "--date", "2026-09-01").output
