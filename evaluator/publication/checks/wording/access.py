"""Checks of wording that keeps small, new or distant organisations out, or that assumes one group of people."""

from collections.abc import Iterator

from evaluator.publication.checks.prose.phrases import Vocabulary
from evaluator.publication.checks.wording.matters import what_is_asked
from evaluator.publication.locations import all_questions, numbered, programme
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.programme.criteria import Criteria


def questions_test_an_outcome(criteria: Criteria) -> Iterator[Finding]:
    """Find questions that name no outcome and no approach, in a programme that publishes outcomes."""
    for place, question in all_questions(criteria) if criteria.outcomes else ():
        if not question.outcomes and not question.approaches:
            yield finding("E-CRIT-708", place.key("outcomes"), question=question.id)


def nobody_is_kept_out_for_their_place(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find conditions that only those who are in the area already can meet."""
    yield from _found("E-CRIT-709", "local_only", criteria, words)


def small_and_new_organisations_can_compete(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find requirements that a new or small organisation cannot meet."""
    yield from _found("E-CRIT-710", "shuts_out", criteria, words)


def insurance_can_wait_for_the_contract(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find insurance that bidders must have before they know whether they have won, with no promise allowed instead."""
    for place, what, text in _texts(criteria):
        word = _asked(words, "early_cover", text)
        if word and not words.first("later_cover", text):
            yield finding("E-CRIT-711", place, what=what, word=word)


def nobody_is_left_out_by_words(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find words that assume one sex, one kind of family or one faith."""
    yield from _found("E-CRIT-712", "one_group", criteria, words)


def _found(code: str, listed: str, criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    for place, what, text in _texts(criteria):
        word = _asked(words, listed, text)
        if word:
            yield finding(code, place, what=what, word=word)


def _asked(words: Vocabulary, listed: str, text: str) -> str:
    """Give the first phrase of a list that stands in a text, but for what the text says is not asked for."""
    if not words.first(listed, text):
        return ""
    return next(filter(None, (words.first(listed, one) for one in what_is_asked(text))), "")


def _texts(criteria: Criteria) -> Iterator[tuple[Source, str, str]]:
    for place, gate in numbered(programme("gate").file, "gate", criteria.gate):
        yield place.key("predicate"), f"the gate {gate.id}", f"{gate.question} {gate.predicate}"
    for place, question in all_questions(criteria):
        yield place.key("text"), f"the question {question.id}", f"{question.text} {question.good_answer}"
