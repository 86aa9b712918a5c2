"""Whether a group scores otherwise on one criterion than bids alike in all the rest (differential functioning).

Bids of a theme are matched by the points that they earned on everything but the criterion: in thirds, equals together.
Within each theme and third, the group's marks are held against the others'. What lies in the bids as a whole is so
taken out, and what lies in the criterion itself is left.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log, sqrt

from evaluator.equality.data.scores_by_criterion import Points
from evaluator.equality.statistics.chance import Four
from evaluator.equality.statistics.stratified import common_odds_ratio
from evaluator.records.results.equality import Functioning

BANDS = 3
FEWEST = 20  # marked bids on either side for a class; with fewer only the matched difference is given
SLOPE = 2.35  # of the scale on which the Educational Testing Service states the odds
ONE_SIDED = 1.645


@dataclass(frozen=True)
class Matching:
    """The bids marked on one criterion: the stratum of each, its points, and whether they are in the upper part."""

    stratum: Mapping[str, tuple[str, int]]  # theme and third of the rest score, by bid
    points: Mapping[str, Fraction]
    upper: Mapping[str, bool]

    @property
    def themes(self) -> frozenset[str]:
        """The themes in which the criterion was marked."""
        return frozenset(theme for theme, _ in self.stratum.values())

    def sides(self, group: frozenset[str]) -> list[tuple[list[str], list[str]]]:
        """Give the bids of the group and the others in every stratum."""
        found: dict[tuple[str, int], tuple[list[str], list[str]]] = {}
        for bid in sorted(self.stratum):
            found.setdefault(self.stratum[bid], ([], []))[bid not in group].append(bid)
        return [sides for _, sides in sorted(found.items())]

    def tables(self, group: frozenset[str]) -> list[list[list[int]]]:
        """Give a table for each stratum: the group and the others, in the upper part of the marks and below it."""
        return [[self._counts(side) for side in sides] for sides in self.sides(group)]

    def _counts(self, bids: Sequence[str]) -> list[int]:
        high = sum(self.upper[bid] for bid in bids)
        return [high, len(bids) - high]

    def enough(self, group: frozenset[str]) -> bool:
        """Whether both sides have the bids that a class needs."""
        own = sum(bid in group for bid in self.stratum)
        return min(own, len(self.stratum) - own) >= FEWEST

    def difference(self, group: frozenset[str]) -> tuple[Fraction, tuple[str, ...]] | None:
        """Give the mean difference in points from the others of the same stratum, and the group's bids it rests on.

        Each stratum counts by the group's bids in it; those without a bid on either side are left out.
        """
        both = [(ours, theirs) for ours, theirs in self.sides(group) if ours and theirs]
        matched = tuple(bid for ours, _ in both for bid in ours)
        if not matched:
            return None
        gaps = ((self._mean(ours) - self._mean(theirs)) * len(ours) for ours, theirs in both)
        return sum(gaps, Fraction(0)) / len(matched), matched

    def _mean(self, bids: Sequence[str]) -> Fraction:
        return sum((self.points[bid] for bid in bids), Fraction(0)) / len(bids)


def matching(points: Points, criterion: str) -> Matching:
    """Match the bids that were marked on a criterion by what they earned on all others of their theme."""
    marked = {bid: own[criterion] for bid, own in points.quality.items() if criterion in own}
    stratum: dict[str, tuple[str, int]] = {}
    upper: dict[str, bool] = {}
    for theme in sorted({points.themes[bid] for bid in marked}):
        here = [bid for bid in marked if points.themes[bid] == theme]
        rest = {bid: points.totals[bid] - marked[bid] for bid in here}
        ordered = sorted(rest.values())
        stratum |= {bid: (theme, BANDS * ordered.index(rest[bid]) // len(here)) for bid in here}
        least = _cut([marked[bid] for bid in here])
        upper |= {bid: marked[bid] >= least for bid in here}
    return Matching(stratum, marked, upper)


def _cut(values: Sequence[Fraction]) -> Fraction:
    """Give the least of the points that count as the upper part: the cut nearest to halves, the lower of two."""
    return min(sorted(set(values)), key=lambda cut: abs(2 * sum(value >= cut for value in values) - len(values)))


def mantel_haenszel_delta(strata: Sequence[Four]) -> tuple[float, float] | None:
    """Give the Mantel-Haenszel delta of a group and its standard error; below nought the group does worse.

    The group is the first row of each table, the upper part of the marks the first column. None where the common odds
    are nought or without end.

    Source: Holland and Thayer (1988); the error by Robins, Breslow and Greenland (1986).

    >>> delta, error = mantel_haenszel_delta([[[10, 20], [20, 10]]])
    >>> round(delta, 3), round(error, 3)
    (-3.258, 1.287)
    """
    odds = common_odds_ratio(strata)
    if not odds:
        return None
    ratio, over, spread = float(odds), 0.0, 0.0
    for (a, b), (c, d) in strata:
        number = a + b + c + d
        if number:
            over += a * d / number
            spread += (a * d + ratio * b * c) * (a + d + ratio * (b + c)) / number**2
    return SLOPE * log(ratio), SLOPE * sqrt(spread / (2 * over**2))


def functioning(strata: Sequence[Four], *, differs: bool) -> Functioning:
    """Give the class of the Educational Testing Service: A negligible, B moderate, C large.

    Parameters
    ----------
    strata : as for the delta.
    differs : whether chance is unlikely to explain the difference from nought, over all comparisons made.

    Source: Zieky (1993): C needs a delta of 1.5 that is significantly over 1, A is one under 1 or not significant.
    """
    found = mantel_haenszel_delta(strata)
    if not differs:
        return "A"
    if found is None:
        return "C"  # every matched bid of one side above, or below: the odds have no end
    size, error = abs(found[0]), found[1]
    if size < 1:
        return "A"
    return "C" if size >= 1.5 and size - ONE_SIDED * error > 1 else "B"


def matchings(points: Points, criteria: Iterable[str]) -> dict[str, Matching]:
    """Match the bids for each criterion."""
    return {criterion: matching(points, criterion) for criterion in criteria}
