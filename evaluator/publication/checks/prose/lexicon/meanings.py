"""Every word and phrase of the lexicon, found by its first word, with what it stands for."""

from collections.abc import Mapping

from evaluator.publication.checks.prose.lexicon.grammar import GRAMMAR
from evaluator.publication.checks.prose.lexicon.outcomes import OUTCOMES
from evaluator.publication.checks.prose.lexicon.papers import PAPERS
from evaluator.publication.checks.prose.lexicon.people import PEOPLE
from evaluator.publication.checks.prose.lexicon.scores import SCORES
from evaluator.publication.checks.prose.lexicon.stems import stem

# A word stands for itself however it ends: "amend" is "amends", "amended" and "amending" too. What follows a
# semicolon is a phrase.
MEANINGS: Mapping[str, str] = {**GRAMMAR, **PEOPLE, **SCORES, **OUTCOMES, **PAPERS}


def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Give words and phrases by their first word, the longest first, each with what it stands for."""
    found: dict[str, set[tuple[tuple[str, ...], str]]] = {}
    for meaning, listed in MEANINGS.items():
        single, *several = listed.split(";")
        for words in (*single.split(), *several):
            key = tuple(stem(word) for word in words.split())
            found.setdefault(key[0], set()).add((key, meaning))
    return {first: tuple(sorted(each, key=lambda one: (-len(one[0]), one))) for first, each in found.items()}


PHRASES = _phrases()
