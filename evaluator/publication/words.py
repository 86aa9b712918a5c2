"""Phrases found in texts: how the phrases of words.toml are understood, and how texts are compared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from evaluator.records.check_words import CheckWords
from evaluator.records.criteria import Criteria

GAP = r"[\s,\-–—/()\"“”]+"
BETWEEN = rf"(?:[^\s.;!?]+{GAP}){{0,6}}?"
NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred"
)
NUMBER = rf"(?:£?[0-9][0-9,.]*[a-z%]*|{NUMBERS})"
AREA = "@area"
SPECIAL = {"…", "#", "@"}
NEVER = re.compile(r"(?!)")
SENTENCE = re.compile(r"(?<=[.!?;])\s+")
COUNCIL = re.compile(
    r"(?i)\([^)]*\)|\b(?:the|of|and|london|royal|city|borough|county|district|metropolitan|unitary|town|combined|"
    r"council|authority|an?|example)\b"
)
SMALL_WORDS = frozenset(  # that carry no meaning of their own
    plain_word
    for line in (
        "a an and are as at be been by can do does for from had has have how if in into is it its may not of on one or",
        "our shall should so than that the their them then there these they this those to up was we were what when",
        "where which who whom whose why will with would you your please describe explain",
    )
    for plain_word in line.split()
)


@dataclass(frozen=True)
class Vocabulary:
    """The words that checks look for, and the names of the programme's own area."""

    words: CheckWords
    area: tuple[str, ...]
    corpus: str  # everything that the criteria say: a phrase of which no word is there need not be looked for

    def first(self, name: str, text: str) -> str:
        """Give the first phrase of a list that stands in a text, as the text has it; else an empty text."""
        listed = getattr(self.words, name)
        if listed.except_:
            text = self._pattern(listed.except_).sub(" . ", text)
        found = self._pattern(listed.phrases).search(text)
        return " ".join(found.group().split()) if found else ""

    def without(self, name: str, text: str) -> str:
        """Give a text's words without the phrases of a list."""
        return plain(self._pattern(getattr(self.words, name).phrases).sub(" ", text))

    def _pattern(self, phrases: tuple[str, ...]) -> re.Pattern[str]:
        return _pattern(tuple(phrase for phrase in phrases if _may_stand(phrase, self.corpus)), self.area)

    def vague(self, text: str) -> str:
        """Give the first vague word of a sentence that has no figure and no exact condition; else an empty text."""
        found = (self.first("vague", part) for part in sentences(text) if not self.first("measured", part))
        return next(filter(None, found), "")


def vocabulary(words: CheckWords, criteria: Criteria) -> Vocabulary:
    """Give the words to look for in these criteria: ``@area`` stands for the council's own name too."""
    own = " ".join(COUNCIL.sub(" ", criteria.authority).split())
    said = " ".join(_texts(criteria.model_dump())).casefold().replace("’", "'")
    return Vocabulary(words, tuple(filter(None, (*words.area.phrases, own))), said)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, tuple | list) else ():
        yield from _texts(part)


@cache
def _may_stand(phrase: str, corpus: str) -> bool:
    """Whether every word of a phrase stands somewhere in the texts; other patterns would be made for nothing."""
    literal = (token for token in phrase.casefold().split() if not SPECIAL & set(token))
    return all(any(choice.rstrip("*") in corpus for choice in token.split("/")) for token in literal)


@cache
def _pattern(phrases: tuple[str, ...], area: tuple[str, ...]) -> re.Pattern[str]:
    if not phrases:
        return NEVER
    return re.compile(rf"(?<![\w'’])(?:{'|'.join(_phrase(one, area) for one in phrases)})(?![\w])", re.IGNORECASE)


def _phrase(phrase: str, area: tuple[str, ...]) -> str:
    """Write a phrase as a pattern; the "…" between two words is any few words of the same sentence."""
    tokens = phrase.split()
    parts = [BETWEEN if token == "…" else _token(token, area) + GAP for token in tokens]
    return "".join(parts).removesuffix(GAP)


def _token(token: str, area: tuple[str, ...]) -> str:
    choices = [_choice(one, area) for one in token.split("/")]
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


def _choice(word: str, area: tuple[str, ...]) -> str:
    if word == AREA:
        return f"(?:{'|'.join(GAP.join(map(re.escape, name.split())) for name in area)})" if area else "(?!)"
    if word == "#":
        return NUMBER
    return re.escape(word).replace("'", "['’]").replace(r"\*", r"[\w'’]*")


def sentences(text: str) -> list[str]:
    """Give a text's sentences, and the parts between semicolons.

    >>> sentences("One. Two; three 3.5 m.")
    ['One.', 'Two;', 'three 3.5 m.']
    """
    return [part for part in SENTENCE.split(text.strip()) if part]


def plain(text: str) -> str:
    """Reduce a text to its words, for comparison.

    >>> plain("  Meets the need, fully. ") == plain("meets the need - fully")
    True
    """
    return " ".join(re.findall(r"\w+", text.casefold()))


def stems(text: str) -> frozenset[str]:
    """Give the beginnings of a text's words that carry meaning.

    >>> sorted(stems("How will you involve the people?"))
    ['invol', 'peopl']
    """
    return frozenset(word[:5] for word in plain(text).split() if word not in SMALL_WORDS)


def affirmed(text: str) -> Iterator[str]:
    """Give the sentences of a text that deny nothing: what is "not averaged" is not averaged.

    >>> list(affirmed("Marks are averaged. Nothing is averaged."))
    ['Marks are averaged.']
    """
    return (part for part in sentences(text) if not re.search(r"(?i)\b(?:not|no|nothing|never|none|without)\b", part))
