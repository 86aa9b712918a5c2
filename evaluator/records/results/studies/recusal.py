"""A late recusal: what rests on the marks of an evaluator who, as it turns out, should not have given them."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evaluator.records.programme.scales import Mark


@dataclass(frozen=True, slots=True)
class Resting:
    """An answer with a mark by the recused evaluator: the mark that counts, theirs, and the others' marks.

    ``outside`` says that the mark that counts lies outside the others' marks; ``enough`` that as many others marked the
    answer as were published.
    """

    subject: str
    question: str
    counts: Mark
    withdrawn: Decimal
    others: tuple[tuple[str, Decimal], ...]  # evaluator, mark
    outside: bool
    enough: bool


@dataclass(frozen=True, slots=True)
class Came:
    """What a bid came to: its exact total, its rank (0 where it has none), and whether it is funded."""

    total: Fraction
    rank: int
    funded: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A bid whose total, rank or award is not the same in all three workings."""

    bid: str
    theme: str
    as_agreed: Came
    lowest: Came
    highest: Came


@dataclass(frozen=True)
class LateRecusal:
    """What leaving an evaluator out comes to; ``funding`` says whether there are awards to compare."""

    evaluator: str
    organisation: str
    answers: tuple[Resting, ...]
    moved: tuple[Moved, ...]
    funding: bool
