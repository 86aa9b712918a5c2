"""The price and quality model of a theme, applied to made-up offers by the engine's own exact methods."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evaluator.records.programme.criteria import PRICE, Criteria, PricePolicy, Rounding, Theme
from evaluator.records.programme.price.basis import basis_words
from evaluator.records.programme.price.lines import have_weights
from evaluator.records.programme.price.methods import METHODS
from evaluator.records.programme.scales import Values
from evaluator.scoring.exact_columns import Column
from evaluator.scoring.price.method import Offers, PriceMethod
from evaluator.scoring.price.methods import PRICE_METHODS
from evaluator.scoring.totals import total

Pair = tuple[Fraction, Fraction]  # a price in pounds, and quality points


@dataclass(frozen=True)
class Model:
    """What decides between offers: method, basis, parameters, points for price, quality and its floor, rounding."""

    method: str
    basis: str
    parameters: tuple[tuple[str, Decimal], ...]
    weight: Fraction
    quality: Fraction
    floor: Fraction
    rounding: Rounding

    @property
    def formula(self) -> PriceMethod:
        """The engine's own method."""
        return PRICE_METHODS[self.method]

    @property
    def published(self) -> Mapping[str, Decimal]:
        """The parameters by name."""
        return dict(self.parameters)

    def parts(self, offers: Sequence[Pair]) -> list[Fraction]:
        """Give each offer's exact price points, or index; 0 where the method has none for it."""
        prices = Column.each(price * 100 for price, _ in offers)
        counts = (lambda points: points) if self.formula.gives_points else self.rounding.part
        quality = Column.each(counts(points) for _, points in offers)
        return self.formula.apply(Offers(prices, quality), self.weight, self.published).fractions()

    def totals(self, offers: Sequence[Pair]) -> list[Fraction | None]:
        """Give each offer's total as published, so that the most is best; None for those that are not ranked.

        An index of which the lowest is best counts below nought.
        """
        rows = [row for row, (_, quality) in enumerate(offers) if self.ranked(quality)]
        found: list[Fraction | None] = [None] * len(offers)
        if not rows:
            return found
        ranked = [offers[row] for row in rows]
        given, quality = Column.each(self.parts(ranked)), Column.each(points for _, points in ranked)
        sign = 1 if METHODS[self.method].best_is_highest else -1
        scored = [quality] if self.formula.gives_points and not self.weight else None
        column = total(self.rounding, self.formula, quality, None if scored else given)
        for row, value in zip(rows, column.fractions(), strict=True):
            found[row] = sign * value
        return found

    def ranked(self, quality: Fraction) -> bool:
        """Whether an offer of this quality is ranked and has a result."""
        return quality >= self.floor and (self.rounding.part(quality) > 0 or not METHODS[self.method].needs_quality)

    def winners(self, offers: Sequence[Pair]) -> frozenset[int]:
        """Give the rows with the best total; several where they are equal, none where none is ranked."""
        totals = self.totals(offers)
        best = max((value for value in totals if value is not None), default=None)
        return frozenset(row for row, value in enumerate(totals) if value is not None and value == best)


def models(criteria: Criteria) -> dict[Model, tuple[Theme, ...]]:
    """Give every distinct model of the criteria with the themes that have it; themes that score no price have none."""
    found: dict[Model, tuple[Theme, ...]] = {}
    if have_weights(criteria.price_line):
        return found  # each line is scored by itself, which no one price can stand for
    for theme in criteria.themes:
        policy = criteria.price_policy(theme.id)
        if policy and policy.method in METHODS and (theme.price_weight or METHODS[policy.method].gives != "points"):
            model = _model(criteria, theme, policy)
            found[model] = (*found.get(model, ()), theme)
    return found


def _model(criteria: Criteria, theme: Theme, policy: PricePolicy) -> Model:
    counted = criteria.counted(theme.id).weights.items()
    quality = sum((Fraction(weight) for leaf, weight in counted if leaf != PRICE), Fraction(0))
    share = Fraction(theme.minimum_quality or 0) / 100
    least = sum(_least(criteria, theme), Fraction(0))
    parameters = tuple(sorted(policy.parameters.items()))
    floor = max(share * quality, least)
    return Model(policy.method, basis_words(policy), parameters, theme.price_weight, quality, floor, criteria.rounding)


def _least(criteria: Criteria, theme: Theme) -> Iterator[Fraction]:
    """Give the points that the published minimum marks alone are worth: no ranked bid has fewer."""
    for question, mark in theme.minimum_marks.items():
        values = Values.of(criteria.scale_for(question))
        if mark in values.marks:
            yield values.points(theme.weights.get(question, Decimal(0)))[values.marks.index(mark)]
