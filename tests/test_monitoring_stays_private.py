"""No finding, name, log or temporary file repeats what stands in the equality monitoring, sound or broken."""

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.publication import seal
from tests.unit.files.audit.test_equality_archive import PLAN, SALT

ROOT = Path(__file__).resolve().parent.parent
MARKER = "Zyxomma"  # stands in every cell, and nowhere else
KEPT = {"equality.zip"}  # which is the monitoring as received
OTHER_COLUMN = f"organisation,women_led,{MARKER}c\n{MARKER}o,{MARKER}r,{MARKER}x\n"
PLAIN = f"organisation,women_led\n{MARKER}o,{MARKER}r\nO1,{MARKER}s\n"


def written(content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / "monitoring.csv").write_bytes(content)


def workbook(sheet: str = "Monitoring", formula: bool = False) -> Callable[[Path], object]:
    def make(folder: Path) -> None:
        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        page.title = sheet
        page.append(["Organisation", f"{MARKER}h" if formula else "Led by women"])
        page.append([f"{MARKER}o", f'="{MARKER}f"' if formula else f"{MARKER}r"])
        page["B2"].number_format = f'"{MARKER}n"'
        page["D9"] = f"{MARKER}d"
        book.save(folder / "monitoring.xlsx")

    return make


def cut_short(folder: Path) -> None:
    workbook()(folder)
    path = folder / "monitoring.xlsx"
    path.write_bytes(path.read_bytes()[:-300])


BROKEN: dict[str, Callable[[Path], object]] = {
    "sound": written(PLAIN.encode()),
    "other columns": written(OTHER_COLUMN.encode()),
    "no such column": written(f"{MARKER}a,{MARKER}b\n{MARKER}o,{MARKER}r\n".encode()),
    "a row too long": written(f"{PLAIN}{MARKER}o,{MARKER}r,{MARKER}x,{MARKER}y\n".encode()),
    "an open quote": written(f'{PLAIN}"{MARKER}o,{MARKER}r\n'.encode()),
    "semicolons": written(PLAIN.replace(",", ";").encode()),
    "lines above": written(f"{MARKER}t\n\n{PLAIN}".encode()),
    "utf-16": written(PLAIN.encode("utf-16")),
    "windows": written(f"{PLAIN}{MARKER}é,Yes\n".encode("cp1252")),
    "nul": written(f"{PLAIN}{MARKER}\0,Yes\n".encode()),
    "values beside": written(f"organisation,women_led,\n{MARKER}o,{MARKER}r,{MARKER}x\n".encode()),
    "twice": written(f"{PLAIN}{MARKER}o,{MARKER}r\n".encode()),
    "a workbook": workbook(),
    "another sheet": workbook(f"{MARKER}p"),
    "formulas": workbook(formula=True),
    "a damaged workbook": cut_short,
}


@pytest.fixture(scope="module")
def criteria(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("criteria") / "small"
    shutil.copytree(ROOT / "criteria" / "minimal_with_price", folder, ignore=shutil.ignore_patterns("seal.json"))
    with (folder / "programme.toml").open("a", encoding="utf-8") as stream:
        stream.write(PLAN)
    read = read_criteria(folder).criteria
    assert read is not None
    (folder / "seal.json").write_text(json.dumps(seal(read, "2026-09-01").model_dump(by_alias=True)), "utf-8")
    return folder


def repeating(folder: Path) -> list[str]:
    """Name every file under a folder, but the monitoring as received, that holds the marker, packed or not."""
    found = []
    for path in (one for one in folder.rglob("*") if one.is_file() and one.name not in KEPT):
        contents = [path.name.encode(), path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                contents += [archive.read(name) for name in archive.namelist()]
        if any(MARKER.encode() in content or MARKER.encode("utf-16-le") in content for content in contents):
            found.append(path.name)
    return found


@pytest.mark.parametrize("make", BROKEN.values(), ids=BROKEN)
def test_nothing_that_is_said_or_written_repeats_a_reply(
    make: Callable[[Path], object], criteria: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bids, temporary = tmp_path / "bids", tmp_path / "temporary"
    shutil.copytree(ROOT / "sample_bids" / "minimal_with_price", bids)
    (bids / "equality").mkdir()
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    make(bids / "equality")
    (bids / "equality" / "salt.txt").write_bytes(SALT)
    words = ["evaluate", str(criteria), str(bids), "--out", str(tmp_path / "out" / "run"), "--no-margins"]
    found = CliRunner().invoke(main, words)
    assert found.exit_code in (0, 1), found.output
    again = CliRunner().invoke(main, ["replay", str(tmp_path / "out" / "run" / "bundle.zip")])
    assert again.exit_code == 0, again.output
    assert MARKER not in found.output + again.output
    assert repeating(tmp_path / "out") == []
    assert list(temporary.iterdir()) == []
    assert os.listdir(tmp_path / "out") == ["run"]  # noqa: PTH208 - hidden ones too


def test_the_marker_is_found_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(MARKER, "utf-8")
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("c", MARKER)
    assert sorted(repeating(tmp_path)) == ["a.txt", "b.zip"]
