"""A time limit that was sealed is read and bounds nothing: a bundle replays the same whatever else the machine does."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.publication import fingerprint
from tests.busy_machine import busy_machine

ROOT, NAME = Path(__file__).parents[1], "community_commissioning"
# What these criteria are sealed with where they let the search take one second, as versions before 0.2.0 could.
SEALED = "c19930325c5b53af87623dd7bc8666feccd17959bed8b7d62dec4a7645cb41ce"


@pytest.fixture
def criteria(tmp_path: Path) -> Path:
    """The sample's criteria with a time limit of one second, and the seal that such a limit gives."""
    folder = tmp_path / NAME
    shutil.copytree(ROOT / "criteria" / NAME, folder)
    programme, seal = folder / "programme.toml", folder / "seal.json"
    text = programme.read_text("utf-8")
    assert '\nmethod = "optimise"\n' in text
    programme.write_text(text.replace('\nmethod = "optimise"\n', '\nmethod = "optimise"\ntime_limit = 1\n'), "utf-8")
    seal.write_text(json.dumps(json.loads(seal.read_text("utf-8")) | {"sha256": SEALED}), "utf-8")
    return folder


def test_a_sealed_time_limit_keeps_its_fingerprint(criteria: Path) -> None:
    read = read_criteria(criteria)
    assert read.criteria is not None
    assert fingerprint(read.criteria) == SEALED


@pytest.mark.slow
def test_a_bundle_with_a_time_limit_of_a_second_replays_the_same_on_a_busy_machine(
    criteria: Path, tmp_path: Path
) -> None:
    run = tmp_path / "run"
    bids = ROOT / "sample_bids" / NAME
    made = CliRunner().invoke(main, ["evaluate", str(criteria), str(bids), "--out", str(run), "--no-margins"])
    assert made.exit_code == 0, made.output
    with busy_machine():
        found = CliRunner().invoke(main, ["replay", str(run / "bundle.zip"), "--json"])
    assert json.loads(found.stdout)["differences"] == []
    assert found.exit_code == 0
