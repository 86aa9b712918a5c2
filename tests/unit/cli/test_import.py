"""``evaluator import``: what is unsure is asked first, answered in a workbook or TOML file, kept, and applied again."""

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.audit.ledger_file import read_ledger
from evaluator.files.read.bids.folder import read_bids
from evaluator.records.findings.finding import Severity
from tests.unit.files.read.imports import truth
from tests.unit.files.read.imports.layouts_at_random import Sheet, file_of, workbook

VAT = [f"Price {year} ({vat} VAT)" for year in (2027, 2028) for vat in ("excl.", "incl.")]


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    return truth.programme_in(tmp_path / "programme")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(
        main, ["import", *map(str, arguments), "--by", "Sam Lee, Officer", "--date", "2026-12-01"]
    )


def facts(*arguments: object) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(run(*arguments, "--json").stdout)
    return made


def register(path: Path, *, columns: list[str] | None = None, more: float = 0) -> Path:
    """Write an export with prices with and without VAT, its columns in an order."""
    themes = {"advice": "Lot 1: Advice", "digital": "Lot 2: Digital inclusion"}
    columns = columns or ["Ref", "Supplier", "Lot", *VAT, "Insurance", "Grounds for exclusion"]
    rows: list[list[Any]] = [columns]
    for bid, (theme, name) in truth.BIDS.items():
        first, second = truth.PRICES[bid]
        said = {
            "Ref": bid,
            "Supplier": name,
            "Lot": themes[theme],
            "Insurance": "Pass",
            "Grounds for exclusion": "Pass",
        }
        paid = dict(zip(VAT, (first + more, 9 * first, second, 9 * second), strict=True))
        rows.append([(said | paid)[column] for column in columns])
    path.write_bytes(workbook([Sheet("Responses", rows)]))
    return path


def answered(mapping: Path, text: str, becomes: str) -> Path:
    """Answer one question in the workbook, as a person does."""
    book = openpyxl.load_workbook(mapping)
    row = next(row for row in book["Mapping"].iter_rows() if row[1].value == text)
    row[2].value = becomes
    book.save(mapping)
    return mapping


def marks_of(programme: Path) -> dict[tuple[str, str, str], str]:
    with (programme / "bids" / "marks.csv").open(encoding="utf-8", newline="") as stream:
        return {(row["bid"], row["question"], row["evaluator"]): row["mark"] for row in csv.DictReader(stream)}


def test_a_question_is_asked_and_one_answer_imports_the_register(programme: Path, tmp_path: Path) -> None:
    file = register(tmp_path / "export.xlsx")
    asked = run(file, "--programme", programme)
    assert asked.exit_code == 1
    assert not (programme / "bids" / "register.xlsx").exists()
    (mapping,) = (programme / "imports").glob("*.mapping.xlsx")
    assert f"--mapping {mapping.as_posix()}" in asked.stdout.replace("\\", "/")
    done = run(
        file, "--programme", programme, "--mapping", answered(mapping, "which prices count", "prices without VAT")
    )
    assert done.exit_code == 0, done.output
    received = read_bids(programme / "bids", truth.CRITERIA)
    assert received.register is not None
    assert not [
        one for one in received.findings if one.severity is not Severity.NOTE and one.source.file == "register.xlsx"
    ]
    prices = zip(*(received.register.columns[key] for key in ("bid", "price:2027", "price:2028")), strict=True)
    assert {bid: (float(first), float(second)) for bid, first, second in prices} == truth.PRICES


def test_the_next_export_of_the_portal_needs_no_answer_wherever_its_columns_stand(
    programme: Path, tmp_path: Path
) -> None:
    file = register(tmp_path / "export.xlsx")
    asked = facts(file, "--programme", programme)
    mapping = answered(Path(asked["written"]["mapping"]), "which prices count", "prices without VAT")
    assert facts(file, "--programme", programme, "--mapping", mapping)["status"] == "imported"
    later = register(
        tmp_path / "another name.xlsx",
        columns=["Lot", *reversed(VAT), "Grounds for exclusion", "Supplier", "Insurance", "Ref"],
        more=1,
    )
    made = facts(later, "--programme", programme)
    assert (made["status"], made["asked"]) == ("imported", [])
    assert made["mapping_applied"].startswith("register-")
    changed = [one for one in made["findings"] if one["code"] == "E-IMPORT-019"]
    assert len(changed) == len(truth.BIDS)


def test_the_answer_may_stand_in_a_toml_file(programme: Path, tmp_path: Path) -> None:
    file = register(tmp_path / "export.xlsx")
    assert run(file, "--programme", programme).exit_code == 1
    (mapping,) = (programme / "imports").glob("*.mapping.toml")
    text = mapping.read_text("utf-8").replace('count"\nbecomes = ""', 'count"\nbecomes = "prices with VAT"')
    mapping.write_text(text, "utf-8")
    assert run(file, "--programme", programme, "--mapping", mapping).exit_code == 0


def test_an_answer_that_is_none_of_the_choices_is_refused_at_its_cell(programme: Path, tmp_path: Path) -> None:
    file = register(tmp_path / "export.xlsx")
    mapping = Path(facts(file, "--programme", programme)["written"]["mapping"])
    made = facts(file, "--programme", programme, "--mapping", answered(mapping, "which prices count", "both"))
    wrong = [one for one in made["findings"] if one["code"] == "E-IMPORT-016"]
    assert [(one["sheet"], one["cell"][0]) for one in wrong] == [("Mapping", "C")]
    assert made["status"] == "to_confirm"


def test_a_mapping_that_is_begun_stays_when_the_file_is_looked_at_again(programme: Path, tmp_path: Path) -> None:
    file = register(tmp_path / "export.xlsx")
    mapping = Path(facts(file, "--programme", programme)["written"]["mapping"])
    before = answered(mapping, "which prices count", "prices with VAT").read_bytes()
    assert run(file, "--programme", programme).exit_code == 1
    assert mapping.read_bytes() == before


def test_marks_of_one_evaluator_after_the_other_stand_in_one_table_and_a_correction_replaces_its_own(
    programme: Path, tmp_path: Path
) -> None:
    assert run(_plain_register(tmp_path), "--programme", programme).exit_code == 0
    for who, name in truth.PEOPLE.items():
        assert run(_marks(tmp_path / f"{who}.xlsx", who, name), "--programme", programme).exit_code == 0
    assert marks_of(programme) == truth.MARKS
    made = facts(
        _marks(tmp_path / "again.xlsx", "E1", "Anna Khan", change=("B1", "Q1", "E1")), "--programme", programme
    )
    changed = [one["message"] for one in made["findings"] if one["code"] == "E-IMPORT-019"]
    assert changed == ["mark of B1 Q1 E1 was 0 in the earlier import and is 5 now."]
    assert marks_of(programme) == truth.MARKS | {("B1", "Q1", "E1"): "5"}


def _plain_register(folder: Path) -> Path:
    path = folder / "bids.xlsx"
    head = ["Bid", "Bidder", "Lot", "Price 2027", "Price 2028", "Insurance", "Grounds for exclusion"]
    rows = [[bid, name, theme, *truth.PRICES[bid], "pass", "pass"] for bid, (theme, name) in truth.BIDS.items()]
    path.write_bytes(workbook([Sheet("Bids", [head, *rows])]))
    return path


def _marks(path: Path, who: str, name: str, change: tuple[str, str, str] | None = None) -> Path:
    rows: list[list[Any]] = [["Evaluator", name], [], ["Bid", "Question", "Score", "Reason"]]
    for (bid, question, person), mark in truth.MARKS.items():
        if person == who:
            given = 5 if (bid, question, person) == change else int(mark)
            rows.append([bid, question, given, truth.REASONS[bid, question, person]])
    path.write_bytes(workbook([Sheet("Sheet1", rows)]))
    return path


def test_each_mark_says_where_it_stood_and_the_file_is_kept_as_it_came(programme: Path, tmp_path: Path) -> None:
    run(_plain_register(tmp_path), "--programme", programme)
    file = _marks(tmp_path / "E1.xlsx", "E1", "Anna Khan")
    made = facts(file, "--programme", programme)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert made["sha256"] == digest
    assert (programme / "received" / f"{digest}.xlsx").read_bytes() == file.read_bytes()
    with (programme / "bids" / "marks.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    page = openpyxl.load_workbook(file)["Sheet1"]
    for row in rows:
        cell = row["origin"].removeprefix("E1.xlsx Sheet1!").split(",")[0]
        assert str(page[cell].value) == row["mark"]
    entries = read_ledger(programme / "ledger.jsonl").entries
    assert [(one.event.kind, one.event.subject, one.event.file) for one in entries][-1] == ("import", "E1.xlsx", digest)
    received = read_bids(programme / "bids", truth.CRITERIA)
    assert not [one for one in received.findings if one.source.file in ("marks.csv", "register.xlsx")]


def test_what_is_refused_at_its_cell_is_left_out_and_the_rest_is_written(programme: Path, tmp_path: Path) -> None:
    run(_plain_register(tmp_path), "--programme", programme)
    file = _marks(tmp_path / "E1.xlsx", "E1", "Anna Khan")
    book = openpyxl.load_workbook(file)
    book["Sheet1"]["C4"].value = 9
    book.save(file)
    done = run(file, "--programme", programme)
    assert done.exit_code == 1
    assert "E1.xlsx Sheet1!C4: E-IMPORT-007" in done.stdout
    assert len(marks_of(programme)) == len(truth.MARKS) // 2 - 1


def test_a_table_of_anybody_elses_making_is_never_replaced(programme: Path, tmp_path: Path) -> None:
    (programme / "bids" / "register.xlsx").write_bytes(_plain_register(tmp_path).read_bytes())
    before = (programme / "bids" / "register.xlsx").read_bytes()
    done = run(_plain_register(tmp_path), "--programme", programme)
    assert (done.exit_code, "E-IMPORT-017" in done.stdout) == (1, True)
    assert (programme / "bids" / "register.xlsx").read_bytes() == before


def test_without_a_programme_criteria_and_a_folder_do(programme: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    place = ("--criteria", programme / "criteria", "--out", out)
    assert run(_plain_register(tmp_path), *place).exit_code == 0
    made = file_of(3)
    (tmp_path / made.file).write_bytes(made.content)
    assert facts(tmp_path / made.file, *place)["status"] in ("imported", "to_confirm")
    assert (out / "register.xlsx").is_file()
    assert run(_plain_register(tmp_path)).exit_code == 2
    assert run(_plain_register(tmp_path), *place, "--programme", programme).exit_code == 2


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    held = []
    files = _plain_register(tmp_path), _marks(tmp_path / "E1.xlsx", "E1", "Anna Khan")
    for name in ("one", "two"):
        folder = truth.programme_in(tmp_path / name)
        for file in files:
            run(file, "--programme", folder)
        held.append(
            {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
        )
    assert held[0] == held[1]


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04 no workbook", "Ünïcode ünd nichts".encode()])
def test_a_file_that_cannot_be_read_ends_with_a_sentence(programme: Path, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "odd.csv"
    file.write_bytes(content)
    done = run(file, "--programme", programme)
    assert done.exit_code in (1, 3)
    assert "E-" in done.stdout
    assert "mistake" not in done.output
    assert run(tmp_path / "missing.xlsx", "--programme", programme).exit_code == 3
