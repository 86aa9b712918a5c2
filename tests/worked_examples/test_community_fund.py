"""A whole job on a fund of 200 points: its arithmetic by hand, its papers, letters, replay and verifier."""

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.publication import fingerprint
from evaluator.records.submissions.decisions_waiting import ToDecide
from evaluator.reporting.papers.decisions_workbook import decisions_workbook
from tests.worked_examples import community_fund

ROOT = Path(__file__).resolve().parents[2]
REASON = "Names what was asked for with its evidence as page two of the bid shows it."


def run(*words: object) -> str:
    done = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("fund")
    criteria, bids = community_fund.write(made)
    run("publish", criteria, "--date", "2026-08-01")
    run("evaluate", criteria, bids, "--out", made / "run", "--no-margins")
    return made


@pytest.fixture(scope="module")
def bids(folder: Path) -> dict[str, Any]:
    (theme,) = json.loads((folder / "run" / "outcome.json").read_text("utf-8"))["themes"]
    return {bid["bid"]: bid for bid in theme["bids"]}


def test_points_are_those_of_each_questions_own_scale(bids: dict[str, Any]) -> None:
    """B1 has the best of all: 30 + 20 + 30 + 40 + 50 + 30 = 200."""
    assert (bids["B1"]["exact_total"], bids["B1"]["rank"]) == ("200/1", 1)


def test_what_does_not_apply_goes_to_the_rest_of_its_section(bids: dict[str, Any]) -> None:
    """O3's 20 go to O2 and O4, 30 each: 2/3 × 40 + 40 for the organisation; 36 of 40, 2/3 × 50 and 6/8 × 30."""
    quality = Fraction(2, 3) * 40 + 40 + 36 + Fraction(2, 3) * 50 + Fraction(6, 8) * 30
    assert Fraction(bids["B2"]["exact_quality"]) == quality == Fraction("158.5")
    assert bids["B2"]["marks"]["O3"] == "not applicable"
    assert bids["B2"]["rank"] == 2


def test_each_minimum_keeps_out_whom_it_says(bids: dict[str, Any]) -> None:
    """B4 has 10 + 20 + 10 = 40 of 80, and must have more than 40; B5 has none of the 15 of 30 for reach."""
    assert bids["B3"]["status_reason"] == "O1 is failed; it has to be passed."
    assert bids["B4"]["status_reason"] == (
        "For “The organisation” it has 40 of 80 points; the published minimum is more than 40."
    )
    assert bids["B5"]["status_reason"] == (
        "For “Reach” it has 0 of 30 points; the published minimum is 50 % of them, 15."
    )
    assert [bids[bid]["status"] for bid in ("B3", "B4", "B5")] == ["below_minimum"] * 3


def test_a_pass_that_is_not_essential_takes_nobody_out(bids: dict[str, Any]) -> None:
    assert (bids["B2"]["marks"]["O5"], bids["B2"]["status"]) == ("0", "ranked")


def test_the_bundle_replays_and_the_verifier_works_it_out_again(folder: Path) -> None:
    assert "Identical" in run("replay", folder / "run" / "bundle.zip")
    verifier = ROOT / "evaluator" / "files" / "audit" / "verifier" / "verify.py"
    words = [sys.executable, "-I", "-S", str(verifier), str(folder / "run" / "bundle.zip")]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert "5 bids in 1 theme: marks, minimums, points, totals and ranks" in done.stdout


def test_explain_says_what_carries_what(folder: Path) -> None:
    said = run("explain", folder / "run" / "bundle.zip", "B2")
    assert "weights: O2: 2 of 3, times 40 points = 80/3" in said
    assert "weights: O3: does not apply; other questions carry its weight = 0" in said
    assert "weights: P1: 2, which counts 36, of 40, times 40 points = 36" in said
    assert "section minimum: organisation: more than 40: reached = 200/3" in said


def test_letters_tell_of_passes_points_and_what_did_not_apply(folder: Path) -> None:
    run("letters", folder / "run" / "bundle.zip", "--out", folder / "letters")
    second, third = ((folder / "letters" / f"letter-{bid}.html").read_text("utf-8") for bid in ("B2", "B3"))
    assert "does not apply" in second
    assert ">Pass</td>" in second
    assert "Level 2: 36 points" in second
    assert "You did not pass O1 Governance, which has to be passed." in third


def test_the_criteria_workbook_keeps_all_of_it(folder: Path) -> None:
    run("criteria", "to-workbook", folder / "criteria", "--out", folder / "fund.xlsx")
    run("criteria", "to-toml", folder / "fund.xlsx", "--out", folder / "back")
    first, again = (read_criteria(folder / name).criteria for name in ("criteria", "back"))
    assert first is not None
    assert again is not None
    assert fingerprint(again) == fingerprint(first)
    book = openpyxl.load_workbook(folder / "fund.xlsx")
    cells = [cell.value for row in book["Guide"].iter_rows() for cell in row]
    assert any("exactly 200" in str(cell) for cell in cells)


def test_the_appendix_says_each_rule_as_it_is_applied(folder: Path) -> None:
    run("publish", folder / "criteria", "--date", "2026-08-01", "--out", folder / "published")
    text = (folder / "published" / "evaluation-appendix.html").read_text("utf-8")
    for sentence in (
        "The weights of each theme come to 200 points in all. They are counted as they are, out of 200",
        "P1 is marked on this scale.",
        "R1 is marked on this scale.",
        "A mark counts what the table gives beside it, and not its own number.",
        "O1 and O5 are not on a scale of marks: the evaluators find a pass or a fail.",
        "It is asked for information. It is not marked, and what is answered counts for nothing.",
        "O3 may be found not to apply to a bid: the grants manager decides it",
        "The organisation: more than 40 points, before rounding; exactly 40 points is not enough.",
        "Reach: at least 50 % of the points of its questions available, before rounding; exactly 50 % is enough.",
        "Quality: at least 90 points, before rounding; exactly 90 points is enough.",
        "Failing is told, and takes no bid out.",
        "3 (Full): Every step has a date.",
    ):
        assert sentence in text, sentence


def test_every_evaluator_is_offered_the_marks_of_each_questions_own_scale(folder: Path) -> None:
    papers = folder / "to_issue"
    papers.mkdir()
    for name in ("register.csv", "decisions.csv"):
        (papers / name).write_bytes((folder / "bids" / name).read_bytes())
    (papers / "panel.csv").write_text("evaluator,name,theme\nE1,Ann,fund\nE2,Bob,fund\n", "utf-8")
    run("issue", folder / "criteria", papers, "--out", folder / "issued")
    book = openpyxl.load_workbook(folder / "issued" / "E1.xlsx")
    assert [name for name in book.sheetnames if name.startswith("Scale")] == [
        *("Scale", "Scale O1", "Scale levels", "Scale P2", "Scale eight"),
    ]
    offered = {rule.formula1 for rule in book["Marks"].data_validations.dataValidation if rule.type == "list"}
    assert offered == {'"0,1"', '"0,1,2,3"', '"1,2,3,4"', '"0,4,6,8"'}
    assert [cell.value for cell in book["Scale P2"][7]] == [3, "Full", "Every step has a date."]
    sheet = book["Marks"]
    heads = {cell.value: cell.column for cell in sheet[5]}
    rows = [row for row in range(6, sheet.max_row + 1) if sheet.cell(row, 3).value]
    about = [(sheet.cell(row, 1).value, sheet.cell(row, 3).value) for row in rows]
    assert ("B2", "O3") not in about
    assert not [pair for pair in about if pair[1] == "I1"]
    for row, (bid, question) in zip(rows, about, strict=True):
        sheet.cell(row, heads["Mark"]).value = community_fund.MARKS[bid][question]
        sheet.cell(row, heads["Reason"]).value = REASON
    (papers / "returns").mkdir()
    book.save(papers / "returns" / "E1.xlsx")
    done = CliRunner().invoke(main, ["check", str(folder / "criteria"), str(papers), "--json"])
    codes = [one["code"] for one in json.loads(done.stdout)["findings"] if one["file"] == "returns/E1.xlsx"]
    assert codes == []


def test_the_blank_workbook_of_decisions_offers_that_a_question_does_not_apply(folder: Path) -> None:
    criteria = read_criteria(folder / "criteria").criteria
    assert criteria is not None
    (sheet,) = decisions_workbook(criteria, ToDecide((), ())).sheets
    offered = {word for choice in sheet.choices for word in choice.values}
    assert {"question", "does_not_apply", "applies"} <= offered
    assert not {"final_choice", "panel_sum", "draw", "fund"} & offered
