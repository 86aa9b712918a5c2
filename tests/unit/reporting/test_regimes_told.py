"""No document cites another regime's provision, and each record lists what its own law wants kept."""

from dataclasses import replace
from typing import get_args

import pytest

from evaluator.records.programme.conditions.verification import Verification
from evaluator.records.programme.criteria import RegimeName
from evaluator.reporting.record import record_html
from tests.unit.reporting.award.test_report import report
from tests.unit.reporting.letters.test_letters import body, made, pages
from tests.unit.reporting.small_outcome import criteria, outcome

ELSEWHERE = {
    "pa": ("regulation 84", "reg 84", "Public Contracts Regulations", "PCR", "Provider Selection", "SI 2023/1348"),
    "pcr": ("Procurement Act", "section 98", "Procurement Regulations 2024", "Provider Selection", "SI 2023/1348"),
    "psr": ("Procurement Act", "section 98", "Procurement Regulations 2024", "Public Contracts Regulations", "reg 84"),
    "grant": ("Procurement Act", "Procurement Regulations", "Public Contracts", "Provider Selection", "reg 84"),
}
OF = {"pcr2015": "pcr", "psr2023": "psr", "grant": "grant"}


@pytest.mark.parametrize("regime", get_args(RegimeName))
def test_no_document_cites_another_regimes_provision(regime: str) -> None:
    own = criteria(regime=regime)
    told = [record_html(outcome(criteria=own)), report(criteria=own), *pages(made(criteria=own)).values()]
    for page in told:
        found = [words for words in ELSEWHERE[OF.get(regime, "pa")] if words in body(page)]
        assert found == []


def test_under_the_act_the_record_is_kept_three_years_from_the_contract() -> None:
    page = body(record_html(outcome(criteria=criteria(regime="pa2023"))))
    assert "Kept for: Procurement Act 2023 s.98(1), (3): what is sufficient to explain each material decision" in page
    assert "until three years from the day on which the contract is entered into" in page
    assert "Communications with suppliers before the contract" in page
    assert "Share to be subcontracted" not in page


def test_under_the_regulations_of_2015_the_record_is_the_report_of_regulation_84() -> None:
    page = body(record_html(outcome(criteria=criteria(regime="pcr2015"))))
    assert "Kept for: Public Contracts Regulations 2015 reg 84(1), (7)-(8)" in page
    assert "reg 84(9): at least three years from the award of the contract" in page
    for item in (
        "Share to be subcontracted, where known",
        "Means other than electronic",
        "Choice of procedure, and why",
    ):
        assert page.count(item) == 2, "in the list of what is kept, and among what people write"


def test_a_grants_record_names_no_standstill_and_no_period() -> None:
    page = body(record_html(outcome(criteria=criteria(regime="grant"))))
    assert "Standstill:" not in page
    assert "How long this record is kept" in page
    assert "years from" not in page


def test_a_recusal_from_an_organisation_and_its_bid_is_one_and_verification_is_told() -> None:
    made_up = outcome()
    assert made_up.evaluation is not None
    lead = next(bid.organisation for bid in made_up.evaluation.bids if bid.id == "Y02")
    both = replace(made_up.evaluation, recused=(("E02", "Y02"), ("E02", lead)))
    wards = Verification(
        column="wards", counts="Places.", evidence="Bookings.", checked_by="The office", before="award", source="5"
    )
    page = body(
        record_html(outcome(evaluation=both, criteria=criteria().model_copy(update={"verification": (wards,)})))
    )
    assert "; 1 recusal." in page
    assert "Verification of what bids say of themselves: wards Before the award, by: The office." in page
