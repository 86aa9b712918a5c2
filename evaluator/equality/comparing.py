"""Each group against all other bids of the same theme: awards, money and scores, and which words may be said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import comb, prod
from statistics import fmean

import numpy as np

from evaluator.equality.chance import LEVEL, false_discovery
from evaluator.equality.intervals import bca, newcombe
from evaluator.equality.journey import RECOMMENDED, Journey
from evaluator.equality.measures import flips
from evaluator.equality.permutation import MOST_WAYS, Stratum, label_permutation, shuffled_groups
from evaluator.equality.points import Points, whole_numbers
from evaluator.equality.ranks import magnitude
from evaluator.equality.strata import Stratified, cmh_mid_p, smallest_stratified_p
from evaluator.records.equality import ScoreGap, Wording
from evaluator.records.evaluation import Bid

DIFFERENCE = Fraction(1)  # awards under which a difference is too small to speak of
TENTH = Fraction(1, 10)
MOST_PAIRS = 4_000_000  # of bids whose scores are set against each other
DRAWS = 1_000  # of a bootstrap interval that is shown in half points
FEWEST_WAYS = 2 / LEVEL  # to deal labels out: with fewer no two-sided p can be as small as the level


@dataclass(frozen=True)
class Group:
    """The bids of one group that is shown, by the position of its characteristic and its name."""

    characteristic: int
    name: str
    bids: tuple[Bid, ...]

    @property
    def ids(self) -> frozenset[str]:
        """The ids of its bids."""
        return frozenset(bid.id for bid in self.bids)


@dataclass(frozen=True)
class Compared:
    """What can be said of a group: of its awards, its money, and its scores (None where too few bids were marked)."""

    awards: Wording
    money: Wording
    score: Wording | None
    shift: Fraction = Fraction(0)
    delta: Fraction = Fraction(0)
    interval: tuple[Fraction, Fraction] | None = None


@dataclass
class _Tests:
    """The p-values of all comparisons, in order; None for one that too few bids decide."""

    p: list[Fraction] = field(default_factory=list)
    few: list[bool] = field(default_factory=list)

    def words(self) -> list[Wording]:
        """Give each its wording; the more comparisons are shown, the rarer a result has to be."""
        adjusted = false_discovery(self.p)
        return [_wording(p, few) for p, few in zip(adjusted, self.few, strict=True)]


def _wording(p: Fraction, few: bool) -> Wording:
    if few:
        return Wording.TOO_FEW
    return Wording.UNLIKELY_CHANCE if p <= LEVEL else Wording.COULD_BE_CHANCE


def award_tables(way: Journey, group: Group, start: int = 0, end: int = RECOMMENDED) -> list[list[list[int]]]:
    """Give a two-by-two table for each theme: of the bids that reach one stage, how many reach another."""
    ids, found = group.ids, {theme: [[0, 0], [0, 0]] for theme in way.themes}
    for bid in way.bids:
        if way.outcomes[bid.id] >= start:
            found[bid.theme][bid.id not in ids][way.outcomes[bid.id] < end] += 1
    return list(found.values())


def compare_groups(way: Journey, points: Points, groups: Sequence[Group]) -> tuple[tuple[Compared, ...], int]:
    """Compare every group's awards, money and scores with the others' of the same theme.

    Returns
    -------
    what can be said of each, in order, and the number of comparisons among which the false discovery rate is held.
    """
    tests = _Tests()
    money = _shuffled(way.themes, {bid.id: bid.theme for bid in way.bids}, _money(way), groups)
    totals = {bid: points.total(bid) for bid in points.quality}
    score = _shuffled(way.themes, points.themes, totals, groups)
    for group, money_p, score_p in zip(groups, money, score, strict=True):
        tables = award_tables(way, group)
        few = too_few(tables)
        tests.p += [cmh_mid_p(tables), money_p, score_p]
        tests.few += [few, few, _too_few_scores(points, group)]
    words = tests.words()
    found = [_with_scores(points, totals, group, *words[3 * at : 3 * at + 3]) for at, group in enumerate(groups)]
    return tuple(found), len(tests.p)


def too_few(tables: Sequence[Sequence[Sequence[int]]]) -> bool:
    """Whether no result could be told from chance, or the difference comes to less than an award, or hangs on one."""
    short = Stratified(tables).shortfall
    pooled = [[sum(table[row][column] for table in tables) for column in (0, 1)] for row in (0, 1)]
    (won, lost), (others, rest) = pooled
    on_one = flips(won, won + others, won + lost, won + lost + others + rest)
    return smallest_stratified_p(tables) > LEVEL or abs(short) < DIFFERENCE or on_one


def _money(way: Journey) -> Mapping[str, Fraction]:
    return {bid.id: Fraction(way.awarded.get(bid.id, 0)) for bid in way.bids}


def _shuffled(
    names: Sequence[str], themes: Mapping[str, str], values: Mapping[str, Fraction], groups: Sequence[Group]
) -> tuple[Fraction, ...]:
    """Give each group's p by labels shuffled within themes: by all ways where they are few, else by draws."""
    if not groups or len(set(values.values())) < 2:
        return (Fraction(1),) * len(groups)
    rows = [[bid for bid in sorted(values) if themes[bid] == theme] for theme in names]
    order = [bid for row in rows for bid in row]
    whole, _ = whole_numbers(values[bid] for bid in order)
    amounts = dict(zip(order, whole, strict=True))
    exact = [_exactly(rows, amounts, group.ids) for group in groups]
    if None not in exact:
        return tuple(one for one in exact if one is not None)
    members = np.array([[bid in group.ids for group in groups] for bid in order], dtype=np.int64)
    column = np.array(whole, dtype=np.float64).reshape(-1, 1)
    (drawn,) = shuffled_groups([len(row) for row in rows], column, members)
    return tuple(drawn[at] if one is None else one for at, one in enumerate(exact))


def _exactly(rows: Sequence[Sequence[str]], amounts: Mapping[str, int], ids: frozenset[str]) -> Fraction | None:
    sides = [([b for b in row if b in ids], [b for b in row if b not in ids]) for row in rows]
    if prod(min(MOST_WAYS + 1, comb(len(a) + len(b), len(a))) for a, b in sides) > MOST_WAYS:
        return None
    return label_permutation([Stratum(*(tuple(amounts[b] for b in side) for side in both)) for both in sides]).p


def _pairs(points: Points, totals: Mapping[str, Fraction], group: Group) -> list[tuple[list[Fraction], list[Fraction]]]:
    """Give the scores of the group and of the others, theme by theme, where a theme has both."""
    found: dict[str, tuple[list[Fraction], list[Fraction]]] = {}
    for bid in sorted(totals):
        found.setdefault(points.themes[bid], ([], []))[bid not in group.ids].append(totals[bid])
    return [sides for _, sides in sorted(found.items()) if all(sides)]


def _too_few_scores(points: Points, group: Group) -> bool:
    counts: dict[str, list[int]] = {}
    for bid in points.quality:
        counts.setdefault(points.themes[bid], [0, 0])[bid not in group.ids] += 1
    return prod(comb(ours + theirs, ours) for ours, theirs in counts.values()) < FEWEST_WAYS


def _with_scores(
    points: Points, totals: Mapping[str, Fraction], group: Group, awards: Wording, money: Wording, score: Wording
) -> Compared:
    sides = _pairs(points, totals, group)
    if not sides or sum(len(ours) * len(theirs) for ours, theirs in sides) > MOST_PAIRS:
        return Compared(awards, money, score if sides else None)
    apart = [np.subtract.outer(_floats(ours), _floats(theirs)).ravel() for ours, theirs in sides]
    differences = np.concatenate(apart)
    shift = Fraction(round(2 * float(np.median(differences))), 2)
    delta = Fraction(round(10 * float(np.sign(differences.round(9)).mean())), 10)
    return Compared(awards, money, score, shift, delta, _interval(sides))


def _floats(values: Sequence[Fraction]) -> np.ndarray:
    return np.array([float(value) for value in values])


def _interval(sides: Sequence[tuple[list[Fraction], list[Fraction]]]) -> tuple[Fraction, Fraction] | None:
    """Give the bootstrap interval of the difference of means, scores taken from their theme's mean; in half points."""
    ours, theirs = [], []
    for group, others in sides:
        middle = fmean([float(value) for value in (*group, *others)])
        ours += [float(value) - middle for value in group]
        theirs += [float(value) - middle for value in others]
    found = bca([ours, theirs], lambda a, b: float(a.mean() - b.mean()), draws=DRAWS)
    return None if found is None else (Fraction(round(2 * found[0]), 2), Fraction(round(2 * found[1]), 2))


def rate_interval(won: int, bids: int, all_won: int, all_bids: int) -> tuple[int, int] | None:
    """Give the interval of the group's success less the others', in whole hundredths (Newcombe)."""
    found = newcombe(won, bids, all_won - won, all_bids - bids)
    return None if found is None else (round(100 * found[0]), round(100 * found[1]))


def score_gap(compared: Compared) -> ScoreGap | None:
    """Give what may be shown of a group's scores, before its criteria are taken apart."""
    if compared.score is None:
        return None
    size = magnitude(compared.delta)
    return ScoreGap(compared.shift, compared.delta, size, compared.interval, compared.score, TENTH)
