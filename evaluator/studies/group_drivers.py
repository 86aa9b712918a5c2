"""What keeps the awards of a group of bids down: requirements and criteria, by what the bids say of themselves."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from evaluator.equality.data.scores_by_criterion import Points, gap_within_themes
from evaluator.records.results.studies.mitigation import Driver
from evaluator.records.submissions.evaluation import Bid

SMALL = "small organisations"
MOST = 3  # criteria that are named


def drivers_of(
    groups: Sequence[str],
    bids: Sequence[Bid],
    awarded: frozenset[str],
    kept_out: Mapping[str, Sequence[Bid]],
    points: Points,
) -> tuple[Driver, ...]:
    """Say of small organisations and of each group which requirements and criteria keep its awards down.

    Parameters
    ----------
    groups : served, by name.
    bids, awarded : all bids, and the ids of those that are funded.
    kept_out : the bids that each requirement kept out.
    points : what each marked bid earned by each criterion.
    """
    sides = {SMALL: [bid for bid in bids if bid.small]}
    sides |= {group: [bid for bid in bids if group in bid.groups] for group in groups}
    return tuple(_driver(whose, own, awarded, kept_out, points) for whose, own in sides.items() if own)


def _driver(
    whose: str, own: Sequence[Bid], awarded: frozenset[str], kept_out: Mapping[str, Sequence[Bid]], points: Points
) -> Driver:
    ids = frozenset(bid.id for bid in own)
    gaps = gap_within_themes(points.quality, points.themes, ids)
    lower = sorted((gap, name) for name, gap in gaps.items() if gap < 0)[:MOST]
    named = tuple((points.titles[name], gap) for gap, name in lower)
    return Driver(whose, len(own), len(ids & awarded), tuple(_out(kept_out, ids)), named, _sum(gaps))


def _sum(gaps: Mapping[str, Fraction]) -> Fraction:
    return sum(gaps.values(), Fraction(0))


def _out(kept_out: Mapping[str, Sequence[Bid]], ids: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    for words, bids in sorted(kept_out.items()):
        number = sum(bid.id in ids for bid in bids)
        if number:
            yield words, number, len(bids)
