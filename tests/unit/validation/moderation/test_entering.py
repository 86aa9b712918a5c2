"""In which order answers are discussed, what an entry of an agreed mark lacks, and why there is no mark."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from evaluator.files.read.bids.folder import read_marks
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.everyones_marks import AnswerMarks
from evaluator.records.submissions.moderation import Discussed, Given
from evaluator.validation import everyones_marks, faults_of, in_order_of_discussion
from tests.findings.faultless_folder import Folder
from tests.unit.cli.panel_on_disk import bids_folder, criteria_folder
from tests.unit.jobs.panel_at_a_meeting import REASON, TOLD, meeting_of, panel_at


def discussed(criteria: Criteria, bid: str, question: str, *marks: int) -> Discussed:
    asked = next(one for one in criteria.questions("north") if one.id == question)
    given = tuple(Given(f"E{at}", Decimal(mark), "…") for at, mark in enumerate(marks, 1))
    spread = Decimal(max(marks) - min(marks))
    return Discussed(bid, bid, asked, "north", given, spread, wide=spread >= 2)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return panel_at(tmp_path / "programme", {"E2": 1})


@pytest.fixture
def criteria(root: Path) -> Criteria:
    found = meeting_of(root).criteria
    assert found is not None
    return found


def test_the_largest_spread_comes_first_and_then_what_is_nearest_a_minimum_mark(criteria: Criteria) -> None:
    north = criteria.themes[0].model_copy(update={"minimum_marks": {"C1": Decimal(2)}})
    criteria = criteria.model_copy(update={"themes": (north, *criteria.themes[1:])})
    far, near = discussed(criteria, "A1", "C1", 4, 4), discussed(criteria, "A2", "C1", 2, 2)
    none, wide = discussed(criteria, "A1", "N1", 2, 2), discussed(criteria, "A2", "N1", 0, 3)
    ordered = in_order_of_discussion(criteria, (none, far, near, wide))
    assert [(one.subject, one.question.id) for one in ordered] == [
        ("A2", "N1"),
        ("A2", "C1"),
        ("A1", "C1"),
        ("A1", "N1"),
    ]


@pytest.mark.parametrize(
    ("mark", "reason", "told", "fields"),
    [
        ("2", REASON, TOLD, []),
        ("2", REASON, "", []),
        ("", REASON, TOLD, ["mark"]),
        ("2.5", REASON, TOLD, ["mark"]),
        ("3", "x" * 39, TOLD, ["reason"]),
        ("3", "x" * 40, TOLD, []),
        ("3", "x" * 2000, TOLD, []),
        ("3", "x" * 2001, TOLD, ["reason"]),
        ("3", f"={REASON}", TOLD, ["reason"]),
        ("3", REASON, "too short", ["for_bidder"]),
        ("4", REASON, TOLD, ["reason"]),
        ("4", f"Above all marks because the annex counts. {REASON}", TOLD, []),
        ("0", f"Above all marks because the annex counts. {REASON}", TOLD, ["reason"]),
        ("0", f"Below all marks because nothing is dated. {REASON}", TOLD, []),
    ],
)
def test_an_entry_is_told_what_it_lacks(
    criteria: Criteria, mark: str, reason: str, told: str, fields: list[str]
) -> None:
    answer = discussed(criteria, "A1", "C1", 1, 3)
    assert [field for field, _ in faults_of(criteria, answer, mark, reason, told)] == fields


def states(root: Path) -> dict[tuple[str, str, str], tuple[str, Decimal | None]]:
    criteria = meeting_or_criteria(root)
    every: tuple[AnswerMarks, ...] = everyones_marks(criteria, read_marks(root / "bids", criteria))
    return {(*one.about, said.evaluator): (said.state, said.mark) for one in every for said in one.said}


def meeting_or_criteria(root: Path) -> Criteria:
    from evaluator.files.read.criteria.folder import read_criteria

    found = read_criteria(root / "criteria").criteria
    assert found is not None
    return found


def test_nought_blank_abstained_recused_and_not_asked_are_five_states(tmp_path: Path) -> None:
    def change(made: Folder) -> None:
        made.tables["interests"] = [
            {"evaluator": "E1", "organisation": "*", "interest": "None", "action": "none", "date": "2026-09-01"},
            {
                "evaluator": "E2",
                "organisation": "O2",
                "interest": "A friend",
                "action": "recused",
                "date": "2026-09-01",
            },
            {"evaluator": "E2", "organisation": "*", "interest": "None", "action": "none", "date": "2026-09-01"},
            {"evaluator": "E3", "organisation": "*", "interest": "None", "action": "none", "date": "2026-09-01"},
        ]
        for seat in made.tables["panel"]:
            seat["questions"] = ""
        seat = made.tables["panel"][0]
        made.tables["panel"] += [
            {**seat, "evaluator": "E3", "theme": "north", "questions": "C1"},
            {**seat, "evaluator": "E3", "theme": "organisation"},
        ]

    root = tmp_path / "programme"
    criteria_folder(root / "criteria")
    bids_folder(root / "bids", change)
    rows = (
        ("A2", "N1", "0", "Nothing is said of the place."),
        ("A1", "C1", "", "Names the people."),
        ("A1", "N1", "Abstain", ""),
        ("A2", "C1", "", ""),
    )
    lines = ["bid,question,evaluator,mark,reason"] + [
        f"{bid},{asked},E1,{mark},{why}" for bid, asked, mark, why in rows
    ]
    (root / "bids" / "marks.csv").write_text("\n".join(lines) + "\n", "utf-8")
    found = states(root)
    assert found["A2", "N1", "E1"] == ("marked", Decimal(0))
    assert found["A1", "C1", "E1"] == ("no mark yet", None)  # a reason alone is no mark
    assert found["A1", "N1", "E1"] == ("abstained", None)
    assert found["A2", "C1", "E1"] == ("no mark yet", None)
    assert found["A2", "C1", "E2"] == ("recused", None)
    assert found["A1", "N1", "E3"] == ("not asked", None)
    assert found["A1", "C1", "E3"] == ("no mark yet", None)
    assert ("B1", "S1", "E3") not in found  # no seat in that theme


def test_without_returns_every_mark_is_still_to_come(tmp_path: Path) -> None:
    root = panel_at(tmp_path / "programme")
    shutil.rmtree(root / "bids" / "returns")
    found = states(root)
    assert set(found.values()) == {("no mark yet", None)}
    assert len(found) == 16
