"""The order of the stages: what blocks an award stops it, and what is decided is said as it is."""

from dataclasses import replace
from pathlib import Path

import pytest

from evaluator import pipeline
from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.pipeline import Published, Until, conclude, decide
from evaluator.publication import seal
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.procurement.keys import Procurement
from evaluator.records.results.outcome import Outcome, Run, status

ROOT = Path(__file__).resolve().parents[2]
RUN = Run("run-test", "0")


def small() -> Criteria:
    found = read_criteria(ROOT / "criteria" / "minimal_with_price").criteria
    assert found is not None
    return found


def with_allocation(**change: object) -> Criteria:
    criteria = small()
    policy = criteria.allocation
    assert policy is not None
    return criteria.model_copy(update={"allocation": policy.model_validate({**policy.model_dump(), **change})})


def decided(folder: Path, criteria: Criteria, until: Until = "equality", sealed: bool = True) -> Outcome:
    published = Published(criteria, seal(criteria, "2026-09-01") if sealed else None)
    return decide(published, read_bids(folder, criteria), RUN, until, lambda _: None)


def twins(folder: Path) -> Path:
    """Write two bids that are equal in everything."""
    answers = [(bid, question) for bid in ("B1", "B2") for question in ("Q1", "Q2")]
    (folder / "register.csv").write_text("bid,theme,organisation,price\nB1,main,O1,40000\nB2,main,O2,40000\n")
    marks = [f"{bid},{q},{who},4,Good on {bid} {q}" for bid, q in answers for who in ("E1", "E2")]
    (folder / "marks.csv").write_text("\n".join(["bid,question,evaluator,mark,reason", *marks]))
    agreed = [f"{bid},{q},4,Good on {bid} {q}" for bid, q in answers]
    (folder / "consensus.csv").write_text("\n".join(["bid,question,mark,reason", *agreed]))
    return folder


def codes(outcome: Outcome) -> list[str]:
    return [one.code for one in outcome.findings]


def test_the_small_sample_goes_all_the_way() -> None:
    outcome = decided(ROOT / "sample_bids" / "minimal_with_price", small())
    assert status(outcome) == "award_recommended"
    assert codes(outcome) == []


@pytest.mark.parametrize(
    ("until", "reached"),
    [("validation", "validated"), ("scoring", "scored"), ("allocation", "award_recommended")],
)
def test_a_run_stops_where_it_is_told(until: Until, reached: str) -> None:
    outcome = decided(ROOT / "sample_bids" / "minimal_with_price", small(), until)
    assert status(outcome) == reached
    assert (outcome.scores is None, outcome.allocation is None) == (until == "validation", until != "allocation")


def test_criteria_that_were_never_sealed_are_scored_but_no_award_is_made() -> None:
    outcome = decided(ROOT / "sample_bids" / "minimal_with_price", small(), sealed=False)
    assert codes(outcome) == ["E-SEAL-001"]
    assert outcome.scores is not None
    assert outcome.allocation is None
    assert status(outcome) == "blocked"


def test_criteria_that_are_not_what_was_sealed_block_the_award() -> None:
    criteria = small()
    published = Published(criteria.model_copy(update={"title": "Another"}), seal(criteria, "2026-09-01"))
    received = read_bids(ROOT / "sample_bids" / "minimal_with_price", criteria)
    assert codes(decide(published, received, RUN, "equality", lambda _: None)) == ["E-SEAL-002"]


@pytest.mark.parametrize(("run_date", "code"), [("2026-08-31", ["E-SEAL-004"]), ("2026-09-01", []), ("", [])])
def test_a_seal_dated_after_the_run_blocks_the_award(run_date: str, code: list[str]) -> None:
    criteria = small()
    received = read_bids(ROOT / "sample_bids" / "minimal_with_price", criteria)
    run = replace(RUN, date=run_date)
    outcome = decide(Published(criteria, seal(criteria, "2026-09-01")), received, run, "scoring", lambda _: None)
    assert codes(outcome) == code


@pytest.mark.parametrize(("close", "code"), [("2026-08-31T12:00", ["E-SEAL-004"]), ("2026-09-01T12:00", [])])
def test_criteria_sealed_again_after_bids_closed_award_nothing(close: str, code: list[str]) -> None:
    criteria = small().model_copy(update={"procurement": Procurement(tenders_close=close)})
    received = read_bids(ROOT / "sample_bids" / "minimal_with_price", criteria)
    outcome = decide(Published(criteria, seal(criteria, "2026-09-01")), received, RUN, "scoring", lambda _: None)
    assert codes(outcome) == code


def test_criteria_that_a_lawyer_would_stop_are_stopped_here_too() -> None:
    criteria = small()
    theme = criteria.themes[0]
    wrong = theme.model_copy(update={"weights": {**theme.weights, "price": theme.weights["price"] + 1}})
    outcome = decided(
        ROOT / "sample_bids" / "minimal_with_price", criteria.model_copy(update={"themes": (wrong,)}), "scoring"
    )
    assert status(outcome) == "blocked"
    assert all(code.startswith("E-CRIT-") for code in codes(outcome))


def test_an_allocation_that_is_equal_between_two_bids_is_for_people_to_decide(tmp_path: Path) -> None:
    outcome = decided(twins(tmp_path), small())
    assert codes(outcome) == ["E-AWARD-003"]
    assert outcome.allocation is not None
    assert outcome.allocation.tied == (("B1",), ("B2",))
    assert status(outcome) == "blocked"


def test_rules_that_cannot_hold_together_are_named(tmp_path: Path) -> None:
    rules = [
        {"id": "MONEY", "kind": "budget", "limit": "60000", "source": "Test"},
        {"id": "TWO", "kind": "theme_awards", "theme": "main", "least": 2, "source": "Test"},
    ]
    outcome = decided(twins(tmp_path), with_allocation(rule=rules))
    assert codes(outcome) == ["E-AWARD-002"]
    assert "MONEY and TWO" in outcome.findings[0].message
    assert status(outcome) == "infeasible"


def test_what_is_not_proven_is_not_recommended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    allocate = pipeline.allocate

    def out_of_time(problem):
        done = allocate(problem)
        return replace(done, status="not_proven", upper_bound=done.total_score + 104)

    monkeypatch.setattr(pipeline, "allocate", out_of_time)
    outcome = decided(ROOT / "sample_bids" / "minimal_with_price", small())
    assert codes(outcome) == ["E-AWARD-001"]
    assert "1.04 points more" in outcome.findings[0].message
    assert status(outcome) == "not_proven"


def test_the_equality_summary_changes_nothing_that_was_decided() -> None:
    before = decided(ROOT / "sample_bids" / "minimal_with_price", small())
    after = conclude(before, None, ())
    assert after.equality is not None
    assert replace(after, equality=None) == before


def test_a_run_without_awards_has_no_equality_summary() -> None:
    before = decided(ROOT / "sample_bids" / "minimal_with_price", small(), "scoring")
    assert conclude(before, None, ()) == before


def test_nobody_above_the_minimum_score_gives_no_awards_and_says_why(tmp_path: Path) -> None:
    outcome = decided(twins(tmp_path), with_allocation(minimum_score="99"))
    assert outcome.allocation is not None
    assert outcome.allocation.awards == ()
    assert {one.reason for one in outcome.allocation.not_awarded} == {"below_minimum_score"}


def test_a_budget_of_nothing_gives_no_awards(tmp_path: Path) -> None:
    outcome = decided(
        twins(tmp_path), with_allocation(rule=[{"id": "M", "kind": "budget", "limit": "0", "source": "Test"}])
    )
    assert outcome.allocation is not None
    assert (outcome.allocation.status, outcome.allocation.awards) == ("proven", ())
