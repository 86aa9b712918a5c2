"""Sentences and their clauses: what the words stand for, which figures there are, and what is denied."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from evaluator.publication.checks.prose.figures import MAY, Figure, figures_of
from evaluator.publication.checks.prose.lexicon.meanings import PHRASES
from evaluator.publication.checks.prose.lexicon.stems import stem

WORD = re.compile(
    r"[£%]|[^\W\d_]{1,4}[0-9]{1,3}\b|[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\w\s]"
)
QUOTED = re.compile(r"“[^”]{0,400}”|‘[^’]{0,400}’(?!\w)|(?<!\w)\"[^\"]{0,400}\"(?!\w)|(?<!\w)'[^']{0,400}'(?!\w)")
BY_NAME = re.compile(r"\{[^{}]{1,80}\}")
END = re.compile(r"(?<=[.!?])[\s)”\"]+(?=[\"“(\[£]?[A-Z0-9•…])|\n\s*(?:\n|[-•*–]\s)")
SHORT = re.compile(
    r"(?i)\b(?:e\.g|i\.e|no|nos|s|ss|para|paras|p|pp|v|vs|etc|cf|art|reg|regs|approx|d\.p|dept|mr|mrs|ms|dr|st)\.$"
)
COUNTED = {
    "half a dozen": "six",
    "half dozen": "six",
    "a dozen": "twelve",
    "a trio": "three",
    "a pair of": "two",
    "a couple of": "two",
}
COUNTS = re.compile(rf"(?i)\b(?:{'|'.join(COUNTED)})\b")
FULL = {"ll": "will", "ve": "have", "re": "are", "d": "would"}
CONTRACTED = re.compile(r"(?i)\b(we|you|they|he|she)['’](ll|ve|re|d)\b")
DENIES = re.compile(r"(?i)\b(do|does|did|is|are|was|would|should|could)nt\b")
CUTS = frozenset({";", ":", ",", "(", ")", "–", "—"})
JOINTS = frozenset(
    [
        "and",
        "but",
        "or",
        "nor",
        "where",
        "if",
        "unless",
        "when",
        "while",
        "which",
        "who",
        "although",
        "though",
        "because",
        "so",
        "until",
        "whereas",
    ]
)


@cache
def _padded(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f" {phrase} " for several in phrases for phrase in several.split(" | "))


@dataclass(frozen=True)
class Passage:
    """Some words in a row: a sentence, or one clause of it, with where each meaning and each figure stands."""

    words: tuple[str, ...]
    meanings: Mapping[str, tuple[int, ...]]
    figures: tuple[Figure, ...]

    def has(self, *meanings: str) -> bool:
        """Whether words of all these meanings stand here."""
        return all(map(self.meanings.__contains__, meanings))

    def any(self, *meanings: str) -> bool:
        """Whether a word of one of these meanings stands here."""
        return not self.meanings.keys().isdisjoint(meanings)

    def says(self, *phrases: str) -> bool:
        """Whether one of these phrases stands here word for word; a bar stands between two of them."""
        return any(map(self.spoken.__contains__, _padded(phrases)))

    @cached_property
    def spoken(self) -> str:
        """Its words in one text, with a space before and after each."""
        return f" {' '.join(self.words)} "

    @cached_property
    def denied(self) -> bool:
        """Whether it denies what it says: "no" and "not", but for those of a condition and those of a comparison."""
        limits = {at for figure in self.figures for at in range(figure.first - 3, figure.last + 1)}
        conditions = self.meanings.get("if", ())
        return any(
            at not in limits and not any(one < at for one in conditions) and not self._chosen(at)
            for at in self.meanings.get("not", ())
        )

    def _chosen(self, at: int) -> bool:
        """Whether a "not" is one that somebody may choose: "may decide not to award"."""
        return self.words[at : at + 2] == ("not", "to") and any(one < at for one in self.meanings.get("may", ()))

    def within(self, first: int, end: int) -> "Passage":
        """Give the part of it between two of its words."""
        meanings = {
            name: tuple(at - first for at in places if first <= at < end) for name, places in self.meanings.items()
        }
        figures = tuple(one.moved(-first) for one in self.figures if first <= one.first < end)
        return Passage(self.words[first:end], {name: at for name, at in meanings.items() if at}, figures)


@dataclass(frozen=True)
class Sentence(Passage):
    """A sentence as it was written, and read."""

    text: str

    @cached_property
    def clauses(self) -> tuple[Passage, ...]:
        """Its parts that have a verb of their own; what has none belongs to the part before it."""
        starts = [0]
        for at, word in enumerate(self.words[1:], start=1):
            if (word in CUTS or word in JOINTS) and self._verb(starts[-1], at) and self._verb(at, self._next_cut(at)):
                starts.append(at)
        return tuple(self.within(first, end) for first, end in zip(starts, (*starts[1:], len(self.words)), strict=True))

    def denies(self, at: int) -> bool:
        """Whether the clause that a word stands in denies something before it."""
        first = 0
        for clause in self.clauses:
            if first <= at < first + len(clause.words):
                return any(first + one <= at for one in clause.meanings.get("not", ())) and not any(
                    one < at - first for one in clause.meanings.get("if", ())
                )
            first += len(clause.words)
        return False

    def _verb(self, first: int, end: int) -> bool:
        return any(first <= at < end for at in self.meanings.get("verb", ()))

    def _next_cut(self, at: int) -> int:
        later = (n for n in range(at + 2, len(self.words)) if self.words[n] in CUTS or self.words[n] in JOINTS)
        return next(later, len(self.words))


def sentences(text: str) -> tuple[Sentence, ...]:
    """Read a text sentence by sentence; what stands in quotation marks or was taken by name is passed over.

    >>> [[clause.denied for clause in one.clauses] for one in sentences("No mark is changed. The chair may change it.")]
    [[True], [False]]
    """
    plain = BY_NAME.sub(" … ", QUOTED.sub(" … ", text.replace("\\\n", " ")))
    return tuple(_read(part) for part in _split(plain) if part.strip())


def parted(text: str) -> tuple[str, ...]:
    r"""Part a text into its sentences, as they stand there.

    >>> parted("See p. 4. You must be\n insured by then.")
    ('See p. 4.', 'You must be insured by then.')
    """
    return tuple(" ".join(part.split()) for part in _split(text) if part.strip())


def _split(text: str) -> Iterator[str]:
    first = 0
    for cut in END.finditer(text):
        if not SHORT.search(text[max(0, cut.start() - 12) : cut.start()]):
            yield text[first : cut.start()]
            first = cut.end()
    yield text[first:]


@lru_cache(maxsize=4096)
def _read(text: str) -> Sentence:
    plain = COUNTS.sub(lambda found: COUNTED[found.group().lower()], text)
    plain = DENIES.sub(r"\1n't", CONTRACTED.sub(lambda found: f"{found[1]} {FULL[found[2].lower()]}", plain))
    words = _months(tuple(word.lower().replace("’", "'") for word in _words(plain)))
    return Sentence(words, _meanings(words), figures_of(words), " ".join(text.split()))


def _months(words: tuple[str, ...]) -> tuple[str, ...]:
    """Mark the month of May, which lets nobody do anything."""
    if "may" not in words:
        return words
    beside = [set(words[max(0, at - 1) : at + 2]) - {"may"} for at in range(len(words))]
    return tuple(
        MAY if word == "may" and any(one[0].isdigit() for one in near) else word
        for word, near in zip(words, beside, strict=True)
    )


def _words(text: str) -> Iterator[str]:
    """Give the words and marks; a hyphen between two words parts them, and one between two figures is a range."""
    for word in WORD.findall(re.sub(r"(?<=[^\W\d])[-‑](?=[^\W\d])|(?<=\d)[-‑](?=[^\W\d])", " ", text)):
        yield "-" if word in "–—‑" else word


def _meanings(words: tuple[str, ...]) -> Mapping[str, tuple[int, ...]]:
    """Give the places of each meaning; a comma within a phrase is passed over."""
    places = tuple(at for at, word in enumerate(words) if word != ",")
    stems = tuple(stem(words[at]) for at in places)
    found: dict[str, list[int]] = {}
    for at, one in enumerate(stems):
        for key, meaning in PHRASES.get(one, ()):
            if stems[at : at + len(key)] == key:
                found.setdefault(meaning, []).append(places[at])
    return {meaning: tuple(dict.fromkeys(there)) for meaning, there in found.items()}
