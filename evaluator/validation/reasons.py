"""Reasons that may not stand up: notes for the moderator, never a change of a mark and never in the way of an award.

The words that are looked for are data, in ``reasons.toml``. Each check is a function from one reason and what surrounds
it to the phrase that it stumbled on, or an empty text.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache

from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria, Question
from evaluator.records.programme.reasons import ReasonRules
from evaluator.records.submissions.moderation import Discussed, Given

WORD = re.compile(r"[\w£]+(?:['’-]\w+)*")
GAP = "…"
BETWEEN = r"(?:\W+[\w'’-]+){0,6}\W+"
NAMED_MARK = re.compile(
    r"\b(?:a mark of|marked at|scored at|scores a|merits a|worth a|deserves a) ([0-9]+(?:\.[0-9]+)?)\b"
)
Place = tuple[str, str, str]  # bid or organisation, question, evaluator
SHORTEST_NAME = 6  # letters of an organisation's name that is looked for


@dataclass(frozen=True)
class Surroundings:
    """What the checks know beside one reason."""

    rules: ReasonRules
    criteria: Criteria
    names: tuple[str, ...]  # every organisation's, in small letters
    subjects: frozenset[str]  # every bid and organisation by id
    copies: dict[str, tuple[Place, ...]]  # the answers that share the same words

    @cached_property
    def descriptors(self) -> frozenset[tuple[str, ...]]:
        """The runs of words that stand in the scales' descriptors."""
        run, own = self.rules.repeats.run, self.criteria.own_descriptors
        points = (f"{point.label} {point.descriptor}" for scale in self.criteria.scales for point in scale.mark)
        return frozenset(one for text in (*points, *own) for one in _runs(text, run))


Look = Callable[[Given, Discussed, Surroundings], str]


def with_notes(rules: ReasonRules, criteria: Criteria, answers: tuple[Discussed, ...]) -> tuple[Discussed, ...]:
    """Give the answers with a note for each reason that may not stand up, in order of evaluator and kind."""
    around = surroundings(rules, criteria, answers)
    return tuple(replace(one, notes=tuple(_notes(one, around))) for one in answers)


def notes_on(around: Surroundings, answer: Discussed) -> tuple[Finding, ...]:
    """Give the notes of one answer alone, as they are when all of the answers are looked at."""
    return tuple(_notes(answer, around))


def surroundings(rules: ReasonRules, criteria: Criteria, answers: tuple[Discussed, ...]) -> Surroundings:
    """Gather once what every reason is held against: the other bids, bidders and reasons."""
    return Surroundings(
        rules=rules,
        criteria=criteria,
        names=tuple(sorted({_normalised(one.name) for one in answers if len(one.name) >= SHORTEST_NAME})),
        subjects=frozenset(one.subject.casefold() for one in answers),
        copies=_copies(rules, answers),
    )


def _notes(answer: Discussed, around: Surroundings) -> Iterator[Finding]:
    for given in answer.given:
        for code, look in LOOKS:
            phrase = look(given, answer, around)
            if phrase:
                facts = {"evaluator": given.evaluator, "phrase": phrase, "mark": decimal_text(given.mark)}
                yield finding(code, given.source, **facts, bid=answer.subject, question=answer.question.id)


def repeats_the_descriptor(given: Given, _: Discussed, around: Surroundings) -> str:
    """Find a reason most of whose words, in their order, are the scale's own."""
    runs = list(_runs(given.reason, around.rules.repeats.run))
    taken = sum(one in around.descriptors for one in runs)
    if runs and Fraction(taken, len(runs)) * 100 >= Fraction(around.rules.repeats.share):
        return f"{taken} of its {len(runs)} runs of {around.rules.repeats.run} words"
    return ""


def is_copied(given: Given, answer: Discussed, around: Surroundings) -> str:
    """Find a reason that stands word for word elsewhere, about another bid or by another evaluator."""
    places = around.copies.get(" ".join(_words(given.reason)), ())
    own = (answer.subject, given.evaluator)  # an empty bid is empty at every question
    others = [f"{subject} {asked} ({who})" for subject, asked, who in places if (subject, who) != own]
    return ", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")


def compares_bids(given: Given, answer: Discussed, around: Surroundings) -> str:
    """Find a comparison with another bid, or another bid's or bidder's name."""
    text = _normalised(given.reason)
    found = _first(around.rules.compares.phrases, text)
    if found:
        return found
    own = {answer.subject.casefold(), *_words(answer.name)}
    named = next((word for word in _words(text) if word in around.subjects and word not in own), "")
    if named:
        return named.upper()
    rest = text.replace(_normalised(answer.name), " ") if answer.name else text
    return next((name for name in around.names if name in rest and re.search(rf"\b{re.escape(name)}\b", rest)), "")


def mentions_price(given: Given, answer: Discussed, around: Surroundings) -> str:
    """Find a mention of price, unless the question itself asks about it in that word."""
    text = _normalised(given.reason)
    for phrase in around.rules.price.except_:
        text = text.replace(phrase, " ")
    asked = _asked(answer.question)
    return _first((phrase for phrase in around.rules.price.phrases if not _first((phrase,), asked)), text)


def relies_on_more_than_the_bid(given: Given, _: Discussed, around: Surroundings) -> str:
    """Find words of somebody who knows more than the bid says."""
    return _first(around.rules.outside.phrases, _normalised(given.reason))


def contradicts_its_mark(given: Given, answer: Discussed, around: Surroundings) -> str:
    """Find words that do not go with the highest or the lowest mark, or that name another mark."""
    text, marks = _normalised(given.reason), around.criteria.scale_for(answer.question.id).marks
    named = NAMED_MARK.search(text)
    if named and named[1] != decimal_text(given.mark):
        return named[0]
    if given.mark == max(marks):
        return _first(around.rules.contradicts.top, text)
    return _first(around.rules.contradicts.bottom, text) if given.mark == min(marks) else ""


def names_nothing_asked(given: Given, answer: Discussed, around: Surroundings) -> str:
    """Find a reason that shares no word of meaning with its question."""
    letters, common = around.rules.asked.letters, frozenset(around.rules.asked.common)
    asked = _meanings(_asked(answer.question), letters, common)
    said = _meanings(_normalised(given.reason), letters, common)
    return "" if asked & said else " ".join(given.reason.split()[:6])


LOOKS: tuple[tuple[str, Look], ...] = (
    ("E-REASON-001", repeats_the_descriptor),
    ("E-REASON-002", is_copied),
    ("E-REASON-003", compares_bids),
    ("E-REASON-004", mentions_price),
    ("E-REASON-005", relies_on_more_than_the_bid),
    ("E-REASON-006", contradicts_its_mark),
    ("E-REASON-007", names_nothing_asked),
)


def _copies(rules: ReasonRules, answers: tuple[Discussed, ...]) -> dict[str, tuple[Place, ...]]:
    """Gather the places of each reason that stands word for word in more than one."""
    places: dict[str, list[Place]] = defaultdict(list)
    for answer in answers:
        for given in answer.given:
            words = _words(given.reason)
            if len(words) >= rules.copied.least_words:
                places[" ".join(words)].append((answer.subject, answer.question.id, given.evaluator))
    return {text: tuple(where) for text, where in places.items() if len(where) > 1}


def _normalised(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split())


def _words(text: str) -> list[str]:
    return WORD.findall(_normalised(text))


def _runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    words = _words(text)
    return (tuple(words[at : at + length]) for at in range(len(words) - length + 1))


def _first(phrases: Iterable[str], text: str) -> str:
    for phrase in phrases:
        if phrase.split(" ", 1)[0] in text:
            found = _pattern(phrase).search(text)
            if found:
                return found[0]
    return ""


@lru_cache(maxsize=1000)
def _pattern(phrase: str) -> re.Pattern[str]:
    parts = (r"\W+".join(map(re.escape, part.split())) for part in phrase.split(GAP))
    return re.compile(rf"\b{BETWEEN.join(parts)}\b")


def _asked(question: Question) -> str:
    return _normalised(f"{question.title} {question.text} {question.good_answer}")


def _meanings(text: str, letters: int, common: frozenset[str]) -> set[str]:
    return {word[:letters] for word in _words(text) if len(word) >= letters and word not in common}
