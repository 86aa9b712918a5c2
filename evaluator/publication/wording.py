"""Checks of the questions' words: what is asked, what a good answer shows, and what it is asked for."""

from collections.abc import Iterator

from evaluator.publication.places import all_questions, common_questions, own_questions, programme
from evaluator.publication.words import SELECTION, SHOWN, first, plain, vague_word
from evaluator.records.catalogue import finding
from evaluator.records.criteria import Criteria
from evaluator.records.source import Finding


def questions_have_words(criteria: Criteria) -> Iterator[Finding]:
    """Find questions without a title, or that do not say what is asked, or what a good answer shows."""
    for place, question in all_questions(criteria):
        for key in ("title", "text", "good_answer"):
            if not getattr(question, key).strip():
                yield finding("E-CRIT-703", place.key(key), question=question.id, key=key)


def good_answers_can_be_seen(criteria: Criteria) -> Iterator[Finding]:
    """Find descriptions of a good answer that name nothing which an evaluator could look for."""
    for place, question in all_questions(criteria):
        word = vague_word(question.good_answer)
        if word and not SHOWN.search(question.good_answer):
            yield finding("E-CRIT-702", place.key("good_answer"), question=question.id, word=word)


def nothing_is_scored_twice(criteria: Criteria) -> Iterator[Finding]:
    """Find the same question under two ids among those that one bid answers."""
    for theme in criteria.themes:
        seen: dict[str, str] = {}
        for place, question in (*common_questions(criteria), *own_questions(theme)):
            words = plain(question.text)
            if words and seen.setdefault(words, question.id) != question.id:
                yield finding("E-CRIT-704", place.key("text"), question=question.id, other=seen[words])


def award_is_not_selection(criteria: Criteria) -> Iterator[Finding]:
    """Find questions that score the bidder's standing instead of the offer."""
    for place, question in all_questions(criteria):
        word = first(SELECTION, f"{question.title} {question.text} {question.good_answer}")
        if word:
            yield finding("E-CRIT-705", place.key("text"), question=question.id, word=word)


def outcomes_are_published(criteria: Criteria) -> Iterator[Finding]:
    """Find questions that claim to test an outcome or approach that the programme does not publish."""
    for place, question in all_questions(criteria):
        for key, named in (("outcomes", question.outcomes), ("approaches", question.approaches)):
            for name in named:
                if name not in getattr(criteria, key):
                    yield finding("E-CRIT-706", place.key(key), question=question.id, name=name, key=key)


def outcomes_are_tested(criteria: Criteria) -> Iterator[Finding]:
    """Find outcomes that no question tests."""
    tested = {name for _, question in all_questions(criteria) for name in question.outcomes}
    for name in criteria.outcomes:
        if name not in tested:
            yield finding("E-CRIT-707", programme(f"outcomes.{name}"), name=name)
