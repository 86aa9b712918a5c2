"""The scanner sees exactly the cells that openpyxl sees: value, kind, formula, format, and what is hidden."""

import random
import shutil
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from evaluator.files.read.tables.cells import day_of
from evaluator.files.read.xlsx import open_workbook
from evaluator.files.read.xlsx.cell import Book, Held, coordinates
from tests.conftest import SampleRun
from tests.office import recalculate
from tests.properties.test_mutated_returns import SPOIL, home

__all__ = ["home"]  # pytest finds the fixture here
ROOT = Path(__file__).resolve().parents[5]
EVERY = sorted((ROOT / "sample_bids").rglob("*.xlsx"))
SAMPLE = [path for path in EVERY if path.parent.name != "returns" or path.stem in ("E01", "E07", "E12")]


def scanned(path: Path) -> Book:
    book, found = open_workbook(path.read_bytes(), path.name)
    assert book is not None, found
    return book


def same(path: Path, book: Book) -> None:
    """Hold every cell of a scanned workbook against openpyxl's."""
    other = openpyxl.load_workbook(path, data_only=False)
    assert [(s.title, s.state) for s in book.sheets] == [(s.title, s.sheet_state) for s in other.worksheets]
    for sheet, theirs in zip(book.sheets, other.worksheets, strict=True):
        held = {(row, column): cell for row, cells in sheet.rows.items() for column, cell in cells.items()}
        merged = {c for area in theirs.merged_cells.ranges for c in list(area.cells)[1:]}
        cells = {(c.row, c.column): c for row in theirs.iter_rows() for c in row if c.value not in (None, "")}
        assert {at: cell for at, cell in held.items() if at not in merged}.keys() == cells.keys(), (path, sheet.title)
        for at, cell in cells.items():
            wanted = their_text(cell)
            assert as_text(held[at]) == wanted or wanted[0] == "time", (path, sheet.title, at)
            assert held[at].look.number_format == cell.number_format, (path, sheet.title, at)
        assert sheet.protected == bool(theirs.protection.sheet)
        assert {coordinates(area) for area in sheet.merged} == {area.coord for area in theirs.merged_cells.ranges}
        rows = {number for number, one in theirs.row_dimensions.items() if one.hidden or one.height == 0}
        assert {row for row in sheet.hidden_rows if row in rows or row in sheet.rows} == rows
        columns = {(one.min, one.max) for one in theirs.column_dimensions.values() if one.hidden or one.width == 0}
        assert set(sheet.hidden_columns) == columns


def as_text(held: Held) -> tuple[str, str]:
    if held.formula is not None:
        return "formula", held.formula if held.formula != "=" else ""
    if held.kind == "number":
        return "number", repr(float(held.text))
    if held.kind == "date":
        return "date", day_of(held.text)
    if held.kind == "yes_no":
        return "yes_no", str(held.text in ("1", "true"))
    return ("text" if held.kind == "rich" else held.kind), held.text


def their_text(cell: Any) -> tuple[str, str]:
    value = cell.value
    if cell.data_type == "f":
        formula = str(getattr(value, "text", value))
        return "formula", formula if formula != "=" else ""
    if isinstance(value, bool):
        return "yes_no", str(value)
    if isinstance(value, int | float):
        return "number", repr(float(value))
    if isinstance(value, datetime | date):
        return "date", value.isoformat()[:10]
    if isinstance(value, time | timedelta):
        return "time", ""
    return ("error" if cell.data_type == "e" else "text"), str(value).replace("\r\n", "\n")


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_workbook_of_the_sample_is_seen_as_openpyxl_sees_it(path: Path) -> None:
    same(path, scanned(path))


@pytest.mark.parametrize("name", ["equality_impact.xlsx", "findings.xlsx", "results.xlsx"])
def test_every_workbook_of_a_run_is_seen_as_openpyxl_sees_it(name: str, sample_run: SampleRun) -> None:
    same(sample_run.folder / name, scanned(sample_run.folder / name))


def test_workbooks_that_libreoffice_saved_are_seen_as_openpyxl_sees_them(tmp_path: Path) -> None:
    returns = [path for path in SAMPLE if path.parent.name == "returns"][:2]
    registers = [path for path in SAMPLE if path.name in ("register.xlsx", "decisions.xlsx")][:3]
    for number, path in enumerate((*returns, *registers)):
        shutil.copy(path, tmp_path / f"{number}{path.name}")
    for saved in recalculate(*sorted(tmp_path.glob("*.xlsx"))):
        same(saved, scanned(saved))


@pytest.mark.filterwarnings("ignore")
def test_spoilt_workbooks_that_are_accepted_are_seen_as_openpyxl_sees_them(home: Path, tmp_path: Path) -> None:
    path, accepted = tmp_path / "E1.xlsx", 0
    for seed in range(60):
        dice = random.Random(seed)
        path.write_bytes(dice.choice(SPOIL)((home / "filled.xlsx").read_bytes(), dice))
        book, _ = open_workbook(path.read_bytes(), path.name)
        if book is not None:
            accepted += 1
            same(path, book)
    assert accepted > 20
