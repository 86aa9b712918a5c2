"""Checks of wording that keeps small, new or distant organisations out, or that assumes one group of people."""

import re
from collections.abc import Iterator

from evaluator.publication.places import all_questions, numbered, programme
from evaluator.publication.words import EARLY_COVER, LATER_COVER, LOCAL_ONLY, ONE_GROUP, SHUTS_OUT, first
from evaluator.records.catalogue import finding
from evaluator.records.criteria import Criteria
from evaluator.records.source import Finding, Source


def questions_test_an_outcome(criteria: Criteria) -> Iterator[Finding]:
    """Find questions that name no outcome and no approach, in a programme that publishes outcomes."""
    for place, question in all_questions(criteria) if criteria.outcomes else ():
        if not question.outcomes and not question.approaches:
            yield finding("E-CRIT-708", place.key("outcomes"), question=question.id)


def nobody_is_kept_out_for_their_place(criteria: Criteria) -> Iterator[Finding]:
    """Find conditions that only those who are in the area already can meet."""
    yield from _found("E-CRIT-709", criteria, LOCAL_ONLY)


def small_and_new_organisations_can_compete(criteria: Criteria) -> Iterator[Finding]:
    """Find requirements that a new or small organisation cannot meet."""
    yield from _found("E-CRIT-710", criteria, SHUTS_OUT)


def insurance_can_wait_for_the_contract(criteria: Criteria) -> Iterator[Finding]:
    """Find insurance that bidders must have before they know whether they have won, with no promise allowed instead."""
    for place, what, text in _texts(criteria):
        word = first(EARLY_COVER, text)
        if word and not first(LATER_COVER, text):
            yield finding("E-CRIT-711", place, what=what, word=word)


def nobody_is_left_out_by_words(criteria: Criteria) -> Iterator[Finding]:
    """Find words that assume one sex, one kind of family or one faith."""
    yield from _found("E-CRIT-712", criteria, ONE_GROUP)


def _found(code: str, criteria: Criteria, words: re.Pattern[str]) -> Iterator[Finding]:
    for place, what, text in _texts(criteria):
        word = first(words, text)
        if word:
            yield finding(code, place, what=what, word=word)


def _texts(criteria: Criteria) -> Iterator[tuple[Source, str, str]]:
    for place, gate in numbered(programme("gate").file, "gate", criteria.gate):
        yield place.key("predicate"), f"the gate {gate.id}", f"{gate.question} {gate.predicate}"
    for place, question in all_questions(criteria):
        yield place.key("text"), f"the question {question.id}", f"{question.text} {question.good_answer}"
