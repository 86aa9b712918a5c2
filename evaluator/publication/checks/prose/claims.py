"""What sentences say of the rules that criteria have keys for: each claim with its subject and its value."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from evaluator.publication.checks.prose.lexicon.stems import stem
from evaluator.publication.checks.prose.told import Told

Value = Fraction | str | tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """What a sentence says: ``subject`` is one of ``SUBJECTS``, ``of`` the question, where it is about one."""

    told: Told
    subject: str
    value: Value
    words: str
    of: str = ""


def questions_named(told: Told) -> Iterator[tuple[int, str]]:
    """Give the questions that a sentence names, by id, number or title, with where."""
    words = told.sentence.words
    present = set(words)
    for name, (own, title) in told.names.items():
        if own[0] in present and (not own[0].isalpha() or name in told.sentence.text):
            yield from ((at, name) for at, word in enumerate(words) if word == own[0])
        if title and title[0] in present and (len(title) > 1 or _is_named(told, title[0])):
            short = title[:2] if len(title) > 2 and title[2] in JOINING else title
            yield from ((at, name) for at in range(len(words)) if _is_title(words, at, short))
    order = list(told.names)
    for at, word in enumerate(words[:-1]):
        if word in ORDINALS and words[at + 1] == "question" and ORDINALS[word] < len(order):
            yield at, order[ORDINALS[word]]
        number = f"q{words[at + 1]}"
        if word in ("question", "questions") or (word == "and" and at > 1 and words[at - 2] == "questions"):
            yield from ((at, name) for name in order if name.lower() == number)


ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}


def question_meant(told: Told, taken: tuple[tuple[int, str], ...]) -> Iterator[tuple[int, str]]:
    """Give the question of which a sentence uses a word that no other title has, behind "on" or "for", with where."""
    stems = tuple(map(stem, told.sentence.words))
    titles = {
        name: {stem(word) for word in said[1]} for names in told.setting.names.values() for name, said in names.items()
    }
    for at in range(1, len(stems)):
        within = any(word in ABOUT for word in told.sentence.words[max(0, at - 3) : at])
        meant = [name for name, title in titles.items() if stems[at] in title] if within else []
        if len(meant) == 1 and len(stems[at]) > 3 and all(at != one for one, _ in taken) and not _has_meaning(told, at):
            yield at, meant[0]


ABOUT = frozenset({"on", "for", "about", "under", "in"})


def _has_meaning(told: Told, at: int) -> bool:
    return any(at in told.sentence.meanings.get(one, ()) for one in ("quality", "price", "total", "mark", "tie", "bid"))


def within_titles(told: Told) -> frozenset[int]:
    """Give where words stand that are part of a question's name, and mean nothing else."""
    return frozenset(
        at + each
        for at, name in questions_named(told)
        for names in told.setting.names.values()
        if name in names
        for each in range(len(names[name][1]))
        if told.sentence.words[at] == names[name][1][0]
    )


JOINING = frozenset({"in", "of", "for", "and", "to", "by", "with"})  # behind the short form of a title


def _is_named(told: Told, title: str) -> bool:
    """Whether one word is meant as a question's title: it is weighed, or stands with a capital within a sentence."""
    return (
        told.sentence.any("weight", "importance")
        or f" {title.capitalize()}" in told.sentence.text
        or (told.room == "TieBreak" and told.sentence.text.startswith(title.capitalize()))
    )


def _is_title(words: tuple[str, ...], at: int, title: tuple[str, ...]) -> bool:
    """Whether a title stands here; one word that goes on, as in "journeys to hospital", is none."""
    goes_on = words[at + 1 : at + 2] in (("to",), ("of",), ("in",), ("from",), ("with",))
    return words[at : at + len(title)] == title and not (len(title) == 1 and goes_on)


def of_itself(told: Told) -> bool:
    """Whether a sentence of a question speaks of that question: "this question", "here", "this answer"."""
    return told.question is not None and told.sentence.says(
        (
            "this question | here | this answer | this one | this response | this reply | this criterion | this "
            "section | your answer to this | rules you out | rule you out"
        ),
    )


def exact(value: Fraction) -> str:
    """Write a figure as people do.

    >>> exact(Fraction(5, 2)), exact(Fraction(60000)), exact(Fraction(200, 3))
    ('2.5', '60,000', '200/3')
    """
    if value.denominator == 1:
        return f"{value.numerator:,}"
    text = f"{float(value):.6f}".rstrip("0")
    return text if Fraction(text) == value else str(value)
