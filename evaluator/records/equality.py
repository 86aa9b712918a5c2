"""The equality summary: who bid, who passed, who would be funded, group by group, with small numbers withheld."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

About = Literal["led_by", "exists_for", "serves", "organisation"]
LineKind = Literal["group", "unknown"]

REPLIES = ("Prefer not to say", "No reply", "Not asked")  # accepted for every characteristic beside its own values
NOT_KNOWN = "Not known"  # no row in the monitoring, rows that contradict each other, or a reply that was not offered

STAGES = ("received", "passed_gates", "above_minimum", "recommended")

# Equality Act 2010 s.4, in its order.
PROTECTED = (
    "age",
    "disability",
    "gender reassignment",
    "marriage and civil partnership",
    "pregnancy and maternity",
    "race",
    "religion or belief",
    "sex",
    "sexual orientation",
)


class Wording(StrEnum):
    """The four fixed things that can be said of a group. None of them says that a duty is met."""

    NOT_SHOWN = "Not shown"
    TOO_FEW = "Too few to tell"
    COULD_BE_CHANCE = "A difference that chance could explain"
    UNLIKELY_CHANCE = "A difference that chance is unlikely to explain"

    @property
    def explanation(self) -> str:
        """What the wording means, in a sentence or two for those who decide."""
        return {
            Wording.NOT_SHOWN: "The numbers are withheld: they could tell something about a named organisation.",
            Wording.TOO_FEW: "With so few bids or awards no result could be told from chance, or the difference"
            " comes to less than one award. A real difference could be there and not be seen.",
            Wording.COULD_BE_CHANCE: "There is a difference of one award or more. Chance alone would often give one"
            " as large, which does not mean that chance is the cause: with this many bids a real one is easily missed.",
            Wording.UNLIKELY_CHANCE: "There is a difference, and chance alone would seldom give one as large. This is"
            " not a finding of discrimination: people need to look for the reason before they decide.",
        }[self]


@dataclass(frozen=True, slots=True)
class StageFigures:
    """One group at one stage: bids, and money in pence (rounded to ``money_unit``); None where it is withheld."""

    stage: str
    bids: int | None
    money: int | None


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group, or one kind of unknown, of a characteristic through the stages, against the bids received.

    All of it is computed from what the line and the totals show, so that it tells nothing more. None is withheld.

    Parameters
    ----------
    organisations : different organisations among the bids received.
    rate : the share of the group's bids received that are recommended.
    ratio : the group's share of the awards over its share of the bids received.
    shortfall : awards that its share of the bids received would give, less its awards; negative where it has more.
    money_shortfall : pence that its share of the money asked would give, less its money, to ``money_unit``.
    below_four_fifths : whether the ratio is under 4/5, a screen without status in English law.
    wording : one of the four; None for the kinds of unknown, which are no group.
    """

    group: str
    kind: LineKind
    organisations: int | None
    figures: tuple[StageFigures, ...]
    rate: Fraction | None = None
    ratio: Fraction | None = None
    shortfall: Fraction | None = None
    money_shortfall: int | None = None
    below_four_fifths: bool | None = None
    wording: Wording | None = None


@dataclass(frozen=True)
class CharacteristicImpact:
    """All groups of one characteristic and the kinds of unknown, and in words what is withheld from them and why.

    ``together`` are the bids and money of all lines withheld at each stage: the totals less what is shown.
    """

    id: str
    title: str
    about: About
    lines: tuple[GroupLine, ...]
    withheld: tuple[str, ...]
    together: tuple[StageFigures, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Bids and awards for one ward or group served, as the bids themselves say; money in pence.

    A bid for several wards is counted in each (``bids``, ``awards``, ``money``); ``only`` counts the bids for no other.
    """

    name: str
    bids: int
    bids_only: int
    awards: int
    awards_only: int
    money: int


@dataclass(frozen=True)
class EqualityImpact:
    """The summary as a whole. Without monitoring data ``characteristics`` is empty and ``gaps`` says so.

    ``totals`` are all bids at each stage: exact, and public. ``money_unit`` is the pence to which groups' money is
    rounded. ``wards`` and ``groups`` rest on the bids alone.
    """

    threshold: int
    stages: tuple[str, ...]
    characteristics: tuple[CharacteristicImpact, ...]
    gaps: tuple[str, ...]  # what is not known, in words
    totals: tuple[StageFigures, ...] = ()
    organisations: int = 0
    money_unit: int = 1
    wards: tuple[Coverage, ...] = ()
    groups: tuple[Coverage, ...] = ()
