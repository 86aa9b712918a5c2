"""The outcome for machines."""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.records.findings.finding import Finding, Severity, Source
from evaluator.records.numbers import RoundingMode, to_places
from evaluator.records.programme.criteria import Rounding
from evaluator.records.programme.scales import Values
from evaluator.records.submissions.evaluation import Bid, ThemeBids
from evaluator.reporting.run.outcome_json import _marks, _tied_with, outcome_json
from evaluator.reporting.shared.figures import Written
from tests.unit.reporting import small_outcome


def document(**changes: Any) -> dict[str, Any]:
    return json.loads(outcome_json(small_outcome.outcome(**changes)))


def bid(name: str, **changes: Any) -> dict[str, Any]:
    themes = document(**changes)["themes"]
    return next(b for theme in themes for b in theme["bids"] if b["bid"] == name)


def test_a_ranked_bid_has_every_number_as_an_exact_text() -> None:
    assert bid("Y02") == {
        "bid": "Y02",
        "organisation": "<b>eta</b>",
        "marks": {"C1": "4", "C2": "4"},
        "price": "100000.00",
        "scored_price": "1000/3",
        "status": "ranked",
        "status_reason": "",
        "quality": "64.00",
        "exact_quality": "64/1",
        "price_points": "17.78",
        "exact_price_points": "160/9",
        "index": None,
        "total": "81.78",
        "exact_total": "4089/50",
        "rank": 2,
        "tied_with": [],
    }


def test_tied_bids_name_each_other_and_share_a_rank() -> None:
    assert (bid("A02")["rank"], bid("A02")["tied_with"]) == (2, ["A06"])
    assert (bid("A06")["rank"], bid("A06")["tied_with"]) == (2, ["A02"])


def test_a_bid_below_a_minimum_has_quality_but_no_price_points_total_or_rank() -> None:
    found = bid("A04")
    assert found["quality"] == "30.00"
    assert [found[key] for key in ("price_points", "total", "exact_total", "rank")] == [None] * 4
    assert found["status_reason"] == "C1 Local need: 1, below the published minimum of 2."


def test_a_disregarded_bid_that_was_not_marked_has_no_quality_rather_than_nought() -> None:
    found = bid("A05")
    assert found["marks"] == {"C1": None, "C2": None, "A1": None}
    assert (found["status"], found["quality"], found["exact_quality"]) == ("disregarded", None, None)


def test_neither_the_run_s_name_nor_its_date_changes_a_byte() -> None:
    other = replace(small_outcome.outcome().run, name="another", date="1 April 2027")
    assert outcome_json(small_outcome.outcome(run=other)) == outcome_json(small_outcome.outcome())


def test_the_order_of_the_themes_does_not_change_a_byte() -> None:
    turned = small_outcome.evaluation(small_outcome.YOUTH, small_outcome.ADVICE)
    assert outcome_json(small_outcome.outcome(evaluation=turned)) == outcome_json(small_outcome.outcome())


def test_a_blocked_run_names_the_cell_of_each_finding() -> None:
    wrong = Finding("E-X", Severity.BLOCKS_AWARD, Source("marks.csv", "", 5, "E"), "No reason.", "Ask for one.")
    found = document(
        findings=(*small_outcome.FINDINGS, wrong), evaluation=None, scores=None, allocation=None, equality=None
    )
    assert found["status"] == "blocked"
    assert found["themes"] == []
    assert [(f["file"], f["cell"], f["severity"]) for f in found["findings"]] == [
        ("marks.csv", "E5", "blocks_award"),
        ("register.xlsx", "A7", "note"),
    ]


def test_notes_on_a_run_that_nothing_blocks_do_not_depend_on_the_row_that_a_table_had() -> None:
    moved = tuple(replace(note, source=replace(note.source, row=90)) for note in small_outcome.FINDINGS)
    assert outcome_json(small_outcome.outcome(findings=moved)) == outcome_json(small_outcome.outcome())


def test_a_run_without_scores_shows_the_bids_with_their_prices_and_marks() -> None:
    found = bid("A05", scores=None, allocation=None, equality=None)
    assert found["status"] == "disregarded"
    assert "quality" not in found
    assert bid("A01", scores=None, allocation=None, equality=None)["status"] == "admitted"


@pytest.mark.parametrize("word", ["é", "“quoted”", "\u2028", "</script>", "\t"])
def test_any_text_comes_back_as_it_was(word: str) -> None:
    note = replace(small_outcome.FINDINGS[0], message=word)
    assert document(findings=(note,))["findings"][0]["message"] == word


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**9), st.integers(0, 4), st.sampled_from(get_args(RoundingMode)))
def test_a_number_is_written_rounded_as_published_and_exactly(
    top: int, bottom: int, places: int, mode: RoundingMode
) -> None:
    value = Fraction(top, bottom)
    written = Written("total", Rounding(places=places, mode=mode, point="total", source="4.1"))[top, bottom]
    exact = f"{value.numerator}/{value.denominator}"
    assert written == f',"total":"{to_places(value, places, mode)}","exact_total":"{exact}"'


def test_each_of_several_tied_bids_names_all_others_in_their_order() -> None:
    scored = small_outcome.outcome().scores
    assert scored is not None
    ids, ranks = tuple("ABCDEFGH"), (4, 1, 0, 4, 0, 1, 4, 3)
    ties = (("A", "D", "G"), ("B", "F"))
    before, after = _tied_with(replace(scored.themes[0], bids=ids, ranks=ranks))
    told = [json.loads(f"[{one}{other}]") for one, other in zip(before, after, strict=True)]
    others = {bid: [one for one in tie if one != bid] for tie in ties for bid in tie}
    assert told == [others.get(bid, []) for bid in ids]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6, 8])
def test_marks_stand_under_their_questions_however_many_there_are(count: int) -> None:
    questions = tuple(f"Q{at}" for at in range(count))
    scale = Values((Decimal(0), Decimal(1)), (Fraction(0), Fraction(1)), Fraction(1))
    places = [(bid + question) % 4 - 2 for bid in range(5) for question in range(count)]
    bids = tuple(Bid(f"B{at}", "T", "O", Source("made up")) for at in range(5))
    theme = ThemeBids("T", bids, questions, b"", {}, (scale,) * count).with_cells(places)
    rows = ["".join(row) for row in zip(*_marks(small_outcome.outcome().criteria, theme), strict=True)]
    texts = ["0", "1", "not applicable", None]
    told = [dict(zip(questions, (texts[at] for at in theme.row(row)), strict=True)) for row in range(5)]
    assert [json.loads(f"{{{row[1:]}}}") for row in rows] == [{"marks": one} for one in told]
