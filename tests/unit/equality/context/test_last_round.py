"""The last round beside this one: what is taken of it, and what stands beside what."""

from pathlib import Path
from typing import Any

import pytest

from evaluator.equality import assess
from evaluator.equality.context.last_round import read_last_round
from evaluator.files.read.bids.folder import read_external_data as read_files
from evaluator.records.results.equality import ExternalData
from evaluator.reporting.equality import equality_html
from tests.unit.equality.small_programmes import Programme, criteria
from tests.unit.reporting.small_outcome import outcome

WRITTEN: dict[str, Any] = {
    "title": "Round one",
    "source": "Its equality impact",
    "date": "2023-11-30",
    "bids": 100,
    "awards": 50,
    "group": [{"question": "women_led", "group": "Yes", "bids": 40, "awards": 12}],
}


def codes(change: dict[str, Any]) -> list[str]:
    _, notes = read_last_round(criteria(), WRITTEN | change)
    return [one.code for one in notes]


def group(**change: Any) -> dict[str, Any]:
    return {"group": [WRITTEN["group"][0] | change]}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"bids": 0}, "E-EQUALITY-010"),
        ({"awards": 101}, "E-EQUALITY-010"),
        ({"places": 3}, "E-EQUALITY-010"),
        ({"group": [1]}, "E-EQUALITY-010"),
        (group(awards=41), "E-EQUALITY-010"),
        (group(bids=99, awards=48), "E-EQUALITY-010"),
        (group(wording="No disadvantage"), "E-EQUALITY-010"),
        ({"group": WRITTEN["group"] * 2}, "E-EQUALITY-010"),
        (group(question="women"), "E-EQUALITY-011"),
        (group(group="Perhaps"), "E-EQUALITY-011"),
        (group(awards=9), "E-EQUALITY-012"),
        (group(awards=0), "E-EQUALITY-012"),
        (group(bids=20, awards=12), "E-EQUALITY-012"),
        (group(bids=95, awards=49), "E-EQUALITY-012"),
    ],
)
def test_what_cannot_be_used_or_may_not_be_shown_is_a_note(change: dict[str, Any], code: str) -> None:
    assert codes(change) == [code]


@pytest.mark.parametrize(
    ("change", "codes_found"),
    [
        (group(awards=10), []),
        (group(bids=22, awards=12), []),
        (group(bids=21, awards=12), ["E-EQUALITY-012"]),
        (group(bids=90, awards=45), []),
        (group(bids=91, awards=45), ["E-EQUALITY-012"]),
    ],
)
def test_awards_the_other_bids_and_all_others_must_each_be_as_many_as_the_threshold(
    change: dict[str, Any], codes_found: list[str]
) -> None:
    assert codes(change) == codes_found


def test_a_small_number_is_not_repeated_in_its_note() -> None:
    _, (note,) = read_last_round(criteria(), WRITTEN | group(awards=7))
    assert "7" not in note.message


def test_without_a_last_round_nothing_is_said_of_one() -> None:
    assert read_last_round(criteria(), None) == (None, ())


@pytest.mark.parametrize(
    ("files", "codes_found", "read"),
    [
        ({"last_round.toml": "title = 'x'"}, [], {"title": "x"}),
        ({"last_round.json": '{"title": "x"}'}, [], {"title": "x"}),
        ({"last_round.json": "[1]"}, [], {}),
        ({"last_round.toml": "title ="}, ["E-EQUALITY-010"], None),
        ({"last_round.json": "{" * 99999}, ["E-EQUALITY-010"], None),
        ({"last_round.toml": "title = 'x'", "last_round.json": "{}"}, ["E-FILE-002"], {"title": "x"}),
    ],
)
def test_the_file_is_toml_or_an_outcome_and_one_of_the_two(
    files: dict[str, str], codes_found: list[str], read: dict[str, str] | None, tmp_path: Path
) -> None:
    (tmp_path / "equality").mkdir()
    for name, text in files.items():
        (tmp_path / "equality" / name).write_text(text, "utf-8")
    received, notes = read_files(tmp_path)
    assert ([one.code for one in notes], received.last_round) == (codes_found, read)


def test_the_page_sets_both_rounds_side_by_side() -> None:
    p = Programme({"Yes": (0, 0, 40, 20), "No": (0, 0, 40, 20)})
    last, _ = read_last_round(criteria(), WRITTEN)
    made = assess(p.criteria, p.evaluation, p.scores, p.allocation, p.monitoring, ExternalData(last_round=last))
    page = equality_html(outcome(equality=made))
    assert "12 of 40 (30%) bids" in page
    assert "20 of 60 organisations" in page
