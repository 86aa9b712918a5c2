"""The equality summary that everyone may read: who bid and who would be funded, in published groups and bands."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from evaluator.records.programme.axes import AXES, PROTECTED, AxisImpact
from evaluator.records.results.coverage import Baseline, Candidate, Concentration, Coverage, Grant, Overlap
from evaluator.records.results.last_round import LastRound

About = Literal["led_by", "exists_for", "serves", "organisation"]
PublicStatement = Literal["unlikely_chance", "no_sign", "too_little_to_tell", "not_asked"]

REPLIES = ("Prefer not to say", "No reply", "Not asked")  # accepted for every characteristic beside its own values
NOT_KNOWN = "Not known"  # no row in the monitoring, rows that contradict each other, or a reply that was not offered

STAGES = ("received", "passed_gates", "above_minimum", "fundable", "recommended")


@dataclass(frozen=True, slots=True)
class StageFigures:
    """All bids at one stage, and their money in pence."""

    stage: str
    bids: int
    money: int


@dataclass(frozen=True, slots=True)
class Band:
    """A count as it is printed: from ``least`` to ``most``; where both are the same it is exact."""

    least: int
    most: int

    @property
    def words(self) -> str:
        """The count in words, never a number that the band hides.

        >>> Band(0, 2).words, Band(3, 7).words, Band(1200, 1200).words
        ('2 or fewer', '3 to 7', '1,200')
        """
        if self.least == self.most:
            return f"{self.least:,}"
        return f"{self.most:,} or fewer" if not self.least else f"{self.least:,} to {self.most:,}"


@dataclass(frozen=True, slots=True)
class PublicGroup:
    """One group as it is printed: organisations that bid, and those of them with an award; None where not printed."""

    group: str
    values: tuple[str, ...]  # the replies that the grouping puts together
    organisations: Band
    funded: Band | None


@dataclass(frozen=True, slots=True)
class Differing:
    """A group of which every table that fits what is printed is unlikely to be chance, and which way it differs."""

    group: str
    way: Literal["fewer", "more"]


@dataclass(frozen=True)
class CharacteristicImpact:
    """One question as everyone may read it: bands, and a statement worked out from them and from nothing else.

    Parameters
    ----------
    public_statement : unlikely to be chance for all that fits; no sign for any of it; too little to tell; not asked.
    rung : the name of the grouping; empty where the groups are the replies themselves.
    own_rung : whether each group is one reply.
    width : of the bands; 1 where figures are exact, 0 where nothing is printed.
    groups : as printed; empty where nothing is.
    no_answer : organisations without an answer.
    differing : the groups that the statement is about.
    why : in a sentence why no more is shown, by public facts alone.
    first_published : when an earlier edition printed this; empty where it is printed now.
    changed : awards that came or went since then.
    """

    id: str
    title: str
    about: About
    public_statement: PublicStatement
    rung: str = ""
    own_rung: bool = False
    width: int = 0
    groups: tuple[PublicGroup, ...] = ()
    no_answer: Band | None = None
    differing: tuple[Differing, ...] = ()
    why: str = ""
    first_published: str = ""
    changed: int | None = None

    def is_asked_by(self, benchmark: Baseline) -> bool:
        """Whether a benchmark is of this question: one of a characteristic that has its name is not, but by replies."""
        offered = {value for group in self.groups for value in group.values}
        named_otherwise = benchmark.of not in (*PROTECTED, *AXES)
        return benchmark.of == self.id and (named_otherwise or any(name in offered for name, _ in benchmark.shares))


@dataclass(frozen=True)
class EarlierEdition:
    """What an earlier edition printed: of which round, when, who bid and who had an award, and every question.

    ``awards`` has the bids with an award; ``organisations`` says of each that bid whether it had one.
    """

    title: str
    reference: str
    version: str
    date: str
    awards: frozenset[str]
    organisations: Mapping[str, bool]
    characteristics: tuple[CharacteristicImpact, ...]


@dataclass(frozen=True)
class ExternalData:
    """All that may stand beside the monitoring: benchmarks, other awards, the last round, and earlier editions."""

    baselines: tuple[Baseline, ...] = ()
    grants: tuple[Grant, ...] = ()
    last_round: LastRound | None = None
    earlier: tuple[EarlierEdition, ...] = ()


@dataclass(frozen=True)
class EqualityImpact:
    """The summary as a whole. Without monitoring data every characteristic is ``not_asked`` and ``gaps`` says so.

    ``totals`` are all bids at each stage. ``wards``, ``groups`` and ``outcomes`` rest on the bids and the criteria
    alone. ``few`` is the number under which counts share one band. ``version`` is the SHA-256 of the exact awards.
    """

    few: int
    stages: tuple[str, ...]
    characteristics: tuple[CharacteristicImpact, ...]
    gaps: tuple[str, ...]  # what is not known, in words
    totals: tuple[StageFigures, ...] = ()
    organisations: int = 0
    funded: int = 0  # organisations with an award
    no_row: tuple[str, ...] = ()  # organisations of which the monitoring has no row, which a note says too
    level: Fraction = Fraction(0)  # that the exact p of one group has to reach
    wards: tuple[Coverage, ...] = ()
    groups: tuple[Coverage, ...] = ()
    outcomes: tuple[Coverage, ...] = ()
    version: str = ""
    concentration: tuple[Concentration, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    grants: tuple[Grant, ...] = ()
    overlaps: tuple[Overlap, ...] = ()  # organisations funded by both programmes
    in_full: bool = False  # whether every award is for all that was asked
    axes: tuple[AxisImpact, ...] = ()  # every protected characteristic, then the other axes
    last_round: LastRound | None = None
    earlier: tuple[EarlierEdition, ...] = ()
