"""One bid among those of its theme, as the steps look at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from evaluator.records.programme.criteria import Criteria, Theme
from evaluator.records.programme.scales import Values
from evaluator.records.results.scores import ScoreTable, ThemeScores
from evaluator.records.submissions.evaluation import Evaluation, ThemeBids, values_of
from evaluator.records.submissions.several_marks import OneMark
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
    made: Mapping[str, OneMark] = field(default_factory=dict)  # by question, of marks that were worked out

    @property
    def theme(self) -> Theme:
        """The theme as it was published, with no weight for what only admits."""
        return self.criteria.counted(self.bids.theme)

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

    @property
    def answered(self) -> Fraction:
        """The bid's exact points for its answers alone, without what is measured."""
        return self.quality - sum((points[self.row] for points in self.scores.measured.values()), Fraction(0))

    @property
    def compared_quality(self) -> Fraction:
        """The quality that the price method looks at: for an index the quality score as it counts."""
        return self._compared(self.row)

    def _compared(self, row: int) -> Fraction:
        quality = self.scores.quality[row]
        return quality if self.method is None or self.method.gives_points else self.criteria.rounding.part(quality)

    @cached_property
    def offers(self) -> Offers | None:
        """The scored prices and the quality of the ranked bids, as the price method looks at them."""
        quality = Column.of([self._compared(row) for row in self.ranked])
        return Offers(self.prices, quality) if self.prices is not None else None

    @cached_property
    def has_result(self) -> tuple[bool, ...]:
        """Say for each bid whether the price method, where it gives an index, can have a result for it."""
        needed = self.method is not None and self.method.terms.needs_quality
        return tuple(not needed or self._compared(row) > 0 for row in range(len(self.scores.bids)))

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
    shared = {one.id for one in criteria.questions(theme) if one.scope == "organisation"}
    own, made = bids.bids[row], evaluation.worked_out
    about = {question: (own.organisation if question in shared else bid, question) for question in bids.questions}
    return Case(criteria, bids, table, row, ranked, {one: made[key] for one, key in about.items() if key in made})
