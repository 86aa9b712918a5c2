"""Checks of the questions' words: what is asked, what a good answer shows, and what it is asked for."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from evaluator.law.matters import matters, words_of
from evaluator.publication.checks.prose.lexicon.stems import stem
from evaluator.publication.checks.prose.phrases import SMALL_WORDS, Vocabulary, stems, words_only
from evaluator.publication.locations import Place, all_questions, common_questions, own_questions, programme
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.criteria import Criteria, Question

SHARED, LEAST_SHARED = 0.7, 3  # of the content words of the shorter of two questions, and so many at least
LEAST_WHOLE = 6  # words that two questions share with their good answers, or that a good answer of its own has
MOST_SHOWN = 25  # words of a question that stands beside another
ALIKE, LEAST_STEMS = 0.75, 4  # the share of two questions' words that both have, of at least so many


def questions_have_words(criteria: Criteria) -> Iterator[Finding]:
    """Find questions without a title, or that do not say what is asked, or what a good answer shows."""
    for place, question in all_questions(criteria):
        for key in ("title", "text", *(("good_answer",) if _names_good_answers(criteria) else ())):
            if not getattr(question, key).strip():
                yield finding("E-CRIT-703", place.key(key), question=question.id, key=key)


def _names_good_answers(criteria: Criteria) -> bool:
    """Whether the scale goes by the good answer of each question, so that none can be without one."""
    told = (criteria.scale.source, *(point.descriptor for point in criteria.scale.mark))
    return any("good answer" in text.casefold() for text in told)


def good_answers_can_be_seen(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find descriptions of a good answer that name nothing which an evaluator could look for."""
    for place, question in all_questions(criteria):
        word = words.vague(question.good_answer)
        if word and not words.first("shown", question.good_answer):
            yield finding("E-CRIT-702", place.key("good_answer"), question=question.id, word=word)


def nothing_is_scored_twice(criteria: Criteria) -> Iterator[Finding]:
    """Find the same question under two ids, in the same words or nearly, among those that one bid answers."""
    for theme in criteria.themes:
        asked: list[tuple[Place, Question]] = [*common_questions(criteria), *own_questions(theme)]
        for number, (place, question) in enumerate(asked):
            general = _general(one.good_answer for _, one in asked)
            other = next((first for _, first in asked[:number] if _same(first, question, general)), None)
            if other is not None:
                yield finding("E-CRIT-704", place.key("text"), question=question.id, other=other.id)


def _general(answers: Iterable[str]) -> frozenset[str]:
    """Give what stands as the good answer of most questions: it says how all are marked, and not what one asks."""
    counted = Counter(map(words_only, answers))
    return frozenset(one for one, times in counted.items() if times > 2 or 2 * times > counted.total() + 1)


def _same(first: Question, second: Question, general: frozenset[str]) -> bool:
    if first.id == second.id:
        return False  # found already: an id that is used twice
    own = not {words_only(first.good_answer), words_only(second.good_answer)} & general
    own = own and min(len(words_only(one.good_answer).split()) for one in (first, second)) >= LEAST_WHOLE
    return _alike(first.text, second.text) or (own and _alike(first.good_answer, second.good_answer))


def _alike(first: str, second: str) -> bool:
    """Whether two texts have the same words, or nearly the same words that carry meaning."""
    shorter, longer = sorted((words_only(first), words_only(second)), key=len)
    if not shorter:
        return False
    one, two = stems(first), stems(second)
    shared, most = len(one & two), len(one | two)
    within = len(shorter.split()) >= LEAST_STEMS and f" {shorter} " in f" {longer} "
    return shorter == longer or within or (shared >= LEAST_STEMS and shared >= ALIKE * most)


def nothing_may_be_asked_twice(criteria: Criteria) -> Iterator[Finding]:
    """Find two questions that test the same outcomes and share most of their content words in other sentences."""
    for theme in criteria.themes:
        asked: list[tuple[Place, Question]] = [*common_questions(criteria), *own_questions(theme)]
        for number, (place, question) in enumerate(asked):
            for _, first in asked[:number]:
                if _one_answer_would_do(first, question) and not _same(first, question, frozenset()):
                    facts = {"first": _short(first.text), "second": _short(question.text)}
                    yield finding("E-CRIT-971", place.key("text"), question=question.id, other=first.id, **facts)
                    break


def _one_answer_would_do(first: Question, second: Question) -> bool:
    """Whether most of the content words of the shorter of two questions stand in the other, with their outcomes."""
    if first.outcomes and second.outcomes and not set(first.outcomes) & set(second.outcomes):
        return False
    one, two = _content(f"{first.title} {first.text}"), _content(f"{second.title} {second.text}")
    shared, fewest = len(one & two), min(len(one), len(two))
    whole, other = one | _content(first.good_answer), two | _content(second.good_answer)
    if (
        first.id != second.id
        and shared >= 2
        and LEAST_WHOLE <= len(whole & other) >= SHARED * min(len(whole), len(other))
    ):
        return True
    if first.id != second.id and _about_one_thing(_content(first.text), _content(second.text)):
        return True
    enough = shared >= LEAST_SHARED or 1 < shared == fewest  # of short questions all
    return first.id != second.id and enough and shared >= SHARED * fewest


def _about_one_thing(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two questions share more than half of the words of the shorter one, their titles aside."""
    return len(one & two) >= LEAST_SHARED and 2 * len(one & two) > min(len(one), len(two))


@lru_cache(1024)
def _content(text: str) -> frozenset[str]:
    words = (word for word in words_only(text).split() if word not in SMALL_WORDS | words_of("asking"))
    return frozenset(_same_thing().get(root, root) for root in map(stem, words) if len(root) > 2)


@cache
def _same_thing() -> Mapping[str, str]:
    """Give for the stem of a word the one that stands for it and all words of its line."""
    lines = [line.split() for line in matters().words["same_thing"]]
    return {stem(word): stem(line[0]) for line in lines for word in line}


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:MOST_SHOWN]) + (" …" if len(words) > MOST_SHOWN else "")


def award_is_not_selection(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find questions that score the bidder's standing instead of the offer; a fund may look at who applies."""
    for place, question in all_questions(criteria) if criteria.regime != "grant" else ():
        word = words.first("selection", f"{question.title}. {question.text} {question.good_answer}")
        if word:
            yield finding("E-CRIT-705", place.key("text"), question=question.id, word=word)


def price_is_scored_once(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find questions of quality that score the price too, in themes that score it by a method."""
    priced = {theme.id for theme in criteria.themes if criteria.price_policy(theme.id) is not None}
    for place, question in all_questions(criteria):
        asked_in = {theme.id for theme in criteria.themes if question.id in theme.weights}
        word = words.first("price_again", f"{question.title}. {question.text} {question.good_answer}")
        if word and asked_in & priced:
            yield finding("E-CRIT-715", place.key("text"), question=question.id, word=word)


def weights_are_not_hidden(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find questions that promise weight, preference or deductions which no published weight holds."""
    for place, question in all_questions(criteria):
        for key in ("text", "good_answer"):
            word = words.first("hidden_weight", getattr(question, key))
            if word:
                yield finding("E-CRIT-117", place.key(key), question=question.id, word=word)


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
