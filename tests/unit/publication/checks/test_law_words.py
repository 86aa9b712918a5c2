"""What the law does not let criteria ask is found in many words, and what only looks like it is left alone."""

import tomllib
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

import pytest

from evaluator.files.read.engine_data import read_check_words
from evaluator.law import REGIMES
from evaluator.law.matters import matters
from evaluator.publication import check
from evaluator.records.findings import CATALOGUE
from evaluator.records.findings.criteria.law import ENTRIES
from evaluator.records.findings.finding import Finding, Severity
from evaluator.records.programme.criteria import Criteria
from tests.reference_data import REFERENCE

FOLDER = REFERENCE / "criteria_law"
WORDS, _ = read_check_words()
OURS = {entry.code for entry in ENTRIES} | {one.code for one in matters().matter}
OURS |= {
    "E-CRIT-101",
    "E-CRIT-117",
    "E-CRIT-207",
    "E-CRIT-316",
    "E-CRIT-335",
    "E-CRIT-704",
    "E-CRIT-705",
    "E-CRIT-710",
    "E-CRIT-714",
}
OURS |= {"E-TIER-011"}
GATE = {
    "id": "g1",
    "title": "Condition",
    "question": "Which?",
    "kind": "participation",
    "on_failure": "The council writes to the bidder, allows 5 working days for a reply, and the head of service then "
    "records in writing, with reasons, whether it is met.",
    "source": "Invitation to tender, 3",
}
PLACES = {
    "gate": "programme.toml gate[1].predicate",
    "text": "themes/main.toml question[1].text",
    "answer": "themes/main.toml question[1].good_answer",
    "source": "themes/main.toml question[1].source",
    "summary": "themes/main.toml summary",
    "top": "programme.toml scale.mark[6].descriptor",
}


@cache
def _base() -> dict[str, Any]:
    programme = tomllib.loads((FOLDER / "base/programme.toml").read_text("utf-8"))
    theme = tomllib.loads((FOLDER / "base/themes/main.toml").read_text("utf-8"))
    return {**programme, "themes": [theme]}


def with_words(slot: str, words: str, regime: str = "pa2023") -> Criteria:
    """Give the small criteria with a sentence in a gate, question, answer, source, summary or top mark."""
    plain = deepcopy(_base()) | {"regime": regime}
    theme = plain["themes"][0]
    question = theme["question"][0]
    match slot:
        case "gate":
            plain["gate"] = [GATE | {"predicate": words}]
        case "text":
            question["text"] = words if words.startswith("What need") else f"What need will you meet? {words}"
        case "answer":
            question["good_answer"] += f" {words}"
        case "source":
            question["source"] = words
        case "summary":
            theme["summary"] = words
        case "top":
            plain["scale"]["mark"][5]["descriptor"] = words
    return Criteria.model_validate(plain)


def found(criteria: Criteria) -> list[Finding]:
    return [one for one in check(criteria, words=WORDS) if one.code in OURS]


def lot(name: str) -> Iterator[tuple[str, str]]:
    for slots in tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")).values():
        yield from ((slot, words) for slot, each in slots.items() for words in each)


@pytest.mark.parametrize(
    ("name", "least"), [("words", 152), ("later", 82), ("later_still", 76), ("last", 55), ("plain", 52)]
)
def test_faults_in_many_words_are_found_at_their_place(name: str, least: int) -> None:
    missed = [
        words
        for slot, words in lot(name)
        if PLACES[slot] not in {str(one.source) for one in found(with_words(slot, words))}
    ]
    assert len(list(lot(name))) - len(missed) >= least, missed


def test_what_only_looks_like_a_fault_holds_nothing_up() -> None:
    plain = tomllib.loads((FOLDER / "sound.toml").read_text("utf-8"))
    ordinary = plain.pop("ordinary")
    sentences = [(slot, words) for part in (plain, ordinary) for slot, each in part.items() for words in each]
    assert len(sentences) > 100
    held_up = {one.code for one in found(with_words("summary", "A service."))}
    for slot, words in sentences:
        told = [
            one
            for one in found(with_words(slot, words))
            if one.code not in held_up and one.severity is not Severity.NOTE
        ]
        assert told == [], (words, told)


def changed(puts: dict[str, Any]) -> Criteria:
    """Give the small criteria with values put at dotted paths."""
    plain = deepcopy(_base())
    for path, value in puts.items():
        *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        held: Any = plain
        for part in way:
            if isinstance(held, dict) and part not in held:
                held[part] = [] if part == "gate" else {}
            held = held[part]
        if isinstance(held, list) and last == len(held):
            held.append(value)
        else:
            held[last] = value
    return Criteria.model_validate(plain)


VALUES = tomllib.loads((FOLDER / "values.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", VALUES["fault"], ids=lambda case: case["at"])
def test_values_that_decide_nothing_or_everything_are_found(case: dict[str, Any]) -> None:
    assert case["at"] in {str(one.source) for one in found(changed(case["put"]))}


@pytest.mark.parametrize("case", VALUES["sound"], ids=lambda case: next(iter(case["put"])))
def test_values_that_only_look_like_it_are_left_alone(case: dict[str, Any]) -> None:
    assert [one for one in found(changed(case["put"])) if one.severity is not Severity.NOTE] == []


def test_every_list_is_spoken_of_and_every_code_is_in_the_catalogue() -> None:
    spoken = {name for one in matters().matter for name in one.names} | {"demand", "not_asked"}
    assert set(matters().lists) - spoken == set()
    assert {one.code for one in matters().matter} <= set(CATALOGUE)
    assert {key for one in matters().matter for key in one.severity} <= set(REGIMES)
    severities = {value for one in matters().matter for value in one.severity.values() if value}
    assert severities <= {one.value for one in Severity}


@pytest.mark.parametrize(
    ("regime", "severity", "authority"),
    [
        ("pa2023", Severity.NEEDS_DECISION, "Procurement Act 2023 s.56"),
        ("pa2023_light_touch", Severity.NEEDS_DECISION, "Procurement Act 2023 s.56"),
        ("pcr2015", Severity.NEEDS_DECISION, "Public Contracts Regulations 2015 reg 42(11)-(13)"),
        ("grant", Severity.NOTE, "Public law"),
    ],
)
def test_each_law_answers_for_a_standard_with_its_own_words(regime: str, severity: Severity, authority: str) -> None:
    words = "Pass: the service holds the Advice Quality Standard."
    (one,) = [one for one in found(with_words("gate", words, regime)) if one.code == "E-CRIT-940"]
    assert one.severity is severity
    assert one.authority.startswith(authority)


def test_an_international_standard_is_no_standard_of_the_united_kingdom() -> None:
    codes = {one.code for one in found(with_words("gate", "Pass: the bidder is certified to ISO 9001."))}
    assert "E-CRIT-941" in codes
    assert "E-CRIT-940" not in codes


def test_grants_may_be_for_charities_and_for_small_groups_alone_and_cite_no_procurement_law() -> None:
    for slot, words in (
        ("gate", "Pass: the group is a registered charity."),
        ("summary", "Only small groups may bid."),
    ):
        assert {one.code for one in found(with_words(slot, words, "grant"))} & {"E-CRIT-942", "E-CRIT-953"} == set()
        assert {one.code for one in found(with_words(slot, words))} & {"E-CRIT-942", "E-CRIT-953"}
    for slot, words in list(lot("words"))[::4]:
        for one in check(with_words(slot, words, "grant"), words=WORDS):
            assert not {"Procurement", "Letting", "Mears", "Bromcom", "Lancashire", "Lianakis"} & set(
                one.authority.split()
            ), one


def test_the_council_is_known_by_its_own_name() -> None:
    plain = deepcopy(_base()) | {
        "authority": "Northbridge Council",
        "gate": [GATE | {"predicate": "Pass: the chair's home is Northbridge."}],
    }
    assert "E-CRIT-947" in {one.code for one in found(Criteria.model_validate(plain))}


def test_what_is_in_quotation_marks_or_not_asked_for_is_not_asked() -> None:
    for words in (
        "Pass: a bank account is open. The words “registered charities only” stood in the last invitation.",
        "Pass: a bank account is open; audited accounts are not asked for.",
        "Pass: a bank account is open; no office in the borough is needed.",
    ):
        assert {one.code for one in found(with_words("gate", words))} <= {"E-CRIT-316", "E-LAW-001"}, words
