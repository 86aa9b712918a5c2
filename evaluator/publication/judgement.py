"""What only a person can judge before publication: declared facts, and sentences that bind somebody or let them act."""

import re
from collections.abc import Iterator

from evaluator.publication.checks.prose.sentences import parted
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.texts import Text, texts_of
from evaluator.records.reviewed import Point

FORCE = re.compile(
    r"""(?ix) \b(?: must | shall | will | should | cannot | (?:has|have|is|are|be)\ (?:to|required|entitled|obliged)
    | need(?:s|ed)?\ (?:to|not) | reserves?\ the\ right | at\ (?:its|our|their|the\ [\w’']+)\ (?:sole\ )?discretion
    | (?<!\d\ )(?:may|can)(?!\ \d) | (?<!to\ )(?<!you\ )(?:decides?|determines?|settles?(?!\ in\b))
    | (?:is|are)\ (?:then\ |not\ )?(?:disregarded|disqualified|excluded|refused|rejected) )\b"""
)


def to_judge(criteria: Criteria) -> tuple[Point, ...]:
    """Give every declared fact and every sentence with force, text by text, each as it is shown to bidders.

    A fact comes once, with the first text in which it stands.
    """
    declared: set[tuple[int, str]] = set()
    return tuple(point for text in texts_of(criteria) for point in (*_facts(text, declared), *_with_force(text)))


def _facts(text: Text, declared: set[tuple[int, str]]) -> Iterator[Point]:
    """Give the facts declared beside a text that stand in it, and were not given before."""
    for fact in text.facts:
        words, known = " ".join(fact.text.split()), (id(text.record), fact.text)
        if known not in declared and words in " ".join(text.written.split()):
            declared.add(known)
            within = next((one for one in parted(text.words) if words in one and words != one), "")
            yield Point("fact", text, words, fact.why, within)


def _with_force(text: Text) -> Iterator[Point]:
    """Give the sentences with force; a title has none, and a question only asks."""
    for sentence in parted(text.words) if text.key != "title" else ():
        if FORCE.search(sentence) and not sentence.endswith("?"):
            yield Point("force", text, sentence)
