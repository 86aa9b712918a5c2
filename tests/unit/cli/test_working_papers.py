"""Working papers from the commands: of exceptions, of a replay, of the verifier, and the verifier's own."""

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.audit import bundle as bundles
from tests.small_grant import AWARD, Evaluated, evaluated, write_grant

MARKS = {
    "B1": {"Q1": ("3", "3", "3"), "Q2": ("5", "5", "4")},
    "B2": {"Q1": ("3", "4", "3"), "Q2": ("4", "5", "5")},
    "B3": {"Q1": ("3", "3", "3"), "Q2": ("4", "4", "5")},
}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Evaluated:
    """Two grants of three, by the means of marks; every price is £10,000, which was set for all of them."""
    moderation = 'method = "mean"\nleast_evaluators = 3'
    criteria, bids = write_grant(tmp_path_factory.mktemp("grant"), moderation, MARKS, award=AWARD)
    register = (bids / "register.csv").read_text("utf-8").splitlines()
    rows = [f"{row},{'same@x.example' if row[:2] in ('B1', 'B3') else 'own@x.example'}" for row in register[1:]]
    (bids / "register.csv").write_text("\n".join([f"{register[0]},email", *rows]) + "\n", "utf-8")
    return evaluated(criteria, bids)


def said(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def told(run: Evaluated, *words: object) -> Any:
    found = said("audit", "exceptions", run.path / "bundle.zip", "--json", *words)
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_exceptions_name_each_test_with_its_rate_and_the_cells_of_each_item(run: Evaluated) -> None:
    document = told(run)
    assert document["schema"] == "audit-exceptions/1"
    tests = {test["id"]: test for test in document["tests"]}
    (shared,) = tests["equal_contacts"]["items"]
    assert shared["cells"] == [
        {"file": "register.csv", "sheet": "", "cell": "E2"},
        {"file": "register.csv", "sheet": "", "cell": "E4"},
    ]
    assert tests["equal_contacts"]["red_flag"]["code"] == "R044"
    assert len(tests["round_prices"]["items"]) == 3
    assert tests["identical_prices"]["items"] == []
    assert tests["raised_and_won"]["not_looked_at"] == "no marks were agreed in this run"
    for test in tests.values():
        rate = test["false_alarms"]
        assert rate["of_programmes"] == document["honest_programmes"]["programmes"]
        assert re.fullmatch(r"\d+\.\d%", rate["share"])
        assert test["innocent"]
        assert test["next"]


def test_a_threshold_of_ones_own_changes_what_is_close_and_has_no_rate(run: Evaluated) -> None:
    usual, wide = ({t["id"]: t for t in told(run, *more)["tests"]} for more in ((), ("--points", "12.5")))
    assert len(wide["won_by_little"]["items"]) > len(usual["won_by_little"]["items"])
    assert "less than 12.5 points above" in wide["won_by_little"]["looks_for"]
    assert wide["won_by_little"]["false_alarms"] is None
    assert wide["round_prices"]["false_alarms"] == usual["round_prices"]["false_alarms"]


def test_the_paper_of_exceptions_is_a_page_word_pdf_and_a_workbook_to_fill_in(run: Evaluated, tmp_path: Path) -> None:
    out = tmp_path / "paper"
    found = said(
        "audit", "exceptions", run.path / "bundle.zip", "--out", out, "--by", "R. Osei", "--date", "01/12/2026"
    )
    assert found.exit_code == 0
    names = ("exceptions.json", "working_paper.docx", "working_paper.html", "working_paper.pdf", "working_paper.xlsx")
    assert sorted(path.name for path in out.iterdir()) == sorted(names)
    page = (out / "working_paper.html").read_text("utf-8")
    assert "R028, Identical bid prices" in page
    assert "<dd>1 December 2026</dd>" in page
    assert sha256((run.path / "bundle.zip").read_bytes()).hexdigest() in page
    sheet = openpyxl.load_workbook(out / "working_paper.xlsx")["Exceptions"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(at for at, row in enumerate(rows) if row[0] == "No.")
    items = [item for test in told(run)["tests"] for item in test["items"]]
    assert [row[3] for row in rows[head + 1 : head + 1 + len(items)]] == [item["seen"] for item in items]
    assert rows[head][5:8] == ["Looked at", "Explained", "Note"]
    if os.name == "posix":
        assert out.stat().st_mode & 0o77 == 0  # it names evaluators


def test_exceptions_of_nothing_are_refused_and_a_name_is_for_a_paper(run: Evaluated, tmp_path: Path) -> None:
    (tmp_path / "bundle.zip").write_bytes(b"no bundle")
    assert said("audit", "exceptions", tmp_path / "bundle.zip").exit_code == 3
    assert said("audit", "exceptions", run.path / "bundle.zip", "--by", "R. Osei").exit_code == 2


def test_the_paper_of_a_replay_says_what_held_and_to_what_it_was_held(run: Evaluated, tmp_path: Path) -> None:
    manifest = sha256((run.path / "manifest.json").read_bytes()).hexdigest()
    words = ("replay", run.path / "bundle.zip", "--manifest", manifest, "--paper", tmp_path / "a", "--by", "R. Osei")
    assert said(*words).exit_code == 0
    text = "\n".join(one.text for one in docx.Document(str(tmp_path / "a" / "working_paper.docx")).paragraphs)
    assert "Identical: all" in text
    assert f"The manifest is the one that was noted: {manifest}." in text
    assert "Made by: R. Osei" in text
    assert said(*words).exit_code == 2  # the folder holds something


def test_the_paper_of_a_replay_that_does_not_hold_says_so(run: Evaluated, tmp_path: Path) -> None:
    spoilt = changed(run, tmp_path, "outputs/outcome.json", b'"rank":1,', b'"rank":2,')
    assert said("replay", spoilt, "--paper", tmp_path / "a").exit_code == 1
    page = (tmp_path / "a" / "working_paper.html").read_text("utf-8")
    assert "Not identical" in page
    assert "outputs/outcome.json" in page


def changed(run: Evaluated, folder: Path, name: str, old: bytes, new: bytes) -> Path:
    """Give the bundle with something else in one file, and its sums as they were."""
    with zipfile.ZipFile(run.path / "bundle.zip") as whole:
        members = {one: whole.read(one) for one in whole.namelist()}
    assert old in members[name]
    with zipfile.ZipFile(folder / "bundle.zip", "w", zipfile.ZIP_DEFLATED) as out:
        for one, content in members.items():
            out.writestr(one, content.replace(old, new, 1) if one == name else content)
    return folder / "bundle.zip"


def test_bundle_verify_prints_what_the_verifier_does_and_its_paper_begins_with_the_conclusion(
    run: Evaluated, tmp_path: Path
) -> None:
    found = said("bundle", "verify", run.path / "bundle.zip", "--paper", tmp_path / "a")
    assert found.exit_code == 0
    assert found.stdout == (tmp_path / "a" / "verify.txt").read_text("utf-8")
    page = (tmp_path / "a" / "working_paper.html").read_text("utf-8")
    results = re.findall(r"<p>(.*?)</p>", page.partition("<h2>Result</h2>")[2])
    assert results[0].startswith(("All that was checked agrees", "What was checked agrees"))
    assert "the same files lie in the bundle" in page
    spoilt = changed(run, tmp_path, "outputs/outcome.json", b'"rank":1,', b'"rank":2,')
    found = said("bundle", "verify", spoilt, "--paper", tmp_path / "b")
    assert found.exit_code == 1
    results = re.findall(r"<p>(.*?)</p>", (tmp_path / "b" / "working_paper.html").read_text("utf-8"))
    assert "Something differs: do not rely on it." in results


def test_bundle_verify_holds_to_what_was_noted(run: Evaluated) -> None:
    found = said("bundle", "verify", run.path / "bundle.zip", "--seal", "00" * 32)
    assert found.exit_code == 1
    assert "DIFFERS, 1 in all:  the seal is the one that was noted" in found.stdout


@pytest.fixture
def unpacked(run: Evaluated, tmp_path: Path) -> Path:
    with zipfile.ZipFile(run.path / "bundle.zip") as whole:
        whole.extractall(tmp_path / "unpacked")
    return tmp_path / "unpacked"


def verifying(folder: Path, *words: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-I", str(folder / "verify.py"), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def test_the_verifier_writes_its_own_paper_and_prints_what_it_does_without(
    run: Evaluated, unpacked: Path, tmp_path: Path
) -> None:
    paper = tmp_path / "paper.html"
    bundle = run.path / "bundle.zip"
    plain, with_paper = verifying(unpacked, bundle), verifying(unpacked, bundle, "--paper", paper, "--by", "<R>")
    assert (plain.returncode, plain.stdout) == (with_paper.returncode, with_paper.stdout)
    page = paper.read_text("utf-8")
    assert sha256(bundle.read_bytes()).hexdigest() in page
    assert sha256((unpacked / "verify_paper.py").read_bytes()).hexdigest() in page
    assert "<dd>&lt;R&gt;</dd>" in page
    assert "Nothing that was checked differs" in page
    again = verifying(unpacked, bundle, "--paper", paper)
    assert again.returncode == 2
    assert "is there already" in again.stderr


def test_the_verifiers_paper_of_a_bundle_that_differs_says_so(run: Evaluated, unpacked: Path, tmp_path: Path) -> None:
    spoilt = changed(run, tmp_path, "outputs/outcome.json", b'"rank":1,', b'"rank":2,')
    found = verifying(unpacked, spoilt, "--paper", tmp_path / "paper.html")
    assert found.returncode == 1
    page = (tmp_path / "paper.html").read_text("utf-8")
    assert "Something differs, or could not be checked" in page
    assert "DIFFERS, 1 in all" in page


def test_without_the_file_that_writes_papers_a_paper_is_refused_and_the_check_goes_on(unpacked: Path) -> None:
    (unpacked / "verify_paper.py").unlink()
    assert verifying(unpacked, "--paper", "paper.html").returncode == 2
    (unpacked / "verify_paper.py").write_text("print('another')\n", "utf-8")
    found = verifying(unpacked)
    assert found.returncode == 1
    assert "verify_paper.py: not the file that belongs to this verify.py, so nothing was run" in found.stdout


def test_the_verifiers_are_bundled_with_the_one_that_writes_papers(run: Evaluated) -> None:
    with zipfile.ZipFile(io.BytesIO((run.path / "bundle.zip").read_bytes())) as whole:
        assert set(bundles.VERIFIERS) <= set(whole.namelist())
