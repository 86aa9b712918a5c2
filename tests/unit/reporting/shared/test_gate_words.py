"""What bidders are told of a gate's kind, under each law, and what a decision on it is called."""

from dataclasses import replace
from typing import Any

import pytest

from evaluator.records.programme.conditions.gates import Gate
from evaluator.reporting.papers.decisions_workbook import decisions_workbook
from evaluator.reporting.shared.gate_words import gate_statements
from evaluator.validation import open_matters
from tests.findings.faultless_folder import edit, failed, publish, spoilt
from tests.unit.reporting.small_outcome import DECISION


def gate(**keys: Any) -> Gate:
    plain = {"id": "g", "title": "G", "question": "?", "predicate": "…", "on_failure": "…", "source": "1"}
    return Gate.model_validate(plain | keys)


def told(regime: str, **keys: Any) -> str:
    return " ".join(gate_statements(gate(**keys), regime))


def test_a_gate_without_a_kind_has_no_words_of_its_own() -> None:
    assert gate_statements(gate(), "pa2023") == ()


@pytest.mark.parametrize(
    ("kind", "section", "words"),
    [
        ("participation", "section 19(3)(a)", "nobody can let it stay"),
        ("procedural", "section 19(3)(d)", "may be disregarded"),
        ("minimum", "section 23(3)(a)", "is disqualified"),
    ],
)
def test_each_kind_says_what_follows_and_cites_the_act_only_where_it_applies(
    kind: str, section: str, words: str
) -> None:
    assert section in told("pa2023_light_touch", kind=kind)
    for regime in ("pa2023", "pcr2015", "psr2023", "grant"):
        assert words in told(regime, kind=kind)
        assert ("Procurement Act" in told(regime, kind=kind)) is (regime == "pa2023")


def test_below_the_threshold_bidders_are_told_that_suitability_keeps_nobody_out() -> None:
    assert "no bid is kept out by who its supplier is" in told("below_threshold", kind="participation")
    assert "disregarded" not in told("below_threshold", kind="participation")


@pytest.mark.parametrize(("ground", "words"), [("mandatory", "Schedule 6"), ("discretionary", "Schedule 7")])
def test_a_ground_says_its_schedule_and_that_the_supplier_is_heard(ground: str, words: str) -> None:
    said = told("pa2023", kind="exclusion", ground=ground)
    assert words in said
    assert "The supplier is heard first" in said
    assert "Procurement Act" not in told("pcr2015", kind="exclusion", ground=ground)


def test_a_letter_says_what_was_decided_and_what_the_bid_is_by_it() -> None:
    assert replace(DECISION, decision="met").told == "it was decided: met, on clarification"
    unmet = replace(DECISION, decision="not_met", standing="disqualified")
    assert unmet.told == "it was decided: not met; the bid is disqualified"
    assert replace(DECISION, decision="disregard").told == "it was decided to disregard the bid"


def test_the_workbook_offers_at_each_matter_its_words_and_columns_for_gates_only_where_they_have_kinds() -> None:
    two = edit("register", {"bid": "B1"}, **{"gate:cover": "fail"})
    folder = spoilt(failed("participation", "met"), two)
    to_decide, _ = open_matters(folder.published(), folder.received())
    assert to_decide is not None
    (sheet,) = decisions_workbook(folder.published(), to_decide).sheets
    offered = {choice.cells: choice.values for choice in sheet.choices}
    assert ("met", "not_met", "register_wrong") in offered.values()
    headings = [cell.value for cell in sheet.rows[3]]
    assert headings[-4:] == [
        "Evidence",
        "Associated person or sub-contractor",
        "Continuing or likely to recur",
        "Authority notified on",
    ]
    plain = spoilt(publish("gate.0.kind", "minimum"), publish("gate.0.kind", None), two)
    to_decide, _ = open_matters(plain.published(), plain.received())
    assert to_decide is not None
    (sheet,) = decisions_workbook(plain.published(), to_decide).sheets
    assert [cell.value for cell in sheet.rows[3]][-1] == "Bidder heard"
    assert {choice.values for choice in sheet.choices} >= {("admit", "disregard")}
