"""The evidence store of the sample: ten questions by SQL as docs/audit.md has them, and the outcome’s numbers."""

import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import duckdb
import openpyxl
import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.evidence.schema import TABLES
from evaluator.files.audit.run_folder import land
from evaluator.jobs.finished.auditing import Evidence, evidence_of, sample_files, sampled, store_files

ROOT = Path(__file__).resolve().parents[1]
DOC = (ROOT / "docs" / "audit.md").read_text("utf-8")
ASKED = re.findall(r"### (\d+)\. .*?```sql\n(.*?)\n```\n\n(.*?)\n(?=\n|\Z)", DOC, re.S)


@pytest.fixture(scope="module")
def evidence(bundle: Path) -> Evidence:
    return evidence_of(bundle.read_bytes(), lambda _: None)


@pytest.fixture(scope="module")
def store(evidence: Evidence, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit") / "store"
    land(store_files(evidence), folder)
    return folder


@pytest.fixture
def tables(store: Path) -> Iterator[sqlite3.Connection]:
    with sqlite3.connect(store / "evidence.sqlite") as opened:
        yield opened


@pytest.fixture(scope="module")
def members(bundle: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(bundle) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_docs_ask_ten_questions() -> None:
    assert [number for number, _, _ in ASKED] == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize(("number", "query", "answer"), ASKED, ids=lambda text: text if text.isdigit() else "")
def test_a_question_of_the_docs_has_the_answer_of_the_docs(
    tables: sqlite3.Connection, number: str, query: str, answer: str
) -> None:
    rows = tables.execute(query).fetchall()
    told = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in answer.splitlines()[2:]]
    assert [tuple("" if value is None else str(value) for value in row) for row in rows] == told


def test_scores_are_those_of_the_outcome(tables: sqlite3.Connection, members: dict[str, bytes]) -> None:
    outcome = json.loads(members["outputs/outcome.json"])
    keys = ("price", "quality", "price_points", "total", "exact_quality", "exact_total", "rank", "status")
    names = ", ".join(f'"{key}"' for key in keys)
    for theme in outcome["themes"]:
        for bid in theme["bids"]:
            (row,) = tables.execute(f"SELECT {names} FROM scores WHERE bid = ?", [bid["bid"]]).fetchall()
            assert dict(zip(keys, row, strict=True)) == {key: bid[key] for key in keys}


def test_awards_years_and_rules_are_those_of_the_outcome(tables: sqlite3.Connection, members: dict[str, bytes]) -> None:
    allocation = json.loads(members["outputs/outcome.json"])["allocation"]
    found = {bid: (level, amount) for bid, level, amount in tables.execute("SELECT bid, level, amount FROM awards")}
    assert found == {one["bid"]: (one["level"], float(one["amount"])) for one in allocation["awards"]}
    years = {(bid, year): amount for bid, year, amount in tables.execute("SELECT * FROM award_years")}
    said = {(one["bid"], year): float(paid) for one in allocation["awards"] for year, paid in one["by_year"].items()}
    assert years == said
    rules = tables.execute("SELECT rule, subject, used, holds FROM rules").fetchall()
    assert rules == [(one["rule"], one["subject"], one["used"], one["holds"]) for one in allocation["rules"]]


def test_each_mark_stands_in_its_cell_as_another_reader_sees_it(
    tables: sqlite3.Connection, members: dict[str, bytes]
) -> None:
    books = {}
    query = "SELECT file, sheet, cell, received FROM marks ORDER BY file, cell"
    for file, sheet, cell, received in tables.execute(query).fetchall()[::29]:
        if file not in books:
            books[file] = openpyxl.load_workbook(BytesIO(members[f"inputs/bids/{file}"]))
        assert str(books[file][sheet][cell].value) == received
    assert len(books) == 12


def test_every_sum_is_that_of_the_file_as_it_was_received(
    tables: sqlite3.Connection, members: dict[str, bytes]
) -> None:
    listed = json.loads(members["manifest.json"])["files"]
    sums = dict(tables.execute("SELECT file, sha256 FROM files").fetchall())
    for name, digest in sums.items():
        assert digest in (listed.get(f"inputs/bids/{name}"), listed.get(f"inputs/criteria/{name}"))
    for table in ("marks", "agreed_marks", "register", "decisions", "declarations", "panel", "awards"):
        for file, digest in tables.execute(f"SELECT DISTINCT file, sha256 FROM {table}"):
            assert sums[file] == digest


def test_parquet_holds_the_same_rows_as_sqlite(store: Path, tables: sqlite3.Connection) -> None:
    for name, table in TABLES.items():
        columns = ", ".join(f'"{column}"' for column in table.columns)
        here = tables.execute(f"SELECT {columns} FROM {name}").fetchall()
        there = duckdb.sql(f"SELECT {columns} FROM '{store}/{name}.parquet'").fetchall()
        plain = [tuple(float(one) if isinstance(one, Decimal) else one for one in row) for row in there]
        assert here == plain, name


def test_the_same_bundle_gives_the_same_store(evidence: Evidence, store: Path) -> None:
    again = store_files(evidence)
    assert {path.name: path.read_bytes() for path in store.iterdir()} == again


def test_nothing_of_equality_monitoring_is_in_the_store(tables: sqlite3.Connection) -> None:
    words = [row for name in TABLES for row in tables.execute(f'SELECT * FROM "{name}"').fetchall()]
    assert not [row for row in words if any("monitoring.xlsx" in str(value) for value in row)]


def test_a_sample_has_cells_ticks_and_a_conclusion(evidence: Evidence) -> None:
    files = sample_files(evidence, "marks", 12, "Audit 2027", "stratified", "R. Osei", "2026-12-01")
    book = openpyxl.load_workbook(BytesIO(files["working_paper.xlsx"]))
    cells = [[cell.value for cell in row] for row in book["Sample"].iter_rows()]
    heads = next(at for at, row in enumerate(cells) if row[0] == "No.")
    told = json.loads(files["sample.json"])
    assert [row[1] for row in cells[heads + 1 : heads + 13]] == [one["name"] for one in told["items"]]
    assert [row[3:6] for row in cells[heads + 1 : heads + 13]] == [
        [one["file"], one["sheet"], one["cell"]] for one in told["items"]
    ]
    assert [row[1] for row in cells[-4:]] == ["Conclusion", "Made by", "Date", "Reviewed by"]
    assert {"working_paper.html", "working_paper.docx", "working_paper.pdf"} <= set(files)
    assert "4,403 marks" in files["working_paper.html"].decode()


def test_a_sample_of_awards_by_money_is_drawn_from_pence(evidence: Evidence) -> None:
    drawn = sampled(evidence, "awards", 10, "s", "money")
    amounts = {row["bid"]: row["amount"] for row in evidence.tables["awards"]}
    assert all(Decimal(one.item.pence) / 100 == Decimal(amounts[one.item.name]) for one in drawn)
    assert all(one.item.row["cell"].startswith("G") for one in drawn)


@pytest.mark.parametrize("command", [["store"], ["sample", "--seed", "s"]])
def test_no_evidence_is_taken_from_a_bundle_that_does_not_hold(
    bundle: Path, tmp_path: Path, command: list[str]
) -> None:
    (tmp_path / "bundle.zip").write_bytes(bundle.read_bytes() + b"more")
    said = CliRunner().invoke(
        main, ["audit", command[0], str(tmp_path / "bundle.zip"), "--out", str(tmp_path / "out"), *command[1:]]
    )
    assert said.exit_code == 3, said.output
    assert "so no evidence is taken from it" in said.output or "cannot be read" in said.output
    assert not (tmp_path / "out").exists()


def test_money_is_for_awards_alone(bundle: Path, tmp_path: Path) -> None:
    words = ["audit", "sample", str(bundle), "--out", str(tmp_path / "out"), "--seed", "s", "--way", "money"]
    said = CliRunner().invoke(main, words)
    assert said.exit_code == 2
    assert "for --of awards" in said.output
