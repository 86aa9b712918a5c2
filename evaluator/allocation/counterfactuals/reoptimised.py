"""The best set of one problem for many scores: by listing what is near it, else through every objective by a solver."""

from collections.abc import Mapping
from dataclasses import replace

from evaluator.allocation.allocate import allocate
from evaluator.allocation.counterfactuals.forced import Narrowed, reached
from evaluator.allocation.counterfactuals.near_optimal import near_best
from evaluator.allocation.model.constraints import build
from evaluator.allocation.model.model import Model, objective_terms, objectives_of, taken_choices
from evaluator.allocation.problem import refuse_below_minimum
from evaluator.allocation.search.exact_sums import is_fine
from evaluator.records.results.allocation import Candidate, Problem


class Redrawn:
    """Answers for one problem, whatever its bids score."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    def best(self, scores: Mapping[str, int], unit: int) -> tuple[str, ...] | None:
        """Name the bids of the best set when the bids score so many units, ``unit`` to a point; None: none is proven.

        Bids without a score are left out. Of sets that stay equal it is one, always the same for the same scores.
        """
        one_each = (_scored(one, scores[one.bid]) for one in self.problem.candidates if one.bid in scores)
        return self.best_of(replace(self.problem, candidates=tuple(one_each), score_unit=unit))

    def best_of(self, problem: Problem) -> tuple[str, ...] | None:
        """Name the bids of the best set of another such problem, in which other bids may be candidates."""
        if problem.policy.method != "optimise":
            made = allocate(problem)
            return tuple(award.bid for award in made.awards) if made.status == "proven" else None
        model = build(refuse_below_minimum(problem))
        chosen = _listed(model)
        if chosen is None:
            found = Narrowed(model, float(problem.policy.time_limit))
            chosen = found.chosen if reached(found) is not None else None
        return None if chosen is None else tuple(sorted(one.candidate.bid for one in taken_choices(model, chosen)))


def _listed(model: Model) -> tuple[int, ...] | None:
    """Give the best set by listing all that are near it, where the first objective counts choices alone."""
    terms = objective_terms(model, objectives_of(model.problem)[0])
    if is_fine(terms) or any(at >= len(model.choices) for at, _ in terms):
        return None
    return near_best(model, terms)


def _scored(one: Candidate, score: int) -> Candidate:
    """Give a bid another score; bids of an evaluation are funded whole or not at all."""
    return replace(one, levels=(replace(one.levels[0], score=score),), full_score=None)
