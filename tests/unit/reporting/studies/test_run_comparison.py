"""What changed from one run to another, and why."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main

ROOT = Path(__file__).resolve().parents[4]
CRITERIA, BIDS = ROOT / "criteria" / "minimal", ROOT / "sample_bids" / "minimal"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("compare")
    shutil.copytree(BIDS, folder / "bids")
    marks = folder / "bids" / "marks.csv"
    text = marks.read_text("utf-8")
    changed = re.sub(r"^(B1,[A-Z0-9]+,[^,]+),([0-9])", lambda m: f"{m[1]},{1 if m[2] != '1' else 2}", text, flags=re.M)
    assert changed != text
    marks.write_text(changed, "utf-8")
    assert run("evaluate", CRITERIA, BIDS, "--out", folder / "one", "--no-margins").exit_code == 0
    run("evaluate", CRITERIA, folder / "bids", "--out", folder / "two", "--no-margins")
    return folder / "one", folder / "two"


def test_a_run_is_the_same_as_itself_by_folder_and_by_bundle(runs: tuple[Path, Path]) -> None:
    found = run("compare", runs[0], runs[0] / "bundle.zip")
    assert (found.exit_code, "the same inputs, scores" in found.output) == (0, True)


def test_changed_marks_are_named_with_what_they_moved_and_why(runs: tuple[Path, Path], tmp_path: Path) -> None:
    found = run("compare", *runs, "--json", "--html", tmp_path / "page.html")
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    assert told["inputs"] == ["bids/marks.csv changed."]
    of_b1 = [change for change in told["changes"] if change["bid"] == "B1"]
    assert {"total"} <= {change["what"] for change in of_b1}
    assert any(change["what"].startswith("mark for") for change in of_b1)
    assert all("of this bid mark for" in c["why"].lower() for c in of_b1 if c["what"] == "total")
    others = [c for c in told["changes"] if c["bid"] != "B1" and c["what"] == "rank"]
    assert all(change["why"].startswith("Nothing of this bid changed") for change in others)
    page = (tmp_path / "page.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "marks.csv changed" in page
    for folder in runs:
        told = json.loads((folder / "manifest.json").read_text("utf-8"))
        assert told["run"] in page
        assert f"evaluator {told['made_with']['bid-evaluator']}" in page
    assert json.loads((runs[0] / "outcome.json").read_text("utf-8"))["criteria"]["seal"] in page


def test_what_is_no_run_ends_with_3(runs: tuple[Path, Path], tmp_path: Path) -> None:
    assert run("compare", runs[0], tmp_path).exit_code == 3
    (tmp_path / "x.zip").write_bytes(b"PK")
    assert run("compare", tmp_path / "x.zip", runs[0]).exit_code == 3
