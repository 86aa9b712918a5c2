"""The equality summary: who bid, who passed, who would be funded, group by group, with small numbers withheld."""

from dataclasses import dataclass
from typing import Literal

About = Literal["led_by", "exists_for", "serves", "organisation"]


@dataclass(frozen=True, slots=True)
class StageFigures:
    """One group at one stage: bids and pence; None where the number is withheld."""

    stage: str
    bids: int | None
    money: int | None


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group of one characteristic through the stages, against the bids received.

    ``ratio`` is the group's share of awards over its share of bids received as ``(numerator, denominator)``;
    ``shortfall`` is expected less actual awards, likewise; both None where they would reveal a withheld number.
    ``wording`` is one of the fixed sentences; nothing in it concludes that a duty is met.
    """

    group: str
    figures: tuple[StageFigures, ...]
    ratio: tuple[int, int] | None
    shortfall: tuple[int, int] | None
    wording: str


@dataclass(frozen=True)
class CharacteristicImpact:
    """All groups of one characteristic, the unknown and not-asked among them, and what can be said."""

    id: str
    title: str
    about: About
    lines: tuple[GroupLine, ...]
    wording: str


@dataclass(frozen=True)
class EqualityImpact:
    """The summary as a whole. Without monitoring data ``characteristics`` is empty and ``gaps`` says so."""

    threshold: int
    stages: tuple[str, ...]
    characteristics: tuple[CharacteristicImpact, ...]
    gaps: tuple[str, ...]  # what is not known, in words
