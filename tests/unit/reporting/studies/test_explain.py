"""Each figure that outcome.json holds of a bid has its trace: a step with that result, or the cell it stands in."""

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from evaluator.jobs.finished import from_bundle as reopening
from evaluator.records.results.outcome import Outcome
from evaluator.records.submissions.received import Table
from evaluator.reporting import outcome_json
from evaluator.reporting.studies.explain import Explanation, explanation
from evaluator.scoring import steps
from tests.unit.files.audit.random_programmes import outcome as programme

EXACT = {"exact_quality": "quality score", "exact_price_points": "price method", "index": "price method"}
EXACT |= {"exact_total": "", "rank": "rank"}  # the total is a step of its own, or the index or price method's result


def told_of(made: Outcome, register: Table | None, every: int = 1) -> dict[str, Explanation]:
    """Explain every bid of a run, or every so-manieth."""
    assert made.evaluation is not None
    assert made.scores is not None
    found = {}
    for bid in made.evaluation.bids[::every]:
        worked = steps(made.criteria, made.evaluation, made.scores, bid.theme, bid.id)
        found[bid.id] = explanation(made, register, worked, bid.id)
    return found


def every_figure_has_its_step(made: Outcome, explained: dict[str, Explanation]) -> None:
    document = json.loads(outcome_json(made))
    awards = {award["bid"]: award for award in (document["allocation"] or {"awards": []})["awards"]}
    for bid in (bid for theme in document["themes"] for bid in theme["bids"] if bid["bid"] in explained):
        told = explained[bid["bid"]]
        for key, rule in EXACT.items():
            reached = [step.result for step in told.steps if step.rule.startswith(rule)]
            assert bid[key] is None or Fraction(bid[key]) in reached, (bid["bid"], key)
        for question, mark in bid["marks"].items():
            (step,) = (step for step in told.steps if step.rule == f"weights: {question}")
            assert step.working.startswith("not marked" if mark is None else f"{Decimal(mark):f} of"), bid["bid"]
        award = awards.get(bid["bid"], {"by_year": {}, "amount": None})
        paid = {step.rule: step.result for step in told.steps if step.rule.startswith("award")}
        due = {f"award {year}": Fraction(amount) for year, amount in award["by_year"].items()}
        assert paid == due | ({"award": Fraction(award["amount"])} if award["amount"] else {})


@pytest.mark.parametrize("seed", range(25))
def test_each_figure_of_a_random_programme_has_its_step(seed: int) -> None:
    made = programme(seed)
    every_figure_has_its_step(made, told_of(made, None))


@pytest.fixture
def again(reopened: reopening.Reopened) -> reopening.Reopened:
    return reopened


@pytest.mark.parametrize("every", [12, pytest.param(1, marks=pytest.mark.slow)])
def test_each_figure_of_the_sample_has_its_step_and_each_mark_and_price_its_cell(
    every: int, again: reopening.Reopened
) -> None:
    explained = told_of(again.outcome, again.received.register, every)
    every_figure_has_its_step(again.outcome, explained)
    document: Any = json.loads(outcome_json(again.outcome))
    bids = {bid["bid"]: bid for theme in document["themes"] for bid in theme["bids"]}
    for bid, told in explained.items():
        marks = {one.question.id: one.counts for one in told.answers}
        said = {question: None if one is None else f"{one.mark:f}" for question, one in marks.items()}
        assert said == bids[bid]["marks"]
        assert all(one.counts is None or (one.counts.source.cell and one.rests_on) for one in told.answers)
        yearly = [Decimal(one.text) for one in told.prices if one.what.startswith("price")]
        assert sum(yearly) == Decimal(bids[bid]["price"])
        assert all(one.source.cell for one in told.prices)


def test_the_lowest_price_on_which_points_rest_is_traced_to_its_own_cells(again: reopening.Reopened) -> None:
    outcome, register = again.outcome, again.received.register
    assert outcome.evaluation is not None
    assert outcome.scores is not None
    worked = steps(outcome.criteria, outcome.evaluation, outcome.scores, "advice", "B032")
    told = explanation(outcome, register, worked, "B032")
    assert {one.what.partition(",")[0] for one in told.others} == {"lowest: B039"}
    assert {str(one.source) for one in told.others} >= {"register.xlsx Bids!G40", "register.xlsx Bids!V40"}
    assert not [one for one in told.others if not one.text]
