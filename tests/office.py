"""LibreOffice for tests: recalculate a workbook for real, whatever values its cells were saved with."""

import os
import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from evaluator.records.documents import Cell, Workbook

REQUIRED = "EVALUATOR_REQUIRE_OFFICE"  # when set, a missing LibreOffice is a failure
POISON = Decimal(-999)
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


def office() -> str:
    """Find LibreOffice; without it the test is skipped, or fails where it is required."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        if os.environ.get(REQUIRED):
            pytest.fail("LibreOffice is required here and was not found")
        pytest.skip("LibreOffice (soffice) is not installed, so formulas cannot be recalculated")
    return found


def words_of_pdf(path: Path, *options: str) -> str:
    """Give the text of a PDF as pdftotext reads it; without that the test is skipped, or fails where it is required."""
    if shutil.which("pdftotext") is None:
        if os.environ.get(REQUIRED):
            pytest.fail("pdftotext is required here and was not found")
        pytest.skip("pdftotext (poppler-utils) is not installed, so the text of a PDF cannot be read")
    return subprocess.run(["pdftotext", *options, path, "-"], capture_output=True, check=True).stdout.decode()


def recalculate(*paths: Path) -> list[Path]:
    """Load workbooks with every formula computed anew, and save them in a folder ``recalculated`` beside the first.

    LibreOffice trusts the saved values of workbooks by default, so a profile of its own makes it recalculate always.
    """
    program, folder = office(), paths[0].parent
    profile, out = folder / "office-profile", folder / "recalculated"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    files = [str(path) for path in paths]
    done = subprocess.run(
        [*command, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), *files],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    made = [out / path.name for path in paths]
    missing = [path.name for path in made if not path.is_file()]
    assert not missing, f"LibreOffice did not write {missing}: {done.stdout} {done.stderr}"
    return made


def poisoned(workbook: Workbook) -> Workbook:
    """Give every formula a wrong saved value, so that a cell that is not recalculated cannot pass."""
    sheets = tuple(
        replace(sheet, rows=tuple(tuple(map(_poisoned, row)) for row in sheet.rows)) for sheet in workbook.sheets
    )
    return replace(workbook, sheets=sheets)


def _poisoned(cell: Cell) -> Cell:
    return replace(cell, value=POISON) if cell.formula else cell
