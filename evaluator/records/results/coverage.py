"""Whom awards serve, as the bids themselves say, beside residents and other programmes: public, and no monitoring."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True, slots=True)
class Baseline:
    """A benchmark from outside the programme: how many residents, people in need or providers are of each group.

    Parameters
    ----------
    kind : ``population``, ``need`` or ``providers``.
    of : the characteristic whose groups it counts, or ``ward`` or ``group`` for what the bids say they serve.
    shares : by group, of all that are counted; they need not add up to one.
    synthetic : made up to show how the evaluator works.
    """

    kind: Literal["population", "need", "providers"]
    of: str
    title: str
    source: str
    date: str
    shares: tuple[tuple[str, Fraction], ...]
    synthetic: bool = False
    tiles: tuple[tuple[str, int, int], ...] = ()  # name, column and row of a plan of tiles, roughly as places lie


@dataclass(frozen=True, slots=True)
class Grant:
    """One award of another programme beside this one; money in pence."""

    programme: str
    organisation: str
    amount: int
    wards: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Overlap:
    """An organisation that both programmes fund: pence of its awards here, as lead or member, and of its grants."""

    organisation: str
    money: int
    grants: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Bids and awards for one ward or group served, as the bids themselves say; money in pence.

    A bid for several wards is counted in each (``bids``, ``awards``, ``money``); ``only`` counts the bids for no other.
    ``divided`` divides each award equally among what it serves, so that it adds up to the programme. ``people`` are
    those whom all bids would serve and ``places`` those of the funded bids, divided likewise, and so is ``grants``, the
    other programme's money. ``population`` and ``need`` are shares where a baseline gives them.
    """

    name: str
    bids: int
    bids_only: int
    awards: int
    awards_only: int
    money: int
    divided: Fraction = Fraction(0)
    grants: Fraction = Fraction(0)
    people: Fraction = Fraction(0)
    places: Fraction = Fraction(0)
    population: Fraction | None = None
    need: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Concentration:
    """How unevenly money falls, as one share: the part that would have to move to be spread like the benchmark.

    ``entropy`` is Theil's index of the money for each resident, person in need or equal part: 0 is even, and the more
    uneven the larger; None where no money falls. To three places.
    """

    of: str  # wards or groups
    benchmark: str
    programme: Fraction
    with_grants: Fraction | None
    entropy: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A set of awards by one method: how many of its bids serve each ward and group, as the bids themselves say.

    ``by_group`` and ``by_ward`` hold awards by name, each award counted in all that it serves; ``small`` are those of
    small organisations. All of it follows from the bids and from ``gained`` and ``lost``, and none from the monitoring.
    """

    title: str
    awards: int
    money: int
    wards: int
    groups: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    note: str = ""
    small: int = 0
    by_group: tuple[tuple[str, int], ...] = ()
    by_ward: tuple[tuple[str, int], ...] = ()
