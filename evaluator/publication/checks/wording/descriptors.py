"""Checks of the words that earn a mark: whether two people would give the same one, and what the highest asks for."""

import re
from collections.abc import Container, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

from evaluator.law.matters import matters, words_of
from evaluator.publication.checks.prose.lexicon.stems import stem
from evaluator.publication.checks.prose.phrases import NUMBER, Vocabulary, sentences, words_only
from evaluator.publication.checks.wording.listed import Listed, Lists, listed, lists_of
from evaluator.publication.locations import PROGRAMME, Place, all_questions, numbered
from evaluator.records.english import short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Severity
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.scales import ScaleMark

HOW_MUCH = re.compile(rf"(?i)\b(?:by|at least|more than|with|gives?|names?)\s+(?:\w+\s+){{0,2}}{NUMBER}")

DEGREES = frozenset({"E-CRIT-207", "E-CRIT-209", "E-CRIT-210"})
CLAUSES = re.compile(r"[,;:.]|\band\b|\bwith\b")
TITLED = re.compile(r"^\s*(?:\w+\s?){1,3}:")  # a descriptor that begins with its label
TOLD = (
    "describ|explain|show|gave|give|set|address|provid|demonstrat|underst|met|answer|evidenc|identif|consider|submit|"
    "fail|left|cover|deal|dealt|nam|stat|said|clear|able|unlikely|likely|good|full|strong|"
    "some|little|limited"
)
OF_THE_BIDDER = re.compile(
    rf"(?i)\b(?:bidder|tenderer|applicant|supplier|you)\b (?:also |already )?"
    rf"(?:has|have|holds?|runs?|pays?|employs?|owns?|belongs?|delivered|won)\b "
    rf"(?!(?:\w+ly )?(?:an? )?(?:{TOLD}))[\w ]{{3,60}}"
)
NOT_ASKED = re.compile(r"(?i)\b(?:were |was |are |is )?not (?:asked for|requested|specified)")


def top_mark_can_be_reached(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find a highest mark for exceeding something, where nothing says by how much."""
    for place, point in _points(criteria):
        word = exceeding(words, TITLED.sub("", point.descriptor))
        if point.mark == criteria.scale.highest and word:
            made = finding("E-CRIT-207", place.key("descriptor"), mark=decimal_text(point.mark), word=word)
            yield _by_regime(criteria, made)


def good_answers_can_be_given(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find good answers that must exceed something, where nothing says by how much."""
    for place, question in all_questions(criteria):
        word = exceeding(words, question.good_answer)
        if word:
            yield finding("E-CRIT-713", place.key("good_answer"), question=question.id, word=word)


def exceeding(words: Vocabulary, text: str) -> str:
    """Give the word by which a text asks for more than was asked, unless its sentence says how much more."""
    for sentence in sentences(text):
        word = words.first("exceeding", sentence)
        if word and not _denied(sentence) and not HOW_MUCH.search(sentence[sentence.find(word.split()[0]) :]):
            return word
    return ""


def _by_regime(criteria: Criteria, found: Finding) -> Finding:
    """Make a note of it where no contract is awarded: a fund may judge by degrees, and says how far."""
    return replace(found, severity=Severity.NOTE) if criteria.regime == "grant" else found


def told_of_grants(found: list[Finding]) -> Iterator[Finding]:
    """Leave one note of the words that earn marks, the gravest: funds mark by degrees, and one is enough."""
    of_degree = [one for one in found if one.code in DEGREES and one.severity is Severity.NOTE]
    first = min(of_degree, key=lambda one: (one.code, one.source), default=None)
    yield from (one for one in found if one not in of_degree or one == first)


def _denied(sentence: str) -> bool:
    """Whether a sentence denies what it says; what is "not asked for" is all the more beyond what was asked."""
    said = NOT_ASKED.sub("", sentence)
    return bool(re.search(r"(?i)\b(?:nothing|not|no|without|never)\b", said))


def full_compliance_earns_the_top(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find a mark below the highest that is for full compliance, so that nothing says what earns the rest.

    Where the highest is for full compliance too, what else it names tells the two apart.
    """
    tops = (one.descriptor for _, one in _points(criteria) if one.mark == criteria.scale.highest)
    if any(words.first("full_compliance", top) for top in tops):
        return
    for place, point in _points(criteria):
        word = words.first("full_compliance", point.descriptor)
        if word and point.mark < criteria.scale.highest and not _but(point.descriptor):
            highest = decimal_text(criteria.scale.highest)
            where = place.key("descriptor")
            yield finding("E-CRIT-211", where, mark=decimal_text(point.mark), word=word, highest=highest)


def _but(text: str) -> bool:
    """Whether a descriptor takes back part of what it says, which leaves room for a higher mark."""
    return bool(
        re.search(r"(?i)\b(?:but|except|although|though|however|apart from|with .{0,200}(?:missing|thin|open))\b", text)
    )


def marks_differ_by_more_than_degree(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find two marks that only a word such as "very" tells apart."""
    for lower, place, higher in _only_degree(criteria, words):
        facts = {"mark": decimal_text(higher.mark), "other": decimal_text(lower.mark)}
        yield _by_regime(criteria, finding("E-CRIT-209", place.key("descriptor"), **facts))


def _only_degree(criteria: Criteria, words: Vocabulary) -> Iterator[tuple[ScaleMark, Place, ScaleMark]]:
    for (_, lower), (place, higher) in pairwise(_points(criteria)):
        low, high = (words.without("degree", point.descriptor) for point in (lower, higher))
        if low == high and words_only(lower.descriptor) != words_only(higher.descriptor):
            yield lower, place, higher


def descriptors_can_be_seen(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find descriptors that rest on a vague word, or say no more than their label: one finding for the scale."""
    told = [higher for _, _, higher in _only_degree(criteria, words)]
    found = [
        (place, point, word)
        for place, point in _points(criteria)
        if point not in told and (word := _unseen(criteria, words, point))
    ]
    if found:
        place, point, word = found[0]
        others = [decimal_text(one.mark) for _, one, _ in found[1:]]
        also = f"; so do the marks {short_listing(others)} on theirs" if len(others) > 1 else ""
        also = also or (f"; so does the mark {others[0]}" if others else "")
        yield finding("E-CRIT-210", place.key("descriptor"), mark=decimal_text(point.mark), word=word, also=also)


def _unseen(criteria: Criteria, words: Vocabulary, point: ScaleMark) -> str:
    """Give the word that a descriptor rests on, unless it is the highest and found to ask for more than was asked."""
    if point.mark == criteria.scale.highest and exceeding(words, point.descriptor):
        return ""
    bare = words_only(point.descriptor) and words_only(point.descriptor) == words_only(point.label)
    return words.vague(point.descriptor) or (point.label if bare else "")


def descriptors_need_what_is_asked(criteria: Criteria) -> Iterator[Finding]:
    """Find descriptors that need what no question asks for: a criterion that nobody was told of."""
    asked = {
        name
        for _, question in all_questions(criteria)
        for text in (question.title, question.text, question.good_answer)
        for sentence in _on_subjects(text)
        for name in sentence.at
    }
    for place, point in _points(criteria):
        word = next(filter(None, (_unasked(one, asked) for one in _on_subjects(point.descriptor))), "")
        if word:
            yield finding("E-CRIT-957", place.key("descriptor"), mark=decimal_text(point.mark), word=word)


def descriptors_look_at_answers(criteria: Criteria) -> Iterator[Finding]:
    """Find descriptors of the programme's scale that look at what bidders are, or speak of what nothing else does."""
    told = {one.source for one in descriptors_need_what_is_asked(criteria)}
    for place, point in _points(criteria):
        own = _of_the_bidder(point)
        top = point.mark == criteria.scale.highest
        word = own or (_foreign(criteria, point) if top else "")
        if word and place.key("descriptor") not in told:
            found = finding("E-CRIT-957", place.key("descriptor"), mark=decimal_text(point.mark), word=word)
            yield found if own else replace(found, severity=Severity.NOTE)  # an idiom can look like another matter


def _of_the_bidder(point: ScaleMark) -> str:
    """Give the words by which a descriptor looks at what the bidder is or has, and not at what it answers."""
    found = OF_THE_BIDDER.search(point.descriptor)
    return found.group() if found and not _denied(point.descriptor) else ""


def _foreign(criteria: Criteria, top: ScaleMark) -> str:
    """Give the first clause of a mark that speaks of two things which nothing else in scale or questions does."""
    told = [text for _, one in all_questions(criteria) for text in (one.title, one.text, one.good_answer)]
    told += (one.descriptor for one in criteria.scale.mark if one is not top)
    known = _scale_words().union(stem(word) for text in told for word in words_only(text).split())
    for clause in CLAUSES.split(top.descriptor):
        strange = {
            root
            for word in words_only(clause).split()
            if len(root := stem(word)) > 3 and root not in known and not word.endswith("ly")
        }
        if len(strange) > 1:
            return clause.strip()
    return ""


@cache
def _scale_words() -> frozenset[str]:
    return frozenset(map(stem, words_of("descriptors")))


def _unasked(sentence: Listed, asked: Container[str]) -> str:
    """Give the words of a sentence on a subject that is not asked about; none where it denies what it says."""
    spans = [span for name, each in sentence.at.items() if name not in asked for span in each]
    first, last = min((span for span in spans if not sentence.denies(span[0])), default=(0, -1))
    return sentence.quoted(first, last) if last >= first else ""


@lru_cache(4096)
def _on_subjects(text: str) -> tuple[Listed, ...]:
    return tuple(listed(text, _subjects()))


@cache
def _subjects() -> Lists:
    return lists_of(matters().subjects)


def _points(criteria: Criteria) -> list[tuple[Place, ScaleMark]]:
    return list(numbered(PROGRAMME, "scale.mark", criteria.scale.mark))
