"""The best set of one problem for many scores: theme by theme where no rule that spans themes stands in the way.

Where the themes' best sets together keep every rule, nothing can be better; and where no theme has a second set as
good, no other set is. Anything else goes through every published objective as a whole.
"""

from collections.abc import Mapping
from dataclasses import replace

from evaluator.allocation.awards import holds
from evaluator.allocation.blocks import Blocks, Known
from evaluator.allocation.fine import is_fine
from evaluator.allocation.model import Model, objective_terms, objectives_of, taken_choices
from evaluator.allocation.nearby import Narrowed, reached
from evaluator.allocation.optimise import allocate
from evaluator.allocation.rows import build
from evaluator.allocation.threshold import refuse_below_minimum
from evaluator.records.allocation import Candidate, Problem


class Redrawn:
    """Answers for one problem, whatever its bids score."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.known = problem, Known()
        self.joined: dict[str, str] = {}  # themes that a rule was seen to bind together, so that they are solved as one

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
        chosen = self._theme_by_theme(model)
        if chosen is None:
            found = Narrowed(model, float(problem.policy.time_limit))
            chosen = found.chosen if reached(found) is not None else None
        return None if chosen is None else tuple(sorted(one.candidate.bid for one in taken_choices(model, chosen)))

    def _theme_by_theme(self, model: Model) -> tuple[int, ...] | None:
        """Give the only best set, where the themes' best sets make it up."""
        first = objectives_of(model.problem)[0]
        terms = objective_terms(model, first)
        if is_fine(terms) or any(at >= len(model.choices) for at, _ in terms):
            return None
        self.joined = {}
        while True:
            blocks = Blocks(model, terms, {}, self.known, float(model.problem.policy.time_limit), self.joined)
            tops = {theme: blocks.top(theme) for theme in blocks.themes}
            if any(top.bound is None for top in tops.values()):
                return None
            chosen = tuple(sorted(at for top in tops.values() for at in top.chosen))
            if holds(model, chosen):
                return chosen if all(blocks.only(theme) for theme in tops) else None
            if not self._join(model, chosen):
                return None

    def _join(self, model: Model, chosen: tuple[int, ...]) -> bool:
        """Look at themes as one from here on that share a rule which their best sets together break."""
        taken = set(chosen)
        themes = [choice.candidate.theme for choice in model.choices]
        before = dict(self.joined)
        for row in model.rows:
            used = sum(weight for at, weight in row.terms if at in taken)
            broken = (row.most is not None and used > row.most) or (row.least is not None and used < row.least)
            if not broken or any(at >= len(themes) for at, _ in row.terms):
                continue
            names = {self.joined.get(themes[at], themes[at]) for at, _ in row.terms}
            for theme in set(themes):
                if self.joined.get(theme, theme) in names:
                    self.joined[theme] = min(names)
        return self.joined != before


def _scored(one: Candidate, score: int) -> Candidate:
    """Give a bid another score; bids of an evaluation are funded whole or not at all."""
    return replace(one, levels=(replace(one.levels[0], score=score),), full_score=None)
