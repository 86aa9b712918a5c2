"""The contract award notice of regulation 27 as data: lot by lot, with what it lacks and what follows the contracts."""

import json
from dataclasses import replace
from typing import Any

from evaluator.law import standstill
from evaluator.records.results.notice_facts import NoticeFacts
from evaluator.records.submissions.received import Block, Table
from evaluator.reporting.letters import Decided, Sending
from evaluator.reporting.notice import notice
from tests.unit.reporting.small_outcome import criteria, evaluation, outcome

BIDS = ("A01", "A02", "A03", "A04", "A05", "A06", "Y01", "Y02")
SAID = {
    "bid": BIDS,
    "address": [f"{at} Road" for at in range(8)],
    "email": [f"{bid}@org.example" for bid in BIDS],
    "identifier": [f"GB-{bid}" for bid in BIDS],
    "sme": ["yes", "yes", "yes", "no", "yes", "yes", "yes", ""],
    "ngo": ["yes", "no", "no", "no", "no", "yes", "yes", "yes"],
}
REGISTER = Table(SAID, (Block("register.csv", "", range(2, 10), dict.fromkeys(SAID, "A")),))
SENDING = Sending(
    sent="2026-12-14",
    notice="2026-12-15",
    standstill=standstill("pa2023", "2026-12-15"),
    decided=Decided("Ruth Example", "Director", "2026-12-11"),
)


def told(facts: dict[str, Any] | None = None, sending: Sending = SENDING, **changes: Any) -> dict[str, Any]:
    made = notice(outcome(**changes), REGISTER, NoticeFacts.model_validate(facts or {}), sending)
    document: dict[str, Any] = json.loads(str(made[0].content))
    return document


def test_a_notice_says_who_won_what_in_each_lot_and_how_many_tenders_there_were() -> None:
    advice, youth = told()["lots"]
    assert [(one["bid"], one["supplier"], one["value"]) for one in advice["awards"]] == [
        ("A01", "alpha", "100000.00"),
        ("A02", "beta", "120000.00"),
    ]
    # A05 is disregarded, so it is submitted and not assessed: of the five assessed A04 is no SME, A01 and A06 are NGOs.
    assert advice["tenders"] == {"submitted": 6, "assessed": 5, "assessed_from": {"sme": 4, "ngo": 2}}
    assert youth["tenders"] == {"submitted": 2, "assessed": 2, "assessed_from": {"sme": None, "ngo": 2}}
    assert "assessed_and_not_awarded" not in advice


def test_a_supplier_stands_once_with_how_it_is_reached_and_no_loser_is_named_below_5_million() -> None:
    document = told()
    assert [one["organisation"] for one in document["suppliers"]] == ["alpha", "beta"]
    assert document["suppliers"][0]["address"] == "0 Road"
    assert "gamma" not in json.dumps(document)


def test_above_5_million_with_vat_each_assessed_loser_of_the_lot_is_named() -> None:
    (advice, _) = told({"contract": [{"bid": "A01", "value_with_vat": "5000000.01"}]})["lots"]
    assert [one["name"] for one in advice["assessed_and_not_awarded"]] == ["gamma Ltd", "delta Ltd", "zeta Ltd"]
    assert advice["assessed_and_not_awarded"][0] == {
        "name": "gamma Ltd",
        "identifier": "GB-A03",
        "address": "2 Road",
        "sme": True,
        "ngo": False,
    }
    assert advice["tenders"] == {"submitted": 6, "assessed": 5}
    at_the_line = told({"contract": [{"bid": "A01", "value_with_vat": "5000000"}]})["lots"][0]
    assert "assessed_and_not_awarded" not in at_the_line


def test_it_gives_the_days_of_decision_summaries_and_standstill() -> None:
    document = told()
    assert document["decision_date"] == "2026-12-11"
    assert document["summaries"] == {"provided": True, "on": "2026-12-14"}
    assert document["standstill"]["ends"] == "2026-12-24"
    assert document["draft"] is False


def test_without_a_decision_it_is_a_draft_and_what_nobody_said_is_listed() -> None:
    document = told(sending=Sending())
    assert document["draft"] is True
    assert {"decision_date", "procurement_id", "authority.identifier", "summaries.on"} <= set(document["lacks"])
    assert "lots[youth].tenders.assessed_from.sme" in document["lacks"]


def test_details_are_due_and_records_kept_from_the_day_of_the_contract() -> None:
    facts = {"contract": [{"bid": "A01", "signed": "2027-01-08", "value_with_vat": "6000000"}]}
    first, second, _ = told(facts)["contract_details"]
    assert first["due"] == {"notice": True, "days": 30, "by": "2027-02-06"}  # 30 days that begin with 8 January
    assert first["records_kept_until"] == "2030-01-07"  # three years that begin with 8 January 2027
    assert first["kpis"]["owed"] is True
    assert second["kpis"]["owed"] is False  # £120,000
    assert (second["due"]["by"], second["records_kept_until"]) == (None, None)


def test_light_touch_has_120_days_and_no_key_performance_indicators() -> None:
    facts = {"contract": [{"bid": "A01", "signed": "2027-01-08", "value_with_vat": "6000000"}]}
    document = told(facts, criteria=criteria(regime="pa2023_light_touch"))
    assert document["special_regime"] == "light touch"
    assert document["contract_details"][0]["due"]["by"] == "2027-05-07"  # 24 + 28 + 31 + 30 days are 113; 7 more
    assert document["contract_details"][0]["kpis"]["owed"] is False


def test_the_page_says_what_the_data_say() -> None:
    page = str(notice(outcome(), REGISTER, NoticeFacts(), replace(SENDING, decided=None))[1].content)
    assert "Draft: Contract award notice" in page
    assert "6 tenders were submitted, 5 were assessed. Of these from SMEs: 4" in page


def test_the_page_calls_suppliers_by_name_and_says_what_is_to_be_added_and_how_often() -> None:
    page = str(notice(outcome(), REGISTER, NoticeFacts(), SENDING)[1].content)
    assert "<td>alpha Ltd (alpha)</td>" in page
    assert '<td class="n">£100,000.00</td>' in page
    assert "<li>lots.reserved: 2 times</li>" in page
    assert "<li>procurement id</li>" in page


def test_members_of_a_consortium_are_named_over_all_awards_of_their_lead() -> None:
    whole = evaluation()
    advice, youth = whole.themes
    joint = replace(advice.bids[1], members=("gamma", "a clinic"))  # A02 of beta
    bids = (advice.bids[0], joint, *advice.bids[2:])
    run = outcome(evaluation=replace(whole, themes=(replace(advice, bids=bids), youth)))
    document = json.loads(str(notice(run, REGISTER, NoticeFacts(), SENDING)[0].content))
    assert document["suppliers"][1]["consortium"] == [
        {"organisation": "gamma", "name": "gamma Ltd"},
        {"organisation": "a clinic", "name": None},
    ]
    assert "suppliers[beta].consortium[a clinic].name" in document["lacks"]


def test_a_lot_says_whether_it_was_reserved_once_somebody_has() -> None:
    assert told()["lots"][0]["reserved"] is None
    assert told({"lot": [{"theme": "advice", "reserved": "no"}]})["lots"][0]["reserved"] == "no"
    assert told()["value"] == "310000.00"  # £100,000, £120,000 and £90,000
