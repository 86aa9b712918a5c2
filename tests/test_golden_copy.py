"""The sample gives the golden copy, of which the repository keeps the report, the JSON and the sums of all files."""

import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from tests import golden_copy
from tests.conftest import SampleRun

RENEW = "python3 run.py test tests/test_golden_copy.py --renew-golden"


@pytest.fixture(scope="module", autouse=True)
def renewed(request: pytest.FixtureRequest, sample_run: SampleRun) -> None:
    """Make the run the golden copy first, if that was asked for."""
    if request.config.getoption("--renew-golden"):
        assert "PYTEST_XDIST_WORKER" not in os.environ, f"one process renews it: {RENEW}"
        golden_copy.renew(sample_run.folder)


def test_every_file_of_the_sample_has_its_golden_sum(sample_run: SampleRun) -> None:
    changed = golden_copy.changed(sample_run.folder)
    assert changed == [], f"{changed} changed. If that is meant, look at them and run: {RENEW}"


def test_the_golden_copy_keeps_the_report_and_the_json_byte_for_byte_and_nothing_else(sample_run: SampleRun) -> None:
    kept = {path.name for path in sample_run.folder.iterdir() if path.name in golden_copy.KEPT}
    assert {path.name for path in golden_copy.GOLDEN.iterdir()} == kept | {golden_copy.LIST}
    for name in kept - golden_copy.OF_THIS_MACHINE:
        assert (sample_run.folder / name).read_bytes() == (golden_copy.GOLDEN / name).read_bytes(), f"{name}: {RENEW}"


@pytest.fixture
def another(sample_run: SampleRun, tmp_path: Path) -> Path:
    return shutil.copytree(sample_run.folder, tmp_path / "run")


def tell(run: Path, key: str, value: object) -> None:
    """Change what a run's manifest says it was made with."""
    told = golden_copy.manifest(run)
    told["made_with"][key] = value
    (run / "manifest.json").write_text(json.dumps(told))


def compress_again(path: Path, changing: bytes = b"") -> None:
    """Write a workbook's parts again as another machine might compress them, or with another end to each."""
    with zipfile.ZipFile(path) as book:
        parts = [(entry, book.read(entry)) for entry in book.infolist()]
    with zipfile.ZipFile(path, "w") as book:
        for entry, content in parts:
            book.writestr(entry, content + changing, compresslevel=1)


@pytest.mark.parametrize("name", ["report.pdf", "report.html", "bundle.zip", "manifest.json", "results.xlsx"])
def test_a_byte_more_and_a_file_too_many_are_noticed(name: str, another: Path) -> None:
    content = (another / name).read_bytes()
    (another / name).write_bytes(content + b"\n")
    assert golden_copy.changed(another) == [name]
    (another / name).write_bytes(content)
    assert golden_copy.changed(another) == []
    (another / f"{name}.old").write_bytes(content)
    assert golden_copy.changed(another) == [f"{name}.old"]


def test_a_file_that_is_missing_is_noticed(another: Path) -> None:
    (another / "record.docx").unlink()
    assert golden_copy.changed(another) == ["record.docx"]


def test_what_another_machine_compresses_otherwise_is_the_same(another: Path) -> None:
    compress_again(another / "results.xlsx")
    assert golden_copy.sums(another).whole["results.xlsx"] != golden_copy.listed().whole["results.xlsx"]
    assert golden_copy.changed(another) == []
    compress_again(another / "results.xlsx", changing=b" ")
    assert golden_copy.changed(another) == ["results.xlsx"]


def test_another_python_changes_no_more_than_the_manifest_and_the_bundles(another: Path) -> None:
    tell(another, "python", "3.99.0")
    (another / "bundle.zip").write_bytes(b"which holds the manifest")
    assert golden_copy.changed(another) == []
    (another / "report.pdf").write_bytes(b"other words")
    assert golden_copy.changed(another) == ["report.pdf"]


@pytest.mark.parametrize("key", ["bid-evaluator", "requirements.txt (SHA-256)"])
def test_a_manifest_of_another_version_or_lock_is_to_be_renewed(key: str, another: Path) -> None:
    tell(another, key, "another")
    assert golden_copy.changed(another) == ["manifest.json"]
