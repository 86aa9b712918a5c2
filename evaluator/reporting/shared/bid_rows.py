"""The bids of a theme as people's documents show them: one row a bid, everything that is known of it side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from evaluator.records.numbers import to_places
from evaluator.records.programme.criteria import Criteria, PricePolicy, Rounding, Theme
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.programme.scales import Mark
from evaluator.records.results.allocation import Award, Refusal
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import Status, ThemeScores
from evaluator.records.submissions.evaluation import (
    Bid,
    Decision,
    ThemeBids,
    row_marks,
    row_points,
    row_weights,
    values_of,
)
from evaluator.records.submissions.stages import NOT_SHORTLISTED, StageLine
from evaluator.reporting.shared.figures import scored_price


@dataclass(frozen=True)
class Row:
    """One bid: what it offered, what it scored and what became of it. None stands for what it has not got.

    ``weights`` and ``points`` are exact, question by question; one that does not apply has no mark. ``quality`` and
    ``price_points`` are exact, before any rounding; ``total`` is as published.
    """

    bid: Bid
    marks: tuple[Mark | None, ...]
    weights: tuple[Fraction, ...]
    points: tuple[Fraction | None, ...]
    scored_price: Fraction | None
    status: Status
    reason: str
    quality: Fraction | None
    price_points: Fraction | None
    index: Fraction | None
    total: Fraction | None
    rank: int | None
    tied_with: tuple[str, ...]
    decision: Decision | None
    award: Award | None
    refusal: Refusal | None
    measured: Mapping[str, Fraction | None] = field(default_factory=dict)  # points by criterion; None where not ranked

    @property
    def name(self) -> str:
        """The organisation's name, or its id where no name came in."""
        return self.bid.name or self.bid.organisation


@dataclass(frozen=True)
class ThemeRows:
    """A theme with its questions' ids, its price policy where price enters at all, and its bids by id."""

    theme: Theme
    questions: tuple[str, ...]
    policy: PricePolicy | None
    rows: tuple[Row, ...]

    @property
    def indexed(self) -> bool:
        """Whether the price method gives an index or an adjusted price instead of points."""
        return self.policy is not None and METHODS[self.policy.method].gives != "points"

    @property
    def lowest_first(self) -> bool:
        """Whether the lowest total ranks first."""
        return self.indexed and self.policy is not None and not METHODS[self.policy.method].best_is_highest

    @property
    def ranked(self) -> tuple[Row, ...]:
        """The ranked bids, the best first; tied ones by id."""
        return tuple(sorted((row for row in self.rows if row.rank), key=lambda row: (row.rank, row.bid.id)))


def theme_rows(outcome: Outcome) -> tuple[ThemeRows, ...]:
    """Give every scored theme in the order of the published criteria; nothing when nothing was scored."""
    if outcome.evaluation is None or outcome.scores is None:
        return ()
    bids = {theme.theme: theme for theme in outcome.evaluation.themes}
    scores = {theme.theme: theme for theme in outcome.scores.themes}
    return tuple(
        ThemeRows(
            theme,
            bids[theme.id].questions,
            _policy(outcome.criteria, theme),
            tuple(_rows(outcome, bids[theme.id], scores[theme.id])),
        )
        for theme in outcome.criteria.themes
        if theme.id in scores
    )


def _policy(criteria: Criteria, theme: Theme) -> PricePolicy | None:
    """Give the policy if price enters: it carries points, or its method gives an index."""
    policy = criteria.price_policy(theme.id)
    if policy is None or (METHODS[policy.method].gives == "points" and not theme.price_weight):
        return None
    return policy


def _rows(outcome: Outcome, theme: ThemeBids, scores: ThemeScores) -> Iterator[Row]:
    allocation = outcome.allocation
    awards = {award.bid: award for award in allocation.awards} if allocation else {}
    refusals = {refusal.bid: refusal for refusal in allocation.refusals} if allocation else {}
    tied = {bid: group for group in scores.ties for bid in group}
    policy, known = outcome.criteria.price_policy(theme.theme), values_of(outcome.criteria, theme)
    counts = outcome.criteria.rounding.part
    for at, bid in enumerate(theme.bids):
        weights = row_weights(outcome.criteria, theme, at)
        points = row_points(known, weights, theme, at)
        ranked = scores.status[at] == "ranked"
        has_index = ranked and _has_result(policy, counts(scores.quality[at]))
        yield Row(
            bid=bid,
            marks=row_marks(known, theme, at),
            weights=weights,
            points=points,
            scored_price=scored_price(policy, bid),
            status=scores.status[at],
            reason=scores.reasons[at],
            quality=None if None in points else scores.quality[at],
            price_points=scores.price_points[at] if ranked and scores.price_points else None,
            index=scores.index[at] if has_index and scores.index else None,
            total=scores.totals[at] if ranked and (has_index or not scores.index) else None,
            rank=scores.ranks[at] or None,
            tied_with=tuple(other for other in tied.get(bid.id, ()) if other != bid.id),
            decision=theme.disregarded.get(bid.id),
            award=awards.get(bid.id),
            refusal=refusals.get(bid.id),
            measured={name: points[at] if ranked else None for name, points in scores.measured.items()},
        )


def _has_result(policy: PricePolicy | None, quality: Fraction) -> bool:
    """Whether a bid has an index; a method that divides by quality has none for a bid without quality."""
    return policy is None or quality > 0 or not METHODS[policy.method].needs_quality


def bid_names(outcome: Outcome) -> dict[str, str]:
    """Give the name of each bid's organisation, or its id where no name came in."""
    bids = outcome.evaluation.bids if outcome.evaluation else ()
    return {bid.id: bid.name or bid.organisation for bid in bids}


def counted_part(value: Fraction | None, rounding: Rounding) -> Fraction | None:
    """Give a part of a score as it counts: rounded where the criteria round the parts, else exact."""
    return None if value is None else rounding.part(value)


def score_text(value: Fraction | None, rounding: Rounding) -> str:
    """Write a score for people: rounded as published; a dash for none."""
    return "–" if value is None else to_places(value, rounding.places, rounding.mode)


def stage_row(bid: Bid, line: StageLine) -> Row:
    """Give a bid as letters know one: with the points of the stage, and nothing of a rank or an award."""
    return Row(
        bid=bid,
        marks=(),
        weights=(),
        points=(),
        scored_price=None,
        status="ranked" if line.passed else "not_shortlisted",
        reason=line.reason,
        quality=line.points,
        price_points=None,
        index=None,
        total=None,
        rank=None,
        tied_with=(),
        decision=None,
        award=None,
        refusal=Refusal(bid.id, bid.theme, NOT_SHORTLISTED, line.reason),
    )
