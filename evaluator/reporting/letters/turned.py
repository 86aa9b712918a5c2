"""What would have turned a decision: points or cost, each verified, and where no score could have won."""

from collections.abc import Iterator
from fractions import Fraction

from evaluator.records.english import agreeing
from evaluator.records.numbers import exact_text, pounds, ratio_decimal, up_to_places
from evaluator.records.programme.criteria import PRICE, Criteria
from evaluator.records.results.counterfactuals import BidCase, Need
from evaluator.reporting.letters.forms import Form
from evaluator.reporting.letters.rule_names import RuleNames
from evaluator.reporting.shared.bid_rows import Row, ThemeRows

ON_BUDGETS = ("At some larger budgets", "Even with", "How much more budget", "No larger budget")
"""How the case begins what it says of larger budgets, where none is found that funds the bid for sure."""


class Turning:
    """Says of the bids of a run what would have turned their decisions."""

    def __init__(self, criteria: Criteria, form: Form, rules: RuleNames) -> None:
        self.criteria = criteria
        self.form = form
        self.rules = rules

    def of(self, view: ThemeRows, row: Row, case: BidCase | None, instead: str) -> Iterator[str]:
        """Say which score or cost alone would have turned the decision, and where none could have.

        Parameters
        ----------
        instead : in whose place the bid would have been awarded, where that is sure; else empty.
        """
        if case is None or case.funded or not case.eligible:
            return
        priced = bool(view.theme.weights.get(PRICE))
        found = [need for need in case.needs if need.verdict == "found" and not need.beyond]
        changes = [words for need in found if (words := self._change(case, need, priced=priced))]
        if changes:
            yield f"All else equal, your {self.form.offer} would have been awarded{instead} {', or '.join(changes)}."
        for need in found:
            if need.change == "score":
                more = Fraction(need.amount or 0, case.score_unit)
                yield from _below_the_lowest(view, row, more)
        for need in case.needs:
            if words := self._could_not(case, need, priced=priced):
                yield words

    def compared(self, view: ThemeRows, row: Row, case: BidCase | None) -> str:
        """Say what a mark more is worth, beside the points that would have been enough; empty where none were found."""
        needs = case.needs if case and case.eligible and not case.funded else ()
        found = (need for need in needs if need.change == "score" and need.verdict == "found" and not need.beyond)
        return next((self._mark(view, row, Fraction(need.amount or 0, case.score_unit)) for need in found if case), "")

    def annex(self, case: BidCase | None) -> Iterator[str]:
        """Say what larger budgets would have done; all else that would have turned the decision was said before."""
        if case is None or case.funded:
            return
        for need in case.needs:
            if need.change == "budget" and need.verdict == "found":
                more = f"{pounds(100 * (need.amount or 0))} more{' in each year' if case.years else ''}"
                budgets = agreeing(len(need.rules), "the budget that limits it", "the budgets that limit it")
                yield (
                    f"All else equal, your {self.form.offer} would also have been awarded with {more} in "
                    f"{budgets}{self.rules.in_brackets(need.rules)}."
                )
        yield from (self.rules.said(words) for words in case.needed if words.startswith(ON_BUDGETS))

    def _change(self, case: BidCase, need: Need, *, priced: bool) -> str:
        if need.change == "score":
            return f"with {_points(case, need)} more{', from marks or from price' if priced else ''}"
        if need.change == "cost":
            lower = f"at a {self.form.cost} {pounds(100 * (need.amount or 0))} lower"
            return f"{'with no more points ' if priced else ''}{lower}{' in each year' if case.years else ''}"
        return ""

    def _mark(self, view: ThemeRows, row: Row, needed: Fraction) -> str:
        """Say what one mark more is worth: in the question that would just have been enough, or else in the best."""
        worth = []
        for id, mark, weight in zip(view.questions, row.marks, row.weights, strict=True):
            scale = self.criteria.scale_for(id)
            better = sorted((scale.count_of(one), one) for one in scale.marks)
            better = [each for each in better if mark is not None and each[0] > scale.count_of(mark)]
            if mark is not None and better:
                count, higher = better[0]
                worth.append((weight * (count - scale.count_of(mark)) / scale.greatest, id, mark, higher))
        enough = [one for one in worth if one[0] >= needed]
        if not worth:
            return ""
        points, id, mark, higher = min(enough) if enough else max(worth)
        title = next(one.title for one in self.criteria.questions(view.theme.id) if one.id == id)
        return (
            f"For comparison: a mark of {exact_text(higher)} instead of {exact_text(mark)} for {id} {title} is "
            f"worth {_counted(up_to_places(points, 2))}."
        )

    def _could_not(self, case: BidCase, need: Need, *, priced: bool) -> str:
        """Say that no score, or no cost, could have won; what more budget would have done stands in the annex."""
        if need.change == "budget" or (need.verdict == "found" and not need.beyond):
            return ""
        what = {"score": "score", "cost": f"lower {self.form.cost}"}[need.change]
        if need.verdict == "not_established":
            return f"Which {what} would have been enough was not established."
        if need.beyond:
            return (
                f"No score could have won: it would have needed {_points(case, need)} more, and no "
                f"{self.form.offer} of its theme can get that many."
            )
        if need.change == "cost" and priced:  # a lower price would have earned points, which this does not count
            return ""
        return f"No {what} alone would have been enough: {need.why}{self.rules.in_brackets(need.rules)}."


def _below_the_lowest(view: ThemeRows, row: Row, more: Fraction) -> Iterator[str]:
    """Say how a bid can be turned by fewer points than it lies behind the awards of its theme."""
    totals = [other.total for other in view.ranked if other.award and other.total is not None]
    if totals and row.total is not None and row.total + more < min(totals):
        yield (
            "That is less than the lowest award of your theme has: with it another set of awards, over all themes, "
            "would have been the best."
        )


def _points(case: BidCase, need: Need) -> str:
    return _counted(ratio_decimal(need.amount or 0, case.score_unit))


def _counted(points: str) -> str:
    return f"{points} {agreeing(1 if points == '1' else 2, 'point')}"
