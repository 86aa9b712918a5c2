from pathlib import Path

import pytest

from evaluator.files.read.criteria.folder import read_criteria
from evaluator.files.read.engine_data import read_check_words
from evaluator.publication import ARITHMETIC, CHECKS, check
from evaluator.records.findings.finding import block_award, in_order
from tests.unit.publication.small_criteria import add, both, put, small

CRITERIA = Path(__file__).resolve().parents[4] / "criteria"


def codes(*changes):
    return {finding.code for finding in check(small(*changes))}


@pytest.mark.parametrize("name", ["community_commissioning", "minimal", "minimal_with_price"])
def test_the_criteria_that_come_with_the_engine_can_be_published(name):
    read = read_criteria(CRITERIA / name)
    assert read.findings == ()
    assert [str(finding) for finding in check(read.criteria) if block_award([finding])] == []


def test_findings_come_in_the_order_of_their_places():
    found = check(small(put("tie_break.order", []), put("themes.0.weights.price", "41"), put("gate.0.predicate", "")))
    assert found == in_order(reversed(found))
    assert [finding.source.file for finding in found] == ["programme.toml", "programme.toml", "themes/north.toml"]


def test_every_check_is_listed_once():
    assert len(set(CHECKS)) == len(CHECKS)
    assert set(ARITHMETIC) <= set(CHECKS)


def test_wording_is_not_among_what_an_evaluation_cannot_do_without():
    vague = small(put("gate.0.predicate", "Adequate cover is held."))
    assert block_award(check(vague, words=read_check_words()[0]))
    assert check(vague, ARITHMETIC) == ()


def test_everything_wrong_at_once_is_found_at_once_and_nothing_fails():
    found = codes(
        put("scale.mark.0.mark", "1"),
        put("scale.mark.1.mark", "1"),
        put("price.method", "best"),
        put("price.parameters.lowest", "99999999"),
        put("themes.0.weights", {}),
        put("themes.1.weights", {"C1": "0", "C2": "0", "S1": "0", "price": "0"}),
        put("tie_break.order", ["question:", "question:X", "dice"]),
        put("allocation.rule.2.theme", "nowhere"),
        put("common.0.relative_weight", "0"),
    )
    assert {"E-CRIT-101", "E-CRIT-103", "E-CRIT-106", "E-CRIT-108", "E-CRIT-201", "E-CRIT-402"} <= found
    assert {"E-CRIT-510", "E-CRIT-511", "E-CRIT-601"} <= found


def test_a_scale_of_noughts_does_not_stop_the_checks():
    assert "E-CRIT-201" in codes(*(put(f"scale.mark.{n}.mark", "0") for n in range(4)))


def test_a_programme_without_price_gates_allocation_or_equality_can_be_checked():
    bare = both(
        *(put(key, None) for key in ("price", "gate", "allocation", "equality")),
        *(put(f"themes.{n}.rule", []) for n in (0, 1)),
        put("themes.0.weights", {"C1": "20", "C2": "10", "N1": "70"}),
        put("themes.1.weights", {"C1": "20", "C2": "10", "S1": "70"}),
    )
    assert codes(bare) == {"E-CRIT-316", "E-CRIT-801"}


def test_common_weights_may_differ_between_themes_while_their_proportions_stay():
    assert codes(put("themes.0.weights", {"C1": "40", "C2": "20", "N1": "0.5", "price": "39.5"})) == set()


def test_without_relative_weights_the_first_theme_sets_the_proportions():
    none = both(put("common.0.relative_weight", None), put("common.1.relative_weight", None))
    assert codes(none) == set()
    (found,) = check(small(none, put("themes.1.weights.C1", "18"), put("themes.1.weights.C2", "12")))
    assert str(found.source) == "themes/south.toml weights"
    assert "C1 has 18, not 20; C2 has 12, not 10" in found.message


def test_a_due_weight_with_many_places_is_said_to_be_about_that():
    (found,) = check(small(put("themes.0.weights.C1", "21"), put("themes.0.weights.price", "39")))
    assert "C1 has 21, not about 20.67; C2 has 10, not about 10.33" in found.message


def test_a_whole_of_one_hundred_counts_to_the_last_place():
    thirds = {"C1": "20", "C2": "10", "N1": "33.3333333333333333333", "price": "36.6666666666666666666"}
    (found,) = check(small(put("themes.0.weights", thirds)))
    assert found.code == "E-CRIT-101"
    assert "99.9999999999999999999" in found.message


def test_two_themes_may_ask_the_same_of_their_own_bidders():
    same = "What will people learn?"
    assert codes(put("themes.0.question.0.text", same), put("themes.1.question.0.text", same)) == set()


def test_national_insurance_is_not_a_matter_of_selection():
    assert codes(put("themes.0.question.0.text", "How do you advise on National Insurance?")) == set()


def test_a_gate_may_use_a_plain_word_beside_an_exact_condition():
    assert codes(put("gate.0.predicate", "A suitable policy, signed within 24 months, is held.")) == set()


def test_a_top_mark_may_name_by_how_much_it_is_exceeded():
    assert codes(put("scale.mark.3.descriptor", "Exceeds the target by at least 20%.")) == set()


@pytest.mark.parametrize(
    ("question", "predicate", "torn"),
    [
        ("At least 50%?", "More than 50% of 80 points.", True),  # Tower Hamlets' Local Community Fund, 2019
        ("No more than 12 months?", "Pass: 12 months or fewer.", False),
        ("Up to £10,000?", "Pass: under £10,000 a year.", True),
        ("At least 50%?", "Pass: 50% or more.", False),
        ("At least 3 members?", "Pass: more than 2 members.", False),
    ],
)
def test_a_gate_that_answers_twice_at_its_boundary_is_found(question, predicate, torn):
    found = codes(put("gate.0.question", question), put("gate.0.predicate", predicate))
    assert found == ({"E-CRIT-305"} if torn else set())


def test_rules_that_differ_only_in_what_they_leave_out_do_not_contradict_each_other():
    more = {"id": "R4", "kind": "theme_budget", "theme": "*", "least": "20000", "source": "7"}
    assert codes(add("allocation.rule", more)) == set()


def test_a_ceiling_for_each_theme_binds_a_floor_of_one():
    floor = {"id": "F", "kind": "theme_budget", "theme": "north", "least": "200000.01", "source": "7"}
    (found,) = check(small(add("themes.0.rule", floor), put("allocation.rule.0.limit", "900000")))
    assert found.code == "E-CRIT-605"
    assert "the rule F wants at least 200,000.01, and the rule R3 allows at most 200,000" in found.message


def test_yearly_budgets_bound_the_floors_of_all_years():
    second = {"id": "R4", "kind": "year_budget", "year": "2028-29", "limit": "150000", "source": "7"}
    floors = put("allocation.rule.2.least", "151000")
    assert codes(add("allocation.rule", second), floors, put("allocation.rule.0.limit", "900000")) == {"E-CRIT-604"}


def test_floors_of_one_year_are_held_against_that_year():
    yearly = {"id": "F", "kind": "theme_budget", "theme": "*", "year": "2027-28", "least": "75000.01", "source": "7"}
    (found,) = check(small(add("allocation.rule", yearly)))
    assert "come to £150,000.02 in 2027-28, more than the programme's £150,000" in found.message


def test_floors_that_take_exactly_the_budget_hold():
    assert codes(put("allocation.rule.2.least", "150000")) == set()
