"""A person's decision recorded: into the file that the evaluation reads, with everything that stood there, and once."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from evaluator.cli import main
from evaluator.files.audit.ledger_file import read_ledger
from evaluator.files.read.bids.folder import read_marks
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.programme import Programme, open_programme
from evaluator.jobs.after_bids.decisions import Kept, matters, record_decision, recorded_on, version_of
from evaluator.records.submissions.evaluation import Decision
from tests.unit.cli.receiving import ROOT, programme_at

FINANCE = {"bid": "B028", "matter": "failed_gate", "subject": "finance"}
MET = FINANCE | {
    "decision": "met",
    "reason": "The bank confirmed a facility that the form had left out.",
    "ground": "ITT 5.2",
    "person": "A. Head, Director",
    "date": "2026-10-20",
    "heard": "Asked on 3 October; answered on 5 October with the bank's letter.",
    "evidence": "Letter of 5 October",
}
LOW = {
    "bid": "B039",
    "matter": "low_price",
    "subject": "",
    "decision": "admit",
    "reason": "It showed how it pays for the hours.",
    "person": "A. Head",
    "date": "2026-10-21",
}


@pytest.fixture(scope="module")
def undecided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a programme whose four matters wait; nobody has marked yet."""
    root = programme_at(tmp_path_factory.mktemp("home") / "programme", ROOT / "criteria" / "community_commissioning")
    bids = ROOT / "sample_bids" / "community_commissioning"
    for name in ("register.xlsx", "declarations.xlsx"):
        shutil.copy(bids / name, root / "bids" / name)
    return root


@pytest.fixture
def programme(undecided: Path, tmp_path: Path) -> Programme:
    shutil.copytree(undecided, tmp_path / "programme")
    return open_programme(tmp_path / "programme")


def record(programme: Programme, row: dict[str, str], based_on: Decision | None = None) -> Kept:
    return record_decision(programme, row, version_of(based_on), "Sam Lee, officer", "2026-10-22T09:30")


def standing(programme: Programme) -> tuple[list[str], list[Decision]]:
    """Give the bids whose matters wait and the decisions that are recorded, as the folder has them."""
    criteria = read_criteria(programme.criteria).criteria
    assert criteria is not None
    there, _ = matters(criteria, read_marks(programme.bids, criteria))
    assert there is not None
    return [one.bid for one in there.waiting], list(there.recorded)


def test_a_decision_stands_in_the_file_in_the_ledger_and_waits_no_more(programme: Programme) -> None:
    kept = record(programme, MET)
    assert (kept.recorded, kept.made.wrong, kept.made.notes) == (True, (), ())
    waiting, recorded = standing(programme)
    assert waiting == ["B032", "B039", "B099"]
    assert [(one.bid, one.decision, one.evidence) for one in recorded] == [("B028", "met", "Letter of 5 October")]
    last = read_ledger(programme.ledger).entries[-1]
    assert (last.number, last.who, last.event.kind, last.event.subject) == (
        kept.entry,
        "Sam Lee, officer",
        "decision",
        "B028 failed_gate finance",
    )
    assert last.event.reason == MET["reason"]


def test_each_further_decision_keeps_those_that_stood_there(programme: Programme) -> None:
    assert record(programme, MET).recorded
    assert record(programme, LOW).recorded
    assert [one.bid for one in standing(programme)[1]] == ["B028", "B039"]
    assert len(list((programme.root / "received").iterdir())) == 2, "each file as it was is kept"


def test_what_the_reader_would_refuse_is_refused_at_its_field_and_nothing_is_written(programme: Programme) -> None:
    before = programme.ledger.read_bytes()
    kept = record(programme, MET | {"heard": "", "evidence": "", "date": "2026-13-40", "reason": "n/a", "person": ""})
    assert {(key, one.code) for key, one in kept.made.wrong} == {
        ("reason", "E-DEC-003"),
        ("person", "E-DEC-004"),
        ("date", "E-WORD-002"),
        ("heard", "E-DEC-014"),
    }
    assert not kept.recorded
    assert not (programme.bids / "decisions.xlsx").exists()
    assert programme.ledger.read_bytes() == before


def test_a_low_price_is_disregarded_only_once_the_bidder_was_heard_and_on_a_ground(programme: Programme) -> None:
    kept = record(programme, LOW | {"decision": "disregard"})
    assert {(key, one.code) for key, one in kept.made.wrong} == {("ground", "E-DEC-006"), ("heard", "E-DEC-012")}
    heard = {"decision": "disregard", "ground": "s.19(3)(c)", "heard": "Asked on 1 October; no answer by 8 October."}
    assert record(programme, LOW | heard).recorded


def test_two_who_decide_on_one_matter_never_overwrite_each_other(programme: Programme) -> None:
    assert record(programme, MET).recorded
    second = record(programme, MET | {"decision": "not_met"})
    assert not second.recorded
    assert second.other is not None
    assert (second.other.decision, second.other.reason) == ("met", MET["reason"])
    assert [one.decision for one in standing(programme)[1]] == ["met"]
    third = record(programme, MET | {"decision": "not_met"}, based_on=second.other)
    assert third.recorded, "whoever has seen the other decision may change it"
    last = read_ledger(programme.ledger).entries[-1].event
    assert (last.before.split(";")[0], last.after.split(";")[0]) == ("decision: met", "decision: not_met")


def test_two_who_decide_on_two_matters_do_not_hinder_each_other(programme: Programme) -> None:
    assert record(programme, MET).recorded
    assert record(programme, LOW).recorded


def test_a_change_of_a_decision_that_is_gone_is_told(programme: Programme) -> None:
    assert record(programme, MET).recorded
    stood = recorded_on(programme, FINANCE)
    (programme.bids / "decisions.xlsx").unlink()
    kept = record(programme, MET | {"decision": "not_met"}, based_on=stood)
    assert (kept.recorded, kept.gone, kept.other) == (False, True, None)


def test_decisions_that_lie_in_a_csv_file_stay_in_it(programme: Programme) -> None:
    columns = "bid,matter,subject,decision,reason,ground,person,date,heard"
    row = "B099,low_price,,admit,It explained.,,A. Head,2026-10-19,"
    (programme.bids / "decisions.csv").write_text(f"{columns}\n{row}\n", "utf-8")
    assert record(programme, MET).recorded
    assert not (programme.bids / "decisions.xlsx").exists()
    lines = (programme.bids / "decisions.csv").read_text("utf-8").splitlines()
    assert lines[:2] == [f"{columns},evidence", f"{row},"]
    assert lines[2].startswith("B028,failed_gate,finance,met,")


def test_a_workbook_to_decide_in_that_was_half_filled_in_is_carried_on(programme: Programme) -> None:
    """The rows in which nobody wrote anything wait as before; they are not read as decisions that lack everything."""
    out = programme.root / "papers" / "decisions.xlsx"
    assert CliRunner().invoke(main, ["decisions", str(programme.root), "--out", str(out)]).exit_code == 0
    book = openpyxl.load_workbook(out)
    sheet = book["Decisions"]
    at = {cell.value: cell.column for cell in sheet[4]}
    said = {"Decision": "admit", "Reason": "It explained.", "Decided by": "A. Head", "Date": "2026-10-19"}
    for heading, text in said.items():
        sheet.cell(8, at[heading]).value = text  # B099's low price
    book.save(programme.bids / "decisions.xlsx")
    assert record(programme, MET).recorded
    waiting, recorded = standing(programme)
    assert waiting == ["B032", "B039"]
    assert {one.bid for one in recorded} == {"B028", "B099"}


def test_the_file_is_what_the_command_receives_for_the_same_decisions(programme: Programme, tmp_path: Path) -> None:
    """A person who fills in the workbook and receives it ends with the same decisions as one who uses the form."""
    shutil.copytree(programme.root, tmp_path / "other")
    other = open_programme(tmp_path / "other")
    assert record(programme, MET).recorded
    mine = programme.bids / "decisions.xlsx"
    shutil.copy(mine, tmp_path / "whatever.xlsx")
    words = ["receive", str(other.root), str(tmp_path / "whatever.xlsx"), "--by", "Sam Lee, officer"]
    assert CliRunner().invoke(main, [*words, "--at", "2026-10-22 09:30"]).exit_code == 0
    assert (other.bids / "decisions.xlsx").read_bytes() == mine.read_bytes()
    assert standing(other) == standing(programme)


def test_what_a_person_writes_is_never_a_formula_in_the_file(programme: Programme) -> None:
    assert record(programme, MET | {"reason": '=HYPERLINK("http://x.example","win")'}).recorded
    for cell in (c for row in openpyxl.load_workbook(programme.bids / "decisions.xlsx")["Decisions"] for c in row):
        assert cell.data_type != "f", cell.coordinate
