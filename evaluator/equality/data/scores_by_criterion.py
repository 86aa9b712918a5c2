"""What each admitted bid earned, criterion by criterion: the numbers from which a gap in scores is taken apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from evaluator.records.programme.criteria import PRICE, Criteria
from evaluator.records.results.scores import ScoreTable, ThemeScores
from evaluator.records.submissions.evaluation import Evaluation, ThemeBids, row_points, row_weights, values_of


@dataclass(frozen=True)
class Points:
    """Exact points of every bid that was marked, by criterion; ``price`` has those of ranked bids alone."""

    quality: Mapping[str, Mapping[str, Fraction]]  # by bid, then by question
    price: Mapping[str, Fraction]
    titles: Mapping[str, str]
    themes: Mapping[str, str]  # the theme of each bid
    ranks: tuple[Mapping[str, int], ...] = ()  # of the ranked bids of each theme, 1 the best, tied bids alike

    @cached_property
    def totals(self) -> Mapping[str, Fraction]:
        """Every bid's quality points."""
        return {bid: sum(own.values(), Fraction(0)) for bid, own in self.quality.items()}

    @cached_property
    def typical(self) -> Mapping[str, Fraction]:
        """What a bid earns on average by each criterion, and by price."""
        by_bid = [*self.quality.values(), *({PRICE: points} for points in self.price.values())]
        sums: dict[str, list[Fraction]] = {}
        for own in by_bid:
            for name, points in own.items():
                sums.setdefault(name, []).append(points)
        return {name: sum(values, Fraction(0)) / len(values) for name, values in sums.items()}

    @property
    def criteria(self) -> tuple[str, ...]:
        """Every question that earned a bid points, in the order published."""
        return tuple(question for question in self.titles if question != PRICE)


def points_of(criteria: Criteria, evaluation: Evaluation, scores: ScoreTable) -> Points:
    """Take the marks that count, times the published weights over the highest mark, for each admitted bid."""
    quality: dict[str, dict[str, Fraction]] = {}
    price: dict[str, Fraction] = {}
    themes: dict[str, str] = {}
    for bids, scored in zip(evaluation.themes, scores.themes, strict=True):
        quality |= _quality(criteria, bids)
        price |= _price(scored)
        themes |= {bid.id: bids.theme for bid in bids.bids}
    titles = {question: question for bids in evaluation.themes for question in bids.questions}
    titles |= {q.id: q.title for theme in criteria.themes for q in criteria.questions(theme.id)}
    ranks = tuple({b: rank for b, rank in zip(one.bids, one.ranks, strict=True) if rank} for one in scores.themes)
    return Points(quality, price, titles | {PRICE: "Price"}, themes, ranks)


def _quality(criteria: Criteria, bids: ThemeBids) -> Mapping[str, dict[str, Fraction]]:
    values, found = values_of(criteria, bids), {}
    for row, bid in enumerate(bids.bids):
        points = row_points(values, row_weights(criteria, bids, row), bids, row)
        if bid.id not in bids.disregarded:
            own = {q: one for q, one in zip(bids.questions, points, strict=True) if one is not None}
            if len(own) == len(points):
                found[bid.id] = own
    return found


def _price(scored: ThemeScores) -> Mapping[str, Fraction]:
    if scored.price_points is None:
        return {}
    rows = enumerate(zip(scored.bids, scored.status, strict=True))
    return {bid: scored.price_points[row] for row, (bid, status) in rows if status == "ranked"}


def _mean(values: Iterable[Fraction]) -> Fraction:
    listed = [Fraction(value) for value in values]
    return sum(listed, Fraction(0)) / len(listed)


def gap_within_themes(
    points: Mapping[str, Mapping[str, Fraction]], themes: Mapping[str, str], group: frozenset[str]
) -> dict[str, Fraction]:
    """Give what each criterion adds to a group's gap within themes, each theme counted by the group's bids there.

    Parameters
    ----------
    points : by bid, then by criterion, already weighted.
    themes : the theme of each bid.
    group : the bids of the group.

    Returns
    -------
    by criterion; together exactly the gap of the whole scores. Themes without a bid on either side are left out.
    """
    sides: dict[str, tuple[list[str], list[str]]] = {}
    for bid in points:
        sides.setdefault(themes[bid], ([], []))[bid not in group].append(bid)
    both = [(ours, theirs) for _, (ours, theirs) in sorted(sides.items()) if ours and theirs]
    number = sum(len(ours) for ours, _ in both)
    found: dict[str, Fraction] = {}
    for ours, theirs in both:
        for name in points[ours[0]]:
            gap = _mean(points[bid][name] for bid in ours) - _mean(points[bid][name] for bid in theirs)
            found[name] = found.get(name, Fraction(0)) + gap * Fraction(len(ours), number)
    return found
