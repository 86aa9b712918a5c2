"""What a run asks of its own awards, and that outcome.json and the report say the same of it."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

from evaluator.files.read.bids.folder import read_bids
from evaluator.files.read.criteria.folder import read_criteria
from evaluator.pipeline import Published, decide
from evaluator.records.results.outcome import Outcome, Run
from evaluator.reporting import outcome_json
from evaluator.reporting.disclosure import redacted
from evaluator.studies.robustness.own_run_robustness import firmness_study
from tests.unit.reporting import small_outcome
from tests.unit.reporting.award.test_report import structure, text

ROOT = Path(__file__).resolve().parents[4]


@cache
def asked() -> Outcome:
    """The small programme with a price: four bids of 62 to 87 points, and £60,000 for three of them."""
    criteria = read_criteria(ROOT / "criteria" / "minimal_with_price")
    assert criteria.criteria is not None
    received = read_bids(ROOT / "sample_bids" / "minimal_with_price", criteria.criteria)
    outcome = decide(Published(criteria.criteria, criteria.seal), received, Run("r", "0"), "allocation", lambda _: None)
    return replace(outcome, firmness=firmness_study(outcome))


def test_a_run_starts_its_studies_from_its_own_awards() -> None:
    firmness, allocation = asked().firmness, asked().allocation
    assert firmness is not None
    assert allocation is not None
    assert firmness.study.awarded == tuple(award.bid for award in allocation.awards)
    assert [draws.stop for draws in firmness.study.draws] == [10, 10]
    assert firmness.rules.published == allocation.total_score
    assert set(firmness.places) == {"B1", "B2", "B3", "B4"}


def test_without_the_only_budget_all_four_bids_are_funded() -> None:
    firmness = asked().firmness
    assert firmness is not None
    (cost,) = firmness.rules.costs
    totals = [bid["total"] for theme in json.loads(outcome_json(asked()))["themes"] for bid in theme["bids"]]
    assert (cost.rules, cost.score) == (("B1",), round(100 * sum(map(float, totals))))


def test_the_report_says_what_outcome_json_says_of_the_draws() -> None:
    told, page = json.loads(outcome_json(asked())), small_outcome.report_html(asked())
    words = text(page)
    kept = [number for draws in told["robustness"]["draws"] for number in draws["kept"]]
    awards = len(told["allocation"]["awards"])
    assert len(kept) == 20
    assert told["robustness"]["stay"]["average"] == round(sum(kept) / len(kept))
    assert f"{round(sum(kept) / len(kept))} of {awards} awards stay on average" in words
    assert told["rule_costs"]["costs"][0]["total_score"] in words
    assert structure(page).wrong == []


def test_what_goes_out_to_everyone_has_nothing_of_the_studies() -> None:
    assert redacted(asked()).firmness is None
    assert "robustness" not in json.loads(outcome_json(redacted(asked())))
