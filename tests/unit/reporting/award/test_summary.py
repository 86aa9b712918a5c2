"""The summary for the terminal."""

from dataclasses import replace
from importlib import import_module
from typing import Any, get_args

import pytest

from evaluator.records.findings.finding import Finding, Severity, Source
from evaluator.records.results.outcome import Status
from evaluator.reporting import documents, summary_text
from evaluator.reporting.award.summary import RESULTS
from tests.unit.reporting import small_outcome
from tests.worked_examples.programmes import programme, scored

BLOCK = Finding("E-X", Severity.BLOCKS_AWARD, Source("marks.csv"), "Wrong.", "Mend it.")
BLOCKED: dict[str, Any] = {
    "findings": (BLOCK,),
    "evaluation": None,
    "scores": None,
    "allocation": None,
    "equality": None,
}


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({}, "An award can be recommended. People decide."),
        ({"allocation": None}, "The bids are scored and ranked. No money was divided."),
        ({"allocation": None, "scores": None}, "The bids and marks were checked. Nothing was scored."),
        (BLOCKED, "No award can be recommended yet."),
        (
            {"allocation": replace(small_outcome.ALLOCATION, awards=())},
            "No bid can be funded under the published rules.",
        ),
        (
            {"allocation": replace(small_outcome.ALLOCATION, status="not_proven")},
            "No award is recommended: it is not proven that no better set of awards exists.",
        ),
    ],
)
def test_the_first_line_says_what_the_run_came_to(changes: dict[str, Any], first: str) -> None:
    assert summary_text(small_outcome.outcome(**changes)).splitlines()[0] == first


def test_each_theme_says_how_many_bids_are_ranked_and_tied() -> None:
    lines = summary_text(small_outcome.outcome()).splitlines()
    assert "  Advice & information: 6 bids, 4 ranked, 1 below a minimum, 1 disregarded, 1 tie" in lines
    assert "  Young people: 2 bids, 2 ranked" in lines
    assert [line for line in lines if line.startswith("  Advice & information: £")]  # its awards, by its title as well
    assert not [line for line in lines if line.startswith("  advice")]


def test_criteria_without_a_seal_are_said_to_prove_nothing() -> None:
    assert "These criteria are not sealed" in summary_text(small_outcome.outcome(seal=None))


def test_the_summary_stays_under_25_lines() -> None:
    many = small_outcome.outcome(findings=(BLOCK, *small_outcome.FINDINGS))
    assert len(summary_text(many).splitlines()) < 25
    assert len(summary_text(scored(programme("parts", "half_up", ()), 1)).splitlines()) < 25


def test_a_finished_run_has_every_document_and_a_blocked_one_only_what_it_reached() -> None:
    names = [document.name for document in documents(small_outcome.outcome())]
    always = ["outcome.json", "findings.html", "findings.xlsx"]
    equality = ["equality_impact.html", "equality_impact.xlsx"]
    order = ("A01", "A02", "A06", "A03", "A04", "A05", "Y01", "Y02")
    bids = ["bids/style.css", *(f"bids/bid-{bid}.html" for bid in order)]
    assert names == [*always, "report.html", *bids, "record.html", "results.xlsx", *equality]
    assert [document.name for document in documents(small_outcome.outcome(**BLOCKED))] == always


def test_more_bids_than_a_page_holds_give_the_report_with_its_annex_as_a_workbook(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    annex = import_module("evaluator.reporting.award.annex")
    monkeypatch.setattr(annex, "MOST_IN_PRINT", 7)
    monkeypatch.setattr(annex, "MOST_ON_PAGE", 7)
    made = {one.name: one.content for one in documents(small_outcome.outcome(equality=None))}
    assert list(made)[3:] == ["report.html", "annex.xlsx", "record.html"]
    for name in ("report.html", "record.html"):
        assert "annex.xlsx holds" in str(made[name])
        assert "bids/" not in str(made[name])
        assert "results.xlsx" not in str(made[name]), name


def test_more_bids_than_people_can_read_that_were_not_taken_as_far_as_awards_give_neither(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("evaluator.reporting.run.documents.MOST_ON_PAGE", 7)
    names = [document.name for document in documents(small_outcome.outcome(equality=None, allocation=None))]
    assert names == ["outcome.json", "findings.html", "findings.xlsx"]


def test_every_status_that_a_run_can_have_is_worded() -> None:
    assert set(RESULTS) == set(get_args(Status))
