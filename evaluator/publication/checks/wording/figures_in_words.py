"""Checks of what the criteria say in words about rules that they also publish as figures, and of unfinished texts."""

import re
from collections.abc import Iterator
from decimal import Decimal

from evaluator.publication.checks.wording.phrases import Vocabulary, affirmed
from evaluator.publication.locations import (
    PROGRAMME,
    all_questions,
    all_rules,
    in_theme,
    numbered,
    price_policies,
    programme,
)
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.numbers import decimal_text
from evaluator.records.programme.criteria import Criteria, Question
from evaluator.records.programme.rules import OrganisationAwards

Text = tuple[Source, str, str]  # its place, what it is, and what it says
NUMBER = r"([0-9]{1,12}(?:\.[0-9]{1,12})?)\s{0,9}"
WORTH = re.compile(
    rf"(?i)\b(?:worth|weight(?:ing|ed)?(?: of| at| is)?|counts? for|carries|carry)\s{{0,9}}:?\s{{0,9}}{NUMBER}"
    rf"(?:%|per ?cent|points|marks)|[\[(]{NUMBER}(?:%|per ?cent|marks|points)(?: weighting)?[\])]"
)
PLACES = re.compile(
    r"(?i)\b([0-6]|no|nought|zero|one|two|three|four|five|six)\s*(?:decimal\s+(?:place|point)s?|d\.?p)\b"
    r"|\b(whole)\s+(?:number|point)s?\b|\b(integer)s?\b"
)
IN_DIGITS = {
    "no": 0,
    "nought": 0,
    "zero": 0,
    "whole": 0,
    "integer": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
}


def texts(criteria: Criteria) -> Iterator[Text]:
    """Give every published text that decides something, with its place."""
    for place, point in numbered(PROGRAMME, "scale.mark", criteria.scale.mark):
        yield place.key("descriptor"), f"the mark {decimal_text(point.mark)}", point.descriptor
    for place, gate in numbered(PROGRAMME, "gate", criteria.gate):
        for key in ("question", "predicate", "on_failure"):
            yield place.key(key), f"the gate {gate.id}", getattr(gate, key)
    for place, question in all_questions(criteria):
        for key in ("text", "good_answer"):
            yield place.key(key), f"the question {question.id}", getattr(question, key)
    for theme in criteria.themes:
        yield in_theme(theme, "summary"), f"the theme {theme.id}", theme.summary
    yield from _sources(criteria)


def _sources(criteria: Criteria) -> Iterator[Text]:
    for key in ("rounding", "moderation", "tie_break", "allocation"):
        part = getattr(criteria, key)
        if part is not None:
            yield programme(f"{key}.source"), f"what is said of {key.replace('_', '-')}", part.source
    for place, policy, _ in price_policies(criteria):
        yield place.key("source"), "what is said of the price", policy.source
    for place, rule in all_rules(criteria):
        yield place.key("title"), f"the rule {rule.id}", f"{rule.title}. {rule.source}"


def nothing_is_averaged(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find words that promise averaged marks, beside a method of moderation that agrees them."""
    for sentence in affirmed(criteria.moderation.source):
        word = words.first("averaging", sentence)
        if word:
            yield finding("E-CRIT-516", programme("moderation.source"), word=word)


def weights_are_said_as_published(criteria: Criteria) -> Iterator[Finding]:
    """Find questions that say of themselves another weight than the one that is published."""
    for place, question in all_questions(criteria):
        published = {theme.weights[question.id] for theme in criteria.themes if question.id in theme.weights}
        for key in ("title", "text", "good_answer"):
            said = _said(question, key)
            if said is not None and published and said not in published:
                weights = " or ".join(sorted(map(decimal_text, published)))
                facts = {"said": decimal_text(said), "published": weights}
                yield finding("E-CRIT-118", place.key(key), question=question.id, **facts)


def _said(question: Question, key: str) -> Decimal | None:
    found = WORTH.search(getattr(question, key))
    return Decimal(found[1] or found[2]) if found else None


def rounding_is_said_as_published(criteria: Criteria) -> Iterator[Finding]:
    """Find words about decimal places that differ from the published number of them."""
    for found in PLACES.findall(criteria.rounding.source):
        text = "".join(found).lower()
        said = int(text) if text.isdigit() else IN_DIGITS[text]
        if said != criteria.rounding.places:
            yield finding("E-CRIT-515", programme("rounding.source"), said=said, places=criteria.rounding.places)


def lot_limits_are_rules(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find words that limit what one bidder can win, where no rule does so."""
    if any(isinstance(rule, OrganisationAwards) for rule in criteria.rules):
        return
    for place, what, text in texts(criteria):
        word = words.first("lot_limit", text)
        if word and re.search(
            r"(?i)\b(?:bidder|organisation|supplier|applicant|provider|tenderer|each|any one|one)", text
        ):
            yield finding("E-CRIT-618", place, what=what, word=word)
