"""The published minimum score: bids below it never reach the model, whatever the method."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from evaluator.records.allocation import Candidate, Problem, Refusal
from evaluator.records.numbers import decimal_text, ratio_decimal

BELOW_MINIMUM = "below_minimum_score"


def refuse_below_minimum(problem: Problem) -> Problem:
    """Turn candidates below the published minimum score into refusals, and put candidates and refusals in order of bid.

    A bid that can be funded in part is judged by the score of its whole ask.
    """
    minimum = problem.policy.minimum_score
    least = Fraction(0) if minimum is None else Fraction(minimum) * problem.score_unit
    below = [candidate for candidate in problem.candidates if candidate.score < least]
    admitted = [candidate for candidate in problem.candidates if candidate.score >= least]
    refused = [_refusal(candidate, problem.score_unit, decimal_text(minimum or Decimal(0))) for candidate in below]
    return replace(
        problem,
        candidates=tuple(sorted(admitted, key=lambda candidate: candidate.bid)),
        refused=tuple(sorted((*problem.refused, *refused), key=lambda refusal: refusal.bid)),
    )


def _refusal(candidate: Candidate, score_unit: int, minimum: str) -> Refusal:
    score = ratio_decimal(candidate.score, score_unit)
    explanation = f"It scored {score}; the published minimum score is {minimum}."
    return Refusal(candidate.bid, candidate.theme, BELOW_MINIMUM, explanation)
