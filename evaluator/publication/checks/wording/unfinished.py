"""Checks that texts are finished: no draft, no placeholder, no words of the starter library left in."""

import re
from collections.abc import Iterator

from evaluator.publication.checks.prose.phrases import Vocabulary
from evaluator.publication.locations import whose
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.texts import texts_of

# Brackets with words in them, but for the year of a case and for what an editor adds to a quotation.
PLACEHOLDER = re.compile(
    r"\[(?!\s*(?:[0-9]{4}|sic|\.\.\.)\s*\])[^\]\n]{0,60}[^\W\d_…][^\]\n]{0,60}\]|\[\s*(?:…|\.{2,}|_+|\?+)?\s*\]|"
    r"<[A-Za-z][^<>\n]{1,60}>|\{[^{}\n]{1,60}\}|_{3,}|\?{2,}|£\s*(?:x+|[_….?]+)(?!\w)|"
    r"\b(?i:ward|name|date|amount|figure|council|officer|service|page) X{1,3}\b"
)


def texts_are_finished(criteria: Criteria, words: Vocabulary) -> Iterator[Finding]:
    """Find texts that were to be written later, in what is published now."""
    for text in texts_of(criteria):
        found = PLACEHOLDER.search(text.words)
        word = found.group() if found else words.first("unfinished", text.words)
        if word and not text.shown.unknown:
            yield finding("E-CRIT-714", text.place, what=whose(text), word=word)
