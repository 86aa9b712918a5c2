"""The theory of change in the criteria: what each question tests, and what share of the score rides on each outcome."""

from collections.abc import Iterator
from fractions import Fraction

from evaluator.publication.checks.weights import effective_weights
from evaluator.publication.locations import all_questions, in_theme, programme
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.programme.aims import Aim, AimShare, CriteriaMap, Kind, LeftOver
from evaluator.records.programme.criteria import PRICE, Criteria, Question

Shares = dict[tuple[str, str], Fraction]


def approaches_are_tested(criteria: Criteria) -> Iterator[Finding]:
    """Find approaches that no question tests."""
    tested = {name for _, question in all_questions(criteria) for name in question.approaches}
    for name in criteria.approaches:
        if name not in tested:
            yield finding("E-AIMS-001", programme(f"approaches.{name}"), name=name)


def themes_test_their_own_outcomes(criteria: Criteria) -> Iterator[Finding]:
    """Find themes whose own outcomes are not published, or are tested by none of the questions that they score."""
    for theme in criteria.themes:
        tested = {name for question in criteria.questions(theme.id) for name in question.outcomes}
        for name in theme.outcomes:
            place = in_theme(theme, "outcomes")
            if name not in criteria.outcomes:
                yield finding("E-AIMS-002", place, theme=theme.id, name=name)
            elif name not in tested:
                yield finding("E-AIMS-003", place, theme=theme.id, name=name)


def approaches_serve_an_outcome(criteria: Criteria) -> Iterator[Finding]:
    """Find questions that test how the work is done, and nothing that it is done for."""
    for place, question in all_questions(criteria) if criteria.outcomes else ():
        if question.approaches and not question.outcomes:
            yield finding("E-AIMS-004", place.key("outcomes"), question=question.id)


def outcomes_are_named(criteria: Criteria) -> Iterator[Finding]:
    """Find programmes that do not say what they are for; a single contract says it in its specification."""
    if not criteria.outcomes and (len(criteria.themes) > 1 or criteria.approaches):
        yield finding("E-AIMS-005", programme("outcomes"))


def criteria_map(criteria: Criteria) -> CriteriaMap:
    """Give every outcome and approach with the questions that test it and the share of the score that they carry.

    Shares are exact percentages of the greatest total of a theme, by the effective weights.
    """
    shares = {(weight.theme, weight.question): weight.effective for weight in effective_weights(criteria)}
    outcomes = tuple(_aim(criteria, shares, "outcome", name, words) for name, words in criteria.outcomes.items())
    approaches = tuple(_aim(criteria, shares, "approach", name, words) for name, words in criteria.approaches.items())
    return CriteriaMap(outcomes + approaches, tuple(_left(criteria, shares, theme.id) for theme in criteria.themes))


def _aim(criteria: Criteria, shares: Shares, kind: Kind, name: str, words: str) -> Aim:
    return Aim(kind, name, words, tuple(_share(criteria, shares, kind, name, theme.id) for theme in criteria.themes))


def _share(criteria: Criteria, shares: Shares, kind: Kind, name: str, theme: str) -> AimShare:
    tested = [question for question in criteria.questions(theme) if name in _named(question, kind)]
    carried = {question.id: shares.get((theme, question.id), Fraction(0)) for question in tested}
    divided = (carried[question.id] / len(_named(question, kind)) for question in tested)
    return AimShare(theme, tuple(carried), sum(carried.values(), Fraction(0)), sum(divided, Fraction(0)))


def _named(question: Question, kind: Kind) -> frozenset[str]:
    return frozenset(question.outcomes if kind == "outcome" else question.approaches)


def _left(criteria: Criteria, shares: Shares, theme: str) -> LeftOver:
    none = [question.id for question in criteria.questions(theme) if not question.outcomes]
    carried = sum((shares.get((theme, name), Fraction(0)) for name in none), Fraction(0))
    return LeftOver(theme, shares.get((theme, PRICE), Fraction(0)), tuple(none), carried)
