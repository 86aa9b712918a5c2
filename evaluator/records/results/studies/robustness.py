"""How far awards rest on single marks and weights: what changed draws come to, bid by bid."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from evaluator.records.results.studies.rule_costs import RuleStudy

Kind = Literal["weights", "one_mark", "evaluators", "resampled"]
Standing = Literal["secure", "marginal", "out"]
Place = Literal["core", "borderline", "exterior"]


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of a bid over the draws of one kind: in how many it was ranked and funded, best and worst rank."""

    bid: str
    theme: str
    ranked: int
    funded: int
    best: int | None
    worst: int | None


@dataclass(frozen=True)
class Draws:
    """The draws ``start`` to ``stop`` (left out) of one kind; ranges of one seed can be put together by ``merged``.

    ``decided`` counts the draws whose best set of awards was proven; shares are of those. ``kept`` says of each of them
    how many of the bids that are awarded as published stay.
    """

    kind: Kind
    seed: int
    start: int
    stop: int
    decided: int
    tallies: tuple[Tally, ...]
    kept: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Crossing:
    """The exact weight of a leaf at which a bid that is behind draws level, the other weights keeping proportions."""

    theme: str
    leaf: str
    ahead: str
    behind: str
    published: Fraction
    weight: Fraction


@dataclass(frozen=True)
class Swap:
    """What a price method comes to in the place of the published one: every bid's rank (0: not ranked), and awards.

    Where it is not ``decided``, ``note`` says why, and there are no awards.
    """

    method: str
    decided: bool
    ranks: tuple[tuple[str, str, int], ...] = ()  # theme, bid, rank
    funded: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Averaged:
    """What plain averages of the individual marks come to without one evaluator; ``without`` is empty for everybody's.

    Parameters
    ----------
    marked : answers that the evaluator marked.
    alone : of those, answers that nobody else marked, which keep their mark.
    places : theme, bid, exact quality points, rank (0: not ranked).
    """

    without: str
    marked: int
    alone: int
    decided: bool
    places: tuple[tuple[str, str, Fraction, int], ...]
    funded: tuple[str, ...] = ()


@dataclass(frozen=True)
class Robustness:
    """All draws of a study, the largest move of a weight in tenths of a point, and what could not be asked, and why.

    ``swaps`` are the published price methods first, then each other one; empty where they were not asked for.
    ``averages`` are everybody's first, then those without each evaluator; empty where none can be left out.
    """

    tenths: int
    awarded: tuple[str, ...]
    draws: tuple[Draws, ...]
    left_out: tuple[str, ...]
    crossings: tuple[Crossing, ...] = ()
    swaps: tuple[Swap, ...] = ()
    averages: tuple[Averaged, ...] = ()
    made_by: str = ""  # the published method, where marks are worked out
    normalised: tuple[tuple[str, Averaged], ...] = ()  # each way with its name; where marks are worked out


@dataclass(frozen=True)
class Firmness:
    """What a run asked of its own awards: a short study, with how bids stand in it, and what each kind of rule costs.

    ``standings`` are by kind of draw and bid, ``places`` by bid over all draws.
    """

    study: Robustness
    standings: Mapping[tuple[Kind, str], Standing]
    places: Mapping[str, Place]
    rules: RuleStudy
