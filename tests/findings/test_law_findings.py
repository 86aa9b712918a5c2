"""What criteria say of their procurement is held together: one change, one finding, at its place."""

import re

import pytest

from evaluator.files.read.engine_data import read_check_words
from evaluator.law.authorities import authorities
from evaluator.publication import check, check_version, seal, timetable
from evaluator.records.findings import CATALOGUE, finding
from evaluator.records.findings.criteria.procurement import ENTRIES
from evaluator.records.findings.finding import Severity, Source, in_order
from evaluator.records.programme.accepted import Version
from tests.findings import test_criteria_findings
from tests.unit.publication.small_criteria import Change, put, small


def said(regime: str = "pa2023", **keys: object) -> tuple[Change, ...]:
    """Give the changes that write a regime and keys of the procurement; None takes a key out."""
    return put("regime", regime), *(put(f"procurement.{key}", value) for key, value in keys.items())


LIGHT = {"estimated_value": "12480000", "standstill": 8}
INVITED = {"first_act": "invitation"}
HEALTH = {"procedure": "competitive", "first_act": "psr_notice"}
PCR = {"first_act": "contract_notice", "first_act_date": "2025-02-23"}
CASES = [
    ("E-LAW-002", "first_act_date", said("pcr2015", first_act="contract_notice", first_act_date="2025-02-24")),
    ("E-LAW-002", "first_act_date", said("pcr2015")),  # a tender notice of 2027: one mistake, found once
    ("E-LAW-002", "first_act_date", said(first_act_date="2025-02-23")),
    (
        "E-LAW-002",
        "first_act_date",
        said("psr2023", **HEALTH, first_act_date="2023-12-31"),
    ),
    ("E-LAW-003", "estimated_value", said(estimated_value="207719.99")),
    ("E-LAW-003", "estimated_value", said("pa2023_light_touch", estimated_value="663539.99", standstill=8)),
    (
        "E-LAW-003",
        "estimated_value",
        said("below_threshold", **INVITED, category="services", estimated_value="207720"),
    ),
    (
        "E-LAW-003",
        "estimated_value",
        said("below_threshold", **INVITED, category="light_touch", estimated_value="663540"),
    ),
    ("E-LAW-003", "estimated_value", said("below_threshold", **INVITED, estimated_value="5193000")),
    ("E-LAW-003", "estimated_value", said(category="works", estimated_value="5192999")),
    ("E-LAW-004", "procedure", said(procedure="restricted")),
    ("E-LAW-004", "first_act", said(first_act="contract_notice")),
    ("E-LAW-004", "category", said(category="light_touch")),
    ("E-LAW-005", "standstill", said("pa2023_light_touch", **LIGHT | {"standstill": 7})),
    ("E-LAW-005", "standstill", said(standstill=3)),
    ("E-LAW-006", "standstill", said("pa2023_light_touch", **LIGHT | {"standstill": None})),
    ("E-LAW-007", "decision", said(decision="2027-02-25")),
    ("E-LAW-007", "first_act_date", said(conflicts_assessed="2027-01-12")),
    ("E-LAW-007", "award_notice", said(summaries="2027-03-10", award_notice="2027-03-09")),
    ("E-LAW-010", "contract", said(award_notice="2027-03-02", contract="2027-03-11")),
    ("E-LAW-008", "tenders_close", said(tenders_close="2027-02-04T23:59")),
    ("E-LAW-008", "requests_close", said(procedure="competitive_flexible", requests_close="2027-01-29T12:00")),
    ("E-LAW-009", "estimated_value", said("below_threshold", **INVITED, estimated_value="300000")),
]


@pytest.mark.parametrize(("code", "key", "changes"), CASES)
def test_what_does_not_fit_the_law_is_found_at_its_key_and_nothing_else_is(
    code: str, key: str, changes: tuple[Change, ...]
) -> None:
    found = check(small(*changes))
    assert [(one.code, one.source.key) for one in found] == [(code, f"procurement.{key}")]


@pytest.mark.parametrize(
    "changes",
    [
        said(),
        said("pa2023_light_touch", **LIGHT),
        said("pa2023_light_touch", **LIGHT, tenders_close="2027-01-18T12:00"),  # light touch has no least period
        said("pcr2015", **PCR, tenders_close="2025-04-01T12:00"),
        said("below_threshold", **INVITED, estimated_value="207719"),
        said("pa2023_below_threshold", **INVITED, category="light_touch", estimated_value="663539"),
        said("psr2023", **HEALTH),
        said("grant", procedure="grant_call", first_act="call"),
        said(first_act_date="2025-12-31", estimated_value="214904", tenders_close="2026-02-01T12:00"),
        said(tenders_close="2027-02-05T00:01"),  # 25 days from the day after the notice
        said(award_notice="2027-03-02", contract="2027-03-12"),  # 2 to 11 March are 8 working days
    ],
)
def test_what_fits_the_law_has_no_finding(changes: tuple[Change, ...]) -> None:
    assert check(small(*changes)) == ()


@pytest.mark.parametrize("missing", ["procedure", "estimated_value", "first_act", "first_act_date", "tenders_close"])
def test_what_is_not_said_is_one_note(missing: str) -> None:
    (found,) = check(small(put(f"procurement.{missing}", None)))
    assert (found.code, found.severity) == ("E-LAW-001", Severity.NOTE)


@pytest.mark.parametrize("regime", ["pa2023", "pa2023_light_touch", "pcr2015", "psr2023"])
def test_criteria_that_say_nothing_of_it_get_one_note_in_all(regime: str) -> None:
    (found,) = check(small(put("procurement", None), put("regime", regime)))
    assert found.code == "E-LAW-001"
    assert "the procedure, the estimated value with VAT, the first act, its day and the closing time" in found.message


@pytest.mark.parametrize("regime", ["grant", "below_threshold"])
def test_where_the_law_leaves_the_procedure_to_the_council_nothing_has_to_be_said_of_it(regime: str) -> None:
    assert check(small(put("procurement", None), put("regime", regime))) == ()


def test_what_is_not_said_of_gates_people_prices_and_exclusions_is_told_in_the_same_note() -> None:
    people = {"method": "lowest_price_ratio", "basis": "unit_cost", "unit": "person", "source": "6"}
    older = (put("procurement", None), put("gate.0.kind", None), put("price", people))
    (found,) = check(small(*older))
    assert found.code == "E-LAW-001"
    assert (
        "of what kind each gate is, how the number of people is verified and which price is abnormally low"
        in found.message
    )
    (found,) = check(small(*older, put("gate.1", None)))
    assert (found.code, found.severity, found.source.key) == ("E-CRIT-316", Severity.NOTE, "gate")
    assert "nor do the criteria say the procedure, the estimated value with VAT" in found.message


def test_exclusions_are_asked_about_by_a_gate_of_that_kind_by_words_or_by_a_term() -> None:
    without = put("gate.1", None)
    term = {"id": "T1", "title": "Exclusion", "text": "The council looks at the debarment list.", "source": "7"}
    assert [one.code for one in check(small(without))] == ["E-CRIT-316"]
    assert check(small(without, put("term", [term]))) == ()
    for regime in ("pcr2015", "below_threshold", "psr2023", "grant"):
        assert "E-CRIT-316" not in {one.code for one in check(small(without, put("regime", regime)))}


def test_every_finding_about_a_procurement_has_a_case() -> None:
    assert {entry.code for entry in ENTRIES} == {code for code, _, _ in CASES} | {"E-LAW-001"}


def test_a_confirmed_notice_that_comes_late_makes_the_contract_too_early() -> None:
    criteria = small(*said(award_notice="2027-03-02", contract="2027-03-12"))
    assert timetable(criteria).findings == ()
    assert timetable(criteria).standstill.ends is None
    (found,) = timetable(criteria, "2027-03-03").findings
    assert found.code == "E-LAW-010"
    assert "signed on 12 March 2027, and the standstill lasts to the end of 12 March 2027" in found.message


VERSION = {
    "version": "1.1",
    "date": "2027-02-01",
    "replaces": "1.0",
    "what": "C1 asks for a number.",
    "why": "Bidders asked.",
    "legal_footing": "Procurement Act 2023, section 31",
    "told": "The notice was published again.",
}
BEFORE = seal(small(), "2027-01-11")
NEW = put("version", "1.1")


def changed(date: str = "2027-02-01", changes: tuple[Change, ...] = (), **keys: str) -> list[tuple[str, str]]:
    version = Version.model_validate(VERSION | keys)
    return [(one.code, one.message) for one in check_version(small(NEW, *changes), BEFORE, [version], date)]


def test_before_the_deadline_section_31_lets_a_change_be_made_and_says_what_it_asks() -> None:
    ((code, message),) = changed()
    assert code == "E-PUBLISH-009"
    assert "every participating supplier is told (31(2))" in message
    assert "until the deadline for tenders" in message


@pytest.mark.parametrize(
    "changes", [(), (put("procurement.tenders_close", "2027-04-30T12:00"),), (put("procurement", None),)]
)
def test_after_the_last_deadline_nothing_is_changed_whatever_the_new_version_says(changes: tuple[Change, ...]) -> None:
    found = changed("2027-02-27", changes)
    assert "E-PUBLISH-008" in [code for code, _ in found]
    assert "E-PUBLISH-008" not in [code for code, _ in changed("2027-02-26", changes)]


def test_nothing_is_sealed_for_the_first_time_after_bids_closed() -> None:
    assert [one.code for one in check_version(small(), None, (), "2027-02-27")] == ["E-PUBLISH-008"]
    assert check_version(small(), None, (), "2027-02-26") == ()
    assert check_version(small(put("procurement", None)), None, (), "2099-01-01") == ()


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"legal_footing": "none"}, "legal_footing says that there is none"),
        ({"told": "Nobody."}, "told says that there is none"),
        ({"told": "n/a"}, "told says that there is none"),
        ({"told": " "}, "told is empty"),
        ({"legal_footing": "The panel thought it better."}, "names neither section 31 nor section 24"),
        ({"legal_footing": "Section 24"}, "section 24 refines criteria in a competitive flexible procedure alone"),
    ],
)
def test_a_version_with_no_footing_or_nobody_told_is_refused(keys: dict[str, str], words: str) -> None:
    found = [message for code, message in changed(**keys) if code == "E-PUBLISH-006"]
    assert any(words in message for message in found)


def test_section_24_refines_in_a_competitive_flexible_procedure_until_tenders_are_invited() -> None:
    flexible = (put("procurement.procedure", "competitive_flexible"), put("procurement.invited", "2027-02-10"))
    assert [code for code, _ in changed("2027-02-09", flexible, legal_footing="s.24")] == ["E-PUBLISH-009"]
    assert "E-PUBLISH-006" in [code for code, _ in changed("2027-02-10", flexible, legal_footing="s.24")]


@pytest.mark.parametrize("regime", ["grant", "below_threshold", "pcr2015"])
def test_other_laws_ask_for_a_footing_in_words_of_their_own(regime: str) -> None:
    assert changed(changes=(put("regime", regime),), legal_footing="The terms, paragraph 9") == []


OF_CONTRACTS = re.compile(
    r"Procurement (?:Act|Regulations)|Public Contracts|Provider Selection|\bSI 20\d\d|\bPCR\b|\bEW(?:HC|CA)\b|\bUKSC\b|"
    r"Court of Appeal"
)
FROM_A_NOTICE = "E-OPEN-025"  # a draft made of the notice of a procurement, which is told that it is one


@pytest.mark.parametrize("code", CATALOGUE)
def test_no_finding_about_a_grant_programme_cites_the_law_of_contracts_or_a_case_about_one(code: str) -> None:
    entry = CATALOGUE[code]
    (told,) = in_order([finding(code, Source("programme.toml"), **entry.example)], "grant")
    assert not OF_CONTRACTS.search(told.authority)
    assert code == FROM_A_NOTICE or not OF_CONTRACTS.search(f"{entry.message} {entry.remedy} {entry.workbook}")


def test_every_authority_is_one_that_the_law_knows_so_that_another_regime_has_another() -> None:
    known = {one.words for one in authorities()}
    assert {entry.authority for entry in CATALOGUE.values()} - {""} <= known


def test_the_search_for_the_law_of_contracts_finds_it_under_the_act() -> None:
    cited = [entry.authority for entry in CATALOGUE.values() if OF_CONTRACTS.search(entry.authority)]
    assert len(cited) > 100


def test_criteria_of_grants_broken_in_every_way_are_told_without_the_law_of_contracts() -> None:
    words, _ = read_check_words()
    grant = put("regime", "grant")
    told = {
        one
        for case in test_criteria_findings.CASES
        for one in check(small(case.change, grant), words=words)
        if OF_CONTRACTS.search(f"{one.authority} {one.message} {one.remedy}")
    }
    assert told == set()
