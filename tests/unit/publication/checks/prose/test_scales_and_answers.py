"""Each mark has words of its own, bands meet, a minimum keeps somebody out; what is unscored does not count."""

import pytest

from evaluator.files.read.engine_data import read_check_words
from evaluator.publication import check
from tests.unit.publication.small_criteria import Change, put, small

WORDS, _ = read_check_words()
PROGRAMME, NORTH = "programme.toml", "themes/north.toml"
TOP = "scale.mark.3.descriptor"


def told(*changes: Change) -> list[tuple[str, str]]:
    return [(one.code, str(one.source)) for one in check(small(*changes), words=WORDS)]


@pytest.mark.parametrize("words", ["3", "n/a", "-", "As above", "See 2", "3 out of 3", "100%", "Midway", "Same as 2"])
def test_a_figure_or_a_reference_in_the_place_of_a_descriptor_is_none(words):
    assert ("E-CRIT-202", f"{PROGRAMME} scale.mark[4].descriptor") in told(put(TOP, words))


@pytest.mark.parametrize(
    "words",
    [
        "Better than a 2.",
        "It is stronger than an answer of level 2.",
        "Evidence is there, and more than is needed for a mark of 2.",
        "It falls short of a 4.",
        "Not quite a 4, with evidence.",
        "Better evidence than the mark below.",
        "Weaker than Full.",
    ],
)
def test_an_answer_is_held_against_what_is_in_it_and_not_against_another_mark(words):
    assert ("E-CRIT-977", f"{PROGRAMME} scale.mark[3].descriptor") in told(put("scale.mark.2.descriptor", words))


@pytest.mark.parametrize(
    "words",
    [
        "As for 2, and evidence for each part is given.",
        "More than one part is there, with evidence for each.",
        "Between two and three of the parts are evidenced.",
        "Every part is there, with at least 2 examples.",
        "It has fewer than 3 gaps in the evidence.",
        "Better outcomes for residents are named, with evidence.",
    ],
)
def test_counting_parts_and_adding_to_the_mark_below_are_no_comparison_of_marks(words):
    assert "E-CRIT-977" not in {code for code, _ in told(put("scale.mark.2.descriptor", words))}


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("0-1 is poor, 3-5 is good.", "belongs to none of them: 2"),
        ("Excellent 8 to 10, good 5 to 7, poor 0 to 3.", "belongs to none of them: 4"),
        ("0-40% is weak; 40-60% is fair; 61-100% is strong.", "belongs to two of them: 40"),
        ("0-39 per cent is weak, 41-100 per cent is strong.", "belongs to none of them: 40"),
    ],
)
def test_bands_of_marks_that_do_not_meet_are_told_with_the_mark_that_falls_between(words, problem):
    (one,) = [found for found in check(small(put("scale.source", words)), words=WORDS) if found.code == "E-CRIT-976"]
    assert problem in one.message


@pytest.mark.parametrize(
    "words",
    [
        "0-39% is weak, 40-100% is strong.",
        "0 to 1 is poor; 2 is fair; 3 to 4 is good.",
        "Prospectus, pages 3-5 and 9-12.",
        "For good work with people aged 16-25 and 40-65, in poor wards.",
        "The fair is open 9-12 and 14-17 hours, in good weather.",
    ],
)
def test_bands_that_meet_and_ranges_of_other_things_are_left_alone(words):
    found = told(put("scale.source", words)) + told(put("themes.0.summary", words))
    assert "E-CRIT-976" not in {code for code, _ in found}


def test_marks_are_not_left_to_and_so_on():
    assert ("E-CRIT-975", f"{PROGRAMME} scale.mark[4].descriptor") in told(put(TOP, "Policies, plans, etc. are there."))
    assert ("E-CRIT-975", f"{PROGRAMME} scale.source") in told(put("scale.source", "1 for one part, and so on."))
    assert told(put("themes.0.summary", "Walks, talks and so on.")) == []


def test_minimum_marks_that_come_to_more_than_the_minimum_of_quality_leave_it_idle():
    # 2 of 3 marks in each question is 66.7 % of the quality points, above the 50 % that are needed.
    every = put("themes.0.minimum_marks", {"N1": "2", "C1": "2", "C2": "2"})
    assert told(every) == [("E-CRIT-978", f"{NORTH} minimum_quality")]
    # N1 carries 30 of the 60 points of quality: 2 of 3 marks in it alone are 33.3 %, so that 50 % asks for more.
    assert told(put("themes.0.minimum_marks", {"N1": "2"})) == []


@pytest.mark.parametrize(("least", "idle"), [("30", True), ("30.5", False), ("25", True)])
def test_a_minimum_total_that_quality_alone_must_reach_is_idle(least, idle):
    # 50 % of the 60 points of quality are 30 points.
    found = told(put("allocation.minimum_score", least))
    assert found == ([("E-CRIT-978", f"{PROGRAMME} allocation.minimum_score")] if idle else [])


@pytest.mark.parametrize(
    "words",
    [
        "Scores may be revisited following clarification.",
        "Marks are provisional until the director has signed them off.",
        "If further information comes to light, scores will be updated.",
        "The agreed scores can be amended before the award is approved.",
    ],
)
def test_marks_that_are_opened_again_are_found(words):
    assert told(put("moderation.source", words)) == [("E-CRIT-922", f"{PROGRAMME} moderation.source")]


@pytest.mark.parametrize(
    "words",
    [
        "Each evaluator may change their own mark before the panel meets.",
        "No mark is changed after the panel has agreed it.",
        "Marks are corrected only where the adding up was wrong.",
    ],
)
def test_marks_that_stay_are_not(words):
    assert "E-CRIT-922" not in {code for code, _ in told(put("moderation.source", words))}


@pytest.mark.parametrize(
    "words",
    [
        "This question is not scored but your answer will be taken into account.",
        "This question is not scored. Your answer will help us decide.",
        "For information only. We may consider your answer when making our decision.",
        "We do not mark this answer, yet it may influence which group we fund.",
        "Carries no marks but is used when we choose between bids.",
    ],
)
def test_an_unscored_answer_that_counts_is_found_across_the_sentences_of_a_text(words):
    found = told(put("themes.0.question.0.source", f"4. {words}"))
    assert found == [("E-CRIT-926", f"{NORTH} question[1].source")]


@pytest.mark.parametrize(
    "words",
    [
        "This answer is not scored. It will be used in monitoring the contract.",
        "The answer is not scored and is not taken into account in any decision.",
        "Not scored; used for statistics only.",
    ],
)
def test_an_unscored_answer_that_does_not_count_is_not(words):
    assert "E-CRIT-926" not in {code for code, _ in told(put("themes.0.question.0.source", f"4. {words}"))}


@pytest.mark.parametrize("word", ["ideally", "preferably", "where possible"])
def test_a_gate_that_only_wishes_is_found(word):
    gate = put("gate.0.predicate", f"Pass: cover of £2,000,000, {word} with one insurer, is in force on 1 April 2027.")
    assert ("E-CRIT-930", f"{PROGRAMME} gate[1].predicate") in told(gate)


def test_a_price_that_two_lists_of_words_know_is_told_once():
    asked = put("common.0.text", "What is your price for each person?")
    assert [code for code, _ in told(asked)].count("E-CRIT-715") == 1


@pytest.mark.parametrize(
    ("source", "held"),
    [
        ("Panel handbook: marks are agreed by all.", False),
        ("Panel handbook (internal): marks are agreed by all.", True),
        ("The panel's handbook says how marks are given.", True),
    ],
)
def test_a_paper_cited_before_what_it_says_holds_nothing_up_and_one_that_is_kept_back_does(source, held):
    assert (("E-CRIT-920", f"{PROGRAMME} moderation.source") in told(put("moderation.source", source))) is held
