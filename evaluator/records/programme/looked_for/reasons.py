"""The rules and words by which a reason is worth a second look, as the data file holds them."""

from typing import Literal

from pydantic import Field

from evaluator.records.programme.published import Percent, Published


class Repeats(Published):
    """How much of a reason may stand in the scale's own descriptors."""

    run: int = Field(ge=1)
    share: Percent


class Copied(Published):
    """How long a text must be to count as copied rather than as a turn of phrase."""

    least_words: int = Field(ge=1)


class Phrases(Published):
    """Phrases that are looked for, and phrases that are taken out before."""

    phrases: tuple[str, ...]
    except_: tuple[str, ...] = Field(default=(), alias="except")


class Contradicts(Published):
    """Phrases that do not go with the highest mark, and those that do not go with the lowest."""

    top: tuple[str, ...]
    bottom: tuple[str, ...]


class Asked(Published):
    """How words are compared with those of the question, and which words mean nothing."""

    letters: int = Field(ge=1)
    common: tuple[str, ...]


class ReasonRules(Published):
    """All the rules."""

    schema_: Literal[1] = Field(alias="schema")
    repeats: Repeats
    copied: Copied
    compares: Phrases
    price: Phrases
    outside: Phrases
    contradicts: Contradicts
    asked: Asked
