"""What only a person can judge: every declared fact once, and every sentence that binds somebody or lets them act."""

import pytest

from evaluator.publication.judgement import to_judge
from tests.unit.publication.small_criteria import put, small

PLAIN = "The panel met in May 2026. It read all that was there"


@pytest.mark.parametrize(
    "sentence",
    [
        "You must be insured.",
        "The council may ask for more.",
        "May it be so.",
        "The officer will decide.",
        "The supplier shall keep records.",
        "A bid cannot be changed.",
        "The council reserves the right to award nothing.",
        "Late papers are read at the council’s sole discretion.",
        "Each bidder has to reply.",
        "You need to sign it.",
        "The head of service then decides in writing.",
        "The panel settles what concerns a single bid.",
        "Officers determine whether the condition is met.",
        "Where it is not met the bid is disregarded.",
        "No bid is refused for it.",
    ],
)
def test_a_sentence_with_force_is_judged_alone(sentence):
    points = to_judge(small(put("source", f"{PLAIN}. {sentence} It is signed")))
    assert [one.words for one in points if one.text.place.key == "source"] == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Decided on 3 May 2026.",
        "Will you be there?",
        "The canteen is open.",
        "It tells of the mustard factory.",
        "Families settle in the ward.",
    ],
)
def test_a_sentence_without_force_is_not(sentence):
    points = to_judge(small(put("source", f"{PLAIN}. {sentence}")))
    assert [one.words for one in points if one.text.place.key == "source"] == []


def test_a_fact_comes_once_with_its_sentence_and_why_it_stands_there():
    facts = [{"text": "60 clubs", "why": "How many there were in 2025."}]
    criteria = small(put("source", "Cabinet minutes. It told of 60 clubs. Nothing else"), put("facts", facts))
    (fact,) = [one for one in to_judge(criteria) if one.kind == "fact"]
    assert (fact.words, fact.within, fact.why) == ("60 clubs", "It told of 60 clubs.", "How many there were in 2025.")
    assert fact.text.place.key == "source"
