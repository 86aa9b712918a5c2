"""Publishing: what stands in the way, what people accept, new versions, and bid forms that go out and come back."""

import json
from pathlib import Path
from shutil import copytree

import openpyxl
import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.files.read.bids.folder import bids_in, read_before_marking, unread_files
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.publication import fingerprint
from evaluator.records.submissions.bid_form import ANSWERS, BID_SHEET, CONDITIONS, HEADING_ROW, PRICES

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "criteria" / "minimal_with_price"
QUESTION = "How does your turnover show that you can do this?"
ACCEPTED = """
[[accepted]]
code = "E-CRIT-715"
place = "themes/main.toml question[1].text"
person = "A. Lawyer, head of legal services"
reason = "Asked of the service, not of the price that is scored."
date = "2026-08-20"
"""
VERSION = """
[[version]]
version = "1.1"
date = "2026-10-01"
replaces = "1.0"
what = "The first question asks for evidence."
why = "Bidders asked what was meant."
legal_footing = "Procurement Act 2023, section 24, as the notice said."
told = "A message to every registered bidder and a change notice, both on 1 October 2026."
"""


@pytest.fixture
def folder(tmp_path):
    copytree(SAMPLE, tmp_path / "criteria")
    (tmp_path / "criteria" / "seal.json").unlink()
    return tmp_path / "criteria"


def run(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments])


def change(folder, old, new, name="themes/main.toml"):
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_publish_writes_the_seal_the_appendix_in_three_forms_and_a_form_for_each_theme(folder, tmp_path):
    done = run("publish", folder, "--date", "2026-09-01", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "bid-form-main.xlsx",
        "evaluation-appendix.docx",
        "evaluation-appendix.html",
        "evaluation-appendix.pdf",
        "seal.json",
        "tender.json",
    ]
    assert (tmp_path / "out/seal.json").read_bytes() == (folder / "seal.json").read_bytes()
    again = run("publish", folder, "--date", "2026-09-09", "--out", tmp_path / "out")
    assert again.exit_code == 0
    assert "sealed on 2026-09-01 already" in again.output


def test_a_finding_that_blocks_can_be_accepted_by_a_named_person_and_is_printed_ever_after(folder, tmp_path):
    change(folder, "What need will you meet, and how do you know of it?", "What need will you meet at your price?")
    refused = run("publish", folder, "--date", "2026-09-01", "--out", tmp_path / "out")
    assert refused.exit_code == 1
    assert "E-CRIT-715" in refused.output
    assert not (tmp_path / "out").exists()
    assert not (folder / "seal.json").exists()
    (folder / "accepted.toml").write_text(ACCEPTED, "utf-8")
    assert run("check", folder).exit_code == 0
    done = run("publish", folder, "--date", "2026-09-01", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    (accepted,) = json.loads((folder / "seal.json").read_text("utf-8"))["accepted"]
    assert accepted["person"] == "A. Lawyer, head of legal services"
    assert "price" in accepted["message"]
    assert "A. Lawyer" in (tmp_path / "out/evaluation-appendix.html").read_text("utf-8")
    assert read_criteria(folder).seal.sha256 == fingerprint(read_criteria(folder).criteria)


def test_the_review_sheet_has_every_finding_and_room_for_an_answer(folder, tmp_path):
    change(folder, "What need will you meet, and how do you know of it?", "What need will you meet at your price?")
    change(folder, 'regime = "below_threshold"', 'regime = "pa2023"', "programme.toml")  # and no gate on exclusions
    assert run("check", folder, "--out", tmp_path / "out").exit_code == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["review.docx", "review.html", "review.xlsx"]
    html = (tmp_path / "out/review.html").read_text("utf-8")
    assert "E-CRIT-715" in html
    assert 'aria-label="Your answer to E-CRIT-715 at themes/main.toml question[1].text"' in html
    sheet = openpyxl.load_workbook(tmp_path / "out/review.xlsx")["Review"]
    (heading,) = [row for row in sheet.iter_rows(values_only=True) if row[0] == "Code"]
    assert heading[-1] == "Reviewer’s answer"
    assert {row[0] for row in sheet.iter_rows(values_only=True)} >= {"E-CRIT-715", "E-CRIT-316"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('person = "A. Lawyer, head of legal services"', 'person = " "', "E-PUBLISH-002"),
        ('reason = "Asked of the service, not of the price that is scored."', 'reason = ""', "E-PUBLISH-002"),
        ('date = "2026-08-20"', 'date = "soon"', "E-PUBLISH-002"),
        ("E-CRIT-715", "E-CRIT-101", "E-PUBLISH-004"),
        ("reason =", "reasons =", "E-PUBLISH-001"),
    ],
)
def test_an_acceptance_that_is_not_whole_accepts_nothing(folder, old, new, code):
    change(folder, "What need will you meet, and how do you know of it?", "What need will you meet at your price?")
    (folder / "accepted.toml").write_text(ACCEPTED.replace(old, new), "utf-8")
    done = run("check", folder)
    assert done.exit_code == 1
    assert code in done.output
    assert run("publish", folder, "--date", "2026-09-01").exit_code == 1


def test_nobody_can_accept_weights_that_do_not_add_up(folder):
    change(folder, 'price = "30"', 'price = "29"')
    words = ACCEPTED.replace("E-CRIT-715", "E-CRIT-101").replace("question[1].text", "weights")
    (folder / "accepted.toml").write_text(words, "utf-8")
    done = run("publish", folder, "--date", "2026-09-01")
    assert done.exit_code == 1
    assert "E-PUBLISH-003" in done.output
    assert "E-CRIT-101" in done.output


def second_version(folder):
    assert run("publish", folder, "--date", "2026-09-01").exit_code == 0
    change(folder, 'version = "1.0"', 'version = "1.1"', "programme.toml")
    change(folder, "and how do you know of it?", "and what shows it?")


def test_a_new_version_says_what_changed_why_by_what_right_and_who_was_told(folder, tmp_path):
    second_version(folder)
    refused = run("publish", folder, "--date", "2026-10-01")
    assert refused.exit_code == 1
    assert "E-PUBLISH-005" in refused.output
    (folder / "versions.toml").write_text(VERSION, "utf-8")
    done = run("publish", folder, "--date", "2026-10-01", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    sealed = read_criteria(folder).seal
    assert [one.version for one in sealed.earlier] == ["1.0"]
    assert sealed.changed.why == "Bidders asked what was meant."
    assert "Bidders asked what was meant." in (tmp_path / "out/evaluation-appendix.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "date", "code"),
    [
        ('why = "Bidders asked what was meant."', 'why = ""', "2026-10-01", "E-PUBLISH-006"),
        ('replaces = "1.0"', 'replaces = "0.9"', "2026-10-01", "E-PUBLISH-006"),
        ("told =", "tell =", "2026-10-01", "E-PUBLISH-001"),
        ("1.1", "1.1", "2026-08-31", "E-PUBLISH-007"),
    ],
)
def test_a_record_of_a_version_that_is_not_whole_stands_in_the_way(folder, old, new, date, code):
    second_version(folder)
    (folder / "versions.toml").write_text(VERSION.replace(old, new), "utf-8")
    done = run("publish", folder, "--date", date)
    assert done.exit_code == 1
    assert code in done.output
    assert read_criteria(folder).seal.version == "1.0"


PROCUREMENT = """
[procurement]
procedure = "open"
estimated_value = "1000000"
first_act = "tender_notice"
first_act_date = 2026-08-31
tenders_close = 2026-10-05T12:00:00
standstill = 8
"""


ORDER = """
[[allocation.rule]]
id = "M1"
kind = "merit_order"
title = "Down the ranking"
theme = "*"
source = "ITT 9"
"""


def under_the_act(folder):
    change(folder, "below_threshold", "pa2023_light_touch", "programme.toml")
    path = folder / "programme.toml"
    path.write_text(path.read_text("utf-8") + ORDER + PROCUREMENT, "utf-8")


def test_what_a_change_before_the_deadline_asks_is_said_when_it_is_sealed(folder):
    under_the_act(folder)
    second_version(folder)
    assert read_criteria(folder).seal.tenders_close == "2026-10-05T12:00"
    (folder / "versions.toml").write_text(VERSION.replace("section 24, as the notice said", "section 31"), "utf-8")
    done = run("publish", folder, "--date", "2026-10-05")
    assert done.exit_code == 0, done.output
    assert "E-PUBLISH-009" in done.output
    assert "every participating supplier is told (31(2))" in done.output


def test_after_the_deadline_nothing_is_sealed_even_if_the_new_version_moves_it(folder):
    under_the_act(folder)
    second_version(folder)
    change(folder, "2026-10-05T12:00:00", "2026-12-05T12:00:00", "programme.toml")
    (folder / "versions.toml").write_text(VERSION.replace("section 24, as the notice said", "section 31"), "utf-8")
    done = run("publish", folder, "--date", "2026-10-06")
    assert done.exit_code == 1
    assert "E-PUBLISH-008" in done.output
    assert "12:00 on 5 October 2026" in done.output
    assert read_criteria(folder).seal.version == "1.0"


@pytest.mark.parametrize("day", ["2026-02-29", "31/09/2026", "01/09/26", "09/31/2026", "soon"])
def test_a_day_that_does_not_exist_is_refused_in_an_option(folder, day):
    refused = run("publish", folder, "--date", day)
    assert refused.exit_code == 2
    assert f"{day} is not a day that exists." in refused.output


def test_a_day_in_an_option_may_be_written_with_the_day_first(folder):
    assert run("publish", folder, "--date", "01/09/2026").exit_code == 0
    assert read_criteria(folder).seal.date == "2026-09-01"


@pytest.fixture
def forms(folder, tmp_path):
    """Publish, and fill in two of the forms as bidders do."""
    assert run("publish", folder, "--date", "2026-09-01", "--out", tmp_path / "out").exit_code == 0
    for number, price in ((1, 20_000), (2, "25,000.50")):
        fill(tmp_path / "out/bid-form-main.xlsx", tmp_path / f"bids/bids/B00{number}.xlsx", {"price": price})
    return tmp_path / "bids"


def fill(blank, path, prices, **bid):
    book = openpyxl.load_workbook(blank)
    said = {"organisation": path.stem.replace("B", "ORG"), "name": f"Organisation of {path.stem}", **bid}
    for sheet, letter, values in ((BID_SHEET, "C", said), (PRICES, "C", prices)):
        for row in range(HEADING_ROW + 1, book[sheet].max_row + 1):
            if book[sheet][f"A{row}"].value in values:
                book[sheet][f"{letter}{row}"] = values[book[sheet][f"A{row}"].value]
    for row in range(HEADING_ROW + 1, book[ANSWERS].max_row + 1):
        book[ANSWERS][f"G{row}"] = "We meet the need of the people of the north."
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def received(folder, bids):
    return read_before_marking(bids, read_criteria(folder).criteria)


def test_forms_that_come_back_make_the_register_with_each_value_at_its_cell(folder, forms):
    read = received(folder, forms)
    assert read.findings == ()
    table = read.register
    assert list(table.columns["bid"]) == ["B001", "B002"]
    assert list(table.columns["theme"]) == ["main", "main"]
    assert list(table.columns["organisation"]) == ["ORG001", "ORG002"]
    assert list(table.columns["price"]) == ["20000", "25,000.50"]
    assert str(table.source(1, "price")) == "bids/B002.xlsx Prices!C5"
    assert str(table.source(0, "organisation")) == "bids/B001.xlsx Bid!C7"
    assert bids_in(forms).names == ("bids/B001.xlsx", "bids/B002.xlsx")
    assert unread_files(bids_in(forms)) == ()


def test_how_a_bidder_is_reached_comes_with_its_form_and_an_earlier_form_need_not_say_it(folder, forms, tmp_path):
    reached = {"address": "1 Made-up Street", "email": "bids@org.example", "identifier": "GB-MADE-UP-3"}
    fill(tmp_path / "out/bid-form-main.xlsx", forms / "bids/B003.xlsx", {"price": 30_000}, **reached)
    book = openpyxl.load_workbook(forms / "bids/B001.xlsx")
    sheet = book[BID_SHEET]
    sheet.delete_rows(next(row for row in range(1, sheet.max_row + 1) if sheet[f"A{row}"].value == "address"), 3)
    book.save(forms / "bids/B001.xlsx")
    read = received(folder, forms)
    assert read.register is not None
    assert [read.register.columns[key][2] for key in reached] == [*reached.values()]
    assert read.register.columns["address"][0] == ""
    assert [one.code for one in read.findings if one.source.file == "bids/B001.xlsx"] == []


def test_a_register_beside_forms_is_told_of(folder, forms):
    (forms / "register.csv").write_text("bid,theme,organisation,price\nB9,main,O9,10\n", "utf-8")
    assert "E-FILE-002" in {one.code for one in received(folder, forms).findings}


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "code"),
    [
        (PRICES, "C5", "=1+1", "E-CELL-001"),
        (BID_SHEET, "C6", "digital", "E-FORM-003"),
        (PRICES, "A5", None, "E-FORM-005"),
        (PRICES, "A7", "price", "E-FORM-005"),
        ("_meta", "B1", "something", "E-FORM-001"),
        ("_meta", "B5", "nowhere", "E-FORM-001"),
        ("_meta", "B3", "0.9", "E-FORM-002"),
        ("_meta", "B4", "0" * 64, "E-FORM-002"),
        (ANSWERS, "G5", None, "E-FORM-006"),
    ],
)
def test_what_is_wrong_with_a_form_is_found_at_its_cell(folder, forms, sheet, cell, value, code):
    book = openpyxl.load_workbook(forms / "bids/B001.xlsx")
    book[sheet][cell] = value
    book.save(forms / "bids/B001.xlsx")
    found = received(folder, forms).findings
    assert code in {one.code for one in found}, found
    assert all(one.source.file == "bids/B001.xlsx" for one in found)


@pytest.mark.parametrize("sheet", [PRICES, ANSWERS])
def test_a_form_without_a_sheet_is_found(folder, forms, sheet):
    book = openpyxl.load_workbook(forms / "bids/B001.xlsx")
    del book[sheet]
    book.save(forms / "bids/B001.xlsx")
    assert "E-FORM-004" in {one.code for one in received(folder, forms).findings}


def test_answers_are_counted_in_words_and_conditions_come_in_as_gates(tmp_path):
    folder = tmp_path / "criteria"
    copytree(ROOT / "criteria/community_commissioning", folder)
    out = tmp_path / "out"
    assert run("publish", folder, "--date", "2026-09-01", "--out", out).exit_code == 0
    path = fill(
        out / "bid-form-advice.xlsx",
        tmp_path / "bids/bids/B001.xlsx",
        {f"price:{year}-{year - 1999}": 50_000 for year in range(2027, 2031)},
        people=400,
        wards="Bow East; Mile End",
    )
    book = openpyxl.load_workbook(path)
    for row in range(HEADING_ROW + 1, book[CONDITIONS].max_row + 1):
        book[CONDITIONS][f"E{row}"] = "pass"
    book[ANSWERS]["G5"] = "word " * 401
    book.save(path)
    read = received(folder, tmp_path / "bids")
    assert [(one.code, one.source.cell) for one in read.findings] == [("E-FORM-007", "G5")]
    row = read.register.row(0)
    assert (row["gate:insurance"], row["people"], row["price:2030-31"]) == ("pass", "400", "50000")
