"""The decision makers' edition as officers make it: files, JSON, privacy, the ledger."""

import json
import re
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from evaluator.cli import main
from tests.unit.cli.test_considered import monitored

FORMS = ["docx", "html", "pdf", "xlsx"]
KEYS = {
    "characteristic", "group", "stage", "bids", "awards", "ratio", "interval", "p", "primary", "certainty",
}  # fmt: skip
ONE, TWO = "Cllr R. Example", "A. Director"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def restricted(home: Path, *more: object, out: str = "out", name: str = "restricted") -> Result:
    words = ("equality", name, home / "criteria", home / "bids", "--out", home / out, "--to", ONE, "--to", TWO)
    return run(*words, *more)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return monitored(tmp_path_factory.mktemp("restricted"))


@pytest.fixture(scope="module")
def told(home: Path) -> dict[str, Any]:
    done = restricted(home, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_four_forms_are_written_that_nobody_else_can_open(home: Path, told: dict[str, Any]) -> None:
    assert told["restricted_to"] == [ONE, TWO]
    files = sorted((home / "out").iterdir())
    assert [path.name for path in files] == [f"equality_restricted.{form}" for form in FORMS]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((home / "out").stat().st_mode) == 0o700
    page = (home / "out" / "equality_restricted.html").read_text("utf-8")
    assert ONE in page
    assert TWO in page


def test_the_json_has_every_gap_with_the_agreed_keys_the_largest_first(told: dict[str, Any]) -> None:
    gaps = told["gaps"]
    assert gaps
    for gap in gaps:
        assert set(gap) >= KEYS
        assert gap["stage"] in ("bid", "gate", "minimum", "price", "allocation")
        assert gap["certainty"] in ("unlikely_chance", "possible_chance", "too_little")
        assert all(re.fullmatch(r"[0-9]+\.[0-9]{2}", end) for end in gap["interval"])
        assert len(gap["interval"]) == 2
        assert 0 < float(gap["p"]) <= 1
    sizes = [float(gap["shortfall"]) for gap in gaps]
    assert sizes == sorted(sizes, reverse=True)
    assert {(gap["characteristic"], gap["group"]) for gap in gaps} == {
        ("led_by_sex", "Mostly women"),
        ("led_by_sex", "Mostly men"),
    }


def test_the_old_name_writes_the_same_bytes(home: Path, told: dict[str, Any]) -> None:
    again = restricted(home, "--json", out="again", name="panel")
    assert json.loads(again.stdout) == told
    for form in FORMS:
        name = f"equality_restricted.{form}"
        assert (home / "again" / name).read_bytes() == (home / "out" / name).read_bytes()


def test_nobody_is_given_it_without_a_name(home: Path) -> None:
    words = ("equality", "restricted", home / "criteria", home / "bids", "--out", home / "none")
    assert run(*words).exit_code == 2
    assert run(*words, "--to", " ").exit_code == 2
    assert not (home / "none").exists()


def test_the_ledger_is_told_who_made_it_for_whom_and_when_and_nothing_of_it(home: Path, told: dict[str, Any]) -> None:
    ledger = home / "ledger.jsonl"
    assert restricted(home, "--ledger", ledger).exit_code == 2  # who, and when?
    done = restricted(home, "--ledger", ledger, "--by", "An officer", "--date", "2026-12-01", "--json")
    assert done.exit_code == 0, done.output
    (entry,) = (json.loads(line) for line in ledger.read_text("utf-8").splitlines())
    assert (entry["kind"], entry["who"], entry["when"]) == ("restricted", "An officer", "2026-12-01")
    assert entry["subject"] == f"equality evidence for {ONE}; {TWO}"
    assert len(entry["after"]) == 64
    assert run("ledger", "verify", ledger).exit_code == 0
    assert not [gap for gap in told["gaps"] if gap["group"] in ledger.read_text("utf-8")]


def test_nothing_of_it_is_in_a_run_or_its_bundle(home: Path, told: dict[str, Any]) -> None:
    done = run("evaluate", home / "criteria", home / "bids", "--out", home / "run", "--no-margins", "--json")
    assert done.exit_code == 0, done.output
    assert not [path for path in (home / "run").iterdir() if "restricted" in path.name]
    with zipfile.ZipFile(home / "run" / "bundle.zip") as bundle:
        outcome = json.loads(bundle.read("outputs/outcome.json"))
        assert not [name for name in bundle.namelist() if "restricted" in name]
    assert "gaps" not in outcome["equality"]
    assert told["version"] == outcome["equality"]["version"]  # both are of the same awards


def test_without_a_salt_the_ledger_holds_no_commitment_and_that_is_said(home: Path, tmp_path: Path) -> None:
    other = monitored(tmp_path)
    (other / "bids" / "equality" / "salt.txt").unlink()
    ledger = other / "ledger.jsonl"
    done = restricted(other, "--ledger", ledger, "--by", "An officer", "--date", "2026-12-01")
    assert done.exit_code == 0
    assert "has no salt" in done.output
    assert json.loads(ledger.read_text("utf-8"))["after"] == ""
