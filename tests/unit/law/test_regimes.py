"""The law's data is whole: each entry says where it was read, and no regime cites another's provisions."""

import re
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from docs.write_law import law_page
from evaluator.law import COMMON, REGIMES, TEXTS, Regime, authorities, cited, regime, under
from evaluator.law.texts import Entry
from evaluator.records.dates import read_day
from evaluator.records.findings import CATALOGUE
from evaluator.records.programme.criteria import RegimeName
from evaluator.reporting.letters.forms import FORMS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "law.md"
ACTS = {"Procurement Act": "pa", "Procurement Regulations": "pa", "Public Contracts": "pcr", "SI 2023/1348": "psr"}
OF = {"pa2023": "pa", "pa2023_light_touch": "pa", "pa2023_below_threshold": "pa", "pcr2015": "pcr", "psr2023": "psr"}


def entries(held: object) -> list[Entry]:
    if isinstance(held, Entry):
        return [held]
    if isinstance(held, Regime):
        return [found for _, part in held for found in entries(part)]
    parts = held.values() if isinstance(held, dict) else held if isinstance(held, tuple) else ()
    return [found for part in parts for found in entries(part)]


@pytest.mark.parametrize("law", REGIMES.values(), ids=lambda law: law.id)
def test_every_entry_says_where_and_when_it_was_read(law: Regime) -> None:
    found = entries(law)
    assert len(found) > 20
    for one in found:
        assert one.provision, one
        assert read_day(one.read_on) == one.read_on, one
        assert not one.text or one.text in TEXTS, one
        assert one.status != "read" or one.text, f"{one.provision} was read in no text"
        assert not (one.text and one.status in ("memory", "secondary")), f"{one.provision} was not read there"


def test_criteria_can_name_every_regime_and_no_other() -> None:
    assert set(get_args(RegimeName)) == {name for one in REGIMES.values() for name in (one.id, *one.other_names)}
    assert set(FORMS) == set(get_args(RegimeName))


@pytest.mark.parametrize("law", REGIMES.values(), ids=lambda law: law.id)
def test_no_authority_of_a_regime_is_anothers(law: Regime) -> None:
    own = OF.get(law.id)
    for topic, one in law.authority.items():
        of = {regime for act, regime in ACTS.items() if one.provision.startswith(act)}
        assert of <= {own}, (law.id, topic, one.provision)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_authority_of_the_catalogue_is_in_the_laws_data(code: str) -> None:
    known = {one.words: one for one in authorities() if one.regime in ("", "pa2023")}
    authority = CATALOGUE[code].authority
    assert not authority or authority in known


@pytest.mark.parametrize("name", get_args(RegimeName))
def test_no_finding_cites_another_regimes_provision(name: str) -> None:
    own = OF.get(regime(name).id)
    for code, entry in CATALOGUE.items():
        told = under(name, entry.authority)
        of = {found for act, found in ACTS.items() if told.startswith(act)}
        assert of <= {own}, (code, told)


@pytest.mark.parametrize("law", REGIMES.values(), ids=lambda law: law.id)
def test_of_the_act_each_topic_has_words_of_its_own_so_that_another_law_can_answer_for_it(law: Regime) -> None:
    words = [cited(topic) for topic in regime("pa2023").authority]
    assert len(set(words)) == len(words)
    for topic in regime("pa2023").authority:
        assert under(law.id, cited(topic)) == cited(topic, law.id)
    assert under(law.id, cited("bromcom")) == (cited("bromcom") if law.procurement else cited("other", law.id))
    assert under(law.id, "") == ""


def test_words_that_were_said_to_be_from_memory_are_read_now() -> None:
    """Statute sheet, section 11."""
    for topic, provision in (
        ("conflicts", "Procurement Act 2023 ss.81-83"),
        ("turnover", "Procurement Act 2023 s.22(1), (5)"),
        ("accounts", "Procurement Act 2023 s.22(1), (5)"),
        ("insurance", "Procurement Act 2023 s.22(3)(b)"),
        ("treatment", "Procurement Act 2023 s.12(2)-(3)"),
        ("lots", "Procurement Act 2023 s.23(4)"),
        ("changes", "Procurement Act 2023 s.31"),
        ("summary", "Procurement Regulations 2024 reg 31"),
        ("gate", "Procurement Act 2023 ss.19(3)(a), 22"),
        ("selection", "Procurement Act 2023 s.23(2)(a), (5)(c)"),
    ):
        assert cited(topic).startswith(provision), topic
        assert cited(topic).endswith("(read in the statute)"), topic
    assert cited("turnover", "pcr2015").startswith("Public Contracts Regulations 2015 reg 58(9)")
    assert cited("turnover", "psr2023").startswith("SI 2023/1348 reg 19, Sch. 16 para 3(3)")
    assert cited("conflicts", "pcr2015").startswith("Public Contracts Regulations 2015 regs 24, 84(1)(i)")
    assert cited("conflicts", "psr2023").startswith("SI 2023/1348 regs 21")
    assert "persuasive" in cited("selection")
    assert cited("selection", "pcr2015").startswith("Lianakis")


def test_a_light_touch_contract_owes_what_the_act_asks_but_for_what_it_leaves_out() -> None:
    light, full = regime("pa2023_light_touch"), regime("pa2023")
    dear = Decimal(6_000_000)
    owed = {one.id: one.days for one in light.owes("after", dear)}
    assert owed["contract_details_notice"] == 120
    assert owed["contract_copy"] == 180
    assert "kpis" not in owed
    assert {one.id: one.days for one in full.owes("after", dear)}["contract_details_notice"] == 30
    assert "kpis" in {one.id for one in full.owes("after", dear)}
    assert "kpis" not in {one.id for one in full.owes("after", Decimal(5_000_000))}, "over £5 million, not from it"
    assert {one.id for one in full.owes("before")} == {one.id for one in light.owes("before")}
    assert light.period == ()
    assert not light.standstill.mandatory


def test_records_are_kept_three_years_from_the_contract_or_from_the_award() -> None:
    act, regulations = regime("pa2023").retention, regime("pcr2015").retention
    assert act
    assert (act.years, act.counted_from) == (3, "contract")
    assert regulations
    assert (regulations.years, regulations.counted_from) == (3, "award")
    assert regime("psr2023").retention is None, "no period is stated"


def test_an_unmet_condition_is_nobodys_to_waive_under_the_act_and_no_bar_below_threshold() -> None:
    condition = regime("pa2023_light_touch").gate_of("participation")
    assert condition
    assert (condition.consequence, condition.may_admit, condition.gets_summary) == ("must_disregard", False, False)
    minimum = regime("pa2023").gate_of("minimum")
    assert minimum
    assert (minimum.consequence, minimum.gets_summary) == ("disqualified", True)
    below = regime("below_threshold").gate_of("participation")
    assert below
    assert below.consequence == "not_allowed"


def test_thresholds_are_those_of_the_day_of_the_first_act() -> None:
    def amounts(day: str) -> dict[str, Decimal]:
        return {one.kind: one.amount for one in regime("pa2023").thresholds_on(day)}

    assert amounts("2025-12-31") == {"services": Decimal(214904), "works": Decimal(5372609)}
    assert amounts("2026-01-01") == {"services": Decimal(207720), "works": Decimal(5193000)}
    assert amounts("") == amounts("2026-01-01")


def test_the_committed_page_is_what_the_data_says() -> None:
    again = "Write it again with: python -X utf8 -m docs.write_law > docs/law.md"
    assert PAGE.read_text("utf-8") == law_page(), again


def test_the_page_lists_each_authority_with_layer_status_and_day() -> None:
    rows = [line for line in law_page().splitlines() if re.match(r"\| (`\w+`|every one) \|", line)]
    assert len(rows) == len(list(authorities()))
    assert all(row.endswith("| 2026-11-30 |") and row.count("|") == 7 for row in rows)
    assert len(COMMON) == sum(row.startswith("| every one") for row in rows)
