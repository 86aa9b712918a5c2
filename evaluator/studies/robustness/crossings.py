"""Exact weights at which two bids of a theme change places: one weight moves, and the others keep their proportions."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul, sub

from evaluator.records.programme.criteria import PRICE, Theme
from evaluator.records.results.scores import ScoreTable
from evaluator.records.results.studies.robustness import Crossing
from evaluator.records.submissions.evaluation import NOT_APPLICABLE, ThemeBids, values_of
from evaluator.studies.robustness.draws import Ground


@dataclass(frozen=True)
class _Shares:
    """What each ranked bid has of every weight, between 0 and 1, exactly."""

    theme: Theme
    leaves: tuple[str, ...]
    of_bid: dict[str, tuple[Fraction, ...]]


def crossings(
    ground: Ground, scores: ScoreTable, points: Fraction, awarded: Collection[str] | None = None
) -> tuple[Crossing, ...]:
    """Find every weight, within so many points of the published one, at which neighbours in rank change places.

    Totals are taken unrounded. Themes whose price method gives an index, or whose price points do not follow the weight
    of price in proportion, are left out.

    Parameters
    ----------
    awarded : look only at a bid of these beside one that is none of them; None: at every two.
    """
    found: list[Crossing] = []
    for bids in ground.evaluation.themes:
        shares = _shares(ground, scores, bids)
        found += _of_theme(shares, points, awarded) if shares else ()
    return tuple(sorted(found, key=lambda one: (one.theme, abs(one.weight - one.published), one.leaf, one.ahead)))


def _shares(ground: Ground, scores: ScoreTable, bids: ThemeBids) -> _Shares | None:
    theme = ground.criteria.theme(bids.theme)
    scored = next(one for one in scores.themes if one.theme == bids.theme)
    price = Fraction(theme.weights.get(PRICE, 0))
    if scored.index is not None or (price and scored.price_points is None) or bids.holds(NOT_APPLICABLE):
        return None
    leaves, values = tuple(sorted(theme.weights)), values_of(ground.criteria, bids)
    of_bid: dict[str, tuple[Fraction, ...]] = {}
    for row, (bid, status) in enumerate(zip(scored.bids, scored.status, strict=True)):
        if status != "ranked":
            continue
        own = []
        for leaf in leaves:
            if leaf == PRICE:
                own.append(scored.price_points[row] / price if price and scored.price_points else Fraction(0))
            elif leaf in scored.measured:
                own.append(scored.measured[leaf][row] / Fraction(theme.weights[leaf] or 1))
            else:
                column = bids.questions.index(leaf)
                one, at = values[column], bids.mark(row, column)
                own.append(Fraction(0) if at < 0 else one.counts[at] / one.greatest)
        of_bid[bid] = tuple(own)
    return _Shares(theme, leaves, of_bid)


def _of_theme(shares: _Shares, points: Fraction, awarded: Collection[str] | None) -> Iterator[Crossing]:
    """Compare every two bids along every weight: the difference of their totals is a straight line in it."""
    weights = tuple(Fraction(shares.theme.weights[leaf]) for leaf in shares.leaves)
    whole = sum(weights, Fraction(0))
    totals = {bid: _total(own, weights) for bid, own in shares.of_bid.items()}
    near = _Near(shares, weights, points)
    ordered = sorted(totals, key=lambda bid: (-totals[bid], bid))
    for place, ahead in enumerate(ordered):
        for behind in ordered[place + 1 :]:
            if awarded is not None and (ahead in awarded) == (behind in awarded):
                continue  # whichever is ahead, no award turns
            lead = totals[ahead] - totals[behind]
            for at in near.leaves(ahead, behind):
                difference = shares.of_bid[ahead][at] - shares.of_bid[behind][at]
                crossing = _crossing(lead, difference, weights[at], whole)
                if crossing is not None:
                    yield Crossing(shares.theme.id, shares.leaves[at], ahead, behind, weights[at], crossing)


class _Near:
    """Tells in whole numbers which crossings lie near enough to be worked out: few of many do."""

    def __init__(self, shares: _Shares, weights: Sequence[Fraction], points: Fraction) -> None:
        unit = lcm(points.denominator, *(weight.denominator for weight in weights))
        share_unit = lcm(*(share.denominator for own in shares.of_bid.values() for share in own))
        self.weights, self.points = [int(weight * unit) for weight in weights], int(points * unit)
        self.shares = {bid: [int(share * share_unit) for share in own] for bid, own in shares.of_bid.items()}

    def leaves(self, ahead: str, behind: str) -> Iterator[int]:
        """Give the weights near which two bids change places, as ``_crossing`` has it, multiplied out."""
        differences = list(map(sub, self.shares[ahead], self.shares[behind]))
        lead, whole = sum(map(mul, differences, self.weights)), sum(self.weights)
        for at, (difference, weight) in enumerate(zip(differences, self.weights, strict=True)):
            rest = lead - difference * weight
            slope = difference * (whole - weight) - rest
            sign = 1 if slope > 0 else -1
            moved = -rest * whole - weight * slope
            if (
                slope
                and weight != whole
                and 0 <= -rest * sign <= slope * sign
                and 0 < abs(moved) <= self.points * abs(slope)
            ):
                yield at


def _total(own: tuple[Fraction, ...], weights: tuple[Fraction, ...]) -> Fraction:
    return sum((share * weight for share, weight in zip(own, weights, strict=True)), Fraction(0))


def _crossing(lead: Fraction, difference: Fraction, weight: Fraction, whole: Fraction) -> Fraction | None:
    """Give the weight at which two bids are level, the other weights shrinking or growing in proportion.

    With t for the weight: t × (difference on it) + (whole − t) ÷ (whole − published) × (difference on the rest) = 0.
    The difference on the rest is the whole lead less what it has of this weight.
    """
    rest = lead - difference * weight
    slope = difference * (whole - weight) - rest
    return None if weight == whole or not slope else -rest * whole / slope
