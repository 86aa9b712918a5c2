"""What we write as OCDS passes the validator of the Open Contracting Partnership, with the standard as published."""

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import pytest

from evaluator.jobs.finished import from_bundle as reopening
from evaluator.publication import fingerprint, seal
from evaluator.reporting.open_data import criteria_ocds, outcome_ocds
from tests.ocds_schemas import HOME

OURS = {("/releases/tender", "evaluation"), ("/releases/bids/details", "evaluation")}  # docs/open_data.md
SILENT = (
    *("warnings", "validation_errors", "common_error_types", "deprecated_fields", "additional_checks"),
    *("additional_closed_codelist_values", "additional_open_codelist_values"),
)


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an environment that holds just the packages of the validator."""
    home = tmp_path_factory.mktemp("validator")
    venv.create(home, with_pip=True)
    made = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run([made, "-m", "pip", "install", "-q", "-r", HOME / "cove.txt"], check=True)
    return made


@pytest.mark.slow
def test_the_validator_finds_nothing_but_our_documented_extension(
    python: Path, reopened: reopening.Reopened, tmp_path: Path
) -> None:
    criteria = reopened.outcome.criteria
    texts = {
        "tender": criteria_ocds(criteria, seal(criteria, "2026-12-01"), fingerprint(criteria), "ocds-abc123-1"),
        "award": outcome_ocds(reopened.outcome, "2027-01-15", "ocds-abc123-1"),
        "full": outcome_ocds(reopened.outcome, "2027-01-15", "ocds-abc123-1", full=True),
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
    told = validated(python, *(tmp_path / f"{name}.json" for name in texts))
    for name, found in zip(texts, told, strict=True):
        assert {key: found[key] for key in SILENT if found[key]} == {}, name
        assert found["extensions"]["invalid_extension"] == {}
        assert all(one["failed_codelists"] == {} for one in found["extensions"]["extensions"])
        assert {(one["path"], one["field"]) for one in found["additional_fields"]} <= OURS


@pytest.mark.slow
def test_the_validator_notices_what_is_wrong(python: Path, reopened: reopening.Reopened, tmp_path: Path) -> None:
    package = json.loads(outcome_ocds(reopened.outcome, "2027-01-15", "ocds-abc123-1"))
    package["releases"][0]["awards"][0]["value"]["currency"] = "POUNDS"
    package["releases"][0]["awards"][1]["value"]["amount"] = "much"
    package["releases"][0]["awards"][0]["odd"] = 1
    (tmp_path / "odd.json").write_text(json.dumps(package), encoding="utf-8")
    (found,) = validated(python, tmp_path / "odd.json")
    assert found["validation_errors"]
    assert found["additional_closed_codelist_values"]
    assert ("/releases/awards", "odd") in {(one["path"], one["field"]) for one in found["additional_fields"]}


def validated(python: Path, *files: Path) -> list[dict[str, Any]]:
    """Run the validator over files, and give what it says of each."""
    run = subprocess.run([python, HOME / "validate.py", *files], check=True, capture_output=True, text=True)
    return [json.loads(line) for line in run.stdout.splitlines()]
