"""A run of a programme's folder: it rests on one moment, and the ledger tells of it as of the command's."""

from pathlib import Path
from shutil import copytree

import pytest

from evaluator.files.audit.ledger_file import read_ledger
from evaluator.files.read.programme import open_programme
from evaluator.jobs.keeping import Keeping
from evaluator.jobs.run import NoRunError, Ran, run

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "programme"
    copytree(ROOT / "criteria" / "minimal", made / "criteria")
    copytree(ROOT / "sample_bids" / "minimal", made / "bids")
    return made


def ran(root: Path, meanwhile=lambda: None) -> Ran:
    programme = open_programme(root)
    keeping = Keeping(programme.ledger, "Sam Lee", "2026-12-01")
    return run(programme, keeping, "", lambda _: meanwhile(), margins=False)


def test_what_is_filed_while_a_run_works_belongs_to_the_next_one(root: Path) -> None:
    before = (root / "bids" / "register.csv").read_bytes()
    changed = before.replace(b"B1", b"B1 ", 1) + b"\n"

    def meanwhile() -> None:
        (root / "bids" / "register.csv").write_bytes(changed)
        (root / "bids" / "gates.csv").write_text("not a table", "utf-8")

    first = ran(root, meanwhile)
    assert first.folder is not None
    (root / "bids" / "register.csv").write_bytes(before)
    (root / "bids" / "gates.csv").unlink()
    again = ran(root)
    assert again.folder == first.folder
    assert again.finished.files == first.finished.files
    (root / "bids" / "register.csv").write_bytes(changed)
    assert ran(root).folder != first.folder


def test_the_ledger_tells_what_came_in_and_then_the_run(root: Path) -> None:
    made = ran(root)
    assert made.folder is not None
    entries = read_ledger(root / "ledger.jsonl").entries
    assert (entries[-1].event.kind, entries[-1].event.subject) == ("run", made.folder.name)
    assert {one.who for one in entries} == {"Sam Lee"}
    assert len(entries) > 1


def test_criteria_that_are_not_understood_make_no_run(root: Path) -> None:
    (root / "criteria" / "programme.toml").write_text("title = ", "utf-8")
    made = ran(root)
    assert (made.folder, made.finished.outcome) == (None, None)
    assert made.finished.findings
    assert not (root / "reports").exists()


def test_another_run_under_the_same_name_is_left_as_it_is(root: Path) -> None:
    folder = ran(root).folder
    assert folder is not None
    told = (folder / "manifest.json").read_text("utf-8")
    (folder / "manifest.json").write_text(told.replace(folder.name, "run-other"), "utf-8")
    with pytest.raises(NoRunError, match="finished run of other inputs"):
        ran(root)
    assert "run-other" in (folder / "manifest.json").read_text("utf-8")
