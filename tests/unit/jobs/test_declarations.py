"""Declarations of interest are entered one evaluator at a time, in the table that commands read."""

from pathlib import Path

import pytest

from evaluator.files.audit.ledger_file import append
from evaluator.files.read.programme import open_programme
from evaluator.files.write.workbooks import workbook_bytes
from evaluator.jobs.panel.declarations import KEYS, Declares, declaring, state_of
from evaluator.reporting.papers.blank.declarations import blank_declarations
from tests.unit.cli.receiving import receive
from tests.unit.jobs.panel_at_a_meeting import entries_of, meeting_of, panel_at


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return panel_at(tmp_path / "programme")


def row(evaluator: str, organisation: str, action: str, interest: str = "No interest") -> dict[str, str]:
    return dict(zip(KEYS, (evaluator, organisation, interest, action, "2026-09-02"), strict=True))


def declare(root: Path, evaluator: str, *rows: dict[str, str], version: str = "") -> Declares:
    version = version or declaring(open_programme(root)).version(evaluator)
    job = Declares(open_programme(root), evaluator, rows, version)
    append(root / "ledger.jsonl", job.told, "Sam Lee", "2026-09-02", job.then)
    return job


def test_what_one_evaluator_declares_leaves_all_others_as_they_were(root: Path) -> None:
    before = declaring(open_programme(root))
    job = declare(root, "E1", row("E1", "O1", "recused", "I am a trustee"), row("E1", "*", "none"))
    assert not job.outdated
    assert job.now.of("E2") == before.of("E2")
    assert [state_of(job.now.row("E1", one)) for one in ("O1", "O2", "O9")] == ["recused", "no interest", "no interest"]
    last = entries_of(root)[-1].event
    assert (last.kind, last.subject) == ("return", "declarations.csv")


def test_who_was_slower_writes_nothing_and_sees_what_stands(root: Path) -> None:
    first = declaring(open_programme(root)).version("E1")
    declare(root, "E1", row("E1", "*", "none"), version=first)
    held = (root / "bids" / "declarations.csv").read_bytes()
    late = declare(root, "E1", row("E1", "*", "recused", "All of them are friends"), version=first)
    assert late.outdated
    assert state_of(late.now.row("E1", "O1")) == "no interest"
    assert (root / "bids" / "declarations.csv").read_bytes() == held


def test_a_workbook_of_declarations_gives_way_and_its_original_and_its_panel_stay(root: Path, tmp_path: Path) -> None:
    criteria = meeting_of(root).criteria
    assert criteria is not None
    known = declaring(open_programme(root)).known
    (tmp_path / "d.xlsx").write_bytes(workbook_bytes(blank_declarations(criteria, known)))
    for name in ("panel.csv", "declarations.csv"):
        (root / "bids" / name).unlink()
    assert receive(root, tmp_path / "d.xlsx").exit_code == 0
    assert (root / "bids" / "declarations.xlsx").exists()
    seats = declaring(open_programme(root)).known.seats
    job = declare(root, "E1", row("E1", "*", "none"))
    assert not (root / "bids" / "declarations.xlsx").exists()
    assert [dict(one) for one in job.now.known.seats] == [dict(one) for one in seats]
    assert len(list((root / "received").glob("*.xlsx"))) == 1
    assert "receipt_undone" in [one.event.kind for one in entries_of(root)]
    assert not [one for one in job.now.findings if one.code.startswith(("E-FILE", "E-RECEIVE"))]


def test_a_row_that_waits_for_words_is_a_missing_declaration(root: Path) -> None:
    assert state_of(row("E1", "O1", "", "")) == "missing"
    assert state_of(row("E1", "O1", "NONE", "n/a")) == "no interest"
    assert state_of(row("E1", "O1", "none", "No interest in it")) == "no interest"
    assert state_of(row("E1", "O1", "none", "My brother-in-law is its treasurer")) == "an interest, may mark"
