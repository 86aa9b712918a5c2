"""One broken set of criteria for each finding about tiers, proportion and outcomes: that one comes, and no other."""

from dataclasses import dataclass

import pytest

from evaluator.files.read.engine_data import read_check_words
from evaluator.publication import ARITHMETIC, check
from evaluator.records.findings import CATALOGUE
from evaluator.reporting.appendix.statements import tier_statements
from tests.unit.publication.small_criteria import Change, add, both, put, small

WORDS, _ = read_check_words()
PROGRAMME, TEMPLATE, NORTH = "programme.toml", "template.toml", "themes/north.toml"
SMALL_TIER = {
    "id": "small",
    "title": "Up to £40,000 a year",
    "up_to": "40000",
    "word_limit": 300,
    "total_words": 1500,
    "monitoring": 2,
    "turnover": "1",
    "accounts_years": 1,
    "instead_of_accounts": "A bank statement and a budget for the first year.",
    "insurance": "by_start",
    "source": "4",
}
LARGE_TIER = SMALL_TIER | {"id": "large", "title": "Larger", "optional": ["C2"], "word_limit": 500, "total_words": 3000}
TIERS = both(
    put("tier", [SMALL_TIER, {key: value for key, value in LARGE_TIER.items() if key != "up_to"}]),
    put("common.1.optional", True),
    *(put(f"themes.{number}.tier", "large") for number in (0, 1)),
    *(put(f"themes.{number}.contract_value", "60000") for number in (0, 1)),
)
SMALL_NORTH = both(
    TIERS,
    put("themes.0.tier", "small"),
    put("themes.0.contract_value", "40000"),  # exactly the end of the tier is within it
    put("themes.0.weights", {"C1": "20", "N1": "40", "price": "40"}),
)


@dataclass(frozen=True)
class Case:
    """A code, where it is found, and the change that brings it about."""

    code: str
    place: str
    change: Change
    also: tuple[str, ...] = ()


CASES = (
    Case("E-TIER-001", f"{NORTH} tier", both(TIERS, put("themes.0.tier", "middle")), also=("E-TIER-005",)),
    Case(
        "E-TIER-002",
        f"{PROGRAMME} tier[2].up_to",
        both(TIERS, put("tier.1.up_to", "40000"), *(put(f"themes.{n}.contract_value", None) for n in (0, 1))),
        also=("E-TIER-008",),
    ),
    Case("E-TIER-003", f"{NORTH} contract_value", both(SMALL_NORTH, put("themes.0.contract_value", "40000.01"))),
    Case("E-TIER-004", f"{PROGRAMME} tier[2].optional", both(TIERS, add("tier.1.optional", "C1"))),
    Case(
        "E-TIER-005",
        f"{NORTH} weights.C2",
        both(SMALL_NORTH, put("themes.0.weights", {"C1": "20", "C2": "10", "N1": "30", "price": "40"})),
    ),
    Case(
        "E-TIER-006",
        f"{TEMPLATE} question[2].optional",
        both(SMALL_NORTH, put("tier.1.optional", []), put("themes.1.weights", {"C1": "20", "S1": "40", "price": "40"})),
    ),
    Case("E-TIER-007", f"{NORTH} question[1].optional", both(TIERS, put("themes.0.question.0.optional", True))),
    Case("E-TIER-008", f"{NORTH} contract_value", both(TIERS, put("themes.0.contract_value", None))),
    Case("E-TIER-009", f"{PROGRAMME} tier[1].monitoring", both(TIERS, put("tier.0.monitoring", 3))),
    Case("E-TIER-011", f"{PROGRAMME} tier[2].turnover", both(TIERS, put("tier.1.turnover", "2.1"))),
    Case(
        "E-TIER-011",
        f"{PROGRAMME} gate[1].predicate",
        put("gate.0.predicate", "Pass: a yearly turnover of three times the yearly contract value."),
        also=("E-CRIT-710",),
    ),
    Case(
        "E-TIER-011",
        f"{PROGRAMME} gate[1].predicate",
        both(SMALL_NORTH, put("gate.0.predicate", "Pass: last year's annual income was above £80,001.")),
    ),
    Case(
        "E-TIER-012",
        f"{PROGRAMME} tier[1].accounts_years",
        both(TIERS, put("tier.0.instead_of_accounts", " ")),
    ),
    Case("E-TIER-013", f"{PROGRAMME} tier[1].insurance", both(TIERS, put("tier.0.insurance", "with_bid"))),
    Case(
        "E-TIER-014", f"{NORTH} question[1].word_limit", both(SMALL_NORTH, put("themes.0.question.0.word_limit", 301))
    ),
    Case("E-TIER-015", f"{NORTH} tier", both(SMALL_NORTH, put("tier.0.total_words", 599))),
    Case("E-TIER-016", f"{NORTH} contract_value", both(SMALL_NORTH, put("themes.0.contract_value", "9999.99"))),
    Case("E-AIMS-001", f"{PROGRAMME} approaches.co_production", put("approaches.co_production", "With people")),
    Case("E-AIMS-002", f"{NORTH} outcomes", put("themes.0.outcomes", ["rights"])),
    Case(
        "E-AIMS-003",
        f"{NORTH} outcomes",
        both(put("themes.0.outcomes", ["skills"]), put("themes.0.question.0.outcomes", ["need"])),
    ),
    Case(
        "E-AIMS-004",
        f"{NORTH} question[1].outcomes",
        both(put("themes.0.question.0.outcomes", []), put("themes.0.question.0.approaches", ["prevention"])),
    ),
    Case(
        "E-AIMS-005",
        f"{PROGRAMME} outcomes",
        both(
            put("outcomes", None),
            *(put(f"common.{n}.outcomes", []) for n in (0, 1)),
            *(put(f"themes.{n}.question.0.outcomes", []) for n in (0, 1)),
        ),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_disproportionate_or_aimless_set_has_its_finding_and_no_other(case):
    found = check(small(case.change), words=WORDS)
    assert {finding.code for finding in found} == {case.code, *case.also}, "\n".join(map(str, found))
    assert case.place in {str(finding.source) for finding in found if finding.code == case.code}


@pytest.mark.parametrize("change", [TIERS, SMALL_NORTH])
def test_a_programme_in_proportion_has_no_finding(change):
    assert check(small(change)) == ()


def test_every_finding_about_tiers_and_outcomes_has_a_broken_set():
    assert {code for code in CATALOGUE if code[:6] in ("E-TIER", "E-AIMS")} == {case.code for case in CASES}


def test_a_disproportionate_requirement_names_its_authority():
    assert all(CATALOGUE[case.code].authority for case in CASES if "E-TIER-010" < case.code < "E-TIER-099")


@pytest.mark.parametrize("words", ["twice the yearly contract value", "two times the contract value", "£80,000"])
def test_a_turnover_of_exactly_twice_the_value_is_in_proportion(words):
    asked = both(SMALL_NORTH, put("gate.0.predicate", f"Pass: on 1 May 2027 the yearly income is {words}."))
    assert check(small(asked)) == ()


def test_a_weight_that_the_tier_does_not_allow_blocks_an_evaluation():
    wrong = both(SMALL_NORTH, put("themes.0.weights", {"C1": "20", "C2": "10", "N1": "30", "price": "40"}))
    assert {finding.code for finding in check(small(wrong), ARITHMETIC)} == {"E-TIER-005"}


def test_optional_questions_leave_the_ratios_of_the_others_where_they_were():
    three = both(
        TIERS,
        add("common", {**PLAIN, "id": "C3"}),
        *(put(f"common.{n}.relative_weight", None) for n in (0, 1)),
        put("themes.0.tier", "small"),
        put("themes.0.contract_value", "30000"),
        put("themes.0.weights", {"C1": "20", "C3": "5", "N1": "35", "price": "40"}),  # 4 : 1
        put("themes.1.weights", {"C1": "8", "C2": "10", "C3": "2", "S1": "40", "price": "40"}),  # 4 : 5 : 1
    )
    assert check(small(three)) == ()
    (found,) = check(small(three, put("themes.1.weights.C3", "3"), put("themes.1.weights.S1", "39")))
    assert found.code == "E-CRIT-105"
    assert "C1 has 8, not 8.8; C3 has 3, not 2.2" in found.message


PLAIN = {
    "title": "C3",
    "text": "Who is reached in the third year?",
    "good_answer": "The answer gives a number.",
    "outcomes": ["need"],
    "source": "4",
}


def test_the_lower_of_the_two_word_limits_counts():
    made = small(SMALL_NORTH, put("common.0.word_limit", 400), put("themes.0.question.0.word_limit", 200))
    common, own = made.questions("north")
    assert [made.word_limit(common, "north"), made.word_limit(own, "north")] == [300, 200]
    assert made.word_limit(common, "south") == 400
    once = small(SMALL_NORTH, put("common.0.word_limit", 400), put("common.0.scope", "organisation"))
    assert once.word_limit(once.common[0], "north") == 400  # answered once, for bids of every tier


def test_the_appendix_says_where_an_optional_question_is_asked_and_where_fewer_words_are_allowed():
    made = small(SMALL_NORTH, put("common.0.word_limit", 400))
    assert list(tier_statements(made, made.common[0])) == [
        ("tiers", "By the tier of the contract: at most 300 words in North."),
    ]
    assert list(tier_statements(made, made.common[1])) == [
        ("asked", "Asked, by the tier of the contract, only in: South."),
        ("tiers", "By the tier of the contract: at most 500 words in South."),
    ]


@pytest.mark.parametrize(("regime", "most"), [("pa2023", "2"), ("pcr2015", "4"), ("psr2023", "4"), ("grant", "2")])
def test_a_turnover_is_held_against_the_whole_contract_where_the_law_says_so(regime: str, most: str) -> None:
    """Regulation 58(9) of 2015: twice the estimated contract value; the small programme has two years."""

    def codes(turnover: str) -> list[str]:
        changes = both(TIERS, put("tier.1.turnover", turnover), put("regime", regime), put("procurement", None))
        return [one.code for one in check(small(changes), words=WORDS)]

    assert "E-TIER-011" not in codes(most)
    assert "E-TIER-011" in codes(f"{most}.1")
