import string
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from evaluator.records.findings import CATALOGUE, finding
from evaluator.records.findings.finding import Finding, Severity, Source, block_award, in_order
from evaluator.records.numbers import (
    decimal_text,
    fixed,
    pence,
    plain_decimal,
    pounds,
    ratio_decimal,
    ratio_text,
    rounded,
)
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.programme.published import Amount, Percent, Pounds
from evaluator.records.programme.rules import Rule, SmallShare
from evaluator.records.results.outcome import Outcome, Run, status
from evaluator.records.results.scores import Numbers, Step
from evaluator.records.submissions.evaluation import NO_MARK, ThemeBids
from evaluator.records.submissions.received import Block, Table
from tests.unit.publication.small_criteria import put, small

MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "up": ROUND_UP, "down": ROUND_DOWN}
PENCE = st.integers(min_value=0, max_value=10**15)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9)


NO_NUMBERS = (
    *(
        "",
        " ",
        "4 ",
        " 4",
        "4\u00a0",
        "4\n",
        "3,5",
        "1,000",
        "1_000",
        "1e3",
        "1E3",
        "+4",
        "--4",
        "−4",
        ".5",
        "5.",
        "4.5.6",
    ),
    *("٤", "４", "½", "4%", "0x4", "inf", "nan"),
)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_not_a_plain_number_is_none(text):
    assert plain_decimal(text) is None


@given(DECIMALS)
def test_a_plain_decimal_survives_being_written(value):
    assert plain_decimal(decimal_text(value)) == value


@pytest.mark.parametrize(
    ("text", "amount"),
    [("0", 0), ("12", 1200), ("12.5", 1250), ("£1,234.56", 123456), ("£1,234,567", 123456700), ("00012", 1200)],
)
def test_pounds_are_read_to_the_penny(text, amount):
    assert pence(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "£",
        "12.345",
        "1,23",
        "12,34.00",
        "1 000",
        "-5",
        "$5",
        "5£",
        "£ 5",
        "5p",
        "1,0000",
        ",100",
        "12.",
        "1.000,00",
    ],
)
def test_what_is_not_pounds_is_none(text):
    assert pence(text) is None


@given(PENCE)
def test_pounds_that_were_written_are_read_back(amount):
    assert pence(pounds(amount)) == amount


@given(DECIMALS, st.integers(min_value=0, max_value=6), st.sampled_from(sorted(MODES)))
def test_rounding_is_that_of_decimal_arithmetic(value, places, mode):
    with localcontext() as context:
        context.prec = 60
        expected = value.quantize(Decimal(1).scaleb(-places), rounding=MODES[mode])
    assert Decimal(fixed(rounded(Fraction(value), places, mode), places)) == expected


@given(st.fractions(max_denominator=10**6), st.integers(min_value=0, max_value=6), st.sampled_from(sorted(MODES)))
def test_rounding_moves_a_number_by_less_than_one_unit(value, places, mode):
    off = rounded(value, places, mode) - value * 10**places
    assert abs(off) < 1
    if mode.startswith("half"):
        assert abs(off) <= Fraction(1, 2)


def test_a_hair_below_a_half_is_not_a_half():
    hair = Fraction(1, 10**40)
    assert rounded(Fraction(1, 2) - hair, 0) == 0
    assert rounded(Fraction(1, 2), 0) == 1
    assert rounded(Fraction(1, 2) + hair, 0, "half_even") == 1


@given(st.integers(min_value=-(10**12), max_value=10**12), st.integers(min_value=0, max_value=6))
def test_units_written_out_are_the_same_number(units, places):
    assert Fraction(fixed(units, places)) == Fraction(units, 10**places)


@given(st.fractions())
def test_a_ratio_written_out_is_the_same_ratio(value):
    assert Fraction(ratio_text(value)) == value
    assert Fraction(ratio_decimal(value.numerator, value.denominator)) == value


def test_exact_numbers_are_given_by_their_place():
    assert Numbers([1, 2], [3, 4])[1] == Fraction(1, 2)


def test_a_step_is_one_line():
    assert str(Step("price", "40 × 8 ÷ 10", Fraction(32))) == "price: 40 × 8 ÷ 10 = 32"


def test_a_cell_is_named_as_a_spreadsheet_program_names_it():
    assert str(Source("register.xlsx", "Bids", 4, "C")) == "register.xlsx Bids!C4"
    assert str(Source("register.xlsx", "Bids")) == "register.xlsx Bids"
    assert str(Source("register.csv", row=4)) == "register.csv 4"
    assert str(Source("register.csv")) == "register.csv"


def test_findings_are_told_once_and_from_top_to_bottom():
    def found(row, words):
        return Finding("E-X-001", Severity.NOTE, Source("marks.csv", row=row), words, "Mend it.")

    assert in_order([found(10, "b"), found(9, "c"), found(10, "a"), found(9, "c")]) == (
        found(9, "c"),
        found(10, "a"),
        found(10, "b"),
    )


@pytest.mark.parametrize(("severity", "blocks"), [("note", False), ("needs_decision", True), ("blocks_award", True)])
def test_only_a_note_lets_an_award_be_recommended(severity, blocks):
    assert block_award([Finding("E-X-001", Severity(severity), Source("a"), "", "")]) == blocks
    assert not block_award([])


def test_every_cell_of_a_table_of_several_files_knows_its_place():
    first = Block("returns/E01.xlsx", "Marks", [5, 6], {"bid": "A", "mark": "C"})
    empty = Block("returns/E02.xlsx", "Marks", [], {})
    last = Block("returns/E03.xlsx", "Marks", [9], {"bid": "B"})
    table = Table({"bid": ["B1", "B2", "B3"], "mark": ["1", "2", "3"]}, (first, empty, last))
    assert [str(table.source(row, "mark")) for row in range(3)] == [
        "returns/E01.xlsx Marks!C5",
        "returns/E01.xlsx Marks!C6",
        "returns/E03.xlsx Marks!9",
    ]
    assert table.row(2) == {"bid": "B3", "mark": "3"}
    assert len(table) == 3


def test_an_empty_table_has_no_rows_and_no_place():
    assert len(Table({}, ())) == 0
    assert Table({}, ()).place == Source("")


def test_marks_are_kept_as_places_on_the_scale_and_none_is_none():
    bids = ThemeBids("north", (), ("Q1", "Q2"), bytes([0, 3, NO_MARK + 256, 1]), {})
    assert [bids.mark(bid, question) for bid in (0, 1) for question in (0, 1)] == [0, 3, NO_MARK, 1]


def test_a_theme_without_its_own_price_policy_has_the_programmes():
    own = {"method": "range", "source": "6"}
    criteria = small(put("themes.0.price", own))
    assert criteria.price_policy("north").method == "range"
    assert criteria.price_policy("south").method == "fixed_limits"


def test_a_theme_is_asked_the_common_questions_that_it_weights_and_its_own():
    criteria = small(put("themes.0.weights.C1", None))
    assert [question.id for question in criteria.questions("north")] == ["C2", "N1"]
    assert [question.id for question in criteria.questions("south")] == ["C1", "C2", "S1"]
    with pytest.raises(KeyError):
        criteria.theme("west")


def test_rules_are_the_programmes_and_then_each_themes():
    assert [rule.id for rule in small().rules] == ["R1", "R2", "R3", "M1", "north-awards", "south-awards"]
    assert [rule.id for rule in small(put("allocation", None)).rules] == ["north-awards", "south-awards"]


def test_criteria_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        small().version = "2"


@pytest.mark.parametrize("value", [1.5, True, "£5", "five", "-1", "", None, "inf", "nan"])
def test_an_amount_is_a_plain_number_of_nought_or_more(value):
    with pytest.raises(ValidationError):
        TypeAdapter(Amount).validate_python(value)


def test_an_amount_of_money_has_at_most_two_places():
    assert TypeAdapter(Pounds).validate_python("806415.50") == Decimal("806415.50")
    with pytest.raises(ValidationError, match="at most two decimal places"):
        TypeAdapter(Pounds).validate_python("806415.505")


@pytest.mark.parametrize("value", ["20", 20, "20 percent", "-20%", "%"])
def test_a_share_is_a_percentage_in_quotes(value):
    with pytest.raises(ValidationError):
        TypeAdapter(Percent).validate_python(value)


def test_a_share_is_an_exact_fraction():
    assert SmallShare(id="S", kind="small_share", least="12.5%").share == Fraction(1, 8)


def test_a_rule_takes_no_key_of_another_kind():
    with pytest.raises(ValidationError, match="Extra inputs"):
        TypeAdapter(Rule).validate_python({"id": "R", "kind": "budget", "limit": "5", "least": 2})


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: entry.code)
def test_the_example_of_a_finding_fills_all_its_words(entry):
    made = finding(entry.code, Source("example.toml"), **entry.example)
    assert "{" not in made.message + made.remedy
    wanted = {
        name for words in (entry.message, entry.remedy) for _, name, _, _ in string.Formatter().parse(words) if name
    }
    assert wanted == set(entry.example), "an example gives every fact, and no other"
    assert made.message.endswith((".", "?")), "a message is a sentence"
    assert made.remedy.endswith(".")


def test_every_authority_says_how_well_it_was_verified():
    words = ("(read in the statute)", "(from a secondary source)", "(from memory, to be confirmed)")
    for code in (code for code in CATALOGUE if code.startswith("E-CRIT-")):
        authority = CATALOGUE[code].authority
        assert not authority or authority.endswith(words), code


def test_a_parameter_that_must_be_published_has_no_default():
    needed = {
        (name, key) for name, terms in METHODS.items() for key, one in terms.parameters.items() if one.default is None
    }
    assert needed == {
        ("fixed_limits", "lowest"),
        ("fixed_limits", "highest"),
        ("weighted_score_limits", "lowest"),
        ("weighted_score_limits", "highest"),
        ("linear_whole_points", "direction"),
        ("graduated_to_inflection", "per_percent_above"),
        ("damped_discount", "budget"),
        ("damped_discount", "least_best"),
        ("discount_ratio", "budget"),
        ("bilinear_discount", "budget"),
        ("bilinear_discount", "at_mean"),
        ("narbona", "lowest"),
        ("narbona", "budget"),
        ("square_root_discount", "budget"),
        ("anac_power", "budget"),
        *(
            (f"{name}{kind}", key)
            for name in ("price_quality_", "nzta_pqm_")
            for kind in ("simple", "weighted")
            for key in ("estimate", "price_weight")
        ),
        ("ranking_points", "step"),
        ("weighted_value_for_money", "quality_weight"),
        ("weighted_value_for_money", "cost_weight"),
        ("normalised_both_sides", "quality_points"),
        ("normalised_both_sides", "price_points"),
        ("award_on_value", "per_point"),
        ("monetised_willingness_to_pay", "per_point"),
        ("gunnen_op_waarde", "per_point"),
        ("quality_coefficient", "most"),
        ("prozorro", "most"),
        ("quality_coefficient_income", "most"),
    }


def test_every_default_is_allowed():
    for terms in METHODS.values():
        for parameter in terms.parameters.values():
            assert parameter.default is None or parameter.allows(parameter.default)


def test_an_outcome_says_in_one_word_what_it_came_to():
    blocked = Finding("E-X-001", Severity.BLOCKS_AWARD, Source("a"), "", "")
    criteria = small()
    assert status(Outcome(Run("r", "1"), criteria, "f", None, (blocked,))) == "blocked"
    assert status(Outcome(Run("r", "1"), criteria, "f", None, ())) == "validated"
