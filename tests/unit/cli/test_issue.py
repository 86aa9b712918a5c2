"""Every evaluator gets a workbook with their bids and questions alone, which can say what it is."""

import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs.papers import issue
from evaluator.records.documents import Cell, Sheet, Workbook
from evaluator.records.texts import fingerprint_of
from evaluator.validation.moderation.assignment import order_of
from tests.findings.faultless_folder import Change, decide, drop, edit
from tests.unit.cli.panel_on_disk import bids_folder, criteria_folder, fill

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "sample_bids" / "community_commissioning"
PUBLISHED = ROOT / "criteria" / "community_commissioning"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the criteria, the bids and what was issued for them."""
    home = tmp_path_factory.mktemp("small")
    criteria, bids = criteria_folder(home / "criteria"), bids_folder(home / "bids")
    assert run("issue", criteria, bids, "--out", home / "out", "--seed", 5).exit_code == 0
    return home


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sample") / "out"
    found = run("issue", PUBLISHED, SAMPLE, "--out", out, "--seed", 7, "--json")
    assert found.exit_code == 0
    assert json.loads(found.stdout)["evaluators"][1]["recused"] == ["B085"]
    return out


def issued(home: Path, *changes: Change) -> list[str]:
    """Try to issue with changed bids, and give the findings' codes."""
    bids = bids_folder(home / "bids", *changes)
    return [one.code for one in issue(criteria_folder(home / "criteria"), bids, 1).findings]


def rows(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)["Marks"].iter_rows(min_row=6, values_only=True))


def test_the_marks_of_the_sample_are_asked_for_exactly_once_each(sample: Path) -> None:
    asked = {(path.stem, row[0], row[2]) for path in sorted(sample.glob("*.xlsx")) for row in rows(path)}
    criteria = read_criteria(PUBLISHED).criteria
    assert criteria is not None
    marks = read_bids(SAMPLE, criteria).marks
    assert marks is not None
    given = {(row["evaluator"], row["bid"], row["question"]) for row in map(marks.row, range(len(marks)))}
    assert asked == given
    assert len(asked) == 4403


def test_a_recused_evaluator_is_not_given_the_bid(sample: Path) -> None:
    assert "B085" not in {row[0] for row in rows(sample / "E02.xlsx")}
    assert "B085" in {row[0] for row in rows(sample / "E01.xlsx")}
    assert "You are recused from B085" in (sample / "E02.txt").read_text("utf-8")


def test_no_price_and_no_amount_is_anywhere_in_what_is_issued(small: Path) -> None:
    for path in sorted((small / "out").iterdir()):
        if path.suffix != ".xlsx":
            assert "123456" not in path.read_text("utf-8").replace(",", "")
            continue
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                text = book.read(name)
                assert b"123456" not in text
                assert b"12345678" not in text


def test_the_order_of_bids_differs_by_evaluator_and_follows_from_the_published_seed_alone(sample: Path) -> None:
    orders = {}
    for evaluator in ("E01", "E02", "E03"):
        bids = list(dict.fromkeys(str(row[0]) for row in rows(sample / f"{evaluator}.xlsx")))
        assert bids == sorted(bids, key=lambda bid, who=evaluator: order_of(7, who, bid))
        orders[evaluator] = bids
    assert orders["E01"] != orders["E03"]
    assert set(orders["E01"]) == set(orders["E03"])


def test_the_same_issue_has_the_same_bytes_and_another_seed_another_order(small: Path) -> None:
    first = issue(small / "criteria", small / "bids", 5)
    assert first.files == issue(small / "criteria", small / "bids", 5).files
    assert {name: (small / "out" / name).read_bytes() for name in first.files} == first.files
    assert first.files["E1.xlsx"] != issue(small / "criteria", small / "bids", 6).files["E1.xlsx"]


def test_only_marks_and_reasons_can_be_filled_in(small: Path) -> None:
    book = openpyxl.load_workbook(small / "out" / "E1.xlsx")
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    sheet = book["Marks"]
    free = {cell.column_letter for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert free == {"F", "H"}
    assert sheet.freeze_panes == "D6"
    rules = {rule.type: rule for rule in sheet.data_validations.dataValidation}
    assert rules["list"].formula1 == '"0,1,2,3,4"'
    assert (rules["textLength"].formula1, rules["textLength"].formula2) == ("40", "2000")


def test_a_workbook_knows_its_template_seal_person_and_locked_texts(small: Path) -> None:
    book = openpyxl.load_workbook(small / "out" / "E2.xlsx")
    meta = dict(book["_meta"].iter_rows(values_only=True))
    assert book["_meta"].sheet_state == "veryHidden"
    criteria = json.loads((small / "criteria" / "seal.json").read_text("utf-8"))
    assert (meta["template"], meta["evaluator"], meta["seal"]) == ("evaluator-return/1", "E2", criteria["sha256"])
    texts = ["A1", "Name of O1", "C1", "Need", "Who needs the service, and where do they live?"]
    assert meta["row Marks A1 C1"] == fingerprint_of(texts)
    properties = {one.name: one.value for one in book.custom_doc_props.props}
    assert properties["evaluator_locked"] == meta["locked"]


def test_organisations_answers_are_asked_once_under_the_organisations_id(small: Path) -> None:
    asked = [(row[0], row[2]) for row in rows(small / "out" / "E1.xlsx")]
    assert sorted(asked) == [
        ("A1", "C1"), ("A1", "N1"), ("A2", "C1"), ("A2", "N1"), ("B1", "C1"), ("B1", "S1"), ("O1", "C2"), ("O2", "C2"),
    ]  # fmt: skip
    assert [bid for bid, question in asked if question == "C2"] == [asked[-2][0], asked[-1][0]]


def test_a_filled_workbook_is_read_without_a_finding(small: Path, tmp_path: Path) -> None:
    bids = bids_folder(tmp_path / "bids")
    for evaluator in ("E1", "E2"):
        fill(small / "out" / f"{evaluator}.xlsx", bids / "returns" / f"{evaluator}.xlsx")
    criteria = read_criteria(small / "criteria").criteria
    assert criteria is not None
    received = read_bids(bids, criteria)
    assert received.findings == ()
    assert received.marks is not None
    assert set(received.marks.columns["mark"]) == {"3"}
    assert len(received.marks) == 16


def test_somebody_on_the_panel_who_declared_nothing_gets_no_workbook(tmp_path: Path) -> None:
    assert issued(tmp_path, drop("interests", evaluator="E2")) == ["E-ISSUE-002"]


def test_no_workbook_is_made_without_a_panel(tmp_path: Path) -> None:
    assert "E-PANEL-001" in issued(tmp_path, drop("panel"))
    criteria, bids = tmp_path / "criteria", tmp_path / "bids"
    text = (criteria / "programme.toml").read_text("utf-8")
    text = text.replace('spread_trigger = "2"', 'spread_trigger = "2"\ndeclarations_required = false')
    (criteria / "programme.toml").write_text(text, "utf-8")
    found = issue(criteria, bids, 1)
    assert not found.files
    assert [one.code for one in found.findings] == ["E-INT-002", "E-INT-002", "E-ISSUE-001", "E-SEAL-002"]


def test_where_every_bid_was_disregarded_there_is_nothing_to_mark(tmp_path: Path) -> None:
    gone = (decide(bid=bid, decision="disregard") for bid in ("A1", "A2", "B1"))
    assert issued(tmp_path, *gone) == ["E-ISSUE-004"]
    assert run("issue", tmp_path / "criteria", tmp_path / "bids", "--out", tmp_path / "out").exit_code == 1


@pytest.mark.parametrize("name", ["../E1", "con", "a b", "e2"])
def test_an_evaluators_id_never_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    rename = (edit("panel", {"evaluator": "E1", "theme": theme}, evaluator=name) for theme in ("north", "south"))
    last = edit("panel", {"evaluator": "E1", "theme": "organisation"}, evaluator=name)
    found = issued(tmp_path, *rename, last, edit("interests", {"evaluator": "E1"}, evaluator=name))
    assert set(found) == {"E-ISSUE-003"}


def test_criteria_that_changed_since_they_were_sealed_are_not_issued(tmp_path: Path) -> None:
    criteria, bids = criteria_folder(tmp_path / "criteria"), bids_folder(tmp_path / "bids")
    template = criteria / "template.toml"
    template.write_text(template.read_text("utf-8").replace("(2) the place", "(2) the ward"), "utf-8")
    found = run("issue", criteria, bids, "--out", tmp_path / "out")
    assert found.exit_code == 1
    assert "E-SEAL-002" in found.output
    assert not (tmp_path / "out").exists()


def test_criteria_that_cannot_be_read_end_with_exit_code_3(tmp_path: Path) -> None:
    (tmp_path / "criteria").mkdir()
    assert run("issue", tmp_path / "criteria", tmp_path, "--out", tmp_path / "out").exit_code == 3


def test_a_folder_that_holds_something_else_is_left_alone(small: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    found = run("issue", small / "criteria", small / "bids", "--out", tmp_path)
    assert found.exit_code == 2
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert run("issue", small / "criteria", small / "bids", "--out", small / "out", "--seed", 5).exit_code == 0


def test_bidders_text_never_becomes_a_formula_a_link_or_markup(tmp_path: Path) -> None:
    name = '=HYPERLINK("http://x.example","y") \u202ecod <script>'
    criteria, bids = criteria_folder(tmp_path / "criteria"), bids_folder(tmp_path / "bids")
    text = (bids / "register.csv").read_text("utf-8").replace("Name of O1", '"' + name.replace('"', '""') + '"')
    (bids / "register.csv").write_text(text, "utf-8")
    made = issue(criteria, bids, 1).files
    (tmp_path / "E1.xlsx").write_bytes(made["E1.xlsx"])
    cell = next(
        row
        for row in openpyxl.load_workbook(tmp_path / "E1.xlsx")["Marks"].iter_rows(min_row=6)
        if row[0].value == "A1"
    )[1]
    assert cell.data_type == "s"
    assert cell.value == '=HYPERLINK("http://x.example","y") [U+202E]cod <script>'
    assert cell.hyperlink is None
    assert b"<script>" not in made["E1.html"]


def test_what_no_eye_can_see_is_named_in_every_workbook(tmp_path: Path) -> None:
    book = Workbook("t", (Sheet("S", ((Cell("a\x07b\ud800c\u2066d"),),)),))
    (tmp_path / "b.xlsx").write_bytes(workbook_bytes(book))
    assert openpyxl.load_workbook(tmp_path / "b.xlsx")["S"]["A1"].value == "a[U+0007]b[U+D800]c[U+2066]d"
