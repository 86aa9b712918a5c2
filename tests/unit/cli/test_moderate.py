"""The moderation workbook puts marks side by side, leaves what is to be agreed empty, and is read back as it is."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs.papers import issue
from tests.unit.cli.panel_on_disk import bids_folder, criteria_folder, fill

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "sample_bids" / "community_commissioning"
PUBLISHED = ROOT / "criteria" / "community_commissioning"
AGREED = "Both found the people named with figures; nothing shows what they think themselves."


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of criteria, bids with both returns in, and the moderation workbook that was made of them."""
    made = tmp_path_factory.mktemp("home")
    criteria, bids = criteria_folder(made / "criteria"), bids_folder(made / "bids")
    for name, content in issue(criteria, bids, 5).files.items():
        (made / name).write_bytes(content)
    fill(made / "E1.xlsx", bids / "returns" / "E1.xlsx", mark=1)
    fill(made / "E2.xlsx", bids / "returns" / "E2.xlsx", lambda book: book["Marks"].__setitem__("F6", 1), mark=3)
    assert run("moderate", criteria, bids, "--out", made / "blank.xlsx").exit_code == 0
    return made


def column(sheet, heading: str) -> str:
    return next(cell.column_letter for cell in sheet[9] if cell.value == heading)


def agree(
    home: Path, bids: Path, mark: object = 2, reason: str = f"Above the marks where both gave 1. {AGREED}"
) -> Path:
    """Fill the moderation workbook in, and put it into a copy of the bids."""
    shutil.copytree(home / "bids", bids)
    book = openpyxl.load_workbook(home / "blank.xlsx")
    for sheet in book.worksheets:
        if sheet.title.startswith("Consensus"):
            sheet["B6"], sheet["B7"] = "A. Chair, E1, E2", "2026-10-20"
            for row in range(10, sheet.max_row + 1):
                sheet[f"{column(sheet, 'Mark')}{row}"] = mark
                sheet[f"{column(sheet, 'Reason')}{row}"] = reason
                sheet[f"{column(sheet, 'Reason for the bidder')}{row}"] = "Counts the people; gives no dates for it."
    book.save(bids / "moderation.xlsx")
    return bids


def found(home: Path, bids: Path) -> list[str]:
    outcome = run("evaluate", home / "criteria", bids, "--out", bids.parent / "run", "--until", "scoring", "--json")
    return [one["code"] for one in json.loads(outcome.stdout)["findings"]]


def test_there_is_a_sheet_for_each_theme_and_one_for_the_organisations(home: Path) -> None:
    book = openpyxl.load_workbook(home / "blank.xlsx")
    sheets = [
        "Consensus north",
        "Consensus south",
        "Consensus organisation",
        "Agreement",
        "Evaluators",
        "Scale",
        "_meta",
    ]
    assert book.sheetnames == sheets
    north = book["Consensus north"]
    assert [north[f"A{row}"].value for row in range(10, 14)] == ["A1", "A1", "A2", "A2"]


def test_marks_and_reasons_stand_side_by_side_and_the_agreed_mark_is_empty(home: Path) -> None:
    book = openpyxl.load_workbook(home / "blank.xlsx")
    for sheet in book.worksheets[:3]:
        for row in range(10, sheet.max_row + 1):
            at = {cell.value: sheet[f"{cell.column_letter}{row}"] for cell in sheet[9]}
            assert at["E1 gave"].value == 1
            assert "Names the people in need" in at["E2 says"].value
            assert (at["Mark"].value, at["Reason"].value) == (None, None)
            assert at["Spread"].value == at["E2 gave"].value - 1
            assert at["Trigger"].value == ("discuss first" if at["E2 gave"].value == 3 else None)
            assert not at["Mark"].protection.locked
            assert at["E1 gave"].protection.locked


def test_the_spread_is_held_against_the_published_trigger(home: Path, tmp_path: Path) -> None:
    made = json.loads(run("moderate", home / "criteria", home / "bids", "--out", tmp_path / "m.xlsx", "--json").stdout)
    assert made["schema"] == "moderation/1"
    assert [one["spread"] for one in made["answers"]].count("2") == 7
    assert sum(one["discuss_first"] for one in made["answers"]) == 7
    assert "14" not in openpyxl.load_workbook(tmp_path / "m.xlsx")["Consensus north"]["B4"].value


def test_the_filled_workbook_is_read_as_the_agreed_marks(home: Path, tmp_path: Path) -> None:
    bids = agree(home, tmp_path / "bids")
    criteria = read_criteria(home / "criteria").criteria
    assert criteria is not None
    received = read_bids(bids, criteria)
    assert received.findings == ()
    assert received.consensus is not None
    assert len(received.consensus) == 8
    assert str(received.consensus.source(4)).startswith("moderation.xlsx Consensus south!")
    assert found(home, bids) == []


def test_an_average_between_two_marks_of_the_scale_is_refused(home: Path, tmp_path: Path) -> None:
    assert set(found(home, agree(home, tmp_path / "bids", mark=1.5))) == {"E-CONS-004"}


def test_a_workbook_that_was_not_filled_in_blocks_in_one_line_that_counts_its_cells(home: Path, tmp_path: Path) -> None:
    bids = tmp_path / "bids"
    shutil.copytree(home / "bids", bids)
    shutil.copy(home / "blank.xlsx", bids / "moderation.xlsx")
    outcome = run("evaluate", home / "criteria", bids, "--out", tmp_path / "run", "--until", "scoring", "--json")
    told = {one["code"]: one["message"] for one in json.loads(outcome.stdout)["findings"]}
    assert set(told) == {"E-CONS-001", "E-CONS-017"}
    assert "The same is so of 7 more cells: " in told["E-CONS-001"]
    assert "The same is so of 5 more cells: " in told["E-CONS-017"]


def test_an_agreed_mark_above_all_marks_must_say_so(home: Path, tmp_path: Path) -> None:
    assert set(found(home, agree(home, tmp_path / "bids", mark=4, reason=AGREED))) == {"E-CONS-014"}
    assert found(home, agree(home, tmp_path / "b" / "bids", mark=4, reason=f"Above all marks, for {AGREED}")) == []


def test_moderation_waits_until_every_mark_is_in(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home / "bids", tmp_path / "bids")
    (tmp_path / "bids" / "returns" / "E2.xlsx").unlink()
    made = run("moderate", home / "criteria", tmp_path / "bids", "--out", tmp_path / "m.xlsx")
    assert made.exit_code == 1
    assert "E-RET-002" in made.output
    assert not (tmp_path / "m.xlsx").exists()


def test_a_workbook_that_may_hold_agreed_marks_is_never_overwritten(home: Path, tmp_path: Path) -> None:
    (tmp_path / "m.xlsx").write_bytes(b"agreed")
    made = run("moderate", home / "criteria", home / "bids", "--out", tmp_path / "m.xlsx")
    assert made.exit_code == 2
    assert (tmp_path / "m.xlsx").read_bytes() == b"agreed"
    assert run("moderate", home / "criteria", home / "bids", "--out", tmp_path / "m.docx").exit_code == 2


def test_a_sheet_consensus_and_sheets_of_themes_are_read_together(home: Path, tmp_path: Path) -> None:
    bids = agree(home, tmp_path / "bids")
    book = openpyxl.load_workbook(bids / "moderation.xlsx")
    sheet = book["Consensus south"]
    heads = ("Bid or organisation", "Question", "Mark", "Reason", "Reason for the bidder")
    moved = [[sheet[f"{column(sheet, head)}{row}"].value for head in heads] for row in (10, 11)]
    del book["Consensus south"]
    one = book.create_sheet("Consensus")
    for row in (heads, *moved):
        one.append(row)
    book.save(bids / "moderation.xlsx")
    assert found(home, bids) == []


def test_the_sample_has_all_its_answers_with_those_to_discuss_first(tmp_path: Path) -> None:
    made = json.loads(run("moderate", PUBLISHED, SAMPLE, "--out", tmp_path / "m.xlsx", "--json").stdout)
    assert len(made["answers"]) == 1471
    assert all(len(one["marks"]) in (2, 3) for one in made["answers"])
    for one in made["answers"]:
        marks = [int(given["mark"]) for given in one["marks"]]
        assert one["discuss_first"] == (max(marks) - min(marks) >= 2)


def test_a_page_says_how_the_panels_marked_and_the_ledger_hears_of_the_workbook(home: Path, tmp_path: Path) -> None:
    words = ("moderate", home / "criteria", home / "bids", "--out", tmp_path / "m.xlsx", "--page", tmp_path / "m.html")
    by = ("--ledger", tmp_path / "l.jsonl", "--by", "O. Officer", "--date", "2026-10-12")
    assert run(*words, *by).exit_code == 0
    page = (tmp_path / "m.html").read_text("utf-8")
    assert "How each evaluator used the scale" in page
    assert "<svg" in page
    assert "It corrects no mark" in page
    assert "too few to tell" in page
    told = [json.loads(line) for line in (tmp_path / "l.jsonl").read_text("utf-8").splitlines()]
    assert [(one["kind"], one["subject"]) for one in told] == [("seal", "SMALL version 1"), ("issue", "m.xlsx")]
    assert run(*words[:4], tmp_path / "n.xlsx", "--page", tmp_path / "m.pdf").exit_code == 2
    assert run(*words[:4], tmp_path / "n.xlsx", "--ledger", tmp_path / "l.jsonl").exit_code == 2


def test_agreed_marks_of_another_version_of_the_criteria_are_refused(home: Path, tmp_path: Path) -> None:
    bids = agree(home, tmp_path / "bids")
    book = openpyxl.load_workbook(bids / "moderation.xlsx")
    meta = book["_meta"]
    version = next(row for row in meta.iter_rows() if row[0].value == "version")
    version[1].value = "0.9"
    book.save(bids / "moderation.xlsx")
    assert found(home, bids) == ["E-TEMPLATE-007"]


def test_marks_that_changed_after_the_panel_saw_them_are_told_of(home: Path, tmp_path: Path) -> None:
    bids = agree(home, tmp_path / "bids")
    book = openpyxl.load_workbook(bids / "returns" / "E2.xlsx")
    book["Marks"]["F8"], book["Marks"]["H8"] = (
        2,
        "On reading it again, the second ward has no figures at all.",
    )
    book.save(bids / "returns" / "E2.v2.xlsx")
    codes = found(home, bids)
    assert codes.count("E-CONS-018") == 1
    assert sorted(set(codes)) == ["E-CONS-018", "E-RET-010", "E-RET-011"]


def test_short_reasons_are_noted_where_the_workbook_asked_for_more(home: Path, tmp_path: Path) -> None:
    bids = agree(home, tmp_path / "bids", reason="Above the marks as said.")
    assert found(home, bids) == ["E-CONS-019"]
    again = agree(home, tmp_path / "again" / "bids", reason="Above the marks as said.")
    book = openpyxl.load_workbook(again / "returns" / "E1.xlsx")
    book["Marks"]["H6"] = "Clear enough."
    book.save(again / "returns" / "E1.xlsx")
    assert sorted(set(found(home, again))) == ["E-CONS-018", "E-CONS-019", "E-RET-013"]


def test_what_is_for_the_bidder_is_read_beside_what_is_for_the_file(home: Path, tmp_path: Path) -> None:
    bids = agree(home, tmp_path / "bids")
    book = openpyxl.load_workbook(bids / "moderation.xlsx")
    sheet = book["Consensus north"]
    at = column(sheet, "Reason for the bidder")
    sheet[f"{at}10"] = "Counts the people of the ward; gives no source for the count."
    book.save(bids / "moderation.xlsx")
    published = read_criteria(home / "criteria").criteria
    assert published is not None
    read = read_bids(bids, published)
    assert [one.code for one in read.findings if one.code == "E-FILE-040"] == []  # it knows every column of its own
    agreed = read.consensus
    assert agreed is not None
    row = agreed.row(0)
    assert row["for_bidder"] == "Counts the people of the ward; gives no source for the count."
    assert row["reason"].startswith("Above the marks")
    assert str(agreed.source(0, "for_bidder")) == f"moderation.xlsx Consensus north!{at}10"
