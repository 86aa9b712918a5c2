"""A seat on the panel may be for some questions or some bids; who is to mark what follows from it everywhere."""

from pathlib import Path

import pytest

from evaluator.files.read.bids.folder import bids_in, read_before_marking
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.jobs.papers import issue
from evaluator.validation import assign, validate
from tests.findings.faultless_folder import Change, Folder, Row
from tests.unit.cli.panel_on_disk import bids_folder, criteria_folder

SEATS = """
[[seat]]
evaluator = "E1"
name = "A. One"
theme = "north"

[[seat]]
evaluator = "E2"
name = "B. Two"
theme = "north"
questions = ["N1"]
bids = ["A2"]
"""


def narrow(evaluator: str, theme: str, **only: str) -> Change:
    def change(folder: Folder) -> None:
        for row in folder.rows("panel"):
            row.setdefault("questions", "")
            row.setdefault("bids", "")
            if (row["evaluator"], row["theme"]) == (evaluator, theme):
                row.update(only)

    return change


def third(folder: Folder) -> None:
    """Add a third evaluator, who marks everything as the others do."""
    for table in ("panel", "marks", "interests"):
        folder.rows(table).extend(
            [{**row, "evaluator": "E3"} for row in folder.rows(table) if row["evaluator"] == "E1"]
        )


def without(evaluator: str, bid: str, question: str) -> Change:
    def change(folder: Folder) -> None:
        def meant(row: Row) -> bool:
            return (row["evaluator"], row["bid"], row["question"]) == (evaluator, bid, question)

        folder.tables["marks"] = [row for row in folder.rows("marks") if not meant(row)]

    return change


def codes(*changes: Change) -> list[str]:
    folder = Folder()
    for change in changes:
        change(folder)
    return [f"{one.code} {one.source.cell}".strip() for one in validate(folder.published(), folder.received())[1]]


def tasks(*changes: Change) -> dict[str, set[tuple[str, str]]]:
    folder = Folder()
    for change in changes:
        change(folder)
    made, found = assign(folder.published(), folder.received(), 1)
    assert [one.code for one in found] == []
    return {one.evaluator: {(task.subject, task.question.id) for task in one.tasks} for one in made}


def test_a_seat_for_some_questions_gives_only_those() -> None:
    given = tasks(third, narrow("E3", "north", questions="N1"))
    assert {at for at in given["E3"] if at[0] in ("A1", "A2")} == {("A1", "N1"), ("A2", "N1")}
    assert ("B1", "C1") in given["E3"]
    assert ("A1", "C1") in given["E1"]


def test_a_seat_for_some_bids_gives_only_those_and_organisations_are_named_for_their_own_answers() -> None:
    given = tasks(third, narrow("E3", "north", bids="A2"), narrow("E3", "organisation", bids="O2"))
    assert {at for at in given["E3"] if at[0] != "B1"} == {("A2", "C1"), ("A2", "N1"), ("O2", "C2")}


def test_too_few_evaluators_for_an_answer_are_found_before_anyone_marks() -> None:
    folder = Folder()
    narrow("E2", "north", questions="C1")(folder)
    made, found = assign(folder.published(), folder.received(), 1)
    assert made == ()
    assert {one.code for one in found} == {"E-PANEL-006"}
    assert "answers A1 on N1; A2 on N1" in found[0].message


def test_what_was_not_given_need_not_be_marked_and_what_was_given_must() -> None:
    seat = narrow("E3", "north", questions="N1")
    assert codes(third, seat, without("E3", "A1", "C1"), without("E3", "A2", "C1")) == []
    missing = codes(third, seat, without("E3", "A1", "C1"), without("E3", "A2", "C1"), without("E3", "A1", "N1"))
    assert missing == ["E-RET-003"]


def test_a_mark_on_an_answer_that_was_not_given_is_found_at_its_cell() -> None:
    found = codes(third, narrow("E3", "north", questions="N1"))
    assert [one.split()[0] for one in found] == ["E-MARK-018", "E-MARK-018"]


def test_an_agreed_mark_is_held_against_the_marks_of_those_who_were_given_the_answer() -> None:
    def high(folder: Folder) -> None:
        folder.one("consensus", bid="A1", question="C1")["mark"] = "5"

    seat = narrow("E3", "north", questions="N1")
    found = codes(third, seat, without("E3", "A1", "C1"), without("E3", "A2", "C1"), high)
    assert [one.split()[0] for one in found] == ["E-CONS-014"]


@pytest.mark.parametrize(
    ("only", "code"),
    [({"questions": "S1"}, "E-PANEL-007"), ({"bids": "B1"}, "E-PANEL-008"), ({"bids": "A9; A1"}, "E-PANEL-008")],
)
def test_a_seat_for_what_its_theme_does_not_have_is_found(only: dict[str, str], code: str) -> None:
    assert code in {one.split()[0] for one in codes(third, narrow("E3", "north", **only))}


def read(tmp_path: Path, text: str) -> tuple[list[str], list[dict[str, str]]]:
    criteria = read_criteria(criteria_folder(tmp_path / "criteria")).criteria
    assert criteria is not None
    bids = bids_folder(tmp_path / "bids")
    (bids / "panel.csv").unlink()
    (bids / "panel.toml").write_text(text, "utf-8")
    received = read_before_marking(bids, criteria)
    assert "panel.toml" in bids_in(bids)
    rows = [received.panel.row(row) for row in range(len(received.panel))] if received.panel else []
    return [str(one) for one in received.findings], rows


def test_the_panel_may_be_written_as_toml(tmp_path: Path) -> None:
    found, rows = read(tmp_path, SEATS)
    assert found == []
    assert rows[1] == {"evaluator": "E2", "name": "B. Two", "theme": "north", "questions": "N1", "bids": "A2"}


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("[[seat", "panel.toml:", "invalid|expected|Expected"),
        ("[[seats]]\n", "panel.toml:", "the key seats"),
        (SEATS.replace("questions", "question"), "panel.toml 7:", "the key question is not known"),
        (SEATS.replace('theme = "north"\n', "", 1), "panel.toml 2:", "theme is missing"),
        (SEATS.replace('["N1"]', "4"), "panel.toml 7:", "neither a text nor a list"),
    ],
)
def test_what_cannot_be_taken_from_a_panel_in_toml_is_told(tmp_path: Path, text: str, place: str, words: str) -> None:
    found, _ = read(tmp_path, text)
    assert len(found) == 1
    assert found[0].startswith(f"{place} E-FILE-036")
    assert any(one in found[0] for one in words.split("|"))


def test_two_panels_are_a_finding(tmp_path: Path) -> None:
    criteria = criteria_folder(tmp_path / "criteria")
    bids = bids_folder(tmp_path / "bids")
    (bids / "panel.toml").write_text(SEATS, "utf-8")
    assert "E-FILE-002" in [one.code for one in issue(criteria, bids, 1).findings]
