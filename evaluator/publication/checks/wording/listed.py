"""Sentences held against lists of phrases: which stand where, however their words end."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from evaluator.publication.checks.prose.lexicon.stems import stem
from evaluator.publication.checks.prose.phrases import SMALL_WORDS
from evaluator.publication.checks.prose.sentences import QUOTED, WORD
from evaluator.records.english import VALUES

CUT = re.compile(r"[.!?;:•\n]+(?=\s|$)|(?<=\s)\([0-9a-z]{1,3}\)\s|(?<=\s)[-–—](?=\s)")
HYPHEN = re.compile(r"(?<=[^\W\d])[-‑](?=[^\W\d])|(?<=\d)[-‑](?=[^\W\d])")
GAP, NUMBER, ANY_END, EXACTLY = "…", "#", "*", "="
SPECIAL = frozenset({GAP, NUMBER, ANY_END, EXACTLY})
LETTERS = 3  # of the beginning of a word, by which it is found
FARTHEST = 5  # words that "…" stands for at most
MOST_QUOTED = 14  # words
CLAUSE_ENDS = frozenset({",", "and", "but", "unless", "(", ")"})
DENIALS = frozenset(
    word
    for line in ("no not never nothing none nobody neither nor without cannot isn't don't doesn't",)
    for word in line.split()
)
LIMITS = (("more",), ("less",), ("fewer",), ("later",), ("other",), ("exceptions",), ("only",), ("longer",))
NAMED_PLACE, NAMED_SCHEME, NAMED_THING = "named_place", "named_scheme", "named_thing"  # lists of what capitals tell
PLACED = frozenset({"in", "within", "outside", "near"})
BODIES = frozenset(
    word
    for line in (
        "Agency Authority Board Committee Council Commission Institute Institution Office Act Association",
        "Executive Directorate Regulator Bureau Regulations Order Board's Agency's",
    )
    for word in line.split()
)  # behind a name of a scheme: it is a body's or a law's
SCHEMES = frozenset(
    word
    for line in (
        "Mark Standard Standards Award Scheme Accreditation Charter Kitemark Certification Badge",
        "accreditation award logo badge kitemark scale questionnaire Star",
    )
    for word in line.split()
)
BY_MEANS = frozenset({"on", "via", "by", "using", "through", "over"})
COMMON = frozenset(
    word
    for line in (
        "A An The This That These Each Every No Our Your National Minimum Wage Professional Council Cabinet "
        "Mayor Parliament",
        "English Monday Tuesday Wednesday Thursday Friday Saturday Sunday Schedule Annex Appendix Part Section",
        "January February March",
        "April May June July August September October November December",
    )
    for word in line.split()
)
NUMBERS = frozenset(VALUES) | {"hundred", "thousand", "million"}
Span = tuple[int, int]
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Lists:
    """Lists of phrases, each found by how it begins, so that a word is held against few of them.

    ``alone`` has the lists of single words; ``pairs`` phrases by their first two words; ``other`` by their first word
    or its first letters those that begin with a number, a gap, one form of a word or part of one.
    """

    alone: Mapping[str, tuple[str, ...]]
    pairs: Mapping[Phrase, tuple[tuple[str, Phrase], ...]]
    other: Mapping[str, tuple[tuple[str, Phrase], ...]]


@dataclass(frozen=True)
class Listed:
    """A sentence, its words, and where the phrases of each list stand among them: first word, and last word."""

    text: str
    words: tuple[str, ...]
    at: Mapping[str, tuple[Span, ...]]

    def has(self, name: str) -> bool:
        """Whether a phrase of that list stands here."""
        return name in self.at

    def denies(self, at: int) -> bool:
        """Whether the clause in which a word stands denies something; "no more than" and "no other" deny nothing."""
        words = tuple(word.lower() for word in self.words)
        cuts = [n for n, word in enumerate(words[:at]) if word in CLAUSE_ENDS]
        first = cuts[-1] + 1 if cuts else 0
        return any(
            word in DENIALS and words[n + 1 : n + 2] not in LIMITS for n, word in enumerate(words[:at]) if n >= first
        )

    def quoted(self, first: int, last: int) -> str:
        """Give some of its words as a finding quotes them: without small words at either end, and not too many."""
        while first < last and self.words[first].lower() in SMALL_WORDS:
            first += 1
        while last > first and self.words[last].lower() in SMALL_WORDS:
            last -= 1
        words = " ".join(self.words[first : min(last + 1, first + MOST_QUOTED)])
        return re.sub(r"\s+([,.)%])|(?<=[(£])\s+", r"\1", words)


def lists_of(phrases: Mapping[str, tuple[str, ...]]) -> Lists:
    """Make lists ready to be found."""
    alone: dict[str, dict[str, None]] = {}
    pairs: dict[Phrase, list[tuple[str, Phrase]]] = {}
    other: dict[str, list[tuple[str, Phrase]]] = {}
    for name, listed in phrases.items():
        for phrase in (one for each in listed for one in _spelt_out(each)):
            if any(map(_is_special, phrase[:2])):
                other.setdefault(_key(phrase[0]), []).append((name, phrase))
            elif len(phrase) == 1:
                alone.setdefault(phrase[0], {})[name] = None
            else:
                pairs.setdefault(phrase[:2], []).append((name, phrase))
    return Lists(
        {word: tuple(names) for word, names in alone.items()},
        {key: tuple(dict.fromkeys(each)) for key, each in pairs.items()},
        {key: tuple(dict.fromkeys(each)) for key, each in other.items()},
    )


def _is_special(token: str) -> bool:
    return not SPECIAL.isdisjoint(token)


def _key(token: str) -> str:
    """Give what the words begin with of which a phrase's first is one: of part of a word its first letters."""
    if token.endswith(ANY_END):
        return token[:LETTERS] + ANY_END
    return stem(token[1:]) if token.startswith(EXACTLY) else token


def _spelt_out(phrase: str) -> Iterator[Phrase]:
    """Give a phrase once for each of its alternatives, with the stems of its words.

    >>> list(_spelt_out("holds/has a £# lease"))
    [('hold', 'a', '£', '#', 'leas'), ('has', 'a', '£', '#', 'leas')]
    """
    tokens = phrase.replace("£#", "£ #").split()
    for chosen in product(*(token.split("/") for token in tokens)):
        yield tuple(map(_as_found, chosen))


@cache
def _as_found(token: str) -> str:
    return token if _is_special(token) else stem(token.lower())


def listed(text: str, lists: Lists) -> Iterator[Listed]:
    """Give the sentences of a text, parted also at colons, semicolons and items, with what is listed in each.

    What stands in quotation marks is passed over.
    """
    for part in CUT.split(QUOTED.sub(" ", text)):
        words = tuple(word.replace("’", "'") for word in WORD.findall(HYPHEN.sub(" ", part)))
        if words:
            found = _found(tuple(word.lower() for word in words), lists)
            yield Listed(" ".join(part.split()), words, {**found, **dict(_named(words, found))})


def _named(words: tuple[str, ...], found: Mapping[str, tuple[Span, ...]]) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Find names by their capitals: of a place behind "in", and of a scheme, mark or standard."""
    places = [(n, n) for n in range(1, len(words)) if words[n][:1].isupper() and words[n - 1].lower() in PLACED]
    schemes = [
        (n - 1, n)
        for n in range(1, len(words))
        if words[n] in SCHEMES and _is_name(words[n - 1]) and BODIES.isdisjoint(words[n + 1 : n + 2])
    ]
    things = [(n, n) for n in range(2, len(words)) if _is_name(words[n]) and words[n - 1].lower() in BY_MEANS]
    for name, spans in ((NAMED_PLACE, places), (NAMED_SCHEME, schemes), (NAMED_THING, things)):
        if spans:
            yield name, (*found.get(name, ()), *spans)


def _is_name(word: str) -> bool:
    return word[:1].isupper() and word not in COMMON


def _found(words: Phrase, lists: Lists) -> Mapping[str, tuple[Span, ...]]:
    stems = tuple(map(_root, words))
    found: dict[str, list[Span]] = {}
    for at, one in enumerate(stems):
        for name in lists.alone.get(one, ()):
            found.setdefault(name, []).append((at, at))
        for name, phrase in _begun(words[at], stems[at : at + 2], lists):
            end = _end(words, stems, at, phrase)
            if end:
                found.setdefault(name, []).append((at, end - 1))
    return {name: tuple(spans) for name, spans in found.items()}


def _begun(word: str, two: Phrase, lists: Lists) -> tuple[tuple[str, Phrase], ...]:
    """Give the phrases that may begin with two words."""
    other = lists.other
    found = lists.pairs.get(two, ()) + other.get(two[0], ()) + other.get(two[0][:LETTERS] + ANY_END, ())
    return found + other.get(NUMBER, ()) if _is_number(word) else found


def _end(words: Phrase, stems: Phrase, at: int, phrase: Phrase) -> int:
    """Say behind which word a phrase ends that begins here; 0 where it does not stand here."""
    for number, token in enumerate(phrase):
        if token == GAP:
            rest = phrase[number + 1 :]
            return next((end for skip in range(FARTHEST + 1) if (end := _end(words, stems, at + skip, rest))), 0)
        if at >= len(stems) or not _is(words[at], stems[at], token):
            return 0
        at += 1
    return at


def _is(word: str, root: str, token: str) -> bool:
    if token == NUMBER:
        return _is_number(word)
    if token.startswith(EXACTLY):
        return word == token[1:]
    return root.startswith(token[:-1]) if token.endswith(ANY_END) else root == token


@lru_cache(8192)
def _root(word: str) -> str:
    return stem(word)


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in NUMBERS
