"""Sums cut by one share until they fit: everybody above the line has the same part of what was offered."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from evaluator.records.programme.money.amounts import Amounts
from evaluator.records.programme.rules import Budget, ThemeBudget
from evaluator.records.results.allocation import Candidate, Problem

Offer = tuple[Candidate, int]  # a candidate with its whole ask and its least sum, and the pence that it is offered


def cut_to_fit(problem: Problem, amounts: Amounts, offers: Sequence[Offer]) -> Iterator[Offer]:
    """Cut what is offered by one share of each theme's budget, then by one of the programme's, and round down once.

    Only sums that can be awarded count: those of bids at or above the minimum score that are not too little as it is.
    What is too little once it is cut is not handed on.
    """
    standing = [offer for offer in offers if _stands(problem, *offer)]
    left = {theme: Fraction(1) for theme in sorted({one.theme for one, _ in standing})}
    for theme in left:
        its = sum(sum_ for one, sum_ in standing if one.theme == theme)
        left[theme] = min([Fraction(1), *(Fraction(limit, its) for limit in _limits(problem, theme) if its)])
    whole = sum(left[one.theme] * sum_ for one, sum_ in standing)
    over = min([Fraction(1), *(limit / whole for limit in _limits(problem) if whole)])
    for one, sum_ in offers:
        share = left[one.theme] * over if _stands(problem, one, sum_) else Fraction(1)
        yield one, sum_ if share == 1 else amounts.down(sum_ * share)


def is_too_little(one: Candidate, sum_: int) -> bool:
    """Whether a sum is less than the least of use to a bid, or nothing of an ask."""
    return sum_ < min(one.least, one.ask) or (sum_ == 0 and one.ask > 0)


def _stands(problem: Problem, one: Candidate, sum_: int) -> bool:
    minimum = problem.policy.minimum_of(one.theme)
    low = minimum is not None and one.score < Fraction(minimum) * problem.score_unit
    return not low and not is_too_little(one, sum_)


def _limits(problem: Problem, theme: str = "") -> list[int]:
    """Give the limits in pence on the awards of a theme, or of the programme."""
    if not theme:
        return [int(rule.limit * 100) for rule in problem.rules if isinstance(rule, Budget)]
    of_themes = [rule for rule in problem.rules if isinstance(rule, ThemeBudget) and rule.theme in ("*", theme)]
    return [int(rule.limit * 100) for rule in of_themes if rule.limit is not None]
