"""Every finding about stages that are over, each by a folder that is wrong in one thing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs.papers import issue
from evaluator.pipeline import Published, decide
from evaluator.records.findings import stages as catalogue
from evaluator.records.results.outcome import Outcome, Run
from evaluator.records.submissions.stages import sum_of
from tests import staged

Change = Callable[[Path], None]
SECOND = '[[stage]]\nid = "S2"\nquestions = ["P1"]\npasses = "at_least"\nscore = "12"\n'


def decided(criteria: Path, bids: Path, stage: str = "") -> Outcome:
    read = read_criteria(criteria)
    assert read.criteria is not None
    run = Run("run-test", "0")
    return decide(Published(read.criteria, read.seal), read_bids(bids, read.criteria), run, "scoring", str, stage)


def sealed(bids: Path, stage: str = "S1") -> Path:
    return bids / "stages" / f"{stage}.json"


def spoil(bids: Path, change: Callable[[dict[str, object]], object], *, closed: bool = True) -> None:
    said = json.loads(sealed(bids).read_text("utf-8"))
    said.pop("sha256")
    change(said)
    sealed(bids).write_text(json.dumps({**said, "sha256": sum_of(said) if closed else "0" * 64}), "utf-8")


def edited(bids: Path, file: str, before: str, after: str) -> None:
    text = (bids / file).read_text("utf-8")
    assert before in text
    (bids / file).write_text(text.replace(before, after), "utf-8")


def remark(bids: Path, bid: str, question: str, before: int, after: int) -> None:
    for who in ("E1", "E2"):
        edited(bids, "marks.csv", f"{bid},{question},{who},{before},", f"{bid},{question},{who},{after},")
    edited(bids, "consensus.csv", f"{bid},{question},{before},", f"{bid},{question},{after},")


CASES: dict[str, tuple[str, Change]] = {
    "E-STAGE-001": ("stages/S1.json", lambda bids: spoil(bids, lambda said: None, closed=False)),
    "E-STAGE-002": ("stages/S9.json", lambda bids: sealed(bids, "S9").write_text("{}", "utf-8") and None),
    "E-STAGE-003": (
        "marks.csv",
        lambda bids: (
            (bids / "marks.csv").write_text((bids / "marks.csv").read_text() + "B4,P1,E1,2,Heard it.\n") and None
        ),
    ),
    "E-STAGE-004": ("stages/S1.json", lambda bids: remark(bids, "B4", "A2", 3, 4)),
    "E-STAGE-005": ("programme.toml stage", lambda bids: sealed(bids).unlink()),
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    criteria, bids = staged.criteria_in(tmp_path / "criteria"), staged.bids_in(tmp_path / "bids")
    staged.seal_stage(criteria, bids, "S1")
    return tmp_path


def test_the_faultless_folder_has_no_finding(home: Path) -> None:
    outcome = decided(home / "criteria", home / "bids")
    assert outcome.findings == ()
    assert outcome.stages[0].sealed


@pytest.mark.parametrize("code", CASES)
def test_a_spoilt_folder_has_its_finding_and_no_other(home: Path, code: str) -> None:
    place, change = CASES[code]
    change(home / "bids")
    found = decided(home / "criteria", home / "bids").findings
    assert [(one.code, str(one.source)) for one in found] == [(code, place)]


def test_a_stage_from_which_nobody_goes_on_is_told(tmp_path: Path) -> None:
    stages = '[[stage]]\nid = "S1"\nquestions = ["A1", "A2"]\npasses = "at_least"\nscore = "50"\n'
    criteria = staged.criteria_in(tmp_path / "criteria", stages)
    bids = staged.bids_in(tmp_path / "bids", {"B2": {"A1": 4, "A2": 4}})
    assert [one.code for one in decided(criteria, bids, "S1").findings] == ["E-STAGE-006"]


def test_papers_of_a_later_stage_wait_for_the_seal_of_the_one_before(home: Path) -> None:
    (home / "bids" / "panel.csv").write_text("evaluator,name,theme\nE1,A,main\nE2,B,main\n", "utf-8")
    assert issue(home / "criteria", home / "bids", 1, stage="last").findings == ()
    sealed(home / "bids").unlink()
    made = issue(home / "criteria", home / "bids", 1, stage="last")
    assert [one.code for one in made.findings] == ["E-STAGE-007"]
    assert made.files == {}


def test_a_mark_that_changes_after_the_stage_was_sealed_blocks_and_names_the_bid(home: Path) -> None:
    remark(home / "bids", "B4", "A2", 3, 5)  # 24 + 20 = 44, more than the 38 of the last
    (found,) = decided(home / "criteria", home / "bids").findings
    assert "B3 had 38 of 50 points and went on, and has 38 of 50 points and did not go on now" in found.message
    assert "B4 had 36 of 50 points and did not go on, and has 44 of 50 points and went on now" in found.message


def test_nobody_moves_up_when_a_bid_that_went_on_is_withdrawn_later(home: Path) -> None:
    (home / "bids" / "withdrawals.csv").write_text(
        "bid,date,told_by,how,person,reason\nB1,2026-11-20,Ms Roe,e-mail,J. Doe,The bidder withdrew it in writing.\n",
        "utf-8",
    )
    outcome = decided(home / "criteria", home / "bids")
    assert not [one for one in outcome.findings if one.severity.value == "blocks_award"], outcome.findings
    assert outcome.scores is not None
    table = outcome.scores.themes[0]
    expected = ("withdrawn", "ranked", "ranked", "not_shortlisted", "not_shortlisted")
    assert dict(zip(table.bids, table.status, strict=True)) == dict(
        zip(("B1", "B2", "B3", "B4", "B5"), expected, strict=True)
    )


@pytest.mark.parametrize(
    "problem",
    [{"stage": "S2"}, {"reference": "ANOTHER"}, {"schema": "stage/9"}, {"bids": [{"bid": "B1"}]}, {"bids": 3}],
)
def test_what_is_no_sealed_stage_of_this_programme_is_refused(home: Path, problem: dict[str, object]) -> None:
    spoil(home / "bids", lambda said: said.update(problem))
    assert [one.code for one in decided(home / "criteria", home / "bids").findings][:1] == ["E-STAGE-001"]


def test_a_second_stage_is_not_over_before_the_first(tmp_path: Path) -> None:
    criteria = staged.criteria_in(tmp_path / "criteria", staged.SHORTLIST + SECOND)
    bids = staged.bids_in(tmp_path / "bids")
    staged.seal_stage(criteria, bids, "S1")
    staged.seal_stage(criteria, bids, "S2")
    sealed(bids).unlink()
    assert "E-STAGE-002" in [one.code for one in decided(criteria, bids).findings]


def test_every_finding_about_stages_has_a_case() -> None:
    shown = {*CASES, "E-STAGE-006", "E-STAGE-007"}
    assert shown == {entry.code for entry in catalogue.ENTRIES}


@pytest.mark.parametrize("entry", catalogue.ENTRIES, ids=lambda entry: entry.code)
def test_the_example_of_a_finding_fills_its_words(entry: object) -> None:
    for words in (entry.message, entry.remedy):  # type: ignore[attr-defined]
        assert "{" not in words.format(**entry.example)  # type: ignore[attr-defined]
