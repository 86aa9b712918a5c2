"""One bid among those of its theme, as the steps look at it."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from evaluator.records.programme.criteria import Criteria, Theme
from evaluator.records.programme.scales import Values
from evaluator.records.results.scores import ScoreTable, ThemeScores
from evaluator.records.submissions.evaluation import Evaluation, ThemeBids, values_of
from evaluator.scoring.exact_columns import Column
from evaluator.scoring.price.method import Offers, PriceMethod
from evaluator.scoring.totals import applied_method, scored_prices


@dataclass(frozen=True)
class Case:
    """One bid among those of its theme: ``row`` is its position, ``ranked`` the positions of the ranked bids."""

    criteria: Criteria
    bids: ThemeBids
    scores: ThemeScores
    row: int
    ranked: tuple[int, ...]

    @property
    def theme(self) -> Theme:
        """The theme as it was published."""
        return self.criteria.theme(self.bids.theme)

    @cached_property
    def values(self) -> tuple[Values, ...]:
        """The marks that answers have, question by question, with what each counts."""
        return values_of(self.criteria, self.bids)

    @property
    def method(self) -> PriceMethod | None:
        """The price method that is applied, if any."""
        return applied_method(self.criteria, self.bids.theme)

    @property
    def quality(self) -> Fraction:
        """The bid's exact quality points."""
        return self.scores.quality[self.row]

    @cached_property
    def offers(self) -> Offers | None:
        """The scored prices and the quality of the ranked bids, as the price method looks at them."""
        quality = Column.of([self.scores.quality[row] for row in self.ranked])
        return Offers(self.prices, quality) if self.prices is not None else None

    @cached_property
    def has_result(self) -> tuple[bool, ...]:
        """Say for each bid whether the price method, where it gives an index, can have a result for it."""
        needed = self.method is not None and self.method.terms.needs_quality
        return tuple(not needed or self.scores.quality[row] > 0 for row in range(len(self.scores.bids)))

    @cached_property
    def prices(self) -> Column | None:
        """The scored prices of the ranked bids, in pence and in the order of ``ranked``; None if one has none."""
        offers = [self.bids.bids[row] for row in self.ranked]
        return scored_prices(offers, self.criteria.price_policy(self.bids.theme))


def find_case(criteria: Criteria, evaluation: Evaluation, scores: ScoreTable, theme: str, bid: str) -> Case:
    """Find a bid; KeyError when the theme has none of that id."""
    bids = {one.theme: one for one in evaluation.themes}[theme]
    table = {one.theme: one for one in scores.themes}[theme]
    row = {one: position for position, one in enumerate(table.bids)}[bid]
    ranked = tuple(position for position, status in enumerate(table.status) if status == "ranked")
    return Case(criteria, bids, table, row, ranked)
