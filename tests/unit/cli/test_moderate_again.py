"""A moderation workbook that is made again carries over what was agreed, and marks what changed since."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.jobs.papers import issue
from tests.office import recalculate
from tests.unit.cli.panel_on_disk import bids_folder, criteria_folder, fill

AGREED = "Both found the people named with figures; nothing shows what they think themselves."
TOLD = "Counts the people; gives no dates for it."
OTHER = "On reading it again, the second ward has no figures at all, and no dates."


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give criteria and bids, with the returns in and every mark agreed: each with words of its own."""
    criteria, bids = criteria_folder(tmp_path / "criteria"), bids_folder(tmp_path / "bids")
    for name, content in issue(criteria, bids, 5).files.items():
        (tmp_path / name).write_bytes(content)
    for one in ("E1", "E2"):
        fill(tmp_path / f"{one}.xlsx", bids / "returns" / f"{one}.xlsx", mark=3)
    assert run("moderate", criteria, bids, "--out", tmp_path / "m1.xlsx").exit_code == 0

    def agree(sheet: Any, at: dict[str, str], row: int) -> None:
        about = f"{sheet[f'A{row}'].value} {sheet[at['Question'] + str(row)].value}"
        sheet[f"{at['Mark']}{row}"] = 3
        sheet[f"{at['Reason']}{row}"] = f"{about}: {AGREED}"
        sheet[f"{at['Reason for the bidder']}{row}"] = f"{about}: {TOLD}"

    change(tmp_path / "m1.xlsx", bids / "moderation.xlsx", agree)
    return tmp_path


def change(path: Path, target: Path, each: Callable[[Any, dict[str, str], int], None]) -> None:
    """Open a moderation workbook as a person does, do something on each row, say who met, and save it."""
    book = openpyxl.load_workbook(path)
    for sheet in (one for one in book.worksheets if one.title.startswith("Consensus")):
        at = {cell.value: cell.column_letter for cell in sheet[9]}
        sheet["B6"], sheet["B7"] = sheet["B6"].value or "A. Chair, E1, E2", sheet["B7"].value or "2026-10-20"
        for row in range(10, sheet.max_row + 1):
            each(sheet, at, row)
    book.save(target)


def correct(home: Path, version: int, row: int, mark: int, reason: str = OTHER) -> None:
    """Have E2 send the return again, with one mark corrected."""
    before = home / "bids" / "returns" / ("E2.xlsx" if version == 2 else f"E2.v{version - 1}.xlsx")
    book = openpyxl.load_workbook(before)
    book["Marks"][f"F{row}"], book["Marks"][f"H{row}"] = mark, reason
    book.save(home / "bids" / "returns" / f"E2.v{version}.xlsx")


def about_row(home: Path, row: int) -> str:
    sheet = openpyxl.load_workbook(home / "E2.xlsx")["Marks"]
    return f"{sheet[f'A{row}'].value} {sheet[f'C{row}'].value}"


def rows(path: Path) -> dict[str, dict[str, Any]]:
    """Give the rows of all panels by bid and question, each by its headings."""
    found = {}
    for sheet in (one for one in openpyxl.load_workbook(path).worksheets if one.title.startswith("Consensus")):
        heads = [cell.value for cell in sheet[9]]
        for cells in sheet.iter_rows(min_row=10):
            told = dict(zip(heads, (cell.value for cell in cells), strict=True))
            told["open"] = [head for head, cell in zip(heads, cells, strict=True) if not cell.protection.locked]
            found[f"{told['Bid or organisation']} {told['Question']}"] = told
    return found


def again(home: Path, name: str, *words: object) -> dict[str, dict[str, Any]]:
    made = run("moderate", home / "criteria", home / "bids", "--out", home / name, *words)
    assert made.exit_code == 0, made.output
    return rows(home / name)


def codes(home: Path) -> list[str]:
    out = home / f"run-{sum(1 for _ in home.glob('run-*'))}"
    made = run("evaluate", home / "criteria", home / "bids", "--out", out, "--until", "scoring", "--json")
    assert made.stdout, made.output
    return [one["code"] for one in json.loads(made.stdout)["findings"]]


def say_yes(home: Path, name: str) -> None:
    """Let the panel look again: one word in each row that asks for it."""

    def look(sheet: Any, at: dict[str, str], row: int) -> None:
        if sheet[f"{at['Since then']}{row}"].value:
            sheet[f"{at['Looked at again']}{row}"] = "yes"

    change(home / name, home / "bids" / "moderation.xlsx", look)


def test_what_was_agreed_stands_in_the_new_workbook_beside_its_own_bid_and_question(home: Path) -> None:
    made = again(home, "m2.xlsx")
    assert len(made) == 8
    for about, row in made.items():
        assert (row["Mark"], row["Reason"], row["Reason for the bidder"]) == (
            3,
            f"{about}: {AGREED}",
            f"{about}: {TOLD}",
        )
        assert row["Since then"] is None
        assert "Looked at again" not in row["open"]
    book = openpyxl.load_workbook(home / "m2.xlsx")
    assert (book["Consensus north"]["B6"].value, book["Consensus north"]["B7"].value) == (
        "A. Chair, E1, E2",
        "2026-10-20",
    )
    shutil.copy(home / "m2.xlsx", home / "bids" / "moderation.xlsx")
    assert codes(home) == []


def test_one_mark_corrected_twice_costs_one_word_each_time_and_no_row_of_another_bid(home: Path) -> None:
    first, second = about_row(home, 6), about_row(home, 9)
    assert first.split()[0] != second.split()[0]
    correct(home, 2, 6, 1)
    assert codes(home).count("E-CONS-018") == 1
    made = again(home, "m2.xlsx")
    assert {about for about, row in made.items() if row["Since then"]} == {first}
    assert made[first]["Since then"] == "E2 gave 3 and now gives 1."
    assert {about for about, row in made.items() if "Looked at again" in row["open"]} == {first}
    shutil.copy(home / "m2.xlsx", home / "bids" / "moderation.xlsx")
    assert "E-CONS-018" in codes(home)  # nobody has looked yet
    say_yes(home, "m2.xlsx")
    assert "E-CONS-018" not in codes(home)

    correct(home, 3, 9, 2)
    made = again(home, "m3.xlsx")
    assert {about for about, row in made.items() if row["Since then"]} == {second}
    say_yes(home, "m3.xlsx")
    assert "E-CONS-018" not in codes(home)
    for about, row in rows(home / "bids" / "moderation.xlsx").items():
        assert (row["Mark"], row["Reason"]) == (3, f"{about}: {AGREED}")


def test_the_same_mark_corrected_twice_is_looked_at_twice(home: Path) -> None:
    about = about_row(home, 6)
    correct(home, 2, 6, 1)
    again(home, "m2.xlsx")
    say_yes(home, "m2.xlsx")
    correct(home, 3, 6, 2, f"{OTHER} But the dates are in the annex.")
    made = again(home, "m3.xlsx")
    assert made[about]["Since then"] == "E2 gave 1 and now gives 2."
    assert made[about]["Looked at again"] is None
    shutil.copy(home / "m3.xlsx", home / "bids" / "moderation.xlsx")
    assert "E-CONS-018" in codes(home)
    say_yes(home, "m3.xlsx")
    assert "E-CONS-018" not in codes(home)


def test_what_was_not_looked_at_is_asked_again_in_the_next_workbook(home: Path) -> None:
    about, other = about_row(home, 6), about_row(home, 9)
    correct(home, 2, 6, 1)
    again(home, "m2.xlsx")
    shutil.copy(home / "m2.xlsx", home / "bids" / "moderation.xlsx")
    correct(home, 3, 9, 2)
    made = again(home, "m3.xlsx")
    assert made[about]["Since then"] == "E2 gave 3 and now gives 1."
    assert made[other]["Since then"] == "E2 gave 3 and now gives 2."


def test_a_mark_that_is_put_back_asks_nothing_of_the_panel(home: Path) -> None:
    before = openpyxl.load_workbook(home / "bids" / "returns" / "E2.xlsx")["Marks"]["H6"].value
    correct(home, 2, 6, 1)
    again(home, "m2.xlsx")
    shutil.copy(home / "m2.xlsx", home / "bids" / "moderation.xlsx")
    correct(home, 3, 6, 3, before)
    assert not any(row["Since then"] for row in again(home, "m3.xlsx").values())


def test_another_mark_of_the_panel_says_by_itself_that_it_looked_again(home: Path) -> None:
    about = about_row(home, 6)
    correct(home, 2, 6, 1)
    again(home, "m2.xlsx")

    def enter(sheet: Any, at: dict[str, str], row: int) -> None:
        if sheet[f"{at['Since then']}{row}"].value:
            sheet[f"{at['Mark']}{row}"] = 1

    change(home / "m2.xlsx", home / "bids" / "moderation.xlsx", enter)
    assert "E-CONS-018" not in codes(home)
    assert again(home, "m3.xlsx")[about]["Mark"] == 1


def test_a_new_reason_alone_is_told_and_the_sheet_of_changes_lists_it(home: Path) -> None:
    about = about_row(home, 6)
    correct(home, 2, 6, 3)
    assert again(home, "m2.xlsx")[about]["Since then"] == "E2 gives another reason for 3."
    listed = list(openpyxl.load_workbook(home / "m2.xlsx")["Changed since"].iter_rows(min_row=4, values_only=True))
    assert [row[:4] for row in listed] == [(*about.split(), "E2 gives another reason for 3.", "look again")]
    assert listed[0][4:7] == ("3", f"{about}: {AGREED}", f"{about}: {TOLD}")
    assert listed[0][7].startswith("moderation.xlsx Consensus")


def test_a_bid_that_is_out_keeps_its_row_marked_and_locked_and_stops_nothing(home: Path) -> None:
    decided = (
        "bid,matter,subject,decision,reason,ground,person,date,heard\nA2,other,,disregard,It was withdrawn.,ITT 9,"
    )
    (home / "bids" / "decisions.csv").write_text(f"{decided}A. Head,2026-10-25,yes\n", "utf-8")
    made = again(home, "m2.xlsx")
    row = made["A2 C1"]
    assert row["State"] == "no longer agreed"
    assert "no longer in the ranking" in row["Since then"]
    assert (row["Mark"], row["Reason"], row["open"]) == (3, f"A2 C1: {AGREED}", [])
    assert made["A1 C1"]["Reason"] == f"A1 C1: {AGREED}"
    shutil.copy(home / "m2.xlsx", home / "bids" / "moderation.xlsx")
    assert codes(home) == []
    (home / "bids" / "decisions.csv").unlink()  # and back: nothing was lost
    assert again(home, "m3.xlsx")["A2 C1"]["Reason"] == f"A2 C1: {AGREED}"


def test_rows_about_nothing_and_second_rows_are_kept_in_the_sheet_of_changes(home: Path) -> None:
    book = openpyxl.load_workbook(home / "bids" / "moderation.xlsx")
    north = book["Consensus north"]
    at = {cell.value: cell.column_letter for cell in north[9]}
    last = north.max_row
    for row, about in ((last + 1, ("A9", "C1")), (last + 2, ("A1", "C1"))):
        for heading, text in zip(
            ("Bid or organisation", "Question", "Mark", "Reason"), (*about, 2, "By hand."), strict=True
        ):
            north[f"{at[heading]}{row}"] = text
    book.save(home / "bids" / "moderation.xlsx")
    made = again(home, "m2.xlsx")
    assert made["A1 C1"]["Reason"] == f"A1 C1: {AGREED}"
    listed = list(openpyxl.load_workbook(home / "m2.xlsx")["Changed since"].iter_rows(min_row=4, values_only=True))
    assert [(row[0], row[3], row[5]) for row in listed] == [
        ("A9", "no longer agreed", "By hand."),
        ("A1", "no longer agreed", "By hand."),
    ]


def test_agreed_marks_of_a_csv_file_are_carried_over_too(home: Path) -> None:
    (home / "bids" / "moderation.xlsx").unlink()
    (home / "bids" / "consensus.csv").write_text(
        f"bid,question,mark,reason\nA1,C1,2,Below all marks: {AGREED}\n", "utf-8"
    )
    again(home, "m2.xlsx")
    made = openpyxl_states(home / "m2.xlsx")
    assert (made["A1 C1"]["Mark"], made["A1 C1"]["State"]) == (2, "done")
    assert (made["A2 C1"]["Mark"], made["A2 C1"]["State"]) == (None, "to do")


def test_what_cannot_be_read_in_the_old_workbook_is_mended_before_a_new_one_is_made(home: Path) -> None:
    book = openpyxl.load_workbook(home / "bids" / "moderation.xlsx")
    north = book["Consensus north"]
    at = {cell.value: cell.column_letter for cell in north[9]}
    north[f"{at['Mark']}10"] = "=1+1"
    book.save(home / "bids" / "moderation.xlsx")
    made = run("moderate", home / "criteria", home / "bids", "--out", home / "m2.xlsx")
    assert made.exit_code == 1
    assert "E-CELL-001" in made.output
    assert not (home / "m2.xlsx").exists()


def test_the_ledger_and_the_screen_say_what_was_carried_over(home: Path) -> None:
    correct(home, 2, 6, 1)
    words = ("--ledger", home / "l.jsonl", "--by", "O. Officer", "--date", "2026-10-26")
    made = run("moderate", home / "criteria", home / "bids", "--out", home / "m2.xlsx", *words)
    assert "8 agreed marks carried over; 1 to look at again, 0 still to be agreed, 0 no longer agreed." in made.output
    told = [json.loads(line) for line in (home / "l.jsonl").read_text("utf-8").splitlines()]
    event = told[-1]
    assert (event["kind"], event["subject"]) == ("issue", "m2.xlsx")
    assert event["reason"].startswith("8 agreed marks carried over; 1 to look at again")
    assert len(event["before"]) == 64
    facts = json.loads(run("moderate", home / "criteria", home / "bids", "--out", home / "m3.xlsx", "--json").stdout)
    assert facts["renewed"]["carried"] == 8
    assert facts["renewed"]["look_again"][0]["changed"] == ["E2 gave 3 and now gives 1."]


def test_libreoffice_shows_what_the_states_say_and_keeps_what_the_panel_typed(home: Path) -> None:
    about = about_row(home, 6)
    correct(home, 2, 6, 1)
    shown = again(home, "m2.xlsx")
    (saved,) = recalculate(home / "m2.xlsx")
    book = openpyxl.load_workbook(saved, data_only=True)
    states = {}
    for sheet in (one for one in book.worksheets if one.title.startswith("Consensus")):
        at = {cell.value: cell.column_letter for cell in sheet[9]}
        for row in range(10, sheet.max_row + 1):
            states[f"{sheet[f'A{row}'].value} {sheet[at['Question'] + str(row)].value}"] = sheet[
                f"{at['State']}{row}"
            ].value
    assert states == {one: "look again" if one == about else "done" for one in shown}
    assert states == {one: row["State"] for one, row in openpyxl_states(home / "m2.xlsx").items()}
    say_yes_in = openpyxl.load_workbook(saved)
    for sheet in (one for one in say_yes_in.worksheets if one.title.startswith("Consensus")):
        at = {cell.value: cell.column_letter for cell in sheet[9]}
        for row in range(10, sheet.max_row + 1):
            if sheet[f"{at['Since then']}{row}"].value:
                sheet[f"{at['Looked at again']}{row}"] = "Yes"
    say_yes_in.save(home / "yes.xlsx")
    (home / "again").mkdir()
    shutil.copy(home / "yes.xlsx", home / "again" / "yes.xlsx")
    (back,) = recalculate(home / "again" / "yes.xlsx")
    shutil.copy(back, home / "bids" / "moderation.xlsx")
    assert "E-CONS-018" not in codes(home)
    assert not any(row["Since then"] for row in again(home, "m3.xlsx").values())


def openpyxl_states(path: Path) -> dict[str, dict[str, Any]]:
    """Give the rows with the values that the file holds for its formulas."""
    found = {}
    for sheet in (
        one for one in openpyxl.load_workbook(path, data_only=True).worksheets if one.title.startswith("Consensus")
    ):
        heads = [cell.value for cell in sheet[9]]
        for cells in sheet.iter_rows(min_row=10, values_only=True):
            told = dict(zip(heads, cells, strict=True))
            found[f"{told['Bid or organisation']} {told['Question']}"] = told
    return found
