"""Whatever is changed between two runs, the comparison names it, and gives it as the reason of what it moved."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.evaluation import Bid, Evaluation, ThemeBids
from evaluator.reporting import bids_json, outcome_json
from evaluator.reporting.studies.run_comparison import Change, Comparison, FinishedRun, compare_runs
from tests.unit.files.audit.random_programmes import _decision, decided, outcome

SEED = next(seed for seed in range(200) if (made := outcome(seed).allocation) and len(made.awards) > 2 and made.years)
RUN = outcome(SEED)


def told(made: Outcome) -> FinishedRun:
    return FinishedRun({"files": {}}, json.loads(outcome_json(made)), json.loads(bids_json(made)))


def compared(criteria: Criteria, evaluation: Evaluation) -> Comparison:
    return compare_runs(told(RUN), told(decided(criteria, evaluation)))


def with_bid(change: Callable[[Bid], Bid | None], bid: str) -> Evaluation:
    """Give the evaluation with one bid otherwise, or without it."""
    assert RUN.evaluation is not None
    return replace(RUN.evaluation, themes=tuple(_theme(theme, change, bid) for theme in RUN.evaluation.themes))


def _theme(theme: ThemeBids, change: Callable[[Bid], Bid | None], bid: str) -> ThemeBids:
    width = len(theme.questions)
    kept = [(change(one) if one.id == bid else one, at) for at, one in enumerate(theme.bids)]
    marks = b"".join(theme.marks[at * width : (at + 1) * width] for one, at in kept if one)
    return replace(theme, bids=tuple(one for one, _ in kept if one), marks=marks)


def funded() -> str:
    assert RUN.allocation is not None
    return RUN.allocation.awards[0].bid


def of(found: Comparison, bid: str, what: str) -> Change:
    return next(change for change in found.changes if (change.bid, change.what) == (bid, what))


CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("hours", {"hours": Decimal(99)}),
    ("people", {"people": 77}),
    ("wards", {"wards": ("Poplar",)}),
    ("groups", {"groups": ("young people",)}),
    ("outcomes", {"outcomes": ("health",)}),
    ("variant", {"variant": "three"}),
    ("least level", {"least_level": Decimal(99)}),
    ("members", {"members": ("O77",)}),
    ("organisation", {"organisation": "O88"}),
    ("price", {"price": 3, "by_year": (1, 1, 1)}),
]


@pytest.mark.parametrize(("what", "facts"), CHANGES, ids=[what for what, _ in CHANGES])
def test_what_the_register_says_otherwise_of_a_bid_is_named_and_is_the_reason(what: str, facts: dict[str, Any]) -> None:
    bid = funded()
    found = compared(RUN.criteria, with_bid(lambda one: replace(one, **facts), bid))
    assert of(found, bid, what).why.startswith("The register")
    others = f"Nothing of this bid changed: {bid} did."
    for change in found.changes:
        if change.what in ("total", "rank", "award"):
            assert (what if change.bid == bid else others) in change.why


def test_a_mark_that_changed_is_the_reason_for_its_bid_and_its_bid_for_the_others() -> None:
    assert RUN.evaluation is not None
    theme = RUN.evaluation.themes[0]
    bid = next(at for at, one in enumerate(theme.bids) if one.id not in theme.disregarded)
    at = bid * len(theme.questions)
    marks = bytearray(theme.marks)
    marks[at] = (marks[at] + 1) % len(RUN.criteria.scale.marks)
    changed = replace(RUN.evaluation, themes=(replace(theme, marks=bytes(marks)), *RUN.evaluation.themes[1:]))
    found = compared(RUN.criteria, changed)
    name, question = theme.bids[bid].id, theme.questions[0]
    assert of(found, name, f"mark for {question}").why == "The agreed mark changed."
    for change in found.changes:
        assert (f"mark for {question} changed" in change.why) or change.bid != name or change.what.startswith("mark")
        assert change.bid == name or f"{name} did." in change.why


def test_a_decision_on_a_bid_is_named() -> None:
    assert RUN.evaluation is not None
    bid = funded()
    themes = tuple(
        replace(theme, disregarded={**theme.disregarded, bid: _decision(bid, 0)})
        if bid in {one.id for one in theme.bids}
        else theme
        for theme in RUN.evaluation.themes
    )
    found = compared(RUN.criteria, replace(RUN.evaluation, themes=themes))
    assert of(found, bid, "decision").why == "A person decided otherwise."
    assert "It failed G1." in of(found, bid, "status").why
    assert "decision changed" in of(found, bid, "award").why


def test_a_bid_that_is_gone_is_told_of_and_moves_the_others() -> None:
    bid = funded()
    found = compared(RUN.criteria, with_bid(lambda _: None, bid))
    assert of(found, bid, "bid").why == "The register changed."
    assert all(f"{bid} did." in change.why for change in found.changes if change.bid != bid)


def test_other_published_criteria_are_the_reason_for_what_they_move() -> None:
    assert RUN.criteria.allocation is not None
    assert RUN.evaluation is not None
    policy = RUN.criteria.allocation.model_copy(update={"minimum_score": Decimal(1000)})
    found = compared(RUN.criteria.model_copy(update={"allocation": policy}), RUN.evaluation)
    assert any(line.startswith("The published criteria was") for line in found.runs)
    assert "The published criteria changed." in of(found, funded(), "award").why
    assert "minimum" in of(found, funded(), "award").why


def test_a_run_that_scored_nothing_does_not_blame_the_register() -> None:
    blocked = {**told(RUN).outcome, "themes": [], "allocation": None, "status": "blocked"}
    found = compare_runs(told(RUN), FinishedRun({"files": {}}, blocked))
    assert {change.why for change in found.changes} == {"The second run scored no bid: its findings stand in the way."}
