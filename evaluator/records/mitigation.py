"""What could be done about gaps in coverage and share, and what each would have cost: for information only."""

from dataclasses import dataclass
from typing import Literal

from evaluator.records.allocation import Status

When = Literal["now", "next time"]


@dataclass(frozen=True, slots=True)
class Floor:
    """The best set of awards if one more floor had been published.

    Parameters
    ----------
    kind : ``wards``, ``group`` or ``small_share``.
    words : the floor in words; ``reached`` says what the recommended awards reach without it.
    score : its total score in units of ``1/score_unit``; None where no set keeps all rules.
    moved : pence of the awards that would be lost by the bids displaced.
    gained, displaced : the bids that it would fund and the recommended set does not, and the other way round.
    """

    kind: Literal["wards", "group", "small_share"]
    words: str
    reached: str
    status: Status
    score: int | None = None
    cost: int = 0
    moved: int = 0
    gained: tuple[str, ...] = ()
    displaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """A published requirement and the bids that it kept out, with those of small organisations among them."""

    words: str
    bids: int
    small: int


@dataclass(frozen=True, slots=True)
class Option:
    """Something that people can do, and whether it may be done now or only when criteria are published next time."""

    words: str
    when: When
    why: str


@dataclass(frozen=True)
class Mitigation:
    """The study as a whole. None of it changes an award."""

    score_unit: int
    published: int
    cost: int
    floors: tuple[Floor, ...]
    requirements: tuple[Requirement, ...]
    options: tuple[Option, ...]
