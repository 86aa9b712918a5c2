"""What a scale of some questions, and one question's own words, say is looked at as the programme's scale is."""

from evaluator.files.read.engine_data import read_check_words
from evaluator.publication import check
from tests.unit.publication.small_criteria import both, put, small

FUND = (put("regime", "grant"), put("procurement", None))
DEGREES = ("E-CRIT-207", "E-CRIT-209", "E-CRIT-210")
WORDS, _ = read_check_words()
MARKS = [
    {"mark": "0", "label": "None", "descriptor": "No plan bears on it."},
    {"mark": "4", "label": "Half", "descriptor": "A plan is there; its dates are missing."},
    {"mark": "8", "label": "Whole", "descriptor": "The plan exceeds the requirement in every respect."},
]
OWN = [{"id": "own", "source": "3", "questions": ["N1"], "mark": MARKS}]


def test_a_highest_mark_for_exceeding_is_found_on_every_scale() -> None:
    found = check(small(both(put("scale_of", OWN), put("themes.0.minimum_marks", {}))), words=WORDS)
    places = {str(one.source) for one in found if one.code == "E-CRIT-207"}
    assert places == {"programme.toml scale_of[1].mark[3].descriptor"}


def test_one_questions_own_words_for_the_highest_mark_are_looked_at_too() -> None:
    words = {"3": "The answer goes over and above the specification."}
    found = check(small(put("common.0.descriptors", words)), words=WORDS)
    places = {str(one.source) for one in found if one.code == "E-CRIT-207"}
    assert places == {"template.toml question[1].descriptors"}


def test_scales_without_a_fault_bring_no_finding() -> None:
    last = MARKS[2] | {"descriptor": "A plan is there, with a date for each part."}
    own = [OWN[0] | {"mark": [*MARKS[:2], last]}]
    assert check(small(both(put("scale_of", own), put("themes.0.minimum_marks", {}))), words=WORDS) == ()


def test_of_a_fund_marks_by_degree_are_one_note() -> None:
    words = ["None.", "Weak evidence.", "Strong evidence.", "Outstanding evidence, beyond what was asked."]
    marks = [put(f"scale.mark.{at}.descriptor", text) for at, text in enumerate(words)]
    contract = [one for one in check(small(both(*marks)), words=WORDS) if one.code in DEGREES]
    fund = [one for one in check(small(both(*marks, *FUND)), words=WORDS) if one.code in DEGREES]
    assert {"E-CRIT-207", "E-CRIT-209"} <= {one.code for one in contract}
    assert [(one.code, one.severity.value) for one in fund] == [("E-CRIT-207", "note")]


def test_an_outdoor_space_exceeds_nothing() -> None:
    assert check(small(put("common.0.descriptors", {"3": "An outdoor space is part of the plan."})), words=WORDS) == ()


def test_what_a_questions_own_words_need_is_asked_there() -> None:
    words = {"3": "All of it is there, with the qualifications that those taking part gain."}
    assert [one.code for one in check(small(put("common.0.descriptors", words)), words=WORDS)] == []
