"""The main job from end to end, as an officer, an auditor and a stranger would do it."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from fractions import Fraction
from itertools import islice
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from evaluator.files.audit import bundle as bundles
from evaluator.files.read.bids.folder import read_bids, read_monitoring
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs import evaluate as jobs
from evaluator.reporting import documents
from tests.conftest import SampleRun

ROOT = Path(__file__).resolve().parent.parent
CRITERIA = ROOT / "criteria" / "community_commissioning"
SAMPLE = ROOT / "sample_bids" / "community_commissioning"
MINIMAL = ROOT / "criteria" / "minimal"
QUICK = "--no-margins"  # what would have changed each decision of 130 bids takes half a minute
WHOLE_RUN = {
    "bids",
    "bundle.zip",
    "equality.zip",
    *(f"{page}.{form}" for page in ("equality_impact", "record", "report") for form in ("html", "docx", "pdf")),
    "equality_impact.xlsx",
    "findings.html",
    "findings.xlsx",
    "manifest.json",
    "outcome.json",
    "results.xlsx",
}


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def command(*words: object, **environment: str) -> list[str]:
    return [sys.executable, "-m", "evaluator", *map(str, words)]


@pytest.fixture
def finished(sample_run: SampleRun) -> Path:
    return sample_run.folder


@pytest.fixture
def outcome_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out every document but outcome.json, where a test looks at nothing else."""
    monkeypatch.setattr(jobs, "documents", lambda outcome: islice(documents(outcome), 1))


def test_the_demo_ends_well_and_names_the_report_to_open(sample_run: SampleRun) -> None:
    assert f"Open {sample_run.folder / 'report.html'}" in sample_run.said
    assert {path.name for path in sample_run.folder.iterdir()} == WHOLE_RUN


def test_the_bundle_replays_to_the_last_byte(finished: Path) -> None:
    found = run("replay", finished / "bundle.zip")
    assert found.exit_code == 0, found.output
    assert "Identical" in found.stdout


def test_a_byte_changed_anywhere_in_the_bundle_is_noticed(finished: Path) -> None:
    whole = (finished / "bundle.zip").read_bytes()
    dice = random.Random(11)
    for position in sorted(dice.sample(range(len(whole)), 60)):
        spoiled = bytearray(whole)
        spoiled[position] ^= 1 << dice.randrange(8)
        try:
            assert bundles.unpack(bytes(spoiled)).problems, position
        except bundles.UnreadableBundleError:
            continue


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> bundles.Bundle:
    """The bundle of the smallest programme that there is."""
    out = tmp_path_factory.mktemp("small") / "run"
    run("evaluate", MINIMAL, ROOT / "sample_bids" / "minimal", "--out", out)
    return bundles.unpack((out / "bundle.zip").read_bytes())


def differences(opened: bundles.Bundle, changed: dict[str, bytes], folder: Path) -> list[str]:
    """Forge a bundle whose own sums are right, and give what a replay says of it."""
    members = {name: content for name, content in opened.members.items() if not name.startswith("manifest.")}
    assert all(members[name] != content for name, content in changed.items())
    members |= changed
    facts = {key: value for key, value in opened.manifest.items() if key != "files"}
    (folder / "forged.zip").write_bytes(bundles.pack(bundles.manifest(facts, bundles.sums(members)), members))
    found = run("replay", folder / "forged.zip", "--json")
    assert found.exit_code == 1
    said: list[str] = json.loads(found.stdout)["differences"]
    return said


def test_replay_says_what_differs(small: bundles.Bundle, tmp_path: Path) -> None:
    outcome = small.members["outputs/outcome.json"].replace(b'"rank":1', b'"rank":2', 1)
    said = differences(small, {"outputs/outcome.json": outcome}, tmp_path)
    assert said == ["outcome.json comes out differently when recomputed"]


def test_a_bundle_holds_the_tables_that_nothing_reads_and_replays_what_was_said_of_them(tmp_path: Path) -> None:
    bids = tmp_path / "bids"
    shutil.copytree(ROOT / "sample_bids" / "minimal", bids)
    (bids / "old marks.csv").write_text("bid,mark\nB1,5\n")
    found = run("evaluate", MINIMAL, bids, "--out", tmp_path / "out")
    assert "old marks.csv: E-FILE-003" in found.output
    opened = bundles.unpack((tmp_path / "out" / "bundle.zip").read_bytes())
    assert opened.members["inputs/bids/old marks.csv"] == b"bid,mark\nB1,5\n"
    assert run("replay", tmp_path / "out" / "bundle.zip").exit_code == 0


def test_replay_notices_a_changed_mark_in_the_data_and_a_changed_verifier(
    small: bundles.Bundle, tmp_path: Path
) -> None:
    data = small.members["data/bids.json"].replace(b'"Q1":"4"', b'"Q1":"5"', 1)
    verifier = b"print('All that was checked agrees.')\n"
    assert differences(small, {"data/bids.json": data, "verify.py": verifier}, tmp_path) == [
        "data/bids.json comes out differently when recomputed",
        "verify.py comes out differently when recomputed",
    ]


def shuffled_register(folder: Path, seed: int) -> None:
    book = openpyxl.load_workbook(folder / "register.xlsx")
    sheet = book["Bids"]
    start = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "Bid") + 1
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=start)]
    random.Random(seed).shuffle(rows)
    for number, row in enumerate(rows, start):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    book.save(folder / "register.xlsx")


def test_hash_seed_time_zone_and_row_order_change_no_byte_of_the_outcome(finished: Path, tmp_path: Path) -> None:
    bids = tmp_path / "bids"
    shutil.copytree(SAMPLE, bids)
    shuffled_register(bids, seed=3)
    out = tmp_path / "out"
    environment = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "Pacific/Auckland"}
    subprocess.run(
        command("evaluate", CRITERIA, bids, "--out", out, QUICK),
        env=environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    assert (out / "outcome.json").read_bytes() == (finished / "outcome.json").read_bytes()


@pytest.mark.usefixtures("outcome_alone")
def test_csv_files_are_an_equal_way_in(finished: Path, tmp_path: Path) -> None:
    criteria = read_criteria(CRITERIA).criteria
    assert criteria is not None
    received = read_bids(SAMPLE, criteria)
    tables = {
        "register": received.register,
        "marks": received.marks,
        "consensus": received.consensus,
        "panel": received.panel,
        "declarations": received.interests,
        "decisions": received.decisions,
        "equality/monitoring": read_monitoring(SAMPLE, criteria)[0],
    }
    shutil.copytree(SAMPLE / "equality", tmp_path / "bids" / "equality", ignore=shutil.ignore_patterns("*.xlsx"))
    for name, table in tables.items():
        assert table is not None
        pd.DataFrame(table.columns).to_csv(tmp_path / "bids" / f"{name}.csv", index=False)
    found = run("evaluate", CRITERIA, tmp_path / "bids", "--out", tmp_path / "out", QUICK)
    assert found.exit_code == 0, found.output
    assert (tmp_path / "out" / "outcome.json").read_bytes() == (finished / "outcome.json").read_bytes()


def test_scores_and_awards_are_the_same_without_the_equality_data(finished: Path, tmp_path: Path) -> None:
    bids = tmp_path / "bids"
    shutil.copytree(SAMPLE, bids, ignore=shutil.ignore_patterns("equality"))
    found = run("evaluate", CRITERIA, bids, "--out", tmp_path / "out", QUICK)
    assert found.exit_code == 0, found.output
    with_data, without = (json.loads((path / "outcome.json").read_bytes()) for path in (finished, tmp_path / "out"))
    assert [one["code"] for one in with_data["findings"]] == []
    assert [one["code"] for one in without["findings"]] == ["E-EQUALITY-013"]  # that nobody has considered figures
    assert [key for key in with_data if with_data[key] != without[key]] == ["equality", "findings"]
    assert _book_without_its_run(finished) == _book_without_its_run(tmp_path / "out")


def _book_without_its_run(folder: Path) -> dict[str, str]:
    """Give every part of a run's results workbook, with the run's name taken out."""
    name = json.loads((folder / "manifest.json").read_text())["run"]
    with zipfile.ZipFile(folder / "results.xlsx") as parts:
        return {part: parts.read(part).decode().replace(name, "RUN") for part in parts.namelist()}


def test_a_run_that_is_killed_leaves_no_run_or_a_whole_one(tmp_path: Path) -> None:
    out, words = tmp_path / "out", ("evaluate", MINIMAL, ROOT / "sample_bids" / "minimal", "--out")
    assert run(*words, tmp_path / "whole").exit_code == 0
    whole = {path.name for path in (tmp_path / "whole").iterdir()}
    for wait in (0.3, 0.6, 0.9, 1.2, 1.5, 1.8):  # the small sample takes a second or two
        process = subprocess.Popen(command(*words, out), cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        process.wait()
        assert not out.exists() or {path.name for path in out.iterdir()} == whole


def test_a_finished_run_is_not_overwritten_by_another_unasked(tmp_path: Path) -> None:
    words = ("evaluate", MINIMAL, ROOT / "sample_bids" / "minimal", "--out", tmp_path / "out")
    assert run(*words).exit_code == 0
    assert run(*words).exit_code == 0
    dated = (*words, "--date", "2026-11-22")
    assert run(*dated).exit_code == 2
    assert run(*dated, "--replace").exit_code == 0


def test_a_folder_that_is_no_run_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    found = run("evaluate", CRITERIA, SAMPLE, "--out", tmp_path, "--until", "validation")
    assert found.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_json_is_one_document_on_standard_output(tmp_path: Path) -> None:
    found = run("evaluate", CRITERIA, SAMPLE, "--out", tmp_path / "out", "--until", "scoring", "--json")
    assert found.exit_code == 0
    assert json.loads(found.stdout)["schema"].startswith("outcome/")


@pytest.mark.parametrize("words", [("evaluate", "nowhere", "nowhere"), ("check", "nowhere"), ("replay", "nowhere.zip")])
def test_what_cannot_be_read_ends_with_3_and_a_sentence(words: tuple[str, ...]) -> None:
    found = run(*words)
    assert found.exit_code == 3
    assert found.output.strip()
    assert "Traceback" not in found.output


WEIGHTS = (30, 25, 15, 20, 10)


@pytest.mark.usefixtures("outcome_alone")
def test_of_400_random_bids_no_tie_is_split_and_none_is_made(tmp_path: Path) -> None:
    theme = next((MINIMAL / "themes").glob("*.toml")).stem
    questions = [question.id for question in _questions(theme)]
    dice = random.Random(2026)
    marks = {f"B{number:03d}": [dice.randrange(6) for _ in WEIGHTS] for number in range(400)}
    register = [f"{bid},{theme},O-{bid}" for bid in marks]
    rows = [
        f"{bid},{question},E1,{mark},Reason {bid} {question}"
        for bid, given in marks.items()
        for question, mark in zip(questions, given, strict=True)
    ]
    dice.shuffle(rows)
    (tmp_path / "register.csv").write_text("\n".join(["bid,theme,organisation", *register]))
    (tmp_path / "marks.csv").write_text("\n".join(["bid,question,evaluator,mark,reason", *rows]))
    found = run("evaluate", MINIMAL, tmp_path, "--out", tmp_path / "out", "--json")
    assert found.exit_code == 0, found.output
    ranks = {bid["bid"]: bid["rank"] for bid in json.loads(found.stdout)["themes"][0]["bids"]}
    totals = {
        bid: sum(Fraction(weight * mark, 5) for weight, mark in zip(WEIGHTS, given, strict=True))
        for bid, given in marks.items()
    }
    assert ranks == {bid: 1 + sum(other > total for other in totals.values()) for bid, total in totals.items()}


def _questions(theme: str):
    criteria = read_criteria(MINIMAL).criteria
    assert criteria is not None
    assert tuple(criteria.theme(theme).weights[q.id] for q in criteria.questions(theme)) == WEIGHTS
    return criteria.questions(theme)
