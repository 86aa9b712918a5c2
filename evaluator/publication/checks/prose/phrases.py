"""Phrases found in texts: how the phrases of words.toml are understood, and how texts are compared."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.looked_for.check_words import CheckWords

GAP = r"[\s,\-–—/()\"“”]+"
BETWEEN = rf"(?:[^\s.;!?]+{GAP}){{0,6}}?"
NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred"
)
NUMBER = rf"(?:£?[0-9][0-9,.]*[a-z%]*|{NUMBERS})"
AREA = "@area"
SPECIAL = {"…", "#", "@"}
LETTERS = 4  # by which a word is looked up
LETTERS_IN = re.compile(rf"(?<![a-z'])[a-z]{{{LETTERS}}}")
BEGINS = re.compile(rf"[a-z]{{{LETTERS}}}")
SENTENCE = re.compile(r"(?<=[.!?;])\s+")
COUNCIL = re.compile(
    r"(?i)\([^()]{0,200}\)|\b(?:the|of|and|london|royal|city|borough|county|district|metropolitan|unitary|"
    r"town|combined|"
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

    def first(self, name: str, text: str) -> str:
        """Give the first phrase of a list that stands in a text, as the text has it; else an empty text."""
        listed = getattr(self.words, name)
        return _first(listed.phrases, listed.except_, self.area, text)

    def without(self, name: str, text: str) -> str:
        """Give a text's words without the phrases of a list."""
        return words_only(_cut(getattr(self.words, name).phrases, self.area, text, " "))

    def vague(self, text: str) -> str:
        """Give the first vague word of a sentence that has no figure and no exact condition; else an empty text."""
        found = (self.first("vague", part) for part in sentences(text) if not self.first("measured", part))
        return next(filter(None, found), "")


@lru_cache(8192)
def _first(phrases: tuple[str, ...], but: tuple[str, ...], area: tuple[str, ...], text: str) -> str:
    text = _cut(but, area, text, " . ")
    found = [one for pattern in _patterns(phrases, area, text) if (one := pattern.search(text))]
    first = min(found, key=lambda one: (one.start(), -one.end()), default=None)
    return " ".join(first.group().split()) if first else ""


def _cut(phrases: tuple[str, ...], area: tuple[str, ...], text: str, instead: str) -> str:
    for pattern in _patterns(phrases, area, text):
        text = pattern.sub(instead, text)
    return text


def _patterns(phrases: tuple[str, ...], area: tuple[str, ...], text: str) -> Iterator[re.Pattern[str]]:
    """Give the patterns of the phrases whose words all stand in a text; others would be made for nothing."""
    low = text.casefold().replace("’", "'")
    index = _by_beginning(phrases)
    words, beginnings = _words_of(low)
    near = sorted({at for beginning in index.keys() & beginnings for at in index[beginning]})
    return (_pattern(phrases[at], area) for at in near if _may_stand(phrases[at], low, words))


def vocabulary(words: CheckWords, criteria: Criteria) -> Vocabulary:
    """Give the words to look for in these criteria: ``@area`` stands for the council's own name too."""
    return Vocabulary(words, tuple(filter(None, (*words.area.phrases, own_area(criteria)))))


def own_area(criteria: Criteria) -> str:
    """Give the council's name without what every council's has; empty where nothing is left of it."""
    return " ".join(COUNCIL.sub(" ", criteria.authority).split())


@lru_cache(4096)
def _words_of(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give the words of a text, and what they begin with."""
    return frozenset(re.findall(r"\w+", text)), frozenset({"", *LETTERS_IN.findall(text)})


def _may_stand(phrase: str, text: str, words: frozenset[str]) -> bool:
    """Whether the words of a phrase all stand in a text, in whatever order."""
    return all(
        any(one in words if one.isalpha() else one.rstrip("*") in text for one in choices)
        for choices in _literals(phrase)
    )


@cache
def _by_beginning(phrases: tuple[str, ...]) -> Mapping[str, tuple[int, ...]]:
    """Give the places of the phrases by what one of their words begins with; by "" those without a long word."""
    found: dict[str, list[int]] = {}
    for at, phrase in enumerate(phrases):
        for beginning in _beginnings(phrase):
            found.setdefault(beginning, []).append(at)
    return {beginning: tuple(places) for beginning, places in found.items()}


def _beginnings(phrase: str) -> frozenset[str]:
    """Give the first letters of the longest word of a phrase, of all that may stand there; "" where none is long."""
    found = [choices for choices in _literals(phrase) if all(BEGINS.match(one) for one in choices)]
    longest = max(found, key=lambda choices: min(len(one.rstrip("*")) for one in choices), default=("",))
    return frozenset(one[:LETTERS] for one in longest)


@cache
def _literals(phrase: str) -> tuple[tuple[str, ...], ...]:
    """Give the words of a phrase that stand in every text that it stands in, with what may stand instead of each."""
    tokens = (token for token in phrase.casefold().split() if not SPECIAL & set(token))
    return tuple(tuple(token.split("/")) for token in tokens)


@cache
def _pattern(phrase: str, area: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’])(?:{_phrase(phrase, area)})(?![\w])", re.IGNORECASE)


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


@lru_cache(4096)
def words_only(text: str) -> str:
    """Reduce a text to its words, for comparison.

    >>> words_only("  Meets the need, fully. ") == words_only("meets the need - fully")
    True
    """
    return " ".join(re.findall(r"\w+", text.casefold()))


@lru_cache(4096)
def stems(text: str) -> frozenset[str]:
    """Give the beginnings of a text's words that carry meaning.

    >>> sorted(stems("How will you involve the people?"))
    ['invol', 'peopl']
    """
    return frozenset(word[:5] for word in words_only(text).split() if word not in SMALL_WORDS)


def affirmed(text: str) -> Iterator[str]:
    """Give the sentences of a text that deny nothing: what is "not averaged" is not averaged.

    >>> list(affirmed("Marks are averaged. Nothing is averaged."))
    ['Marks are averaged.']
    """
    parts = (part for one in sentences(text) for part in AFRESH.split(one))
    return (part for part in parts if not re.search(r"(?i)\b(?:not|no|nothing|never|none|without)\b", part))


AFRESH = re.compile(r"[,;:]\s+(?=(?:but|we|they|it|instead|rather|the)\b)")  # a clause with a subject of its own
