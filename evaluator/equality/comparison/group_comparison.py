"""Each group against all other bids of the same theme: what can be said of it, and how far its scores lie apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import fmean

from evaluator.equality.comparison.comparisons import AWARDS, LIST, MONEY, SCORE, Group, wordings
from evaluator.equality.data.scores_by_criterion import Points
from evaluator.equality.data.stage_reached import StagesReached
from evaluator.equality.statistics.differential_functioning import Matching
from evaluator.equality.statistics.effect_sizes import cliffs_delta, differences, hodges_lehmann, magnitude
from evaluator.equality.statistics.intervals import bca, newcombe
from evaluator.records.results.equality import ScoreGap, Wording

TENTH = Fraction(1, 10)
MOST_PAIRS = 4_000_000  # of bids whose scores are set against each other
DRAWS = 1_000  # of a bootstrap interval that is shown in half points


@dataclass(frozen=True)
class Compared:
    """What can be said of a group: by each comparison, and of its scores (None where too few bids were marked)."""

    said: Mapping[str, Wording]
    score: ScoreGap | None

    @property
    def awards(self) -> Wording:
        """What can be said of its awards."""
        return self.said[AWARDS]

    @property
    def money(self) -> Wording:
        """What can be said of its money."""
        return self.said[MONEY]


def compare_groups(
    reached: StagesReached, points: Points, groups: Sequence[Group], matched: Mapping[str, Matching]
) -> tuple[tuple[Compared, ...], int]:
    """Compare every group's awards, money and scores with the others' of the same theme.

    Parameters
    ----------
    reached, points : how far every bid came and what it earned.
    groups : those that are shown.
    matched : for each criterion the bids matched by the rest of their scores.

    Returns
    -------
    what can be said of each, in order, and the number of comparisons among which the false discovery rate is held.
    """
    words, number = wordings(reached, points, groups, matched)
    found = []
    for at, group in enumerate(groups):
        said = {name: wording for (place, name), wording in words.items() if place == at}
        found.append(Compared(said, _score_gap(points, group, said)))
    return tuple(found), number


def _pairs(points: Points, group: Group) -> list[tuple[list[Fraction], list[Fraction]]]:
    """Give the scores of the group and of the others, theme by theme, where a theme has both."""
    found: dict[str, tuple[list[Fraction], list[Fraction]]] = {}
    for bid in sorted(points.totals):
        found.setdefault(points.themes[bid], ([], []))[bid not in group.ids].append(points.totals[bid])
    return [sides for _, sides in sorted(found.items()) if all(sides)]


def _score_gap(points: Points, group: Group, said: Mapping[str, Wording]) -> ScoreGap | None:
    """Say how far the scores lie apart, rounded so as to tell of no bid; the criteria are taken apart elsewhere."""
    sides = _pairs(points, group)
    if not sides or sum(len(ours) * len(theirs) for ours, theirs in sides) > MOST_PAIRS:
        return None
    apart = differences(sides)
    shift = Fraction(round(2 * hodges_lehmann(apart)), 2)
    delta = Fraction(round(10 * cliffs_delta(apart)), 10)
    return ScoreGap(shift, delta, magnitude(delta), _interval(sides), said[SCORE], TENTH, ranked=said[LIST])


def _interval(sides: Sequence[tuple[list[Fraction], list[Fraction]]]) -> tuple[Fraction, Fraction] | None:
    """Give the bootstrap interval of the difference of means, scores taken from their theme's mean; in half points."""
    ours, theirs = [], []
    for group, others in sides:
        middle = fmean([float(value) for value in (*group, *others)])
        ours += [float(value) - middle for value in group]
        theirs += [float(value) - middle for value in others]
    found = bca([ours, theirs], lambda a, b: a.mean(axis=-1) - b.mean(axis=-1), draws=DRAWS)
    return None if found is None else (Fraction(round(2 * found[0]), 2), Fraction(round(2 * found[1]), 2))


def rate_interval(won: int, bids: int, all_won: int, all_bids: int) -> tuple[int, int] | None:
    """Give the interval of the group's success less the others', in whole hundredths (Newcombe)."""
    found = newcombe(won, bids, all_won - won, all_bids - bids)
    return None if found is None else (round(100 * found[0]), round(100 * found[1]))
