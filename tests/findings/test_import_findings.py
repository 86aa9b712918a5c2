"""One spoilt spreadsheet for each finding of an import: it comes at its place, and no other that blocks."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.imports.mapping_files import read_answers
from evaluator.files.read.imports.read import read_import
from evaluator.jobs.coming_in.imports import Where, import_file
from evaluator.records.submissions.imports import Answers, Imported
from tests.unit.files.read.imports import truth
from tests.unit.files.read.imports.layouts_at_random import Sheet, text_file, workbook

GRANTS = Path(__file__).resolve().parents[2] / "criteria" / "community_grants"
MARKS = ["Bid", "Question", "Evaluator", "Score", "Comment"]
BIDS = ["Bid", "Bidder", "Lot", "Price 2027", "Price 2028", "Insurance", "Grounds for exclusion"]
ONE = ["B1", "Q1", "E1", 3, "Clear and local."]
BID = ["B1", "Bow Advice Ltd", "Advice", 100, 200, "pass", "pass"]


def marks(*rows: list[Any], head: list[Any] = MARKS, merges: list[str] | None = None) -> Imported:
    sheet = Sheet("Marks", [head, *rows], merges or [])
    return read_import(workbook([sheet]), "file.xlsx", truth.known(), Answers(), "marks")


def bids(*rows: list[Any], head: list[Any] = BIDS) -> Imported:
    return read_import(
        workbook([Sheet("Bids", [head, *rows])]), "file.xlsx", truth.known(register=False), Answers(), "register"
    )


def anything(content: bytes, name: str = "file.xlsx") -> Imported:
    return read_import(content, name, truth.known(), Answers(), None)


TWO_SHEETS = workbook([Sheet("Anna Khan", [["Bid", "Q1"], ["B1", 3]]), Sheet("Totals", [["Bid", "Q1"], ["B1", 3]])])
CASES: dict[str, tuple[Imported, str]] = {
    "E-IMPORT-001": (anything(workbook([Sheet("Tea", [["Cups", "Biscuits"], [3, 4]])])), ""),
    "E-IMPORT-002": (marks(["B1", "Q1", "Carla", 3, "Clear."]), "C2"),
    "E-IMPORT-003": (marks(["x", "y"], head=["Cups", "Biscuits"]), ""),
    "E-IMPORT-004": (marks([*ONE, 60], head=[*MARKS, "Weighted score"]), "F2"),
    "E-IMPORT-005": (marks(ONE, ["Total", None, None, 3]), "3"),
    "E-IMPORT-006": (anything(TWO_SHEETS), ""),
    "E-IMPORT-007": (marks(["B1", "Q1", "E1", 6, "Clear."]), "D2"),
    "E-IMPORT-008": (marks(ONE, ["B1", "Q1", "E1", 4, "Clear."]), "D3"),
    "E-IMPORT-009": (marks(["B1", "D1", "E1", 3, None]), "D2"),
    "E-IMPORT-010": (
        marks(["B1", "Mile End Community Centre", "Q1", "E1", 3], head=["Bid", "Bidder", *MARKS[1:4]]),
        "E2",
    ),
    "E-IMPORT-011": (bids(["B1", "Bow Advice Ltd", 300], head=["Bid", "Bidder", "Total price"]), "1"),
    "E-IMPORT-012": (bids([*BID[:3], "12k", *BID[4:]]), "D2"),
    "E-IMPORT-013": (marks(["B1", "Q1", "E1", "n/a", None]), "D2"),
    "E-IMPORT-014": (marks(["B1", "Q1", "E1", 3], ["B1", "Q2", "E1", None], head=MARKS[:4], merges=["D2:D3"]), "D2"),
    "E-IMPORT-015": (anything(text_file([MARKS, ONE], ";", "cp1252"), "file.csv"), ""),
    "E-IMPORT-020": (bids(["Bow Advice Ltd", "Advice", 300], head=["Bidder", "Lot", "Total price"]), "1"),
    "E-IMPORT-021": (bids([*BID, 350], head=[*BIDS, "Total"]), "H2"),
    "E-IMPORT-022": (bids(BID, BID), "A3"),
    "E-IMPORT-023": (marks(["B1", "Q1", "E1", None, "Clear."]), "E2"),
}


@pytest.mark.parametrize("code", CASES)
def test_a_spoilt_spreadsheet_has_its_finding_at_its_cell_and_no_other(code: str) -> None:
    imported, cell = CASES[code]
    found = {(one.code, one.source.cell) for one in imported.findings}
    if code == "E-IMPORT-021":  # of a column that is left out as well
        found.discard(("E-IMPORT-004", cell))
    assert found == {(code, cell)}, imported.findings


def test_a_file_with_replies_to_the_equality_monitoring_is_not_read_and_nothing_of_it_is_kept(tmp_path: Path) -> None:
    root = truth.programme_in(tmp_path / "programme")
    shutil.rmtree(root / "criteria")
    shutil.copytree(GRANTS, root / "criteria")
    criteria = read_criteria(root / "criteria").criteria
    assert criteria is not None
    assert criteria.equality is not None
    asked = criteria.equality.characteristic[0]
    rows = [["Bid", "Bidder", "Lot", "Price", asked.title], ["B1", "Bow", criteria.themes[0].title, 5, "MARKER"]]
    for sheets in ([Sheet("Bids", rows)], [Sheet("Bids", [row[:4] for row in rows]), Sheet("More", rows)]):
        file = tmp_path / "bids.xlsx"
        file.write_bytes(workbook(sheets))
        made = import_file(file, Where(root / "criteria", root / "bids", root / "bids", root), None, None)
        assert [(one.code, one.source.cell) for one in made.findings] == [("E-IMPORT-024", "E1")]
        assert (made.status, made.files) == ("refused", {})
        assert "MARKER" not in str(made.findings)


def test_what_people_say_of_themselves_is_quoted_in_no_note() -> None:
    found = bids([*BID, "MARKER"], head=[*BIDS, "Ethnicity of the lead"]).findings
    assert [(one.code, one.source.cell) for one in found] == [("E-IMPORT-004", "H2")]
    assert "MARKER" not in str(found)


def test_a_mapping_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    for text in ("what = [", 'schema = "another"', 'schema = "import-mapping/1"\nlabel = 3'):
        path.write_text(text, "utf-8")
        assert [one.code for one in read_answers(path).findings] == ["E-IMPORT-016"]
    path.write_text('schema = "import-mapping/1"\n[[label]]\nabout = "tea"\ntext = "a"\nbecomes = "b"\n', "utf-8")
    (found,) = read_answers(path).findings
    assert (found.code, found.source.key) == ("E-IMPORT-016", "label 1.becomes")
    assert [one.code for one in read_answers(tmp_path / "none.toml").findings] == ["E-IMPORT-016"]


def test_tables_that_are_there_and_what_changes_in_them_are_told(tmp_path: Path) -> None:
    root = truth.programme_in(tmp_path / "programme")
    where = Where(root / "criteria", root / "bids", root / "bids", root)
    file = tmp_path / "bids.xlsx"
    file.write_bytes(workbook([Sheet("Bids", [BIDS, BID])]))

    def made(content: bytes) -> list[str]:
        file.write_bytes(content)
        done = import_file(file, where, None, None)
        for path, held in done.files.items():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(held)
        return [one.code for one in done.findings]

    assert made(workbook([Sheet("Bids", [BIDS, BID])])) == []
    assert made(workbook([Sheet("Marks", [MARKS, ONE, ["B1", "Q2", "E1", 3, "Plain."]])])) == []
    assert made(workbook([Sheet("Marks", [MARKS, ["B1", "Q1", "E1", 4, "Clear and local."]])])) == [
        "E-IMPORT-018",
        "E-IMPORT-019",
    ]
    (root / "bids" / "register.csv").write_text("bid\n", "utf-8")
    assert made(workbook([Sheet("Bids", [BIDS, BID])]))[-1] == "E-IMPORT-017"
