"""Candidates below the published minimum score, which never reach a model."""

from dataclasses import replace
from fractions import Fraction

from evaluator.records.numbers import decimal_text, ratio_decimal
from evaluator.records.results.allocation import Candidate, Problem, Refusal

BELOW_MINIMUM = "below_minimum_score"


def refuse_below_minimum(problem: Problem) -> Problem:
    """Turn candidates below the published minimum score into refusals, and put candidates and refusals in order of bid.

    A bid that can be funded in part is judged by the score of its whole ask.
    """
    refused = [refusal for one in problem.candidates if (refusal := _below(problem, one))]
    below = {refusal.bid for refusal in refused}
    admitted = [candidate for candidate in problem.candidates if candidate.bid not in below]
    return replace(
        problem,
        candidates=tuple(sorted(admitted, key=lambda candidate: candidate.bid)),
        refused=tuple(sorted((*problem.refused, *refused), key=lambda refusal: refusal.bid)),
    )


def _below(problem: Problem, candidate: Candidate) -> Refusal | None:
    """Refuse a candidate that is below the minimum of its theme, or else of the programme."""
    theme, minimum = candidate.theme, problem.policy.minimum_of(candidate.theme)
    if minimum is None or candidate.score >= Fraction(minimum) * problem.score_unit:
        return None
    whose = f" for {theme}" if theme in problem.policy.minimum_scores else ""
    score = ratio_decimal(candidate.score, problem.score_unit)
    explanation = f"It scored {score}; the published minimum score{whose} is {decimal_text(minimum)}."
    return Refusal(candidate.bid, theme, BELOW_MINIMUM, explanation)
