"""The papers of each stage: blanks that are read back, and reading packs in which no price stands in any form."""

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.read.bids.folder import read_before_marking, read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.tables import layouts
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs.papers import issue
from evaluator.reporting.papers.blank.register import blank_register
from evaluator.reporting.papers.columns import answer_cells, answer_columns
from tests.office import recalculate, words_of_pdf
from tests.unit.cli.panel_on_disk import REASON, bids_folder, criteria_folder, forms_folder

ROOT = Path(__file__).resolve().parents[3]
PUBLISHED = sorted(path.parent for path in ROOT.glob("criteria/*/programme.toml"))
LONG = " ".join(f"word{number}" for number in range(1500))
HOSTILE = '=HYPERLINK("http://x","y")\n<b>bold</b> & #strong[x] $a$ \u202egnp.exe _x0007_ {{ 7*7 }}'


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def made_by(home: Path, *words: object) -> dict[str, Any]:
    found = run("papers", home / "criteria", home / "bids", "--out", home / "papers", "--json", *words)
    assert found.exit_code == 0, found.output
    told: dict[str, Any] = json.loads(found.stdout)
    return told


def names(told: dict[str, Any], key: str = "made") -> list[str]:
    return [one["paper"] for one in told[key]]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Give sealed criteria and an empty folder of bids."""
    criteria_folder(tmp_path / "criteria")
    (tmp_path / "bids").mkdir()
    return tmp_path


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the forms of all bids, and with what was issued for them: workbooks and reading packs."""
    home = tmp_path_factory.mktemp("full")
    criteria_folder(home / "criteria")
    told = {
        ("A1", "C1"): LONG,
        ("A2", "C1"): HOSTILE,
        ("B1", "S1"): "",
        ("B1", "C2"): "Other lessons, learned in the south.",
    }
    forms_folder(home / "bids", told)
    assert run("issue", home / "criteria", home / "bids", "--out", home / "out", "--seed", 5).exit_code == 0
    return home


def filled_panel(path: Path, target: Path) -> None:
    """Fill in the panel as an officer does."""
    book = openpyxl.load_workbook(path)
    seats = [(one, theme) for one in ("E1", "E2") for theme in ("north", "south", "organisation")]
    for row, (evaluator, theme) in enumerate(seats, 5):
        for letter, text in zip("ABC", (evaluator, f"Name of {evaluator}", theme), strict=True):
            book["Panel"][f"{letter}{row}"] = text
    book.save(target)


def declared(path: Path, target: Path) -> list[tuple[str, str]]:
    """Declare in every row that names an evaluator and an organisation, and give these rows."""
    book = openpyxl.load_workbook(path)
    sheet = book["Interests"]
    at = {cell.value: cell.column_letter for cell in sheet[4]}
    asked = []
    for row in range(5, sheet.max_row + 1):
        if sheet[f"{at['Evaluator']}{row}"].value:
            asked.append((sheet[f"{at['Evaluator']}{row}"].value, sheet[f"{at['Organisation']}{row}"].value))
            for heading, text in (("Interest declared", "None."), ("Action", "none"), ("Date", "01/12/2026")):
                sheet[f"{at[heading]}{row}"] = text
    book.save(target)
    return asked


def test_each_stage_has_its_papers_and_says_what_waits_for_what(empty: Path) -> None:
    first = made_by(empty)
    assert names(first) == ["register.xlsx", "declarations.xlsx"]
    assert first["not_made"] == [{"paper": "reading packs", "why": "There are no bids yet."}]
    again = made_by(empty)
    assert again["made"] == []
    assert [one["why"] for one in again["not_made"][:2]] == ["It is there already, as it would be made now."] * 2

    filled_panel(empty / "papers" / "declarations.xlsx", empty / "bids" / "declarations.xlsx")
    assert made_by(empty)["made"] == []  # rows for each organisation wait for the bids
    shutil.copytree(forms_folder(empty / "elsewhere" / ".." / "forms") / "bids", empty / "bids" / "bids")
    third = made_by(empty)
    assert names(third) == ["declarations-2.xlsx"]
    assert third["made"][0]["about"].startswith("beside declarations.xlsx, which stays as it is; new in it: ")
    asked = declared(empty / "papers" / "declarations-2.xlsx", empty / "bids" / "declarations.xlsx")
    assert asked == [(one, organisation) for one in ("E1", "E2") for organisation in ("O1", "O2", "O9")]
    assert names(made_by(empty)) == ["reading packs"]
    packs = sorted(path.name for path in (empty / "papers" / "reading packs").iterdir())
    assert packs == [f"{one} reading pack.{form}" for one in ("E1", "E2") for form in ("docx", "pdf")]
    assert made_by(empty)["made"] == []
    assert run("issue", empty / "criteria", empty / "bids", "--out", empty / "out").exit_code == 0


def test_nothing_that_is_there_gives_way(empty: Path) -> None:
    made_by(empty)
    filled_panel(empty / "papers" / "declarations.xlsx", empty / "papers" / "declarations.xlsx")
    filled = (empty / "papers" / "declarations.xlsx").read_bytes()
    assert made_by(empty)["made"] == []  # filled in where it lies, it is still the paper that was made
    (empty / "papers" / "register.xlsx").write_bytes(b"of somebody else")
    assert names(made_by(empty)) == ["register-2.xlsx"]
    assert (empty / "papers" / "register.xlsx").read_bytes() == b"of somebody else"
    assert (empty / "papers" / "declarations.xlsx").read_bytes() == filled


@pytest.mark.parametrize("folder", PUBLISHED, ids=lambda path: path.name)
def test_a_blank_register_of_every_programme_is_read_back_without_a_finding(folder: Path, tmp_path: Path) -> None:
    criteria = read_criteria(folder).criteria
    assert criteria is not None
    columns = layouts.register(criteria).columns
    (tmp_path / "register.xlsx").write_bytes(workbook_bytes(blank_register(criteria, columns)))
    read = read_before_marking(tmp_path, criteria)
    assert read.findings == ()
    assert read.register is not None
    assert len(read.register) == 0
    keys = set(read.register.columns)
    assert {f"gate:{gate.id}" for gate in criteria.gate} <= keys
    assert {f"price:{year}" for year in criteria.years} <= keys
    assert ("people" in keys) == bool(
        any((p := criteria.price_policy(t.id)) and p.basis == "unit_cost" for t in criteria.themes)
    )
    assert ("wards" in keys) == bool(criteria.decided_by("wards"))


def test_a_register_that_is_filled_in_by_libreoffice_is_a_register(empty: Path) -> None:
    made_by(empty)
    book = openpyxl.load_workbook(empty / "papers" / "register.xlsx")
    sheet = book["Bids"]
    at = {cell.value: cell.column_letter for cell in sheet[4]}
    facts = {
        "Bid": "A1",
        "Theme": "north",
        "Organisation": "01234567",
        "Price (£)": 1200.5,
        "Date received": "2027-02-26 11:58",
    }
    for heading, value in facts.items():
        sheet[f"{at[heading]}5"] = value
    book.save(empty / "filled.xlsx")
    (saved,) = recalculate(empty / "filled.xlsx")
    shutil.copy(saved, empty / "bids" / "register.xlsx")
    criteria = read_criteria(empty / "criteria").criteria
    assert criteria is not None
    read = read_before_marking(empty / "bids", criteria)
    assert read.findings == ()
    assert read.register is not None
    row = read.register.row(0)
    assert [row[key] for key in ("bid", "theme", "organisation", "price", "received")] == list(map(str, facts.values()))


def test_lists_offer_the_themes_conditions_and_organisations_that_are_known(full: Path, empty: Path) -> None:
    made_by(empty)
    book = openpyxl.load_workbook(empty / "papers" / "register.xlsx")
    (themes,) = (
        one
        for one in book["Bids"].data_validations.dataValidation
        if "A1" not in str(one.sqref) and "$A$" in (one.formula1 or "")
    )
    where, cells = themes.formula1.lstrip("=").split("!")
    assert where.strip("'") == "What goes where"
    assert [row[0].value for row in book["What goes where"][cells.replace("$", "")]] == ["north", "south"]
    book = openpyxl.load_workbook(empty / "papers" / "declarations.xlsx")
    assert [book["What goes where"][f"A{row}"].value for row in (4, 5, 6)] == ["north", "south", "organisation"]


def everything(path: Path) -> Iterator[str]:
    """Give all texts of a file: of every part of an archive; of a PDF its text, properties and descriptions."""
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    elif path.suffix == ".pdf":
        yield words_of_pdf(path)
        with pikepdf.open(path) as document:
            yield str(document.docinfo)
            yield str(document.open_metadata())
            yield from (
                str(one.get("/Alt", "")) + str(one.get("/ActualText", ""))
                for one in document.objects
                if isinstance(one, pikepdf.Dictionary)
            )
    else:
        yield path.read_text("utf-8")


def test_no_price_is_in_what_an_evaluator_is_given_in_any_form(full: Path) -> None:
    files = sorted((full / "out").iterdir())
    assert {path.suffix for path in files} == {".xlsx", ".docx", ".pdf", ".html", ".txt", ".json"}
    for path in files:
        for text in everything(path):
            assert not re.search(r"123[,.\s]?456", text), path


def test_a_pack_has_the_answers_in_the_order_of_the_workbook_and_of_nobody_else(full: Path) -> None:
    rows = list(openpyxl.load_workbook(full / "out" / "E1.xlsx")["Marks"].iter_rows(min_row=6, values_only=True))
    order = [f"{row[0]} {row[2]}" for row in rows]
    with zipfile.ZipFile(full / "out" / "E1 reading pack.docx") as archive:
        text = re.sub("<[^>]+>", "\n", archive.read("word/document.xml").decode())
    assert re.findall(r"^([ABO][0-9] [A-Z][0-9]):", text, re.M) == order
    assert "A good answer holds:" in text
    assert "Most parts are there with specific detail." in text
    assert "(The bidder gave no answer.)" in text
    assert "[In the form of B1]" in text  # both forms of O1 answer for the organisation, and differently


def test_who_is_recused_reads_nothing_of_the_bid(tmp_path: Path) -> None:
    criteria_folder(tmp_path / "criteria")
    forms_folder(tmp_path / "bids")
    panel = (tmp_path / "bids" / "panel.csv").read_text("utf-8") + "".join(
        f"E3,E3,{one}\n" for one in ("north", "south", "organisation")
    )
    (tmp_path / "bids" / "panel.csv").write_text(panel, "utf-8")
    interests = (tmp_path / "bids" / "declarations.csv").read_text("utf-8")
    (tmp_path / "bids" / "declarations.csv").write_text(
        f"{interests}E3,O2,A trustee.,recused,2026-10-05\nE3,*,None.,none,2026-10-05\n", "utf-8"
    )
    assert run("issue", tmp_path / "criteria", tmp_path / "bids", "--out", tmp_path / "out").exit_code == 0
    for path in (tmp_path / "out" / "E3.xlsx", tmp_path / "out" / "E3 reading pack.docx"):
        whole = "\n".join(everything(path))
        assert "A1 answers C1" in whole
        assert "A2 answers" not in whole
    assert "You are recused from A2, O2" in "\n".join(everything(tmp_path / "out" / "E3 reading pack.docx"))


def test_an_answer_is_text_whatever_it_looks_like(full: Path) -> None:
    sheet = openpyxl.load_workbook(full / "out" / "E1.xlsx")["Marks"]
    at = {cell.value: cell.column for cell in sheet[5]}
    row = next(row for row in sheet.iter_rows(min_row=6) if (row[0].value, row[2].value) == ("A2", "C1"))
    cell = row[at["Answer"] - 1]
    assert cell.data_type == "s"
    assert cell.protection.locked
    assert cell.value.startswith("=HYPERLINK")
    assert "[U+202E]" in cell.value
    with zipfile.ZipFile(full / "out" / "E1 reading pack.docx") as archive:
        text = archive.read("word/document.xml").decode()
    assert "&lt;b&gt;bold&lt;/b&gt;" in text
    assert "{{ 7*7 }}" in text
    assert "hyperlink" not in text


def test_a_long_answer_goes_on_in_the_cells_beside_it_and_no_word_is_lost(full: Path) -> None:
    sheet = openpyxl.load_workbook(full / "out" / "E1.xlsx")["Marks"]
    heads = [cell.value for cell in sheet[5]]
    parts = [at for at, head in enumerate(heads) if str(head).startswith("Answer")]
    assert len(parts) > 1
    assert heads[parts[-1] + 1] == "Mark"
    row = next(row for row in sheet.iter_rows(min_row=6) if (row[0].value, row[2].value) == ("A1", "C1"))
    assert " ".join(str(row[at].value) for at in parts if row[at].value).split() == LONG.split()
    assert max(one.height or 0 for one in sheet.row_dimensions.values()) <= 409
    for text in ("", "a\n\n\nb", "x" * 40_000, "\n".join("y" * 300)):
        columns = answer_columns([text])
        assert len(columns) <= 6
        cells = answer_cells(text, len(columns))
        assert "".join(str(cell.value or "") for cell in cells).replace("\n", "") == text.replace("\n", "")


def test_a_return_with_answers_in_it_is_read_as_what_was_issued(full: Path, tmp_path: Path) -> None:
    bids = tmp_path / "bids"
    shutil.copytree(full / "bids", bids)
    filled = []
    for evaluator in ("E1", "E2"):
        book = openpyxl.load_workbook(full / "out" / f"{evaluator}.xlsx")
        sheet = book["Marks"]
        at = {cell.value: cell.column_letter for cell in sheet[5]}
        for row in range(6, sheet.max_row + 1):
            sheet[f"{at['Mark']}{row}"] = 3
            sheet[f"{at['Reason']}{row}"] = (
                f"{evaluator} on {sheet[f'A{row}'].value} {sheet[f'C{row}'].value}: {REASON}"
            )
        book.save(tmp_path / f"{evaluator}.xlsx")
        filled.append(tmp_path / f"{evaluator}.xlsx")
    (bids / "returns").mkdir()
    for path in recalculate(*filled):
        shutil.copy(path, bids / "returns" / path.name)
        states = openpyxl.load_workbook(path, data_only=True)["Marks"]
        at = {cell.value: cell.column_letter for cell in states[5]}
        assert {states[f"{at['State']}{row}"].value for row in range(6, states.max_row + 1)} == {"done"}
    criteria = read_criteria(full / "criteria").criteria
    assert criteria is not None
    read = read_bids(bids, criteria)
    assert [one.code for one in read.findings] == ["E-FORM-006"]
    assert read.marks is not None
    assert len(read.marks) == 16
    assert run("progress", full / "criteria", bids).exit_code == 0
    assert run("moderate", full / "criteria", bids, "--out", tmp_path / "m.xlsx").exit_code == 0
    north = openpyxl.load_workbook(tmp_path / "m.xlsx")["Consensus north"]
    heads = {cell.value: cell.column for cell in north[9]}
    assert north.cell(10, heads["Answer"]).value.startswith("word0 word1")
    assert list(heads)[list(heads).index("Mark") - 1].startswith("Answer")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Our price is £123,456.78 for all.", True),
        ("We ask for 123456.78.", True),
        ("It comes to 123 456.78 pounds.", True),
        ("１２３４５６.78", True),
        ("We ask for £123,457, or £123,456 without the pence.", True),
        ("In all it comes to 123.45678k, or 123.5k.", True),
        ("It comes to 123.457,- in all.", True),
        ("We ask for £123k.", True),
        ("We ask for one hundred and twenty-three thousand four hundred and fifty-seven pounds.", True),
        ("We reach 120k people, of 123.4k who live here.", False),
        ("Last year it was £123,458.", False),
        ("We reach 123,450 people and 456.78 others.", False),
        ("In 2027 we serve 123 people.", False),
    ],
)
def test_an_answer_that_names_a_price_of_its_bid_is_kept_back_until_a_person_decides(
    text: str, told: bool, tmp_path: Path
) -> None:
    criteria = criteria_folder(tmp_path / "criteria")
    bids = forms_folder(tmp_path / "bids", {("A1", "C1"): text})
    made = issue(criteria, bids, 1)
    found = [(one.code, str(one.source)) for one in made.findings]
    assert found == ([("E-PACK-001", "bids/A1.xlsx Answers!G5")] if told else [])
    (tmp_path / "E1.xlsx").write_bytes(made.files["E1.xlsx"])
    whole = "\n".join(everything(tmp_path / "E1.xlsx"))
    assert (text in whole) == (not told)
    assert ("This answer is kept back" in whole) == told
    shown = issue(criteria, bids, 1, as_written=True)
    assert [one.code for one in shown.findings] == (["E-PACK-002"] if told else [])
    (tmp_path / "E1.xlsx").write_bytes(shown.files["E1.xlsx"])
    assert text in "\n".join(everything(tmp_path / "E1.xlsx"))


def test_an_answer_that_was_changed_beside_the_mark_is_found_in_the_return(full: Path, tmp_path: Path) -> None:
    bids = tmp_path / "bids"
    shutil.copytree(full / "bids", bids)
    (bids / "returns").mkdir()
    book = openpyxl.load_workbook(full / "out" / "E1.xlsx")
    sheet = book["Marks"]
    at = {cell.value: cell.column_letter for cell in sheet[5]}
    row = next(row for row in range(6, 14) if (sheet[f"A{row}"].value, sheet[f"C{row}"].value) == ("A1", "C1"))
    sheet[f"{at['Answer, part 2']}{row}"] = "words that nobody wrote"
    book.save(bids / "returns" / "E1.xlsx")
    criteria = read_criteria(full / "criteria").criteria
    assert criteria is not None
    (found,) = (one for one in read_bids(bids, criteria).findings if one.code == "E-TEMPLATE-003")
    assert "The answer shown beside A1 C1 is not what was issued to E1" in found.message


def test_a_register_holds_no_answers_and_no_pack_is_made_of_it(tmp_path: Path) -> None:
    criteria_folder(tmp_path / "criteria")
    bids_folder(tmp_path / "bids")
    told = {one["paper"]: one["why"] for one in made_by(tmp_path)["not_made"]}
    assert "holds no answers" in told["reading packs"]
    made = issue(tmp_path / "criteria", tmp_path / "bids", 1)
    assert {name.rsplit(".", 1)[1] for name in made.files} == {"xlsx", "html", "txt", "json"}


def test_packs_take_the_seed_of_the_workbooks_that_were_issued(full: Path, tmp_path: Path) -> None:
    shutil.copytree(full / "out", tmp_path / "papers" / "evaluators")
    words = ("papers", full / "criteria", full / "bids", "--out", tmp_path / "papers", "--json")
    told = json.loads(run(*words).stdout)
    assert "evaluators" in {one["paper"]: one["why"] for one in told["not_made"]}["reading packs"]
    other = json.loads(run(*words, "--seed", 6).stdout)
    assert names(other) == ["declarations.xlsx", "reading packs"] or names(other) == ["reading packs"]


def test_a_programme_keeps_its_papers_and_its_ledger_itself(empty: Path) -> None:
    by = ("--by", "O. Officer", "--date", "2026-12-01")
    assert run("papers", empty, *by).exit_code == 0
    assert sorted(path.name for path in (empty / "papers").iterdir()) == ["declarations.xlsx", "register.xlsx"]
    told = [json.loads(line) for line in (empty / "ledger.jsonl").read_text("utf-8").splitlines()]
    assert [(one["kind"], one["subject"]) for one in told[1:]] == [
        ("issue", "declarations.xlsx"),
        ("issue", "register.xlsx"),
    ]
    assert run("papers", empty, *by).exit_code == 0
    assert len((empty / "ledger.jsonl").read_text("utf-8").splitlines()) == 3


def test_a_figure_that_is_kept_back_is_told_to_machines_too(tmp_path: Path) -> None:
    criteria_folder(tmp_path / "criteria")
    forms_folder(tmp_path / "bids", {("A1", "C1"): "We ask for £123,456.78."})
    made = run("issue", tmp_path / "criteria", tmp_path / "bids", "--out", tmp_path / "out", "--json")
    assert [one["code"] for one in json.loads(made.stdout)["findings"]] == ["E-PACK-001"]


def test_the_same_inputs_give_the_same_bytes(full: Path) -> None:
    made = issue(full / "criteria", full / "bids", 5)
    for name, content in made.files.items():
        assert (full / "out" / name).read_bytes() == content, name
