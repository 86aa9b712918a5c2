"""All comparisons of one document, tested together: awards, money, scores, every stage and every criterion of a group.

Each is within themes. The more of them could tell anything, the rarer a result has to be before chance is called
unlikely; those that no result could decide, by the numbers of bids and awards alone, are left out of the count.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import comb, prod

import numpy as np

from evaluator.equality.data.scores_by_criterion import Points
from evaluator.equality.data.stage_reached import RECOMMENDED, StagesReached
from evaluator.equality.statistics.chance import LEVEL, Four, false_discovery
from evaluator.equality.statistics.differential_functioning import Matching
from evaluator.equality.statistics.disparity import flips
from evaluator.equality.statistics.permutation import DRAWS, Stratum, label_permutation, shuffled_groups
from evaluator.equality.statistics.ranked_list import list_p
from evaluator.equality.statistics.stratified import Stratified, cmh_exact, cmh_mid_p, smallest_stratified_p
from evaluator.records.programme.criteria import PRICE
from evaluator.records.results.equality import Wording
from evaluator.records.submissions.evaluation import Bid

DIFFERENCE = Fraction(1)  # awards under which a difference is too small to speak of
ALL_WAYS = DRAWS  # gone through for a document; where there are more, as many are drawn, for all groups at once
FEWEST_WAYS = 2 / LEVEL  # to deal labels out: with fewer no two-sided p can be as small as the level
AWARDS, MONEY, SCORE, LIST = "awards", "money", "score", "list"
Values = Mapping[str, Fraction]  # by bid
Key = tuple[int, str]  # the position of a group, and what was compared


@dataclass(frozen=True)
class Group:
    """The bids of one group that is shown, by the position of its characteristic and its name."""

    characteristic: int
    name: str
    bids: tuple[Bid, ...]

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of its bids."""
        return frozenset(bid.id for bid in self.bids)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison: its p, whether any result could decide it, and whether the one seen is too small to speak of."""

    p: Fraction
    possible: bool
    slight: bool = False


def step_key(step: int) -> str:
    """Name the comparison at a step from one stage to the next."""
    return f"step {step}"


def matched_key(criterion: str) -> str:
    """Name the comparison on a criterion among bids alike in the rest of their scores."""
    return f"matched {criterion}"


def award_tables(reached: StagesReached, group: Group, start: int = 0, end: int = RECOMMENDED) -> list[list[list[int]]]:
    """Give a two-by-two table for each theme: of the bids that reach one stage, how many reach another."""
    ids, found = group.ids, {theme: [[0, 0], [0, 0]] for theme in reached.themes}
    for bid in reached.bids:
        if reached.outcomes[bid.id] >= start:
            found[bid.theme][bid.id not in ids][reached.outcomes[bid.id] < end] += 1
    return list(found.values())


def wordings(
    reached: StagesReached, points: Points, groups: Sequence[Group], matched: Mapping[str, Matching]
) -> tuple[dict[Key, Wording], int]:
    """Give every comparison of every group its wording, and the number of those that could tell anything.

    Parameters
    ----------
    reached, points : how far every bid came and what it earned.
    groups : those that are shown.
    matched : for each criterion the bids matched by the rest of their scores.
    """
    tests: dict[Key, Comparison] = {}
    for at, group in enumerate(groups):
        tests |= {(at, name): test for name, test in _award_tests(reached, group)}
        tests |= {(at, name): test for name, test in _matched_tests(matched, group)}
        tests[at, LIST] = _list_test(points, group)
    for (at, name), (p, possible) in _shuffled(reached, _sums(reached, points), groups):
        slight = name == MONEY and (tests[at, AWARDS].slight or not tests[at, AWARDS].possible)
        tests[at, name] = Comparison(p, possible=possible, slight=slight)
    counted = [key for key, test in tests.items() if test.possible]
    adjusted = dict(zip(counted, false_discovery([tests[key].p for key in counted]), strict=True))
    return {key: wording_of(adjusted.get(key), test) for key, test in tests.items()}, len(counted)


def wording_of(p: Fraction | None, test: Comparison) -> Wording:
    """Say which of the four things a comparison allows, by its p among all; None where no result could decide it."""
    if p is None or test.slight:
        return Wording.TOO_FEW
    return Wording.UNLIKELY_CHANCE if p <= LEVEL else Wording.COULD_BE_CHANCE


def awards_test(tables: Sequence[Four]) -> Comparison:
    """Test what was won, table by table."""
    return Comparison(cmh_mid_p(tables), possible=smallest_stratified_p(tables) <= LEVEL, slight=_slight(tables))


def _award_tests(reached: StagesReached, group: Group) -> Iterator[tuple[str, Comparison]]:
    """Test the awards as a whole, then each step from one stage to the next."""
    tables = award_tables(reached, group)
    yield AWARDS, awards_test(tables)
    for step in range(RECOMMENDED):
        tables = award_tables(reached, group, step, step + 1)
        yield step_key(step), Comparison(cmh_mid_p(tables), possible=smallest_stratified_p(tables) <= LEVEL)


def _matched_tests(matched: Mapping[str, Matching], group: Group) -> Iterator[tuple[str, Comparison]]:
    """Test each criterion among bids alike in the rest, where both sides have enough bids for it."""
    for criterion, matching in matched.items():
        if matching.enough(group.ids):
            tables = matching.tables(group.ids)
            # These are many, so they are held to the test that never goes over its level, not to the mid-p.
            yield matched_key(criterion), Comparison(cmh_exact(tables), possible=smallest_stratified_p(tables) <= LEVEL)


def _list_test(points: Points, group: Group) -> Comparison:
    """Test whether the group stands lower in some theme's ranked list than chance gives, at any cut-off.

    Of so many lists the poorest is taken, and its p is that of the poorest of so many. Among tied bids the group's are
    taken as the first, so that no order that nobody published counts against it.
    """
    lists = [sorted((rank, bid not in group.ids) for bid, rank in ranked.items()) for ranked in points.ranks]
    ours = [own for own in ([not other for _, other in one] for one in lists) if any(own) and not all(own)]
    if not ours:
        return Comparison(Fraction(1), possible=False)
    p, least = (
        1 - (1 - min(found)) ** len(ours)
        for found in (list(map(list_p, ours)), [1 / comb(len(own), sum(own)) for own in ours])
    )
    return Comparison(Fraction(p), possible=least <= LEVEL)


def _slight(tables: Sequence[Four]) -> bool:
    """Whether the difference comes to less than an award, or hangs on a single one."""
    pooled = [[sum(table[row][column] for table in tables) for column in (0, 1)] for row in (0, 1)]
    (won, lost), (others, rest) = pooled
    on_one = flips(won, won + others, won + lost, won + lost + others + rest)
    return abs(Stratified(tables).shortfall) < DIFFERENCE or on_one


def _sums(reached: StagesReached, points: Points) -> dict[str, Values]:
    """Give what is summed over a group's bids and compared by shuffled labels: money, scores, each criterion, price."""
    by_criterion = {
        name: {bid: marks[name] for bid, marks in points.quality.items() if name in marks} for name in points.criteria
    }
    return {
        MONEY: {bid.id: Fraction(reached.awarded.get(bid.id, 0)) for bid in reached.bids},
        SCORE: points.totals,
        **by_criterion,
        PRICE: points.price,
    }


def _shuffled(
    reached: StagesReached, sums: Mapping[str, Values], groups: Sequence[Group]
) -> Iterator[tuple[Key, tuple[Fraction, bool]]]:
    """Give each group's p by labels shuffled within themes, and whether any shuffle could be rare enough.

    What is summed over the same bids is shuffled together.
    """
    themes = {bid.id: bid.theme for bid in reached.bids}
    batches: dict[tuple[str, ...], list[str]] = {}
    for name, values in sums.items():
        bids = tuple(sorted(values, key=lambda bid: (themes[bid], bid)))
        batches.setdefault(bids if len(set(values.values())) > 1 else (), []).append(name)
    for order, names in batches.items():
        rows = [[bid for bid in order if themes[bid] == theme] for theme in reached.themes]
        ways = [_ways(rows, group.ids) for group in groups]
        many = [at for at, way_count in enumerate(ways) if way_count > ALL_WAYS]
        drawn = _drawn(rows, [sums[name] for name in names], [groups[at] for at in many]) if many else ()
        # Group by group, so that the ways to deal its labels out are gone through once for all that is summed.
        for at, way_count in enumerate(ways):
            for column, name in enumerate(names):
                if way_count > ALL_WAYS:
                    yield (at, name), (drawn[column][many.index(at)], True)
                elif way_count < FEWEST_WAYS:
                    yield (at, name), (Fraction(1), False)
                else:
                    yield (at, name), (_exactly(rows, sums[name], groups[at].ids), True)


def _drawn(
    rows: Sequence[Sequence[str]], columns: Sequence[Values], groups: Sequence[Group]
) -> tuple[tuple[Fraction, ...], ...]:
    order = [bid for row in rows for bid in row]
    members = np.array([[bid in group.ids for group in groups] for bid in order], dtype=np.int64)
    values = np.array([[float(column[bid]) for column in columns] for bid in order])
    return shuffled_groups([len(row) for row in rows], values, members)


def _ways(rows: Sequence[Sequence[str]], ids: frozenset[str]) -> int:
    """Count the ways to deal the labels out, up to a little more than can be gone through."""
    counts = [(len(row), sum(bid in ids for bid in row)) for row in rows]
    return prod(min(ALL_WAYS + 1, comb(number, own)) for number, own in counts)


def _exactly(rows: Sequence[Sequence[str]], values: Values, ids: frozenset[str]) -> Fraction:
    sides = [([b for b in row if b in ids], [b for b in row if b not in ids]) for row in rows]
    return label_permutation([Stratum(*(tuple(values[b] for b in side) for side in both)) for both in sides])
