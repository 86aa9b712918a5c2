"""What the law cares about in the words of criteria, as data: lists of words, and the matters that are found by them."""

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict

from evaluator.law.texts import load

Where = Literal["title", "gate", "question", "answer", "scale", "prose"]
Denied = Literal["asked", "any", "never"]
NOT_ASKED = "not_asked"  # the list of words that say that a thing is not asked for


class Matter(BaseModel):
    """One thing that the law cares about: in which texts, by which lists of words, and what makes it lawful.

    Parameters
    ----------
    code : of the finding.
    where : the kinds of texts in which it is looked for.
    find : each the names of lists, of which one phrase must stand in a sentence, joined by "&".
    within : at most so many words from the first to the last of these phrases.
    unless, unless_text : lists that make it lawful in the sentence, or anywhere in the same gate, question or text.
    despite : lists that take that back.
    passed_over : lists of phrases whose words do not count.
    denied : what is "asked" for is found unless it is said not to be asked for; "any": unless the sentence denies it in
        any way; "never": whatever is denied.
    demanded : whether a sentence of prose must demand something, by a word of the list "demand".
    severity : under a regime another than the finding's own, or none where it is empty.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    where: tuple[Where, ...]
    find: tuple[str, ...]
    within: int = 16
    unless: tuple[str, ...] = ()
    unless_text: tuple[str, ...] = ()
    despite: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    denied: Denied = "asked"
    demanded: bool = True
    severity: Mapping[str, str] = {}

    @cached_property
    def ways(self) -> tuple[tuple[str, ...], ...]:
        """The lists of each way to find it."""
        return tuple(tuple(name.strip() for name in one.split("&")) for one in self.find)

    @property
    def names(self) -> frozenset[str]:
        """Every list that it speaks of."""
        found = {name for one in self.ways for name in one}
        return frozenset(found.union(self.unless, self.unless_text, self.despite, self.passed_over))


class Matters(BaseModel):
    """The matters, and the lists that they speak of; a name that is no list is a phrase itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

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
