"""The workbook of decisions: what waits for a person stands in it, nothing is decided, and it comes back whole."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.worksheet.worksheet import Worksheet

from evaluator.cli import main
from evaluator.records.submissions.table_layouts import TO_DECIDE
from tests.findings.faultless_folder import edit
from tests.unit.cli.panel_on_disk import bids_folder, criteria_folder, fill

ROOT = Path(__file__).resolve().parents[3]
CRITERIA = ROOT / "criteria" / "community_commissioning"
AT = {column.key: place for place, column in enumerate(TO_DECIDE.columns)}
WAITING = [  # the sample has decisions on these four; without them they wait again
    ("B028", "failed_gate", "finance"),
    ("B032", "failed_gate", "insurance"),
    ("B039", "low_price", None),
    ("B099", "low_price", None),
]


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def bids(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Take the sample without its decisions, and with one evaluator's returns only, for they are not needed."""
    made = tmp_path_factory.mktemp("home") / "bids"
    shutil.copytree(ROOT / "sample_bids" / "community_commissioning", made)
    (made / "decisions.xlsx").unlink()
    for path in sorted((made / "returns").glob("*.xlsx"))[1:]:
        path.unlink()
    return made


@pytest.fixture(scope="module")
def blank(bids: Path) -> Path:
    out = bids.parent / "decisions.xlsx"
    assert run("decisions", CRITERIA, bids, "--out", out).exit_code == 0
    return out


def rows(sheet: Worksheet) -> list[tuple[object, ...]]:
    return [row for row in sheet.iter_rows(5, values_only=True) if row[0]]


def test_every_matter_that_waits_stands_there_with_nothing_decided(blank: Path) -> None:
    sheet = openpyxl.load_workbook(blank)["Decisions"]
    told = rows(sheet)
    assert [(row[0], row[1], row[2]) for row in told] == WAITING
    assert all("Financial viability" in str(row[AT["about"]]) for row in told[:1])
    for key in ("decision", "reason", "ground", "person", "date", "heard"):
        assert {row[AT[key]] for row in told} == {None}
        assert not sheet.cell(5, AT[key] + 1).protection.locked
    for key in ("bid", "matter", "subject", "about"):
        assert sheet.cell(5, AT[key] + 1).protection.locked
    assert sheet.protection.sheet
    assert {rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"} == {
        '"admit,disregard"',
        '"met,not_met,register_wrong"',
        '"admit,disregard,met,not_met,register_wrong,excluded,not_excluded"',
        '"failed_gate,low_price,late,late_recusal,breach,other,correction"',
    }


def test_what_is_left_undecided_blocks_and_what_is_decided_is_taken(bids: Path, blank: Path, tmp_path: Path) -> None:
    shutil.copytree(bids, tmp_path / "bids")
    book = openpyxl.load_workbook(blank)
    sheet = book["Decisions"]
    said = {"decision": "admit", "reason": "It explained.", "person": "A. Head", "date": "2026-10-20", "heard": "Yes."}
    for row in (5, 7):
        for key, text in said.items():
            sheet.cell(row, AT[key] + 1).value = text
    for key, text in {"bid": "B001", "matter": "late", **said}.items():
        sheet.cell(9, AT[key] + 1).value = text
    book.save(tmp_path / "bids" / "decisions.xlsx")

    out = tmp_path / "second.xlsx"
    shown = run("decisions", CRITERIA, tmp_path / "bids", "--out", out)
    assert shown.exit_code == 0
    assert "0 matters wait for a person; 5 recorded already" in shown.stdout
    assert "E-DEC-002" in shown.stdout  # B032 and B099 stand there without a decision
    again = openpyxl.load_workbook(out)["Decisions"]
    told = rows(again)
    assert [row[0] for row in told] == ["B028", "B032", "B039", "B099", "B001"]
    assert told[0][AT["reason"]] == "It explained."
    assert again.cell(5, AT["decision"] + 1).protection.locked  # decided: it is kept as it is
    assert not again.cell(6, AT["decision"] + 1).protection.locked  # still open

    found = json.loads(run("evaluate", CRITERIA, tmp_path / "bids", "--out", tmp_path / "run", "--until", "validation",
                           "--json").stdout)["findings"]  # fmt: skip
    about = [one for one in found if one["file"] == "decisions.xlsx"]
    assert {one["cell"] for one in about if one["code"] == "E-DEC-002"} == {"E6", "E8"}
    assert not [one for one in found if one["code"] in ("E-GATE-003", "E-FILE-022", "E-FILE-029")]


def test_a_file_that_is_there_is_never_overwritten(bids: Path, tmp_path: Path) -> None:
    (tmp_path / "d.xlsx").write_bytes(b"mine")
    assert run("decisions", CRITERIA, bids, "--out", tmp_path / "d.xlsx").exit_code == 2
    assert (tmp_path / "d.xlsx").read_bytes() == b"mine"
    assert run("decisions", CRITERIA, bids, "--out", tmp_path / "d.csv").exit_code == 2


def test_machines_are_told_the_same(bids: Path, tmp_path: Path) -> None:
    told = json.loads(run("decisions", CRITERIA, bids, "--out", tmp_path / "d.xlsx", "--json").stdout)
    assert [(one["bid"], one["matter"], one["subject"] or None) for one in told["waiting"]] == WAITING
    assert told["recorded"] == 0


def test_a_mistake_in_the_register_comes_first(tmp_path: Path) -> None:
    """A price that is mended can make another one low, so nothing is listed before."""
    criteria = criteria_folder(tmp_path / "criteria")
    bids = bids_folder(tmp_path / "bids", edit("register", {"bid": "A1"}, theme="nowhere"))
    shown = run("decisions", criteria, bids, "--out", tmp_path / "d.xlsx")
    assert (shown.exit_code, "E-REG-005" in shown.stdout) == (1, True)
    assert not (tmp_path / "d.xlsx").exists()


def test_marks_of_someone_who_is_now_recused_wait_for_a_decision_on_each_bid(tmp_path: Path) -> None:
    criteria, bids = criteria_folder(tmp_path / "criteria"), bids_folder(tmp_path / "bids")
    assert run("issue", criteria, bids, "--out", tmp_path / "out").exit_code == 0
    fill(tmp_path / "out" / "E1.xlsx", bids / "returns" / "E1.xlsx")
    bids_folder(bids, edit("interests", {"evaluator": "E1"}, action="recused"))
    told = json.loads(run("decisions", criteria, bids, "--out", tmp_path / "d.xlsx", "--json").stdout)["waiting"]
    assert {(one["matter"], one["subject"]) for one in told} == {("late_recusal", "E1")}
    assert len({one["bid"] for one in told}) == len(told)
    assert "Name of" in told[0]["about"]


def test_a_bidders_name_is_never_more_than_words(bids: Path, tmp_path: Path) -> None:
    shutil.copytree(bids, tmp_path / "bids")
    book = openpyxl.load_workbook(tmp_path / "bids" / "register.xlsx")
    sheet = book["Bids"]
    (row,) = (cell.row for cell in sheet["A"] if cell.value == "B028")
    (name,) = (cell.column for line in sheet.iter_rows(1, 20) for cell in line if cell.value == "Organisation's name")
    sheet.cell(row, name).value = '@SUM(1)+HYPERLINK("http://x.example") \u202ecod'
    book.save(tmp_path / "bids" / "register.xlsx")
    shown = run("decisions", CRITERIA, tmp_path / "bids", "--out", tmp_path / "d.xlsx")
    assert "[U+202E]cod did not meet" in shown.stdout
    cell = openpyxl.load_workbook(tmp_path / "d.xlsx")["Decisions"].cell(5, AT["about"] + 1)
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert str(cell.value).startswith("@SUM(1)+HYPERLINK")
    assert "\u202e" not in str(cell.value)
