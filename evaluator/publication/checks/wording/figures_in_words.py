"""The texts that decide something, and the check of those that promise averages."""

from collections.abc import Iterator

from evaluator.publication.checks.prose.phrases import Vocabulary, affirmed
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
from evaluator.records.programme.criteria import Criteria

Text = tuple[Source, str, str]  # its place, what it is, and what it says


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
    for sentence in () if criteria.moderation.combines else affirmed(criteria.moderation.source):
        word = words.first("averaging", sentence)
        if word:
            yield finding("E-CRIT-516", programme("moderation.source"), word=word)
