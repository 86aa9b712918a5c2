"""What the law cares about in the words of criteria, as data: lists of words, and the matters found by them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict

from evaluator.law.texts import load

Where = Literal["title", "gate", "question", "answer", "scale", "prose"]
Denied = Literal["asked", "any", "never"]
REACH = {"+": 1, ">": 5, ">>": 10}  # words from the end of one link of a chain to the beginning of the next, at most
NEAR = REACH[">"]
NOT_ASKED = "not_asked"  # the list of words that say that a thing is not asked for


@dataclass(frozen=True)
class Link:
    """One link of a chain: the lists of which a phrase stands there, and how many words behind the link before it."""

    names: tuple[str, ...]
    reach: int


Chain = tuple[Link, ...]


class Matter(BaseModel):
    """One thing that the law cares about: in which texts, by which lists of words, and what makes it lawful.

    Parameters
    ----------
    code : of the finding.
    where : the kinds of texts in which it is looked for.
    find : each the names of lists, of which one phrase must stand in a sentence: joined by "&" in any order, by ">" in
        this order and near, by ">>" farther off, by "+" side by side; "|" is either of two lists.
    within : at most so many words from the first to the last of these phrases.
    unless, unless_text : lists that make it lawful in the sentence, or anywhere in the same gate, question or text.
    unless_there : lists that make it lawful in the same text, and not in another of the same gate or question.
    despite : lists that take that back.
    passed_over : lists of phrases whose words do not count.
    denied : what is "asked" for is found unless it is said not to be asked for; "any": unless the sentence denies it in
        any way; "never": whatever is denied.
    demanded : whether a sentence of prose must demand something, by a word of the list "demand".
    priced : whether it is found only in questions of themes that score the price.
    alone : whether it is found only where nothing else is in the same gate, question or text.
    severity : under a regime another than the finding's own, or none where it is empty.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    where: tuple[Where, ...]
    find: tuple[str, ...]
    within: int = 16
    unless: tuple[str, ...] = ()
    unless_text: tuple[str, ...] = ()
    unless_there: tuple[str, ...] = ()
    despite: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    denied: Denied = "asked"
    demanded: bool = True
    priced: bool = False
    alone: bool = False
    severity: Mapping[str, str] = {}

    @cached_property
    def ways(self) -> tuple[tuple[Chain, ...], ...]:
        """Each way to find it: chains that must all stand in a sentence."""
        return tuple(tuple(_chain(one) for one in way.split("&")) for way in self.find)

    @property
    def names(self) -> frozenset[str]:
        """Every list that it speaks of."""
        found = {name for way in self.ways for chain in way for link in chain for name in link.names}
        return frozenset(found.union(self.unless, self.unless_text, self.unless_there, self.despite, self.passed_over))


def _chain(text: str) -> Chain:
    """Read a chain of links.

    >>> [(one.names, one.reach) for one in _chain("people >> is > young|old")]
    [(('people',), 0), (('is',), 10), (('young', 'old'), 5)]
    """
    first, *others = re.split(r"(>>?|\+)", text)
    links = zip(others[::2], others[1::2], strict=True)
    return (Link(_names(first), 0), *(Link(_names(names), REACH[sign]) for sign, names in links))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split("|"))


class Matters(BaseModel):
    """The matters, and the lists that they speak of; a name that is no list is a phrase itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: Mapping[str, tuple[str, ...]]  # lines of single words that other checks look for
    lists: Mapping[str, tuple[str, ...]]
    subjects: Mapping[str, tuple[str, ...]]  # of which a descriptor may speak only where a question asks about them
    matter: tuple[Matter, ...]

    @property
    def phrases(self) -> Mapping[str, tuple[str, ...]]:
        """Every list by its name, and every phrase that stands for itself."""
        spoken = sorted({name for one in self.matter for name in one.names} - set(self.lists))
        return {**self.lists, **{name: (name,) for name in spoken}}


@cache
def matters() -> Matters:
    """Give what the law cares about; it is read when it is first asked for."""
    return Matters.model_validate(load("matters"))


@cache
def words_of(name: str) -> frozenset[str]:
    """Give the single words of a list."""
    return frozenset(word for line in matters().words[name] for word in line.split())
