"""What could be done about gaps in coverage and share, and what each would have cost: for information only."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from evaluator.records.results.allocation import Status

When = Literal["now", "next time"]


@dataclass(frozen=True, slots=True)
class Floor:
    """The best set of awards if one more floor had been published.

    Parameters
    ----------
    kind : ``wards``, ``group`` or ``small_share``.
    words : the floor in words; ``reached`` says what the recommended awards reach without it.
    whose : of whom it asks more: wards, small organisations, or the name of a group served.
    level, have : the floor and what is reached without it, in wards, awards or percent.
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
    whose: str = ""
    level: Fraction = Fraction(0)
    have: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A published requirement and the bids that it kept out, with those of small organisations among them."""

    words: str
    bids: int
    small: int


@dataclass(frozen=True, slots=True)
class Driver:
    """What keeps the awards of one group of bids down, by what the bids say of themselves.

    ``kept_out`` has each requirement that kept some of its bids out, with how many of its own and of all bids;
    ``points`` the criteria on which its marked bids earned least beside the others of their themes, in points.
    """

    whose: str
    bids: int
    awards: int
    kept_out: tuple[tuple[str, int, int], ...]
    points: tuple[tuple[str, Fraction], ...]
    whole: Fraction  # the gap in quality points that all criteria add up to


@dataclass(frozen=True, slots=True)
class Option:
    """Something that people can do, and whether it may be done now or only when criteria are published next time.

    ``costs`` says what it costs in score; the best set of awards with a floor has to be solved to tell, so there it
    names the study that does.
    """

    words: str
    when: When
    why: str
    whom: str
    costs: str = "Nothing: no score and no award changes."


NEXT = "It was not published before bids came in; to apply it now would change the rules after the event."
ASK = "Ask with evaluator study mitigation: it solves each floor."
OPTIONS = (
    Option(
        "Conditions of contract: reach the groups and wards named in the bid, and report who is served",
        "now",
        "They are about performance after the award, as far as the published documents provide for them.",
        "The people whom funded bids say that they serve",
    ),
    Option(
        "Feedback and help for unsuccessful bidders, offered to all alike",
        "now",
        "It treats nobody’s bid differently.",
        "All organisations that were not funded",
    ),
    Option(
        "Look for the reason behind a gap: read the marks, the reasons and the gate decisions again",
        "now",
        "An error of fact is put right by the published rules, for every bid alike; a mark is not changed for a group.",
        "Groups with a difference that chance is unlikely to explain",
    ),
    Option(
        "Pause, and decide not to award or to award again on new criteria",
        "now",
        "Only where the published documents keep that right, with reasons, and with legal advice.",
        "Everyone",
        "All awards of this round.",
    ),
    Option(
        "Smaller lots, or lots by area or community",
        "next time",
        NEXT,
        "Small organisations; wards and groups that few bids name",
        "Not known before there are bids: evaluator simulate tries criteria out.",
    ),
    Option(
        "Tiers with fewer questions and lower turnover or insurance for small sums",
        "next time",
        NEXT,
        "Small and new organisations",
        "Not known before there are bids: evaluator simulate tries criteria out.",
    ),
    Option(
        "A published floor on wards, groups or small organisations",
        "next time",
        NEXT,
        "The wards, groups and organisations that it names",
        ASK,
    ),
    Option(
        "Capacity building before the next round opens",
        "next time",
        "It has to be open to all who might bid.",
        "Organisations that did not bid, or did not pass a gate or a minimum",
        "Nothing in score; it has a price of its own.",
    ),
    Option(
        "Accessible forms, more languages, longer time and clarification meetings",
        "next time",
        "The way of bidding was the same for all and has ended.",
        "Disabled people, people with little English, organisations run by volunteers",
        "Nothing in score; it has a price of its own.",
    ),
    Option(
        "Outreach to communities from which nobody bid",
        "next time",
        "Encouraging more bids is not the same as preferring one.",
        "Wards and groups that no bid or few bids name",
        "Nothing in score; it has a price of its own.",
    ),
)


@dataclass(frozen=True)
class Mitigation:
    """The study as a whole. None of it changes an award."""

    score_unit: int
    published: int
    cost: int
    floors: tuple[Floor, ...]
    requirements: tuple[Requirement, ...]
    options: tuple[Option, ...]
    drivers: tuple[Driver, ...] = ()
